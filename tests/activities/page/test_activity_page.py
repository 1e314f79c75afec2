"""The page of an activity: everything a person asks before going."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from hereabouts.activities.models import Activity
from tests import make
from tests.activities.page.visits import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"age_from": 65}, "For people aged 65 and over."),
        ({"age_from": 8, "age_to": 11}, "For people aged 8 to 11."),
        ({"age_to": 17}, "For people aged up to 17."),
        ({"gender": "WOMEN"}, "For women only."),
        ({"ability": "BEGINNERS"}, "For beginners."),
        ({"conditions": ["STROKE", "COPD"]}, "any of these: COPD (a lung condition), Stroke."),
        ({"carers_welcome": True}, "A carer may come along."),
        ({"carers_welcome": False}, "Carers cannot come along."),
        ({"languages": ["pl", "en"]}, "Spoken or signed there: English, Polish."),
    ],
)
def test_for_whom_it_is_stands_in_plain_sentences(
    client: Client, fields: dict[str, Any], sentence: str
) -> None:
    page = page_of(client, make.activity(**fields))

    assert sentence in page.text


def test_what_nobody_said_about_people_is_not_stated(client: Client) -> None:
    page = page_of(client, make.activity(age_from=65))

    assert (
        "Not stated: women or men, how able you need to be, health conditions, carers" in page.text
    )
    assert "only" not in page.for_whom


def test_nothing_is_called_not_stated_when_everything_is_known(client: Client) -> None:
    known = make.activity(
        age_from=18,
        gender="EVERYBODY",
        ability="ANYBODY",
        conditions=["STROKE"],
        carers_welcome=True,
        languages=["en"],
    )

    assert "Not stated:" not in page_of(client, known).text


def test_a_confirmed_leader_says_seen_when_and_until_when(client: Client) -> None:
    page = page_of(client, make.red_class(confirmed_on=date(2026, 11, 3)))

    until = date(2026, 11, 3) + timedelta(days=settings.LEADER_REVIEW_DAYS)
    assert "Red: FaME falls class" in page.text
    assert (
        f"Certificate seen on 3 November 2026. That counts until {until.day} {until:%B %Y}."
        in page.facts["Who leads it"]
    )


def test_a_leader_never_confirmed_makes_no_red_class(client: Client) -> None:
    page = page_of(client, make.red_class(confirmed_on=None))

    assert "Leader not confirmed" in page.text
    assert "Red: FaME" not in page.main.text
    assert "not confirmed the leader yet. Ask before you go." in page.facts["Who leads it"]


def test_a_leader_confirmed_too_long_ago_makes_no_red_class(client: Client) -> None:
    long_ago = make.MONDAY.date() - timedelta(days=settings.LEADER_REVIEW_DAYS + 1)

    page = page_of(client, make.red_class(confirmed_on=long_ago))

    assert "Leader not confirmed" in page.text
    assert "Red: FaME" not in page.main.text
    assert "That counted until 22 November 2026." in page.facts["Who leads it"]
    assert "not confirmed the leader lately." in page.facts["Who leads it"]


def test_another_certificate_does_not_run_out(client: Client) -> None:
    walk = make.activity(leader_qualification="WALK_LEADER", leader_confirmed_on=date(2020, 1, 6))

    leader = page_of(client, walk).facts["Who leads it"]

    assert leader == "Walk leader. Certificate seen on 6 January 2020."


def test_the_cost_says_first_free_and_who_pays_less_with_what_to_bring(client: Client) -> None:
    activity = make.activity(
        cost_pence=300,
        is_first_free=True,
        concessions=[
            make.concession(who="people on Universal Credit", pence=150, proof="your letter"),
            make.concession(who="carers", pence=0),
        ],
    )

    cost = page_of(client, activity).facts["Cost"]

    assert cost == (
        "£3. Your first time is free. Free for: carers."
        " £1.50 for: people on Universal Credit. Please bring: your letter."
    )


def test_a_lower_price_is_told_where_the_usual_one_is_not_stated(client: Client) -> None:
    activity = make.activity(concessions=[make.concession(who="carers", pence=100)])

    assert page_of(client, activity).facts["Cost"] == "Cost not stated. £1 for: carers."


def test_places_are_told_only_when_somebody_said(client: Client) -> None:
    assert page_of(client, make.activity(places_per_session=12)).facts["Places"] == (
        "12 places each time."
    )
    assert "Places" not in page_of(client, make.activity()).facts


def test_a_park_reads_as_a_park(client: Client) -> None:
    page = page_of(client, make.open_space(description="A path round the lake."))

    assert page.facts["When"] == "No set times."
    assert "What is there" in page.text
    assert "Park or open space" in page.text
    assert not {"Who leads it", "How to join"} & page.facts.keys()
    assert page.event is None


def test_a_place_without_a_postcode_has_the_nearest(client: Client) -> None:
    page = page_of(client, make.open_space())

    assert "It has no postcode of its own. The nearest is NG20 8" in page.text


def test_a_group_without_times_says_whom_to_ask(client: Client) -> None:
    group = make.activity(form="GROUP")
    group.schedules.all().delete()

    page = page_of(client, group)
    assert "Ask them when they meet." in page.facts["When"]
    assert "Ask them: they know who comes." in page.text


def test_where_nobody_is_stated_nobody_is_to_be_asked(client: Client) -> None:
    group = make.activity(form="GROUP", provider=None, at_venue=make.venue(phone=""))
    group.schedules.all().delete()

    page = page_of(client, group)

    assert page.facts["When"] == "Not stated"
    assert "they know who comes" not in page.text


def test_coming_from_a_search_it_says_how_to_get_there(client: Client) -> None:
    activity = make.activity(at_venue=make.venue(latitude=53.21))

    where = page_of(client, activity, "?near=NG20+8PA").facts["Where"]

    assert re.search(r"About 0\.\d miles, about \d+ minutes’ walk from NG20 8PA", where)


def test_what_is_wrong_can_be_told_by_phone_and_e_mail(client: Client) -> None:
    make.partnership()

    page = page_of(client, make.activity(name="Tea & tai chi"))

    assert "Is something wrong here?" in page.text
    assert (
        "mailto:hello@heathandvale.example?subject="
        "Something%20is%20wrong%3A%20Tea%20%26%20tai%20chi%2C%20Millbeck%20Hall%2C%20Shirebrook"
    ) in page.links
    assert "tel:+441154960142" in page.phones


def test_search_engines_learn_prices_ages_and_places(client: Client) -> None:
    activity = make.activity(
        cost_pence=300,
        age_from=65,
        places_per_session=12,
        concessions=[make.concession(who="carers", pence=0)],
    )

    event = page_of(client, activity).event

    assert [(offer.get("name"), offer["price"]) for offer in event["offers"]] == [
        (None, "3.00"),
        ("carers", "0.00"),
    ]
    assert event["typicalAgeRange"] == "65-"
    assert event["maximumAttendeeCapacity"] == 12
    assert event["isAccessibleForFree"] is False


def test_search_engines_are_told_nothing_that_nobody_said(client: Client) -> None:
    event = page_of(client, make.activity()).event

    untold = {
        "offers",
        "typicalAgeRange",
        "image",
        "maximumAttendeeCapacity",
        "isAccessibleForFree",
    }
    assert not untold & event.keys()


def test_its_own_number_is_shown_only_where_it_is_the_one_to_use(client: Client) -> None:
    activity = make.activity(phone="0115 496 0100", contact=Activity.Contact.VENUE)
    assert "0115 496 0100" not in page_of(client, activity).text

    Activity.objects.update(contact=Activity.Contact.OWN)

    assert "0115 496 0100" in page_of(client, activity).text
