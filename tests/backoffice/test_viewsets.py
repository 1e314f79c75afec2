"""Pages of the back office that every model shares."""

import csv
from datetime import date, time
from io import BytesIO

import pytest
from django.test import Client
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from hereabouts.accounts.models import User
from hereabouts.backoffice.viewsets import IndexView
from hereabouts.files.formulas import escape_formula
from hereabouts.partners.models import Organisation
from tests import make
from tests.pages import StaffPage


@pytest.mark.parametrize("text", ["=1+1", "+44 115", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_inert_makes_formulas_text(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Millbeck Hall", "1 = 1"])
def test_inert_leaves_the_rest_alone(text: str) -> None:
    assert escape_formula(text) == text


def test_inert_makes_text_of_things_and_of_what_is_translated_late() -> None:
    assert escape_formula(Organisation(name="=1+1")) == "'=1+1"
    assert escape_formula(gettext_lazy("=1+1")) == "'=1+1"


def test_inert_takes_out_what_hides_a_formula_or_breaks_a_workbook() -> None:
    assert escape_formula("\x0b=1+1") == "'=1+1"
    assert escape_formula("Millbeck\x0b Hall") == "Millbeck Hall"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        (gettext_lazy("=1+1"), "'=1+1"),
        (Organisation(name="=1+1"), "'=1+1"),
        (["=1+1", "b"], "'=1+1, b"),
        ("a\x0bb", "ab"),
        (-5, -5),
        (None, None),
        (True, True),
    ],
)
def test_lists_are_downloaded_without_formulas(ending: str, value: object, written: object) -> None:
    assert IndexView().preprocess_field_value("field", value, ending) == written


@pytest.mark.parametrize("value", [date(2026, 11, 23), time(13, 30)])
def test_a_workbook_keeps_dates_as_dates(value: object) -> None:
    assert IndexView().preprocess_field_value("field", value, "xlsx") == value


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["organisation", "activity"])
def test_a_workbook_takes_text_with_control_characters(
    client: Client, manager: User, address: str
) -> None:
    provider = make.organisation(name="Heath\x0bEnd")
    make.activity(name="Sure\x0band Steady", provider=provider)
    client.force_login(manager)

    answer = client.get(f"/staff/{address}/?export=xlsx")

    sheet = load_workbook(BytesIO(answer.getvalue())).active
    assert "HeathEnd" in {cell.value for cell in sheet[2]}


@pytest.mark.django_db
def test_a_spreadsheet_takes_no_formula_from_a_related_thing(client: Client, manager: User) -> None:
    make.activity(provider=make.organisation(name="=1+1"))
    client.force_login(manager)

    answer = client.get("/staff/activity/?export=csv")

    cells = [cell for row in csv.reader(answer.getvalue().decode().splitlines()) for cell in row]
    assert "'=1+1" in cells
    assert "=1+1" not in cells


@pytest.mark.django_db
def test_what_nobody_sees_is_taken_out_of_what_is_typed(client: Client, manager: User) -> None:
    client.force_login(manager)
    organisation = make.organisation()

    client.post(
        f"/staff/organisation/edit/{organisation.pk}/",
        _answers(organisation, name="\x01 Heath\x0bEnd\x7f Movers"),
    )

    organisation.refresh_from_db()
    assert organisation.name == "HeathEnd Movers"


@pytest.mark.django_db
def test_what_nobody_sees_is_no_name(client: Client, manager: User) -> None:
    client.force_login(manager)
    organisation = make.organisation(name="Heath End Movers")

    answer = client.post(
        f"/staff/organisation/edit/{organisation.pk}/", _answers(organisation, name="\x01")
    )

    organisation.refresh_from_db()
    assert answer.status_code == 200
    assert organisation.name == "Heath End Movers"


def _answers(organisation: Organisation, **changed: object) -> dict[str, object]:
    """What the form of `organisation`, opened now, sends."""
    as_is = {
        "name": organisation.name,
        "sector": organisation.sector,
        "phone": organisation.phone,
        "email": organisation.email,
        "website": organisation.website,
        "version": organisation.version,
    }
    return as_is | changed


@pytest.fixture
def two_editors(client: Client, manager: User) -> tuple[Organisation, str]:
    """An organisation that Mo opened before Ana saved it, and the address of its page."""
    client.force_login(manager)
    opened = make.organisation(name="Heath End Movers", phone="0115 496 0165")
    address = f"/staff/organisation/edit/{opened.pk}/"
    client.post(address, _answers(opened, name="Heath End Walkers", sector="VOLUNTARY"))
    return opened, address


@pytest.mark.django_db
def test_saving_over_somebody_elses_change_is_refused_and_shown(
    client: Client, two_editors: tuple[Organisation, str]
) -> None:
    opened, address = two_editors

    page = StaffPage(client.post(address, _answers(opened, phone="0115 496 0199")))

    assert "Somebody else saved “Heath End Movers” while you were working on it." in page.text
    assert page.differences["Name"] == ("Heath End Walkers", "Heath End Movers")
    assert page.differences["Sector"] == ("Voluntary and community", "Not stated")
    saved = Organisation.objects.get(pk=opened.pk)
    assert (saved.name, saved.phone) == ("Heath End Walkers", "0115 496 0165")


@pytest.mark.django_db
def test_what_was_typed_stays_and_saving_again_counts(
    client: Client, two_editors: tuple[Organisation, str]
) -> None:
    opened, address = two_editors
    page = StaffPage(client.post(address, _answers(opened, phone="0115 496 0199")))
    assert (page.value("phone"), page.value("version")) == ("0115 496 0199", "2")

    answer = client.post(address, _answers(opened, phone="0115 496 0199", version=2))

    saved = Organisation.objects.get(pk=opened.pk)
    assert answer.status_code == 302
    assert (saved.name, saved.phone, saved.version) == ("Heath End Movers", "0115 496 0199", 3)


@pytest.mark.django_db
def test_an_answer_that_both_gave_alike_is_no_difference(
    client: Client, two_editors: tuple[Organisation, str]
) -> None:
    opened, address = two_editors

    answers = _answers(opened, name="Heath End Walkers", phone="0115 496 0199")

    page = StaffPage(client.post(address, answers))

    assert "Name" not in page.differences
    assert "Phone" in page.differences


@pytest.mark.django_db
def test_a_third_change_in_between_is_refused_again(
    client: Client, two_editors: tuple[Organisation, str]
) -> None:
    opened, address = two_editors
    client.post(address, _answers(opened, version=2, name="A third name"))

    page = StaffPage(client.post(address, _answers(opened, version=2, name="Mine")))

    assert page.differences["Name"] == ("A third name", "Mine")
    assert page.value("version") == "3"


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["", "0", "-1", "many", "999999999999999999999"])
def test_a_version_that_was_tampered_with_overwrites_nothing(
    client: Client, two_editors: tuple[Organisation, str], version: str
) -> None:
    opened, address = two_editors

    client.post(address, _answers(opened, name="Tampered", version=version))

    assert Organisation.objects.get(pk=opened.pk).name == "Heath End Walkers"


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_plainly(client: Client, manager: User) -> None:
    client.force_login(manager)

    answer = client.get("/staff/no-such-page/")

    page = answer.content.decode()
    assert answer.status_code == 404
    assert "We cannot find that page" in page
    assert "Go to the back office" in page
    assert "Wagtail admin" not in page
