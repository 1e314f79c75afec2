"""The OpenActive activity list: SKOS concepts as JSON-LD, from the web or from a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hereabouts.activities.kinds import ACTIVITY_LIST, FILTERABLE_BY_IDENTIFIER
from hereabouts.activities.models import Kind
from hereabouts.files.fetching import Limits, read_source
from hereabouts.files.unreadable import UnreadableFile

# Twenty times what the list has today.
LIMITS = Limits(most_bytes=10_000_000, silence_seconds=30, longest_seconds=30)
LONGEST_IDENTIFIER = Kind._meta.get_field("identifier").max_length or 0
LONGEST_NAME = Kind._meta.get_field("name").max_length or 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """One kind of activity, as the list has it; `broader` are identifiers."""

    identifier: str
    name: str
    other_names: tuple[str, ...] = ()
    broader: frozenset[str] = frozenset()


def read(source: str, *, limits: Limits = LIMITS) -> list[Concept]:
    """The concepts at `source`, a URL or a path. Raises `UnreadableFile`."""
    accept = "application/ld+json, application/json"
    return concepts_in(read_source(source, limits=limits, accept=accept), source=source)


def concepts_in(content: bytes, *, source: str) -> list[Concept]:
    """The concepts of a list. `source` is what a message calls it. Raises `UnreadableFile`."""
    try:
        listed = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(
            _("What is at %(source)s is not JSON.") % {"source": source}
        ) from error
    try:
        concepts = [_concept(member) for member in listed["concept"]]
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableFile(_not_the_list(source)) from error
    if not any(concept.identifier in FILTERABLE_BY_IDENTIFIER for concept in concepts):
        raise UnreadableFile(_not_the_list(source))
    return concepts


def _not_the_list(source: str) -> str:
    return _("What is at %(source)s is not the OpenActive activity list.") % {"source": source}


def _concept(member: Mapping[str, Any]) -> Concept:
    """A member of the list as a concept. Raises `KeyError`, `TypeError` or `ValueError`."""
    identifier, name = member["id"], member["prefLabel"]
    if not isinstance(name, str) or not str(identifier).startswith(ACTIVITY_LIST):
        raise ValueError(f"{identifier} is not a concept of the list.")
    if len(identifier) > LONGEST_IDENTIFIER or not 0 < len(name) <= LONGEST_NAME:
        raise ValueError(f"{identifier} has too long a name, or none.")
    return Concept(
        identifier=identifier,
        name=name,
        other_names=tuple(_several(member.get("altLabel"))),
        broader=frozenset(_several(member.get("broader"))),
    )


def _several(value: object) -> list[str]:
    """JSON-LD writes a single value bare, several as a list: "Yoga" and ["Yoga"] are the same."""
    values: list[object] = value if isinstance(value, list) else [] if value is None else [value]
    texts = [text for text in values if isinstance(text, str)]
    if len(texts) < len(values):
        raise TypeError(f"{value!r} is not text.")
    return texts
