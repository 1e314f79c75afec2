"""Text made fit to keep, and text made comparable."""

import re
import unicodedata

# Control characters, halves of characters and non-characters: invisible, and refused by databases
# and spreadsheets. Tabs and line breaks stay.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
WORD = re.compile(r"[^\W_]+")


def printable(text: str) -> str:
    """`text` without the characters that nobody sees."""
    return UNPRINTABLE.sub("", text)


def folded(text: str) -> str:
    """`text` without case and accents: "cwiczenia" for "Ćwiczenia", "strasse" for "Straße"."""
    # Folding case can compose characters again, so what it folds is decomposed before and after.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words_of(text: str) -> list[str]:
    """The runs of letters and digits in `text`: ["Chair", "based", "2"] for "Chair-based (2)"."""
    return WORD.findall(text)


def alphanumeric(text: str) -> str:
    """The letters and digits of `text` without case: "lowimpact" for "Low-impact"."""
    return "".join(char for char in text.casefold() if char.isalnum())
