"""Which kinds of activity did they mean?"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from hereabouts.activities.kinds import FILTERABLE_BY_IDENTIFIER
from hereabouts.activities.models import Kind

# From this likeness on (0 to 100) a kind is offered instead of one that there is not.
LIKELY = 70


class KindIndex:
    """The keys of the kinds that there are, by name, other name, identifier or our short code."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._named: dict[str, int] = {}
        kinds = list(kinds)
        for kind in kinds:
            concept = FILTERABLE_BY_IDENTIFIER.get(kind.identifier)
            for name in (*kind.other_names, kind.identifier, *((concept.code,) if concept else ())):
                self._named[_plain(name)] = kind.pk
        # A kind's own name comes before another's second one.
        self._named |= {_plain(kind.name): kind.pk for kind in kinds}
        self._names = sorted(kind.name for kind in kinds)

    def find(self, names: Sequence[str]) -> tuple[int, ...] | str:
        """The keys of the kinds of these names; a sentence for the first name of none."""
        for name in names:
            if _plain(name) not in self._named:
                return self._no_such(name)
        return tuple(dict.fromkeys(self._named[_plain(name)] for name in names))

    def _no_such(self, name: str) -> str:
        likely = process.extract(
            name, self._names, scorer=fuzz.WRatio, limit=3, score_cutoff=LIKELY
        )
        if not likely:
            return _("There is no kind of activity called “%(name)s”.") % {"name": name}
        return _("There is no kind of activity called “%(name)s”. Did you mean: %(likely)s?") % {
            "name": name,
            "likely": "; ".join(found for found, _likeness, _index in likely),
        }


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
