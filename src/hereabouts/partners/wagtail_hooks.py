"""Partners in the back office's menu, and the first step on a new installation."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from hereabouts.partners import queries
from hereabouts.partners.staff.viewsets import PartnersGroup


@hooks.register("register_admin_viewset")
def register_partners() -> PartnersGroup:
    """Register organisations, people, school terms and the partnership."""
    return PartnersGroup()


class FirstRunPanel(Component):
    """The dashboard panel that asks for the partnership, whose phone every page shows."""

    name = "first_run"
    order = 0
    template_name = "partners/staff/first_run_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"may_set_up": parent_context["user"].has_perm("partners.add_partnership")}


@hooks.register("construct_homepage_panels", order=100)
def lead_to_setting_up(request: HttpRequest, panels: list[Component]) -> None:
    """Show the panel until the partnership is set up."""
    if queries.partnership() is None:
        panels.append(FirstRunPanel())
