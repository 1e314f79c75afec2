"""Modelled inactivity of small areas: a national pattern, raked to what surveys say of larger ones.

Surveys ask too few people to speak for a small area. What comes out is modelled, not measured: it
is never shown without its interval and that word.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, vstack
from scipy.special import expit, logit

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

DECILES = 10
FEWEST_DRAWS = 200
MOST_STEPS = 60
# A step of Newton's moves no cell farther than this: beyond, the curve is too flat to trust.
FARTHEST_LOGIT = 4.0
SMALLEST_SHARE = 1e-6
# How far a raked sum may be from its margin, as a share of the people in it.
EXACT = 1e-10


class MarginsDisagree(ValueError):
    """The margins add up to different numbers of inactive people: no table has them all."""


class DidNotConverge(ValueError):
    """No table of these people has these margins, or none was found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Areas:
    """The small areas: who lives there, and where they belong.

    `people` by area, age and sex (areas, ages, sexes), any age bands, everybody in a cell counted
    as 0 or more and somebody in each area. `decile` of deprivation, 1 the most deprived.
    `authority` is the place, 0 first, of the area's authority in `Margins.local_share`.
    """

    people: ArrayLike
    decile: ArrayLike
    authority: ArrayLike


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """The national pattern: the share inactive by age and sex, and how deprivation changes it.

    `share` (ages, sexes) is of the people of an average decile. `logit_per_decile` is added to its
    logit for each decile above the middle (5.5): below 0 where more deprived areas are less active.
    The standard errors are on the logit scale.
    """

    share: ArrayLike
    logit_per_decile: float
    share_logit_standard_error: float = 0.0
    decile_standard_error: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Margins:
    """What must hold: each authority's share (and its standard error), and national numbers if any.

    The national numbers of inactive people by age, by sex and by decile (10) must each add up to
    the same as the authorities' shares times their people.
    """

    local_share: ArrayLike
    local_standard_error: ArrayLike
    by_age: ArrayLike | None = None
    by_sex: ArrayLike | None = None
    by_decile: ArrayLike | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """How the interval is drawn.

    `area_logit_standard_deviation` is how far areas alike on paper differ in truth: no margin tells
    it, and without it intervals would be far too narrow, so it has no default. Where areas were
    measured elsewhere it can be taken from there.
    """

    area_logit_standard_deviation: float
    draws: int = 1000
    seed: int = 20210801
    level: float = 0.95

    def __post_init__(self) -> None:
        deviation = self.area_logit_standard_deviation
        if not (np.isfinite(deviation) and deviation > 0):
            raise ValueError(f"Areas differ by more than 0, not {deviation}.")
        if self.draws < FEWEST_DRAWS:
            raise ValueError(f"An interval takes {FEWEST_DRAWS} draws or more, not {self.draws}.")
        if not 0 < self.level < 1:
            raise ValueError(f"A level lies between 0 and 1, not {self.level}.")


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelledInactivity:
    """The modelled share inactive of each area with its interval, and the table behind it.

    `inactive` is people by area, age and sex; its sums are the margins. `label` belongs beside
    every number of it.
    """

    share: Floats
    low: Floats
    high: Floats
    inactive: Floats
    label: ClassVar[str] = "modelled"


def modelled_inactivity(
    *, areas: Areas, pattern: Pattern, margins: Margins, spread: Spread
) -> ModelledInactivity:
    """The share inactive in each area that follows the pattern and meets every margin.

    For area g, age a and sex s with N people, decile d and authority l, the start is

        logit of the share = logit(pattern) + slope (d - 5.5)

    and the table is raked: of all tables X with 0 < X < N that meet the margins it is the nearest
    to the start in information (active and inactive people raked together), which is the start with
    one number added on the logit scale for each margin, found by Newton's method. Unlike raking of
    the inactive alone, no share can pass 1.

    The interval is the percentiles over draws of the pattern, of each authority's share (normal on
    the logit scale) and of a deviation of each area, each raked again; national numbers are scaled
    to each draw's total.

    Raises `ValueError` for missing, negative or empty input, an area without people, or shares of
    0 or 1; `MarginsDisagree` when the margins add up to different totals; `DidNotConverge` when no
    table meets them.

    Sources: Deming and Stephan, Ann Math Stat 11:427 (1940); Rao and Molina, Small Area Estimation
    (2015), chapter 3.

    >>> found = modelled_inactivity(
    ...     areas=Areas(people=np.full((3, 1, 2), 500), decile=[1, 5, 10], authority=[0, 0, 0]),
    ...     pattern=Pattern(share=[[0.24, 0.27]], logit_per_decile=-0.08),
    ...     margins=Margins(local_share=[0.30], local_standard_error=[0.02]),
    ...     spread=Spread(area_logit_standard_deviation=0.2))
    >>> found.share.round(3), float(found.share.mean().round(9)), found.label
    (array([0.373, 0.302, 0.225]), 0.3, 'modelled')
    """
    table = _checked(areas, pattern, margins)
    inactive, multipliers = _raked(table, table.start, table.target, None)
    drawn = _draws_of_shares(table, pattern, spread, multipliers)
    tails = [(1 - spread.level) / 2, (1 + spread.level) / 2]
    low, high = np.quantile(drawn, tails, axis=0)
    return ModelledInactivity(
        share=table.by_area(inactive) / table.by_area(table.people),
        low=low,
        high=high,
        inactive=inactive.reshape(table.shape),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """Cells (area, age, sex) in one line, and which margin each belongs to."""

    shape: tuple[int, ...]
    people: Floats
    start: Floats
    decile: Floats
    authority: Whole
    membership: csr_array
    target: Floats
    in_authority: Floats
    local_share: Floats
    local_logit_error: Floats

    def by_area(self, cells: Floats) -> Floats:
        """Sums of cells for each area."""
        sums: Floats = cells.reshape(self.shape[0], -1).sum(axis=1)
        return sums


def _checked(areas: Areas, pattern: Pattern, margins: Margins) -> _Table:
    people, decile, authority = _checked_areas(areas)
    shape = people.shape
    share = np.asarray(pattern.share, dtype=float)
    if share.shape != shape[1:] or not ((share > 0) & (share < 1)).all():
        raise ValueError("The pattern needs a share between 0 and 1 for each age and sex.")
    errors = (pattern.share_logit_standard_error, pattern.decile_standard_error)
    if not (np.isfinite([pattern.logit_per_decile, *errors]).all() and min(errors) >= 0):
        raise ValueError("The pattern's slope must be a number, its standard errors 0 or more.")
    local, error = _checked_local(margins, authority)
    in_authority = np.bincount(authority, weights=people.sum(axis=(1, 2))).astype(float)
    membership, target = _margins(people, decile, authority, local * in_authority, margins)
    start = logit(share)[None] + pattern.logit_per_decile * _above_middle(decile)[:, None, None]
    return _Table(
        shape=shape,
        people=people.ravel(),
        start=start.ravel(),
        decile=decile,
        authority=authority,
        membership=membership,
        target=target,
        in_authority=in_authority,
        local_share=local,
        local_logit_error=error / (local * (1 - local)),
    )


def _checked_areas(areas: Areas) -> tuple[Floats, Floats, Whole]:
    people = np.asarray(areas.people, dtype=float)
    if people.ndim != 3 or not people.size:
        raise ValueError(f"People come by area, age and sex, not in shape {people.shape}.")
    if not (np.isfinite(people).all() and (people >= 0).all()):
        raise ValueError("Numbers of people must be 0 or more, and none may be missing.")
    if not (people.sum(axis=(1, 2)) > 0).all():
        raise ValueError("An area has no people: leave it out, it has no share.")
    decile, authority = np.asarray(areas.decile, dtype=float), np.asarray(areas.authority)
    if decile.shape != people.shape[:1] or authority.shape != people.shape[:1]:
        raise ValueError("Every area needs a decile and an authority.")
    if not np.isin(decile, np.arange(1, DECILES + 1)).all():
        raise ValueError("Deciles are 1 to 10.")
    if authority.dtype.kind not in "iu" or authority.min() < 0:
        raise ValueError("An area's authority is its place, 0 first, in the list of shares.")
    return people, decile, authority.astype(np.int64)


def _checked_local(margins: Margins, authority: Whole) -> tuple[Floats, Floats]:
    share = np.asarray(margins.local_share, dtype=float)
    error = np.asarray(margins.local_standard_error, dtype=float)
    if share.ndim != 1 or share.shape != error.shape:
        raise ValueError("Every authority needs a share and its standard error.")
    if set(authority.tolist()) != set(range(len(share))):
        raise ValueError("Every authority needs an area, and every area an authority with a share.")
    if not ((share > 0) & (share < 1)).all():
        raise ValueError("An authority's share must lie between 0 and 1, and not be either.")
    if not (np.isfinite(error).all() and (error >= 0).all()):
        raise ValueError("Standard errors must be 0 or more, and none may be missing.")
    return share, error


def _margins(
    people: Floats, decile: Floats, authority: Whole, local_total: Floats, margins: Margins
) -> tuple[csr_array, Floats]:
    """One row for each margin, 1 where a cell belongs to it; and what each must add up to."""
    area, age, sex = np.indices(people.shape).reshape(3, -1)
    members = [(authority[area], local_total)]
    for name, numbers, group, size in (
        ("age", margins.by_age, age, people.shape[1]),
        ("sex", margins.by_sex, sex, people.shape[2]),
        ("decile", margins.by_decile, decile[area].astype(np.int64) - 1, DECILES),
    ):
        if numbers is not None:
            target = np.asarray(numbers, dtype=float)
            living = np.bincount(group, people.ravel(), size).astype(float)
            _check_national(name, target, living, local_total)
            members.append((group, target))
    cells = np.arange(people.size)
    blocks = [
        csr_array((np.ones(people.size), (group, cells)), shape=(len(target), people.size))
        for group, target in members
    ]
    return csr_array(vstack(blocks)), np.concatenate([target for _, target in members])


def _check_national(name: str, target: Floats, people: Floats, local_total: Floats) -> None:
    if target.shape != people.shape or not (np.isfinite(target).all() and (target >= 0).all()):
        raise ValueError(f"The margin by {name} needs {len(people)} numbers of 0 or more.")
    total = local_total.sum()
    if abs(target.sum() - total) > 1e-6 * total:
        raise MarginsDisagree(
            f"The margin by {name} adds up to {target.sum():,.1f} inactive people, the authorities "
            f"to {total:,.1f}: scale one to the other first."
        )
    if ((target > people) | ((people > 0) & (target == 0))).any():
        raise DidNotConverge(
            f"The margin by {name} has a group with more inactive people than people, or with none."
        )


def _above_middle(decile: Floats) -> Floats:
    return decile - (1 + DECILES) / 2


def _raked(
    table: _Table, start: Floats, target: Floats, guess: Floats | None
) -> tuple[Floats, Floats]:
    """Inactive people in each cell, and what each margin adds on the logit scale.

    Newton's method on the dual, which is convex: Σ N log(1 + exp(start + Mᵀλ)) - λ·target, each
    step cut until it falls. Margins repeat each other (all add up to the same), so each step is the
    shortest one that solves.
    """
    membership, people = table.membership, table.people
    added = np.zeros(len(target)) if guess is None else guess
    allowed = EXACT * np.maximum(membership @ people, 1)
    for _ in range(MOST_STEPS):
        level = start + membership.T @ added
        inactive = people * expit(level)
        gap = target - membership @ inactive
        if (np.abs(gap) <= allowed).all():
            return inactive, added
        curvature = inactive * expit(-level)
        hessian = (membership * curvature[None, :]) @ membership.T
        step = np.linalg.lstsq(hessian.toarray(), gap, rcond=1e-12)[0]
        added = added + _short_enough(table, start, target, added, step) * step
    raise DidNotConverge(
        "No table of these people meets these margins: the worst is still "
        f"{np.abs(gap).max():,.4g} people off after {MOST_STEPS} steps. Some ask for more, or "
        "fewer, inactive people than others leave room for."
    )


def _short_enough(
    table: _Table, start: Floats, target: Floats, added: Floats, step: Floats
) -> float:
    """The share of the step to take: no cell far, and not uphill."""

    def height(at: Floats) -> float:
        level = start + table.membership.T @ at
        return float(table.people @ np.logaddexp(0, level) - at @ target)

    here = height(added)
    farthest = np.abs(table.membership.T @ step).max()
    size = min(1.0, FARTHEST_LOGIT / farthest) if farthest > 0 else 1.0
    while size > SMALLEST_SHARE and height(added + size * step) > here + 1e-12 * abs(here):
        size /= 2
    return size


def _draws_of_shares(
    table: _Table, pattern: Pattern, spread: Spread, multipliers: Floats
) -> Floats:
    """The share of each area in each draw (draws, areas)."""
    generator = np.random.default_rng(spread.seed)
    cells_an_area = len(table.people) // table.shape[0]
    slope = np.repeat(_above_middle(table.decile), cells_an_area)
    living = table.by_area(table.people)
    authorities = len(table.local_share)
    total = table.target[:authorities].sum()
    shares = np.empty((spread.draws, table.shape[0]))
    for draw in range(spread.draws):
        deviation = spread.area_logit_standard_deviation * generator.standard_normal(len(living))
        cell = pattern.share_logit_standard_error * generator.standard_normal(cells_an_area)
        tilt = pattern.decile_standard_error * generator.standard_normal()
        start = (
            table.start
            + np.repeat(deviation, cells_an_area)
            + np.tile(cell, table.shape[0])
            + tilt * slope
        )
        noise = table.local_logit_error * generator.standard_normal(authorities)
        local = expit(logit(table.local_share) + noise) * table.in_authority
        target = np.concatenate([local, table.target[authorities:] * (local.sum() / total)])
        inactive, _ = _raked(table, start, target, multipliers)
        shares[draw] = table.by_area(inactive) / living
    return shares
