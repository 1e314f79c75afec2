"""Exports as KML, with pins in the colours of the levels.

Google Earth takes the colour from the style, Google My Maps from the style's name. There is no
description: both show what is kept of each pin as a table, and My Maps would give a description
back as if it were the activity's own.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.exports.metadata import PAGE, SHOWN_AS, Export
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import is_confirmed
from hereabouts.core.text import printable
from hereabouts.files.maps.pin_map import EXPORT_ID

# As in `design/tokens.css`; a class whose leader is not confirmed is never red.
COLOURS: Mapping[str, str] = {
    Level.GREEN: "37814F", Level.ORANGE: "F2993A", Level.RED: "991B33", Level.NONE: "546E7A",
}  # fmt: skip
UNCONFIRMED = "9E9E9E"
# Google Earth's own white pin, which it tints.
PICTURE = "http://maps.google.com/mapfiles/kml/paddle/wht-blank.png"
# Elements of the placemark itself.
OWN_ELEMENTS = frozenset({Column.NAME, Column.LATITUDE, Column.LONGITUDE})
NAMESPACE = "http://www.opengis.net/kml/2.2"


def as_kml(activities: Iterable[Activity], export: Export) -> Iterator[bytes]:
    """A KML document, pin by pin."""
    # Looked up in the catalogues once, and not for every pin.
    headings = {column: str(column.label) for column in Column if column not in OWN_ELEMENTS}
    document = _Document()
    document.start("kml", xmlns=NAMESPACE)
    document.start("Document", id=EXPORT_ID)
    document.leaf("name", export.publisher)
    document.leaf("description", export.attribution())
    for colour in (*COLOURS.values(), UNCONFIRMED):
        _write_style(document, colour)
    yield document.take()
    for activity in activities:
        _write_placemark(document, activity, export, headings)
        yield document.take()
    document.end("Document")
    document.end("kml")
    yield document.take()


class _Document:
    """An XML document as it grows; what is written so far is taken away piece by piece."""

    def __init__(self) -> None:
        self._text = StringIO()
        self._xml = XMLGenerator(self._text, encoding="UTF-8")
        self._xml.startDocument()

    def start(self, name: str, /, **attributes: str) -> None:
        """Begin an element whose children follow."""
        values = {key: printable(value) for key, value in attributes.items()}
        self._xml.startElement(name, AttributesImpl(values))
        self._xml.ignorableWhitespace("\n")

    def end(self, name: str) -> None:
        """End what was begun with `start`."""
        self._xml.endElement(name)
        self._xml.ignorableWhitespace("\n")

    def leaf(self, name: str, text: str) -> None:
        """An element with nothing but text in it, without the characters that XML forbids."""
        self._xml.startElement(name, AttributesImpl({}))
        for index, line in enumerate(printable(text).split("\r")):
            if index:
                # As it is, it would come back as a line feed.
                self._text.write("&#13;")
            self._xml.characters(line)
        self.end(name)

    def take(self) -> bytes:
        """What was written since the last time."""
        written = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        return written.encode()


def _write_placemark(
    document: _Document, activity: Activity, export: Export, headings: Mapping[Column, str]
) -> None:
    cells = table.write(activity)
    data = {
        SHOWN_AS: export.shown_as(activity),
        **{headings[column]: text for column, text in cells.items() if column in headings},
        PAGE: export.page_of(activity),
    }
    document.start("Placemark", id=f"a-{activity.public_id}")
    document.leaf("name", cells[Column.NAME])
    document.leaf("styleUrl", f"#{_style_id(_colour(activity, on=export.on))}")
    document.start("ExtendedData")
    for heading, text in data.items():
        if text:
            document.start("Data", name=heading)
            document.leaf("value", text)
            document.end("Data")
    document.end("ExtendedData")
    document.start("Point")
    document.leaf("coordinates", f"{cells[Column.LONGITUDE]},{cells[Column.LATITUDE]},0")
    document.end("Point")
    document.end("Placemark")


def _colour(activity: Activity, *, on: date) -> str:
    return COLOURS[activity.level] if is_confirmed(activity, on=on) else UNCONFIRMED


def _style_id(colour: str) -> str:
    """Google My Maps reads the shape (1899: a pin) and the colour out of it."""
    return f"icon-1899-{colour}"


def _write_style(document: _Document, colour: str) -> None:
    """The style of one colour, and the pair of it that Google My Maps asks for."""
    red, green, blue = colour[:2], colour[2:4], colour[4:]
    style = f"{_style_id(colour)}-normal"
    document.start("Style", id=style)
    document.start("IconStyle")
    document.leaf("color", f"ff{blue}{green}{red}".lower())
    document.start("Icon")
    document.leaf("href", PICTURE)
    document.end("Icon")
    document.end("IconStyle")
    document.end("Style")
    document.start("StyleMap", id=_style_id(colour))
    for key in ("normal", "highlight"):
        document.start("Pair")
        document.leaf("key", key)
        document.leaf("styleUrl", f"#{style}")
        document.end("Pair")
    document.end("StyleMap")
