"""The benches of the finder, small: they run, and they judge rightly."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from bench import listings
from bench.finder import databases, postcodes, questions, world
from bench.finder.twin import Twin, differences
from hereabouts import finder
from tests.architecture.repository import ROOT
from tests.clients import SignedInClient

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def england() -> Any:
    """Postcodes for listings to stand at."""
    if not settings.POSTCODES_FILE.exists():
        pytest.skip("no postcodes: make_postcodes makes them")
    return postcodes.ours()


def test_the_bench_runs_and_the_finder_equals_brute_force(england: Any) -> None:
    command = [sys.executable, "-m", "bench.finder", "--entries", "3000", "--questions", "60"]

    done = subprocess.run(
        [*command, "--database", connection.vendor, "--json"],
        cwd=ROOT,
        env={**os.environ, "HEREABOUTS_VAR": str(settings.VAR)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["differences"] == []
    assert report["peers"]["haversine"]["same_hits"] == 1
    assert report["nearest"]["all"]["p95_ms"] > 0


@pytest.mark.django_db
def test_the_bench_sees_an_answer_that_is_wrong(england: Any, now: datetime) -> None:
    invented = world.invent(2000, england, at=now)
    databases.load_entries(invented)
    question = next(
        question
        for question in questions.ask(england)
        if question.kind == "near" and question.miles == 30
    )
    query = question.query(at=now)
    answer = finder.search(query)

    right = Twin(invented).answer(question, within_km=query.within_km, radii_km=[])

    assert list(differences(answer, right)) == []
    assert list(differences(replace(answer, hits=answer.hits[1:]), right)) == ["hits"]
    assert list(differences(replace(answer, count=finder.Count(total=0)), right)) == ["count"]


@pytest.mark.django_db
def test_the_pages_of_the_bench_show_whole_listings(
    england: Any, now: datetime, client: SignedInClient
) -> None:
    invented = world.invent(300, england, at=now)

    listings.load(invented)

    code = invented.venue_postcode[invented.venue[0]].decode()
    page = client.get("/find/", {"near": code, "within": "30"}).content.decode()
    assert '<li class="card"' in page
    assert "Sure and Steady" in page
    assert "Hall " in page
