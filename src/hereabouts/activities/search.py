"""The search that a person made."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from hereabouts.activities import finder
from hereabouts.activities.distances import straight_km
from hereabouts.activities.levels import Level
from hereabouts.places.postcodes import Located

PER_PAGE = 20
# On paper there is no next page to press.
PRINTED = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """What a person asked for."""

    near: Located
    within_miles: int
    levels: frozenset[Level]
    page: int = 1
    per_page: int = PER_PAGE

    def query(self, *, at: datetime) -> finder.Query:
        """The same as the finder's engine takes it."""
        return finder.Query(
            point=self.near.point,
            within_km=straight_km(self.within_miles),
            on=timezone.localdate(at),
            levels=self.levels,
            offset=(self.page - 1) * self.per_page,
            limit=self.per_page,
        )

    def parameters(self) -> str:
        """The query string that gives this search again."""
        chosen = [("level", level.value) for level in Level if level in self.levels]
        page = [("page", str(self.page))] if self.page > 1 else []
        near = [("near", self.near.postcode), ("within", str(self.within_miles))]
        return urlencode([*near, *chosen, *page])

    def address(self, name: str = "activities:find") -> str:
        """The address that gives this search again, to keep or to share."""
        return f"{reverse(name)}?{self.parameters()}"
