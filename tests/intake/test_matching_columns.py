"""Which heading is matched with which column, and what is refused."""

from datetime import datetime

import pytest

from hereabouts.accounts.models import User
from hereabouts.activities.columns.headings import Column
from hereabouts.imports import actions
from tests.intake.timetables import csv_of, matched, row, uploaded


def test_columns_are_matched_as_the_last_time(manager: User, now: datetime) -> None:
    content = b"Was,Wo\nGentle movers,Millbeck Hall\n"
    first = uploaded(content, name="t.csv", by=manager, at=now)
    actions.match_columns(batch=first, columns={"Was": Column.NAME, "Wo": Column.VENUE})
    actions.start(batch=first, at=now)
    actions.save_rows(batch=first, by=manager, at=now)

    second = uploaded(content, name="t.csv", by=manager, at=now)

    assert second.columns == {"Was": "NAME", "Wo": "VENUE"}


def test_match_columns_refuses_without_a_name(manager: User, now: datetime) -> None:
    batch = matched(csv_of([row()]), by=manager, at=now)

    with pytest.raises(actions.NoColumnForName):
        actions.match_columns(batch=batch, columns={"Venue": Column.VENUE})


def test_match_columns_refuses_two_headings_for_one_column(manager: User, now: datetime) -> None:
    batch = matched(csv_of([row()]), by=manager, at=now)
    twice = {"Name of the activity": Column.NAME, "Venue": Column.NAME}

    with pytest.raises(actions.ColumnMatchedTwice):
        actions.match_columns(batch=batch, columns=twice)


def test_saving_cannot_begin_before_the_columns_are_matched(manager: User, now: datetime) -> None:
    batch = uploaded(csv_of([row()]), name="a.csv", by=manager, at=now)

    with pytest.raises(actions.NoColumnForName):
        actions.start(batch=batch, at=now)
