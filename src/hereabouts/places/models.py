"""Where things happen."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hereabouts.core.models import Published, Versioned
from hereabouts.core.phones import validate_phone


class Venue(Published, Versioned):
    """A building or an open space where activity takes place."""

    class Kind(models.TextChoices):
        BUILDING = "BUILDING", _("Building")
        OPEN_SPACE = "OPEN_SPACE", _("Park or open space")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.BUILDING)
    street = models.CharField(_("street"), max_length=200, blank=True)
    town = models.CharField(_("town or village"), max_length=100, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8)
    latitude = models.FloatField(_("latitude"), help_text=_("Degrees north, WGS84."))
    longitude = models.FloatField(_("longitude"), help_text=_("Degrees east, WGS84."))
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[validate_phone])
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    getting_there = models.TextField(
        _("getting there"), blank=True, help_text=_("Which bus, where to park, which door.")
    )

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__range=(49, 61), longitude__range=(-9, 2)),
                name="a_venue_is_in_great_britain",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.town}" if self.town else self.name


class AccessFact(models.Model):
    """One thing about a venue that somebody looked at. No row means: not stated."""

    class Fact(models.TextChoices):
        STEP_FREE = "STEP_FREE", _("Step-free way in")
        ACCESSIBLE_TOILET = "ACCESSIBLE_TOILET", _("Step-free toilet")
        SEATS = "SEATS", _("Seats to rest on")
        PARKING = "PARKING", _("Parking")
        BLUE_BADGE_PARKING = "BLUE_BADGE_PARKING", _("Blue badge parking")
        BUS_STOP = "BUS_STOP", _("Bus stop close by")
        HEARING_LOOP = "HEARING_LOOP", _("Hearing loop")

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="access_facts")
    fact = models.CharField(_("fact"), max_length=30, choices=Fact)
    is_there = models.BooleanField(_("is there"))
    checked_on = models.DateField(_("checked on"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects: ClassVar[models.Manager["AccessFact"]]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["venue", "fact"], name="one_answer_a_fact_and_venue"),
        ]

    def __str__(self) -> str:
        answer = _("yes") if self.is_there else _("no")
        return f"{self.Fact(self.fact).label}: {answer} ({self.checked_on:%d %B %Y})"
