"""Writing a decided change: the one place where an import touches activities."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone

from hereabouts.accounts.models import User
from hereabouts.activities import actions as activities
from hereabouts.activities.columns.values import Observation
from hereabouts.activities.models import Activity, Break, Concession, Kind, Schedule
from hereabouts.audit import trail
from hereabouts.intake.changes import ActivityChange, newer_observations
from hereabouts.intake.known import ProviderValues, VenueValues, venue_values
from hereabouts.partners import actions as partners
from hereabouts.partners.models import Organisation
from hereabouts.places import actions as places
from hereabouts.places.models import Venue


@contextmanager
def applying(*, by: User | None, at: datetime) -> Iterator[Callable[[ActivityChange], int]]:
    """The function that writes one change; the finder's entries are written when the block ends."""
    with activities.entries_written_at_the_end(at=at):
        yield _Applier(by=by, at=at).apply


class _Applier:
    """Writes changes one after the other; remembers the venues and organisations that it saved."""

    def __init__(self, *, by: User | None, at: datetime) -> None:
        self._by = by
        self._at = at
        self._venues: dict[UUID, Venue] = {}
        self._providers: dict[UUID, Organisation] = {}

    def apply(self, change: ActivityChange) -> int:
        """Write one change, and return the activity's key."""
        activity = self._activity(change)
        if change.publishes:
            # In one go: to save and then to publish takes twice as long, and nobody else can write
            # meanwhile. `save_activity` refuses what is not complete.
            activity.state = Activity.State.PUBLISHED
        activities.save_activity(
            activity=activity,
            schedules=[_schedule(line, activity) for line in change.schedules],
            kinds=_kinds(change.kinds),
            breaks=_lines(Break, change.breaks),
            concessions=_lines(Concession, change.concessions),
            by=self._by,
            at=self._at,
            action="hereabouts.import",
        )
        if change.publishes:
            trail.record(instance=activity, action="hereabouts.publish", by=self._by)
        if activity.venue is not None and change.observations:
            self._note_access(activity.venue, change.observations)
        if change.was is not None:
            # No form shows these, so they are no change to `save_activity`; the next import
            # compares with them.
            Activity.objects.filter(pk=activity.pk).update(
                imported_values=change.imported_values, import_key=change.import_key
            )
        return activity.pk

    def _activity(self, change: ActivityChange) -> Activity:
        """The activity with its new values, not saved yet."""
        assert change.fields is not None
        if change.was is None:
            activity = Activity(
                import_key=change.import_key, imported_values=change.imported_values
            )
            activity.public_id = change.public_id or activity.public_id
        else:
            activity = Activity.objects.get(pk=change.was.pk)
            # Decided on that version: somebody who saved it since is not overwritten.
            activity.version = change.was.version
        for name, value in change.fields.items():
            setattr(activity, name, value)
        activity.venue = self._venue(change.venue) if change.venue else None
        activity.provider = self._provider(change.provider) if change.provider else None
        return activity

    def _venue(self, values: VenueValues) -> Venue:
        if values.public_id not in self._venues:
            if values.pk is None:
                new = Venue(public_id=values.public_id, **values.fields)
                venue = places.save_venue(venue=new, facts={}, by=self._by, at=self._at)
            else:
                venue = Venue.objects.get(pk=values.pk)
            self._venues[values.public_id] = venue
        return self._venues[values.public_id]

    def _provider(self, values: ProviderValues) -> Organisation:
        if values.public_id not in self._providers:
            if values.pk is None:
                new = Organisation(public_id=values.public_id, **values.fields)
                provider = partners.save_organisation(organisation=new, by=self._by, at=self._at)
            else:
                provider = Organisation.objects.get(pk=values.pk)
            self._providers[values.public_id] = provider
        return self._providers[values.public_id]

    def _note_access(self, venue: Venue, seen: Sequence[Observation]) -> None:
        """Note what somebody saw at the venue, where nobody has looked since."""
        # Reload: an earlier row of this file may have changed it.
        venue = Venue.objects.get(pk=venue.pk)
        newer = newer_observations(seen, venue_values(venue).observations)
        for day in sorted({observation.checked_on for observation in newer}):
            facts = {
                observation.fact: observation.is_there
                for observation in newer
                if observation.checked_on == day
            }
            activities.save_venue(venue=venue, facts=facts, by=self._by, at=_noon(day))


def _schedule(line: Any, activity: Activity) -> Schedule:
    # A saved line keeps its number: calendars know its sessions by that.
    return Schedule(activity_id=activity.pk, **asdict(line))


def _kinds(keys: Sequence[int] | None) -> list[Kind] | None:
    return None if keys is None else list(Kind.objects.filter(pk__in=keys).order_by("pk"))


def _lines(model: type[Any], lines: Sequence[Any] | None) -> list[Any] | None:
    return None if lines is None else [model(**asdict(line)) for line in lines]


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
