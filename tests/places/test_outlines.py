"""Outlines are read from what offices publish, and refused when they would be wrong."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from hereabouts.places.outlines import Columns, NotOutlines, read_names, read_outlines

SQUARE = [[[-1.3, 53.1], [-1.1, 53.1], [-1.1, 53.3], [-1.3, 53.3], [-1.3, 53.1]]]
BESIDE = [[[-1.1, 53.1], [-0.9, 53.1], [-0.9, 53.3], [-1.1, 53.3], [-1.1, 53.1]]]


def _feature(properties: dict[str, Any], ring: Any = None, kind: str = "Polygon") -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": ring or SQUARE}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _read(
    *features: object,
    code: str = "",
    name: str = "",
    names: dict[str, str] | None = None,
    **more: object,
) -> list[tuple[str, str]]:
    content = json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()
    outlines = read_outlines(content, columns=Columns(code=code, name=name), names=names or {})
    return [(outline.code, outline.name) for outline in outlines]


@pytest.mark.parametrize(
    "properties",
    [
        {"LAD24CD": "E07000174", "LAD24NM": "Mansfield", "LAD24NMW": " ", "BNG_E": 453000},
        {"code": "E07000174", "name": "Mansfield"},
        {"ltla24_code": "E07000174", "ltla24_name": "Mansfield", "region": "East Midlands"},
        {"FID": 4, "GlobalID": "7", "areacd": "E07000174", "title": "Mansfield"},
    ],
)
def test_code_and_name_are_found(properties: dict[str, Any]) -> None:
    assert _read(_feature(properties)) == [("E07000174", "Mansfield")]


def test_the_code_is_the_one_that_does_not_repeat() -> None:
    features = [
        _feature({"CTYUA24CD": "E10000024", "LAD24CD": code, "LAD24NM": name}, ring)
        for code, name, ring in (
            ("E07000174", "Mansfield", SQUARE),
            ("E07000171", "Bassetlaw", BESIDE),
        )
    ]

    assert _read(*features) == [("E07000174", "Mansfield"), ("E07000171", "Bassetlaw")]


def test_when_two_may_be_the_code_somebody_must_say() -> None:
    feature = _feature({"old": "E07000174", "new": "E07000999", "name": "Mansfield"})

    with pytest.raises(NotOutlines, match="--code which of these is the code: old, new"):
        _read(feature)
    assert _read(feature, code="new") == [("E07000999", "Mansfield")]


def test_the_name_may_be_said_or_come_from_a_table() -> None:
    nameless = _feature({"code": "E07000174", "one": "Mansfield", "other": "Manny"})

    with pytest.raises(NotOutlines, match=r"E07000174 has no name.*--names"):
        _read(nameless)
    assert _read(nameless, name="other") == [("E07000174", "Manny")]
    assert _read(nameless, names={"E07000174": "Mansfield"}) == [("E07000174", "Mansfield")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<!doctype html><title>Open Geography</title>", "not GeoJSON"),
        (b"\xff\xfe", "not GeoJSON"),
        (b"[]", "FeatureCollection"),
        (b'{"type": "Feature"}', "FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "no area"),
        (b'{"type": "FeatureCollection", "features": [1]}', "not a GeoJSON object"),
        (b'{"type": "FeatureCollection", "features": [{}]}', "No column has a code"),
    ],
)
def test_what_is_no_geojson_of_areas_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(NotOutlines, match=says):
        read_outlines(content, columns=Columns(), names={})


MANSFIELD = {"code": "E07000174", "name": "Mansfield"}


@pytest.mark.parametrize(
    ("feature", "says"),
    [
        (_feature({"code": "Mansfield", "name": "Mansfield"}), "There are: code, name"),
        (_feature(MANSFIELD, [[[53.1, -1.3], [53.1, -1.1], [53.3, -1.1], [53.1, -1.3]]]), "wrong"),
        (_feature(MANSFIELD, [[[453000, 361000], [454000, 361000], [454000, 362000]]]), "read"),
        (
            _feature(MANSFIELD, [[[453000, 361000], [454000, 361000], [454000, 362000]] * 2]),
            "cannot be read|EPSG:4326",
        ),
        (
            _feature(MANSFIELD, [[[4e5, 3e5], [5e5, 3e5], [5e5, 4e5], [4e5, 3e5]]]),
            "not as National Grid",
        ),
        (_feature(MANSFIELD, [-1.3, 53.1], "Point"), "no outline"),
        ({"type": "Feature", "properties": MANSFIELD, "geometry": None}, "E07000174"),
    ],
)
def test_what_would_be_drawn_wrongly_is_refused(feature: dict[str, Any], says: str) -> None:
    with pytest.raises(NotOutlines, match=says):
        _read(feature)


def test_the_same_area_twice_is_refused() -> None:
    with pytest.raises(NotOutlines, match="there twice: E07000174"):
        _read(_feature(MANSFIELD), _feature(MANSFIELD, BESIDE), code="code")


def test_a_code_that_is_none_is_named() -> None:
    with pytest.raises(NotOutlines, match="“4” in the column FID"):
        _read(_feature({**MANSFIELD, "FID": 4}), code="FID")


@pytest.mark.parametrize("where", [{"exceededTransferLimit": True}, {"properties": {}}])
def test_a_part_of_the_areas_is_refused(where: dict[str, Any]) -> None:
    if "properties" in where:
        where = {"properties": {"exceededTransferLimit": True}}

    with pytest.raises(NotOutlines, match="only some of the areas"):
        _read(_feature(MANSFIELD), **where)


def test_an_outline_that_crosses_itself_is_mended() -> None:
    bow = [[[-1.3, 53.1], [-1.1, 53.3], [-1.1, 53.1], [-1.3, 53.3], [-1.3, 53.1]]]
    content = json.dumps({"type": "FeatureCollection", "features": [_feature(MANSFIELD, bow)]})

    (outline,) = read_outlines(content.encode(), columns=Columns(), names={})

    assert outline.shape.is_valid
    assert outline.shape.area == pytest.approx(0.02, rel=0.01)


def test_neighbours_still_meet_when_they_are_simplified() -> None:
    wavy = [[-1.1 + 0.0002 * (at % 2), 53.1 + at / 1000] for at in range(201)]
    west = [[*wavy, [-1.3, 53.3], [-1.3, 53.1], wavy[0]]]
    east = [[*wavy, [-0.9, 53.3], [-0.9, 53.1], wavy[0]]]
    features = [_feature(MANSFIELD, west), _feature({"code": "E07000171", "name": "B"}, east)]
    content = json.dumps({"type": "FeatureCollection", "features": features})

    left, right = read_outlines(content.encode(), columns=Columns(), names={})

    assert shapely.get_num_coordinates(left.shape) < 150
    assert left.shape.intersection(right.shape).area == 0
    assert left.shape.union(right.shape).area == pytest.approx(0.08, rel=0.001)


def test_a_table_of_names_is_read_by_its_pairs_of_columns() -> None:
    lines = ["LADCD,LADNM,UTLACD,UTLANM", "E07000174,Mansfield,E10000024,Nottinghamshire", "x,y,,"]

    assert read_names(lines) == {"E07000174": "Mansfield", "E10000024": "Nottinghamshire"}


def test_a_table_without_such_columns_is_refused() -> None:
    with pytest.raises(NotOutlines, match="no pair of columns"):
        read_names(["a,b", "1,2"])


@pytest.mark.open_data
def test_the_real_outlines_of_england_are_read(open_data: Path) -> None:
    folder = open_data / "geography"
    packed = folder / "utla_boundaries_england_simplified.geojson.gz"
    names = folder / "local_authorities_england_all_codes.csv"

    outlines = read_outlines(
        gzip.decompress(packed.read_bytes()),
        columns=Columns(),
        names=read_names(names.read_text("utf-8-sig").splitlines()),
    )

    called = {outline.code: outline.name for outline in outlines}
    assert len(outlines) == 153
    assert called["E10000024"] == "Nottinghamshire"
    assert all(outline.shape.is_valid and not outline.shape.is_empty for outline in outlines)
