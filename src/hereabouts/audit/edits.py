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
    """Save `instance`, count its version up and write what changed into the audit trail.

    `also` is what changes beside the row itself. When nothing changed, nothing is written.
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
    """Count the version up, in the database and on `instance`, inside the caller's transaction.

    Raises `EditedMeanwhile` when the saved version is not the one that `instance` was loaded with.
    """
    as_loaded = type(instance)._base_manager.filter(pk=instance.pk, version=instance.version)
    # One statement that compares and counts: of two who save together, one comes second.
    if not as_loaded.update(version=models.F("version") + 1):
        raise EditedMeanwhile(
            _("Somebody else saved “%(thing)s” while you were working on it.") % {"thing": instance}
        )
    instance.version += 1
