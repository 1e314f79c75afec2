"""How fast a table is attacked and protected, that the pattern is safe, and what it loses.

`python -m bench.disclosure [--tables 40] [--peer-python PATH] [--json]`

Tables are invented with a fixed seed; the first is a survey in three languages. Every pattern, ours
and Tau-Argus's, is attacked by a program of this file's own: no code of the package, one dense
linear program for each end of each small count. Loss is people in hidden cells, totals counted as
cells, as Tau-Argus counts it. The peers live in an environment of their own (`bench/peers.txt` says
how to make it); without it their lines say that they were not measured.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray
from scipy.optimize import linprog

from bench import ROOT
from hereabouts.methods import disclosure

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Report = dict[str, Any]

SEED = 20261122
LIMIT = 5
SIZES = ((4, 4), (8, 6), (12, 8), (20, 10))
LARGE, LARGE_TABLES = (50, 20), 3
AUDIT_SECONDS = 2.0
# Answers by language and minutes of activity a week; invented in the proportions of a town where 18
# in 100 answers came in Polish or Romanian.
LANGUAGES = ("English", "Polish", "Romanian")
SURVEY = [[52, 71, 64, 20, 9], [9, 8, 6, 5, 3], [6, 5, 3, 2, 1]]


def main() -> None:
    options = _options()
    report = measure(tables=options.tables, peer_python=options.peer_python)
    for name, value in report.items():
        print(f"{name:<34} {'peer not measured' if value is None else value}")
    if options.json:
        print(json.dumps(report))
    if report["ours_exposed"]:
        sys.exit("The independent attack worked out a small count.")


def measure(*, tables: int, peer_python: str | None) -> Report:
    """Attack and protect large tables; then compare patterns with the peers' on smaller ones."""
    rng = np.random.default_rng(SEED)
    report: Report = {"machine": _machine()} | _large(rng)
    invented = [_table(rng, SIZES[number % len(SIZES)]) for number in range(tables - 1)]
    every = [np.array(SURVEY), *invented]
    started = perf_counter()
    ours = [disclosure.suppress(table=disclosure.with_totals(table)) for table in every]
    taken = perf_counter() - started
    patterns = [
        found.is_hidden.reshape(np.add(table.shape, 1))
        for found, table in zip(ours, every, strict=True)
    ]
    report |= {
        "tables": tables,
        "ours_seconds": round(taken, 2),
        "ours_proven_best": sum(found.gap == 0 for found in ours),
        "ours_exposed": sum(_exposed(*pair) for pair in zip(every, patterns, strict=True)),
        "ours_lost": sum(_lost(*pair) for pair in zip(every, patterns, strict=True)),
    }
    survey = _shown_by_language(~patterns[0])
    report |= {"ours_survey_cells_shown": survey}
    return report | _beside_peers(every, patterns, peer_python)


def _large(rng: np.random.Generator) -> Report:
    """Seconds to attack and to protect tables of 50 x 20, the slowest of a few."""
    audits, protections, gaps, exposed, small = [], [], [], 0, 0
    for _ in range(LARGE_TABLES):
        inner = _table(rng, LARGE)
        table = disclosure.with_totals(inner)
        started = perf_counter()
        found = disclosure.suppress(table=table, seconds=60)
        protections.append(perf_counter() - started)
        started = perf_counter()
        audit = disclosure.audit(table=table, is_hidden=found.is_hidden)
        audits.append(perf_counter() - started)
        gaps.append(found.gap)
        small = max(small, int(found.is_primary.sum()))
        exposed += len(audit.exposed)
        exposed += _exposed(inner, found.is_hidden.reshape(np.add(inner.shape, 1)))
    return {
        "large_table": "{} x {} with totals".format(*LARGE),
        "large_small_counts": small,
        "large_audit_seconds": round(max(audits), 3),
        "large_audit_is_met": max(audits) <= AUDIT_SECONDS,
        "large_protect_seconds": round(max(protections), 1),
        "large_gap": max(gaps),
        "large_exposed": exposed,
    }


def _beside_peers(every: list[Ints], ours: list[Bools], peer_python: str | None) -> Report:
    """Their patterns on the same tables: how many of them the attack breaks, and what they lose."""
    ways = {"tau_argus_rule": "FREQ(5,100)", "tau_argus_levels": "levels 0 to 5"}
    if not peer_python:
        return dict.fromkeys((*ways, "acro"))
    found = _ask_peers(every, peer_python)
    report: Report = {"peers": found["versions"]}
    lost = [_lost(*pair) for pair in zip(every, ours, strict=True)]
    for way, words in ways.items():
        patterns = [np.array(pattern[way]["is_hidden"]) for pattern in found["patterns"]]
        is_safe = [not _exposed(*pair) for pair in zip(every, patterns, strict=True)]
        theirs = [_lost(*pair) for pair in zip(every, patterns, strict=True)]
        safe_pairs = [
            (mine, other) for mine, other, safe in zip(lost, theirs, is_safe, strict=True) if safe
        ]
        report |= {
            f"{way}": words,
            f"{way}_seconds": round(sum(p[way]["seconds"] for p in found["patterns"]), 2),
            f"{way}_safe_patterns": sum(is_safe),
            f"{way}_lost_all": sum(theirs),
            f"{way}_lost_where_safe": sum(other for _, other in safe_pairs),
            f"{way}_ours_lost_there": sum(mine for mine, _ in safe_pairs),
            f"{way}_ours_loses_more_in": sum(mine > other for mine, other in safe_pairs),
        }
    for limit, shown in found["acro"].items():
        report[f"acro_survey_cells_shown_below_{limit}"] = _shown_by_language(np.array(shown))
    return report


def _ask_peers(tables: list[Ints], peer_python: str) -> Report:
    with tempfile.TemporaryDirectory(prefix="hereabouts-bench-") as name:
        folder = Path(name)
        (folder / "tables.json").write_text(json.dumps([table.tolist() for table in tables]))
        script = str(ROOT / "bench" / "disclosure_peer.py")
        subprocess.run([peer_python, script, name], check=True, stdout=subprocess.PIPE)
        answer: Report = json.loads((folder / "patterns.json").read_text())
    return answer


# ── The attack, once more and plainly ──


def _exposed(table: Ints, is_hidden: Bools) -> int:
    """How many small counts of the table can be worked out to less than a doubt of 5."""
    full = _full(table)
    if not (is_hidden | (full >= LIMIT) | (full == 0)).all():
        return int((~is_hidden & (full > 0) & (full < LIMIT)).sum())
    free = np.argwhere(is_hidden)
    if not len(free):
        return 0
    rows, columns = full.shape
    sums = np.zeros((rows + columns, len(free)))
    for at, (i, j) in enumerate(free):
        sums[i, at] = -1.0 if j == columns - 1 else 1.0
        sums[rows + j, at] = -1.0 if i == rows - 1 else 1.0
    right = sums @ full[is_hidden].astype(np.float64)
    exposed = 0
    for small in np.flatnonzero(full[is_hidden] < LIMIT):
        ends = [_end(sums, right, int(small), sign) for sign in (1.0, -1.0)]
        exposed += int(ends[1] < LIMIT - 1e-6 or ends[1] - ends[0] < LIMIT - 1e-6)
    return exposed


def _end(sums: NDArray[np.float64], right: NDArray[np.float64], at: int, sign: float) -> float:
    objective = np.zeros(sums.shape[1])
    objective[at] = sign
    solved = linprog(objective, A_eq=sums, b_eq=right, bounds=(0, None), method="highs")
    if solved.status == 0:
        return float(solved.x[at])
    # Nothing limits it: 3 says so, 4 is what a presolve says that leaves it open.
    return float("inf") if sign < 0 else 0.0


def _lost(table: Ints, is_hidden: Bools) -> int:
    return int(_full(table)[is_hidden].sum())


def _full(table: Ints) -> Ints:
    tall = np.vstack([table, table.sum(axis=0)])
    return np.column_stack([tall, tall.sum(axis=1)])


# ── Tables ──


def _table(rng: np.random.Generator, size: tuple[int, int]) -> Ints:
    """Counts as surveys have them: few large, many small, some none."""
    rows, columns = rng.gamma(1.0, 1.0, size[0]), rng.gamma(1.5, 1.0, size[1])
    expected = np.outer(rows / rows.mean(), columns / columns.mean()) * rng.uniform(8, 30)
    counts: Ints = rng.poisson(expected).astype(np.int64)
    # Tau-Argus knows only rows and columns in which somebody is.
    counts[:, 0] += 1
    counts[0, :] += 1
    return counts


def _shown_by_language(shown: Bools) -> dict[str, str]:
    bands = len(SURVEY[0])
    return {
        language: f"{int(row[:bands].sum())} of {bands}"
        for language, row in zip(LANGUAGES, shown, strict=False)
    }


def _machine() -> str:
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = f"numpy {np.__version__}, scipy {scipy.__version__}"
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, {python}, {versions}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tables", type=int, default=40)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument(
        "--peer-python",
        default=os.environ.get("HEREABOUTS_PEER_PYTHON"),
        help="the Python of an environment with the peers; default HEREABOUTS_PEER_PYTHON",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
