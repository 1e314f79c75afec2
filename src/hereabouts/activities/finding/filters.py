"""The panel of filters: their options, and how many results each would give."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from hereabouts.activities.finding.distances import REACHES, USUAL_REACH
from hereabouts.activities.finding.search import FILTER_BY_NAME, WHEN, Choice, Filter, Search
from hereabouts.core.languages import cached_per_language
from hereabouts.core.languages import gettext as _
from hereabouts.finder import STRAIGHT, Answer, Count, Group

# Of a long list so many options show at once, those with most results; a button shows the rest.
SHOWN_AT_ONCE = 12

Typed = Mapping[str, Collection[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A check box or radio button. `count` is None before there are results."""

    name: str
    value: str
    label: str
    is_on: bool
    count: Count | None
    is_radio: bool = False

    @property
    def id(self) -> str:
        return f"{self.name}-{self.value}"

    @property
    def gives_nothing(self) -> bool:
        return self.count is not None and self.count.total == 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One legend with its options; `more` are those that a long list hides at first."""

    name: str
    legend: str
    options: list[Option]
    more: list[Option]

    @property
    def is_empty(self) -> bool:
        return not self.options


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A section that opens and closes: one question, or two; `tag` summarises what is on.

    `name` is that of its first question. `note` tells of results that no option covers; mostly "".
    """

    name: str
    title: str
    tag: str
    questions: list[Question]
    begins_open: bool
    note: str = ""

    @property
    def id(self) -> str:
        return section_id(self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """The title of a section, and which filters it holds."""

    title: StrOrPromise
    names: tuple[str, ...]
    begins_open: bool = False
    # For long vocabularies: only options with results here show.
    only_what_is_here: bool = False


PLANS = (
    Plan(title=gettext_lazy("Kind of class"), names=("level",), begins_open=True),
    Plan(title=gettext_lazy("How far"), names=("within",), begins_open=True),
    Plan(title=gettext_lazy("What I need"), names=("need",), begins_open=True),
    Plan(title=gettext_lazy("Day and time"), names=("day", "part")),
    Plan(title=gettext_lazy("Cost"), names=("cost",)),
    Plan(title=gettext_lazy("What you do there"), names=("kind",), only_what_is_here=True),
    Plan(title=gettext_lazy("What it is for"), names=("purpose",)),
    Plan(title=gettext_lazy("Classes, clubs and parks"), names=("form",)),
    Plan(title=gettext_lazy("Health conditions"), names=("condition",), only_what_is_here=True),
    Plan(title=gettext_lazy("Language spoken"), names=("language",), only_what_is_here=True),
    Plan(title=gettext_lazy("Age"), names=("age",)),
    Plan(title=gettext_lazy("Paused for now"), names=("paused",)),
)

# The section that asks for a filter, by the filter's name: parts of a day stand beside the day.
SECTION_BY_NAME = {name: plan.names[0] for plan in PLANS for name in plan.names}


def section_id(name: str) -> str:
    """The id of a section on the page: "filter-day"."""
    return f"filter-{name}"


@cached_per_language
def number(count: Count) -> str:
    """ "23", or "more than 1,000": beyond that nobody needs it exactly."""
    total = intcomma(count.total)
    return _("more than %s") % total if count.is_more_than_total else total


def number_of_activities(count: Count) -> str:
    """ "1 activity", "more than 1,000 activities"."""
    return ngettext("%s activity", "%s activities", count.total) % number(count)


@cached_per_language
def short_number(count: Count) -> str:
    """ "23", or "1,000+"."""
    return f"{intcomma(count.total)}+" if count.is_more_than_total else intcomma(count.total)


def panel(typed: Typed, *, search: Search | None, answer: Answer | None) -> list[Section]:
    """Every section, empty ones too: htmx needs an element to replace."""
    on = _on(typed, search)
    return [_section(plan, on=on, answer=answer) for plan in PLANS]


def on_in_words(sections: Collection[Section]) -> str:
    """ "2 on": how many options are on, without the distance; "" for none."""
    count = sum(
        option.is_on
        for section in sections
        for question in section.questions
        for option in (*question.options, *question.more)
        if not option.is_radio
    )
    return _("%d on") % count if count else ""


def _on(typed: Typed, search: Search | None) -> dict[str, set[str]]:
    """Parameter → the codes that are on: as typed, and as the search understood them."""
    on = {name: set(codes) for name, codes in typed.items()}
    if search:
        for filter_, choice in search.chosen():
            on.setdefault(filter_.name, set()).add(choice.code)
        on["within"] = {search.reach.code}
    return on


def _section(plan: Plan, *, on: Mapping[str, set[str]], answer: Answer | None) -> Section:
    questions = [
        question
        for name in plan.names
        if not (question := _question(name, plan, on=on, answer=answer)).is_empty
    ]
    is_on = [
        option
        for question in questions
        for option in (*question.options, *question.more)
        if option.is_on
    ]
    return Section(
        name=plan.names[0],
        title=str(plan.title),
        tag=_tag(plan, is_on),
        questions=questions,
        begins_open=plan.begins_open or bool(is_on),
        note=_unconfirmed(answer) if plan.names == ("level",) and answer else "",
    )


def unconfirmed(answer: Answer) -> int | None:
    """How many results have no level that can be ticked: FaME classes without a confirmed leader.

    None where the total is only a lower bound.
    """
    of_any = answer.without.get(Group.LEVELS, answer.count)
    counts = answer.options.get(Group.LEVELS, {})
    if of_any.is_more_than_total:
        return None
    return of_any.total - sum(count.total for count in counts.values())


def _unconfirmed(answer: Answer) -> str:
    rest = unconfirmed(answer)
    if not rest:
        return ""
    return (
        ngettext(
            "There is also %d class whose leader is not confirmed. To see it, tick none.",
            "There are also %d classes whose leader is not confirmed. To see them, tick none.",
            rest,
        )
        % rest
    )


def _tag(plan: Plan, is_on: Collection[Option]) -> str:
    if plan.names == ("within",):
        return next((option.label for option in is_on), "")
    if is_on:
        return _("%d on") % len(is_on)
    return {"level": _("All"), "need": "", "paused": _("Left out")}.get(plan.names[0], _("Any"))


def _question(
    name: str, plan: Plan, *, on: Mapping[str, set[str]], answer: Answer | None
) -> Question:
    ticked = on.get(name, set())
    if name == "within":
        return _question_of(name, plan, list(_reaches(ticked, answer)))
    if name == "paused":
        return _question_of(name, plan, [_paused(ticked)])
    filter_ = FILTER_BY_NAME[name]
    options = list(_options(filter_, ticked, answer))
    if not any(option.is_on or not option.gives_nothing for option in options):
        options = []
    if not plan.only_what_is_here:
        return _question_of(name, plan, options, legend=str(filter_.title))
    here = [option for option in options if option.is_on or (option.count and option.count.total)]
    shown, more = _most_first(here)
    return Question(name=name, legend=str(filter_.title), options=shown, more=more)


def _question_of(name: str, plan: Plan, options: list[Option], *, legend: str = "") -> Question:
    return Question(name=name, legend=legend or str(plan.title), options=options, more=[])


def _options(filter_: Filter, ticked: set[str], answer: Answer | None) -> Iterator[Option]:
    counts = answer.options.get(filter_.group, {}) if answer else None
    for choice, label in zip(filter_.choices, _labels(filter_.name), strict=True):
        yield Option(
            name=filter_.name,
            value=choice.code,
            label=label,
            is_on=choice.code in ticked,
            count=_count(counts, choice),
        )


@cached_per_language
def _labels(name: str) -> tuple[str, ...]:
    return tuple(str(choice.label) for choice in FILTER_BY_NAME[name].choices)


def _count(counts: Mapping[str, Count] | None, choice: Choice) -> Count | None:
    return None if counts is None else counts.get(choice.key, Count(total=0))


def _reaches(ticked: set[str], answer: Answer | None) -> Iterator[Option]:
    chosen = ticked or {USUAL_REACH.code}
    for reach in REACHES:
        yield Option(
            name="within",
            value=reach.code,
            label=reach.in_words(),
            is_on=reach.code in chosen,
            count=answer.within.get(reach.straight_km()) if answer else None,
            is_radio=True,
        )


def _paused(ticked: set[str]) -> Option:
    return Option(
        name="paused",
        value="1",
        label=_("Show these too"),
        is_on=bool(ticked),
        count=None,
    )


def _most_first(options: list[Option]) -> tuple[list[Option], list[Option]]:
    """The options that show at once, and the rest, both sorted by label.

    At once show the ticked ones and those with most results.
    """
    by_count = sorted(options, key=lambda option: (not option.is_on, -_total(option), option.label))
    shown = by_count[: max(SHOWN_AT_ONCE, sum(option.is_on for option in options))]
    in_order = sorted(options, key=lambda option: option.label.casefold())
    first = [option for option in in_order if option in shown]
    rest = [option for option in in_order if option not in shown]
    return first, rest


def _total(option: Option) -> int:
    return option.count.total if option.count else 0


def label_without(group: Group, search: Search) -> str:
    """The label of an offer to take a filter off: "Any day of the week"."""
    if group == Group.WORDS:
        return _("Without the words %s") % quoted(search.words)
    ticked = [choice.label for filter_, choice in search.chosen() if filter_.group == group]
    if group == Group.NEEDS and len(ticked) == 1:
        return _("Without asking for: %s") % ticked[0]
    if search.days and search.parts and group in WHEN:
        return _("Any day and time")
    return {
        Group.LEVELS: _("Every kind of class"),
        Group.FORMS: _("Classes, groups, clubs and parks alike"),
        Group.KINDS: _("Whatever you do there"),
        Group.PURPOSES: _("Whatever it is for"),
        Group.DAYS: _("Any day of the week"),
        Group.PARTS: _("Any time of day"),
        Group.COSTS: _("Whatever it costs"),
        Group.NEEDS: _("Without asking for access"),
        Group.CONDITIONS: _("Without asking about health conditions"),
        Group.LANGUAGES: _("In any language"),
        Group.AGES: _("For any age"),
    }[group]


def quoted(words: str) -> str:
    """Typed words in one pair of quotation marks: “tai chi”, even if typed with marks."""
    inside = words.translate(STRAIGHT).strip('" ')
    return words if '"' in inside else f"“{inside}”"
