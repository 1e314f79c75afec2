"""The permission table is complete, and holds only what can be asked."""

import pytest
from django.db import IntegrityError
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import PERMISSIONS, STAFF_ROLES, Role, Scope, roles_for

OUR_APPS = {"accounts", "partners", "places", "activities"}


def _asked_by_the_back_office() -> set[str]:
    viewsets.populate()
    models = {
        viewset.model
        for viewset in viewsets.viewsets
        if isinstance(viewset, ModelViewSet) and viewset.app_label in OUR_APPS
    }
    return {
        f"{model._meta.app_label}.{verb}_{model._meta.model_name}"
        for model in models
        for verb in ("view", "add", "change", "delete")
    }


@pytest.mark.parametrize("action", PERMISSIONS)
def test_every_row_names_every_role(action: str) -> None:
    assert set(PERMISSIONS[action]) == set(Role)


def test_every_action_that_the_back_office_asks_for_has_a_row() -> None:
    asked = _asked_by_the_back_office()

    assert "partners.change_organisation" in asked
    assert asked - set(PERMISSIONS) == set()


@pytest.mark.parametrize("role", Role)
def test_every_role_may_do_something(role: Role) -> None:
    assert any(row[role] is not Scope.NOWHERE for row in PERMISSIONS.values())


def test_an_unknown_action_is_nobodys() -> None:
    assert roles_for("places.paint_venue", Scope.EVERYWHERE) == frozenset()
    assert roles_for("places.paint_venue", Scope.OWN_ORGANISATIONS) == frozenset()


def test_whoever_may_enter_the_back_office_is_staff_and_nobody_else() -> None:
    assert frozenset({Role.MANAGER, Role.MODERATOR, Role.ANALYST}) == STAFF_ROLES


def test_only_managers_change_who_may_do_what() -> None:
    for action in ("accounts.add_user", "accounts.change_user", "accounts.view_audit"):
        assert roles_for(action, Scope.EVERYWHERE) == {Role.MANAGER}


@pytest.mark.django_db
def test_nobody_is_a_superuser(manager: User) -> None:
    manager.is_superuser = True

    with pytest.raises(IntegrityError):
        manager.save()
