"""What comes round by itself every hour."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.finder.cells import block_of
from hereabouts.finder.models import FinderBlock, FinderEntry
from hereabouts.partners import actions as partners
from tests import make

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 11, 26, 13, 30, tzinfo=UTC)
A_WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """The terms that entries were written with belong to one database, and that is gone."""
    cache.clear()
    yield
    cache.clear()


def next_at(activity: Activity) -> datetime | None:
    return FinderEntry.objects.get(record_id=activity.pk).next_at


def columns_of(activity: Activity) -> bytes:
    block = block_of(FinderEntry.objects.get(record_id=activity.pk).cell)
    return bytes(FinderBlock.objects.get(cell=block).columns)


def test_when_a_session_has_begun_the_next_one_counts(now: datetime) -> None:
    activity = make.activity(at=now)
    before = columns_of(activity)

    early = actions.refresh_due_entries(at=THURSDAY - timedelta(minutes=1))
    count = actions.refresh_due_entries(at=THURSDAY)

    assert (early, count) == (0, 1)
    assert next_at(activity) == THURSDAY + A_WEEK
    assert columns_of(activity) != before


def test_twice_is_once(now: datetime) -> None:
    make.activity(at=now)

    counts = [actions.refresh_due_entries(at=THURSDAY) for _ in range(2)]

    assert counts == [1, 0]


def test_what_is_over_is_not_written_again(now: datetime) -> None:
    activity = make.activity(at=now, schedules=[make.schedule(ends_on=THURSDAY.date())])

    counts = [actions.refresh_due_entries(at=THURSDAY + A_WEEK * weeks) for weeks in (1, 2)]

    assert counts == [1, 0]
    assert next_at(activity) is None


def test_nothing_due_is_cheap(
    now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        make.activity(at=now)
    actions.refresh_due_entries(at=now)

    with django_assert_max_num_queries(2):
        count = actions.refresh_due_entries(at=now)

    assert count == 0


def test_due_ones_are_written_in_pieces(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hereabouts.activities.actions.entries.CHUNK", 2)
    activities = [
        make.activity(at_venue=make.venue(latitude=52 + number / 10), at=now) for number in range(5)
    ]

    count = actions.refresh_due_entries(at=THURSDAY)

    assert count == 5
    assert {next_at(activity) for activity in activities} == {THURSDAY + A_WEEK}


def test_a_term_that_is_told_later_brings_dates(now: datetime) -> None:
    activity = make.activity(at=now, is_term_time_only=True)
    other = make.activity(at=now)
    without = next_at(activity)
    actions.refresh_due_entries(at=now)
    make.term(starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 18))

    counts = [actions.refresh_due_entries(at=now) for _ in range(2)]

    assert without is None
    assert counts == [1, 0]
    assert next_at(activity) == THURSDAY + A_WEEK
    assert next_at(other) == THURSDAY


def test_a_term_that_is_changed_or_removed_takes_dates_away(now: datetime) -> None:
    term = make.term()
    activity = make.activity(at=now, is_term_time_only=True)
    actions.refresh_due_entries(at=now)
    dates = [next_at(activity)]

    term.ends_on = date(2026, 11, 25)
    partners.save_term(term=term, by=None, at=now)
    actions.refresh_due_entries(at=now)
    dates.append(next_at(activity))
    partners.remove_term(term=term, by=None, at=now)
    count = actions.refresh_due_entries(at=now)

    assert dates == [THURSDAY, None]
    assert count == 1


def test_the_command_does_all_of_it_and_says_so(now: datetime) -> None:
    make.activity(at=now)
    make.red_class(confirmed_on=date(2025, 11, 1), email="class@movers.example", at=now)
    output = StringIO()

    with time_machine.travel(THURSDAY, tick=False):
        call_command("hourly", stdout=output)
        call_command("hourly", stdout=output)

    first, second = output.getvalue().splitlines()
    assert first == (
        "2 activities written anew for the finder; "
        "1 told that a leader is no longer confirmed, 0 not yet"
    )
    assert second.startswith("0 activities")
    assert len(mail.outbox) == 1
