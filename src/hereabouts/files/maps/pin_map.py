"""A map of pins as a table, whatever the format of its file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# What every map has, under headings that the importer knows.
NAME, DESCRIPTION, ADDRESS, PHONE = "Name", "Description", "Address", "Phone"
LATITUDE, LONGITUDE, LAYER, COLOUR = "Latitude", "Longitude", "Layer", "Colour of the pin"
# The identifier of the maps that we export. What looks like tags in those is what somebody typed.
EXPORT_ID = "hereabouts-export"
FIRST, LAST = (NAME,), (DESCRIPTION, ADDRESS, PHONE, LATITUDE, LONGITUDE, LAYER, COLOUR)


@dataclass(kw_only=True, slots=True)
class Pin:
    """One point of a map: heading → text, in the order of the file."""

    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class PinMap:
    """The pins of a map, and how many lines and areas it has beside them."""

    pins: Sequence[Pin]
    shapes_left_out: int

    def rows(self) -> Iterable[tuple[int, list[str]]]:
        """Headings and pins as a spreadsheet has them. A pin is numbered by its place in the map.

        What the map's owner keeps of each pin comes before its description, which often only says
        the same again.
        """
        used = dict.fromkeys(heading for pin in self.pins for heading in pin.fields)
        first = [heading for heading in FIRST if heading in used]
        last = [heading for heading in LAST if heading in used]
        own = [heading for heading in used if heading not in {*FIRST, *LAST}]
        headings = [*first, *own, *last]
        yield 0, headings
        for number, pin in enumerate(self.pins, start=1):
            yield number, [pin.fields.get(heading, "") for heading in headings]
