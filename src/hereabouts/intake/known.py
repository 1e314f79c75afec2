"""What is here already, as frozen values: what a decider may see, and nothing that can be saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.values import Observation, ScheduleLine
from hereabouts.activities.models import Activity, Schedule
from hereabouts.activities.recurrence import SCHEDULE_FIELDS
from hereabouts.partners.models import Organisation
from hereabouts.places.models import AccessFact, Venue
from hereabouts.places.points import Point

# The fields of an activity that a row can fill, with what a new one has before it is filled.
FIELDS = (
    *(spec.field for spec in table.TABLE.values() if spec.field and not spec.owner),
    *("cost_pence", "cost_note", "joining", "joining_note", "contact", "level"),
    *("is_low_impact", "is_chair_based", "follows_otago", "is_fame"),
)
NEW_FIELDS: Mapping[str, Any] = {name: getattr(Activity(), name) for name in FIELDS}


@dataclass(frozen=True, kw_only=True, slots=True)
class VenueValues:
    """A venue that is here, or a new one that the file brings (`pk` is None until it is saved).

    `fields` are those of a new one; `observations` what somebody saw at one that is here.
    """

    pk: int | None
    public_id: UUID
    name: str
    town: str
    postcode: str
    point: Point
    observations: tuple[Observation, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.name}, {self.town}" if self.town else self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class ProviderValues:
    """An organisation that is here, or a new one that the file brings (`pk` is None)."""

    pk: int | None
    public_id: UUID
    name: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityValues:
    """An activity that is here, as it is before the file changes anything.

    `cells` are what an export would say of it now; only of one that the file names by identifier.
    """

    pk: int
    public_id: UUID
    version: int
    state: str
    import_key: str | None
    imported_values: Mapping[str, Any]
    fields: Mapping[str, Any]
    schedules: tuple[ScheduleLine, ...]
    venue: VenueValues | None
    provider: ProviderValues | None
    cells: Mapping[Column, str]


def venue_values(venue: Venue) -> VenueValues:
    """A saved venue; reads its prefetched access facts."""
    return VenueValues(
        pk=venue.pk,
        public_id=venue.public_id,
        name=venue.name,
        town=venue.town,
        postcode=venue.postcode,
        point=venue.point,
        observations=tuple(
            Observation(
                fact=AccessFact.Fact(known.fact),
                is_there=known.is_there,
                checked_on=known.checked_on,
            )
            for known in venue.access_facts.all()
        ),
    )


def provider_values(organisation: Organisation) -> ProviderValues:
    """A saved organisation."""
    return ProviderValues(
        pk=organisation.pk, public_id=organisation.public_id, name=organisation.name
    )


def activity_values(activity: Activity, *, is_named: bool) -> ActivityValues:
    """A saved activity; reads what `for_pages` fetched. `is_named`: the file has its identifier."""
    schedules = sorted(activity.schedules.all(), key=lambda schedule: schedule.pk)
    return ActivityValues(
        pk=activity.pk,
        public_id=activity.public_id,
        version=activity.version,
        state=activity.state,
        import_key=activity.import_key,
        imported_values=activity.imported_values,
        fields={name: getattr(activity, name) for name in FIELDS},
        schedules=tuple(map(schedule_line, schedules)),
        venue=venue_values(activity.venue) if activity.venue else None,
        provider=provider_values(activity.provider) if activity.provider else None,
        cells=table.write(activity) if is_named else {},
    )


def schedule_line(schedule: Schedule) -> ScheduleLine:
    """A saved line of a timetable, with its number: calendars know its sessions by that."""
    values = {name: getattr(schedule, name) for name in SCHEDULE_FIELDS}
    return ScheduleLine(pk=schedule.pk, **values)
