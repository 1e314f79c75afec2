"""Venues and what is known of access to them; areas and their boundaries."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hereabouts.core.models import Published, Versioned
from hereabouts.core.phones import validate_phone
from hereabouts.places.boxes import Box
from hereabouts.places.names import LONGEST, searchable
from hereabouts.places.points import Point


class SearchedField(models.CharField[str, str]):
    """The `searchable` text of another field (`of`), computed at each save."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs |= {"max_length": LONGEST, "db_index": True, "editable": False, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Deconstruct to a plain CharField: migrations then do not import this class."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def clone(self) -> Any:
        """A plain CharField, as migrations have it."""
        _name, _path, args, kwargs = self.deconstruct()
        return models.CharField(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        words = searchable(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, words)
        return words


class Venue(Published, Versioned):
    """A building or an open space where activity takes place."""

    class Kind(models.TextChoices):
        BUILDING = "BUILDING", _("Building")
        OPEN_SPACE = "OPEN_SPACE", _("Park or open space")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.BUILDING)
    street = models.CharField(_("street"), max_length=200, blank=True)
    town = models.CharField(_("town or village"), max_length=100, blank=True)
    # A park, or a pin from a map, may have none.
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    latitude = models.FloatField(_("latitude"), help_text=_("Degrees north, WGS84."))
    longitude = models.FloatField(_("longitude"), help_text=_("Degrees east, WGS84."))
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[validate_phone])
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    getting_there = models.TextField(
        _("getting there"),
        blank=True,
        max_length=5000,
        help_text=_("Which bus, where to park, which door."),
    )
    search_name = SearchedField(of="name")
    search_town = SearchedField(of="town")

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

    @property
    def point(self) -> Point:
        """The point of the venue."""
        return Point(latitude=self.latitude, longitude=self.longitude)


class AccessFact(models.Model):
    """One fact about access to a venue that somebody checked. No row means not stated."""

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


class Area(models.Model):
    """A council's area, by its code from the Office for National Statistics ("E10000024")."""

    class Kind(models.TextChoices):
        COUNTY = "COUNTY", _("County or unitary authority")
        DISTRICT = "DISTRICT", _("District")

    code = models.CharField(_("code"), max_length=9)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            # A unitary authority is both, under one code.
            models.UniqueConstraint(fields=["code", "kind"], name="one_area_a_code_and_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class BoundaryQuerySet(models.QuerySet["Boundary"]):
    """Queries of boundaries."""

    def meeting(self, box: Box) -> Self:
        """Boundaries whose bounding box meets `box`; they themselves may still lie outside it."""
        return self.filter(
            south__lte=box.north, north__gte=box.south, west__lte=box.east, east__gte=box.west
        )


class Boundary(models.Model):
    """The outline of an area, simplified to about 50 metres; degrees, WGS84."""

    area = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="boundary")
    outline = models.BinaryField(_("outline"), help_text=_("Well-known binary (ISO 13249-3)."))
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    # Where a map writes the name: a point well inside the outline.
    label_latitude = models.FloatField()
    label_longitude = models.FloatField()
    loaded_at = models.DateTimeField(_("loaded at"))

    objects: ClassVar[models.Manager["Boundary"]] = BoundaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(south__lte=models.F("north"), west__lte=models.F("east")),
                name="a_boundary_begins_in_the_south_west",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area.name}"
