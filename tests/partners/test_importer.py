"""Organisations come in from csv, xlsx and ods: each once, and twice changes nothing (P-20)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.files import spreadsheets
from hereabouts.imports import actions, queries
from hereabouts.imports.models import ImportBatch, ImportRow
from hereabouts.partners import importer
from hereabouts.partners.models import Organisation
from tests import make
from tests.files.test_spreadsheets import ods
from tests.urls import names_in

pytestmark = pytest.mark.django_db
Outcome = ImportRow.Outcome

HEADINGS = ["Charity", "Telephone", "E-mail address", "Web site", "Borough"]
# As P-20 has it: 115 charities and small groups (all made up).
REGISTER = [
    [f"Age Well {number} (made up)", f"0115 496 {number:04}", "", "", "Heath"]
    for number in range(115)
]
WRITERS: dict[str, Callable[[Sequence[Sequence[str]]], bytes]] = {
    "csv": lambda rows: spreadsheets.as_csv(rows[0], rows[1:]),
    "xlsx": lambda rows: spreadsheets.as_xlsx(rows[0], rows[1:]),
    "ods": ods,
}


def matched(
    rows: Sequence[Sequence[str]], *, by: User, at: datetime, extension: str = "csv"
) -> ImportBatch:
    """A file whose columns are matched as they were guessed."""
    batch = actions.upload(
        kind="organisations",
        file_name=f"register.{extension}",
        content=WRITERS[extension](rows),
        by=by,
        at=at,
    )
    actions.match_columns(batch=batch, columns=batch.columns)
    return batch


def imported(
    rows: Sequence[Sequence[str]], *, by: User, at: datetime, extension: str = "csv"
) -> list[str]:
    """The outcome of each row of a saved file."""
    batch = matched(rows, by=by, at=at, extension=extension)
    actions.start(batch=batch, at=at)
    actions.save_rows(batch=batch, by=by, at=at)
    return list(batch.rows.order_by("number").values_list("outcome", flat=True))


@pytest.mark.parametrize("extension", sorted(WRITERS))
def test_a_register_of_115_comes_in_once_and_twice_changes_nothing(
    extension: str, manager: User, now: datetime
) -> None:
    # One is written twice, in other letters.
    rows = [HEADINGS, *REGISTER, ["AGE WELL 7 (made up)", "", "", "", ""]]

    first = imported(rows, by=manager, at=now, extension=extension)
    before = list(Organisation.objects.order_by("pk").values())
    again = imported(rows, by=manager, at=now, extension=extension)

    assert first == [*[Outcome.PUBLISHED] * 115, Outcome.REJECTED]
    assert again == [*[Outcome.UNCHANGED] * 115, Outcome.REJECTED]
    assert Organisation.objects.count() == 115
    assert list(Organisation.objects.order_by("pk").values()) == before


def test_the_declaration_is_short() -> None:
    assert len(Path(importer.__file__).read_text().splitlines()) <= 150


def test_what_is_here_stays_and_what_nobody_said_is_filled_in(manager: User, now: datetime) -> None:
    known = make.organisation(name="Heath End Movers", phone="0115 496 0142")
    rows = [HEADINGS, ["The Heath End Movers", "0115 496 0199", "hello@example.org", "", ""]]

    [decision] = queries.preview(matched(rows, by=manager, at=now)).decisions
    outcomes = imported(rows, by=manager, at=now)

    known.refresh_from_db()
    assert outcomes == [Outcome.UPDATED]
    assert (known.phone, known.email) == ("0115 496 0142", "hello@example.org")
    assert known.name == "Heath End Movers"
    assert "Not changed, as it is said here already: “Name”, “Phone”." in decision.change.remarks[0]


def test_a_row_with_a_mistake_is_left_out_alone_and_says_why(manager: User, now: datetime) -> None:
    rows = [
        HEADINGS,
        ["Good", "", "", "", ""],
        ["Bad", "ask Joan", "", "", ""],
        ["!", "1", "", "", ""],
    ]
    batch = matched(rows, by=manager, at=now)
    actions.start(batch=batch, at=now)
    actions.save_rows(batch=batch, by=manager, at=now)

    good, phone, nameless = batch.rows.order_by("number")

    assert [row.outcome for row in (good, phone, nameless)] == [
        Outcome.PUBLISHED,
        Outcome.REJECTED,
        Outcome.REJECTED,
    ]
    assert "“Telephone” says “ask Joan”." in phone.reasons[0]
    assert "There is no name. Give the organisation one." in nameless.reasons
    assert Organisation.objects.get().name == "Good"


def test_an_organisation_that_is_named_by_its_identifier_is_that_one(
    manager: User, now: datetime
) -> None:
    known = make.organisation(name="As it is called now", phone="")
    rows = [
        ["name", "identifier", "phone"],
        ["As it was called", str(known.public_id), "0115 496 0177"],
    ]

    assert imported(rows, by=manager, at=now) == [Outcome.UPDATED]

    known.refresh_from_db()
    assert (known.name, known.phone) == ("As it is called now", "0115 496 0177")


def test_a_name_that_two_have_asks_for_the_identifier(manager: User, now: datetime) -> None:
    make.organisation(name="Movers", phone="")
    meant = make.organisation(name="The Movers", phone="")
    rows = [
        ["name", "identifier", "phone"],
        ["Movers", "", "0115 496 0177"],
        ["Movers", str(meant.public_id), "0115 496 0188"],
    ]
    batch = matched(rows, by=manager, at=now)
    actions.start(batch=batch, at=now)
    actions.save_rows(batch=batch, by=manager, at=now)

    asked, saved = batch.rows.order_by("number")

    assert asked.outcome == Outcome.REJECTED
    assert "More than one here has this name." in asked.reasons[0]
    assert saved.outcome == Outcome.UPDATED
    assert set(Organisation.objects.values_list("phone", flat=True)) == {"", "0115 496 0188"}


def test_two_rows_with_one_identifier_cost_only_the_second(manager: User, now: datetime) -> None:
    identifier = "0b9c6f4e-6c0f-4b57-9d52-7f1e4d1c2a11"
    rows = [
        ["name", "identifier"],
        ["Movers", identifier],
        ["Walkers", identifier],
        ["Movers", ""],
        ["Others", ""],
    ]

    assert imported(rows, by=manager, at=now) == [
        *(Outcome.PUBLISHED, Outcome.REJECTED, Outcome.REJECTED),
        Outcome.PUBLISHED,
    ]


def test_staff_bring_a_register_in_page_by_page(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    upload = reverse("organisations_imports:upload")
    template = client.get(reverse("organisations_imports:template", args=["csv"])).content.decode()
    file = SimpleUploadedFile("register.csv", WRITERS["csv"]([HEADINGS, *REGISTER[:3]]))
    answer = client.post(upload, {"file": file}, follow=True)
    batch = ImportBatch.objects.get()
    matches = {
        column: str(batch.headings.index(heading)) for heading, column in batch.columns.items()
    }
    checked = client.post(
        reverse("organisations_imports:columns", args=[batch.pk]), matches, follow=True
    )
    saved = client.post(
        reverse("organisations_imports:check", args=[batch.pk]), {"then": "save"}, follow=True
    )

    assert upload in menu
    assert "Name,Sector,Phone,E-mail,Website,Identifier" in template
    assert "Here is what we can keep of an organisation." in answer.content.decode()
    assert "3 will be published." in checked.content.decode()
    assert "3 were published." in saved.content.decode()
    assert Organisation.objects.count() == 3
    listed = client.get(reverse("organisations_imports_list:index")).content.decode()
    assert "register.csv" in listed
    assert (
        "register.csv" not in client.get(reverse("activities_imports_list:index")).content.decode()
    )


ARGUMENTS = {"upload": (), "template": ("csv",), "index": (), "index_results": ()}


@pytest.mark.parametrize("space", ["organisations_imports", "organisations_imports_list"])
def test_only_those_who_edit_organisations_open_its_pages(
    space: str, client: Client, analyst: User, moderator: User, now: datetime
) -> None:
    batch = matched([HEADINGS, REGISTER[0]], by=moderator, at=now)
    more = {"left_out": (batch.pk, "csv"), **ARGUMENTS}
    urls = [
        reverse(f"{space}:{name}", args=more.get(name, (batch.pk,))) for name in names_in(space)
    ]

    assert urls
    for url in urls:
        assert client.get(url)["Location"].startswith("/accounts/login/")
        assert client.post(url)["Location"].startswith("/accounts/login/")
    client.force_login(make.organiser_of(make.organisation()))
    for url in urls:
        assert {client.get(url).status_code, client.post(url).status_code} == {403}
    client.force_login(analyst)
    for url in urls:
        # The back office leads those who work in it back to its first page.
        assert client.get(url)["Location"] == reverse("wagtailadmin_home")
        assert client.post(url)["Location"] == reverse("wagtailadmin_home")
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.MATCHED


def test_an_import_has_no_page_among_those_of_another_kind(
    client: Client, analyst: User, moderator: User, now: datetime
) -> None:
    batch = matched([HEADINGS, REGISTER[0]], by=moderator, at=now)
    client.force_login(analyst)

    for name in ("activities_imports:check", "activities_imports_list:history"):
        assert client.get(reverse(name, args=[batch.pk])).status_code == 404
