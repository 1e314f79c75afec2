"""What searches find here."""

from datetime import time

import pytest

from hereabouts.activities.vocabularies import Form
from tests import make
from tests.activities.finding.searched import tuesday_morning


@pytest.fixture
def a_village(db: None, on_a_monday: None) -> None:
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
