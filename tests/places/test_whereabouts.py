"""However somebody says where, we know the place or ask which one is meant."""

from statistics import median

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from hereabouts.places.models import Venue
from hereabouts.places.names import searchable
from hereabouts.places.points import Point, distance_between
from hereabouts.places.queries import (
    Somewhere,
    is_in_great_britain,
    nearest_postcode,
    whereabouts,
)
from tests import make

pytestmark = pytest.mark.django_db


def _found(text: str) -> Somewhere:
    answer = whereabouts(text)
    assert answer.found, [place.label for place in answer.instead]
    assert answer.instead == ()
    return answer.found


def _instead(text: str) -> list[str]:
    answer = whereabouts(text)
    assert answer.found is None
    return [place.label for place in answer.instead]


@pytest.mark.parametrize("typed", ["NG20 8PA", "ng208pa", " NG2O 8PA. "])
def test_a_postcode_in_any_spelling(typed: str) -> None:
    found = _found(typed)

    assert (found.label, found.text) == ("NG20 8PA", "NG20 8PA")
    assert found.point.latitude == pytest.approx(53.2, abs=0.0005)


@pytest.mark.parametrize("typed", ["NG20", "ng20", "Ng 20"])
def test_the_beginning_of_a_postcode_is_the_middle_of_it(typed: str) -> None:
    found = _found(typed)

    assert (found.label, found.text) == ("NG20", "NG20")
    home = Point(latitude=53.2, longitude=-1.2324)
    assert distance_between(found.point, home) < 5


def test_a_wrong_postcode_offers_likely_ones() -> None:
    assert "NG20 8PA" in _instead("GN20 8PA")


@pytest.mark.parametrize(
    "typed",
    [
        *("Millbeck Hall", "millbeck  hall", "The Millbeck Hall!", "MILLBÉCK HALL"),
        *("Millbeck Hall, Shirebrook", "Millbeck Hall Shirebrook", "shirebrook hall"),
        *("Millbeck", "hall mill"),
    ],
)
def test_a_venue_by_its_name(typed: str) -> None:
    make.venue(name="Millbeck Hall", town="Shirebrook", latitude=53.2, longitude=-1.2324)
    make.venue(name="Vale Park", town="Warsop")

    found = _found(typed)

    assert found.label == found.text == "Millbeck Hall, Shirebrook"
    assert found.point == Point(latitude=53.2, longitude=-1.2324)


def test_a_venue_without_a_town() -> None:
    make.venue(name="Millbeck Hall", town="")

    assert _found("millbeck hall").label == "Millbeck Hall"


def test_a_whole_name_is_meant_before_one_that_begins_so() -> None:
    make.venue(name="Vale Park", town="Warsop")
    make.venue(name="Vale Park Pavilion", town="Warsop")

    assert _found("vale park").label == "Vale Park, Warsop"
    assert _instead("vale") == ["Vale Park, Warsop", "Vale Park Pavilion, Warsop"]


def test_one_name_in_two_towns_is_asked_about() -> None:
    make.venue(name="Village Hall", town="Warsop")
    make.venue(name="Village Hall", town="Shirebrook")

    assert _instead("village hall") == ["Village Hall, Shirebrook", "Village Hall, Warsop"]
    assert _found("village hall warsop").label == "Village Hall, Warsop"


def test_one_name_in_one_town_is_told_apart_by_its_postcode() -> None:
    make.venue(name="Village Hall", town="Warsop", postcode="NG20 8PA", latitude=53.2)
    make.venue(name="Village Hall", town="Warsop", postcode="NG20 0AA", latitude=53.21)

    offered = whereabouts("Village Hall, Warsop").instead

    assert [place.text for place in offered] == [
        "Village Hall, Warsop, NG20 8PA",
        "Village Hall, Warsop, NG20 0AA",
    ]
    assert [_found(place.text).point.latitude for place in offered] == [53.2, 53.21]


def test_parks_that_nothing_tells_apart_are_one_place() -> None:
    make.venue(name="Recreation Ground", town="Warsop", postcode="", latitude=53.2)
    make.venue(name="Recreation Ground", town="Warsop", postcode="", latitude=53.21)

    assert _found("recreation ground").point.latitude == 53.2


def test_a_town_is_in_the_middle_of_its_venues() -> None:
    for latitude in (53.20, 53.21, 53.29):
        make.venue(name=f"Hall {latitude}", town="Shirebrook", latitude=latitude)

    found = _found("shirebrook")

    assert found.label == found.text == "Shirebrook"
    assert found.point.latitude == 53.21


def test_a_town_is_named_as_most_of_its_venues_write_it() -> None:
    for town in ("st. anns", "St Ann's", "St Ann's"):
        make.venue(name="A hall", town=town)

    assert _found("Saint Anns").label == "St Ann's"


def test_a_town_goes_before_a_venue_that_is_called_after_it() -> None:
    make.venue(name="Shirebrook", town="")
    make.venue(name="Millbeck Hall", town="Shirebrook", latitude=53.25)

    assert _found("Shirebrook").point.latitude == 53.25


@pytest.mark.parametrize(
    "typed",
    ["Shirebrook, Derbyshire", "Shirebrook,Notts", "shirebrook , Derbyshire, England"],
)
def test_a_town_may_be_typed_with_its_county(typed: str) -> None:
    make.venue(name="Millbeck Hall", town="Shirebrook")
    make.venue(name="Derbyshire Arms", town="Warsop")

    assert _found(typed).label == "Shirebrook"


def test_a_venue_may_be_typed_with_its_county() -> None:
    make.venue(name="Millbeck Hall", town="Shirebrook")

    assert _found("Millbeck Hall, Derbyshire").label == "Millbeck Hall, Shirebrook"


def test_of_two_halls_before_a_comma_neither_is_taken() -> None:
    make.venue(name="Village Hall", town="Warsop")
    make.venue(name="Village Hall", town="Shirebrook")

    assert whereabouts("Village Hall, Derbyshire").found is None


def test_many_commas_cost_no_more_than_two(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(15):
        assert whereabouts("a," * 90).found is None


def test_the_beginning_of_a_town_is_the_town_and_not_all_that_is_in_it() -> None:
    make.venue(name="Millbeck Hall", town="Shirebrook")
    make.venue(name="Vale Park", town="Shirebrook")

    assert _found("shireb").label == "Shirebrook"


def test_two_letters_begin_too_many_names() -> None:
    make.venue(name="Millbeck Hall")

    assert _instead("mi") == []


@pytest.mark.parametrize("typed", ["Milbeck Hal", "Millbeck Holl", "Mlilbeck Hall, Shirebrok"])
def test_a_misspelt_venue_is_offered(typed: str) -> None:
    make.venue(name="Millbeck Hall", town="Shirebrook")
    make.venue(name="Vale Park", town="Warsop")

    assert "Millbeck Hall, Shirebrook" in _instead(typed)


@pytest.mark.parametrize("typed", ["Shirebrok", "Xhirebrook", "Shierbrook"])
def test_a_misspelt_town_is_offered_first(typed: str) -> None:
    make.venue(name="Millbeck Hall", town="Shirebrook")

    assert _instead(typed)[0] == "Shirebrook"


def test_a_town_is_offered_before_the_venues_in_it() -> None:
    make.venue(name="Larkfield Library", town="Market Warsop")
    make.venue(name="Thistle Lane Centre", town="Market Warsop")

    assert _instead("warsop") == [
        "Market Warsop",
        "Larkfield Library, Market Warsop",
        "Thistle Lane Centre, Market Warsop",
    ]


@pytest.mark.parametrize(
    "typed", ["", " ", "qqqqqq", "%", "_", "'; --", "\x00", "🙂", "(((", "a" * 999]
)
def test_what_means_no_place_finds_none(typed: str) -> None:
    make.venue(name="Millbeck Hall", town="Shirebrook")

    assert _instead(typed) == []


def test_an_address_is_where_its_postcode_is() -> None:
    make.venue(name="Millbeck Hall", town="Shirebrook", postcode="NG20 8PA")

    assert _found("4 High Street, Shirebrook, ng208pa").label == "NG20 8PA"
    assert _found("Millbeck Hall, NG20 8PA").label == "Millbeck Hall, Shirebrook, NG20 8PA"


def test_at_most_five_are_offered() -> None:
    for number in range(9):
        make.venue(name=f"Hall {number}", town="Warsop")

    assert len(_instead("hall")) == 5


@pytest.mark.parametrize("typed", ["53.20104, -1.23243", "53.20104,-1.23243", "53.20104 -1.23243"])
def test_where_you_are_now_is_known_to_a_hundred_metres_only(typed: str) -> None:
    found = _found(typed)

    assert found.label == "where you are now"
    assert found.text == "53.201, -1.232"
    assert found.point == Point(latitude=53.201, longitude=-1.232)
    assert _found(found.text) == found


def test_on_the_meridian_zero_has_no_sign() -> None:
    assert _found("51.478, -0.0001").text == "51.478, 0.000"


@pytest.mark.parametrize(
    "typed", ["48.85, 2.35", "54.6, -5.93", "50.95, 1.86", "-1.2324, 53.2", "99, 999", "0, 0"]
)
def test_coordinates_outside_great_britain_are_no_place(typed: str) -> None:
    assert _instead(typed) == []


@pytest.mark.parametrize("typed", ["BT1 1AA", "bt11aa", "BT7", "IM1 1AA", "JE2 3AB", "GY1 1AA"])
def test_a_postcode_outside_great_britain_is_known_as_one(typed: str) -> None:
    answer = whereabouts(typed)

    assert answer.is_outside
    assert (answer.found, answer.instead) == (None, ())


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_in"),
    [(53.2, -1.23, True), (57.5, -5.0, True), (53.35, -6.26, False), (55.5, 1.5, False)],
)
def test_only_what_is_near_a_postcode_is_in_great_britain(
    latitude: float, longitude: float, is_in: bool
) -> None:
    assert is_in_great_britain(Point(latitude=latitude, longitude=longitude)) is is_in


def test_a_remote_glen_is_in_great_britain() -> None:
    assert _found("57.5, -5.0").label == "where you are now"


def test_the_nearest_postcode_is_named_within_two_kilometres() -> None:
    near = nearest_postcode(Point(latitude=53.2001, longitude=-1.2325))
    far = nearest_postcode(Point(latitude=57.5, longitude=-5.0))

    assert near is not None
    assert near.postcode == "NG20 8PA"
    assert far is None


def test_finding_a_place_costs_the_same_among_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        make.venue(name=f"Hall {number}", town="Warsop")

    with django_assert_max_num_queries(2):
        _found("Hall 7, Warsop")
    with django_assert_max_num_queries(5):
        _instead("hall")


def test_an_index_finds_a_name() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole, whatever indexes there are")
    plan = Venue.objects.filter(search_name__in=["millbeck hall"]).explain()

    assert "USING INDEX places_venue_search_name" in plan


def test_the_words_that_are_searched_follow_the_name() -> None:
    venue = make.venue(name="Old Hall", town="Warsop")
    venue.name, venue.town = "New Hall", "Meden Vale"

    venue.save()

    assert _found("new hall").label == "New Hall, Meden Vale"
    assert _instead("old hall") == ["New Hall, Meden Vale"]


# Names that share words, so that many are alike.
NAMES = st.sampled_from(["Hall", "Vale Hall", "Vale", "The Vale Hall", "Vale Park", "Hall Vale"])
TOWNS = st.sampled_from(["", "Warsop", "Meden Vale", "Shirebrook"])
ROWS = st.lists(
    st.tuples(NAMES, TOWNS, st.sampled_from(["NG20 8PA", "NG1 5FS", ""])), min_size=1, max_size=6
)
TYPED = st.one_of(NAMES, TOWNS, st.sampled_from(["vale war", "hal", "Vlae Hall", "vale hall"]))


class AmongVenues(TestCase):
    """Whatever venues there are."""

    @settings(deadline=None)
    @given(rows=ROWS, typed=TYPED)
    def test_what_is_offered_can_be_typed_and_names_are_found_by_looking_at_all(
        self, rows: list[tuple[str, str, str]], typed: str
    ) -> None:
        venues = [
            make.venue(name=name, town=town, postcode=postcode, latitude=53 + at / 10)
            for at, (name, town, postcode) in enumerate(rows)
        ]

        answer = whereabouts(typed)

        # Another of the same name may be meant, and there is no postcode to tell them apart.
        not_told_apart = {searchable(str(venue)) for venue in venues if not venue.postcode}
        for place in (*answer.instead, *filter(None, [answer.found])):
            if searchable(place.text) in not_told_apart:
                continue
            assert whereabouts(place.text).found == place
        key = searchable(typed)
        of_town = [venue for venue in venues if key and searchable(venue.town) == key]
        if of_town:
            assert answer.found is not None
            assert answer.found.point.latitude == median(venue.latitude for venue in of_town)
        elif any(searchable(venue.name) == key for venue in venues):
            places = (*answer.instead, *filter(None, [answer.found]))
            named = {venue.point for venue in venues if key in _keys(venue)}
            assert {place.point for place in places} <= named


def _keys(venue: Venue) -> set[str]:
    return {searchable(venue.name), f"{searchable(venue.name)} {searchable(venue.town)}"}
