"""The OpenActive activity list: SKOS concepts as JSON-LD, from the web or from a file."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.utils.translation import gettext as _

from hereabouts.activities.kinds import ACTIVITY_LIST, FILTERABLE_BY_IDENTIFIER
from hereabouts.activities.models import Kind
from hereabouts.core.refusals import Refusal

PATIENCE_SECONDS = 30
# Twenty times what the list has today.
MOST_BYTES = 10_000_000
PIECE = 65_536
LONGEST_IDENTIFIER = Kind._meta.get_field("identifier").max_length or 0
LONGEST_NAME = Kind._meta.get_field("name").max_length or 0


class NotReadable(Refusal):
    """There is no activity list there, or it cannot be reached."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """One kind of activity, as the list has it; `broader` are identifiers."""

    identifier: str
    name: str
    other_names: tuple[str, ...] = ()
    broader: frozenset[str] = frozenset()


def read(source: str, *, patience_seconds: float = PATIENCE_SECONDS) -> list[Concept]:
    """The concepts at `source`, a web address or a file. Raises `NotReadable`."""
    if source.startswith(("http://", "https://")):
        content = _fetched(source, patience_seconds)
    else:
        content = _opened(source)
    return concepts_in(content, source=source)


def concepts_in(content: bytes, *, source: str) -> list[Concept]:
    """The concepts of a list. Raises `NotReadable` for anything else; `source` says whose it is."""
    try:
        listed = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotReadable(_("What is at %(source)s is not JSON.") % {"source": source}) from error
    try:
        concepts = [_concept(one) for one in listed["concept"]]
    except (KeyError, TypeError, ValueError) as error:
        raise NotReadable(_not_the_list(source)) from error
    if not any(concept.identifier in FILTERABLE_BY_IDENTIFIER for concept in concepts):
        raise NotReadable(_not_the_list(source))
    return concepts


def _not_the_list(source: str) -> str:
    return _("What is at %(source)s is not the OpenActive activity list.") % {"source": source}


def _concept(one: Mapping[str, Any]) -> Concept:
    """One concept. Raises `KeyError`, `TypeError` or `ValueError` for what is none."""
    identifier, name = one["id"], one["prefLabel"]
    if not isinstance(name, str) or not str(identifier).startswith(ACTIVITY_LIST):
        raise ValueError(f"{identifier} is not a concept of the list.")
    if len(identifier) > LONGEST_IDENTIFIER or not 0 < len(name) <= LONGEST_NAME:
        raise ValueError(f"{identifier} has too long a name, or none.")
    return Concept(
        identifier=identifier,
        name=name,
        other_names=tuple(_several(one.get("altLabel"))),
        broader=frozenset(_several(one.get("broader"))),
    )


def _several(value: object) -> list[str]:
    """JSON-LD writes one thing, or a list of things."""
    values: list[object] = value if isinstance(value, list) else [] if value is None else [value]
    texts = [one for one in values if isinstance(one, str)]
    if len(texts) < len(values):
        raise TypeError(f"{value!r} is not text.")
    return texts


def _opened(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise NotReadable(
            _("%(source)s cannot be read: %(reason)s.") % {"source": path, "reason": reason}
        ) from error


def _fetched(address: str, patience_seconds: float) -> bytes:
    """What a web server answers. Nobody waits longer than `patience_seconds` for all of it."""
    try:
        return _received(address, patience_seconds)
    except HTTPError as error:
        reason = _("it answers with the error %(code)d") % {"code": error.code}
        error.close()
    except TimeoutError:
        reason = _("it does not answer in time")
    except URLError as error:
        is_late = isinstance(error.reason, TimeoutError)
        reason = _("it does not answer in time") if is_late else _("nobody answers there")
    except (OSError, HTTPException, ValueError):
        reason = _("the connection broke off")
    raise NotReadable(
        _("%(source)s cannot be read: %(reason)s.") % {"source": address, "reason": reason}
    )


def _received(address: str, patience_seconds: float) -> bytes:
    """The bytes of the answer; what is too long is cut off, and then is not JSON."""
    until = time.monotonic() + patience_seconds
    request = Request(address, headers={"Accept": "application/ld+json, application/json"})
    content = bytearray()
    with urlopen(request, timeout=patience_seconds) as answer:
        while (piece := answer.read1(PIECE)) and len(content) <= MOST_BYTES:
            content += piece
            # Each piece has its own patience; a server that drips would never use it up.
            if time.monotonic() > until:
                raise TimeoutError
    return bytes(content)
