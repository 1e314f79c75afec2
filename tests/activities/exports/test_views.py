"""Taking what's on away: what is in the file, and what never is."""

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO
from xml.etree import ElementTree

import pytest
import time_machine
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from hereabouts.activities.columns import headings
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.columns.reserved import PAGE, SOURCE
from hereabouts.activities.columns.table import TABLE
from hereabouts.activities.exports.views import FORMATS, export
from hereabouts.activities.models import Activity
from hereabouts.imports.headings import guess
from hereabouts.places.models import Venue
from tests import make

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
KML = "{http://www.opengis.net/kml/2.2}"
pytestmark = pytest.mark.django_db


def answer(kind: str, **parameters: str) -> StreamingHttpResponse:
    response = export(RequestFactory().get(f"/find/export.{kind}", parameters), file_format=kind)
    assert isinstance(response, StreamingHttpResponse)
    return response


def text(kind: str, **parameters: str) -> str:
    """The file, as text."""
    return b"".join(answer(kind, **parameters).streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]  # not an asynchronous one


def rows(**parameters: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text("csv", **parameters), newline="")))


def names(**parameters: str) -> list[str]:
    return [row[str(Column.NAME.label)] for row in rows(**parameters)]


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_only_what_is_published_is_in_the_file(kind: str) -> None:
    make.activity(name="Shown")
    make.draft(name="Hidden")

    file = b"".join(answer(kind).streaming_content)  # type: ignore[arg-type]  # not an asynchronous one

    if kind != "xlsx":
        assert b"Shown" in file
    assert b"Hidden" not in file


def test_a_search_gives_what_it_finds_in_its_order() -> None:
    make.activity(name="Far", at_venue=make.venue(latitude=53.23))
    make.activity(name="Near")
    make.activity(name="Elsewhere", at_venue=make.venue(latitude=51.5))

    assert names(near="NG20 8PA") == ["Near", "Far"]
    assert names() == ["Far", "Near", "Elsewhere"]


def test_a_search_that_is_not_understood_leads_back_to_the_finder() -> None:
    response = export(
        RequestFactory().get("/find/export.csv", {"near": "nowhere"}), file_format="csv"
    )

    assert response.status_code == 302
    assert response["Location"] == "/find/?near=nowhere"


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("kml", "application/vnd.google-earth.kml+xml"),
        ("geojson", "application/geo+json"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_the_file_says_what_it_is_and_of_when_and_where(kind: str, content_type: str) -> None:
    make.partnership()

    with time_machine.travel(AT, tick=False):
        response = answer(kind, near="NG20 8PA")

    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == (
        f'attachment; filename="heath-and-vale-activities-near-ng20-8pa-2026-11-23.{kind}"'
    )


def test_every_file_says_whose_data_it_is() -> None:
    make.partnership()
    make.activity()

    with time_machine.travel(AT, tick=False):
        ours = "Heath and Vale Place Partnership, 23 November 2026"
        assert rows()[0][SOURCE] == ours
        assert json.loads(text("geojson"))["source"] == ours
        assert f"<description>Source: {ours}</description>" in text("kml")


def test_a_formula_is_only_text_in_a_spreadsheet() -> None:
    make.activity(name="=HYPERLINK(1)", summary="+1", at_venue=make.venue(town="'=x"))

    [row] = rows()

    assert row[str(Column.NAME.label)] == "'=HYPERLINK(1)"
    assert row[str(Column.SUMMARY.label)] == "'+1"
    assert row[str(Column.TOWN.label)] == "''=x"
    assert row[str(Column.LONGITUDE.label)] == "-1.2324"


def test_geojson_has_longitude_before_latitude() -> None:
    made = make.activity(name="Sure and Steady")

    collection = json.loads(text("geojson"))

    [feature] = collection["features"]
    assert collection["type"] == "FeatureCollection"
    assert feature["id"] == str(made.public_id)
    assert feature["geometry"] == {"type": "Point", "coordinates": [-1.2324, 53.2]}
    assert feature["properties"]["name"] == "Sure and Steady"
    assert feature["properties"]["page"].startswith("http://testserver/activities/")


@pytest.mark.parametrize("kind", ["geojson", "kml"])
def test_a_map_without_pins_is_a_map(kind: str) -> None:
    file = text(kind)

    assert json.loads(file)["features"] == [] if kind == "geojson" else ElementTree.fromstring(file)


@pytest.mark.parametrize(
    ("fields", "colour"),
    [
        ({"is_low_impact": True}, "37814F"),
        ({"is_chair_based": True}, "F2993A"),
        (
            {
                "is_fame": True,
                "leader_qualification": Activity.Qualification.POSTURAL_STABILITY,
                "leader_confirmed_on": date(2026, 11, 1),
            },
            "991B33",
        ),
        ({}, "546E7A"),
        # Never silently red.
        ({"is_fame": True}, "9E9E9E"),
    ],
)
def test_pins_have_the_colour_of_the_level_both_for_google_earth_and_my_maps(
    fields: dict[str, object], colour: str
) -> None:
    make.activity(**fields)  # type: ignore[arg-type]  # whatever fields an activity has

    with time_machine.travel(AT, tick=False):
        root = ElementTree.fromstring(text("kml"))

    url = root.findtext(f".//{KML}Placemark/{KML}styleUrl")
    assert url == f"#icon-1899-{colour}"
    style = root.find(f".//{KML}Style[@id='{url[1:]}-normal']")
    assert style is not None
    tint = f"ff{colour[4:]}{colour[2:4]}{colour[:2]}".lower()
    assert style.findtext(f".//{KML}color") == tint
    assert root.findtext(f".//{KML}coordinates") == "-1.2324,53.2,0"


@pytest.mark.parametrize("kind", ["csv", "kml", "geojson"])
def test_a_red_class_without_a_confirmed_leader_says_so_in_every_file(kind: str) -> None:
    make.activity(is_fame=True)

    file = text(kind)

    assert "Leader not confirmed" in file
    assert "Red: FaME" not in file


def test_a_number_that_its_page_does_not_show_is_not_in_the_file() -> None:
    contact = Activity.Contact.VENUE
    make.activity(phone="0115 496 0100", email="hidden@example.org", contact=contact)

    file = text("csv")

    assert "0115 496 0100" not in file
    assert "hidden@example.org" not in file


def test_nothing_internal_is_in_the_file() -> None:
    made = make.activity(import_key="secret-key", imported_values={"Notes": "secret-note"})
    made.checks.create(checked_on=date(2026, 11, 1), checker="secret-checker")

    for kind in ("csv", "kml", "geojson"):
        assert "secret" not in text(kind)


def test_a_pause_is_told() -> None:
    made = make.activity()
    Activity.objects.filter(pk=made.pk).update(
        paused_on=date(2026, 11, 2), paused_until=date(2026, 12, 24)
    )

    assert rows()[0][str(Column.PAUSED_UNTIL.label)] == "2026-12-24"


def test_every_column_that_is_written_is_known_again_by_its_heading() -> None:
    labels = {str(column.label): column for column in TABLE}
    codes = {column.value.lower(): column for column in TABLE}

    assert guess(list(labels), headings.names()) == labels
    assert guess(list(codes), headings.names()) == codes
    assert not guess([PAGE, SOURCE], headings.names())


def test_every_column_but_the_notes_and_a_maps_own_is_in_the_table() -> None:
    assert set(Column) - set(TABLE) == {Column.NOTES, Column.LAYER, Column.PIN}


def test_many_activities_take_no_more_queries_than_a_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    hall = make.venue()
    for number in range(12):
        make.activity(name=f"Class {number}", at_venue=hall)

    with django_assert_max_num_queries(16):
        assert len(names()) == 12
    assert Venue.objects.count() == 1
