"""Coloured pins: which level did whoever drew the map mean?

The Google map that a partnership begins with has a pin for every class, in our three colours or
nearly; some have a layer for each level instead. A guess is only a guess: a person confirms it.
"""

import colorsys
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hereabouts.activities.columns.approaches import named_approaches
from hereabouts.activities.levels import Level, level_for

# As `maps` gives colours: "#0F9D58".
COLOUR = re.compile(r"#[0-9A-F]{6}")
# Less colourful than this is grey to the eye.
LEAST_SATURATION = 0.2


class Meaning(models.TextChoices):
    """What pins of one colour are."""

    GREEN = "GREEN", Level.GREEN.label
    ORANGE = "ORANGE", Level.ORANGE.label
    RED = "RED", gettext_lazy("Red: FaME falls class (each leader is still to be confirmed)")
    NONE = "NONE", gettext_lazy("Walk, park or other: no level")
    LAYER = "LAYER", gettext_lazy("What their layer says")
    LEAVE_OUT = "LEAVE_OUT", gettext_lazy("Leave them out")


# As somebody would write it in the level column.
LEVEL_CELLS: Mapping[str, str] = {
    Meaning.GREEN: "green", Meaning.ORANGE: "orange", Meaning.RED: "red", Meaning.NONE: "none",
}  # fmt: skip
# Hue in degrees, up to which → its name, and the level whose colour it is.
HUES = (
    (15, gettext_lazy("Red"), Meaning.RED),
    (48, gettext_lazy("Orange"), Meaning.ORANGE),
    (70, gettext_lazy("Yellow"), Meaning.NONE),
    (170, gettext_lazy("Green"), Meaning.GREEN),
    (200, gettext_lazy("Turquoise"), Meaning.NONE),
    (260, gettext_lazy("Blue"), Meaning.NONE),
    (300, gettext_lazy("Purple"), Meaning.NONE),
    (343, gettext_lazy("Pink"), Meaning.NONE),
    (360, gettext_lazy("Red"), Meaning.RED),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pins:
    """All pins of one colour: how many, and whether their layers say a level."""

    colour: str
    count: int
    has_layers: bool
    guess: Meaning

    def in_words(self) -> str:
        """ "Green pins (#0F9D58): 12" """
        return _("%(colour)s pins (%(code)s): %(count)s") % {
            "colour": name_of(self.colour),
            "code": self.colour,
            "count": self.count,
        }


def by_colour(pins: Iterable[tuple[str, str]]) -> list[Pins]:
    """The colours of a map, the commonest first, from (colour, layer) of each pin.

    Pins whose text is not a colour are skipped.
    """
    counts: Counter[str] = Counter()
    layered: set[str] = set()
    for colour, layer in pins:
        if COLOUR.fullmatch(colour):
            counts[colour] += 1
            if level_of_layer(layer):
                layered.add(colour)
    return [
        Pins(
            colour=colour,
            count=count,
            has_layers=colour in layered,
            guess=_guess(colour, has_layers=colour in layered),
        )
        for colour, count in sorted(counts.items(), key=lambda counted: (-counted[1], counted[0]))
    ]


def name_of(colour: str) -> str:
    """The name of the colour: "Green" for "#0F9D58"."""
    hue, is_grey = _hue(colour)
    if is_grey:
        return _("Grey")
    return str(next(name for most, name, _level in HUES if hue <= most))


def level_cell(*, meanings: Mapping[str, str], colour: str, layer: str) -> str:
    """What the level column would say of a pin; empty when neither colour nor layer says it."""
    meaning = meanings.get(colour, Meaning.LAYER)
    return LEVEL_CELLS.get(meaning) or level_of_layer(layer)


def level_of_layer(name: str) -> str:
    """The level that a layer's name says ("Red – FaME"); empty when it says none, or two."""
    named = [named_approaches(part) for part in re.split(r"[–—:|()/,-]", name) if part.strip()]
    levels = {level_for(approaches) for approaches in named if approaches}
    return levels.pop().lower() if len(levels) == 1 else ""


def _guess(colour: str, *, has_layers: bool) -> Meaning:
    hue, is_grey = _hue(colour)
    near = Meaning.NONE if is_grey else next(level for most, _name, level in HUES if hue <= most)
    return Meaning.LAYER if near == Meaning.NONE and has_layers else near


def _hue(colour: str) -> tuple[float, bool]:
    """Degrees round the colour circle, and whether it is too grey to have any."""
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    hue, _lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    return hue * 360, saturation < LEAST_SATURATION
