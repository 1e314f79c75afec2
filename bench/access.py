"""How fast access to places is worked out for all England, beside PySAL's `access`.

`python -m bench.access --sites 5000 [--peer-python PATH] [--postcodes FILE] [--json]`

The areas are the centroids of England's 33,755 small areas (LSOA 2021) with the census's people of
65 and over. The sites stand at real postcodes taken at random with a fixed seed, none further than
5 km from a centroid, and have 10 to 99 places each. Measured is the way from coordinates to the
result: E2SFCA within 5 km in three zones, 2SFCA and 3SFCA likewise; the least of five runs, ours
and theirs alike. Both are given kilometres on one grid (a transverse Mercator projection); ours is
measured from latitudes and longitudes on the sphere as well. The peer gets its points as
multipoints of one, for which it joins within a buffer: of plain points it makes a row of every area
with every site first, 169 million for 5,000 sites. Its buffer is a polygon inside the circle and
loses pairs near the limit, and what is exactly as far; so it gets one of 5.02 km, and the limit of
5 km after it, where it is right. The peer runs up to 5,000 sites.
Open data: HEREABOUTS_OPEN_DATA. Peers: `bench/peers.txt` says how to make their environment.
"""

import argparse
import csv
import gzip
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from bench import ROOT
from bench.access_peer import LIMIT_KM, METHODS, REPEATS, ZONES
from hereabouts.methods import accessibility

OPEN_DATA = Path(os.environ.get("HEREABOUTS_OPEN_DATA", ROOT.parent / "shared" / "data"))
POSTCODES = Path(os.environ.get("HEREABOUTS_VAR", ROOT / "var")) / "postcodes.npy"
SEED = 20261122
MOST_SITES_OF_PEER = 5000
# What is promised.
LARGEST_DIFFERENCE = 1e-12
SECONDS = {5_000: 0.15, 100_000: 4.0}
PEAK_MEGABYTES = 1024
TIMES_FASTER = 15

Floats = NDArray[np.float64]
Report = dict[str, Any]


def main() -> None:
    options = _options()
    latitude, longitude, people = areas_of_england()
    north, east, places = _sites(options, latitude, longitude)
    before = _peak_megabytes()
    areas, sites = on_grid(latitude, longitude), on_grid(north, east)

    def pairs() -> accessibility.Reach:
        return accessibility.reach(
            areas=accessibility.points_on_grid(east_km=areas[:, 0], north_km=areas[:, 1]),
            sites=accessibility.points_on_grid(east_km=sites[:, 0], north_km=sites[:, 1]),
            within_km=LIMIT_KM,
        )

    def pairs_on_sphere() -> accessibility.Reach:
        return accessibility.reach(
            areas=accessibility.points(latitude=latitude, longitude=longitude),
            sites=accessibility.points(latitude=north, longitude=east),
            within_km=LIMIT_KM,
        )

    zones = accessibility.zones(list(ZONES), list(ZONES.values()))
    people_and_places: dict[str, Any] = {"people": people, "places": places}
    methods: dict[str, Callable[[], accessibility.Access]] = {
        "E2SFCA": lambda: accessibility.two_step(**people_and_places, reach=pairs(), decay=zones),
        "2SFCA": lambda: accessibility.two_step(
            **people_and_places, reach=pairs(), decay=accessibility.within(LIMIT_KM)
        ),
        "3SFCA": lambda: accessibility.three_step(**people_and_places, reach=pairs(), decay=zones),
        "E2SFCA on the sphere": lambda: accessibility.two_step(
            **people_and_places, reach=pairs_on_sphere(), decay=zones
        ),
    }
    found = {name: _timed(work) for name, work in methods.items()}
    peak = _peak_megabytes()
    report: Report = {
        "machine": machine(),
        "areas": len(people),
        "sites": len(places),
        "pairs": len(pairs()),
        "seconds": found["E2SFCA"][0],
        "seconds_by_method": {name: taken for name, (taken, _) in found.items()},
        "peak_megabytes": peak,
        "peak_megabytes_before": before,
        "largest_loss_of_places": max(
            abs(people @ access.places_per_person + access.places_unused - places.sum())
            for _, access in found.values()
        )
        / places.sum(),
    }
    if options.peer_python and len(places) <= MOST_SITES_OF_PEER:
        answers = {name: found[name][1].places_per_person for name in METHODS}
        world = {**people_and_places, "areas": areas, "sites": sites}
        report |= _beside_peer(options.peer_python, world, answers)
    _show(report)
    if options.json:
        print(json.dumps(report))
    if report.get("largest_difference", 0) > LARGEST_DIFFERENCE:
        sys.exit("Access differs from the peer's.")


def areas_of_england() -> tuple[Floats, Floats, Floats]:
    """Latitude, longitude and people of 65 and over of each small area."""
    older = {
        row["lsoa21_code"]: float(row["age_65plus"])
        for row in rows("population/census2021_lsoa21_england.csv.gz")
    }
    areas = [
        (float(row["lat"]), float(row["lon"]), older[row["lsoa21_code"]])
        for row in rows("geography/lsoa21_england.csv.gz")
    ]
    latitude, longitude, people = np.array(areas).T
    return latitude, longitude, people


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file of the open data."""
    with gzip.open(OPEN_DATA / name, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def on_grid(latitude: Floats, longitude: Floats) -> Floats:
    """Kilometres east and north: transverse Mercator on a sphere, about 2 degrees west."""
    north, east = np.radians(latitude), np.radians(longitude + 2)
    radius = 0.9996 * accessibility.EARTH_RADIUS_KM
    return np.column_stack(
        [
            radius * np.arctanh(np.cos(north) * np.sin(east)),
            radius * np.arctan2(np.tan(north), np.cos(east)),
        ]
    )


def machine() -> str:
    """What it ran on, without names."""
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, Python {platform.python_version()}, "
        f"numpy {np.__version__}, scipy {scipy.__version__}"
    )


def _sites(
    options: argparse.Namespace, latitude: Floats, longitude: Floats
) -> tuple[Floats, Floats, Floats]:
    random = np.random.default_rng(SEED)
    postcodes = np.load(options.postcodes, mmap_mode="r")
    some = postcodes[random.choice(len(postcodes), size=2 * options.sites, replace=False)]
    north, east = some["latitude"].astype(float), some["longitude"].astype(float)
    away = accessibility.nearest(
        areas=accessibility.points(latitude=north, longitude=east),
        sites=accessibility.points(latitude=latitude, longitude=longitude),
    ).cost
    near = np.flatnonzero(away <= LIMIT_KM)[: options.sites]
    return north[near], east[near], random.integers(10, 100, len(near)).astype(float)


def _timed(work: Callable[[], accessibility.Access]) -> tuple[float, accessibility.Access]:
    best, answer = float("inf"), None
    for _ in range(REPEATS):
        started = perf_counter()
        answer = work()
        best = min(best, perf_counter() - started)
    if answer is None:
        raise ValueError("Nothing was measured.")
    return best, answer


def _beside_peer(python: str, world: dict[str, Any], answers: dict[str, Floats]) -> Report:
    with tempfile.TemporaryDirectory(prefix="hereabouts-bench-") as name:
        folder = Path(name)
        for key, array in world.items():
            np.save(folder / f"{key}.npy", array)
        # Its folder must not be searched: `access` would be this module.
        command = [python, "-P", str(ROOT / "bench" / "access_peer.py"), name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        theirs = json.loads(done.stdout.splitlines()[-1])
        differences = {
            method: float(np.abs(ours - np.load(folder / f"{method}.npy")).max())
            for method, ours in answers.items()
        }
    return {
        "peer": f"access {theirs['version']}",
        "peer_seconds": theirs["E2SFCA"]["seconds"],
        "peer_seconds_by_method": {method: theirs[method]["seconds"] for method in answers},
        "peer_seconds_from_pairs": {
            method: theirs[method]["seconds_from_pairs"] for method in answers
        },
        "peer_peak_megabytes": theirs["peak_megabytes"],
        "largest_difference": max(differences.values()),
        "largest_difference_by_method": differences,
    }


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _show(report: Report) -> None:
    print(report["machine"])
    print(f"{report['areas']:,} areas, {report['sites']:,} sites, {report['pairs']:,} pairs")
    theirs = report.get("peer_seconds_by_method", {})
    print(f"{'method':<20} {'ours, s':>9} {'peer, s':>18} {'times':>6} {'difference':>11}")
    for method, taken in report["seconds_by_method"].items():
        if method in theirs:
            difference = report["largest_difference_by_method"][method]
            peer = f"{theirs[method]:>18.3f} {theirs[method] / taken:>6.1f} {difference:>11.1e}"
        else:
            peer = f"{'peer not measured':>18}"
        print(f"{method:<20} {taken:>9.3f} {peer}")
    print(
        f"peak memory {report['peak_megabytes']:.0f} MB "
        f"({report['peak_megabytes_before']:.0f} MB before)"
    )
    promised = SECONDS.get(report["sites"])
    if promised is not None:
        print(f"within {promised} s: {report['seconds'] <= promised}")
        print(f"within {PEAK_MEGABYTES} MB: {report['peak_megabytes'] <= PEAK_MEGABYTES}")
    if theirs:
        times = report["peer_seconds"] / report["seconds"]
        print(f"{TIMES_FASTER} times as fast as the peer: {times >= TIMES_FASTER} ({times:.1f})")
        equal = report["largest_difference"] <= LARGEST_DIFFERENCE
        print(f"equal to {LARGEST_DIFFERENCE:g}: {equal}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sites", type=int, default=5000)
    parser.add_argument(
        "--peer-python",
        default=os.environ.get("HEREABOUTS_PEER_PYTHON"),
        help="the Python of an environment with the peers; default HEREABOUTS_PEER_PYTHON",
    )
    parser.add_argument("--postcodes", type=Path, default=POSTCODES)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
