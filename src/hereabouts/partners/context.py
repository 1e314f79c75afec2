"""Context processor for the partnership, which every page shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hereabouts.partners import queries


def partnership(request: HttpRequest) -> dict[str, Any]:
    """`partnership` for templates, queried lazily: only when a page uses it."""
    return {"partnership": SimpleLazyObject(queries.partnership)}
