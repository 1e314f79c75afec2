"""The rows that were left out: downloaded with their reasons, corrected, imported again."""

from datetime import datetime

from django.test import Client

from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity
from hereabouts.files import spreadsheets
from hereabouts.imports.models import ImportRow
from tests.intake.pages import url_of
from tests.intake.timetables import csv_of, imported, row


def test_the_rows_left_out_come_with_their_reasons_and_no_formula(
    signed_in: Client, manager: User, now: datetime
) -> None:
    content = csv_of([row(NAME="=HYPERLINK(1)", DAY="Funday"), row()])
    batch = imported(content, by=manager, at=now)

    response = signed_in.get(url_of(batch, "left_out", "csv"))
    sheet = spreadsheets.read(file_name="a.csv", content=response.content)

    assert b"'=HYPERLINK(1)" in response.content
    assert sheet.headings[-1] == "Why it was left out"
    assert len(sheet.rows) == 1
    assert "Write one day such as Thursday." in sheet.rows[0][1][-1]


def test_the_rows_left_out_come_with_the_cells_beyond_the_headings(
    signed_in: Client, manager: User, now: datetime
) -> None:
    content = b"Name,Why it was left out,Notes\nA,old,every week, bring water\nB,,x\n,,y\n"
    batch = imported(content, by=manager, at=now)

    download = signed_in.get(url_of(batch, "left_out", "csv")).content
    sheet = spreadsheets.read(file_name="a.csv", content=download)

    assert sheet.headings == ("Name", "Notes", "Beyond the headings, cell 4", "Why it was left out")
    assert [cells[:-1] for _number, cells in sheet.rows] == [
        ["A", "every week", "bring water"],
        ["", "y", ""],
    ]


def test_rows_left_out_can_be_corrected_and_uploaded_again(
    signed_in: Client, manager: User, now: datetime
) -> None:
    batch = imported(csv_of([row(DAY="Funday")]), by=manager, at=now)
    download = signed_in.get(url_of(batch, "left_out", "csv")).content

    imported(download.replace(b"Funday", b"Friday"), by=manager, at=now)

    assert "Why it was left out" not in Activity.objects.published().get().imported_values


def test_what_is_beyond_the_headings_keeps_its_row_out_until_it_is_put_right(
    signed_in: Client, manager: User, now: datetime
) -> None:
    batch = imported(b"Name,For whom,Cost\nGentle,Warm, friendly,3\n", by=manager, at=now)
    download = signed_in.get(url_of(batch, "left_out", "csv")).content

    again = imported(download, by=manager, at=now)
    put_right = download.replace(b"Warm,friendly,3", b'"Warm, friendly",3,')
    third = imported(put_right, by=manager, at=now)

    reason = again.rows.get().reasons[0]
    assert reason.startswith("There is text below “Beyond the headings, cell 4”. Perhaps a text")
    assert third.rows.get().outcome == ImportRow.Outcome.DRAFT
    assert Activity.objects.get().for_whom == "Warm, friendly"


def test_a_column_that_the_sender_left_without_a_heading_keeps_no_row_out(
    manager: User, now: datetime
) -> None:
    content = b"Name,,Column 3,Cost\nGentle,some,thing,3\n"

    batch = imported(content, by=manager, at=now)

    assert batch.headings == ["Name", "Column 2", "Column 3", "Cost"]
    assert batch.rows.get().outcome == ImportRow.Outcome.DRAFT
