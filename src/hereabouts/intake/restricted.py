"""What an import does for somebody who may not change activities by hand: drafts, nothing else."""

from dataclasses import replace

from django.utils.translation import gettext as _

from hereabouts.imports.changes import Outcome
from hereabouts.intake.changes import ActivityChange


def restricted(change: ActivityChange) -> ActivityChange:
    """The same change without what only somebody who may publish decides.

    What is new comes in as a draft, whose leader nobody has confirmed; what is here already stays
    as it is.
    """
    if change.outcome == Outcome.UPDATED:
        reason = _("It is here already, and you may not change it. Ask a moderator to import it.")
        return ActivityChange(outcome=Outcome.REJECTED, reasons=(reason,), cells=change.cells)
    if change.fields is None or change.outcome == Outcome.UNCHANGED:
        return change
    has_known_venue = change.venue is not None and change.venue.pk is not None
    remarks = [*change.remarks]
    if change.publishes:
        remarks.append(_("You may not publish, so it comes in as a draft."))
    if change.fields["leader_confirmed_on"]:
        remarks.append(
            _("You may not confirm leaders, so the day on which that was done is left out.")
        )
    if change.observations and has_known_venue:
        remarks.append(_("You may not change venues, so what was seen there is left out."))
    return replace(
        change,
        outcome=Outcome.DRAFT,
        remarks=tuple(remarks),
        fields={**change.fields, "leader_confirmed_on": None},
        observations=() if has_known_venue else change.observations,
        publishes=False,
    )
