"""Every filter of the finder, and how many it says that it leaves."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from hereabouts.activities import actions
from hereabouts.activities.finding.distances import REACH_BY_CODE, minutes_in_words
from hereabouts.activities.finding.filters import number, short_number, unconfirmed
from hereabouts.activities.vocabularies import Form
from hereabouts.finder import COUNTED_UP_TO, Answer, Count, Group
from tests import make
from tests.activities.finding.searched import HERE, tuesday_morning
from tests.pages import FinderPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


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


def test_a_paused_class_is_found_only_when_asked_for(client: Client) -> None:
    paused = make.activity(name="Sure and Steady")
    actions.pause(activity=paused, until=date(2027, 1, 5), reason="", by=None, at=make.MONDAY)

    usual = FinderPage.get(client, HERE)
    on_request = FinderPage.get(client, f"{HERE}&paused=1")

    assert usual.names == []
    assert on_request.names == ["Sure and Steady"]
    assert "Paused until 5 January 2027" in on_request.text


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
