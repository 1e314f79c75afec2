"""Words find what a person means, on both databases, whatever they type."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hereabouts import finder
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.finder import Group, Query, text_index
from hereabouts.finder import actions as writing
from hereabouts.finder.models import FinderEntry
from tests.finder.around import NOW, SHIREBROOK, towards
from tests.finder.stands import Stand, put

pytestmark = pytest.mark.django_db


def found(text: str) -> list[int]:
    """The activities near Shirebrook that `text` finds."""
    hits = finder.nearest(
        Query(among=ACTIVITIES, point=SHIREBROOK, within_km=10, at=NOW, words=text, limit=100)
    )
    return sorted(hit.record_id for hit in hits)


def stand(text: str) -> Stand:
    return Stand(point=SHIREBROOK, words=text_index.searched(text))


@pytest.fixture
def texts(db: None) -> None:
    put(
        [
            stand("Gentle exercise class for older people, with tai chi walking"),
            stand("Chair-based exercises at Millbeck Hall"),
            stand("Ćwiczenia dla seniorów w Łodzi"),
            stand("Chi running for people who have done tai boxing"),
        ]
    )


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("exercise", [1, 2]),
        ("EXERCISES", [1, 2]),
        ("exercising", [1, 2]),
        ("walk", [1]),
        ("walks classes", [1]),
        ("chair", [2]),
        ("chair-based", [2]),
        ("millbeck hall", [2]),
        ("cwiczenia", [3]),
        ("ćwiczenia Łodzi", [3]),
        ("tai chi", [1, 4]),
        ('"tai chi"', [1]),
        ("“tai chi”", [1]),
        ("exercise swimming", []),
        ("a class for older people", [1]),
    ],
)
def test_words_find_stems_accents_and_phrases(texts: None, typed: str, numbers: list[int]) -> None:
    assert found(typed) == numbers


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Walk/run for beginners", "run"),
        ("Tai chi/qigong", "qigong"),
        ("Ages 65-80", "80"),
        ("Ages 65-80", "65-80"),
        ("See parkrun.org.uk", "parkrun"),
        ("£2.50", "2.50"),
        ("Over 50s", "over 50s"),
        ("Off-road", "off"),
        ("Women’s football", "womens"),
        ("Women’s football", "women's"),
        ("At O’Brien’s", "obriens"),
        ("Straße", "strasse"),
        ("Øresund", "oresund"),
        ("Yoga_flow", "flow"),
        ("50+ fitness", "50+"),
    ],
)
def test_both_databases_find_the_same_words(db: None, text: str, typed: str) -> None:
    put([stand(text), stand("Something else")])

    assert found(typed) == [1]


@pytest.mark.parametrize(
    "typed",
    [
        '"', '""', '"tai', "'", "()", "*", "tai* OR chi", "NOT tai", "tai NEAR chi", "words:tai",
        "^tai",
        "tai; DROP TABLE", "%s %d", "\\", "tai:*", "& | !", "<->", "😀", "\x00tai", "-", "a" * 5000,
        "tai " * 500,
    ],
)  # fmt: skip
def test_whatever_somebody_types_is_words(texts: None, typed: str) -> None:
    numbers = found(typed)

    assert set(numbers) <= {1, 2, 3, 4}


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60))
def test_no_text_breaks_the_search(texts: None, typed: str) -> None:
    found(typed)


@pytest.mark.parametrize("typed", ["", "   ", '"', "...", "the", "a class"[:1], "near me"])
def test_empty_words_ask_for_nothing(texts: None, typed: str) -> None:
    answer = finder.search(
        Query(among=ACTIVITIES, point=SHIREBROOK, within_km=10, at=NOW, words=typed)
    )

    assert answer.count.total == 4
    assert Group.WORDS not in answer.without


def test_words_are_found_near_and_not_elsewhere() -> None:
    put(
        [
            Stand(point=towards(SHIREBROOK, bearing=turn, km=km), words="heather")
            for turn in range(6)
            for km in (1, 8, 30, 120)
        ]
    )
    near = Query(
        among=ACTIVITIES, point=SHIREBROOK, within_km=10, at=NOW, words="heather", limit=100
    )

    assert len(finder.nearest(near)) == 12
    assert finder.search(near, radii_km=[2, 40, 200]).within == {
        km: finder.Count.of(number) for km, number in ((2, 6), (40, 18), (200, 24))
    }


def test_words_follow_their_entries(texts: None) -> None:
    entry = FinderEntry.objects.get(record_id=2)
    entry.words = "Badminton"
    entry.save()
    assert (found("chair"), found("badminton")) == ([], [2])

    FinderEntry.objects.filter(record_id=2).update(words="Pickleball")
    assert (found("badminton"), found("pickleball")) == ([], [2])

    writing.remove_entries(among=ACTIVITIES, record_ids=[2])
    assert found("pickleball") == []


def test_the_database_keeps_the_index_itself() -> None:
    """A migration that lets Django rebuild the table would take the triggers with it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            expected = {f"{text_index.INDEX}_{event}" for event in ("added", "removed", "changed")}
        else:
            cursor.execute(
                "SELECT indexname FROM pg_indexes WHERE tablename = %s", [text_index.ENTRIES]
            )
            expected = {text_index.INDEX}
        assert expected <= {name for (name,) in cursor.fetchall()}
