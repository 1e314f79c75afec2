"""Requests of people who have signed in."""

from hereabouts.accounts.models import User
from hereabouts.core.http import HtmxRequest


class SignedInRequest(HtmxRequest):
    """A request behind `login_required`: its user is a `User`, never anonymous."""

    user: User
