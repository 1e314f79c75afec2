"""An activity that somebody can go to, and who last said that it runs."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hereabouts.activities.levels import Approach, Level, counts_until
from hereabouts.core.models import Published, Versioned
from hereabouts.core.phones import validate_phone


class ActivityQuerySet(models.QuerySet["Activity"]):
    def published(self) -> Self:
        """Activities that residents see."""
        return self.filter(state=Activity.State.PUBLISHED)

    def drafts(self) -> Self:
        """Activities that still need something before residents see them."""
        return self.filter(state=Activity.State.DRAFT)

    def for_pages(self) -> Self:
        """With all that a card or a page shows, in a fixed number of queries."""
        return self.select_related("venue", "provider").prefetch_related(
            "schedules", "checks", "venue__access_facts"
        )


class Activity(Published, Versioned):
    """A series of sessions at one venue: a class, a walk, a club, a park to be active in."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", _("Draft")
        PUBLISHED = "PUBLISHED", _("Published")
        RETIRED = "RETIRED", _("Taken down")

    class Joining(models.TextChoices):
        NOT_STATED = "NOT_STATED", _("Not stated")
        TURN_UP = "TURN_UP", _("Just turn up")
        CONTACT_FIRST = "CONTACT_FIRST", _("Contact them first")
        BOOK = "BOOK", _("Book a place")
        REFERRAL = "REFERRAL", _("A health or care professional refers you")

    class Contact(models.TextChoices):
        PROVIDER = "PROVIDER", _("The organisation that runs it")
        VENUE = "VENUE", _("The venue")
        OWN = "OWN", _("Its own number or address, given here")

    class Qualification(models.TextChoices):
        NOT_STATED = "NOT_STATED", _("Not stated")
        POSTURAL_STABILITY = "POSTURAL_STABILITY", _("Postural Stability Instructor")
        OTAGO_LEADER = "OTAGO_LEADER", _("Otago Exercise Programme leader")
        CHAIR_BASED_LEADER = "CHAIR_BASED_LEADER", _("Chair-based exercise leader")
        EXERCISE_INSTRUCTOR = "EXERCISE_INSTRUCTOR", _("Exercise instructor")
        WALK_LEADER = "WALK_LEADER", _("Walk leader")
        VOLUNTEER = "VOLUNTEER", _("Trained volunteer")

    name = models.CharField(_("name"), max_length=200)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    summary = models.CharField(
        _("in one sentence"), max_length=300, blank=True, help_text=_("What is it, and for whom?")
    )
    description = models.TextField(_("what happens"), blank=True, max_length=5000)
    for_whom = models.TextField(_("is it for me?"), blank=True, max_length=2000)
    adapted = models.TextField(
        _("what can be adapted"),
        blank=True,
        max_length=2000,
        help_text=_("For which health conditions can the leader change it?"),
    )

    # What it is built on. The level follows, and the database holds them to it.
    is_low_impact = models.BooleanField(_("general low-impact exercise"), default=False)
    is_chair_based = models.BooleanField(_("chair-based exercise"), default=False)
    follows_otago = models.BooleanField(_("Otago principles"), default=False)
    is_fame = models.BooleanField(_("Falls Management Exercise (FaME)"), default=False)
    level = models.CharField(
        _("level"), max_length=10, choices=Level, default=Level.NONE, editable=False
    )

    leader_qualification = models.CharField(
        _("leader's qualification"),
        max_length=30,
        choices=Qualification,
        default=Qualification.NOT_STATED,
    )
    leader_confirmed_on = models.DateField(
        _("qualification confirmed on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody of ours saw the certificate."),
    )

    cost_pence = models.PositiveIntegerField(
        _("cost of one session in pence"), null=True, blank=True
    )
    cost_note = models.CharField(_("more about the cost"), max_length=300, blank=True)
    joining = models.CharField(
        _("how to join"), max_length=20, choices=Joining, default=Joining.NOT_STATED
    )
    joining_note = models.CharField(_("more about joining"), max_length=300, blank=True)
    website = models.URLField(_("website"), blank=True)

    provider = models.ForeignKey(
        "partners.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("run by"),
    )
    venue = models.ForeignKey(
        "places.Venue",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("venue"),
    )
    contact = models.CharField(
        _("whom to contact"), max_length=20, choices=Contact, default=Contact.PROVIDER
    )
    phone = models.CharField(
        _("its own phone"), max_length=30, blank=True, validators=[validate_phone]
    )
    email = models.EmailField(_("its own e-mail"), blank=True)

    # What an import last read for it: column → cell. Importing the same again changes nothing,
    # and whoever completes a draft sees what was given.
    import_key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001  # unique, so unknown must be NULL
    imported_values = models.JSONField(default=dict, editable=False)

    created_at = models.DateTimeField(auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="DRAFT") | models.Q(venue__isnull=False),
                name="only_a_draft_has_no_venue",
            ),
            models.CheckConstraint(
                condition=models.Q(level="RED", is_fame=True)
                | (
                    models.Q(level="ORANGE", is_fame=False)
                    & (models.Q(is_chair_based=True) | models.Q(follows_otago=True))
                )
                | models.Q(
                    level="GREEN",
                    is_fame=False,
                    is_chair_based=False,
                    follows_otago=False,
                    is_low_impact=True,
                )
                | models.Q(
                    level="NONE",
                    is_fame=False,
                    is_chair_based=False,
                    follows_otago=False,
                    is_low_impact=False,
                ),
                name="level_follows_from_the_approaches",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def approaches(self) -> frozenset[Approach]:
        """What it is built on."""
        ticked = {
            Approach.LOW_IMPACT: self.is_low_impact,
            Approach.CHAIR_BASED: self.is_chair_based,
            Approach.OTAGO: self.follows_otago,
            Approach.FAME: self.is_fame,
        }
        return frozenset(approach for approach, is_ticked in ticked.items() if is_ticked)

    @property
    def cost_pounds(self) -> Decimal | None:
        """The cost of one session in pounds; None where nobody said."""
        return None if self.cost_pence is None else Decimal(self.cost_pence) / 100

    @property
    def postcode(self) -> str:
        """Its venue's; empty while it has none."""
        return self.venue.postcode if self.venue else ""

    def leader_counts_until(self) -> date | None:
        """The last day on which its confirmed Postural Stability Instructor counts, if any."""
        if self.leader_qualification != self.Qualification.POSTURAL_STABILITY:
            return None
        return counts_until(
            confirmed_on=self.leader_confirmed_on, review_days=settings.LEADER_REVIEW_DAYS
        )


class Check(models.Model):
    """Somebody confirmed that an activity is still running."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="checks")
    checked_on = models.DateField(_("checked on"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # Kept as words: a page must not need, nor show, a person's name.
    checker = models.CharField(
        _("who checked"), max_length=100, help_text=_("For example: the class leader.")
    )

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")

    def __str__(self) -> str:
        return f"{self.checked_on:%d %B %Y}, {self.checker}"
