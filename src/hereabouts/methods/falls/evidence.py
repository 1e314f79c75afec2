"""The published numbers that the falls model stands on, and where each comes from.

`standing` says how firm a number is: "read" in a public page, "derived" from read ones, "known" but
not read again for this project, or "unsure": call it an assumption before a person sees it.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hereabouts.methods.falls.uncertainty import (
    Gamma,
    Lognormal,
    standard_error_of_logarithm,
)

Floats = NDArray[np.float64]
Standing = Literal["read", "derived", "known", "unsure"]
Outcome = Literal[
    "falls", "people who fall", "fractures", "injurious falls", "falls needing medical attention"
]


def _fixed(rows: list[list[float]]) -> Floats:
    table = np.array(rows, dtype=float)
    table.flags.writeable = False
    return table


SEXES = ("male", "female")
BANDS = ("65-69", "70-74", "75-79", "80-84", "85+")
CELLS = (len(SEXES), len(BANDS))

# People with one fall or more in 12 months, by sex and age: POPPI, from the Health Survey for
# England 2005, volume 2. Known; it gives 2.78 million for 2020, within 1.3 % of what the 2021
# report implies.
PREVALENCE = _fixed([[0.18, 0.20, 0.19, 0.31, 0.43], [0.23, 0.27, 0.27, 0.34, 0.43]])
# Derived from the 2021 report's numbers of falls and of people who fall: one figure for both sexes.
FALLS_PER_PERSON_WHO_FALLS = 1.77
# £211 million over 254,000 falls; 2020/21 prices, spread over two and a half years. Derived.
COST_PER_FALL_POUNDS = 831.0
# How far these are known: by the specification of the analysis, not measured. QALYs lost by a fall
# span 0.010 to 0.022, derived from the 2018 tool's returns and from Sach and others (2012).
PREVALENCE_SAMPLE = 500
UNCERTAIN_FALLS_PER_PERSON = Lognormal(median=FALLS_PER_PERSON_WHO_FALLS, log_standard_error=0.05)
UNCERTAIN_COST_PER_FALL = Gamma(mean=COST_PER_FALL_POUNDS, variation=0.25)
UNCERTAIN_QALYS_PER_FALL = Gamma(mean=0.016, variation=0.19)
# 255,000 emergency admissions over 4.92 million falls. Derived; the report says "around 5 %".
ADMISSIONS_PER_FALL = 0.052

# United Kingdom 2020 by sex and age, UN World Population Prospects 2019: only its shape is used.
UNITED_KINGDOM_2020 = _fixed(
    [
        [1_647_391, 1_624_635, 1_137_438, 766_956, 646_155],
        [1_734_370, 1_763_853, 1_304_709, 969_611, 1_067_894],
    ]
)
ENGLAND_2020_PEOPLE = 10_460_000
ENGLAND_2020 = _fixed(
    (UNITED_KINGDOM_2020 * (ENGLAND_2020_PEOPLE / UNITED_KINGDOM_2020.sum())).tolist()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rounded:
    """A published figure and the step that it was rounded to."""

    value: float
    step: float

    @property
    def low(self) -> float:
        """The least that rounds to it."""
        return self.value - self.step / 2

    @property
    def high(self) -> float:
        """The most that rounds to it."""
        return self.value + self.step / 2

    def agrees(self, value: float) -> bool:
        """Would `value` be rounded to the published figure?"""
        return self.low <= value <= self.high


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """What was published of one response: how many more in a year, and how much more as a share."""

    more: Rounded
    share: Rounded


# Public Health England, August 2021, "Wider impacts of COVID-19 on physical activity,
# deconditioning and falls in older adults": strength and balance minutes a week, England 65+,
# mid-March to mid-May 2019 and 2020, and what a year at the lower level would bring. Read.
MINUTES_2019, MINUTES_2020 = 126.0, 77.0
PEOPLE_WHO_FALL_2021 = Published(
    more=Rounded(value=110_000, step=1_000), share=Rounded(value=0.039, step=0.001)
)
FALLS_2021 = (
    Published(more=Rounded(value=124_000, step=1_000), share=Rounded(value=0.063, step=0.001)),
    Published(more=Rounded(value=130_000, step=1_000), share=Rounded(value=0.044, step=0.001)),
)
COST_2021_POUNDS = Rounded(value=211e6, step=1e6)
# The report's scenario: a tenth more minutes for all than in 2020, and this many fewer falls in
# men. No response in mean minutes tried here gives it: see `reproduction.reproduced`.
SCENARIO_MORE_MINUTES = 0.10
SCENARIO_FEWER_FALLS_MALE = Rounded(value=9_339, step=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """A programme's effect on an outcome in a trial or review: a rate ratio and its 95 % interval.

    `ratio` is events a person-year with the programme over events without it.
    """

    key: str
    name: str
    ratio: float
    low: float
    high: float
    source: str
    standing: Standing = "read"
    outcome: Outcome = "falls"

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.ratio <= self.high < np.inf:
            raise ValueError(
                f"A rate ratio lies above 0 and within its interval, not {self.ratio} "
                f"({self.low} to {self.high})."
            )

    @property
    def uncertainty(self) -> Lognormal:
        """The ratio as a distribution: its median, and the width of its interval on the log scale.

        Where a published interval is not symmetric on that scale (Thomas 2010, the fractures of
        El-Khoury 2013) the drawn one is shifted by about 2 %.
        """
        return Lognormal(
            median=self.ratio,
            log_standard_error=standard_error_of_logarithm(low=self.low, high=self.high),
        )


_COCHRANE_2019 = "Sherrington and others, Cochrane Review CD012424.pub2 (2019)"
_COCHRANE_2023 = "Clemson and others, Cochrane Review CD013258.pub2 (2023)"
_EL_KHOURY = "El-Khoury and others, BMJ 347:f6234 (2013)"

EFFECTS = {
    effect.key: effect
    for effect in (
        Effect(
            key="exercise",
            name="Exercise, all types",
            ratio=0.77,
            low=0.71,
            high=0.83,
            source=_COCHRANE_2019,
        ),
        Effect(
            key="balance",
            name="Balance and functional exercise",
            ratio=0.76,
            low=0.70,
            high=0.81,
            source=_COCHRANE_2019,
        ),
        Effect(
            key="multiple",
            name="Balance, functional and resistance exercise",
            ratio=0.66,
            low=0.50,
            high=0.88,
            source=_COCHRANE_2019,
        ),
        Effect(
            key="tai_chi",
            name="Tai Chi",
            ratio=0.81,
            low=0.67,
            high=0.99,
            source=f"{_COCHRANE_2019}; low certainty",
        ),
        Effect(
            key="fame",
            name="FaME, people with fewer than three falls a year",
            ratio=0.74,
            low=0.55,
            high=0.99,
            source="ProAct65+, Iliffe and others, Br J Gen Pract 65:e731 (2015)",
        ),
        Effect(
            key="fame_frequent",
            name="FaME, people with three falls a year or more",
            ratio=0.69,
            low=0.50,
            high=0.96,
            source="Skelton and others, Age Ageing 34:636 (2005)",
            standing="known",
        ),
        Effect(
            key="otago",
            name="Otago, four trials pooled",
            ratio=0.65,
            low=0.57,
            high=0.75,
            source="Robertson and others, J Am Geriatr Soc 50:905 (2002)",
            standing="known",
        ),
        Effect(
            key="otago_2010",
            name="Otago, meta-analysis",
            ratio=0.68,
            low=0.56,
            high=0.79,
            source="Thomas and others, Age Ageing 39:681 (2010)",
            standing="known",
        ),
        Effect(
            key="otago_proact",
            name="Otago in ProAct65+, not significant",
            ratio=0.76,
            low=0.53,
            high=1.09,
            source="ProAct65+",
            standing="unsure",
        ),
        Effect(
            key="home_hazards",
            name="Home hazards, all",
            ratio=0.74,
            low=0.61,
            high=0.91,
            source=_COCHRANE_2023,
        ),
        Effect(
            key="home_hazards_selected",
            name="Home hazards, people chosen for higher risk",
            ratio=0.62,
            low=0.56,
            high=0.70,
            source=_COCHRANE_2023,
        ),
        Effect(
            key="home_hazards_not_selected",
            name="Home hazards, people not chosen",
            ratio=1.05,
            low=0.96,
            high=1.16,
            source=_COCHRANE_2023,
        ),
        Effect(
            key="injurious",
            name="Exercise: injurious falls",
            ratio=0.63,
            low=0.51,
            high=0.77,
            source=_EL_KHOURY,
            outcome="injurious falls",
        ),
        Effect(
            key="medical_care",
            name="Exercise: falls needing medical care",
            ratio=0.70,
            low=0.54,
            high=0.92,
            source=_EL_KHOURY,
            outcome="falls needing medical attention",
        ),
        Effect(
            key="fractures",
            name="Exercise: falls with a fracture",
            ratio=0.39,
            low=0.22,
            high=0.66,
            source=_EL_KHOURY,
            outcome="fractures",
        ),
        Effect(
            key="exercise_people",
            name="Exercise, all types: people who fall",
            ratio=0.85,
            low=0.81,
            high=0.89,
            source=_COCHRANE_2019,
            outcome="people who fall",
        ),
        Effect(
            key="balance_people",
            name="Balance and functional exercise: people who fall",
            ratio=0.87,
            low=0.82,
            high=0.91,
            source=_COCHRANE_2019,
            standing="known",
            outcome="people who fall",
        ),
        Effect(
            key="multiple_people",
            name="Balance, functional and resistance exercise: people who fall",
            ratio=0.78,
            low=0.64,
            high=0.96,
            source=_COCHRANE_2019,
            standing="known",
            outcome="people who fall",
        ),
        Effect(
            key="tai_chi_people",
            name="Tai Chi: people who fall",
            ratio=0.80,
            low=0.70,
            high=0.91,
            source=_COCHRANE_2019,
            standing="known",
            outcome="people who fall",
        ),
        Effect(
            key="exercise_fractures",
            name="Exercise, all types: fractures from falls",
            ratio=0.73,
            low=0.56,
            high=0.95,
            source=_COCHRANE_2019,
            standing="known",
            outcome="fractures",
        ),
        Effect(
            key="exercise_medical",
            name="Exercise, all types: falls needing medical attention",
            ratio=0.61,
            low=0.47,
            high=0.79,
            source=_COCHRANE_2019,
            standing="known",
            outcome="falls needing medical attention",
        ),
        Effect(
            key="severe",
            name="Exercise: severe falls",
            ratio=0.57,
            low=0.36,
            high=0.90,
            source=_EL_KHOURY,
            outcome="injurious falls",
        ),
        Effect(
            key="prefit",
            name="PreFIT, screened and offered exercise, against advice",
            ratio=1.20,
            low=0.91,
            high=1.59,
            source="Lamb and others, N Engl J Med 383:1848 (2020); PMC8200932",
            outcome="fractures",
        ),
    )
}
# Every return is shown beside what it would be had the programme done as badly as this trial.
COUNTER_EVIDENCE = EFFECTS["prefit"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedReturn:
    """Pounds back for £1 in the 2018 return-on-investment tool: to services, and to society."""

    financial: float
    societal: float


# Public Health England 2018 (York Health Economics Consortium). Known.
RETURNS_2018 = {
    "otago": PublishedReturn(financial=0.95, societal=2.20),
    "fame": PublishedReturn(financial=0.99, societal=2.28),
    "tai_chi": PublishedReturn(financial=0.85, societal=1.97),
    "home_hazards": PublishedReturn(financial=3.17, societal=7.34),
}
