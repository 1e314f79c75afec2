"""GeoJSON (RFC 7946): every feature with one point is a pin."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from hereabouts.files.degrees import write_degrees
from hereabouts.files.maps import pin_map
from hereabouts.files.maps.pin_map import Pin, PinMap
from hereabouts.files.maps.plain import without_tags
from hereabouts.files.unreadable import UnreadableFile

# Names of the one coordinate system that the standard knows, in files older than it.
WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")


def read_geojson(content: bytes) -> PinMap:
    """The map in a GeoJSON file. Raises `UnreadableFile`."""
    root = _parsed(content)
    features = root.get("features") if root.get("type") == "FeatureCollection" else [root]
    if not isinstance(features, list) or root.get("type") not in {"FeatureCollection", "Feature"}:
        raise UnreadableFile(_("The file is JSON but no map. Export it as GeoJSON, or as csv."))
    _refuse_other_grids(root)
    plain = str.strip if root.get("id") == pin_map.EXPORT_ID else without_tags
    pins = [pin for feature in features if (pin := _pin(feature, plain)) is not None]
    if not pins:
        raise UnreadableFile(_("There is no pin on the map. Choose the file with your pins in it."))
    return PinMap(pins=pins, shapes_left_out=len(features) - len(pins))


def _parsed(content: bytes) -> Mapping[str, Any]:
    try:
        root = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            _("The letters of the file cannot be read. Export it as UTF-8.")
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableFile(
            _("The map file is broken at line %(line)s. Export it again from your map.")
            % {"line": error.lineno}
        ) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableFile(_("The map file is broken. Export it again from your map.")) from error
    return root if isinstance(root, dict) else {}


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON's.")


def _refuse_other_grids(root: Mapping[str, Any]) -> None:
    crs = root.get("crs")
    if crs and not any(name in json.dumps(crs) for name in WGS84):
        raise UnreadableFile(
            _("The map counts in another grid than degrees. Export it in WGS84 (EPSG:4326).")
        )


def _pin(feature: Any, plain: Callable[[str], str]) -> Pin | None:
    """A feature as a pin; None for a line, an area, and what is no feature."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    pin = Pin()
    properties = feature.get("properties")
    for heading, value in properties.items() if isinstance(properties, dict) else ():
        if heading.strip() and (text := plain(_text(value))):
            pin.fields[" ".join(heading.split())] = text
    coordinates = geometry.get("coordinates")
    degrees = coordinates if isinstance(coordinates, list) and len(coordinates) > 1 else ["?", "?"]
    longitude, latitude = degrees[:2]
    pin.fields[pin_map.LATITUDE] = _degrees(latitude)
    pin.fields[pin_map.LONGITUDE] = _degrees(longitude)
    return pin


def _degrees(value: Any) -> str:
    return write_degrees(value) if isinstance(value, float) else _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(member, str | int | float) for member in value):
        return "; ".join(_text(member) for member in value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
