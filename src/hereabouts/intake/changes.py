"""What becomes of a row of activities, as frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hereabouts.activities.columns.values import BreakLine, Observation, PriceLine, ScheduleLine
from hereabouts.imports.changes import Change
from hereabouts.intake.known import ActivityValues, ProviderValues, VenueValues
from hereabouts.intake.rows import Cells


@dataclass(frozen=True, kw_only=True, slots=True)
class ActivityChange(Change):
    """What becomes of one row, and the activity as it would be saved.

    Its venue and its organisation may be new ones, shared between rows. None of `kinds`, `breaks`
    and `concessions` means that the row says nothing new of them.
    """

    cells: Cells
    # The activity before; None for a new one.
    was: ActivityValues | None = None
    # Every field afterwards; None only for a row that is left out.
    fields: Mapping[str, Any] | None = None
    schedules: tuple[ScheduleLine, ...] = ()
    # Keys of kinds.
    kinds: tuple[int, ...] | None = None
    breaks: tuple[BreakLine, ...] | None = None
    concessions: tuple[PriceLine, ...] | None = None
    venue: VenueValues | None = None
    provider: ProviderValues | None = None
    observations: tuple[Observation, ...] = ()
    # The identifier that a new one brings along.
    public_id: UUID | None = None
    import_key: str | None = None
    imported_values: Mapping[str, Any] = field(default_factory=dict)
    # It is known where its venue is and what it is called, so a new one could be made of it.
    may_make_venue: bool = False
    # Residents will see it, who do not now.
    publishes: bool = False


def newer_observations(
    seen: Sequence[Observation], known: Sequence[Observation]
) -> tuple[Observation, ...]:
    """The observations that are later than the venue's, or contradict one of the same day.

    A hearing loop seen on 2 October is newer than one not seen on 1 October.
    """
    by_fact = {observation.fact: observation for observation in known}
    return tuple(
        observation
        for observation in seen
        if observation.fact not in by_fact or _is_newer(observation, by_fact[observation.fact])
    )


def _is_newer(seen: Observation, known: Observation) -> bool:
    if seen.checked_on == known.checked_on:
        return seen.is_there != known.is_there
    return seen.checked_on > known.checked_on
