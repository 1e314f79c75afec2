from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hereabouts.methods import disclosure
from hereabouts.methods.disclosure import PLATFORM, RULE_A
from tests.methods.disclosure_twins import (
    ALPHA_4,
    DELINQUENT,
    LANGUAGES,
    attacked,
    every_table,
    least_loss,
    published_pattern,
    small_tables,
)

# ── Published answers ──


def test_two_hidden_in_every_line_still_discloses_alpha_4() -> None:
    table, is_hidden = disclosure.with_totals(DELINQUENT), published_pattern()

    found = disclosure.audit(table=table, is_hidden=is_hidden)

    at = list(found.cells).index(ALPHA_4)
    assert not found.is_safe
    assert ALPHA_4 in found.exposed
    assert (found.lowest[at], found.highest[at]) == (1, 1)


def test_alpha_4_is_disclosed_even_at_the_lowest_limit() -> None:
    is_hidden = published_pattern()

    found = disclosure.audit(
        table=disclosure.with_totals(DELINQUENT),
        is_hidden=is_hidden,
        rule=disclosure.rule_b(threshold=2),
    )

    assert ALPHA_4 in found.exposed


def test_delinquent_children_can_be_protected() -> None:
    safe = disclosure.protect(table=disclosure.with_totals(DELINQUENT))

    assert safe.audit.is_safe
    assert safe.is_hidden[ALPHA_4]
    assert safe.gap == 0


def test_a_total_of_small_counts_gives_them_away() -> None:
    # 1 + 2 = 3 is shown: whoever reads it knows that neither is above 3.
    table = disclosure.with_totals([[1, 2, 30], [40, 50, 60]])
    is_hidden = np.zeros(12, dtype=bool)
    is_hidden[[0, 1, 4, 5]] = True

    found = disclosure.audit(table=table, is_hidden=is_hidden)

    assert list(found.exposed) == [0, 1]
    assert list(found.highest[:2]) == [1 + 2, 1 + 2]


# ── Slow twins ──


@given(counts=small_tables, seed=st.integers(0, 999))
@settings(max_examples=40, deadline=None)
def test_intervals_are_those_of_every_table_tried(counts: list[list[int]], seed: int) -> None:
    table = disclosure.with_totals(np.array(counts)[:2, :3] // 2)
    is_hidden = np.random.default_rng(seed).random(table.counts.size) < 0.5
    is_hidden[-1] = False

    known = disclosure.shown_exactly(counts=table.counts, is_hidden=is_hidden)
    cells = np.arange(table.counts.size)
    found = disclosure.feasible_intervals(sums=table.sums, known=known, cells=cells)

    every = np.array(list(every_table(table, is_hidden)))
    assert found.lowest == pytest.approx(every.min(axis=0))
    assert found.highest == pytest.approx(every.max(axis=0))


@given(counts=small_tables)
@settings(max_examples=12, deadline=None)
def test_the_pattern_is_the_best_of_every_pattern(counts: list[list[int]]) -> None:
    table = disclosure.with_totals(np.array(counts)[:2, :2])

    found = disclosure.suppress(table=table)

    assert found.gap == 0
    assert found.loss == pytest.approx(least_loss(table))


@given(counts=small_tables)
@settings(max_examples=20, deadline=None)
def test_another_attack_fails_too(counts: list[list[int]]) -> None:
    table = disclosure.with_totals(counts)

    safe = disclosure.protect(table=table)

    for cell in np.flatnonzero((table.counts > 0) & (table.counts < 5)):
        lowest, highest = attacked(table, safe.is_hidden, int(cell))
        assert highest >= 5 - 1e-6
        assert highest - lowest >= 5 - 1e-6


@given(counts=small_tables)
@settings(max_examples=20, deadline=None)
def test_what_is_published_gives_nobody_away(counts: list[list[int]]) -> None:
    """The attack on the rounded table itself: no wish of ours, only what stands on the page."""
    table = disclosure.with_totals(counts)

    safe = disclosure.protect(table=table)

    known = disclosure.shown_rounded(
        rounded=np.maximum(safe.shown, 0), is_hidden=safe.is_hidden, rule=PLATFORM
    )
    cells = np.flatnonzero((table.counts > 0) & (table.counts < 5))
    found = disclosure.feasible_intervals(sums=table.sums, known=known, cells=cells)
    assert (found.highest >= 5).all()
    assert (found.highest - found.lowest >= 5).all()


# ── Invariants ──


@given(counts=small_tables, seed=st.integers(0, 999))
@settings(max_examples=20, deadline=None)
def test_the_order_of_rows_does_not_matter(counts: list[list[int]], seed: int) -> None:
    given_order = np.array(counts)
    order = np.random.default_rng(seed).permutation(len(given_order))

    first = disclosure.suppress(table=disclosure.with_totals(given_order))
    second = disclosure.suppress(table=disclosure.with_totals(given_order[order]))

    assert first.loss == pytest.approx(second.loss)


@given(counts=small_tables)
@settings(max_examples=20, deadline=None)
def test_every_small_count_is_hidden_and_no_zero(counts: list[list[int]]) -> None:
    table = disclosure.with_totals(counts)

    safe = disclosure.protect(table=table)

    assert safe.is_hidden[(table.counts > 0) & (table.counts < 5)].all()
    assert not safe.is_hidden[table.counts == 0].any()
    assert (safe.shown[~safe.is_hidden] % 5 == 0).all()
    assert safe.lost == table.counts[safe.is_hidden].sum()


@given(counts=small_tables, base=st.sampled_from([3, 5, 10]))
@settings(max_examples=20, deadline=None)
def test_rounded_counts_are_beside_the_counts_and_add_up(
    counts: list[list[int]], base: int
) -> None:
    table = disclosure.with_totals(counts)

    rounded = disclosure.round_additively(table=table, base=base)

    assert np.abs(rounded - table.counts).max(initial=0) < base
    assert not (rounded % base).any()
    assert not (table.sums @ rounded).any()
    assert (rounded[table.counts % base == 0] == table.counts[table.counts % base == 0]).all()


def test_rounding_looks_at_nothing_hidden() -> None:
    table = disclosure.with_totals([[12, 3, 20], [15, 14, 18]])
    other = disclosure.with_totals([[11, 4, 20], [16, 13, 18]])
    is_hidden = np.array([1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0], dtype=bool)

    rounded = disclosure.round_additively(table=table, is_hidden=is_hidden)

    assert list(rounded) == list(disclosure.round_additively(table=other, is_hidden=is_hidden))


def test_hiding_more_never_narrows_what_a_count_can_be() -> None:
    table, is_hidden = disclosure.with_totals(DELINQUENT), published_pattern()
    more = is_hidden.copy()
    more[[4, 24]] = True

    before = disclosure.audit(table=table, is_hidden=is_hidden)
    after = disclosure.audit(table=table, is_hidden=more)

    kept = np.isin(after.cells, before.cells)
    assert (after.lowest[kept] <= before.lowest).all()
    assert (after.highest[kept] >= before.highest).all()


def test_a_safe_pattern_is_found_when_there_is_no_time_and_its_gap_is_said() -> None:
    rng = np.random.default_rng(20261122)
    table = disclosure.with_totals(rng.integers(0, 60, (8, 6)))

    hasty = disclosure.suppress(table=table, seconds=0)
    patient = disclosure.suppress(table=table)

    assert disclosure.audit(table=table, is_hidden=hasty.is_hidden).is_safe
    assert hasty.loss - hasty.gap <= patient.loss <= hasty.loss


# ── Survey tables ──


def test_polish_and_romanian_answers_stay_usable() -> None:
    table = disclosure.with_totals(LANGUAGES)

    safe = disclosure.protect(table=table)

    shown = (safe.shown >= 0).reshape(4, 6)
    assert safe.audit.is_safe
    assert shown[1, :5].sum() >= 3
    assert shown[2, :5].sum() >= 1
    assert shown[1, 5]
    assert shown[2, 5]


def test_percentages_come_from_shown_counts_of_thirty_or_more() -> None:
    table = disclosure.with_totals(LANGUAGES)
    safe = disclosure.protect(table=table)
    whole = np.repeat([5, 11, 17, 23], 6)

    per_cent = disclosure.percentages(table=table, protected=safe, whole=whole).reshape(4, 6)

    shown = safe.shown.reshape(4, 6)
    assert per_cent[0, 1] == pytest.approx(100 * shown[0, 1] / shown[0, 5])
    # Romanian: 17 people.
    assert np.isnan(per_cent[2]).all()


# ── The other rules ──


def test_rule_a_hides_1_to_7_and_rounds_each_of_the_rest() -> None:
    table = disclosure.with_totals([[0, 7, 8, 31], [12, 40, 22, 18]])

    safe = disclosure.protect(table=table, rule=RULE_A)

    shown = safe.shown.reshape(3, 5)
    assert list(shown[0, :4]) == [0, -1, 10, 30]
    assert list(shown[1, :4]) == [10, 40, 20, 20]
    assert safe.audit.is_safe


def test_rule_a_hides_more_where_rounding_does_not_protect() -> None:
    # One small count alone in its row: its total is as small, and the zeros are known.
    table = disclosure.with_totals([[6, 0, 0], [20, 30, 40]])

    safe = disclosure.protect(table=table, rule=RULE_A)

    assert safe.is_hidden.reshape(3, 4)[0].tolist() == [True, False, False, True]
    assert safe.audit.is_safe


def test_rule_b_of_ten_hides_nine() -> None:
    table = disclosure.with_totals([[9, 10, 30], [40, 50, 60]])

    safe = disclosure.protect(table=table, rule=disclosure.rule_b(threshold=10))

    assert safe.is_hidden[0]
    assert safe.audit.is_safe


@given(counts=small_tables)
@settings(max_examples=20, deadline=None)
def test_rule_c_hides_nothing_and_leaves_small_counts_in_doubt(counts: list[list[int]]) -> None:
    table = disclosure.with_totals(counts)

    safe = disclosure.protect(table=table, rule=disclosure.rule_c())

    assert not safe.is_hidden.any()
    assert not (table.sums @ safe.shown).any()
    assert (safe.audit.highest - safe.audit.lowest >= 4).all()


def test_rule_c_keeps_no_earlier_release() -> None:
    with pytest.raises(disclosure.NotProtectable):
        disclosure.protect(
            table=disclosure.with_totals([3, 40]), rule=disclosure.rule_c(), already_shown=[0, 1, 0]
        )


@pytest.mark.parametrize(
    "given_rule",
    [
        {"sensitive_below": 1, "doubt": 5},
        {"sensitive_below": 5, "doubt": 0},
        {"sensitive_below": 5, "doubt": 5, "base": 0},
        {"sensitive_below": 5, "doubt": 5, "base": 5, "hides": False},
    ],
)
def test_a_rule_that_protects_nobody_is_refused(given_rule: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"rule|Counts|Rounding"):
        disclosure.Rule(**given_rule)
