"""Writing what the finder searches: entries, and the blocks that are made from them."""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

import h3.api.basic_int as h3
import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from hereabouts.finder.blocks import day_number, minute_number
from hereabouts.finder.cells import block_of, cells_of, place_of
from hereabouts.finder.declarations import Declaration
from hereabouts.finder.models import FinderBlock, FinderEntry
from hereabouts.finder.rows import ENTRY, PLACE, packed
from hereabouts.places.points import Point

DAYS = frozenset({"counts_until", "last_on", "paused_on", "paused_until"})
MOMENTS = frozenset({"next_at", "then_at"})
COLUMNS = ENTRY.names or ()
UPDATED = [
    field.name
    for field in FinderEntry._meta.concrete_fields
    if field.name not in ("kind", "record_id")
]
# Records whose entries are made together, and blocks written by one statement: these may be large.
RECORDS_AT_ONCE, BLOCKS_AT_ONCE = 500, 100
# Any number will do, as long as nobody else locks it.
WRITERS = 7_284_031


@transaction.atomic
def write_entries(
    *,
    among: Declaration,
    record_ids: Collection[int],
    entries_of: Callable[[Sequence[int]], Iterable[FinderEntry]],
) -> None:
    """Replace the entries of these records, and the blocks in which they were and are.

    `entries_of` makes the entries of a few hundred records; a record that it leaves out can no
    longer be found. It is called while no other transaction can write, so that of two people who
    change a record and its venue the second one's entry has both changes.
    """
    wait_for_other_writers()
    cells: set[int] = set()
    for chunk in _chunks(sorted(record_ids), RECORDS_AT_ONCE):
        cells |= _replace_entries(among, chunk, list(entries_of(chunk)))
    write_blocks(among=among, cells=cells)


@transaction.atomic
def remove_entries(*, among: Declaration, record_ids: Collection[int]) -> None:
    """Remove the entries of these records, and rewrite their blocks; others are left alone."""
    if FinderEntry.objects.among(among).filter(record_id__in=record_ids).exists():
        write_entries(among=among, record_ids=record_ids, entries_of=lambda _: [])


@transaction.atomic
def write_blocks(*, among: Declaration, cells: Iterable[int]) -> None:
    """Rewrite the blocks of that kind in which these finest cells lie.

    Call it in the transaction that wrote or deleted entries by other means than `write_entries`,
    with the cells where they were and are.
    """
    blocks = sorted({block_of(cell) for cell in cells})
    if not blocks:
        return
    wait_for_other_writers()
    for chunk in _chunks(blocks, BLOCKS_AT_ONCE):
        # Two statements of one transaction: nobody sees the gap between them.
        FinderBlock.objects.filter(kind=among.kind, cell__in=chunk).delete()
        FinderBlock.objects.bulk_create(_made(among.kind, chunk))


def wait_for_other_writers() -> None:
    """Wait until other writers commit, and let the next ones wait for this transaction.

    A block made beside theirs would lack their entry, and an entry made beside theirs would not
    know what they changed. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])


def _replace_entries(
    among: Declaration, record_ids: Sequence[int], entries: Sequence[FinderEntry]
) -> set[int]:
    """Write these entries and delete the others of `record_ids`; the cells of both."""
    known = FinderEntry.objects.among(among).filter(record_id__in=record_ids)
    cells = set(known.values_list("cell", flat=True))
    known.exclude(record_id__in=[entry.record_id for entry in entries]).delete()
    FinderEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["kind", "record_id"],
        update_fields=UPDATED,
    )
    return cells | {entry.cell for entry in entries}


def _made(kind: int, cells: Sequence[int]) -> Iterator[FinderBlock]:
    """The blocks of these cells; of a cell without entries there is none."""
    for cell in cells:
        entries = _entries_in(kind, cell)
        if len(entries):
            yield _block(kind, cell, entries)


def _entries_in(kind: int, block: int) -> NDArray[np.void]:
    first, last = cells_of(block)
    entries = FinderEntry.objects.filter(kind=kind, cell__range=(first, last))
    rows = entries.order_by("record_id").values_list(*COLUMNS)
    return np.array([tuple(map(_number, COLUMNS, row)) for row in rows], ENTRY)


def _number(column: str, value: Any) -> int:
    """A value of an entry as its block holds it."""
    if column in DAYS:
        return day_number(value)
    number: int = minute_number(value) if column in MOMENTS else value
    return number


def _block(kind: int, cell: int, entries: NDArray[np.void]) -> FinderBlock:
    latitude, longitude = h3.cell_to_latlng(cell)
    centre = place_of(Point(latitude=latitude, longitude=longitude))
    x, y, z = centre.x, centre.y, centre.z
    legs = [
        entries[name].astype("i8") - middle for name, middle in zip(PLACE, (x, y, z), strict=True)
    ]
    farthest = math.sqrt(max(sum(leg * leg for leg in legs)))
    return FinderBlock(
        kind=kind,
        cell=cell,
        latitude=latitude,
        longitude=longitude,
        x=x,
        y=y,
        z=z,
        reach=math.ceil(farthest),
        columns=packed(entries),
    )


def _chunks(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), size):
        yield numbers[start : start + size]
