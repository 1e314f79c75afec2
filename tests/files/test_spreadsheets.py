"""Every kind of file that people upload, and every kind that nobody should."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from hereabouts.files import spreadsheets, workbooks
from hereabouts.files.spreadsheets import Sheet, as_csv, as_xlsx
from hereabouts.files.unreadable import UnreadableFile

HEADINGS = ["name", "day"]
ROWS = [["Gentle movers", "Thursday"], ["Café walk", "Friday"]]
CSV = b"name,day\r\nGentle movers,Thursday\r\n"


def csv(content: bytes) -> Sheet:
    """Read as an import does that knows "Activity name" and keeps "columns" for itself."""
    return spreadsheets.read(
        file_name="timetable.csv",
        content=content,
        is_heading="Activity name".__eq__,
        reserved={"columns"},
    )


def cells(sheet: Sheet) -> list[list[str]]:
    return [row for _number, row in sheet.rows]


def xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook as Excel would save it."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """The least that an OpenDocument spreadsheet of text can be."""
    from xml.sax.saxutils import escape

    table_rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
        '<office:body><office:spreadsheet><table:table table:name="Sheet1">'
        f"{table_rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


@pytest.mark.parametrize(
    ("file_name", "content"),
    [
        ("a.csv", as_csv(HEADINGS, ROWS)),
        ("a.CSV", "name;day\nGentle movers;Thursday\nCafé walk;Friday".encode()),
        ("a.csv", "name\tday\nGentle movers\tThursday\nCafé walk\tFriday".encode()),
        ("a.csv", "name,day\nGentle movers,Thursday\nCafé walk,Friday".encode("cp1252")),
        ("a.csv", "name,day\nGentle movers,Thursday\nCafé walk,Friday".encode("utf-16")),
        ("a.csv", 'name,day\r"Gentle movers",Thursday\rCafé walk,Friday\r'.encode()),
        ("a.xlsx", as_xlsx(HEADINGS, ROWS)),
        ("a.ods", ods([HEADINGS, *ROWS])),
    ],
    ids=["own csv", "semicolons", "tabs", "cp1252", "utf-16", "old mac", "xlsx", "ods"],
)
def test_read_gives_the_same_for_every_format(file_name: str, content: bytes) -> None:
    sheet = spreadsheets.read(file_name=file_name, content=content)

    assert sheet == Sheet(headings=("name", "day"), rows=((2, ROWS[0]), (3, ROWS[1])))


def test_rows_keep_the_number_they_have_in_the_file_and_blank_ones_are_skipped() -> None:
    sheet = csv(b"\nname,day\n\nA,Monday\n , \nB,Friday\n")

    assert sheet.rows == ((4, ["A", "Monday"]), (6, ["B", "Friday"]))


def test_a_cell_may_hold_several_lines() -> None:
    assert cells(csv(b'name,notes\nA,"one\ntwo"\nB,\n')) == [["A", "one\ntwo"], ["B", ""]]


def test_a_short_row_is_filled_up_and_a_long_one_stays_long() -> None:
    assert cells(csv(b"name,day\nA\nB,Friday,more\n")) == [["A", ""], ["B", "Friday", "more"]]


def test_headings_are_told_apart() -> None:
    sheet = csv(b"name,,notes,notes,columns\nA,b,c,d,e\n")

    assert sheet.headings == ("name", "Column 2", "notes", "notes (2)", "columns (2)")


@pytest.mark.parametrize(
    "content",
    [
        b"Spring timetable 2026\nname;day\nA, too;Monday\n",
        b"Spring timetable 2026;\nname;day\nA, too;Monday\n",
        b';"Spring timetable, 2026";\nname;day\nA, too;Monday\n',
        b"sep=;\nname;day\nA, too;Monday\n",
        b"sep=|\nname|day\nA, too|Monday\n",
        b"sep=\t\nname\tday\nA, too\tMonday\n",
        b'"sep=;"\nname;day\nA, too;Monday\n',
        b"sep=;\nSpring timetable, 2026\nname;day\nA, too;Monday\n",
    ],
)
def test_a_title_and_what_separates_the_cells_are_no_headings(content: bytes) -> None:
    sheet = csv(content)

    assert sheet.headings == ("name", "day")
    assert cells(sheet) == [["A, too", "Monday"]]
    # Those who look for a row in their file find it.
    assert sheet.rows[0][0] == len(content.splitlines())


def test_a_title_in_a_workbook_is_no_heading() -> None:
    content = xlsx([["Spring timetable 2026"], ["name", "day"], ["A", "Monday"]])

    sheet = spreadsheets.read(file_name="a.xlsx", content=content)

    assert sheet.headings == ("name", "day")
    assert sheet.rows == ((3, ["A", "Monday"]),)


@pytest.mark.parametrize("content", [b"Activity name\nWalk, slow\n", b"Club\nWalk\nDance\n"])
def test_one_column_keeps_its_heading(content: bytes) -> None:
    assert csv(content).headings == (content.splitlines()[0].decode(),)


def test_a_formula_in_a_csv_stays_text() -> None:
    assert cells(csv(b"name,day\n=1+1,@SUM(A1)\n")) == [["=1+1", "@SUM(A1)"]]


def test_a_formula_in_a_workbook_gives_the_value_it_last_had() -> None:
    content = xlsx([["name", "total"], ["A", "=1+1"]])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            text = old.read(member).replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
            new.writestr(member, text.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>"))

    sheet = spreadsheets.read(file_name="a.xlsx", content=file.getvalue())

    assert cells(sheet) == [["A", "2"]]


def test_times_dates_and_numbers_of_a_workbook_become_what_a_person_would_type() -> None:
    typed = [time(13, 30), date(2026, 1, 5), datetime(2026, 1, 5, 9, 5), 3, 3.5, True, None]  # noqa: DTZ001  # Excel has no zones

    sheet = spreadsheets.read(file_name="a.xlsx", content=xlsx([list("abcdefg"), typed]))

    assert cells(sheet) == [["13:30", "2026-01-05", "2026-01-05 09:05", "3", "3.5", "yes", ""]]


def test_a_fraction_of_a_day_that_is_shown_as_a_time_is_that_time() -> None:
    workbook = Workbook()
    workbook.active.append(["start"])
    workbook.active.append([0.5625])
    workbook.active["A2"].number_format = "hh:mm"

    assert cells(spreadsheets.read(file_name="a.xlsx", content=saved(workbook))) == [["13:30"]]


def test_times_dates_and_amounts_of_an_opendocument_sheet_are_read_too() -> None:
    typed = (
        '<table:table-cell office:value-type="time" office:time-value="PT13H30M00S"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-01-05"/>'
        '<table:table-cell office:value-type="currency" office:value="3.5"/>'
    )
    plain = '<table:table-cell office:value-type="string"><text:p>here</text:p></table:table-cell>'
    file = io.BytesIO()
    content = ods([["start", "first date", "cost"], ["here"]])
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for member in old.namelist():
            new.writestr(member, old.read(member).decode().replace(plain, typed))

    sheet = spreadsheets.read(file_name="a.ods", content=file.getvalue())

    assert cells(sheet) == [["13:30", "2026-01-05", "3.5"]]


def test_what_we_write_is_no_formula_and_comes_back_as_it_was() -> None:
    row = ["=1+1", "+44 115 496 0142"]

    for name, content in (("a.csv", as_csv(HEADINGS, [row])), ("a.xlsx", as_xlsx(HEADINGS, [row]))):
        assert cells(spreadsheets.read(file_name=name, content=content)) == [row]
    assert b"'=1+1" in as_csv(HEADINGS, [row])


@pytest.mark.parametrize(
    ("file_name", "content", "sentence"),
    [
        ("a.csv", b"", "is empty"),
        ("a.csv", b"\n , \n", "is empty"),
        ("a.csv", b"name,day\n", "no rows"),
        ("a.csv", b"name\n" + b"x" * 10_000_001, "larger than 10 MB"),
        ("a.csv", b"name\n" + b"x\n" * 2_001, "more than 2,000 rows"),
        ("a.csv", b"x," * 100 + b"x\na\n", "more than 100 columns"),
        ("a.csv", b"name\nA\x00B\n", "not text"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text"),
        ("a.csv", b"caf\x81", "not text"),
        ("a.csv", as_xlsx(HEADINGS, ROWS), "is a workbook"),
        ("a.csv", b'name,day\nA,"Monday\nB,Friday\n', "do not pair up"),
        ("a.xlsx", CSV, "could not be opened"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "could not be opened"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked", "password"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "csv, xlsx, ods, kml, kmz and geojson"),
        ("a.pdf", b"%PDF-1.7", "csv, xlsx, ods, kml, kmz and geojson"),
        ("a", CSV, "csv, xlsx, ods, kml, kmz and geojson"),
    ],
)
def test_read_refuses_what_it_cannot_take_and_says_what_to_do(
    file_name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        spreadsheets.read(file_name=file_name, content=content)


def test_read_refuses_a_zip_that_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("letter.txt", "hello")

    with pytest.raises(UnreadableFile, match="could not be opened"):
        spreadsheets.read(file_name="a.xlsx", content=file.getvalue())


def test_read_refuses_a_workbook_that_unpacks_to_more_than_100_mb() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (workbooks.MAX_UNPACKED_BYTES + 1))
    assert len(file.getvalue()) < 200_000

    with pytest.raises(UnreadableFile, match="more text"):
        spreadsheets.read(file_name="a.xlsx", content=file.getvalue())


def test_read_survives_a_workbook_that_asks_for_more_memory_than_there_is() -> None:
    workbook = Workbook()
    workbook.active["A1"], workbook.active["XFD1048576"] = "name", "far away"

    with pytest.raises(UnreadableFile, match="could not be opened"):
        spreadsheets.read(file_name="a.xlsx", content=saved(workbook))


def test_read_refuses_a_workbook_that_says_a_long_text_very_often() -> None:
    rows = [["x" * 5_000] * 10] * 500
    content = xlsx([["name"] * 10, *rows])
    assert len(content) < 1_000_000

    with pytest.raises(UnreadableFile, match="more text"):
        spreadsheets.read(file_name="a.xlsx", content=content)


def test_script_in_every_cell_is_only_text() -> None:
    script = "<script>alert(1)</script>"

    assert cells(csv(f"name,day\n{script},{script}\n".encode())) == [[script, script]]


printable = st.text(
    st.characters(blacklist_categories=["Cs", "Cc", "Cn", "Co"], blacklist_characters="\ufeff"),
    max_size=30,
).map(lambda text: text.strip().removeprefix("'"))
tables = st.lists(st.lists(printable, min_size=3, max_size=3).filter(any), min_size=1, max_size=6)


@settings(max_examples=30, deadline=None)
@given(rows=tables)
def test_what_is_written_comes_back_from_every_format(rows: list[list[str]]) -> None:
    headings = ["name", "day", "notes"]
    files = {
        "a.csv": as_csv(headings, rows),
        "a.xlsx": as_xlsx(headings, rows),
        "a.ods": ods([headings, *[[" ".join(cell.split()) for cell in row] for row in rows]]),
    }

    for name, content in files.items():
        sheet = spreadsheets.read(file_name=name, content=content)
        came_back = [[" ".join(cell.split()) for cell in row] for row in cells(sheet)]
        assert came_back == [[" ".join(cell.split()) for cell in row] for row in rows]
