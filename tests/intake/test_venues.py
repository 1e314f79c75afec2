"""Which of our venues did they mean?"""

from uuid import uuid4

from hereabouts.intake.known import VenueValues
from hereabouts.intake.matching.venues import VenueIndex
from hereabouts.places.points import Point


def venue(
    pk: int | None, name: str, town: str = "Shirebrook", postcode: str = "NG20 8PA"
) -> VenueValues:
    """A venue as it comes from the database; without a key, one that the file brings."""
    point = Point(latitude=53.2, longitude=-1.2)
    return VenueValues(
        pk=pk, public_id=uuid4(), name=name, town=town, postcode=postcode, point=point
    )


HALL = venue(1, "Millbeck Village Hall")
CENTRE = venue(2, "Water Meadows Leisure Centre", "Mansfield", "NG18 1BA")
COURT = venue(3, "Glebe Court", "Chesterfield", "S41 0AA")
INDEX = VenueIndex([HALL, CENTRE, COURT])


def test_same_wants_the_name_and_the_place() -> None:
    name = "water meadows leisure centre"

    assert INDEX.same(name=name, town="MANSFIELD", postcode="") == CENTRE
    assert INDEX.same(name=name, town="", postcode="NG18 1BA") == CENTRE
    assert INDEX.same(name=name, town="", postcode="") is None
    assert INDEX.same(name=name, town="Worksop", postcode="") is None
    assert INDEX.same(name="Water Meadows", town="Mansfield", postcode="") is None


def test_same_is_nobody_when_two_would_do_unless_the_postcode_tells() -> None:
    index = VenueIndex([venue(1, "Village Hall"), venue(2, "Village Hall", postcode="NG20 8PB")])

    assert index.same(name="Village Hall", town="Shirebrook", postcode="") is None
    found = index.same(name="Village Hall", town="Shirebrook", postcode="NG20 8PB")
    assert found is not None
    assert found.pk == 2
    assert index.same(name="Village Hall", town="Shirebrook", postcode="NG20 8PD") is None


def test_candidates_are_the_most_alike_first_and_never_the_unlike() -> None:
    found = INDEX.candidates(name="Water Meadow Leisure Ctr", town="")

    assert found[0].venue == CENTRE
    assert found[0].likeness > 90
    assert COURT not in [candidate.venue for candidate in found]
    assert INDEX.candidates(name="", town="Mansfield") == []


def test_of_two_equal_candidates_the_one_in_the_town_comes_first() -> None:
    index = VenueIndex([venue(1, "Village Hall", "Elsewhere"), venue(2, "Village Hall", "Here")])

    assert [
        candidate.venue.pk for candidate in index.candidates(name="village hall", town="Here")
    ] == [2, 1]


def test_what_makes_us_ask_is_offered_first_though_its_town_is_written_otherwise() -> None:
    lane = venue(1, "Thistle Lane Centre", "Market Warsop", "NG20 0SQ")
    others = [venue(pk, "Thistle Centre", town) for pk, town in enumerate("ABC", start=2)]

    def offered(index: VenueIndex, postcode: str) -> list[int | None]:
        found = index.candidates(name="Thistle Centre", town="Warsop", postcode=postcode)
        return [candidate.venue.pk for candidate in found]

    assert VenueIndex([lane]).looks_the_same(
        name="Thistle Centre", town="Warsop", postcode="NG20 0SQ"
    )
    assert offered(VenueIndex([lane]), "") == [1]
    assert offered(VenueIndex([*others, lane]), "ng200sq") == [1, 2, 3]


def test_at_the_same_postcode_a_venue_that_is_less_alike_is_offered_too() -> None:
    index = VenueIndex([venue(1, "Millbeck Parish Hall", "Market Warsop", "NG20 0SQ")])

    name = "Millbeck Village Hall"

    assert index.candidates(name=name, town="Warsop") == []
    assert len(index.candidates(name=name, town="Warsop", postcode="NG20 0SQ")) == 1


def test_looks_the_same_only_nearby() -> None:
    name = "Milbeck Village Hall"

    assert INDEX.looks_the_same(name=name, town="Shirebrook", postcode="")
    assert not INDEX.looks_the_same(name="Sports Ground", town="Shirebrook", postcode="")
    assert not INDEX.looks_the_same(name="Milbeck Village Hall", town="Mansfield", postcode="")


def test_a_venue_that_is_not_saved_is_found_but_not_offered() -> None:
    index = VenueIndex([])
    index.add(venue(None, "New Hall", "Here"))

    assert index.same(name="new hall", town="Here", postcode="") is not None
    assert index.candidates(name="new hall", town="Here") == []
