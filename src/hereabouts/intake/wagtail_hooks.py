"""Imports and drafts in the back office's menu, addresses and dashboard."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from hereabouts.imports.menus import ImportListItem, UploadItem
from hereabouts.intake.drafts import urls
from hereabouts.intake.importer import ACTIVITIES
from hereabouts.intake.panels import DraftsMenuItem, WhatsOnPanel


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    """Drafts."""
    return [path("activities/drafts/", include(urls))]


@hooks.register("register_whats_on_menu_item")
def register_import_list() -> MenuItem:
    """Below the lists of what's on."""
    return ImportListItem(ACTIVITIES, order=4)


@hooks.register("register_whats_on_menu_item")
def register_drafts() -> MenuItem:
    """The way to the queue of drafts."""
    return DraftsMenuItem(order=5)


@hooks.register("register_whats_on_menu_item")
def register_import() -> MenuItem:
    """The way to a new import."""
    return UploadItem(ACTIVITIES, order=6)


@hooks.register("construct_homepage_panels", order=200)
def show_whats_on(request: HttpRequest, panels: list[Component]) -> None:
    """What waits, and the ways in, for whoever may look."""
    if request.user.has_perm("activities.view_activity"):
        panels.append(WhatsOnPanel())
