"""Which of our columns a heading means."""

from collections.abc import Sequence

from hereabouts.activities.columns.headings import SYNONYMS, Column, names
from hereabouts.imports import headings as matching


def guess(headings: Sequence[str]) -> dict[str, str]:
    return matching.guess(headings, names())


def test_guess_knows_our_own_headings() -> None:
    headings = [str(column.label) for column in Column]

    assert guess(headings) == dict(zip(headings, Column, strict=True))


def test_guess_matches_the_headings_of_a_real_timetable() -> None:
    headings = [
        "county",
        "district",
        "programme",
        "venue",
        "place",
        "day",
        "start",
        "end",
        "frequency",
        "start_note",
        "audience",
        "notes",
        "source_url",
    ]

    assert guess(headings) == {
        "programme": Column.NAME,
        "venue": Column.VENUE,
        "place": Column.TOWN,
        "day": Column.DAY,
        "start": Column.START,
        "end": Column.END,
        "frequency": Column.FREQUENCY,
        "audience": Column.FOR_WHOM,
        "notes": Column.NOTES,
    }


def test_guess_forgives_slips_marks_and_case() -> None:
    assert guess(["POST-CODE", "Organsation", "Start Time:"]) == {
        "POST-CODE": Column.POSTCODE,
        "Organsation": Column.ORGANISATION,
        "Start Time:": Column.START,
    }


def test_guess_gives_each_column_to_the_heading_that_is_most_like_it() -> None:
    assert guess(["names", "name"]) == {"name": Column.NAME}


def test_every_column_has_words_of_its_own() -> None:
    words = [word for synonyms in SYNONYMS.values() for word in synonyms]

    assert set(SYNONYMS) == set(Column)
    assert len(words) == len(set(words))
