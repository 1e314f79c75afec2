"""Parses single cells as people write them: times, days, dates, amounts, addresses.

Each function takes non-empty text and raises `UnreadableCell` with what to write instead. Nothing
is guessed: an ambiguous cell is unreadable.
"""

import re
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from hereabouts.activities.models import Activity, Schedule
from hereabouts.imports.cells import UnreadableCell
from hereabouts.places import postcodes

Frequency, Weekday, Joining = Schedule.Frequency, Schedule.Weekday, Activity.Joining

NOON, MIDNIGHT = time(12, 0), time(0, 0)
TIME_WORDS = {
    "noon": NOON, "12 noon": NOON, "12noon": NOON, "midday": NOON, "12 midday": NOON,
    "midnight": MIDNIGHT,
}  # fmt: skip
CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.h ]?(?P<minute>\d{2}))?(?::\d{2})?\s*(?P<half>[ap]m)?")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[t ](\d{2}:\d{2})(:\d{2})?")
EXCEL_FRACTION = re.compile(r"0?\.\d+|0")
MINUTES_A_DAY = 24 * 60
# "1:30" hardly ever means the night, but might: an hour below this one needs "am" or "pm".
FIRST_CLEAR_HOUR = 7

ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "last": -1,
}  # fmt: skip
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_DAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}

FREQUENCIES: dict[str, Schedule.Frequency] = {
    r"weekly|(every|each|once a) week": Frequency.WEEKLY,
    r"fortnightly|every (two|2|other|second) weeks?|every fortnight": Frequency.FORTNIGHTLY,
    r"monthly|(every|each|once a) month": Frequency.MONTHLY,
    r"once|one[\s-]off": Frequency.ONCE,
}
FREE = re.compile(r"free( of charge)?|no (charge|cost)|nil|none")
# A spreadsheet stores 3.5 where somebody typed £3.50.
POUNDS = re.compile(
    r"£?\s*(?P<pounds>\d{4,6}(?=[.]\d{1,2}(?!\d))|\d{1,3})(?:[.](?P<pence>\d{1,2}))?"
)
PENCE = re.compile(r"(?P<pence>\d{1,2})\s*p")
PER_SESSION = re.compile(r"\s*(per|a|each|/)\s*(session|class|person|visit|time)?\s*")

JOINING_WORDS: dict[Activity.Joining, str] = {
    Joining.TURN_UP: r"(just )?(turn up|drop[\s-]in|come along)|no (need to book|booking.*)",
    Joining.CONTACT_FIRST: r"(contact|call|ring|phone|telephone|e-?mail)( them| us)?( first)?",
    Joining.BOOK: r"book(ing)?( a place| in advance| ahead| essential| required| only| needed)*",
    Joining.REFERRAL: r"((by|gp|health|professional) )*refer(ral|red)( only| needed| required)?"
    r"|a health or care professional refers you",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """The cost of one session; `pence` is None when the text names no clear amount."""

    pence: int | None
    note: str


def read_time(text: str) -> time:
    """A time of day: 13:30, 1.30pm, 1:30 PM, 1330, 12 noon, or Excel's fraction of a day."""
    plain = " ".join(text.lower().replace("a.m", "am").replace("p.m", "pm").split()).rstrip(".")
    if moment := MOMENT.fullmatch(plain):
        plain = moment[1]
    if plain in TIME_WORDS:
        return TIME_WORDS[plain]
    clock = CLOCK.fullmatch(plain)
    if clock and _is_a_time(clock):
        return _time_of(clock)
    if EXCEL_FRACTION.fullmatch(plain):
        minutes = round(float(plain) * MINUTES_A_DAY) % MINUTES_A_DAY
        return time(minutes // 60, minutes % 60)
    raise UnreadableCell(_("Write a time such as 13:30 or 1.30pm."))


def read_day(text: str) -> tuple[int, int | None]:
    """The weekday and the week of the month: (0, 1) for "first Monday", (0, None) for "Mondays"."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"\b(every|each|on|the|of|month)\b", "", text.lower()))
    week_of_month = ORDINALS.get(words[0]) if words else None
    if week_of_month is not None:
        words = words[1:]
    weekday = _weekday(words[0]) if len(words) == 1 else None
    if weekday is None:
        raise UnreadableCell(_("Write one day such as Thursday. Give every other day its own row."))
    return weekday, week_of_month


def read_frequency(text: str) -> tuple[Schedule.Frequency, str]:
    """The frequency and the rest of the cell: (WEEKLY, "24 weeks") for "weekly, 24 weeks"."""
    for words, frequency in FREQUENCIES.items():
        found = re.match(rf"({words})\b", text.strip(), re.IGNORECASE)
        if found:
            return frequency, text.strip()[found.end() :].strip(" ,;:.-–()")
    raise UnreadableCell(_("Write weekly, fortnightly, monthly or once."))


def read_cost(text: str) -> Cost:
    """The cost in "£3.50", "3", "50p" or "free"; other text ("small fee") becomes the note."""
    plain = " ".join(text.lower().split())
    if re.match(r"[-−]\s*£?\d", plain):
        raise UnreadableCell(
            _("A cost cannot be less than nothing. Write an amount such as £3.50.")
        )
    for shape in (FREE, PENCE, POUNDS):
        found = shape.match(plain)
        if found and not _goes_on(plain[found.end() :]):
            rest = PER_SESSION.sub("", plain[found.end() :], count=1)
            note = text.strip()[len(text.strip()) - len(rest) :].strip(" ,;:()") if rest else ""
            return Cost(pence=_pence(shape, found), note=note)
    return Cost(pence=None, note=text.strip())


def read_joining(text: str) -> tuple[Activity.Joining, str]:
    """How to join, and the text itself where it says anything else."""
    plain = " ".join(text.lower().split()).strip(".")
    for joining, words in JOINING_WORDS.items():
        if plain == str(joining.label).lower() or re.fullmatch(words, plain):
            return joining, ""
    return Joining.NOT_STATED, text.strip()


def level_error() -> UnreadableCell:
    """The error for a level column that has none of our words."""
    return UnreadableCell(
        _("Write green (low-impact), orange (chair-based or Otago), red (FaME) or none.")
    )


def read_postcode(text: str) -> postcodes.Located:
    """An existing postcode with its point, in any spacing."""
    found = postcodes.locate(text)
    if found is not None:
        return found
    raise UnreadableCell(postcodes.no_such(text))


def _is_a_time(clock: "re.Match[str]") -> bool:
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if clock["half"]:
        return 1 <= hour <= 12 and minute < 60
    is_clear = len(clock["hour"]) == 2 or hour >= FIRST_CLEAR_HOUR
    return clock["minute"] is not None and hour < 24 and minute < 60 and is_clear


def _time_of(clock: "re.Match[str]") -> time:
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"] == "pm" else 0)
    return time(hour, minute)


def _weekday(word: str) -> int | None:
    """0 for "Monday", "Mondays" or "Mon": any prefix of three letters or more, or a plural."""
    if word in SHORT_DAYS:
        return SHORT_DAYS[word]
    singular = word.removesuffix("s") if word.endswith("days") else word
    if len(singular) < 3:
        return None
    return next(
        (weekday for weekday, name in enumerate(DAY_NAMES) if name.startswith(singular)), None
    )


def _goes_on(rest: str) -> bool:
    """Does the text after an amount continue it, as in "3-5", "3 to 5" or "3.5.1"?"""
    return bool(re.match(r"[\w.]|\s*([-–/]|to\b|or\b|and\b|\+)\s*£?\d|\s*[+%]|\s*for\b", rest))


def _pence(shape: "re.Pattern[str]", found: "re.Match[str]") -> int:
    if shape is FREE:
        return 0
    if shape is PENCE:
        return int(found["pence"])
    return int(found["pounds"]) * 100 + int((found["pence"] or "").ljust(2, "0"))
