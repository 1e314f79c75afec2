"""KML, as Google My Maps and Google Earth export it, and KMZ, which is KML in a zip file.

Read as it streams, with limits on everything: a file may claim to be far larger than it is.
"""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from hereabouts.files import workbooks
from hereabouts.files.maps import pin_map
from hereabouts.files.maps.colours import IconStyle, Styles
from hereabouts.files.maps.pin_map import Pin, PinMap
from hereabouts.files.maps.plain import as_plain, without_tags
from hereabouts.files.unreadable import UnreadableFile

MAX_UNPACKED_BYTES = 40_000_000
MAX_MEMBERS = 2_000
# The others unpack as much as there is, however little one asks for.
PACKED_AS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# Every pin with every column that a spreadsheet may have.
MAX_ELEMENTS = 500_000
MAX_DEPTH = 60
# One more than a spreadsheet may have rows, so that it is said that there are too many.
MAX_PINS = 2_001

SHAPES = frozenset({"LineString", "LinearRing", "Polygon", "Track", "MultiTrack", "Model"})
# Whatever else a placemark says is not for a table.
PLAIN = {"name": pin_map.NAME, "address": pin_map.ADDRESS, "phoneNumber": pin_map.PHONE}


def read_kmz(content: bytes) -> PinMap:
    """The map in a KMZ file. Raises `UnreadableFile`."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if len(archive.infolist()) > MAX_MEMBERS:
                raise UnreadableFile(_too_long())
            names = [name for name in archive.namelist() if name.lower().endswith(".kml")]
            if not names:
                raise UnreadableFile(
                    _("There is no map in the KMZ file. Export it as KML instead.")
                )
            # "doc.kml" by custom; the first one by the standard.
            name = next((kept for kept in names if kept.lower() == "doc.kml"), names[0])
            if archive.getinfo(name).compress_type not in PACKED_AS:
                raise UnreadableFile(_not_opened())
            with archive.open(name) as member:
                # What a zip file says of its sizes is not to be trusted.
                text = member.read(MAX_UNPACKED_BYTES + 1)
    except workbooks.DAMAGED_ZIP as error:
        raise UnreadableFile(_not_opened()) from error
    if len(text) > MAX_UNPACKED_BYTES:
        raise UnreadableFile(_too_long())
    return _read_xml(text)


def read_kml(content: bytes) -> PinMap:
    """The map in a KML file, or in a KMZ file that is called KML. Raises `UnreadableFile`."""
    return read_kmz(content) if content.startswith(b"PK\x03\x04") else _read_xml(content)


def _read_xml(content: bytes) -> PinMap:
    reader = _Reader()
    try:
        for event, element in iterparse(
            BytesIO(content), events=("start", "end"), forbid_dtd=True, forbid_external=True
        ):
            reader.take(event, element)
    except ParseError as error:
        _refuse_broken(error)
    except DefusedXmlException as error:
        raise UnreadableFile(
            _("The file has parts in it that no map needs and that can do harm. Export it again.")
        ) from error
    except (ValueError, LookupError) as error:
        raise UnreadableFile(
            _("The letters of the file cannot be read. Export it as UTF-8.")
        ) from error
    return reader.as_map()


def _refuse_broken(error: ParseError) -> NoReturn:
    line, _column = error.position
    raise UnreadableFile(
        _("The map file is broken at line %(line)s. Export it again from your map.")
        % {"line": line}
    ) from error


def _not_opened() -> str:
    return _("The KMZ file could not be opened. Export it again, as KML if you can.")


def _too_long() -> str:
    return _("There is more in the file than we can take. Split it into smaller files.")


class _Reader:
    """Gathers placemarks and styles as the file streams by, and forgets all else."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self._elements = 0
        self._is_kml = False
        self._plain: Callable[[str], str] = without_tags
        self._links = 0
        self._shapes = 0
        self._folders: list[str] = []
        # A pin, the address of its style, and the style that it has of its own.
        self._pins: list[tuple[Pin, str, IconStyle | None]] = []
        self._icons: dict[str, IconStyle] = {}
        self._shown_as: dict[str, str] = {}

    def take(self, event: str, element: Element) -> None:
        """The next beginning or end of an element."""
        name = _name(element)
        if event == "start":
            self._begin(name)
            if name == "Document" and element.get("id") == pin_map.EXPORT_ID:
                self._plain = str.strip
            return
        self._path.pop()
        if name == "Folder":
            self._folders.pop()
        elif name == "name" and self._path[-1:] == ["Folder"]:
            self._folders[-1] = self._plain(element.text or "")
        if "Placemark" in self._path or "Style" in self._path or "StyleMap" in self._path:
            # Part of something that is still to be read as a whole.
            return
        self._end(name, element)
        element.clear()

    def as_map(self) -> PinMap:
        """All of it, once the file has ended. Raises `UnreadableFile`."""
        if not self._is_kml:
            raise UnreadableFile(_("The file is called KML but has no map in it. Export it again."))
        if not self._pins and self._links:
            raise UnreadableFile(
                _(
                    "The file holds only a link to the map. Export it again without “Keep data up "
                    "to date with network link”."
                )
            )
        if not self._pins:
            raise UnreadableFile(
                _("There is no pin on the map. Choose the file with your pins in it.")
            )
        styles = Styles(icons=self._icons, shown_as=self._shown_as)
        for pin, url, own in self._pins:
            if colour := styles.colour_of(url, own):
                pin.fields[pin_map.COLOUR] = colour
        return PinMap(pins=[pin for pin, _url, _own in self._pins], shapes_left_out=self._shapes)

    def _begin(self, name: str) -> None:
        self._elements += 1
        self._path.append(name)
        if self._elements > MAX_ELEMENTS or len(self._path) > MAX_DEPTH:
            raise UnreadableFile(_too_long())
        self._is_kml = self._is_kml or name == "kml"
        self._links += name == "NetworkLink"
        if name == "Folder":
            self._folders.append("")

    def _end(self, name: str, element: Element) -> None:
        if name == "Placemark":
            self._placemark(element)
        elif name == "Style" and element.get("id"):
            self._icons[str(element.get("id"))] = _icon(element)
        elif name == "StyleMap" and element.get("id"):
            for pair in _children(element, "Pair"):
                if _text(pair, "key") == "normal":
                    url = _text(pair, "styleUrl")
                    self._shown_as[str(element.get("id"))] = url.rpartition("#")[2]

    def _placemark(self, element: Element) -> None:
        points = [inner for inner in element.iter() if _name(inner) == "Point"]
        shapes = [inner for inner in element.iter() if _name(inner) in SHAPES]
        if not points and (shapes or not _text(element, "address")):
            self._shapes += 1
            return
        if len(self._pins) >= MAX_PINS:
            raise UnreadableFile(
                _(
                    "There are more than 2,000 pins in the file, and that is as many as we can "
                    "take. Split it into maps of 2,000 pins or fewer."
                )
            )
        pin = Pin()
        for tag, heading in PLAIN.items():
            _keep(pin, heading, self._plain(_text(element, tag)))
        for heading, value in _kept_data(element):
            _keep(pin, heading, self._plain(value))
        _keep(pin, pin_map.DESCRIPTION, _described(element, pin))
        _keep(pin, pin_map.LAYER, " / ".join(folder for folder in self._folders if folder))
        if points:
            _place(pin, _text(points[0], "coordinates"))
        style = next(iter(_children(element, "Style")), None)
        own = _icon(style) if style is not None else None
        self._pins.append((pin, _text(element, "styleUrl"), own))


def _place(pin: Pin, coordinates: str) -> None:
    """KML gives the longitude first, then the latitude, then perhaps the height."""
    parts = coordinates.strip().split(",")
    _keep(pin, pin_map.LATITUDE, parts[1].strip() if len(parts) > 1 else "?")
    _keep(pin, pin_map.LONGITUDE, parts[0].strip() or "?")


def _kept_data(element: Element) -> list[tuple[str, str]]:
    """What the map's owner keeps of a pin: (heading, text)."""
    found = []
    for inner in element.iter():
        if _name(inner) == "Data":
            found.append((str(inner.get("name") or ""), _text(inner, "value")))
        elif _name(inner) == "SimpleData":
            found.append((str(inner.get("name") or ""), inner.text or ""))
    return [(heading.strip(), text) for heading, text in found if heading.strip()]


def _described(element: Element, pin: Pin) -> str:
    """The description without the lines that only repeat what is kept of the pin."""
    repeated = {f"{heading}: {text}" for heading, text in pin.fields.items()}
    lines = as_plain(_text(element, "description")).split("\n")
    return "\n".join(line for line in lines if line not in repeated).strip()


def _keep(pin: Pin, heading: str, text: str) -> None:
    if text and heading not in pin.fields:
        pin.fields[heading] = text


def _icon(style: Element) -> IconStyle:
    icons = _children(style, "IconStyle")
    if not icons:
        return IconStyle(colour="", picture="")
    pictures = _children(icons[0], "Icon")
    picture = _text(pictures[0], "href") if pictures else ""
    return IconStyle(colour=_text(icons[0], "color"), picture=picture)


def _children(element: Element, name: str) -> list[Element]:
    return [child for child in element if _name(child) == name]


def _text(element: Element, name: str) -> str:
    """The text of the first child of that name; empty when there is none."""
    return next(((child.text or "").strip() for child in _children(element, name)), "")


def _name(element: Any) -> str:
    """A tag without its namespace; comments have none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
