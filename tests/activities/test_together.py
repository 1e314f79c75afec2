"""Two people at once, and what is taken back: the finder's blocks stay right."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from threading import Event

import pytest
from django.db import connection, transaction

from hereabouts import finder
from hereabouts.activities import actions
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.models import Activity
from hereabouts.core.refusals import Refusal
from hereabouts.finder import actions as writing
from hereabouts.finder.cells import block_of
from hereabouts.finder.models import FinderBlock, FinderEntry
from hereabouts.places.models import Venue
from tests import make

PATIENCE_SECONDS = 30


def found_at(venue: Venue, *, at: datetime) -> set[int]:
    query = finder.Query(among=ACTIVITIES, point=venue.point, within_km=0.3, at=at)
    return {hit.record_id for hit in finder.nearest(query)}


def somebody_waits() -> bool:
    """Does one transaction wait for another?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN"
            " (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
        )
        (count,) = cursor.fetchone()
    return bool(count)


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < until, "It never came to it."
        time.sleep(0.02)


def together(first: Callable[[], None], second: Callable[[], None]) -> None:
    """Both in transactions at once: the first commits when the second waits for it, or is done."""
    has_written, may_commit = Event(), Event()

    def begin() -> None:
        try:
            with transaction.atomic():
                first()
                has_written.set()
                assert may_commit.wait(PATIENCE_SECONDS)
        finally:
            connection.close()

    def follow() -> None:
        try:
            assert has_written.wait(PATIENCE_SECONDS)
            with transaction.atomic():
                second()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        running: list[Future[None]] = [both.submit(begin), both.submit(follow)]
        wait_until(lambda: somebody_waits() or running[1].done())
        may_commit.set()
        for future in running:
            future.result(PATIENCE_SECONDS)


needs_two_writers = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
)


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_two_who_publish_in_one_block_at_once_are_both_found(now: datetime) -> None:
    hall = make.venue()
    drafts = [make.draft(name=name, venue=hall, schedules=[make.schedule()]) for name in "AB"]

    def publishing(draft: Activity) -> Callable[[], None]:
        return lambda: actions.publish(activity=draft, by=None, at=now)

    together(*(publishing(draft) for draft in drafts))

    assert found_at(hall, at=now) == {draft.pk for draft in drafts}


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_one_who_publishes_while_another_takes_down_leaves_what_is_published(
    now: datetime,
) -> None:
    hall = make.venue()
    stops = make.activity(at_venue=hall)
    begins = make.draft(venue=hall, schedules=[make.schedule()])

    together(
        lambda: actions.retire(activity=stops, by=None, at=now),
        lambda: actions.publish(activity=begins, by=None, at=now),
    )

    assert found_at(hall, at=now) == {begins.pk}


@pytest.mark.django_db
def test_a_draft_that_somebody_else_published_meanwhile_is_not_removed(now: datetime) -> None:
    draft = make.draft(venue=make.venue(), schedules=[make.schedule()])
    as_loaded = Activity.objects.get(pk=draft.pk)
    actions.publish(activity=draft, by=None, at=now)

    with pytest.raises(actions.StillPublished):
        actions.remove(activity=as_loaded, by=None, at=now)

    assert draft.venue is not None
    assert found_at(draft.venue, at=now) == {draft.pk}


def save_and_fail(activity: Activity, *, at: datetime) -> None:
    with transaction.atomic():
        make.activity(at_venue=activity.venue)
        actions.retire(activity=activity, by=None, at=at)
        raise Refusal("Something else goes wrong.")


@pytest.mark.django_db
def test_what_is_taken_back_leaves_its_block_as_it_was(now: datetime) -> None:
    activity = make.activity()
    before = list(FinderBlock.objects.values())

    with pytest.raises(Refusal):
        save_and_fail(activity, at=now)

    assert list(FinderBlock.objects.values()) == before
    assert activity.venue is not None
    assert found_at(activity.venue, at=now) == {activity.pk}


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_two_presses_of_one_button_are_one_check(now: datetime) -> None:
    activity = make.activity(at=now)

    def press() -> None:
        actions.check(activity=activity, checker="the organiser", by=None, at=now)

    together(press, press)

    assert activity.checks.count() == 1


@pytest.mark.django_db
def test_an_activity_that_is_deleted_takes_its_entry_and_its_block_along(now: datetime) -> None:
    hall, far_away = make.venue(), make.venue(latitude=51.5, longitude=-0.1)
    stays, goes, alone = (make.activity(at_venue=venue) for venue in (hall, hall, far_away))

    Activity.objects.filter(pk__in=[goes.pk, alone.pk]).delete()

    assert found_at(hall, at=now) == {stays.pk}
    assert FinderEntry.objects.get().record_id == stays.pk
    assert FinderBlock.objects.get().cell == block_of(FinderEntry.objects.get().cell)


@pytest.mark.django_db
def test_an_entry_whose_activity_is_gone_is_removed_with_the_next_refresh(now: datetime) -> None:
    activity = make.activity()
    entry = FinderEntry.objects.get()
    entry.record_id = activity.pk + 1
    writing.write_entries(
        among=ACTIVITIES, record_ids=[entry.record_id], entries_of=lambda _: [entry]
    )

    count = actions.refresh_entries(at=now)

    assert count == 1
    assert activity.venue is not None
    assert found_at(activity.venue, at=now) == {activity.pk}
