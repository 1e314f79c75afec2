"""Cells of every kind of record: read as people write them, or refused with what to write."""

from datetime import date

import pytest

from hereabouts.imports import cells
from hereabouts.imports.cells import UnreadableCell


@pytest.mark.parametrize(
    "text",
    ["21/11/2026", "21.11.2026", "21/11/26", "2026-11-21", "21 Nov 2026", "21st November 2026"],
)
def test_read_date_takes_the_day_before_the_month(text: str) -> None:
    assert cells.read_date(text) == date(2026, 11, 21)


@pytest.mark.parametrize(
    "text", ["31/12/1899", "1066-10-14", "30/02/2026", "11/21/2026", "from 30 August", "9999-01-01"]
)
def test_read_date_refuses_what_cannot_be_a_date_of_a_session(text: str) -> None:
    with pytest.raises(UnreadableCell):
        cells.read_date(text)


@pytest.mark.parametrize("text", ["ask Joan", "12", "0115 496 0142 or 0115 496 0143", "1" * 31])
def test_read_phone_refuses_what_nobody_can_dial(text: str) -> None:
    with pytest.raises(UnreadableCell):
        cells.read_phone(text)


@pytest.mark.parametrize("text", ["no", "a@b", "a@example.org, b@example.org"])
def test_read_email_refuses_what_nobody_can_write_to(text: str) -> None:
    with pytest.raises(UnreadableCell):
        cells.read_email(text)


def test_read_website_adds_what_people_leave_out() -> None:
    assert cells.read_website("example.org/walks") == "https://example.org/walks"


@pytest.mark.parametrize("text", ["javascript:alert(1)", "ftp://example.org", "see poster"])
def test_read_website_refuses_what_is_no_web_page(text: str) -> None:
    with pytest.raises(UnreadableCell):
        cells.read_website(text)
