"""The export of the back office's list: the columns of imports, then columns for staff only."""

from collections.abc import Iterable, Iterator
from datetime import date

from hereabouts.activities.columns import table
from hereabouts.activities.columns.reserved import FOR_STAFF
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import (
    last_checked_on,
    level_in_words,
    pause_in_words,
    usually_in_words,
)

HEADINGS = (*(column.label for column in table.TABLE), *FOR_STAFF)


def headings() -> list[str]:
    """The headings, in the active language."""
    return [str(heading) for heading in HEADINGS]


def rows(activities: Iterable[Activity], *, on: date) -> Iterator[list[str]]:
    """A row for each activity as it is on that day, drafts too; reads what `for_pages` fetched."""
    for activity in activities:
        yield [*table.write(activity).values(), *_for_staff(activity, on=on)]


def _for_staff(activity: Activity, *, on: date) -> list[str]:
    """The cells under the headings `FOR_STAFF`."""
    is_own = activity.contact == Activity.Contact.OWN
    return [
        str(Activity.State(activity.state).label),
        level_in_words(activity),
        usually_in_words(activity),
        pause_in_words(activity, on=on),
        str(last_checked_on(activity) or ""),
        "" if is_own else activity.phone,
        "" if is_own else activity.email,
        activity.photo_alt,
    ]
