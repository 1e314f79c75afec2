"""What the finder finds and says: every filter, every count, every change that it offers."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from hereabouts.activities import actions
from hereabouts.activities.finder import COUNTED_UP_TO, Answer, Count, Group
from hereabouts.activities.finding.distances import (
    REACH_BY_CODE,
    minutes_in_words,
    straight_km,
    way_in_words,
)
from hereabouts.activities.finding.filters import number, short_number, unconfirmed
from hereabouts.activities.finding.results import price_in_words
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.vocabularies import Form
from tests import make
from tests.pages import FinderPage, PrintedPage

pytestmark = pytest.mark.django_db

# A Monday morning in November.
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HERE = "/find/?near=NG20+8PA"


@pytest.fixture(autouse=True)
def on_a_monday() -> object:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


# ── Each filter, alone ──


def tuesday_morning() -> dict[str, Any]:
    return {"schedules": [make.schedule(weekday=1, start_time=time(10), end_time=time(11))]}


Fields = Callable[[], dict[str, Any]]
FILTERS: dict[str, tuple[str, Fields, Fields]] = {
    "level": ("level=GREEN", lambda: {"is_low_impact": True}, lambda: {"is_chair_based": True}),
    "no level": ("level=NONE", dict, lambda: {"is_low_impact": True}),
    "form": ("form=CLUB", lambda: {"form": Form.CLUB}, lambda: {"form": Form.GROUP}),
    "kind": (
        "kind=tai-chi",
        lambda: {"kinds": [make.kind("tai-chi")]},
        lambda: {"kinds": [make.kind("yoga")]},
    ),
    "broader kind": (
        "kind=walking",
        lambda: {"kinds": [make.kind("nordic-walking")]},
        lambda: {"kinds": [make.kind("yoga")]},
    ),
    "purpose": ("purpose=HEALTH_WALK", lambda: {"purposes": ["HEALTH_WALK"]}, dict),
    "day": ("day=tue", tuesday_morning, dict),
    "part of the day": ("part=am", tuesday_morning, dict),
    "a part of a day": ("when=tue-am", tuesday_morning, dict),
    "cost": ("cost=UP_TO_3", lambda: {"cost_pence": 300}, lambda: {"cost_pence": 301}),
    "first free": ("cost=FIRST_FREE", lambda: {"is_first_free": True}, dict),
    "condition": ("condition=STROKE", lambda: {"conditions": ["STROKE"]}, dict),
    "language": ("language=pl", lambda: {"languages": ["pl"]}, lambda: {"languages": ["en"]}),
    "words": ("what=carpet", lambda: {"summary": "Carpet bowls"}, dict),
    "words with an accent": ("what=cwiczenia", lambda: {"summary": "Łagodne ćwiczenia"}, dict),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_finds_what_fits_and_nothing_else(client: Client, name: str) -> None:
    query, fits, does_not = FILTERS[name]
    make.activity(name="Fits", **fits())
    make.activity(name="Does not", **does_not())

    page = FinderPage.get(client, f"{HERE}&{query}")

    assert page.names == ["Fits"]


def test_two_conditions_ask_for_both(client: Client) -> None:
    make.activity(name="Both", conditions=["STROKE", "DIABETES"])
    make.activity(name="One", conditions=["STROKE"])

    page = FinderPage.get(client, f"{HERE}&condition=STROKE&condition=DIABETES")

    assert page.names == ["Both"]
    assert "Welcome here: Diabetes, Stroke" in page.text


def test_step_free_finds_only_what_somebody_checked_and_found(client: Client) -> None:
    make.activity(name="Checked", at_venue=make.venue(has=["STEP_FREE"]))
    make.activity(name="Checked, and there are steps", at_venue=make.venue(has_not=["STEP_FREE"]))
    make.activity(name="Nobody looked")

    page = FinderPage.get(client, f"{HERE}&need=STEP_FREE")

    assert page.names == ["Checked"]


def test_free_includes_what_somebody_else_pays_for_some(client: Client) -> None:
    make.activity(name="Free for everybody", cost_pence=0)
    paid = [make.concession(who="people referred by a doctor", pence=0)]
    make.activity(name="Paid for by the council", cost_pence=500, concessions=paid)
    make.activity(name="Reduced", cost_pence=500, concessions=[make.concession(pence=100)])
    make.activity(name="Not stated")

    page = FinderPage.get(client, f"{HERE}&cost=FREE")

    assert sorted(page.names) == ["Free for everybody", "Paid for by the council"]


@pytest.mark.parametrize(
    ("age", "found"),
    [
        ("CHILDREN", ["For families"]),
        ("TEENAGERS", ["For families"]),
        ("ADULTS", ["For families", "No ages stated"]),
        ("OLDER", ["For families", "From 65", "No ages stated"]),
    ],
)
def test_by_age_one_finds_what_is_for_that_age(client: Client, age: str, found: list[str]) -> None:
    make.activity(name="From 65", age_from=65)
    make.activity(name="For families", age_from=5, age_to=99)
    make.activity(name="No ages stated")

    page = FinderPage.get(client, f"{HERE}&age={age}")

    assert sorted(page.names) == found


def test_what_happens_once_is_found_by_the_day_of_its_date(client: Client) -> None:
    saturday = make.schedule(frequency="ONCE", weekday=0, starts_on=date(2026, 12, 12))
    make.activity(schedules=[saturday])

    assert FinderPage.get(client, f"{HERE}&day=sat").names == ["Sure and Steady"]
    assert FinderPage.get(client, f"{HERE}&day=mon").names == []


def test_parks_clubs_groups_and_classes_are_found_in_one_search(client: Client) -> None:
    make.open_space(name="Carr Wood", at_venue=make.venue(name="Carr Wood", latitude=53.2010))
    make.activity(name="Bowls club", form=Form.CLUB)
    make.activity(name="Knit and natter", form=Form.GROUP)
    make.activity(name="Gentle moves", form=Form.SESSIONS)

    page = FinderPage.get(client, HERE)

    assert sorted(page.names) == ["Bowls club", "Carr Wood", "Gentle moves", "Knit and natter"]
    tags = {tag.text for tag in page.parts(".card .tag")}
    assert tags == {"Park or open space", "Club", "Community group", "Class or session"}


def test_a_paused_class_is_found_only_when_asked_for(client: Client) -> None:
    paused = make.activity(name="Sure and Steady")
    actions.pause(activity=paused, until=date(2027, 1, 5), reason="", by=None, at=MONDAY)

    usual = FinderPage.get(client, HERE)
    on_request = FinderPage.get(client, f"{HERE}&paused=1")

    assert usual.names == []
    assert on_request.names == ["Sure and Steady"]
    assert "Paused until 5 January 2027" in on_request.text


def test_the_soonest_comes_first_when_asked(client: Client) -> None:
    far = make.venue(latitude=53.22)
    make.activity(name="Near, on Thursday", at=MONDAY)
    make.activity(name="Far, tomorrow", at_venue=far, at=MONDAY, **tuesday_morning())

    nearest = FinderPage.get(client, HERE)
    soonest = FinderPage.get(client, f"{HERE}&order=soonest")

    assert nearest.names == ["Near, on Thursday", "Far, tomorrow"]
    assert soonest.names == ["Far, tomorrow", "Near, on Thursday"]
    assert "Soonest first." in soonest.text


# ── Counts ──


@pytest.fixture
def a_village() -> None:
    """Nine things to go to, alike in some things and not in others."""
    hall = make.venue(name="Millbeck Hall", has=["STEP_FREE", "PARKING"])
    library = make.venue(name="Larkfield Library", latitude=53.215, has=["STEP_FREE"])
    far = make.venue(name="Thistle Lane Centre", latitude=53.30, has_not=["STEP_FREE"])
    tuesdays = tuesday_morning()["schedules"]
    evenings = [make.schedule(weekday=3, start_time=time(19), end_time=None)]
    make.activity(name="1", at_venue=hall, is_low_impact=True, kinds=[make.kind("tai-chi")])
    make.activity(name="2", at_venue=hall, is_chair_based=True, conditions=["STROKE"])
    make.activity(name="3", at_venue=library, schedules=tuesdays, cost_pence=0, languages=["pl"])
    make.activity(name="4", at_venue=library, is_low_impact=True, conditions=["STROKE", "COPD"])
    make.activity(name="5", at_venue=far, schedules=evenings, purposes=["COMPANY"], age_from=65)
    make.activity(name="6", at_venue=far, is_low_impact=True, kinds=[make.kind("yoga")])
    make.activity(name="7", form=Form.CLUB, cost_pence=250, schedules=evenings)
    make.activity(name="8", at_venue=hall, is_chair_based=True, schedules=tuesdays)
    make.open_space(name="9")


# What is ticked besides in the same filter counts as well.
ALL_OF = ("need", "condition")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "&within=10",
        "&within=10&level=GREEN",
        "&within=10&need=STEP_FREE&day=tue",
        "&within=10&condition=STROKE&level=ORANGE",
        "&within=10&part=pm&part=eve&cost=UP_TO_3",
        "&what=hall",
    ],
)
@pytest.mark.usefixtures("a_village")
def test_each_filter_gives_as_many_as_it_says(client: Client, query: str) -> None:
    page = FinderPage.get(client, HERE + query)

    assert len(page.options) > 15
    for option in page.options:
        others = [pair for pair in query.split("&") if not pair.startswith(f"{option.name}=")]
        same = [pair for pair in query.split("&") if pair.startswith(f"{option.name}=")]
        kept = others + same if not option.is_radio and option.name in ALL_OF else others
        pressed = HERE + "&".join([*kept, f"{option.name}={option.value}"]).replace("&&", "&")
        assert FinderPage.get(client, pressed).total == option.count, (query, option)


@pytest.mark.usefixtures("a_village")
def test_taking_a_chip_off_is_the_search_without_it(client: Client) -> None:
    page = FinderPage.get(client, f"{HERE}&within=10&level=GREEN&need=STEP_FREE&what=tai+chi")

    assert page.chips == {
        "“tai chi”": f"{HERE}&within=10&level=GREEN&need=STEP_FREE",
        "Green: low-impact": f"{HERE}&within=10&what=tai+chi&need=STEP_FREE",
        "Step-free way in": f"{HERE}&within=10&what=tai+chi&level=GREEN",
        "Clear all": f"{HERE}&within=10",
    }


def test_kinds_conditions_and_languages_show_only_what_is_here(client: Client) -> None:
    make.activity(kinds=[make.kind("tai-chi")], conditions=["STROKE"], languages=["pl"])

    page = FinderPage.get(client, f"{HERE}&condition=COPD")

    boxes = {(box.tag["name"], box.tag["value"]) for box in page.parts("#filters input")}
    assert ("kind", "yoga") not in boxes
    # Ticked, so there to be taken off, though nothing here has it.
    assert "condition-COPD" in page.ticked
    assert ("language", "ro") not in boxes


def test_of_many_kinds_the_most_frequent_come_first_and_the_rest_one_press_away(
    client: Client,
) -> None:
    codes = ("tai-chi", "yoga", "pilates", "running", "hiking", "football", "netball", "tennis")
    others = ("cricket", "hockey", "golf", "rowing", "angling", "climbing")
    hall = make.venue()
    make.activity(at_venue=hall, kinds=[make.kind(code) for code in (*codes, *others)])
    make.activity(at_venue=hall, kinds=[make.kind("rowing")])

    page = FinderPage.get(client, HERE)

    kinds = [box.tag["value"] for box in page.filter("kind").parts("input")]
    more = [box.tag["value"] for box in page.filter("kind").parts(".filters__more input")]
    assert "rowing" in kinds
    assert "rowing" not in more
    assert "yoga" in more


def test_a_filter_without_any_choice_here_has_no_box(client: Client) -> None:
    make.activity()

    page = FinderPage.get(client, HERE)

    assert page.filter("language").text == ""
    assert page.filter("language").parts("input") == []


def test_more_than_a_thousand_is_said_in_full_to_whoever_listens() -> None:
    many = Count.of(COUNTED_UP_TO + 1)

    assert (short_number(many), number(many)) == ("1,000+", "more than 1,000")
    assert (short_number(Count.of(1000)), number(Count.of(1000))) == ("1,000", "1,000")


# ── In words ──


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "Activity near NG20 8PA"),
        ("&purpose=STRENGTH_AND_BALANCE", "Strength and balance near NG20 8PA"),
        ("&purpose=STRENGTH_AND_BALANCE&level=RED", "Strength and balance near NG20 8PA"),
        ("&kind=yoga&kind=tai-chi", "Yoga or Tai Chi near NG20 8PA"),
        ("&kind=yoga&kind=tai-chi&kind=pilates&kind=hiking", "Activity near NG20 8PA"),
        ("&form=OPEN_SPACE", "Parks and open spaces near NG20 8PA"),
        ("&level=ORANGE", "Orange chair-based classes near NG20 8PA"),
        ("&level=NONE", "Walks, parks and other near NG20 8PA"),
        ("&what=walking", "Walking near NG20 8PA"),
        ("&what=tea+and+cake", "“tea and cake” near NG20 8PA"),
        ("&what=%22tea+dance%22", "“tea dance” near NG20 8PA"),
        ("&what=“tea”+„cake“", "“tea” „cake“ near NG20 8PA"),
        ("&what=!%3F+😀", "Activity near NG20 8PA"),
        ("&what=near+the", "Activity near NG20 8PA"),
        ("&what=„The%E2%80%9C&need=STEP_FREE", "Activity near NG20 8PA"),
        ("&what=%22the+who%22", "“the who” near NG20 8PA"),
        ("&need=STEP_FREE&day=tue", "Activity near NG20 8PA"),
    ],
)
def test_the_title_says_what_was_looked_for(client: Client, query: str, heading: str) -> None:
    page = FinderPage.get(client, HERE + query)

    assert page.title == f"{heading} – Hereabouts"


def test_somebody_who_lets_their_phone_say_reads_where_they_are(client: Client) -> None:
    make.activity()

    page = FinderPage.get(client, "/find/?near=53.200,+-1.232")

    assert page.heading == "Activity near where you are now"


@pytest.mark.parametrize(
    ("miles", "words"),
    [
        (0.02, "less than 0.1 miles, about 1 minute’s walk"),
        (0.7, "about 0.7 miles, about 17 minutes’ walk"),
        (1.25, "about 1.2 miles, about 30 minutes’ walk"),
        (1.4, "about 1.4 miles, about 18 minutes by bus"),
        (2.9, "about 2.9 miles, about 27 minutes by bus"),
        (12, "about 12 miles, probably more than an hour by bus"),
    ],
)
def test_a_distance_says_about_how_long_it_takes(miles: float, words: str) -> None:
    assert way_in_words(straight_km(miles)) == words


def test_how_fast_people_go_is_a_setting(settings: Settings) -> None:
    settings.WALKING_MILES_PER_HOUR = 1.4

    assert minutes_in_words(straight_km(0.7)) == "about 30 minutes’ walk"


def test_a_card_says_how_long_it_takes(client: Client) -> None:
    make.activity(at_venue=make.venue(latitude=53.2233))

    page = FinderPage.get(client, HERE)

    assert re.search(r"About 2\.\d miles, about \d\d minutes by bus", page.text)


@pytest.mark.parametrize(
    ("code", "latitude", "is_found"),
    [
        ("walk-15", 53.205, True),
        ("walk-15", 53.215, False),
        ("walk-30", 53.210, True),
        ("bus-30", 53.225, True),
        ("bus-30", 53.250, False),
        ("bus-60", 53.250, True),
    ],
)
def test_how_far_may_be_said_in_minutes(
    client: Client, code: str, latitude: float, *, is_found: bool
) -> None:
    make.activity(name="There", at_venue=make.venue(latitude=latitude))

    page = FinderPage.get(client, f"{HERE}&within={code}")

    assert ("There" in page.names) is is_found
    assert f"within about {REACH_BY_CODE[code].in_words()}" in page.text or not is_found


@pytest.mark.parametrize(
    ("pence", "concessions", "price"),
    [
        (400, [], "£4"),
        (
            400,
            [make.concession(who="over 65s", pence=200, proof="your bus pass")],
            "£4, or £2 for over 65s (please bring: your bus pass)",
        ),
        (400, [make.concession(who="carers", pence=0)], "£4, or free for carers"),
        (
            450,
            [
                make.concession(who="over 65s", pence=300),
                make.concession(who="students", pence=150),
            ],
            "£4.50, or £1.50 for students",
        ),
        (None, [make.concession(who="over 65s", pence=200)], "£2 for over 65s"),
        # Not lower, so not worth a word.
        (100, [make.concession(who="visitors", pence=300)], "£1"),
        (0, [], "Free"),
        (None, [], "Cost not stated"),
    ],
)
def test_the_lowest_honest_price_says_for_whom(
    pence: int | None, concessions: list[Any], price: str
) -> None:
    activity = make.activity(
        cost_pence=pence,
        concessions=[make.concession(who=c.who, pence=c.pence, proof=c.proof) for c in concessions],
    )

    assert price_in_words(activity) == price


def test_a_price_comes_with_its_note_and_a_free_first_time(client: Client) -> None:
    make.activity(cost_pence=300, cost_note="help if you need it", is_first_free=True)

    assert "£3. Help if you need it. Your first time is free" in FinderPage.get(client, HERE).text


# ── Nothing found ──


@pytest.mark.parametrize(
    "query",
    [
        "&within=1&level=GREEN&need=PARKING&day=tue",
        "&within=1&level=RED&need=PARKING",
        "&within=10&day=mon&part=eve",
        "&within=10&day=tue&day=wed&part=eve&level=ORANGE",
        "&within=1&when=sat-am&cost=FREE",
        "&within=1&part=eve&level=ORANGE&what=hall",
        "&within=10&what=hall&day=thu&part=am",
        "&within=10&condition=STROKE&condition=COPD&day=tue",
        "&within=walk-15&language=pl&age=OLDER",
        "&within=10&what=library&kind=yoga&purpose=COMPANY&form=CLUB",
        "&within=10&order=soonest&view=map&language=pl&part=pm",
    ],
)
@pytest.mark.usefixtures("a_village")
def test_each_change_that_is_offered_gives_what_it_says_the_most_first(
    client: Client, query: str
) -> None:
    page = FinderPage.get(client, HERE + query)

    offered = page.changes

    counts = [count for count, _address in offered.values()]
    assert page.total == 0
    assert 1 <= len(offered) <= 4
    assert counts == sorted(counts, reverse=True)
    for count, address in offered.values():
        assert FinderPage.get(client, address).total == count


def test_a_day_and_a_time_are_taken_off_together(client: Client) -> None:
    make.activity()

    offered = FinderPage.get(client, f"{HERE}&day=mon&part=eve").changes

    assert offered == {"Any day and time": (1, HERE)}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "All near here is paused"),
        ("&what=steady&day=thu", "All of that is paused"),
        ("&within=1&level=GREEN", "All of that is paused"),
    ],
)
def test_where_all_is_paused_the_page_says_so_and_offers_it(
    client: Client, query: str, sentence: str
) -> None:
    hall = make.venue()
    for name in ("Sure and Steady", "Steady and sure"):
        paused = make.activity(name=name, at_venue=hall, is_low_impact=True)
        actions.pause(activity=paused, until=None, reason="", by=None, at=MONDAY)
    make.activity(at_venue=make.venue(latitude=53.30), is_chair_based=True)

    page = FinderPage.get(client, HERE + query)
    paper = PrintedPage.get(client, f"/find/print/?near=NG20+8PA{query}")

    *others, last = page.changes.items()
    assert last == ("Show also what is paused", (2, f"{HERE}{query}&paused=1"))
    assert FinderPage.get(client, last[1][1]).total == 2
    assert others
    assert page.heading == sentence
    assert paper.part(".paper__list li").text == f"{sentence}."


def test_what_is_paused_is_not_offered_beside_what_is_not(client: Client) -> None:
    hall = make.venue()
    paused = make.activity(at_venue=hall)
    actions.pause(activity=paused, until=None, reason="", by=None, at=MONDAY)
    make.activity(at_venue=hall)

    page = FinderPage.get(client, f"{HERE}&page=7")

    assert list(page.changes) == ["Start from the first"]
    assert "Show also what is paused" not in FinderPage.get(client, HERE).text


def test_only_the_first_step_farther_that_helps_is_offered(client: Client) -> None:
    make.activity(at_venue=make.venue(latitude=53.24))

    offered = FinderPage.get(client, f"{HERE}&within=1").changes

    assert list(offered) == ["Up to 5 miles away"]


def test_when_no_single_change_helps_all_filters_go(client: Client) -> None:
    make.activity(at_venue=make.venue(latitude=53.30), is_low_impact=True)

    offered = FinderPage.get(client, f"{HERE}&within=1&level=RED&need=PARKING").changes

    assert list(offered) == ["Everything up to 10 miles away"]
    assert FinderPage.get(client, offered["Everything up to 10 miles away"][1]).total == 1


def test_an_empty_page_says_what_was_looked_for_and_whom_to_ring(client: Client) -> None:
    make.partnership()

    page = FinderPage.get(client, f"{HERE}&level=RED&day=sat")

    assert "Nothing yet for all of that" in page.text
    assert (
        "We looked within about 5 miles of NG20 8PA for: Red: FaME falls class, Saturday."
        in page.text
    )
    assert "There is nothing on our list within about 30 miles of there." in page.text
    assert "0115 496 0142, Monday to Friday" in page.text


def test_a_page_past_the_end_leads_back_to_the_first(client: Client) -> None:
    make.activity()

    page = FinderPage.get(client, f"{HERE}&page=7")

    assert "That is past the end of the list" in page.text
    assert page.changes == {"Start from the first": (1, HERE)}


# ── On paper ──


def test_the_printed_list_holds_what_the_filters_left(client: Client) -> None:
    make.activity(name="Green", is_low_impact=True)
    make.activity(name="Orange", is_chair_based=True)

    page = PrintedPage.get(client, "/find/print/?near=NG20+8PA&level=GREEN")

    assert page.names == ["Green"]
    assert "Only: Green: low-impact" in page.text


def test_a_park_without_a_timetable_has_no_empty_line(client: Client) -> None:
    make.open_space(name="Carr Wood")

    page = FinderPage.get(client, HERE)
    paper = PrintedPage.get(client, "/find/print/?near=NG20+8PA")

    assert page.parts(".card__when") == []
    assert [line.text for line in paper.parts(".paper__list strong") if not line.text] == []
    assert paper.names == ["Carr Wood"]


def test_no_session_is_told_on_a_day_without_it(client: Client) -> None:
    make.activity(
        schedules=[make.schedule(weekday=Schedule.Weekday.THURSDAY)],
        breaks=[make.days_without(date(2026, 11, 26))],
    )

    page = FinderPage.get(client, HERE)

    assert "Next: Thursday 3 December, 1:30 to 2:45 pm" in page.text


def test_what_was_taken_down_is_no_card(client: Client) -> None:
    gone = make.activity(name="Gone")
    actions.retire(activity=gone, by=None, at=MONDAY)

    assert FinderPage.get(client, HERE).names == []


def test_nor_is_what_is_taken_down_between_finding_and_showing(client: Client) -> None:
    gone = make.activity(name="Gone")
    # Without its entry: as the finder had read it before.
    Activity.objects.filter(pk=gone.pk).update(state=Activity.State.RETIRED)

    assert FinderPage.get(client, HERE).names == []


def test_the_last_page_that_can_be_asked_for_leads_no_further(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hereabouts.activities.finding.forms.LAST_PAGE", 2)
    monkeypatch.setattr("hereabouts.activities.finding.results.LAST_PAGE", 2)
    for _number in range(41):
        make.activity()

    first, last = FinderPage.get(client, HERE), FinderPage.get(client, f"{HERE}&page=2")

    assert "Show the next ones" in first.text
    assert "Showing 21 to 40 of 41" in last.text
    assert "Show the next ones" not in last.text


def test_what_is_said_to_take_half_an_hour_is_found_within_half_an_hour(client: Client) -> None:
    reach = REACH_BY_CODE["bus-30"]

    assert minutes_in_words(reach.straight_km() - 0.001) == "about 30 minutes by bus"
    assert minutes_in_words(reach.straight_km() + 0.001) == "about 31 minutes by bus"


@pytest.mark.parametrize(("found", "rest"), [(12, 2), (10, 0), (COUNTED_UP_TO + 1, None)])
def test_more_than_can_be_counted_says_nothing_of_what_has_no_kind(
    found: int, rest: int | None
) -> None:
    levels = {"GREEN": Count.of(6), "RED": Count.of(4)}
    answer = Answer(
        hits=(),
        count=Count.of(found),
        options={Group.LEVELS: levels},
        without={},
        within={},
    )

    assert unconfirmed(answer) == rest
