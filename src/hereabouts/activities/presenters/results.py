"""One page of the finder's results in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hereabouts.activities import finder, queries
from hereabouts.activities.distances import distance_in_words
from hereabouts.activities.levels import Level
from hereabouts.activities.presenters import activity as words
from hereabouts.activities.search import Search

# Distances that an empty page offers instead, in miles.
WIDER_MILES = (3, 5, 10, 20, 30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One result of the finder."""

    number: int
    name: str
    address: str
    level: str
    is_confirmed: bool
    when: str
    usually: str
    venue: str
    venue_in_full: str
    distance: str
    cost: str
    joining: str
    access: list[words.Fact]
    freshness: words.Freshness
    contact: words.Contact | None


def _cards(
    found: Sequence[queries.Found], *, first_number: int, search: Search, at: datetime
) -> list[Card]:
    """The results as cards, numbered on from `first_number`."""
    return [
        _card(one, number=number, search=search, at=at)
        for number, one in enumerate(found, start=first_number)
    ]


def _card(found: queries.Found, *, number: int, search: Search, at: datetime) -> Card:
    activity = found.activity
    today = timezone.localdate(at)
    return Card(
        number=number,
        name=activity.name,
        address=f"{words.address_of(activity)}?{search.parameters()}",
        level=activity.level,
        is_confirmed=words.is_confirmed(activity, on=today),
        when=words.next_session_in_words(activity, at=at),
        usually=words.usually_in_words(activity),
        venue=str(activity.venue),
        venue_in_full=words.venue_in_full(activity.venue),
        distance=capfirst(distance_in_words(found.distance_km)),
        cost=words.cost_in_words(activity),
        joining=words.joining_in_words(activity) if words.says_how_to_join(activity) else "",
        access=words.access_facts(activity.venue, short=True),
        freshness=words.freshness(activity, on=today),
        contact=words.contact_of(activity),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change to a search, in words, and how many activities it would give."""

    label: str
    count: str
    address: str


def page(search: Search, *, at: datetime) -> Mapping[str, Any]:
    """What the templates show for `search`: cards, counts in words, what to try instead."""
    answer = finder.nearest(search.query(at=at))
    first = (search.page - 1) * search.per_page + 1
    cards = _cards(queries.load(answer.hits), first_number=first, search=search, at=at)
    last = first + len(cards) - 1
    is_more = bool(cards) and (last < answer.total or answer.is_more_than_total)
    return {
        "search": search,
        "cards": cards,
        "total": _number(answer),
        "count": _count_in_words(answer, search.within_miles),
        "today": date_format(timezone.localdate(at), "j F Y"),
        "showing": (first, last),
        "next": _page(search, search.page + 1) if is_more else None,
        "previous": _page(search, search.page - 1) if search.page > 1 else None,
        "leaves_out_unconfirmed": Level.RED in search.levels,
        "any_level_address": replace(search, page=1, levels=frozenset()).address(),
        "changes": [] if cards else _helpful_changes(search, at=at),
        "print_address": replace(search, page=1).address("activities:find_print"),
        "chips": _chips(search),
    }


def _page(search: Search, number: int) -> str:
    return replace(search, page=number).address()


def _helpful_changes(search: Search, *, at: datetime) -> list[Change]:
    """Each single change that gives something: another kind of class, or a little farther."""
    first_page = replace(search, page=1)
    changes = []
    if search.page > 1:
        changes.append((_("Start from the nearest"), first_page))
    if search.levels:
        changes.append((_("Every kind of class"), replace(first_page, levels=frozenset())))
    given = [
        Change(label=label, count=_number(count), address=one.address())
        for label, one in changes
        if (count := finder.count(one.query(at=at))).total
    ]
    return [*given, *_farther(first_page, at=at)][:3]


def _farther(search: Search, *, at: datetime) -> Iterator[Change]:
    """Looking farther, by the steps that give more than the step before."""
    most = 0
    for miles in WIDER_MILES:
        wider = replace(search, within_miles=miles)
        count = finder.count(wider.query(at=at))
        if miles > search.within_miles and count.total > most:
            most = count.total
            label = _("Up to %d miles away") % miles
            yield Change(label=label, count=_number(count), address=wider.address())


def _chips(search: Search) -> list[tuple[str, str]]:
    """(label, address without it) for each filter that is on."""
    return [
        (str(level.label), replace(search, page=1, levels=search.levels - {level}).address())
        for level in Level
        if level in search.levels
    ]


def _number(count: finder.Count | finder.Answer) -> str:
    """ "23", or "more than 1,000": beyond that nobody needs it exactly."""
    number = intcomma(count.total)
    return _("more than %s") % number if count.is_more_than_total else number


def _count_in_words(count: finder.Count | finder.Answer, miles: int) -> str:
    sentence = ngettext(
        "%(count)s activity within about %(miles)s",
        "%(count)s activities within about %(miles)s",
        count.total,
    )
    return sentence % {
        "count": _number(count),
        "miles": ngettext("%d mile", "%d miles", miles) % miles,
    }
