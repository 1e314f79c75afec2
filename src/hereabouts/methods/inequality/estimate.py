"""What every figure here carries: its interval."""

from dataclasses import dataclass

from scipy.special import ndtri


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """A figure and its interval."""

    value: float
    low: float
    high: float


def normal_quantile(level: float) -> float:
    """How many standard errors hold `level` of a normal distribution, half on each side.

    Raises `ValueError` for a level outside (0, 1).

    >>> round(normal_quantile(0.95), 2)
    1.96
    """
    if not 0 < level < 1:
        raise ValueError(f"A confidence level lies between 0 and 1, not {level}.")
    return float(ndtri((1 + level) / 2))
