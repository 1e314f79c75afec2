"""What every test of signing in may rely on."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def codes_are_unused() -> Iterator[None]:
    """A code from the app counts once, and the cache remembers it from test to test."""
    cache.clear()
    yield
    cache.clear()
