"""Quantiles over draws for very many areas, exactly, without looking at every draw of every area.

Each area's draws are one nonnegative mix of the same few columns. Areas with nearly the same mix
put the draws in nearly the same order, so that for all of them together only a few draws can be
the one that is sought.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# Large groups share more work, small ones leave fewer draws in doubt; measured.
AREAS_IN_A_GROUP = 128
# Bounds are widened by this much of themselves, far more than computers round by.
MARGIN = 1e-9


def quantiles_of_mixes(
    *, people: Floats, extra: Floats, tails: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Two quantiles of each row of `people @ extra.T`, linear between neighbours.

    `people` (areas, cells) is 0 or more; `extra` (draws, cells) is any number; `tails` are the
    lower and the upper share. Areas go in groups of like mix. In a group each draw lies, a person,
    between the mixes of the least and the greatest share of each cell. The bounds' own quantiles
    hold every area's; a draw whose upper bound is below them is below in every area, one whose
    lower bound is above them is above, and only the draws between are worked out. An area without
    people has zeros.

    The answer is that of `np.quantile` over the whole matrix, but for the last rounding.

    >>> extra = np.arange(11.0)[:, None]
    >>> quantiles_of_mixes(people=np.array([[1.0], [2.0]]), extra=extra, tails=(0.25, 0.9))
    (array([2.5, 5. ]), array([ 9., 18.]))
    """
    low, high = np.zeros(len(people)), np.zeros(len(people))
    living = people.sum(axis=1)
    lived_in = np.flatnonzero(living > 0)
    share = people[lived_in] / living[lived_in, None]
    by_cell = np.ascontiguousarray(extra.T)
    gains, losses = np.maximum(by_cell, 0), np.minimum(by_cell, 0)
    any_losses = bool(losses.any())
    for group in _alike(share * np.abs(extra).mean(axis=0)):
        least, most = share[group].min(axis=0), share[group].max(axis=0)
        below, above = _mixed(least, gains), _mixed(most, gains)
        if any_losses:
            below, above = below + _mixed(most, losses), above + _mixed(least, losses)
        areas = lived_in[group]
        for found, tail in ((low, tails[0]), (high, tails[1])):
            place = tail * (len(extra) - 1)
            candidates, surely_below = _in_doubt(below, above, int(place))
            drawn = _mixed(people[areas], by_cell[:, candidates])
            found[areas] = _at_place(drawn, place - surely_below)
    return low, high


def _mixed(weights: Floats, by_cell: Floats) -> Floats:
    """`weights @ by_cell`, without the library that spreads it over processors.

    The products are so small that on a busy machine waiting for each other cost three times the
    work; measured.
    """
    mixed: Floats = np.einsum("...c,cd->...d", weights, by_cell)
    return mixed


def _alike(mixes: Floats) -> Iterator[Whole]:
    """The areas in groups, halved at the middle of the widest column until they are small."""
    waiting = [np.arange(len(mixes))] if len(mixes) else []
    while waiting:
        group = waiting.pop()
        if len(group) <= AREAS_IN_A_GROUP:
            yield group
            continue
        members = mixes[group]
        widest = int(np.argmax(np.ptp(members, axis=0)))
        half = len(group) // 2
        order = np.argpartition(members[:, widest], half)
        waiting += [group[order[:half]], group[order[half:]]]


def _in_doubt(below: Floats, above: Floats, place: int) -> tuple[Whole, int]:
    """The draws that may stand at `place` or just after, and how many surely stand before them."""
    after = min(place + 1, len(below) - 1)
    floor, ceiling = np.partition(below, place)[place], np.partition(above, after)[after]
    margin = MARGIN * max(abs(floor), abs(ceiling))
    surely_below = above < floor - margin
    candidates = np.flatnonzero(~surely_below & (below <= ceiling + margin))
    return candidates, int(surely_below.sum())


def _at_place(rows: Floats, place: float) -> Floats:
    """What stands at `place` (from 0, linear between neighbours) of each row, sorted."""
    before = int(place)
    after = min(before + 1, rows.shape[1] - 1)
    rows.sort(axis=1)
    value: Floats = rows[:, before] + (place - before) * (rows[:, after] - rows[:, before])
    return value
