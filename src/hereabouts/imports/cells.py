"""What one cell says, whatever it is of: text, numbers, dates, addresses, values of fixed lists.

Each `read_…` takes text that is not empty and raises `UnreadableCell` with what to write instead.
Nothing is guessed: a cell that could mean two things is not read. What `write_…` gives, `read_…`
reads as the same again. A list is written with semicolons between; a semicolon inside an entry has
a backslash before it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from hereabouts.core.languages import cached_per_language
from hereabouts.core.phones import validate_phone

# As many characters as Excel has in a cell.
MOST_CHARACTERS = 32_767
LIST_ENTRY = re.compile(r"(?:[^;\\]|\\.|\\$)+", re.DOTALL)
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
# Every fixed list's value for what nobody said.
NOT_STATED = "NOT_STATED"
DATE_FORMATS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y",
)  # fmt: skip
EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)


class UnreadableCell(ValueError):
    """The cell cannot be read; the message says what to write instead."""


def read_date(text: str) -> date:
    """A day between 1900 and 2100, the day before the month as in Britain."""
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", " ".join(text.split()), flags=re.IGNORECASE)
    plain = re.sub(r"[T ]\d{2}:\d{2}(:\d{2})?$", "", plain)
    for date_format in DATE_FORMATS:
        try:
            found = datetime.strptime(plain, date_format).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
        if EARLIEST <= found < LATEST:
            return found
        raise UnreadableCell(_("That year cannot be right. Write a date such as 21 November 2026."))
    raise UnreadableCell(_("Write a date with its year, such as 21 November 2026 or 21/11/2026."))


def read_phone(text: str) -> str:
    """A phone number, kept as it is written."""
    try:
        validate_phone(text)
    except ValidationError as error:
        raise UnreadableCell(" ".join(error.messages)) from error
    return _no_longer_than(30, text)


def read_email(text: str) -> str:
    """An e-mail address."""
    try:
        validate_email(text)
    except ValidationError as error:
        raise UnreadableCell(_("Write one e-mail address such as hello@example.org.")) from error
    return _no_longer_than(254, text)


def read_website(text: str) -> str:
    """The address of a web page; https:// is added to one that has no beginning."""
    address = text if re.match(r"[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise UnreadableCell(_("Write one web address such as https://example.org.")) from error
    return _no_longer_than(200, address)


def read_words(text: str, *, most: int) -> str:
    """The text as it is, when it is no longer than `most` letters."""
    return _no_longer_than(most, text)


def split(text: str) -> list[str]:
    """The entries of a list."""
    entries = (re.sub(r"\\([;\\])", r"\1", entry).strip() for entry in LIST_ENTRY.findall(text))
    return [entry for entry in entries if entry]


def joined(entries: Iterable[str]) -> str:
    """A list as `split` reads it again."""
    return "; ".join(re.sub(r"([;\\])", r"\\\1", entry) for entry in entries)


def letters_of(text: str) -> str:
    """The letters and digits alone, in one case, to compare texts: "postcode" for "Post-code:"."""
    return "".join(char for char in text.casefold() if char.isalnum())


def read_choice(text: str, among: type[models.TextChoices]) -> str:
    """One value of a vocabulary, by its label or its code."""
    wanted = letters_of(text)
    for value, label in among.choices:
        if wanted in {letters_of(value), letters_of(str(label))}:
            return str(value)
    raise UnreadableCell(_("Write one of these: %s.") % "; ".join(map(str, among.labels)))


def read_choices(text: str, among: type[models.TextChoices]) -> list[str]:
    """Any number of values of a vocabulary, in its order."""
    chosen = {read_choice(entry, among) for entry in split(text)}
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
    raise UnreadableCell(_("Write yes or no, or leave it empty."))


def write_yes_no(value: bool | None) -> str:
    """Empty for what nobody stated."""
    return {True: "yes", False: "no", None: ""}[value]


def read_number(text: str, *, most: int) -> int:
    """A whole number from 0 to `most`."""
    if re.fullmatch(r"\d{1,9}", text.strip()) and int(text) <= most:
        return int(text)
    raise UnreadableCell(_("Write a whole number up to %(most)s.") % {"most": f"{most:,}"})


def read_identifier(text: str) -> UUID:
    """The public id of something of ours."""
    try:
        return UUID(text.strip())
    except ValueError as error:
        raise UnreadableCell(
            _("That is no identifier of ours. Leave it as exported, or empty.")
        ) from error


def read_degrees(text: str) -> float:
    """Degrees, as maps write them."""
    if re.fullmatch(r"[-−]?\d{1,3}(\.\d{1,20})?(e-\d{1,3})?", text.strip()):
        return float(text.strip().replace("−", "-"))
    raise UnreadableCell(_("Write degrees with a point, such as 53.2 or -1.23."))


def read_past_date(text: str) -> date:
    """A day that has been, or today."""
    found = read_date(text)
    if found > timezone.localdate():
        raise UnreadableCell(_("That day is still to come. Write the day on which it was done."))
    return found


def _no_longer_than(most: int, text: str) -> str:
    if len(text) > most:
        raise UnreadableCell(
            _("That is longer than %(most)s letters. Shorten it.") % {"most": f"{most:,}"}
        )
    return text


@cached_per_language
def _labels(among: type[models.TextChoices]) -> Mapping[str, str]:
    """Code → label: an export asks for the same few a hundred thousand times."""
    return {str(value): str(label) for value, label in among.choices}
