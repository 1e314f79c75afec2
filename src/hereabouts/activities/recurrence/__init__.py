"""When an activity happens: the next sessions of a timetable, its last day, and its words.

Pure functions of a line of the timetable (`models.Schedule`, or anything with its fields) and of a
`Calendar`: the breaks and the school terms. Clocks on the wall rule: a class at 10 am stays at
10 am when the clocks change. Nothing is guessed: where a line does not say enough there are no
sessions, and the words say what is not stated.
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
