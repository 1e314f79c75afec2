"""What a draft still needs before residents may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hereabouts.activities.models import Activity, Schedule


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """One thing that is missing: the form field that takes it, and a sentence for the person."""

    field: str
    sentence: str


def needs(activity: Activity, schedules: Sequence[Schedule]) -> list[Need]:
    """What is missing before somebody could really go; empty when nothing is.

    A name, a venue, a day and a time, and which weeks if it is not every week. All else may stay
    "not stated".
    """
    missing = []
    if not activity.name.strip():
        missing.append(Need(field="name", sentence=_("A name.")))
    if activity.venue is None:
        missing.append(Need(field="venue", sentence=_("A venue with a postcode.")))
    if not any(_has_day(schedule) for schedule in schedules):
        missing.append(Need(field="weekday", sentence=_("The day on which it happens.")))
    if not any(schedule.start_time for schedule in schedules):
        missing.append(Need(field="start_time", sentence=_("The time at which it starts.")))
    if any(_lacks_first_date(schedule) for schedule in schedules):
        sentence = _("Its first date: without it nobody can say which weeks.")
        missing.append(Need(field="starts_on", sentence=sentence))
    return missing


def _lacks_first_date(schedule: Schedule) -> bool:
    if schedule.starts_on is not None:
        return False
    if schedule.frequency == Schedule.Frequency.MONTHLY:
        return schedule.week_of_month is None
    return schedule.frequency == Schedule.Frequency.FORTNIGHTLY


def _has_day(schedule: Schedule) -> bool:
    return schedule.weekday is not None or schedule.starts_on is not None
