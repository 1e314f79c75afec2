"""How fast the falls model gives every small area of England a range, and that it is right.

`python -m bench.falls [--draws 10000] [--compared 2000] [--json]`

People aged 65+ of all 33,755 areas (data/population of the open data, in three age bands) are split
by sex and age, and projected with three measures each: people who fall, falls, cost. The same
answers are got in the two usual ways on fewer areas, from the same draws in the same run: a loop
over areas, and one matrix of areas by draws. Their speed is scaled to all areas; for the matrix,
the memory is, too.
"""

import argparse
import csv
import gzip
import json
import os
import platform
import resource
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

import numpy as np
import scipy
from numpy.typing import NDArray

from bench import ROOT
from hereabouts.methods.falls import (
    AreaRanges,
    Minutes,
    Projection,
    Response,
    Sampling,
    UncertainRates,
    project,
    split_by_sex_and_age,
)
from hereabouts.methods.falls.model import per_person

Floats = NDArray[np.float64]
Answer = TypeVar("Answer")

OPEN_DATA = Path(os.environ.get("HEREABOUTS_OPEN_DATA", ROOT.parent / "shared" / "data"))
POPULATION = OPEN_DATA / "population" / "derived_older_pop_lsoa21_england.csv.gz"
# 65-74, 75-84 and 85+, as columns of `evidence.BANDS`.
COLUMNS = (0, 0, 1, 1, 2)
RUNS = 3
SEED = 20261123
SECONDS_ALLOWED, MIB_ALLOWED = 10, 2048


def main() -> None:
    options = _options()
    report = measure(draws=options.draws, compared=options.compared)
    for name, value in report.items():
        print(f"{name:<34} {value}")
    if options.json:
        print(json.dumps(report))
    if report["largest_relative_difference"] > 1e-9:
        sys.exit("The ranges differ from those of the whole matrix.")


def measure(*, draws: int, compared: int) -> dict[str, Any]:
    """Project all areas, then a sample of them in the usual ways, and compare."""
    counts = _older_people()
    sampling = Sampling(draws=draws)
    runs = [_timed(lambda: _projected(counts, sampling)) for _ in range(RUNS)]
    # Read before the others are run: it is the most that the process has ever held.
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = statistics.median(clock for _, clock, _ in runs)
    year = runs[0][0]

    chosen = np.random.default_rng(SEED).permutation(len(counts))[:compared]
    people = split_by_sex_and_age(counts=counts[chosen], columns=COLUMNS)
    looped, loop_seconds, _ = _timed(lambda: _by_loop(people, sampling))
    whole, matrix_seconds, _ = _timed(lambda: _by_matrix(people, sampling))
    scale = len(counts) / len(chosen)
    total = year.falls.total
    return {
        "machine": _machine(),
        "areas": len(counts),
        "draws": draws,
        "measures": 3,
        "seconds": round(seconds, 2),
        "seconds_of_each_run": [round(clock, 2) for _, clock, _ in runs],
        "processor_seconds": round(statistics.median(worked for _, _, worked in runs), 2),
        "peak_mib": round(peak_mib),
        "met": seconds <= SECONDS_ALLOWED and peak_mib <= MIB_ALLOWED,
        "compared_areas": len(chosen),
        "loop_seconds_for_all": round(loop_seconds * scale, 1),
        "loop_ratio": round(loop_seconds * scale / seconds, 1),
        "matrix_seconds_for_all": round(matrix_seconds * scale, 1),
        "matrix_ratio": round(matrix_seconds * scale / seconds, 1),
        "matrix_mib_for_all": round(len(counts) * draws * 8 / 2**20),
        "largest_relative_difference": max(
            _difference(year, looped, chosen), _difference(year, whole, chosen)
        ),
        "people": round(counts.sum()),
        "england_falls": [round(end) for end in (total.low, total.mean, total.high)],
    }


def _projected(counts: Floats, sampling: Sampling) -> Projection:
    people = split_by_sex_and_age(counts=counts, columns=COLUMNS)
    return project(people=people, sampling=sampling)


def _extra(sampling: Sampling) -> list[Floats]:
    """What each draw adds for one person of each sex and age: the three measures."""
    each = per_person(
        minutes=Minutes(), response=Response(), rates=UncertainRates().drawn(sampling)
    )
    return [
        each.people_who_fall_after - each.people_who_fall_before,
        each.falls_after - each.falls_before,
        each.extra_cost_pounds,
    ]


def _by_loop(people: Floats, sampling: Sampling) -> list[Floats]:
    """Low and high end of each area (2, areas), a measure at a time, an area at a time."""
    found = []
    for extra in _extra(sampling):
        ends = [np.quantile((area * extra).sum(axis=(1, 2)), sampling.tails) for area in people]
        found.append(np.array(ends).T)
    return found


def _by_matrix(people: Floats, sampling: Sampling) -> list[Floats]:
    """The same from one matrix of areas by draws for each measure."""
    cells = people.reshape(len(people), -1)
    return [
        np.quantile(cells @ extra.reshape(len(extra), -1).T, sampling.tails, axis=1)
        for extra in _extra(sampling)
    ]


def _difference(year: Projection, found: list[Floats], chosen: NDArray[np.int64]) -> float:
    def of(ours: AreaRanges, theirs: Floats) -> float:
        both = np.stack([ours.low[chosen], ours.high[chosen]])
        return float((np.abs(both - theirs) / np.maximum(np.abs(theirs), 1e-9)).max())

    measures = (year.people_who_fall, year.falls, year.cost_pounds)
    return max(of(ours, theirs) for ours, theirs in zip(measures, found, strict=True))


def _timed(work: Callable[[], Answer]) -> tuple[Answer, float, float]:
    """The answer, with seconds on the clock and of processor time (all threads)."""
    started, worked = perf_counter(), process_time()
    answer = work()
    return answer, perf_counter() - started, process_time() - worked


def _older_people() -> Floats:
    """People aged 65-74, 75-84 and 85+ of every area (areas, 3)."""
    if not POPULATION.exists():
        sys.exit(f"No {POPULATION.name}: let HEREABOUTS_OPEN_DATA name the open data's folder.")
    with gzip.open(POPULATION, "rt", newline="") as lines:
        over = np.array(
            [
                [float(row[f"est_{age}plus_mid2020"]) for age in (65, 75, 85)]
                for row in csv.DictReader(lines)
            ]
        )
    return np.column_stack([over[:, 0] - over[:, 1], over[:, 1] - over[:, 2], over[:, 2]])


def _machine() -> str:
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, Python {platform.python_version()}, "
        f"numpy {np.__version__}, scipy {scipy.__version__}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--compared", type=int, default=2_000, help="areas got in the usual ways")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
