"""Activities in the back office."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from hereabouts.accounts.backoffice import ActionViewSet, AddView, EditView
from hereabouts.accounts.models import User
from hereabouts.activities import actions, queries
from hereabouts.activities.imports.backoffice import ImportBatchViewSet, ImportMenuItem
from hereabouts.activities.models import Activity
from hereabouts.activities.presenters.activity import usually_in_words
from hereabouts.activities.staff_forms import ActivityForm
from hereabouts.places.backoffice import VenueViewSet
from hereabouts.places.models import Venue


class AddActivityView(AddView):
    """A new activity, and its timetable below."""

    template_name = "activities_backoffice/activity_create.html"


class EditActivityView(EditView):
    """An activity, where it stands, and its timetable below."""

    template_name = "activities_backoffice/activity_edit.html"


class ActivityViewSet(ActionViewSet):
    """Every activity: drafts, published, taken down."""

    model = Activity
    icon = "calendar-alt"
    menu_label = _("All activities")
    form_class = ActivityForm
    add_view_class = AddActivityView
    edit_view_class = EditActivityView
    ordering = ("name", "pk")
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("usually", label=_("When"), accessor=usually_in_words),
        "provider",
        "venue",
        "level",
        "state",
    ]
    list_filter: ClassVar[list[str]] = ["state", "level", "joining", "leader_qualification"]
    search_fields = ("name", "summary", "provider__name", "venue__name", "venue__town")
    list_export = (
        *("public_id", "name", "get_state_display", "get_level_display", "summary"),
        *("provider", "venue", "postcode", "cost_pence", "cost_note"),
        *("get_joining_display", "get_leader_qualification_display", "leader_confirmed_on"),
    )
    export_headings: ClassVar[dict[str, Any]] = {
        "public_id": _("Identifier"),
        "get_state_display": _("State"),
        "get_level_display": _("Level"),
        "postcode": _("Postcode"),
        "get_joining_display": _("How to join"),
        "get_leader_qualification_display": _("Leader's qualification"),
    }
    export_filename = "activities"

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        activities: QuerySet[Activity] = Activity.objects.for_pages()
        return {**super().get_index_view_kwargs(**kwargs), "queryset": activities}

    def save(self, *, form: ActivityForm, by: User, at: datetime) -> Activity:
        return actions.save_activity(
            activity=form.instance, schedules=form.schedules(), by=by, at=at
        )

    def remove(self, *, thing: Activity, by: User, at: datetime) -> None:
        actions.remove(activity=thing, by=by, at=at)


class FindableVenueViewSet(VenueViewSet):
    """Venues; when one moves, the finder finds its activities where it is now."""

    def save(self, *, form: Any, by: User, at: datetime) -> Venue:
        return actions.save_venue(venue=form.instance, facts=form.facts(), by=by, at=at)


class DraftsMenuItem(MenuItem):
    """The way to the queue of drafts."""

    def __init__(self, order: int = 1000) -> None:
        super().__init__(
            _("Drafts to complete"),
            reverse_lazy("activities_drafts:list"),
            name="drafts",
            icon_name="edit",
            order=order,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("activities.change_activity")


class ActivitiesGroup(ModelViewSetGroup):
    """The menu's entry for what's on."""

    menu_label = _("What's on")
    menu_icon = "calendar-alt"
    menu_order = 100
    items = (ActivityViewSet, FindableVenueViewSet, ImportBatchViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), DraftsMenuItem(order=4), ImportMenuItem(order=5)]


class DraftsPanel(Component):
    """How many drafts wait, first thing in the morning."""

    name = "drafts"
    order = 10
    template_name = "activities_backoffice/drafts_panel.html"

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"count": self.count}


def drafts_panel(user: User | AnonymousUser) -> DraftsPanel | None:
    """The panel, for whoever may complete drafts, while there are any."""
    if not user.has_perm("activities.change_activity"):
        return None
    count = queries.drafts().count()
    return DraftsPanel(count) if count else None
