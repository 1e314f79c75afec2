"""Saving a venue and what somebody saw there."""

from datetime import date, datetime

import pytest
from wagtail.models import ModelLogEntry

from hereabouts.accounts.models import User
from hereabouts.audit.edits import EditedMeanwhile
from hereabouts.places import actions
from hereabouts.places.models import AccessFact, Venue
from tests import make

pytestmark = pytest.mark.django_db

Fact = AccessFact.Fact
MARCH = date(2026, 3, 2)


def _saw(venue: Venue, fact: Fact, *, is_there: bool, by: User) -> AccessFact:
    return venue.access_facts.create(fact=fact, is_there=is_there, checked_on=MARCH, checked_by=by)


def test_save_venue_adds_one_with_its_answers(manager: User, now: datetime) -> None:
    venue = Venue(name="Millbeck Hall", postcode="NG20 8PA", latitude=53.2, longitude=-1.23)

    actions.save_venue(
        venue=venue, facts={Fact.STEP_FREE: True, Fact.PARKING: None}, by=manager, at=now
    )

    fact = AccessFact.objects.get()
    assert (fact.venue, fact.fact, fact.is_there) == (venue, Fact.STEP_FREE, True)
    assert (fact.checked_on, fact.checked_by) == (now.date(), manager)


def test_a_changed_answer_is_checked_today_by_whoever_changed_it(
    manager: User, moderator: User, now: datetime
) -> None:
    venue = make.venue()
    _saw(venue, Fact.HEARING_LOOP, is_there=True, by=moderator)

    actions.save_venue(venue=venue, facts={Fact.HEARING_LOOP: False}, by=manager, at=now)

    fact = AccessFact.objects.get()
    assert (fact.is_there, fact.checked_on, fact.checked_by) == (False, now.date(), manager)


def test_an_answer_given_again_is_checked_again(
    manager: User, moderator: User, now: datetime
) -> None:
    venue = make.venue()
    _saw(venue, Fact.PARKING, is_there=True, by=moderator)

    actions.save_venue(venue=venue, facts={Fact.PARKING: True}, by=manager, at=now)

    fact = AccessFact.objects.get()
    assert (fact.checked_on, fact.checked_by) == (now.date(), manager)


def test_an_answer_that_nobody_gave_keeps_its_day(
    manager: User, moderator: User, now: datetime
) -> None:
    venue = make.venue()
    _saw(venue, Fact.PARKING, is_there=True, by=moderator)
    venue.phone = "0115 496 0199"

    actions.save_venue(venue=venue, facts={Fact.SEATS: True}, by=manager, at=now)

    kept = AccessFact.objects.get(fact=Fact.PARKING)
    assert (kept.checked_on, kept.checked_by) == (MARCH, moderator)


def test_an_answer_that_is_taken_back_is_not_stated(manager: User, now: datetime) -> None:
    venue = make.venue()
    _saw(venue, Fact.PARKING, is_there=True, by=manager)

    actions.save_venue(venue=venue, facts={Fact.PARKING: None}, by=manager, at=now)

    assert not venue.access_facts.exists()


def test_the_trail_tells_answers_with_their_days(manager: User, now: datetime) -> None:
    venue = make.venue()
    _saw(venue, Fact.PARKING, is_there=True, by=manager)

    actions.save_venue(
        venue=venue,
        facts={Fact.PARKING: False, Fact.SEATS: True, Fact.BUS_STOP: None},
        by=manager,
        at=now,
    )

    assert ModelLogEntry.objects.for_instance(venue).get().data["changes"] == {
        "Parking": ["yes (2 Mar 2026)", "no (23 Nov 2026)"],
        "Seats to rest on": [None, "yes (23 Nov 2026)"],
    }


def test_the_day_is_that_of_the_place_not_of_greenwich(manager: User) -> None:
    venue = make.venue()
    late = datetime.fromisoformat("2026-07-01T23:30:00+00:00")

    actions.save_venue(venue=venue, facts={Fact.SEATS: True}, by=manager, at=late)

    assert AccessFact.objects.get().checked_on == date(2026, 7, 2)


def test_save_venue_refuses_when_somebody_saved_meanwhile(manager: User, now: datetime) -> None:
    mine = make.venue()
    theirs = Venue.objects.get(pk=mine.pk)
    actions.save_venue(venue=theirs, facts={Fact.SEATS: True}, by=manager, at=now)

    with pytest.raises(EditedMeanwhile):
        actions.save_venue(venue=mine, facts={Fact.SEATS: False}, by=manager, at=now)

    assert AccessFact.objects.get().is_there


def test_remove_venue_removes_and_remembers(manager: User, now: datetime) -> None:
    actions.remove_venue(venue=make.venue(name="Millbeck Hall"), by=manager, at=now)

    assert not Venue.objects.exists()
    assert ModelLogEntry.objects.get(action="hereabouts.delete").label.startswith("Millbeck Hall")


def test_remove_venue_refuses_while_something_takes_place_there(
    manager: User, now: datetime
) -> None:
    venue = make.venue(name="Millbeck Hall")
    make.draft(venue=venue)
    make.draft(venue=venue, name="Another")

    with pytest.raises(actions.VenueInUse, match="2 activities take place there"):
        actions.remove_venue(venue=venue, by=manager, at=now)

    assert Venue.objects.exists()
    assert not ModelLogEntry.objects.filter(action="hereabouts.delete").exists()
