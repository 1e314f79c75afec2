"""The back office's own list as a spreadsheet: an import takes it back, drafts and all."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column, names
from hereabouts.activities.columns.reserved import FOR_STAFF, RESERVED_HEADINGS
from hereabouts.activities.exports import for_staff
from hereabouts.activities.models import Activity, Break, Check, Concession, Schedule
from hereabouts.imports.headings import guess
from hereabouts.imports.models import ImportRow
from hereabouts.partners.models import Organisation
from hereabouts.places.models import AccessFact, Venue
from tests import make
from tests.activities.exports import varied
from tests.intake.timetables import csv_of, imported, row

MODELS = (Activity, Schedule, Break, Concession, Check, Venue, AccessFact, Organisation)


@pytest.fixture
def downloaded(client: Client, manager: User) -> Callable[[str], bytes]:
    """Download the list as staff do, in one format."""
    client.force_login(manager)

    def download(kind: str) -> bytes:
        response: Any = client.get(reverse("activity:index"), {"export": kind})
        return b"".join(response.streaming_content)

    return download


def everything() -> str:
    """All that is kept of activities and of what belongs to them."""
    kept = [row for model in MODELS for row in model._base_manager.order_by("pk")]
    return str(serializers.serialize("json", kept))


def unfinished(*, by: User, at: datetime) -> None:
    """Drafts in all stages, one taken down, and one whose own number is not shown."""
    make.draft(name="Nothing known yet")
    make.draft(name="All known", venue=make.venue(), schedules=[make.schedule()], cost_pence=300)
    imported(
        csv_of(
            [
                row(COST=""),
                row(NAME="No time", START="", END=""),
                row(NAME="No place", VENUE="", TOWN="", POSTCODE="", DAY=""),
            ]
        ),
        by=by,
        at=at,
    )
    make.activity(name="Its leader’s phone", contact=Activity.Contact.VENUE, phone="0115 496 0143")
    Activity.objects.filter(pk__in=Activity.objects.order_by("pk").values("pk")[:2]).update(
        state=Activity.State.RETIRED
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_imported_as_it_was_exported_changes_nothing(
    kind: str, manager: User, downloaded: Callable[[str], bytes]
) -> None:
    with time_machine.travel(varied.AT, tick=False):
        varied.build(60, seed=7)
        unfinished(by=manager, at=varied.AT)
        before = everything()

        batch = imported(downloaded(kind), by=manager, at=varied.AT, name=f"activities.{kind}")

    outcomes = {(saved.outcome, *saved.reasons) for saved in batch.rows.all()}
    assert outcomes == {(ImportRow.Outcome.UNCHANGED,)}
    assert batch.rows.count() == Activity.objects.count()
    assert everything() == before


def test_every_column_is_ours_or_no_columns_of_ours() -> None:
    headings = for_staff.headings()

    guessed = guess(headings, names())

    assert list(guessed.values()) == sorted(guessed.values(), key=list(map(str, Column)).index)
    assert guessed == {str(column.label): column for column in table.TABLE}
    assert not guess(FOR_STAFF, names())
    assert set(FOR_STAFF) <= RESERVED_HEADINGS


@pytest.mark.django_db
def test_a_row_has_a_cell_under_every_heading() -> None:
    make.activity(contact=Activity.Contact.VENUE, phone="0115 496 0143")

    (values,) = for_staff.rows(Activity.objects.for_pages(), on=varied.TODAY)

    cells = dict(zip(for_staff.headings(), values, strict=True))
    assert cells["State of the entry"] == "Published"
    assert cells["Phone"] == ""
    assert cells["Its own phone, not shown"] == "0115 496 0143"


def test_the_list_is_exported_in_as_many_queries_however_long(
    downloaded: Callable[[str], bytes],
) -> None:
    def queries_for(count: int) -> int:
        varied.build(count, seed=count)
        with CaptureQueriesContext(connection) as queries:
            downloaded("csv")
        return len(queries)

    downloaded("csv")

    assert queries_for(5) == queries_for(40)
