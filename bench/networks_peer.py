"""Run by the peers' own Python, which has igraph and networkx and not this project.

`python bench/networks_peer.py FOLDER [--with-networkx]` reads `attended.npy` (people × meetings)
from the folder, writes `igraph.npy` and `networkx.npy` (betweenness of people, then meetings) into
it, and prints one JSON object of seconds and versions.
"""

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

REPEATS = 9


def main() -> None:
    folder = Path(sys.argv[1])
    attended = np.load(folder / "attended.npy")
    report = with_igraph(attended, folder)
    if "--with-networkx" in sys.argv:
        report |= with_networkx(attended, folder)
    print(json.dumps(report))


def with_igraph(attended: Any, folder: Path) -> dict[str, Any]:
    igraph = import_module("igraph")
    people = len(attended)
    edges = [(int(i), people + int(j)) for i, j in np.argwhere(attended)]
    graph = igraph.Graph(n=sum(attended.shape), edges=edges)
    is_meeting = [vertex >= people for vertex in range(graph.vcount())]
    np.save(folder / "igraph.npy", np.array(graph.betweenness()))
    return {
        "igraph_version": igraph.__version__,
        "igraph_seconds": seconds(graph.betweenness),
        "igraph_projection_seconds": seconds(
            lambda: graph.bipartite_projection(types=is_meeting, multiplicity=True, which=0)
        ),
    }


def with_networkx(attended: Any, folder: Path) -> dict[str, Any]:
    networkx = import_module("networkx")
    people = len(attended)
    graph = networkx.Graph()
    graph.add_nodes_from(range(sum(attended.shape)))
    graph.add_edges_from((int(i), people + int(j)) for i, j in np.argwhere(attended))
    started = perf_counter()
    found = networkx.betweenness_centrality(graph, normalized=False)
    taken = perf_counter() - started
    np.save(folder / "networkx.npy", np.array([found[vertex] for vertex in range(len(found))]))
    # Once: it takes long enough not to be noise.
    return {"networkx_version": networkx.__version__, "networkx_seconds": taken}


def seconds(work: Callable[[], object]) -> float:
    """The least of a few runs: what the work takes when nothing else interferes."""
    taken = []
    for _ in range(REPEATS):
        started = perf_counter()
        work()
        taken.append(perf_counter() - started)
    return min(taken)


if __name__ == "__main__":
    main()
