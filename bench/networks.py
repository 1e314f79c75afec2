"""How fast two-mode betweenness and projection are, beside igraph and networkx, and if they agree.

`python -m bench.networks [--people 2000] [--meetings 300] [--peer-python PATH] [--json]`

Attendance is invented with a fixed seed: some people come often and most seldom, some meetings are
large and most small. It is measured at four densities (2, 5, 10 and 20 meetings a person, on
average). igraph is measured at each, networkx at the first only (it takes about ten seconds there).
The peers live in an environment of their own (`bench/peers.txt` says how to make it); without it
their columns say so. Times are the least of nine runs, ours and theirs alike (networkx: one run),
from the array (ours) and from the built graph (theirs: building it is not counted) to the result.
All of them use one core.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from bench import ROOT
from bench.networks_peer import seconds
from hereabouts.methods import networks

SEED = 20261122
MEETINGS_A_PERSON = (2, 5, 10, 20)
# What is promised: as igraph to this, relative to the greatest, and no slower; and a projection.
LARGEST_DIFFERENCE = 1e-9
PROJECTION_SECONDS = 0.020

Report = dict[str, Any]


def main() -> None:
    options = _options()
    cases = [
        measure(
            _invent(options.people, options.meetings, mean=mean),
            peer_python=options.peer_python,
            with_networkx=mean == MEETINGS_A_PERSON[0],
        )
        for mean in MEETINGS_A_PERSON
    ]
    report: Report = {
        "machine": _machine(),
        "people": options.people,
        "meetings": options.meetings,
        "cases": cases,
        "is_equal": _all(cases, lambda case: case["largest_difference"] <= LARGEST_DIFFERENCE),
        "is_not_slower": _all(cases, lambda case: case["seconds"] <= case["igraph_seconds"]),
        "is_projection_in_time": all(
            case["projection_seconds"] <= PROJECTION_SECONDS for case in cases
        ),
    }
    _show(report)
    if options.json:
        print(json.dumps(report))
    if report["is_equal"] is False:
        sys.exit("Betweenness differs from a peer's.")


def measure(attended: NDArray[np.bool_], *, peer_python: str | None, with_networkx: bool) -> Report:
    """Ours, then the peers', on the same attendance."""
    answer = networks.betweenness(attended=attended)
    ours = np.concatenate([answer.people, answer.meetings])
    report: Report = {
        "attendances": int(attended.sum()),
        "seconds": seconds(lambda: networks.betweenness(attended=attended)),
        "projection_seconds": seconds(lambda: networks.together(attended=attended)),
    }
    if not peer_python:
        return report
    with tempfile.TemporaryDirectory(prefix="hereabouts-bench-") as name:
        folder = Path(name)
        np.save(folder / "attended.npy", attended)
        script = str(ROOT / "bench" / "networks_peer.py")
        flags = ["--with-networkx"] if with_networkx else []
        ran = subprocess.run(
            [peer_python, script, name, *flags], check=True, capture_output=True, text=True
        )
        theirs = {
            peer: np.load(folder / f"{peer}.npy")
            for peer in ("igraph", "networkx")
            if (folder / f"{peer}.npy").exists()
        }
    differences = {peer: float(np.abs(ours - found).max()) for peer, found in theirs.items()}
    greatest = float(np.abs(theirs["igraph"]).max())
    report |= json.loads(ran.stdout)
    report["largest_absolute_difference"] = max(differences.values())
    report["largest_difference"] = max(differences.values()) / greatest
    return report


def _all(cases: list[Report], is_met: Callable[[Report], bool]) -> bool | None:
    """Whether all cases meet it; None where the peers were not measured."""
    if any("igraph_seconds" not in case for case in cases):
        return None
    return all(is_met(case) for case in cases)


def _invent(people: int, meetings: int, *, mean: float) -> NDArray[np.bool_]:
    """Who attended what: keen people (Pareto) at large meetings (log-normal)."""
    random = np.random.default_rng(SEED)
    keen, large = random.pareto(1.5, people) + 1, random.lognormal(0, 0.7, meetings)
    chance = np.outer(keen / keen.sum(), large / large.sum()) * people * mean
    attended: NDArray[np.bool_] = random.random((people, meetings)) < np.minimum(chance, 0.9)
    return attended


def _show(report: Report) -> None:
    print(f"{report['machine']}; {report['people']} people, {report['meetings']} meetings")
    heads = ["attendances", "ours ms", "igraph ms", "networkx ms", "largest difference"]
    heads += ["projection ms", "igraph projection ms"]
    print(" | ".join(heads))
    for case in report["cases"]:
        cells = (
            str(case["attendances"]),
            _ms(case.get("seconds")),
            _ms(case.get("igraph_seconds")),
            _ms(case.get("networkx_seconds")),
            f"{case['largest_difference']:.1e}" if "largest_difference" in case else "peer absent",
            _ms(case.get("projection_seconds")),
            _ms(case.get("igraph_projection_seconds")),
        )
        pairs = zip(cells, heads, strict=True)
        print(" | ".join(cell.rjust(len(head)) for cell, head in pairs))
    for name in ("is_equal", "is_not_slower", "is_projection_in_time"):
        value = report[name]
        print(f"{name:<24} {'peer not measured' if value is None else value}")


def _ms(taken: float | None) -> str:
    return "not measured" if taken is None else f"{taken * 1000:.1f}"


def _machine() -> str:
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, Python {platform.python_version()}, "
        f"numpy {np.__version__}, scipy {scipy.__version__}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--meetings", type=int, default=300)
    parser.add_argument(
        "--peer-python",
        default=os.environ.get("HEREABOUTS_PEER_PYTHON"),
        help="the Python of an environment with the peers; default HEREABOUTS_PEER_PYTHON",
    )
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
