"""Normalises names to compare them: case, accents, punctuation and usual short forms."""

import re

from hereabouts.core.text import folded, words_of

LONGEST = 200
# Written out, so that the beginning of a word stays its beginning.
IN_FULL = {"center": "centre", "ctr": "centre", "comm": "community", "saint": "st"}
# Words that people write or leave out.
LEFT_OUT = {"the", "and"}


def searchable(name: str) -> str:
    """`name` as plain words: "millbeck hall" for "The Millbeck Hall". At most 200 characters.

    Idempotent.
    """
    words = words_of(re.sub("['’`]", "", folded(name)))
    kept = [IN_FULL.get(word, word) for word in words if word not in LEFT_OUT]
    return " ".join(kept or words)[:LONGEST].strip()
