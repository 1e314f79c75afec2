"""Falls of older people: what lost activity costs, what programmes prevent, and what that is worth.

It is about groups of people, never about one (NICE NG249, 1.1.1), and what it shows carries a
range. It starts from what Public Health England published in 2021, and is not its model: what does
not reproduce is in `fitting.reproduced` and in docs/methods/falls.md.
"""

from hereabouts.methods.falls.counts import FallCounts, NotOverdispersed, fitted_counts
from hereabouts.methods.falls.effects import (
    Fewer,
    constant,
    effective_years,
    exponential_waning,
    fewer_events,
    linear_waning,
)
from hereabouts.methods.falls.evidence import EFFECTS, ENGLAND_2020, RETURNS_2018, Effect
from hereabouts.methods.falls.fitting import (
    Compared,
    PublishedFiguresDisagree,
    ResponseOutOfReach,
    fitted_response,
    linear_scenario,
    reproduced,
)
from hereabouts.methods.falls.model import (
    Expected,
    Minutes,
    Rates,
    Response,
    expected,
    potential_impact_fraction,
    split_by_sex_and_age,
)
from hereabouts.methods.falls.projection import (
    AreaRanges,
    Projection,
    UncertainRates,
    project,
)
from hereabouts.methods.falls.returns import (
    Economics,
    Programme,
    Return,
    Swing,
    net_benefit_difference,
    return_on_investment,
    societal_from_financial,
)
from hereabouts.methods.falls.uncertainty import Beta, Gamma, Lognormal, Range, Sampling, range_of

__all__ = [
    "EFFECTS",
    "ENGLAND_2020",
    "RETURNS_2018",
    "AreaRanges",
    "Beta",
    "Compared",
    "Economics",
    "Effect",
    "Expected",
    "FallCounts",
    "Fewer",
    "Gamma",
    "Lognormal",
    "Minutes",
    "NotOverdispersed",
    "Programme",
    "Projection",
    "PublishedFiguresDisagree",
    "Range",
    "Rates",
    "Response",
    "ResponseOutOfReach",
    "Return",
    "Sampling",
    "Swing",
    "UncertainRates",
    "constant",
    "effective_years",
    "expected",
    "exponential_waning",
    "fewer_events",
    "fitted_counts",
    "fitted_response",
    "linear_scenario",
    "linear_waning",
    "net_benefit_difference",
    "potential_impact_fraction",
    "project",
    "range_of",
    "reproduced",
    "return_on_investment",
    "societal_from_financial",
    "split_by_sex_and_age",
]
