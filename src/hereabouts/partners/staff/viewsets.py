"""Partners in the back office."""

from datetime import datetime
from typing import Any, ClassVar

import django_filters
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSetGroup

from hereabouts.accounts.models import User
from hereabouts.backoffice.viewsets import ActionViewSet, AddView, EditView, IndexView
from hereabouts.imports.menus import ImportListItem, UploadItem
from hereabouts.partners import actions, queries
from hereabouts.partners.importer import ORGANISATIONS
from hereabouts.partners.models import Organisation, Partnership, Person, Position, Term
from hereabouts.partners.staff.forms import OrganisationForm, PartnershipForm, PersonForm, TermForm


class OrganisationViewSet(ActionViewSet):
    """Organisations, with how many people have a position at each."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    form_class = OrganisationForm
    ordering = ("name", "pk")
    list_display: ClassVar[list[Any]] = [
        "name",
        "sector",
        "phone",
        "email",
        Column("people_count", label=_("People"), sort_key="people_count"),
    ]
    list_filter: ClassVar[list[str]] = ["sector"]
    search_fields = ("name", "email")
    list_export = ("public_id", "name", "get_sector_display", "phone", "email", "website")
    export_headings: ClassVar[dict[str, Any]] = {
        "public_id": _("Identifier"),
        "get_sector_display": _("Sector"),
    }
    export_filename = "organisations"
    inspect_view_fields: ClassVar[list[str]] = ["name", "sector", "phone", "email", "website"]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        counted = Organisation.objects.annotate(
            people_count=Count("positions__person", distinct=True)
        )
        return {**super().get_index_view_kwargs(**kwargs), "queryset": counted}

    def save(self, *, form: OrganisationForm, by: User, at: datetime) -> Organisation:
        return actions.save_organisation(organisation=form.instance, by=by, at=at)

    def remove(self, *, instance: Organisation, by: User, at: datetime) -> None:
        actions.remove_organisation(organisation=instance, by=by, at=at)


class AddPersonView(AddView):
    """The page that adds a person, with their positions below the form."""

    template_name = "partners/staff/person_create.html"


class EditPersonView(EditView):
    """The page of a person, with their positions below the form."""

    template_name = "partners/staff/person_edit.html"


def _current_positions(person: Person) -> str:
    # Reads the prefetched rows, to save a query per row of the list.
    today = timezone.localdate()
    current = [position for position in person.positions.all() if position.is_current(today)]
    return "; ".join(f"{position.title}, {position.organisation}" for position in current)


class PersonFilterSet(WagtailFilterSet):
    """Filters by an organisation where the person has, had or will have a position."""

    organisation = django_filters.ModelChoiceFilter(
        field_name="positions__organisation",
        queryset=Organisation.objects.all(),
        label=_("Roles organisation"),
    )

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = ["organisation"]


class PersonViewSet(ActionViewSet):
    """Contacts at organisations; some of them sign in."""

    model = Person
    icon = "user"
    menu_label = _("People")
    form_class = PersonForm
    add_view_class = AddPersonView
    edit_view_class = EditPersonView
    inspect_view_enabled = False
    ordering = ("name", "pk")
    list_display: ClassVar[list[Any]] = [
        "name",
        "email",
        "phone",
        Column("current_positions", label=_("What they do now"), accessor=_current_positions),
    ]
    filterset_class = PersonFilterSet
    search_fields = ("name", "email", "phone", "positions__organisation__name")
    list_export = ("name", "email", "phone")
    export_filename = "people"

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        positions = Position.objects.select_related("organisation").order_by("starts_on", "pk")
        people = Person.objects.prefetch_related(Prefetch("positions", positions)).distinct()
        return {**super().get_index_view_kwargs(**kwargs), "queryset": people}

    def save(self, *, form: PersonForm, by: User, at: datetime) -> Person:
        return actions.save_person(person=form.instance, positions=form.positions(), by=by, at=at)

    def remove(self, *, instance: Person, by: User, at: datetime) -> None:
        actions.remove_person(person=instance, by=by, at=at)


class OnePartnershipView(IndexView):
    """In place of a list: redirects to the page of the one partnership."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        partnership = queries.partnership()
        if partnership is None:
            return redirect(self.add_url_name)
        may_change = self.user_has_permission("change")
        page = self.edit_url_name if may_change else self.inspect_url_name
        return redirect(page, partnership.pk)


class FirstPartnershipView(AddView):
    """The page that sets the partnership up; once there is one, redirects to it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if queries.partnership() is not None:
            return redirect(self.index_url_name)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


class EditPartnershipView(EditView):
    """The page of the partnership, to which saving returns: its list only redirects here."""

    def get_success_url(self) -> str:
        return str(self.get_edit_url())


class PartnershipViewSet(ActionViewSet):
    """The partnership."""

    model = Partnership
    icon = "globe"
    menu_label = _("Partnership")
    form_class = PartnershipForm
    index_view_class = OnePartnershipView
    add_view_class = FirstPartnershipView
    edit_view_class = EditPartnershipView
    inspect_view_fields: ClassVar[list[str]] = [
        "name",
        "area_name",
        "phone",
        "phone_hours",
        "email",
    ]

    def save(self, *, form: PartnershipForm, by: User, at: datetime) -> Partnership:
        return actions.save_partnership(partnership=form.instance, by=by, at=at)


class TermViewSet(ActionViewSet):
    """School terms: what runs in term time only follows them."""

    model = Term
    icon = "date"
    menu_label = _("School terms")
    form_class = TermForm
    inspect_view_fields: ClassVar[list[str]] = ["name", "starts_on", "ends_on"]
    ordering = ("starts_on", "pk")
    list_display: ClassVar[list[Any]] = [
        "name",
        DateColumn("starts_on", label=_("First day"), sort_key="starts_on"),
        DateColumn("ends_on", label=_("Last day"), sort_key="ends_on"),
    ]
    search_fields = ("name",)
    list_export = ("name", "starts_on", "ends_on")
    export_filename = "school-terms"

    def save(self, *, form: TermForm, by: User, at: datetime) -> Term:
        return actions.save_term(term=form.instance, by=by, at=at)

    def remove(self, *, instance: Term, by: User, at: datetime) -> None:
        actions.remove_term(term=instance, by=by, at=at)


class PartnersGroup(ModelViewSetGroup):
    """The menu entry of the four view sets."""

    menu_label = _("Partners")
    menu_icon = "group"
    menu_order = 300
    items = (OrganisationViewSet, PersonViewSet, TermViewSet, PartnershipViewSet)

    def get_submenu_items(self) -> list[MenuItem]:
        imports = (ImportListItem(ORGANISATIONS, order=10), UploadItem(ORGANISATIONS, order=11))
        return [*super().get_submenu_items(), *imports]
