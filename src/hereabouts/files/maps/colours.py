"""The colour of a pin, from the many places where a KML file may say it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# "#icon-1899-0F9D58-nodesc", "#icon-960-0F9D58", as Google My Maps names its styles.
IN_STYLE_ID = re.compile(r"\bicon-[\w]+-([0-9A-Fa-f]{6})(?![0-9A-Za-z])")
# "…/pushpin/grn-pushpin.png", "…/icons/green-dot.png", as Google Earth names its pictures.
IN_PICTURE = re.compile(r"/(?:ms|)(\w+?)-(?:pushpin|circle|dot|blank|square|diamond|stars)\b")
PICTURES: Mapping[str, str] = {
    "grn": "#00AA00", "green": "#00AA00", "red": "#CC0000", "orange": "#FF8800",
    "ylw": "#FFDD00", "yellow": "#FFDD00", "blu": "#0000CC", "blue": "#0000CC",
    "ltblu": "#00AACC", "lightblue": "#00AACC", "purple": "#800080", "pink": "#FF66AA",
    "wht": "#FFFFFF", "white": "#FFFFFF",
}  # fmt: skip
# A picture in its own colours.
UNTINTED = "ffffff"


@dataclass(frozen=True, kw_only=True, slots=True)
class IconStyle:
    """What a style says of its icon: `aabbggrr` in hexadecimal, and the picture's address."""

    colour: str
    picture: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Styles:
    """The styles of one file by their identifiers; `shown_as` leads from a pair to its normal."""

    icons: Mapping[str, IconStyle]
    shown_as: Mapping[str, str]

    def colour_of(self, url: str, own: IconStyle | None) -> str:
        """ "#0F9D58" for a pin's style; empty when nothing says its colour."""
        identifier = url.strip().rpartition("#")[2]
        normal = self.shown_as.get(identifier, identifier)
        for icon in (own, self.icons.get(normal), self.icons.get(identifier)):
            if icon and (tint := _tint(icon.colour)):
                return tint
        if named := IN_STYLE_ID.search(identifier):
            return f"#{named[1].upper()}"
        icon = own or self.icons.get(normal)
        named = IN_PICTURE.search(icon.picture) if icon else None
        return PICTURES.get(named[1].lower(), "") if named else ""


def _tint(colour: str) -> str:
    """`ff589d0f` (alpha, blue, green, red) as "#0F9D58"; empty for none, and for no tint."""
    plain = colour.strip().lower().removeprefix("#")
    if not re.fullmatch(r"[0-9a-f]{8}", plain) or plain[2:] == UNTINTED:
        return ""
    blue, green, red = plain[2:4], plain[4:6], plain[6:8]
    return f"#{red}{green}{blue}".upper()
