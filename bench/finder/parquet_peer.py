"""Run by the peers' own Python, which has pyarrow: a Parquet file of postcodes as a numpy file.

`python bench/finder/parquet_peer.py FROM.parquet TO.npy`
"""

import sys
from importlib import import_module

import numpy as np


def main() -> None:
    source, target = sys.argv[1:]
    table = import_module("pyarrow.parquet").read_table(source, columns=["postcode", "lat", "lon"])
    rows = np.empty(table.num_rows, [("code", "S7"), ("latitude", "f8"), ("longitude", "f8")])
    rows["code"] = [postcode.replace(" ", "") for postcode in table["postcode"].to_pylist()]
    rows["latitude"], rows["longitude"] = table["lat"].to_numpy(), table["lon"].to_numpy()
    np.save(target, rows[np.isfinite(rows["latitude"])])


if __name__ == "__main__":
    main()
