"""The audit trail: who changed what, when, from what to what.

The trail is Wagtail's log (docs/decisions/0002): its rows live in `ModelLogEntry`, and every
model's history page and the report over the whole site come with it. Actions write to it in the
transaction of the change itself.
"""

import uuid
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils import formats
from wagtail.log_actions import log

from hereabouts.core.fields import ChosenField

Changes = dict[str, tuple[Any, Any]]

# Bookkeeping of every model, which no person decides. A model names its own with
# `not_audited = ("import_key",)`.
NOT_AUDITED = frozenset({"id", "version", "public_id", "created_at"})


def changes_since_saved(instance: models.Model) -> Changes:
    """Field → (saved value, new value) for every field that differs from the saved row.

    Values as people read them: {"kind": ("Building", "Park or open space")}. Empty for a row that
    was never saved.
    """
    not_audited = NOT_AUDITED.union(getattr(instance, "not_audited", ()))
    saved = type(instance)._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    if saved is None:
        return {}
    return {
        field.name: (_in_words(saved, field), _in_words(instance, field))
        for field in instance._meta.concrete_fields
        if field.name not in not_audited
        and getattr(saved, field.attname) != getattr(instance, field.attname)
    }


def record(
    *,
    instance: models.Model,
    action: str,
    by: AbstractBaseUser | None,
    changes: Changes | None = None,
) -> None:
    """Write one line of the trail; `action` is a name that some `wagtail_hooks` registered."""
    log(
        instance=instance,
        action=action,
        user=by,
        # Wagtail gives all lines of a request one uuid and shows only the last of them, even when
        # they are about different instances.
        uuid=uuid.uuid4(),
        data={"changes": changes} if changes else {},
    )


def _in_words(instance: models.Model, field: "models.Field[Any, Any]") -> Any:
    """The value as JSON can hold it: str, number, bool, or None for an empty field."""
    value = getattr(instance, field.name)
    if isinstance(field, ChosenField):
        return ", ".join(str(field.among(code).label) for code in value) or None
    if value in (None, "") or isinstance(value, bool | int | float):
        return None if value == "" else value
    if field.choices:
        return str(getattr(instance, f"get_{field.name}_display")())
    # A datetime is a date too, and is localised with its time.
    return formats.localize(value) if isinstance(value, date) else str(value)
