"""Who took part compared with who lives there: each group's share against the population's."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from hereabouts.methods.networks.checks import Bools, Floats, Integers
from hereabouts.methods.proportions import wilson

# Cochran's rule: below this expected count the chi-square approximation is not trusted.
LEAST_EXPECTED = 5
DRAWS_AT_ONCE = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Representation:
    """Each group's observed share with its interval, ratio, residual; and how well all fit.

    `share`, `lowest` and `highest` are of those who said; `ratio` is share ÷ population share;
    `residual` is the standardised residual. `if_none` and `if_all` bound the share if none or all
    of those who preferred not to say are of the group. `is_simulated`: the p-value was simulated.
    """

    share: Floats
    lowest: Floats
    highest: Floats
    ratio: Floats
    residual: Floats
    if_none: Floats
    if_all: Floats
    not_said_share: float
    chi_square: float
    degrees_of_freedom: int
    p_value: float
    is_simulated: bool


def representation(
    *,
    observed: ArrayLike,
    population: ArrayLike,
    not_said: int = 0,
    confidence: float = 0.95,
    draws: int = 99_999,
    seed: int = 1,
) -> Representation:
    """Compare the people who took part, by group, with the population they should stand for.

    With O_g of n people who said in group g, and population share π_g: share O_g ÷ n with its
    Wilson interval; ratio (O_g ÷ n) ÷ π_g; standardised residual (O_g − nπ_g) ÷ √(nπ_g (1 − π_g));
    χ² = Σ (O_g − nπ_g)² ÷ (nπ_g) on groups − 1 degrees of freedom. Where any nπ_g is below 5 the
    p-value is simulated: (1 + samples with χ² as great) ÷ (1 + draws), from the multinomial.
    Those who preferred not to say are outside n; with q of them the share of a group lies from
    O_g ÷ (n + q) to (O_g + q) ÷ (n + q). Intervals are for a random sample; a meeting is not one.

    Shapes: two lists, one figure a group; `population` may be counts or shares, all above 0.
    Errors: fewer than two groups, counts that are not whole or are negative, nobody observed.
    Sources: Wilson, J. Am. Stat. Assoc. 22 (1927) 209–212; Pearson, Phil. Mag. 50 (1900) 157–175;
    Cochran, Biometrics 10 (1954) 417–451.

    >>> answer = representation(observed=[16, 18, 16, 14, 12, 12], population=[1] * 6)
    >>> round(answer.chi_square, 12), round(answer.p_value, 4)
    (2.0, 0.8491)
    """
    counts = np.asarray(observed, dtype=np.float64)
    people = np.asarray(population, dtype=np.float64)
    _check(counts, people, not_said)
    if not 0 < confidence < 1 or draws < 1:
        raise ValueError("Confidence is between 0 and 1, and at least one draw is made.")
    n, expected_share = float(counts.sum()), people / people.sum()
    expected, share = n * expected_share, counts / n
    intervals = [wilson(having=count, people=n, confidence=confidence) for count in counts.tolist()]
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    is_simulated = bool((expected < LEAST_EXPECTED).any())
    return Representation(
        share=share,
        lowest=np.array([interval.lowest for interval in intervals]),
        highest=np.array([interval.highest for interval in intervals]),
        ratio=share / expected_share,
        residual=(counts - expected) / np.sqrt(expected * (1 - expected_share)),
        if_none=counts / (n + not_said),
        if_all=(counts + not_said) / (n + not_said),
        not_said_share=not_said / (n + not_said),
        chi_square=chi_square,
        degrees_of_freedom=len(counts) - 1,
        p_value=(
            _simulated(chi_square, int(n), expected_share, draws=draws, seed=seed)
            if is_simulated
            else float(chdtrc(len(counts) - 1, chi_square))
        ),
        is_simulated=is_simulated,
    )


def _check(counts: Floats, people: Floats, not_said: int) -> None:
    if counts.ndim != 1 or counts.shape != people.shape or len(counts) < 2:
        raise ValueError("Observed and population are lists of the same two or more groups.")
    if not (_are_whole(counts).all() and not_said >= 0 and not_said == int(not_said)):
        raise ValueError("People are counted whole: 0, 1, 2 …")
    if not ((people > 0) & (people <= 1e12)).all():
        raise ValueError("Each group's population is above 0; leave out groups without people.")
    if not counts.sum() > 0:
        raise ValueError("Nobody was observed: there is no share to compare.")


def _are_whole(counts: Floats) -> Bools:
    is_whole: Bools = (counts >= 0) & (counts <= 1e12) & (counts == np.floor(counts))
    return is_whole


def _simulated(
    chi_square: float, n: int, expected_share: Floats, *, draws: int, seed: int
) -> float:
    random, as_great = np.random.default_rng(seed), 0
    expected = n * expected_share
    for first in range(0, draws, DRAWS_AT_ONCE):
        sample: Integers = random.multinomial(
            n, expected_share, size=min(DRAWS_AT_ONCE, draws - first)
        )
        drawn = ((sample - expected) ** 2 / expected).sum(axis=1)
        # Equal tables must count as equal in spite of rounding.
        as_great += int((drawn >= chi_square * (1 - 1e-9)).sum())
    return (1 + as_great) / (1 + draws)
