"""The audit trail: who changed what, when, from what to what.

The trail is Wagtail's log (docs/decisions/0002): its rows live in `ModelLogEntry`, and every
model's history page and the report over the whole site come with it. Actions write to it in the
transaction of the change itself.
"""

from typing import Any

from django.db import models
from wagtail.log_actions import log

from hereabouts.accounts.models import User

Changes = dict[str, tuple[Any, Any]]

# Bookkeeping that nobody decides about.
UNTOLD = frozenset({"id", "version", "public_id", "created_at", "imported_values", "import_key"})


def changes_since_saved(thing: models.Model) -> Changes:
    """Field → (saved value, new value) for every field that differs from the saved row.

    Values as text where they are not plain JSON. Empty for a thing that was never saved.
    """
    saved = type(thing)._base_manager.filter(pk=thing.pk).first() if thing.pk else None
    if saved is None:
        return {}
    fields = (field for field in thing._meta.concrete_fields if field.name not in UNTOLD)
    pairs = {field.name: (_plain(saved, field), _plain(thing, field)) for field in fields}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def record(
    *, thing: models.Model, action: str, by: User | None, changes: Changes | None = None
) -> None:
    """Write one line of the trail: `action` is one that `wagtail_hooks` registers."""
    log(instance=thing, action=action, user=by, data={"changes": changes} if changes else {})


def _plain(thing: models.Model, field: "models.Field[Any, Any]") -> Any:
    value = getattr(thing, field.attname)
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
