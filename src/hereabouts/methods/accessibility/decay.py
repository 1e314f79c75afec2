"""How much a journey counts the longer it is: decays as values.

A decay is built by a function and called with costs (kilometres or minutes): it gives weights of 0
or more, and 0 beyond `upto`. The limit itself is within.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decay:
    """A weight for each cost; see the functions of this module, or bring a formula of your own.

    `formula` is called only with costs no greater than `upto`, and must give weights of 0 or more.
    """

    formula: Callable[[Floats], Floats]
    upto: float

    def __call__(self, costs: ArrayLike) -> Floats:
        values = np.asarray(costs, dtype=float)
        is_within = values <= self.upto
        if is_within.all():
            return self._weights(values)
        weights = np.zeros(values.shape)
        weights[is_within] = self._weights(values[is_within])
        return weights

    def _weights(self, costs: Floats) -> Floats:
        weights = self.formula(costs)
        if not (np.isfinite(weights).all() and (weights >= 0).all()):
            raise ValueError("A decay must give finite weights of 0 or more.")
        return weights


def within(upto: float) -> Decay:
    """Everything up to the limit counts fully: the decay of plain 2SFCA.

    >>> within(5)([0, 5, 5.01]).tolist()
    [1.0, 1.0, 0.0]
    """
    return Decay(formula=np.ones_like, upto=_limit(upto))


def zones(limits: Sequence[float], weights: Sequence[float]) -> Decay:
    """A weight for each zone; a cost on the edge of two belongs to the nearer.

    >>> zones([10, 20, 30], [1, 0.68, 0.22])([10, 10.1, 30, 31]).tolist()
    [1.0, 0.68, 0.22, 0.0]
    """
    edges, steps = np.asarray(limits, dtype=float), np.asarray(weights, dtype=float)
    if edges.ndim != 1 or edges.size == 0 or edges.shape != steps.shape:
        raise ValueError("There must be one weight for each zone, and at least one zone.")
    if not ((np.diff(edges) > 0).all() and edges[0] >= 0):
        raise ValueError("The limits of zones must grow, from 0 or more.")
    if not (np.isfinite(steps).all() and (steps >= 0).all()):
        raise ValueError("The weights of zones must be finite numbers of 0 or more.")

    def formula(costs: Floats) -> Floats:
        weight = np.full(costs.shape, steps[0])
        for edge, step in zip(edges[:-1], steps[1:], strict=True):
            weight[costs > edge] = step
        return weight

    return Decay(formula=formula, upto=_limit(float(edges[-1])))


def gravity(*, power: float = 1.0, upto: float = math.inf, at_least: float = 0.0) -> Decay:
    """1 / cost to a power. Costs below `at_least` count as that much, so that none is divided by 0.

    >>> gravity(power=2, at_least=0.5)([0.1, 2]).tolist()
    [4.0, 0.25]
    """
    if not (0 < power < math.inf and 0 <= at_least < math.inf):
        raise ValueError("The power must be above 0, and the least cost 0 or more.")

    def formula(costs: Floats) -> Floats:
        floored = np.maximum(costs, at_least)
        if not floored.all():
            raise ValueError("1 / cost has no value for a cost of 0: give `at_least`.")
        weights: Floats = floored**-power
        return weights

    return Decay(formula=formula, upto=_limit(upto))


def gaussian(*, bandwidth: float, upto: float = math.inf) -> Decay:
    """The normal curve, exp(-(cost / bandwidth)² / 2): 1 at no cost.

    >>> gaussian(bandwidth=5)([0, 5]).round(4).tolist()
    [1.0, 0.6065]
    """
    if not 0 < bandwidth < math.inf:
        raise ValueError("The bandwidth must be above 0.")

    def formula(costs: Floats) -> Floats:
        weights: Floats = np.exp(-0.5 * (costs / bandwidth) ** 2)
        return weights

    return Decay(formula=formula, upto=_limit(upto))


def linear(upto: float) -> Decay:
    """A straight line from 1 at no cost to 0 at the limit.

    >>> linear(10)([0, 5, 10, 20]).tolist()
    [1.0, 0.5, 0.0, 0.0]
    """
    if not 0 < upto < math.inf:
        raise ValueError("The limit of a straight line must be above 0, and finite.")
    return Decay(formula=lambda costs: 1 - costs / upto, upto=upto)


def _limit(upto: float) -> float:
    if not upto >= 0:
        raise ValueError("The limit must be 0 or more.")
    return float(upto)


# Luo and Qi (2009), minutes by car; Wan, Zou and Sternberg (2012), minutes.
LUO_QI_SLOW = zones([10, 20, 30], [1, 0.68, 0.22])
LUO_QI_SHARP = zones([10, 20, 30], [1, 0.42, 0.09])
WAN = zones([10, 20, 30, 60], [0.962, 0.704, 0.377, 0.042])
