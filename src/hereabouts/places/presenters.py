"""Boundaries as GeoJSON (RFC 7946), longitude first."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from hereabouts.places.boxes import Box
from hereabouts.places.models import Boundary
from hereabouts.places.points import Point

# About 10 m.
DECIMALS = 4
# Tolerance of simplified lines, as a part of the box: about half a pixel of a wide screen.
OFF_BY = 1 / 2000

_Segments = np.ndarray[Any, np.dtype[np.int64]]
_Shapes = np.ndarray[Any, np.dtype[np.object_]]


def boundary_map(box: Box, boundaries: Sequence[Boundary]) -> dict[str, Any]:
    """The lines and the names of areas inside `box` as a GeoJSON FeatureCollection.

    A line between two areas is there once, with the first of them: drawn twice, the dots of one
    would fill the gaps of the other. Every area that meets the box has its name inside the box.
    """
    outlines = shapely.from_wkb([bytes(boundary.outline) for boundary in boundaries])
    lines = _lines(outlines, box) if boundaries else []
    features = []
    for boundary, outline, line in zip(boundaries, outlines, lines, strict=True):
        strokes = [_positions(stroke) for stroke in shapely.get_parts(line)]
        if strokes:
            features.append(_feature(boundary, "MultiLineString", strokes))
        label = _label(boundary, outline, box)
        if label:
            features.append(_feature(boundary, "Point", _positions(label)[0], label=True))
    return {"type": "FeatureCollection", "features": features}


def _lines(outlines: _Shapes, box: Box) -> list[shapely.Geometry]:
    """For each outline, those of its edges inside `box` that no earlier outline has.

    Shared edges are removed before lines are simplified, so that where three areas meet, three
    lines still end in one point.
    """
    steps, whose = _edges(outlines)
    is_near = _may_meet(steps, box)
    steps, whose = steps[is_near], whose[is_near]
    _edge, first = np.unique(_numbered(steps), return_index=True)
    steps, whose = steps[np.sort(first)], whose[np.sort(first)]
    tolerance = max(box.east - box.west, box.north - box.south) * OFF_BY
    drawn = []
    for index in range(len(outlines)):
        edges = shapely.linestrings(steps[whose == index] / 10**DECIMALS)
        merged = shapely.line_merge(shapely.multilinestrings(edges))
        clipped = shapely.clip_by_rect(
            shapely.simplify(merged, tolerance), box.west, box.south, box.east, box.north
        )
        drawn.append(clipped)
    return drawn


def _edges(outlines: _Shapes) -> "tuple[_Segments, np.ndarray[Any, np.dtype[np.intp]]]":
    """Every edge as two ends in ten-thousandths of a degree, and the index of its outline."""
    parts, whose_part = shapely.get_parts(outlines, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    whole = np.rint(points * 10**DECIMALS).astype(np.int64)
    # An edge has two ends in one ring, and a length.
    is_edge = (ring[1:] == ring[:-1]) & (whole[1:] != whole[:-1]).any(axis=1)
    steps = np.stack([whole[:-1], whole[1:]], axis=1)[is_edge]
    return steps, whose_part[part[ring[1:][is_edge]]]


def _numbered(steps: _Segments) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """One integer for each edge, equal for both directions: (smaller end << 32) + larger end."""
    ends = (steps[..., 0] << 32) + steps[..., 1]
    _end, number = np.unique(ends, return_inverse=True)
    number = np.sort(number.reshape(ends.shape), axis=1)
    edges: np.ndarray[Any, np.dtype[np.int64]] = (number[:, 0] << 32) + number[:, 1]
    return edges


def _may_meet(steps: _Segments, box: Box) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    low, high = steps.min(axis=1) / 10**DECIMALS, steps.max(axis=1) / 10**DECIMALS
    found: np.ndarray[Any, np.dtype[np.bool_]] = (
        (low <= (box.east, box.north)) & (high >= (box.west, box.south))
    ).all(axis=1)
    return found


def _label(boundary: Boundary, outline: shapely.Geometry, box: Box) -> shapely.Geometry | None:
    """Where the name goes: the boundary's label point, else a point of the part inside `box`."""
    always = Point(latitude=boundary.label_latitude, longitude=boundary.label_longitude)
    if box.holds(always):
        return shapely.Point(always.longitude, always.latitude)
    in_sight = shapely.clip_by_rect(outline, box.west, box.south, box.east, box.north)
    return None if shapely.is_empty(in_sight) else shapely.point_on_surface(in_sight)


def _feature(boundary: Boundary, kind: str, coordinates: Any, **more: bool) -> dict[str, Any]:
    area = boundary.area
    return {
        "type": "Feature",
        "properties": {"code": area.code, "name": area.name, "kind": area.kind, **more},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def _positions(shape: shapely.Geometry) -> list[list[float]]:
    positions: list[list[float]] = shapely.get_coordinates(shape).round(DECIMALS).tolist()
    return positions
