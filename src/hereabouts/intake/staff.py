"""Imports and drafts in the back office: lists, ways in, and what waits."""

from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn

from hereabouts.accounts.models import User
from hereabouts.activities import queries as activities
from hereabouts.backoffice.viewsets import ActionViewSet, IndexView
from hereabouts.intake import queries
from hereabouts.intake.models import ImportBatch

# A new import begins with a file, and goes on where it is, not on Wagtail's forms.
OWN_PAGES = {"add": "activities_imports:upload", "edit": "activities_imports:show"}


class ImportMenuItem(MenuItem):
    """The way to the page where a file is uploaded."""

    def __init__(self, order: int = 1000) -> None:
        super().__init__(
            _("Import a file"),
            reverse_lazy("activities_imports:upload"),
            name="import-spreadsheet",
            icon_name="upload",
            order=order,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("intake.add_importbatch")


def _uploaders(request: HttpRequest) -> QuerySet[User]:
    """Not everybody who signs in: most who import may not see the list of those."""
    uploads = ImportBatch.objects.filter(uploaded_by__isnull=False)
    return User.objects.filter(pk__in=uploads.values("uploaded_by")).order_by("name", "pk")


class ImportFilterSet(WagtailFilterSet):
    """By state, and by who uploaded the file."""

    uploaded_by = django_filters.ModelChoiceFilter(label=_("Uploaded by"), queryset=_uploaders)

    class Meta:
        model = ImportBatch
        fields: ClassVar[list[str]] = ["state", "uploaded_by"]


class ImportIndexView(IndexView):
    """The list of imports; each leads to the page where it is now."""

    add_item_label = _("Import a file")

    def get_base_queryset(self) -> QuerySet[ImportBatch]:
        return queries.with_counts(super().get_base_queryset().select_related("uploaded_by"))

    def get_edit_url(self, instance: ImportBatch) -> str | None:
        is_open = queries.may_publish(self.request.user)
        if not is_open and instance.uploaded_by_id != self.request.user.pk:
            return None
        return reverse("activities_imports:show", args=[instance.pk])

    def get_inspect_url(self, instance: ImportBatch) -> str | None:
        return None

    def get_list_more_buttons(self, instance: ImportBatch) -> list[Any]:
        return []


class ImportBatchViewSet(ActionViewSet):
    """Every import: file, who, when, state, counts. Nothing is changed here."""

    model = ImportBatch
    name = "activities_imports_list"
    url_prefix = "activities/imports"
    icon = "upload"
    menu_label = _("Imports")
    # Its entry stands in the menu of what's on.
    add_to_admin_menu = False
    index_view_class = ImportIndexView
    form_fields: ClassVar[list[str]] = []
    ordering: ClassVar[list[str]] = ["-uploaded_at", "-pk"]
    list_display: ClassVar[list[Any]] = [
        "file_name",
        "uploaded_by",
        DateColumn("uploaded_at", label=_("Uploaded"), sort_key="uploaded_at"),
        "state",
        Column("row_count", label=_("Rows")),
        Column("left_out_count", label=_("Left out")),
    ]
    filterset_class = ImportFilterSet
    search_fields: ClassVar[list[str]] = ["file_name"]
    list_export: ClassVar[list[str]] = [
        "public_id",
        "file_name",
        "uploaded_by",
        "uploaded_at",
        "get_state_display",
        "row_count",
        "left_out_count",
    ]

    def get_url_name(self, view_name: str) -> str:
        return OWN_PAGES.get(view_name) or str(super().get_url_name(view_name))

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        kept = {"index", "index_results", "history", "history_results"}
        return [one for one in super().get_urlpatterns() if one.name in kept]


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
            "may_import": user.has_perm("intake.add_importbatch"),
        }
