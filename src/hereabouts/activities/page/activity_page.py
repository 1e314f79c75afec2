"""The page of one activity: everything a person asks before going."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hereabouts.activities import photos, recurrence
from hereabouts.activities import shown as words
from hereabouts.activities.finding.distances import way_in_words
from hereabouts.activities.finding.search import Search
from hereabouts.activities.models import Activity
from hereabouts.activities.page.for_whom import for_whom
from hereabouts.activities.vocabularies import Form, Purpose
from hereabouts.partners.models import Partnership, Term
from hereabouts.places.models import Venue
from hereabouts.places.points import distance_between
from hereabouts.places.queries import nearest_postcode

NEXT_DATES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Photo:
    """A picture of it, in dots, and what it shows in words."""

    address: str
    alt: str
    width: int
    height: int


def activity_page(activity: Activity, *, terms: Sequence[Term], at: datetime) -> dict[str, Any]:
    """Everything a person asks before going, in the words of the page."""
    today = timezone.localdate(at)
    sessions = words.next_sessions(activity, at=at, count=NEXT_DATES, terms=terms)
    return {
        "activity": activity,
        "level": activity.level,
        "is_confirmed": words.is_confirmed(activity, on=today),
        "what": _what_in_words(activity),
        "pause": words.pause_in_words(activity, on=today),
        "next_dates": [words.session_in_words(session, at=at) for session in sessions],
        "usually": words.usually_in_words(activity) or _no_set_times(activity),
        "exceptions": recurrence.breaks_in_words(activity.breaks.all(), on=today),
        "first_and_last": _first_and_last(activity, sessions, terms=terms, on=today),
        "costs": costs_in_words(activity),
        "places": _places_in_words(activity),
        "joining": words.joining_in_words(activity),
        "leader": _leader_in_words(activity, on=today),
        "has_leader": _has_leader(activity),
        "for_whom": for_whom(activity),
        "where": words.venue_in_full(activity.venue),
        "near_postcode": _nearest_postcode(activity.venue),
        "access": words.access_facts(activity.venue, short=False),
        "access_checked": words.access_checked_in_words(activity.venue),
        "photo": photo_of(activity),
        "freshness": words.freshness(activity, on=today),
        "contacts": words.contacts(activity),
        "calendar_address": calendar_address(activity) if sessions else "",
    }


def seen_from(activity: Activity, search: Search | None) -> dict[str, Any]:
    """How far it is from where the person searched, and the way back to their search."""
    if search is None or activity.venue is None:
        return {"near": None, "finder_address": words.finder_address()}
    distance_km = distance_between(search.near.point, activity.venue.point)
    return {
        "near": search.near.label,
        "way": capfirst(way_in_words(distance_km)),
        "finder_address": search.url(),
    }


def something_is_wrong(activity: Activity, partnership: Partnership | None) -> str:
    """An address that writes to the partnership about it; empty before that is set up."""
    if partnership is None:
        return ""
    venue = str(activity.venue) if activity.venue else ""
    named = ", ".join(part for part in (activity.name, venue) if part)
    subject = _("Something is wrong: %s") % named
    return f"mailto:{quote(partnership.email, safe='@+')}?subject={quote(subject)}"


def calendar_address(activity: Activity) -> str:
    """The address of its calendar file."""
    return reverse("activities:calendar", args=[activity.public_id])


def photo_of(activity: Activity) -> Photo | None:
    """Its photo as the page shows it."""
    if activity.photo is None:
        return None
    shown = photos.as_shown(activity.photo)
    return Photo(
        address=reverse("activities:photo", args=[activity.public_id, activity.photo.pk]),
        alt=activity.photo_alt,
        width=shown.width,
        height=shown.height,
    )


def costs_in_words(activity: Activity) -> list[str]:
    """What everybody pays, the first time, and what some pay: a sentence each."""
    usual = words.cost_in_words(activity)
    if activity.is_first_free:
        usual = ". ".join((usual, _("Your first time is free")))
    return [f"{usual}.", *(_reduced(price) for price in _cheapest_first(activity))]


def _cheapest_first(activity: Activity) -> list[Any]:
    return sorted(activity.concessions.all(), key=lambda price: (price.pence, price.who, price.pk))


def _reduced(concession: Any) -> str:
    """ "£1.50 for people on Universal Credit. Bring your letter"."""
    amount = words.amount_in_words(concession.pence)
    price = _("%(amount)s for: %(who)s.") % {"amount": amount, "who": concession.who}
    if not concession.proof:
        return price
    return _("%(price)s Please bring: %(proof)s.") % {"price": price, "proof": concession.proof}


def _what_in_words(activity: Activity) -> list[str]:
    """What it is, what one does there, and what it is for: short words, each once."""
    kinds = sorted(kind.name for kind in activity.kinds.all())
    purposes = words.labels(activity.purposes, Purpose)
    return list(dict.fromkeys([str(Form(activity.form).label), *kinds, *purposes]))


def _no_set_times(activity: Activity) -> str:
    """What stands in for a timetable where there is none."""
    if activity.form == Form.OPEN_SPACE:
        return _("No set times.")
    if activity.form in (Form.GROUP, Form.CLUB) and words.contacts(activity):
        return _("Not stated. Ask them when they meet.")
    return _("Not stated")


def _first_and_last(
    activity: Activity,
    upcoming: Sequence[recurrence.Session],
    *,
    terms: Sequence[Term],
    on: date,
) -> list[str]:
    """From when and until when, where that is known and not what it always does.

    `upcoming` are its next sessions, as far as they are known.
    """
    lines = list(activity.schedules.all())
    sentences = []
    if upcoming and all(line.starts_on and line.starts_on > on for line in lines):
        first = upcoming[0].starts_at.date()
        sentences.append(_("The first time is %s.") % date_format(first, "l j F Y"))
    # What pauses for nobody knows how long may yet run until its end.
    calendar_of = recurrence.calendar_of if activity.paused_until else recurrence.usual_calendar_of
    calendar = calendar_of(activity, breaks=activity.breaks.all(), terms=terms)
    last = recurrence.last_day_of(lines, calendar=calendar)
    if last is not None:
        sentence = _("The last time was %s.") if last < on else _("The last time is %s.")
        sentences.append(sentence % date_format(last, "l j F Y"))
    return sentences


def _places_in_words(activity: Activity) -> str:
    """How many may come each time; empty when nobody said."""
    places = activity.places_per_session
    if places is None:
        return ""
    return ngettext("%d place each time.", "%d places each time.", places) % places


def _nearest_postcode(venue: Venue | None) -> str:
    """For a satnav, where the venue has no postcode of its own; empty when none is near."""
    if venue is None or venue.postcode:
        return ""
    located = nearest_postcode(venue.point)
    return located.postcode if located else ""


def _has_leader(activity: Activity) -> bool:
    """Does one ask who leads it? Not of a park, unless somebody said."""
    is_stated = activity.leader_qualification != Activity.Qualification.NOT_STATED
    return is_stated or activity.form != Form.OPEN_SPACE


def _leader_in_words(activity: Activity, *, on: date) -> list[str]:
    """Who leads it: the qualification, when somebody saw the certificate, until when it counts."""
    kind = Activity.Qualification(activity.leader_qualification)
    is_confirmed = words.is_confirmed(activity, on=on)
    if kind == Activity.Qualification.NOT_STATED:
        sentences = [_("Not stated.")]
    elif kind == Activity.Qualification.POSTURAL_STABILITY:
        sentences = [_("A Postural Stability Instructor (someone trained to teach falls classes).")]
    else:
        sentences = [f"{kind.label}."]
    if activity.leader_confirmed_on:
        sentences.append(_certificate_in_words(activity, on=on))
    if not is_confirmed and activity.leader_confirmed_on:
        sentences.append(_("We have not confirmed the leader lately. Ask before you go."))
    elif not is_confirmed:
        sentences.append(_("We have not confirmed the leader yet. Ask before you go."))
    return sentences


def _certificate_in_words(activity: Activity, *, on: date) -> str:
    assert activity.leader_confirmed_on is not None
    seen = date_format(activity.leader_confirmed_on, "j F Y")
    until = activity.leader_counts_until()
    if until is None:
        return _("Certificate seen on %s.") % seen
    days = {"seen": seen, "until": date_format(until, "j F Y")}
    if until < on:
        return _("Certificate seen on %(seen)s. That counted until %(until)s.") % days
    return _("Certificate seen on %(seen)s. That counts until %(until)s.") % days
