"""What every export states beside the columns: publisher, day, and the level that pages show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hereabouts.activities.columns.reserved import PAGE, SHOWN_AS, SOURCE
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import is_confirmed

__all__ = ["PAGE", "SHOWN_AS", "SOURCE", "Export"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """One export: whose data it is, and from which day. `page_of` gives an activity's URL."""

    publisher: str
    on: date
    page_of: Callable[[Activity], str]

    def shown_as(self, activity: Activity) -> str:
        """The level as pages show it on that day: "Leader not confirmed" in place of red."""
        if not is_confirmed(activity, on=self.on):
            return _("Leader not confirmed")
        return str(Level(activity.level).label)

    def source(self) -> str:
        """Publisher and day: "Heath and Vale Place Partnership, 22 November 2026"."""
        return f"{self.publisher}, {date_format(self.on, 'j F Y')}"

    def attribution(self) -> str:
        """ "Source: Heath and Vale Place Partnership, 22 November 2026" """
        return _("Source: %(source)s") % {"source": self.source()}
