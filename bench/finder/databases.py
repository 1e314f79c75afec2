"""A database of the bench's own, filled with a world by the quickest means of each database."""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import repeat
from operator import itemgetter
from typing import Any
from uuid import UUID

import numpy as np
import psycopg
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from bench.finder.world import FORMS, LEVELS, NEVER, Mask, World, points_of

TEST_SETTINGS = "hereabouts.config.settings.test"
Row = tuple[Any, ...]


@contextmanager
def own_database(database: str, *, settings: str = TEST_SETTINGS) -> Iterator[str]:
    """An empty database, named so that no other is touched, removed at the end; its folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    with tempfile.TemporaryDirectory(prefix="hereabouts-bench-") as folder:
        os.environ["HEREABOUTS_VAR"] = folder
        if database == "sqlite":
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
            yield from _migrated(folder)
            return
        server = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
        address, _, maintenance = server.rpartition("/")
        name = f"hereabouts_bench_{os.getpid()}"
        with psycopg.connect(f"{address}/{maintenance}", autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
            try:
                os.environ["DATABASE_URL"] = f"{address}/{name}"
                yield from _migrated(folder)
            finally:
                connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def load(world: World) -> None:
    """Write the entries and their blocks. No activities: the finder never reads them."""
    load_entries(world)
    tidy()


def load_entries(world: World) -> None:
    """Write what the finder searches."""
    from django.db import connection, transaction

    from hereabouts.activities.declaration import ACTIVITIES
    from hereabouts.finder import actions, place_of
    from hereabouts.finder.models import FinderEntry

    places = [place_of(point) for point in points_of(world)]
    columns, rows = _entries(world, places)
    if connection.vendor == "sqlite":
        # Its index of words takes what comes in its own order ten times as fast.
        order = itemgetter(columns.index("cell"), columns.index("record_id"))
        rows = iter(sorted(rows, key=order))
    with transaction.atomic():
        insert(FinderEntry._meta.db_table, columns, rows)
    with transaction.atomic():
        actions.write_blocks(among=ACTIVITIES, cells=(place.cell for place in places))


def tidy() -> None:
    """What databases do by themselves in quiet hours."""
    from django.db import connection

    from hereabouts.finder.text_index import INDEX

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('optimize')")
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM ANALYZE")


def insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write these rows."""
    from django.db import connection

    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join("?" * len(columns))
            # Django's cursor would make a list of them.
            cursor.cursor.connection.executemany(
                f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows
            )


def bare(pattern: Any, count: int, **columns: Iterable[Any]) -> tuple[list[str], Iterator[Row]]:
    """The columns of a table, and rows like `pattern` but for `columns`, numbered from 1 on."""
    from django.db import connection

    fields = pattern._meta.concrete_fields
    usual = {
        field.column: field.get_db_prep_save(field.pre_save(pattern, True), connection)
        for field in fields
    }
    columns = {"id": range(1, count + 1), **columns}
    if "public_id" in usual:
        # SQLite has no type for it.
        publics = (UUID(int=number) for number in range(1, count + 1))
        is_text = connection.vendor == "sqlite"
        columns["public_id"] = (public.hex if is_text else public for public in publics)
    names = [*columns, *(name for name in usual if name not in columns)]
    rest = tuple(usual[name] for name in names[len(columns) :])
    return names, ((*row, *rest) for row in zip(*columns.values(), strict=True))


def version() -> str:
    """The database and its version."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def midnight(world: World) -> datetime:
    """The beginning of the day of `world.at`, from which its minutes count."""
    return timezone.localtime(world.at).replace(hour=0, minute=0)


def _migrated(folder: str) -> Iterator[str]:
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    try:
        yield folder
    finally:
        connection.close()


def _entries(world: World, places: Sequence[Any]) -> tuple[list[str], Iterator[Row]]:
    from django.db import connection

    from hereabouts.activities.declaration import ACTIVITIES

    on_sqlite = connection.vendor == "sqlite"
    first_day, first_moment = timezone.localdate(world.at), midnight(world)

    @cache
    def day(after: int) -> str | None:
        return None if after == NEVER else (first_day + timedelta(days=after)).isoformat()

    @cache
    def moment(after: int) -> Any:
        if after == NEVER:
            return None
        at = (first_moment + timedelta(minutes=after)).astimezone(UTC)
        return at.replace(tzinfo=None).isoformat(" ") if on_sqlite else at

    venues = world.venue.tolist()
    forms = [ACTIVITIES.mask("forms", [form]) for form in FORMS]
    levels = [ACTIVITIES.mask("levels", [level]) for level in LEVELS]
    columns: dict[str, Iterable[Any]] = {
        "kind": repeat(ACTIVITIES.kind, len(world)),
        "record_id": range(1, len(world) + 1),
        **{
            name: [getattr(places[venue], name) for venue in venues]
            for name in ("cell", "x", "y", "z")
        },
        "levels": (levels[level] for level in world.level.tolist()),
        "counts_until": map(day, world.level_until.tolist()),
        **{
            name: map(day, getattr(world, name).tolist())
            for name in ("last_on", "paused_on", "paused_until")
        },
        "next_at": map(moment, world.next_at.tolist()),
        "then_at": map(moment, world.then_at.tolist()),
        "when": _bits(world.when),
        "forms": (forms[form] for form in world.form.tolist()),
        **{name: _bits(has) for name, has in world.chosen.items()},
        "words": world.texts(),
    }
    return list(columns), zip(*columns.values(), strict=True)


def _bits(has: Mask) -> list[int]:
    """Each row as one number: column i is bit i."""
    bits: list[int] = (has @ (1 << np.arange(has.shape[1]))).tolist()
    return bits
