"""Everything that changes what's on."""

from hereabouts.activities.actions.checks import check, claim_lapse, give_lapse_back, remove_check
from hereabouts.activities.actions.entries import (
    entries_written_at_the_end,
    refresh_due_entries,
    refresh_entries,
    write_entries,
)
from hereabouts.activities.actions.kinds import LoadedKinds, ensure_filterable_kinds, load_kinds
from hereabouts.activities.actions.saving import (
    NotComplete,
    complete,
    publish,
    save_activity,
    save_venue,
)
from hereabouts.activities.actions.states import (
    NotPaused,
    NotPublished,
    PauseIsOver,
    StillPublished,
    pause,
    remove,
    resume,
    retire,
)

__all__ = [
    "LoadedKinds",
    "NotComplete",
    "NotPaused",
    "NotPublished",
    "PauseIsOver",
    "StillPublished",
    "check",
    "claim_lapse",
    "complete",
    "ensure_filterable_kinds",
    "entries_written_at_the_end",
    "give_lapse_back",
    "load_kinds",
    "pause",
    "publish",
    "refresh_due_entries",
    "refresh_entries",
    "remove",
    "remove_check",
    "resume",
    "retire",
    "save_activity",
    "save_venue",
    "write_entries",
]
