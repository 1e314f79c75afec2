"""Our columns, and what people call them."""

from collections.abc import Collection, Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Column(models.TextChoices):
    """The columns of imports and exports, in the order of the template.

    `table.TABLE` states how each is parsed and formatted.
    """

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

    FORM = "FORM", _("What it is")
    KINDS = "KINDS", _("Kinds of activity")
    PURPOSES = "PURPOSES", _("What it is for")
    ADAPTED = "ADAPTED", _("What can be adapted")
    YOUNGEST = "YOUNGEST", _("Youngest age")
    OLDEST = "OLDEST", _("Oldest age")
    GENDER = "GENDER", _("For women or men")
    ABILITY = "ABILITY", _("For whom by ability")
    CONDITIONS = "CONDITIONS", _("Health conditions that are welcome")
    LANGUAGES = "LANGUAGES", _("Languages spoken")
    CARERS = "CARERS", _("Carers may come along")
    LEADER = "LEADER", _("Leader’s qualification")
    LEADER_CONFIRMED = "LEADER_CONFIRMED", _("Qualification confirmed on")
    COST_NOTE = "COST_NOTE", _("More about the cost")
    FIRST_FREE = "FIRST_FREE", _("First time is free")
    CONCESSIONS = "CONCESSIONS", _("Reduced prices")
    PLACES = "PLACES", _("Places in each session")
    JOINING_NOTE = "JOINING_NOTE", _("More about joining")
    CONTACT = "CONTACT", _("Whom to contact")
    TIMETABLE = "TIMETABLE", _("Timetable")
    TERM_TIME = "TERM_TIME", _("Only in school term time")
    BREAKS = "BREAKS", _("Weeks without it")
    PAUSED_FROM = "PAUSED_FROM", _("Paused from")
    PAUSED_UNTIL = "PAUSED_UNTIL", _("Paused until")
    PAUSE_REASON = "PAUSE_REASON", _("Why it is paused")
    PROVIDER_PHONE = "PROVIDER_PHONE", _("Organisation’s phone")
    PROVIDER_EMAIL = "PROVIDER_EMAIL", _("Organisation’s e-mail")
    PROVIDER_WEBSITE = "PROVIDER_WEBSITE", _("Organisation’s website")
    LATITUDE = "LATITUDE", _("Latitude")
    LONGITUDE = "LONGITUDE", _("Longitude")
    VENUE_KIND = "VENUE_KIND", _("Building or open space")
    VENUE_PHONE = "VENUE_PHONE", _("Venue’s phone")
    VENUE_EMAIL = "VENUE_EMAIL", _("Venue’s e-mail")
    VENUE_WEBSITE = "VENUE_WEBSITE", _("Venue’s website")
    GETTING_THERE = "GETTING_THERE", _("Getting there")
    ACCESS = "ACCESS", _("Access to the venue")
    IDENTIFIER = "IDENTIFIER", _("Identifier")
    VENUE_IDENTIFIER = "VENUE_IDENTIFIER", _("Venue’s identifier")
    PROVIDER_IDENTIFIER = "PROVIDER_IDENTIFIER", _("Organisation’s identifier")
    FINGERPRINT = "FINGERPRINT", _("Fingerprint")

    NOTES = "NOTES", _("Notes for whoever completes it")
    LAYER = "LAYER", _("Layer of the map")
    PIN = "PIN", _("Colour of the pin")


# Columns that timetables usually have; the page of matching shows the others further down.
USUAL = frozenset(list(Column)[: list(Column).index(Column.FORM)]) | {Column.NOTES}
# Columns that only maps have.
OF_MAPS = frozenset({Column.LAYER, Column.PIN})

# How to write what is not plain words.
HELP: Mapping[str, StrOrPromise] = {
    Column.FORM: _("Class or session, Community group, Club, or Park or open space."),
    Column.KINDS: _("Names or addresses from the OpenActive activity list; several with “;”."),
    Column.PURPOSES: _("Such as: Strength and balance; Health walk."),
    Column.CONDITIONS: _("Such as: Arthritis; Stroke."),
    Column.LANGUAGES: _("Such as: Polish; British Sign Language. Codes such as pl will do."),
    Column.CONCESSIONS: _("Such as: Over 65: £2.00 (bring your bus pass); Carers: free."),
    Column.TIMETABLE: _(
        "For more than one day or time: Every week on Tuesday, 10:00–11:00; Every month on the "
        "first Monday, 14:00–15:00, from 2026-09-07 until 2026-12-07; Once on 2026-12-12, 10:00."
    ),
    Column.BREAKS: _("Such as: 2026-12-21 to 2027-01-03 (Christmas)."),
    Column.ACCESS: _("Such as: Step-free way in: yes (2026-10-01); Hearing loop: no (2026-10-01)."),
    Column.LATITUDE: _("Degrees north, such as 53.2. In Great Britain 49 to 61."),
    Column.LONGITUDE: _("Degrees east, such as -1.23. In Great Britain -9 to 2."),
    Column.IDENTIFIER: _("From our export: leave it as it is. For a new activity leave it empty."),
    Column.VENUE_IDENTIFIER: _("From our export: leave it as it is."),
    Column.PROVIDER_IDENTIFIER: _("From our export: leave it as it is."),
    Column.FINGERPRINT: _(
        "From our export: leave it as it is. It tells whether somebody has changed it here since."
    ),
}

# Headings that real timetables use, beside our own labels; lower case, without punctuation.
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
    Column.WHAT: ("description", "what happens", "details", "about", "what to expect", "what"),
    Column.FOR_WHOM: ("audience", "for whom", "who is it for", "suitable for", "age", "age group"),
    Column.COST: ("cost", "price", "fee", "charge", "cost per session", "price per session"),
    Column.JOINING: ("how to join", "joining", "booking", "how to book", "booking required"),
    Column.PHONE: ("phone", "telephone", "tel", "phone number", "contact number", "mobile"),
    Column.EMAIL: ("email", "e mail", "email address", "contact email"),
    Column.WEBSITE: ("website", "web site", "url", "link", "web address", "web page"),
    Column.FORM: ("form",),
    Column.KINDS: ("kinds", "activity type", "type of activity"),
    Column.PURPOSES: ("purposes", "purpose"),
    Column.ADAPTED: ("adapted", "adaptations"),
    Column.YOUNGEST: ("youngest", "age from", "minimum age", "min age"),
    Column.OLDEST: ("oldest", "age to", "maximum age", "max age"),
    Column.GENDER: ("gender", "sex"),
    Column.ABILITY: ("ability", "experience"),
    Column.CONDITIONS: ("conditions", "health conditions"),
    Column.LANGUAGES: ("languages", "language"),
    Column.CARERS: ("carers", "carers welcome"),
    Column.LEADER: ("leader", "instructor", "qualification"),
    Column.LEADER_CONFIRMED: ("leader confirmed", "confirmed on"),
    Column.COST_NOTE: ("cost note", "cost details"),
    Column.FIRST_FREE: ("first free", "first session free", "free taster"),
    Column.CONCESSIONS: ("concessions", "concession"),
    Column.PLACES: ("places", "capacity"),
    Column.JOINING_NOTE: ("joining note", "booking details"),
    Column.CONTACT: ("contact",),
    Column.TIMETABLE: ("timetable", "schedule"),
    Column.TERM_TIME: ("term time", "term time only"),
    Column.BREAKS: ("breaks", "holidays"),
    Column.PAUSED_FROM: ("paused from",),
    Column.PAUSED_UNTIL: ("paused until",),
    Column.PAUSE_REASON: ("pause reason",),
    Column.PROVIDER_PHONE: ("provider phone", "organisation phone"),
    Column.PROVIDER_EMAIL: ("provider email", "organisation email"),
    Column.PROVIDER_WEBSITE: ("provider website", "organisation website"),
    Column.LATITUDE: ("latitude", "lat"),
    Column.LONGITUDE: ("longitude", "lng", "long", "lon"),
    Column.VENUE_KIND: ("venue kind", "venue type"),
    Column.VENUE_PHONE: ("venue phone",),
    Column.VENUE_EMAIL: ("venue email",),
    Column.VENUE_WEBSITE: ("venue website",),
    Column.GETTING_THERE: ("getting there", "directions"),
    Column.ACCESS: ("access", "accessibility"),
    Column.IDENTIFIER: ("identifier",),
    Column.VENUE_IDENTIFIER: ("venue identifier",),
    Column.PROVIDER_IDENTIFIER: ("provider identifier", "organisation identifier"),
    Column.FINGERPRINT: ("fingerprint",),
    Column.NOTES: ("notes", "note", "comments", "other information"),
    Column.LAYER: ("layer", "folder"),
    Column.PIN: ("pin", "marker color", "marker colour", "pin colour", "pin color"),
}  # fmt: skip


def names() -> dict[str, tuple[str, ...]]:
    """Column → what people call it, our own label and code among it, for `imports.headings`."""
    return {
        column: (str(column.label), column.value, *synonyms)
        for column, synonyms in SYNONYMS.items()
    }


def labels(columns: Collection[str]) -> str:
    """The columns as people see them, in our order: “Day”, “Phone”."""
    return ", ".join(f"“{column.label}”" for column in Column if column in columns)
