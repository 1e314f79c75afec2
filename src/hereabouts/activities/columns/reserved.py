"""Headings that our exports write beside the columns: an import keeps nothing of what is below."""

from hereabouts.imports.reserved import REASON_HEADING

# Where more is to be read, and whose data it is and from which day.
PAGE, SOURCE = "Page", "Source"
# The level as people see it: "Leader not confirmed" for a red class whose leader is not.
SHOWN_AS = "Shown as"
# Only in the back office's own list, beside the columns that imports read. None is a word that
# somebody's timetable would have, or that is like one of our columns.
FOR_STAFF = (
    *("State of the entry", "Level in words", "When in words", "Pause in words"),
    *("Day of the last check", "Its own phone, not shown", "Its own e-mail, not shown"),
    "Words for the photo",
)
RESERVED_HEADINGS = frozenset(
    {REASON_HEADING, PAGE, PAGE.lower(), SOURCE, SHOWN_AS, "shown_as", *FOR_STAFF}
)
