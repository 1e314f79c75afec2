"""The finder's full-text index: one module, two dialects.

SQLite keeps an FTS5 table, filled by triggers; its row numbers begin with the kind and the cell, so
that a search reads nothing of other kinds, and of a common word's list only the part that is near.
PostgreSQL keeps a `tsvector` beside each entry, with a GIN index. Both take English word stems;
texts and queries are normalised first (`searched`), so that both find the same. `operations` makes
them, in the migration.
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

from hereabouts.finder.blocks import BLOCKS
from hereabouts.finder.cells import cells_of

# Where the entries are, and their index. Named here: a search needs no models.
ENTRIES, INDEX = "finder_entries", "finder_words"
STEMS = "finder_stems"
# Stop words: they say nothing about a record, and "near me" is not asked of the text.
STOP_WORDS = frozenset(
    """
    a about am an and any are at be by can do for from i in is it me my near of on or our that the
    there this to us we what where which who with you your
    """.split()  # noqa: SIM905  # a list of fifty strings is harder to read
)
MAX_TERMS = 10
# The quotation marks that phones and word processors make of ".
STRAIGHT = str.maketrans(dict.fromkeys("“”„‟«»″", '"'))
# Letters that Unicode does not decompose into a plain one and an accent, and what people without
# such a key type; an apostrophe is left out as often as not.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | dict.fromkeys("'’‘`", "")
)
# A query for each range costs more than reading a few words too many.
MAX_RANGES = 8

# FTS5 finds its rows by a number, of which 63 bits count upwards:
#
#     62      56 55        49 48                   28 27             0
#    ┌──────────┬────────────┬───────────────────────┬────────────────┐
#    │   kind   │ base cell  │  7 digits of 3 bits   │     record     │
#    │  7 bits  │   7 bits   │        21 bits        │    28 bits     │
#    └──────────┴────────────┴───────────────────────┴────────────────┘
#               └─ a cell as far as that of a block ─┘
#
# The kind comes first, so that one index serves every kind and a search reads one range of it for
# each range of cells. An H3 number has the same digits in its lower 52 bits, down to resolution 15.
# Nobody asks for less than a block, so the digits below it are left out: that is room for 127 kinds
# and for 268 million records of each.
CELL_BITS, FINER_BITS, RECORD_BITS = 52, 24, 28
KIND_AT = CELL_BITS - FINER_BITS + RECORD_BITS


def terms(text: str) -> tuple[str, ...]:
    """The words and "quoted phrases" that a person typed, normalised, without stop words.

    `The "Tai Chi" of Łódź` gives "tai chi" and "lodz".
    """
    typed = _plain(text).translate(STRAIGHT)
    found = (" ".join(_words(part)) for part in re.findall(r'"[^"]*"|[^\s"]+', typed))
    return tuple(dict.fromkeys(term for term in found if term and term not in STOP_WORDS))[
        :MAX_TERMS
    ]


def searched(text: str) -> str:
    """`text` as the index holds it: words alone, in small letters without accents.

    "Walk/run, £2.50" becomes "walk run 2 50". Left to themselves the databases would find different
    words in it.
    """
    return " ".join(_words(_plain(text)))


def matching(kind: int, wanted: Sequence[str], blocks: Sequence[int]) -> NDArray[np.int64]:
    """The records of that kind in and around those blocks that have every one of these `terms`."""
    if not wanted or not blocks:
        return np.empty(0, np.int64)
    sql, parameters = _DIALECTS[connection.vendor](kind, wanted, _ranges(blocks))
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return np.fromiter((row[0] for row in cursor.fetchall()), np.int64)


def operations() -> list[Operation]:
    """The operations that create the index, for the migration that creates the entries."""
    return [RunPython(_make, RunPython.noop)]


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = (letter for letter in decomposed if not unicodedata.combining(letter))
    return "".join(plain).translate(PLAIN)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _ranges(blocks: Sequence[int]) -> list[tuple[int, int]]:
    """Ranges of finest cells that hold these blocks: few, so cut where the gaps are widest.

    With at most two ranges, blocks over 1–3, 4–6 and 90–99 give 1–6 and 90–99.
    """
    spans = sorted(cells_of(block) for block in blocks)
    gaps = [after[0] - before[1] for before, after in pairwise(spans)]
    widest = sorted(range(len(gaps)), key=gaps.__getitem__)[-(MAX_RANGES - 1) :]
    cuts = [0, *(gap + 1 for gap in sorted(widest)), len(spans)]
    pieces = (spans[start:end] for start, end in pairwise(cuts))
    return [(piece[0][0], piece[-1][1]) for piece in pieces if piece]


def _sqlite(
    kind: int, wanted: Sequence[str], ranges: Sequence[tuple[int, int]]
) -> tuple[str, list[Any]]:
    # Every term in quotes: what FTS5 would take for an operator is a word like any other.
    match = " ".join(f'"{term}"' for term in wanted)
    records = f"SELECT rowid & {2**RECORD_BITS - 1} FROM {INDEX} WHERE {INDEX} MATCH %s"
    one_range = f"{records} AND rowid BETWEEN %s AND %s"
    parameters: list[Any] = []
    for first, last in ranges:
        start, end = row_number(kind, first, 0), row_number(kind, last, 2**RECORD_BITS - 1)
        parameters += [match, start, end]
    return " UNION ALL ".join([one_range] * len(ranges)), parameters


def _postgresql(
    kind: int, wanted: Sequence[str], ranges: Sequence[tuple[int, int]]
) -> tuple[str, list[Any]]:
    every = " && ".join([f"phraseto_tsquery('{STEMS}', %s)"] * len(wanted))
    somewhere = " OR ".join(["cell BETWEEN %s AND %s"] * len(ranges))
    sql = (
        f"SELECT record_id FROM {ENTRIES} WHERE vector @@ ({every}) AND kind = %s AND ({somewhere})"
    )
    return sql, [*wanted, kind, *(end for span in ranges for end in span)]


_DIALECTS = {"sqlite": _sqlite, "postgresql": _postgresql}


def row_number(kind: int, cell: int, record_id: int) -> int:
    """The number of that record's row in FTS5."""
    digits: int = (cell & (2**CELL_BITS - 1)) >> FINER_BITS
    return kind << KIND_AT | digits << RECORD_BITS | record_id


def _make(apps: Any, schema_editor: Any) -> None:
    for statement in _MADE_BY[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def _row_number(row: str) -> str:
    """`row_number` in SQLite's words."""
    digits = f"(({row}.cell & {2**CELL_BITS - 1}) >> {FINER_BITS})"
    record = f"({row}.record_id & {2**RECORD_BITS - 1})"
    return f"({row}.kind << {KIND_AT}) | ({digits} << {RECORD_BITS}) | {record}"


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
        f"ALTER TABLE {BLOCKS} ALTER COLUMN columns SET STORAGE EXTERNAL",
    ),
}
