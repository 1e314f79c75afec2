"""Adding and changing activities in the back office."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity
from hereabouts.activities.vocabularies import Form
from tests import make
from tests.activities.staff.posted import filled, lines, timetable
from tests.pages import Page

pytestmark = pytest.mark.django_db


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
