"""Which rows and which activities are one session, and which are two."""

from datetime import datetime, time
from typing import Any

import pytest

from hereabouts.accounts.models import User
from hereabouts.activities import actions as activities
from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity
from hereabouts.imports.models import ImportRow
from tests import make
from tests.intake.timetables import csv_of, decided, imported, matched, outcomes, reasons, row

Outcome = ImportRow.Outcome


def test_the_same_session_twice_in_a_file_is_saved_once(manager: User, now: datetime) -> None:
    batch = imported(csv_of([row(), row(NAME="Other"), row(NOTES="again")]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.PUBLISHED, Outcome.PUBLISHED, Outcome.REJECTED]
    assert reasons(batch) == ["This is the same session as row 2."]


def test_an_identifier_written_in_two_ways_is_one_activity(manager: User, now: datetime) -> None:
    written = "0f8fad5b-d9cb-469f-a165-70867728950e"
    rows = [row(IDENTIFIER=written), row(IDENTIFIER=f"{{{written.replace('-', '').upper()}}}")]

    batch = imported(csv_of(rows), by=manager, at=now)

    assert outcomes(batch) == [Outcome.PUBLISHED, Outcome.REJECTED]
    assert reasons(batch) == ["This is the same session as row 2."]


def test_of_two_rows_about_one_activity_the_second_is_left_out(
    manager: User, now: datetime
) -> None:
    imported(csv_of([row()]), by=manager, at=now)
    exported = table.write(Activity.objects.for_pages().get())
    identified = row(**{str(column): text for column, text in exported.items()})
    identified |= {Column.SUMMARY: "From an export"}

    batch = imported(csv_of([identified, row(SUMMARY="From their list")]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.UPDATED, Outcome.REJECTED]
    assert "the same session as row 2" in batch.rows.order_by("number")[1].reasons[0]
    assert Activity.objects.get().summary == "From an export"


def test_two_villages_without_a_town_are_two_places(manager: User, now: datetime) -> None:
    imported(csv_of([row(TOWN="", VENUE="Village Hall")]), by=manager, at=now)

    imported(csv_of([row(TOWN="", VENUE="Village Hall", POSTCODE="S40 2JX")]), by=manager, at=now)

    assert Activity.objects.count() == 2


def test_two_rows_that_the_file_tells_apart_do_not_keep_each_other_back(
    manager: User, now: datetime
) -> None:
    first = row()
    imported(csv_of([first]), by=manager, at=now)

    batch = imported(csv_of([first, row(ORGANISATION="Others")]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.UNCHANGED, Outcome.PUBLISHED]


def test_a_file_that_brings_the_missing_time_completes_the_draft(
    manager: User, now: datetime
) -> None:
    imported(csv_of([row(START="", END="")]), by=manager, at=now)

    batch = imported(csv_of([row()]), by=manager, at=now)
    again = imported(csv_of([row()]), by=manager, at=now)

    activity = Activity.objects.get()
    assert outcomes(batch) == [Outcome.UPDATED]
    assert outcomes(again) == [Outcome.UNCHANGED]
    assert activity.state == Activity.State.PUBLISHED
    assert activity.schedules.get().start_time == time(13, 30)


def test_a_time_that_staff_gave_already_makes_no_second_activity(
    manager: User, now: datetime
) -> None:
    imported(csv_of([row(START="", END="")]), by=manager, at=now)
    activity = Activity.objects.get()
    line = activity.schedules.get()
    line.start_time = time(13, 30)
    activities.complete(
        activity=activity, schedules=[line], checker="", is_published=True, by=manager, at=now
    )

    imported(csv_of([row(END="")]), by=manager, at=now)

    assert Activity.objects.count() == 1


def test_another_time_than_staff_gave_is_another_session(manager: User, now: datetime) -> None:
    imported(csv_of([row(START="", END="")]), by=manager, at=now)
    activity = Activity.objects.get()
    line = activity.schedules.get()
    line.start_time = time(10, 0)
    activities.complete(
        activity=activity, schedules=[line], checker="", is_published=True, by=manager, at=now
    )

    imported(csv_of([row()]), by=manager, at=now)

    assert Activity.objects.count() == 2


def test_of_two_sessions_with_a_time_only_one_was_the_draft_without(
    manager: User, now: datetime
) -> None:
    imported(csv_of([row(DAY="", START="", END="")]), by=manager, at=now)

    batch = imported(
        csv_of([row(START="12:30", END=""), row(START="15:30", END="")]), by=manager, at=now
    )

    assert outcomes(batch) == [Outcome.UPDATED, Outcome.PUBLISHED]


def test_a_row_without_a_time_stays_itself_beside_one_with(manager: User, now: datetime) -> None:
    untimed = row(START="", END="")
    imported(csv_of([untimed]), by=manager, at=now)

    batch = imported(csv_of([row(), untimed]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.PUBLISHED, Outcome.UNCHANGED]


def by_hand(*, name: str = "The Gentle Movers", hour: int = 13) -> Activity:
    """A class of the row's name, day and venue that somebody typed in."""
    hall = make.venue(name="Millbeck Hall", town="Shirebrook")
    when = make.schedule(weekday=3, start_time=time(hour, 30), end_time=None)
    return make.activity(name=name, at_venue=hall, schedules=[when])


def test_a_class_that_is_here_already_by_hand_is_not_published_again_unseen(
    manager: User, now: datetime
) -> None:
    by_hand()
    content = csv_of([row()])

    planned = decided(matched(content, by=manager, at=now))[0]
    imported(content, by=manager, at=now)

    assert planned.remarks[0].startswith(
        "There is one like this already: The Gentle Movers, Millbeck Hall, Thursday 1:30 pm."
    )
    assert planned.is_problem
    assert Activity.objects.published().get().name == "The Gentle Movers"
    assert outcomes(imported(content, by=manager, at=now)) == [Outcome.UNCHANGED]


@pytest.mark.parametrize("other", [{"name": "Lively movers"}, {"hour": 15}])
def test_another_class_at_the_same_venue_keeps_no_row_from_residents(
    other: dict[str, Any], manager: User, now: datetime
) -> None:
    by_hand(**other)

    batch = imported(csv_of([row()]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.PUBLISHED]


def test_what_was_taken_down_by_hand_keeps_no_row_from_residents(
    manager: User, now: datetime
) -> None:
    activities.retire(activity=by_hand(), by=manager, at=now)

    batch = imported(csv_of([row()]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.PUBLISHED]
