"""Staff may do what the permission table says, while they may sign in."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from pytest_django import DjangoAssertNumQueries

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import PERMISSIONS, STAFF_ROLES, Role, Scope
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_staff_may_do_exactly_what_the_table_says(role: Role) -> None:
    user = make.user(roles=(role,))

    may = {action for action in PERMISSIONS if user.has_perm(action)}

    assert may == {action for action, row in PERMISSIONS.items() if row[role] is Scope.EVERYWHERE}


def test_two_roles_add_up() -> None:
    user = make.user(roles=(Role.ANALYST, Role.MODERATOR))

    assert user.has_perm("activities.change_activity")
    assert not user.has_perm("accounts.change_user")


def test_whoever_may_not_sign_in_may_do_nothing(manager: User) -> None:
    manager.is_active = False

    assert not any(manager.has_perm(action) for action in PERMISSIONS)


def test_whoever_is_not_signed_in_may_do_nothing() -> None:
    assert not any(AnonymousUser().has_perm(action) for action in PERMISSIONS)


def test_groups_and_single_permissions_give_nothing() -> None:
    user = make.user()
    permission = Permission.objects.get(codename="change_venue")
    group = Group.objects.create(name="A group")
    group.permissions.add(permission)
    user.groups.add(group)
    user.user_permissions.add(permission)

    assert not user.has_perm("places.change_venue")


def test_a_role_is_read_once_a_request(
    manager: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    fresh = User.objects.get(pk=manager.pk)

    with django_assert_num_queries(1):
        assert fresh.has_perm("accounts.change_user")
        assert fresh.has_perm("places.change_venue")


def test_module_permission_follows_from_the_rows(analyst: User) -> None:
    assert analyst.has_module_perms("places")
    assert not analyst.has_module_perms("accounts")
