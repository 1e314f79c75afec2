"""What the trail, the finder and its blocks hold of an activity."""

from datetime import date, datetime
from typing import Any

from wagtail.models import ModelLogEntry

from hereabouts import finder
from hereabouts.activities import actions
from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.models import Activity
from hereabouts.finder.cells import block_of
from hereabouts.finder.models import FinderBlock, FinderEntry

FRIDAY = date(2026, 11, 27)


def trail(activity: Activity) -> list[str]:
    """What the audit trail says of it, oldest first."""
    entries = ModelLogEntry.objects.filter(content_type__model="activity").order_by("pk")
    return list(entries.filter(object_id=str(activity.pk)).values_list("action", flat=True))


def last_told(activity: Activity) -> dict[str, list[str]]:
    """What the newest line of the trail says was changed."""
    entries = ModelLogEntry.objects.filter(content_type__model="activity")
    entry = entries.filter(object_id=str(activity.pk)).latest("pk")
    changes: dict[str, list[str]] = entry.data.get("changes", {})
    return changes


def found(activity: Activity, *, at: datetime) -> list[int]:
    """The activities within a few hundred metres of it that residents find at `at`."""
    assert activity.venue is not None
    query = finder.Query(among=ACTIVITIES, point=activity.venue.point, within_km=0.3, at=at)
    return [hit.record_id for hit in finder.nearest(query)]


def blocks_with_entries() -> set[int]:
    """The blocks that there should be."""
    return {block_of(cell) for cell in FinderEntry.objects.values_list("cell", flat=True)}


def blocks() -> set[int]:
    return set(FinderBlock.objects.values_list("cell", flat=True))


def save(activity: Activity, *, at: datetime, **belongings: Any) -> None:
    """Save it with the timetable that it has."""
    schedules = list(activity.schedules.all())
    actions.save_activity(activity=activity, schedules=schedules, by=None, at=at, **belongings)
