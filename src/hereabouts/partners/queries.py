"""Reading the partnership and its people."""

from collections.abc import Iterable
from datetime import datetime

from hereabouts.partners.models import Partnership, Position, Term, TermCalendar


def partnership() -> Partnership | None:
    """The partnership that runs this installation; None before it is set up."""
    return Partnership.objects.first()


def terms() -> list[Term]:
    """Every school term that is known, the earliest first."""
    return list(Term.objects.order_by("starts_on", "pk"))


def terms_changed_at() -> datetime | None:
    """When somebody last saved or removed a school term; None when nobody ever did."""
    return TermCalendar.objects.values_list("changed_at", flat=True).first()


def positions_in_words(positions: Iterable[Position]) -> str:
    """Each position with its organisation and its days, as the audit trail shows them.

    For example "Walk leader, Heath End Movers (5 January 2026 – …)", joined by semicolons.
    """
    return "; ".join(sorted(position.in_words() for position in positions))
