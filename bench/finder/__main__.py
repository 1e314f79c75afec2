"""Measures how fast the finder answers, and checks that its answers are right.

`python -m bench.finder --entries 1000000 --database sqlite [--peer-python PATH] [--json]`

It makes a database of its own and removes it. Listings are invented (`world`) and stand at real
postcodes of England, taken at random with a fixed seed, so that they crowd where people live. 500
questions (`questions`): half from any postcode, a quarter from inner cities, a quarter from sparse
country. Each is asked three times, after a warm-up: the nearest twenty alone; with every count of a
page; and with the counts of every distance that a page offers. Every answer must be what a slow
twin says (`twin`). The same rows are then asked in other ways (`peers`): with haversine in SQL,
and on PostgreSQL with PostGIS, whose quickest way counts, kind by kind.

The active postcodes of the open data are read with the peers' Python (`bench/peers.txt`); without
it the postcodes are those that the finder's pages use.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.finder import databases, peers, postcodes, questions, world
from bench.finder.measuring import Timed, machine, timed
from bench.finder.questions import Question
from bench.finder.twin import Twin, differences

if TYPE_CHECKING:
    from hereabouts.finder import Answer, Query

# A statement with every count of a page takes other ways up to a second.
COUNTED_BY_PEERS = 50

Report = dict[str, Any]


def main() -> None:
    options = _options()
    report: Report = machine()
    rows, report["postcodes"] = postcodes.of_england(options.peer_python)
    asked = questions.ask(rows, count=options.questions)
    with databases.own_database(options.database):
        listings = world.invent(options.entries, rows)
        started = perf_counter()
        databases.load(listings)
        report["load_seconds"] = round(perf_counter() - started)
        report |= measure(listings, asked)
    show(report)
    if options.json:
        print(json.dumps(report))
    if report["differences"]:
        sys.exit("The finder's answers differ from brute force.")


def measure(listings: world.World, asked: Sequence[Question]) -> Report:
    """The report: times of every way of asking, and where answers differ from the twin's."""
    from hereabouts import finder
    from hereabouts.activities.finding.distances import REACHES

    queries = [question.query(at=listings.at) for question in asked]
    radii_km = [reach.straight_km() for reach in REACHES]
    nearest = timed(lambda number: finder.nearest(queries[number]), asked)
    search = timed(lambda number: finder.search(queries[number]), asked)
    page = timed(lambda number: finder.search(queries[number], radii_km=radii_km), asked)
    twin = Twin(listings)
    right = [
        twin.answer(question, within_km=query.within_km, radii_km=radii_km)
        for question, query in zip(asked, queries, strict=True)
    ]
    report: Report = {
        "database": databases.version(),
        "entries": len(listings),
        "questions": len(asked),
        "differences": [
            *_different(page.answers, right),
            *(
                f"nearest: question {number}"
                for number, (hits, answer) in enumerate(zip(nearest.answers, right, strict=True))
                if hits != answer.hits
            ),
        ],
        "nearest": nearest.by_kind(),
        "search": search.by_kind(),
        "search_with_distances": page.by_kind(),
        "peers": _beside_peers(asked, queries, right),
    }
    return report | _ratios(report)


def _different(answers: "Sequence[Answer]", right: "Sequence[Answer]") -> Iterator[str]:
    for number, (answer, truth) in enumerate(zip(answers, right, strict=True)):
        for part in differences(answer, truth):
            yield f"search: {part} of question {number}"


def _beside_peers(
    asked: Sequence[Question], queries: "Sequence[Query]", right: "Sequence[Answer]"
) -> Mapping[str, Report]:
    from django.db import connection

    if connection.vendor == "sqlite":
        run = peers.on_sqlite()
        ways: Sequence[peers.Way] = (peers.HAVERSINE,)
    else:
        run = peers.on_postgresql(os.environ["DATABASE_URL"])
        ways = (peers.HAVERSINE, *(peers.POSTGIS if peers.can_use_postgis(run) else ()))
    report = {}
    for way in ways:
        with way.made(run):
            report[way.name] = _beside(way, run, asked, queries, right)
    return report


def _beside(
    way: peers.Way,
    run: peers.Run,
    asked: Sequence[Question],
    queries: "Sequence[Query]",
    right: "Sequence[Answer]",
) -> Report:
    hits = timed(lambda number: way.nearest(run, asked[number], queries[number].within_km), asked)
    # However it goes to the nearest, it counts the same.
    counted = [] if way.goes_outwards else asked[:COUNTED_BY_PEERS]
    counts = timed(
        lambda number: way.counts(run, asked[number], queries[number].within_km), counted
    )
    return {
        "nearest": hits.by_kind(),
        "counts": counts.by_kind(),
        "same_hits": _share_of_same_hits(hits, right),
    }


def _share_of_same_hits(hits: Timed[list[int]], right: "Sequence[Answer]") -> float:
    """Of questions. Ours are exact to the metre, theirs of their own sphere or plane.

    Which of several at the same distance stand at the edge of a page is nobody's mistake.
    """
    same = [
        len(theirs) == len(answer.hits) and _within_edges(answer) <= set(theirs)
        for theirs, answer in zip(hits.answers, right, strict=True)
    ]
    return round(sum(same) / len(same), 3)


def _within_edges(answer: "Answer") -> set[int]:
    edges = {hit.distance_km for hit in (*answer.hits[:1], *answer.hits[-1:])}
    return {hit.record_id for hit in answer.hits if hit.distance_km not in edges}


def _ratios(report: Report) -> Report:
    """How many times as long haversine took, and the quickest way with PostGIS, kind by kind."""
    ours: Mapping[str, Any] = report["nearest"]
    ratios: Report = {"haversine_ratios": {}, "postgis_ratios": {}}
    for kind in ours:
        theirs = {name: way["nearest"][kind]["p95_ms"] for name, way in report["peers"].items()}
        haversine = theirs.pop(peers.HAVERSINE.name)
        ratios["haversine_ratios"][kind] = round(haversine / ours[kind]["p95_ms"], 1)
        if theirs:
            best = min(theirs, key=theirs.__getitem__)
            ratio = round(theirs[best] / ours[kind]["p95_ms"], 2)
            ratios["postgis_ratios"][kind] = {"way": best, "p95_ms": theirs[best], "ratio": ratio}
    return ratios


def show(report: Report) -> None:
    """The report for people."""
    for name in ("machine", "load_when_begun", "database", "postcodes", "entries", "questions"):
        print(f"{name:<18} {report[name]}")
    print(f"{'loaded in':<18} {report['load_seconds']} s")
    print(f"{'differences':<18} {report['differences'] or 'none: every answer is brute force’s'}")
    for name in ("nearest", "search", "search_with_distances"):
        _show_times(name, report[name])
    for name, way in report["peers"].items():
        _show_times(f"{name} (the same hits in {way['same_hits']:.1%})", way["nearest"])
        _show_times(f"{name}: every count in one statement", way["counts"])
    print(f"haversine ÷ ours   {report['haversine_ratios']}")
    for kind, best in report["postgis_ratios"].items():
        print(f"PostGIS ÷ ours     {kind:<9} {best['ratio']:>6}  {best['way']} {best['p95_ms']} ms")


def _show_times(name: str, by_kind: Mapping[str, Mapping[str, float]]) -> None:
    print(f"\n{name}: milliseconds, half and 95 in 100 within, longest; processor, 95 in 100")
    for kind, figures in by_kind.items():
        print(f"  {kind:<9}" + "".join(f"{value:>10.2f}" for value in figures.values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--questions", type=int, default=questions.QUESTIONS)
    parser.add_argument("--peer-python", default=os.environ.get("HEREABOUTS_PEER_PYTHON"))
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
