"""Published boundaries that are too large say which to take instead."""

import gzip
from pathlib import Path

import pytest

from hereabouts.files.fetching import Limits
from hereabouts.files.unreadable import UnreadableFile
from hereabouts.places.sources import read_published


def test_a_file_is_read(tmp_path: Path) -> None:
    packed = tmp_path / "a.geojson.gz"
    packed.write_bytes(gzip.compress(b"{}"))

    assert read_published(str(packed)) == b"{}"


def test_what_unpacks_to_more_than_we_hold_says_what_to_take(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b" " * 1_000_000))

    with pytest.raises(UnreadableFile, match="more generalised"):
        read_published(str(bomb), limits=Limits(most_bytes=1000))
