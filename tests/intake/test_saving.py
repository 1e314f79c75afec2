"""What an import writes of rows that are new, and which rows it leaves out."""

from datetime import date, datetime, time
from io import BytesIO
from uuid import uuid4

import pytest
from openpyxl import Workbook

from hereabouts.accounts.models import User
from hereabouts.activities.levels import Approach, Level
from hereabouts.activities.models import Activity, Schedule
from hereabouts.finder.models import FinderEntry
from hereabouts.imports import presenters, queries
from hereabouts.imports.models import ImportBatch, ImportRow
from hereabouts.intake.importer import ACTIVITIES
from hereabouts.intake.provenance import by_heading, suggestions
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue
from tests import make
from tests.intake.timetables import (
    csv_of,
    decided,
    imported,
    logged_actions,
    matched,
    outcomes,
    reasons,
    row,
)

Outcome = ImportRow.Outcome


def test_a_complete_row_is_published_with_all_that_it_says(manager: User, now: datetime) -> None:
    content = csv_of([row(LEVEL="chair-based", PHONE="0115 496 0142", JOINING="just turn up")])

    batch = imported(content, by=manager, at=now)

    activity = Activity.objects.get()
    schedule = activity.schedules.get()
    assert outcomes(batch) == [Outcome.PUBLISHED]
    assert batch.state == ImportBatch.State.DONE
    assert activity.state == Activity.State.PUBLISHED
    assert str(activity.provider) == "Heath End Movers"
    assert str(activity.venue) == "Millbeck Hall, Shirebrook"
    assert (activity.level, activity.cost_pence) == (Level.ORANGE, 350)
    assert activity.contact == Activity.Contact.OWN
    assert (schedule.weekday, schedule.start_time, schedule.end_time) == (
        3,
        time(13, 30),
        time(14, 30),
    )
    assert FinderEntry.objects.filter(record_id=activity.pk).exists()
    assert logged_actions(activity) == ["hereabouts.import", "hereabouts.publish"]


def test_a_price_that_is_a_number_in_the_spreadsheet_comes_in(manager: User, now: datetime) -> None:
    workbook = Workbook()
    workbook.active.append(["name", "cost"])
    workbook.active.append(["Gentle movers", 3.5])
    file = BytesIO()
    workbook.save(file)

    imported(file.getvalue(), by=manager, at=now, name="timetable.xlsx")

    assert Activity.objects.get().cost_pence == 350


def test_a_row_that_lacks_something_becomes_a_draft_that_says_what(
    manager: User, now: datetime
) -> None:
    batch = matched(csv_of([row(START="", END="", POSTCODE="")]), by=manager, at=now)

    planned = decided(batch)[0]

    assert planned.outcome == Outcome.DRAFT
    assert planned.needs == ("A venue with a postcode.", "The time at which it starts.")


def test_a_row_with_a_mistake_is_left_out_and_the_others_are_saved(
    manager: User, now: datetime
) -> None:
    content = csv_of([row(START="25:00"), row(NAME="Other"), row(NAME="")])

    batch = imported(content, by=manager, at=now)

    assert outcomes(batch) == [Outcome.REJECTED, Outcome.PUBLISHED, Outcome.REJECTED]
    assert Activity.objects.get().name == "Other"
    assert reasons(batch) == [
        "“From” says “25:00”. Write a time such as 13:30 or 1.30pm.",
        "There is no name. Give the activity one.",
    ]


def test_a_row_with_too_many_cells_is_left_out(manager: User, now: datetime) -> None:
    content = b"name,venue\nGentle movers,Hall, Shirebrook\nOther,Hall\n"

    batch = imported(content, by=manager, at=now)

    assert outcomes(batch) == [Outcome.REJECTED, Outcome.DRAFT]
    assert "lacks its quotation marks" in reasons(batch)[0]


def test_a_row_with_a_cell_that_is_too_long_is_left_out_alone(manager: User, now: datetime) -> None:
    rows = [
        row(WHAT="x" * 5_001),
        row(NAME="Other"),
        row(NOTES="x" * 32_768),
        row(NAME="y" * 9_999),
    ]

    batch = imported(csv_of(rows), by=manager, at=now)

    assert outcomes(batch) == [Outcome.REJECTED, Outcome.PUBLISHED, *[Outcome.REJECTED] * 2]
    assert "longer than 5,000 letters" in reasons(batch)[0]
    assert reasons(batch)[1] == (
        "“Notes for whoever completes it” has more than 32,767 letters. Shorten it."
    )
    preview = queries.preview(batch)
    shown = presenters.shown_row(preview.decisions[3], preview, ACTIVITIES, on=now.date())
    assert len(shown.line.title) == 500


def test_rows_share_the_new_venue_and_the_new_organisation(manager: User, now: datetime) -> None:
    content = csv_of(
        [row(), row(DAY="Friday", VENUE="millbeck HALL", ORGANISATION="heath end movers")]
    )

    imported(content, by=manager, at=now)

    assert Venue.objects.count() == Organisation.objects.count() == 1
    assert Activity.objects.published().count() == 2


def test_a_known_venue_and_organisation_are_used(manager: User, now: datetime) -> None:
    hall, movers = make.venue(), make.organisation()

    imported(csv_of([row(POSTCODE="")]), by=manager, at=now)

    activity = Activity.objects.get()
    assert (activity.venue, activity.provider) == (hall, movers)
    assert activity.state == Activity.State.PUBLISHED


def test_two_organisations_of_one_name_stay_two_by_their_identifiers(
    manager: User, now: datetime
) -> None:
    ours, theirs = make.organisation(), uuid4()
    rows = [
        row(NAME="A", PROVIDER_IDENTIFIER=str(ours.public_id), ORGANISATION="As it was called"),
        row(NAME="B", PROVIDER_IDENTIFIER=str(theirs), ORGANISATION="Age Well"),
        row(NAME="C", PROVIDER_IDENTIFIER=str(uuid4()), ORGANISATION="Age Well"),
        row(NAME="D", PROVIDER_IDENTIFIER=str(theirs), ORGANISATION="Age Well"),
        row(NAME="E", PROVIDER_IDENTIFIER=str(uuid4())),
        row(NAME="F"),
    ]

    imported(csv_of(rows), by=manager, at=now)

    a, b, c, d, e, f = (activity.provider for activity in Activity.objects.order_by("name"))
    # One that we have and that has another identifier elsewhere is found by its name.
    assert a == e == f == ours
    assert b == d != c
    assert b is not None
    assert b.public_id == theirs
    assert Organisation.objects.count() == 3


def test_what_was_given_is_kept_with_its_suggestions_and_sets_no_level(
    manager: User, now: datetime
) -> None:
    content = b"programme,county,notes\nMovers,Derbyshire,chair-based; can progress to OTAGO\n"

    imported(content, by=manager, at=now)

    activity = Activity.objects.get()
    assert activity.level == Level.NONE
    assert suggestions(activity.imported_values) == {Approach.CHAIR_BASED, Approach.OTAGO}
    assert by_heading(activity.imported_values) == {
        "programme": "Movers",
        "county": "Derbyshire",
        "notes": "chair-based; can progress to OTAGO",
    }


def test_first_and_last_dates_come_in(manager: User, now: datetime) -> None:
    imported(csv_of([row(FIRST_DATE="1/9/2026", LAST_DATE="1/12/2026")]), by=manager, at=now)

    schedule = Schedule.objects.get()
    assert (schedule.starts_on, schedule.ends_on) == (date(2026, 9, 1), date(2026, 12, 1))


@pytest.mark.parametrize("degrees", ["nan", "inf", "1e999"])
def test_no_degrees_are_said_of_their_row(manager: User, now: datetime, degrees: str) -> None:
    rows = [row(TOWN="", POSTCODE="", LATITUDE=degrees, LONGITUDE="-1.2")]

    batch = imported(csv_of(rows), by=manager, at=now)

    assert outcomes(batch) == [Outcome.REJECTED]
