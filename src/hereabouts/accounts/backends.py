"""Authentication by allauth; permissions of staff from the permission table alone."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser

from hereabouts.accounts import permissions
from hereabouts.accounts.models import HeldRole, User


class SignInBackend(AuthenticationBackend):
    """Authenticates, and grants no permission.

    Django's own would query groups and per-user permissions, which this project does not use.
    """

    def get_all_permissions(
        self, user_obj: User | AnonymousUser, obj: object | None = None
    ) -> set[str]:
        return set()


class RoleBackend(BaseBackend):
    """Grants what the table gives a role EVERYWHERE; reads a user's roles once per request."""

    def has_perm(
        self, user_obj: User | AnonymousUser, perm: str, obj: object | None = None
    ) -> bool:
        if not user_obj.is_active or not isinstance(user_obj, User):
            return False
        return bool(_roles(user_obj) & permissions.roles_for(perm, permissions.Scope.EVERYWHERE))

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        return any(
            self.has_perm(user_obj, action)
            for action in permissions.PERMISSIONS
            if action.startswith(f"{app_label}.")
        )


def _roles(user: User) -> frozenset[permissions.Role]:
    """The staff roles of this user, cached on the instance: a page calls `has_perm` many times."""
    if user.staff_roles is None:
        held = HeldRole.objects.filter(user=user).values_list("role", flat=True)
        user.staff_roles = frozenset(permissions.Role(role) for role in held)
    return user.staff_roles
