"""Drafts in the back office's menu, and what waits on its dashboard."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from hereabouts.activities import queries as activities
from hereabouts.intake.importer import ACTIVITIES


class DraftsMenuItem(MenuItem):
    """The way to the queue of drafts."""

    def __init__(self, order: int = 1000) -> None:
        super().__init__(
            _("Drafts to complete"),
            reverse_lazy("drafts:list"),
            name="drafts",
            icon_name="edit",
            order=order,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("activities.change_activity")


class WhatsOnPanel(Component):
    """First thing in the morning: drafts that wait, and the ways in."""

    name = "whats_on"
    order = 10
    template_name = "intake/whats_on_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["user"]
        may_change = user.has_perm("activities.change_activity")
        return {
            "drafts": activities.drafts().count() if may_change else 0,
            "may_import": ACTIVITIES.may_import(user),
        }
