"""What's on, in the back office's menu, addresses and dashboard."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.admin.ui.components import Component

from hereabouts.activities import staff_urls
from hereabouts.activities.backoffice import ActivitiesGroup, WhatsOnPanel
from hereabouts.activities.drafts import urls as drafts_urls
from hereabouts.activities.imports.backoffice import ADMIN_URLS


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
