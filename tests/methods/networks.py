"""Small slow twins and random networks for the tests of `hereabouts.methods.networks`."""

import csv
from collections import deque
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Graph = list[list[int]]


@st.composite
def attendances(draw: st.DrawFn, *, most_people: int = 8, most_meetings: int = 6) -> Bools:
    """Any attendance table, with empty and full rows and columns among them."""
    people = draw(st.integers(1, most_people))
    meetings = draw(st.integers(1, most_meetings))
    rows = st.lists(st.booleans(), min_size=meetings, max_size=meetings)
    return np.array(draw(st.lists(rows, min_size=people, max_size=people)), dtype=np.bool_)


@st.composite
def one_way_ties(draw: st.DrawFn, *, fewest: int = 2, most: int = 7) -> Floats:
    """Any network of few members, with strengths in quarters, which may differ by direction."""
    count = draw(st.integers(fewest, most))
    quarters = st.lists(st.sampled_from([0, 0, 0, 1, 2, 4, 7]), min_size=count, max_size=count)
    rows = draw(st.lists(quarters, min_size=count, max_size=count))
    ties = np.array(rows, dtype=np.float64) / 4
    np.fill_diagonal(ties, 0)
    return ties


def davis(open_data: Path) -> tuple[Bools, list[str], list[str]]:
    """The Davis women, events, and who was where."""
    path = open_data / "networks" / "davis_southern_women_attendance.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = [(row["person"], row["event"]) for row in csv.DictReader(file)]
    women = sorted({person for person, _ in rows})
    events = sorted({event for _, event in rows}, key=lambda event: int(event[1:]))
    attended = np.zeros((len(women), len(events)), dtype=np.bool_)
    for person, event in rows:
        attended[women.index(person), events.index(event)] = True
    return attended, women, events


def tobacco(open_data: Path, *, layer: str) -> tuple[Floats, list[str]]:
    """The tobacco control partnership: who works with whom (both ways), and kinds of agency."""
    folder = open_data / "networks"
    with (folder / "tobacco_control_partnership_nodes.csv").open(newline="") as file:
        kinds = [row["agency_cat"] for row in csv.DictReader(file)]
    ties = np.zeros((len(kinds), len(kinds)))
    with (folder / "tobacco_control_partnership_edges.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            if row["layer"] == layer:
                left, right = int(row["source"]) - 1, int(row["target"]) - 1
                ties[left, right] = ties[right, left] = float(row["value"])
    return ties, kinds


def graph_of_attendance(attended: Bools) -> Graph:
    """Neighbours of each person, then of each meeting."""
    people, meetings = attended.shape
    rows = [[people + j for j in range(meetings) if attended[i, j]] for i in range(people)]
    return rows + [[i for i in range(people) if attended[i, j]] for j in range(meetings)]


def graph_of_ties(ties: Floats) -> Graph:
    return [[j for j in range(len(ties)) if ties[i, j]] for i in range(len(ties))]


def slow_steps(graph: Graph, start: int) -> tuple[list[float], list[int]]:
    """Steps to everybody from one start by a queue, and the number of shortest paths."""
    steps, paths = [float("inf")] * len(graph), [0] * len(graph)
    steps[start], paths[start] = 0, 1
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in graph[here]:
            if steps[there] == float("inf"):
                steps[there] = steps[here] + 1
                queue.append(there)
            if steps[there] == steps[here] + 1:
                paths[there] += paths[here]
    return steps, paths


def slow_betweenness(graph: Graph) -> list[float]:
    """Freeman's definition, pair by pair."""
    every = [slow_steps(graph, start) for start in range(len(graph))]
    between = [0.0] * len(graph)
    for left, right in combinations(range(len(graph)), 2):
        (steps, paths), (steps_back, paths_back) = every[left], every[right]
        for middle in set(range(len(graph))) - {left, right} if paths[right] else set():
            if steps[middle] + steps_back[middle] == steps[right]:
                between[middle] += paths[middle] * paths_back[middle] / paths[right]
    return between


def slow_pieces(graph: Graph, *, without: int | None, among: Sequence[int]) -> int:
    """How many connected pieces `among` falls into when one vertex is taken away."""
    left, pieces = set(among) - {without}, 0
    while left:
        pieces += 1
        reached = [left.pop()]
        while reached:
            for there in graph[reached.pop()]:
                if there in left:
                    left.discard(there)
                    reached.append(there)
    return pieces
