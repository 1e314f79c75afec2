"""Venues in the back office.

`activities` registers a subclass, which refreshes the finder's entries when a venue moves.
"""

from datetime import datetime
from typing import Any, ClassVar

import django_filters
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from hereabouts.accounts.models import User
from hereabouts.backoffice.viewsets import ActionViewSet
from hereabouts.places import actions
from hereabouts.places.models import Venue
from hereabouts.places.staff.forms import VenueForm


class VenueFilterSet(WagtailFilterSet):
    """Filters by kind and town."""

    town = django_filters.CharFilter(label=_("Town or village"), lookup_expr="icontains")

    class Meta:
        model = Venue
        fields: ClassVar[list[str]] = ["kind", "town"]


class VenueViewSet(ActionViewSet):
    """Venues, with how many facts about access are known."""

    model = Venue
    icon = "home"
    menu_label = _("Venues")
    form_class = VenueForm
    ordering = ("name", "pk")
    list_display: ClassVar[list[Any]] = [
        "name",
        "town",
        "postcode",
        "kind",
        Column("known_facts", label=_("Access facts known"), sort_key="known_facts"),
    ]
    filterset_class = VenueFilterSet
    search_fields = ("name", "town", "postcode")
    list_export = (
        "public_id",
        "name",
        "get_kind_display",
        "street",
        "town",
        "postcode",
        "latitude",
        "longitude",
        "phone",
        "email",
        "website",
        "known_facts",
    )
    export_headings: ClassVar[dict[str, Any]] = {
        "public_id": _("Identifier"),
        "get_kind_display": _("Kind"),
        "known_facts": _("Access facts known"),
    }
    export_filename = "venues"
    inspect_view_fields: ClassVar[list[str]] = [*VenueForm.Meta.fields, "access_facts"]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        venues = Venue.objects.annotate(known_facts=Count("access_facts"))
        return {**super().get_index_view_kwargs(**kwargs), "queryset": venues}

    def save(self, *, form: VenueForm, by: User, at: datetime) -> Venue:
        return actions.save_venue(venue=form.instance, facts=form.facts(), by=by, at=at)

    def remove(self, *, instance: Venue, by: User, at: datetime) -> None:
        actions.remove_venue(venue=instance, by=by, at=at)
