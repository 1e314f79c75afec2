"""Who runs each row: an organisation that we have, or a new one, made once for all its rows."""

from collections.abc import Iterable
from uuid import UUID

from hereabouts.activities.columns.table import TABLE, fill
from hereabouts.intake.rows import RowValues
from hereabouts.partners.models import Organisation
from hereabouts.places.names import searchable

OF_PROVIDERS = [column for column, entry in TABLE.items() if entry.of == "provider"]


class Providers:
    """Finds or makes the organisation of a row; remembers what earlier rows of the file made."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        """Of two with one name the first is the one meant."""
        self._named: dict[str, Organisation] = {}
        self._identified: dict[UUID, Organisation] = {}
        for one in organisations:
            self._named.setdefault(searchable(one.name), one)
            self._identified[one.public_id] = one

    def provider_of(self, values: RowValues, *, is_by_name: bool = False) -> Organisation | None:
        """The one with our identifier, else the one of this name, else a new one.

        What we know of one stays as it is. None where the row names nobody. `is_by_name` when only
        the name is new in the row: the identifier is still that of another.
        """
        identifier = None if is_by_name else values.provider_identifier
        name = searchable(values.organisation)
        if identifier in self._identified:
            return self._identified[identifier]
        if not name:
            return None
        known = self._named.get(name)
        # An identifier tells one that is new with the file from all others in it.
        is_meant = known is not None and not (identifier and known._state.adding)
        return known if is_meant else self._new(values, identifier)

    def _new(self, values: RowValues, identifier: UUID | None) -> Organisation:
        new = Organisation()
        for column in OF_PROVIDERS:
            fill(new, column, values.read[column])
        if identifier:
            new.public_id = identifier
        self._named.setdefault(searchable(new.name), new)
        self._identified[new.public_id] = new
        return new
