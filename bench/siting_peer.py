"""Run by the peers' own Python, which has spopt and PuLP and not this project.

`python -P bench/siting_peer.py FOLDER KM COUNT SECONDS` reads `areas.npy`, `sites.npy` (kilometres
on a grid) and `weights.npy` from the folder, solves the maximal cover with CBC, and prints one JSON
object: seconds to build and to solve, the weight covered, and the solver's status.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np


def main() -> None:
    folder, km = Path(sys.argv[1]), float(sys.argv[2])
    count, seconds = int(sys.argv[3]), float(sys.argv[4])
    areas, sites = np.load(folder / "areas.npy"), np.load(folder / "sites.npy")
    weights = np.load(folder / "weights.npy")
    cdist = import_module("scipy.spatial.distance").cdist
    locate, pulp = import_module("spopt.locate"), import_module("pulp")
    started = perf_counter()
    costs = cdist(areas, sites)
    model: Any = locate.MCLP.from_cost_matrix(costs, weights, service_radius=km, p_facilities=count)
    built = perf_counter()
    model.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds), results=False)
    solved = perf_counter()
    report = {
        "version": import_module("importlib.metadata").version("spopt"),
        "build_seconds": built - started,
        "solve_seconds": solved - built,
        "objective": float(pulp.value(model.problem.objective)),
        "status": pulp.LpStatus[model.problem.status],
        "is_proven": model.problem.sol_status == pulp.LpSolutionOptimal,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
