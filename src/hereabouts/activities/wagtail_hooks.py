"""What's on, in the back office's menu, addresses and dashboard."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry

from hereabouts.activities import staff_urls
from hereabouts.activities.backoffice import ActivitiesGroup, WhatsOnPanel
from hereabouts.activities.drafts import urls as drafts_urls
from hereabouts.activities.imports.backoffice import ADMIN_URLS
from hereabouts.audit import log_actions


@hooks.register("register_admin_viewset")
def register_activities() -> ActivitiesGroup:
    """Activities, venues, imports."""
    return ActivitiesGroup()


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLResolver]:
    """Drafts, one-press moves, and the pages of an import."""
    return [
        path("activities/drafts/", include(drafts_urls)),
        path("activities/moves/", include(staff_urls)),
        *ADMIN_URLS,
    ]


@hooks.register("construct_homepage_panels", order=200)
def show_whats_on(request: HttpRequest, panels: list[Component]) -> None:
    """What waits, and the ways in, for whoever may look."""
    if request.user.has_perm("activities.view_activity"):
        panels.append(WhatsOnPanel())


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
