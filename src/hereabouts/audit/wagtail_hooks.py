"""Labels of the audit trail for what can happen to a row of any model."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from hereabouts.audit import log_actions


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Register adding, changing and removing."""
    log_actions.register(actions, "hereabouts.create", label=_("Added"))
    log_actions.register(actions, "hereabouts.edit", label=_("Changed"))
    log_actions.register(actions, "hereabouts.delete", label=_("Removed"))
