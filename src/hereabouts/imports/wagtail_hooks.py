"""The pages of every declared importer, and the words of the audit trail."""

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from hereabouts.audit import log_actions
from hereabouts.imports import importers, urls
from hereabouts.imports.viewsets import ImportBatchViewSet


@hooks.register("register_admin_viewset")
def register_lists() -> list[ImportBatchViewSet]:
    """A list of imports for each kind."""
    return [ImportBatchViewSet(importer) for importer in importers.registered()]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    """The pages of an import, for each kind below its own address: `activities/import/`."""
    return [
        path(
            f"{importer.kind}/import/",
            include((urls.urlpatterns, urls.app_name), namespace=importer.namespace),
            {"kind": importer.kind},
        )
        for importer in importers.registered()
    ]


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Of the import, and of every record that it wrote."""
    log_actions.register(
        actions,
        "hereabouts.import",
        label=_("Imported"),
        message=_("Came in with an import"),
    )
