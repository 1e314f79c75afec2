"""Names as they are compared: case, accents, punctuation and the usual short forms forgiven."""

import re
import unicodedata

LONGEST = 200
# Written out, so that the beginning of a word stays its beginning.
IN_FULL = {"center": "centre", "ctr": "centre", "comm": "community", "saint": "st"}
# People write them or not.
LEFT_OUT = {"the", "and"}


def searchable(name: str) -> str:
    """`name` as plain words: `millbeck hall` for "The Millbeck Hall". At most 200 characters.

    Doing it twice changes nothing.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = re.findall(r"[^\W_]+", re.sub("['’`]", "", letters))
    kept = [IN_FULL.get(word, word) for word in words if word not in LEFT_OUT]
    return " ".join(kept or words)[:LONGEST].strip()
