"""A search in words: its heading, and its count of results."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from hereabouts.activities.finding.filters import number, quoted
from hereabouts.activities.finding.search import Choice, Search
from hereabouts.activities.kinds import FILTERABLE
from hereabouts.activities.levels import Level
from hereabouts.activities.vocabularies import Form, Purpose
from hereabouts.core.languages import cached_per_language
from hereabouts.core.languages import gettext as _
from hereabouts.finder import Count, Group

# The heading names the first of these filters that is on; the others are chips below it.
NAMED = (Group.PURPOSES, Group.KINDS, Group.FORMS, Group.LEVELS)
# More names than this make a heading too long.
MOST_NAMED = 3

PLURALS: Mapping[str, StrOrPromise] = {
    Form.SESSIONS: gettext_lazy("Classes and sessions"),
    Form.GROUP: gettext_lazy("Community groups"),
    Form.CLUB: gettext_lazy("Clubs"),
    Form.OPEN_SPACE: gettext_lazy("Parks and open spaces"),
    Level.GREEN: gettext_lazy("Green low-impact classes"),
    Level.ORANGE: gettext_lazy("Orange chair-based classes"),
    Level.RED: gettext_lazy("Red falls classes (FaME)"),
}


def heading(search: Search) -> str:
    """ "Strength and balance near Market Warsop"."""
    return _("%(what)s near %(near)s") % {"what": _subject(search), "near": search.near.label}


def _subject(search: Search) -> str:
    if search.words:
        return _named_as(search.words) or quoted(search.words)
    for group in NAMED:
        named = [choice for filter_, choice in search.chosen() if filter_.group == group]
        if named:
            return _any_of([_plural(choice) for choice in named])
    return _("Activity")


def _plural(choice: Choice) -> str:
    return str(PLURALS.get(choice.code, choice.label))


def _any_of(names: Collection[str]) -> str:
    """ "Clubs", "Clubs or Walking"; "Activity" when they are too many."""
    if len(names) > MOST_NAMED:
        return _("Activity")
    *all_but_last, last = names
    if not all_but_last:
        return last
    return _("%(some)s or %(last)s") % {"some": ", ".join(all_but_last), "last": last}


def _named_as(words: str) -> str:
    """The name of a purpose or kind if `words` are that name in any case; else ""."""
    names = (
        *(str(purpose.label) for purpose in Purpose),
        *(concept.name for concept in FILTERABLE),
    )
    return next((name for name in names if name.casefold() == words.casefold()), "")


@cached_per_language
def suggestions() -> tuple[str, ...]:
    """Names of purposes and kinds, to suggest while somebody types."""
    names = {
        *(str(purpose.label) for purpose in Purpose),
        *(concept.name for concept in FILTERABLE),
    }
    return tuple(sorted(names, key=str.casefold))


def count_in_words(count: Count, search: Search) -> str:
    """ "23 activities within about 5 miles"."""
    sentence = ngettext(
        "%(count)s activity within about %(reach)s",
        "%(count)s activities within about %(reach)s",
        count.total,
    )
    return sentence % {"count": number(count), "reach": search.reach.in_words()}


def asked_for(search: Search) -> list[str]:
    """The label of each filter that is on, typed words first."""
    labels = [str(choice.label) for _one, choice in search.chosen()]
    return [quoted(search.words), *labels] if search.words else labels
