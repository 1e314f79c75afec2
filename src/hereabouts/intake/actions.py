"""Everything that changes an import, and the saving of its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hereabouts.accounts.models import User
from hereabouts.activities import actions as activities
from hereabouts.activities.columns.headings import Column, guess
from hereabouts.activities.columns.lists import Seen
from hereabouts.activities.models import Activity
from hereabouts.audit import trail
from hereabouts.core.refusals import Refusal
from hereabouts.files import spreadsheets
from hereabouts.intake import provenance, queries
from hereabouts.intake.changes import news_of
from hereabouts.intake.matching.pins import Meaning
from hereabouts.intake.models import ImportBatch, ImportRow
from hereabouts.intake.plans import PlannedRow
from hereabouts.partners import actions as partners
from hereabouts.places import actions as places
from hereabouts.places.models import Venue

State, Outcome = ImportBatch.State, ImportRow.Outcome


class NoColumnForName(Refusal):
    """No heading was matched with the activity's name."""


class ColumnMatchedTwice(Refusal):
    """Two headings were matched with one of our columns."""


class AlreadySaved(Refusal):
    """The rows of this import were saved, or are being saved."""


class SomebodyElses(Refusal):
    """Who may not publish may save only what they uploaded themselves."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChosenVenue:
    """What a person said about the venue of one row; `venue` only when they named a known one."""

    choice: ImportRow.VenueChoice
    venue: Venue | None = None


@transaction.atomic
def upload(*, file_name: str, content: bytes, by: User | None, at: datetime) -> ImportBatch:
    """Keep what is in a file, its columns and colours as matched the last time or else guessed.

    Raises `UnreadableFile`.
    """
    sheet = spreadsheets.read(
        file_name=file_name,
        content=content,
        is_heading=lambda cell: bool(guess([cell])),
        reserved=provenance.RESERVED,
    )
    before = queries.like_it_before(sheet.headings)
    batch = ImportBatch.objects.create(
        file_name=file_name[:255],
        headings=list(sheet.headings),
        columns=before.columns if before else guess(sheet.headings),
        shapes_left_out=sheet.shapes_left_out,
        uploaded_by=by,
        uploaded_at=at,
    )
    ImportRow.objects.bulk_create(
        (ImportRow(batch=batch, number=number, cells=cells) for number, cells in sheet.rows),
        batch_size=500,
    )
    guessed = {one.colour: one.guess.value for one in queries.pins_of(batch)}
    batch.colours = guessed | (before.colours if before else {})
    batch.save(update_fields=["colours"])
    trail.record(instance=batch, action="hereabouts.create", by=by)
    return batch


@transaction.atomic
def match_columns(
    *,
    batch: ImportBatch,
    columns: Mapping[str, Column],
    colours: Mapping[str, Meaning] | None = None,
) -> None:
    """Say which heading means which of our columns; the other headings are only kept to show.

    `colours` says what pins of each colour mean; where it is left out that stays as it is. Raises
    `NoColumnForName`, `ColumnMatchedTwice`, `AlreadySaved`.
    """
    _refuse_saved(batch)
    if Column.NAME not in columns.values():
        raise NoColumnForName(_("Choose the heading under which the activities' names are."))
    if len(set(columns.values())) < len(columns):
        raise ColumnMatchedTwice(_("Two headings are matched with the same thing. Choose one."))
    batch.columns = {heading: column.value for heading, column in columns.items()}
    if colours is not None:
        batch.colours = {colour: meaning.value for colour, meaning in colours.items()}
    batch.state = State.MATCHED
    batch.save(update_fields=["columns", "colours", "state"])


@transaction.atomic
def choose_venues(*, batch: ImportBatch, choices: Mapping[int, ChosenVenue]) -> None:
    """Keep what a person said about the venues of rows, by the row's key. Raises `AlreadySaved`."""
    _refuse_saved(batch)
    rows = list(batch.rows.filter(pk__in=choices))
    for row in rows:
        row.venue_choice = choices[row.pk].choice
        row.chosen_venue = choices[row.pk].venue
    ImportRow.objects.bulk_update(rows, ["venue_choice", "chosen_venue"], batch_size=200)


@transaction.atomic
def start(*, batch: ImportBatch, at: datetime) -> None:
    """Note that saving begins. Safe to say again: what was stopped half-way wrote nothing.

    Raises `AlreadySaved`, and `NoColumnForName` for an import whose columns nobody matched.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state == State.DONE:
        raise AlreadySaved(_("This import is saved. Upload the file again to import it anew."))
    if locked.state == State.UPLOADED:
        raise NoColumnForName(_("Match the columns first."))
    batch.state, batch.started_at, batch.failure = State.RUNNING, at, ""
    batch.save(update_fields=["state", "started_at", "failure"])


@transaction.atomic
def save_rows(*, batch: ImportBatch, by: User | None, at: datetime) -> None:
    """Save every good row, or, if anything goes wrong, none.

    Does nothing for an import that is saved already. Raises `SomebodyElses`.
    """
    if by is not None and not queries.open_to(by).filter(pk=batch.pk).exists():
        raise SomebodyElses(_("Somebody else uploaded this file. Ask them to save it."))
    # All that are being saved are locked, not only this one: two imports of one file must not
    # both find that its activities are new.
    running = ImportBatch.objects.select_for_update().filter(state=State.RUNNING)
    if batch.pk not in {one.pk for one in running.order_by("pk")}:
        return
    planned_rows = queries.plan(batch).rows
    with activities.entries_written_at_the_end(at=at):
        for planned in planned_rows:
            if planned.outcome not in {Outcome.REJECTED, Outcome.UNCHANGED}:
                _save_row(planned, by=by, at=at)
            planned.row.outcome = planned.outcome
            planned.row.reasons = list(planned.reasons)
            planned.row.activity = planned.activity
    ImportRow.objects.bulk_update(
        [planned.row for planned in planned_rows],
        ["outcome", "reasons", "activity"],
        batch_size=200,
    )
    batch.state, batch.finished_at = State.DONE, at
    batch.save(update_fields=["state", "finished_at"])
    trail.record(instance=batch, action="hereabouts.import", by=by)


@transaction.atomic
def stop(*, batch: ImportBatch, failure: str, at: datetime) -> None:
    """Note that saving stopped with nothing saved, and why, in a sentence.

    Says nothing of an import that another worker has saved meanwhile.
    """
    # One statement that compares and writes: of two workers, one comes second.
    running = ImportBatch.objects.filter(pk=batch.pk, state=State.RUNNING)
    running.update(state=State.FAILED, failure=failure, finished_at=at)
    batch.refresh_from_db()


def _refuse_saved(batch: ImportBatch) -> None:
    # As it is now, whatever the page was built from; and until we have written nobody saves it.
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state in {State.RUNNING, State.DONE}:
        raise AlreadySaved(
            _("The rows are being saved or are saved. Upload the file again to change something.")
        )


def _save_row(planned: PlannedRow, *, by: User | None, at: datetime) -> None:
    """Save an activity, and first the venue and organisation that are new with it."""
    activity = planned.activity
    assert activity is not None
    if activity.venue is not None and activity.venue._state.adding:
        activity.venue = places.save_venue(venue=activity.venue, facts={}, by=by, at=at)
    if activity.provider is not None and activity.provider._state.adding:
        activity.provider = partners.save_organisation(organisation=activity.provider, by=by, at=at)
    # Its key on the object too, now that there is one.
    activity.venue, activity.provider = activity.venue, activity.provider
    was_known = not activity._state.adding
    if planned.publishes:
        # In one go: to save and then to publish takes twice as long, and nobody else can write
        # meanwhile. `save_activity` refuses what is not complete.
        activity.state = Activity.State.PUBLISHED
    activities.save_activity(
        activity=activity,
        schedules=planned.schedules,
        kinds=planned.kinds,
        breaks=planned.breaks,
        concessions=planned.concessions,
        by=by,
        at=at,
        action="hereabouts.import",
    )
    if planned.publishes:
        trail.record(instance=activity, action="hereabouts.publish", by=by)
    if activity.venue is not None:
        _note_access(activity.venue, planned.seen, by=by)
    if was_known:
        # What no form shows is no change to `save_activity`; the next import compares with it.
        Activity.objects.filter(pk=activity.pk).update(
            imported_values=activity.imported_values, import_key=activity.import_key
        )


def _note_access(venue: Venue, seen: Sequence[Seen], *, by: User | None) -> None:
    """Note what somebody saw at the venue, where nobody has looked since."""
    if not seen:
        return
    # Anew: another row of the file may have said something of it before.
    venue = Venue.objects.get(pk=venue.pk)
    news = news_of(venue, seen)
    for day in sorted({one.checked_on for one in news}):
        facts = {one.fact: one.is_there for one in news if one.checked_on == day}
        activities.save_venue(venue=venue, facts=facts, by=by, at=_noon(day))


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
