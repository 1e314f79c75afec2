"""Reading the partnership and its people."""

from collections.abc import Iterable

from hereabouts.partners.models import Partnership, Role


def partnership() -> Partnership | None:
    """The partnership that runs this installation; None before it is set up."""
    return Partnership.objects.first()


def roles_in_words(roles: Iterable[Role]) -> str:
    """Each role with its organisation and its days, as the audit trail tells it."""
    return "; ".join(sorted(role.in_words() for role in roles))
