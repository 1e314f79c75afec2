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
    *, thing: Versioned, by: AbstractBaseUser | None, also: trail.Changes | None = None
) -> None:
    """Save `thing`, count its version up and write what changed into the audit trail.

    `also` is what changes beside the row itself. When nothing changed, nothing is written.
    Raises `EditedMeanwhile`.
    """
    if thing._state.adding:
        thing.save()
        trail.record(thing=thing, action="hereabouts.create", by=by)
        return
    changes = trail.changes_since_saved(thing) | (also or {})
    if not changes:
        return
    count_up(thing)
    thing.save()
    trail.record(thing=thing, action="hereabouts.edit", by=by, changes=changes)


def count_up(thing: Versioned) -> None:
    """Count the version up, in the database and on `thing`, inside the caller's transaction.

    Raises `EditedMeanwhile` when the saved version is not the one that `thing` was loaded with.
    """
    as_loaded = type(thing)._base_manager.filter(pk=thing.pk, version=thing.version)
    # One statement that compares and counts: of two who save together, one comes second.
    if not as_loaded.update(version=models.F("version") + 1):
        raise EditedMeanwhile(
            _("Somebody else saved “%(thing)s” while you were working on it.") % {"thing": thing}
        )
    thing.version += 1
