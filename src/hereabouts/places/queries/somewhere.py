"""Finds the place that somebody typed, however they name it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from statistics import median
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from hereabouts.core.text import printable
from hereabouts.places import postcodes, sectors
from hereabouts.places.models import Area, Boundary, Venue
from hereabouts.places.names import LONGEST, searchable
from hereabouts.places.points import Point
from hereabouts.places.postcodes import Located

BY_NAME = ("search_name", "search_town", "pk")
# How many places are offered at most.
CHOICES = 5
# A shorter text begins too many names.
SHORTEST = 3
# Limits: venues read, words of a text compared, names compared with a misspelt one.
VENUES_READ = 50
WORDS_READ = 8
NAMES_READ = 4_000
# "Shirebrook, Derbyshire, England" has two.
COMMAS_READ = 2
# The least likeness (0 to 100) at which a misspelt name may mean a known one.
ALIKE = 80
# No place in Great Britain is farther from a postcode; Belfast and Calais are.
FROM_ANY_POSTCODE_KM = 20
NEAREST_POSTCODE_KM = 2

COORDINATES = re.compile(r"(-?\d{1,2}(?:\.\d{1,20})?)\s*[, ]\s*(-?\d{1,3}(?:\.\d{1,20})?)")
ENDS_WITH_POSTCODE = re.compile(
    r"(?P<before>.*?)[\s,]*\b(?P<postcode>[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][A-Z]{2})\W*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Somewhere:
    """A place to search around: a label for headings, and the text that finds it again.

    `is_a_point` marks one from coordinates, which mostly come from a phone.
    """

    label: str
    text: str
    point: Point
    is_a_point: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Whereabouts:
    """What a typed place means: the one `found`, or else those it may mean `instead`."""

    found: Somewhere | None
    instead: tuple[Somewhere, ...] = ()
    is_outside: bool = False


def whereabouts(text: str) -> Whereabouts:
    """The place that `text` means.

    It may be a postcode, an outcode or a sector ("NG20 8PA", "NG20", "NG20 8"); a venue's name with
    or without its town; a town or village with a venue, with or without its county; a district or
    county; an address that ends with its postcode; or coordinates. When several places match, or
    `text` is misspelt, up to five are in `instead`. `is_outside` is true for a postcode or point
    outside Great Britain.
    """
    typed = printable(text).strip()[:LONGEST]
    if postcodes.is_outside_great_britain(typed):
        return Whereabouts(found=None, is_outside=True)
    numbers = COORDINATES.fullmatch(typed)
    if numbers:
        return _at_numbers(*numbers.groups())
    somewhere = _postcode(typed)
    if somewhere:
        return Whereabouts(found=somewhere)
    places = _exactly(typed) or _before_a_comma(typed) or _beginning(searchable(typed))
    if len(places) == 1:
        return Whereabouts(found=places[0])
    return Whereabouts(found=None, instead=tuple((places or _misspelt(typed))[:CHOICES]))


def nearest_postcode(point: Point) -> Located | None:
    """The postcode nearest to `point`, within 2 km; it may be an ended one."""
    return sectors.nearest(point, within_km=NEAREST_POSTCODE_KM)


def is_in_great_britain(point: Point) -> bool:
    """Is there a postcode within 20 km of `point`? Not at sea, in Belfast, Dublin or Calais."""
    if not 49 <= point.latitude <= 61:
        return False
    nearest = nearest_postcode(point) or sectors.nearest(point, within_km=FROM_ANY_POSTCODE_KM)
    return nearest is not None


def _at_numbers(*numbers: str) -> Whereabouts:
    """The point rounded to about 100 metres, so that the URL does not give away a house."""
    # Adding nothing turns −0.0 into 0.0.
    latitude, longitude = (round(float(number), 3) + 0.0 for number in numbers)
    point = Point(latitude=latitude, longitude=longitude)
    if not is_in_great_britain(point):
        return Whereabouts(found=None, is_outside=True)
    text = f"{latitude:.3f}, {longitude:.3f}"
    return Whereabouts(
        found=Somewhere(label=_("where you are now"), text=text, point=point, is_a_point=True)
    )


def _postcode(typed: str) -> Somewhere | None:
    located = sectors.centre(typed) or postcodes.locate(typed)
    return _at(located) if located else None


def _at(located: Located) -> Somewhere:
    return Somewhere(label=located.postcode, text=located.postcode, point=located.point)


def _exactly(typed: str) -> list[Somewhere]:
    """Places of exactly this name: towns before venues, and a venue before its postcode."""
    ending = ENDS_WITH_POSTCODE.fullmatch(typed)
    located = postcodes.locate(ending["postcode"]) if ending else None
    if ending is None or located is None:
        return _called(searchable(typed))
    venues = _named(searchable(ending["before"])).filter(postcode=located.postcode)
    read = [_venue(venue, with_postcode=True) for venue in venues[:VENUES_READ]]
    # Two venues at one postcode may share a name: then the label must match, town or no town.
    exact = [place for place in read if searchable(place.text) == searchable(typed)]
    return _each_once(exact or read) or [_at(located)]


def _before_a_comma(typed: str) -> list[Somewhere]:
    """The place before a comma, if there is only one: "Shirebrook" of "Shirebrook, Derbyshire"."""
    parts = typed.split(",")
    for dropped in range(1, min(len(parts), COMMAS_READ + 1)):
        places = _called(searchable(",".join(parts[:-dropped])))
        if len(places) == 1:
            return places
    return []


def _called(key: str) -> list[Somewhere]:
    return _towns([key]) or _told_apart(_named(key)) or _areas(key)


def _areas(key: str) -> list[Somewhere]:
    """The middle of the area of this name; of the county, where a district shares its name.

    Compared in Python: there are only some hundred names.
    """
    kinds = {"", *(str(kind).lower() for kind in Area.Kind)}
    boundaries = Boundary.objects.select_related("area").defer("outline")
    for boundary in boundaries.order_by("area__kind", "area__code"):
        name = searchable(boundary.area.name)
        if key in {f"{name} {kind}".strip() for kind in kinds}:
            return [_middle(boundary)]
    return []


def _middle(boundary: Boundary) -> Somewhere:
    # "district" is not translated: people type it here in any language.
    is_district = boundary.area.kind == Area.Kind.DISTRICT
    text = f"{boundary.area.name} district" if is_district else boundary.area.name
    point = Point(latitude=boundary.label_latitude, longitude=boundary.label_longitude)
    return Somewhere(label=_("the middle of %s") % text, text=text, point=point)


def _named(key: str) -> "QuerySet[Venue]":
    """Venues of this name, or of this name followed by their town."""
    words = key.split()
    splits = [
        (" ".join(words[:length]), " ".join(words[length:])) for length in range(1, len(words) + 1)
    ]
    is_it = reduce(
        or_, (Q(search_name=name, search_town=town) for name, town in splits), Q(search_name=key)
    )
    # Filter by name first, which the index on search_name serves.
    names = Venue.objects.filter(search_name__in=[name for name, _town in splits])
    return names.filter(is_it).order_by(*BY_NAME)


def _beginning(key: str) -> list[Somewhere]:
    """Towns that begin with `key`, and venues that have a word beginning with each word of `key`.

    One of those words must be in the venue's own name: a town's name finds the town alone, not all
    venues in it.
    """
    if len(key) < SHORTEST:
        return []
    words = [f" {word}" for word in key.split()[:WORDS_READ]]
    venues = _with_words().filter(reduce(or_, (Q(own__contains=word) for word in words)))
    for word in words:
        venues = venues.filter(all__contains=word)
    likeliest = Case(When(search_name__startswith=key, then=0), default=1)
    names = (
        Venue.objects.filter(search_town__startswith=key)
        .order_by("search_town")
        .values_list("search_town", flat=True)
        .distinct()[:CHOICES]
    )
    towns = _towns(names)
    return towns + _told_apart(venues.order_by(likeliest, *BY_NAME), besides=towns)


# Any: the type checker does not know the aliases.
def _with_words() -> "QuerySet[Any]":
    """Venues with aliases `own` (name) and `all` (name and town), a space before each word."""
    return Venue.objects.alias(
        own=Concat(Value(" "), "search_name", output_field=CharField()),
        all=Concat(Value(" "), "search_name", Value(" "), "search_town", output_field=CharField()),
    )


def _towns(keys: Iterable[str]) -> list[Somewhere]:
    """The towns of these names that venues have, each at the median of its venues."""
    rows = (
        Venue.objects.filter(search_town__in=[key for key in keys if key])
        .order_by("search_town", "pk")
        .values_list("search_town", "town", "latitude", "longitude")
    )
    venues: dict[str, list[tuple[str, float, float]]] = {}
    for key, name, latitude, longitude in rows:
        venues.setdefault(key, []).append((name, latitude, longitude))
    return [_town(stated) for stated in venues.values()]


def _town(venues: Sequence[tuple[str, float, float]]) -> Somewhere:
    names, latitudes, longitudes = zip(*venues, strict=True)
    name = Counter(names).most_common(1)[0][0]
    point = Point(latitude=median(latitudes), longitude=median(longitudes))
    return Somewhere(label=name, text=name, point=point)


def _told_apart(venues: "QuerySet[Venue]", *, besides: Sequence[Somewhere] = ()) -> list[Somewhere]:
    """`venues` as places, with the postcode in the label where two share a name.

    Of venues that share the postcode too, the first.
    """
    read = list(venues[:VENUES_READ])
    # Count names without their town too: that is the whole label of a venue without a town.
    names = Counter(searchable(place.text) for place in besides)
    names.update(name for venue in read for name in {venue.search_name, searchable(str(venue))})
    return _each_once(
        _venue(venue, with_postcode=names[searchable(str(venue))] > 1) for venue in read
    )


def _venue(venue: Venue, *, with_postcode: bool) -> Somewhere:
    has_more = with_postcode and venue.postcode
    text = f"{venue}, {venue.postcode}" if has_more else str(venue)
    return Somewhere(label=text, text=text, point=venue.point)


def _each_once(places: Iterable[Somewhere]) -> list[Somewhere]:
    """`places` without those whose text means the same as an earlier one's."""
    found: dict[str, Somewhere] = {}
    for place in places:
        found.setdefault(searchable(place.text), place)
    return list(found.values())


def _misspelt(typed: str) -> list[Somewhere]:
    """Places that `typed` may misspell: postcodes, else towns before venues, likeliest first."""
    likely = [_at(located) for located in postcodes.likely(typed)]
    key = searchable(typed)
    if likely or len(key) < SHORTEST:
        return likely
    towns = set(_towns_stated())
    known = sorted({*towns, *_names_begun_like(key)})
    alike = process.extract(key, known, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=2 * CHOICES)
    names = sorted((name for name, _likeness, _at in alike), key=lambda name: name not in towns)
    # A venue may match both with its town and without.
    return _each_once(place for name in names for place in _called(name))


def _towns_stated() -> Iterable[str]:
    stated = Venue.objects.exclude(search_town="").order_by("search_town")
    return stated.values_list("search_town", flat=True).distinct()[:NAMES_READ]


def _names_begun_like(key: str) -> Iterator[str]:
    """Venue names, with and without town, with a word that begins like a long word of `key`.

    Comparing all names would take too long. Mostly one of the two longest words has its first two
    letters right.
    """
    longest = sorted(key.split(), key=len)[-2:]
    begun = reduce(or_, (Q(all__contains=f" {word[:2]}") for word in longest))
    rows = (
        _with_words()
        .filter(begun)
        .order_by("search_name", "search_town")
        .values_list("search_name", "search_town")
        .distinct()
    )
    for name, town in rows[:NAMES_READ]:
        yield name
        if town:
            yield f"{name} {town}"
