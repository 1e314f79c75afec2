"""Who runs each row: an organisation that is here, or a new one, made once for all its rows."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column
from hereabouts.intake.known import ProviderValues
from hereabouts.intake.rows import RowValues
from hereabouts.places.names import searchable


class ProviderResolver:
    """Finds or makes the organisation of a row; remembers what earlier rows of the file made."""

    def __init__(self, organisations: Iterable[ProviderValues]) -> None:
        """Index the organisations; of two with the same name, the first is found."""
        self._named: dict[str, ProviderValues] = {}
        self._identified: dict[UUID, ProviderValues] = {}
        for organisation in organisations:
            self._named.setdefault(searchable(organisation.name), organisation)
            self._identified[organisation.public_id] = organisation

    def resolve(self, row: RowValues, *, is_by_name: bool = False) -> ProviderValues | None:
        """The organisation with our identifier, else the one of this name, else a new one.

        A known one stays as it is. None where the row names nobody. `is_by_name` ignores the
        identifier: when only the name is new in the row, the identifier still is another's.
        """
        identifier = None if is_by_name else row.values[Column.PROVIDER_IDENTIFIER]
        name = searchable(row.values[Column.ORGANISATION])
        if identifier in self._identified:
            return self._identified[identifier]
        if not name:
            return None
        known = self._named.get(name)
        # An identifier tells one that is new with the file from all others in it.
        is_meant = known is not None and not (identifier and known.pk is None)
        return known if is_meant else self._new(row, identifier)

    def _new(self, row: RowValues, identifier: UUID | None) -> ProviderValues:
        fields = table.fields("provider", row.values)
        new = ProviderValues(
            pk=None, public_id=identifier or uuid4(), name=str(fields["name"]), fields=fields
        )
        self._named.setdefault(searchable(new.name), new)
        self._identified[new.public_id] = new
        return new
