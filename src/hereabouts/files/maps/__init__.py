"""Maps as tables: each pin is a row, and so looks like a spreadsheet to all that follows."""

from collections.abc import Callable, Mapping

from hereabouts.files.maps.geojson import read_geojson
from hereabouts.files.maps.kml import read_kml, read_kmz
from hereabouts.files.maps.pin_map import PinMap

READERS: Mapping[str, Callable[[bytes], PinMap]] = {
    ".kml": read_kml,
    ".kmz": read_kmz,
    ".geojson": read_geojson,
    ".json": read_geojson,
}

__all__ = ["READERS", "PinMap"]
