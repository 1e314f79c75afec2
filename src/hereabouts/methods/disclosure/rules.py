"""Which counts are too small to show, and what is done with the others."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """How counts are made safe.

    Counts from 1 to `sensitive_below` - 1 are sensitive; 0 is not, and is shown. Where the rule
    `hides`, they are hidden, with as many others as it takes. What is shown is rounded to multiples
    of `base` (1: not rounded): so that the sums still hold if `is_additive`, else each to its
    nearest multiple. `doubt`: for all that anyone can work out, a sensitive count could be this
    many or more, and the least and the most that it could be lie this far apart.
    """

    sensitive_below: int
    doubt: int
    hides: bool = True
    base: int = 5
    is_additive: bool = True

    def __post_init__(self) -> None:
        if self.sensitive_below < 2 or self.doubt < 1:
            raise ValueError("A rule protects at least the count of 1, by a doubt of 1 or more.")
        if self.base < 1:
            raise ValueError("Counts are rounded to multiples of 1 or more.")
        if not self.hides and self.base <= self.doubt:
            raise ValueError("Rounding alone leaves a doubt of less than its base.")


def rule_b(*, threshold: int = 5, base: int = 5) -> Rule:
    """Counts below `threshold` are hidden, with what protects them; the rest is rounded, sums kept.

    >>> rule_b(threshold=10).sensitive_below
    10
    """
    return Rule(sensitive_below=threshold, doubt=threshold, base=base)


def rule_c(*, base: int = 5) -> Rule:
    """Nothing is hidden: every count becomes a multiple of `base` beside it, and sums still hold.

    >>> rule_c().hides
    False
    """
    return Rule(sensitive_below=base, doubt=base - 1, hides=False, base=base)


# For tables made from NHS data: 1 to 7 hidden, each other count to its nearest 5.
RULE_A = Rule(sensitive_below=8, doubt=5, is_additive=False)
# For every other table: 1 to 4 hidden, the rest rounded to 5 with sums kept.
PLATFORM = rule_b()
