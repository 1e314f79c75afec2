"""What belongs to an activity: kinds, breaks, prices and lines of its timetable."""

from datetime import UTC, date, datetime

import pytest

from hereabouts.activities import actions
from hereabouts.activities.vocabularies import Condition
from hereabouts.finder.models import FinderEntry
from tests import make
from tests.activities.actions.records import last_told, save, trail

pytestmark = pytest.mark.django_db


def test_kinds_breaks_and_prices_are_saved_and_told(now: datetime) -> None:
    activity = make.activity()

    save(
        activity,
        at=now,
        kinds=[make.kind("tai-chi")],
        breaks=[make.days_without(date(2026, 12, 24), reason="Christmas")],
        concessions=[make.concession(who="Carers", pence=150, proof="A carer's card")],
    )

    assert last_told(activity) == {
        "kinds": ["", "Tai Chi"],
        "breaks": ["", "No session on 24 December 2026 (Christmas)"],
        "concessions": ["", "Carers: £1.50 (A carer's card)"],
    }
    assert [kind.name for kind in activity.kinds.all()] == ["Tai Chi"]
    assert activity.breaks.get().starts_on == date(2026, 12, 24)
    assert activity.concessions.get().pence == 150


def test_what_is_not_given_stays(now: datetime) -> None:
    activity = make.activity(
        kinds=[make.kind()],
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession()],
    )
    activity.summary = "Slow and steady"

    save(activity, at=now)

    assert activity.kinds.count() == activity.breaks.count() == activity.concessions.count() == 1


def test_an_empty_list_takes_all_away(now: datetime) -> None:
    activity = make.activity(
        kinds=[make.kind()],
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession()],
    )

    save(activity, at=now, kinds=[], breaks=[], concessions=[])

    assert activity.kinds.count() == activity.breaks.count() == activity.concessions.count() == 0


def test_the_same_belongings_again_write_nothing(now: datetime) -> None:
    activity = make.activity(
        kinds=[make.kind("yoga"), make.kind("tai-chi")],
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession()],
    )
    actions_before = trail(activity)

    save(
        activity,
        at=now,
        kinds=[make.kind("tai-chi"), make.kind("yoga")],
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession()],
    )

    assert trail(activity) == actions_before


def test_a_price_may_take_the_name_of_another(now: datetime) -> None:
    activity = make.activity(
        concessions=[make.concession(who="Over 65"), make.concession(who="Carers", pence=0)]
    )
    first, second = activity.concessions.order_by("pk")
    first.who, second.who = "Carers", "Over 75"

    save(activity, at=now, concessions=[first, second])

    saved = activity.concessions.order_by("pk").values_list("pk", "who", "pence")
    assert list(saved) == [(first.pk, "Carers", 100), (second.pk, "Over 75", 0)]


def test_a_line_of_another_activity_is_copied(now: datetime) -> None:
    line = make.schedule()

    both = [make.activity(schedules=[line]) for _ in range(2)]

    assert [activity.schedules.count() for activity in both] == [1, 1]


def test_one_of_two_equal_lines_can_be_taken_away(now: datetime) -> None:
    twice = [make.schedule(), make.schedule()]
    activity = make.activity(schedules=twice)

    actions.save_activity(activity=activity, schedules=twice[:1], by=None, at=now)

    assert activity.schedules.get().pk == twice[0].pk
    assert list(last_told(activity)) == ["schedules"]


def test_another_order_of_what_is_chosen_is_no_change(now: datetime) -> None:
    activity = make.activity(conditions=[Condition.STROKE, Condition.ARTHRITIS])
    actions_before = trail(activity)
    activity.conditions = [Condition.STROKE, Condition.ARTHRITIS]

    save(activity, at=now)

    activity.refresh_from_db()
    assert activity.conditions == ["ARTHRITIS", "STROKE"]
    assert trail(activity) == actions_before


def test_a_break_moves_the_next_session(now: datetime) -> None:
    activity = make.activity(at=now)

    save(activity, at=now, breaks=[make.days_without(date(2026, 11, 26))])

    entry = FinderEntry.objects.get(record_id=activity.pk)
    assert entry.next_at == datetime(2026, 12, 3, 13, 30, tzinfo=UTC)


def test_complete_takes_what_belongs_to_it(now: datetime) -> None:
    draft = make.draft()
    draft.venue = make.venue()

    actions.complete(
        activity=draft,
        schedules=[make.schedule()],
        checker="",
        is_published=True,
        by=None,
        at=now,
        kinds=[make.kind()],
        breaks=[make.days_without(date(2026, 12, 24))],
        concessions=[make.concession(pence=0)],
    )

    assert draft.kinds.get() == make.kind()
    assert draft.breaks.count() == draft.concessions.count() == 1
    assert FinderEntry.objects.get(record_id=draft.pk).costs > 0
