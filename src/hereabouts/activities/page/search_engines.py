"""Activities as search engines read them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from hereabouts.activities.models import Activity
from hereabouts.activities.page.activity_page import photo_of
from hereabouts.activities.shown import address_of, next_sessions
from hereabouts.partners.models import Partnership, Term
from hereabouts.places.models import Venue


def event_for_search_engines(
    activity: Activity,
    *,
    absolute: Callable[[str], str],
    partnership: Partnership | None,
    terms: Sequence[Term],
    at: datetime,
) -> dict[str, Any] | None:
    """Its next session as a schema.org Event; None when no date or venue is known.

    `absolute` makes an address of ours one of the whole web. What nobody said is left out. Source:
    schema.org/Event; the search engines ask for name, startDate with its offset, and location with
    an address.
    """
    sessions = next_sessions(activity, at=at, count=1, terms=terms)
    if not sessions or activity.venue is None:
        return None
    address = absolute(address_of(activity))
    photo = photo_of(activity)
    end, organiser = sessions[0].ends_at, activity.provider or partnership
    event: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": activity.name,
        "url": address,
        "startDate": sessions[0].starts_at.isoformat(),
        "endDate": end.isoformat() if end else None,
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _place(activity.venue),
        "description": activity.summary,
        "image": [absolute(photo.address)] if photo else None,
        "typicalAgeRange": _ages(activity),
        "inLanguage": activity.languages,
        "maximumAttendeeCapacity": activity.places_per_session,
        "organizer": {"@type": "Organization", "name": organiser.name} if organiser else None,
        "isAccessibleForFree": activity.cost_pence == 0 if _has_price(activity) else None,
        "offers": _offers(activity, address=address),
    }
    return {key: value for key, value in event.items() if value not in (None, "", [])}


def _has_price(activity: Activity) -> bool:
    return activity.cost_pence is not None


def _ages(activity: Activity) -> str:
    """As schema.org writes ages: "65-", "8-11"."""
    if activity.age_from is None and activity.age_to is None:
        return ""
    oldest = "" if activity.age_to is None else activity.age_to
    return f"{activity.age_from or 0}-{oldest}"


def _offers(activity: Activity, *, address: str) -> list[dict[str, Any]]:
    """What everybody pays, and what some pay."""
    lower = sorted(activity.concessions.all(), key=lambda price: (price.pence, price.pk))
    usual = [] if activity.cost_pence is None else [_offer(activity.cost_pence, address=address)]
    return [
        *usual,
        *(_offer(price.pence, address=address) | {"name": price.who} for price in lower),
    ]


def _offer(pence: int, *, address: str) -> dict[str, Any]:
    price = f"{pence // 100}.{pence % 100:02}"
    return {"@type": "Offer", "price": price, "priceCurrency": "GBP", "url": address}


def _place(venue: Venue) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": venue.street,
        "addressLocality": venue.town,
        "postalCode": venue.postcode,
        "addressCountry": "GB",
    }
    return {
        "@type": "Place",
        "name": venue.name,
        "address": {key: value for key, value in address.items() if value},
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": venue.latitude,
            "longitude": venue.longitude,
        },
    }
