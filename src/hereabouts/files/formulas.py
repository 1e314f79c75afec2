"""Keeping spreadsheet programs from running what people typed.

A cell that begins like a formula is written with an apostrophe before it, as Excel itself marks
text, and reading takes the apostrophe away again (`unescape_formula`). What begins with apostrophes
already gets one more, so that both directions agree. OWASP calls the attack CSV injection.
"""

import re

from hereabouts.core.text import printable

# What a spreadsheet would run as a formula when a cell begins with it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# No formula, though it may begin with a minus.
DEGREES = re.compile(r"-?\d{1,3}\.\d{1,20}")


def escape_formula(value: object) -> str:
    """`value` as text that no spreadsheet takes for a formula: "'=1+1" for "=1+1"."""
    text = printable(str(value))
    return f"'{text}" if _begins_like_one(text) and not DEGREES.fullmatch(text) else text


def unescape_formula(text: str) -> str:
    """What `escape_formula` was given: "=1+1" for "'=1+1"."""
    return text[1:] if text.startswith("'") and _begins_like_one(text) else text


def _begins_like_one(text: str) -> bool:
    return text.lstrip("'").startswith(FORMULA_STARTS)
