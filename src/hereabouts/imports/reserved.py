"""Headings that we write ourselves into files: no import takes them for a sender's column."""

# Of the column that says, beside rows that were left out, why. The same in every language, as the
# file comes back to be read.
REASON_HEADING = "Why it was left out"
# What we write above cells beyond the sender's headings begins so: whatever still stands below it
# is not where it belongs.
EXTRA_CELL_PREFIX = "Beyond the headings, cell "


def extra_cell_heading(number: int) -> str:
    """The heading for cell `number`, counted from 1, that the sender has no heading for."""
    return f"{EXTRA_CELL_PREFIX}{number}"
