"""Sets of values as bits: bit i stands for the i-th value of a vocabulary."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from hereabouts.activities.kinds import KEPT
from hereabouts.activities.levels import Level
from hereabouts.activities.vocabularies import (
    AgeBand,
    Condition,
    CostBand,
    Form,
    Language,
    PartOfDay,
    Purpose,
)
from hereabouts.places.models import AccessFact

DAYS = tuple(str(day) for day in range(7))
PARTS = tuple(PartOfDay.values)

# The columns that hold one bit a value, and the values in the order of their bits.
VALUES: dict[str, tuple[str, ...]] = {
    "levels": tuple(Level.values),
    "forms": tuple(Form.values),
    "kinds": tuple(kept.code for kept in KEPT),
    "purposes": tuple(Purpose.values),
    "costs": tuple(CostBand.values),
    "needs": tuple(AccessFact.Fact.values),
    "conditions": tuple(Condition.values),
    "languages": tuple(Language.values),
    "ages": tuple(AgeBand.values),
}


def mask(column: str, values: Iterable[str]) -> int:
    """The bits of `values` in that column. Raises `KeyError` for an unknown value."""
    bits = _bits(column)
    return sum({bits[str(value)] for value in values})


def when_mask(days: Collection[int], parts: Collection[str]) -> int:
    """The bits of these parts of these days; none named is all of them."""
    wanted_parts = [PARTS.index(part) for part in parts] or range(len(PARTS))
    return sum(1 << (len(PARTS) * day + part) for day in days or range(7) for part in wanted_parts)


@lru_cache
def _bits(column: str) -> dict[str, int]:
    return {value: 1 << place for place, value in enumerate(VALUES[column])}
