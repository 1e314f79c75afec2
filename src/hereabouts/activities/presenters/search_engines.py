"""Activities as search engines read them."""

from datetime import datetime
from typing import Any

from hereabouts.activities.models import Activity
from hereabouts.activities.presenters.activity import next_sessions
from hereabouts.partners.models import Partnership
from hereabouts.places.models import Venue


def event_for_search_engines(
    activity: Activity, *, address: str, partnership: Partnership | None, at: datetime
) -> dict[str, Any] | None:
    """Its next session as a schema.org Event; None when no date or venue is known.

    `address` is that of its page, absolute. Source: schema.org/Event; the search engines ask for
    name, startDate with its offset, and location with an address.
    """
    sessions = next_sessions(activity, at=at, count=1)
    if not sessions or activity.venue is None:
        return None
    event: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": activity.name,
        "url": address,
        "startDate": sessions[0].starts_at.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _place(activity.venue),
    }
    if sessions[0].ends_at:
        event["endDate"] = sessions[0].ends_at.isoformat()
    if activity.summary:
        event["description"] = activity.summary
    if activity.cost_pence is not None:
        event["isAccessibleForFree"] = activity.cost_pence == 0
        price = f"{activity.cost_pence / 100:.2f}"
        event["offers"] = {"@type": "Offer", "price": price, "priceCurrency": "GBP", "url": address}
    organiser = activity.provider or partnership
    if organiser:
        event["organizer"] = {"@type": "Organization", "name": organiser.name}
    return event


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
