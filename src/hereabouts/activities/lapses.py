"""Red classes whose leader's confirmation has stopped counting, and whom to tell."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models

from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity, ActivityQuerySet
from hereabouts.partners import queries as partners
from hereabouts.partners.models import Position


def untold(*, on: date) -> ActivityQuerySet:
    """Published red classes that on that day have a confirmation which no longer counts.

    Those whose people were told so are left out, until somebody sees another certificate.
    """
    first_that_counts = on - timedelta(days=settings.LEADER_REVIEW_DAYS)
    return (
        Activity.objects.published()
        .filter(
            is_fame=True,
            leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
            leader_confirmed_on__lt=first_that_counts,
        )
        .exclude(lapse_told_for__isnull=False, lapse_told_for=models.F("leader_confirmed_on"))
        .select_related("provider", "venue")
        .order_by("pk")
    )


def addresses_of(activity: Activity, *, on: date) -> list[str]:
    """The e-mail addresses of whoever looks after it: its organisers, who may sign in.

    Where there are none, that of its provider, else its own, else ours: somebody must hear of it.
    """
    organisers = User.objects.filter(
        is_active=True,
        person__positions__in=Position.objects.current(on).filter(
            organisation=activity.provider_id
        ),
    )
    if activity.provider_id and organisers.exists():
        return list(organisers.distinct().order_by("email").values_list("email", flat=True))
    ours = partners.partnership()
    known = (
        activity.provider.email if activity.provider else "",
        activity.email,
        ours.email if ours else "",
    )
    return [address for address in known if address][:1]
