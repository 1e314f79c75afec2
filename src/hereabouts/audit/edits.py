"""Saving what two people may edit at once."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.utils.translation import gettext as _

from hereabouts.audit import trail
from hereabouts.core.models import Versioned
from hereabouts.core.refusals import Refusal


class EditedMeanwhile(Refusal):
    """Somebody else saved it since it was loaded."""


@transaction.atomic
def save(
    *, instance: Versioned, by: AbstractBaseUser | None, also: trail.Changes | None = None
) -> None:
    """Save `instance`, bump its version and record its changes in the audit trail.

    `also` holds changes to related rows. When nothing changed, nothing is written.
    Raises `EditedMeanwhile`.
    """
    if instance._state.adding:
        instance.save()
        trail.record(instance=instance, action="hereabouts.create", by=by)
        return
    changes = trail.changes_since_saved(instance) | (also or {})
    if not changes:
        return
    bump_version(instance)
    instance.save()
    trail.record(instance=instance, action="hereabouts.edit", by=by, changes=changes)


def bump_version(instance: Versioned) -> None:
    """Increment the version in the database and on `instance`, in the caller's transaction.

    Raises `EditedMeanwhile` when the saved version is not the one that `instance` was loaded with.
    """
    as_loaded = type(instance)._base_manager.filter(pk=instance.pk, version=instance.version)
    # Compare and increment in one statement: of two concurrent saves, one matches no row.
    if not as_loaded.update(version=models.F("version") + 1):
        raise EditedMeanwhile(
            _("Somebody else saved “%(thing)s” while you were working on it.") % {"thing": instance}
        )
    instance.version += 1
