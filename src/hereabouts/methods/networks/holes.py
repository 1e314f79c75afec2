"""Structural holes: whose contacts do not know each other, and who lies between.

A member whose contacts are not tied to each other can carry news and people across; a member whose
contacts all know each other is told everything twice. These describe a position in the network as
it was told to us. They are not marks for people.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from hereabouts.methods.networks.checks import Bools, Floats, Integers, as_mutual, as_ties
from hereabouts.methods.networks.shortest import passed


@dataclass(frozen=True, kw_only=True, slots=True)
class StructuralHoles:
    """Of each member: how many contacts, how constrained, how many of the contacts count anew.

    `constraint`, `effective_size` and `efficiency` are NaN for a member without contacts: there is
    nothing to describe.
    """

    contacts: Integers
    constraint: Floats
    effective_size: Floats
    efficiency: Floats


def structural_holes(*, ties: ArrayLike) -> StructuralHoles:
    """Burt's constraint, effective size and efficiency of every member.

    With z_ij the tie from i to j plus the tie from j to i, and p_ij = z_ij ÷ Σ_k z_ik:

    - constraint c_i = Σ_j (p_ij + Σ_q p_iq p_qj)², over the contacts j of i and all q: high where
      time and energy go to contacts who are tied to each other;
    - effective size e_i = Σ_j (1 − Σ_q p_iq m_jq), m_jq = z_jq ÷ max_k z_jk: contacts less what
      they repeat. Where all ties are alike this is n − 2t ÷ n, with t ties among n contacts;
    - efficiency = e_i ÷ number of contacts.

    The shares p_qj of a contact q are of all of q's ties, not only of those to contacts of i.
    Shapes: members × members in, one-way ties allowed; one figure a member out. Doubling all
    strengths changes nothing. Errors: ties that are negative, missing or to oneself.
    Sources: Burt, "Structural Holes" (1992) ch. 2; Borgatti, "Structural holes: unpacking Burt's
    redundancy measures", Connections 20 (1997) 35–38.

    >>> answer = structural_holes(ties=[[0, 1, 1], [1, 0, 0], [1, 0, 0]])  # one between two
    >>> answer.constraint.tolist(), answer.effective_size.tolist()
    ([0.5, 1.0, 1.0], [2.0, 1.0, 1.0])
    """
    strength = as_ties(ties)
    # Only ratios count: this keeps very strong ties from overflowing.
    scaled = strength / max(strength.max(), np.finfo(np.float64).tiny)
    both = scaled + scaled.T
    is_contact = both > 0
    contacts = is_contact.sum(axis=1)
    has_any = contacts > 0
    share = _divided(both, both.sum(axis=1), has_any)
    beside = _divided(both, both.max(axis=1), has_any)

    invested = share + share @ share
    constraint = (np.where(is_contact, invested, 0) ** 2).sum(axis=1)
    repeated = np.where(is_contact, share @ beside.T, 0).sum(axis=1)
    effective = np.where(has_any, contacts - repeated, np.nan)
    return StructuralHoles(
        contacts=contacts.astype(np.int64),
        constraint=np.where(has_any, constraint, np.nan),
        effective_size=effective,
        efficiency=effective / np.where(has_any, contacts, 1),
    )


def brokerage(*, ties: ArrayLike) -> Floats:
    """How many pairs each member lies between on the shortest paths of ties, such as a backbone.

    b(v) = Σ over pairs s, t of (shortest paths through v) ÷ (all shortest paths); each pair counts
    once, a tie of any strength is one step, and pairs without a way between them add nothing.
    Shapes: members × members in, every tie both ways; one figure a member out.
    Errors: as `structural_holes`, and ties that go one way only.
    Source: Freeman, "A set of measures of centrality based on betweenness", Sociometry 40 (1977)
    35–41; Brandes (2001), see `shortest`.

    >>> brokerage(ties=[[0, 1, 0], [1, 0, 1], [0, 1, 0]]).tolist()
    [0.0, 1.0, 0.0]
    """
    is_tied = as_mutual(ties) > 0
    into = [sparse.csr_array(is_tied.astype(np.float64))]
    everybody = np.arange(len(is_tied))
    return passed(into, side=0, starts=everybody, weight=np.ones(len(is_tied)))[0] / 2


def _divided(table: Floats, by: Floats, where: Bools) -> Floats:
    """Each row divided by its own figure; 0 in rows that have none."""
    answer: Floats = np.divide(table, by[:, None], out=np.zeros_like(table), where=where[:, None])
    return answer
