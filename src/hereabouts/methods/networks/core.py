"""A core whose members are tied to all, and a periphery tied to the core only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hereabouts.methods.networks.checks import Bools, Floats, as_ties

# Up to so many members every division is looked at (a million of them, in about 0.1 s).
EVERY_DIVISION_UP_TO = 20
FEWEST_MEMBERS = 3
# Beyond that, how hard a better division is looked for; always the same way.
SHAKES, EXCHANGED_BY_A_SHAKE, SEED = 12, 4, 20261122
# Figures that differ by less, relative to the strongest tie, differ by rounding.
ALIKE = 1e-12


class NoPattern(ValueError):
    """All pairs are tied alike: every division into core and periphery fits as badly."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CorePeriphery:
    """Who is in the core, and how well that fits: the correlation with the ideal pattern, −1 to 1.

    `is_proven` when no division fits better; otherwise it is the best found.
    """

    is_core: Bools
    correlation: float
    is_proven: bool


def core_periphery(*, ties: ArrayLike) -> CorePeriphery:
    """The division into core and periphery that fits best.

    In the ideal pattern a pair is tied (1) when either is in the core, and not (0) when both are in
    the periphery. The fit of a division is the Pearson correlation of the ties with that pattern
    over all pairs i ≠ j; the core has from 1 to n − 2 members (beyond that the pattern is all
    ones). For a given size of the core the correlation falls with the ties inside the periphery,
    so those are made fewest. Up to 20 members all divisions are compared and the answer is proven;
    of equal divisions the smallest core is taken, then the one whose members come first. Beyond 20,
    cores are grown and shrunk member by member and improved by exchanges, some of them random but
    always the same (best found, not proven; 100 members take about 0.2 s, 300 about 10 s).

    Shapes: members × members, one-way and weighted ties allowed; one yes or no a member out.
    Doubling all strengths changes nothing. Errors: fewer than 3 members; all pairs tied alike
    (`NoPattern`).
    Source: Borgatti & Everett, "Models of core/periphery structures", Social Networks 21 (1999)
    375–395, the discrete model (equation 1).

    >>> star = [[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
    >>> answer = core_periphery(ties=star)
    >>> answer.is_core.tolist(), round(answer.correlation, 12), answer.is_proven
    ([True, False, False, False], 1.0, True)
    """
    strength = _with_pattern(ties)
    count = len(strength)
    both = (strength + strength.T) / 2
    is_proven = count <= EVERY_DIVISION_UP_TO
    divisions = _every_division(both) if is_proven else _grown_cores(both)
    best, best_fit = divisions[0], -np.inf
    for is_core in divisions:
        fit = _fit(strength, is_core)
        # Rounding must not prefer a larger core.
        if fit > best_fit + ALIKE:
            best, best_fit = is_core, fit
    return CorePeriphery(is_core=best, correlation=best_fit, is_proven=is_proven)


def core_fit(*, ties: ArrayLike, is_core: ArrayLike) -> float:
    """The correlation of the ties with the ideal pattern of a core that is given; −1 to 1.

    Shapes: members × members, one yes or no a member. Errors: as `core_periphery`, and a core of
    nobody, of everybody or of all but one. Source: as `core_periphery`.

    >>> star = [[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
    >>> round(core_fit(ties=star, is_core=[0, 1, 0, 0]), 4)
    -0.3333
    """
    strength = _with_pattern(ties)
    chosen = np.asarray(is_core)
    if chosen.shape != (len(strength),) or not ((chosen == 0) | (chosen == 1)).all():
        raise ValueError("Each member is in the core, or not (1 or 0).")
    if not 1 <= chosen.sum() <= len(strength) - 2:
        raise ValueError("A core has at least one member, and at least two are outside it.")
    return _fit(strength, chosen.astype(np.bool_))


def _with_pattern(ties: ArrayLike) -> Floats:
    strength = as_ties(ties)
    if len(strength) < FEWEST_MEMBERS:
        raise ValueError("A core and a periphery need at least three members.")
    off_diagonal = strength[~np.eye(len(strength), dtype=np.bool_)]
    if np.ptp(off_diagonal) <= ALIKE * off_diagonal.max():
        raise NoPattern("All pairs are tied alike: there is no core to find.")
    scaled: Floats = strength / off_diagonal.max()
    return scaled


def _fit(strength: Floats, is_core: Bools) -> float:
    """Pearson correlation of ties and ideal pattern over all i ≠ j, both directions of a pair."""
    left, right = np.nonzero(~np.eye(len(strength), dtype=np.bool_))
    tied, ideal = strength[left, right], (is_core[left] | is_core[right]).astype(np.float64)
    tied, ideal = tied - tied.mean(), ideal - ideal.mean()
    return float(tied @ ideal / np.sqrt((tied @ tied) * (ideal @ ideal)))


def _every_division(both: Floats) -> list[Bools]:
    """For each size of the core the one with the fewest ties in the periphery, by all subsets.

    Subset number s holds member i when bit n − 1 − i is set; sums over subsets are built up by
    doubling, a member at a time.
    """
    count = len(both)
    inside, size = np.zeros(1), np.zeros(1, dtype=np.int8)
    for bit in range(count):
        member = count - 1 - bit
        to_earlier = np.zeros(1)
        for earlier in range(bit):
            to_earlier = np.concatenate(
                [to_earlier, to_earlier + both[member, count - 1 - earlier]]
            )
        inside = np.concatenate([inside, inside + to_earlier])
        size = np.concatenate([size, size + 1])
    divisions = []
    for core_size in range(1, count - 1):
        outside = np.flatnonzero(size == count - core_size)
        fewest = inside[outside]
        # The lowest number leaves the first members out of the periphery: they are the core.
        chosen = int(outside[np.flatnonzero(fewest <= fewest.min() + ALIKE)[0]])
        divisions.append(np.array([not chosen >> (count - 1 - i) & 1 for i in range(count)]))
    return divisions


def _grown_cores(both: Floats) -> list[Bools]:
    """For each size a core with few ties in the periphery.

    The better of two, grown from nobody and shrunk from nearly all, one by one, each time improved;
    then shaken.
    """
    count = len(both)
    growing, shrinking = np.zeros(count, dtype=np.bool_), np.ones(count, dtype=np.bool_)
    shrinking[int(np.argmin(both.sum(axis=1)))] = False
    grown, shrunk = [], []
    for _ in range(1, count - 1):
        growing, shrinking = growing.copy(), shrinking.copy()
        growing[int(np.argmax(np.where(growing, -1, both @ ~growing)))] = True
        shrinking[int(np.argmin(np.where(shrinking, both @ ~shrinking, np.inf)))] = False
        growing, shrinking = _exchanged(both, growing), _exchanged(both, shrinking)
        grown.append(growing)
        shrunk.append(shrinking)
    random = np.random.default_rng(SEED)
    return [
        _shaken(both, min(same_size, key=lambda is_core: _outside(both, is_core)), random)
        for same_size in zip(grown, reversed(shrunk), strict=True)
    ]


def _shaken(both: Floats, is_core: Bools, random: np.random.Generator) -> Bools:
    """Exchange a few at random and improve again, several times; the best of all."""
    best = is_core
    for _ in range(SHAKES):
        core, periphery = np.flatnonzero(best), np.flatnonzero(~best)
        exchanged = min(EXCHANGED_BY_A_SHAKE, len(core), len(periphery))
        shaken = best.copy()
        shaken[random.choice(core, exchanged, replace=False)] = False
        shaken[random.choice(periphery, exchanged, replace=False)] = True
        shaken = _exchanged(both, shaken)
        if _outside(both, shaken) < _outside(both, best) - ALIKE:
            best = shaken
    return best


def _outside(both: Floats, is_core: Bools) -> float:
    """The ties inside the periphery, each in both directions."""
    return float(~is_core @ both @ ~is_core)


def _exchanged(both: Floats, is_core: Bools) -> Bools:
    """Exchange one of the core for one of the periphery while that leaves fewer ties outside."""
    while True:
        core, periphery = np.flatnonzero(is_core), np.flatnonzero(~is_core)
        to_periphery = both @ ~is_core
        change = (
            to_periphery[core][:, None]
            - both[np.ix_(core, periphery)]
            - to_periphery[periphery][None, :]
        )
        leaves, enters = np.unravel_index(int(np.argmin(change)), change.shape)
        if change[leaves, enters] >= -ALIKE:
            return is_core
        is_core = is_core.copy()
        is_core[core[leaves]], is_core[periphery[enters]] = False, True
