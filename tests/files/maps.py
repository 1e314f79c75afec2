"""Maps for tests, as Google My Maps exports them (everything in them is made up)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

PICTURE = "https://www.gstatic.com/mapspro/images/stock/503-wht-blank_maps.png"


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A placemark; `style` as My Maps names it, `data` what the owner keeps of each."""

    name: str
    style: str = "icon-1899-0F9D58-nodesc"
    longitude: float = -1.2324
    latitude: float = 53.2
    description: str = ""
    data: dict[str, str] = field(default_factory=dict)


GREEN, ORANGE, RED, BLUE = "0F9D58", "F57C00", "A52714", "0288D1"

# What a partnership's map of classes looks like: a layer of classes, a layer of walks, a route.
CLASSES = (
    Pin(
        name="Sure and Steady",
        style=f"icon-1899-{ORANGE}",
        description="Day: Thursday<br>Time: 1.30pm<br>Sit, stand and stretch.<br><br>"
        "Millbeck Hall, Shirebrook NG20 8PA",
        data={"Venue": "Millbeck Hall", "Day": "Thursday", "Time": "1.30pm"},
    ),
    Pin(
        name="Falls class",
        style=f"icon-1899-{RED}-labelson",
        data={"Venue": "Heath End Centre", "Day": "Monday", "Time": "10:00"},
        latitude=53.21,
    ),
    Pin(name="Gentle movers", style=f"icon-960-{GREEN}", latitude=53.22),
)
WALKS = (Pin(name="Mill Lane walk", style=f"icon-1886-{BLUE}-nodesc", latitude=53.23),)


def _style(style: str) -> str:
    """The styles that My Maps writes for one pin: normal, highlighted, and the pair of both."""
    colour = style.split("-")[2]
    tint = f"ff{colour[4:]}{colour[2:4]}{colour[:2]}".lower()
    icon = (
        f"<IconStyle><color>{tint}</color><scale>1</scale><Icon><href>{PICTURE}</href></Icon>"
        '<hotSpot x="32" xunits="pixels" y="64" yunits="insetPixels"/></IconStyle>'
    )
    return (
        f'<Style id="{style}-normal">{icon}<LabelStyle><scale>0</scale></LabelStyle></Style>'
        f'<Style id="{style}-highlight">{icon}<LabelStyle><scale>1</scale></LabelStyle></Style>'
        f'<StyleMap id="{style}"><Pair><key>normal</key><styleUrl>#{style}-normal</styleUrl>'
        f"</Pair><Pair><key>highlight</key><styleUrl>#{style}-highlight</styleUrl></Pair></StyleMap>"
    )


def placemark(pin: Pin) -> str:
    data = "".join(
        f"<Data name={quoteattr(name)}><value>{escape(text)}</value></Data>"
        for name, text in pin.data.items()
    )
    description = (
        f"<description><![CDATA[{pin.description}]]></description>" if pin.description else ""
    )
    return (
        f"<Placemark><name>{escape(pin.name)}</name>{description}<styleUrl>#{pin.style}</styleUrl>"
        + (f"<ExtendedData>{data}</ExtendedData>" if data else "")
        + "<Point>\n<coordinates>\n"
        f"{pin.longitude},{pin.latitude},0\n  </coordinates></Point></Placemark>"
    )


ROUTE = (
    "<Placemark><name>The route</name><LineString><tessellate>1</tessellate>"
    "<coordinates>-1.23,53.2,0 -1.24,53.21,0</coordinates></LineString></Placemark>"
)


def kml(layers: Iterable[tuple[str, Iterable[Pin]]], *, more: str = "") -> bytes:
    """A map of layers, each with its pins; `more` is what is drawn besides."""
    layers = [(name, list(pins)) for name, pins in layers]
    styles = dict.fromkeys(pin.style for _name, pins in layers for pin in pins)
    folders = "".join(
        f"<Folder><name>{escape(name)}</name>{''.join(map(placemark, pins))}</Folder>"
        for name, pins in layers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><name>Classes near you</name><description/>{''.join(map(_style, styles))}"
        f"{folders}{more}</Document></kml>"
    ).encode()


def my_map() -> bytes:
    """The whole of the partnership's map."""
    return kml([("Classes", CLASSES), ("Walks", WALKS)], more=ROUTE)


def kmz(content: bytes, *, name: str = "doc.kml") -> bytes:
    """The same in a zip file."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("images/icon-1.png", b"\x89PNG")
        archive.writestr(name, content)
    return file.getvalue()
