"""What an import leaves alone of an activity that is here, and what a person is told of it."""

from django.utils.translation import gettext as _

from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column, labels
from hereabouts.intake.changes import newer_observations
from hereabouts.intake.known import ActivityValues, ProviderValues, VenueValues
from hereabouts.intake.rows import Cells, RowValues

VENUE_COLUMNS = frozenset(
    {
        *(Column.VENUE, Column.STREET, Column.TOWN, Column.POSTCODE),
        *(Column.LATITUDE, Column.LONGITUDE, Column.VENUE_IDENTIFIER),
    }
)
PROVIDER_COLUMNS = frozenset({Column.ORGANISATION, Column.PROVIDER_IDENTIFIER})
# All that is the venue's or the organisation's own, whatever takes place there.
OF_VENUES = VENUE_COLUMNS | table.of_owner("venue")
OF_PROVIDERS = table.of_owner("provider")
PAUSE_COLUMNS = frozenset({Column.PAUSED_FROM, Column.PAUSED_UNTIL, Column.PAUSE_REASON})


def is_stale_export(cells: Cells, was: ActivityValues) -> bool:
    """Was the row exported before somebody changed what it says of the activity?"""
    fingerprint = cells.get(Column.FINGERPRINT)
    return bool(fingerprint) and fingerprint != was.cells.get(Column.FINGERPRINT, "")


def has_unknown_age(cells: Cells, row: RowValues) -> bool:
    """Is it an exported row that does not prove to be no older than what is here?"""
    return row.values[Column.IDENTIFIER] is not None and not cells.get(Column.FINGERPRINT)


def protected_columns(
    columns: frozenset[Column],
    cells: Cells,
    row: RowValues,
    *,
    was: ActivityValues,
    venue: VenueValues | None,
    provider: ProviderValues | None,
) -> frozenset[Column]:
    """Those of `columns` that an import does not change; `explain_protected` says so.

    A venue and an organisation that are here stay as they are, whoever else uses them; the activity
    may have come to others, `venue` and `provider`. A day of confirmation and a pause count only in
    a row that proves to be no older than what is here: somebody may have taken the one back since,
    or begun the other.
    """
    protected = columns & _of_the_venue(row, previous=was.venue, venue=venue)
    protected |= columns & _of_the_provider(previous=was.provider, provider=provider)
    if has_unknown_age(cells, row):
        protected |= columns & PAUSE_COLUMNS
        if row.values[Column.LEADER_CONFIRMED] is not None:
            protected |= columns & {Column.LEADER_CONFIRMED}
    return protected


def explain_protected(protected: frozenset[Column]) -> list[str]:
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
        sentence % {"columns": labels(protected & about)}
        for about, sentence in pages
        if protected & about
    ]
    if Column.VENUE in protected:
        remarks.append(_("To move it to another venue, empty “Venue’s identifier” too."))
    return remarks


def explain_overwriting(columns: frozenset[Column]) -> str:
    """What to know of columns that a row of unknown age changes."""
    return _(
        "The file does not say when it was exported, so what was changed here since is "
        "overwritten: %(columns)s."
    ) % {"columns": labels(columns)}


def _of_the_venue(
    row: RowValues, *, previous: VenueValues | None, venue: VenueValues | None
) -> frozenset[Column]:
    if venue is None or venue.pk is None:
        return frozenset()
    stays = previous is not None and previous.pk == venue.pk
    columns = OF_VENUES if stays else OF_VENUES - VENUE_COLUMNS
    is_newer = newer_observations(row.values[Column.ACCESS], venue.observations)
    return columns if is_newer else columns | {Column.ACCESS}


def _of_the_provider(
    *, previous: ProviderValues | None, provider: ProviderValues | None
) -> frozenset[Column]:
    if provider is not None and provider.pk is None:
        return frozenset()
    # No organisation in the row: its contact columns have nothing to change.
    stays = (previous and previous.pk) == (provider and provider.pk)
    return OF_PROVIDERS if stays else OF_PROVIDERS - PROVIDER_COLUMNS
