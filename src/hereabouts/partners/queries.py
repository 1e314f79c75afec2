"""Reading the partnership and its people."""

from collections.abc import Iterable

from hereabouts.partners.models import Partnership, Role, Term


def partnership() -> Partnership | None:
    """The partnership that runs this installation; None before it is set up."""
    return Partnership.objects.first()


def terms() -> list[Term]:
    """Every school term that is known, the earliest first."""
    return list(Term.objects.order_by("starts_on", "pk"))


def roles_in_words(roles: Iterable[Role]) -> str:
    """Each role with its organisation and its days, as the audit trail tells it."""
    return "; ".join(sorted(role.in_words() for role in roles))
