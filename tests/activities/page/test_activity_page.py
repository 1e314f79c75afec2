"""The page of an activity: everything a person asks before going."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import address_of
from hereabouts.activities.vocabularies import Purpose
from tests import make
from tests.pages import ActivityPage, Page

pytestmark = pytest.mark.django_db

# A Monday morning in November.
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


def page_of(client: Client, activity: Activity, query: str = "") -> ActivityPage:
    """The page of that activity; `query` as somebody brings it from a search."""
    return ActivityPage.get(client, address_of(activity) + query)


# ── For whom ──


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


# ── Who leads it ──


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
    long_ago = MONDAY.date() - timedelta(days=settings.LEADER_REVIEW_DAYS + 1)

    page = page_of(client, make.red_class(confirmed_on=long_ago))

    assert "Leader not confirmed" in page.text
    assert "Red: FaME" not in page.main.text
    assert "That counted until 22 November 2026." in page.facts["Who leads it"]
    assert "not confirmed the leader lately." in page.facts["Who leads it"]


def test_another_certificate_does_not_run_out(client: Client) -> None:
    walk = make.activity(leader_qualification="WALK_LEADER", leader_confirmed_on=date(2020, 1, 6))

    leader = page_of(client, walk).facts["Who leads it"]

    assert leader == "Walk leader. Certificate seen on 6 January 2020."


# ── What it costs ──


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


# ── When ──


def test_exceptions_are_told_and_left_out(client: Client) -> None:
    activity = make.activity(
        breaks=[
            make.days_without(date(2026, 11, 26), reason="the hall is let"),
            make.days_without(date(2026, 12, 24)),
            make.days_without(date(2026, 12, 31)),
        ]
    )

    when = page_of(client, activity).facts["When"]

    assert "Thursday 26 November" not in when
    assert "Thursday 3 December, 1:30 to 2:45 pm" in when
    assert "No session on 26 November (the hall is let)." in when
    assert "No session on 24 and 31 December." in when


def test_term_time_is_said_and_kept_to(client: Client) -> None:
    make.term(ends_on=date(2026, 11, 27))
    make.term(name="Spring", starts_on=date(2027, 1, 5), ends_on=date(2027, 3, 25))

    when = page_of(client, make.activity(is_term_time_only=True)).facts["When"]

    assert "in school term time" in when
    assert "Thursday 26 November, 1:30 to 2:45 pm Thursday 7 January 2027" in when


def test_terms_that_nobody_told_us_are_not_guessed(client: Client) -> None:
    page = page_of(client, make.activity(is_term_time_only=True))

    assert "Next dates" not in page.text
    assert "Add to my calendar" not in page.text


def test_from_and_until_are_told(client: Client) -> None:
    course = make.schedule(starts_on=date(2027, 1, 7), ends_on=date(2027, 6, 24))

    when = page_of(client, make.activity(schedules=[course])).facts["When"]

    assert "The first time is Thursday 7 January 2027." in when
    assert "The last time is Thursday 24 June 2027." in when


# From a Monday until a Thursday: every Thursday in between, unless something else says so.
MONDAY_TO_THURSDAY: dict[str, Any] = {"starts_on": date(2026, 12, 7), "ends_on": date(2026, 12, 24)}


@pytest.mark.parametrize(
    ("line", "fields", "first", "last"),
    [
        ({}, {}, "10 December 2026", "24 December 2026"),
        (
            {},
            {"breaks": [(date(2026, 12, 10), date(2026, 12, 10)), (date(2026, 12, 20), None)]},
            "17 December 2026",
            "24 December 2026",
        ),
        (
            {},
            {"breaks": [(date(2026, 12, 20), date(2026, 12, 31))]},
            "10 December 2026",
            "17 December 2026",
        ),
        (
            {"starts_on": date(2026, 12, 14), "ends_on": date(2027, 1, 14)},
            {"is_term_time_only": True},
            "17 December 2026",
            "14 January 2027",
        ),
        (
            {"starts_on": date(2026, 12, 14), "ends_on": date(2027, 1, 5)},
            {"is_term_time_only": True},
            "17 December 2026",
            "17 December 2026",
        ),
    ],
)
def test_the_first_and_the_last_time_are_days_on_which_it_takes_place(
    client: Client,
    line: dict[str, Any],
    fields: dict[str, Any],
    first: str,
    last: str,
) -> None:
    make.term()
    make.term(name="Spring", starts_on=date(2027, 1, 5), ends_on=date(2027, 3, 25))
    fields["breaks"] = [make.days_without(*days) for days in fields.get("breaks", [])]
    course = make.schedule(**MONDAY_TO_THURSDAY | line)

    when = page_of(client, make.activity(schedules=[course], **fields)).facts["When"]

    assert f"The first time is Thursday {first}." in when
    assert f"The last time is Thursday {last}." in when


@pytest.mark.parametrize(
    ("until", "sentences"),
    [
        (date(2026, 12, 11), ["The first time is Thursday 17 December 2026."]),
        # Nobody knows when it begins.
        (None, []),
    ],
)
def test_the_first_time_is_after_a_pause(
    client: Client, until: date | None, sentences: list[str]
) -> None:
    activity = make.activity(schedules=[make.schedule(**MONDAY_TO_THURSDAY)])
    actions.pause(activity=activity, until=until, reason="", by=None, at=MONDAY)

    when = page_of(client, activity).facts["When"]

    assert re.findall(r"The first time[^.]*\.", when) == sentences
    assert "The last time is Thursday 24 December 2026." in when


def test_what_has_begun_does_not_say_when_it_began(client: Client) -> None:
    begun = make.schedule(starts_on=date(2026, 1, 8))

    assert "The first time" not in page_of(client, make.activity(schedules=[begun])).text


def test_a_pause_is_told_first_and_has_no_dates_inside(client: Client) -> None:
    activity = make.activity()
    actions.pause(
        activity=activity,
        until=date(2027, 1, 5),
        reason="the hall has a new floor",
        by=None,
        at=MONDAY,
    )

    page = page_of(client, activity)

    assert "Paused until 5 January 2027: the hall has a new floor." in page.text
    assert page.text.index("Paused until") < page.text.index("When Every Thursday")
    assert "Thursday 7 January 2027" in page.facts["When"]
    assert "November" not in page.facts["When"]
    assert page.event["startDate"] == "2027-01-07T13:30:00+00:00"


def test_a_pause_without_end_says_so_and_promises_nothing(client: Client) -> None:
    activity = make.activity()
    actions.pause(activity=activity, until=None, reason="no leader", by=None, at=MONDAY)

    page = page_of(client, activity)

    assert "Paused. Nobody knows yet until when: no leader." in page.text
    assert "Next dates" not in page.text
    assert "Add to my calendar" not in page.text
    assert page.event is None


def test_a_pause_that_is_over_is_not_told(client: Client) -> None:
    activity = make.activity()
    earlier = MONDAY - timedelta(days=30)
    actions.pause(
        activity=activity, until=date(2026, 11, 22), reason="a floor", by=None, at=earlier
    )

    assert "Paused" not in page_of(client, activity).text


# ── Parks, clubs and groups ──


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


# ── What else is near ──


def test_similar_ones_are_near_its_venue_and_not_itself(client: Client) -> None:
    here = make.activity(name="Here", is_low_impact=True)
    make.activity(
        name="Also green", is_low_impact=True, at_venue=make.venue(name="Larkfield", latitude=53.21)
    )
    make.activity(name="Chairs", is_chair_based=True)
    make.activity(name="Far green", is_low_impact=True, at_venue=make.venue(latitude=54.5))

    page = page_of(client, here)

    assert page.similar == ["Also green"]
    assert "Larkfield, Shirebrook. About 0.9 miles from here." in page.part(".similar").text
    assert "Far green" not in page.text


def test_what_has_no_level_is_like_others_of_its_kind(client: Client) -> None:
    bowls = make.kind("bowls")
    here = make.activity(name="Green bowls", kinds=[bowls])
    make.activity(name="More bowls", kinds=[bowls])
    make.activity(name="Tai chi", kinds=[make.kind("tai-chi")])

    page = page_of(client, here)

    assert page.similar == ["More bowls"]


def test_where_no_other_has_its_level_one_of_the_same_purpose_is_similar(client: Client) -> None:
    purposes = [Purpose.STRENGTH_AND_BALANCE]
    red = make.red_class(name="Red", purposes=purposes)
    make.activity(name="Orange", is_chair_based=True, purposes=purposes)
    make.activity(name="A walk")

    page = page_of(client, red)

    assert page.similar == ["Orange"]


@pytest.mark.parametrize("others", [4, 6])
def test_four_similar_ones_are_enough(client: Client, others: int) -> None:
    here = make.activity(name="Here", is_low_impact=True)
    for number in range(others):
        make.activity(name=f"Green {number}", is_low_impact=True)

    page = page_of(client, here)

    assert len(page.similar) == 4


def test_the_number_of_queries_does_not_grow_with_what_is_similar(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    here = make.activity(is_low_impact=True, concessions=[make.concession()])
    for number in range(5):
        make.activity(name=f"Green {number}", is_low_impact=True)

    with django_assert_max_num_queries(30):
        page_of(client, here)


# ── From a search, and when something is wrong ──


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


# ── Search engines ──


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


# ── What an organiser looks after ──


def test_an_organiser_sees_what_is_paused_and_whose_leader_is_not_confirmed(
    client: Client,
) -> None:
    runs_it = make.organisation()
    paused = make.activity(name="Paused one", provider=runs_it)
    actions.pause(activity=paused, until=None, reason="no hall", by=None, at=MONDAY)
    make.red_class(name="Lapsed one", confirmed_on=None, provider=runs_it)
    client.force_login(make.organiser_of(runs_it))

    page = Page.get(client, "/activities/yours/")

    assert "Paused. Nobody knows yet until when: no hall." in page.text
    assert "Leader not confirmed." in page.text
    assert page.text.count("Leader not confirmed") == 1


def test_similar_ones_lead_back_to_the_same_search(client: Client) -> None:
    here = make.activity(is_low_impact=True)
    other = make.activity(name="Also green", is_low_impact=True)

    page = page_of(client, here, "?near=NG20+8PA&within=10")

    assert f"{address_of(other)}?near=NG20+8PA&within=10" in page.links


def test_its_own_number_is_shown_only_where_it_is_the_one_to_use(client: Client) -> None:
    activity = make.activity(phone="0115 496 0100", contact=Activity.Contact.VENUE)
    assert "0115 496 0100" not in page_of(client, activity).text

    Activity.objects.update(contact=Activity.Contact.OWN)

    assert "0115 496 0100" in page_of(client, activity).text
