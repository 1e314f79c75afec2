"""The page where the rows are checked before they are saved."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hereabouts.accounts.models import User
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity
from hereabouts.imports import queries
from hereabouts.imports.models import ImportBatch
from tests import make
from tests.intake.pages import text_of, url_of
from tests.intake.timetables import csv_of, imported, matched, row

PSI = {"LEADER": "Postural Stability Instructor"}


def test_the_preview_tells_row_by_row_what_will_happen(
    signed_in: Client, batch: ImportBatch
) -> None:
    text = text_of(signed_in.get(url_of(batch, "check")))

    assert "1 will be published, 1 becomes a draft, 1 is left out." in text
    assert "It needs: The time at which it starts." in text
    assert "“Day” says “Funday”. Write one day such as Thursday." in text
    assert "New venue: Millbeck Hall, Shirebrook, NG20 8PA" in text
    assert not Activity.objects.exists()


def test_the_preview_can_show_only_the_rows_to_look_at(
    signed_in: Client, batch: ImportBatch
) -> None:
    text = text_of(signed_in.get(url_of(batch, "check"), {"show": "to-look-at"}))

    assert "Gentle movers" not in text
    assert "Funday" in text


def test_the_preview_finds_the_rows_that_change_something_and_says_what(
    signed_in: Client, manager: User, now: datetime
) -> None:
    names = [row(NAME=f"Class {number:03}") for number in range(60)]
    imported(csv_of(names), by=manager, at=now)
    names[57] |= {Column.COST: "£4", Column.END: "15:00"}
    batch = matched(csv_of(names), by=manager, at=now)

    unfiltered = text_of(signed_in.get(url_of(batch, "check")))
    text = text_of(signed_in.get(url_of(batch, "check"), {"show": "to-look-at"}))

    assert "Show only the 1 row to look at" in unfiltered
    assert "Class 057" in text
    assert "What changes: “Until”, “Cost of one session”." in text
    assert "Class 056" not in text


def test_the_preview_finds_the_rows_with_remarks(
    signed_in: Client, manager: User, now: datetime
) -> None:
    rows = [row(), row(NAME="Every week?", FREQUENCY="")]
    batch = matched(csv_of(rows), by=manager, at=now)

    text = text_of(signed_in.get(url_of(batch, "check"), {"show": "to-look-at"}))

    assert "How often is not stated" in text
    assert "Gentle movers" not in text


def test_the_preview_shows_fifty_rows_a_page(
    signed_in: Client, manager: User, now: datetime
) -> None:
    content = csv_of([row(NAME=f"Class {number:03}") for number in range(60)])
    batch = matched(content, by=manager, at=now)

    first, second = (
        text_of(signed_in.get(url_of(batch, "check"), {"p": number})) for number in (1, 2)
    )

    assert "Class 049" in first
    assert "Class 050" not in first
    assert "Class 050" in second


@pytest.mark.parametrize(
    ("cells", "level"),
    [
        ({"LEVEL": "red"}, "Leader not confirmed"),
        ({"LEVEL": "red", "LEADER_CONFIRMED": "1 June 2026"}, "Leader not confirmed"),
        ({"LEVEL": "red", "LEADER_CONFIRMED": "1 June 2020", **PSI}, "Leader not confirmed"),
        ({"LEVEL": "red", "LEADER_CONFIRMED": "1 June 2026", **PSI}, "Red: FaME falls class"),
        ({"LEVEL": "orange"}, "Orange: chair-based"),
    ],
)
def test_no_level_is_red_before_the_leader_is_confirmed(
    cells: dict[str, str], level: str, signed_in: Client, manager: User, now: datetime
) -> None:
    batch = matched(csv_of([row(**cells)]), by=manager, at=now)

    with time_machine.travel(now, tick=False):
        text = text_of(signed_in.get(url_of(batch, "check")))

    is_open = level == "Leader not confirmed"
    assert f">{level}<" in text
    assert ("until one of us has seen the certificate" in text) is is_open
    assert ("Red: FaME" in text) is (level == "Red: FaME falls class")


def test_choosing_a_venue_changes_what_will_happen(
    signed_in: Client, manager: User, now: datetime
) -> None:
    hall = make.venue(name="Milbeck Hall")
    batch = matched(csv_of([row()]), by=manager, at=now)
    select = f"choice-{batch.rows.get().pk}"
    assert "1 becomes a draft." in text_of(signed_in.get(url_of(batch, "check")))

    chosen = {select: str(hall.pk), "then": "keep"}
    response = signed_in.post(url_of(batch, "check"), chosen, follow=True)

    assert "1 will be published." in text_of(response)
    assert f'<option value="{hall.pk}" selected>' in text_of(response)


@pytest.mark.parametrize("value", ["-1", "x", "1 OR 1=1", "²"])
def test_a_choice_that_no_select_sends_is_a_bad_request(
    value: str, signed_in: Client, batch: ImportBatch
) -> None:
    chosen = {f"choice-{batch.rows.first().pk}": value}  # type: ignore[union-attr]  # it has rows

    assert signed_in.post(url_of(batch, "check"), chosen).status_code == 400


def test_the_preview_takes_as_many_queries_for_many_rows_as_for_one(
    signed_in: Client,
    manager: User,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make.venue(name="Milbeck Hall")
    batch = matched(
        csv_of([row(NAME=f"Class {number}") for number in range(40)]), by=manager, at=now
    )

    with django_assert_max_num_queries(20):
        signed_in.get(url_of(batch, "check"))


def test_a_preview_takes_as_many_queries_for_many_rows_as_for_one(
    manager: User, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    content = csv_of([row(NAME=f"Class {number}") for number in range(30)])
    imported(content, by=manager, at=now)
    batch = matched(content, by=manager, at=now)

    with django_assert_num_queries(15):
        queries.preview(batch)
