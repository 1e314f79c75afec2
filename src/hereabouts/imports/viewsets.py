"""The list of imports in the back office."""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn

from hereabouts.accounts.models import User
from hereabouts.backoffice.viewsets import ActionViewSet, HistoryView, IndexView
from hereabouts.imports import importers, queries
from hereabouts.imports.importers import Importer
from hereabouts.imports.models import ImportBatch


def _uploaders(request: HttpRequest) -> QuerySet[User]:
    """Those who uploaded a file: most who import may not see all who sign in."""
    uploads = ImportBatch.objects.filter(uploaded_by__isnull=False)
    return User.objects.filter(pk__in=uploads.values("uploaded_by")).order_by("name", "pk")


class ImportFilterSet(WagtailFilterSet):
    """By state, and by who uploaded the file."""

    uploaded_by = django_filters.ModelChoiceFilter(label=_("Uploaded by"), queryset=_uploaders)

    class Meta:
        model = ImportBatch
        fields: ClassVar[list[str]] = ["state", "uploaded_by"]


class _OfOneKind:
    """A view for those who may bring in records of its importer's kind: Wagtail asks by model."""

    importer: Importer[Any, Any] | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self.importer is not None
        if not self.importer.may_import(request.user):
            raise PermissionDenied
        # The next class in the MRO is Wagtail's view, which has no types.
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]


class ImportHistoryView(_OfOneKind, HistoryView):
    """The history of one import, which is of that kind."""

    def get_base_object_queryset(self) -> QuerySet[ImportBatch]:
        assert self.importer is not None
        batches: QuerySet[ImportBatch] = super().get_base_object_queryset()
        return batches.filter(kind=self.importer.kind)


class ImportIndexView(_OfOneKind, IndexView):
    """The list of imports; each leads to the page where it is now."""

    add_item_label = _("Import a file")

    def get_base_queryset(self) -> QuerySet[ImportBatch]:
        return queries.with_counts(super().get_base_queryset().select_related("uploaded_by"))

    def get_edit_url(self, instance: ImportBatch) -> str | None:
        importer, user = importers.get(instance.kind), self.request.user
        is_own = instance.uploaded_by_id == user.pk
        if not importer.may_import(user) or not (is_own or importer.may_change(user)):
            return None
        return importer.url("show", instance.pk)

    def get_inspect_url(self, instance: ImportBatch) -> str | None:
        return None

    def get_list_more_buttons(self, instance: ImportBatch) -> list[Any]:
        return []


# A new import begins with a file, and goes on where it is, not on Wagtail's forms.
OWN_PAGES = {"add": "upload", "edit": "show"}


class ImportBatchViewSet(ActionViewSet):
    """Every import of one kind: file, who, when, state, counts. Nothing is changed here."""

    model = ImportBatch
    icon = "upload"
    menu_label = _("Imports")
    # Its entry stands in the menu of a context.
    add_to_admin_menu = False
    index_view_class = ImportIndexView
    history_view_class = ImportHistoryView
    importer: Importer[Any, Any]
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

    def __init__(self, importer: Importer[Any, Any]) -> None:
        super().__init__(
            f"{importer.namespace}_list", importer=importer, url_prefix=f"{importer.kind}/imports"
        )

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        batches = ImportBatch.objects.filter(kind=self.importer.kind)
        own = {"queryset": batches, "importer": self.importer}
        return {**super().get_index_view_kwargs(**kwargs), **own}

    def get_history_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_history_view_kwargs(**kwargs), "importer": self.importer}

    def get_url_name(self, view_name: str) -> str:
        if view_name in OWN_PAGES:
            return f"{self.importer.namespace}:{OWN_PAGES[view_name]}"
        return str(super().get_url_name(view_name))

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        kept = {"index", "index_results", "history", "history_results"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]
