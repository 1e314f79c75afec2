"""Which of an importer's columns do a file's headings mean?"""

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

# From this likeness on (0 to 100) a heading is taken for one of the column's names.
LIKELY = 88
# Up to so many characters only the name itself counts: "pin" is not "pain".
SHORT = 4


def guess(headings: Sequence[str], names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Heading → the column that it most likely means; each column at most once.

    `names` are what people call each column. A heading that is like none of them is not in the
    answer: `guess(["Post code", "Colour of hats"], {"POSTCODE": ["postcode"]})` is
    `{"Post code": "POSTCODE"}`.
    """
    plain_names = {column: tuple(map(_plain, several)) for column, several in names.items()}
    likeliest_first = sorted(
        (
            (-_likeness(_plain(heading), plain), index, heading, column)
            for index, heading in enumerate(headings)
            for column, plain in plain_names.items()
        ),
        key=lambda match: match[:2],
    )
    guessed: dict[str, str] = {}
    for unlikeness, _index, heading, column in likeliest_first:
        if -unlikeness < LIKELY:
            break
        if heading not in guessed and column not in guessed.values():
            guessed[heading] = column
    return guessed


def _likeness(heading: str, names: Sequence[str]) -> float:
    if len(heading) <= SHORT:
        return 100.0 * (heading in names)
    return max(fuzz.ratio(heading, name) for name in names)


def _plain(text: str) -> str:
    """In lower case without marks: "post code" for "Post-code:"."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
