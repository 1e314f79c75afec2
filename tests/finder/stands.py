"""Entries of a test in plain words, and the slow twin that the engine must equal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.utils import timezone

from hereabouts import finder
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.levels import Level
from hereabouts.activities.vocabularies import PartOfDay
from hereabouts.finder import Answer, Count, Group, Hit, Order, Query
from hereabouts.finder import actions as writing
from hereabouts.finder.declarations import DAYS
from hereabouts.finder.models import FinderBlock, FinderEntry
from hereabouts.places.points import Point, over_surface, squared_chord

FAR_FUTURE = datetime(9999, 1, 1, tzinfo=UTC)
# Filters by the name of the field in `Stand` and in `Query`.
ANY_OF = ("forms", "kinds", "purposes", "costs", "languages", "ages")
ALL_OF = ("needs", "conditions")
PARTS = tuple(PartOfDay)


@dataclass(frozen=True, kw_only=True)
class Stand:
    """What an entry says; its record's number is its position in the list, from 1."""

    point: Point
    level: Level = Level.NONE
    level_until: date | None = None
    last_on: date | None = None
    paused_on: date | None = None
    paused_until: date | None = None
    next_at: datetime | None = None
    then_at: datetime | None = None
    when: frozenset[tuple[int, PartOfDay]] = frozenset()
    words: str = ""
    chosen: dict[str, frozenset[str]] = field(default_factory=dict)

    def has(self, name: str) -> frozenset[str]:
        return frozenset(str(value) for value in self.chosen.get(name, frozenset()))


def put(stands: Sequence[Stand]) -> Sequence[Stand]:
    """Make these, and only these, the finder's entries."""
    FinderEntry.objects.all().delete()
    FinderBlock.objects.all().delete()
    writing.write_entries(
        among=ACTIVITIES,
        record_ids=range(1, len(stands) + 1),
        entries_of=lambda numbers: [_entry(number, stands[number - 1]) for number in numbers],
    )
    return stands


def _entry(number: int, stand: Stand) -> FinderEntry:
    when = sum(1 << (3 * day + PARTS.index(part)) for day, part in stand.when)
    return FinderEntry.of(
        ACTIVITIES,
        record_id=number,
        point=stand.point,
        values={
            Group.LEVELS: [stand.level],
            **{Group(name): stand.has(name) for name in (*ANY_OF, *ALL_OF)},
        },
        counts_until=stand.level_until,
        last_on=stand.last_on,
        paused_on=stand.paused_on,
        paused_until=stand.paused_until,
        next_at=stand.next_at,
        then_at=stand.then_at,
        when=when,
        words=stand.words,
    )


def search_slowly(
    query: Query, stands: Sequence[Stand], *, radii_km: Collection[float] = ()
) -> Answer:
    """What `finder.search` says, by looking at every entry for every number."""
    measured = _measured(query, stands)
    near = [triple for triple in measured if triple[0] <= _limit(query.within_km)]
    everywhere = [triple for triple in measured if all(_passes(query, triple[2]).values())]
    matching = [triple for triple in everywhere if triple[0] <= _limit(query.within_km)]
    ordered = sorted(matching, key=lambda triple: _sort_key(query, triple))
    page = ordered[query.offset : query.offset + query.limit]
    used = [group for group in Group if _is_used(query, group)]
    return Answer(
        hits=tuple(
            Hit(
                record_id=number,
                distance_km=over_surface(squared / 1e6),
                is_paused=_is_paused(stand, timezone.localdate(query.at)),
            )
            for squared, number, stand in page
        ),
        count=Count.of(len(matching)),
        options=_options(query, [stand for _, _, stand in near]),
        without={
            group: Count.of(sum(_passes_others(query, group, stand) for _, _, stand in near))
            for group in used
        },
        within={
            radius: Count.of(sum(squared <= _limit(radius) for squared, _, _ in everywhere))
            for radius in radii_km
        },
    )


def _limit(km: float) -> float:
    return squared_chord(km) * 1e6


def _measured(query: Query, stands: Sequence[Stand]) -> list[tuple[int, int, Stand]]:
    """(squared metres, number, stand) of all that has neither ended nor is paused."""
    here = finder.place_of(query.point)
    today = timezone.localdate(query.at)
    measured = []
    for number, stand in enumerate(stands, 1):
        there = finder.place_of(stand.point)
        legs = (there.x - here.x, there.y - here.y, there.z - here.z)
        has_ended = stand.last_on is not None and stand.last_on < today
        if not has_ended and (query.with_paused or not _is_paused(stand, today)):
            measured.append((sum(leg * leg for leg in legs), number, stand))
    return measured


def _is_paused(stand: Stand, today: date) -> bool:
    if stand.paused_on is None or stand.paused_until is None:
        return False
    return stand.paused_on <= today <= stand.paused_until


def _level_shown(stand: Stand, today: date) -> set[str]:
    if stand.level == Level.RED and (stand.level_until is None or stand.level_until < today):
        return set()
    return {str(stand.level)}


def _is_used(query: Query, group: Group) -> bool:
    if group == Group.PARTS and query.days:
        return False
    return bool(getattr(query, group.value))


def _passes(query: Query, stand: Stand) -> dict[str, bool]:
    today = timezone.localdate(query.at)
    passed = {
        "levels": not query.levels
        or bool({str(level) for level in query.levels} & _level_shown(stand, today)),
        "when": _is_at(stand, query.days, query.parts) or not (query.days or query.parts),
        "words": all(word in stand.words.split() for word in query.words.split()),
    }
    for name in ANY_OF:
        wanted = {str(value) for value in getattr(query, name)}
        passed[name] = not wanted or bool(wanted & stand.has(name))
    for name in ALL_OF:
        passed[name] = {str(value) for value in getattr(query, name)} <= stand.has(name)
    return passed


def _is_at(stand: Stand, days: Collection[int], parts: Collection[str]) -> bool:
    return any(
        (not days or day in days) and (not parts or part in parts) for day, part in stand.when
    )


def _passes_others(query: Query, group: Group, stand: Stand) -> bool:
    name = "when" if group in (Group.DAYS, Group.PARTS) else group.value
    return all(passed for other, passed in _passes(query, stand).items() if other != name)


def _options(query: Query, near: Sequence[Stand]) -> dict[Group, dict[str, Count]]:
    today = timezone.localdate(query.at)
    counted: dict[Group, dict[str, Count]] = {}
    for vocabulary in ACTIVITIES.vocabularies:
        group, name, values = vocabulary.group, vocabulary.group.value, vocabulary.codes
        others = [
            stand
            for stand in near
            if (
                all(_passes(query, stand).values())
                if name in ALL_OF
                else _passes_others(query, group, stand)
            )
        ]
        has = [
            _level_shown(stand, today) if name == "levels" else stand.has(name) for stand in others
        ]
        counted[group] = {
            value: Count.of(sum(value in values_had for values_had in has)) for value in values
        }
    others = [stand for stand in near if _passes_others(query, Group.DAYS, stand)]
    counted[Group.DAYS] = {
        day: Count.of(sum(_is_at(stand, [int(day)], query.parts) for stand in others))
        for day in DAYS
    }
    counted[Group.PARTS] = {
        part: Count.of(sum(_is_at(stand, query.days, [part]) for stand in others)) for part in PARTS
    }
    return counted


def _sort_key(query: Query, triple: tuple[int, int, Stand]) -> tuple[object, ...]:
    squared, number, stand = triple
    if query.order == Order.NEAREST:
        return squared, number
    soon = [moment for moment in (stand.next_at, stand.then_at) if moment and moment >= query.at]
    starts = soon[0] if soon else FAR_FUTURE
    return starts, squared, number
