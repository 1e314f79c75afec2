"""Imports in the words of the back office."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from hereabouts.imports.importers import Importer, PreviewLine
from hereabouts.imports.models import ImportBatch, ImportRow
from hereabouts.imports.queries import Decision, Preview

Outcome = ImportRow.Outcome

ORDER = (
    Outcome.PUBLISHED, Outcome.DRAFT, Outcome.UPDATED, Outcome.REJECTED, Outcome.UNCHANGED,
    Outcome.WAITING,
)  # fmt: skip
WILL_BE = {
    Outcome.PUBLISHED: ngettext_lazy(
        "%(count)d will be published", "%(count)d will be published", "count"
    ),
    Outcome.DRAFT: ngettext_lazy("%(count)d becomes a draft", "%(count)d become drafts", "count"),
    Outcome.UPDATED: ngettext_lazy(
        "%(count)d will be changed", "%(count)d will be changed", "count"
    ),
    Outcome.REJECTED: ngettext_lazy("%(count)d is left out", "%(count)d are left out", "count"),
    Outcome.UNCHANGED: ngettext_lazy(
        "%(count)d has nothing new", "%(count)d have nothing new", "count"
    ),
    Outcome.WAITING: ngettext_lazy("%(count)d waits", "%(count)d wait", "count"),
}
WAS = {
    **WILL_BE,
    Outcome.PUBLISHED: ngettext_lazy(
        "%(count)d was published", "%(count)d were published", "count"
    ),
    Outcome.DRAFT: ngettext_lazy("%(count)d became a draft", "%(count)d became drafts", "count"),
    Outcome.UPDATED: ngettext_lazy("%(count)d was changed", "%(count)d were changed", "count"),
    Outcome.REJECTED: ngettext_lazy("%(count)d was left out", "%(count)d were left out", "count"),
    Outcome.UNCHANGED: ngettext_lazy(
        "%(count)d had nothing new", "%(count)d had nothing new", "count"
    ),
}
FATE = {
    Outcome.PUBLISHED: gettext_lazy("Will be published"),
    Outcome.DRAFT: gettext_lazy("Becomes a draft"),
    Outcome.UPDATED: gettext_lazy("Will be changed"),
    Outcome.UNCHANGED: gettext_lazy("Nothing new"),
    Outcome.REJECTED: gettext_lazy("Left out"),
}
# Plurals that wait for their count and language: Django has no public type for them.
Plurals = Mapping[ImportRow.Outcome, Any]

# Saving 2,000 rows takes seconds; after this something has stopped it.
LONGER_THAN_USUAL = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRow:
    """A row of the preview: the importer's line, and what becomes of it in words."""

    key: int
    number: int
    line: PreviewLine
    fate: str
    is_problem: bool
    sentences: tuple[str, ...]


def counts_in_words(counts: Mapping[ImportRow.Outcome, int], plurals: Plurals) -> str:
    """The counts as one sentence: "3 will be published, 20 become drafts."."""
    clauses = [
        plurals[outcome] % {"count": counts[outcome]} for outcome in ORDER if counts.get(outcome)
    ]
    return f"{', '.join(clauses)}." if clauses else ""


def count_outcomes(decisions: Iterable[Decision]) -> dict[ImportRow.Outcome, int]:
    """How many rows will have each outcome."""
    return dict(Counter(decision.change.outcome for decision in decisions))


def shown_row(
    decision: Decision, preview: Preview, importer: Importer[Any, Any], *, on: date
) -> ShownRow:
    """A row of the preview as it is on that day, with what can be chosen for it."""
    change = decision.change
    line = importer.preview(decision.row, change, preview.known, on=on)
    return ShownRow(
        key=decision.key,
        number=decision.row.number,
        line=line,
        fate=str(FATE[change.outcome]),
        is_problem=change.is_problem,
        sentences=(
            *_change_sentences(change.changed, importer),
            *change.reasons,
            *(_("It needs: %(need)s") % {"need": need} for need in change.needs),
            *change.remarks,
            *line.notes,
        ),
    )


def takes_long(batch: ImportBatch, *, at: datetime) -> bool:
    """Has saving gone on for longer than it ever takes, so that it must have been stopped?"""
    return (
        batch.state == ImportBatch.State.RUNNING
        and batch.started_at is not None
        and at - batch.started_at > LONGER_THAN_USUAL
    )


def samples(batch: ImportBatch, rows: Iterable[ImportRow], count: int = 3) -> dict[str, list[str]]:
    """The first `count` different values below each heading."""
    below = zip(*(row.cells[: len(batch.headings)] for row in rows), strict=True)
    return {
        heading: [value for value in dict.fromkeys(values) if value][:count]
        for heading, values in zip(batch.headings, below, strict=True)
    }


def _change_sentences(columns: frozenset[str], importer: Importer[Any, Any]) -> list[str]:
    if not columns:
        return []
    labels = ", ".join(f"“{column.label}”" for column in importer.columns if column in columns)
    return [_("What changes: %(columns)s.") % {"columns": labels}]
