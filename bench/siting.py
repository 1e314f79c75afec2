"""How fast sites are chosen, how near the best they are proven to be, and spopt beside it.

`python -m bench.siting [--only known|square|england] [--peer-python PATH] [--json]`

Known: the OR-Library's pmed1 to pmed5, p-median and p-centre, to the proven optimum. Square: 2,000
areas and 500 candidates at random in a square of 40 km, weights 1 to 999, 10 sites for the most
weight within 3, 5 and 8 km; from coordinates to the proven optimum, and at 8 km also what is proven
within 5 seconds. The peer (spopt with CBC) solves the same three from the same coordinates.
England: 100 of the 3,128 libraries that have coordinates, for the people of 65 and over in 33,755
small areas: the p-median, and the most people within 5 km; from coordinates, until 1 % is proven or
60 seconds are over.
Open data: HEREABOUTS_OPEN_DATA. Peers: `bench/peers.txt` says how to make their environment.
"""

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path

from bench import ROOT
from bench.access import OPEN_DATA, areas_of_england, machine, rows
from hereabouts.methods import accessibility, siting

# Of the squares tried, one that is hard at 8 km.
SEED = 1
AREAS, CANDIDATES, COUNT, SQUARE_KM = 2000, 500, 10, 40
KNOWN = {
    "pmed1": (5819, 127),
    "pmed2": (4093, 98),
    "pmed3": (4250, 93),
    "pmed4": (3034, 74),
    "pmed5": (1355, 48),
}
PEER_SECONDS = 600
# What is promised.
TIMES_FASTER, QUICK_KM = 10, (3, 5)
HARD_KM, HARD_SECONDS, HARD_GAP = 8, 5.0, 0.005
ENGLAND_COUNT, ENGLAND_KM, ENGLAND_SECONDS, ENGLAND_GAP = 100, 5, 60.0, 0.01

Report = dict[str, Any]


def main() -> None:
    options = _options()
    report: Report = {"machine": machine()}
    print(report["machine"])
    parts: dict[str, Callable[[], Report]] = {
        "known": known,
        "square": lambda: square(options.peer_python, options.seed),
        "england": england,
    }
    for name, part in parts.items():
        if options.only in (None, name):
            report[name] = part()
    if options.json:
        print(json.dumps(report))
    if not _all_is_right(report):
        sys.exit("An answer differs from the known one or from the peer's.")


def known() -> Report:
    """The instances with known optima."""
    report: Report = {}
    print(f"\n{'instance':<10} {'median':>8} {'s':>7} {'centre':>8} {'s':>7}  as known and proven")
    for name, (median, centre) in KNOWN.items():
        costs, count = _instance(name)
        weights = np.ones(len(costs))
        near, near_seconds = timed(
            partial(siting.p_median, weights=weights, costs=costs, count=count)
        )
        fair, fair_seconds = timed(partial(siting.p_centre, costs=costs, count=count))
        is_right = (
            near.objective == median
            and fair.objective == centre
            and near.is_proven_best
            and fair.is_proven_best
        )
        report[name] = {
            "median": near.objective,
            "median_seconds": near_seconds,
            "centre": fair.objective,
            "centre_seconds": fair_seconds,
            "is_right": is_right,
        }
        print(
            f"{name:<10} {near.objective:>8.0f} {near_seconds:>7.3f} {fair.objective:>8.0f} "
            f"{fair_seconds:>7.3f}  {is_right}"
        )
    return report


def square(peer_python: str | None, seed: int) -> Report:
    """The random square, beside the peer."""
    random = np.random.default_rng(seed)
    homes = random.uniform(0, SQUARE_KM, (AREAS, 2))
    halls = random.uniform(0, SQUARE_KM, (CANDIDATES, 2))
    weights = random.integers(1, 1000, AREAS).astype(float)

    def solved(km: float, effort: siting.Effort) -> siting.Siting:
        pairs = accessibility.reach(
            areas=accessibility.points_on_grid(east_km=homes[:, 0], north_km=homes[:, 1]),
            sites=accessibility.points_on_grid(east_km=halls[:, 0], north_km=halls[:, 1]),
            within_km=km,
        )
        return siting.maximal_cover(weights=weights, reach=pairs, count=COUNT, effort=effort)

    report: Report = {"seed": seed}
    print(f"\n{'km':<4} {'covered':>9} {'proven':>7} {'ours, s':>8} {'peer, s':>8} {'times':>6}")
    for km in (*QUICK_KM, HARD_KM):
        # The least of three where it is quick, as others use the machine too.
        runs = [
            timed(partial(solved, km, siting.Effort(seconds=PEER_SECONDS)))
            for _ in range(3 if km in QUICK_KM else 1)
        ]
        answer, taken = min(runs, key=lambda run: run[1])
        case: Report = {
            "objective": answer.objective,
            "gap": answer.gap,
            "is_proven": answer.is_proven_best,
            "seconds": taken,
        }
        line = f"{km:<4} {answer.objective:>9.0f} {answer.is_proven_best!s:>7} {taken:>8.2f}"
        if peer_python:
            theirs = _peer(peer_python, homes, halls, weights, km)
            total = theirs["build_seconds"] + theirs["solve_seconds"]
            case |= {"peer": theirs, "peer_seconds": total, "times": total / taken}
            case["is_same"] = not theirs["is_proven"] or math.isclose(
                theirs["objective"], answer.objective, rel_tol=1e-9
            )
            line += f" {total:>8.2f} {total / taken:>6.1f}"
        else:
            line += "  peer not measured"
        print(line)
        report[f"{km} km"] = case
    hurry = siting.Effort(seconds=HARD_SECONDS - 0.5, gap=HARD_GAP)
    quick, taken = timed(partial(solved, HARD_KM, hurry))
    report["quick"] = {
        "objective": quick.objective,
        "bound": quick.bound,
        "gap": quick.gap,
        "seconds": taken,
    }
    print(
        f"{HARD_KM} km in {HARD_SECONDS:.0f} s: {quick.objective:.0f} covered, proven within "
        f"{quick.gap:.2%} after {taken:.2f} s"
    )
    return report


def england() -> Report:
    """All England: a hundred of its libraries."""
    latitude, longitude, people = areas_of_england()
    libraries = [
        (float(row["lat"]), float(row["lon"]))
        for row in rows("venues/libraries_england_2023.csv.gz")
        if row["lat"]
    ]
    north, east = np.array(libraries).T
    areas = accessibility.points(latitude=latitude, longitude=longitude)
    sites = accessibility.points(latitude=north, longitude=east)

    def median(effort: siting.Effort) -> siting.Siting:
        costs = accessibility.distances(areas=areas, sites=sites)
        return siting.p_median(weights=people, costs=costs, count=ENGLAND_COUNT, effort=effort)

    def cover(effort: siting.Effort) -> siting.Siting:
        pairs = accessibility.reach(areas=areas, sites=sites, within_km=ENGLAND_KM)
        return siting.maximal_cover(weights=people, reach=pairs, count=ENGLAND_COUNT, effort=effort)

    # Finding all distances, and what HiGHS takes to stop, come on top.
    effort = siting.Effort(seconds=ENGLAND_SECONDS - 15, gap=ENGLAND_GAP)
    report: Report = {"areas": len(people), "candidates": len(libraries)}
    print(f"\nEngland: {len(people):,} areas, {len(libraries):,} libraries, {ENGLAND_COUNT} open")
    for name, solve in (("p-median", median), ("cover within 5 km", cover)):
        answer, taken = timed(partial(solve, effort))
        report[name] = {
            "objective": answer.objective,
            "bound": answer.bound,
            "gap": answer.gap,
            "seconds": taken,
            "is_in_time": taken <= ENGLAND_SECONDS and answer.gap <= ENGLAND_GAP,
        }
        print(
            f"{name:<18} {answer.objective:>14,.0f}, proven within {answer.gap:.2%} "
            f"after {taken:.1f} s: {'met' if report[name]['is_in_time'] else 'missed'}"
        )
    return report


def timed(work: Callable[[], siting.Siting]) -> tuple[siting.Siting, float]:
    """The answer and the seconds that it took."""
    started = perf_counter()
    answer = work()
    return answer, perf_counter() - started


def _instance(name: str) -> tuple[NDArray[np.float64], int]:
    text = (OPEN_DATA / "instances" / f"{name}.txt").read_text()
    numbers = np.array(text.split(), dtype=int)
    nodes, _, count = numbers[:3].tolist()
    lengths = np.full((nodes, nodes), math.inf)
    # A repeated edge keeps its last length.
    for left, right, length in numbers[3:].reshape(-1, 3).tolist():
        lengths[left - 1, right - 1] = lengths[right - 1, left - 1] = length
    return shortest_path(lengths, directed=False), count


def _peer(
    python: str,
    homes: NDArray[np.float64],
    halls: NDArray[np.float64],
    weights: NDArray[np.float64],
    km: float,
) -> Report:
    with tempfile.TemporaryDirectory(prefix="hereabouts-bench-") as name:
        folder = Path(name)
        np.save(folder / "areas.npy", homes)
        np.save(folder / "sites.npy", halls)
        np.save(folder / "weights.npy", weights)
        script = str(ROOT / "bench" / "siting_peer.py")
        done = subprocess.run(
            [python, "-P", script, name, str(km), str(COUNT), str(PEER_SECONDS)],
            check=True,
            capture_output=True,
            text=True,
        )
    report: Report = json.loads(done.stdout.splitlines()[-1])
    return report


def _all_is_right(report: Report) -> bool:
    known_right = all(case["is_right"] for case in report.get("known", {}).values())
    cases = [case for case in report.get("square", {}).values() if isinstance(case, dict)]
    return known_right and all(case.get("is_same", True) for case in cases)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", choices=["known", "square", "england"])
    parser.add_argument("--seed", type=int, default=SEED, help="of the random square")
    parser.add_argument(
        "--peer-python",
        default=os.environ.get("HEREABOUTS_PEER_PYTHON"),
        help="the Python of an environment with the peers; default HEREABOUTS_PEER_PYTHON",
    )
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
