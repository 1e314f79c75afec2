"""Reading what's on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hereabouts import finder
from hereabouts.accounts.models import User
from hereabouts.activities.completeness import needs
from hereabouts.activities.models import Activity, ActivityQuerySet, Check
from hereabouts.partners.models import Position

# "Checked lately" on the home page.
LATELY = timedelta(weeks=8)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One activity that the finder found, and how far in a straight line it is."""

    activity: Activity
    distance_km: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ListingCounts:
    """How many activities residents can find, and how many of them were checked lately."""

    published: int
    checked_lately: int


def load(hits: Sequence[finder.Hit]) -> list[Found]:
    """The activities of `hits`, in their order, with all that a card shows."""
    published = Activity.objects.published().for_pages()
    activities = published.in_bulk([hit.record_id for hit in hits])
    return [
        Found(activity=activities[hit.record_id], distance_km=hit.distance_km)
        for hit in hits
        # Taken down between the two queries.
        if hit.record_id in activities
    ]


def drafts() -> ActivityQuerySet:
    """What residents do not see yet, in the order in which it came in."""
    return Activity.objects.drafts().for_pages().order_by("pk")


def needs_of(activity: Activity) -> list[str]:
    """What a draft still needs, in words; reads what `for_pages` fetched."""
    return needs(activity, list(activity.schedules.all()))


def of_organisations_of(user: User, *, on: date) -> ActivityQuerySet:
    """Published activities run by organisations where `user` has a position on that day."""
    return (
        Activity.objects.published()
        .filter(provider__positions__in=Position.objects.current(on).filter(person__user=user))
        .for_pages()
        .distinct()
        .order_by("name", "pk")
    )


def last_check(activity: Activity) -> Check | None:
    """The newest check; reads what `for_pages` fetched."""
    return max(activity.checks.all(), key=lambda check: (check.checked_on, check.pk), default=None)


def listing_counts(*, today: date) -> ListingCounts:
    """The counts that the home page shows."""
    published = Activity.objects.published()
    lately = published.filter(checks__checked_on__gte=today - LATELY).distinct()
    return ListingCounts(published=published.count(), checked_lately=lately.count())
