"""The page of an activity, as a visitor gets it."""

from django.test import Client

from hereabouts.activities.models import Activity
from hereabouts.activities.shown import address_of
from tests.pages import ActivityPage


def page_of(client: Client, activity: Activity, query: str = "") -> ActivityPage:
    """The page of that activity; `query` as somebody brings it from a search."""
    return ActivityPage.get(client, address_of(activity) + query)
