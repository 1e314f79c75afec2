"""Labels of the audit trail for actions on users."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from hereabouts.audit import log_actions


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Register signing in, second steps and roles."""
    for name, label, message in (
        ("hereabouts.invite_again", _("Invited again"), _("Invited again")),
        ("hereabouts.sign_in", _("Signed in"), _("Signed in")),
        ("hereabouts.second_step_on", _("Second step set up"), _("Set up the second step")),
        ("hereabouts.second_step_off", _("Second step removed"), _("Second step removed")),
        ("hereabouts.recovery_codes", _("New recovery codes"), _("Made new recovery codes")),
        ("hereabouts.roles", _("Roles given"), _("Roles given")),
    ):
        log_actions.register(actions, name, label=label, message=message)
