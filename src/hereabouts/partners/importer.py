"""Declares how files of organisations come in."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial

from django.db import models
from django.utils.translation import gettext_lazy as _

from hereabouts.accounts.models import User
from hereabouts.imports import cells
from hereabouts.imports.columns import ColumnSpec
from hereabouts.imports.tables import TableImporter
from hereabouts.partners import actions
from hereabouts.partners.models import Organisation
from hereabouts.places.names import searchable

Sector = Organisation.Sector


class Column(models.TextChoices):
    """What a column of a file can tell of an organisation, in the template's order."""

    NAME = "NAME", _("Name")
    SECTOR = "SECTOR", _("Sector")
    PHONE = "PHONE", _("Phone")
    EMAIL = "EMAIL", _("E-mail")
    WEBSITE = "WEBSITE", _("Website")
    IDENTIFIER = "IDENTIFIER", _("Identifier")


TABLE: Mapping[str, ColumnSpec[Organisation]] = {
    Column.NAME: ColumnSpec(
        parse=partial(cells.read_words, most=200),
        format=lambda organisation: organisation.name,
        field="name",
    ),
    Column.SECTOR: ColumnSpec(
        parse=partial(cells.read_choice, among=Sector),
        format=lambda organisation: cells.write_choice(organisation.sector, Sector),
        empty=Sector.NOT_STATED,
        field="sector",
    ),
    Column.PHONE: ColumnSpec(
        parse=cells.read_phone, format=lambda organisation: organisation.phone, field="phone"
    ),
    Column.EMAIL: ColumnSpec(
        parse=cells.read_email, format=lambda organisation: organisation.email, field="email"
    ),
    Column.WEBSITE: ColumnSpec(
        parse=cells.read_website, format=lambda organisation: organisation.website, field="website"
    ),
    Column.IDENTIFIER: ColumnSpec(
        parse=cells.read_identifier,
        format=lambda organisation: str(organisation.public_id),
        empty=None,
    ),
}


class OrganisationImporter(TableImporter[Organisation]):
    """A register of charities and small groups, as csv, xlsx or ods."""

    kind = "organisations"
    label = _("Organisation")
    aside_label = _("What the file says of it")
    columns = Column
    required = Column.NAME
    required_error = _("Choose the heading under which the organisations' names are.")
    missing_name = _("There is no name. Give the organisation one.")
    same_as_row = _("This is the same organisation as row %(number)s.")
    identifier = Column.IDENTIFIER
    usual = frozenset(Column)
    help = {
        Column.SECTOR: _("Such as: Voluntary and community; leave it empty where nobody has said."),
        Column.IDENTIFIER: _("From our export: leave it as it is. For a new one leave it empty."),
    }
    table = TABLE
    synonyms = {
        Column.NAME: ("name", "organisation", "organization", "charity", "group", "provider"),
        Column.SECTOR: ("sector", "type of organisation"),
        Column.PHONE: ("phone", "telephone", "tel", "phone number", "contact number"),
        Column.EMAIL: ("email", "e mail", "email address", "contact email"),
        Column.WEBSITE: ("website", "web site", "url", "link", "web address"),
        Column.IDENTIFIER: ("identifier",),
    }
    example = {
        Column.NAME: "EXAMPLE (made up): Heath End Movers",
        Column.SECTOR: "Voluntary and community",
        Column.PHONE: "0115 496 0165",
        Column.EMAIL: "hello@example.org",
        Column.WEBSITE: "https://example.org",
    }
    import_permission = change_permission = "partners.add_organisation"
    templates = "partners/staff/imports"
    download_name = "organisations"

    def records(self) -> Iterable[Organisation]:
        return Organisation.objects.order_by("pk")

    def new(self) -> Organisation:
        return Organisation()

    def compared(self, name: str) -> str:
        return searchable(name)

    def save(self, record: Organisation, *, by: User | None, at: datetime) -> Organisation:
        return actions.save_organisation(organisation=record, by=by, at=at)


ORGANISATIONS = OrganisationImporter()
