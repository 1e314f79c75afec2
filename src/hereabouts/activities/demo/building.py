"""Saves, publishes, pauses and checks the activities of the demo world."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.demo.listings import LISTINGS
from hereabouts.activities.demo.shapes import Listing
from hereabouts.activities.kinds import ACTIVITY_LIST, FILTERABLE_BY_CODE
from hereabouts.activities.models import Activity, Break, Concession, Kind, Schedule
from hereabouts.partners.models import Organisation
from hereabouts.places.models import Venue


def build(
    *,
    venues: Mapping[str, Venue],
    providers: Mapping[str, Organisation],
    by: User,
    at: datetime,
) -> None:
    """Save and publish what is not listed yet, at these venues and by these organisations."""
    with actions.entries_written_at_the_end(at=at):
        for listing in LISTINGS:
            _activity(listing, venues=venues, providers=providers, by=by, at=at)
    # Built a week ago, its next sessions are over.
    actions.refresh_due_entries(at=at)


def _activity(
    listing: Listing,
    *,
    venues: Mapping[str, Venue],
    providers: Mapping[str, Organisation],
    by: User,
    at: datetime,
) -> None:
    venue = venues[listing.venue]
    if Activity.objects.filter(name=listing.name, venue=venue).exists():
        return
    today = timezone.localdate(at)
    activity = Activity(
        name=listing.name, venue=venue, provider=providers.get(listing.provider), **listing.fields
    )
    if listing.leader_confirmed_days_ago is not None:
        activity.leader_confirmed_on = today - timedelta(days=listing.leader_confirmed_days_ago)
    actions.save_activity(
        activity=activity,
        schedules=_timetable(listing, at=at),
        kinds=list(Kind.objects.filter(identifier__in=_identifiers(listing))),
        breaks=_breaks(listing, today=today),
        concessions=[
            Concession(who=who, pence=pence, proof=proof)
            for who, pence, proof in listing.concessions
        ],
        by=by,
        at=at,
    )
    actions.publish(activity=activity, by=by, at=at)
    if listing.paused_for:
        days, reason = listing.paused_for
        until = today + timedelta(days=days)
        actions.pause(activity=activity, until=until, reason=reason, by=by, at=at)
    if listing.checked:
        days_ago, checker = listing.checked
        when = at - timedelta(days=days_ago)
        actions.check(activity=activity, checker=checker, by=by, at=when)


def _timetable(listing: Listing, *, at: datetime) -> list[Schedule]:
    if listing.weekday is None:
        return []
    return [
        Schedule(
            frequency=listing.frequency,
            weekday=listing.weekday,
            week_of_month=listing.week_of_month,
            starts_on=_first_date(listing.weekday, at=at),
            start_time=listing.start,
            end_time=listing.end,
        )
    ]


def _breaks(listing: Listing, *, today: date) -> list[Break]:
    if listing.break_in is None:
        return []
    begins, days, reason = listing.break_in
    first = today + timedelta(days=begins)
    return [Break(starts_on=first, ends_on=first + timedelta(days=days - 1), reason=reason)]


def _identifiers(listing: Listing) -> list[str]:
    return [ACTIVITY_LIST + FILTERABLE_BY_CODE[code].identifier for code in listing.kinds]


def _first_date(weekday: int, *, at: datetime) -> date:
    """The day of that name at least eight weeks ago."""
    day = timezone.localdate(at) - timedelta(weeks=9)
    return day + timedelta(days=(weekday - day.weekday()) % 7)
