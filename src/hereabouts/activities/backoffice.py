"""Activities in the back office."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.coreutils import multigetattr

from hereabouts.accounts.backoffice import ActionViewSet, AddView, EditView, IndexView
from hereabouts.accounts.models import User
from hereabouts.activities import actions, queries
from hereabouts.activities.imports.backoffice import ImportBatchViewSet, ImportMenuItem
from hereabouts.activities.models import Activity, Check
from hereabouts.activities.presenters.activity import (
    last_checked_on,
    level_in_words,
    usually_in_words,
)
from hereabouts.activities.staff_forms import ActivityForm
from hereabouts.places.backoffice import VenueViewSet
from hereabouts.places.models import Venue


class AddActivityView(AddView):
    """A new activity, and its timetable below."""

    success_message = _("%(object)s is saved as a draft. Open it to publish it.")

    template_name = "activities_backoffice/activity_create.html"


class EditActivityView(EditView):
    """An activity, where it stands, and its timetable below."""

    template_name = "activities_backoffice/activity_edit.html"


class ActivityIndexView(IndexView):
    """The list; its spreadsheets say when it happens, and when somebody last checked."""

    computed: ClassVar[dict[str, Callable[[Activity], object]]] = {
        "when": usually_in_words,
        "last_checked_on": last_checked_on,
    }

    def to_row_dict(self, item: Activity) -> dict[str, Any]:
        plain = [field for field in self.list_export if field not in self.computed]
        row = {field: multigetattr(item, field) for field in plain}
        row |= {field: compute(item) for field, compute in self.computed.items()}
        return {field: row[field] for field in self.list_export}


class ActivityViewSet(ActionViewSet):
    """Every activity: drafts, published, taken down."""

    model = Activity
    icon = "calendar-alt"
    menu_label = _("All activities")
    form_class = ActivityForm
    index_view_class = ActivityIndexView
    add_view_class = AddActivityView
    edit_view_class = EditActivityView
    ordering = ("name", "pk")
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("usually", label=_("When"), accessor=usually_in_words),
        "provider",
        "venue",
        Column("level", label=_("Level"), accessor=level_in_words, sort_key="level"),
        "state",
    ]
    list_filter: ClassVar[list[str]] = ["state", "level", "joining", "leader_qualification"]
    search_fields = ("name", "summary", "provider__name", "venue__name", "venue__town")
    list_export = (
        *("public_id", "name", "get_state_display", "get_level_display", "summary"),
        *("when", "provider", "venue", "postcode", "phone", "email"),
        *("cost_pounds", "cost_note", "last_checked_on"),
        *("get_joining_display", "get_leader_qualification_display", "leader_confirmed_on"),
    )
    export_headings: ClassVar[dict[str, Any]] = {
        "public_id": _("Identifier"),
        "get_state_display": _("State"),
        "get_level_display": _("Level"),
        "postcode": _("Postcode"),
        "when": _("When"),
        "cost_pounds": _("Cost in pounds"),
        "last_checked_on": _("Last checked"),
        "get_joining_display": _("How to join"),
        "get_leader_qualification_display": _("Leader's qualification"),
    }
    export_filename = "activities"

    # Not what a spreadsheet said beside it: there may be people's numbers in that.
    inspect_view_fields: ClassVar[list[str]] = [
        *("name", "state", "level", "summary", "description", "for_whom", "adapted"),
        *("leader_qualification", "leader_confirmed_on", "cost_pence", "cost_note"),
        *("joining", "joining_note", "provider", "venue", "phone", "email", "website"),
    ]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        activities: QuerySet[Activity] = Activity.objects.for_pages()
        return {**super().get_index_view_kwargs(**kwargs), "queryset": activities}

    def save(self, *, form: ActivityForm, by: User, at: datetime) -> Activity:
        return actions.save_activity(
            activity=form.instance, schedules=form.schedules(), by=by, at=at
        )

    def remove(self, *, thing: Activity, by: User, at: datetime) -> None:
        actions.remove(activity=thing, by=by, at=at)


class CheckViewSet(ActionViewSet):
    """Who said when that something runs. One that was a mistake can be taken back."""

    model = Check
    icon = "check"
    menu_label = _("Checks")
    inspect_view_enabled = False
    form_fields: ClassVar[list[str]] = []
    ordering: ClassVar[list[str]] = ["-checked_on", "-pk"]
    list_display: ClassVar[list[Any]] = [
        Column("activity", label=_("Activity")),
        DateColumn("checked_on", label=_("Checked on"), sort_key="checked_on"),
        "checker",
    ]
    list_filter: ClassVar[list[str]] = ["checked_on"]
    search_fields = ("activity__name", "checker")
    list_export = ("activity", "checked_on", "checker")
    export_filename = "checks"

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        checks = Check.objects.select_related("activity")
        return {**super().get_index_view_kwargs(**kwargs), "queryset": checks}

    def remove(self, *, thing: Check, by: User, at: datetime) -> None:
        actions.remove_check(check=thing, by=by, at=at)

    def get_urlpatterns(self) -> list[Any]:
        kept = {"index", "index_results", "delete"}
        return [one for one in super().get_urlpatterns() if one.name in kept]


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
    items = (ActivityViewSet, FindableVenueViewSet, CheckViewSet, ImportBatchViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), DraftsMenuItem(order=5), ImportMenuItem(order=6)]


class WhatsOnPanel(Component):
    """First thing in the morning: drafts that wait, and the ways in."""

    name = "whats_on"
    order = 10
    template_name = "activities_backoffice/whats_on_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["user"]
        may_change = user.has_perm("activities.change_activity")
        return {
            "drafts": queries.drafts().count() if may_change else 0,
            "may_import": user.has_perm("activities.add_importbatch"),
        }
