"""What's on: activities, when they happen, who checked them, and how they came in."""

from hereabouts.activities.models.activity import Activity, ActivityQuerySet, Check
from hereabouts.activities.models.finder import FinderEntry
from hereabouts.activities.models.imports import ImportBatch, ImportRow
from hereabouts.activities.models.schedule import Schedule

__all__ = [
    "Activity",
    "ActivityQuerySet",
    "Check",
    "FinderEntry",
    "ImportBatch",
    "ImportRow",
    "Schedule",
]
