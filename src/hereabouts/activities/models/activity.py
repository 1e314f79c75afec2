"""An activity that somebody can go to, and who last said that it runs."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hereabouts.activities.levels import Approach, Level, confirmation_expires_on
from hereabouts.activities.models.kind import Kind
from hereabouts.activities.vocabularies import Ability, Condition, Form, Gender, Language, Purpose
from hereabouts.core.fields import ChosenField
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
            *("schedules", "breaks", "concessions", "kinds", "checks", "venue__access_facts")
        )


class Activity(Published, Versioned):
    """What somebody can go to at one venue: a series of sessions, a group, a club, a park."""

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
    form = models.CharField(_("what it is"), max_length=20, choices=Form, default=Form.SESSIONS)
    kinds = models.ManyToManyField(Kind, related_name="activities", blank=True)
    purposes = ChosenField(_("what it is for"), among=Purpose)
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

    # Who it is for; what is left alone is not stated.
    age_from = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    gender = models.CharField(
        _("women, men or everybody"), max_length=20, choices=Gender, default=Gender.NOT_STATED
    )
    ability = models.CharField(
        _("for whom by ability"), max_length=20, choices=Ability, default=Ability.NOT_STATED
    )
    conditions = ChosenField(_("health conditions that are welcome"), among=Condition)
    languages = ChosenField(_("languages spoken"), among=Language)
    carers_welcome = models.BooleanField(_("carers may come along"), null=True, blank=True)

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
    is_first_free = models.BooleanField(_("the first time is free"), null=True, blank=True)
    places_per_session = models.PositiveSmallIntegerField(
        _("places in each session"), null=True, blank=True
    )
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
        _("whom to contact"),
        max_length=20,
        choices=Contact,
        default=Contact.PROVIDER,
        help_text=_("Residents see its own phone and e-mail only if they are chosen here."),
    )
    phone = models.CharField(
        _("its own phone"), max_length=30, blank=True, validators=[validate_phone]
    )
    email = models.EmailField(_("its own e-mail"), blank=True)

    is_term_time_only = models.BooleanField(_("only in school term time"), default=False)
    # Paused from the first day on; until the second, that day too, or nobody knows yet.
    paused_on = models.DateField(_("paused from"), null=True, blank=True, editable=False)
    paused_until = models.DateField(_("paused until"), null=True, blank=True, editable=False)
    pause_reason = models.CharField(_("why"), max_length=200, blank=True, editable=False)

    photo = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )
    photo_alt = models.CharField(
        _("what the photo shows"),
        max_length=200,
        blank=True,
        help_text=_("In words, for people who cannot see it."),
    )

    # The day of confirmation about which its people were told that it no longer counts.
    lapse_told_for = models.DateField(null=True, editable=False)

    # What an import last read for it: column → cell. Importing the same again changes nothing,
    # and whoever completes a draft sees what was given.
    import_key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001  # unique, so unknown must be NULL
    imported_values = models.JSONField(default=dict, editable=False)

    created_at = models.DateTimeField(auto_now_add=True)
    # What calendars read, and never the audit log: whoever prunes that must not turn a SEQUENCE
    # back. Written by the actions; changed_at never goes down.
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_on = models.DateField(null=True, editable=False)

    # Bookkeeping of imports, of the hourly run, and of calendars.
    not_audited = ("imported_values", "import_key", "lapse_told_for", "changed_at", "retired_on")

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
            models.CheckConstraint(
                condition=models.Q(age_from=None)
                | models.Q(age_to=None)
                | models.Q(age_to__gte=models.F("age_from")),
                name="the_oldest_is_not_younger_than_the_youngest",
            ),
            models.CheckConstraint(
                condition=models.Q(paused_until=None)
                | models.Q(paused_on__isnull=False, paused_until__gte=models.F("paused_on")),
                name="a_pause_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(photo=None) | ~models.Q(photo_alt=""),
                name="a_photo_is_described_in_words",
            ),
            models.CheckConstraint(
                condition=models.Q(retired_on=None) | models.Q(state="RETIRED"),
                name="only_what_is_retired_has_the_day_of_it",
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

    def is_paused(self, *, on: date) -> bool:
        """Is it paused on that day?"""
        if self.paused_on is None or on < self.paused_on:
            return False
        return self.paused_until is None or on <= self.paused_until

    @property
    def postcode(self) -> str:
        """Its venue's; empty while it has none."""
        return self.venue.postcode if self.venue else ""

    def leader_counts_until(self) -> date | None:
        """The last day on which its confirmed Postural Stability Instructor counts, if any."""
        if self.leader_qualification != self.Qualification.POSTURAL_STABILITY:
            return None
        return confirmation_expires_on(
            confirmed_on=self.leader_confirmed_on, review_days=settings.LEADER_REVIEW_DAYS
        )


class Concession(models.Model):
    """A lower price for some people, and what they show for it. 0 is free: somebody else pays."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="concessions")
    who = models.CharField(_("for whom"), max_length=100)
    pence = models.PositiveIntegerField(_("cost of one session in pence"))
    proof = models.CharField(_("what to bring"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reduced price")
        verbose_name_plural = _("reduced prices")
        constraints = [
            models.UniqueConstraint(fields=["activity", "who"], name="one_price_for_each_group"),
        ]

    def __str__(self) -> str:
        return self.who


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
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "checked_on", "checker"], name="one_check_a_day_by_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checked_on:%d %B %Y}, {self.checker}"
