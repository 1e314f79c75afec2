"""What an activity remembers of the row that it came from.

`Activity.imported_values` holds heading → text for every cell that was not empty, matched or not,
and beside them:

`columns`: heading → our column, as the headings were matched then;
`level_of_pin`: the level that the colour of its pin, or its layer of the map, was said to mean;
`suggested_approaches`: what the row's words mention (names of `Approach`), for whoever completes
the draft to confirm. A mention alone never sets a level.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hereabouts.activities.columns.approaches import suggested_approaches
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.reserved import RESERVED_HEADINGS
from hereabouts.activities.levels import Approach

COLUMNS, SUGGESTED, LEVEL_OF_PIN = "columns", "suggested_approaches", "level_of_pin"
# No heading of a file may have these names.
RESERVED = frozenset({COLUMNS, SUGGESTED, LEVEL_OF_PIN})

Remembered = Mapping[str, Any]


def remember(
    *,
    headings: Sequence[str],
    cells: Sequence[str],
    columns: Mapping[str, str],
    level_of_pin: str = "",
) -> dict[str, Any]:
    """What to keep of a row in `Activity.imported_values`."""
    kept = {
        heading: cell
        for heading, cell in zip(headings, cells, strict=False)
        if cell and heading not in RESERVED_HEADINGS
    }
    suggested = suggested_approaches(" \n ".join(kept.values()))
    return {
        **kept,
        COLUMNS: {heading: column for heading, column in columns.items() if heading in headings},
        SUGGESTED: sorted(approach.value for approach in suggested),
        LEVEL_OF_PIN: level_of_pin,
    }


def by_heading(remembered: Remembered) -> dict[str, str]:
    """Heading → text as the file had it, to show to whoever completes a draft."""
    return {heading: text for heading, text in remembered.items() if heading not in RESERVED}


def by_column(remembered: Remembered) -> dict[Column, str]:
    """Column → text as the file had it; a column that was not in the file is not in it."""
    texts = {
        Column(column): remembered.get(heading, "")
        for heading, column in remembered.get(COLUMNS, {}).items()
    }
    of_pin = remembered.get(LEVEL_OF_PIN)
    return {**texts, Column.LEVEL: texts.get(Column.LEVEL) or of_pin} if of_pin else texts


def suggestions(remembered: Remembered) -> frozenset[Approach]:
    """What the row's words suggest that the activity is built on."""
    return frozenset(Approach(name) for name in remembered.get(SUGGESTED, []))


def changed_columns(*, was: Remembered, now: Remembered) -> frozenset[Column]:
    """The columns whose cell says something else than at the last import."""
    before = by_column(was)
    return frozenset(
        column for column, text in by_column(now).items() if text != before.get(column, "")
    )


def says_something_new(*, was: Remembered, now: Remembered) -> bool:
    """Is there anything in the row, matched or not, that the last import did not say?"""
    before = by_heading(was)
    unmatched = (
        text != before.get(heading)
        for heading, text in by_heading(now).items()
        if heading not in now[COLUMNS]
    )
    return bool(changed_columns(was=was, now=now)) or any(unmatched)
