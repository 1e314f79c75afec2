"""Deciding is apart from writing: a preview cannot save, by type and in fact."""

from collections.abc import Iterator, Mapping
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import datetime

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from hereabouts.accounts.models import User
from hereabouts.imports import queries
from hereabouts.intake.changes import ActivityChange
from tests import make
from tests.intake.timetables import csv_of, decided, imported, matched, row

pytestmark = pytest.mark.django_db

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def everything_in(value: object) -> Iterator[object]:
    """The value and all that it holds, at any depth."""
    yield value
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from everything_in(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key in value:
            yield from everything_in(value[key])
    elif isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from everything_in(part)


@pytest.fixture
def changes(manager: User, now: datetime) -> list[ActivityChange]:
    """A new activity, a draft, one that changes, one that stays, one that is left out."""
    make.venue(name="Milbeck Hall")
    imported(csv_of([row(NAME="Known"), row(NAME="Same")]), by=manager, at=now)
    rows = [
        row(NAME="New", VENUE="Elsewhere Hall", TOWN="Bolsover", POSTCODE="S44 6JP"),
        row(NAME="Draft", START=""),
        row(NAME="Known", COST="£9", BREAKS="2026-12-21 to 2027-01-03", CONCESSIONS="Carers: free"),
        row(NAME="Same"),
        row(NAME=""),
    ]
    return decided(matched(csv_of(rows), by=manager, at=now))


def test_a_change_holds_values_and_no_record(changes: list[ActivityChange]) -> None:
    held = [part for change in changes for part in everything_in(change)]

    assert len({change.outcome for change in changes}) >= 4
    assert not any(isinstance(part, models.Model | models.QuerySet) for part in held)
    assert all(
        type(part).__dataclass_params__.frozen  # type: ignore[attr-defined]  # dataclasses have it
        for part in held
        if is_dataclass(part) and not isinstance(part, type)
    )


def test_a_change_cannot_be_changed(changes: list[ActivityChange]) -> None:
    with pytest.raises(FrozenInstanceError):
        changes[0].publishes = True  # type: ignore[misc]  # that is what is tested


def test_a_preview_writes_nothing(manager: User, now: datetime) -> None:
    batch = matched(csv_of([row(), row(NAME="Other", VENUE="New Hall")]), by=manager, at=now)

    with CaptureQueriesContext(
        connection,
    ) as captured:
        queries.preview(batch)

    assert captured.captured_queries
    assert not [
        query["sql"]
        for query in captured.captured_queries
        if query["sql"].lstrip().upper().startswith(WRITES)
    ]
