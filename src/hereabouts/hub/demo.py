"""The demo world: an invented partnership at real postcodes, built through actions.

Every context brings its own part; here they are put in order. Dates are relative to the day on
which it is built. Building it twice changes nothing.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hereabouts.accounts import demo as accounts
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from hereabouts.activities import demo as activities
from hereabouts.partners import demo as partners
from hereabouts.places import demo as places


@transaction.atomic
def build(*, at: datetime) -> Mapping[Role, User]:
    """Build what is not there yet; the people who can sign in, by role."""
    people = accounts.build(at=at)
    manager = people[Role.MANAGER]
    venues = places.build(by=manager, at=at)
    providers = partners.build(organiser=people[Role.ORGANISER], by=manager, at=at)
    activities.build(venues=venues, providers=providers, by=manager, at=at)
    return people
