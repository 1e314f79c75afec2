"""Tables that give nobody away: hide small counts, hide enough beside them, round, and prove it.

    from hereabouts.methods import disclosure

    table = disclosure.with_totals([[12, 3, 20], [15, 14, 18]])
    safe = disclosure.protect(table=table)

`protect` is the one way out for a count; `audit` is the attack it has to withstand.

Shapes: counts are an array of any number of dimensions, totals included; what is hidden is a
boolean array of the same shape. Sources: rule A after NHS England's guide to analysing Hospital
Episode Statistics; the smallest further loss that protects, as M. Fischetti and J. J. Salazar,
Management Science 47(7), 2001, state it.
"""

from hereabouts.methods.disclosure.attack import (
    Audit,
    Contradiction,
    Intervals,
    Known,
    audit,
    feasible_intervals,
    shown_exactly,
    shown_rounded,
)
from hereabouts.methods.disclosure.protection import Protected, percentages, protect
from hereabouts.methods.disclosure.rounding import NotRoundable, round_additively, round_each
from hereabouts.methods.disclosure.rules import PLATFORM, RULE_A, Rule, rule_b, rule_c
from hereabouts.methods.disclosure.suppression import NotProtectable, Pattern, suppress
from hereabouts.methods.disclosure.tables import NotATable, Table, linked, released, with_totals

__all__ = [
    "PLATFORM",
    "RULE_A",
    "Audit",
    "Contradiction",
    "Intervals",
    "Known",
    "NotATable",
    "NotProtectable",
    "NotRoundable",
    "Pattern",
    "Protected",
    "Rule",
    "Table",
    "audit",
    "feasible_intervals",
    "linked",
    "percentages",
    "protect",
    "released",
    "round_additively",
    "round_each",
    "rule_b",
    "rule_c",
    "shown_exactly",
    "shown_rounded",
    "suppress",
    "with_totals",
]
