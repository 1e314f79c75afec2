"""A venue is put on the map from its postcode."""

from datetime import date

import pytest

from hereabouts.places.models import AccessFact, Venue
from hereabouts.places.staff.forms import VenueForm
from tests import make

pytestmark = pytest.mark.django_db

Fact = AccessFact.Fact


def _form(venue: Venue | None = None, **answers: object) -> VenueForm:
    instance = venue or Venue()
    as_is: dict[str, object] = {
        "name": "Millbeck Hall",
        "kind": "BUILDING",
        "postcode": "NG20 8PA",
        "version": instance.version,
    }
    return VenueForm(data=as_is | answers, instance=instance)


def _valid(form: VenueForm) -> Venue:
    assert form.is_valid(), form.errors
    venue: Venue = form.instance
    return venue


@pytest.mark.parametrize("typed", ["NG20 8PA", "ng208pa", "NG2O 8PA"])
def test_the_postcode_puts_it_on_the_map_in_any_spelling(typed: str) -> None:
    venue = _valid(_form(postcode=typed))

    assert venue.postcode == "NG20 8PA"
    assert venue.latitude == pytest.approx(53.2000, abs=0.0005)
    assert venue.longitude == pytest.approx(-1.2324, abs=0.0005)


def test_a_wrong_postcode_is_offered_likely_ones() -> None:
    form = _form(postcode="GN20 8PA")

    assert "Did you mean one of these: NG20 8PA" in form.errors["postcode"][0]


@pytest.mark.parametrize("typed", ["BT1 5GS", "hello", "<script>", "=1+1"])
def test_what_is_no_postcode_is_said_beside_the_field(typed: str) -> None:
    assert "There is no such postcode" in _form(postcode=typed).errors["postcode"][0]


def test_an_enormous_postcode_is_refused() -> None:
    assert "postcode" in _form(postcode="N" * 1000).errors


@pytest.mark.parametrize("kind", Venue.Kind.values)
def test_a_venue_may_say_more_exactly_where_it_is(kind: str) -> None:
    venue = _valid(_form(kind=kind, latitude="53.2100", longitude="-1.2500"))

    assert (venue.latitude, venue.longitude) == (53.21, -1.25)


def test_a_point_is_enough() -> None:
    venue = _valid(_form(postcode="", latitude="53.2100", longitude="-1.2500"))

    assert (venue.postcode, venue.latitude, venue.longitude) == ("", 53.21, -1.25)


def test_without_postcode_and_point_it_says_what_to_type() -> None:
    assert _form(postcode="").errors == {
        "postcode": ["Type a postcode, or else latitude and longitude."]
    }


def test_half_a_point_is_not_enough() -> None:
    assert _form(postcode="", latitude="53.21").errors == {
        "longitude": ["Give both numbers, or neither."]
    }


def test_a_point_far_from_its_postcode_is_a_slip() -> None:
    error = _form(latitude="53.2", longitude="-1.5").errors["latitude"][0]

    assert "This is too far from NG20 8PA to be the same place." in str(error)


@pytest.mark.parametrize(
    ("latitude", "longitude", "field"),
    [
        ("48.85", "2.35", "latitude"),
        ("53.2", "12.5", "longitude"),
        ("53.2", "", "longitude"),
        ("", "-1.2", "latitude"),
        ("nan", "-1.2", "latitude"),
        ("1e999", "-1.2", "latitude"),
        ("north", "-1.2", "latitude"),
    ],
)
def test_a_point_that_is_not_in_great_britain_is_refused(
    latitude: str, longitude: str, field: str
) -> None:
    form = _form(kind="OPEN_SPACE", latitude=latitude, longitude=longitude)

    assert field in form.errors


def test_a_building_that_stays_keeps_a_more_exact_point() -> None:
    venue = make.venue(postcode="NG20 8PA", latitude=53.2011, longitude=-1.2333)

    shown = VenueForm(instance=venue)
    point = {name: shown[name].initial for name in ("latitude", "longitude")}
    saved = _valid(_form(venue, name="Another name", **point))

    assert (saved.latitude, saved.longitude) == (53.2011, -1.2333)


def test_a_building_with_a_new_postcode_moves() -> None:
    venue = make.venue(postcode="NG20 8PA", latitude=53.2, longitude=-1.2324)

    saved = _valid(_form(venue, postcode="NG1 5FS"))

    assert saved.latitude == pytest.approx(52.95, abs=0.02)


def test_a_point_that_stays_behind_when_the_postcode_changes_is_asked_about() -> None:
    venue = make.venue(postcode="NG20 8PA", latitude=53.2011, longitude=-1.2333)
    as_shown = {"latitude": "53.2011", "longitude": "-1.2333"}

    left_behind = _form(venue, postcode="NG20 8QY", **as_shown)
    moved_too = _form(venue, postcode="NG20 8QY", latitude="53.2012", longitude="-1.2333")

    assert "This is too far from NG20 8QY" in left_behind.errors["latitude"][0]
    assert moved_too.is_valid()


def test_the_point_of_the_postcode_itself_is_not_shown() -> None:
    as_new = _valid(_form())
    as_new.save()

    assert VenueForm(instance=as_new)["latitude"].initial is None


def test_a_venue_without_postcode_shows_its_point() -> None:
    venue = make.venue(postcode="", latitude=53.21, longitude=-1.25)

    assert VenueForm(instance=venue)["latitude"].initial == 53.21


def test_a_park_that_no_longer_says_where_goes_back_to_its_postcode() -> None:
    venue = make.venue(postcode="NG20 8PA", latitude=53.21, longitude=-1.25)
    venue.kind = Venue.Kind.OPEN_SPACE
    venue.save()
    shown = VenueForm(instance=venue)

    saved = _valid(_form(venue, kind="OPEN_SPACE", latitude="", longitude=""))

    assert (shown["latitude"].initial, shown["longitude"].initial) == (53.21, -1.25)
    assert saved.latitude == pytest.approx(53.2000, abs=0.0005)


def test_only_changed_answers_count_as_given() -> None:
    venue = make.venue()
    venue.access_facts.create(fact=Fact.PARKING, is_there=True, checked_on=date(2026, 3, 2))
    venue.access_facts.create(fact=Fact.SEATS, is_there=True, checked_on=date(2026, 3, 2))

    form = _form(venue, fact_PARKING="yes", fact_SEATS="no", fact_BUS_STOP="")

    assert form.is_valid()
    assert form.facts() == {Fact.SEATS: False}


def test_all_answers_count_as_given_when_somebody_checked_again() -> None:
    venue = make.venue()
    venue.access_facts.create(fact=Fact.PARKING, is_there=True, checked_on=date(2026, 3, 2))

    form = _form(venue, fact_PARKING="yes", checked_again="on")

    assert form.is_valid()
    assert form.facts() == {fact: True if fact == Fact.PARKING else None for fact in Fact}


def test_the_page_says_when_an_answer_was_checked() -> None:
    venue = make.venue()
    venue.access_facts.create(fact=Fact.PARKING, is_there=False, checked_on=date(2026, 3, 2))

    form = VenueForm(instance=venue)

    assert form["fact_PARKING"].initial == "no"
    assert form["fact_PARKING"].help_text == "Checked on 2 Mar 2026"
    assert form["fact_SEATS"].initial == ""
