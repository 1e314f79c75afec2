"""The three levels of strength and balance activity, and the rule that gives them."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How much an activity asks of strength and balance; the colours are part of the names.

    GREEN is general low-impact activity. ORANGE is chair-based exercise, including Otago
    principles. RED is a Falls Management Exercise (FaME) class, which a trained Postural
    Stability Instructor leads. NONE is everything else: a walk, a park, a club.
    """

    GREEN = "GREEN", _("Green: low-impact")
    ORANGE = "ORANGE", _("Orange: chair-based")
    RED = "RED", _("Red: FaME falls class")
    NONE = "NONE", _("No level")


class Approach(models.TextChoices):
    """What an activity is built on; the level follows from it."""

    LOW_IMPACT = "LOW_IMPACT", _("General low-impact exercise")
    CHAIR_BASED = "CHAIR_BASED", _("Chair-based exercise")
    OTAGO = "OTAGO", _("Otago principles")
    FAME = "FAME", _("Falls Management Exercise (FaME)")


LEVEL_OF: dict[Approach, Level] = {
    Approach.FAME: Level.RED,
    Approach.CHAIR_BASED: Level.ORANGE,
    Approach.OTAGO: Level.ORANGE,
    Approach.LOW_IMPACT: Level.GREEN,
}


def level_for(approaches: Collection[Approach]) -> Level:
    """The level of an activity built on `approaches`: the most specialised one counts."""
    return next(
        (level for approach, level in LEVEL_OF.items() if approach in approaches), Level.NONE
    )


def confirmation_expires_on(*, confirmed_on: date | None, review_days: int) -> date | None:
    """The last day on which a leader's confirmation counts; None where there is none.

    With 365 days, one of 1 January 2026 counts to 1 January 2027.
    """
    return confirmed_on + timedelta(days=review_days) if confirmed_on else None
