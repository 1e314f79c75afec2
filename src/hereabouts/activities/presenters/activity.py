"""One activity in the words that pages show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hereabouts.accounts.models import User
from hereabouts.activities import queries, recurrence
from hereabouts.activities.distances import distance_in_words
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.search import Search
from hereabouts.places.models import AccessFact, Venue
from hereabouts.places.points import Point, distance_between

# Asked after so often that a card says so even when nobody has looked.
ALWAYS_SHOWN = (
    AccessFact.Fact.STEP_FREE,
    AccessFact.Fact.ACCESSIBLE_TOILET,
    AccessFact.Fact.PARKING,
)
NEXT_DATES = 3


class Fact(NamedTuple):
    """An access fact in words; `answer` is yes, no or ask (nobody has looked)."""

    label: str
    answer: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Whom to ask. `who` says whose number it is."""

    who: str
    name: str
    phone: str
    email: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Freshness:
    """When somebody last said that it runs; `is_due` when that is long ago, or never."""

    words: str
    is_due: bool


def address_of(activity: Activity) -> str:
    """The address of its page, with its name for people to read."""
    slug = slugify(activity.name) or "activity"
    return reverse("activities:activity", args=[activity.public_id, slug])


def finder_address() -> str:
    """The address of the finder."""
    return reverse("activities:find")


def is_confirmed(activity: Activity, *, on: date) -> bool:
    """Is its level claimed? A red class counts only while its leader is confirmed."""
    if activity.level != Level.RED:
        return True
    until = activity.leader_counts_until()
    return until is not None and on <= until


def level_in_words(activity: Activity) -> str:
    """Its level as staff see it: a red class whose leader is not confirmed says so."""
    label = str(Level(activity.level).label)
    if is_confirmed(activity, on=timezone.localdate()):
        return label
    return _("%s (leader not confirmed)") % label


def cost_in_words(activity: Activity) -> str:
    """ "Free", "£3", "£2.50. Your first time is free"; "Cost not stated" when nobody said."""
    if activity.cost_pence is None:
        amount = "" if activity.cost_note else _("Cost not stated")
    elif activity.cost_pence == 0:
        amount = _("Free")
    else:
        pounds, pence = divmod(activity.cost_pence, 100)
        amount = f"£{pounds}.{pence:02}" if pence else f"£{pounds}"
    return ". ".join(part for part in (amount, capfirst(activity.cost_note)) if part)


def next_session_in_words(activity: Activity, *, at: datetime) -> str:
    """ "Thursday 26 November, 1:30 to 2:45 pm"; empty when no date is known."""
    sessions = next_sessions(activity, at=at, count=1)
    return session_in_words(sessions[0], at=at) if sessions else ""


def session_in_words(session: recurrence.Session, *, at: datetime) -> str:
    """A date and its time; the year only when it is not this one."""
    day = session.starts_at.date()
    format_of_day = "l j F" if day.year == timezone.localdate(at).year else "l j F Y"
    end = session.ends_at.time() if session.ends_at else None
    time = recurrence.time_in_words(session.starts_at.time(), end)
    return f"{date_format(day, format_of_day)}, {time}"


def usually_in_words(activity: Activity) -> str:
    """Its whole timetable: "Every Thursday, 1:30 to 2:45 pm"."""
    return recurrence.all_in_words(activity.schedules.all())


def access_facts(venue: Venue | None, *, short: bool) -> list[Fact]:
    """What is known of a venue, in a fixed order; what nobody looked at is asked after.

    `short` leaves out what nobody looked at, but for the few things that most people ask.
    """
    known = {fact.fact: fact for fact in venue.access_facts.all()} if venue else {}
    return [
        Fact(label=str(kind.label), answer=_answer(known.get(kind)))
        for kind in AccessFact.Fact
        if kind in known or not short or kind in ALWAYS_SHOWN
    ]


def _answer(known: AccessFact | None) -> str:
    if known is None:
        return "ask"
    return "yes" if known.is_there else "no"


def access_checked_in_words(venue: Venue | None) -> str:
    """When somebody looked at the venue: the oldest look counts. Empty when nobody did."""
    days = [fact.checked_on for fact in venue.access_facts.all()] if venue else []
    return _("Somebody looked on %s.") % date_format(min(days), "j F Y") if days else ""


def venue_in_full(venue: Venue | None) -> str:
    """Name, street, town and postcode in one line."""
    parts = (venue.name, venue.street, venue.town, venue.postcode) if venue else ()
    return ", ".join(part for part in parts if part)


def freshness(activity: Activity, *, on: date) -> Freshness:
    """When it was last known to run, and whether that is too long ago to rely on."""
    check = queries.last_check(activity)
    if check is None:
        return Freshness(words=_("Not checked yet. Please phone before you go."), is_due=True)
    if on - check.checked_on >= timedelta(days=settings.CHECK_DUE_DAYS):
        day = date_format(check.checked_on, "j F Y")
        words = _("Not checked since %s. Please phone before you go.") % day
        return Freshness(words=words, is_due=True)
    day = date_format(check.checked_on, "j F Y")
    words = _("Checked on %(day)s by %(checker)s") % {"day": day, "checker": _(check.checker)}
    return Freshness(words=words, is_due=False)


def last_checked_on(activity: Activity) -> date | None:
    """The day of its newest check."""
    check = queries.last_check(activity)
    return check.checked_on if check else None


def contacts(activity: Activity) -> list[Contact]:
    """Whom one can ask, the preferred one first; nobody whose number is not known."""
    provider, venue = activity.provider, activity.venue
    known = {
        Activity.Contact.OWN: Contact(
            who=_("About this activity"),
            name=activity.name,
            phone=activity.phone,
            email=activity.email,
        )
    }
    if provider is not None:
        known[Activity.Contact.PROVIDER] = Contact(
            who=_("Who runs it"), name=provider.name, phone=provider.phone, email=provider.email
        )
    if venue is not None:
        known[Activity.Contact.VENUE] = Contact(
            who=_("The venue"), name=venue.name, phone=venue.phone, email=venue.email
        )
    preferred_first = sorted(known, key=lambda kind: kind != activity.contact)
    return [known[kind] for kind in preferred_first if known[kind].phone or known[kind].email]


def contact_of(activity: Activity) -> Contact | None:
    """Whom to ask first; None when nobody's number is known."""
    return next(iter(contacts(activity)), None)


def activity_page(activity: Activity, *, at: datetime) -> dict[str, Any]:
    """Everything a person asks before going, in the words of the page."""
    today = timezone.localdate(at)
    sessions = next_sessions(activity, at=at, count=NEXT_DATES)
    return {
        "activity": activity,
        "level": activity.level,
        "is_confirmed": is_confirmed(activity, on=today),
        "next_dates": [session_in_words(session, at=at) for session in sessions],
        "usually": usually_in_words(activity),
        "ends": _end_in_words(activity, on=today),
        "cost": cost_in_words(activity),
        "joining": joining_in_words(activity),
        "leader": _leader_in_words(activity, on=today),
        "where": venue_in_full(activity.venue),
        "access": access_facts(activity.venue, short=False),
        "access_checked": access_checked_in_words(activity.venue),
        "freshness": freshness(activity, on=today),
        "contacts": contacts(activity),
    }


def seen_from(activity: Activity, search: Search | None) -> dict[str, Any]:
    """How far it is from where the person searched, and the way back to their search."""
    if search is None or activity.venue is None:
        return {"near": None, "finder_address": finder_address()}
    venue = Point(latitude=activity.venue.latitude, longitude=activity.venue.longitude)
    return {
        "near": search.near.postcode,
        "distance": distance_in_words(distance_between(search.near.point, venue)),
        "finder_address": search.address(),
    }


def looked_after(activities: Iterable[Activity], *, at: datetime) -> list[dict[str, Any]]:
    """An organiser's list: the ones that wait for a yes come first."""
    today = timezone.localdate(at)
    rows = [
        {
            "activity": activity,
            "address": address_of(activity),
            "usually": usually_in_words(activity),
            "freshness": freshness(activity, on=today),
        }
        for activity in activities
    ]
    return sorted(rows, key=lambda row: not row["freshness"].is_due)


def checker_in_words(user: User) -> str:
    """Who checked, without a name: residents need not know it. Translated when it is shown."""
    is_ours = user.has_perm("activities.change_activity")
    return gettext_noop("the partnership") if is_ours else gettext_noop("the organiser")


def next_sessions(activity: Activity, *, at: datetime, count: int) -> list[recurrence.Session]:
    """Its next sessions over all lines of its timetable."""
    return recurrence.next_sessions_of(list(activity.schedules.all()), after=at, count=count)


def _end_in_words(activity: Activity, *, on: date) -> str:
    days = [recurrence.last_day(schedule) for schedule in activity.schedules.all()]
    known = [day for day in days if day is not None]
    if not known or len(known) < len(days):
        return ""
    last = date_format(max(known), "l j F Y")
    if max(known) < on:
        return _("The last time was %s.") % last
    return _("The last time is %s.") % last


def says_how_to_join(activity: Activity) -> bool:
    """Is there more to do than to turn up?"""
    nothing_to_do = (Activity.Joining.NOT_STATED, Activity.Joining.TURN_UP)
    return activity.joining not in nothing_to_do or bool(activity.joining_note)


def joining_in_words(activity: Activity) -> str:
    """How to join: "Book a place. 15 places"."""
    words = str(Activity.Joining(activity.joining).label)
    return ". ".join(part for part in (words, capfirst(activity.joining_note)) if part)


def _leader_in_words(activity: Activity, *, on: date) -> list[str]:
    """Who leads it: the qualification, and when somebody saw the certificate."""
    kind = Activity.Qualification(activity.leader_qualification)
    if kind == Activity.Qualification.NOT_STATED:
        return [_("Not stated")]
    sentences = [str(kind.label)]
    if kind == Activity.Qualification.POSTURAL_STABILITY:
        sentences = [_("A Postural Stability Instructor (someone trained to teach falls classes).")]
    if activity.leader_confirmed_on:
        day = date_format(activity.leader_confirmed_on, "j F Y")
        sentences.append(_("Certificate seen on %s.") % day)
    if not is_confirmed(activity, on=on):
        sentences.append(_("We have not confirmed this lately. Ask before you go."))
    return sentences
