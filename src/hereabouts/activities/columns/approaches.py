"""Reads approaches (low-impact, chair-based, Otago, FaME) from text, and writes them."""

import re
from collections.abc import Collection

from hereabouts.activities.levels import Approach

# Patterns for the level column, where people write our colours or the approach's own name.
NAMED: dict[Approach, str] = {
    Approach.LOW_IMPACT: r"green|low[\s-]*impact",
    Approach.CHAIR_BASED: r"orange|chair[\s-]*based|seated",
    Approach.OTAGO: r"otago",
    Approach.FAME: r"red|fame|falls management( exercise)?",
}
NO_LEVEL = re.compile(r"none|no level|not stated", re.IGNORECASE)
# No colours: whether a FaME class is red depends on its leader, and on the day.
WRITTEN: dict[Approach, str] = {
    Approach.LOW_IMPACT: "low-impact",
    Approach.CHAIR_BASED: "chair-based",
    Approach.OTAGO: "Otago",
    Approach.FAME: "FaME",
}
FILLERS = re.compile(
    r"exercises?|class(es)?|principles|general|falls|level|and|:|\(|\)", re.IGNORECASE
)

# In running text: only words that mean nothing else ("hall of fame" is not FaME).
HINTS: dict[Approach, re.Pattern[str]] = {
    Approach.LOW_IMPACT: re.compile(r"\blow[\s-]impact\b", re.IGNORECASE),
    Approach.CHAIR_BASED: re.compile(r"\bchair[\s-]based\b|\bseated exercise", re.IGNORECASE),
    Approach.OTAGO: re.compile(r"\botago\b", re.IGNORECASE),
    Approach.FAME: re.compile(r"\bFaME\b|\bFAME\b|(?i:\bfalls management exercise\b)"),
}


def suggested_approaches(text: str) -> set[Approach]:
    """The approaches that `text` mentions. A person confirms them: none sets a level by itself."""
    return {approach for approach, hint in HINTS.items() if hint.search(text)}


def named_approaches(text: str) -> frozenset[Approach] | None:
    """The approaches of a level column: {OTAGO, CHAIR_BASED} for "Otago and chair-based".

    Empty for "none"; None when a part of the text is not one of our words.
    """
    if NO_LEVEL.fullmatch(text.strip()):
        return frozenset()
    named: set[Approach] = set()
    for part in re.split(r"[,;/+&]|\band\b", text, flags=re.IGNORECASE):
        found, left = _named_in(part)
        if re.sub(r"[\s.-]", "", FILLERS.sub("", left)):
            return None
        named |= found
    return frozenset(named) or None


def written_approaches(approaches: Collection[Approach]) -> str:
    """The level column of an export ("chair-based; Otago"), which `named_approaches` reads back."""
    return "; ".join(text for approach, text in WRITTEN.items() if approach in approaches) or "none"


def _named_in(part: str) -> tuple[set[Approach], str]:
    """The approaches in `part`, and the rest of `part` without their names."""
    found = set()
    for approach, words in NAMED.items():
        without = re.sub(rf"\b({words})\b", "", part, flags=re.IGNORECASE)
        if without != part:
            found.add(approach)
            part = without
    return found, part
