"""The layout of a block: entries as columns of numbers, packed and read back."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Numbers = NDArray[np.intp]

PLACE = ("x", "y", "z")
# 64 bytes an entry: columns that are asked for together lie together, so that a wide search puts
# few pieces of each block together. Bits are those of a `Vocabulary`.
GROUPS: Mapping[str, np.dtype[np.void]] = {
    "record": np.dtype([("record_id", "<i8")]),
    "place": np.dtype([(name, "<i4") for name in PLACE]),
    "sessions": np.dtype([(name, "<i4") for name in ("next_at", "then_at")]),
    "days": np.dtype(
        [(name, "<u2") for name in ("counts_until", "last_on", "paused_on", "paused_until")]
    ),
    "kinds": np.dtype([("kinds", "<u8")]),
    "others": np.dtype(
        [
            *((name, "<u4") for name in ("when", "conditions", "languages")),
            *((name, "<u2") for name in ("purposes", "needs")),
            *((name, "<u1") for name in ("levels", "forms", "costs", "ages")),
        ]
    ),
}
GROUP_OF = {name: group for group, kind in GROUPS.items() for name in kind.names or ()}
ENTRY = np.dtype([(name, kind[name]) for kind in GROUPS.values() for name in kind.names or ()])


def bits_in(column: str) -> int:
    """How many values a column of bits has room for.

    The widest two lose one bit to the sign that the database's own column of that width has.
    """
    bits = 8 * ENTRY[column].itemsize
    return bits if bits < 32 else bits - 1


def packed(entries: NDArray[np.void]) -> bytes:
    """Serialise entries of type `ENTRY` for a block: all of one group, then all of the next.

    Two entries with the groups A and B become A1 A2 B1 B2.
    """
    return b"".join(_of_group(entries, kind).tobytes() for kind in GROUPS.values())


class Rows(ABC):
    """Entries as columns, assembled lazily per group: copying all of them would take longer."""

    def __init__(self) -> None:
        self._groups: dict[str, NDArray[np.void]] = {}

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def _assemble(self, group: str) -> NDArray[np.void]: ...

    def group(self, group: str) -> NDArray[np.void]:
        """The columns of a group, side by side."""
        known = self._groups.get(group)
        if known is None:
            known = self._groups[group] = self._assemble(group)
        return known

    def __getitem__(self, name: str) -> Column:
        return self.group(GROUP_OF[name])[name]

    def take(self, indices: Numbers) -> "Rows":
        """The rows at these indices, in that order."""
        return _Taken(self, indices)

    def concatenated_with(self, more: "Rows") -> "Rows":
        """These rows, then the others."""
        return _Concatenated(self, more)


class BlockRows(Rows):
    """All entries of some blocks."""

    def __init__(self, blocks: Sequence[bytes]) -> None:
        super().__init__()
        self.blocks = blocks
        self.counts = [len(block) // ENTRY.itemsize for block in blocks]

    def __len__(self) -> int:
        return sum(self.counts)

    def _assemble(self, group: str) -> NDArray[np.void]:
        first, last = _SPANS[group]
        pieces = zip(self.blocks, self.counts, strict=True)
        whole = b"".join([block[count * first : count * last] for block, count in pieces])
        return np.frombuffer(whole, GROUPS[group])


class _Taken(Rows):
    def __init__(self, rows: Rows, indices: Numbers) -> None:
        super().__init__()
        self.rows = rows
        self.indices = indices

    def __len__(self) -> int:
        return len(self.indices)

    def _assemble(self, group: str) -> NDArray[np.void]:
        return _as_bytes(self.rows.group(group)).take(self.indices).view(GROUPS[group])

    def take(self, indices: Numbers) -> Rows:
        # From the same rows: the ones between are never assembled.
        return _Taken(self.rows, self.indices[indices])


class _Concatenated(Rows):
    def __init__(self, first: Rows, second: Rows) -> None:
        super().__init__()
        self.first = first
        self.second = second

    def __len__(self) -> int:
        return len(self.first) + len(self.second)

    def _assemble(self, group: str) -> NDArray[np.void]:
        both = [_as_bytes(rows.group(group)) for rows in (self.first, self.second)]
        return np.concatenate(both).view(GROUPS[group])


def _as_bytes(rows: NDArray[np.void]) -> NDArray[np.void]:
    """The same rows as plain bytes: numpy would copy a record field by field."""
    return rows.view(np.dtype((np.void, rows.itemsize)))


def _of_group(entries: NDArray[np.void], kind: np.dtype[np.void]) -> NDArray[np.void]:
    rows = np.empty(len(entries), kind)
    for name in kind.names or ():
        rows[name] = entries[name]
    return rows


def _spans() -> dict[str, tuple[int, int]]:
    """Where each group begins and ends in a block of one entry, in bytes.

    In a block of n entries both are n times as far.
    """
    spans, first = {}, 0
    for group, kind in GROUPS.items():
        spans[group] = first, first + kind.itemsize
        first += kind.itemsize
    return spans


_SPANS = _spans()
