"""What is drawn on a map, however its file says it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# What every map has, under headings that `columns.guess` knows.
NAME, DESCRIPTION, ADDRESS, PHONE = "Name", "Description", "Address", "Phone"
LATITUDE, LONGITUDE, LAYER, COLOUR = "Latitude", "Longitude", "Layer", "Colour of the pin"
# How a map of our own says so: what looks like tags in it is what somebody wrote.
OURS = "hereabouts-export"
FIRST, LAST = (NAME,), (DESCRIPTION, ADDRESS, PHONE, LATITUDE, LONGITUDE, LAYER, COLOUR)


@dataclass(kw_only=True, slots=True)
class Pin:
    """One point of a map: heading → text, in the order of the file."""

    said: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """The pins of a map, and how many lines and areas it has besides."""

    pins: Sequence[Pin]
    shapes_left_out: int

    def rows(self) -> Iterable[tuple[int, list[str]]]:
        """Headings and pins as a spreadsheet has them. A pin is numbered by its place in the map.

        What the map's owner keeps of each pin comes before its description, which often only says
        the same again.
        """
        told = dict.fromkeys(heading for pin in self.pins for heading in pin.said)
        others = [heading for heading in told if heading not in {*FIRST, *LAST}]
        used = [*(one for one in FIRST if one in told), *others]
        headings = [*used, *(one for one in LAST if one in told)]
        yield 0, headings
        for number, pin in enumerate(self.pins, start=1):
            yield number, [pin.said.get(heading, "") for heading in headings]
