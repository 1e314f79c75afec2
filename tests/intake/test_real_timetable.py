"""A real timetable from web pages: 23 sessions with missing times and no postcodes."""

from datetime import datetime
from pathlib import Path

import pytest

from hereabouts.accounts.models import User
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.intake import presenters, queries
from hereabouts.intake.models import ImportRow
from tests import make
from tests.intake.timetables import imported, matched

FILE = Path("sessions") / "strength_balance_sessions_from_web_pages.csv"


@pytest.mark.open_data
def test_every_row_becomes_a_draft_that_says_what_it_needs(
    open_data: Path, manager: User, now: datetime
) -> None:
    content = (open_data / FILE).read_bytes()
    batch = matched(content, by=manager, at=now, name=FILE.name)

    planned = queries.plan(batch).rows

    assert [row.outcome for row in planned] == [ImportRow.Outcome.DRAFT] * 23
    assert all("A venue with a postcode." in row.needs for row in planned)
    without_a_time = [row.row.number for row in planned if "time" in " ".join(row.needs)]
    assert without_a_time == [17, 18, 19, 20, 21, 22, 23, 24]


@pytest.mark.open_data
def test_its_drafts_have_no_level_and_importing_it_twice_changes_nothing(
    open_data: Path, manager: User, now: datetime
) -> None:
    content = (open_data / FILE).read_bytes()
    imported(content, by=manager, at=now, name=FILE.name)
    before = list(Activity.objects.order_by("pk").values())

    again = imported(content, by=manager, at=now, name=FILE.name)

    assert queries.outcomes(again) == {ImportRow.Outcome.UNCHANGED: 23}
    assert list(Activity.objects.order_by("pk").values()) == before
    assert set(Activity.objects.values_list("level", "state")) == {(Level.NONE, "DRAFT")}


@pytest.mark.open_data
def test_a_venue_of_ours_is_matched_by_name_and_town_and_offered_when_only_alike(
    open_data: Path, manager: User, now: datetime
) -> None:
    worksop = make.venue(name="Worksop Leisure Centre", town="Worksop", postcode="S80 1AA")
    hall = make.venue(name="Keyworth Hall", town="Keyworth", postcode="NG12 5AA")
    batch = matched((open_data / FILE).read_bytes(), by=manager, at=now)

    plan = queries.plan(batch)

    at_worksop = [row for row in plan.rows if row.outcome == ImportRow.Outcome.PUBLISHED]
    assert [row.activity.venue for row in at_worksop if row.activity] == [worksop, worksop]
    keyworth = next(row for row in plan.rows if row.row.cells[3] == "Keyworth Village Hall")
    offered = presenters.shown_row(keyworth, plan.venues, on=now.date()).options
    assert keyworth.activity is not None
    assert keyworth.activity.venue is None
    assert offered[1].value == str(hall.pk)
