"""Run by the peers' own Python, which has pytauargus and acro and not this project.

`python bench/disclosure_peer.py FOLDER` reads `tables.json` from the folder: a list of two-way
tables without totals. It writes `patterns.json`: for each table and each way of asking, which cells
of the table with its totals are hidden (totals last), and the seconds; and what acro shows.
"""

import json
import logging
import os
import sys
import warnings
from importlib import import_module, metadata
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

Counts = Any
# Tau-Argus's own frequency rule with its widest safety range, and protection levels set by hand to
# what our rule asks at least: from 0 to 5.
BY_RULE, BY_LEVELS = "tau_argus_rule", "tau_argus_levels"
THRESHOLD = 5


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    tables = [np.array(table) for table in json.loads((folder / "tables.json").read_text())]
    # Both peers write where they stand.
    os.chdir(folder)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    found = {
        "versions": {name: metadata.version(name) for name in ("pytauargus", "acro")},
        "patterns": [tau_argus(table, folder) for table in tables],
        "acro": {str(limit): acro_shows(tables[0], limit) for limit in (10, THRESHOLD)},
    }
    (folder / "patterns.json").write_text(json.dumps(found))


def tau_argus(table: Counts, folder: Path) -> dict[str, Any]:
    """The optimal patterns of Tau-Argus for one table, by its rule and by levels."""
    engine = import_module("pytauargus.engine")
    protect = import_module("pytauargus.protect").protect
    result_module = import_module("pytauargus.result")
    people = one_row_a_person(table)
    found = {}
    for way in (BY_RULE, BY_LEVELS):
        work = folder / way
        made = protect(
            people,
            ["row", "column"],
            response="n",
            safety_rules=f"FREQ({THRESHOLD},100)",
            suppress="OPT(1)",
            workdir=str(work),
            run=False,
        )
        batch = Path(made.files["arb"])
        if way == BY_LEVELS:
            with_levels(batch, table)
        started = perf_counter()
        engine.run_batch(str(batch))
        seconds = perf_counter() - started
        read = result_module.TableResult(
            path=made.files["tab1"], exp_vars=["row", "column"], response="n", is_freq=False
        )
        found[way] = {"is_hidden": hidden(read.rows, table), "seconds": seconds}
    return found


def with_levels(batch: Path, table: Counts) -> None:
    """Let the batch set, for every small count, how far down and up it must be able to go."""
    # The first line tells how many codes a line has, and only one with a single number can: it says
    # that the first cell costs what it costs anyway.
    lines = [f"r00;c00;C;{table[0, 0]}"]
    for row, column, count in with_totals(table):
        if 0 < count < THRESHOLD:
            lines.append(f"{row};{column};PL;{count};{THRESHOLD - count}")
    levels = batch.with_name("levels.hst")
    levels.write_text("\n".join(lines) + "\n")
    text = batch.read_text()
    command = f'<READMICRODATA>\n<APRIORI> "{levels}",1,";",0,0'
    batch.write_text(text.replace("<READMICRODATA>", command))


def with_totals(table: Counts) -> list[tuple[str, str, int]]:
    cells = [(f"r{i:02d}", f"c{j:02d}", int(n)) for (i, j), n in np.ndenumerate(table)]
    cells += [(f"r{i:02d}", "", int(n)) for i, n in enumerate(table.sum(axis=1))]
    cells += [("", f"c{j:02d}", int(n)) for j, n in enumerate(table.sum(axis=0))]
    return [*cells, ("", "", int(table.sum()))]


def one_row_a_person(table: Counts) -> dict[str, list[Any]]:
    row = [f"r{i:02d}" for (i, _), n in np.ndenumerate(table) for _ in range(int(n))]
    column = [f"c{j:02d}" for (_, j), n in np.ndenumerate(table) for _ in range(int(n))]
    return {"row": row, "column": column, "n": [1.0] * len(row)}


def hidden(rows: list[dict[str, Any]], table: Counts) -> list[list[bool]]:
    """Their cells in our order: the total of a row or column last."""
    is_hidden = np.zeros(np.add(table.shape, 1), dtype=bool)
    for cell in rows:
        at = tuple(
            int(code[1:]) if code[:1] in ("r", "c") and code[1:].isdigit() else -1
            for code in (str(cell["row"]), str(cell["column"]))
        )
        is_hidden[at] = cell["status"] in ("U", "M")
    shown: list[list[bool]] = is_hidden.tolist()
    return shown


def acro_shows(table: Counts, limit: int) -> list[list[bool]]:
    """Which cells of the table acro leaves to be seen, with totals asked for."""
    pandas, acro = import_module("pandas"), import_module("acro")
    people = one_row_a_person(table)
    session = acro.ACRO(suppress=True)
    session.sdc_checks.risk_appetite["safe_threshold"] = limit
    row, column = pandas.Series(people["row"], name="row"), pandas.Series(people["column"])
    safe = session.crosstab(row, column.rename("column"), margins=True)
    shown: list[list[bool]] = safe.notna().to_numpy().tolist()
    return shown


if __name__ == "__main__":
    main()
