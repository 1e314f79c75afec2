"""The kinds of activity: those that are always there, and the rest of the published list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hereabouts.activities.activity_list import Concept
from hereabouts.activities.kinds import (
    ACTIVITY_LIST,
    FILTERABLE,
    FILTERABLE_BY_CODE,
    FILTERABLE_BY_IDENTIFIER,
)
from hereabouts.activities.models import Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadedKinds:
    """How many kinds a list added, changed and took away."""

    added: int
    changed: int
    removed: int


@transaction.atomic
def ensure_filterable_kinds() -> None:
    """Create the filterable concepts that are missing; a name that the list changed stays."""
    known = set(Kind.objects.values_list("identifier", flat=True))
    new = [concept for concept in FILTERABLE if ACTIVITY_LIST + concept.identifier not in known]
    if not new:
        return
    Kind.objects.bulk_create(
        (Kind(identifier=ACTIVITY_LIST + concept.identifier, name=concept.name) for concept in new),
        ignore_conflicts=True,
    )
    _link(
        {
            ACTIVITY_LIST + concept.identifier: {
                ACTIVITY_LIST + FILTERABLE_BY_CODE[code].identifier for code in concept.broader
            }
            for concept in new
        }
    )


@transaction.atomic
def load_kinds(*, concepts: Collection[Concept], at: datetime) -> LoadedKinds:
    """Let the kinds be those of a list, with its names and what is broader than what.

    What left the list goes, unless an activity is of that kind or people can filter by it.
    The finder's entries follow with `refresh_entries`.
    """
    was = _as_concepts()
    listed = {concept.identifier: concept for concept in concepts}
    changed = {key for key in listed.keys() & was.keys() if listed[key] != was[key]}
    Kind.objects.bulk_create(
        (_kind(concept) for key, concept in listed.items() if key in changed or key not in was),
        update_conflicts=True,
        unique_fields=["identifier"],
        update_fields=["name", "other_names"],
    )
    touched = changed | (listed.keys() - was.keys())
    Kind.broader.through.objects.filter(from_kind__identifier__in=touched).delete()
    _link({key: listed[key].broader for key in touched})
    gone = was.keys() - listed.keys() - FILTERABLE_BY_IDENTIFIER.keys()
    unused = Kind.objects.filter(identifier__in=gone, activities=None)
    removed = unused.count()
    unused.delete()
    return LoadedKinds(added=len(listed.keys() - was.keys()), changed=len(changed), removed=removed)


def _as_concepts() -> dict[str, Concept]:
    """What is there, in the form of the list."""
    kinds = Kind.objects.prefetch_related("broader")
    return {
        kind.identifier: Concept(
            identifier=kind.identifier,
            name=kind.name,
            other_names=tuple(kind.other_names),
            broader=frozenset(broader.identifier for broader in kind.broader.all()),
        )
        for kind in kinds
    }


def _kind(concept: Concept) -> Kind:
    return Kind(
        identifier=concept.identifier, name=concept.name, other_names=list(concept.other_names)
    )


def _link(broader: Mapping[str, Collection[str]]) -> None:
    """Say of each identifier which ones are broader; one that is not there is left out."""
    keys = dict(Kind.objects.values_list("identifier", "pk"))
    links = Kind.broader.through
    links.objects.bulk_create(
        (
            links(from_kind_id=keys[narrow], to_kind_id=keys[broad])
            for narrow, several in broader.items()
            for broad in sorted(several)
            if broad in keys and broad != narrow
        ),
        ignore_conflicts=True,
    )
