"""Names are compared as plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hereabouts.places.names import LONGEST, searchable


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Millbeck Hall", "millbeck hall"),
        ("  The MILLBECK—Hall! ", "millbeck hall"),
        ("St. Ann's Church", "st anns church"),
        ("Saint Ann’s Church", "st anns church"),
        ("Café & Centre Élan", "cafe centre elan"),
        ("Oak and Ash Comm. Ctr", "oak ash community centre"),
        ("Straße 7", "strasse 7"),
        ("The And", "the and"),
        ("…", ""),
    ],
)
def test_what_people_write_differently_is_the_same(name: str, words: str) -> None:
    assert searchable(name) == words


@given(st.text(max_size=300))
def test_doing_it_twice_changes_nothing(name: str) -> None:
    words = searchable(name)

    assert searchable(words) == words
    assert len(words) <= LONGEST
