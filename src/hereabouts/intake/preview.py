"""What the preview says of a row of activities, and which venue it may mean."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from hereabouts.activities.columns.headings import Column
from hereabouts.activities.levels import Level
from hereabouts.activities.models import Activity
from hereabouts.activities.shown import is_confirmed
from hereabouts.imports.changes import Outcome, Row
from hereabouts.imports.importers import Option, PreviewLine, Question
from hereabouts.intake.changes import ActivityChange
from hereabouts.intake.known import VenueValues
from hereabouts.intake.matching.venue_resolver import LATER, NEW
from hereabouts.intake.matching.venues import Candidate
from hereabouts.intake.parsing import Known
from hereabouts.intake.rows import Cells

# Enough to know a row by: a cell may hold a book.
LONGEST_SHOWN = 500


def preview_line(row: Row, change: ActivityChange, known: Known, *, on: date) -> PreviewLine:
    """A row of the preview as it is on that day, with the venues that may be meant."""
    cells = change.cells
    is_claimed = _is_claimed(change, on=on)
    when = cells.get(Column.TIMETABLE) or _joined(cells, Column.DAY, Column.START)
    level = _level(change) if is_claimed else _("Leader not confirmed")
    options = tuple(_options(row, change, known))
    label = _("Which venue is it in row %(number)s?") % {"number": row.number}
    unconfirmed = _("It will show “Leader not confirmed” until one of us has seen the certificate.")
    return PreviewLine(
        title=_short(cells.get(Column.NAME, "")) or _("No name"),
        details=tuple(detail for detail in (_short(when), level) if detail),
        aside=_short(_joined(cells, Column.VENUE, Column.TOWN, Column.POSTCODE)),
        matched=_matched_venue(change),
        question=Question(label=label, options=options) if options else None,
        notes=() if is_claimed else (unconfirmed,),
    )


def _is_claimed(change: ActivityChange, *, on: date) -> bool:
    """Is its level claimed on that day? A red class counts only while its leader is confirmed."""
    fields = change.fields
    if fields is None:
        return True
    names = ("level", "leader_qualification", "leader_confirmed_on")
    return is_confirmed(Activity(**{name: fields[name] for name in names}), on=on)


def _level(change: ActivityChange) -> str:
    """The level it will have; empty for none, and for what is left out."""
    if change.fields is None or change.fields["level"] == Level.NONE:
        return ""
    return str(Level(change.fields["level"]).label)


def _matched_venue(change: ActivityChange) -> str:
    venue = change.venue
    if venue is None:
        return ""
    if venue.pk is None:
        where = venue.postcode or _("at its pin")
        return _("New venue: %(venue)s, %(where)s") % {"venue": venue, "where": where}
    return _address(venue)


def _options(row: Row, change: ActivityChange, known: Known) -> Iterator[Option]:
    """The venues to choose from; none for a row that is not saved or matches on its own."""
    if change.fields is None or change.outcome == Outcome.UNCHANGED:
        return
    was_asked = bool(row.choice)
    if change.venue is not None and change.venue.pk is not None and not was_asked:
        return
    chosen = known.venues.chosen(row.choice)
    candidates = _candidates(change.cells, chosen, known)
    if not candidates and not change.may_make_venue:
        return
    unasked = (not was_asked and _matched_venue(change)) or _("Not chosen")
    yield Option(value="", label=unasked, is_chosen=not was_asked)
    for candidate in candidates:
        yield Option(
            value=str(candidate.venue.pk),
            label=_("%(venue)s – %(likeness)s%% alike")
            % {"venue": _address(candidate.venue), "likeness": candidate.likeness},
            is_chosen=chosen == candidate.venue,
        )
    if change.may_make_venue:
        label = _("A new venue made from this row")
        yield Option(value=NEW, label=label, is_chosen=row.choice == NEW)
    is_later = was_asked and chosen is None and row.choice != NEW
    yield Option(value=LATER, label=_("Leave it for later"), is_chosen=is_later)


def _candidates(cells: Cells, chosen: VenueValues | None, known: Known) -> list[Candidate]:
    """The likely venues; the chosen one is always among them."""
    found = known.venues.index.candidates(
        name=cells.get(Column.VENUE) or cells.get(Column.NAME, ""),
        town=cells.get(Column.TOWN, ""),
        postcode=cells.get(Column.POSTCODE, ""),
    )
    if chosen is None or any(candidate.venue == chosen for candidate in found):
        return found
    return [*found, Candidate(venue=chosen, likeness=100)]


def _address(venue: VenueValues) -> str:
    return ", ".join(filter(None, (venue.name, venue.town, venue.postcode)))


def _joined(cells: Cells, *columns: Column) -> str:
    parts: Iterable[str] = (cells.get(column, "") for column in columns)
    return ", ".join(filter(None, parts))


def _short(text: str) -> str:
    return Truncator(text).chars(LONGEST_SHOWN)
