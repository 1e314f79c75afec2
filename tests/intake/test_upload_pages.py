"""The pages where a file is uploaded and its columns are matched."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.activities.columns.headings import OF_MAPS, Column
from hereabouts.files import spreadsheets
from hereabouts.imports.models import ImportBatch
from tests.intake.pages import UPLOAD, text_of, url_of
from tests.intake.timetables import csv_of, imported, row, uploaded


def test_upload_keeps_the_file_and_leads_to_its_columns(signed_in: Client) -> None:
    file = SimpleUploadedFile("timetable.csv", csv_of([row(), row(NAME="Other")]))

    response = signed_in.post(UPLOAD, {"file": file}, follow=True)

    kept = ImportBatch.objects.get()
    assert response.redirect_chain == [(url_of(kept, "columns"), 302)]
    assert kept.rows.count() == 2
    assert "Match the columns" in text_of(response)
    assert "For example: Gentle movers; Other" in text_of(response)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Choose a file."),
        (SimpleUploadedFile("a.csv", b""), "The file is empty."),
        (SimpleUploadedFile("a.csv", b"name\n"), "no rows"),
        (SimpleUploadedFile("a.pdf", b"%PDF"), "csv, xlsx, ods, kml, kmz and geojson"),
        (SimpleUploadedFile("a.csv", b"x" * 10_000_001), "larger than 10 MB"),
    ],
)
def test_upload_says_beside_the_field_what_is_wrong(
    file: SimpleUploadedFile | None, sentence: str, signed_in: Client
) -> None:
    if file:
        file.seek(0)

    response = signed_in.post(UPLOAD, {"file": file} if file else {})

    assert sentence in text_of(response)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_template_comes_back_as_every_column_of_ours(ending: str, signed_in: Client) -> None:
    response = signed_in.get(reverse("activities_imports:template", args=[ending]))

    sheet = spreadsheets.read(file_name=f"a.{ending}", content=response.content)
    ours = [str(column.label) for column in Column if column not in OF_MAPS]
    assert list(sheet.headings) == ours
    assert "made up" in sheet.rows[0][1][0]


def test_columns_are_matched_as_chosen(signed_in: Client, manager: User, now: datetime) -> None:
    content = b"what,where\nGentle movers,Millbeck Hall\n"
    batch = uploaded(content, name="a.csv", by=manager, at=now)

    response = signed_in.post(url_of(batch, "columns"), {"NAME": "0", "VENUE": "1"})

    batch.refresh_from_db()
    assert response["Location"] == url_of(batch, "check")
    assert batch.columns == {"what": "NAME", "where": "VENUE"}


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"VENUE": "1"}, "Choose the heading under which the activities&#x27; names are."),
        ({"NAME": "0", "VENUE": "0"}, "matched with “Name of the activity” already"),
        ({"NAME": "99"}, "Select a valid choice"),
    ],
)
def test_columns_refuses_what_cannot_be(
    chosen: dict[str, str], sentence: str, signed_in: Client, batch: ImportBatch
) -> None:
    assert sentence in text_of(signed_in.post(url_of(batch, "columns"), chosen))


def test_columns_of_a_saved_import_stay_as_they_are(
    signed_in: Client, manager: User, now: datetime
) -> None:
    batch = imported(csv_of([row()]), by=manager, at=now)

    response = signed_in.post(url_of(batch, "columns"), {"NAME": "1"})

    assert "The rows are being saved or are saved." in text_of(response)
