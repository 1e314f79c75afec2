"""A crowded finder."""

from datetime import date, timedelta

import h3.api.basic_int as h3
import numpy as np
import pytest

from hereabouts.activities.declaration import ACTIVITIES, LEVELS
from hereabouts.activities.levels import Level
from hereabouts.activities.vocabularies import (
    PartOfDay,
)
from hereabouts.places.points import Point
from tests.finder.around import KINDS, NOW, SHIREBROOK, TODAY, TOMORROW, WORDS, YESTERDAY, towards
from tests.finder.stands import Stand, put


@pytest.fixture
def crowded(db: None) -> list[Stand]:
    """A town, its country and far places: 700 entries of every kind, in shared venues."""
    random = np.random.default_rng(20261123)
    venues = [
        towards(SHIREBROOK, bearing=float(turn), km=float(km))
        for turn, km in zip(
            random.uniform(0, 7, 240), 10 ** random.uniform(-2, 2.5, 240), strict=True
        )
    ]
    for resolution in (6, 7, 8):
        cell = h3.latlng_to_cell(SHIREBROOK.latitude, SHIREBROOK.longitude, resolution)
        venues += [
            Point(latitude=north, longitude=east) for north, east in h3.cell_to_boundary(cell)
        ]
    return list(put([_any_stand(random, venues) for _ in range(700)]))


def _any_stand(random: np.random.Generator, venues: list[Point]) -> Stand:
    days: list[date | None] = [None, None, None, YESTERDAY, TODAY, TOMORROW]
    next_at = NOW + timedelta(minutes=15 * int(random.integers(-3, 9)))
    has_dates = random.random() < 0.8
    level = list(Level)[random.integers(4)]
    pause = [None, None, None, YESTERDAY, TODAY, TOMORROW][random.integers(6)]
    chosen = {
        name: frozenset(value for value in values if random.random() < 0.35)
        for name, values in {
            **{each.group.value: each.codes for each in ACTIVITIES.vocabularies if each != LEVELS},
            "kinds": KINDS,
        }.items()
    }
    return Stand(
        point=venues[random.integers(len(venues))],
        level=level,
        level_until=days[random.integers(2, 6)] if level == Level.RED else None,
        last_on=days[random.integers(6)],
        paused_on=pause,
        paused_until=pause and date(2026, 11, int(random.integers(24, 27))),
        next_at=next_at if has_dates else None,
        then_at=next_at + timedelta(hours=1) if has_dates and random.random() < 0.7 else None,
        when=frozenset(
            (int(random.integers(7)), list(PartOfDay)[random.integers(3)]) for _ in range(2)
        ),
        words=" ".join(word for word in WORDS if random.random() < 0.4),
        chosen=chosen,
    )
