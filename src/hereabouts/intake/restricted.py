"""What an import does for somebody who may not change activities by hand: drafts, nothing else."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from hereabouts.intake.plans import Outcome, PlannedRow


def held_back(planned: PlannedRow) -> PlannedRow:
    """The same row without what only somebody who may publish decides.

    What is new comes in as a draft, whose leader nobody has confirmed; what is here already stays
    as it is.
    """
    if planned.outcome == Outcome.UPDATED:
        reason = _("It is here already, and you may not change it. Ask a moderator to import it.")
        return PlannedRow(
            row=planned.row, outcome=Outcome.REJECTED, reasons=(reason,), given=planned.given
        )
    if planned.activity is None or planned.outcome == Outcome.UNCHANGED:
        return planned
    remarks = (*planned.remarks, *_left_out_of(planned))
    planned.activity.leader_confirmed_on = None
    return replace(
        planned,
        outcome=Outcome.DRAFT,
        remarks=remarks,
        seen=() if _has_known_venue(planned) else planned.seen,
        publishes=False,
    )


def _left_out_of(planned: PlannedRow) -> Iterator[str]:
    if planned.publishes:
        yield _("You may not publish, so it comes in as a draft.")
    if planned.activity and planned.activity.leader_confirmed_on:
        yield _("You may not confirm leaders, so the day on which that was done is left out.")
    if planned.seen and _has_known_venue(planned):
        yield _("You may not change venues, so what was seen there is left out.")


def _has_known_venue(planned: PlannedRow) -> bool:
    venue = planned.activity.venue if planned.activity else None
    return venue is not None and not venue._state.adding
