"""What the finder finds and says: headings, cards, distances and prices."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from hereabouts.activities import actions
from hereabouts.activities.finding.distances import minutes_in_words, straight_km, way_in_words
from hereabouts.activities.finding.results import price_in_words
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.vocabularies import Form
from tests import make
from tests.activities.finding.searched import HERE, tuesday_morning
from tests.pages import FinderPage, PrintedPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


def test_parks_clubs_groups_and_classes_are_found_in_one_search(client: Client) -> None:
    make.open_space(name="Carr Wood", at_venue=make.venue(name="Carr Wood", latitude=53.2010))
    make.activity(name="Bowls club", form=Form.CLUB)
    make.activity(name="Knit and natter", form=Form.GROUP)
    make.activity(name="Gentle moves", form=Form.SESSIONS)

    page = FinderPage.get(client, HERE)

    assert sorted(page.names) == ["Bowls club", "Carr Wood", "Gentle moves", "Knit and natter"]
    tags = {tag.text for tag in page.parts(".card .tag")}
    assert tags == {"Park or open space", "Club", "Community group", "Class or session"}


def test_the_soonest_comes_first_when_asked(client: Client) -> None:
    far = make.venue(latitude=53.22)
    make.activity(name="Near, on Thursday", at=make.MONDAY)
    make.activity(name="Far, tomorrow", at_venue=far, at=make.MONDAY, **tuesday_morning())

    nearest = FinderPage.get(client, HERE)
    soonest = FinderPage.get(client, f"{HERE}&order=soonest")

    assert nearest.names == ["Near, on Thursday", "Far, tomorrow"]
    assert soonest.names == ["Far, tomorrow", "Near, on Thursday"]
    assert "Soonest first." in soonest.text


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
    actions.retire(activity=gone, by=None, at=make.MONDAY)

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
