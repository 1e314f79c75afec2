"""A person's search: what they typed and ticked, as URLs carry it and as the engine takes it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from hereabouts import finder
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.finding.distances import USUAL_REACH, Reach
from hereabouts.activities.kinds import FILTERABLE
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Schedule
from hereabouts.activities.vocabularies import (
    AgeBand,
    Condition,
    CostBand,
    Form,
    Language,
    PartOfDay,
    Purpose,
)
from hereabouts.finder import Group, Order
from hereabouts.places.models import AccessFact
from hereabouts.places.queries import Somewhere

PER_PAGE = 20
# Nobody turns more pages: further results are found by narrower filters.
LAST_PAGE = 1000
# On paper there is no next page to press.
PRINTED = 100

# Filters that one and the same session must satisfy.
WHEN = (Group.DAYS, Group.PARTS)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One option of a filter: its code in URLs ("tue"), its value for the engine (1), its label."""

    code: str
    value: Any
    label: StrOrPromise

    @property
    def key(self) -> str:
        """The key of its count in an `Answer`."""
        return str(self.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """A filter that people tick: its parameter in URLs, its title and its choices."""

    name: str
    group: Group
    title: StrOrPromise
    choices: tuple[Choice, ...]

    def picked(self, codes: Collection[str]) -> frozenset[Any]:
        """The values of these codes: {1} for ["tue"]."""
        return frozenset(choice.value for choice in self.choices if choice.code in codes)


def _choices(vocabulary: Any) -> tuple[Choice, ...]:
    return tuple(
        Choice(code=member.value, value=member, label=member.label) for member in vocabulary
    )


LEVEL = Filter(
    name="level",
    group=Group.LEVELS,
    title=_("Kind of class"),
    choices=(
        *(choice for choice in _choices(Level) if choice.value != Level.NONE),
        Choice(code=Level.NONE.value, value=Level.NONE, label=_("Walks, parks and other")),
    ),
)
DAY = Filter(
    name="day",
    group=Group.DAYS,
    title=_("Day"),
    choices=tuple(
        Choice(code=WEEK[day], value=day.value, label=day.label) for day in Schedule.Weekday
    ),
)
PART = Filter(name="part", group=Group.PARTS, title=_("Time of day"), choices=_choices(PartOfDay))
FILTERS = (
    LEVEL,
    Filter(
        name="form", group=Group.FORMS, title=_("Classes, clubs and parks"), choices=_choices(Form)
    ),
    Filter(
        name="kind",
        group=Group.KINDS,
        title=_("What you do there"),
        choices=tuple(
            Choice(code=concept.code, value=concept.code, label=concept.name)
            for concept in FILTERABLE
        ),
    ),
    Filter(
        name="purpose", group=Group.PURPOSES, title=_("What it is for"), choices=_choices(Purpose)
    ),
    DAY,
    PART,
    Filter(name="cost", group=Group.COSTS, title=_("Cost"), choices=_choices(CostBand)),
    Filter(
        name="need", group=Group.NEEDS, title=_("What I need"), choices=_choices(AccessFact.Fact)
    ),
    Filter(
        name="condition",
        group=Group.CONDITIONS,
        title=_("Health conditions that are welcome"),
        choices=_choices(Condition),
    ),
    Filter(
        name="language",
        group=Group.LANGUAGES,
        title=_("Language spoken"),
        choices=_choices(Language),
    ),
    Filter(name="age", group=Group.AGES, title=_("Age"), choices=_choices(AgeBand)),
)
FILTER_BY_NAME = {filter_.name: filter_ for filter_ in FILTERS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Search(finder.Wanted):
    """A person's search. Immutable: `replaced` and `without` return copies."""

    near: Somewhere
    reach: Reach = USUAL_REACH
    shows_map: bool = False
    page: int = 1
    per_page: int = PER_PAGE

    def query(self, *, at: datetime) -> finder.Query:
        """The query of this search for the finder's engine."""
        return finder.Query(
            among=ACTIVITIES,
            point=self.near.point,
            within_km=self.reach.straight_km(),
            at=at,
            offset=(self.page - 1) * self.per_page,
            limit=self.per_page,
            **self.wanted(),
        )

    def ticked(self, filter_: Filter) -> frozenset[Any]:
        """The values that are ticked in `filter_`."""
        values: frozenset[Any] = getattr(self, filter_.group.value)
        return values

    def chosen(self) -> Iterator[tuple[Filter, Choice]]:
        """Every ticked choice with its filter, in the order of `FILTERS`."""
        for filter_ in FILTERS:
            ticked = self.ticked(filter_)
            # Skip the loop for most filters: some have sixty choices.
            if ticked:
                yield from (
                    (filter_, choice) for choice in filter_.choices if choice.value in ticked
                )

    def replaced(self, **changes: Any) -> "Search":
        """A copy with these changes, back on page 1: `search.replaced(words="tea")`."""
        return replace(self, **{"page": 1, **changes})

    def without(self, group: Group) -> "Search":
        """A copy without that filter; days and parts of the day are one filter here."""
        if group == Group.WORDS:
            return self.replaced(words="")
        groups = WHEN if group in WHEN else (group,)
        return self.replaced(**{emptied.value: frozenset() for emptied in groups})

    def without_filters(self) -> "Search":
        """A copy with only the place, the distance, the order and the view."""
        return Search(near=self.near, reach=self.reach, order=self.order, shows_map=self.shows_map)

    def parameters(self) -> str:
        """The query string of this search, without defaults: "near=NG20+8PA&level=GREEN"."""
        return urlencode([("near", self.near.text), *self.pairs()])

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that differ from the defaults, without the place."""
        differing: Mapping[str, str] = {
            "within": self.reach.code if self.reach != USUAL_REACH else "",
            "what": self.words,
        }
        afterwards: Mapping[str, str] = {
            "paused": "1" if self.with_paused else "",
            "order": self.order.value if self.order != Order.NEAREST else "",
            "view": "map" if self.shows_map else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        return [
            *((name, value) for name, value in differing.items() if value),
            *((filter_.name, choice.code) for filter_, choice in self.chosen()),
            *((name, value) for name, value in afterwards.items() if value),
        ]

    def url(self, name: str = "activities:find", **parts: str) -> str:
        """The URL of this search, to keep or to share: "/find/?near=NG20+8PA&within=5"."""
        return f"{reverse(name, kwargs=parts)}?{self.parameters()}"
