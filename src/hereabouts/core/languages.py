"""Words that are worked out once for each language, and not for every page."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import TypeVar, TypeVarTuple

from django.utils import translation
from django.utils.formats import date_format

Values = TypeVarTuple("Values")
Answer = TypeVar("Answer")

# Of each function: enough for the days of two years, or for every time of a timetable.
REMEMBERED = 2048


def cached_per_language(function: Callable[[*Values], Answer]) -> Callable[[*Values], Answer]:
    """Cache what `function` returns for the same plain values, in each language apart.

    For what depends on these values and on the language of the page, and on nothing else. What it
    answers must not be changed by whoever gets it.
    """

    @lru_cache(maxsize=REMEMBERED)
    def remembered(language: str | None, *values: *Values) -> Answer:
        return function(*values)

    @wraps(function)
    def answered(*values: *Values) -> Answer:
        return remembered(translation.get_language(), *values)

    return answered


# Looked for in five catalogues before British English is found to be English: a sixth of the time
# that a page of results took. For pages; what runs once may take Django's.
gettext = cached_per_language(translation.gettext)


@cached_per_language
def day_in_words(day: date, form: str) -> str:
    """A day as Django's `date_format` writes it: "26 November 2026" for "j F Y"."""
    return date_format(day, form)
