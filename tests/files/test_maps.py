"""Maps as tables: KML, KMZ and GeoJSON, good and bad."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from hereabouts.files import maps, workbooks
from hereabouts.files.maps.plain import as_plain, without_tags
from hereabouts.files.spreadsheets import Sheet, read
from hereabouts.files.unreadable import UnreadableFile
from tests.files.maps import ROUTE, Pin, kmz, my_map, placemark

WRAPPED = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>%s</Document></kml>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<kml><Document><Placemark><name>&b;</name></Placemark></Document></kml>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<kml><Document><Placemark><name>&a;</name></Placemark></Document></kml>"
)


def table(sheet: Sheet) -> list[dict[str, str]]:
    """Rows as heading → text, without what is empty."""
    pairs = (zip(sheet.headings, cells, strict=True) for _number, cells in sheet.rows)
    return [{heading: text for heading, text in pair if text} for pair in pairs]


def feature(**properties: object) -> dict[str, object]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [-1.2324, 53.2]},
        "properties": properties,
    }


def geojson(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


@pytest.mark.parametrize("name", ["map.kml", "map.kmz", "misnamed.kml"])
def test_a_map_of_google_is_read_pin_by_pin(name: str) -> None:
    content = my_map() if name == "map.kml" else kmz(my_map())

    sheet = read(file_name=name, content=content)

    assert table(sheet) == [
        {
            "Name": "Sure and Steady",
            "Venue": "Millbeck Hall",
            "Day": "Thursday",
            "Time": "1.30pm",
            # What only repeats the columns is not in it.
            "Description": "Sit, stand and stretch.\n\nMillbeck Hall, Shirebrook NG20 8PA",
            "Latitude": "53.2",
            "Longitude": "-1.2324",
            "Layer": "Classes",
            "Colour of the pin": "#F57C00",
        },
        {
            "Name": "Falls class",
            "Venue": "Heath End Centre",
            "Day": "Monday",
            "Time": "10:00",
            "Latitude": "53.21",
            "Longitude": "-1.2324",
            "Layer": "Classes",
            "Colour of the pin": "#A52714",
        },
        {
            "Name": "Gentle movers",
            "Latitude": "53.22",
            "Longitude": "-1.2324",
            "Layer": "Classes",
            "Colour of the pin": "#0F9D58",
        },
        {
            "Name": "Mill Lane walk",
            "Latitude": "53.23",
            "Longitude": "-1.2324",
            "Layer": "Walks",
            "Colour of the pin": "#0288D1",
        },
    ]
    assert [number for number, _cells in sheet.rows] == [1, 2, 3, 4]
    assert sheet.shapes_left_out == 1


@pytest.mark.parametrize(
    ("style", "colour"),
    [
        # No such style in the file: its name says the colour.
        ("<styleUrl>#icon-1899-0F9D58-nodesc</styleUrl>", "#0F9D58"),
        ("<styleUrl>#icon-960-0F9D58</styleUrl>", "#0F9D58"),
        ("<styleUrl>#icon-seq2-0-0-0F9D58</styleUrl>", None),
        ("<styleUrl>#icon-ci-1</styleUrl>", None),
        ("<Style><IconStyle><color>ff0000ff</color></IconStyle></Style>", "#FF0000"),
        ("<styleUrl>#later</styleUrl>", "#00FF00"),
        ("<styleUrl>#untinted-0F9D58</styleUrl>", "#00AA00"),
        ("<styleUrl>#nowhere</styleUrl>", None),
        ("", None),
    ],
)
def test_the_colour_of_a_pin_is_found_wherever_it_is_said(style: str, colour: str | None) -> None:
    point = "<Point><coordinates>-1.2,53.2</coordinates></Point>"
    pin = f"<Placemark><name>A</name>{style}{point}</Placemark>"
    later = '<Style id="later"><IconStyle><color>ff00ff00</color></IconStyle></Style>'
    picture = "http://maps.google.com/mapfiles/kml/pushpin/grn-pushpin.png"
    untinted = (
        '<Style id="untinted-0F9D58"><IconStyle><color>ffffffff</color>'
        f"<Icon><href>{picture}</href></Icon></IconStyle></Style>"
    )

    sheet = read(file_name="a.kml", content=(WRAPPED % (pin + later + untinted)).encode())

    assert table(sheet)[0].get("Colour of the pin") == colour


def test_a_pin_in_a_folder_within_a_folder_and_one_with_an_address_only() -> None:
    inner = f"<Folder><name>Chairs</name>{placemark(Pin(name='A'))}</Folder>"
    address = "<Placemark><name>B</name><address>1 Mill Lane, Shirebrook</address></Placemark>"
    content = WRAPPED % f"<Folder><name>North</name>{inner}{address}</Folder>"

    first, second = table(read(file_name="a.kml", content=content.encode()))

    assert first["Layer"] == "North / Chairs"
    assert second == {"Name": "B", "Address": "1 Mill Lane, Shirebrook", "Layer": "North"}


def test_letters_in_another_declared_encoding_are_read() -> None:
    text = '<?xml version="1.0" encoding="windows-1252"?>' + WRAPPED % placemark(Pin(name="Café"))

    assert table(read(file_name="a.kml", content=text.encode("cp1252")))[0]["Name"] == "Café"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (BOMB.encode(), "can do harm"),
        (OUTSIDE.encode(), "can do harm"),
        (b"<kml><Document><Placemark>", "broken at line 1"),
        (b"not xml at all", "broken at line 1"),
        ((WRAPPED % placemark(Pin(name="Café"))).encode("cp1252"), "broken at line"),
        (b'<?xml version="1.0" encoding="klingon"?><kml/>', "cannot be read|broken"),
        (b"<html><body/></html>", "no map in it"),
        ((WRAPPED % "").encode(), "no pin on the map"),
        ((WRAPPED % ROUTE).encode(), "no pin on the map"),
        ((WRAPPED % "<NetworkLink><Link/></NetworkLink>").encode(), "only a link to the map"),
        (b"<kml>" + b"<a>" * 100 + b"</a>" * 100 + b"</kml>", "more in the file than we can"),
        (b"<kml>" + b"<a/>" * 500_001 + b"</kml>", "more in the file than we can"),
        (
            (WRAPPED % (placemark(Pin(name="A")) * 2_002)).encode(),
            "more than 2,000 (pins|rows)",
        ),
        (b"PK\x03\x04 and then nothing", "KMZ file could not be opened"),
    ],
)
def test_a_bad_kml_file_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read(file_name="a.kml", content=content)


def test_a_kmz_file_without_a_map_or_with_too_much_is_refused() -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b" " * 50_000_000)

    with pytest.raises(UnreadableFile, match="no map in the KMZ"):
        read(file_name="a.kmz", content=kmz(b"", name="other.txt"))
    with pytest.raises(UnreadableFile, match="more in the file than we can"):
        read(file_name="a.kmz", content=bomb.getvalue())
    with pytest.raises(UnreadableFile, match="could not be opened"):
        read(file_name="a.kmz", content=kmz(my_map())[:-40])


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_a_kmz_file_packed_so_that_it_cannot_be_unpacked_in_part_is_refused(method: int) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", method) as archive:
        archive.writestr("doc.kml", my_map())

    with pytest.raises(UnreadableFile, match="could not be opened"):
        read(file_name="a.kmz", content=packed.getvalue())


def test_a_kmz_file_in_a_kmz_file_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="broken at line 1"):
        read(file_name="a.kmz", content=kmz(kmz(my_map())))


@pytest.mark.parametrize("byte", [0x00, 0x63, 0xFF])
@pytest.mark.parametrize("read_it", [maps.READERS[".kmz"], workbooks.unpacked_size])
def test_a_damaged_zip_file_is_read_or_refused(
    read_it: Callable[[bytes], object], byte: int
) -> None:
    content = kmz(my_map())
    for place in range(len(content)):
        with suppress(UnreadableFile, workbooks.Problem):
            read_it(content[:place] + bytes([byte]) + content[place + 1 :])


def test_geojson_is_read_feature_by_feature() -> None:
    content = geojson(
        feature(name="A", tags=["x", "y"], open=True, price=None, more={"a": 1}),
        {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": []}, "properties": {}},
        {"type": "Feature", "geometry": None, "properties": {"name": "Nowhere"}},
        "nonsense",
    )

    sheet = read(file_name="a.geojson", content=content)

    assert table(sheet) == [
        {
            "tags": "x; y",
            "open": "yes",
            "more": '{"a": 1}',
            "name": "A",
            "Latitude": "53.2",
            "Longitude": "-1.2324",
        }
    ]
    assert sheet.shapes_left_out == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"type": "FeatureCollection", "features": [', "broken at line 1"),
        (b"\xff\xfe{", "cannot be read"),
        (b"[" * 200_000, "broken"),
        (b"{}", "JSON but no map"),
        (b"[1, 2]", "JSON but no map"),
        (b'{"type": "FeatureCollection", "features": 7}', "JSON but no map"),
        (b'{"type": "FeatureCollection", "features": []}', "no pin on the map"),
        (geojson(feature(name="A")).replace(b"53.2", b"NaN"), "broken"),
        (geojson(feature(name="A"), crs={"properties": {"name": "EPSG:27700"}}), "another grid"),
    ],
)
def test_a_bad_geojson_file_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=sentence):
        read(file_name="a.geojson", content=content)


def test_half_of_a_letter_is_left_out() -> None:
    sheet = read(file_name="a.geojson", content=geojson(feature(name="Walk \ud83d")))

    assert table(sheet)[0]["name"] == "Walk"


def test_the_grid_that_the_standard_knows_may_be_named() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}

    assert read(file_name="a.json", content=geojson(feature(name="A"), crs=crs)).rows


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("Tea &amp; chat&nbsp;after", "Tea & chat after"),
        ("<script>alert(1)</script><b>Bold</b><img src=x onerror=alert(1)>", "Bold"),
        ("<![CDATA[x]]>a<!-- no -->b", "ab"),
        ("unclosed <b", "unclosed <b"),
    ],
)
def test_a_description_becomes_plain_text(html: str, plain: str) -> None:
    assert as_plain(html) == plain


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.kml",
            (WRAPPED % placemark(Pin(name="A", data={"What": "<b>flat</b> shoes"}))).encode(),
        ),
        ("a.geojson", geojson(feature(name="A", what="<b>flat</b> shoes"))),
    ],
)
def test_tags_in_somebody_elses_map_are_left_out(name: str, content: bytes) -> None:
    assert "flat shoes" in table(read(file_name=name, content=content))[0].values()


@pytest.mark.parametrize("piece", ["<", "<a ", "</a ", "<!", "<!a", "<!--", "<![CDATA[", "&", "<?"])
def test_a_description_made_to_waste_time_takes_none(piece: str) -> None:
    begun = time.process_time()

    as_plain(f"<b>{piece * 10_000}")

    assert time.process_time() - begun < 2


@pytest.mark.parametrize("text", ["a < b & c > d", "<3 walking", "me <a@example.org>", "&amp;"])
def test_text_that_is_no_html_stays_as_it_is(text: str) -> None:
    assert without_tags(text) == text
