"""What programmes against falls cost and give back: published returns, and a loop over draws."""

import math

import numpy as np
import pytest

from hereabouts.methods import falls
from hereabouts.methods.falls import (
    EFFECTS,
    RETURNS_2018,
    Beta,
    Economics,
    Effect,
    Gamma,
    Lognormal,
    Programme,
    net_benefit_difference,
    return_on_investment,
    societal_from_financial,
)
from hereabouts.methods.falls.evidence import FALLS_PER_PERSON_WHO_FALLS, PREVALENCE
from tests.methods.falls import FEW


def programme(**changes: object) -> Programme:
    """Otago for a group of a thousand, unless said otherwise."""
    settings: dict[str, object] = {
        "name": "Otago",
        "effect": EFFECTS["otago"],
        "people": np.full((2, 5), 100.0),
        "cost_pounds": Gamma(mean=300, variation=0.15),
        "uptake": Beta(mean=0.5, effective_sample=100),
        "completion": Beta(mean=0.8, effective_sample=100),
    }
    return Programme(**{**settings, **changes})  # type: ignore[arg-type]


def known(**changes: object) -> tuple[Programme, Economics]:
    """A programme and its worth with next to nothing uncertain."""
    settings: dict[str, object] = {
        "effect": Effect(key="sure", name="sure", ratio=0.65, low=0.65, high=0.65, source="x"),
        "cost_pounds": Gamma(mean=300, variation=0),
        "uptake": Beta(mean=0.5, effective_sample=1e9),
        "completion": Beta(mean=0.8, effective_sample=1e9),
        "multiple": 2.0,
        "retained": (1.0, 0.5),
    }
    economics = Economics(
        cost_per_fall_pounds=Gamma(mean=831, variation=0),
        qalys_per_fall=Gamma(mean=0.016, variation=0),
        falls_per_person=Lognormal(median=1.77, log_standard_error=0),
        prevalence_sample=1e9,
    )
    return programme(**{**settings, **changes}), economics


@pytest.mark.parametrize(
    ("key", "societal", "within"),
    [("fame", 2.29, 0.02), ("tai_chi", 1.97, 0.02), ("home_hazards", 7.34, 0.03)],
)
def test_otagos_published_returns_foretell_the_others(
    key: str, societal: float, within: float
) -> None:
    otago = RETURNS_2018["otago"]
    ratio = otago.societal / otago.financial - 1

    found = societal_from_financial(
        financial=RETURNS_2018[key].financial, qaly_worth_to_saving=ratio
    )

    assert found == pytest.approx(societal, abs=within)
    assert found == pytest.approx(RETURNS_2018[key].societal, abs=within)
    # What 831 pounds a fall and 60,000 a QALY then make of a fall.
    assert ratio * 831 / 60_000 == pytest.approx(0.0182, abs=5e-5)


def test_a_return_without_uncertainty_is_the_arithmetic() -> None:
    otago, economics = known()

    found = return_on_investment(programme=otago, economics=economics, sampling=FEW)

    rate = 100 * PREVALENCE.sum() * FALLS_PER_PERSON_WHO_FALLS * 2
    prevented = 0.5 * 0.8 * rate * (1 - 0.65) * (1 + 0.5 / 1.035)
    cost = 1000 * 0.5 * 300
    assert found.falls_prevented.mean == pytest.approx(prevented, rel=1e-4)
    assert found.cost_pounds.mean == pytest.approx(cost, rel=1e-4)
    assert found.qalys.mean == pytest.approx(prevented * 0.016, rel=1e-4)
    assert found.financial.mean == pytest.approx(prevented * 831 / cost, rel=1e-4)
    assert found.societal.mean == pytest.approx(prevented * (831 + 0.016 * 70_000) / cost, rel=1e-4)
    assert found.net_societal_pounds.mean == pytest.approx(
        prevented * (831 + 0.016 * 70_000) - cost, rel=1e-3
    )
    assert found.societal.low == pytest.approx(found.societal.high, rel=1e-3)


def test_the_ratio_of_societal_to_financial_is_one_for_all_programmes() -> None:
    ratios = []
    for key, price in [("otago", 300.0), ("fame", 250.0), ("tai_chi", 90.0)]:
        effect = EFFECTS[key]
        sure = Effect(
            key=key, name=key, ratio=effect.ratio, low=effect.ratio, high=effect.ratio, source="x"
        )
        option, economics = known(effect=sure, cost_pounds=Gamma(mean=price, variation=0))
        found = return_on_investment(programme=option, economics=economics, sampling=FEW)
        ratios.append(found.societal.mean / found.financial.mean)

    assert ratios == pytest.approx([1 + 0.016 * 70_000 / 831] * 3)


def test_draws_equal_a_loop_over_them() -> None:
    otago, economics = programme(multiple=1.5, retained=(1.0, 0.5)), Economics()

    found = return_on_investment(programme=otago, economics=economics, sampling=FEW)

    drawn = falls.returns._drawn(otago, economics, FEW, otago.effect)
    financial = []
    for draw in range(FEW.draws):
        falling = sum(
            100.0 * drawn.prevalence[draw, sex, band] for sex in range(2) for band in range(5)
        )
        rate = falling * drawn.falls_per_person[draw] * 1.5
        reached = drawn.uptake[draw] * drawn.completion[draw]
        prevented = reached * rate * (1 - drawn.ratio[draw]) * (1 + 0.5 / 1.035)
        cost = 1000 * drawn.uptake[draw] * drawn.programme_cost[draw]
        financial.append(prevented * drawn.cost_per_fall[draw] / cost)
    assert found.financial.mean == pytest.approx(np.mean(financial))
    assert found.financial.low == pytest.approx(np.quantile(financial, 0.025))
    assert found.chance_financial_above_one == pytest.approx(np.mean(np.array(financial) > 1))


def test_dearer_means_less_back_and_higher_rates_more() -> None:
    usual = return_on_investment(programme=programme(), sampling=FEW)
    dearer = return_on_investment(
        programme=programme(cost_pounds=Gamma(mean=600, variation=0.15)), sampling=FEW
    )
    twice = return_on_investment(programme=programme(multiple=2), sampling=FEW)

    # Equal names have equal draws, so that halves and doubles are exact.
    assert dearer.societal.mean == pytest.approx(usual.societal.mean / 2)
    assert twice.societal.high == pytest.approx(usual.societal.high * 2)


def test_the_counter_evidence_always_stands_beside_the_return() -> None:
    found = return_on_investment(programme=programme())

    # A ratio of 1.20 (0.91 to 1.59): falls caused, not prevented, with some doubt.
    assert found.if_counter_evidence.mean < 0 < found.if_counter_evidence.high


def test_the_tornado_is_sorted_and_holds_each_number_once() -> None:
    found = return_on_investment(programme=programme(), sampling=FEW)

    widths = [swing.width for swing in found.tornado]
    assert widths == sorted(widths, reverse=True)
    assert len({swing.name for swing in found.tornado}) == 7
    cost = next(swing for swing in found.tornado if swing.name == "Cost of a place")
    assert cost.at_low > cost.at_high


def test_options_are_compared_draw_by_draw() -> None:
    otago = programme()
    dearer = programme(cost_pounds=Gamma(mean=400, variation=0.15))

    same = net_benefit_difference(option=otago, other=otago, sampling=FEW)
    difference = net_benefit_difference(option=otago, other=dearer, sampling=FEW)

    assert (same.low, same.high) == (0, 0)
    assert difference.mean == pytest.approx(1000 * 0.5 * 100, rel=0.01)
    # All but the cost is shared, and cancels.
    assert difference.low > 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"people": np.zeros((2, 5))}, "invites one group"),
        ({"people": np.ones((3, 2, 5))}, "invites one group"),
        ({"people": np.full((2, 5), np.nan)}, "none may be missing"),
        ({"multiple": 0}, "multiple of the usual rate"),
        ({"multiple": math.nan}, "multiple of the usual rate"),
        ({"effect": EFFECTS["prefit"]}, "is about fractures"),
    ],
)
def test_a_programme_that_cannot_be_is_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        programme(**changes)


def test_a_qaly_is_not_worth_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="QALY"):
        Economics(pounds_per_qaly=-1)
