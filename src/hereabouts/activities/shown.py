"""One activity in the words that pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy

from hereabouts.accounts.models import User
from hereabouts.activities import queries, recurrence
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.core.languages import cached_per_language, day_in_words
from hereabouts.core.languages import gettext as _
from hereabouts.partners.models import Term
from hereabouts.places.models import AccessFact, Venue

# Asked after so often that a card says so even when nobody has looked.
ALWAYS_SHOWN = (
    AccessFact.Fact.STEP_FREE,
    AccessFact.Fact.ACCESSIBLE_TOILET,
    AccessFact.Fact.PARKING,
)
# Who checked, as `Check.checker` keeps it for those who do not type it, and as pages show it.
BY_PARTNERSHIP, BY_ORGANISER = "the partnership", "the organiser"
CHECKERS = {
    BY_PARTNERSHIP: gettext_lazy("the partnership"),
    BY_ORGANISER: gettext_lazy("the organiser"),
}


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


def labels(codes: Iterable[str], vocabulary: type[TextChoices]) -> list[str]:
    """What people read for values of a fixed list."""
    return [str(vocabulary(code).label) for code in codes]


def state_in_words(activity: Activity) -> str:
    """Where it stands as staff see it: what is paused says so."""
    state = str(Activity.State(activity.state).label)
    if activity.is_paused(on=timezone.localdate()):
        return _("%s (paused)") % state
    return state


def cost_in_words(activity: Activity) -> str:
    """ "Free", "£3", "£2.50. Your first time is free"; "Cost not stated" when nobody said."""
    if activity.cost_pence is None:
        amount = "" if activity.cost_note else _("Cost not stated")
    else:
        amount = amount_in_words(activity.cost_pence)
    return ". ".join(part for part in (amount, capfirst(activity.cost_note)) if part)


@cached_per_language
def amount_in_words(pence: int) -> str:
    """ "Free", "£3", "£2.50"."""
    if pence == 0:
        return _("Free")
    pounds, rest = divmod(pence, 100)
    return f"£{pounds}.{rest:02}" if rest else f"£{pounds}"


def next_session_in_words(activity: Activity, *, at: datetime, terms: Sequence[Term] = ()) -> str:
    """ "Thursday 26 November, 1:30 to 2:45 pm"; empty when no date is known."""
    sessions = next_sessions(activity, at=at, count=1, terms=terms)
    return session_in_words(sessions[0], at=at) if sessions else ""


def session_in_words(session: recurrence.Session, *, at: datetime) -> str:
    """A date and its time; the year only when it is not this one."""
    day = session.starts_at.date()
    format_of_day = "l j F" if day.year == timezone.localdate(at).year else "l j F Y"
    end = session.ends_at.time() if session.ends_at else None
    time = recurrence.time_in_words(session.starts_at.time(), end)
    return f"{day_in_words(day, format_of_day)}, {time}"


def usually_in_words(activity: Activity) -> str:
    """Its whole timetable: "Every Thursday, 1:30 to 2:45 pm"."""
    return recurrence.all_in_words(
        recurrence.each_once(activity.schedules.all()),
        is_term_time_only=activity.is_term_time_only,
    )


def pause_in_words(activity: Activity, *, on: date) -> str:
    """ "Paused until 5 January 2027: the hall has a new floor"; empty when no pause is known."""
    if activity.paused_on is None or (activity.paused_until and activity.paused_until < on):
        return ""
    until = activity.paused_until
    last = day_in_words(until, "j F Y") if until else ""
    if activity.paused_on > on:
        days = {"first": day_in_words(activity.paused_on, "j F Y"), "last": last}
        words = (
            _("It pauses from %(first)s until %(last)s") if until else _("It pauses on %(first)s")
        )
        words = words % days
    elif until:
        words = _("Paused until %s") % last
    else:
        words = _("Paused. Nobody knows yet until when")
    if not activity.pause_reason:
        return words
    return _("%(pause)s: %(reason)s") % {"pause": words, "reason": activity.pause_reason}


def access_facts(venue: Venue | None, *, short: bool) -> list[Fact]:
    """What is known of a venue, in a fixed order; what nobody looked at is asked after.

    `short` leaves out what nobody looked at, but for the few things that most people ask.
    """
    known = {fact.fact: fact for fact in venue.access_facts.all()} if venue else {}
    return [
        Fact(label=label, answer=_answer(known.get(kind)))
        for kind, label in _fact_labels()
        if kind in known or not short or kind in ALWAYS_SHOWN
    ]


@cached_per_language
def _fact_labels() -> tuple[tuple[AccessFact.Fact, str], ...]:
    return tuple((kind, str(kind.label)) for kind in AccessFact.Fact)


def _answer(known: AccessFact | None) -> str:
    if known is None:
        return "ask"
    return "yes" if known.is_there else "no"


def access_checked_in_words(venue: Venue | None) -> str:
    """When somebody looked at the venue: the oldest look counts. Empty when nobody did."""
    days = [fact.checked_on for fact in venue.access_facts.all()] if venue else []
    return _("Somebody looked on %s.") % day_in_words(min(days), "j F Y") if days else ""


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
        day = day_in_words(check.checked_on, "j F Y")
        words = _("Not checked since %s. Please phone before you go.") % day
        return Freshness(words=words, is_due=True)
    return Freshness(words=_checked_in_words(check.checked_on, check.checker), is_due=False)


@cached_per_language
def _checked_in_words(day: date, checker: str) -> str:
    # Translated only where we wrote it: nobody looks up what somebody typed.
    ours = CHECKERS.get(checker, checker)
    return _("Checked on %(day)s by %(checker)s") % {
        "day": day_in_words(day, "j F Y"),
        "checker": ours,
    }


def last_checked_on(activity: Activity) -> date | None:
    """The day of its newest check."""
    check = queries.last_check(activity)
    return check.checked_on if check else None


def contacts(activity: Activity) -> list[Contact]:
    """Whom one can ask, the preferred one first; nobody whose number is not known.

    A number of its own is often the leader's: shown only where it is the one to use.
    """
    provider, venue = activity.provider, activity.venue
    known = {}
    if activity.contact == Activity.Contact.OWN:
        known[Activity.Contact.OWN] = Contact(
            who=_("About this activity"),
            name=activity.name,
            phone=activity.phone,
            email=activity.email,
        )
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


def looked_after(activities: Iterable[Activity], *, at: datetime) -> list[dict[str, Any]]:
    """An organiser's list: the ones that wait for a yes come first."""
    today = timezone.localdate(at)
    rows = [
        {
            "activity": activity,
            "address": address_of(activity),
            "usually": usually_in_words(activity),
            "freshness": freshness(activity, on=today),
            "pause": pause_in_words(activity, on=today),
            "is_confirmed": is_confirmed(activity, on=today),
        }
        for activity in activities
    ]
    return sorted(rows, key=lambda row: not row["freshness"].is_due)


def checker_in_words(user: User) -> str:
    """Who checked, without a name, as a check keeps it; translated when it is shown."""
    is_ours = user.has_perm("activities.change_activity")
    return BY_PARTNERSHIP if is_ours else BY_ORGANISER


def next_sessions(
    activity: Activity, *, at: datetime, count: int, terms: Sequence[Term] = ()
) -> list[recurrence.Session]:
    """Its next sessions over all lines of its timetable: none in a break or a pause.

    `terms` are all that are known: without them nobody knows when a class in term time is next.
    """
    calendar = recurrence.calendar_of(activity, breaks=activity.breaks.all(), terms=terms)
    lines = list(activity.schedules.all())
    return recurrence.next_sessions_of(lines, after=at, count=count, calendar=calendar)


def says_how_to_join(activity: Activity) -> bool:
    """Is there more to do than to turn up?"""
    nothing_to_do = (Activity.Joining.NOT_STATED, Activity.Joining.TURN_UP)
    return activity.joining not in nothing_to_do or bool(activity.joining_note)


def joining_in_words(activity: Activity) -> str:
    """How to join: "Book a place. 15 places"."""
    words = str(Activity.Joining(activity.joining).label)
    return ". ".join(part for part in (words, capfirst(activity.joining_note)) if part)
