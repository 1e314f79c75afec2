"""Areas: loaded all or not at all, drawn once, and found again from a point."""

import gzip
import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import shapely
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import RequestFactory

from hereabouts.places import actions, queries, views
from hereabouts.places.models import Area, Boundary
from hereabouts.places.outlines import Outline
from hereabouts.places.points import Point
from tests import make

pytestmark = pytest.mark.django_db

COUNTY, DISTRICT = Area.Kind.COUNTY, Area.Kind.DISTRICT
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def _outline(code: str, name: str, west: float, south: float, east: float, north: float) -> Outline:
    """A box whose sides have a point at every tenth of a degree, as neighbours share them."""
    shape = shapely.segmentize(shapely.box(west, south, east, north), 0.101)
    return Outline(code=code, name=name, shape=shapely.set_precision(shape, 0.0001))


NOTTS = _outline("E10000024", "Nottinghamshire", -1.2, 53.0, -0.8, 53.4)
DERBYS = _outline("E10000007", "Derbyshire", -1.6, 53.0, -1.2, 53.4)
MANSFIELD = _outline("E07000174", "Mansfield", -1.2, 53.0, -1.0, 53.2)
BASSETLAW = _outline("E07000171", "Bassetlaw", -1.2, 53.2, -1.0, 53.4)


def _save(kind: Area.Kind, *outlines: Outline, at: datetime = LONG_AGO) -> actions.Loaded:
    return actions.save_boundaries(kind=kind, outlines=outlines, at=at)


def _get(box: str, **headers: str) -> HttpResponse:
    return views.boundaries(
        RequestFactory().get("/places/boundaries.json", {"box": box}, headers=headers)
    )


def _features(box: str) -> list[dict[str, Any]]:
    answer = _get(box)
    assert answer.status_code == 200, answer.content
    features: list[dict[str, Any]] = json.loads(answer.content)["features"]
    return features


def _edges(features: list[dict[str, Any]]) -> list[frozenset[tuple[float, float]]]:
    strokes = (
        stroke
        for feature in features
        if feature["geometry"]["type"] == "MultiLineString"
        for stroke in feature["geometry"]["coordinates"]
    )
    return [
        frozenset(map(tuple, edge)) for stroke in strokes for edge in itertools.pairwise(stroke)
    ]


def test_save_boundaries_adds_areas_with_their_outlines() -> None:
    saved = _save(COUNTY, NOTTS, DERBYS)

    assert saved == actions.Loaded(added=2, replaced=0, ended=0)
    boundary = Boundary.objects.get(area__code="E10000024")
    assert (boundary.west, boundary.south, boundary.east, boundary.north) == (-1.2, 53, -0.8, 53.4)
    assert (boundary.label_longitude, boundary.label_latitude) == pytest.approx(
        (-1.0, 53.2), abs=0.02
    )
    assert shapely.from_wkb(bytes(boundary.outline)).equals(NOTTS.shape)
    assert str(boundary) == str(boundary.area) == "Nottinghamshire"


def test_save_boundaries_again_brings_them_up_to_date(now: datetime) -> None:
    _save(COUNTY, NOTTS, DERBYS)
    renamed = _outline("E10000024", "Notts", -1.2, 53.0, -0.7, 53.4)

    saved = _save(COUNTY, renamed, at=now)

    assert saved == actions.Loaded(added=0, replaced=1, ended=0)
    boundary = Boundary.objects.get(area__name="Notts")
    assert (boundary.east, boundary.loaded_at) == (-0.7, now)
    assert Boundary.objects.count() == Area.objects.count() == 2


def test_a_unitary_authority_is_a_county_and_a_district() -> None:
    derby = _outline("E06000015", "Derby", -1.55, 52.88, -1.4, 52.97)

    _save(COUNTY, derby)
    _save(DISTRICT, derby)

    assert Area.objects.filter(code="E06000015").count() == 2


def test_districts_that_became_one_lose_their_boundaries_and_keep_their_names() -> None:
    _save(DISTRICT, MANSFIELD, BASSETLAW)
    _save(COUNTY, NOTTS)
    merged = _outline("E06000099", "North Notts", -1.2, 53.0, -1.0, 53.4)

    saved = _save(DISTRICT, merged)

    assert saved == actions.Loaded(added=1, replaced=0, ended=2)
    assert set(Boundary.objects.values_list("area__name", flat=True)) == {
        "North Notts",
        "Nottinghamshire",
    }
    assert Area.objects.filter(name="Mansfield").exists()


def test_area_at_says_in_which_area_a_point_is() -> None:
    _save(COUNTY, NOTTS, DERBYS)
    _save(DISTRICT, MANSFIELD)
    here, over_the_border = _point(53.1, -1.1), _point(53.1, -1.3)

    assert str(queries.area_at(here, COUNTY)) == "Nottinghamshire"
    assert str(queries.area_at(here, DISTRICT)) == "Mansfield"
    assert str(queries.area_at(over_the_border, COUNTY)) == "Derbyshire"
    assert queries.area_at(over_the_border, DISTRICT) is None
    assert queries.area_at(_point(53.1, -1.2), COUNTY) is not None


def test_inside_the_box_around_an_area_is_not_inside_the_area() -> None:
    corner = shapely.Polygon([(-1.2, 53.0), (-1.0, 53.0), (-1.2, 53.2)])
    _save(COUNTY, Outline(code="E10000024", name="Nottinghamshire", shape=corner))

    assert queries.area_at(_point(53.19, -1.01), COUNTY) is None


def test_the_map_has_lines_and_names_of_what_meets_the_box() -> None:
    _save(COUNTY, NOTTS, DERBYS)
    _save(DISTRICT, _outline("E07000999", "Far away", 0.5, 52, 0.7, 52.2))

    features = _features("-1.3,53.05,-0.9,53.35")

    assert [
        (feature["properties"]["name"], feature["geometry"]["type"]) for feature in features
    ] == [
        ("Derbyshire", "MultiLineString"),
        ("Derbyshire", "Point"),
        # Its only border in sight is Derbyshire's.
        ("Nottinghamshire", "Point"),
    ]
    assert features[0]["properties"] == {
        "code": "E10000007",
        "name": "Derbyshire",
        "kind": "COUNTY",
    }
    assert features[1]["properties"]["label"] is True


def test_a_line_between_areas_is_drawn_once() -> None:
    _save(COUNTY, NOTTS, DERBYS)
    _save(DISTRICT, MANSFIELD, BASSETLAW)

    edges = _edges(_features("-1.7,52.9,-0.7,53.5"))

    assert len(edges) == len(set(edges))
    drawn = shapely.union_all([shapely.LineString(sorted(edge)) for edge in edges])
    outlines = (NOTTS, DERBYS, MANSFIELD, BASSETLAW)
    wanted = shapely.union_all([outline.shape.boundary for outline in outlines])
    assert drawn.hausdorff_distance(wanted) < 0.0001
    assert sum(shapely.LineString(sorted(edge)).length for edge in edges) == pytest.approx(
        wanted.length, abs=0.001
    )


def test_every_name_is_inside_its_area_and_inside_the_box() -> None:
    _save(COUNTY, NOTTS, DERBYS)
    west, south, east, north = -1.25, 53.3, -1.1, 53.5

    labels = {
        feature["properties"]["name"]: shapely.Point(feature["geometry"]["coordinates"])
        for feature in _features(f"{west},{south},{east},{north}")
        if feature["properties"].get("label")
    }

    assert set(labels) == {"Nottinghamshire", "Derbyshire"}
    for area in (NOTTS, DERBYS):
        assert shapely.box(west, south, east, north).intersects(labels[area.name])
        assert area.shape.intersects(labels[area.name])


def test_a_district_that_is_its_own_county_is_named_once() -> None:
    derby = _outline("E06000015", "Derby", -1.55, 52.88, -1.4, 52.97)
    _save(COUNTY, derby)
    _save(DISTRICT, derby)

    kinds = [feature["properties"]["kind"] for feature in _features("-1.7,52.7,-1.3,53")]

    assert kinds == ["COUNTY", "COUNTY"]


def test_where_no_area_is_known_the_map_is_empty() -> None:
    assert _features("-1.3,53.05,-0.9,53.35") == []


@pytest.mark.parametrize(
    ("box", "says"),
    [
        ("", "west,south,east,north"),
        ("1,2,3", "west,south,east,north"),
        ("a,b,c,d", "west,south,east,north"),
        ("-1,53,-2,54", "west is less than east"),
        ("nan,53,-1,54", "west is less than east"),
        ("-inf,53,inf,54", "west is less than east"),
        ("-1,53,-1,53", "west is less than east"),
        ("-5,53,-0.9,54", "4 degrees"),
    ],
)
def test_a_box_that_is_none_is_refused_in_words(box: str, says: str) -> None:
    answer = _get(box)

    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert "Cache-Control" not in answer


def test_browsers_keep_the_map_for_a_day_and_then_ask_whether_it_changed(now: datetime) -> None:
    _save(COUNTY, NOTTS)
    box = "-1.3,53.05,-0.9,53.35"
    first = _get(box)

    again = _get(box, if_none_match=first["ETag"])
    _save(COUNTY, DERBYS, at=now)
    changed = _get(box, if_none_match=first["ETag"])

    assert first["Content-Type"] == "application/geo+json"
    assert first["Cache-Control"] == again["Cache-Control"] == "public, max-age=86400"
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_the_map_is_packed_for_whoever_can_unpack_it() -> None:
    _save(
        COUNTY,
        *(
            _outline(f"E1000000{n}", f"Area {n}", -1 + n / 10, 53, -0.9 + n / 10, 53.4)
            for n in range(5)
        ),
    )

    packed = _get("-1.3,53,-0.1,53.5", accept_encoding="gzip")

    assert packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content))["type"] == "FeatureCollection"


@pytest.fixture
def address() -> Iterator[str]:
    """Where a server of this machine publishes one county."""
    content = json.dumps(_collection(NOTTS)).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_load_boundaries_from_an_address(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_boundaries", address, kind="county")

    assert Boundary.objects.get().area.name == "Nottinghamshire"
    assert "1 boundaries: 1 new, 0 replaced" in capsys.readouterr().out


def test_load_boundaries_takes_names_from_a_table(tmp_path: Path) -> None:
    source, names = tmp_path / "a.geojson", tmp_path / "names.csv"
    source.write_text(json.dumps(_collection(NOTTS)))
    names.write_text("CTYCD,CTYNM\nE10000024,County of Nottingham\n", encoding="utf-8-sig")

    call_command("load_boundaries", str(source), kind="county", names=str(names))

    assert Area.objects.get().name == "County of Nottingham"


def test_load_boundaries_writes_nothing_when_it_cannot_write_all(tmp_path: Path) -> None:
    _save(COUNTY, NOTTS)
    source = tmp_path / "a.geojson"
    swapped = Outline(code="E10000007", name="Derbyshire", shape=shapely.box(53, -1.6, 53.4, -1.2))
    source.write_text(json.dumps(_collection(swapped)))

    with pytest.raises(CommandError, match=r"wrong way round.*Nothing was loaded"):
        call_command("load_boundaries", str(source), kind="county")

    assert Area.objects.get().name == "Nottinghamshire"


def test_load_boundaries_refuses_a_table_that_is_no_text(tmp_path: Path) -> None:
    names = tmp_path / "names.xlsx"
    names.write_bytes(b"PK\x03\x04\xff")

    with pytest.raises(CommandError, match="not a CSV in UTF-8"):
        call_command("load_boundaries", "a.geojson", kind="county", names=str(names))


@pytest.mark.open_data
def test_the_real_borders_around_mansfield(open_data: Path) -> None:
    folder = open_data / "geography"
    for kind, file in (("county", "utla"), ("district", "ltla24")):
        source = folder / f"{file}_boundaries_england_simplified.geojson.gz"
        call_command("load_boundaries", str(source), kind=kind)
    box = "-1.65,52.87,-0.75,53.41"

    answer = _get(box, accept_encoding="gzip")

    assert len(answer.content) < 60_000
    features = json.loads(gzip.decompress(answer.content))["features"]
    labels = {
        feature["properties"]["name"] for feature in features if feature["properties"].get("label")
    }
    assert {"Nottinghamshire", "Derbyshire", "Derby", "Mansfield", "Bolsover"} <= labels
    shirebrook, mansfield = _point(53.2045, -1.2195), _point(53.1435, -1.1963)
    assert [str(queries.area_at(shirebrook, kind)) for kind in Area.Kind] == [
        "Derbyshire",
        "Bolsover",
    ]
    assert [str(queries.area_at(mansfield, kind)) for kind in Area.Kind] == [
        "Nottinghamshire",
        "Mansfield",
    ]


def _collection(*outlines: Outline) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"CTYUA24CD": outline.code, "CTYUA24NM": outline.name},
                "geometry": json.loads(shapely.to_geojson(outline.shape)),
            }
            for outline in outlines
        ],
    }


def _point(latitude: float, longitude: float) -> Point:
    return Point(latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Nottinghamshire", "the middle of Nottinghamshire"),
        ("nottinghamshire county", "the middle of Nottinghamshire"),
        ("Bassetlaw", "the middle of Bassetlaw district"),
        ("Bassetlaw district", "the middle of Bassetlaw district"),
        ("Bassetlaw, Notts", "the middle of Bassetlaw district"),
    ],
)
def test_an_area_by_its_name_is_its_middle(typed: str, label: str) -> None:
    _save(COUNTY, NOTTS, DERBYS)
    _save(DISTRICT, MANSFIELD, BASSETLAW)
    make.venue(name="Bassetlaw Bowls Club", town="Worksop")

    found = queries.whereabouts(typed).found

    assert found is not None
    assert found.label == label
    assert queries.whereabouts(found.text).found == found


def test_a_town_goes_before_the_district_of_its_name() -> None:
    _save(DISTRICT, MANSFIELD)
    make.venue(name="Millbeck Hall", town="Mansfield", latitude=53.25)

    found = queries.whereabouts("Mansfield").found

    assert found is not None
    assert (found.label, found.point.latitude) == ("Mansfield", 53.25)
