"""The row that the finder searches."""

from django.db import models

from hereabouts.activities.levels import Level
from hereabouts.activities.models.activity import Activity


class FinderEntry(models.Model):
    """A published activity as the finder sees it: everything a search compares, nothing else.

    `cell` is the H3 cell of resolution 15 as an integer. A coarser cell is one unbroken range of
    these, so one index answers "near" at every scale. `x`, `y`, `z` are the point on a sphere of
    the Earth's mean radius, in kilometres from its centre: squared straight-line distance is plain
    arithmetic there, the same on every database.
    """

    activity = models.OneToOneField(
        Activity, models.CASCADE, primary_key=True, related_name="finder_entry"
    )
    cell = models.BigIntegerField()
    x = models.FloatField()
    y = models.FloatField()
    z = models.FloatField()
    level = models.CharField(max_length=10, choices=Level)
    # The last day on which a red class's leader is confirmed; empty for every other level.
    level_until = models.DateField(null=True)
    # The last day on which it takes place; empty while no end is known.
    last_on = models.DateField(null=True)

    class Meta:
        indexes = [
            # Every column that a search reads, so that it reads the index alone. The level stands
            # first: a search always names levels, and a rare one is then as quick as a common one.
            models.Index(
                fields=["level", "cell", "level_until", "last_on", "x", "y", "z", "activity"],
                name="finder_by_cell",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)
