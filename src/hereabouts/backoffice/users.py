"""The back office's pages for users: the list, invitations, roles."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, cast

import django_filters
from django import forms
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn

from hereabouts.accounts import actions, queries
from hereabouts.accounts.http import SignedInRequest
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import STAFF_ROLES, Role
from hereabouts.backoffice import tasks
from hereabouts.backoffice.forms import VersionedForm
from hereabouts.backoffice.viewsets import ActionViewSet, AddView, EditView, IndexView
from hereabouts.core.refusals import Refusal

ROLE_CHOICES = [(role.value, role.label) for role in Role if role in STAFF_ROLES]


class _RolesForm(VersionedForm):
    """A user and their roles."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"),
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "None for an organiser: what they may do comes from their organisation."
        ),
    )

    def clean_roles(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]


class InvitationForm(_RolesForm):
    """Invites a new user."""

    class Meta:
        model = User
        fields = ("email", "name", "roles")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody signs in with this address already."))
        return email


class UserForm(_RolesForm):
    """Changes a user, all but the e-mail address, by which they prove who they are."""

    forget_second_step = forms.BooleanField(
        label=gettext_lazy("Let them set up the second step anew"),
        required=False,
        help_text=gettext_lazy(
            "Only when they lost their phone and their recovery codes, and you know it is them: "
            "you have spoken to them."
        ),
    )

    class Meta:
        model = User
        fields = ("name", "roles", "is_active", "forget_second_step")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].initial = [role.value for role in queries.roles_of(self.instance)]


class UserFilterSet(WagtailFilterSet):
    """Filters by role, and by whether the user may sign in."""

    held_roles__role = django_filters.ChoiceFilter(label=gettext_lazy("Role"), choices=ROLE_CHOICES)

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["held_roles__role", "is_active"]


def _roles_in_words(user: User) -> str:
    # Reads the prefetched rows, to save a query per row of the list.
    held = {held.role for held in user.held_roles.all()}
    return ", ".join(str(role.label) for role in Role if role.value in held)


class UserIndexView(IndexView):
    """The list of users, deactivated ones too."""

    add_item_label = gettext_lazy("Invite somebody")


class InviteView(AddView):
    """The page that invites somebody by e-mail."""

    page_subtitle = gettext_lazy("Invite somebody")
    submit_button_label = gettext_lazy("Send the invitation")
    submit_button_active_label = gettext_lazy("Sending…")
    success_message = gettext_lazy("“%(object)s” can sign in now. We are sending them an e-mail.")


class UserEditView(EditView):
    """The page of one user; for those who never signed in, with a button to invite them again."""

    template_name = "backoffice/user_edit.html"


@require_POST
@permission_required("accounts.change_user", raise_exception=True)
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send another invitation to a user who has never signed in."""
    user, by = get_object_or_404(User, pk=pk), cast(SignedInRequest, request).user
    try:
        actions.invite_again(user=user, by=by)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        _send_invitation(user=user, by=by)
        messages.success(request, _("We are sending the invitation again."))
    return redirect("wagtailusers_users:edit", pk)


def _send_invitation(*, user: User, by: User) -> None:
    """Enqueue the e-mail after the commit: a mail server may be slow, or down."""
    transaction.on_commit(partial(tasks.send_invitation.enqueue, user.pk, by.pk))


class UserViewSet(ActionViewSet):
    """Users: invite them, give them roles, deactivate them when they leave."""

    model = User
    icon = "user"
    menu_label = gettext_lazy("People who sign in")
    menu_name = "users"
    index_view_class = UserIndexView
    add_view_class = InviteView
    edit_view_class = UserEditView
    add_to_settings_menu = True
    inspect_view_enabled = False
    ordering = ("name", "pk")
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("email", label=gettext_lazy("E-mail"), sort_key="email"),
        Column("roles", label=gettext_lazy("Roles"), accessor=_roles_in_words),
        BooleanColumn("is_active", label=gettext_lazy("May sign in"), sort_key="is_active"),
        DateColumn("last_login", label=gettext_lazy("Last signed in"), sort_key="last_login"),
    ]
    list_export = ("name", "email", "is_active", "last_login")
    export_filename = "people-who-sign-in"
    filterset_class = UserFilterSet
    search_fields = ("name", "email")

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        people = User.objects.prefetch_related("held_roles")
        return {**super().get_index_view_kwargs(**kwargs), "queryset": people}

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm[Any]]:
        return UserForm if for_update else InvitationForm

    def save(self, *, form: Any, by: User, at: datetime) -> User:
        answers: Mapping[str, Any] = form.cleaned_data
        if form.instance.pk is None:
            return self._invite(answers, by=by, at=at)
        user = actions.change_user(user=form.instance, roles=answers["roles"], by=by, at=at)
        if answers["forget_second_step"]:
            actions.forget_second_step(user=user, by=by)
        return user

    def _invite(self, answers: Mapping[str, Any], *, by: User, at: datetime) -> User:
        user = actions.invite(
            email=answers["email"], name=answers["name"], roles=answers["roles"], by=by, at=at
        )
        _send_invitation(user=user, by=by)
        return user

    def get_urlpatterns(self) -> list[Any]:
        again = path("invite-again/<int:pk>/", invite_again, name="invite_again")
        return [*super().get_urlpatterns(), again]
