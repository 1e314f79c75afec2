"""What every test may ask for."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from tests import make
from tests.clients import SignedInClient

# Playwright runs an event loop beside Django's synchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def client() -> SignedInClient:
    """Django's test client; `force_login` signs in with both factors."""
    return SignedInClient()


@pytest.fixture
def now() -> datetime:
    """A Monday morning in November."""
    return make.MONDAY


@pytest.fixture
def on_a_monday() -> Iterator[None]:
    """The clock stands on that morning."""
    with time_machine.travel(make.MONDAY, tick=False):
        yield


@pytest.fixture(scope="session")
def open_data() -> Path:
    """The folder of real open data; a test that needs it is skipped, saying so, without it."""
    folder: Path = settings.HEREABOUTS_OPEN_DATA
    if not folder.is_dir():
        pytest.skip(f"no open data at HEREABOUTS_OPEN_DATA ({folder.name})")
    return folder


@pytest.fixture(autouse=True)
def tasks_must_not_fail() -> Iterator[None]:
    """The immediate backend swallows exceptions: a failed task fails the test all the same."""
    failed: list[str] = []

    def note(sender: object, task_result: object, **kwargs: object) -> None:
        if getattr(task_result, "status", None) == TaskResultStatus.FAILED:
            failed.append(str(getattr(task_result, "errors", "")))

    task_finished.connect(note)
    yield
    task_finished.disconnect(note)
    assert not failed, failed


@pytest.fixture
def manager(db: None) -> User:
    """A manager with two factors, as the back office wants them."""
    return make.staff(role=Role.MANAGER)


@pytest.fixture
def moderator(db: None) -> User:
    """A moderator with two factors."""
    return make.staff(role=Role.MODERATOR)


@pytest.fixture
def analyst(db: None) -> User:
    """An analyst with two factors: may look and bring in drafts, may not change."""
    return make.staff(role=Role.ANALYST)
