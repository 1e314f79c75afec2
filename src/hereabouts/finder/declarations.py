"""Declares what can be found: the filters of a kind of record, and their values as bits."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hereabouts.finder.rows import bits_in

# The number of a kind is the first part of a row number in the text index: see `text_index`.
LAST_KIND = 2**7 - 1
DAYS = tuple(str(day) for day in range(7))


class Group(StrEnum):
    """A filter, by the name of its field in `Query` and of its column in a block.

    Which of them a kind of record has, and with which values, is in its declaration.
    """

    LEVELS = "levels"
    FORMS = "forms"
    KINDS = "kinds"
    PURPOSES = "purposes"
    DAYS = "days"
    PARTS = "parts"
    COSTS = "costs"
    NEEDS = "needs"
    CONDITIONS = "conditions"
    LANGUAGES = "languages"
    AGES = "ages"
    WORDS = "words"


# The filters by when sessions are.
SESSIONS = {Group.DAYS, Group.PARTS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """One value of a vocabulary.

    An entry has a value that `expires` only up to its own day `counts_until`, and not at all
    without such a day. For example, a class is found as "RED" up to the day on which its leader's
    confirmation expires. `mark` is the number by which `Points` reports it, `expired_mark` the
    number after that day.
    """

    code: str
    expires: bool = False
    mark: int = 0
    expired_mark: int = 0


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The values of one filter, in the order of their bits: add values at the end only.

    Any one of the values asked for is enough, or with `all_of` every one of them is required.
    Raises `ValueError` for more values than the column of that filter has bits.
    """

    group: Group
    values: tuple[Value, ...]
    all_of: bool = False

    def __post_init__(self) -> None:
        bits = bits_in(self.group)
        if len(self.values) > bits:
            raise ValueError(f"{self.group} has {bits} bits, too few for {len(self.values)}.")

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of its values, in the order of their bits."""
        return tuple(value.code for value in self.values)

    @cached_property
    def marked(self) -> tuple[Value, ...]:
        """The values that a map marks."""
        return tuple(value for value in self.values if value.mark or value.expired_mark)

    @cached_property
    def expiring(self) -> int:
        """The bits of the values that expire."""
        return self.mask(value.code for value in self.values if value.expires)

    def mask(self, codes: Iterable[str]) -> int:
        """The bits of these values. Raises `KeyError` for an unknown one.

        In ("GREEN", "ORANGE", "RED") the mask of "GREEN" and "RED" is 0b101.
        """
        return sum({self._bits[str(code)] for code in codes})

    @cached_property
    def _bits(self) -> dict[str, int]:
        return {code: 1 << position for position, code in enumerate(self.codes)}


def vocabulary(group: Group, codes: Iterable[str], *, all_of: bool = False) -> Vocabulary:
    """A vocabulary whose values neither expire nor have a mark."""
    values = tuple(Value(code=str(code)) for code in codes)
    return Vocabulary(group=group, values=values, all_of=all_of)


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A kind of record that can be found, and what it can be filtered by.

    `kind` is its number in the database, from 1 to 127: never change it, never use one again.
    `parts_of_day` are the parts that sessions can be filtered by, in their order; empty where
    records have no sessions. Every record can be found by words.
    """

    kind: int
    name: str
    vocabularies: tuple[Vocabulary, ...]
    parts_of_day: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.kind <= LAST_KIND:
            raise ValueError(f"A kind is numbered from 1 to {LAST_KIND}, not {self.kind}.")
        if len(DAYS) * len(self.parts_of_day) > bits_in("when"):
            raise ValueError(f"A week has too few bits for {len(self.parts_of_day)} parts a day.")

    @cached_property
    def groups(self) -> frozenset[Group]:
        """The filters that a query for this kind may use."""
        own = {vocabulary.group for vocabulary in self.vocabularies}
        return frozenset(own | {Group.WORDS} | (SESSIONS if self.parts_of_day else set()))

    def vocabulary(self, group: str) -> Vocabulary:
        """The values of that filter. Raises `KeyError` where it was not declared."""
        return self._by_group[group]

    def mask(self, group: str, codes: Iterable[str]) -> int:
        """The bits of these values of that filter. Raises `KeyError` for what was not declared."""
        return self.vocabulary(group).mask(codes)

    def when_mask(self, days: Collection[int], parts: Collection[str]) -> int:
        """The bits of these parts of these days; an empty collection stands for all of them.

        With three parts a day bit 0 is Monday's first part and bit 3 Tuesday's, so the first part
        of both days is 0b1001.
        """
        count = len(self.parts_of_day)
        positions = [self.parts_of_day.index(part) for part in parts] or range(count)
        return sum(1 << (count * day + part) for day in days or range(7) for part in positions)

    @cached_property
    def _by_group(self) -> dict[str, Vocabulary]:
        return {vocabulary.group: vocabulary for vocabulary in self.vocabularies}


_declared: dict[int, Declaration] = {}


def declare(declaration: Declaration) -> None:
    """Register a kind of record when the server starts, so that no two have the same number.

    Idempotent. Raises `ValueError` where another kind has that number or that name.
    """
    for other in _declared.values():
        is_same_kind = other.kind == declaration.kind or other.name == declaration.name
        if is_same_kind and other != declaration:
            raise ValueError(
                f"{declaration.name} ({declaration.kind}) cannot be declared: "
                f"there is {other.name} ({other.kind})."
            )
    _declared[declaration.kind] = declaration


def name_of(kind: int) -> str:
    """What a kind is called, for people who look at its rows."""
    return _declared[kind].name if kind in _declared else str(kind)
