from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from hereabouts.methods import disclosure
from hereabouts.methods.disclosure import (
    Table,
    attack,
    protection,
    rounding,
    suppression,
)
from tests.methods.disclosure_twins import (
    ask_what_only_halves_answer,
    attacked_in_whole_numbers,
    crowded,
    margins_allow,
    triangle,
)

# ── Tables that share cells ──


def test_linked_tables_are_audited_together() -> None:
    # Alone, each hides its 2 well enough; together the total of the one undoes the other.
    first = disclosure.with_totals([2, 9, 30])
    second = disclosure.with_totals([2, 9, 14, 16])
    hides_both = [1, 1, 0, 0]

    assert disclosure.audit(table=first, is_hidden=hides_both).is_safe
    both = disclosure.linked(tables=[first, second], cells=[[0, 1, 2, 3], [0, 4, 5, 6, 3]])
    # In the whole, 9 is hidden in the first table and shown in the second.
    found = disclosure.audit(table=both, is_hidden=[1, 1, 0, 0, 0, 0, 0])

    assert list(found.exposed) == [0]


def test_linked_tables_are_protected_together() -> None:
    cube = np.random.default_rng(7).integers(0, 9, (3, 4, 2))

    table = disclosure.released(counts=cube, by=[(0, 1), (0, 2), (1, 2)])
    safe = disclosure.protect(table=table, seconds=10)

    assert safe.audit.is_safe
    assert (safe.shown[~table.is_released] == -1).all()
    assert not safe.is_hidden[~table.is_released].any()


def test_unseen_cells_limit_what_seen_ones_can_be() -> None:
    # A cube nobody sees, its three two-way tables shown but for what is hidden: still an attack.
    cube = np.array([[[1, 6], [7, 8]], [[9, 5], [6, 7]]])
    table = disclosure.released(counts=cube, by=[(0, 1), (0, 2), (1, 2)])
    known = disclosure.shown_exactly(counts=table.counts, is_hidden=~table.is_released)
    cell = int(np.flatnonzero(~table.is_released)[0])

    found = disclosure.feasible_intervals(sums=table.sums, known=known, cells=[cell])

    every = [c for c in range(40) if margins_allow(cube, c)]
    assert (found.lowest[0], found.highest[0]) == (min(every), max(every))


def test_a_second_release_that_gives_somebody_away_is_refused() -> None:
    first = disclosure.with_totals([20, 3, 9, 40])
    second = disclosure.with_totals([20, 12, 40])
    both = disclosure.linked(tables=[first, second], cells=[[0, 1, 2, 3, 4], [0, 5, 3, 4]])
    shown_before = np.array([1, 0, 1, 1, 0, 0], dtype=bool)

    with pytest.raises(disclosure.NotProtectable, match="out already") as refused:
        disclosure.protect(
            table=both, already_shown=shown_before | np.array([0, 0, 0, 0, 1, 0]) > 0
        )

    assert list(refused.value.cells) == [1]


def test_a_small_count_that_is_out_cannot_be_protected() -> None:
    with pytest.raises(disclosure.NotProtectable):
        disclosure.suppress(table=disclosure.with_totals([3, 40]), already_shown=[1, 0, 0])


# ── Where linear programs alone would not do ──


@pytest.mark.parametrize("seed", [0, 4])
def test_where_corners_are_not_whole_the_interval_still_is(seed: int) -> None:
    cube = np.random.default_rng(seed).integers(0, 4, (3, 3, 3))
    table = disclosure.released(counts=cube, by=[(0, 1), (0, 2), (1, 2)])
    known = disclosure.shown_exactly(counts=table.counts, is_hidden=~table.is_released)
    cells = np.flatnonzero(~table.is_released)

    found = disclosure.feasible_intervals(sums=table.sums, known=known, cells=cells)

    for cell, lowest, highest in zip(cells, found.lowest, found.highest, strict=True):
        assert (lowest, highest) == attacked_in_whole_numbers(table, known, int(cell))


@pytest.mark.parametrize("seed", [0, 33, 49])
def test_patterns_that_need_whole_programs_are_safe_and_proven(seed: int) -> None:
    table = disclosure.with_totals(np.random.default_rng(seed).integers(0, 40, (6, 5)))

    found = disclosure.suppress(table=table)
    cells_alike = disclosure.suppress(table=table, loss=np.full(table.counts.size, 0.3))

    assert found.gap == 0
    assert disclosure.audit(table=table, is_hidden=found.is_hidden).is_safe
    assert cells_alike.is_hidden.sum() <= found.is_hidden.sum()


def test_a_cube_with_all_its_totals_is_protected() -> None:
    table = disclosure.with_totals(np.random.default_rng(14).integers(0, 9, (3, 3, 3)))

    found = disclosure.suppress(table=table)

    assert disclosure.audit(table=table, is_hidden=found.is_hidden).is_safe
    assert found.gap == 0


def test_when_only_whole_numbers_break_a_pattern_one_more_cell_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = crowded()
    best = disclosure.suppress(table=table)
    add = suppression._Search._add_inequalities
    # From the whole patterns on, the linear attack is blind.
    monkeypatch.setattr(
        suppression._Search,
        "_add_inequalities",
        lambda search, shares: np.isin(shares, (0, 1)).all() == 0 and add(search, shares),
    )

    found = disclosure.suppress(table=table, seconds=2)

    assert disclosure.audit(table=table, is_hidden=found.is_hidden).is_safe
    assert found.loss - found.gap <= best.loss <= found.loss


def test_where_a_count_cannot_grow_enough_all_is_tried() -> None:
    # With 2 beside it and the totals out, 4 can grow to 6 only; but it could be 0.
    is_out = np.array([0, 0, 1, 0, 0, 1, 1, 1, 1], dtype=bool)

    found = disclosure.suppress(
        table=disclosure.with_totals([[4, 2], [9, 9]]), already_shown=is_out, seconds=0
    )

    assert list(np.flatnonzero(found.is_hidden)) == [0, 1, 3, 4]


def test_a_count_without_any_limit_needs_nothing_hidden_for_it() -> None:
    alone, other = disclosure.with_totals([3]), disclosure.with_totals([12, 3, 20])
    table = disclosure.linked(tables=[alone, other], cells=[[0, 1], [2, 3, 4, 5]])

    found = disclosure.suppress(table=table)

    assert list(np.flatnonzero(found.is_hidden)) == [0, 1, 2, 3]
    assert found.loss == 12


def test_when_time_runs_out_among_whole_patterns_the_gap_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    best = disclosure.suppress(table=crowded())
    no_time = SimpleNamespace(status=1, x=None, mip_dual_bound=None)
    monkeypatch.setattr(suppression, "milp", lambda *_, **__: no_time)

    found = disclosure.suppress(table=crowded())

    assert disclosure.audit(table=crowded(), is_hidden=found.is_hidden).is_safe
    assert found.gap > 0
    assert found.loss - found.gap <= best.loss + 1e-9


def test_sums_that_no_whole_numbers_meet_are_a_contradiction() -> None:
    with pytest.raises(disclosure.Contradiction, match="whole numbers"):
        ask_what_only_halves_answer()


def test_linked_tables_may_have_no_rounding_beside_the_counts() -> None:
    three = triangle([5, 5, 5])

    with pytest.raises(disclosure.NotRoundable, match="keep every sum"):
        disclosure.round_additively(table=three, base=10)
    safe = disclosure.protect(table=three, rule=disclosure.rule_b(base=10))

    assert not (three.sums @ safe.shown).any()
    assert np.abs(safe.shown - three.counts).max() <= 2 * 10 - 1


def test_a_table_that_fails_its_last_attack_does_not_leave(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = disclosure.with_totals([[12, 3, 20], [15, 14, 18]])
    failed = disclosure.audit(table=table, is_hidden=np.zeros(12))
    monkeypatch.setattr(protection, "audit", lambda **_: failed)

    with pytest.raises(disclosure.NotProtectable):
        disclosure.protect(table=table)
    with pytest.raises(disclosure.NotProtectable):
        disclosure.protect(table=table, rule=disclosure.rule_c())


@pytest.mark.parametrize(
    ("module", "name", "ask"),
    [
        (attack, "linprog", lambda: disclosure.protect(table=disclosure.with_totals([3, 9]))),
        (attack, "milp", lambda: ask_what_only_halves_answer()),
        (suppression, "linprog", lambda: disclosure.suppress(table=crowded())),
        (rounding, "milp", lambda: disclosure.round_additively(table=crowded())),
    ],
)
def test_a_solver_that_gives_up_is_no_result(
    module: object, name: str, ask: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    gave_up = SimpleNamespace(status=4, message="numerical difficulties", x=None, fun=None)
    monkeypatch.setattr(module, name, lambda *_, **__: gave_up)

    with pytest.raises(ArithmeticError, match="numerical difficulties"):
        ask()


def test_counts_below_0_and_tables_without_cells_are_refused() -> None:
    table = disclosure.with_totals([3, 4])

    for counts in (np.array([-3, 4, 1]), np.array([], dtype=np.int64)):
        with pytest.raises(disclosure.NotATable):
            Table(counts=counts, sums=table.sums, is_released=table.is_released, shape=(3,))


# ── Bad input ──


@pytest.mark.parametrize(
    "counts", [[], [[]], 5, [-1, 2], [1.5, 2], [np.nan, 1], [np.inf, 1], ["a", "b"], [True, False]]
)
def test_what_is_not_counts_is_refused(counts: object) -> None:
    with pytest.raises(disclosure.NotATable):
        disclosure.with_totals(counts)  # type: ignore[arg-type]


def test_totals_that_do_not_add_up_are_refused() -> None:
    table = disclosure.with_totals([3, 4])

    with pytest.raises(disclosure.NotATable, match="sums of their parts"):
        Table(
            counts=np.array([3, 4, 8]),
            sums=table.sums,
            is_released=table.is_released,
            shape=table.shape,
        )


@pytest.mark.parametrize(
    "cells",
    [
        [[0, 1, 2]],
        [[0, 1], [0, 1, 2]],
        [[0, 1, 2], [0, 0, 2]],
        [[0, 1, 2], [0, 5, 2]],
        [[0, 1, 2], [1, 0, 2]],
    ],
)
def test_links_that_cannot_be_are_refused(cells: list[list[int]]) -> None:
    table = disclosure.with_totals([3, 4])

    with pytest.raises(disclosure.NotATable):
        disclosure.linked(tables=[table, table], cells=cells)


def test_a_release_of_nothing_is_refused() -> None:
    with pytest.raises(disclosure.NotATable, match="No table"):
        disclosure.released(counts=[[1, 2]], by=[])
    with pytest.raises(disclosure.NotATable, match="no such dimension"):
        disclosure.released(counts=[[1, 2]], by=[(2,)])


def test_a_contradiction_is_an_error() -> None:
    table = disclosure.with_totals([3, 40])
    untrue = disclosure.Known(lowest=np.array([4.0, 0, 0]), highest=np.array([9.0, 99, 99]))
    upside_down = disclosure.Known(lowest=np.array([4.0, 0, 0]), highest=np.array([3.0, 99, 99]))
    impossible = disclosure.Known(lowest=np.array([4.0, 4, 0]), highest=np.array([9.0, 9, 7]))

    with pytest.raises(disclosure.Contradiction, match="not true"):
        disclosure.audit(table=table, is_hidden=[1, 1, 1], known=untrue)
    with pytest.raises(disclosure.Contradiction, match="at least more"):
        disclosure.feasible_intervals(sums=table.sums, known=upside_down, cells=[0])
    with pytest.raises(disclosure.Contradiction, match="No table"):
        disclosure.feasible_intervals(sums=table.sums, known=impossible, cells=[0])


def test_masks_and_losses_must_fit() -> None:
    table = disclosure.with_totals([3, 40])

    with pytest.raises(ValueError, match="every cell"):
        disclosure.audit(table=table, is_hidden=[1, 0])
    with pytest.raises(ValueError, match="every cell"):
        disclosure.suppress(table=table, already_shown=[1, 0])
    with pytest.raises(ValueError, match="loss"):
        disclosure.suppress(table=table, loss=[1, np.nan, 1])
    with pytest.raises(ValueError, match="every cell"):
        disclosure.round_additively(table=table, is_hidden=[1])
    with pytest.raises(ValueError, match="multiples"):
        disclosure.round_additively(table=table, base=0)
    with pytest.raises(ValueError, match="multiples"):
        disclosure.round_each(counts=[-1])
    with pytest.raises(ValueError, match="known of every cell"):
        disclosure.feasible_intervals(
            sums=table.sums,
            known=disclosure.shown_exactly(counts=[3, 40], is_hidden=[0, 0]),
            cells=[0],
        )
    with pytest.raises(ValueError, match="every cell"):
        disclosure.percentages(table=table, protected=disclosure.protect(table=table), whole=[0])
    with pytest.raises(ValueError, match="is a cell"):
        disclosure.percentages(
            table=table, protected=disclosure.protect(table=table), whole=[0, 1, 3]
        )


@pytest.mark.parametrize("counts", [[0, 0], [[0]], [4], [[1, 1], [1, 1]], [5, 5]])
def test_poor_tables_come_out_safe(counts: list[int]) -> None:
    safe = disclosure.protect(table=disclosure.with_totals(counts))

    assert safe.audit.is_safe


def test_all_that_is_not_zero_may_have_to_be_hidden() -> None:
    safe = disclosure.protect(table=disclosure.with_totals([[3, 0], [0, 0]]))

    assert safe.is_hidden.reshape(3, 3).tolist() == [
        [True, False, True],
        [False, False, False],
        [True, False, True],
    ]
