"""Saving an import, which takes longer than a page may."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from hereabouts.accounts.models import User
from hereabouts.core.refusals import Refusal
from hereabouts.imports import actions
from hereabouts.imports.models import ImportBatch


@task(backend="background")
def save_import(batch_id: int, by_id: int) -> None:
    """Save the rows of an import; when that fails, say so on the import."""
    batch = ImportBatch.objects.get(pk=batch_id)
    by = User.objects.get(pk=by_id)
    try:
        actions.save_rows(batch=batch, by=by, at=timezone.now())
    except Refusal as refusal:
        actions.stop(batch=batch, failure=str(refusal), at=timezone.now())
    except BaseException:
        # Whatever it is goes on up, but nobody may wait for an import that will never be saved.
        sentence = _("Something went wrong. Try again, and tell us if it happens twice.")
        actions.stop(batch=batch, failure=sentence, at=timezone.now())
        raise
