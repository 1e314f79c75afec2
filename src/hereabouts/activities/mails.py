"""E-mails about activities."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hereabouts.activities.models import Activity
from hereabouts.activities.shown import address_of
from hereabouts.partners import queries as partners


def send_lapse(*, activity: Activity, to: Sequence[str]) -> None:
    """Tell people that residents no longer see their class as red, and how to put it right."""
    confirmed_on, until = activity.leader_confirmed_on, activity.leader_counts_until()
    assert confirmed_on is not None
    assert until is not None
    words = render_to_string(
        "activities/email/lapse.txt",
        {
            "activity": activity,
            "confirmed": date_format(confirmed_on, "j F Y"),
            "until": date_format(until, "j F Y"),
            "address": f"{settings.WAGTAILADMIN_BASE_URL}{address_of(activity)}",
            "ours": partners.partnership(),
        },
    )
    subject = _("%(name)s: leader not confirmed") % {"name": activity.name}
    # A line break in a name must not become a header.
    send_mail(" ".join(subject.split()), words.strip(), None, list(to))
