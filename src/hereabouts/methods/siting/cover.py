"""Sites that bring the most people within reach: the maximal cover."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix

from hereabouts.methods.accessibility import Reach
from hereabouts.methods.siting.answers import Effort, Siting, filled, sites_to_add, weights_of
from hereabouts.methods.siting.capped import capped
from hereabouts.methods.siting.exact import solve

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def maximal_cover(
    *,
    weights: ArrayLike,
    reach: Reach,
    count: int,
    existing: Sequence[int] = (),
    effort: Effort | None = None,
) -> Siting:
    """The `count` sites, the existing ones among them, that cover the greatest weight of areas.

    An area is covered when it reaches an open site; with weights w of areas i and the candidates
    N_i that area i reaches::

        max  sum of w_i z_i     covered only by an open site:  z_i <= sum over j in N_i of y_j
                                so many are open:              sum of y_j = count
                                those that exist are:          y_j = 1

    `weights`: one number of 0 or more for each area, people or `equity_weights`. `reach`: the pairs
    within the limit (`accessibility.reach` or `reach_by_cost`), its sites the candidates.
    `objective` and `bound` are in weight; `served_by` is -1 for areas not covered. Among equals any
    answer may be given. ValueError for other input, `Infeasible` where so many cannot be open.
    Source: Church and ReVelle (1974).

    >>> from hereabouts.methods.accessibility import reach_by_cost
    >>> minutes = [[5, 30, 30], [9, 9, 30], [30, 8, 30], [30, 30, 7]]
    >>> found = maximal_cover(
    ...     weights=[10, 20, 30, 15], reach=reach_by_cost(minutes, upto=15), count=1
    ... )
    >>> found.open.tolist(), found.objective, found.served_by.tolist()
    ([1], 50.0, [-1, 1, 1, -1])
    """
    heads = weights_of(weights, count=reach.areas)
    effort = effort or Effort()
    added, fixed = sites_to_add(count=count, existing=existing, candidates=reach.sites)
    heads_left = heads.copy()
    heads_left[reach.area[np.isin(reach.site, fixed)]] = 0
    area, cap, useful = _reduced(reach, heads_left)
    if added == 0:
        return _answer(reach, heads, fixed, bound=None)
    if len(useful) <= added:
        return _answer(
            reach,
            heads,
            filled(np.concatenate([fixed, useful]), count=count, candidates=reach.sites),
            bound=None,
        )
    place = np.full(reach.sites, -1, dtype=np.int64)
    place[useful] = np.arange(len(useful))
    site = place[reach.site]
    counts = (area >= 0) & (site >= 0)
    pairs = np.unique(np.column_stack([site[counts], area[counts]]), axis=0)
    problem = capped(
        pairs=(pairs[:, 1], pairs[:, 0], np.zeros(len(pairs))),
        sites=len(useful),
        cap=cap,
        count=added,
    )
    covered_already = float(heads.sum() - heads_left.sum())
    coverable = covered_already + float(cap.sum())
    found = solve(problem, deadline=effort.deadline(), gap=effort.gap, gap_is_of=coverable)
    sites = np.concatenate([fixed, useful[found.sites]])
    return _answer(reach, heads, sites, bound=coverable - found.bound)


def _reduced(reach: Reach, heads: Floats) -> tuple[Integers, Floats, Integers]:
    """Each pair's group of areas (-1: none), the groups' weights, and the candidates worth it.

    Areas that the same candidates cover are one group. A candidate is not worth it when another
    covers all that it does.
    """
    matter = heads[reach.area] > 0
    cover = csr_matrix(
        (np.ones(int(matter.sum())), (reach.area[matter], reach.site[matter])),
        shape=(reach.areas, reach.sites),
    )
    useful = _not_dominated(cover)
    kept = cover[:, useful].tocsr()
    kept.sort_indices()
    groups: dict[bytes, int] = {}
    group = np.full(reach.areas, -1, dtype=np.int64)
    for row in np.flatnonzero(np.diff(kept.indptr)):
        key = kept.indices[kept.indptr[row] : kept.indptr[row + 1]].tobytes()
        group[row] = groups.setdefault(key, len(groups))
    is_grouped = group >= 0
    cap = np.bincount(group[is_grouped], heads[is_grouped], len(groups)).astype(float)
    return group[reach.area], cap, useful


def _not_dominated(cover: csr_matrix) -> Integers:
    """The candidates of which no other covers all that they cover; of equals the first."""
    size = np.diff(cover.tocsc().indptr)
    shared = (cover.T @ cover).tocoo()
    candidate, rival = shared.row, shared.col
    is_within = (shared.data == size[candidate]) & (candidate != rival)
    is_smaller = (size[candidate] < size[rival]) | (candidate > rival)
    dominated = np.zeros(len(size), dtype=np.bool_)
    dominated[candidate[is_within & is_smaller]] = True
    return np.flatnonzero((size > 0) & ~dominated)


def _answer(reach: Reach, heads: Floats, sites: Integers, *, bound: float | None) -> Siting:
    chosen = np.sort(sites)
    is_open = np.isin(reach.site, chosen)
    area, site, cost = reach.area[is_open], reach.site[is_open], reach.cost[is_open]
    order = np.lexsort((site, cost, area))
    covered, first = np.unique(area[order], return_index=True)
    served_by = np.full(reach.areas, -1, dtype=np.int64)
    paid = np.full(reach.areas, np.inf)
    served_by[covered], paid[covered] = site[order[first]], cost[order[first]]
    objective = float(heads[covered].sum())
    return Siting(
        open=chosen,
        served_by=served_by,
        cost=paid,
        objective=objective,
        bound=objective if bound is None else max(bound, objective),
    )
