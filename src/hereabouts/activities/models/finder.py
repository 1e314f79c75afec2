"""The rows that the finder searches."""

from django.db import models

from hereabouts.activities.levels import Level
from hereabouts.activities.models.activity import Activity


class FinderEntry(models.Model):
    """A published activity as the finder sees it: everything a search compares, nothing else.

    `cell` is the H3 cell of resolution 15 as an integer. `x`, `y`, `z` are the point on a sphere of
    the Earth's mean radius, in whole metres from its centre: squared straight-line distance is
    exact there. The masks hold a bit for each value of a vocabulary, in its order.
    """

    activity = models.OneToOneField(
        Activity, models.CASCADE, primary_key=True, related_name="finder_entry"
    )
    cell = models.BigIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    z = models.IntegerField()
    level = models.CharField(max_length=10, choices=Level)
    # The last day on which a red class's leader is confirmed; empty for every other level.
    level_until = models.DateField(null=True)
    # The last day on which it takes place; empty while no end is known.
    last_on = models.DateField(null=True)
    # From and until when it is paused; the far future while nobody knows until when.
    paused_on = models.DateField(null=True)
    paused_until = models.DateField(null=True)
    # The next two sessions when the row was written: the second counts when the first has begun.
    next_at = models.DateTimeField(null=True)
    then_at = models.DateTimeField(null=True)
    # 7 days × morning, afternoon, evening: bit 3 × weekday + part.
    when = models.IntegerField(default=0)
    forms = models.SmallIntegerField(default=0)
    kinds = models.BigIntegerField(default=0)
    purposes = models.IntegerField(default=0)
    costs = models.SmallIntegerField(default=0)
    needs = models.IntegerField(default=0)
    conditions = models.IntegerField(default=0)
    languages = models.IntegerField(default=0)
    ages = models.SmallIntegerField(default=0)
    # What words are searched in: without accents, as one text.
    words = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["cell"], name="finder_by_cell"),
            # What is due to be written anew, because its next session has begun.
            models.Index(fields=["next_at"], name="finder_by_next_session"),
        ]

    def __str__(self) -> str:
        return str(self.activity)


class FinderBlock(models.Model):
    """All finder entries of one H3 cell of resolution 7 as columns of numbers, side by side.

    Made from the entries, and made anew with each of them: see `finder.blocks`. The centre of the
    cell is in degrees and, like an entry, in metres; no entry is farther than `reach` metres away.
    """

    cell = models.BigIntegerField(primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    x = models.BigIntegerField()
    y = models.BigIntegerField()
    z = models.BigIntegerField()
    reach = models.BigIntegerField()
    # Last, because it is long: what chooses among blocks is read without it.
    columns = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["latitude", "longitude"], name="finder_blocks_by_place")]

    def __str__(self) -> str:
        return f"{self.cell:x}"
