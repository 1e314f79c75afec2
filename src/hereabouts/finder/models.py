"""The rows that the finder searches."""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from django.db import models

from hereabouts.finder.blocks import BLOCKS
from hereabouts.finder.cells import place_of
from hereabouts.finder.declarations import Declaration, Group, name_of
from hereabouts.finder.text_index import ENTRIES
from hereabouts.places.points import Point


class FinderEntryQuerySet(models.QuerySet["FinderEntry"]):
    """Entries by the kind of their records."""

    def among(self, declaration: Declaration) -> Self:
        """Those of that kind."""
        return self.filter(kind=declaration.kind)


class FinderEntry(models.Model):
    """A record as the finder sees it: everything a search compares, nothing else.

    `kind` is a declared one, and `record_id` the record's number among its own kind. `cell` is the
    H3 cell of resolution 15 as an integer. `x`, `y`, `z` are the point on a sphere of the Earth's
    mean radius, in whole metres from its centre: squared straight-line distance is exact there. The
    masks hold a bit for each value of a declared vocabulary, in its order.
    """

    pk = models.CompositePrimaryKey("kind", "record_id")
    kind = models.SmallIntegerField()
    record_id = models.BigIntegerField()
    cell = models.BigIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    z = models.IntegerField()
    # The last day on which it has those of its values that expire; empty where it has none.
    counts_until = models.DateField(null=True)
    # The last day on which it takes place; empty while no end is known.
    last_on = models.DateField(null=True)
    # From and until when it is paused; the far future while nobody knows until when.
    paused_on = models.DateField(null=True)
    paused_until = models.DateField(null=True)
    # The next two sessions when the row was written: the second counts when the first has begun.
    next_at = models.DateTimeField(null=True)
    then_at = models.DateTimeField(null=True)
    # 7 days × the parts of a day: with three of them, bit 3 × weekday + part.
    when = models.IntegerField(default=0)
    levels = models.SmallIntegerField(default=0)
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

    objects = FinderEntryQuerySet.as_manager()

    class Meta:
        db_table = ENTRIES
        indexes = [
            models.Index(fields=["kind", "cell"], name="finder_by_cell"),
            # Entries that are due to be rewritten, because their next session has begun.
            models.Index(fields=["kind", "next_at"], name="finder_by_next_session"),
        ]

    def __str__(self) -> str:
        return f"{name_of(self.kind)} {self.record_id}"

    @classmethod
    def of(
        cls,
        declaration: Declaration,
        *,
        record_id: int,
        point: Point,
        values: Mapping[Group, Iterable[str]],
        **columns: Any,
    ) -> Self:
        """The entry of a record, not saved: `values` are codes of its declared vocabularies.

        For example, `values={Group.COSTS: ["FREE"]}` sets the bit of "FREE" in `costs`. The other
        `columns` are set as they are.
        """
        place = place_of(point)
        masks = {group.value: declaration.mask(group, codes) for group, codes in values.items()}
        return cls(
            kind=declaration.kind,
            record_id=record_id,
            cell=place.cell,
            x=place.x,
            y=place.y,
            z=place.z,
            **masks,
            **columns,
        )


class FinderBlock(models.Model):
    """All entries of one kind in one H3 cell of resolution 7, as columns of numbers.

    Made from the entries and rewritten with each of them: see `finder.actions`. Each kind has
    blocks of its own, so that a search reads no byte of another kind. The centre of the cell is in
    degrees and, like an entry, in metres; no entry is farther than `reach` metres away.
    """

    pk = models.CompositePrimaryKey("kind", "cell")
    kind = models.SmallIntegerField()
    cell = models.BigIntegerField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    x = models.BigIntegerField()
    y = models.BigIntegerField()
    z = models.BigIntegerField()
    reach = models.BigIntegerField()
    # Last, because it is long: what chooses among blocks is read without it.
    columns = models.BinaryField()

    class Meta:
        db_table = BLOCKS
        indexes = [
            models.Index(fields=["kind", "latitude", "longitude"], name="finder_blocks_by_place")
        ]

    def __str__(self) -> str:
        return f"{name_of(self.kind)} in {self.cell:x}"
