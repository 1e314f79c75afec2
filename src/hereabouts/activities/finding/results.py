"""The context of the finder's page: cards, chips, counts, and what to try instead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from hereabouts import finder
from hereabouts.activities import queries
from hereabouts.activities import shown as words
from hereabouts.activities.finding import filters, headings
from hereabouts.activities.finding.distances import (
    FARTHEST_REACH,
    REACHES,
    Reach,
    Travel,
    way_in_words,
)
from hereabouts.activities.finding.filters import Typed, number, short_number
from hereabouts.activities.finding.search import LAST_PAGE, Search
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity, Concession
from hereabouts.activities.vocabularies import Condition, Form, Language
from hereabouts.core.languages import gettext as _
from hereabouts.finder import Answer, Count, Group, Order
from hereabouts.partners.models import Term
from hereabouts.partners.queries import terms as all_terms

# How many changes an empty page offers at most, besides showing paused activities.
MOST_CHANGES = 4
FORMATS = ("csv", "xlsx", "kml", "geojson")


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One result of the finder. `type_label` stands where a level would when it has none."""

    number: int
    name: str
    url: str
    level: str
    is_confirmed: bool
    type_label: str
    paused: str
    when: str
    usually: str
    venue: str
    venue_in_full: str
    way: str
    cost: str
    joining: str
    matched: list[str]
    access: list[words.Fact]
    freshness: words.Freshness
    contact: words.Contact | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change to a search that gives results, with its label and count."""

    label: str
    count: Count
    url: str

    @property
    def gives(self) -> str:
        """ "3 activities"."""
        return filters.number_of_activities(self.count)


def page(search: Search, *, typed: Typed, at: datetime) -> Mapping[str, Any]:
    """The context of the page of `search`."""
    answer = finder.search(search.query(at=at), radii_km=_radii_km())
    paused = _paused(search, answer, at=at)
    listed = _listed(search, answer, paused, at=at)
    return {
        **listed,
        "chips": _chips(search),
        "clear_url": search.without_filters().url(),
        "other_order_url": _other_order(search),
        "list_url": search.replaced(shows_map=False, page=search.page).url(),
        "map_url": f"{search.replaced(shows_map=True, page=search.page).url()}#map",
        "leaves_out_unconfirmed": Level.RED in search.levels and filters.unconfirmed(answer) != 0,
        "any_level_url": search.without(Group.LEVELS).url(),
        "changes": [] if listed["cards"] else _helpful_changes(search, answer, paused, at=at),
        "print_url": search.replaced().url("activities:find_print"),
        "exports": _exports(search),
        **panel(typed, search=search, answer=answer),
    }


def on_paper(search: Search, *, at: datetime) -> Mapping[str, Any]:
    """The context of the printed list of `search`."""
    answer = finder.search(search.query(at=at))
    listed = _listed(search, answer, _paused(search, answer, at=at), at=at)
    return {**listed, "today": date_format(timezone.localdate(at), "j F Y")}


def panel(
    typed: Typed, *, search: Search | None = None, answer: Answer | None = None
) -> Mapping[str, Any]:
    """The context of the panel of filters, also before there are results."""
    sections = filters.panel(typed, search=search, answer=answer)
    return {
        "sections": sections,
        "filters_on": filters.on_in_words(sections),
        "number": number,
        "short_number": short_number,
        "suggestions": headings.suggestions(),
    }


def _listed(search: Search, answer: Answer, paused: Count, *, at: datetime) -> dict[str, Any]:
    """The context that the page and the printed list share."""
    first = (search.page - 1) * search.per_page + 1
    cards = _cards(answer.hits, first_number=first, search=search, at=at)
    last = first + len(cards) - 1
    is_more = bool(cards) and (last < answer.count.total or answer.count.is_more_than_total)
    has_next = is_more and search.page < LAST_PAGE
    return {
        "search": search,
        "heading": headings.heading(search),
        "nothing": "" if cards else _why_nothing(search, answer, paused),
        "cards": cards,
        "total": number(answer.count),
        "count": headings.count_in_words(answer.count, search),
        "asked_for": headings.asked_for(search),
        "is_soonest_first": search.order == Order.SOONEST,
        "showing": (first, last),
        "next": search.replaced(page=search.page + 1).url() if has_next else None,
        "previous": search.replaced(page=search.page - 1).url() if search.page > 1 else None,
    }


def _paused(search: Search, answer: Answer, *, at: datetime) -> Count:
    """How many results are paused; counted only when nothing else was found."""
    if answer.count.total or search.with_paused:
        return Count.of(0)
    return finder.search(search.replaced(with_paused=True).query(at=at)).count


def _why_nothing(search: Search, answer: Answer, paused: Count) -> str:
    if answer.count.total:
        return _("That is past the end of the list")
    if headings.asked_for(search):
        return _("All of that is paused") if paused.total else _("Nothing yet for all of that")
    return _("All near here is paused") if paused.total else _("Nothing near here yet")


def _exports(search: Search) -> list[tuple[str, str]]:
    """(format, URL) for each format that the whole list can be exported in."""
    return [
        (file_format, search.replaced().url("activities:export", file_format=file_format))
        for file_format in FORMATS
    ]


def _radii_km() -> list[float]:
    return [reach.straight_km() for reach in REACHES]


def _other_order(search: Search) -> str:
    """The URL of this search in the other order."""
    other = Order.NEAREST if search.order == Order.SOONEST else Order.SOONEST
    return search.replaced(order=other).url()


def _chips(search: Search) -> list[tuple[str, str]]:
    """(label, URL without it) for each filter that is on."""
    chips = [
        (
            str(choice.label),
            search.replaced(**{filter_.group.value: search.ticked(filter_) - {choice.value}}),
        )
        for filter_, choice in search.chosen()
    ]
    if search.words:
        chips.insert(0, (filters.quoted(search.words), search.without(Group.WORDS)))
    if search.with_paused:
        chips.append((_("Paused ones too"), search.replaced(with_paused=False)))
    return [(label, without.url()) for label, without in chips]


# ── Cards ──


def _cards(
    hits: Sequence[finder.Hit], *, first_number: int, search: Search, at: datetime
) -> list[Card]:
    """The hits as cards, numbered from `first_number`."""
    terms, parameters = all_terms(), search.parameters()
    return [
        _card(
            found,
            number=number,
            url=f"{words.address_of(found.activity)}?{parameters}",
            search=search,
            terms=terms,
            at=at,
        )
        for number, found in enumerate(queries.load(hits), start=first_number)
    ]


def _card(
    found: queries.Found,
    *,
    number: int,
    url: str,
    search: Search,
    terms: Sequence[Term],
    at: datetime,
) -> Card:
    activity = found.activity
    today = timezone.localdate(at)
    return Card(
        number=number,
        name=activity.name,
        url=url,
        level=activity.level,
        is_confirmed=words.is_confirmed(activity, on=today),
        type_label=_type_label(activity),
        paused=words.pause_in_words(activity, on=today),
        when=words.next_session_in_words(activity, at=at, terms=terms),
        usually=words.usually_in_words(activity),
        venue=str(activity.venue),
        venue_in_full=words.venue_in_full(activity.venue),
        way=capfirst(way_in_words(found.distance_km)),
        cost=price_in_words(activity),
        joining=words.joining_in_words(activity) if words.says_how_to_join(activity) else "",
        matched=_matched(activity, search),
        access=words.access_facts(activity.venue, short=True),
        freshness=words.freshness(activity, on=today),
        contact=words.contact_of(activity),
    )


def _type_label(activity: Activity) -> str:
    """ "Walking", "Nordic Walking, Walking", or the form: "Club"."""
    form = Form(activity.form)
    kinds = [kind.name for kind in activity.kinds.all()]
    return ", ".join(sorted(kinds)[:2]) if kinds and form == Form.SESSIONS else str(form.label)


def price_in_words(activity: Activity) -> str:
    """The price for everybody, then the lowest reduced price and who pays it."""
    usual = activity.cost_pence
    lower = [
        concession
        for concession in activity.concessions.all()
        if usual is None or concession.pence < usual
    ]
    price = words.cost_in_words(activity)
    if lower:
        least = _reduced(min(lower, key=lambda concession: (concession.pence, concession.who)))
        amount = words.amount_in_words(usual) if usual is not None else ""
        both = _("%(usual)s, or %(reduced)s") % {"usual": amount, "reduced": least}
        price = _sentences(both if amount else capfirst(least), activity.cost_note)
    return _sentences(price, _("Your first time is free") if activity.is_first_free else "")


def _reduced(concession: Concession) -> str:
    """ "£2 for over 65s (bring your bus pass)"."""
    amount = words.amount_in_words(concession.pence) if concession.pence else _("free")
    reduced = _("%(amount)s for %(who)s") % {"amount": amount, "who": concession.who}
    if not concession.proof:
        return reduced
    return _("%(reduced)s (please bring: %(proof)s)") % {
        "reduced": reduced,
        "proof": concession.proof,
    }


def _sentences(*parts: str) -> str:
    return ". ".join(capfirst(part) for part in parts if part)


def _matched(activity: Activity, search: Search) -> list[str]:
    """The conditions and languages of the search that the activity matches."""
    conditions = [str(condition.label) for condition in Condition if condition in search.conditions]
    spoken = [
        str(language.label)
        for language in Language
        if language in search.languages and language.value in activity.languages
    ]
    lines = []
    if conditions:
        lines.append(_("Welcome here: %s") % ", ".join(conditions))
    if spoken:
        lines.append(_("Spoken here: %s") % ", ".join(spoken))
    return lines


# ── Nothing found ──


def _helpful_changes(
    search: Search, answer: Answer, paused: Count, *, at: datetime
) -> list[Change]:
    """At most four single changes that give results, most first; then showing paused ones."""
    if answer.count.total:
        return [_from_the_start(search, answer)]
    singles = [
        *_less_asked_for(search, answer),
        *_farther(search, answer),
    ]
    changes = [change for change in singles if change.count.total]
    by_count = sorted(changes, key=lambda change: _size(change.count), reverse=True)
    helpful = by_count[:MOST_CHANGES] or _everything(search, at=at)
    return [*helpful, *_also_paused(search, paused)]


def _size(count: Count) -> tuple[int, bool]:
    return count.total, count.is_more_than_total


def _from_the_start(search: Search, answer: Answer) -> Change:
    """The offer on a page past the end."""
    return Change(label=_("Start from the first"), count=answer.count, url=search.replaced().url())


def _also_paused(search: Search, paused: Count) -> Iterator[Change]:
    if paused.total:
        label = _("Show also what is paused")
        url = search.replaced(with_paused=True).url()
        yield Change(label=label, count=paused, url=url)


def _less_asked_for(search: Search, answer: Answer) -> Iterator[Change]:
    for group, count in answer.without.items():
        yield Change(
            label=filters.label_without(group, search),
            count=count,
            url=search.without(group).url(),
        )


def _farther(search: Search, answer: Answer) -> Iterator[Change]:
    """The first wider reach that gives more results."""
    for reach in _wider(search.reach):
        count = answer.within[reach.straight_km()]
        if _size(count) > _size(answer.count):
            label = _("Up to %s away") % reach.in_words()
            yield Change(label=label, count=count, url=search.replaced(reach=reach).url())
            return


def _wider(than: Reach) -> list[Reach]:
    return [
        reach
        for reach in REACHES
        if reach.by == Travel.MILES and reach.straight_km() > than.straight_km()
    ]


def _everything(search: Search, *, at: datetime) -> list[Change]:
    """When no single change helps: no filters, and the first reach that gives results."""
    bare = search.without_filters()
    farthest = bare.replaced(reach=FARTHEST_REACH)
    answer = finder.search(farthest.query(at=at), radii_km=_radii_km())
    for reach in (search.reach, *_wider(search.reach)):
        count = answer.within[reach.straight_km()]
        if count.total:
            label = _("Everything up to %s away") % reach.in_words()
            return [Change(label=label, count=count, url=bare.replaced(reach=reach).url())]
    return []
