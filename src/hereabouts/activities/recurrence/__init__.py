"""When an activity happens: the next sessions of its schedules, their last day, and their wording.

Pure functions of a schedule (`models.Schedule`, or anything with its fields) and of a `Calendar`
with breaks and school terms. Times are local: a class at 10 am stays at 10 am when the clocks
change. Nothing is guessed: an incomplete schedule has no sessions, and its wording says what is
not stated ("time not stated").
"""

from hereabouts.activities.recurrence.calendars import (
    ALWAYS_ON,
    Calendar,
    Span,
    calendar_of,
    usual_calendar_of,
)
from hereabouts.activities.recurrence.dates import (
    SCHEDULE_FIELDS,
    Session,
    each_once,
    last_day,
    last_day_of,
    next_sessions,
    next_sessions_of,
    when_mask,
)
from hereabouts.activities.recurrence.words import (
    all_in_words,
    breaks_in_words,
    in_words,
    time_in_words,
)

__all__ = [
    "ALWAYS_ON",
    "SCHEDULE_FIELDS",
    "Calendar",
    "Session",
    "Span",
    "all_in_words",
    "breaks_in_words",
    "calendar_of",
    "each_once",
    "in_words",
    "last_day",
    "last_day_of",
    "next_sessions",
    "next_sessions_of",
    "time_in_words",
    "usual_calendar_of",
    "when_mask",
]
