"""The pages that import a spreadsheet, walked through; who may open them."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Protocol

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hereabouts.accounts.models import User
from hereabouts.activities.columns.headings import OF_MAPS, Column
from hereabouts.activities.models import Activity
from hereabouts.files import spreadsheets
from hereabouts.imports import actions
from hereabouts.imports.models import ImportBatch, ImportRow
from tests import make
from tests.intake.timetables import csv_of, imported, matched, row, uploaded

UPLOAD = "/staff/activities/import/"
PSI = {"LEADER": "Postural Stability Instructor"}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def batch(manager: User, now: datetime) -> ImportBatch:
    """An import that waits to be saved: one complete row, one draft, one with a mistake."""
    content = csv_of([row(), row(NAME="Draft", START="", END=""), row(NAME="Wrong", DAY="Funday")])
    return matched(content, by=manager, at=now)


@pytest.fixture
def signed_in(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client


class Answer(Protocol):
    """A response of the test client, as far as we read it."""

    @property
    def content(self) -> bytes: ...


def words(response: Answer) -> str:
    """What is on the page, with single spaces."""
    return " ".join(response.content.decode().split())


def page(batch: ImportBatch, name: str, *more: str) -> str:
    return reverse(f"activities_imports:{name}", args=[batch.pk, *more])


def every_page(batch: ImportBatch) -> dict[str, str]:
    """Name → address of all that this package answers."""
    return {
        "upload": UPLOAD,
        "template": reverse("activities_imports:template", args=["csv"]),
        "left_out": page(batch, "left_out", "csv"),
        "list": reverse("activities_imports_list:index"),
        **{name: page(batch, name) for name in ("show", "columns", "check", "result", "save")},
    }


PAGES = ("upload", "template", "left_out", "list", "show", "columns", "check", "result", "save")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_opens_for_somebody_who_is_not_signed_in(
    name: str, client: Client, batch: ImportBatch
) -> None:
    response = client.post(every_page(batch)[name])

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_opens_for_somebody_who_may_not_import(
    name: str, method: str, client: Client, batch: ImportBatch
) -> None:
    client.force_login(make.organiser_of(make.organisation()))

    response = getattr(client, method)(every_page(batch)[name])

    assert response.status_code == 403
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.MATCHED


def test_every_page_is_among_those_that_are_guarded(batch: ImportBatch) -> None:
    assert set(PAGES) == set(every_page(batch))


@pytest.mark.parametrize(
    ("cells", "level"),
    [
        ({"LEVEL": "red"}, "Leader not confirmed"),
        ({"LEVEL": "red", "LEADER_CONFIRMED": "1 June 2026"}, "Leader not confirmed"),
        ({"LEVEL": "red", "LEADER_CONFIRMED": "1 June 2020", **PSI}, "Leader not confirmed"),
        ({"LEVEL": "red", "LEADER_CONFIRMED": "1 June 2026", **PSI}, "Red: FaME falls class"),
        ({"LEVEL": "orange"}, "Orange: chair-based"),
    ],
)
def test_no_level_is_red_before_the_leader_is_confirmed(
    cells: dict[str, str], level: str, signed_in: Client, manager: User, now: datetime
) -> None:
    batch = matched(csv_of([row(**cells)]), by=manager, at=now)

    with time_machine.travel(now, tick=False):
        told = words(signed_in.get(page(batch, "check")))

    is_open = level == "Leader not confirmed"
    assert f">{level}<" in told
    assert ("until one of us has seen the certificate" in told) is is_open
    assert ("Red: FaME" in told) is (level == "Red: FaME falls class")


def test_upload_keeps_the_file_and_leads_to_its_columns(signed_in: Client) -> None:
    file = SimpleUploadedFile("timetable.csv", csv_of([row(), row(NAME="Other")]))

    response = signed_in.post(UPLOAD, {"file": file}, follow=True)

    kept = ImportBatch.objects.get()
    assert response.redirect_chain == [(page(kept, "columns"), 302)]
    assert kept.rows.count() == 2
    assert "Match the columns" in words(response)
    assert "For example: Gentle movers; Other" in words(response)


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

    assert sentence in words(response)
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

    response = signed_in.post(page(batch, "columns"), {"NAME": "0", "VENUE": "1"})

    batch.refresh_from_db()
    assert response["Location"] == page(batch, "check")
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
    assert sentence in words(signed_in.post(page(batch, "columns"), chosen))


def test_columns_of_a_saved_import_stay_as_they_are(
    signed_in: Client, manager: User, now: datetime
) -> None:
    batch = imported(csv_of([row()]), by=manager, at=now)

    response = signed_in.post(page(batch, "columns"), {"NAME": "1"})

    assert "The rows are being saved or are saved." in words(response)


def test_the_preview_tells_row_by_row_what_will_happen(
    signed_in: Client, batch: ImportBatch
) -> None:
    told = words(signed_in.get(page(batch, "check")))

    assert "1 will be published, 1 becomes a draft, 1 is left out." in told
    assert "It needs: The time at which it starts." in told
    assert "“Day” says “Funday”. Write one day such as Thursday." in told
    assert "New venue: Millbeck Hall, Shirebrook, NG20 8PA" in told
    assert not Activity.objects.exists()


def test_the_preview_can_show_only_the_rows_to_look_at(
    signed_in: Client, batch: ImportBatch
) -> None:
    told = words(signed_in.get(page(batch, "check"), {"show": "to-look-at"}))

    assert "Gentle movers" not in told
    assert "Funday" in told


def test_the_preview_finds_the_rows_that_change_something_and_says_what(
    signed_in: Client, manager: User, now: datetime
) -> None:
    names = [row(NAME=f"Class {number:03}") for number in range(60)]
    imported(csv_of(names), by=manager, at=now)
    names[57] |= {Column.COST: "£4", Column.END: "15:00"}
    batch = matched(csv_of(names), by=manager, at=now)

    every = words(signed_in.get(page(batch, "check")))
    told = words(signed_in.get(page(batch, "check"), {"show": "to-look-at"}))

    assert "Show only the 1 row to look at" in every
    assert "Class 057" in told
    assert "What changes: “Until”, “Cost of one session”." in told
    assert "Class 056" not in told


def test_the_preview_finds_the_rows_with_remarks(
    signed_in: Client, manager: User, now: datetime
) -> None:
    rows = [row(), row(NAME="Every week?", FREQUENCY="")]
    batch = matched(csv_of(rows), by=manager, at=now)

    told = words(signed_in.get(page(batch, "check"), {"show": "to-look-at"}))

    assert "How often is not stated" in told
    assert "Gentle movers" not in told


def test_the_preview_shows_fifty_rows_a_page(
    signed_in: Client, manager: User, now: datetime
) -> None:
    content = csv_of([row(NAME=f"Class {number:03}") for number in range(60)])
    batch = matched(content, by=manager, at=now)

    first, second = (words(signed_in.get(page(batch, "check"), {"p": p})) for p in (1, 2))

    assert "Class 049" in first
    assert "Class 050" not in first
    assert "Class 050" in second


def test_the_preview_takes_as_many_queries_for_many_rows_as_for_one(
    signed_in: Client,
    manager: User,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make.venue(name="Milbeck Hall")
    batch = matched(csv_of([row(NAME=f"Class {i}") for i in range(40)]), by=manager, at=now)

    with django_assert_max_num_queries(20):
        signed_in.get(page(batch, "check"))


def test_choosing_a_venue_changes_what_will_happen(
    signed_in: Client, manager: User, now: datetime
) -> None:
    hall = make.venue(name="Milbeck Hall")
    batch = matched(csv_of([row()]), by=manager, at=now)
    select = f"choice-{batch.rows.get().pk}"
    assert "1 becomes a draft." in words(signed_in.get(page(batch, "check")))

    chosen = {select: str(hall.pk), "then": "keep"}
    response = signed_in.post(page(batch, "check"), chosen, follow=True)

    assert "1 will be published." in words(response)
    assert f'<option value="{hall.pk}" selected>' in words(response)


@pytest.mark.parametrize("value", ["-1", "x", "1 OR 1=1", "²"])
def test_a_choice_that_no_select_sends_is_a_bad_request(
    value: str, signed_in: Client, batch: ImportBatch
) -> None:
    chosen = {f"choice-{batch.rows.first().pk}": value}  # type: ignore[union-attr]  # it has rows

    assert signed_in.post(page(batch, "check"), chosen).status_code == 400


def test_saving_publishes_keeps_drafts_and_tells_the_counts(
    signed_in: Client, batch: ImportBatch
) -> None:
    response = signed_in.post(page(batch, "check"), {"then": "save"}, follow=True)

    told = words(response)
    draft = Activity.objects.drafts().get()
    assert "1 was published, 1 became a draft, 1 was left out." in told
    assert reverse("drafts:complete", args=[draft.pk]) in told
    assert Activity.objects.published().get().name == "Gentle movers"


def test_saving_what_is_saved_only_says_so(signed_in: Client, manager: User, now: datetime) -> None:
    batch = imported(csv_of([row()]), by=manager, at=now)

    response = signed_in.post(page(batch, "save"), follow=True)

    assert "This import is saved." in words(response)
    assert Activity.objects.count() == 1


def test_choosing_after_saving_only_says_so(
    signed_in: Client, batch: ImportBatch, now: datetime
) -> None:
    actions.start(batch=batch, at=now)

    response = signed_in.post(page(batch, "check"), {"then": "keep"})

    assert response["Location"] == page(batch, "result")


def test_the_rows_left_out_come_with_their_reasons_and_no_formula(
    signed_in: Client, manager: User, now: datetime
) -> None:
    content = csv_of([row(NAME="=HYPERLINK(1)", DAY="Funday"), row()])
    batch = imported(content, by=manager, at=now)

    response = signed_in.get(page(batch, "left_out", "csv"))
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

    download = signed_in.get(page(batch, "left_out", "csv")).content
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
    download = signed_in.get(page(batch, "left_out", "csv")).content

    imported(download.replace(b"Funday", b"Friday"), by=manager, at=now)

    assert "Why it was left out" not in Activity.objects.published().get().imported_values


def test_what_is_beyond_the_headings_keeps_its_row_out_until_it_is_put_right(
    signed_in: Client, manager: User, now: datetime
) -> None:
    batch = imported(b"Name,For whom,Cost\nGentle,Warm, friendly,3\n", by=manager, at=now)
    download = signed_in.get(page(batch, "left_out", "csv")).content

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


def test_while_it_is_being_saved_the_page_says_so_and_htmx_hears_nothing_new(
    signed_in: Client, batch: ImportBatch, now: datetime
) -> None:
    with time_machine.travel(now, tick=False):
        actions.start(batch=batch, at=now)

        response = signed_in.get(page(batch, "result"))
        asked = signed_in.get(page(batch, "result"), headers={"HX-Request": "true"})

    assert "The rows are being saved." in words(response)
    assert 'hx-trigger="every 1s"' in words(response)
    assert asked.status_code == 204


def test_what_takes_too_long_can_be_tried_again(
    signed_in: Client, manager: User, batch: ImportBatch, now: datetime
) -> None:
    actions.start(batch=batch, at=now)

    with time_machine.travel(now + timedelta(minutes=3)):
        response = signed_in.get(page(batch, "result"), headers={"HX-Request": "true"})
    again = signed_in.post(page(batch, "save"), follow=True)

    assert "Trying again is safe" in words(response)
    assert "1 was published" in words(again)


def test_when_it_is_saved_htmx_gets_the_result_alone(
    signed_in: Client, manager: User, now: datetime
) -> None:
    batch = imported(csv_of([row()]), by=manager, at=now)

    told = words(signed_in.get(page(batch, "result"), headers={"HX-Request": "true"}))

    assert "1 was published." in told
    assert "<html" not in told
    assert "hx-trigger" not in told


def test_what_stopped_says_why(signed_in: Client, batch: ImportBatch, now: datetime) -> None:
    actions.start(batch=batch, at=now)
    actions.stop(batch=batch, failure="The disk is full.", at=now)

    told = words(signed_in.get(page(batch, "result")))

    assert "Nothing was saved." in told
    assert "The disk is full." in told
    assert "Try again" in told


def test_show_leads_to_the_page_where_the_import_is(
    signed_in: Client, batch: ImportBatch, now: datetime
) -> None:
    assert signed_in.get(page(batch, "show"))["Location"] == page(batch, "check")
    assert signed_in.get(page(batch, "result"))["Location"] == page(batch, "check")

    actions.start(batch=batch, at=now)

    assert signed_in.get(page(batch, "show"))["Location"] == page(batch, "result")
    assert signed_in.get(page(batch, "check"))["Location"] == page(batch, "result")


def test_the_list_tells_file_who_state_and_counts(
    signed_in: Client, batch: ImportBatch, manager: User
) -> None:
    told = words(signed_in.get(reverse("activities_imports_list:index")))

    for expected in ("timetable.csv", str(manager), "Ready to check", "Import a file"):
        assert expected in told
    assert page(batch, "show") in told


def test_the_list_offers_to_filter_by_those_who_uploaded_and_by_nobody_else(
    client: Client, moderator: User, batch: ImportBatch
) -> None:
    make.user(name="Nia Grant")
    client.force_login(moderator)

    told = words(client.get(reverse("activities_imports_list:index")))

    assert f'<option value="{batch.uploaded_by_id}">A manager</option>' in told
    assert "Nia Grant" not in told


def test_the_list_costs_the_same_for_many_as_for_few(
    signed_in: Client,
    batch: ImportBatch,
    now: datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    address = reverse("activities_imports_list:index")
    with django_assert_max_num_queries(100) as few:
        signed_in.get(address)
    for number in range(4):
        ImportBatch.objects.create(
            file_name=f"{number}.csv", uploaded_by=make.user(), uploaded_at=now
        )

    with django_assert_max_num_queries(len(few)):
        signed_in.get(address)


def test_the_list_can_be_exported(signed_in: Client, batch: ImportBatch) -> None:
    response = signed_in.get(reverse("activities_imports_list:index"), {"export": "csv"})

    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a streaming response
    assert b"timetable.csv" in content


def test_the_history_tells_who_uploaded_it(signed_in: Client, batch: ImportBatch) -> None:
    told = words(signed_in.get(reverse("activities_imports_list:history", args=[batch.pk])))

    assert "Added" in told


def test_the_list_changes_and_removes_nothing(signed_in: Client, batch: ImportBatch) -> None:
    for address in ("new/", f"edit/{batch.pk}/", f"delete/{batch.pk}/"):
        assert signed_in.get(f"/staff/activities/imports/{address}").status_code == 404


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

    told = words(signed_in.get(page(batch, name)))

    assert SCRIPT not in told
    assert "&lt;script&gt;alert(1)" in told


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
    checked = signed_in.post(page(batch, "columns"), guessed, follow=True)
    saved = signed_in.post(page(batch, "check"), {"then": "save"}, follow=True)

    assert uploaded.status_code == 200
    assert "23 become drafts." in words(checked)
    assert "23 became drafts." in words(saved)
    assert ImportRow.objects.filter(outcome=ImportRow.Outcome.DRAFT).count() == 23
