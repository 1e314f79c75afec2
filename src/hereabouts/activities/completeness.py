"""What a draft still needs before it can be published."""

from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from hereabouts.activities.models import Schedule
from hereabouts.activities.recurrence.dates import ScheduleLike
from hereabouts.activities.vocabularies import Form


class Described(Protocol):
    """An activity, saved or only decided, as far as it is asked here."""

    @property
    def name(self) -> str: ...
    @property
    def form(self) -> str: ...
    @property
    def venue(self) -> object | None: ...


def needs(
    activity: Described, schedules: Sequence[ScheduleLike], *, may_make_venue: bool = False
) -> list[str]:
    """What is missing, a sentence each ("The day on which it happens."); empty when complete.

    Required are a name and a venue; for a class a day and a time; and a first date for a schedule
    whose weeks follow from it. All else may stay "not stated": a park is always there, and a club
    announces when it meets. `may_make_venue` is true where the location is known and only the venue
    is still to be chosen.
    """
    missing = []
    if not activity.name.strip():
        missing.append(_("A name."))
    if activity.venue is None:
        missing.append(_("Its venue to be chosen.") if may_make_venue else _where(activity))
    if activity.form == Form.SESSIONS:
        missing += _missing_times(schedules)
    if any(_lacks_first_date(schedule) for schedule in schedules):
        missing.append(_("Its first date: without it nobody can say which weeks."))
    return missing


def _where(activity: Described) -> str:
    if activity.form == Form.OPEN_SPACE:
        return _("A venue with a postcode, or with a place on the map.")
    return _("A venue with a postcode.")


def _missing_times(schedules: Sequence[ScheduleLike]) -> list[str]:
    missing = []
    if not any(_has_day(schedule) for schedule in schedules):
        missing.append(_("The day on which it happens."))
    if not any(schedule.start_time for schedule in schedules):
        missing.append(_("The time at which it starts."))
    return missing


def _lacks_first_date(schedule: ScheduleLike) -> bool:
    if schedule.starts_on is not None:
        return False
    if schedule.frequency == Schedule.Frequency.MONTHLY:
        return schedule.week_of_month is None
    return schedule.frequency == Schedule.Frequency.FORTNIGHTLY


def _has_day(schedule: ScheduleLike) -> bool:
    return schedule.weekday is not None or schedule.starts_on is not None
