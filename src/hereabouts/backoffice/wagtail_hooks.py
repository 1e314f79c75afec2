"""The back office as a whole: its stylesheet, its menu, and the entry of the audit trail."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

# Menu entries of Wagtail for features that we do not use: its manual, reports about pages.
NOT_USED = frozenset(
    {"help", "locked-pages", "workflows", "workflow-tasks", "site-history", "aging-pages"}
    | {"page-types-usage"}
)


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    """The stylesheet with our colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("backoffice/staff.css"))


@hooks.register("construct_main_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_settings_menu")
def leave_out_what_is_not_used(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Remove Wagtail's menu entries for features that we do not use."""
    menu_items[:] = [entry for entry in menu_items if entry.name not in NOT_USED]


@hooks.register("construct_homepage_panels")
def no_panels_about_pages(request: HttpRequest, panels: list[Any]) -> None:
    """Remove Wagtail's dashboard panels, which are about its pages; contexts add their own."""
    panels[:] = [panel for panel in panels if not type(panel).__module__.startswith("wagtail.")]


class TrailMenuItem(MenuItem):
    """The menu entry of the audit trail, for users who may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.view_audit")


@hooks.register("register_reports_menu_item")
def way_to_the_trail() -> MenuItem:
    """Register the audit trail under the reports."""
    return TrailMenuItem(
        gettext_lazy("Who changed what"),
        reverse("wagtailadmin_reports:site_history"),
        name="audit-trail",
        icon_name="history",
        order=10,
    )
