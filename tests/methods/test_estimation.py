"""Modelled inactivity: margins kept, a slow twin by raking, and honest intervals."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import expit, logit

from hereabouts.methods.estimation import (
    Areas,
    DidNotConverge,
    Margins,
    MarginsDisagree,
    ModelledInactivity,
    Pattern,
    Spread,
    modelled_inactivity,
)

Floats = NDArray[np.float64]

PATTERN = Pattern(share=[[0.18, 0.22], [0.35, 0.41], [0.55, 0.6]], logit_per_decile=-0.07)
FEW = Spread(area_logit_standard_deviation=0.2, draws=200)


def some_areas(*, areas: int = 24, authorities: int = 3, seed: int = 20260501) -> Areas:
    generator = np.random.default_rng(seed)
    return Areas(
        people=generator.integers(20, 300, (areas, 3, 2)),
        decile=generator.integers(1, 11, areas),
        authority=np.arange(areas) % authorities,
    )


def slowly(areas: Areas, pattern: Pattern, margins: list[tuple[Any, Any]]) -> Floats:
    """Rake active and inactive people in turn to every margin, a great many times."""
    people = np.asarray(areas.people, dtype=float)
    middle = np.asarray(areas.decile, dtype=float) - 5.5
    inactive: Floats = people * expit(
        logit(np.asarray(pattern.share)) + pattern.logit_per_decile * middle[:, None, None]
    )
    active = people - inactive
    for _ in range(3000):
        for group, target in margins:
            living = np.bincount(group.ravel(), people.ravel())
            for table, wanted in ((inactive, target), (active, living - target)):
                table *= (wanted / np.bincount(group.ravel(), table.ravel()))[group]
        both = people / (inactive + active)
        inactive *= both
        active *= both
    return inactive


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 999))
def test_every_authority_adds_up_to_its_estimate(seed: int) -> None:
    areas = some_areas(seed=seed)
    local = np.random.default_rng(seed).uniform(0.05, 0.9, 3)

    found = modelled_inactivity(
        areas=areas,
        pattern=PATTERN,
        margins=Margins(local_share=local, local_standard_error=[0.02] * 3),
        spread=FEW,
    )

    living = np.asarray(areas.people).sum(axis=(1, 2))
    for authority in range(3):
        belongs = np.asarray(areas.authority) == authority
        assert found.inactive[belongs].sum() == pytest.approx(
            local[authority] * living[belongs].sum(), rel=1e-6
        )
    assert ((found.inactive > 0) & (found.inactive < np.asarray(areas.people))).all()
    assert found.share == pytest.approx(found.inactive.sum(axis=(1, 2)) / living)
    assert (found.low <= found.high).all()
    assert found.label == "modelled"


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 99))
def test_raked_tables_equal_slow_raking_with_every_margin(seed: int) -> None:
    areas = some_areas(areas=12, authorities=2, seed=seed)
    people = np.asarray(areas.people, dtype=float)
    # Margins that some table has: those of a table made for it.
    generator = np.random.default_rng(seed)
    some = people * generator.uniform(0.15, 0.6, people.shape)
    area, age, sex = np.indices(people.shape)
    authority = np.asarray(areas.authority)[area]
    local = np.bincount(authority.ravel(), some.ravel())
    by_age, by_sex = some.sum(axis=(0, 2)), some.sum(axis=(0, 1))

    found = modelled_inactivity(
        areas=areas,
        pattern=PATTERN,
        margins=Margins(
            local_share=local / np.bincount(authority.ravel(), people.ravel()),
            local_standard_error=[0.01, 0.01],
            by_age=by_age,
            by_sex=by_sex,
        ),
        spread=FEW,
    )

    slow = slowly(areas, PATTERN, [(authority, local), (age, by_age), (sex, by_sex)])
    assert found.inactive == pytest.approx(slow, rel=1e-5)
    assert found.inactive.sum(axis=(0, 2)) == pytest.approx(by_age, rel=1e-6)
    assert found.inactive.sum(axis=(0, 1)) == pytest.approx(by_sex, rel=1e-6)


@pytest.mark.parametrize(("pattern", "local"), [(0.001, 0.9), (0.9, 0.002), (0.047, 0.2)])
def test_a_share_far_from_the_pattern_is_reached(pattern: float, local: float) -> None:
    # Newton's own step would go too far: past all sense in the first two, uphill in the third.
    found = modelled_inactivity(
        areas=Areas(people=np.full((2, 1, 1), 50), decile=[5, 6], authority=[0, 0]),
        pattern=Pattern(share=[[pattern]], logit_per_decile=-0.5),
        margins=Margins(local_share=[local], local_standard_error=[0.0]),
        spread=FEW,
    )

    assert found.share.mean() == pytest.approx(local)
    assert logit(found.share[0]) - logit(found.share[1]) == pytest.approx(0.5)


def test_the_margin_by_decile_is_kept() -> None:
    areas = some_areas(areas=60)
    decile = np.asarray(areas.decile)
    living = np.asarray(areas.people).sum(axis=(1, 2))
    inactive = living * (0.4 - 0.02 * decile)
    authority = np.asarray(areas.authority)
    local = np.bincount(authority, inactive) / np.bincount(authority, living)
    by_decile = np.bincount(decile - 1, inactive, 10)

    found = modelled_inactivity(
        areas=areas,
        pattern=PATTERN,
        margins=Margins(local_share=local, local_standard_error=[0] * 3, by_decile=by_decile),
        spread=FEW,
    )

    kept = np.bincount(decile - 1, found.inactive.sum(axis=(1, 2)), 10)
    assert kept == pytest.approx(by_decile, rel=1e-6)


def test_areas_alike_have_the_authoritys_share() -> None:
    found = modelled_inactivity(
        areas=Areas(people=np.full((4, 3, 2), 50), decile=[5] * 4, authority=[0] * 4),
        pattern=PATTERN,
        margins=Margins(local_share=[0.33], local_standard_error=[0.02]),
        spread=FEW,
    )

    assert found.share == pytest.approx([0.33] * 4)
    assert (found.low < 0.33).all()
    assert (found.high > 0.33).all()


def test_more_deprived_areas_are_modelled_less_active() -> None:
    found = modelled_inactivity(
        areas=Areas(people=np.full((10, 3, 2), 50), decile=np.arange(1, 11), authority=[0] * 10),
        pattern=PATTERN,
        margins=Margins(local_share=[0.33], local_standard_error=[0.02]),
        spread=FEW,
    )

    assert (np.diff(found.share) < 0).all()


def test_the_order_and_the_scale_of_people_do_not_matter() -> None:
    areas = some_areas()
    order = np.random.default_rng(1).permutation(24)
    margins = Margins(local_share=[0.2, 0.3, 0.4], local_standard_error=[0.02] * 3)
    shuffled = Areas(
        people=3 * np.asarray(areas.people)[order],
        decile=np.asarray(areas.decile)[order],
        authority=np.asarray(areas.authority)[order],
    )

    plain, mixed = (
        modelled_inactivity(areas=each, pattern=PATTERN, margins=margins, spread=FEW)
        for each in (areas, shuffled)
    )

    assert mixed.share == pytest.approx(plain.share[order])


def test_equal_seeds_give_equal_intervals_and_wider_spread_wider_ones() -> None:
    areas = some_areas()
    margins = Margins(local_share=[0.2, 0.3, 0.4], local_standard_error=[0.02] * 3)

    def model(deviation: float) -> ModelledInactivity:
        spread = Spread(area_logit_standard_deviation=deviation, draws=200)
        return modelled_inactivity(areas=areas, pattern=PATTERN, margins=margins, spread=spread)

    first, again, wide = model(0.2), model(0.2), model(0.4)

    assert (first.low == again.low).all()
    assert ((wide.high - wide.low) > (first.high - first.low)).all()


def test_alone_in_its_authority_an_area_has_the_surveys_interval() -> None:
    found = modelled_inactivity(
        areas=Areas(people=np.full((1, 3, 2), 50), decile=[3], authority=[0]),
        pattern=PATTERN,
        margins=Margins(local_share=[0.3], local_standard_error=[0.02]),
        spread=Spread(area_logit_standard_deviation=0.3, draws=4000, level=0.9),
    )

    reach = 1.6448536 * 0.02 / (0.3 * 0.7)
    assert found.share == pytest.approx([0.3])
    assert found.low == pytest.approx(expit(logit(0.3) - reach), abs=0.002)
    assert found.high == pytest.approx(expit(logit(0.3) + reach), abs=0.002)


def test_intervals_cover_a_simulated_truth_and_beat_asking_few_people() -> None:
    generator = np.random.default_rng(20260501)
    areas = some_areas(areas=300, authorities=6)
    people = np.asarray(areas.people, dtype=float)
    authority = np.asarray(areas.authority)
    living = people.sum(axis=(1, 2))
    covered, modelled_error, direct_error = [], 0.0, 0.0
    for _ in range(4):
        level = (
            logit(np.asarray(PATTERN.share))[None]
            + (-0.07 * (np.asarray(areas.decile) - 5.5) + generator.normal(0, 0.25, 300))[
                :, None, None
            ]
            + generator.normal(0, 0.15, 6)[authority][:, None, None]
        )
        truth = (people * expit(level)).sum(axis=(1, 2)) / living
        local = np.bincount(authority, truth * living) / np.bincount(authority, living)
        asked = generator.binomial(400, local) / 400

        found = modelled_inactivity(
            areas=areas,
            pattern=PATTERN,
            margins=Margins(
                local_share=asked, local_standard_error=np.sqrt(asked * (1 - asked) / 400)
            ),
            spread=Spread(area_logit_standard_deviation=0.25, draws=400, level=0.9),
        )

        covered.append(((found.low <= truth) & (truth <= found.high)).mean())
        modelled_error += ((found.share - truth) ** 2).mean()
        # 400 people asked in 50 areas are 8 in each.
        direct_error += ((generator.binomial(8, truth) / 8 - truth) ** 2).mean()

    assert 0.85 <= np.mean(covered) <= 0.95
    assert modelled_error < direct_error / 4


def test_margins_that_add_up_to_different_totals_are_an_error() -> None:
    areas = some_areas()

    with pytest.raises(MarginsDisagree, match="scale one to the other first"):
        modelled_inactivity(
            areas=areas,
            pattern=PATTERN,
            margins=Margins(
                local_share=[0.3] * 3, local_standard_error=[0.02] * 3, by_sex=[1000, 900]
            ),
            spread=FEW,
        )


def test_a_group_with_more_inactive_people_than_people_is_an_error() -> None:
    people = np.full((4, 2, 1), 10.0)

    with pytest.raises(DidNotConverge, match="more inactive people than people"):
        modelled_inactivity(
            areas=Areas(people=people, decile=[1, 2, 3, 4], authority=[0] * 4),
            pattern=Pattern(share=[[0.3], [0.3]], logit_per_decile=0),
            margins=Margins(local_share=[0.6], local_standard_error=[0.0], by_age=[41, 7]),
            spread=FEW,
        )


def test_margins_that_no_table_has_together_are_an_error() -> None:
    # All of the first authority is in the first age band: structural zeros. Its 18 inactive people
    # are more than the band's 15.
    people = np.zeros((2, 2, 1))
    people[0, 0], people[1, 1] = 20, 20

    with pytest.raises(DidNotConverge, match="No table of these people meets these margins"):
        modelled_inactivity(
            areas=Areas(people=people, decile=[1, 2], authority=[0, 1]),
            pattern=Pattern(share=[[0.3], [0.3]], logit_per_decile=0),
            margins=Margins(
                local_share=[0.9, 0.1], local_standard_error=[0.01, 0.01], by_age=[15, 5]
            ),
            spread=FEW,
        )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"people": np.zeros((0, 1, 1))}, "People come by"),
        ({"people": np.ones((2, 2))}, "People come by"),
        ({"people": [[[1.0]], [[-1.0]]]}, "must be 0 or more"),
        ({"people": [[[1.0]], [[math.nan]]]}, "must be 0 or more"),
        ({"people": [[[1.0]], [[0.0]]]}, "no people"),
        ({"decile": [1]}, "needs a decile"),
        ({"decile": [0, 1]}, "Deciles are 1 to 10"),
        ({"decile": [1.5, 2]}, "Deciles are 1 to 10"),
        ({"authority": [0.0, 0.0]}, "its place"),
        ({"authority": [-1, 0]}, "its place"),
        ({"authority": [0, 1]}, "Every authority needs an area"),
    ],
)
def test_areas_that_cannot_be_are_refused(changes: dict[str, object], message: str) -> None:
    usual: dict[str, object] = {"people": np.ones((2, 1, 1)), "decile": [1, 2], "authority": [0, 0]}
    with pytest.raises(ValueError, match=message):
        modelled_inactivity(
            areas=Areas(**{**usual, **changes}),  # type: ignore[arg-type]
            pattern=Pattern(share=[[0.3]], logit_per_decile=0),
            margins=Margins(local_share=[0.3], local_standard_error=[0.1]),
            spread=FEW,
        )


@pytest.mark.parametrize(
    ("pattern", "margins", "message"),
    [
        ({"share": [[0.0]]}, {}, "The pattern needs a share"),
        ({"share": [[math.nan]]}, {}, "The pattern needs a share"),
        ({"share": [[0.2, 0.3]]}, {}, "The pattern needs a share"),
        ({"logit_per_decile": math.nan}, {}, "slope must be a number"),
        ({"decile_standard_error": -1}, {}, "slope must be a number"),
        ({}, {"local_share": [0.0]}, "between 0 and 1"),
        ({}, {"local_share": [1.0]}, "between 0 and 1"),
        ({}, {"local_share": [math.nan]}, "between 0 and 1"),
        ({}, {"local_standard_error": [-0.1]}, "0 or more"),
        ({}, {"local_standard_error": [math.nan]}, "0 or more"),
        ({}, {"local_standard_error": [0.1, 0.1]}, "its standard error"),
        ({}, {"by_sex": [1.0, 2.0]}, "needs 1 numbers"),
        ({}, {"by_age": [math.nan]}, "needs 1 numbers"),
    ],
)
def test_patterns_and_margins_that_cannot_be_are_refused(
    pattern: dict[str, object], margins: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        modelled_inactivity(
            areas=Areas(people=np.ones((2, 1, 1)), decile=[1, 2], authority=[0, 0]),
            pattern=Pattern(**{"share": [[0.3]], "logit_per_decile": 0, **pattern}),  # type: ignore[arg-type]
            margins=Margins(**{"local_share": [0.3], "local_standard_error": [0.1], **margins}),  # type: ignore[arg-type]
            spread=FEW,
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"area_logit_standard_deviation": 0},
        {"area_logit_standard_deviation": math.nan},
        {"draws": 199},
        {"level": 1},
        {"level": math.nan},
    ],
)
def test_a_spread_that_says_nothing_is_refused(changes: dict[str, float]) -> None:
    usual: dict[str, float] = {"area_logit_standard_deviation": 0.2}
    with pytest.raises(ValueError, match=r"differ|draws|level"):
        Spread(**{**usual, **changes})  # type: ignore[arg-type]
