"""One row: its values, or every reason why it cannot be saved."""

from datetime import date, time

import pytest

from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Schedule
from hereabouts.intake.rows import EXAMPLE, Cells, RowValues, key_of, read_row

COMPLETE: Cells = {**EXAMPLE, Column.NAME: "Gentle movers"}


def read(**changed: str) -> RowValues | list[str]:
    """A row that has everything, but for what is changed."""
    cells: Cells = {**COMPLETE, **{Column(name): text for name, text in changed.items()}}
    return read_row(cells, headings={})


def values(**changed: str) -> RowValues:
    found = read(**changed)
    assert isinstance(found, RowValues), found
    return found


def test_a_complete_row_is_read() -> None:
    found = values()

    assert (found.line.weekday, found.line.start_time, found.line.end_time) == (
        3,
        time(13, 30),
        time(14, 30),
    )
    assert found.located is not None
    assert found.located.postcode == "NG20 8PA"
    assert found.together[Column.COST]["cost_pence"] == 350


def test_the_example_of_the_template_is_never_imported() -> None:
    assert "made-up example" in read_row(EXAMPLE, headings={})[0]  # type: ignore[index]  # a list of reasons


def test_what_is_empty_is_not_stated() -> None:
    found = read_row({Column.NAME: "Walk"}, headings={})

    assert isinstance(found, RowValues)
    assert (found.line.weekday, found.located) == (None, None)
    assert found.together[Column.COST] == {"cost_pence": None, "cost_note": ""}
    assert found.values[Column.LEVEL] == frozenset()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"NAME": ""}, "There is no name"),
        ({"NAME": "x" * 201}, "longer than 200 letters"),
        ({"START": "25:00"}, "“From” says “25:00”. Write a time"),
        ({"END": "13:00"}, "ends at 13:00, which is not after 13:30"),
        ({"END": "13:30"}, "not after"),
        ({"POSTCODE": "ZZ99 9ZZ"}, "no such postcode"),
        ({"LEVEL": "purple"}, "Write green"),
        ({"FIRST_DATE": "31/12/1899"}, "year cannot be right"),
        ({"FIRST_DATE": "2/1/2026", "LAST_DATE": "1/1/2026"}, "before the first date"),
        ({"FREQUENCY": "once"}, "happens once, so it needs the date"),
        ({"FREQUENCY": "once", "FIRST_DATE": "21/11/2026"}, "another day of the week"),
        ({"EMAIL": "nobody"}, "one e-mail address"),
        ({"WEBSITE": "javascript:alert(1)"}, "one web address"),
    ],
)
def test_a_wrong_value_leaves_the_row_out_and_says_why(
    changed: dict[str, str], reason: str
) -> None:
    found = read(**changed)

    assert isinstance(found, list)
    assert len(found) == 1
    assert reason in found[0]


def test_every_mistake_of_a_row_is_told_in_the_words_of_the_file() -> None:
    found = read_row(
        {Column.NAME: "Walk", Column.START: "soon", Column.DAY: "y" * 500},
        headings={Column.START: "kick-off"},
    )

    assert isinstance(found, list)
    assert [reason[:22] for reason in found] == ["“Day” says “yyyyyyyyyy", "“kick-off” says “soon”"]
    assert all(len(reason) < 200 for reason in found)


def test_an_end_without_a_start_can_wait_for_whoever_completes_it() -> None:
    assert values(START="").line.end_time == time(14, 30)


def test_what_happens_once_has_its_day_from_its_date() -> None:
    found = values(FREQUENCY="once", FIRST_DATE="21 November 2026", DAY="")

    assert found.line.weekday == date(2026, 11, 21).weekday()
    assert found.line.frequency == Schedule.Frequency.ONCE


def test_what_was_taken_for_granted_is_said() -> None:
    assert values(FREQUENCY="").remarks == (
        "How often is not stated, so it is taken as every week.",
    )
    assert values(FREQUENCY="weekly, 24 weeks").remarks == ("Kept as a note: “24 weeks”.",)


def test_the_key_ignores_case_spacing_and_marks_and_nothing_else() -> None:
    same = {**COMPLETE, Column.NAME: " GENTLE  movers!", Column.NOTES: "other", Column.END: ""}

    assert key_of(COMPLETE) == key_of(same)
    for column in (Column.NAME, Column.ORGANISATION, Column.VENUE, Column.TOWN, Column.DAY):
        assert key_of(COMPLETE) != key_of({**COMPLETE, column: "something else"})


def test_the_key_knows_which_cell_a_word_was_in() -> None:
    first: Cells = {Column.NAME: "ab", Column.VENUE: "c"}
    second: Cells = {Column.NAME: "a", Column.VENUE: "bc"}

    assert key_of(first) != key_of(second)
