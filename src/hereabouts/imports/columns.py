"""How a column of a file is read into a record, and written from one."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from hereabouts.core.text import printable
from hereabouts.imports.cells import UnreadableCell

Record = TypeVar("Record")
Cells = Mapping[str, str]
# Of a cell that cannot be read, so much is shown.
SHOWN_CHARACTERS = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnSpec(Generic[Record]):
    """One column. `parse` raises `UnreadableCell`; `empty` is what an empty cell means.

    `field` is the record's field, or that of its `owner`, which the value fills as it stands; none
    for what only makes sense with other columns.
    """

    parse: Callable[[str], Any]
    format: Callable[[Record], str]
    empty: Any = ""
    field: str = ""
    owner: str = ""


def parse_cells(
    cells: Cells, specs: Mapping[Any, ColumnSpec[Any]], *, headings: Mapping[str, StrOrPromise]
) -> tuple[dict[Any, Any], list[str]]:
    """Column → value for every column, and a sentence for each cell that cannot be read.

    `headings` are the names of the columns for the sentences.
    """
    values, reasons = {}, []
    for column, spec in specs.items():
        text = cells.get(column, "")
        values[column] = spec.empty
        if not text:
            continue
        try:
            values[column] = spec.parse(text)
        except UnreadableCell as unreadable:
            reasons.append(
                _("“%(heading)s” says “%(text)s”. %(advice)s")
                % {
                    "heading": headings.get(column, column),
                    "text": text
                    if len(text) <= SHOWN_CHARACTERS
                    else f"{text[:SHOWN_CHARACTERS]}…",
                    "advice": unreadable,
                }
            )
    return values, reasons


def format_cells(record: Record, specs: Mapping[Any, ColumnSpec[Record]]) -> dict[Any, str]:
    """Column → text for every column, as it comes back when it is read again."""
    return {column: _as_it_comes_back(spec.format(record)) for column, spec in specs.items()}


def fingerprint(cells: Cells) -> str:
    """A short code that changes as soon as any of the texts does: "k3v2…", 16 characters.

    An export writes it beside each record; an import sees by it whether somebody changed the record
    after the export. Mostly letters: a spreadsheet would take many digits for a number.
    """
    digest = hashlib.sha256("\x1f".join(cells.values()).encode()).digest()
    return base64.b32encode(digest[:10]).decode().lower()


def means_another(spec: ColumnSpec[Any], text: str, value: Any) -> bool:
    """Does `text`, as we would write it, mean anything but `value`, which a file says?

    Spreadsheets write dates and prices in their own way: "3.5" means what "£3.50" does.
    """
    try:
        return bool((spec.parse(text) if text else spec.empty) != value)
    except UnreadableCell:
        return True


def _as_it_comes_back(text: str) -> str:
    # Browsers send two characters at the end of a line, XML keeps one.
    return printable(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
