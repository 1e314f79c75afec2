"""Cells that hold words of our fixed lists, yes or no, numbers, identifiers; read and written.

Each `read_…` takes text that is not empty and raises `Unreadable` with what to write instead.
A list is written with semicolons between; a semicolon inside an item has a backslash before it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from hereabouts.activities.columns import cells
from hereabouts.activities.columns.cells import Unreadable
from hereabouts.core.languages import cached_per_language

ITEM = re.compile(r"(?:[^;\\]|\\.|\\$)+", re.DOTALL)
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
# Every vocabulary's word for what nobody said.
NOT_STATED = "NOT_STATED"


def split(text: str) -> list[str]:
    """The items of a list."""
    items = (re.sub(r"\\([;\\])", r"\1", item).strip() for item in ITEM.findall(text))
    return [item for item in items if item]


def joined(items: Iterable[str]) -> str:
    """A list as `split` reads it again."""
    return "; ".join(re.sub(r"([;\\])", r"\\\1", item) for item in items)


def read_choice(text: str, among: type[models.TextChoices]) -> str:
    """One value of a vocabulary, by its label or its code."""
    wanted = _letters(text)
    for value, label in among.choices:
        if wanted in {_letters(value), _letters(str(label))}:
            return str(value)
    raise Unreadable(_("Write one of these: %s.") % "; ".join(str(one) for one in among.labels))


def read_choices(text: str, among: type[models.TextChoices]) -> list[str]:
    """Any number of values of a vocabulary, in its order."""
    chosen = {read_choice(item, among) for item in split(text)}
    return [value for value in among.values if value in chosen]


def write_choice(value: str, among: type[models.TextChoices]) -> str:
    """The label; empty for what nobody stated."""
    return "" if value == NOT_STATED else _labels(among)[value]


def write_choices(values: Iterable[str], among: type[models.TextChoices]) -> str:
    """Their labels."""
    labels = _labels(among)
    return joined(labels[value] for value in values)


def read_yes_no(text: str) -> bool:
    """Yes or no."""
    plain = text.strip().lower()
    if plain in YES | NO:
        return plain in YES
    raise Unreadable(_("Write yes or no, or leave it empty."))


def write_yes_no(value: bool | None) -> str:
    """Empty for what nobody stated."""
    return {True: "yes", False: "no", None: ""}[value]


def read_number(text: str, *, most: int) -> int:
    """A whole number from 0 to `most`."""
    if re.fullmatch(r"\d{1,9}", text.strip()) and int(text) <= most:
        return int(text)
    raise Unreadable(_("Write a whole number up to %(most)s.") % {"most": f"{most:,}"})


def read_identifier(text: str) -> UUID:
    """The public id of something of ours."""
    try:
        return UUID(text.strip())
    except ValueError as error:
        raise Unreadable(_("That is no identifier of ours. Leave it as exported, or empty.")) from (
            error
        )


def read_degrees(text: str) -> float:
    """Degrees, as maps write them."""
    if re.fullmatch(r"[-−]?\d{1,3}(\.\d{1,20})?(e-\d{1,3})?", text.strip()):
        return float(text.strip().replace("−", "-"))
    raise Unreadable(_("Write degrees with a point, such as 53.2 or -1.23."))


def read_past_date(text: str) -> date:
    """A day that has been, or today."""
    found = cells.read_date(text)
    if found > timezone.localdate():
        raise Unreadable(_("That day is still to come. Write the day on which it was done."))
    return found


@cached_per_language
def _labels(among: type[models.TextChoices]) -> Mapping[str, str]:
    """Code → label: an export asks for the same few a hundred thousand times."""
    return {str(value): str(label) for value, label in among.choices}


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
