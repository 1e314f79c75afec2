"""Headings that we write ourselves, beside the columns: no import takes them for a sender's."""

# Not headings of the sender: the column that we add to rows that were left out; and those that say
# in an export where more is to be read, whose data it is, and from which day.
WHY_LEFT_OUT, PAGE, SOURCE = "Why it was left out", "Page", "Source"
# The level as people see it: "Leader not confirmed" for a red class whose leader is not.
SHOWN_AS = "Shown as"
# What only the back office's own list says beside the columns that imports read. None is a word
# that somebody's timetable would have, or that is like one of our columns.
FOR_STAFF = (
    *("State of the entry", "Level in words", "When in words", "Pause in words"),
    *("Day of the last check", "Its own phone, not shown", "Its own e-mail, not shown"),
    "Words for the photo",
)
OURS = frozenset({WHY_LEFT_OUT, PAGE, PAGE.lower(), SOURCE, SHOWN_AS, "shown_as", *FOR_STAFF})
# What we add above cells beyond the headings begins so, which no sender writes: whatever still
# stands below it is not where it belongs.
BEYOND = "Beyond the headings, cell "


def beyond_heading(place: int) -> str:
    """Our heading for the cell at this place, counted from 1, which the sender has no heading for.

    It is the same in every language, as the file comes back to be read.
    """
    return f"{BEYOND}{place}"
