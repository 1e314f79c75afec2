"""Text as people can read it."""

import re

# What nobody sees, and what neither databases nor spreadsheets take, half of a letter too; tabs and
# line breaks stay.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """`text` without the characters that nobody sees."""
    return UNPRINTABLE.sub("", text)
