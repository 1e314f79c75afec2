"""Who can sign in to the demo world. Every name is invented."""

from collections.abc import Mapping
from datetime import datetime

from hereabouts.accounts import actions
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role

EMAILS: Mapping[Role, str] = {
    Role.MANAGER: "manager@heathandvale.example",
    Role.MODERATOR: "moderator@heathandvale.example",
    Role.ANALYST: "analyst@heathandvale.example",
    Role.ORGANISER: "organiser@heathandvale.example",
}


def build(*, at: datetime) -> Mapping[Role, User]:
    """The people who can sign in, by role; whoever is not there yet is invited."""
    return {role: _person(role, email, at=at) for role, email in EMAILS.items()}


def _person(role: Role, email: str, *, at: datetime) -> User:
    known = User.objects.filter(email=email).first()
    if known:
        return known
    # An organiser's role follows from a position at an organisation: see `partners.demo`.
    roles = () if role is Role.ORGANISER else (role,)
    name = f"{role.label} (made up)"
    return actions.invite(email=email, name=name, roles=roles, by=None, at=at)
