"""Work that comes round by itself."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from hereabouts.activities import actions, lapses, mails
from hereabouts.activities.models import Activity

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Notified:
    """How many classes' people got an e-mail, and of how many nobody could be reached yet."""

    notified: int
    not_yet: int


def tell_of_lapses(*, at: datetime) -> Notified:
    """Write to whoever looks after a red class whose leader's confirmation no longer counts.

    Once for each confirmation, also when two runs meet. What a mail server does not take is tried
    again the next time, and holds up nobody else's e-mail.
    """
    today = timezone.localdate(at)
    notified = not_yet = 0
    for activity in lapses.untold(on=today):
        if not actions.claim_lapse(activity=activity, on=today):
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
                actions.give_lapse_back(activity=activity)
        notified, not_yet = notified + is_sent, not_yet + (not is_sent)
    return Notified(notified=notified, not_yet=not_yet)


def _tell_of_lapse(activity: Activity, *, on: date) -> None:
    addresses = lapses.addresses_of(activity, on=on)
    if not addresses:
        raise OSError("nobody's e-mail address is known")
    mails.send_lapse(activity=activity, to=addresses)
