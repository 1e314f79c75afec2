"""Activities in the back office: who may, and what happens."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.activities.vocabularies import Form
from tests import make
from tests.activities.staff.posted import filled, lines, timetable
from tests.pages import Page

pytestmark = pytest.mark.django_db

TO_SIGN_IN = "/accounts/login/"
# A Monday morning in November.
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


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
        # Beside a Thursday.
        ({"frequency": "ONCE", "starts_on": "2026-12-12"}, "12 December 2026 is a Saturday."),
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


@pytest.mark.parametrize("weekday", ["", 5])
def test_what_happens_once_needs_no_day_of_the_week(
    client: Client, moderator: User, weekday: object
) -> None:
    client.force_login(moderator)
    line = timetable(frequency="ONCE", starts_on="2026-12-12", weekday=weekday)

    response = client.post(reverse("activity:add"), filled() | line)

    assert response.status_code == 302


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


def test_so_do_its_spreadsheet_and_its_page(client: Client, analyst: User) -> None:
    unconfirmed, confirmed = (
        make.activity(is_fame=True),
        make.red_class(confirmed_on=timezone.localdate()),
    )
    client.force_login(analyst)

    exported = client.get(reverse("activity:index"), {"export": "csv"})
    csv = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]
    read = [
        client.get(reverse("activity:inspect", args=[one.pk])).content.decode()
        for one in (unconfirmed, confirmed)
    ]

    assert ",Red: FaME falls class (leader not confirmed)," in csv
    assert ",Red: FaME falls class," in csv
    assert "Red: FaME falls class (leader not confirmed)" in read[0]
    assert "Red: FaME falls class" in read[1]
    assert "not confirmed" not in read[1]


def test_the_spreadsheet_says_when_and_when_checked(client: Client, analyst: User) -> None:
    activity = make.activity(cost_pence=250)
    activity.checks.create(checked_on=date(2026, 11, 3), checker="the class leader")
    client.force_login(analyst)

    exported = client.get(reverse("activity:index"), {"export": "csv"})
    csv = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]

    assert "Every Thursday, 1:30 to 2:45 pm" in csv
    assert "2026-11-03" in csv
    assert "£2.50" in csv


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

MOVES = ["publish", "take_down", "pause", "resume", "check"]


@pytest.mark.parametrize("move", MOVES)
def test_a_move_asks_to_sign_in(client: Client, move: str) -> None:
    activity = make.activity()

    response = client.post(reverse(f"activities_staff:{move}", args=[activity.pk]))

    assert response["Location"].startswith(TO_SIGN_IN)


@pytest.mark.parametrize("move", MOVES)
def test_a_move_is_not_for_analysts(client: Client, analyst: User, move: str) -> None:
    activity = make.activity()
    actions.pause(activity=activity, until=None, reason="New floor", by=None, at=MONDAY)
    client.force_login(analyst)

    client.post(reverse(f"activities_staff:{move}", args=[activity.pk]), {"reason": "Mine"})

    activity.refresh_from_db()
    assert activity.state == Activity.State.PUBLISHED
    assert activity.pause_reason == "New floor"
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


def test_an_analyst_does_not_see_what_a_spreadsheet_said_beside_it(
    client: Client, analyst: User
) -> None:
    draft = make.draft(imported_values={"Contact": "Jo Private 07700 900123"})
    client.force_login(analyst)

    page = client.get(reverse("activity:inspect", args=[draft.pk])).content.decode()

    assert "Sure and Steady" in page
    assert "07700 900123" not in page


@pytest.mark.parametrize("move", [move for move in MOVES if move != "pause"])
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


def test_a_draft_cannot_be_taken_down(client: Client, moderator: User) -> None:
    draft = make.draft()
    client.force_login(moderator)

    page = client.post(reverse("activities_staff:take_down", args=[draft.pk]), follow=True)

    draft.refresh_from_db()
    assert "is not published." in page.content.decode()
    assert draft.state == Activity.State.DRAFT


# ── What people ask before they go ──


def test_everything_that_people_ask_is_kept(client: Client, moderator: User) -> None:
    walking, other = make.kind("walking"), make.kind(name="Quidditch")
    client.force_login(moderator)

    response = client.post(
        reverse("activity:add"),
        filled(
            form="GROUP",
            kinds=[walking.pk],
            other_kind="quidditch",
            purposes=["HEALTH_WALK", "COMPANY"],
            age_from="65",
            gender="WOMEN",
            ability="BEGINNERS",
            conditions=["STROKE", "ARTHRITIS"],
            languages=["pl", "en"],
            carers_welcome="yes",
            is_first_free="no",
            places_per_session="12",
            is_term_time_only="on",
        )
        | timetable()
        | lines("breaks", {"starts_on": "2026-12-24", "reason": "Christmas"})
        | lines("prices", {"who": "Carers", "pounds": "1.50", "proof": "Carer’s card"}),
    )

    activity = Activity.objects.get()
    assert response.status_code == 302
    assert activity.form == Form.GROUP
    assert {kind.name for kind in activity.kinds.all()} == {"Walking", other.name}
    assert activity.purposes == ["HEALTH_WALK", "COMPANY"]
    assert (activity.age_from, activity.age_to) == (65, None)
    assert (activity.gender, activity.ability) == ("WOMEN", "BEGINNERS")
    assert activity.conditions == ["ARTHRITIS", "STROKE"]
    assert activity.languages == ["en", "pl"]
    assert (activity.carers_welcome, activity.is_first_free) == (True, False)
    assert activity.places_per_session == 12
    assert activity.is_term_time_only
    day_off = activity.breaks.get()
    assert day_off.starts_on == day_off.ends_on == date(2026, 12, 24)
    price = activity.concessions.get()
    assert (price.who, price.pence, price.proof) == ("Carers", 150, "Carer’s card")


def test_reduced_prices_change_their_names(client: Client, moderator: User) -> None:
    prices = [make.concession(who="Over 65"), make.concession(who="Carers")]
    activity = make.draft(concessions=prices)
    client.force_login(moderator)
    changed = [
        {"id": prices[0].pk, "who": "Carers", "pounds": "1"},
        {"id": prices[1].pk, "who": "Over 75", "pounds": "1"},
    ]

    response = client.post(
        reverse("activity:edit", args=[activity.pk]),
        filled(version=1) | timetable() | lines("prices", *changed) | {"prices-INITIAL_FORMS": 2},
    )

    assert response.status_code == 302
    assert sorted(activity.concessions.values_list("who", flat=True)) == ["Carers", "Over 75"]


def test_what_is_left_alone_is_not_stated(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    client.post(reverse("activity:add"), filled() | timetable())

    activity = Activity.objects.get()
    assert activity.carers_welcome is None
    assert activity.is_first_free is None
    assert (activity.age_from, activity.places_per_session) == (None, None)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"age_from": "70", "age_to": "65"}, "The oldest must not be younger"),
        ({"age_to": "650"}, "Nobody is that old."),
        ({"other_kind": "Wlaking football"}, "Did you mean: Walking Football"),
        ({"other_kind": "Xyzzyx"}, "The OpenActive list has no kind of that name."),
        ({"conditions": ["PLAGUE"]}, "PLAGUE is not one of the available choices"),
        (lines("breaks", {"reason": "Christmas"}), "This field is required."),
        (
            lines("breaks", {"starts_on": "2026-12-31", "ends_on": "2026-12-24"}),
            "The last date must not be before the first.",
        ),
        (lines("prices", {"who": "Carers"}), "This field is required."),
        (lines("prices", {"who": "Carers", "pounds": "-1"}), "greater than or equal to 0"),
        (
            lines("prices", {"who": "Carers", "pounds": "1"}, {"who": "Carers", "pounds": "2"}),
            "duplicate",
        ),
    ],
)
def test_what_cannot_be_is_explained_and_nothing_typed_is_lost(
    client: Client, moderator: User, fields: dict[str, object], sentence: str
) -> None:
    client.force_login(moderator)

    posted = filled(summary="Moving to music") | timetable() | fields

    page = Page(client.post(reverse("activity:add"), posted))

    assert sentence in page.text
    assert page.value("summary") == "Moving to music"
    assert not Activity.objects.exists()


def test_a_kind_that_is_not_kept_stays_ticked(client: Client, moderator: User) -> None:
    rare = make.kind(name="Quidditch")
    activity = make.activity(kinds=[rare])
    client.force_login(moderator)

    page = Page.get(client, reverse("activity:edit", args=[activity.pk]))

    assert page.parts(f'[name="kinds"][value="{rare.pk}"][checked]')


def test_the_history_tells_choices_in_words(client: Client, moderator: User, manager: User) -> None:
    activity = make.activity(conditions=["STROKE"])
    line = activity.schedules.get()
    client.force_login(moderator)

    client.post(
        reverse("activity:edit", args=[activity.pk]),
        filled(version=2, venue=activity.venue_id, conditions=["STROKE", "COPD"])
        | timetable(id=line.pk)
        | {"timetable-INITIAL_FORMS": 1, "timetable-0-end_time": "14:45"}
        | lines("breaks", {"starts_on": "2026-12-24"}),
    )

    client.force_login(manager)
    history = Page.get(client, reverse("activity:history", args=[activity.pk]))
    assert "COPD (a lung condition), Stroke" in history.text
    assert "No session on 24 December 2026" in history.text
    assert "['" not in history.text


def test_two_who_edit_at_once_see_lists_in_words(client: Client, moderator: User) -> None:
    kind = make.kind("walking")
    draft = make.draft(conditions=["STROKE"], breaks=[make.days_without(date(2026, 12, 24))])
    Activity.objects.filter(pk=draft.pk).update(version=2)
    client.force_login(moderator)
    changes = filled(version=1, conditions=["DEMENTIA"], carers_welcome="no", kinds=[kind.pk])

    page = Page(client.post(reverse("activity:edit", args=[draft.pk]), changes | timetable()))

    conflict = page.part(".hereabouts-conflict").text
    for words in ("Stroke", "Dementia", "24 December 2026", "Walking"):
        assert words in conflict


# ── Pausing ──


def test_pausing_says_so_and_resuming_ends_it(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)

    with time_machine.travel(MONDAY, tick=False):
        told = client.post(
            reverse("activities_staff:pause", args=[activity.pk]),
            {"until": "2027-01-05", "reason": "The hall has a new floor"},
            follow=True,
        ).content.decode()
        activity.refresh_from_db()
        was_paused = activity.is_paused(on=date(2026, 12, 1))
        resumed = client.post(
            reverse("activities_staff:resume", args=[activity.pk]), follow=True
        ).content.decode()

    activity.refresh_from_db()
    assert "Paused until 5 January 2027: The hall has a new floor. The finder leaves it" in told
    assert was_paused
    assert "runs again. Residents can find it now." in resumed
    assert activity.paused_on is None


@pytest.mark.parametrize(
    ("until", "reason", "sentence"),
    [
        ("2026-11-22", "A new floor", "That day has gone."),
        ("", "", "This field is required."),
        ("soon", "A new floor", "Enter a valid date."),
    ],
)
def test_a_pause_that_cannot_be_is_explained_and_nothing_typed_is_lost(
    client: Client, moderator: User, until: str, reason: str, sentence: str
) -> None:
    activity = make.activity()
    client.force_login(moderator)

    with time_machine.travel(MONDAY, tick=False):
        page = client.post(
            reverse("activities_staff:pause", args=[activity.pk]),
            {"until": until, "reason": reason},
        ).content.decode()

    activity.refresh_from_db()
    assert sentence in page
    assert reason in page
    assert activity.paused_on is None


@pytest.mark.parametrize("page", ["activity:edit", "activities_staff:pause"])
def test_a_pause_that_is_over_is_not_offered_again(
    client: Client, moderator: User, page: str
) -> None:
    activity = make.activity()
    actions.pause(
        activity=activity, until=date(2026, 11, 30), reason="A new floor", by=None, at=MONDAY
    )
    client.force_login(moderator)

    with time_machine.travel(MONDAY, tick=False):
        during = Page.get(client, reverse(page, args=[activity.pk]))
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False):
        after = Page.get(client, reverse(page, args=[activity.pk]))

    assert (during.value("until"), during.value("reason")) == ("2026-11-30", "A new floor")
    assert (after.value("until"), after.value("reason")) == ("", "")


def test_a_draft_is_not_paused(client: Client, moderator: User) -> None:
    draft = make.draft()
    client.force_login(moderator)

    page = client.post(
        reverse("activities_staff:pause", args=[draft.pk]), {"reason": "A new floor"}
    ).content.decode()

    assert "there is nothing to pause" in page


def test_the_page_of_staff_says_that_it_is_paused(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)
    client.post(reverse("activities_staff:pause", args=[activity.pk]), {"reason": "A new floor"})

    page = client.get(reverse("activity:edit", args=[activity.pk])).content.decode()

    assert "Paused. Nobody knows yet until when: A new floor" in page
    assert "It runs again" in page


def test_the_list_says_what_each_is_and_filters_by_it(client: Client, analyst: User) -> None:
    make.open_space(name="Carr Wood")
    make.activity(name="Sure and Steady", is_low_impact=True)
    client.force_login(analyst)

    everything = client.get(reverse("activity:index")).content.decode()
    parks = client.get(reverse("activity:index"), {"form": "OPEN_SPACE"}).content.decode()
    green = client.get(reverse("activity:index"), {"level": "GREEN"}).content.decode()

    assert "Park or open space" in everything
    assert "Carr Wood" in parks
    assert "Sure and Steady" not in parks
    assert "Sure and Steady" in green
    assert "Carr Wood" not in green


def test_the_list_filters_by_pause(client: Client, analyst: User) -> None:
    paused = make.activity(name="Closed for now")
    make.activity(name="Open as ever")
    actions.pause(activity=paused, until=None, reason="New floor", by=None, at=timezone.now())
    client.force_login(analyst)

    now = client.get(reverse("activity:index"), {"paused": "now"}).content.decode()
    running = client.get(reverse("activity:index"), {"paused": "no"}).content.decode()

    assert "Closed for now" in now
    assert "Published (paused)" in now
    assert "Open as ever" not in now
    assert "Open as ever" in running
    assert "Closed for now" not in running


def test_the_spreadsheet_has_lists_in_words(client: Client, analyst: User) -> None:
    make.activity(
        kinds=[make.kind("walking")],
        conditions=["STROKE", "COPD"],
        age_from=65,
        concessions=[make.concession(who="Carers", pence=0, proof="a card")],
    )
    client.force_login(analyst)

    exported = client.get(reverse("activity:index"), {"export": "csv"})

    csv = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]
    assert "COPD (a lung condition); Stroke" in csv
    assert ",65," in csv
    assert "Carers: free (a card)" in csv
    assert "Walking" in csv
