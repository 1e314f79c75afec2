"""What a row says anew of an activity that we have, and what of that an import leaves alone."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from hereabouts.activities.columns import table
from hereabouts.activities.columns.cells import Unreadable
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.lists import Seen
from hereabouts.activities.models import Activity
from hereabouts.intake import provenance
from hereabouts.intake.rows import Cells, RowValues
from hereabouts.partners.models import Organisation
from hereabouts.places.models import AccessFact, Venue

VENUE_COLUMNS = frozenset(
    {
        *(Column.VENUE, Column.STREET, Column.TOWN, Column.POSTCODE),
        *(Column.LATITUDE, Column.LONGITUDE, Column.VENUE_IDENTIFIER),
    }
)
PROVIDER_COLUMNS = frozenset({Column.ORGANISATION, Column.PROVIDER_IDENTIFIER})
# All that is the venue's or the organisation's own, whatever takes place there.
OF_VENUES = VENUE_COLUMNS | {one for one, entry in table.TABLE.items() if entry.of == "venue"}
OF_PROVIDERS = frozenset(one for one, entry in table.TABLE.items() if entry.of == "provider")
PAUSE_COLUMNS = frozenset({Column.PAUSED_FROM, Column.PAUSED_UNTIL, Column.PAUSE_REASON})


def changed_columns(
    cells: Cells, values: RowValues, *, activity: Activity, remembered: Mapping[str, Any]
) -> frozenset[Column]:
    """The columns that say something else than at the last import.

    In a row with our own identifier, those that say something else than we would now: an emptied
    cell too.
    """
    if activity.public_id != values.identifier:
        return provenance.changed_columns(was=activity.imported_values, now=remembered)
    said = table.write(activity)
    return frozenset(
        column
        for column in cells.keys() & said.keys() - {Column.FINGERPRINT}
        if cells[column] != said[column] and _means_another(column, said[column], values)
    )


def is_behind(cells: Cells, activity: Activity) -> bool:
    """Was the row exported before somebody changed what it says of the activity?"""
    fingerprint = cells.get(Column.FINGERPRINT)
    return bool(fingerprint) and fingerprint != table.write(activity)[Column.FINGERPRINT]


def may_be_behind(cells: Cells, values: RowValues) -> bool:
    """Is it ours as it was exported once, and does not prove to be no older than what we have?"""
    return values.identifier is not None and not cells.get(Column.FINGERPRINT)


def left_alone(
    columns: frozenset[Column],
    cells: Cells,
    values: RowValues,
    *,
    activity: Activity,
    was_at: Venue | None,
    was_run_by: Organisation | None,
) -> frozenset[Column]:
    """Those of the columns that an import does not change, for `remarks_on` to say so.

    A venue and an organisation that we have stay as they are, whoever else uses them; `activity`
    may have come to others. A day of confirmation and a pause count only in a row that proves to be
    no older than what we have: somebody may have taken the one back since, or begun the other.
    """
    found = columns & _of_the_venue(values, was=was_at, now=activity.venue)
    found |= columns & _of_the_provider(was=was_run_by, now=activity.provider)
    if may_be_behind(cells, values):
        found |= columns & PAUSE_COLUMNS
        if values.read[Column.LEADER_CONFIRMED] is not None:
            found |= columns & {Column.LEADER_CONFIRMED}
    return found


def remark_on_overwriting(columns: frozenset[Column]) -> str:
    """What to know of columns that a row changes which `may_be_behind`."""
    return _(
        "The file does not say when it was exported, so what was changed here since is "
        "overwritten: %(columns)s."
    ) % {"columns": names_of(columns)}


def remarks_on(left: frozenset[Column]) -> list[str]:
    """What to do instead about the columns that are left alone."""
    pages = (
        (
            OF_VENUES | {Column.ACCESS},
            _("Not changed: %(columns)s. Change it on the venue’s page."),
        ),
        (OF_PROVIDERS, _("Not changed: %(columns)s. Change it on the organisation’s page.")),
        (
            PAUSE_COLUMNS | {Column.LEADER_CONFIRMED},
            _("Not changed: %(columns)s. Change it on the activity’s page."),
        ),
    )
    remarks = [
        sentence % {"columns": names_of(left & about)} for about, sentence in pages if left & about
    ]
    if Column.VENUE in left:
        remarks.append(_("To move it to another venue, empty “Venue’s identifier” too."))
    return remarks


def names_of(columns: Collection[Column]) -> str:
    """The columns as people see them, in our order: “Day”, “Phone”."""
    return ", ".join(f"“{one.label}”" for one in Column if one in columns)


def news_of(venue: Venue, seen: Iterable[Seen]) -> list[Seen]:
    """What somebody saw there after the last look, or on the same day but otherwise."""
    known = {AccessFact.Fact(one.fact): one for one in venue.access_facts.all()}
    return [one for one in seen if one.fact not in known or _is_news(one, known[one.fact])]


def _of_the_venue(values: RowValues, *, was: Venue | None, now: Venue | None) -> frozenset[Column]:
    if now is None or now._state.adding:
        return frozenset()
    of_it = OF_VENUES if was == now else OF_VENUES - VENUE_COLUMNS
    return of_it if news_of(now, values.read[Column.ACCESS]) else of_it | {Column.ACCESS}


def _of_the_provider(*, was: Organisation | None, now: Organisation | None) -> frozenset[Column]:
    # Nobody has no phone either.
    if now is not None and now._state.adding:
        return frozenset()
    return OF_PROVIDERS if was == now else OF_PROVIDERS - PROVIDER_COLUMNS


def _means_another(column: Column, said: str, values: RowValues) -> bool:
    """Is the cell not only written in another way? Spreadsheets do so with dates and prices."""
    entry = table.TABLE[column]
    try:
        return bool((entry.read(said) if said else entry.missing) != values.read[column])
    except Unreadable:
        return True


def _is_news(seen: Seen, known: AccessFact) -> bool:
    if seen.checked_on == known.checked_on:
        return seen.is_there != known.is_there
    return seen.checked_on > known.checked_on
