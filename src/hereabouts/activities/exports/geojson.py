"""Exports as GeoJSON (RFC 7946): longitude before latitude, in degrees of WGS84."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from hereabouts.activities.columns import table
from hereabouts.activities.columns.headings import Column
from hereabouts.activities.exports.metadata import PAGE, SOURCE, Export
from hereabouts.activities.models import Activity
from hereabouts.files.maps.pin_map import EXPORT_ID

# The geometry has these.
IN_GEOMETRY = frozenset({Column.LATITUDE, Column.LONGITUDE})


def as_geojson(activities: Iterable[Activity], export: Export) -> Iterator[bytes]:
    """A feature collection, feature by feature. All properties are text, named in lower case."""
    yield f'{{"type": "FeatureCollection", "id": "{EXPORT_ID}", "{SOURCE.lower()}": '.encode()
    yield f'{_json(export.source())}, "features": ['.encode()
    for index, activity in enumerate(activities):
        yield f"{',' if index else ''}\n{_json(_feature(activity, export))}".encode()
    yield b"\n]}\n"


def _feature(activity: Activity, export: Export) -> dict[str, Any]:
    cells = table.write(activity)
    properties = {
        column.value.lower(): text
        for column, text in cells.items()
        if text and column not in IN_GEOMETRY
    }
    return {
        "type": "Feature",
        "id": str(activity.public_id),
        "geometry": {
            "type": "Point",
            "coordinates": [float(cells[Column.LONGITUDE]), float(cells[Column.LATITUDE])],
        },
        "properties": {
            **properties,
            "shown_as": export.shown_as(activity),
            PAGE.lower(): export.page_of(activity),
        },
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
