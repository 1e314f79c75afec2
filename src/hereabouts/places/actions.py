"""Everything that changes venues."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import models, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hereabouts.accounts import audit, edits
from hereabouts.accounts.models import User
from hereabouts.core.refusals import Refusal
from hereabouts.places.models import AccessFact, Venue

# What somebody saw: it is there, it is not, or (None) nobody can say any more.
Answers = Mapping[AccessFact.Fact, bool | None]


class VenueInUse(Refusal):
    """Something takes place there."""


@transaction.atomic
def save_venue(*, venue: Venue, facts: Answers, by: User | None, at: datetime) -> Venue:
    """Save a new or changed venue, and the answers about it that somebody gave today.

    An answer in `facts` counts as checked by `by` on the day of `at`, even when it is the same as
    before; None takes an answer back. A fact that is not in `facts` stays as it is.
    Raises `EditedMeanwhile`.
    """
    today = timezone.localdate(at)
    edits.save(thing=venue, by=by, also=_changed_answers(venue, facts, today))
    for fact, is_there in facts.items():
        if is_there is None:
            venue.access_facts.filter(fact=fact).delete()
        else:
            venue.access_facts.update_or_create(
                fact=fact,
                defaults={"is_there": is_there, "checked_on": today, "checked_by": by},
            )
    return venue


@transaction.atomic
def remove_venue(*, venue: Venue, by: User | None, at: datetime) -> None:
    """Remove a venue that nothing takes place at. Raises `VenueInUse`."""
    audit.record(thing=venue, action="hereabouts.delete", by=by)
    try:
        venue.delete()
    except models.ProtectedError as error:
        raise VenueInUse(_in_use(venue, len(error.protected_objects))) from error


def _in_use(venue: Venue, count: int) -> str:
    return ngettext(
        "%(venue)s stays: %(count)d activity takes place there. Move it to another venue first.",
        "%(venue)s stays: %(count)d activities take place there. Move them to another venue first.",
        count,
    ) % {"venue": venue, "count": count}


def _changed_answers(venue: Venue, facts: Answers, today: date) -> audit.Changes:
    """Fact → (answer and day as saved, answer and day as given), where they differ."""
    if venue._state.adding:
        return {}
    saved = {
        AccessFact.Fact(known.fact): _told(known.is_there, known.checked_on)
        for known in venue.access_facts.all()
    }
    given = {fact: _told(is_there, today) for fact, is_there in facts.items()}
    return {
        str(fact.label): (saved.get(fact), now)
        for fact, now in given.items()
        if saved.get(fact) != now
    }


def _told(is_there: bool | None, checked_on: date) -> str | None:
    if is_there is None:
        return None
    answer = {True: _("yes"), False: _("no")}[is_there]
    return f"{answer} ({formats.date_format(checked_on)})"
