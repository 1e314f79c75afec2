"""The partnership, its organisations, and people in their positions there."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from hereabouts.core.models import Published, Versioned
from hereabouts.core.phones import validate_phone


class Partnership(Versioned):
    """The place partnership that runs this installation. There is one."""

    name = models.CharField(_("name"), max_length=200)
    area_name = models.CharField(
        _("area"), max_length=200, help_text=_("For example: Nottinghamshire and Derbyshire.")
    )
    phone = models.CharField(
        _("phone"),
        max_length=30,
        validators=[validate_phone],
        help_text=_("A person answers it. It is on every page and every print-out."),
    )
    phone_hours = models.CharField(
        _("when somebody answers"), max_length=100, help_text=_("Monday to Friday, 9 am to 4 pm")
    )
    email = models.EmailField(_("e-mail"))

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnership")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_partnership"),
        ]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A school term in the partnership's area: what runs in term time follows these dates."""

    name = models.CharField(_("name"), max_length=100, help_text=_("For example: Autumn 2026."))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("school term")
        verbose_name_plural = _("school terms")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="a_term_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TermCalendar(models.Model):
    """All school terms together: when somebody last saved or removed one. There is one.

    A row of its own, because a term that is removed takes its own date with it, and what runs in
    term time must not seem to have changed earlier than it did.
    """

    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_term_calendar"),
        ]

    def __str__(self) -> str:
        return f"{self.changed_at:%d %B %Y}"


class Organisation(Published, Versioned):
    """A partner that provides activity, refers people, commissions or takes part."""

    class Sector(models.TextChoices):
        NOT_STATED = "NOT_STATED", _("Not stated")
        ACUTE_CARE = "ACUTE_CARE", _("Acute care")
        COMMUNITY_HEALTH = "COMMUNITY_HEALTH", _("Community health")
        MENTAL_HEALTH = "MENTAL_HEALTH", _("Mental health")
        PRIMARY_CARE = "PRIMARY_CARE", _("Primary care")
        SOCIAL_CARE = "SOCIAL_CARE", _("Social care")
        VOLUNTARY = "VOLUNTARY", _("Voluntary and community")
        COMMISSIONING = "COMMISSIONING", _("Commissioning")
        PUBLIC_HEALTH = "PUBLIC_HEALTH", _("Public health")
        LOCAL_GOVERNMENT = "LOCAL_GOVERNMENT", _("Local government")
        SPORT_AND_LEISURE = "SPORT_AND_LEISURE", _("Sport and leisure")
        EDUCATION = "EDUCATION", _("Education")
        HOUSING = "HOUSING", _("Housing")

    name = models.CharField(_("name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=30, choices=Sector, default=Sector.NOT_STATED)
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[validate_phone])
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Person(Versioned):
    """A contact at one or more organisations, who may also be a user."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True, validators=[validate_phone])
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("signs in as"),
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name


class PositionQuerySet(models.QuerySet["Position"]):
    def current(self, day: date) -> Self:
        """Positions that somebody holds on `day`."""
        return self.filter(starts_on__lte=day).filter(
            models.Q(ends_on=None) | models.Q(ends_on__gte=day)
        )


class Position(models.Model):
    """What a person does at an organisation, from one day until another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="positions")
    title = models.CharField(_("what they do there"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="a_role_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}, {self.organisation}"

    def is_current(self, day: date) -> bool:
        """Is the position held on `day`? Both its first and its last day count."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def in_words(self) -> str:
        """The position without its person: "Walk leader, Heath End Movers (5 January 2026 – …)"."""
        start, end = (
            formats.date_format(day) if day else "…" for day in (self.starts_on, self.ends_on)
        )
        return f"{self.title}, {self.organisation} ({start} – {end})"
