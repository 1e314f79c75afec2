"""Every page of an import: who may open it, and that text of a file stays text."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client

from hereabouts.accounts.models import User
from hereabouts.activities.columns.headings import Column
from hereabouts.imports import actions
from hereabouts.imports.models import ImportBatch, ImportRow
from tests import make
from tests.intake.pages import PAGES, SCRIPT, UPLOAD, every_url, text_of, url_of
from tests.intake.timetables import csv_of, uploaded


@pytest.mark.parametrize("name", PAGES)
def test_no_page_opens_for_somebody_who_is_not_signed_in(
    name: str, client: Client, batch: ImportBatch
) -> None:
    response = client.post(every_url(batch)[name])

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_opens_for_somebody_who_may_not_import(
    name: str, method: str, client: Client, batch: ImportBatch
) -> None:
    client.force_login(make.organiser_of(make.organisation()))

    response = getattr(client, method)(every_url(batch)[name])

    assert response.status_code == 403
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.MATCHED


def test_every_page_is_among_those_that_are_guarded(batch: ImportBatch) -> None:
    assert set(PAGES) == set(every_url(batch))


@pytest.mark.parametrize("name", ["columns", "check", "result"])
def test_script_in_every_field_stays_text_on_every_page(
    name: str, signed_in: Client, manager: User, now: datetime
) -> None:
    cells: dict[str, str] = dict.fromkeys(map(str, Column), SCRIPT)
    columns = ",".join(f"{SCRIPT}{column.label}" for column in Column)
    content = csv_of([cells, {Column.NAME: SCRIPT, Column.VENUE: SCRIPT}])
    content = content.replace(content.splitlines()[0], columns.encode())
    batch = uploaded(content, name=f"{SCRIPT}.csv", by=manager, at=now)
    matches = dict(zip(batch.headings, Column, strict=True))
    make.venue(name=SCRIPT, town="Here")
    actions.match_columns(batch=batch, columns=matches)
    if name == "result":
        actions.start(batch=batch, at=now)
        actions.save_rows(batch=batch, by=manager, at=now)

    text = text_of(signed_in.get(url_of(batch, name)))

    assert SCRIPT not in text
    assert "&lt;script&gt;alert(1)" in text


@pytest.mark.open_data
def test_a_real_timetable_walks_through_every_page(open_data: Path, signed_in: Client) -> None:
    path = open_data / "sessions" / "strength_balance_sessions_from_web_pages.csv"
    file = BytesIO(path.read_bytes())
    file.name = path.name

    uploaded = signed_in.post(UPLOAD, {"file": file}, follow=True)
    batch = ImportBatch.objects.get()
    guessed = {
        column: str(batch.headings.index(heading)) for heading, column in batch.columns.items()
    }
    checked = signed_in.post(url_of(batch, "columns"), guessed, follow=True)
    saved = signed_in.post(url_of(batch, "check"), {"then": "save"}, follow=True)

    assert uploaded.status_code == 200
    assert "23 become drafts." in text_of(checked)
    assert "23 became drafts." in text_of(saved)
    assert ImportRow.objects.filter(outcome=ImportRow.Outcome.DRAFT).count() == 23
