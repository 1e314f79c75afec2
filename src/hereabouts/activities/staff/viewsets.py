"""Activities in the back office."""

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any, ClassVar

import django_filters
from django.db.models import Q, QuerySet
from django.forms import RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSetGroup

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.exports import for_staff
from hereabouts.activities.models import Activity, ActivityQuerySet, Check
from hereabouts.activities.shown import (
    is_confirmed,
    level_in_words,
    pause_in_words,
    state_in_words,
    usually_in_words,
)
from hereabouts.activities.staff.forms import ActivityForm, PauseForm
from hereabouts.backoffice.viewsets import ActionViewSet, AddView, EditView, IndexView
from hereabouts.files import spreadsheets
from hereabouts.places.models import Venue
from hereabouts.places.staff.viewsets import VenueViewSet

# The hook for functions that return another entry of the menu below.
MENU_HOOK = "register_whats_on_menu_item"


class AddActivityView(AddView):
    """The page that adds an activity, with its timetable."""

    success_message = _("%(object)s is saved as a draft. Open it to publish it.")

    template_name = "activities/staff/activity_create.html"


class EditActivityView(EditView):
    """The page of an activity, with its state, its pause and its timetable."""

    template_name = "activities/staff/activity_edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            **super().get_context_data(**kwargs),
            "pause": pause_in_words(self.object, on=today),
            "is_paused": self.object.is_paused(on=today),
            "pause_form": PauseForm.to_change(self.object, on=today),
            "leader_not_confirmed": not is_confirmed(self.object, on=today),
        }


class ActivityIndexView(IndexView):
    """The list; its exports can be edited and imported again."""

    def stream_csv(self, queryset: QuerySet[Activity]) -> Iterator[bytes]:
        yield from spreadsheets.csv_lines(for_staff.headings(), _rows(queryset))

    def write_xlsx(self, queryset: QuerySet[Activity], output: IO[bytes]) -> None:
        spreadsheets.write_xlsx(output, for_staff.headings(), _rows(queryset))


def _rows(activities: QuerySet[Activity]) -> Iterator[list[str]]:
    return for_staff.rows(activities, on=timezone.localdate())


class ActivityInspectView(InspectView):
    """All fields of an activity, to read."""

    def get_level_display_value(self) -> str:
        return level_in_words(self.object)


class ActivityFilterSet(WagtailFilterSet):
    """Filters by state, form, level, joining, qualification, and whether it is paused today."""

    paused = django_filters.ChoiceFilter(
        label=_("Paused"),
        method="by_pause",
        choices=[("now", _("Paused now")), ("no", _("Not paused"))],
        empty_label=_("All"),
        widget=RadioSelect,
    )

    class Meta:
        model = Activity
        fields = ("state", "form", "level", "joining", "leader_qualification")

    def by_pause(self, queryset: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        today = timezone.localdate()
        paused = Q(paused_on__lte=today) & (Q(paused_until=None) | Q(paused_until__gte=today))
        return queryset.filter(paused) if value == "now" else queryset.exclude(paused)


class ActivityViewSet(ActionViewSet):
    """Activities in every state: drafts, published, taken down."""

    model = Activity
    icon = "calendar-alt"
    menu_label = _("All activities")
    form_class = ActivityForm
    index_view_class = ActivityIndexView
    add_view_class = AddActivityView
    edit_view_class = EditActivityView
    inspect_view_class = ActivityInspectView
    ordering = ("name", "pk")
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("form", label=_("What it is"), accessor="get_form_display", sort_key="form"),
        Column("usually", label=_("When"), accessor=usually_in_words),
        "provider",
        "venue",
        Column("level", label=_("Level"), accessor=level_in_words, sort_key="level"),
        Column("state", label=_("State"), accessor=state_in_words, sort_key="state"),
    ]
    filterset_class = ActivityFilterSet
    search_fields = ("name", "summary", "provider__name", "venue__name", "venue__town")
    # Wagtail shows its export buttons only with it; `ActivityIndexView` writes the rows.
    list_export = for_staff.HEADINGS
    export_filename = "activities"

    # Without the kept cells of a spreadsheet, which may have private phone numbers in them.
    inspect_view_fields: ClassVar[list[str]] = [
        *("name", "form", "state", "level", "summary", "description", "for_whom", "adapted"),
        *("age_from", "age_to", "gender", "ability", "carers_welcome"),
        *("leader_qualification", "leader_confirmed_on", "cost_pence", "cost_note"),
        *("is_first_free", "places_per_session", "joining", "joining_note"),
        *("is_term_time_only", "paused_on", "paused_until", "pause_reason"),
        *("provider", "venue", "phone", "email", "website", "photo_alt"),
    ]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        activities: QuerySet[Activity] = Activity.objects.for_pages()
        return {**super().get_index_view_kwargs(**kwargs), "queryset": activities}

    def save(self, *, form: ActivityForm, by: User, at: datetime) -> Activity:
        return actions.save_activity(
            activity=form.instance,
            schedules=form.schedules(),
            kinds=form.chosen_kinds(),
            breaks=form.chosen_breaks(),
            concessions=form.concessions(),
            photo=form.chosen_photo(),
            by=by,
            at=at,
        )

    def remove(self, *, instance: Activity, by: User, at: datetime) -> None:
        actions.remove(activity=instance, by=by, at=at)


class CheckViewSet(ActionViewSet):
    """Checks, which can be removed when they were a mistake."""

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

    def remove(self, *, instance: Check, by: User, at: datetime) -> None:
        actions.remove_check(check=instance, by=by, at=at)

    def get_urlpatterns(self) -> list[Any]:
        kept = {"index", "index_results", "delete"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]


class FindableVenueViewSet(VenueViewSet):
    """Venues; saving one refreshes the finder's entries of its activities."""

    def save(self, *, form: Any, by: User, at: datetime) -> Venue:
        return actions.save_venue(venue=form.instance, facts=form.facts(), by=by, at=at)


class ActivitiesGroup(ModelViewSetGroup):
    """The menu entry of activities; higher contexts add to it by `MENU_HOOK`."""

    menu_label = _("What's on")
    menu_icon = "calendar-alt"
    menu_order = 100
    items = (ActivityViewSet, FindableVenueViewSet, CheckViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        added = (register() for register in hooks.get_hooks(MENU_HOOK))
        return [*super().get_submenu_items(), *added]
