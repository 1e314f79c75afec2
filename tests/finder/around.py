"""Points, days and queries of the finder's tests, around a town."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import h3.api.basic_int as h3
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hereabouts.activities.levels import Level
from hereabouts.activities.vocabularies import (
    AgeBand,
    Condition,
    CostBand,
    Form,
    Language,
    PartOfDay,
    Purpose,
)
from hereabouts.finder import Group, Order, Query
from hereabouts.places.models import AccessFact
from hereabouts.places.points import EARTH_RADIUS_KM, Point

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
SHIREBROOK = Point(latitude=53.2000, longitude=-1.2324)
KINDS = ("tai-chi", "walking", "climbing", "early-years-play", "martial-arts")
WORDS = ("heather", "gorse", "birch", "otter")
unhurried = hypothesis_settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def towards(point: Point, *, bearing: float, km: float) -> Point:
    """The point `km` away over the surface in the direction `bearing`, in radians."""
    latitude, angle = math.radians(point.latitude), km / EARTH_RADIUS_KM
    north = math.sin(latitude) * math.cos(angle) + math.cos(latitude) * math.sin(angle) * math.cos(
        bearing
    )
    new_latitude = math.asin(max(-1.0, min(1.0, north)))
    east = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(latitude),
        math.cos(angle) - math.sin(latitude) * math.sin(new_latitude),
    )
    longitude = (point.longitude + math.degrees(east) + 180) % 360 - 180
    return Point(latitude=math.degrees(new_latitude), longitude=longitude)


def filtered(query: Query, group: Group, value: Any) -> Query:
    """The same question with that filter."""
    wanted: dict[str, Any] = {group.value: value}
    return replace(query, **wanted)


bearings = st.floats(0, 2 * math.pi)
anywhere = st.builds(
    lambda z, longitude: Point(latitude=math.degrees(math.asin(z)), longitude=longitude),
    st.floats(-1, 1),
    st.floats(-180, 180),
)
in_great_britain = st.builds(Point, latitude=st.floats(49.9, 60.9), longitude=st.floats(-7.6, 1.8))
near_shirebrook = st.builds(
    lambda bearing, magnitude: towards(SHIREBROOK, bearing=bearing, km=10**magnitude),
    bearings,
    st.floats(-3, 2.6),
)


def some(values: Any) -> st.SearchStrategy[frozenset[Any]]:
    """Often nothing, as people filter by little."""
    return st.just(frozenset()) | st.frozensets(st.sampled_from(list(values)), max_size=3)


filters = st.fixed_dictionaries(
    {
        "levels": some(Level),
        "forms": some(Form),
        "kinds": some(KINDS),
        "purposes": some(Purpose),
        "days": some(range(7)),
        "parts": some(PartOfDay),
        "costs": some(CostBand),
        "needs": st.just(frozenset()) | some(AccessFact.Fact).map(lambda few: few and few),
        "conditions": some(Condition),
        "languages": some(Language),
        "ages": some(AgeBand),
        "words": st.just("") | st.sampled_from([*WORDS, "heather gorse"]),
        "with_paused": st.booleans(),
        "order": st.sampled_from(list(Order)),
    }
)


@st.composite
def at_a_cell_border(draw: st.DrawFn) -> Point:
    """A point on a corner or an edge of a cell, or a hand's breadth from it."""
    home = draw(in_great_britain)
    cell = h3.latlng_to_cell(home.latitude, home.longitude, draw(st.integers(5, 9)))
    corners = h3.cell_to_boundary(cell)
    corner = draw(st.integers(0, len(corners) - 1))
    share = draw(st.sampled_from([0.0, 0.5]) | st.floats(0, 1))
    (south, west), (north, east) = corners[corner - 1], corners[corner]
    border = Point(latitude=south + (north - south) * share, longitude=west + (east - west) * share)
    return towards(
        border, bearing=draw(bearings), km=draw(st.sampled_from([0.0, 1e-7, 1e-4, 0.01]))
    )
