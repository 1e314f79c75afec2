"""Which venue a row means: a known one, a new one, or one that a person chooses."""

from datetime import datetime

import pytest

from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity
from hereabouts.imports import actions
from hereabouts.imports.models import ImportRow
from hereabouts.places.models import Venue
from tests import make
from tests.intake.timetables import csv_of, decided, imported, matched, outcomes, row

Outcome = ImportRow.Outcome


def test_a_venue_that_looks_like_one_we_have_waits_for_a_person(
    manager: User, now: datetime
) -> None:
    make.venue(name="Milbeck Hall")

    batch = imported(csv_of([row()]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.DRAFT]
    assert Venue.objects.count() == 1


def test_a_row_with_a_postcode_lacks_only_the_choice_of_its_venue(
    manager: User, now: datetime
) -> None:
    make.venue(name="Milbeck Hall")

    content = csv_of([row(), row(NAME="Other", VENUE="Nowhere Hall", POSTCODE="")])
    changes = decided(matched(content, by=manager, at=now))

    assert [change.needs for change in changes] == [
        ("Its venue to be chosen.",),
        ("A venue with a postcode.",),
    ]


@pytest.mark.parametrize(
    ("choice", "venue_name", "outcome"),
    [
        ("known", "Milbeck Hall", Outcome.PUBLISHED),
        ("new", "Millbeck Hall", Outcome.PUBLISHED),
        ("later", None, Outcome.DRAFT),
    ],
)
def test_a_person_says_which_venue_is_meant(
    choice: str,
    venue_name: str | None,
    outcome: ImportRow.Outcome,
    manager: User,
    now: datetime,
) -> None:
    known = make.venue(name="Milbeck Hall")
    batch = matched(csv_of([row()]), by=manager, at=now)
    chosen = str(known.pk) if choice == "known" else choice

    actions.choose(batch=batch, choices={batch.rows.get().pk: chosen})
    actions.start(batch=batch, at=now)
    actions.save_rows(batch=batch, by=manager, at=now)

    activity = Activity.objects.get()
    assert outcomes(batch) == [outcome]
    assert (activity.venue.name if activity.venue else None) == venue_name


def test_choices_reach_only_rows_of_their_own_import(manager: User, now: datetime) -> None:
    other = matched(csv_of([row()]), by=manager, at=now)
    batch = matched(csv_of([row()]), by=manager, at=now)
    actions.choose(batch=batch, choices={other.rows.get().pk: "later"})

    assert other.rows.get().choice == ""


def test_a_venue_that_we_know_by_its_identifier_is_not_made_anew(
    manager: User, now: datetime
) -> None:
    hall = make.venue(name="Heath End Centre")
    content = csv_of([row(VENUE_IDENTIFIER=str(hall.public_id))])
    batch = matched(content, by=manager, at=now)
    actions.choose(batch=batch, choices={batch.rows.get().pk: "new"})
    actions.start(batch=batch, at=now)

    actions.save_rows(batch=batch, by=manager, at=now)

    assert Activity.objects.get().venue == hall
    assert Venue.objects.count() == 1
