"""What every export says of an activity, and of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hereabouts.activities.columns.reserved import PAGE, SHOWN_AS, SOURCE
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import is_confirmed

__all__ = ["PAGE", "SHOWN_AS", "SOURCE", "Edition"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One export: whose data it is, and from which day. `page_of` gives an activity's address."""

    publisher: str
    on: date
    page_of: Callable[[Activity], str]

    def shown_as(self, activity: Activity) -> str:
        """Its level as pages show it on that day: never red without a confirmed leader."""
        if not is_confirmed(activity, on=self.on):
            return _("Leader not confirmed")
        return str(Level(activity.level).label)

    def source(self) -> str:
        """What to write beside the data wherever it is used."""
        return f"{self.publisher}, {date_format(self.on, 'j F Y')}"

    def attribution(self) -> str:
        """ "Source: Heath and Vale Place Partnership, 22 November 2026" """
        return _("Source: %(source)s") % {"source": self.source()}
