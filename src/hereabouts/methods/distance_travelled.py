"""How far people moved on a short scale between before and after: distance travelled.

Three questions, by what is known: `paired` when each person's two answers are linked, `unpaired`
when two groups answered and nobody is linked, `from_totals` when only the totals of each answer are
known before and after. The last gives the average change, but only bounds on how many improved.

None of them compares with people who were not there. So the word is "changed", never "caused": who
starts low moves up by chance alone (regression to the mean), and the course itself may change what
a "3" means to someone (response shift).

Sources: Wilcoxon, F. (1945), Biometrics Bulletin 1, 80-83. Pratt, J. W. (1959), JASA 54, 655-667.
Hollander, M. and Wolfe, D. A. (1999), Nonparametric Statistical Methods, sections 3.1-3.3 and 4.1.
Cliff, N. (1993), Psychological Bulletin 114, 494-509. Kerby, D. S. (2014), Comprehensive Psychology
3 (matched rank-biserial correlation).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import linprog
from scipy.stats import binom, mannwhitneyu, norm, rankdata

Floats = NDArray[np.float64]

# With five people the smallest two-sided p is 1/16: a test could not find anything.
LEAST_FOR_TEST = 6
# Up to here every way to sign the changes is counted; beyond, the normal curve stands in.
MOST_COUNTED = 25


@dataclass(frozen=True, kw_only=True, slots=True)
class Paired:
    """What changed for people whose two answers are linked.

    `improved`, `same`, `worse`: shares of `people`. `positive_ranks`, `negative_ranks`: Wilcoxon's
    W+ and W-, zeros by Pratt: ranked with the others, then left out. `p` is two-sided; `method`
    says how it was found: "exact" (no ties, no zeros), "permutation" (every way to sign the ranks
    there are), "normal" (with ties corrected), or "too few". `rank_biserial`: (W+ - W-)/(W+ + W-),
    0 when nobody moved. `typical_change`: Hodges-Lehmann, the median of all averages of two
    changes, with `lowest` and `highest`, whose confidence is at least the one asked for where
    answers do not tie. `sign_p`: the sign test, which only counts directions. With fewer than six
    people there is no p and no interval: None.
    """

    people: int
    improved: float
    same: float
    worse: float
    median_change: float
    positive_ranks: float
    negative_ranks: float
    p: float | None
    method: str
    rank_biserial: float
    typical_change: float
    lowest: float | None
    highest: float | None
    sign_p: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Unpaired:
    """How two groups differ; the groups may be of different people.

    `superiority`: the chance that somebody from after stands higher than somebody from before, ties
    half. `cliff_delta`: twice that less 1, from -1 to 1. `u`: Mann and Whitney's, of after. `p`:
    two-sided, exact for up to eight a side without ties, else normal with ties corrected.
    """

    before: int
    after: int
    superiority: float
    cliff_delta: float
    u: float
    p: float


@dataclass(frozen=True, kw_only=True, slots=True)
class FromTotals:
    """What totals alone say about the people behind them.

    `mean_change` is known. The shares that improved and got worse, and the standard error of the
    mean change, depend on who was who: `…_lowest` and `…_highest` are the ends of what is possible.
    """

    people: int
    mean_change: float
    improved_lowest: float
    improved_highest: float
    worse_lowest: float
    worse_highest: float
    standard_error_lowest: float
    standard_error_highest: float


def paired(*, before: ArrayLike, after: ArrayLike, confidence: float = 0.95) -> Paired:
    """What changed from `before` (n) to `after` (n), person by person.

    Signed ranks of the changes d = after - before: W± = Σ ranks of |d| where d is ±. The interval
    of the typical change runs between the k-th smallest and the k-th largest of the n(n + 1)/2
    averages of two changes, k from the distribution of W+.

    >>> found = paired(before=[1, 2, 2, 3, 1, 2, 3], after=[3, 3, 4, 3, 2, 4, 5])
    >>> round(found.improved, 2), found.typical_change, found.p, found.method
    (0.86, 1.5, 0.03125, 'permutation')
    """
    _check_confidence(confidence)
    first, second = _answers(before), _answers(after)
    if first.size != second.size:
        raise ValueError("Each person has one answer before and one after.")
    change = second - first
    people = change.size
    ranks = np.where(change == 0, 0.0, rankdata(np.abs(change)))
    positive, negative = float(ranks[change > 0].sum()), float(ranks[change < 0].sum())
    p, method, sign_p, lowest, highest = None, "too few", None, None, None
    averages = _averages_of_two(change)
    if people >= LEAST_FOR_TEST:
        p, method = _signed_rank_p(change, ranks, positive)
        sign_p = _sign_p(int((change > 0).sum()), int((change < 0).sum()))
        depth = _depth(people, confidence)
        lowest, highest = float(averages[depth - 1]), float(averages[-depth])
    moved = positive + negative
    return Paired(
        people=people,
        improved=float((change > 0).mean()),
        same=float((change == 0).mean()),
        worse=float((change < 0).mean()),
        median_change=float(np.median(change)),
        positive_ranks=positive,
        negative_ranks=negative,
        p=p,
        method=method,
        rank_biserial=(positive - negative) / moved if moved else 0.0,
        typical_change=float(np.median(averages)),
        lowest=lowest,
        highest=highest,
        sign_p=sign_p,
    )


def unpaired(*, before: ArrayLike, after: ArrayLike) -> Unpaired:
    """How the group `after` (n) differs from the group `before` (m).

    >>> found = unpaired(before=[1, 2, 2, 3], after=[2, 3, 4, 4, 5])
    >>> found.superiority, round(found.cliff_delta, 2)
    (0.875, 0.75)
    """
    first, second = _answers(before), _answers(after)
    every = np.concatenate([first, second])
    if np.ptp(every) == 0:
        u, p = first.size * second.size / 2, 1.0
    else:
        is_exact = max(first.size, second.size) <= 8 and np.unique(every).size == every.size
        test = mannwhitneyu(second, first, method="exact" if is_exact else "asymptotic")
        u, p = float(test.statistic), float(test.pvalue)
    superiority = u / (first.size * second.size)
    return Unpaired(
        before=first.size,
        after=second.size,
        superiority=superiority,
        cliff_delta=2 * superiority - 1,
        u=u,
        p=p,
    )


def from_totals(
    *, before: ArrayLike, after: ArrayLike, scale: ArrayLike | None = None
) -> FromTotals:
    """What the totals `before` (k) and `after` (k) of each answer allow; `scale` is 1 … k.

    With π_ij people moving from answer i to answer j, Σ_j π_ij = before_i and Σ_i π_ij = after_j:
    the least and the most of Σ_{j>i} π_ij, of Σ_{j<i} π_ij and of Σ π_ij (s_j - s_i)², which with
    the known mean gives the standard error. A transport problem each, solved by HiGHS; its corners
    are whole people. Different numbers before and after are an error: these are different people.

    >>> found = from_totals(before=[2, 4, 3, 1, 0], after=[0, 1, 3, 4, 2])
    >>> round(found.mean_change, 2), round(found.improved_lowest, 2), found.improved_highest
    (1.4, 0.5, 1.0)
    """
    first, second = _totals(before), _totals(after)
    answers = np.arange(1.0, first.size + 1) if scale is None else _answers(scale)
    if first.size != second.size or answers.size != first.size:
        raise ValueError("Before, after and the scale have a number for the same answers.")
    if (np.diff(answers) <= 0).any():
        raise ValueError("The scale runs from lowest to highest.")
    people = int(first.sum())
    if people != second.sum():
        raise ValueError("Not the same number of people before and after: compare them unpaired.")
    moves = answers[None, :] - answers[:, None]
    mean = float((second - first) @ answers) / people
    up, down = _ends(first, second, moves > 0), _ends(first, second, moves < 0)
    squares = _ends(first, second, moves**2)
    errors = [_standard_error(square, mean, people) for square in squares]
    return FromTotals(
        people=people,
        mean_change=mean,
        improved_lowest=up[0] / people,
        improved_highest=up[1] / people,
        worse_lowest=down[0] / people,
        worse_highest=down[1] / people,
        standard_error_lowest=errors[0],
        standard_error_highest=errors[1],
    )


# ── Signed ranks ──


def _signed_rank_p(change: Floats, ranks: Floats, positive: float) -> tuple[float, str]:
    """Two-sided p of W+, given the ranks there are."""
    moved = ranks[change != 0]
    if not moved.size:
        return 1.0, "permutation"
    if change.size <= MOST_COUNTED:
        # Ranks with ties are halves: doubled, they are whole.
        doubled = np.round(2 * moved).astype(np.int64)
        chances = _chances(doubled)
        at = round(2 * positive)
        p = min(1.0, 2 * min(float(chances[: at + 1].sum()), float(chances[at:].sum())))
        is_plain = moved.size == change.size and np.unique(moved).size == moved.size
        return p, "exact" if is_plain else "permutation"
    spread = math.sqrt(float(moved @ moved) / 4)
    # Half a step towards the middle, since ranks jump and the curve does not.
    away = max(0.0, abs(positive - float(moved.sum()) / 2) - 0.5) / spread
    return min(1.0, 2 * float(norm.sf(away))), "normal"


def _chances(ranks: NDArray[np.int64]) -> Floats:
    """The chance of each sum of a random choice of `ranks` (whole), each in or out by a coin."""
    chances = np.zeros(int(ranks.sum()) + 1)
    chances[0] = 1.0
    for rank in ranks:
        moved = np.zeros_like(chances)
        moved[rank:] = chances[: chances.size - rank]
        chances = (chances + moved) / 2
    return chances


def _depth(people: int, confidence: float) -> int:
    """How many averages to leave out at each end, and one: k of the interval."""
    tail = (1 - confidence) / 2
    if people <= MOST_COUNTED:
        below = np.cumsum(_chances(np.arange(1, people + 1)))
        return max(1, int(np.searchsorted(below, tail, side="right")))
    middle = people * (people + 1) / 4
    spread = math.sqrt(people * (people + 1) * (2 * people + 1) / 24)
    return max(1, math.floor(middle - float(norm.ppf(1 - tail)) * spread))


def _averages_of_two(change: Floats) -> Floats:
    """All averages of two changes, each with itself too, from least to most."""
    first, second = np.triu_indices(change.size)
    return np.sort((change[first] + change[second]) / 2)


def _sign_p(up: int, down: int) -> float:
    if up + down == 0:
        return 1.0
    return min(1.0, 2 * float(binom.cdf(min(up, down), up + down, 0.5)))


# ── Totals ──


def _ends(before: Floats, after: Floats, worth: NDArray[np.generic]) -> tuple[float, float]:
    """The least and the most that all moves together can be worth."""
    many = before.size
    sums = sparse.vstack(
        [
            sparse.kron(sparse.eye_array(many), np.ones((1, many))),
            sparse.kron(np.ones((1, many)), sparse.eye_array(many)),
        ],
        format="csr",
    )
    found = []
    for sign in (1.0, -1.0):
        solved = linprog(
            sign * np.asarray(worth, dtype=np.float64).ravel(),
            A_eq=sums,
            b_eq=np.concatenate([before, after]),
            bounds=(0, None),
            method="highs-ds",
        )
        if solved.status != 0:
            raise ArithmeticError(f"The bounds were not found: {solved.message}")
        found.append(sign * float(solved.fun))
    return found[0], found[1]


def _standard_error(squares: float, mean: float, people: int) -> float:
    """Of the mean change, from the sum of squared changes; NaN for one person."""
    if people < 2:
        return math.nan
    return math.sqrt(max(0.0, squares - people * mean * mean) / (people - 1) / people)


def _answers(values: ArrayLike) -> Floats:
    answers = np.asarray(values, dtype=np.float64).ravel()
    if not answers.size or not np.isfinite(answers).all():
        raise ValueError("Answers are numbers, at least one; leave out who did not answer.")
    return answers


def _totals(values: ArrayLike) -> Floats:
    totals = _answers(values)
    if (totals < 0).any() or (totals != np.floor(totals)).any() or not totals.sum():
        raise ValueError("Totals are whole numbers of people, and somebody answered.")
    return totals


def _check_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError("Confidence is between 0 and 1, such as 0.95.")
