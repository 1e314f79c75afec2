"""What people type into the finder, right and wrong."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from hereabouts.activities.finding.distances import REACH_BY_CODE
from hereabouts.activities.finding.forms import FinderForm
from hereabouts.activities.levels import Level
from hereabouts.activities.vocabularies import PartOfDay
from hereabouts.finder import Order
from tests import make

pytestmark = pytest.mark.django_db


def form(query: str) -> FinderForm:
    return FinderForm(QueryDict(query))


def asked(query: str) -> FinderForm:
    right = form(query)
    assert right.is_valid(), right.errors
    return right


def test_only_the_place_has_to_be_said() -> None:
    search = asked("near=ng208pa").search()

    assert search.near.label == "NG20 8PA"
    assert search.parameters() == "near=NG20+8PA"


def test_boxes_that_were_left_alone_ask_for_nothing() -> None:
    search = asked("near=NG20+8PA&what=&within=&order=&view=&page=&paused=").search()

    assert search.parameters() == "near=NG20+8PA"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("NG20", "NG20"),
        ("millbeck hall", "Millbeck Hall, Shirebrook"),
        ("shirebrook", "Shirebrook"),
        ("53.2001, -1.2319", "where you are now"),
    ],
)
def test_a_place_may_be_said_in_other_ways_than_by_postcode(typed: str, label: str) -> None:
    make.venue(name="Millbeck Hall", town="Shirebrook")

    assert asked(urlencode({"near": typed})).search().near.label == label


def test_coordinates_are_kept_to_a_hundred_metres() -> None:
    search = asked("near=53.20014999,-1.23238888").search()

    assert search.parameters() == "near=53.200%2C+-1.232"


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("near=", "near", "Type your postcode, for example NG20 8PA"),
        ("near=nowhere-at-all", "near", "Please type your postcode"),
        ("near=BT1+1AA", "near", "We do not cover Northern Ireland"),
        ("near=NG20+8P", "near", "Is it one of these?"),
        ("near=" + "9" * 3000, "near", "That is too long."),
        ("near=NG20+8PA&what=" + "a" * 101, "what", "Use fewer words."),
        ("near=NG20+8PA&within=-5", "within", "Choose how far"),
        ("near=NG20+8PA&within=walk-1000", "within", "Choose how far"),
        ("near=NG20+8PA&level=BLUE", "level", "Choose from the list."),
        ("near=NG20+8PA&kind=golfing", "kind", "Choose from the list."),
        ("near=NG20+8PA&day=0", "day", "Choose from the list."),
        ("near=NG20+8PA&when=tue", "when", "Choose from the list."),
        ("near=NG20+8PA&need=STAIRS", "need", "Choose from the list."),
    ],
)
def test_what_cannot_be_is_told_beside_its_box(query: str, field: str, sentence: str) -> None:
    wrong = form(query)

    assert not wrong.is_valid()
    assert list(wrong.errors) == [field]
    assert sentence in wrong.errors[field][0]


@pytest.mark.parametrize(
    "query",
    ["order=cheapest", "view=photo", "page=0", "page=9999", "page=-2", "page=%F0%9F%98%80"],
)
def test_what_nobody_types_is_the_usual_when_it_cannot_be(query: str) -> None:
    assert asked(f"near=NG20+8PA&{query}").search() == asked("near=NG20+8PA").search()


def test_what_cannot_be_is_left_out_of_the_search() -> None:
    wrong = form("near=NG20+8PA&within=abc&level=RED&level=PINK&day=mon")

    assert wrong.has_answer
    assert set(wrong.errors) == {"within", "level"}
    assert wrong.search() == asked("near=NG20+8PA&level=RED&day=mon").search()


def test_what_was_ticked_beside_something_wrong_is_not_lost() -> None:
    wrong = form("near=nowhere-at-all&level=RED&level=BLUE&within=10&paused=1")

    typed = wrong.typed()

    assert typed["level"] == ["RED", "BLUE"]
    assert typed["within"] == ["10"]
    assert typed["paused"]


def test_a_place_probably_meant_keeps_the_filters_and_loses_the_page() -> None:
    wrong = form("near=NG20+8P&level=GREEN&level=RED&within=10&what=tea&page=3&x=y")

    _label, address = wrong.instead()[0]
    search = asked(address.removeprefix("?")).search()

    assert search.levels == {Level.GREEN, Level.RED}
    assert search.reach == REACH_BY_CODE["10"]
    assert (search.words, search.page) == ("tea", 1)
    assert "x=y" not in address


def test_a_day_with_its_part_joins_what_is_ticked() -> None:
    search = asked("near=NG20+8PA&when=tue-am&when=sat-eve&day=mon").search()

    assert search.days == {0, 1, 5}
    assert search.parts == {PartOfDay.MORNING, PartOfDay.EVENING}


def test_every_level_is_the_same_as_none() -> None:
    search = asked("near=NG20+8PA&level=GREEN&level=ORANGE&level=RED&level=NONE").search()

    assert search.levels == frozenset()


def test_the_soonest_may_come_first() -> None:
    assert asked("near=NG20+8PA&order=soonest").search().order == Order.SOONEST


def test_spaces_do_not_make_other_words() -> None:
    assert asked("near=NG20+8PA&what=++chair+++yoga+").search().words == "chair yoga"
