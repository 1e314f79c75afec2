"""How fast the finder answers, and that its answers are right.

`python -m bench.finder --entries 200000 --database sqlite [--json]`

It makes a database of its own and removes it. Entries are invented; they stand at real postcodes of
England, taken at random with a fixed seed, so that they crowd where people live; five entries share
two venues. 500 questions: half from any postcode, a quarter from inner cities, a quarter from
sparse country. Each is asked once with `finder.nearest` (which counts, too) after a warm-up, and
answered three more times: by numpy over all entries (must be the same row for row), and by two
other ways in SQL on the same rows.
"""

import argparse
import json
import math
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg.sql import SQL, Identifier

from bench import ROOT
from hereabouts.activities.levels import Level
from hereabouts.places.points import (
    EARTH_RADIUS_KM,
    KM_PER_MILE,
    Point,
    over_surface,
    squared_chord,
)

# What needs Django is imported where it is used: the settings must know the bench's database first.
if TYPE_CHECKING:
    from hereabouts.activities.finder import Answer, Query

# Where `make_postcodes` put them; the bench has a folder of its own for all else.
POSTCODES = Path(os.environ.get("HEREABOUTS_VAR", ROOT / "var")) / "postcodes.npy"
SEED = 20261123
TODAY = date(2026, 11, 23)

ENTRIES_PER_VENUE = 2.5
LEVELS = ("NONE", "GREEN", "ORANGE", "RED")
LEVEL_SHARES = (0.50, 0.20, 0.20, 0.10)
RED_CONFIRMED = 0.7
# Most go on; some have ended and must not be found; some will end.
GOES_ON, HAS_ENDED = 0.75, 0.10

QUESTIONS = 500
WARM_UP = 50
MILES = (1, 3, 5, 10, 30)
MILES_SHARES = (0.10, 0.20, 0.40, 0.15, 0.15)
ASKED_LEVELS = ((), ("RED",), ("ORANGE",), ("GREEN",), ("GREEN", "ORANGE"))
ASKED_SHARES = (0.50, 0.20, 0.10, 0.10, 0.10)
SECOND_PAGE = 0.20
INNER_CITY = ("EC1", "WC1", "SE1", "E1", "B1", "B5", "M1", "M14", "LS1", "L1", "NG1", "BS1", "S1")
NOT_ENGLAND = (
    *("AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "TD"),
    *("ZE", "CF", "LD", "LL", "NP", "SA", "SY", "GY", "JE", "IM"),
)  # fmt: skip

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class World:
    """The invented entries as arrays; row i is activity i + 1."""

    latitude: Floats
    longitude: Floats
    x: Floats
    y: Floats
    z: Floats
    cell: list[int]
    level: NDArray[np.str_]
    # Days after TODAY; NaN where there is none.
    level_until: Floats
    last_on: Floats


def main() -> None:
    options = _options()
    with _own_database(options.database):
        report = measure(entries=options.entries, database=options.database)
    for name, value in report.items():
        print(f"{name:<28} {value}")
    if options.json:
        print(json.dumps(report))
    if not report["equal_to_brute_force"]:
        sys.exit("The finder's answers differ from brute force.")


def measure(*, entries: int, database: str) -> dict[str, Any]:
    """Fill the database, ask, compare, and say how long it took."""
    postcodes = _postcodes_of_england()
    world = _invent(entries, postcodes)
    started = perf_counter()
    _load(world)
    load_seconds = perf_counter() - started
    queries = _questions(postcodes)

    from hereabouts.activities import finder

    answers, found_ms, found_cpu_ms = _timed(finder.nearest, queries)
    box, box_ms, _ = _timed(_by_box, queries)
    haversine, haversine_ms, _ = _timed(_by_haversine, queries)
    right = [_by_brute_force(world, query) for query in queries]
    p95, alternative_p95 = _percentile(found_ms, 95), _percentile(haversine_ms, 95)
    return {
        "machine": _machine(),
        "database": database,
        "database_version": _database_version(),
        "entries": entries,
        "questions": len(queries),
        "load_seconds": round(load_seconds, 1),
        "hits_a_question": round(sum(len(answer.hits) for answer in answers) / len(answers), 1),
        "p50_ms": _percentile(found_ms, 50),
        "p95_ms": p95,
        "max_ms": round(max(found_ms), 2),
        # Of our own process: all the work on SQLite, without the server's on PostgreSQL. Far below
        # p95_ms, it says that the machine was busy with something else.
        "p95_cpu_ms": _percentile(found_cpu_ms, 95),
        "equal_to_brute_force": answers == right,
        "alternative": "bounding box and haversine in SQL, index on latitude and longitude",
        "alternative_p50_ms": _percentile(haversine_ms, 50),
        "alternative_p95_ms": alternative_p95,
        "alternative_finds_as_many": [a.total for a in haversine] == [a.total for a in right],
        "ratio": round(alternative_p95 / p95, 1),
        "box_p50_ms": _percentile(box_ms, 50),
        "box_p95_ms": _percentile(box_ms, 95),
        "box_ratio": round(_percentile(box_ms, 95) / p95, 1),
        "box_is_equal": box == right,
    }


# ── The database ──


@contextmanager
def _own_database(database: str) -> Iterator[None]:
    """An empty database with the activities' tables, named so that no other is touched."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hereabouts.config.settings.test"
    with tempfile.TemporaryDirectory(prefix="hereabouts-bench-") as folder:
        os.environ["HEREABOUTS_VAR"] = folder
        if database == "sqlite":
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
            yield from _migrated()
            return
        server = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
        address, _, maintenance = server.rpartition("/")
        name = f"hereabouts_bench_{os.getpid()}"
        with psycopg.connect(f"{address}/{maintenance}", autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
            try:
                os.environ["DATABASE_URL"] = f"{address}/{name}"
                yield from _migrated()
            finally:
                connection.execute(SQL("DROP DATABASE {}").format(Identifier(name)))


def _migrated() -> Iterator[None]:
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", "activities", verbosity=0)
    try:
        yield
    finally:
        connection.close()


def _load(world: World) -> None:
    """Write the entries, in random order, as they would have come in over the years.

    The activities behind them are the bare minimum that the foreign key asks for: the finder never
    reads them.
    """
    from django.db import connection, transaction

    from hereabouts.activities.models import Activity, FinderEntry

    entries = list(_entry_rows(world))
    columns = ["x", "y", "z", "level", "level_until", "last_on"]
    with transaction.atomic():
        _insert(Activity._meta.db_table, *_bare_activities(len(entries)))
        _insert(
            FinderEntry._meta.db_table,
            ["activity_id", "cell", *columns],
            entries,
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE plain (activity_id bigint PRIMARY KEY, latitude double precision, "
                "longitude double precision, x double precision, y double precision, "
                "z double precision, level varchar(10), level_until date, last_on date)"
            )
        degrees = zip(world.latitude.tolist(), world.longitude.tolist(), strict=True)
        _insert(
            "plain",
            ["activity_id", "latitude", "longitude", *columns],
            [(row[0], *at, *row[2:]) for row, at in zip(entries, degrees, strict=True)],
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE INDEX plain_box ON plain (latitude, longitude, level, level_until, "
                "last_on, x, y, z, activity_id)"
            )
    with connection.cursor() as cursor:
        # What autovacuum does by itself on a server; SQLite has nothing to vacuum here.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _insert(table: str, columns: list[str], rows: Sequence[tuple[Any, ...]]) -> None:
    from django.db import connection

    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)


def _bare_activities(count: int) -> tuple[list[str], list[tuple[Any, ...]]]:
    from uuid import UUID

    from django.db import connection

    from hereabouts.activities.models import Activity

    pattern, fields = Activity(), Activity._meta.concrete_fields
    values = [field.get_db_prep_save(field.pre_save(pattern, True), connection) for field in fields]
    names = [str(field.column) for field in fields]
    key, public = names.index("id"), names.index("public_id")
    rows = []
    for number in range(1, count + 1):
        values[key] = number
        values[public] = fields[public].get_db_prep_save(UUID(int=number), connection)
        rows.append(tuple(values))
    return names, rows


def _entry_rows(world: World) -> Iterator[tuple[Any, ...]]:
    def day(after: float) -> str | None:
        return None if math.isnan(after) else (TODAY + timedelta(days=after)).isoformat()

    arrays = (world.x, world.y, world.z, world.level, world.level_until, world.last_on)
    columns = [world.cell, *(array.tolist() for array in arrays)]
    for number, row in enumerate(zip(*columns, strict=True), 1):
        *place, level, level_until, last_on = row
        yield (number, *place, level, day(level_until), day(last_on))


# ── The world and the questions ──


def _postcodes_of_england() -> Any:
    rows = np.load(POSTCODES, mmap_mode="r")
    letters = np.array([code.rstrip(b"0123456789").decode() for code in rows["code"].astype("S2")])
    return rows[~np.isin(letters, NOT_ENGLAND)]


def _invent(entries: int, postcodes: Any) -> World:
    from hereabouts.activities import finder

    random = np.random.default_rng(SEED)
    venues = random.choice(len(postcodes), size=max(1, round(entries / ENTRIES_PER_VENUE)))
    at = postcodes[random.choice(venues, size=entries)]
    latitude, longitude = (at[name].astype("f8") for name in ("latitude", "longitude"))
    places = [
        finder.place_of(Point(latitude=north, longitude=east))
        for north, east in zip(latitude.tolist(), longitude.tolist(), strict=True)
    ]
    level = random.choice(LEVELS, size=entries, p=LEVEL_SHARES)
    confirmed = (level == "RED") & (random.random(entries) < RED_CONFIRMED)
    ending, days = random.random(entries), random.integers(1, 365, size=entries)
    return World(
        latitude=latitude,
        longitude=longitude,
        x=np.array([place.x for place in places]),
        y=np.array([place.y for place in places]),
        z=np.array([place.z for place in places]),
        cell=[place.cell for place in places],
        level=level,
        level_until=np.where(confirmed, random.integers(-60, 365, size=entries), np.nan),
        last_on=np.where(
            ending < GOES_ON, np.nan, np.where(ending < GOES_ON + HAS_ENDED, -days, days)
        ),
    )


def _questions(postcodes: Any) -> "list[Query]":
    from hereabouts.activities.finder import Query

    random = np.random.default_rng(SEED + 1)
    asked_levels = random.choice(len(ASKED_LEVELS), size=QUESTIONS, p=ASKED_SHARES)
    miles = random.choice(MILES, size=QUESTIONS, p=MILES_SHARES)
    pages = random.random(QUESTIONS) < SECOND_PAGE
    return [
        Query(
            point=Point(latitude=float(row["latitude"]), longitude=float(row["longitude"])),
            within_km=float(distance) * KM_PER_MILE,
            on=TODAY,
            levels=frozenset(Level(name) for name in ASKED_LEVELS[levels]),
            offset=20 if second_page else 0,
        )
        for row, distance, levels, second_page in zip(
            _whereabouts(postcodes, random), miles, asked_levels, pages, strict=True
        )
    ]


def _whereabouts(postcodes: Any, random: np.random.Generator) -> Any:
    """Half anywhere that people live, a quarter in inner cities, a quarter in sparse country."""
    codes = postcodes["code"]
    is_inner = np.zeros(len(postcodes), dtype=bool)
    for district in INNER_CITY:
        is_inner |= np.char.startswith(codes, district.encode())
    # One postcode of each square of about 5 km that has any: most such squares are country.
    squares = np.floor(postcodes["latitude"] * 20) * 1000 + np.floor(postcodes["longitude"] * 12)
    _, one_of_each = np.unique(squares, return_index=True)
    chosen = np.concatenate(
        [
            random.choice(len(postcodes), size=QUESTIONS // 2),
            random.choice(np.flatnonzero(is_inner), size=QUESTIONS // 4),
            random.choice(one_of_each, size=QUESTIONS - QUESTIONS // 2 - QUESTIONS // 4),
        ]
    )
    return postcodes[random.permutation(chosen)]


# ── Other ways to the same answer ──


def _by_brute_force(world: World, query: "Query") -> "Answer":
    """Every entry measured; the slow twin that the finder must equal."""
    x, y, z = query.point.on_sphere()
    squared = (
        (world.x - x) * (world.x - x)
        + (world.y - y) * (world.y - y)
        + (world.z - z) * (world.z - z)
    )
    matches = (squared <= squared_chord(query.within_km)) & ~(world.last_on < 0)
    if query.levels:
        matches &= np.isin(world.level, [level.value for level in query.levels])
        matches &= (world.level != "RED") | (world.level_until >= 0)
    rows = np.flatnonzero(matches)
    rows = rows[np.lexsort((rows, squared[rows]))]
    page = rows[query.offset : query.offset + query.limit]
    return _answer([(int(row) + 1, float(squared[row])) for row in page], len(rows))


def _by_box(query: "Query") -> "Answer":
    """A box of latitudes and longitudes on a covering index; the same arithmetic as the finder."""
    x, y, z = query.point.on_sphere()
    squared = "(x - %s) * (x - %s) + (y - %s) * (y - %s) + (z - %s) * (z - %s)"
    return _by_plain_sql(query, squared, [x, x, y, y, z, z], squared_chord(query.within_km))


def _by_haversine(query: "Query") -> "Answer":
    """The usual way: a box, then the haversine formula in SQL on what is left."""
    distance = (
        f"{2 * EARTH_RADIUS_KM} * asin(sqrt(power(sin(radians(latitude - %s) / 2), 2) "
        "+ cos(radians(%s)) * cos(radians(latitude)) "
        "* power(sin(radians(longitude - %s) / 2), 2)))"
    )
    north, east = query.point.latitude, query.point.longitude
    return _by_plain_sql(query, distance, [north, north, east], query.within_km)


def _by_plain_sql(
    query: "Query", measure: str, parameters: list[float], greatest: float
) -> "Answer":
    from django.db import connection

    north, east = query.point.latitude, query.point.longitude
    up = math.degrees(query.within_km / EARTH_RADIUS_KM) * 1.001
    across = up / math.cos(math.radians(abs(north) + up))
    on, levels = query.on.isoformat(), [str(level) for level in query.levels]
    wanted = ""
    if levels:
        wanted = (
            f"AND level IN ({', '.join(['%s'] * len(levels))}) "
            "AND (level <> 'RED' OR level_until >= %s)"
        )
    matching = (
        f"SELECT * FROM (SELECT activity_id, {measure} AS measured FROM plain "
        "WHERE latitude BETWEEN %s AND %s AND longitude BETWEEN %s AND %s "
        f"AND (last_on IS NULL OR last_on >= %s) {wanted}) AS boxed WHERE measured <= %s"
    )
    box = [north - up, north + up, east - across, east + across]
    values: list[float | str] = [
        *parameters,
        *box,
        on,
        *levels,
        *([on] if levels else []),
        greatest,
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({matching} LIMIT 1001) AS counted", values)
        found = cursor.fetchone()[0]
        cursor.execute(
            f"{matching} ORDER BY measured, activity_id LIMIT %s OFFSET %s",
            [*values, query.limit, query.offset],
        )
        return _answer(cursor.fetchall(), found)


def _answer(rows: list[tuple[int, float]], found: int) -> "Answer":
    from hereabouts.activities.finder import COUNTED_UP_TO, Answer, Hit

    return Answer(
        hits=tuple(Hit(activity_id=key, distance_km=over_surface(at)) for key, at in rows),
        total=min(found, COUNTED_UP_TO),
        is_more_than_total=found > COUNTED_UP_TO,
    )


# ── Measuring ──


def _timed(
    ask: "Callable[[Query], Answer]", queries: "list[Query]"
) -> "tuple[list[Answer], list[float], list[float]]":
    """The answers, and the milliseconds of each on the clock and of processor time."""
    for query in queries[:WARM_UP]:
        ask(query)
    answers, clock, processor = [], [], []
    for query in queries:
        started, worked = perf_counter(), thread_time()
        answers.append(ask(query))
        clock.append((perf_counter() - started) * 1000)
        processor.append((thread_time() - worked) * 1000)
    return answers, clock, processor


def _percentile(milliseconds: list[float], percent: int) -> float:
    return round(float(np.percentile(milliseconds, percent)), 2)


def _machine() -> str:
    memory_gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory_gib:.0f} GiB, Python {platform.python_version()}"


def _database_version() -> str:
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
