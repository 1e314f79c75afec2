"""What a draft still needs, by what it is."""

import pytest

from hereabouts.activities.completeness import needs
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.vocabularies import Form
from hereabouts.places.models import Venue
from tests import make

OTHERS = [Form.GROUP, Form.CLUB, Form.OPEN_SPACE]
PARK = Venue(name="Carr Wood", latitude=53.2, longitude=-1.2)


def activity(**fields: object) -> Activity:
    return Activity(**{"name": "Sure and Steady", "venue": PARK, **fields})


def test_a_class_needs_a_day_and_a_time() -> None:
    assert needs(activity(), []) == [
        "The day on which it happens.",
        "The time at which it starts.",
    ]
    assert needs(activity(), [make.schedule()]) == []


@pytest.mark.parametrize("form", OTHERS)
def test_a_park_a_club_and_a_group_need_no_timetable(form: Form) -> None:
    assert needs(activity(form=form), []) == []
    assert needs(activity(form=form), [make.schedule(start_time=None, end_time=None)]) == []


@pytest.mark.parametrize("form", list(Form))
def test_a_line_that_is_there_says_which_weeks(form: Form) -> None:
    every_two_weeks = make.schedule(frequency=Schedule.Frequency.FORTNIGHTLY)

    assert needs(activity(form=form), [every_two_weeks]) == [
        "Its first date: without it nobody can say which weeks."
    ]


@pytest.mark.parametrize("form", list(Form))
def test_everything_needs_a_name_and_a_venue(form: Form) -> None:
    missing = needs(activity(form=form, name=" ", venue=None), [make.schedule()])

    assert missing[0] == "A name."
    assert missing[1].startswith("A venue with a postcode")


def test_what_is_known_to_be_somewhere_needs_only_the_choice_of_its_venue() -> None:
    missing = needs(activity(venue=None), [make.schedule()], may_make_venue=True)

    assert missing == ["Its venue to be chosen."]


def test_a_venue_needs_no_postcode() -> None:
    assert PARK.postcode == ""
    assert needs(activity(), [make.schedule()]) == []
