"""Partners in the back office: who may look, who may change, and what is saved."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hereabouts.accounts.models import User
from hereabouts.partners.models import Organisation, Partnership, Person
from tests import make
from tests.pages import StaffPage

pytestmark = pytest.mark.django_db

ORGANISATION = {"name": "Heath End Movers", "sector": "VOLUNTARY", "website": ""}
PERSON = {
    "name": "Orla Reed",
    "email": "",
    "phone": "",
    "user": "",
    "positions-TOTAL_FORMS": "2",
    "positions-INITIAL_FORMS": "0",
}
PARTNERSHIP = {
    "name": "Heath and Vale",
    "area_name": "Heath and Vale",
    "phone": "0115 496 0142",
    "phone_hours": "Monday to Friday, 9 am to 4 pm",
    "email": "hello@heathandvale.example",
}


def test_an_analyst_reads_an_organisation(client: Client, analyst: User) -> None:
    client.force_login(analyst)
    organisation = make.organisation(name="Heath End Movers", phone="0115 496 0165")

    listed = client.get("/staff/organisation/").content.decode()
    page = client.get(f"/staff/organisation/inspect/{organisation.pk}/").content.decode()

    assert f"/staff/organisation/inspect/{organisation.pk}/" in listed
    assert "/staff/organisation/new/" not in listed
    assert "0115 496 0165" in page


def test_a_moderator_adds_an_organisation(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    answer = client.post("/staff/organisation/new/", ORGANISATION)

    assert answer["Location"] == "/staff/organisation/"
    assert Organisation.objects.get().sector == Organisation.Sector.VOLUNTARY


def test_a_moderator_changes_an_organisation(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    organisation = make.organisation()

    client.post(
        f"/staff/organisation/edit/{organisation.pk}/",
        ORGANISATION | {"name": "Changed", "version": "1"},
    )

    organisation.refresh_from_db()
    assert (organisation.name, organisation.version) == ("Changed", 2)


def test_a_moderator_removes_an_organisation(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    client.post(f"/staff/organisation/delete/{make.organisation().pk}/")

    assert not Organisation.objects.exists()


def test_removing_an_organisation_in_use_is_refused_in_words(
    client: Client, moderator: User
) -> None:
    client.force_login(moderator)
    organisation = make.organisation()
    make.draft(provider=organisation)

    answer = client.post(f"/staff/organisation/delete/{organisation.pk}/", follow=True)

    assert answer.redirect_chain == [(f"/staff/organisation/edit/{organisation.pk}/", 302)]
    assert "it runs 1 activity" in answer.content.decode()
    assert Organisation.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_organisations_leave_as_a_spreadsheet(client: Client, analyst: User, form: str) -> None:
    client.force_login(analyst)
    make.organisation(name="=HYPERLINK(1)")

    answer = client.get(f"/staff/organisation/?export={form}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it streams

    assert answer.status_code == 200
    assert form != "csv" or ",'=HYPERLINK(1)," in content.decode()


def test_organisations_are_found_by_name_and_sector(client: Client, analyst: User) -> None:
    client.force_login(analyst)
    make.organisation(name="Heath End Movers")
    Organisation.objects.create(name="Vale Surgery", sector=Organisation.Sector.PRIMARY_CARE)

    by_name = client.get("/staff/organisation/?q=vale%22+*").content.decode()
    by_sector = client.get("/staff/organisation/?sector=PRIMARY_CARE").content.decode()

    # Quotes and stars that somebody typed are only that.
    assert "Vale Surgery" not in by_name
    assert "Vale Surgery" in by_sector
    assert "Heath End Movers" not in by_sector


def test_a_manager_adds_a_person_with_a_role(client: Client, manager: User) -> None:
    client.force_login(manager)
    organisation = make.organisation()

    answer = client.post(
        "/staff/person/new/",
        PERSON
        | {
            "positions-0-organisation": organisation.pk,
            "positions-0-title": "Walk leader",
            "positions-0-starts_on": "2026-01-05",
        },
    )

    assert answer["Location"] == "/staff/person/"
    assert [position.title for position in Person.objects.get().positions.all()] == ["Walk leader"]


def test_a_role_that_ends_before_it_starts_is_said_beside_the_field(
    client: Client, manager: User
) -> None:
    client.force_login(manager)

    page = client.post(
        "/staff/person/new/",
        PERSON
        | {
            "positions-0-organisation": make.organisation().pk,
            "positions-0-title": "Walk leader",
            "positions-0-starts_on": "2026-01-05",
            "positions-0-ends_on": "2025-01-05",
        },
    ).content.decode()

    assert "This is before the first day." in page
    assert not Person.objects.exists()


def test_a_manager_removes_one_role_and_ends_another(client: Client, manager: User) -> None:
    client.force_login(manager)
    organisation, person = make.organisation(), make.person()
    mistake = make.position(person=person, organisation=organisation, title="A mistake")
    ends = make.position(person=person, organisation=organisation, title="Chair")
    rows = [("A mistake", mistake, "", "on"), ("Chair", ends, "2026-11-30", "")]
    sent = PERSON | {"version": "1", "positions-TOTAL_FORMS": "2", "positions-INITIAL_FORMS": "2"}
    for number, (title, position, ends_on, remove) in enumerate(rows):
        sent |= {
            f"positions-{number}-id": str(position.pk),
            f"positions-{number}-organisation": str(organisation.pk),
            f"positions-{number}-title": title,
            f"positions-{number}-starts_on": "2026-01-05",
            f"positions-{number}-ends_on": ends_on,
            f"positions-{number}-DELETE": remove,
        }

    client.post(f"/staff/person/edit/{person.pk}/", sent)

    assert [str(position.ends_on) for position in person.positions.all()] == ["2026-11-30"]


def test_two_people_who_change_roles_see_both(client: Client, manager: User) -> None:
    client.force_login(manager)
    organisation, person = make.organisation(), make.person()
    position = make.position(person=person, organisation=organisation)
    sent = PERSON | {
        "version": "1",
        "positions-TOTAL_FORMS": "1",
        "positions-INITIAL_FORMS": "1",
        "positions-0-id": str(position.pk),
        "positions-0-organisation": str(organisation.pk),
        "positions-0-starts_on": "2026-01-05",
    }
    client.post(f"/staff/person/edit/{person.pk}/", sent | {"positions-0-title": "Chair"})

    page = StaffPage(
        client.post(f"/staff/person/edit/{person.pk}/", sent | {"positions-0-title": "Treasurer"})
    )

    assert list(page.differences.values()) == [
        (
            "Chair, Heath End Movers (5 Jan 2026 – …)",
            "Treasurer, Heath End Movers (5 Jan 2026 – …)",
        )
    ]


def test_a_manager_removes_a_person(client: Client, manager: User) -> None:
    client.force_login(manager)

    client.post(f"/staff/person/delete/{make.person().pk}/")

    assert not Person.objects.exists()


def test_the_list_of_people_costs_the_same_for_many_as_for_few(
    client: Client, manager: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(manager)
    organisation = make.organisation()
    make.position(person=make.person(), organisation=organisation)
    with django_assert_max_num_queries(100) as few:
        client.get("/staff/person/")
    for _time in range(8):
        make.position(person=make.person(), organisation=make.organisation())

    with django_assert_max_num_queries(len(few)):
        client.get("/staff/person/")


def test_the_first_run_leads_a_manager_to_the_partnership(client: Client, manager: User) -> None:
    client.force_login(manager)

    dashboard = client.get("/staff/").content.decode()
    answer = client.get("/staff/partnership/")

    assert "Set up the partnership" in dashboard
    assert answer["Location"] == "/staff/partnership/new/"


def test_the_first_run_tells_a_moderator_whom_to_ask(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    assert "Ask a manager to set up" in client.get("/staff/").content.decode()


def test_a_manager_sets_up_the_partnership(client: Client, manager: User) -> None:
    client.force_login(manager)

    client.post("/staff/partnership/new/", PARTNERSHIP)

    assert Partnership.objects.get().name == "Heath and Vale"
    assert "Set up the partnership" not in client.get("/staff/").content.decode()
    assert client.get("/staff/partnership/")["Location"] == "/staff/partnership/edit/1/"


def test_there_is_no_second_partnership(client: Client, manager: User) -> None:
    make.partnership(name="The first")
    client.force_login(manager)

    answer = client.post("/staff/partnership/new/", PARTNERSHIP)

    assert answer["Location"] == "/staff/partnership/"
    assert Partnership.objects.get().name == "The first"


def test_a_manager_changes_the_partnership(client: Client, manager: User) -> None:
    make.partnership()
    client.force_login(manager)

    answer = client.post("/staff/partnership/edit/1/", PARTNERSHIP | {"version": "1"})

    assert answer["Location"] == "/staff/partnership/edit/1/"
    assert Partnership.objects.get().name == "Heath and Vale"


def test_nobody_removes_the_partnership(client: Client, manager: User) -> None:
    make.partnership()
    client.force_login(manager)

    client.post("/staff/partnership/delete/1/")

    assert Partnership.objects.exists()


def test_an_analyst_reads_the_partnership(client: Client, analyst: User) -> None:
    make.partnership()
    client.force_login(analyst)

    answer = client.get("/staff/partnership/", follow=True)

    assert answer.redirect_chain == [("/staff/partnership/inspect/1/", 302)]
    assert "0115 496 0142" in answer.content.decode()
