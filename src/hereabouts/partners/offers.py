"""Things that an organisation offers."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Offered(Protocol):
    """Anything with a provider, so that whoever has a role there may act for it."""

    provider_id: int | None
