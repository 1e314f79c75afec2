"""What an activity is built on, read from what people write."""

import pytest

from hereabouts.activities.columns.approaches import named_approaches, suggested_approaches
from hereabouts.activities.levels import Approach, Level

LOW, CHAIR, OTAGO, FAME = (
    Approach.LOW_IMPACT,
    Approach.CHAIR_BASED,
    Approach.OTAGO,
    Approach.FAME,
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("green", {LOW}),
        ("Low-impact", {LOW}),
        ("orange", {CHAIR}),
        ("chair based exercise", {CHAIR}),
        ("Otago", {OTAGO}),
        ("chair-based and Otago", {CHAIR, OTAGO}),
        ("red", {FAME}),
        ("FaME", {FAME}),
        ("none", set()),
    ],
)
def test_the_level_column_takes_our_words(text: str, named: set[Approach]) -> None:
    assert named_approaches(text) == frozenset(named)


def test_the_level_column_takes_our_own_labels() -> None:
    for level in Level:
        assert named_approaches(str(level.label)) is not None
    for approach in Approach:
        assert named_approaches(str(approach.label)) == frozenset({approach})


@pytest.mark.parametrize("text", ["purple", "red-ish walk", "2", "orange, hard"])
def test_the_level_column_takes_no_other_words(text: str) -> None:
    assert named_approaches(text) is None


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("chair-based; can progress to OTAGO", {CHAIR, OTAGO}),
        ("A FaME class with a trained leader", {FAME}),
        ("in the hall of fame, red door, green carpet", set()),
        ("low impact dance", {LOW}),
        ("", set()),
    ],
)
def test_running_text_only_suggests(text: str, suggested: set[Approach]) -> None:
    assert suggested_approaches(text) == suggested
