"""What's on: activities, when they happen, who checked them."""

from hereabouts.activities.models.activity import Activity, ActivityQuerySet, Check, Concession
from hereabouts.activities.models.kind import Kind
from hereabouts.activities.models.schedule import Break, Schedule

__all__ = [
    "Activity",
    "ActivityQuerySet",
    "Break",
    "Check",
    "Concession",
    "Kind",
    "Schedule",
]
