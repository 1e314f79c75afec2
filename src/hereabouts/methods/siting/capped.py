"""The problem under p-median and maximal cover alike, and how good sites for it are found.

Choose q of m candidate sites so that the areas' costs are least, where no area pays more than its
cap::

    min  sum over i of  min(cap_i, min over open j of c_ij)

p-median: c is weight times distance and the cap is what the area would pay at most. Maximal cover:
c is 0 for each site that covers the area, and the cap is the area's weight, the price of being left
out. Sites that exist already only lower the caps. Only pairs with a cost below the cap matter.
"""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Swaps tried on one table of gains before it is made anew.
SWAPS_A_TABLE = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Capped:
    """The pairs in order of their sites: those of site j are rows `start[j]` to `start[j + 1]`."""

    area: Integers
    site: Integers
    cost: Floats
    start: Integers
    cap: Floats
    count: int

    @property
    def sites(self) -> int:
        return len(self.start) - 1

    @property
    def are_costs_whole(self) -> bool:
        """Whether every total is a whole number, so that a bound may be rounded up."""
        costs, caps = self.cost, self.cap
        return bool(
            (costs == np.floor(costs)).all()
            and (caps == np.floor(caps)).all()
            and caps.sum() < 2**52
        )

    def rows(self, sites: Integers) -> Integers:
        """The rows of the pairs of these sites."""
        lengths = self.start[sites + 1] - self.start[sites]
        ends = np.cumsum(lengths)
        skipped = np.repeat(self.start[sites] - (ends - lengths), lengths)
        rows: Integers = skipped + np.arange(ends[-1] if len(ends) else 0)
        return rows

    def value(self, sites: Integers) -> float:
        """What all areas pay together with these sites open."""
        return float(self.two_nearest(sites).first.sum())

    def two_nearest(self, sites: Integers) -> "TwoNearest":
        """What each area pays with these sites open, and would without its own."""
        rows = self.rows(sites)
        order = np.lexsort((self.cost[rows], self.area[rows]))
        rows = rows[order]
        area = self.area[rows]
        is_first = np.ones(len(rows), dtype=np.bool_)
        is_first[1:] = area[1:] != area[:-1]
        is_second = np.zeros(len(rows), dtype=np.bool_)
        is_second[1:] = is_first[:-1] & ~is_first[1:]
        first, second = self.cap.copy(), self.cap.copy()
        site = np.full(len(self.cap), -1, dtype=np.int64)
        first[area[is_first]] = self.cost[rows[is_first]]
        site[area[is_first]] = self.site[rows[is_first]]
        second[area[is_second]] = self.cost[rows[is_second]]
        return TwoNearest(first=first, second=second, site=site)

    def reduced(self, *, shut: Flags, opened: Flags) -> "Capped":
        """The same problem without sites that are decided; those opened lower the caps.

        Sites keep their numbers: a decided one only has no pairs.
        """
        cap = self.two_nearest(np.flatnonzero(opened)).first
        stays = (self.cost < cap[self.area]) & ~(shut | opened)[self.site]
        site = self.site[stays]
        return Capped(
            area=self.area[stays],
            site=site,
            cost=self.cost[stays],
            start=np.searchsorted(site, np.arange(self.sites + 1)),
            cap=cap,
            count=self.count - int(opened.sum()),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class TwoNearest:
    """For each area its least and second least cost, and its site (-1 where it pays the cap)."""

    first: Floats
    second: Floats
    site: Integers


def capped(
    *, pairs: tuple[Integers, Integers, Floats], sites: int, cap: Floats, count: int
) -> Capped:
    """The problem of pairs (area, site, cost) in any order; those below the cap are kept."""
    area, site, cost = pairs
    stays = cost < cap[area]
    area, site, cost = area[stays], site[stays], cost[stays]
    if (np.diff(site) < 0).any():
        order = np.argsort(site, kind="stable")
        area, site, cost = area[order], site[order], cost[order]
    return Capped(
        area=area.astype(np.int64),
        site=site.astype(np.int64),
        cost=cost,
        start=np.searchsorted(site, np.arange(sites + 1)),
        cap=cap,
        count=count,
    )


def greedy(problem: Capped) -> Integers:
    """Sites opened one at a time, each where it saves the most.

    What a site saves only falls as others open, so that old savings are bounds: only those on top
    are worked out again.
    """
    pays = problem.cap.copy()
    saved = np.bincount(problem.site, pays[problem.area] - problem.cost, problem.sites)
    heap = [(-saving, site) for site, saving in enumerate(saved.tolist())]
    heapq.heapify(heap)
    chosen: list[int] = []
    while len(chosen) < problem.count:
        _, site = heap[0]
        rows = slice(problem.start[site], problem.start[site + 1])
        areas, cost = problem.area[rows], problem.cost[rows]
        saving = float(np.maximum(pays[areas] - cost, 0).sum())
        heapq.heapreplace(heap, (-saving, site))
        if heap[0][1] != site:
            continue
        heapq.heappop(heap)
        chosen.append(site)
        pays[areas] = np.minimum(pays[areas], cost)
    return np.sort(np.array(chosen, dtype=np.int64))


def swapped(problem: Capped, sites: Integers, *, rounds: int = 1000) -> tuple[Integers, float]:
    """The sites after every exchange of one open for one closed that helps, and what they cost.

    Source: the gains of all exchanges at once after Resende and Werneck (2004).
    """
    chosen = np.sort(sites)
    value = problem.value(chosen)
    for _ in range(rounds):
        before = value
        chosen, value = _exchanged(problem, chosen, value)
        if value >= before:
            break
    return chosen, value


def _exchanged(problem: Capped, chosen: Integers, value: float) -> tuple[Integers, float]:
    gains = _gains(problem, chosen)
    threshold = 1e-12 * max(1.0, value)
    entering = gains.argmax(axis=0)
    gain = gains[entering, np.arange(len(chosen))]
    best = np.argsort(-gain)[:SWAPS_A_TABLE]
    now = chosen.copy()
    for place in best[gain[best] > threshold]:
        if entering[place] in now:
            continue
        tried = now.copy()
        tried[place] = entering[place]
        cost = problem.value(np.sort(tried))
        if cost < value - threshold:
            now, value = tried, cost
    return np.sort(now), value


def _gains(problem: Capped, chosen: Integers) -> Floats:
    """What is gained by opening each site (row) and closing each open one (column)."""
    near = problem.two_nearest(chosen)
    place = np.full(problem.sites + 1, -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    at = place[near.site]  # -1 finds the last entry, which stays -1
    rows = np.flatnonzero(problem.cost < near.second[problem.area])
    area, site, cost = problem.area[rows], problem.site[rows], problem.cost[rows]
    gains = np.zeros((problem.sites, len(chosen)))
    opening = np.bincount(site, np.maximum(near.first[area] - cost, 0), problem.sites)
    gains += opening[:, None]
    is_served = near.site >= 0
    closing = (near.second - near.first)[is_served]
    gains -= np.bincount(at[is_served], closing, len(chosen))
    # An area whose own site closes may go to the new one rather than to its second.
    moves = at[area] >= 0
    area, site, cost = area[moves], site[moves], cost[moves]
    spared = near.second[area] - np.maximum(cost, near.first[area])
    gains += np.bincount(site * len(chosen) + at[area], spared, gains.size).reshape(gains.shape)
    gains[chosen] = -np.inf
    return gains
