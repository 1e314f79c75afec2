"""What the tests of an import may ask for."""

from datetime import datetime

import pytest
from django.test import Client

from hereabouts.accounts.models import User
from hereabouts.imports.models import ImportBatch
from tests.intake.timetables import csv_of, matched, row


@pytest.fixture
def batch(manager: User, now: datetime) -> ImportBatch:
    """An import that waits to be saved: one complete row, one draft, one with a mistake."""
    content = csv_of([row(), row(NAME="Draft", START="", END=""), row(NAME="Wrong", DAY="Funday")])
    return matched(content, by=manager, at=now)


@pytest.fixture
def signed_in(client: Client, manager: User) -> Client:
    client.force_login(manager)
    return client
