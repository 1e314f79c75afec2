"""Drafts in the back office: the queue, and completing one."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity
from hereabouts.intake import provenance
from tests import make
from tests.activities.staff.posted import completed

pytestmark = pytest.mark.django_db

TO_SIGN_IN = "/accounts/login/"


def imported_draft(*, name: str = "Chair class") -> Activity:
    """A draft as an import leaves it: no venue, no time, and what the spreadsheet said."""
    columns = {"programme": "NAME", "venue": "VENUE", "place": "TOWN", "notes": "NOTES"}
    cells = [name, "Millbeck hall", "Shirebrook", "chair-based; can progress to OTAGO"]
    remembered = provenance.remember(headings=list(columns), cells=cells, columns=columns)
    return make.draft(name=name, imported_values=remembered)


@pytest.mark.parametrize("name", ["list", "complete"])
def test_drafts_ask_to_sign_in(client: Client, name: str) -> None:
    address = reverse(f"drafts:{name}", args=[1] if name == "complete" else [])

    assert client.get(address)["Location"].startswith(TO_SIGN_IN)


@pytest.mark.parametrize("name", ["list", "complete"])
def test_drafts_are_not_for_analysts(client: Client, analyst: User, name: str) -> None:
    draft = imported_draft()
    client.force_login(analyst)
    address = reverse(f"drafts:{name}", args=[draft.pk] if name == "complete" else [])

    page = client.get(address, follow=True).content.decode()

    assert "Chair class" not in page


def test_the_queue_says_what_each_draft_needs(client: Client, moderator: User) -> None:
    imported_draft()
    client.force_login(moderator)

    page = client.get(reverse("drafts:list")).content.decode()

    assert "Millbeck hall, Shirebrook" in page
    assert "A venue with a postcode." in page
    assert "The time at which it starts." in page


def test_an_empty_queue_leads_to_the_import(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    page = client.get(reverse("drafts:list")).content.decode()

    assert "No drafts." in page
    assert reverse("activities_imports:upload") in page


def test_completing_offers_venues_and_what_the_words_suggest(
    client: Client, moderator: User
) -> None:
    make.venue(name="Millbeck Hall", postcode="NG20 8PA")
    draft = imported_draft()
    client.force_login(moderator)

    page = client.get(reverse("drafts:complete", args=[draft.pk])).content.decode()

    assert "Millbeck Hall, Shirebrook, NG20 8PA" in page
    assert 'name="is_chair_based" id="id_is_chair_based" checked' in page.replace("  ", " ")
    assert "chair-based; can progress to OTAGO" in page


def test_completing_publishes_and_goes_on_to_the_next(client: Client, moderator: User) -> None:
    draft, following = imported_draft(), imported_draft(name="Next one")
    client.force_login(moderator)

    response = client.post(
        reverse("drafts:complete", args=[draft.pk]),
        completed(publish="yes", is_chair_based="on", checker="the warden"),
    )

    draft.refresh_from_db()
    assert response["Location"] == reverse("drafts:complete", args=[following.pk])
    assert draft.state == Activity.State.PUBLISHED
    assert draft.level == "ORANGE"
    assert draft.checks.get().checker == "the warden"
    assert draft.venue is not None
    assert draft.venue.postcode == "NG20 8PA"


def test_a_postcode_typed_without_choosing_means_a_new_venue(
    client: Client, moderator: User
) -> None:
    make.venue(name="Millbeck Hotel")
    draft = imported_draft()
    client.force_login(moderator)

    client.post(
        reverse("drafts:complete", args=[draft.pk]),
        completed(publish="yes", venue_choice=""),
    )

    draft.refresh_from_db()
    assert draft.venue is not None
    assert draft.venue.name == "Millbeck Hall"


def test_the_same_venue_in_the_same_town_is_chosen_already(client: Client, moderator: User) -> None:
    venue = make.venue(name="Millbeck Hall", town="Shirebrook")
    draft = imported_draft()
    client.force_login(moderator)

    page = client.get(reverse("drafts:complete", args=[draft.pk])).content.decode()

    assert re.search(rf'name="venue_choice" value="{venue.pk}"[^>]* checked', page)


def test_unfinished_work_on_a_monthly_class_can_be_kept(client: Client, moderator: User) -> None:
    draft = imported_draft()
    client.force_login(moderator)
    address = reverse("drafts:complete", args=[draft.pk])
    monthly = completed() | {"when-frequency": "MONTHLY", "when-weekday": ""}

    refused = client.post(address, monthly | {"publish": "yes"}).content.decode()
    kept = client.post(address, monthly)

    draft.refresh_from_db()
    assert "The day on which it happens." in refused
    assert kept.status_code == 302
    assert draft.schedules.get().frequency == "MONTHLY"


def test_a_draft_can_be_kept_for_later(client: Client, moderator: User) -> None:
    draft = imported_draft()
    client.force_login(moderator)

    client.post(
        reverse("drafts:complete", args=[draft.pk]),
        completed(venue_choice="", venue_postcode=""),
    )

    draft.refresh_from_db()
    assert draft.state == Activity.State.DRAFT
    assert draft.schedules.get().start_time is not None


def test_completing_with_an_existing_venue_makes_no_second_one(
    client: Client, moderator: User
) -> None:
    venue = make.venue(name="Millbeck Hall")
    draft = imported_draft()
    client.force_login(moderator)

    client.post(
        reverse("drafts:complete", args=[draft.pk]),
        completed(publish="yes", venue_choice=str(venue.pk)),
    )

    draft.refresh_from_db()
    assert draft.venue == venue


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"venue_postcode": ""}, "Give its postcode"),
        ({"venue_postcode": "NG20 8P"}, "Did you mean"),
        ({"venue_postcode": "nowhere"}, "There is no such postcode."),
        ({"venue_name": ""}, "Give the new venue a name."),
        ({"when-start_time": ""}, "The time at which it starts."),
        ({"when-start_time": "25:99"}, "Enter a valid time."),
        ({"venue_choice": "999999"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_published(
    client: Client, moderator: User, fields: dict[str, object], sentence: str
) -> None:
    draft = imported_draft()
    client.force_login(moderator)

    page = client.post(
        reverse("drafts:complete", args=[draft.pk]), completed(publish="yes", **fields)
    ).content.decode()

    draft.refresh_from_db()
    assert sentence in page
    assert draft.state == Activity.State.DRAFT
    assert draft.venue is None


def test_the_dashboard_says_how_many_drafts_wait(client: Client, moderator: User) -> None:
    imported_draft()
    client.force_login(moderator)

    assert "1 draft to complete" in client.get("/staff/").content.decode()


def test_a_class_that_happens_once_is_published_with_its_date(
    client: Client, moderator: User
) -> None:
    draft = imported_draft()
    client.force_login(moderator)

    client.post(
        reverse("drafts:complete", args=[draft.pk]),
        completed(publish="yes")
        | {"when-frequency": "ONCE", "when-weekday": "", "when-starts_on": "2027-01-09"},
    )

    draft.refresh_from_db()
    assert draft.state == Activity.State.PUBLISHED
    assert draft.schedules.get().starts_on == date(2027, 1, 9)


def test_a_level_that_staff_unticked_stays_unticked(client: Client, moderator: User) -> None:
    draft = imported_draft()
    client.force_login(moderator)
    address = reverse("drafts:complete", args=[draft.pk])
    client.post(address, completed(venue_choice="", venue_postcode=""))

    page = client.get(address).content.decode()

    assert 'id="id_is_chair_based" checked' not in page


def test_keeping_a_draft_without_a_day_writes_no_empty_timetable(
    client: Client, moderator: User
) -> None:
    draft = imported_draft()
    client.force_login(moderator)

    client.post(
        reverse("drafts:complete", args=[draft.pk]),
        completed(venue_choice="", venue_postcode="") | {"when-weekday": "", "when-start_time": ""},
    )

    assert not draft.schedules.exists()


def test_a_draft_is_kept_as_the_page_offers_it_with_only_a_time_added(
    client: Client, moderator: User
) -> None:
    draft = imported_draft()
    client.force_login(moderator)
    address = reverse("drafts:complete", args=[draft.pk])
    offered = re.search(
        r'name="venue_choice" value="(\w+)"[^>]* checked', client.get(address).content.decode()
    )
    assert offered is not None

    response = client.post(address, completed(venue_choice=offered[1], venue_postcode=""))

    assert response.status_code == 302
    assert draft.schedules.get().start_time is not None


def test_two_who_complete_one_draft_see_both_versions(client: Client, moderator: User) -> None:
    draft = imported_draft()
    client.force_login(moderator)
    address = reverse("drafts:complete", args=[draft.pk])
    client.post(address, completed(venue_choice="", venue_postcode="", name="First"))

    page = client.post(
        address, completed(venue_choice="", venue_postcode="", name="Second")
    ).content.decode()
    version = Activity.objects.get(pk=draft.pk).version
    client.post(
        address, completed(venue_choice="", venue_postcode="", name="Second", version=version)
    )

    draft.refresh_from_db()
    assert "Somebody else saved" in page
    assert "First" in page
    assert draft.name == "Second"


def test_a_draft_that_somebody_published_meanwhile_leads_to_its_page(
    client: Client, moderator: User
) -> None:
    activity = make.activity()
    client.force_login(moderator)

    response = client.post(reverse("drafts:complete", args=[activity.pk]), completed())

    assert response["Location"] == reverse("activity:edit", args=[activity.pk])


def test_of_two_organisations_with_one_name_the_draft_keeps_its_own(
    client: Client, moderator: User
) -> None:
    make.organisation(name="Move CIC")
    own = make.organisation(name="Move CIC")
    draft = imported_draft()
    Activity.objects.filter(pk=draft.pk).update(provider=own)
    client.force_login(moderator)

    client.post(
        reverse("drafts:complete", args=[draft.pk]),
        completed(venue_choice="", venue_postcode="", provider_name="move cic"),
    )

    draft.refresh_from_db()
    assert draft.provider == own
