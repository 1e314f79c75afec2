"""Run by the peers' own Python, which has PySAL's access and not this project.

`python -P bench/access_peer.py FOLDER` reads `people.npy`, `places.npy` and the coordinates in
kilometres on a grid (`areas.npy`, `sites.npy`) from the folder, writes the access that it finds by
each method as `E2SFCA.npy` and so on, and prints one JSON object of seconds and versions.
"""

import json
import resource
import sys
import warnings
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

# Kilometres and weights; the bench has the same.
ZONES = {5 / 3: 1.0, 10 / 3: 0.68, 5.0: 0.22}
LIMIT_KM = 5.0
# Its buffer is a polygon inside the circle, which loses pairs near the limit: one a little wider.
BUFFER_KM = 5.02
REPEATS = 5
METHODS = ("E2SFCA", "2SFCA", "3SFCA")
NAMES = ("people", "places", "areas", "sites")


def main() -> None:
    folder = Path(sys.argv[1])
    world = {name: np.load(folder / f"{name}.npy") for name in NAMES}
    # It warns of areas that reach nothing, which ours counts.
    warnings.simplefilter("ignore")
    report: dict[str, Any] = {"version": import_module("importlib.metadata").version("access")}
    for method in METHODS:
        runs = [measured(method, world) for _ in range(REPEATS)]
        best = min(runs, key=lambda run: run[0])
        report[method] = {"seconds": best[0], "seconds_from_pairs": best[1]}
        np.save(folder / f"{method}.npy", best[2])
    report["peak_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(report))


def measured(method: str, world: dict[str, Any]) -> tuple[float, float, Any]:
    """Seconds from the coordinates, and from the pairs, to the result; and the result."""
    access = import_module("access")
    step = import_module("access.weights").step_fn(ZONES)
    started = perf_counter()
    model = access.Access(
        demand_df=_frame(world["people"], world["areas"]),
        demand_index="id",
        demand_value="n",
        supply_df=_frame(world["places"], world["sites"]),
        supply_index="id",
        supply_value="n",
    )
    model.create_euclidean_distance(name="km", threshold=BUFFER_KM)
    found_pairs = perf_counter()
    if method == "E2SFCA":
        table = model.enhanced_two_stage_fca(cost="km", max_cost=LIMIT_KM, weight_fn=step)
    elif method == "2SFCA":
        table = model.two_stage_fca(cost="km", max_cost=LIMIT_KM)
    else:
        table = model.three_stage_fca(cost="km", max_cost=LIMIT_KM, weight_fn=step)
    ended = perf_counter()
    found = table.iloc[:, 0].reindex(np.arange(len(world["people"]))).fillna(0)
    return ended - started, ended - found_pairs, found.to_numpy(dtype=float)


def _frame(amounts: Any, coordinates: Any) -> Any:
    """Points as multipoints of one: for plain points it would pair every area with every site."""
    geopandas, shapely = import_module("geopandas"), import_module("shapely")
    each = np.arange(len(amounts))
    geometry = shapely.multipoints(shapely.points(coordinates), indices=each)
    return geopandas.GeoDataFrame({"id": each, "n": amounts}, geometry=geometry)


if __name__ == "__main__":
    main()
