"""Entries that a context adds to its menu for the importer that it declares."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from hereabouts.imports.importers import Importer


class ImportListItem(MenuItem):
    """The way to the list of imports of one kind."""

    def __init__(self, importer: "Importer[Any, Any]", order: int) -> None:
        self.importer = importer
        url = reverse_lazy(f"{importer.namespace}_list:index")
        name = f"{importer.kind}-imports"
        super().__init__(_("Imports"), url, name=name, icon_name="upload", order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        return self.importer.may_import(request.user)


class UploadItem(MenuItem):
    """The way to the page where a file of one kind is uploaded."""

    def __init__(self, importer: "Importer[Any, Any]", order: int) -> None:
        self.importer = importer
        url = reverse_lazy(f"{importer.namespace}:upload")
        name = f"import-{importer.kind}"
        super().__init__(_("Import a file"), url, name=name, icon_name="upload", order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        return self.importer.may_import(request.user)
