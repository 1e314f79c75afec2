"""Imports in the words of the back office."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from hereabouts.activities.columns.headings import Column
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import is_confirmed
from hereabouts.intake.changes import names_of
from hereabouts.intake.matching.venues import Candidate, VenueIndex
from hereabouts.intake.models import ImportBatch, ImportRow
from hereabouts.intake.plans import PlannedRow
from hereabouts.intake.provenance import by_column
from hereabouts.places.models import Venue

Outcome, VenueChoice = ImportRow.Outcome, ImportRow.VenueChoice

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
Words = Mapping[ImportRow.Outcome, Any]

TOLD_APART_BY = (Column.VENUE, Column.TOWN, Column.DAY, Column.START)
# Saving 2,000 rows takes seconds; after this something has stopped it.
LONGEST_SHOWN = 500
LONGER_THAN_USUAL = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True, slots=True)
class VenueOption:
    """One answer to "which venue is it?"."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownRow:
    """A row of the preview."""

    pk: int
    number: int
    name: str
    when: str
    level: str
    fate: str
    is_problem: bool
    sentences: tuple[str, ...]
    venue_given: str
    venue_found: str
    options: tuple[VenueOption, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownDraft:
    """A draft that somebody may complete next."""

    pk: int
    name: str
    told_apart_by: str


def in_words(counts: Mapping[ImportRow.Outcome, int], words: Words) -> str:
    """The counts as one sentence: "3 will be published, 20 become drafts."."""
    told = [words[outcome] % {"count": counts[outcome]} for outcome in ORDER if counts.get(outcome)]
    return f"{', '.join(told)}." if told else ""


def counted(rows: Iterable[PlannedRow]) -> dict[ImportRow.Outcome, int]:
    """How many rows will have each outcome."""
    return dict(Counter(row.outcome for row in rows))


def is_problem(planned: PlannedRow) -> bool:
    """Is something wrong with the row, or missing?"""
    return bool(planned.reasons or planned.needs)


def is_to_look_at(planned: PlannedRow) -> bool:
    """Is there something in the row for a person to look at: a problem, a remark, a change?"""
    is_change = planned.outcome == Outcome.UPDATED
    return is_change or is_problem(planned) or bool(planned.remarks)


def shown_row(planned: PlannedRow, venues: VenueIndex, *, on: date) -> ShownRow:
    """A row of the preview as it is on that day, with the venues that may be meant."""
    given = planned.given
    is_claimed = planned.activity is None or is_confirmed(planned.activity, on=on)
    unconfirmed = () if is_claimed else (_unconfirmed(),)
    return ShownRow(
        pk=planned.row.pk,
        number=planned.row.number,
        name=_short(given.get(Column.NAME, "")) or _("No name"),
        when=_short(
            given.get(Column.TIMETABLE)
            or _joined(given.get(column, "") for column in (Column.DAY, Column.START))
        ),
        level=_level_in_words(planned) if is_claimed else _("Leader not confirmed"),
        fate=str(FATE[planned.outcome]),
        is_problem=is_problem(planned),
        sentences=(
            *_changed(planned.changed),
            *planned.reasons,
            *_needed(planned.needs),
            *planned.remarks,
            *unconfirmed,
        ),
        venue_given=_short(
            _joined(
                given.get(column, "") for column in (Column.VENUE, Column.TOWN, Column.POSTCODE)
            )
        ),
        venue_found=_found(planned),
        options=tuple(_options(planned, venues)),
    )


def shown_drafts(drafts: Iterable[Activity]) -> list[ShownDraft]:
    """Drafts as links: many have one name, so what the file says of where and when is with it."""
    told = [(draft, by_column(draft.imported_values)) for draft in drafts]
    return [
        ShownDraft(
            pk=draft.pk,
            name=draft.name,
            told_apart_by=_joined(given.get(column, "") for column in TOLD_APART_BY),
        )
        for draft, given in told
    ]


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


def _changed(columns: frozenset[Column]) -> list[str]:
    return [_("What changes: %(columns)s.") % {"columns": names_of(columns)}] if columns else []


def _needed(needs: Sequence[str]) -> list[str]:
    return [_("It needs: %(need)s") % {"need": need} for need in needs]


def _found(planned: PlannedRow) -> str:
    venue = planned.activity.venue if planned.activity else None
    if venue is None:
        return ""
    if venue._state.adding:
        where = venue.postcode or _("at its pin")
        return _("New venue: %(venue)s, %(where)s") % {"venue": venue, "where": where}
    return _address(venue)


def _level_in_words(planned: PlannedRow) -> str:
    """The level it will have; empty for none, and for what is left out."""
    if planned.activity is None or planned.activity.level == Level.NONE:
        return ""
    return str(Level(planned.activity.level).label)


def _unconfirmed() -> str:
    return _("It will show “Leader not confirmed” until one of us has seen the certificate.")


def _options(planned: PlannedRow, venues: VenueIndex) -> Iterable[VenueOption]:
    """No choice for what is not saved, or matches on its own."""
    if planned.activity is None or planned.outcome == Outcome.UNCHANGED:
        return
    row, found = planned.row, planned.activity.venue
    asked = row.venue_choice != VenueChoice.NOT_ASKED
    if found is not None and not found._state.adding and not asked:
        return
    known = row.chosen_venue
    candidates = _candidates(planned, venues)
    if not candidates and not planned.may_make_venue:
        return
    yield VenueOption(value="", label=_unasked(planned), is_chosen=not asked)
    for candidate in candidates:
        yield VenueOption(
            value=str(candidate.venue.pk),
            label=_("%(venue)s – %(likeness)s%% alike")
            % {"venue": _address(candidate.venue), "likeness": candidate.likeness},
            is_chosen=known == candidate.venue,
        )
    if planned.may_make_venue:
        yield VenueOption(
            value="new",
            label=_("A new venue made from this row"),
            is_chosen=row.venue_choice == VenueChoice.NEW,
        )
    yield VenueOption(
        value="later",
        label=_("Leave it for later"),
        is_chosen=asked and known is None and row.venue_choice != VenueChoice.NEW,
    )


def _unasked(planned: PlannedRow) -> str:
    """What happens if nobody chooses."""
    if planned.row.venue_choice == VenueChoice.NOT_ASKED and _found(planned):
        return _found(planned)
    return _("Not chosen")


def _candidates(planned: PlannedRow, venues: VenueIndex) -> list[Candidate]:
    """The likely venues; the chosen one is always among them."""
    given = planned.given
    found = venues.candidates(
        name=given.get(Column.VENUE) or given.get(Column.NAME, ""),
        town=given.get(Column.TOWN, ""),
        postcode=given.get(Column.POSTCODE, ""),
    )
    chosen = planned.row.chosen_venue
    if chosen is None or any(one.venue == chosen for one in found):
        return found
    return [*found, Candidate(venue=chosen, likeness=100)]


def _address(venue: Venue) -> str:
    return _joined((venue.name, venue.town, venue.postcode))


def _short(text: str) -> str:
    """Enough to know it by: a cell may hold a book."""
    return Truncator(text).chars(LONGEST_SHOWN)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)
