"""An exported file that somebody has changed: what is changed here, and what is said instead."""

import csv
from datetime import date, datetime
from io import StringIO

import pytest

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity
from hereabouts.imports.models import ImportRow
from hereabouts.partners.models import Organisation
from hereabouts.places.models import AccessFact
from tests import make
from tests.activities.exports.test_round_trip import exported
from tests.intake.timetables import decided, imported, matched

pytestmark = pytest.mark.django_db
Outcome = ImportRow.Outcome


def changed(file: bytes, **cells: str) -> bytes:
    """The file with other text in these columns of its first row."""
    reader = csv.DictReader(StringIO(file.decode("utf-8-sig"), newline=""))
    rows = list(reader)
    rows[0] |= {str(Column[name].label): text for name, text in cells.items()}
    written = StringIO(newline="")
    writer = csv.DictWriter(written, fieldnames=reader.fieldnames or [])
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def remarks(file: bytes, *, by: User, at: datetime) -> str:
    """What is said of the first row before anything is saved."""
    planned = decided(matched(file, by=by, at=at))[0]
    return " ".join(planned.remarks)


def test_an_emptied_cell_empties_what_it_was_exported_from(manager: User, now: datetime) -> None:
    activity = make.activity(at=now, summary="Old", cost_pence=300)
    file = changed(exported("csv"), SUMMARY="", COST="")

    batch = imported(file, by=manager, at=now)

    activity.refresh_from_db()
    assert [row.outcome for row in batch.rows.all()] == [Outcome.UPDATED]
    assert (activity.summary, activity.cost_pence) == ("", None)


def test_an_older_export_undoes_nothing_that_was_changed_since(
    manager: User, now: datetime
) -> None:
    red = make.red_class(at=now, confirmed_on=date(2026, 11, 2))
    other = make.activity(at=now, name="Another", summary="As it was")
    file = exported("csv")
    Activity.objects.filter(pk=red.pk).update(leader_confirmed_on=None)
    old = changed(file, SUMMARY="From the old file").replace(b"As it was", b"As it is")

    batch = imported(old, by=manager, at=now)

    red.refresh_from_db()
    other.refresh_from_db()
    first, second = batch.rows.order_by("number")
    assert (first.outcome, second.outcome) == (Outcome.REJECTED, Outcome.UPDATED)
    assert "Export it again" in first.reasons[0]
    assert (red.leader_confirmed_on, red.summary) == (None, "")
    assert other.summary == "As it is"


def test_a_file_that_proves_nothing_brings_no_certificate_back(
    manager: User, now: datetime
) -> None:
    red = make.red_class(at=now, confirmed_on=date(2026, 11, 2))
    file = changed(exported("csv"), FINGERPRINT="", SUMMARY="New words")
    Activity.objects.filter(pk=red.pk).update(leader_confirmed_on=None)

    assert "Change it on the activity’s page." in remarks(file, by=manager, at=now)
    imported(file, by=manager, at=now)

    red.refresh_from_db()
    assert (red.summary, red.leader_confirmed_on) == ("New words", None)


def test_a_file_that_proves_nothing_lifts_no_pause(manager: User, now: datetime) -> None:
    activity = make.activity(at=now)
    file = changed(exported("csv"), FINGERPRINT="", SUMMARY="New words")
    actions.pause(activity=activity, until=None, reason="New floor", by=None, at=now)

    sentences = remarks(file, by=manager, at=now)
    imported(file, by=manager, at=now)

    activity.refresh_from_db()
    assert (
        "Not changed: “Paused from”, “Why it is paused”. Change it on the activity’s page."
        in sentences
    )
    assert (activity.summary, activity.pause_reason) == ("New words", "New floor")
    assert activity.is_paused(on=now.date())


def test_a_file_that_proves_nothing_begins_no_pause(manager: User, now: datetime) -> None:
    activity = make.activity(at=now)
    file = changed(exported("csv"), FINGERPRINT="", PAUSED_FROM="2026-11-02")

    batch = imported(file, by=manager, at=now)

    activity.refresh_from_db()
    assert [row.outcome for row in batch.rows.all()] == [Outcome.UNCHANGED]
    assert activity.paused_on is None


def test_a_file_that_proves_no_age_says_what_it_overwrites(manager: User, now: datetime) -> None:
    make.activity(at=now, summary="Old", cost_pence=300)
    proving = changed(exported("csv"), SUMMARY="New", COST="£2")
    silent = changed(proving, FINGERPRINT="")

    sentence = (
        "The file does not say when it was exported, so what was changed here since is "
        "overwritten: “In one sentence”, “Cost of one session”."
    )
    assert sentence in remarks(silent, by=manager, at=now)
    assert "overwritten" not in remarks(proving, by=manager, at=now)


def test_what_is_the_venues_own_is_not_changed_and_not_said_to_be(
    manager: User, now: datetime
) -> None:
    venue = make.venue()
    make.activity(at=now, at_venue=venue)
    file = changed(exported("csv"), STREET="2 New Street")

    assert "Change it on the venue’s page." in remarks(file, by=manager, at=now)
    batch = imported(file, by=manager, at=now)

    assert [row.outcome for row in batch.rows.all()] == [Outcome.UNCHANGED]
    venue.refresh_from_db()
    assert venue.street != "2 New Street"


def test_another_organisation_that_runs_it_is_taken_over(manager: User, now: datetime) -> None:
    activity = make.activity(at=now, provider=make.organisation(name="Heath End Movers"))
    Organisation.objects.create(name="Heathland Steps")
    file = changed(exported("csv"), ORGANISATION="Heathland Steps")

    batch = imported(file, by=manager, at=now)

    activity.refresh_from_db()
    assert [row.outcome for row in batch.rows.all()] == [Outcome.UPDATED]
    assert str(activity.provider) == "Heathland Steps"


def test_an_answer_about_access_of_the_same_day_is_taken_over(manager: User, now: datetime) -> None:
    venue = make.venue()
    actions.save_venue(venue=venue, facts={AccessFact.Fact.STEP_FREE: True}, by=None, at=now)
    make.activity(at=now, at_venue=venue)
    file = exported("csv")
    (cells,) = csv.DictReader(StringIO(file.decode("utf-8-sig"), newline=""))
    access = cells[str(Column.ACCESS.label)]

    imported(changed(file, ACCESS=access.replace("yes", "no")), by=manager, at=now)

    assert venue.access_facts.get(fact=AccessFact.Fact.STEP_FREE).is_there is False
