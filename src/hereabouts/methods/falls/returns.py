"""Return on investment of a falls programme: pounds back for each pound, always with a range."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hereabouts.methods.falls.effects import DISCOUNT_RATE, constant, effective_years
from hereabouts.methods.falls.evidence import (
    COUNTER_EVIDENCE,
    PREVALENCE,
    PREVALENCE_SAMPLE,
    UNCERTAIN_COST_PER_FALL,
    UNCERTAIN_FALLS_PER_PERSON,
    UNCERTAIN_QALYS_PER_FALL,
    Effect,
)
from hereabouts.methods.falls.model import people_by_cell
from hereabouts.methods.falls.projection import drawn_prevalence
from hereabouts.methods.falls.uncertainty import (
    Beta,
    Gamma,
    Lognormal,
    Range,
    Sampling,
    range_of,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Programme:
    """A programme, the group that it invites, and what it costs.

    `people` invited by sex and age (2 x 5); they fall `multiple` times as often as people of their
    sex and age (1 for anybody; more for a group that has fallen before). `uptake` is the share of
    the invited who start, `completion` that of starters who stay; only these are counted to
    benefit, which is cautious, for trials count all who start. Each starter costs
    `cost_pounds`. `retained` is the share of the effect left in each year, from `effects`.
    """

    name: str
    effect: Effect
    people: ArrayLike
    cost_pounds: Gamma
    uptake: Beta
    completion: Beta
    multiple: float = 1.0
    retained: tuple[float, ...] = constant(years=1)

    def __post_init__(self) -> None:
        people = people_by_cell(self.people)
        if people.ndim != 2 or people.sum() <= 0:
            raise ValueError("A programme invites one group with somebody in it (2 x 5).")
        if not (np.isfinite(self.multiple) and self.multiple > 0):
            raise ValueError(f"The multiple of the usual rate is above 0, not {self.multiple}.")
        if self.effect.outcome != "falls":
            raise ValueError(
                f"'{self.effect.name}' is about {self.effect.outcome}: "
                "what is counted and paid for here are falls."
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Economics:
    """What a prevented fall is worth, and how later years count.

    `qalys_per_fall` spans 0.010 to 0.022 (derived). A QALY is worth £70,000 to society by default;
    £60,000 in the 2018 tool. Costs and QALYs are discounted at 3.5 % a year.
    """

    cost_per_fall_pounds: Gamma = UNCERTAIN_COST_PER_FALL
    qalys_per_fall: Gamma = UNCERTAIN_QALYS_PER_FALL
    pounds_per_qaly: float = 70_000
    discount_rate: float = DISCOUNT_RATE
    prevalence: Floats = field(default_factory=lambda: PREVALENCE)
    prevalence_sample: float = PREVALENCE_SAMPLE
    falls_per_person: Lognormal = UNCERTAIN_FALLS_PER_PERSON

    def __post_init__(self) -> None:
        if not (np.isfinite(self.pounds_per_qaly) and self.pounds_per_qaly >= 0):
            raise ValueError(f"A QALY is worth £0 or more, not {self.pounds_per_qaly}.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Swing:
    """The societal return with one number at its low and its high end, the others at their mean."""

    name: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far the return moves."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, kw_only=True, slots=True)
class Return:
    """What a programme gives back: every figure a range.

    Returns are pounds back for £1: `financial` to services, `societal` with the worth of QALYs.
    `net_…` are benefit minus cost in pounds. `chance_…` are shares of draws above £1 for £1.
    `if_counter_evidence` is the societal return had the ratio been that of PreFIT, where offering
    exercise prevented no fractures (1.20, 0.91 to 1.59): show it beside the other. `tornado` is
    what moves the societal return most, first.
    """

    falls_prevented: Range
    qalys: Range
    saving_pounds: Range
    cost_pounds: Range
    financial: Range
    societal: Range
    net_financial_pounds: Range
    net_societal_pounds: Range
    chance_financial_above_one: float
    chance_societal_above_one: float
    if_counter_evidence: Range
    tornado: tuple[Swing, ...]
    sampling: Sampling


@dataclass(frozen=True, kw_only=True, slots=True)
class _Numbers:
    """Each uncertain number as one value or as draws."""

    prevalence: Floats
    falls_per_person: Floats
    ratio: Floats
    uptake: Floats
    completion: Floats
    programme_cost: Floats
    cost_per_fall: Floats
    qalys_per_fall: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class _Worth:
    prevented: Floats
    qalys: Floats
    saving: Floats
    cost: Floats
    benefit: Floats


def return_on_investment(
    *,
    programme: Programme,
    economics: Economics | None = None,
    sampling: Sampling | None = None,
) -> Return:
    """What a programme gives back for what it costs, over draws of all that is uncertain.

    With n people invited, u uptake, q completion, r falls a person-year without the programme
    (prevalence by sex and age x falls a person who falls x multiple), RaR the rate ratio, T the
    effective years, c and d the cost and QALYs of a fall, v pounds a QALY, k the cost a starter:

        prevented = n u q r (1 - RaR) T ,   saving = prevented c ,   cost = n u k
        financial = saving / cost ,   societal = (saving + prevented d v) / cost

    Means are means of the draws. Numbers that two programmes share (`Economics`, the prevalence,
    an equal effect) have the same draws in both. There is no point estimate without a range:
    `Sampling` refuses fewer than 2,000 draws. Raises `ValueError` as its arguments do.

    Source: the arithmetic is that of the tool by York Health Economics Consortium for Public
    Health England (2018), as far as its published returns show; the inputs are in `evidence`.

    >>> from hereabouts.methods.falls.evidence import EFFECTS
    >>> found = return_on_investment(programme=Programme(
    ...     name="Otago", effect=EFFECTS["otago"], people=np.full((2, 5), 100.0), multiple=2,
    ...     cost_pounds=Gamma(mean=300, variation=0.15),
    ...     uptake=Beta(mean=0.5, effective_sample=100),
    ...     completion=Beta(mean=0.8, effective_sample=100)))
    >>> found.societal.low < found.societal.mean < found.societal.high
    True
    >>> found.tornado[0].name
    'Cost of a place'
    """
    economics, sampling = economics or Economics(), sampling or Sampling()
    drawn = _drawn(programme, economics, sampling, programme.effect)
    worth = _worth(programme, economics, drawn)
    adverse = _worth(programme, economics, _drawn(programme, economics, sampling, COUNTER_EVIDENCE))
    financial, societal = worth.saving / worth.cost, worth.benefit / worth.cost

    def ranged(draws: Floats) -> Range:
        return range_of(draws, sampling=sampling)

    return Return(
        falls_prevented=ranged(worth.prevented),
        qalys=ranged(worth.qalys),
        saving_pounds=ranged(worth.saving),
        cost_pounds=ranged(worth.cost),
        financial=ranged(financial),
        societal=ranged(societal),
        net_financial_pounds=ranged(worth.saving - worth.cost),
        net_societal_pounds=ranged(worth.benefit - worth.cost),
        chance_financial_above_one=float((financial > 1).mean()),
        chance_societal_above_one=float((societal > 1).mean()),
        if_counter_evidence=ranged(adverse.benefit / adverse.cost),
        tornado=_tornado(programme, economics, drawn, sampling),
        sampling=sampling,
    )


def net_benefit_difference(
    *,
    option: Programme,
    other: Programme,
    economics: Economics | None = None,
    sampling: Sampling | None = None,
) -> Range:
    """How much more `option` is worth to society than `other`, in pounds, draw by draw.

    What the two share cancels, for it has the same draws in both.

    >>> from hereabouts.methods.falls.evidence import EFFECTS
    >>> otago = Programme(
    ...     name="Otago", effect=EFFECTS["otago"], people=np.full((2, 5), 100.0),
    ...     cost_pounds=Gamma(mean=300, variation=0.15),
    ...     uptake=Beta(mean=0.5, effective_sample=100),
    ...     completion=Beta(mean=0.8, effective_sample=100))
    >>> net_benefit_difference(option=otago, other=otago)
    Range(mean=0.0, low=0.0, high=0.0)
    """
    economics, sampling = economics or Economics(), sampling or Sampling()

    def net(programme: Programme) -> Floats:
        worth = _worth(
            programme, economics, _drawn(programme, economics, sampling, programme.effect)
        )
        return worth.benefit - worth.cost

    return range_of(net(option) - net(other), sampling=sampling)


def societal_from_financial(*, financial: float, qaly_worth_to_saving: float) -> float:
    """The societal return of any programme from its financial one, in this linear model.

    `qaly_worth_to_saving` is the worth of a prevented fall's QALYs over its saving, equal for every
    programme. The four returns of the 2018 tool obey it with 1.315.

    >>> round(societal_from_financial(financial=0.99, qaly_worth_to_saving=2.20 / 0.95 - 1), 2)
    2.29
    """
    return financial * (1 + qaly_worth_to_saving)


def _drawn(
    programme: Programme, economics: Economics, sampling: Sampling, effect: Effect
) -> _Numbers:
    """Draws of each number (draws,), prevalence (draws, 2, 5), in streams named after them."""
    own = f"of {programme.name}"
    return _Numbers(
        prevalence=drawn_prevalence(economics.prevalence, economics.prevalence_sample, sampling),
        falls_per_person=sampling.of(economics.falls_per_person, name="falls per person"),
        ratio=sampling.of(effect.uncertainty, name=f"effect {effect.key}"),
        uptake=sampling.of(programme.uptake, name=f"uptake {own}"),
        completion=sampling.of(programme.completion, name=f"completion {own}"),
        programme_cost=sampling.of(programme.cost_pounds, name=f"cost {own}"),
        cost_per_fall=sampling.of(economics.cost_per_fall_pounds, name="cost per fall"),
        qalys_per_fall=sampling.of(economics.qalys_per_fall, name="QALYs per fall"),
    )


def _worth(programme: Programme, economics: Economics, numbers: _Numbers) -> _Worth:
    people = people_by_cell(programme.people)
    usual = np.tensordot(numbers.prevalence, people, axes=2) * numbers.falls_per_person
    years = effective_years(retained=programme.retained, discount_rate=economics.discount_rate)
    falls = usual * programme.multiple * numbers.uptake * numbers.completion
    prevented = falls * (1 - numbers.ratio) * years
    qalys = prevented * numbers.qalys_per_fall
    saving = prevented * numbers.cost_per_fall
    return _Worth(
        prevented=prevented,
        qalys=qalys,
        saving=saving,
        cost=people.sum() * numbers.uptake * numbers.programme_cost,
        benefit=saving + qalys * economics.pounds_per_qaly,
    )


# What a reader calls each number; uptake is left out, for cost and benefit grow with it alike.
_CALLED = {
    "prevalence": "People who fall",
    "falls_per_person": "Falls of each person who falls",
    "ratio": "Falls that happen with the programme",
    "completion": "People who complete",
    "programme_cost": "Cost of a place",
    "cost_per_fall": "Cost of a fall",
    "qalys_per_fall": "QALYs lost by a fall",
}


def _tornado(
    programme: Programme, economics: Economics, drawn: _Numbers, sampling: Sampling
) -> tuple[Swing, ...]:
    """Prevalence moves in all cells together; the others one by one."""
    middle = {name: getattr(drawn, name).mean(axis=0) for name in _Numbers.__slots__}
    swings = []
    for name, called in _CALLED.items():
        ends = np.quantile(getattr(drawn, name), sampling.tails, axis=0)
        at_low, at_high = (
            _societal(programme, economics, _Numbers(**{**middle, name: end})) for end in ends
        )
        swings.append(Swing(name=called, at_low=at_low, at_high=at_high))
    return tuple(sorted(swings, key=lambda swing: -swing.width))


def _societal(programme: Programme, economics: Economics, numbers: _Numbers) -> float:
    worth = _worth(programme, economics, numbers)
    return float(worth.benefit / worth.cost)
