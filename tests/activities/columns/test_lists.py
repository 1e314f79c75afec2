"""Cells with lists in them say the same again when they are read back."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hereabouts.activities.columns import lists
from hereabouts.activities.models import Schedule
from hereabouts.activities.recurrence import SCHEDULE_FIELDS
from hereabouts.activities.vocabularies import Condition, Gender, Language
from hereabouts.imports import cells
from hereabouts.imports.cells import UnreadableCell
from tests import make

TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(TEXT))
def test_a_list_is_read_as_it_was_written(items: list[str]) -> None:
    assert cells.split(cells.joined(items)) == items


def test_a_timetable_is_written_as_people_say_it() -> None:
    timetable = [
        make.schedule(weekday=1, start_time=time(10), end_time=time(11)),
        make.schedule(
            weekday=0,
            frequency=Schedule.Frequency.MONTHLY,
            start_time=time(14),
            end_time=None,
            starts_on=date(2026, 9, 7),
            ends_on=date(2026, 12, 7),
        ),
        make.schedule(weekday=5, frequency=Schedule.Frequency.ONCE, starts_on=date(2026, 12, 12)),
    ]
    timetable[1].week_of_month = 1

    assert lists.write_timetable(timetable) == (
        "Every week on Tuesday, 10:00–11:00; "
        "Every month on the first Monday, 14:00, from 2026-09-07 until 2026-12-07; "
        "Once on 2026-12-12, 13:30–14:45"
    ).replace("2026-09-07 until", "2026-09-07, until")


@given(
    frequency=st.sampled_from(Schedule.Frequency.values),
    weekday=st.integers(0, 6),
    week=st.sampled_from([None, 1, 2, 3, 4, -1]),
    starts_on=st.dates(date(2000, 1, 1), date(2099, 1, 1)),
    start_time=st.none() | st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    end_time=st.none() | st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
)
def test_a_line_of_a_timetable_is_read_as_it_was_written(
    frequency: str,
    weekday: int,
    week: int | None,
    starts_on: date,
    start_time: time | None,
    end_time: time | None,
) -> None:
    is_once = frequency == Schedule.Frequency.ONCE
    line = Schedule(
        frequency=frequency,
        weekday=starts_on.weekday() if is_once else weekday,
        week_of_month=None if is_once else week,
        starts_on=starts_on,
        start_time=start_time,
        end_time=end_time,
    )

    [read] = lists.read_timetable(lists.write_timetable([line]))

    assert [getattr(read, name) for name in SCHEDULE_FIELDS] == [
        getattr(line, name) for name in SCHEDULE_FIELDS
    ]


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        (lists.read_timetable, "Tuesdays", "weekly, fortnightly"),
        (lists.read_timetable, "Every week on Tuesday, soon", "should look like this"),
        (lists.read_timetable, "Every week on Tuesday, 10:00, 11:00", "should look like this"),
        (lists.read_timetable, "Every week on Tuesday, 25:00", "Write a time"),
        (lists.read_timetable, "Every week or so on Tuesday", "should look like this"),
        (lists.read_breaks, "Christmas", "Write a date"),
        (lists.read_breaks, "2027-01-03 to 2026-12-21", "before it begins"),
        (lists.read_concessions, "cheap for some", "Write each price"),
        (lists.read_concessions, "A: £1.00; A: £2.00", "two prices"),
        (lists.read_access, "Step-free way in: yes", "Write each answer"),
        (lists.read_access, "Lift: yes (2026-01-01)", "Write one of these"),
        (lists.read_access, "Parking: perhaps (2026-01-01)", "Write yes or no"),
        (lists.read_access, "Parking: yes (2099-01-01)", "still to come"),
        (cells.read_degrees, "53°12′N", "degrees with a point"),
        (cells.read_degrees, "53,2", "degrees with a point"),
        (cells.read_identifier, "7", "no identifier of ours"),
        (cells.read_yes_no, "maybe", "Write yes or no"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(read: object, text: str, sentence: str) -> None:
    with pytest.raises(UnreadableCell, match=sentence):
        read(text)  # type: ignore[operator]  # one of the functions above


def test_a_reduced_price_may_have_one_decimal() -> None:
    [price] = lists.read_concessions("Carers: 2.5 (bring a letter)")

    assert (price.who, price.pence, price.proof) == ("Carers", 250, "bring a letter")


def test_a_number_is_whole_and_not_too_large() -> None:
    assert cells.read_number("120", most=120) == 120
    for text in ("121", "-1", "1.5", "many"):
        with pytest.raises(UnreadableCell, match="whole number up to 120"):
            cells.read_number(text, most=120)


def test_words_and_codes_and_case_are_all_the_same() -> None:
    assert cells.read_choice("women ONLY", Gender) == Gender.WOMEN
    assert cells.read_choice("WOMEN", Gender) == Gender.WOMEN
    assert cells.read_choices("stroke; ARTHRITIS; stroke", Condition) == [
        Condition.ARTHRITIS,
        Condition.STROKE,
    ]
    assert cells.read_choices("pl; British Sign Language", Language) == [
        Language.BRITISH_SIGN_LANGUAGE,
        Language.POLISH,
    ]
    with pytest.raises(UnreadableCell, match=r"Write one of these: .*Women only"):
        cells.read_choice("ladies", Gender)


def test_what_is_too_long_for_a_break_is_not_looked_through() -> None:
    with pytest.raises(UnreadableCell, match="Write each break like this"):
        lists.read_breaks("2026-12-21 " + "to " * 10_000)
