"""Reading the partnership."""

from hereabouts.partners.models import Partnership


def partnership() -> Partnership | None:
    """The partnership that runs this installation; None before it is set up."""
    return Partnership.objects.first()
