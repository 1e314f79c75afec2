"""Everything that changes the partnership, its organisations, and people in their positions."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hereabouts.accounts.models import User
from hereabouts.audit import edits, trail
from hereabouts.core.refusals import Refusal
from hereabouts.partners import queries
from hereabouts.partners.models import (
    Organisation,
    Partnership,
    Person,
    Position,
    Term,
    TermCalendar,
)


class OrganisationInUse(Refusal):
    """It runs something, or somebody has a position there."""


@transaction.atomic
def save_partnership(*, partnership: Partnership, by: User | None, at: datetime) -> Partnership:
    """Save who runs this installation, for the first time or changed. Raises `EditedMeanwhile`."""
    # A check constraint allows this key only.
    partnership.pk = 1
    edits.save(instance=partnership, by=by)
    return partnership


@transaction.atomic
def save_organisation(*, organisation: Organisation, by: User | None, at: datetime) -> Organisation:
    """Save a new or changed organisation. Raises `EditedMeanwhile`."""
    edits.save(instance=organisation, by=by)
    return organisation


@transaction.atomic
def remove_organisation(*, organisation: Organisation, by: User | None, at: datetime) -> None:
    """Remove an organisation that runs nothing and where nobody has, or had, a position.

    Raises `OrganisationInUse`.
    """
    if organisation.positions.exists():
        raise OrganisationInUse(
            _("%(organisation)s stays: somebody has, or had, a role there. Remove that first.")
            % {"organisation": organisation}
        )
    trail.record(instance=organisation, action="hereabouts.delete", by=by)
    try:
        organisation.delete()
    except models.ProtectedError as error:
        raise OrganisationInUse(_runs(organisation, len(error.protected_objects))) from error


def _runs(organisation: Organisation, count: int) -> str:
    return ngettext(
        "%(organisation)s stays: it runs %(count)d activity. Give it to somebody else first.",
        "%(organisation)s stays: it runs %(count)d activities. Give them to somebody else first.",
        count,
    ) % {"organisation": organisation, "count": count}


@transaction.atomic
def save_person(
    *, person: Person, positions: Sequence[Position], by: User | None, at: datetime
) -> Person:
    """Save a new or changed person, who has exactly these positions: past, current and to come.

    `positions` may hold saved and new ones; saved ones that it leaves out are deleted.
    Raises `EditedMeanwhile`.
    """
    saved = (
        list(person.positions.select_related("organisation").order_by("pk")) if person.pk else []
    )
    was, now = queries.positions_in_words(saved), queries.positions_in_words(positions)
    # The trail shows the key as the label: "Roles", as on the page of the person.
    edits.save(instance=person, by=by, also={"roles": (was, now)} if was != now else {})
    kept = {position.pk for position in positions if position.pk}
    person.positions.exclude(pk__in=kept).delete()
    for position in positions:
        position.person = person
        position.save()
    return person


@transaction.atomic
def remove_person(*, person: Person, by: User | None, at: datetime) -> None:
    """Remove a person and all their positions. Whoever they signed in as can still sign in."""
    trail.record(instance=person, action="hereabouts.delete", by=by)
    person.delete()


@transaction.atomic
def save_term(*, term: Term, by: User | None, at: datetime) -> Term:
    """Save a new or changed school term; when nothing changed, nothing is written.

    What runs in term time only follows within the hour: `manage.py hourly` sees to it.
    """
    is_new = term._state.adding
    changes = trail.changes_since_saved(term)
    if is_new or changes:
        term.save()
        action = "hereabouts.create" if is_new else "hereabouts.edit"
        trail.record(instance=term, action=action, by=by, changes=changes)
        _note_changed_terms(at=at)
    return term


@transaction.atomic
def remove_term(*, term: Term, by: User | None, at: datetime) -> None:
    """Remove a school term. What runs in term time only follows within the hour."""
    trail.record(instance=term, action="hereabouts.delete", by=by)
    term.delete()
    _note_changed_terms(at=at)


def _note_changed_terms(*, at: datetime) -> None:
    calendar, is_new = TermCalendar.objects.get_or_create(pk=1, defaults={"changed_at": at})
    if not is_new:
        # One statement that compares and writes: of two who save together the later time stays.
        TermCalendar.objects.filter(pk=calendar.pk, changed_at__lt=at).update(changed_at=at)
