"""Excel and OpenDocument workbooks as rows of text, read in a process of their own.

A workbook of a few kilobytes can claim a cell in the last corner of a sheet, and reading it then
asks for more memory than there is, which ends the process. So the web process starts this file as
a script: the workbook on its standard input, one JSON object on its standard output. Only the
standard library and calamine are imported here, so that it starts at once.
"""

import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

MAX_UNPACKED_BYTES = 100_000_000
MAX_MEMORY_BYTES = 1_500_000_000
MAX_SECONDS = 20
# All cells together: a workbook may say one long text a million times in few bytes.
MAX_CHARACTERS = 20_000_000

# What Python raises of a zip file that is damaged, or packed as we do not read it.
DAMAGED_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError,
)  # fmt: skip

Value = int | float | str | bool | time | date | datetime | timedelta
NumberedRow = tuple[int, list[str]]


class Problem(Exception):
    """Why a workbook was not read: one of the words that `spreadsheets.PROBLEMS` explains."""


def unpacked_size(content: bytes) -> int:
    """How many bytes a zipped workbook says that it unpacks to.

    Raises `Problem` "not_a_workbook" when it is not a zip file.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except DAMAGED_ZIP as error:
        raise Problem("not_a_workbook") from error


def read(content: bytes) -> list[NumberedRow]:
    """The rows of the first sheet that have anything in them, numbered as the sheet numbers them.

    Raises `Problem`.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        if not workbook.sheet_names:
            raise Problem("no_sheet")
        values = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except PasswordError as error:
        raise Problem("password") from error
    except CalamineError as error:
        raise Problem("not_a_workbook") from error
    return filled_rows([as_text(value) for value in row] for row in values)


def filled_rows(rows: Iterable[Sequence[str]]) -> list[NumberedRow]:
    """Rows with their number from 1, without those that are blank and without blank ends.

    Raises `Problem` "too_long" when there is more text than anybody wrote by hand.
    """
    found: list[NumberedRow] = []
    characters = 0
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        characters += sum(map(len, cells))
        if characters > MAX_CHARACTERS:
            raise Problem("too_long")
        if cells:
            found.append((number, cells))
    return found


def as_text(value: Value) -> str:
    """A cell as somebody would have typed it: whole numbers without a point, times as 13:30."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _clock(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    if isinstance(value, timedelta):
        return _clock(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _moment(value: datetime) -> str:
    # Excel counts days from the end of 1899: a time alone is a moment of that first day.
    if value.date() <= date(1900, 1, 1):
        return _clock(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    if value.time() == time():
        return value.date().isoformat()
    return f"{value:%Y-%m-%d %H:%M}"


def _clock(since_midnight: timedelta) -> str:
    # Fractions of a day rarely hit the minute exactly.
    minutes = round(since_midnight.total_seconds() / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def main() -> int:
    """Answer one workbook: `{"rows": …}` or `{"problem": …}`."""
    _limit_memory()
    try:
        answer: dict[str, object] = {"rows": read(sys.stdin.buffer.read())}
    except Problem as problem:
        answer = {"problem": str(problem)}
    json.dump(answer, sys.stdout)
    return 0


def _limit_memory() -> None:
    # Windows has no such limit; what asks for too much still ends only this process.
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main())
