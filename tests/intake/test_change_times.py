"""When an imported activity last changed, as calendars read it."""

from datetime import datetime, timedelta

import pytest

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from tests.intake.timetables import csv_of, imported, row

pytestmark = pytest.mark.django_db


def test_an_import_writes_the_time_of_what_it_changed(manager: User, now: datetime) -> None:
    later = now + timedelta(hours=1)

    imported(csv_of([row(PHONE="0115 496 0142")]), by=manager, at=now)
    new = Activity.objects.get()
    imported(csv_of([row(PHONE="0115 496 0142")]), by=manager, at=later)
    unchanged = Activity.objects.get()
    imported(csv_of([row(PHONE="0115 496 0165")]), by=manager, at=later)
    changed = Activity.objects.get()

    assert new.changed_at == unchanged.changed_at == now
    assert changed.changed_at == later


def test_an_import_leaves_the_day_on_which_something_stopped(manager: User, now: datetime) -> None:
    imported(csv_of([row(PHONE="0115 496 0142")]), by=manager, at=now)
    actions.retire(activity=Activity.objects.get(), by=manager, at=now)

    imported(csv_of([row(PHONE="0115 496 0165")]), by=manager, at=now + timedelta(days=3))

    stopped = Activity.objects.get()
    assert stopped.phone == "0115 496 0165"
    assert (stopped.state, stopped.retired_on) == (Activity.State.RETIRED, now.date())
