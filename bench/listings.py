"""The whole rows behind an invented world: what a page shows of each listing."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from bench.finder.databases import bare, insert, load_entries, midnight
from bench.finder.world import FORMS, LEVELS, NEVER, World

LISTINGS_PER_PROVIDER = 200
# How long ago somebody said that it still runs.
CHECKED_WITHIN_DAYS = 80
PRICES = (None, 0, 250, 300, 400, 600)
APPROACHES = {"is_low_impact": "GREEN", "is_chair_based": "ORANGE", "is_fame": "RED"}
AGES = ((0, 11), (12, 17), (18, 64), (65, 150))


def load(world: World) -> None:
    """Write providers, venues and activities with all that their cards show, then the entries."""
    from django.db import transaction

    with transaction.atomic():
        providers = _partners(world)
        _venues(world)
        _activities(world, providers)
        _timetables(world)
        _kinds(world)
        _checks_and_prices(world)
    load_entries(world)


def _partners(world: World) -> int:
    from hereabouts.partners.models import Organisation, Partnership

    Partnership.objects.create(
        pk=1,
        name="Heath and Vale Place Partnership",
        area_name="Heath and Vale",
        phone="0115 496 0142",
        phone_hours="Monday to Friday, 9 am to 4 pm",
        email="hello@heathandvale.example",
    )
    count = max(1, len(world) // LISTINGS_PER_PROVIDER)
    _write(
        Organisation(phone="0115 496 0165", email="hello@movers.example"),
        count,
        name=(f"Movers number {number}" for number in range(1, count + 1)),
    )
    return count


def _venues(world: World) -> None:
    from hereabouts.activities.declaration import ACTIVITIES
    from hereabouts.places.models import AccessFact, Venue
    from hereabouts.places.names import searchable

    codes = [code.decode() for code in world.venue_postcode.tolist()]
    names = [f"Hall {number} in {code[:-3]}" for number, code in enumerate(codes, 1)]
    _write(
        Venue(street="1 High Street", town="Anytown", phone="0115 496 0171"),
        len(codes),
        name=names,
        search_name=map(searchable, names),
        search_town=["anytown"] * len(codes),
        postcode=(f"{code[:-3]} {code[-3:]}" for code in codes),
        latitude=world.venue_latitude.tolist(),
        longitude=world.venue_longitude.tolist(),
    )
    needs = ACTIVITIES.vocabulary("needs").codes
    used, first = np.unique(world.venue, return_index=True)
    venues, facts = np.nonzero(world.chosen["needs"][first])
    _write(
        AccessFact(is_there=True, checked_on=_day(world, -30)),
        len(venues),
        venue_id=(used[venues] + 1).tolist(),
        fact=(needs[fact] for fact in facts.tolist()),
    )


def _activities(world: World, providers: int) -> None:
    from hereabouts.activities.models import Activity

    numbers = range(1, len(world) + 1)
    levels = np.array(LEVELS)[world.level]
    ages = [_ages(has) for has in world.chosen["ages"].tolist()]
    is_paused = world.paused_on != NEVER
    _write(
        Activity(
            state=Activity.State.PUBLISHED,
            joining=Activity.Joining.CONTACT_FIRST,
            summary="A friendly hour with tea afterwards, for whoever wants to move a little more.",
            leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
        ),
        len(world),
        name=(f"Sure and Steady {number}" for number in numbers),
        form=(FORMS[form] for form in world.form.tolist()),
        level=levels.tolist(),
        **{name: (levels == level).tolist() for name, level in APPROACHES.items()},
        **{name: _codes(world, name) for name in ("purposes", "conditions", "languages")},
        age_from=(first for first, _ in ages),
        age_to=(last for _, last in ages),
        leader_confirmed_on=(
            _day(world, until - 365) if until != NEVER else None
            for until in world.level_until.tolist()
        ),
        cost_pence=(PRICES[number % len(PRICES)] for number in numbers),
        provider_id=(1 + number % providers for number in numbers),
        venue_id=(world.venue + 1).tolist(),
        paused_on=_days_where(world, world.paused_on, is_paused),
        paused_until=_days_where(world, world.paused_until, is_paused),
    )


def _timetables(world: World) -> None:
    """A line for each of the two next sessions, or one where both are of the same line."""
    from hereabouts.activities.models import Schedule

    begins = midnight(world).weekday()
    week = 7 * 1440
    pairs = zip(world.next_at.tolist(), world.then_at.tolist(), strict=True)
    lines = [
        (activity, start % week)
        for activity, both in enumerate(pairs, 1)
        for start in sorted({start % week for start in both if start != NEVER})
    ]
    ends = [None if day == NEVER else _day(world, day) for day in world.last_on.tolist()]
    _write(
        Schedule(frequency=Schedule.Frequency.WEEKLY, starts_on=_day(world, -730)),
        len(lines),
        activity_id=(activity for activity, _ in lines),
        weekday=((begins + start // 1440) % 7 for _, start in lines),
        start_time=(_clock(start) for _, start in lines),
        end_time=(_clock(start + 60) for _, start in lines),
        ends_on=(ends[activity - 1] for activity, _ in lines),
    )


def _kinds(world: World) -> None:
    from hereabouts.activities.kinds import ACTIVITY_LIST, FILTERABLE
    from hereabouts.activities.models import Activity, Kind

    keys = dict(Kind.objects.values_list("identifier", "pk"))
    kind_keys = [keys[ACTIVITY_LIST + concept.identifier] for concept in FILTERABLE]
    listings, kinds = np.nonzero(world.chosen["kinds"])
    _write(
        Activity.kinds.through(),
        len(listings),
        activity_id=(listings + 1).tolist(),
        kind_id=(kind_keys[kind] for kind in kinds.tolist()),
    )


def _checks_and_prices(world: World) -> None:
    from hereabouts.activities.declaration import ACTIVITIES
    from hereabouts.activities.models import Check, Concession

    numbers = range(1, len(world) + 1)
    _write(
        Check(checker="The class leader"),
        len(world),
        activity_id=numbers,
        checked_on=(_day(world, -(number % CHECKED_WITHIN_DAYS)) for number in numbers),
    )
    is_reduced = ACTIVITIES.vocabulary("costs").codes.index("REDUCED")
    reduced = np.flatnonzero(world.chosen["costs"][:, is_reduced])
    _write(
        Concession(who="people over 65", pence=200),
        len(reduced),
        activity_id=(reduced + 1).tolist(),
    )


def _write(pattern: Any, count: int, **columns: Iterable[Any]) -> None:
    insert(pattern._meta.db_table, *bare(pattern, count, **columns))


def _codes(world: World, name: str) -> Iterable[str]:
    """The values that each listing has, as its JSON column keeps them."""
    from hereabouts.activities.declaration import ACTIVITIES

    values = ACTIVITIES.vocabulary(name).codes
    known: dict[bytes, str] = {}
    for has in world.chosen[name]:
        key = has.tobytes()
        if key not in known:
            known[key] = json.dumps([values[value] for value in np.flatnonzero(has)])
        yield known[key]


def _ages(has: list[bool]) -> tuple[int | None, int | None]:
    bands = [band for band, has_it in zip(AGES, has, strict=True) if has_it]
    return (bands[0][0], bands[-1][1]) if bands else (None, None)


def _days_where(world: World, days: Any, is_known: Any) -> Iterable[str | None]:
    for day, known in zip(days.tolist(), is_known.tolist(), strict=True):
        yield _day(world, day) if known else None


def _day(world: World, after: int) -> str:
    return (timezone.localdate(world.at) + timedelta(days=after)).isoformat()


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}:00"
