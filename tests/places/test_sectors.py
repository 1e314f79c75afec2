"""Parts of postcodes and nearest postcodes: the quick answers are the slow ones."""

import random

import numpy as np
import pytest

from hereabouts.places import postcodes, sectors
from hereabouts.places.points import Point, distance_between


def _begins(part: str, code: str) -> bool:
    """Is `code`, without its space, in this outcode or sector?"""
    outcode, _space, digit = part.partition(" ")
    return code[:-3] == outcode and code[-3].startswith(digit)


@pytest.mark.parametrize("part", ["NG20", "NG2", "AB1", "AB10", "EC1A", "NG20 8", "M1 1"])
def test_the_centre_is_the_postcode_nearest_to_the_median_of_exactly_that_part(part: str) -> None:
    rows = [row for row in _rows_from(part[:2]) if _begins(part, row["code"].decode())]
    middle = Point(
        latitude=float(np.median([row["latitude"] for row in rows])),
        longitude=float(np.median([row["longitude"] for row in rows])),
    )

    found = sectors.centre(part)

    assert found is not None
    assert found.postcode == part
    least = min(distance_between(middle, _point(row)) for row in rows)
    assert distance_between(middle, found.point) == pytest.approx(least, abs=0.001)


@pytest.mark.parametrize("typed", ["ng20", " NG20 ", "Ng 20"])
def test_any_case_and_spacing_is_the_same_part(typed: str) -> None:
    assert sectors.centre(typed) == sectors.centre("NG20")


@pytest.mark.parametrize("typed", ["", "NG", "ZZ9", "NG20 8PA", "20", "NG2 0 0", "BT1", "é1"])
def test_what_begins_no_postcode_has_no_centre(typed: str) -> None:
    assert sectors.centre(typed) is None


def test_a_sector_is_not_the_outcode_that_looks_the_same_without_its_space() -> None:
    without, with_space = sectors.centre("NG21"), sectors.centre("NG2 1")

    assert without is not None
    assert with_space is None or with_space.point != without.point


@pytest.mark.parametrize("within_km", [0.3, 2, 20])
def test_the_nearest_postcode_is_the_one_that_looking_at_all_finds(within_km: float) -> None:
    table = postcodes.table()
    rng = random.Random(20261122)
    latitudes = np.array(table["latitude"], dtype="f8")
    longitudes = np.array(table["longitude"], dtype="f8")
    for _time in range(12):
        near = table[rng.randrange(len(table))]
        point = Point(
            latitude=float(near["latitude"]) + rng.uniform(-0.02, 0.02),
            longitude=float(near["longitude"]) + rng.uniform(-0.02, 0.02),
        )
        east = (longitudes - point.longitude) * np.cos(np.radians(point.latitude))
        at = int(((latitudes - point.latitude) ** 2 + east**2).argmin())
        km = distance_between(point, _point(table[at]))

        found = sectors.nearest(point, within_km=within_km)

        if km > within_km:
            assert found is None
        else:
            assert found is not None
            assert distance_between(point, found.point) == pytest.approx(km, abs=0.002)


def test_there_is_no_postcode_near_belfast_or_in_the_sea() -> None:
    for latitude, longitude in ((54.6, -5.93), (50.95, 1.86), (55.0, -8.9), (0.0, 0.0)):
        assert sectors.nearest(Point(latitude=latitude, longitude=longitude), within_km=20) is None


def _rows_from(area: str) -> "list[np.void]":
    codes = postcodes.table()["code"]
    begin, end = np.searchsorted(
        codes, [area.encode(), (area[:-1] + chr(ord(area[-1]) + 1)).encode()]
    )
    return list(postcodes.table()[begin:end])


def _point(row: "np.void") -> Point:
    return Point(latitude=float(row["latitude"]), longitude=float(row["longitude"]))
