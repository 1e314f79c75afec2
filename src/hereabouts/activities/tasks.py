"""Work that takes longer than a page may, or that comes round by itself."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from hereabouts.accounts.models import User
from hereabouts.activities import actions as activities
from hereabouts.activities import lapses, mails
from hereabouts.activities.imports import actions
from hereabouts.activities.models import Activity, ImportBatch
from hereabouts.core.refusals import Refusal

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """How many classes' people got an e-mail, and how many could not be told yet."""

    told: int
    not_yet: int


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


def tell_of_lapses(*, at: datetime) -> Told:
    """Write to whoever looks after a red class whose leader's confirmation no longer counts.

    Once for each confirmation, also when two runs meet. What a mail server does not take is tried
    again the next time, and holds up nobody else's e-mail.
    """
    today = timezone.localdate(at)
    told = not_yet = 0
    for activity in lapses.untold(on=today):
        if not activities.claim_lapse(activity=activity, on=today):
            continue
        is_sent = False
        try:
            _tell_of_lapse(activity, on=today)
            is_sent = True
        except OSError as error:
            # smtplib's errors are OSErrors too.
            logger.warning("Lapse of activity %s not told: %s", activity.pk, error)
        finally:
            if not is_sent:
                activities.give_lapse_back(activity=activity)
        told, not_yet = told + is_sent, not_yet + (not is_sent)
    return Told(told=told, not_yet=not_yet)


def _tell_of_lapse(activity: Activity, *, on: date) -> None:
    addresses = lapses.addresses_of(activity, on=on)
    if not addresses:
        raise OSError("nobody's e-mail address is known")
    mails.send_lapse(activity=activity, to=addresses)
