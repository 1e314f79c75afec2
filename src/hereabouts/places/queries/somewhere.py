"""Where somebody means, however they say it."""

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
# So many are offered to choose from.
CHOICES = 5
# Fewer letters than this begin too many names.
SHORTEST = 3
# Rows read to choose from, words compared, names compared for a misspelt one.
VENUES_READ = 50
WORDS_READ = 8
NAMES_READ = 4_000
# "Shirebrook, Derbyshire, England" has two.
COMMAS_READ = 2
# From this likeness on, out of 100, a name may be what a misspelt one means.
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
    """A place to look around: its name for a heading, and what to type to get it again.

    `is_a_point` is one that somebody gave as coordinates, mostly by their phone.
    """

    label: str
    text: str
    point: Point
    is_a_point: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Whereabouts:
    """What somebody typed as a place: the one they mean, or else those they may mean."""

    found: Somewhere | None
    instead: tuple[Somewhere, ...] = ()
    is_outside: bool = False


def whereabouts(text: str) -> Whereabouts:
    """Where the place is that `text` says.

    It may be a postcode or the beginning of one ("NG20"), the name of a venue with or without its
    town, a town or village that a venue is in, with or without its county, a district or county,
    an address that ends with its postcode, or coordinates. When it may be several, or is misspelt,
    up to five are in `instead`. `is_outside` is a postcode of nowhere in Great Britain.
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
    """The postcode nearest to `point`, within 2 km; it may be one that has ended."""
    return sectors.nearest(point, within_km=NEAREST_POSTCODE_KM)


def is_in_great_britain(point: Point) -> bool:
    """Is a postcode of Great Britain near `point`? Not at sea, nor in Belfast, Dublin or Calais."""
    if not 49 <= point.latitude <= 61:
        return False
    nearest = nearest_postcode(point) or sectors.nearest(point, within_km=FROM_ANY_POSTCODE_KM)
    return nearest is not None


def _at_numbers(*numbers: str) -> Whereabouts:
    """To about 100 metres: what stands in an address bar should not say which house."""
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
    """What has this name; a town before venues, a venue before the postcode that follows it."""
    ending = ENDS_WITH_POSTCODE.fullmatch(typed)
    located = postcodes.locate(ending["postcode"]) if ending else None
    if ending is None or located is None:
        return _called(searchable(typed))
    venues = _named(searchable(ending["before"])).filter(postcode=located.postcode)
    read = [_venue(venue, with_postcode=True) for venue in venues[:VENUES_READ]]
    # Of two at one postcode, typed without a town: the one that states none.
    exact = [place for place in read if searchable(place.text) == searchable(typed)]
    return _each_once(exact or read) or [_at(located)]


def _before_a_comma(typed: str) -> list[Somewhere]:
    """The one place that stands before a comma: what follows may be its county, or anything."""
    parts = typed.split(",")
    for dropped in range(1, min(len(parts), COMMAS_READ + 1)):
        places = _called(searchable(",".join(parts[:-dropped])))
        if len(places) == 1:
            return places
    return []


def _called(key: str) -> list[Somewhere]:
    return _towns([key]) or _told_apart(_named(key)) or _areas(key)


def _areas(key: str) -> list[Somewhere]:
    """The area of this name, in its middle; the county of two that share it.

    There are some hundred names: they are compared here.
    """
    kinds = {"", *(str(kind).lower() for kind in Area.Kind)}
    boundaries = Boundary.objects.select_related("area").defer("outline")
    for boundary in boundaries.order_by("area__kind", "area__code"):
        name = searchable(boundary.area.name)
        if key in {f"{name} {kind}".strip() for kind in kinds}:
            return [_middle(boundary)]
    return []


def _middle(boundary: Boundary) -> Somewhere:
    # The word is what people type here, in any language.
    is_district = boundary.area.kind == Area.Kind.DISTRICT
    text = f"{boundary.area.name} district" if is_district else boundary.area.name
    point = Point(latitude=boundary.label_latitude, longitude=boundary.label_longitude)
    return Somewhere(label=_("the middle of %s") % text, text=text, point=point)


def _named(key: str) -> "QuerySet[Venue]":
    """Venues of this name, or of this name and town."""
    words = key.split()
    splits = [
        (" ".join(words[:length]), " ".join(words[length:])) for length in range(1, len(words) + 1)
    ]
    is_it = reduce(
        or_, (Q(search_name=name, search_town=town) for name, town in splits), Q(search_name=key)
    )
    # All names first: an index answers that, whatever else is asked.
    names = Venue.objects.filter(search_name__in=[name for name, _town in splits])
    return names.filter(is_it).order_by(*BY_NAME)


def _beginning(key: str) -> list[Somewhere]:
    """Towns that begin so, and venues with a word that begins with each word of `key`.

    One of the words must be the venue's own: a town brings only itself, not all that is in it.
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


# Types know nothing of names that only the query has.
def _with_words() -> "QuerySet[Any]":
    """Venues with their `own` words and `all` words, town too: a space before each."""
    return Venue.objects.alias(
        own=Concat(Value(" "), "search_name", output_field=CharField()),
        all=Concat(Value(" "), "search_name", Value(" "), "search_town", output_field=CharField()),
    )


def _towns(keys: Iterable[str]) -> list[Somewhere]:
    """The towns of these names that venues state, each in the middle of its venues."""
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
    """`venues` as places; the postcode tells those apart that are called the same.

    Of venues that not even a postcode tells apart, the first.
    """
    read = list(venues[:VENUES_READ])
    # The name alone counts too: it is all there is to type for a venue that states no town.
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
    """`places`, of those that one would type the same for only the first."""
    found: dict[str, Somewhere] = {}
    for place in places:
        found.setdefault(searchable(place.text), place)
    return list(found.values())


def _misspelt(typed: str) -> list[Somewhere]:
    """What differs from `typed` by a slip of the finger: towns before venues, likeliest first."""
    likely = [_at(located) for located in postcodes.likely(typed)]
    key = searchable(typed)
    if likely or len(key) < SHORTEST:
        return likely
    towns = set(_towns_stated())
    known = sorted({*towns, *_names_begun_like(key)})
    alike = process.extract(key, known, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=2 * CHOICES)
    names = sorted((name for name, _likeness, _at in alike), key=lambda name: name not in towns)
    # A venue may be alike with its town and without.
    return _each_once(place for name in names for place in _called(name))


def _towns_stated() -> Iterable[str]:
    stated = Venue.objects.exclude(search_town="").order_by("search_town")
    return stated.values_list("search_town", flat=True).distinct()[:NAMES_READ]


def _names_begun_like(key: str) -> Iterator[str]:
    """Names, with and without their town, in which a word begins like a long one of `key`.

    All names would be too many to compare while somebody waits. Of the longest two words one has
    its first two letters right, most of the time.
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
