"""A real timetable from web pages: 23 sessions with missing times and no postcodes."""

from datetime import datetime
from pathlib import Path

import pytest

from hereabouts.accounts.models import User
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.imports import presenters, queries
from hereabouts.imports.models import ImportRow
from hereabouts.intake.importer import ACTIVITIES
from tests import make
from tests.intake.timetables import decided, imported, matched

FILE = Path("sessions") / "strength_balance_sessions_from_web_pages.csv"


@pytest.mark.open_data
def test_every_row_becomes_a_draft_that_says_what_it_needs(
    open_data: Path, manager: User, now: datetime
) -> None:
    content = (open_data / FILE).read_bytes()
    batch = matched(content, by=manager, at=now, name=FILE.name)

    decisions = queries.preview(batch).decisions

    assert [found.change.outcome for found in decisions] == [ImportRow.Outcome.DRAFT] * 23
    assert all("A venue with a postcode." in found.change.needs for found in decisions)
    without_a_time = [
        found.row.number for found in decisions if "time" in " ".join(found.change.needs)
    ]
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

    preview = queries.preview(batch)

    published = [
        change for change in decided(batch) if change.outcome == ImportRow.Outcome.PUBLISHED
    ]
    assert [change.venue.pk for change in published if change.venue] == [worksop.pk, worksop.pk]
    keyworth = next(
        found for found in preview.decisions if found.row.cells[3] == "Keyworth Village Hall"
    )
    line = presenters.shown_row(keyworth, preview, ACTIVITIES, on=now.date()).line
    assert keyworth.change.needs
    assert line.question is not None
    assert line.question.options[1].value == str(hall.pk)
