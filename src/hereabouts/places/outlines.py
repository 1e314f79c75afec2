"""Reads published outlines of areas: GeoJSON (RFC 7946) with a code and a name each."""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from hereabouts.core.refusals import Refusal

# As the Office for National Statistics writes them, such as E10000024.
CODE = re.compile(r"[EWSNK][0-9]{8}")
# Great Britain and the sea around it: west, south, east, north.
BOUNDS = (-9, 49, 2, 61)
# About 50 m: what a map of a county can show, and the same line for both neighbours.
TOLERANCE_DEGREES = 0.0005
# About 1 m.
GRID_DEGREES = 0.00001

Properties = Mapping[str, Any]


class NotOutlines(Refusal):
    """The file does not hold outlines of areas that can be loaded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """An area's code, its name and its shape in degrees, WGS84."""

    code: str
    name: str
    shape: shapely.Geometry


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """Which properties hold code and name; an empty one is guessed."""

    code: str = ""
    name: str = ""


def read_outlines(content: bytes, *, columns: Columns, names: Mapping[str, str]) -> list[Outline]:
    """The outlines in a GeoJSON file, simplified together so that neighbours still meet.

    `names` maps codes to names, and takes precedence over the file. Raises `NotOutlines`.
    """
    features = _features(content)
    properties = [feature.get("properties") or {} for feature in features]
    codes = _codes(properties, columns.code)
    called = _names(properties, codes, columns, names)
    shapes = _simplified(_shapes(features, codes))
    return [
        Outline(code=code, name=name, shape=shape)
        for code, name, shape in zip(codes, called, shapes, strict=True)
    ]


def read_names(lines: Iterable[str]) -> dict[str, str]:
    """Code → name from a CSV with a column `…NM` for each column `…CD`, as LAD24NM for LAD24CD."""
    table = csv.DictReader(lines)
    pairs = [
        (column, _name_column(column, table.fieldnames or [])) for column in table.fieldnames or []
    ]
    pairs = [(code, name) for code, name in pairs if name]
    if not pairs:
        raise NotOutlines("The table of names has no pair of columns such as LAD24CD and LAD24NM.")
    return {
        row[code]: row[name]
        for row in table
        for code, name in pairs
        if CODE.fullmatch(row[code] or "") and row[name]
    }


def _features(content: bytes) -> list[dict[str, Any]]:
    try:
        document = json.loads(content)
    except ValueError as error:
        raise NotOutlines(
            "This is not GeoJSON. If it is a page to download from, give the file's own address."
        ) from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise NotOutlines("This is not a GeoJSON FeatureCollection.")
    # ArcGIS servers state it at the top, or among the properties of the whole collection.
    properties = document.get("properties") or {}
    if document.get("exceededTransferLimit") or properties.get("exceededTransferLimit"):
        raise NotOutlines(
            "The server sent only some of the areas. Download the whole file and give its path."
        )
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise NotOutlines("There is no area in it.")
    if not all(isinstance(feature, dict) for feature in features):
        raise NotOutlines("A feature in it is not a GeoJSON object.")
    return features


def _codes(properties: Sequence[Properties], column: str) -> list[str]:
    """The code of each feature: from `column`, or from the one column that has only codes."""
    column = column or _code_column(properties)
    codes = [str(row.get(column, "")) for row in properties]
    wrong = next((code for code in codes if not CODE.fullmatch(code)), None)
    if wrong is not None:
        raise NotOutlines(f"“{wrong}” in the column {column} is not a code such as E10000024.")
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise NotOutlines(f"These codes are there twice: {', '.join(twice[:5])}.")
    return codes


def _code_column(properties: Sequence[Properties]) -> str:
    columns = [
        column
        for column in properties[0]
        if all(CODE.fullmatch(str(row.get(column))) for row in properties)
    ]
    # A file of districts has the code of each one's county too: that column repeats.
    own = [
        column for column in columns if len({row[column] for row in properties}) == len(properties)
    ]
    if len(own) == 1:
        return own[0]
    if columns:
        raise NotOutlines(f"Say with --code which of these is the code: {', '.join(columns)}.")
    raise NotOutlines(
        f"No column has a code such as E10000024 for every area. There are: {_list(properties)}."
    )


def _names(
    properties: Sequence[Properties],
    codes: Sequence[str],
    columns: Columns,
    names: Mapping[str, str],
) -> list[str]:
    column = columns.name
    if not column:
        code_column = columns.code or _code_column(properties)
        column = _name_column(code_column, properties[0]) or _only_text_column(properties)
    called = [
        names.get(code) or str(row.get(column) or "").strip()
        for code, row in zip(codes, properties, strict=True)
    ]
    nameless = [code for code, name in zip(codes, called, strict=True) if not name]
    if nameless:
        raise NotOutlines(
            f"{nameless[0]} has no name. Say which column has it (--name), or give a table of "
            f"codes and names (--names). There are: {_list(properties)}."
        )
    return called


def _name_column(code_column: str, columns: Iterable[str]) -> str:
    """The column of names: "LAD24NM" for "LAD24CD", "ltla24_name" for "ltla24_code"; or ""."""
    wanted = re.sub("code$", "name", re.sub("cd$", "nm", code_column.casefold()))
    same = (column for column in columns if column.casefold() == wanted)
    return next((column for column in same if column != code_column), "")


def _only_text_column(properties: Sequence[Properties]) -> str:
    """The only column that has words for every area; "" when there are several, or none."""
    columns = [
        column for column in properties[0] if all(_is_word(row.get(column)) for row in properties)
    ]
    return columns[0] if len(columns) == 1 else ""


def _is_word(value: object) -> bool:
    return (
        isinstance(value, str)
        and not CODE.fullmatch(value)
        and re.search(r"[^\W\d_]{2}", value) is not None
    )


def _list(properties: Sequence[Properties]) -> str:
    return ", ".join(properties[0]) or "none"


def _shapes(features: Sequence[Mapping[str, Any]], codes: Sequence[str]) -> "_Shapes":
    shapes = [
        _shape(feature.get("geometry"), code) for feature, code in zip(features, codes, strict=True)
    ]
    _check_degrees(*shapely.total_bounds(shapes))
    return np.array(shapes, dtype=object)


def _shape(geometry: object, code: str) -> shapely.Geometry:
    """One area's polygons, made valid."""
    try:
        shape = shapely.force_2d(shapely.from_geojson(json.dumps(geometry)))
    except shapely.GEOSException as error:
        raise NotOutlines(f"The outline of {code} cannot be read: {error}.") from error
    if shapely.get_type_id(shape) not in POLYGONS or shapely.is_empty(shape):
        raise NotOutlines(f"{code} has no outline: it must be a polygon or several.")
    # Making a self-crossing edge valid leaves lines and points, which have no area.
    parts = shapely.get_parts(shapely.make_valid(shape))
    polygons = [part for part in parts if shapely.get_type_id(part) in POLYGONS]
    return polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)


def _check_degrees(west: float, south: float, east: float, north: float) -> None:
    if _is_within(west, south, east, north):
        return
    if _is_within(south, west, north, east):
        raise NotOutlines(
            "Latitude and longitude are the wrong way round: GeoJSON has longitude first. "
            "Nothing was loaded; ask whoever made the file, or convert it."
        )
    raise NotOutlines(
        f"The outlines are not in Great Britain in degrees: they go from {west:g}, {south:g} to "
        f"{east:g}, {north:g}. Download them as WGS84 (EPSG:4326), not as National Grid."
    )


def _is_within(west: float, south: float, east: float, north: float) -> bool:
    return BOUNDS[0] <= west <= east <= BOUNDS[2] and BOUNDS[1] <= south <= north <= BOUNDS[3]


def _simplified(shapes: "_Shapes") -> "_Shapes":
    simpler = shapely.coverage_simplify(shapes, TOLERANCE_DEGREES)
    # Keep an area that is smaller than the tolerance, such as an island, as it is.
    simpler = np.where(shapely.is_empty(simpler), shapes, simpler)
    rounded = shapely.set_precision(simpler, GRID_DEGREES)
    return np.where(shapely.is_empty(rounded), simpler, rounded)


_Shapes = np.ndarray[Any, np.dtype[np.object_]]
POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
