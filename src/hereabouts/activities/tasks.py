"""Work that takes longer than a page may."""

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from hereabouts.accounts.models import User
from hereabouts.activities.imports import actions
from hereabouts.activities.models import ImportBatch
from hereabouts.core.refusals import Refusal


@task(backend="background")
def save_import(batch_id: int, by_id: int) -> None:
    """Save the rows of an import; when that fails, say so on the import."""
    batch = ImportBatch.objects.get(pk=batch_id)
    by = User.objects.get(pk=by_id)
    try:
        actions.save_rows(batch=batch, by=by, at=timezone.now())
    except Refusal as refusal:
        actions.stop(batch=batch, failure=str(refusal), at=timezone.now())
    except DatabaseError:
        sentence = _("The database did not take it. Try again, and tell us if it happens twice.")
        actions.stop(batch=batch, failure=sentence, at=timezone.now())
        raise
