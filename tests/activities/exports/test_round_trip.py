"""What an export says, an import reads back: nothing is lost on the way."""

from datetime import date, datetime, time, timedelta
from functools import partial

import pytest
import time_machine
from django.http import StreamingHttpResponse
from django.test import RequestFactory

from hereabouts.accounts.models import User
from hereabouts.activities import recurrence
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.table import TABLE, write
from hereabouts.activities.exports.views import FORMATS, export
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.staff.forms.lines import MOST_LINES, MOST_PRICES
from hereabouts.imports.cells import read_words
from hereabouts.imports.models import ImportBatch, ImportRow
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue
from tests import make
from tests.activities.exports import varied
from tests.intake.timetables import imported

KINDS = sorted(FORMATS)
# One table of columns drives all four, so one of them with many rows says it for all.
FILES = [*((kind, 60) for kind in KINDS), pytest.param("csv", 500, marks=pytest.mark.slow)]


def exported(kind: str) -> bytes:
    """Everything that is published, in one format."""
    response = export(RequestFactory().get(f"/find/export.{kind}"), file_format=kind)
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(response.streaming_content)  # type: ignore[arg-type]  # not an asynchronous one


def everything() -> list[dict[Column, str]]:
    """What is published, column by column."""
    found = Activity.objects.published().for_pages().order_by("pk")
    return [write(activity) for activity in found]


def levels() -> list[tuple[str, str]]:
    found = Activity.objects.published().order_by("public_id")
    return [(str(activity.public_id), activity.level) for activity in found]


def empty() -> None:
    """As on a fresh machine, but for who signs in."""
    ImportBatch.objects.all().delete()
    Activity.objects.all().delete()
    Venue.objects.all().delete()
    Organisation.objects.all().delete()


@pytest.mark.parametrize(("kind", "rows"), FILES)
def test_activities_come_back_from_a_file_with_every_field(
    kind: str, rows: int, manager: User
) -> None:
    with time_machine.travel(varied.AT, tick=False):
        varied.build(rows, seed=3)
        before, levels_before, file = everything(), levels(), exported(kind)
        empty()

        batch = imported(file, by=manager, at=varied.AT, name=f"activities.{kind}")

        outcomes = {(row.outcome, *row.reasons) for row in batch.rows.all()}
        assert outcomes == {(ImportRow.Outcome.PUBLISHED,)}
        assert everything() == before
        assert levels() == levels_before
        if kind != "xlsx":
            assert exported(kind) == file


def test_as_many_lines_as_the_forms_take_fit_into_a_cell(manager: User, now: datetime) -> None:
    one_day = date(2026, 1, 1)
    make.activity(
        at=now,
        schedules=[
            make.schedule(
                frequency=Schedule.Frequency.FORTNIGHTLY,
                weekday=2,
                starts_on=one_day,
                ends_on=date(2026, 12, 31),
                start_time=time(number % 12, number // 12),
            )
            for number in range(MOST_LINES)
        ],
        breaks=[
            make.days_without(one_day + timedelta(days=number), reason=";" * 100)
            for number in range(MOST_LINES)
        ],
        concessions=[
            make.concession(who=f"{number:02}{';' * 98}", pence=100_000, proof=";" * 200)
            for number in range(MOST_PRICES)
        ],
    )
    before, file = everything(), exported("csv")
    empty()

    batch = imported(file, by=manager, at=now, name="activities.csv")

    assert batch.rows.get().reasons == []
    assert everything() == before


def test_no_text_that_a_form_takes_is_too_long_for_its_column() -> None:
    models = {"": Activity, "provider": Organisation, "venue": Venue}
    texts = {
        column: (spec.parse.keywords["most"], models[spec.owner]._meta.get_field(spec.field))
        for column, spec in TABLE.items()
        if spec.field and isinstance(spec.parse, partial) and spec.parse.func is read_words
    }

    assert Column.GETTING_THERE in texts
    for column, (most, field) in texts.items():
        assert getattr(field, "max_length", None) == most, column


@pytest.mark.parametrize("lines", [1, 2])
def test_a_week_of_the_month_whose_day_only_its_date_says_comes_back(
    lines: int, manager: User, now: datetime
) -> None:
    fourth_tuesday = date(2026, 9, 22)
    schedules = [
        make.schedule(
            frequency=Schedule.Frequency.MONTHLY,
            weekday=None,
            week_of_month=1,
            starts_on=fourth_tuesday,
            start_time=time(9 + hour),
        )
        for hour in range(lines)
    ]
    make.activity(at=now, schedules=schedules)
    before, file = recurrence.all_in_words(Schedule.objects.all()), exported("csv")
    empty()

    imported(file, by=manager, at=now, name="activities.csv")

    assert "first Tuesday" in before
    assert recurrence.all_in_words(Schedule.objects.all()) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_what_is_there_changes_nothing(kind: str, manager: User) -> None:
    with time_machine.travel(varied.AT, tick=False):
        varied.build(40, seed=4)
        versions = list(Activity.objects.order_by("pk").values_list("pk", "version"))

        batch = imported(exported(kind), by=manager, at=varied.AT, name=f"activities.{kind}")

    assert {row.outcome for row in batch.rows.all()} == {ImportRow.Outcome.UNCHANGED}
    assert list(Activity.objects.order_by("pk").values_list("pk", "version")) == versions


def test_a_cell_changed_in_an_exported_file_is_changed_here_and_nothing_else(
    manager: User, now: datetime
) -> None:
    with time_machine.travel(varied.AT, tick=False):
        varied.build(3, seed=5)
        Activity.objects.update(summary="As it was")
        file = exported("csv").replace(b"As it was", b"As it is", 1)
        before = everything()

        batch = imported(file, by=manager, at=varied.AT, name="activities.csv")

    assert [row.outcome for row in batch.rows.order_by("number")] == [
        ImportRow.Outcome.UPDATED,
        ImportRow.Outcome.UNCHANGED,
        ImportRow.Outcome.UNCHANGED,
    ]
    changed, *others = everything()
    fingerprint = changed[Column.FINGERPRINT]
    assert others == before[1:]
    assert changed == {
        **before[0],
        Column.SUMMARY: "As it is",
        Column.FINGERPRINT: fingerprint,
    }
    assert fingerprint != before[0][Column.FINGERPRINT]


@pytest.mark.parametrize("kind", KINDS)
def test_importing_an_exported_file_twice_changes_nothing(kind: str, manager: User) -> None:
    with time_machine.travel(varied.AT, tick=False):
        varied.build(20, seed=6)
        file = exported(kind)
        empty()
        imported(file, by=manager, at=varied.AT, name=f"activities.{kind}")
        before = everything()

        batch = imported(file, by=manager, at=varied.AT, name=f"activities.{kind}")

    assert {row.outcome for row in batch.rows.all()} == {ImportRow.Outcome.UNCHANGED}
    assert everything() == before
