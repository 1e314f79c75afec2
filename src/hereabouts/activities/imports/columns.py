"""Our columns, and which of them a spreadsheet's headings mean."""

import re
from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

# From this likeness on (0 to 100) a heading is taken for one of our words.
LIKELY = 88


class Column(models.TextChoices):
    """What a column of a spreadsheet can tell us about an activity, in the template's order."""

    NAME = "NAME", _("Name of the activity")
    ORGANISATION = "ORGANISATION", _("Organisation that runs it")
    VENUE = "VENUE", _("Venue")
    STREET = "STREET", _("Street")
    TOWN = "TOWN", _("Town or village")
    POSTCODE = "POSTCODE", _("Postcode")
    DAY = "DAY", _("Day")
    START = "START", _("From")
    END = "END", _("Until")
    FREQUENCY = "FREQUENCY", _("How often")
    FIRST_DATE = "FIRST_DATE", _("First date")
    LAST_DATE = "LAST_DATE", _("Last date")
    LEVEL = "LEVEL", _("Level")
    SUMMARY = "SUMMARY", _("In one sentence")
    WHAT = "WHAT", _("What happens")
    FOR_WHOM = "FOR_WHOM", _("For whom")
    COST = "COST", _("Cost of one session")
    JOINING = "JOINING", _("How to join")
    PHONE = "PHONE", _("Phone")
    EMAIL = "EMAIL", _("E-mail")
    WEBSITE = "WEBSITE", _("Website")
    NOTES = "NOTES", _("Notes for whoever completes it")


# Words that real timetables use, beside our own labels. Compared in lower case without marks.
SYNONYMS: dict[Column, tuple[str, ...]] = {
    Column.NAME: (
        "name", "activity", "activity name", "class", "class name", "session", "session name",
        "programme", "program", "title", "group",
    ),
    Column.ORGANISATION: (
        "organisation", "organization", "provider", "run by", "organiser", "delivered by", "host",
    ),
    Column.VENUE: ("venue", "venue name", "location", "where", "building", "site"),
    Column.STREET: ("street", "address", "address line 1", "street address", "venue address"),
    Column.TOWN: ("town", "village", "place", "town city", "city", "locality"),
    Column.POSTCODE: ("postcode", "post code", "postal code", "venue postcode"),
    Column.DAY: ("day", "weekday", "day of week", "day of the week", "days"),
    Column.START: ("start", "start time", "from", "starts", "time", "time from", "begins"),
    Column.END: ("end", "end time", "until", "to", "finish", "finish time", "ends", "time to"),
    Column.FREQUENCY: ("frequency", "how often", "recurrence", "repeats"),
    Column.FIRST_DATE: ("first date", "start date", "starts on", "date from", "first session"),
    Column.LAST_DATE: ("last date", "end date", "ends on", "date to", "last session"),
    Column.LEVEL: ("level", "tier", "colour", "kind", "level or kind"),
    Column.SUMMARY: ("summary", "in one sentence", "short description"),
    Column.WHAT: ("description", "what happens", "details", "about", "what to expect"),
    Column.FOR_WHOM: ("audience", "for whom", "who is it for", "suitable for", "age", "age group"),
    Column.COST: ("cost", "price", "fee", "charge", "cost per session", "price per session"),
    Column.JOINING: ("how to join", "joining", "booking", "how to book", "booking required"),
    Column.PHONE: ("phone", "telephone", "tel", "phone number", "contact number", "mobile"),
    Column.EMAIL: ("email", "e mail", "email address", "contact email"),
    Column.WEBSITE: ("website", "web site", "url", "link", "web address", "web page"),
    Column.NOTES: ("notes", "note", "comments", "other information"),
}  # fmt: skip


def guess(headings: Sequence[str]) -> dict[str, Column]:
    """Which of our columns each heading most likely means; each column at most once.

    A heading that is like none of our words is not in the answer.
    """
    pairs = sorted(
        (
            (-_likeness(heading, column), place, heading, column)
            for place, heading in enumerate(headings)
            for column in Column
        ),
        key=lambda pair: pair[:2],
    )
    guessed: dict[str, Column] = {}
    for unlikeness, _place, heading, column in pairs:
        if -unlikeness < LIKELY:
            break
        if heading not in guessed and column not in guessed.values():
            guessed[heading] = column
    return guessed


def _likeness(heading: str, column: Column) -> float:
    words = (str(column.label), *SYNONYMS[column])
    return max(fuzz.ratio(_plain(heading), _plain(word)) for word in words)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))
