"""What the finder's map is sent: the list's own results, small enough to send all of them."""

import gzip
import json
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hereabouts.activities.declaration import ACTIVITIES
from hereabouts.activities.finding.map import as_sent
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.finder import Points, Query
from hereabouts.places.points import Point
from tests import make

HERE = Point(latitude=53.2050, longitude=-1.2200)


def points_at(places: list[tuple[float, float]], *, levels: list[int] | None = None) -> Points:
    """Results at these (longitude, latitude), in this order."""
    degrees = np.array(places, dtype=np.float64).reshape(-1, 2)
    return Points(
        record_ids=np.arange(len(places)),
        longitudes=degrees[:, 0],
        latitudes=degrees[:, 1],
        levels=np.array(levels or [0] * len(places), dtype=np.uint8),
        is_more=False,
    )


def asked(*, page: int = 1) -> Query:
    return Query(
        among=ACTIVITIES,
        point=HERE,
        within_km=6.2,
        at=timezone.now(),
        offset=(page - 1) * 20,
        limit=20,
    )


def unpacked(sent: dict[str, Any]) -> list[tuple[float, float]]:
    """The places as a browser reads them."""
    across, up = (accumulate(sent[axis]) for axis in ("x", "y"))
    return [(east / 100_000, north / 100_000) for east, north in zip(across, up, strict=True)]


def test_every_result_is_where_it_was_to_a_metre() -> None:
    rng = np.random.default_rng(20261122)
    places = [tuple(place) for place in rng.uniform((-8, 49), (2, 61), (5000, 2))]

    sent = as_sent(points_at(places), asked())

    assert np.abs(np.array(unpacked(sent)) - np.array(places)).max() <= 0.5e-5 + 1e-12


def test_levels_are_in_the_order_of_the_list() -> None:
    sent = as_sent(points_at([(-1.2, 53.2)] * 5, levels=[3, 0, 4, 1, 2]), asked())

    assert sent["levels"] == "30412"


@pytest.mark.parametrize(
    ("page", "results", "first", "last"),
    [(1, 0, 1, 0), (1, 7, 1, 7), (1, 20, 1, 20), (2, 45, 21, 40), (3, 45, 41, 45)],
)
def test_the_page_of_the_list_is_named_by_its_numbers(
    page: int, results: int, first: int, last: int
) -> None:
    sent = as_sent(points_at([(-1.2, 53.2)] * results), asked(page=page))

    assert (sent["first"], sent["last"]) == (first, last)


def test_twenty_thousand_results_are_sent_in_a_third_of_a_megabyte(client: Client) -> None:
    """Real postcodes, every level at random, in the order that packs worst: none."""
    rng = np.random.default_rng(20261122)
    known = np.load(settings.POSTCODES_FILE, mmap_mode="r")
    some = known[rng.choice(len(known), 20_000, replace=False)]
    points = points_at(
        list(zip(some["longitude"].astype(float), some["latitude"].astype(float), strict=True)),
        levels=rng.integers(0, 5, len(some)).tolist(),
    )

    letters = json.dumps(as_sent(points, asked()), separators=(",", ":"))

    assert len(gzip.compress(letters.encode(), 6)) <= 300_000


def ask(client: Client, query: str) -> dict[str, Any]:
    response = client.get(f"{reverse('activities:map_points')}?{query}")
    assert response.status_code == 200
    sent: dict[str, Any] = response.json()
    return sent


@pytest.mark.django_db
def test_the_map_has_what_the_list_has_in_its_order(client: Client) -> None:
    make.activity(name="Far", at_venue=make.venue(latitude=53.24), is_chair_based=True)
    make.activity(name="Near", at_venue=make.venue(latitude=53.205), is_low_impact=True)

    sent = ask(client, "near=NG20+8PA")

    page = client.get("/find/?near=NG20+8PA").content.decode()
    assert page.index(">Near</a>") < page.index(">Far</a>")
    latitudes = [latitude for _longitude, latitude in unpacked(sent)]
    assert latitudes == pytest.approx([53.205, 53.24], abs=0.00003)  # about three metres
    assert sent["levels"] == "12"


@pytest.mark.django_db
def test_a_red_class_is_red_on_the_map_only_with_a_confirmed_leader(client: Client) -> None:
    make.activity(name="Nobody looked", is_fame=True)
    make.activity(
        name="Somebody looked",
        at_venue=make.venue(latitude=53.24),
        is_fame=True,
        leader_qualification=Activity.Qualification.POSTURAL_STABILITY,
        leader_confirmed_on=timezone.localdate(),
    )

    assert ask(client, "near=NG20+8PA")["levels"] == "43"


@pytest.mark.django_db
def test_a_filter_of_the_list_is_a_filter_of_the_map(client: Client) -> None:
    make.activity(name="Sitting", is_chair_based=True)
    make.activity(name="Dancing", is_low_impact=True)

    assert ask(client, f"near=NG20+8PA&level={Level.ORANGE}")["levels"] == "2"


@pytest.mark.django_db
def test_later_pages_of_the_list_are_on_the_map_too(client: Client) -> None:
    hall = make.venue()
    for number in range(23):
        make.activity(name=f"Class {number}", at_venue=hall)

    sent = ask(client, "near=NG20+8PA&page=2")

    assert (len(sent["levels"]), sent["first"], sent["last"]) == (23, 21, 23)


@pytest.mark.django_db
def test_a_search_that_cannot_be_is_explained(client: Client) -> None:
    response = client.get(f"{reverse('activities:map_points')}?near=")

    assert response.status_code == 400
    assert response.json()["errors"]["near"]


@pytest.mark.django_db
def test_anyone_may_keep_the_answer_for_a_minute_and_it_is_packed(client: Client) -> None:
    hall = make.venue()
    for number in range(40):
        make.activity(name=f"Class {number}", at_venue=hall)

    response = client.get(
        f"{reverse('activities:map_points')}?near=NG20+8PA", headers={"Accept-Encoding": "gzip"}
    )

    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Content-Encoding"] == "gzip"
    assert len(json.loads(gzip.decompress(response.content))["levels"]) == 40
