"""The audit trail: who changed what, when, from what to what.

The trail is Wagtail's log (docs/decisions/0002): its rows live in `ModelLogEntry`, and every
model's history page and the report over the whole site come with it. Actions write to it in the
transaction of the change itself.
"""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.utils import formats
from wagtail.log_actions import log

from hereabouts.accounts.models import User
from hereabouts.core.fields import ChosenField

Changes = dict[str, tuple[Any, Any]]

# Bookkeeping that nobody decides about.
UNTOLD = frozenset(
    {"id", "version", "public_id", "created_at", "imported_values", "import_key", "lapse_told_for"}
)


def changes_since_saved(thing: models.Model) -> Changes:
    """Field → (saved value, new value) for every field that differs from the saved row.

    Values in words, as a person reads them. Empty for a thing that was never saved.
    """
    saved = type(thing)._base_manager.filter(pk=thing.pk).first() if thing.pk else None
    if saved is None:
        return {}
    return {
        field.name: (_in_words(saved, field), _in_words(thing, field))
        for field in thing._meta.concrete_fields
        if field.name not in UNTOLD
        and getattr(saved, field.attname) != getattr(thing, field.attname)
    }


def record(
    *, thing: models.Model, action: str, by: User | None, changes: Changes | None = None
) -> None:
    """Write one line of the trail: `action` is one that `wagtail_hooks` registers."""
    log(
        instance=thing,
        action=action,
        user=by,
        # Wagtail gives all lines of a request one number and shows only the last of those, even
        # when they are about different things.
        uuid=uuid.uuid4(),
        data={"changes": changes} if changes else {},
    )


def _in_words(thing: models.Model, field: "models.Field[Any, Any]") -> Any:
    """What JSON can hold: text, a number, yes or no, or None for nothing."""
    value = getattr(thing, field.name)
    if isinstance(field, ChosenField):
        return ", ".join(str(field.among(code).label) for code in value) or None
    if value in (None, "") or isinstance(value, bool | int | float):
        return None if value == "" else value
    if field.choices:
        return str(getattr(thing, f"get_{field.name}_display")())
    # A time is a date too and is told with its hour.
    return formats.localize(value) if isinstance(value, date) else str(value)
