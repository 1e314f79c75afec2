"""Do ties stay inside sectors, or cross them; and which sectors have no tie at all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hereabouts.methods.networks.checks import Floats, Integers, as_groups, as_ties

# Permutations worked on at once: few enough to stay small in memory.
DRAWS_AT_ONCE = 256


class NoTies(ValueError):
    """There is no tie at all: nothing can be inside or across."""


class OneGroup(ValueError):
    """Everybody is in one group, or each alone: ties cannot be both inside and across."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Openness:
    """The E-I index of the network, of each group and of each member, with its chance.

    `of_group` and `of_member` are NaN where a group or a member has no tie. `p_value` is
    two-sided: how often a random share-out of the same group sizes is as far from `expected`.
    """

    index: float
    external: float
    internal: float
    expected: float
    p_value: float
    groups: NDArray[np.generic]
    of_group: Floats
    of_member: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class BetweenGroups:
    """For each two groups (and within each): pairs, tied pairs, their share, and if never tied.

    `tied_share` is NaN where there is no pair, or where one of the groups has fewer members than
    are shown; `is_shown` says which. What is not shown is 0 in `tied_pairs` and never `is_never`.
    """

    groups: NDArray[np.generic]
    members: Integers
    pairs: Integers
    tied_pairs: Integers
    tied_share: Floats
    is_never: NDArray[np.bool_]
    is_shown: NDArray[np.bool_]


def ei_index(*, ties: ArrayLike, group: ArrayLike, draws: int = 9_999, seed: int = 1) -> Openness:
    """(E − I) ÷ (E + I): −1 when all ties stay inside groups, +1 when all cross.

    E and I are the strengths of the ties across and inside, each direction counted. Because a
    network of many small groups crosses more by arithmetic alone, `expected` is the mean over all
    ways to share out the same groups among the members: 2 × (pairs across ÷ pairs) − 1, exactly.
    The p-value is (1 + permutations as far from it) ÷ (1 + draws), by `draws` random permutations
    of the groups.

    Shapes: members × members (one-way ties allowed), one group a member. Doubling all strengths
    changes nothing. Errors: no tie (`NoTies`); one group, or as many groups as members
    (`OneGroup`); fewer than one draw.
    Source: Krackhardt & Stern, "Informal networks and organizational crises", Social Psychology
    Quarterly 51 (1988) 123–140.

    >>> path = [[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]]
    >>> answer = ei_index(ties=path, group=["a", "a", "b", "b"], draws=99)
    >>> round(answer.index, 4), round(answer.expected, 4)  # 1 across, 2 inside; 4 of 6 pairs across
    (-0.3333, 0.3333)
    """
    strength = as_ties(ties)
    names, number = as_groups(group, count=len(strength))
    if draws < 1:
        raise ValueError("At least one draw is needed for a p-value.")
    total = float(strength.sum())
    if not total > 0:
        raise NoTies("Nobody is tied to anybody: there is nothing inside or across groups.")
    if len(names) in {1, len(strength)}:
        raise OneGroup("With one group, or a group for each member, no tie could be otherwise.")

    both = (strength + strength.T) / total
    is_inside = number[:, None] == number[None, :]
    inside = float(both[is_inside].sum()) / 2
    index = 1 - 2 * inside
    expected = _expected(np.bincount(number))
    others = _permuted(both, number, draws=draws, seed=seed)
    # Rounding must not make an equal one look nearer.
    as_far = int((np.abs(others - expected) >= abs(index - expected) - 1e-12).sum())
    of_group = (np.arange(len(names))[:, None] == number).astype(np.float64)
    own, own_inside = both.sum(axis=1), np.where(is_inside, both, 0).sum(axis=1)
    return Openness(
        index=index,
        external=total * (1 - inside),
        internal=total * inside,
        expected=expected,
        p_value=(1 + as_far) / (1 + draws),
        groups=names,
        of_group=_index(of_group @ own, of_group @ own_inside, halved=True),
        of_member=_index(own, own_inside, halved=False),
    )


def between_groups(*, ties: ArrayLike, group: ArrayLike, smallest_group: int) -> BetweenGroups:
    """Which groups have ties with which, and which never do.

    A pair counts as tied whichever way the tie goes and however strong it is. Pass the projection
    `together` for groups that have never attended together. `smallest_group` is the fewest members
    that a group needs before its figures are shown; 1 shows all, which suits organisations; with
    people use what the disclosure rules say.

    Shapes: members × members, one group a member; groups × groups out, symmetric. The pairs of all
    groups add up to n (n − 1) / 2 (each two groups once). Errors: as `ei_index`, and a smallest
    group below 1. Source: block densities, Wasserman & Faust, "Social Network Analysis" (1994)
    ch. 10.

    >>> ties = [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    >>> answer = between_groups(ties=ties, group=["a", "b", "c"], smallest_group=1)
    >>> answer.tied_pairs.tolist()
    [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    >>> answer.is_never.tolist()
    [[False, False, True], [False, False, True], [True, True, False]]
    """
    strength = as_ties(ties)
    names, number = as_groups(group, count=len(strength))
    if smallest_group < 1:
        raise ValueError("The smallest group shown has at least 1 member.")
    is_of = (number[:, None] == np.arange(len(names))).astype(np.int64)
    members = is_of.sum(axis=0)
    is_tied = ((strength + strength.T) > 0).astype(np.int64)
    is_shown = np.minimum.outer(members, members) >= smallest_group
    pairs, tied = np.outer(members, members), is_of.T @ is_tied @ is_of
    within = np.diag_indices(len(names))
    pairs[within] = members * (members - 1) // 2
    tied[within] //= 2
    tied[~is_shown] = 0
    unknown = np.full(tied.shape, np.nan)
    return BetweenGroups(
        groups=names,
        members=members,
        pairs=pairs,
        tied_pairs=tied,
        tied_share=np.divide(tied, pairs, out=unknown, where=is_shown & (pairs > 0)),
        is_never=is_shown & (pairs > 0) & (tied == 0),
        is_shown=is_shown,
    )


def _expected(members: Integers) -> float:
    """The mean of the index over all permutations."""
    count = int(members.sum())
    pairs_inside = int((members * (members - 1)).sum()) / 2
    return 1 - 2 * pairs_inside / (count * (count - 1) / 2)


def _permuted(both: Floats, number: Integers, *, draws: int, seed: int) -> Floats:
    """The index of each random permutation; `both` adds up to 2."""
    random = np.random.default_rng(seed)
    left, right = np.nonzero(np.triu(both))
    strength = both[left, right]
    found = []
    for first in range(0, draws, DRAWS_AT_ONCE):
        count = min(DRAWS_AT_ONCE, draws - first)
        shuffled = random.permuted(np.tile(number, (count, 1)), axis=1)
        found.append(1 - 2 * ((shuffled[:, left] == shuffled[:, right]) @ strength))
    return np.concatenate(found)


def _index(total: Floats, inside: Floats, *, halved: bool) -> Floats:
    """1 − 2 I ÷ (E + I); of a group, both ends of a tie inside it are counted but are one tie."""
    inside = inside / 2 if halved else inside
    ties = total - inside if halved else total
    answer: Floats = np.full(len(total), np.nan)
    np.divide(ties - 2 * inside, ties, out=answer, where=ties > 0)
    return answer
