"""Activities and drafts in the back office: who may, and what happens."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.activities.imports import given
from hereabouts.activities.models import Activity
from tests import make

pytestmark = pytest.mark.django_db

TO_SIGN_IN = "/accounts/login/"


def timetable(**line: object) -> dict[str, object]:
    """The posted rows of a timetable: one line, every Thursday at 1:30 pm."""
    values: dict[str, object] = {"frequency": "WEEKLY", "weekday": 3, "start_time": "13:30"} | line
    return {
        "timetable-TOTAL_FORMS": 1,
        "timetable-INITIAL_FORMS": 0,
        **{f"timetable-0-{name}": value for name, value in values.items()},
    }


def filled(**fields: object) -> dict[str, object]:
    """A posted activity."""
    return {
        "name": "Sure and Steady",
        "contact": "PROVIDER",
        "joining": "NOT_STATED",
        "leader_qualification": "NOT_STATED",
    } | fields


# ── The list ──


def test_the_list_asks_to_sign_in(client: Client) -> None:
    assert client.get(reverse("activity:index"))["Location"].startswith(TO_SIGN_IN)


def test_the_list_is_not_for_organisers(client: Client) -> None:
    client.force_login(make.organiser_of(make.organisation()))

    assert client.get(reverse("activity:index")).status_code in (302, 403)


def test_the_list_finds_filters_and_exports(client: Client, analyst: User) -> None:
    make.activity(name="=cmd|' /C calc'!A0")
    make.draft(name="Sit and stretch", is_chair_based=True)
    client.force_login(analyst)

    found = client.get(reverse("activity:index"), {"q": "sit"}).content.decode()
    filtered = client.get(reverse("activity:index"), {"state": "DRAFT"}).content.decode()
    exported = client.get(reverse("activity:index"), {"export": "csv"})
    csv = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]

    assert "Sit and stretch" in found
    assert "cmd|" not in found
    assert "cmd|" not in filtered
    assert "'=cmd|" in csv


# ── Adding and changing ──


def test_an_analyst_may_look_and_not_change(client: Client, analyst: User) -> None:
    activity = make.activity()
    client.force_login(analyst)

    response = client.post(reverse("activity:edit", args=[activity.pk]), filled(name="Mine"))

    activity.refresh_from_db()
    assert response.status_code in (302, 403)
    assert activity.name == "Sure and Steady"


def test_a_moderator_adds_an_activity_with_its_timetable(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    response = client.post(
        reverse("activity:add"), filled(is_fame="on", cost_pounds="2.50") | timetable()
    )

    activity = Activity.objects.get()
    assert response.status_code == 302
    assert activity.level == "RED"
    assert activity.cost_pence == 250
    assert activity.schedules.get().weekday == 3


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ({"end_time": "13:00"}, "It must end after it starts."),
        ({"frequency": "ONCE"}, "Give the date on which it happens."),
        ({"starts_on": "2026-02-01", "ends_on": "2026-01-01"}, "must not be before the first"),
        ({"starts_on": "1850-01-01"}, "That is too long ago."),
    ],
)
def test_an_impossible_timetable_is_explained_beside_the_field(
    client: Client, moderator: User, line: dict[str, object], sentence: str
) -> None:
    client.force_login(moderator)

    page = client.post(reverse("activity:add"), filled() | timetable(**line)).content.decode()

    assert sentence in page
    assert not Activity.objects.exists()


@pytest.mark.parametrize("day", ["1850-01-01", "2999-01-01"])
def test_a_certificate_is_not_seen_on_an_impossible_day(
    client: Client, moderator: User, day: str
) -> None:
    client.force_login(moderator)

    page = client.post(reverse("activity:add"), filled(leader_confirmed_on=day) | timetable())

    assert "not before 2000, nor to come" in page.content.decode()


def test_the_list_says_that_a_leader_is_not_confirmed(client: Client, analyst: User) -> None:
    make.activity(is_fame=True)
    client.force_login(analyst)

    page = client.get(reverse("activity:index")).content.decode()

    assert "Red: FaME falls class (leader not confirmed)" in page


def test_the_spreadsheet_says_when_and_when_checked(client: Client, analyst: User) -> None:
    activity = make.activity(cost_pence=250)
    activity.checks.create(checked_on=date(2026, 11, 3), checker="the class leader")
    client.force_login(analyst)

    exported = client.get(reverse("activity:index"), {"export": "csv"})
    csv = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]

    assert "Every Thursday, 1:30 to 2:45 pm" in csv
    assert "2026-11-03" in csv
    assert "2.5" in csv


def test_two_who_edit_at_once_see_both_versions(client: Client, moderator: User) -> None:
    activity = make.draft()
    client.force_login(moderator)
    address = reverse("activity:edit", args=[activity.pk])
    typed = filled(version=activity.version) | timetable()
    client.post(address, typed | {"name": "First"})

    page = client.post(address, typed | {"name": "Second"}).content.decode()

    activity.refresh_from_db()
    assert activity.name == "First"
    assert "Somebody else saved" in page
    assert "First" in page
    assert "Second" in page


def test_the_history_tells_who_changed_what(client: Client, moderator: User, manager: User) -> None:
    activity = make.draft()
    client.force_login(moderator)
    client.post(
        reverse("activity:edit", args=[activity.pk]),
        filled(name="Strong and Steady", version=activity.version) | timetable(),
    )
    client.force_login(manager)

    page = client.get(reverse("activity:history", args=[activity.pk])).content.decode()

    assert "from “Sure and Steady” to “Strong and Steady”" in page
    assert str(moderator) in page


# ── One press: publish, take down, note a check ──

MOVES = ["publish", "take_down", "check"]


@pytest.mark.parametrize("move", MOVES)
def test_a_move_asks_to_sign_in(client: Client, move: str) -> None:
    activity = make.activity()

    response = client.post(reverse(f"activities_staff:{move}", args=[activity.pk]))

    assert response["Location"].startswith(TO_SIGN_IN)


@pytest.mark.parametrize("move", MOVES)
def test_a_move_is_not_for_analysts(client: Client, analyst: User, move: str) -> None:
    activity = make.activity()
    client.force_login(analyst)

    client.post(reverse(f"activities_staff:{move}", args=[activity.pk]))

    activity.refresh_from_db()
    assert activity.state == Activity.State.PUBLISHED
    assert not activity.checks.exists()


def test_taking_down_and_publishing_again(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)

    client.post(reverse("activities_staff:take_down", args=[activity.pk]))
    activity.refresh_from_db()
    taken_down = activity.state
    client.post(reverse("activities_staff:publish", args=[activity.pk]))
    activity.refresh_from_db()

    assert taken_down == Activity.State.RETIRED
    assert activity.state == Activity.State.PUBLISHED


def test_publishing_too_early_says_what_is_missing(client: Client, moderator: User) -> None:
    draft = make.draft()
    client.force_login(moderator)

    page = client.post(
        reverse("activities_staff:publish", args=[draft.pk]), follow=True
    ).content.decode()

    assert "A venue with a postcode." in page


def test_a_noted_check_says_the_partnership(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)

    client.post(reverse("activities_staff:check", args=[activity.pk]))

    assert activity.checks.get().checker == "the partnership"


def test_a_published_activity_is_not_deleted(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)

    page = client.post(reverse("activity:delete", args=[activity.pk]), follow=True)

    assert "Take it down first." in page.content.decode()
    assert Activity.objects.filter(pk=activity.pk).exists()


# ── Drafts ──


def imported_draft(*, name: str = "Chair class") -> Activity:
    """A draft as an import leaves it: no venue, no time, and what the spreadsheet said."""
    columns = {"programme": "NAME", "venue": "VENUE", "place": "TOWN", "notes": "NOTES"}
    cells = [name, "Millbeck hall", "Shirebrook", "chair-based; can progress to OTAGO"]
    remembered = given.remember(headings=list(columns), cells=cells, columns=columns)
    return make.draft(name=name, imported_values=remembered)


def completed(**fields: object) -> dict[str, object]:
    """What a moderator posts to complete a draft."""
    return {
        "name": "Chair class",
        "version": 1,
        "venue_choice": "new",
        "venue_name": "Millbeck Hall",
        "venue_town": "Shirebrook",
        "venue_postcode": "ng20 8pa",
        "when-frequency": "WEEKLY",
        "when-weekday": "3",
        "when-start_time": "13:30",
    } | fields


@pytest.mark.parametrize("name", ["list", "complete"])
def test_drafts_ask_to_sign_in(client: Client, name: str) -> None:
    address = reverse(f"activities_drafts:{name}", args=[1] if name == "complete" else [])

    assert client.get(address)["Location"].startswith(TO_SIGN_IN)


@pytest.mark.parametrize("name", ["list", "complete"])
def test_drafts_are_not_for_analysts(client: Client, analyst: User, name: str) -> None:
    draft = imported_draft()
    client.force_login(analyst)
    address = reverse(f"activities_drafts:{name}", args=[draft.pk] if name == "complete" else [])

    page = client.get(address, follow=True).content.decode()

    assert "Chair class" not in page


def test_the_queue_says_what_each_draft_needs(client: Client, moderator: User) -> None:
    imported_draft()
    client.force_login(moderator)

    page = client.get(reverse("activities_drafts:list")).content.decode()

    assert "Millbeck hall, Shirebrook" in page
    assert "A venue with a postcode." in page
    assert "The time at which it starts." in page


def test_an_empty_queue_leads_to_the_import(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    page = client.get(reverse("activities_drafts:list")).content.decode()

    assert "No drafts." in page
    assert reverse("activities_imports:upload") in page


def test_completing_offers_venues_and_what_the_words_suggest(
    client: Client, moderator: User
) -> None:
    make.venue(name="Millbeck Hall", postcode="NG20 8PA")
    draft = imported_draft()
    client.force_login(moderator)

    page = client.get(reverse("activities_drafts:complete", args=[draft.pk])).content.decode()

    assert "Millbeck Hall, Shirebrook, NG20 8PA" in page
    assert 'name="is_chair_based" id="id_is_chair_based" checked' in page.replace("  ", " ")
    assert "chair-based; can progress to OTAGO" in page


def test_completing_publishes_and_goes_on_to_the_next(client: Client, moderator: User) -> None:
    draft, following = imported_draft(), imported_draft(name="Next one")
    client.force_login(moderator)

    response = client.post(
        reverse("activities_drafts:complete", args=[draft.pk]),
        completed(publish="yes", is_chair_based="on", checker="the warden"),
    )

    draft.refresh_from_db()
    assert response["Location"] == reverse("activities_drafts:complete", args=[following.pk])
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
        reverse("activities_drafts:complete", args=[draft.pk]),
        completed(publish="yes", venue_choice=""),
    )

    draft.refresh_from_db()
    assert draft.venue is not None
    assert draft.venue.name == "Millbeck Hall"


def test_the_same_venue_in_the_same_town_is_chosen_already(client: Client, moderator: User) -> None:
    venue = make.venue(name="Millbeck Hall", town="Shirebrook")
    draft = imported_draft()
    client.force_login(moderator)

    page = client.get(reverse("activities_drafts:complete", args=[draft.pk])).content.decode()

    assert re.search(rf'name="venue_choice" value="{venue.pk}"[^>]* checked', page)


def test_unfinished_work_on_a_monthly_class_can_be_kept(client: Client, moderator: User) -> None:
    draft = imported_draft()
    client.force_login(moderator)
    address = reverse("activities_drafts:complete", args=[draft.pk])
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
        reverse("activities_drafts:complete", args=[draft.pk]),
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
        reverse("activities_drafts:complete", args=[draft.pk]),
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
        reverse("activities_drafts:complete", args=[draft.pk]), completed(publish="yes", **fields)
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
        reverse("activities_drafts:complete", args=[draft.pk]),
        completed(publish="yes")
        | {"when-frequency": "ONCE", "when-weekday": "", "when-starts_on": "2027-01-09"},
    )

    draft.refresh_from_db()
    assert draft.state == Activity.State.PUBLISHED
    assert draft.schedules.get().starts_on == date(2027, 1, 9)


# ── Checks ──


def test_checks_ask_to_sign_in(client: Client) -> None:
    assert client.get(reverse("check:index"))["Location"].startswith(TO_SIGN_IN)


def test_an_analyst_sees_checks_and_cannot_take_one_back(client: Client, analyst: User) -> None:
    activity = make.activity()
    check = activity.checks.create(checked_on=date(2026, 11, 3), checker="the class leader")
    client.force_login(analyst)

    page = client.get(reverse("check:index")).content.decode()
    client.post(reverse("check:delete", args=[check.pk]))

    assert "the class leader" in page
    assert activity.checks.exists()


def test_a_mistaken_check_is_taken_back_and_told(
    client: Client, moderator: User, manager: User
) -> None:
    activity = make.activity()
    check = activity.checks.create(checked_on=date(2026, 11, 3), checker="the class leader")
    client.force_login(moderator)

    client.post(reverse("check:delete", args=[check.pk]))

    client.force_login(manager)
    history = client.get(reverse("activity:history", args=[activity.pk])).content.decode()
    assert not activity.checks.exists()
    assert "the class leader" in history


def test_a_check_says_who_told_us(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)

    client.post(reverse("activities_staff:check", args=[activity.pk]), {"checker": "the warden"})

    assert activity.checks.get().checker == "the warden"


# ── What a careful reader found ──


def test_an_analyst_does_not_see_what_a_spreadsheet_said_beside_it(
    client: Client, analyst: User
) -> None:
    draft = make.draft(imported_values={"Contact": "Jo Private 07700 900123"})
    client.force_login(analyst)

    page = client.get(reverse("activity:inspect", args=[draft.pk])).content.decode()

    assert "Sure and Steady" in page
    assert "07700 900123" not in page


def test_a_level_that_staff_unticked_stays_unticked(client: Client, moderator: User) -> None:
    draft = imported_draft()
    client.force_login(moderator)
    address = reverse("activities_drafts:complete", args=[draft.pk])
    client.post(address, completed(venue_choice="", venue_postcode=""))

    page = client.get(address).content.decode()

    assert 'id="id_is_chair_based" checked' not in page


def test_keeping_a_draft_without_a_day_writes_no_empty_timetable(
    client: Client, moderator: User
) -> None:
    draft = imported_draft()
    client.force_login(moderator)

    client.post(
        reverse("activities_drafts:complete", args=[draft.pk]),
        completed(venue_choice="", venue_postcode="") | {"when-weekday": "", "when-start_time": ""},
    )

    assert not draft.schedules.exists()


def test_a_draft_is_kept_as_the_page_offers_it_with_only_a_time_added(
    client: Client, moderator: User
) -> None:
    draft = imported_draft()
    client.force_login(moderator)
    address = reverse("activities_drafts:complete", args=[draft.pk])
    offered = re.search(
        r'name="venue_choice" value="(\w+)"[^>]* checked', client.get(address).content.decode()
    )
    assert offered is not None

    response = client.post(address, completed(venue_choice=offered[1], venue_postcode=""))

    assert response.status_code == 302
    assert draft.schedules.get().start_time is not None


@pytest.mark.parametrize("move", MOVES)
def test_a_move_after_signing_in_anew_leads_back_to_the_activity(
    client: Client, moderator: User, move: str
) -> None:
    activity = make.activity()
    client.force_login(moderator)

    response = client.get(reverse(f"activities_staff:{move}", args=[activity.pk]))

    activity.refresh_from_db()
    assert response["Location"] == reverse("activity:edit", args=[activity.pk])
    assert activity.state == Activity.State.PUBLISHED
    assert not activity.checks.exists()


def test_two_who_complete_one_draft_see_both_versions(client: Client, moderator: User) -> None:
    draft = imported_draft()
    client.force_login(moderator)
    address = reverse("activities_drafts:complete", args=[draft.pk])
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

    response = client.post(reverse("activities_drafts:complete", args=[activity.pk]), completed())

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
        reverse("activities_drafts:complete", args=[draft.pk]),
        completed(venue_choice="", venue_postcode="", provider_name="move cic"),
    )

    draft.refresh_from_db()
    assert draft.provider == own


def test_a_draft_cannot_be_taken_down(client: Client, moderator: User) -> None:
    draft = make.draft()
    client.force_login(moderator)

    page = client.post(reverse("activities_staff:take_down", args=[draft.pk]), follow=True)

    draft.refresh_from_db()
    assert "is not published." in page.content.decode()
    assert draft.state == Activity.State.DRAFT
