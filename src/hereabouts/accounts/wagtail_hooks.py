"""The back office as a whole: its look, its menu, and the words of the audit trail."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter

# Wagtail's own entries that lead nowhere here: its manual, and reports about pages.
NOT_USED = frozenset(
    {"help", "locked-pages", "workflows", "workflow-tasks", "site-history", "aging-pages"}
    | {"page-types-usage"}
)


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    """Heather and gorse."""
    return format_html('<link rel="stylesheet" href="{}">', static("accounts/backoffice.css"))


@hooks.register("construct_main_menu")
@hooks.register("construct_reports_menu")
@hooks.register("construct_settings_menu")
def leave_out_what_is_not_used(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """A menu holds what exists."""
    menu_items[:] = [item for item in menu_items if item.name not in NOT_USED]


@hooks.register("construct_homepage_panels")
def no_panels_about_pages(request: HttpRequest, panels: list[Any]) -> None:
    """The contexts put their own there; Wagtail's are about pages that wait for somebody."""
    panels[:] = [panel for panel in panels if not type(panel).__module__.startswith("wagtail.")]


class TrailMenuItem(MenuItem):
    """The way to the audit trail, for whoever may read it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.view_audit")


@hooks.register("register_reports_menu_item")
def way_to_the_trail() -> MenuItem:
    """Who changed what, over the whole site."""
    return TrailMenuItem(
        gettext_lazy("Who changed what"),
        reverse("wagtailadmin_reports:site_history"),
        name="audit-trail",
        icon_name="history",
        order=10,
    )


class TellsChanges(LogFormatter):
    """Says of each changed field what it was and what it became."""

    def format_comment(self, log_entry: Any) -> str:
        changes = log_entry.data.get("changes", {})
        return "; ".join(
            _("%(field)s: from %(was)s to %(now)s")
            % {"field": self._label(log_entry, name), "was": _told(was), "now": _told(now)}
            for name, (was, now) in changes.items()
        )

    def _label(self, log_entry: Any, name: str) -> str:
        model = log_entry.content_type.model_class()
        known = {field.name: field for field in model._meta.get_fields()} if model else {}
        return capfirst(str(getattr(known.get(name), "verbose_name", name)))


def _told(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("nothing") if value in (None, "") else f"“{value}”"


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    """The words of what can happen to a thing."""
    for name, label, message in (
        ("hereabouts.create", gettext_lazy("Added"), gettext_lazy("Added")),
        ("hereabouts.edit", gettext_lazy("Changed"), gettext_lazy("Changed")),
        ("hereabouts.delete", gettext_lazy("Removed"), gettext_lazy("Removed")),
        (
            "hereabouts.invite_again",
            gettext_lazy("Invited again"),
            gettext_lazy("Invited again"),
        ),
        ("hereabouts.sign_in", gettext_lazy("Signed in"), gettext_lazy("Signed in")),
        (
            "hereabouts.second_step_on",
            gettext_lazy("Second step set up"),
            gettext_lazy("Set up the second step"),
        ),
        (
            "hereabouts.second_step_off",
            gettext_lazy("Second step removed"),
            gettext_lazy("Second step removed"),
        ),
        (
            "hereabouts.recovery_codes",
            gettext_lazy("New recovery codes"),
            gettext_lazy("Made new recovery codes"),
        ),
        ("hereabouts.roles", gettext_lazy("Roles given"), gettext_lazy("Roles given")),
        ("hereabouts.publish", gettext_lazy("Published"), gettext_lazy("Published")),
        ("hereabouts.retire", gettext_lazy("Taken down"), gettext_lazy("Taken down")),
        ("hereabouts.pause", gettext_lazy("Paused"), gettext_lazy("Paused")),
        ("hereabouts.resume", gettext_lazy("Pause ended"), gettext_lazy("Runs again")),
        ("hereabouts.check", gettext_lazy("Checked"), gettext_lazy("Said to be still running")),
        ("hereabouts.import", gettext_lazy("Imported"), gettext_lazy("Came in with an import")),
    ):
        formatter = type("Told", (TellsChanges,), {"label": label, "message": message})
        actions.register_action(name)(formatter)
