"""Importing again: only what a file changed is written, and what staff completed stays."""

from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from hereabouts.accounts.models import User
from hereabouts.activities import actions as activities
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.models import Activity
from hereabouts.imports.models import ImportRow
from hereabouts.intake.provenance import by_heading
from tests.intake.timetables import (
    csv_of,
    everything,
    imported,
    logged_actions,
    outcomes,
    reasons,
    row,
)

Outcome = ImportRow.Outcome


def test_importing_twice_changes_nothing(manager: User, now: datetime) -> None:
    content = csv_of([row(), row(NAME="Draft", START="", END=""), row(NAME="Wrong", DAY="Funday")])
    imported(content, by=manager, at=now)
    before, log = everything(), ModelLogEntry.objects.exclude(content_type__model="importbatch")
    entry_count = log.count()

    again = imported(content, by=manager, at=now)

    assert outcomes(again) == [Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.REJECTED]
    assert everything() == before
    assert log.count() == entry_count


def test_importing_again_keeps_what_staff_completed(manager: User, now: datetime) -> None:
    content = csv_of([row(START="", END="")])
    imported(content, by=manager, at=now)
    draft = Activity.objects.get()
    schedule = draft.schedules.get()
    schedule.start_time = time(10, 0)
    draft.name = "Gentle movers, now with a time"
    activities.save_activity(activity=draft, schedules=[schedule], by=manager, at=now)
    activities.publish(activity=draft, by=manager, at=now)
    before = everything()

    again = imported(content, by=manager, at=now)

    assert outcomes(again) == [Outcome.UNCHANGED]
    assert everything() == before


def test_only_the_cells_that_changed_are_applied(manager: User, now: datetime) -> None:
    imported(csv_of([row(COST="£3", SUMMARY="Old words")]), by=manager, at=now)
    activity = Activity.objects.get()
    activity.summary, activity.for_whom = "Words by staff", "Everybody"
    activities.save_activity(
        activity=activity, schedules=list(activity.schedules.all()), by=manager, at=now
    )

    changed = imported(csv_of([row(COST="£4", SUMMARY="Old words")]), by=manager, at=now)

    activity.refresh_from_db()
    assert outcomes(changed) == [Outcome.UPDATED]
    assert (activity.cost_pence, activity.summary) == (400, "Words by staff")
    assert activity.for_whom == "Everybody"
    assert logged_actions(activity)[-1] == "hereabouts.import"
    assert outcomes(
        imported(csv_of([row(COST="£4", SUMMARY="Old words")]), by=manager, at=now)
    ) == [Outcome.UNCHANGED]


def test_a_new_note_reaches_whoever_completes_the_draft(manager: User, now: datetime) -> None:
    imported(csv_of([row(START="", END="", NOTES="old")]), by=manager, at=now)
    content = csv_of([row(START="", END="", NOTES="new")])

    batch, again = (imported(content, by=manager, at=now) for _time in range(2))

    texts = by_heading(Activity.objects.get().imported_values)
    assert texts["Notes for whoever completes it"] == "new"
    assert (outcomes(batch), outcomes(again)) == ([Outcome.UPDATED], [Outcome.UNCHANGED])


def test_a_change_that_contradicts_what_staff_wrote_is_left_out(
    manager: User, now: datetime
) -> None:
    imported(csv_of([row()]), by=manager, at=now)
    activity = Activity.objects.get()
    schedule = activity.schedules.get()
    schedule.start_time, schedule.end_time = time(15, 0), time(16, 0)
    activities.save_activity(activity=activity, schedules=[schedule], by=manager, at=now)

    batch = imported(csv_of([row(END="14:45")]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.REJECTED]
    assert "not after 15:00" in reasons(batch)[0]
    assert activity.schedules.get().end_time == time(16, 0)


def test_a_file_that_brings_the_missing_postcode_publishes_the_draft(
    manager: User, now: datetime
) -> None:
    imported(csv_of([row(POSTCODE="")]), by=manager, at=now)

    batch = imported(csv_of([row()]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.UPDATED]
    assert Activity.objects.get().state == Activity.State.PUBLISHED


def test_a_row_that_would_take_from_a_published_one_is_left_out_alone(
    manager: User, now: datetime
) -> None:
    other = row(NAME="Sit and stretch")
    imported(csv_of([row(), other]), by=manager, at=now)

    batch = imported(csv_of([row(FREQUENCY="fortnightly"), other | {Column.COST: "£5"}]),
                     by=manager, at=now)  # fmt: skip

    assert outcomes(batch) == [Outcome.REJECTED, Outcome.UPDATED]
    assert "first date" in reasons(batch)[0]


def test_what_was_taken_down_stays_down(manager: User, now: datetime) -> None:
    imported(csv_of([row()]), by=manager, at=now)
    activities.retire(activity=Activity.objects.get(), by=manager, at=now)

    imported(csv_of([row(COST="£9")]), by=manager, at=now)

    assert Activity.objects.get().state == Activity.State.RETIRED


def test_an_age_that_contradicts_the_other_one_of_staff_costs_only_its_row(
    manager: User, now: datetime
) -> None:
    imported(csv_of([row(YOUNGEST="50")]), by=manager, at=now)
    Activity.objects.update(age_to=70)
    rows = [row(YOUNGEST="75"), row(NAME="Another", START="16:00", END="17:00")]

    batch = imported(csv_of(rows), by=manager, at=now)

    assert outcomes(batch) == [Outcome.REJECTED, Outcome.PUBLISHED]
    assert "The oldest age is below the youngest." in batch.rows.order_by("number")[0].reasons[0]


def test_a_first_day_after_the_end_of_a_pause_costs_only_its_row(
    manager: User, now: datetime
) -> None:
    imported(csv_of([row(PAUSED_FROM="")]), by=manager, at=now)
    Activity.objects.update(paused_on=date(2026, 11, 2), paused_until=date(2026, 12, 1))

    batch = imported(csv_of([row(PAUSED_FROM="2026-12-10")]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.REJECTED]


@pytest.mark.parametrize("phone", ["", "0115 496 0188"])
def test_whom_staff_chose_to_be_asked_stays(manager: User, now: datetime, phone: str) -> None:
    imported(csv_of([row(PHONE="0115 496 0199")]), by=manager, at=now)
    assert Activity.objects.get().contact == Activity.Contact.OWN
    Activity.objects.update(contact=Activity.Contact.VENUE)

    imported(csv_of([row(PHONE=phone)]), by=manager, at=now)

    assert Activity.objects.get().contact == Activity.Contact.VENUE


names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


rows = st.fixed_dictionaries(
    {
        Column.NAME: names,
        Column.VENUE: names,
        Column.DAY: st.sampled_from(["Monday", "thu", "Fridays", ""]),
        Column.START: st.sampled_from(["10:00", "1.30pm", "12 noon", ""]),
        Column.POSTCODE: st.sampled_from(["NG20 8PA", "ng208pa", ""]),
        Column.COST: st.sampled_from(["free", "£3.50", "small fee", ""]),
        Column.FIRST_DATE: st.sampled_from(["", "2026-11-21", "1 December 2026"]),
    }
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(table=st.lists(rows, min_size=1, max_size=5))
def test_importing_any_rows_twice_changes_nothing(
    table: list[dict[str, str]], manager: User, now: datetime
) -> None:
    content = csv_of(table)
    imported(content, by=manager, at=now)
    before = everything()

    again = imported(content, by=manager, at=now)

    assert set(outcomes(again)) <= {Outcome.UNCHANGED, Outcome.REJECTED}
    assert everything() == before
