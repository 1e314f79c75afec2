"""How fast whole pages of the finder come over HTTP, and what they weigh.

`python -m bench.pages --entries 1000000 --database sqlite [--workers 2] [--json]`

It makes a database of its own with whole rows behind the finder's entries, serves it as
docs/running.md says (gunicorn, production's settings, static files collected), and removes both.
The 500 questions of `bench.finder` come as addresses, from another process (`bench.visitors`), at
20 requests a second for a minute, then faster and faster until one page in twenty takes longer than
150 ms. There is no proxy: the bytes reported are those that gunicorn sends.
"""

import argparse
import gzip
import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import brotli
import numpy as np

from bench import ROOT
from bench.finder import databases, postcodes, questions, world
from bench.finder.measuring import machine
from bench.visitors import Visit

PRODUCTION = "hereabouts.config.settings.production"
HOST = "hereabouts.example"
# What the proxy says, and what browsers say.
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip, br"}
SECONDS_TO_START = 60

FIRST_RATE, FIRST_SECONDS = 20, 60
RATES, SECONDS = (25, 30, 35, 40, 50, 60, 80, 100, 130), 20
HELD_P95_MS = 150
PLAIN_SEARCH = "/find/?near=NG20+8PA"
# Inner London: more listings within 30 miles than a map shows.
FULL_MAP = "/find/map/?near=EC1A+1BB&within=30"

Report = dict[str, Any]


def main() -> None:
    options = _options()
    report: Report = machine()
    rows = postcodes.ours()
    _be_in_production()
    with databases.own_database(options.database, settings=PRODUCTION) as folder:
        now = datetime.now(UTC)
        listings = world.invent(options.entries, rows, at=now)
        asked = questions.ask(rows)
        _fill(listings, Path(folder))
        report |= {
            "database": databases.version(),
            "entries": options.entries,
            "workers": options.workers,
            "threads": options.threads,
        }
        with _served(options.workers, options.threads) as (port, server):
            report |= measure(port, server, [question.search().url() for question in asked])
    show(report)
    if options.json:
        print(json.dumps(report))


def measure(port: int, server: int, paths: Sequence[str]) -> Report:
    """Look at one page, weigh it, then let the visitors in."""
    report: Report = {
        "page": _looked_at(port),
        "first_page_bytes": _weight(port, PLAIN_SEARCH),
        "map": _map(port),
    }
    _visited(port, paths, rate=10, seconds=len(paths) / 10)
    runs = [_visited(port, paths, rate=FIRST_RATE, seconds=FIRST_SECONDS)]
    for rate in RATES:
        if not _is_held(runs[-1]):
            break
        runs.append(_visited(port, paths, rate=rate, seconds=SECONDS))
    held = [run["rate"] for run in runs if _is_held(run)]
    return report | {
        "runs": runs,
        "highest_rate_held": max(held, default=None),
        "worker_pss_megabytes": [round(_pss(pid) / 1e6, 1) for pid in _children(server)],
    }


# ── The server ──


def _be_in_production() -> None:
    os.environ |= {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
        "EMAIL_URL": "smtp://127.0.0.1:1/",
        "DEFAULT_FROM_EMAIL": f"hello@{HOST}",
    }


def _fill(listings: world.World, folder: Path) -> None:
    from django.core.management import call_command

    # Needs Django: the settings must know the bench's database first.
    from bench import listings as whole_rows

    (folder / "postcodes.npy").symlink_to(postcodes.OURS.resolve())
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    whole_rows.load(listings)
    databases.tidy()


@contextmanager
def _served(workers: int, threads: int) -> Iterator[tuple[int, int]]:
    """Gunicorn as docs/running.md starts it: its port and its process."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--pythonpath", str(ROOT / "src")),
        *("--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", str(threads)),
        *("--no-control-socket", "--log-level", "warning", "hereabouts.config.wsgi"),
    ]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        try:
            _get(port, "/find/")
        except ConnectionRefusedError:
            time.sleep(0.2)
        else:
            return
    sys.exit("Gunicorn did not start.")


def _get(port: int, path: str) -> tuple[bytes, bytes]:
    """What is at that address: as sent, and unpacked."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers=HEADERS)
    answer = connection.getresponse()
    sent = answer.read()
    connection.close()
    if answer.status != 200:
        sys.exit(f"{path} answers {answer.status}.")
    packing = answer.headers.get("Content-Encoding", "")
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}[packing]
    return sent, unpack(sent)


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def _pss(pid: int) -> int:
    """The bytes of memory that are its own, and its share of what several processes have."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


# ── Looking and weighing ──


def _looked_at(port: int) -> Mapping[str, Any]:
    """What one page says, for a person to judge."""
    text = _get(port, PLAIN_SEARCH)[1].decode()
    title = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    count = re.search(r"Showing [^<]*", text)
    return {
        "address": PLAIN_SEARCH,
        "title": unescape(" ".join(title[1].split())) if title else "",
        "says": count[0] if count else "",
        "cards": text.count('<li class="card"'),
    }


def _weight(port: int, page: str) -> Mapping[str, int]:
    """Bytes as sent: the page, style sheets and scripts with what these import, and the rest."""
    sent, html = _get(port, page)
    weights = {"html": len(sent), "html_if_compressed": len(zlib.compress(html, 6))}
    waiting = re.findall(r'(?:href|src)="(/static/[^"]+)"', html.decode())
    seen: set[str] = set()
    while waiting:
        path = waiting.pop().partition("#")[0]
        if path in seen:
            continue
        seen.add(path)
        kind = path.rsplit(".")[-1].replace("mjs", "js")
        sent, content = _get(port, path)
        weights[kind] = weights.get(kind, 0) + len(sent)
        waiting += _imported(path, content) if kind in ("js", "css") else []
    return weights


def _imported(path: str, content: bytes) -> list[str]:
    """What a script imports at once, or a style sheet names."""
    pattern = r'(?:from|import)\s*"(\.[^"]+)"' if not path.endswith("css") else r'url\("?([^")]+)'
    named = re.findall(pattern, content.decode())
    return [normpath(join(dirname(path), name)) for name in named if not name.startswith("data:")]


def _map(port: int) -> Mapping[str, Any]:
    sent, content = _get(port, FULL_MAP)
    return {"address": FULL_MAP, "bytes": len(sent), "results": len(json.loads(content)["levels"])}


# ── Visitors ──


def _visited(port: int, paths: Sequence[str], *, rate: float, seconds: float) -> Report:
    visit = Visit(port=port, headers=HEADERS, paths=list(paths), rate=rate, seconds=seconds)
    done = subprocess.run(
        [sys.executable, "-m", "bench.visitors"],
        cwd=ROOT,
        input=json.dumps(asdict(visit)),
        capture_output=True,
        text=True,
        check=True,
    )
    visited = json.loads(done.stdout)
    times = visited["milliseconds"] or [float("inf")]
    percentiles = np.percentile(times, (50, 95, 99)).round().tolist()
    return {
        "rate": rate,
        "requests": round(rate * seconds),
        **dict(zip(("p50_ms", "p95_ms", "p99_ms"), percentiles, strict=True)),
        "errors": visited["errors"],
        "connections": visited["connections"],
        "load": round(os.getloadavg()[0], 1),
    }


def _is_held(run: Report) -> bool:
    return run["p95_ms"] <= HELD_P95_MS and not run["errors"]


def show(report: Report) -> None:
    """The report for people."""
    for name, value in report.items():
        if name != "runs":
            print(f"{name:<22} {value}")
    print("  a second  half, ms  95 of 100  99 of 100  errors  load")
    for run in report["runs"]:
        print(
            f"{run['rate']:>10}{run['p50_ms']:>10.0f}{run['p95_ms']:>11.0f}{run['p99_ms']:>11.0f}"
            f"{len(run['errors']):>8}{run['load']:>6}"
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
