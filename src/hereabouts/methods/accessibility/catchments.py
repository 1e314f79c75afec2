"""Places shared out among the people who can reach them: floating catchment areas."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hereabouts.methods.accessibility.decay import Decay
from hereabouts.methods.accessibility.pairs import Reach, amounts, summed

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """How far the places go round.

    `places_per_person` is for each area, 0 where nothing is in reach. `places_per_demand` is for
    each site: its places for each person who can reach it, as weighted; 0 where nobody can.
    `demand` is that weighted number of people. Places that nobody can reach are `places_unused`,
    so that `people @ places_per_person` is all places less those. `people_unreached` is the people
    of areas that reach no place at all.
    """

    places_per_person: Floats
    places_per_demand: Floats
    demand: Floats
    places_unused: float
    people_unreached: float


def two_step(*, people: ArrayLike, places: ArrayLike, reach: Reach, decay: Decay) -> Access:
    """2SFCA with a decay that is all or nothing (`within`), E2SFCA with any other.

    With people P (areas), places S (sites) and weights W = decay(cost)::

        R_j = S_j / Σ_k P_k W_kj        places for each person who can come, at site j
        A_i = Σ_j R_j W_ij              places for each person of area i

    A journey as long as the decay's limit is within it (PySAL's `access` leaves some of them out).
    `reach` must go at least as far as the decay. Raises ValueError for amounts that are not one
    number of 0 or more for each area or site.
    Source: Luo and Wang (2003); Luo and Qi (2009).

    >>> from hereabouts.methods.accessibility import gravity, reach_by_cost
    >>> minutes = [[1, 80, 20], [80, 1, 20], [40, 40, 1]]
    >>> access = two_step(
    ...     people=[100, 50, 10],
    ...     places=[15, 20, 100],
    ...     reach=reach_by_cost(minutes, upto=61),
    ...     decay=gravity(upto=61),
    ... )
    >>> access.places_per_person.round(6).tolist()
    [0.43534, 0.683724, 5.727977]
    """
    _goes_far_enough(reach, decay)
    return _shared(people=people, places=places, reach=reach, weight=decay(reach.cost))


def three_step(
    *,
    people: ArrayLike,
    places: ArrayLike,
    reach: Reach,
    decay: Decay,
    choice: Decay | None = None,
) -> Access:
    """3SFCA: each person's demand is first divided among the sites they would choose.

    With choice weights C (the decay itself unless `choice` is given)::

        G_ij = C_ij / Σ_k C_ik
        R_j  = S_j / Σ_k G_kj P_k W_kj
        A_i  = Σ_j G_ij R_j W_ij

    Without `choice` only sites in the catchment share a person's choice, as in the paper. PySAL
    divides by the whole row: make `reach` without a limit, and give as `choice` the same formula
    without one. Errors as `two_step`.
    Source: Wan, Zou and Sternberg (2012).

    >>> from hereabouts.methods.accessibility import gravity, reach_by_cost
    >>> minutes = [[1, 80, 20], [80, 1, 20], [40, 40, 1]]
    >>> access = three_step(
    ...     people=[100, 50, 10],
    ...     places=[15, 20, 100],
    ...     reach=reach_by_cost(minutes),
    ...     decay=gravity(upto=61),
    ... )
    >>> access.places_per_person.round(6).tolist()
    [0.174087, 0.424046, 9.638898]
    """
    _goes_far_enough(reach, decay)
    weight = decay(reach.cost)
    if choice is None:
        chosen = weight
    else:
        _goes_far_enough(reach, choice)
        chosen = choice(reach.cost)
    of_area = summed(reach.area, chosen, reach.areas)[reach.area]
    share = np.divide(chosen, of_area, out=np.zeros(len(reach)), where=of_area > 0)
    return _shared(people=people, places=places, reach=reach, weight=share * weight)


def _shared(*, people: ArrayLike, places: ArrayLike, reach: Reach, weight: Floats) -> Access:
    heads = amounts(people, name="People", count=reach.areas)
    supply = amounts(places, name="Places", count=reach.sites)
    demand = summed(reach.site, heads[reach.area] * weight, reach.sites)
    ratio = np.divide(supply, demand, out=np.zeros(reach.sites), where=demand > 0)
    per_person = summed(reach.area, ratio[reach.site] * weight, reach.areas)
    return Access(
        places_per_person=per_person,
        places_per_demand=ratio,
        demand=demand,
        places_unused=float(supply[demand == 0].sum()),
        people_unreached=float(heads[per_person == 0].sum()),
    )


def _goes_far_enough(reach: Reach, decay: Decay) -> None:
    if decay.upto > reach.upto:
        raise ValueError(
            f"The decay goes to {decay.upto:g}, but the pairs only to {reach.upto:g}: "
            "find the pairs again with a limit as far."
        )
