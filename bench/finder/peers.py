"""Other ways to the same answers, in SQL on the same database: haversine, and PostGIS.

Each way is a table made from the finder's entries, with its indexes, and how it says "within" and
"nearest first". The filters are columns of bits in all of them, as in the finder; the words are
looked up in the finder's own index. `POSTGIS` are the ways that we tried to make PostGIS quick;
the report keeps the quickest for each kind of question.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import cos, degrees, radians
from typing import TYPE_CHECKING, Any

import psycopg
from django.utils import timezone

from bench.finder.questions import PER_PAGE, Question
from bench.finder.world import AT
from hereabouts.places.points import EARTH_RADIUS_KM

if TYPE_CHECKING:
    from hereabouts.finder import Group

Row = tuple[Any, ...]
Run = Callable[[str, Sequence[Any]], list[Row]]

ALL_OF = ("needs", "conditions")
# The bits of the levels, which partial indexes name: as `activities.declaration` has them.
GREEN, ORANGE, RED = 1, 2, 4
RADIUS_M = 1000 * EARTH_RADIUS_KM
COLUMNS = (
    'record_id, levels, counts_until, last_on, paused_on, paused_until, next_at, then_at, "when", '
    "forms, kinds, purposes, costs, needs, conditions, languages, ages"
)
# From the whole metres of an entry; right to a metre.
LATITUDE, LONGITUDE = f"degrees(asin(z / {RADIUS_M}))", "degrees(atan2(y, x))"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A piece of SQL with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(
            sql=f"{self.sql} AND {other.sql}", parameters=self.parameters + other.parameters
        )


@dataclass(frozen=True, kw_only=True)
class Way:
    """A table with its indexes, and how it is asked what is near.

    `measured` grows with the distance; `within` is what is no farther than so many kilometres.
    """

    name: str
    table: str
    selected: str
    indexes: tuple[str, ...]
    measured: Callable[[Question], Condition]
    within: Callable[[Question, float], Condition]
    # Takes the nearest from the index one by one, in metres, and cuts off what is too far; else
    # takes all that is within, and sorts.
    goes_outwards: bool = False

    @contextmanager
    def made(self, run: Run) -> "Iterator[None]":
        """Its table, made unless another way made it, with its indexes and no other way's."""
        run(
            f"CREATE TABLE IF NOT EXISTS {self.table} AS "
            f"SELECT {COLUMNS}, {self.selected} FROM finder_entries",
            (),
        )
        names = [f"{self.table}_{number}" for number in range(len(self.indexes))]
        for name, index in zip(names, self.indexes, strict=True):
            run(f"CREATE INDEX {name} ON {self.table} {index}", ())
        run(f"ANALYZE {self.table}", ())
        yield
        for name in names:
            run(f"DROP INDEX {name}", ())

    def nearest(self, run: Run, question: Question, within_km: float) -> list[int]:
        """One page of activities, in the order asked for."""
        if self.goes_outwards and not question.is_soonest_first:
            return self._outwards(run, question, within_km)
        measured, wanted = self.measured(question), self._wanted(question, within_km)
        order, parameters = f"{measured.sql}, record_id", measured.parameters
        if question.is_soonest_first:
            order = f"{_STARTS} IS NULL, {_STARTS}, {order}"
            parameters = (_now(),) * 4 + parameters
        rows = run(
            f"SELECT record_id FROM {self.table} WHERE {wanted.sql} "
            f"ORDER BY {order} LIMIT {PER_PAGE} OFFSET {question.offset}",
            (*wanted.parameters, *parameters),
        )
        return [activity for (activity,) in rows]

    def _outwards(self, run: Run, question: Question, within_km: float) -> list[int]:
        measured = self.measured(question)
        wanted = _is_on() & _all_but(_filters(question), None)
        rows = run(
            "SELECT record_id FROM ("
            f"SELECT record_id, {measured.sql} AS away FROM {self.table} WHERE {wanted.sql} "
            f"ORDER BY away LIMIT {PER_PAGE} OFFSET {question.offset}"
            ") AS nearest WHERE away <= %s ORDER BY away, record_id",
            (*measured.parameters, *wanted.parameters, 1000 * within_km),
        )
        return [activity for (activity,) in rows]

    def counts(self, run: Run, question: Question, within_km: float) -> Row:
        """How many match, and how many each value of each filter would leave: one statement."""
        from hereabouts.finder import Group

        asked = _filters(question)
        inside = self.within(question, within_km) & _is_on()
        if Group.WORDS in asked:
            # Every count has it: looked up once.
            inside &= asked.pop(Group.WORDS)
        counted = [_all_but(asked, None)]
        for group, value in _values(question):
            counted.append(_all_but(asked, group) & value)
        sums = ", ".join(f"count(*) FILTER (WHERE {condition.sql})" for condition in counted)
        parameters = [value for condition in counted for value in condition.parameters]
        sql = f"SELECT {sums} FROM {self.table} WHERE {inside.sql}"
        (row,) = run(sql, (*parameters, *inside.parameters))
        return row

    def _wanted(self, question: Question, within_km: float) -> Condition:
        return self.within(question, within_km) & _is_on() & _all_but(_filters(question), None)


def on_sqlite() -> Run:
    """Asks the bench's SQLite database."""
    from django.db import connection

    def run(sql: str, parameters: Sequence[Any]) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(sql, list(parameters))
            rows: list[Row] = cursor.fetchall()
        return rows

    return run


def on_postgresql(address: str) -> Run:
    """Asks PostgreSQL as directly as Python can; what is asked often is prepared."""
    connection = psycopg.connect(address, autocommit=True)
    # Compiling such short statements takes longer than running them.
    connection.execute("SET jit = off")

    def run(sql: str, parameters: Sequence[Any]) -> list[Row]:
        cursor = connection.execute(sql, list(parameters) or None)
        return cursor.fetchall() if cursor.description else []

    return run


def can_use_postgis(run: Run) -> bool:
    """Whether it is installed here and we may use it; then it is made ready."""
    available = run("SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [EXTENSIONS])
    if len(available) < len(EXTENSIONS):
        return False
    try:
        for extension in EXTENSIONS:
            run(f"CREATE EXTENSION IF NOT EXISTS {extension}", ())
    except psycopg.errors.InsufficientPrivilege:
        # Only an administrator of the server may bring PostGIS into a database.
        return False
    return True


# ── Haversine ──


def _haversine(question: Question) -> Condition:
    north, east = question.point.latitude, question.point.longitude
    return Condition(
        sql=f"{2 * EARTH_RADIUS_KM} * asin(sqrt(power(sin(radians(latitude - %s) / 2), 2) "
        "+ cos(radians(%s)) * cos(radians(latitude)) "
        "* power(sin(radians(longitude - %s) / 2), 2)))",
        parameters=(north, north, east),
    )


def _in_box(question: Question, within_km: float) -> Condition:
    north, east = question.point.latitude, question.point.longitude
    up = degrees(within_km / EARTH_RADIUS_KM) * 1.001
    across = up / cos(radians(abs(north) + up))
    box = Condition(
        sql="latitude BETWEEN %s AND %s AND longitude BETWEEN %s AND %s",
        parameters=(north - up, north + up, east - across, east + across),
    )
    measured = _haversine(question)
    return box & Condition(
        sql=f"{measured.sql} <= %s", parameters=(*measured.parameters, within_km)
    )


# The usual way: a box on an index of latitude and longitude, then the formula in SQL.
HAVERSINE = Way(
    name="haversine",
    table="plain",
    selected=f"{LATITUDE} AS latitude, {LONGITUDE} AS longitude",
    indexes=("(latitude, longitude)",),
    measured=_haversine,
    within=_in_box,
)


# ── PostGIS ──

_HERE = "ST_SetSRID(ST_MakePoint(%s, %s), 4326)"
_FLAT_HERE = f"ST_Transform({_HERE}, 27700)"


def _on_globe(question: Question) -> Condition:
    return Condition(sql=f"place <-> {_HERE}::geography", parameters=_east_north(question))


def _within_on_globe(question: Question, within_km: float) -> Condition:
    return Condition(
        sql=f"ST_DWithin(place, {_HERE}::geography, %s, false)",
        parameters=(*_east_north(question), 1000 * within_km),
    )


def _on_plane(question: Question) -> Condition:
    return Condition(sql=f"flat <-> {_FLAT_HERE}", parameters=_east_north(question))


def _within_on_plane(question: Question, within_km: float) -> Condition:
    return Condition(
        sql=f"ST_DWithin(flat, {_FLAT_HERE}, %s)",
        parameters=(*_east_north(question), 1000 * within_km),
    )


def _east_north(question: Question) -> tuple[float, float]:
    return question.point.longitude, question.point.latitude


_POINT = f"ST_SetSRID(ST_MakePoint({LONGITUDE}, {LATITUDE}), 4326)"


def _postgis(name: str, *indexes: str, on_globe: bool) -> tuple[Way, Way]:
    """The same table and indexes, asked in two ways."""
    within = Way(
        name=f"{name}, ST_DWithin",
        table="gis",
        selected=f"{_POINT}::geography AS place, ST_Transform({_POINT}, 27700) AS flat",
        indexes=indexes,
        measured=_on_globe if on_globe else _on_plane,
        within=_within_on_globe if on_globe else _within_on_plane,
    )
    return within, replace(within, name=f"{name}, <->", goes_outwards=True)


EXTENSIONS = ["postgis", "btree_gist"]
POSTGIS = (
    *_postgis("geography", "USING gist (place)", on_globe=True),
    *_postgis(
        "geography with level", "USING gist (place, levels)", "USING gist (place)", on_globe=True
    ),
    *_postgis("geometry", "USING gist (flat)", on_globe=False),
    *_postgis(
        "geometry with level", "USING gist (flat, levels)", "USING gist (flat)", on_globe=False
    ),
    *_postgis(
        "geometry, an index for each level",
        "USING gist (flat)",
        *(f"USING gist (flat) WHERE levels = {bit}" for bit in (RED, ORANGE, GREEN)),
        on_globe=False,
    ),
)


# ── Filters ──

_STARTS = "CASE WHEN next_at >= %s THEN next_at WHEN then_at >= %s THEN then_at END"


def _now() -> Any:
    from django.db import connection

    return AT.replace(tzinfo=None).isoformat(" ") if connection.vendor == "sqlite" else AT


def _today() -> Any:
    from django.db import connection

    today = timezone.localdate(AT)
    return today.isoformat() if connection.vendor == "sqlite" else today


def _is_on() -> Condition:
    today = _today()
    return Condition(
        sql="(last_on IS NULL OR last_on >= %s) "
        "AND (paused_on IS NULL OR paused_on > %s OR paused_until < %s)",
        parameters=(today, today, today),
    )


def _filters(question: Question) -> "dict[Group, Condition]":
    """What is asked for, by filter; days and parts of the day are one."""
    from hereabouts.activities.declaration import ACTIVITIES
    from hereabouts.finder import Group

    asked: dict[Group, Condition] = {}
    for name, wanted in question.filters.items():
        if name == "levels":
            asked[Group.LEVELS] = _levels(
                ACTIVITIES.mask(name, [level]) for level in sorted(wanted)
            )
        elif name not in ("days", "parts"):
            asked[Group(name)] = _bits(name, ACTIVITIES.mask(name, wanted), all_of=name in ALL_OF)
    days, parts = question.filters.get("days", ()), question.filters.get("parts", ())
    if days or parts:
        asked[Group.DAYS] = _bits('"when"', ACTIVITIES.when_mask(days, parts))
    if question.words:
        asked[Group.WORDS] = _words(" ".join(typed for _, typed in question.words))
    return asked


def _values(question: Question) -> "Iterator[tuple[Group | None, Condition]]":
    """Each value of each filter, with the filter that it would take the place of."""
    from hereabouts.activities.declaration import ACTIVITIES
    from hereabouts.finder import Group
    from hereabouts.finder.declarations import DAYS

    for vocabulary in ACTIVITIES.vocabularies:
        for code in vocabulary.codes:
            bit = vocabulary.mask([code])
            if vocabulary.group == Group.LEVELS:
                yield Group.LEVELS, _levels([bit])
            else:
                group = None if vocabulary.all_of else vocabulary.group
                yield group, _bits(vocabulary.group.value, bit)
    days, parts = question.filters.get("days", ()), question.filters.get("parts", ())
    for day in DAYS:
        yield Group.DAYS, _bits('"when"', ACTIVITIES.when_mask([int(day)], parts))
    for part in ACTIVITIES.parts_of_day:
        yield Group.DAYS, _bits('"when"', ACTIVITIES.when_mask(days, [part]))


def _all_but(asked: "dict[Group, Condition]", group: "Group | None") -> Condition:
    every = Condition(sql="true")
    for other, condition in asked.items():
        if other != group:
            every &= condition
    return every


def _levels(bits: Iterable[int]) -> Condition:
    # Written out, so that PostgreSQL sees which index of a level will do.
    levels = {
        bit: f"(levels = {bit} AND counts_until >= %s)" if bit == RED else f"levels = {bit}"
        for bit in bits
    }
    return Condition(
        sql=f"({' OR '.join(levels.values())})", parameters=(_today(),) * (RED in levels)
    )


def _bits(column: str, bits: int, *, all_of: bool = False) -> Condition:
    # Written out: PostgreSQL would take a parameter of another width for another kind of number.
    return Condition(sql=f"({column} & {bits}) {f'= {bits}' if all_of else '<> 0'}")


def _words(typed: str) -> Condition:
    from django.db import connection

    from hereabouts.finder.text_index import ENTRIES, INDEX, RECORD_BITS, STEMS

    if connection.vendor == "sqlite":
        matching = f"SELECT rowid & {2**RECORD_BITS - 1} FROM {INDEX} WHERE {INDEX} MATCH %s"
    else:
        matching = f"SELECT record_id FROM {ENTRIES} WHERE vector @@ plainto_tsquery('{STEMS}', %s)"
    return Condition(sql=f"record_id IN ({matching})", parameters=(typed,))
