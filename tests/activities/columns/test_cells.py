"""What people write in a cell, and what it means."""

from datetime import time

import pytest

from hereabouts.activities.columns import cells
from hereabouts.activities.columns.cells import Cost
from hereabouts.activities.models import Activity, Schedule
from hereabouts.imports.cells import UnreadableCell

Frequency, Joining = Schedule.Frequency, Activity.Joining


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("13:30", time(13, 30)),
        ("13.30", time(13, 30)),
        ("1330", time(13, 30)),
        ("13:30:00", time(13, 30)),
        ("1.30pm", time(13, 30)),
        ("1:30 PM", time(13, 30)),
        ("1.30 p.m.", time(13, 30)),
        ("1pm", time(13, 0)),
        ("12pm", time(12, 0)),
        ("12am", time(0, 0)),
        ("9.30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("01:30", time(1, 30)),
        ("12 noon", time(12, 0)),
        ("Midday", time(12, 0)),
        ("0.5625", time(13, 30)),
        ("0.5", time(12, 0)),
        ("0.75", time(18, 0)),
        ("2026-01-05 13:30", time(13, 30)),
    ],
)
def test_read_time_takes_a_time_as_people_write_it(text: str, meant: time) -> None:
    assert cells.read_time(text) == meant


@pytest.mark.parametrize(
    "text", ["25:00", "13:60", "1:30", "10", "13pm", "0:30am", "soon", "10-11", "1.5", "-1", "9e9"]
)
def test_read_time_guesses_nothing(text: str) -> None:
    with pytest.raises(UnreadableCell, match=r"13:30 or 1\.30pm"):
        cells.read_time(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Thursday", (3, None)),
        ("Thurs", (3, None)),
        ("thu", (3, None)),
        ("Thursdays", (3, None)),
        ("weds", (2, None)),
        ("every Tuesday", (1, None)),
        ("first Monday", (0, 1)),
        ("last Friday of the month", (4, -1)),
    ],
)
def test_read_day_takes_a_day_as_people_write_it(text: str, meant: tuple[int, int | None]) -> None:
    assert cells.read_day(text) == meant


@pytest.mark.parametrize(
    "text", ["Mon and Thu", "T", "Funday", "5", "first", "weekdays", "Monday, Friday"]
)
def test_read_day_guesses_nothing(text: str) -> None:
    with pytest.raises(UnreadableCell, match="one day"):
        cells.read_day(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("weekly", (Frequency.WEEKLY, "")),
        ("Weekly, 24 weeks", (Frequency.WEEKLY, "24 weeks")),
        ("every week", (Frequency.WEEKLY, "")),
        ("fortnightly", (Frequency.FORTNIGHTLY, "")),
        ("every 2 weeks", (Frequency.FORTNIGHTLY, "")),
        ("monthly, 30 minutes", (Frequency.MONTHLY, "30 minutes")),
        ("one-off", (Frequency.ONCE, "")),
    ],
)
def test_read_frequency_keeps_what_else_is_said(
    text: str, meant: tuple[Schedule.Frequency, str]
) -> None:
    assert cells.read_frequency(text) == meant


@pytest.mark.parametrize("text", ["daily", "twice a week", "weeklyish", "sometimes"])
def test_read_frequency_guesses_nothing(text: str) -> None:
    with pytest.raises(UnreadableCell, match="weekly, fortnightly"):
        cells.read_frequency(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("£3.50", Cost(pence=350, note="")),
        ("3", Cost(pence=300, note="")),
        ("50p", Cost(pence=50, note="")),
        # As a spreadsheet keeps an amount that somebody typed.
        ("3.5", Cost(pence=350, note="")),
        ("0.5", Cost(pence=50, note="")),
        ("10.0", Cost(pence=1000, note="")),
        ("1234.5", Cost(pence=123_450, note="")),
        ("£3.5 per session", Cost(pence=350, note="")),
        ("3.505", Cost(pence=None, note="3.505")),
        ("free", Cost(pence=0, note="")),
        ("Free, donations welcome", Cost(pence=0, note="donations welcome")),
        ("£3 per session", Cost(pence=300, note="")),
        ("£3.50 (tea included)", Cost(pence=350, note="tea included")),
        ("small fee", Cost(pence=None, note="small fee")),
        ("£3-£5", Cost(pence=None, note="£3-£5")),
        ("£3 to £5", Cost(pence=None, note="£3 to £5")),
        ("£20 for 10 weeks", Cost(pence=None, note="£20 for 10 weeks")),
        ("£3.5.1", Cost(pence=None, note="£3.5.1")),
        ("1e9", Cost(pence=None, note="1e9")),
        ("freedom pass", Cost(pence=None, note="freedom pass")),
        ("10000", Cost(pence=None, note="10000")),
    ],
)
def test_read_cost_is_an_amount_or_a_note(text: str, meant: Cost) -> None:
    assert cells.read_cost(text) == meant


def test_read_cost_refuses_less_than_nothing() -> None:
    with pytest.raises(UnreadableCell, match="less than nothing"):
        cells.read_cost("-3")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Just turn up", (Joining.TURN_UP, "")),
        ("drop-in", (Joining.TURN_UP, "")),
        ("No booking needed", (Joining.TURN_UP, "")),
        ("Booking essential", (Joining.BOOK, "")),
        ("ring first", (Joining.CONTACT_FIRST, "")),
        ("GP referral", (Joining.REFERRAL, "")),
        ("See the poster", (Joining.NOT_STATED, "See the poster")),
    ],
)
def test_read_joining_is_one_of_ours_or_a_note(
    text: str, meant: tuple[Activity.Joining, str]
) -> None:
    assert cells.read_joining(text) == meant


def test_read_joining_knows_its_own_labels() -> None:
    for joining in Joining:
        if joining is not Joining.NOT_STATED:
            assert cells.read_joining(str(joining.label)) == (joining, "")


def test_read_postcode_forgives_spacing_and_look_alikes() -> None:
    assert cells.read_postcode("ng2o8pa").postcode == "NG20 8PA"


def test_read_postcode_names_the_likely_ones() -> None:
    with pytest.raises(UnreadableCell, match="Did you mean one of these: NG20 8"):
        cells.read_postcode("NG20 8P")
    with pytest.raises(UnreadableCell, match="no such postcode"):
        cells.read_postcode("somewhere nice")
