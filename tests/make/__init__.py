"""Builders: real rows with sensible values; a test states only what it is about."""

from tests.make.accounts import staff, user
from tests.make.activities import (
    activity,
    concession,
    days_without,
    draft,
    kind,
    open_space,
    red_class,
    schedule,
)
from tests.make.common import LONG_AGO, MONDAY
from tests.make.partners import organisation, organiser_of, partnership, person, position, term
from tests.make.places import venue

__all__ = [
    "LONG_AGO",
    "MONDAY",
    "activity",
    "concession",
    "days_without",
    "draft",
    "kind",
    "open_space",
    "organisation",
    "organiser_of",
    "partnership",
    "person",
    "position",
    "red_class",
    "schedule",
    "staff",
    "term",
    "user",
    "venue",
]
