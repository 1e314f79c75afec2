"""Files as headings and rows of text, and the other way round."""

import codecs
import csv
import itertools
import json
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from hereabouts.core.text import printable
from hereabouts.files import maps, workbooks
from hereabouts.files.formulas import escape_formula, unescape_formula
from hereabouts.files.unreadable import UnreadableFile

MAX_BYTES = 10_000_000
MAX_ROWS = 2_000
MAX_COLUMNS = 100

DELIMITERS = ",;\t"
# Excel's own first line of a csv file: it says what separates the cells, and is no heading.
SEPARATOR = re.compile(r"\s*\"?sep=(?P<delimiter>[^\w\s\"]|\t)?\"?[\s,;]*", re.IGNORECASE)
# What no text holds. Cells lose the lesser ones below; these say that it is no text at all.
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
ZIP_START, OLD_OFFICE_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def never(_cell: str) -> bool:
    """Knows no heading."""
    return False


# What the process that reads workbooks answers, in words.
PROBLEMS = {
    "no_sheet": gettext_lazy("There is no sheet in the file. Open it, look, and save it again."),
    "password": gettext_lazy(
        "The file is locked with a password. Open it, save a copy without one, and upload that."
    ),
    "not_a_workbook": gettext_lazy(
        "The file could not be opened as a spreadsheet. Open it in your spreadsheet program, save "
        "it as xlsx or csv, and upload that."
    ),
    "too_long": gettext_lazy(
        "There is more text in the file than we can take. Split it into smaller files."
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A table of text: no two headings are the same, none is empty.

    A row has its number in the file. It may have more cells than there are headings (then
    something went wrong in it), and never fewer.
    """

    headings: tuple[str, ...]
    rows: tuple[workbooks.NumberedRow, ...]
    # Lines and areas of a map, which are no rows.
    shapes_left_out: int = 0


def read(
    *,
    file_name: str,
    content: bytes,
    is_heading: Callable[[str], bool] = never,
    reserved: Collection[str] = (),
) -> Sheet:
    """Headings and rows of a csv, xlsx, ods, kml, kmz or geojson file. Raises `UnreadableFile`.

    One filled cell above several is taken for a title and left out, unless `is_heading` knows it.
    A heading that is `reserved` gets a number: "columns (2)".
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFile(_("The file is larger than 10 MB. Split it into smaller files."))
    if not content.strip():
        raise UnreadableFile(_("The file is empty. Choose the file with your activities in it."))
    ending = Path(file_name).suffix.lower()
    if ending not in maps.READERS:
        read_rows = _read_rows(ending=ending, content=content)
        cleaned = [(number, [_clean(cell) for cell in cells]) for number, cells in read_rows]
        return _as_sheet(_without_title(cleaned, is_heading), reserved)
    pins = maps.READERS[ending](content)
    # No spreadsheet opens it, so no formula in it is escaped.
    rows = [(number, [printable(cell).strip() for cell in cells]) for number, cells in pins.rows()]
    sheet = _as_sheet(rows, reserved)
    return replace(sheet, shapes_left_out=pins.shapes_left_out)


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A csv file that every spreadsheet program opens with its letters right, and no formula."""
    return b"".join(csv_lines(headings, rows))


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The same row by row, for a file that is too long to hold."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    yield codecs.BOM_UTF8
    for row in itertools.chain((headings,), rows):
        writer.writerow([escape_formula(cell) for cell in row])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()


def as_xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An Excel workbook with one sheet, its headings in bold, every cell text."""
    file = BytesIO()
    write_xlsx(file, headings, rows)
    return file.getvalue()


def write_xlsx(file: IO[bytes], headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """The same into `file`, row by row."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    for place in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 24
    bold = [WriteOnlyCell(sheet, value=escape_formula(heading)) for heading in headings]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    for row in rows:
        sheet.append([_as_text(sheet, escape_formula(cell)) for cell in row])
    workbook.save(file)


def _as_text(sheet: Any, cell: str) -> Any:
    """A cell that stays text: openpyxl would take "#N/A" for a sum that failed."""
    if not cell.startswith("#"):
        return cell
    text = WriteOnlyCell(sheet, value=cell)
    text.data_type = "s"
    return text


def _read_rows(*, ending: str, content: bytes) -> list[workbooks.NumberedRow]:
    if ending == ".csv":
        return _read_text(content)
    if ending in {".xlsx", ".ods"}:
        return _read_workbook(content)
    raise UnreadableFile(
        _("We can read csv, xlsx, ods, kml, kmz and geojson files. Save yours as one of these.")
    )


def _read_text(content: bytes) -> list[workbooks.NumberedRow]:
    if content.startswith((ZIP_START, OLD_OFFICE_START)):
        raise UnreadableFile(
            _("The file is called csv but is a workbook. Open it and save it as csv or xlsx.")
        )
    text = _decode(content)
    if text is None or NOT_TEXT.search(text):
        raise UnreadableFile(
            _("The file is called csv but is not text. Open it and save it as csv or xlsx.")
        )
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return workbooks.filled_rows(reader)
    except csv.Error as error:
        raise UnreadableFile(
            _(
                "The quotation marks do not pair up around line %(line)s of the file. "
                "Open it in your spreadsheet program and save it as csv again."
            )
            % {"line": reader.line_num}
        ) from error


def _decode(content: bytes) -> str | None:
    """The text in `content`; None when it is none."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text: str) -> str:
    """The one that the file names, or that cuts the headings into most pieces; else a comma."""
    filled = [line for line in text.splitlines() if line.strip()]
    named = SEPARATOR.fullmatch(filled[0]) if filled else None
    if named and named["delimiter"]:
        return named["delimiter"]
    # A title above the headings may have nothing to cut.
    cut = (line for line in filled[:3] if any(delimiter in line for delimiter in DELIMITERS))
    return max(DELIMITERS, key=next(cut, "").count)


def _read_workbook(content: bytes) -> list[workbooks.NumberedRow]:
    if content.startswith(OLD_OFFICE_START):
        raise UnreadableFile(
            _(
                "The file is locked with a password, or is an old Excel file. "
                "Open it and save it as xlsx without a password."
            )
        )
    try:
        if workbooks.unpacked_size(content) > workbooks.MAX_UNPACKED_BYTES:
            raise workbooks.Problem("too_long")
        return _read_apart(content)
    except workbooks.Problem as problem:
        raise UnreadableFile(str(PROBLEMS[str(problem)])) from problem


def _read_apart(content: bytes) -> list[workbooks.NumberedRow]:
    """Read a workbook in another process, which may run out of memory without hurting this one."""
    command = [sys.executable, "-I", str(Path(workbooks.__file__))]
    try:
        answered = subprocess.run(
            command, input=content, capture_output=True, timeout=workbooks.MAX_SECONDS, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise workbooks.Problem("not_a_workbook") from error
    answer = json.loads(answered.stdout)
    if "problem" in answer:
        raise workbooks.Problem(answer["problem"])
    return [(number, cells) for number, cells in answer["rows"]]


def _clean(cell: str) -> str:
    """A cell without invisible characters, and without the mark that keeps it from being run."""
    return unescape_formula(printable(cell).strip())


def _without_title(
    rows: Sequence[workbooks.NumberedRow], is_heading: Callable[[str], bool]
) -> Sequence[workbooks.NumberedRow]:
    """The rows from the headings on: above them may stand how cells are separated, and a title.

    One filled cell above several is a title, unless it is a known heading: then a text with a comma
    in it lacks its quotation marks below.
    """
    if rows and SEPARATOR.fullmatch("".join(rows[0][1])):
        rows = rows[1:]
    filled = [[cell for cell in cells if cell] for _number, cells in rows[:2]]
    is_titled = [len(cells) > 1 for cells in filled] == [False, True]
    return rows[1:] if is_titled and not is_heading(filled[0][0]) else rows


def _as_sheet(rows: Sequence[workbooks.NumberedRow], reserved: Collection[str]) -> Sheet:
    if not rows:
        raise UnreadableFile(_("The file is empty. Choose the file with your activities in it."))
    (heading_number, heading_cells), *below = rows
    if not below:
        raise UnreadableFile(_("There are headings in the file but no rows. Add rows below them."))
    if len(below) > MAX_ROWS:
        raise UnreadableFile(
            _(
                "There are more than 2,000 rows in the file, and that is as many as we can take. "
                "Split it into files of 2,000 rows or fewer, each with the headings."
            )
        )
    _refuse_wide([(heading_number, heading_cells), *below])
    headings = _numbered_apart(heading_cells, reserved)
    return Sheet(
        headings=tuple(headings),
        rows=tuple(
            (number, cells + [""] * (len(headings) - len(cells))) for number, cells in below
        ),
    )


def _refuse_wide(rows: Sequence[workbooks.NumberedRow]) -> None:
    for number, cells in rows:
        if len(cells) > MAX_COLUMNS:
            raise UnreadableFile(
                _("Row %(number)s has more than 100 columns. Keep only the columns that matter.")
                % {"number": number}
            )


def _numbered_apart(cells: Sequence[str], reserved: Collection[str]) -> list[str]:
    """Headings of which none is empty and no two are the same: "notes", "notes (2)"."""
    headings: list[str] = []
    for place, cell in enumerate(cells, start=1):
        wanted = " ".join(cell.split())[:200] or _("Column %(place)s") % {"place": place}
        heading, copy = wanted, 1
        while heading in headings or heading in reserved:
            copy += 1
            heading = f"{wanted} ({copy})"
        headings.append(heading)
    return headings
