"""What an import writes, and what it leaves alone."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from hereabouts.accounts.models import User
from hereabouts.activities import actions as activities
from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.levels import Approach, Level
from hereabouts.activities.models import Activity, Schedule
from hereabouts.finder.models import FinderEntry
from hereabouts.imports import actions, presenters, queries
from hereabouts.imports.models import ImportBatch, ImportRow
from hereabouts.intake.importer import ACTIVITIES
from hereabouts.intake.provenance import by_heading, suggestions
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue
from tests import make
from tests.intake.timetables import csv_of, decided, imported, matched, row, uploaded

Outcome = ImportRow.Outcome


def outcomes(batch: ImportBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("outcome", flat=True))


def reasons(batch: ImportBatch) -> list[str]:
    told = batch.rows.order_by("number").values_list("reasons", flat=True)
    return [reason for row_reasons in told for reason in row_reasons]


def everything() -> dict[str, list[dict[str, object]]]:
    """All that an import can write, but for the imports themselves."""
    written: tuple[type[models.Model], ...] = (
        Activity, Schedule, FinderEntry, Organisation, Venue,
    )  # fmt: skip
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in written
    }


def told_of(activity: Activity) -> list[str]:
    entries = ModelLogEntry.objects.filter(
        object_id=str(activity.pk), content_type__model="activity"
    )
    return list(entries.order_by("pk").values_list("action", flat=True))


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
    assert told_of(activity) == ["hereabouts.import", "hereabouts.publish"]


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


def test_the_same_session_twice_in_a_file_is_saved_once(manager: User, now: datetime) -> None:
    batch = imported(csv_of([row(), row(NAME="Other"), row(NOTES="again")]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.PUBLISHED, Outcome.PUBLISHED, Outcome.REJECTED]
    assert reasons(batch) == ["This is the same session as row 2."]


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

    a, b, c, d, e, f = (one.provider for one in Activity.objects.order_by("name"))
    # One that we have and that has another identifier elsewhere is found by its name.
    assert a == e == f == ours
    assert b == d != c
    assert b is not None
    assert b.public_id == theirs
    assert Organisation.objects.count() == 3


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


def test_importing_twice_changes_nothing(manager: User, now: datetime) -> None:
    content = csv_of([row(), row(NAME="Draft", START="", END=""), row(NAME="Wrong", DAY="Funday")])
    imported(content, by=manager, at=now)
    before, lines = everything(), ModelLogEntry.objects.exclude(content_type__model="importbatch")
    told = lines.count()

    again = imported(content, by=manager, at=now)

    assert outcomes(again) == [Outcome.UNCHANGED, Outcome.UNCHANGED, Outcome.REJECTED]
    assert everything() == before
    assert lines.count() == told


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
    assert told_of(activity)[-1] == "hereabouts.import"
    assert outcomes(
        imported(csv_of([row(COST="£4", SUMMARY="Old words")]), by=manager, at=now)
    ) == [Outcome.UNCHANGED]


def test_a_new_note_reaches_whoever_completes_the_draft(manager: User, now: datetime) -> None:
    imported(csv_of([row(START="", END="", NOTES="old")]), by=manager, at=now)
    content = csv_of([row(START="", END="", NOTES="new")])

    batch, again = (imported(content, by=manager, at=now) for _time in range(2))

    given = by_heading(Activity.objects.get().imported_values)
    assert given["Notes for whoever completes it"] == "new"
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


def test_two_villages_without_a_town_are_two_places(manager: User, now: datetime) -> None:
    imported(csv_of([row(TOWN="", VENUE="Village Hall")]), by=manager, at=now)

    imported(csv_of([row(TOWN="", VENUE="Village Hall", POSTCODE="S40 2JX")]), by=manager, at=now)

    assert Activity.objects.count() == 2


def test_columns_are_matched_as_the_last_time(manager: User, now: datetime) -> None:
    content = b"Was,Wo\nGentle movers,Millbeck Hall\n"
    first = uploaded(content, name="t.csv", by=manager, at=now)
    actions.match_columns(batch=first, columns={"Was": Column.NAME, "Wo": Column.VENUE})
    actions.start(batch=first, at=now)
    actions.save_rows(batch=first, by=manager, at=now)

    second = uploaded(content, name="t.csv", by=manager, at=now)

    assert second.columns == {"Was": "NAME", "Wo": "VENUE"}


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


def test_two_rows_that_the_file_tells_apart_do_not_keep_each_other_back(
    manager: User, now: datetime
) -> None:
    first = row()
    imported(csv_of([first]), by=manager, at=now)

    batch = imported(csv_of([first, row(ORGANISATION="Others")]), by=manager, at=now)

    assert outcomes(batch) == [Outcome.UNCHANGED, Outcome.PUBLISHED]


def test_what_was_taken_down_stays_down(manager: User, now: datetime) -> None:
    imported(csv_of([row()]), by=manager, at=now)
    activities.retire(activity=Activity.objects.get(), by=manager, at=now)

    imported(csv_of([row(COST="£9")]), by=manager, at=now)

    assert Activity.objects.get().state == Activity.State.RETIRED


def test_saving_twice_saves_once(manager: User, now: datetime) -> None:
    batch = imported(csv_of([row()]), by=manager, at=now)
    before = everything()

    actions.save_rows(batch=batch, by=manager, at=now)

    assert everything() == before
    assert outcomes(batch) == [Outcome.PUBLISHED]


def test_what_another_worker_has_saved_is_not_stopped(manager: User, now: datetime) -> None:
    batch = matched(csv_of([row()]), by=manager, at=now)
    actions.start(batch=batch, at=now)
    late = ImportBatch.objects.get(pk=batch.pk)
    actions.save_rows(batch=batch, by=manager, at=now)

    actions.stop(batch=late, failure="The worker was slow.", at=now)

    assert (late.state, late.failure) == (ImportBatch.State.DONE, "")


def test_two_imports_of_one_file_do_not_double(manager: User, now: datetime) -> None:
    content = csv_of([row()])
    first, second = (matched(content, by=manager, at=now) for _time in range(2))
    for batch in (first, second):
        actions.start(batch=batch, at=now)

    for batch in (first, second):
        actions.save_rows(batch=batch, by=manager, at=now)

    assert outcomes(first) == [Outcome.PUBLISHED]
    assert outcomes(second) == [Outcome.UNCHANGED]
    assert Activity.objects.count() == 1


def test_match_columns_refuses_without_a_name(manager: User, now: datetime) -> None:
    batch = matched(csv_of([row()]), by=manager, at=now)

    with pytest.raises(actions.NoColumnForName):
        actions.match_columns(batch=batch, columns={"Venue": Column.VENUE})


def test_match_columns_refuses_two_headings_for_one_column(manager: User, now: datetime) -> None:
    batch = matched(csv_of([row()]), by=manager, at=now)
    twice = {"Name of the activity": Column.NAME, "Venue": Column.NAME}

    with pytest.raises(actions.ColumnMatchedTwice):
        actions.match_columns(batch=batch, columns=twice)


def test_a_saved_import_cannot_be_changed_or_begun_again(manager: User, now: datetime) -> None:
    batch = imported(csv_of([row()]), by=manager, at=now)

    with pytest.raises(actions.AlreadySaved):
        actions.match_columns(batch=batch, columns={"Venue": Column.NAME})
    with pytest.raises(actions.AlreadySaved):
        actions.choose(batch=batch, choices={})
    with pytest.raises(actions.AlreadySaved):
        actions.start(batch=batch, at=now)


def test_saving_cannot_begin_before_the_columns_are_matched(manager: User, now: datetime) -> None:
    batch = uploaded(csv_of([row()]), name="a.csv", by=manager, at=now)

    with pytest.raises(actions.NoColumnForName):
        actions.start(batch=batch, at=now)


def test_a_preview_takes_as_many_queries_for_many_rows_as_for_one(
    manager: User, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    content = csv_of([row(NAME=f"Class {number}") for number in range(30)])
    imported(content, by=manager, at=now)
    batch = matched(content, by=manager, at=now)

    with django_assert_num_queries(15):
        queries.preview(batch)


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


def test_first_and_last_dates_come_in(manager: User, now: datetime) -> None:
    imported(csv_of([row(FIRST_DATE="1/9/2026", LAST_DATE="1/12/2026")]), by=manager, at=now)

    schedule = Schedule.objects.get()
    assert (schedule.starts_on, schedule.ends_on) == (date(2026, 9, 1), date(2026, 12, 1))


def test_an_identifier_written_in_two_ways_is_one_activity(manager: User, now: datetime) -> None:
    written = "0f8fad5b-d9cb-469f-a165-70867728950e"
    rows = [row(IDENTIFIER=written), row(IDENTIFIER=f"{{{written.replace('-', '').upper()}}}")]

    batch = imported(csv_of(rows), by=manager, at=now)

    assert outcomes(batch) == [Outcome.PUBLISHED, Outcome.REJECTED]
    assert reasons(batch) == ["This is the same session as row 2."]


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


def test_what_was_saved_since_a_page_was_built_stays_saved(manager: User, now: datetime) -> None:
    batch = matched(csv_of([row()]), by=manager, at=now)
    as_on_the_page = ImportBatch.objects.get(pk=batch.pk)
    actions.start(batch=batch, at=now)
    actions.save_rows(batch=batch, by=manager, at=now)

    with pytest.raises(actions.AlreadySaved):
        actions.match_columns(batch=as_on_the_page, columns={"Venue": Column.NAME})

    assert ImportBatch.objects.get(pk=batch.pk).state == ImportBatch.State.DONE


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


@pytest.mark.parametrize("degrees", ["nan", "inf", "1e999"])
def test_no_degrees_are_said_of_their_row(manager: User, now: datetime, degrees: str) -> None:
    rows = [row(TOWN="", POSTCODE="", LATITUDE=degrees, LONGITUDE="-1.2")]

    batch = imported(csv_of(rows), by=manager, at=now)

    assert outcomes(batch) == [Outcome.REJECTED]


@pytest.mark.parametrize("phone", ["", "0115 496 0188"])
def test_whom_staff_chose_to_be_asked_stays(manager: User, now: datetime, phone: str) -> None:
    imported(csv_of([row(PHONE="0115 496 0199")]), by=manager, at=now)
    assert Activity.objects.get().contact == Activity.Contact.OWN
    Activity.objects.update(contact=Activity.Contact.VENUE)

    imported(csv_of([row(PHONE=phone)]), by=manager, at=now)

    assert Activity.objects.get().contact == Activity.Contact.VENUE


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
