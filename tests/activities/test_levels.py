"""The level follows from what an activity is built on; a red class needs a confirmed leader."""

from datetime import date
from itertools import chain, combinations

import pytest
from django.db import IntegrityError

from hereabouts.activities.levels import (
    LEVEL_OF,
    Approach,
    Level,
    confirmation_expires_on,
    level_for,
)
from hereabouts.activities.models import Activity
from tests import make


def test_every_approach_has_a_level() -> None:
    assert set(LEVEL_OF) == set(Approach)


@pytest.mark.parametrize(
    ("approaches", "level"),
    [
        ((), Level.NONE),
        ((Approach.LOW_IMPACT,), Level.GREEN),
        ((Approach.CHAIR_BASED,), Level.ORANGE),
        ((Approach.OTAGO,), Level.ORANGE),
        ((Approach.LOW_IMPACT, Approach.CHAIR_BASED), Level.ORANGE),
        ((Approach.FAME,), Level.RED),
        (tuple(Approach), Level.RED),
    ],
)
def test_the_most_specialised_approach_gives_the_level(
    approaches: tuple[Approach, ...], level: Level
) -> None:
    assert level_for(approaches) == level


def test_every_combination_of_approaches_may_be_saved(db: None) -> None:
    every = chain.from_iterable(combinations(Approach, size) for size in range(len(Approach) + 1))

    for approaches in every:
        activity = make.draft(
            is_low_impact=Approach.LOW_IMPACT in approaches,
            is_chair_based=Approach.CHAIR_BASED in approaches,
            follows_otago=Approach.OTAGO in approaches,
            is_fame=Approach.FAME in approaches,
        )

        assert activity.level == level_for(approaches)


def test_the_database_refuses_a_level_that_does_not_follow(db: None) -> None:
    activity = make.draft(is_low_impact=True)

    with pytest.raises(IntegrityError, match="level_follows_from_the_approaches"):
        Activity.objects.filter(pk=activity.pk).update(level=Level.RED)


def test_a_leader_counts_until_the_review_period_is_over() -> None:
    assert confirmation_expires_on(confirmed_on=date(2026, 1, 1), review_days=365) == date(
        2027, 1, 1
    )
    assert confirmation_expires_on(confirmed_on=None, review_days=365) is None
