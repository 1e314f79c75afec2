"""The finder's own index of words: one module, two dialects.

SQLite keeps an FTS5 table, filled by triggers; its row numbers begin with the cell, so that what is
near stands together and "near" reads a small part of a common word's list. PostgreSQL keeps a
`tsvector` beside each entry, with a GIN index. Both take English word stems, and both are given and
asked for plain words (`searched`). `operations` makes them, in the migration.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from django.db import connection
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunPython
from numpy.typing import NDArray

from hereabouts.activities.finder.places import cells_of
from hereabouts.activities.models import FinderEntry

ENTRIES, INDEX = FinderEntry._meta.db_table, "activities_finderwords"
STEMS = "activities_stems"
# Words that say nothing about an activity; "near me" is asked elsewhere.
EMPTY = frozenset(
    """
    a about am an and any are at be by can do for from i in is it me my near of on or our that the
    there this to us we what where which who with you your
    """.split()  # noqa: SIM905  # a list of fifty strings is harder to read
)
MOST_TERMS = 10
# The quotation marks that phones and word processors make of ".
STRAIGHT = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
# Letters of their own, which no accent makes, as people type them who do not have them; an
# apostrophe is left out as often as not.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys("'’‘`", "")
)
# A query for each range costs more than reading a few words too many.
MOST_RANGES = 8

# FTS5 numbers its rows: 7 + 30 bits of the cell down to resolution 10, then 26 of the activity.
CELL_BITS, COARSER_BITS, ACTIVITY_BITS = 52, 15, 26


def terms(text: str) -> tuple[str, ...]:
    """The words and "quoted phrases" of what a person typed, as `searched` writes them.

    Words that say nothing are left out.
    """
    typed = _plain(text).translate(STRAIGHT)
    found = (" ".join(_words(part)) for part in re.findall(r'"[^"]*"|[^\s"]+', typed))
    return tuple(dict.fromkeys(term for term in found if term and term not in EMPTY))[:MOST_TERMS]


def searched(text: str) -> str:
    """`text` as it is searched in: words alone, in small letters without accents.

    Left to themselves the databases find different words in "Walk/run", "65-80" and "£2.50".
    """
    return " ".join(_words(_plain(text)))


def matching(wanted: Sequence[str], blocks: Sequence[int]) -> NDArray[np.int64]:
    """The activities in and around those blocks that have every one of these `terms`."""
    if not wanted or not blocks:
        return np.empty(0, np.int64)
    sql, parameters = _DIALECTS[connection.vendor](wanted, _ranges(blocks))
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return np.fromiter((row[0] for row in cursor.fetchall()), np.int64)


def operations() -> list[Operation]:
    """What makes the index, for the migration that makes the entries."""
    return [RunPython(_make, RunPython.noop)]


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(one for one in apart if not unicodedata.combining(one)).translate(PLAIN)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _ranges(blocks: Sequence[int]) -> list[tuple[int, int]]:
    """Ranges of finest cells that hold these blocks: few, so cut where the gaps are widest."""
    spans = sorted(cells_of(block) for block in blocks)
    gaps = [after[0] - before[1] for before, after in pairwise(spans)]
    widest = sorted(range(len(gaps)), key=gaps.__getitem__)[-(MOST_RANGES - 1) :]
    cuts = [0, *(place + 1 for place in sorted(widest)), len(spans)]
    pieces = (spans[start:end] for start, end in pairwise(cuts))
    return [(piece[0][0], piece[-1][1]) for piece in pieces if piece]


def _sqlite(wanted: Sequence[str], ranges: Sequence[tuple[int, int]]) -> tuple[str, list[Any]]:
    # Every term in quotes: what FTS5 would take for an operator is a word like any other.
    match = " ".join(f'"{term}"' for term in wanted)
    of_one = f"SELECT rowid & {2**ACTIVITY_BITS - 1} FROM {INDEX} WHERE {INDEX} MATCH %s"
    one_range = f"{of_one} AND rowid BETWEEN %s AND %s"
    parameters: list[Any] = []
    for first, last in ranges:
        parameters += [match, _number(first, 0), _number(last, 2**ACTIVITY_BITS - 1)]
    return " UNION ALL ".join([one_range] * len(ranges)), parameters


def _postgresql(wanted: Sequence[str], ranges: Sequence[tuple[int, int]]) -> tuple[str, list[Any]]:
    every = " && ".join([f"phraseto_tsquery('{STEMS}', %s)"] * len(wanted))
    somewhere = " OR ".join(["cell BETWEEN %s AND %s"] * len(ranges))
    sql = f"SELECT activity_id FROM {ENTRIES} WHERE vector @@ ({every}) AND ({somewhere})"
    return sql, [*wanted, *(end for span in ranges for end in span)]


_DIALECTS = {"sqlite": _sqlite, "postgresql": _postgresql}


def _number(cell: int, activity: int) -> int:
    number: int = (cell & (2**CELL_BITS - 1)) >> COARSER_BITS << ACTIVITY_BITS | activity
    return number


def _make(apps: Any, schema_editor: Any) -> None:
    for statement in _MADE_BY[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def _row_number(row: str) -> str:
    """`_number` in SQLite's words."""
    cell = f"((({row}.cell & {2**CELL_BITS - 1}) >> {COARSER_BITS}) << {ACTIVITY_BITS})"
    return f"{cell} | ({row}.activity_id & {2**ACTIVITY_BITS - 1})"


_ADD = f"INSERT INTO {INDEX} (rowid, words) VALUES ({_row_number('new')}, new.words);"
_DROP = (
    f"INSERT INTO {INDEX} ({INDEX}, rowid, words) "
    f"VALUES ('delete', {_row_number('old')}, old.words);"
)
_MADE_BY = {
    "sqlite": (
        f"""CREATE VIRTUAL TABLE {INDEX}
        USING fts5(words, content='', tokenize='porter unicode61 remove_diacritics 2')""",
        f"CREATE TRIGGER {INDEX}_added AFTER INSERT ON {ENTRIES} BEGIN {_ADD} END",
        f"CREATE TRIGGER {INDEX}_removed AFTER DELETE ON {ENTRIES} BEGIN {_DROP} END",
        f"""CREATE TRIGGER {INDEX}_changed AFTER UPDATE OF cell, words ON {ENTRIES}
        BEGIN {_DROP} {_ADD} END""",
    ),
    "postgresql": (
        # English stems of every word: PostgreSQL's own leaves out "over", "off" and others.
        f"CREATE TEXT SEARCH DICTIONARY {STEMS} (TEMPLATE = snowball, LANGUAGE = english)",
        f"CREATE TEXT SEARCH CONFIGURATION {STEMS} (COPY = english)",
        f"ALTER TEXT SEARCH CONFIGURATION {STEMS} ALTER MAPPING REPLACE english_stem WITH {STEMS}",
        f"""ALTER TABLE {ENTRIES} ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (to_tsvector('{STEMS}', words)) STORED""",
        f"CREATE INDEX {INDEX} ON {ENTRIES} USING gin (vector)",
        # Blocks are numbers, which do not shrink: unpacking them would only take time.
        "ALTER TABLE activities_finderblock ALTER COLUMN columns SET STORAGE EXTERNAL",
    ),
}
