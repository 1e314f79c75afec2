"""What every page knows of the partnership."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from hereabouts.partners import queries


def partnership(request: HttpRequest) -> dict[str, Any]:
    """`partnership` for templates; read only when a page uses it."""
    return {"partnership": SimpleLazyObject(queries.partnership)}
