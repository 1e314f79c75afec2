"""What's on, in the back office's menu and addresses."""

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from hereabouts.activities.staff import urls
from hereabouts.activities.staff.viewsets import ActivitiesGroup
from hereabouts.audit import log_actions


@hooks.register("register_admin_viewset")
def register_activities() -> ActivitiesGroup:
    """Activities, venues, checks."""
    return ActivitiesGroup()


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    """What staff do to one activity with one press."""
    return [path("activities/moves/", include(urls))]


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """What happens to activities, in the words of the audit trail."""
    for name, label, message in (
        ("hereabouts.publish", _("Published"), _("Published")),
        ("hereabouts.retire", _("Taken down"), _("Taken down")),
        ("hereabouts.pause", _("Paused"), _("Paused")),
        ("hereabouts.resume", _("Pause ended"), _("Runs again")),
        ("hereabouts.check", _("Checked"), _("Said to be still running")),
        ("hereabouts.import", _("Imported"), _("Came in with an import")),
    ):
        log_actions.register(actions, name, label=label, message=message)
