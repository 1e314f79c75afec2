"""Exports as KML, with pins in the colours of the levels.

Google Earth takes the colour from the style, Google My Maps from the style's name. There is no
description: both show what is kept of each pin as a table, and My Maps would give a description
back as if it were the activity's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.exports.metadata import PAGE, SHOWN_AS, Export
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import is_confirmed
from hereabouts.files.maps.drawn import OURS

# As in `design/tokens.css`; a class whose leader is not confirmed is never red.
COLOURS: Mapping[str, str] = {
    Level.GREEN: "37814F", Level.ORANGE: "F2993A", Level.RED: "991B33", Level.NONE: "546E7A",
}  # fmt: skip
UNCONFIRMED = "9E9E9E"
# Google Earth's own white pin, which it tints.
PICTURE = "http://maps.google.com/mapfiles/kml/paddle/wht-blank.png"
# Said by the placemark itself.
OWN_ELEMENTS = frozenset({Column.NAME, Column.LATITUDE, Column.LONGITUDE})

START = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'


def as_kml(activities: Iterable[Activity], edition: Export) -> Iterator[bytes]:
    """A KML document, pin by pin."""
    name, source = escape(edition.publisher), escape(edition.attribution())
    head = f'<Document id="{OURS}">\n<name>{name}</name>\n<description>{source}</description>\n'
    styles = "".join(_style(colour) for colour in (*COLOURS.values(), UNCONFIRMED))
    yield (START + head + styles).encode()
    for activity in activities:
        yield _placemark(activity, edition).encode()
    yield b"</Document>\n</kml>\n"


def _placemark(activity: Activity, edition: Export) -> str:
    said = table.write(activity)
    kept = {str(column.label): text for column, text in said.items() if column not in OWN_ELEMENTS}
    data = "".join(
        f"<Data name={quoteattr(name)}><value>{_escaped(text)}</value></Data>\n"
        for name, text in {
            SHOWN_AS: edition.shown_as(activity),
            **kept,
            PAGE: edition.page_of(activity),
        }.items()
        if text
    )
    return (
        f'<Placemark id="a-{activity.public_id}">\n<name>{_escaped(said[Column.NAME])}</name>\n'
        f"<styleUrl>#{_style_id(_colour(activity, on=edition.on))}</styleUrl>\n"
        f"<ExtendedData>\n{data}</ExtendedData>\n<Point><coordinates>"
        f"{said[Column.LONGITUDE]},{said[Column.LATITUDE]},0"
        "</coordinates></Point>\n</Placemark>\n"
    )


def _colour(activity: Activity, *, on: date) -> str:
    return COLOURS[activity.level] if is_confirmed(activity, on=on) else UNCONFIRMED


def _style_id(colour: str) -> str:
    """Google My Maps reads the shape (1899: a pin) and the colour out of it."""
    return f"icon-1899-{colour}"


def _style(colour: str) -> str:
    red, green, blue = colour[:2], colour[2:4], colour[4:]
    tint = f"ff{blue}{green}{red}".lower()
    return (
        f'<Style id="{_style_id(colour)}-normal"><IconStyle><color>{tint}</color>'
        f"<Icon><href>{PICTURE}</href></Icon></IconStyle></Style>\n"
        f'<StyleMap id="{_style_id(colour)}"><Pair><key>normal</key>'
        f"<styleUrl>#{_style_id(colour)}-normal</styleUrl></Pair><Pair><key>highlight</key>"
        f"<styleUrl>#{_style_id(colour)}-normal</styleUrl></Pair></StyleMap>\n"
    )


def _escaped(text: str) -> str:
    # A carriage return would come back as a line feed.
    return escape(text, {"\r": "&#13;"})
