"""What organisers may do: only for organisations where they have a current position."""

from typing import Protocol, runtime_checkable

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from hereabouts.accounts import permissions
from hereabouts.accounts.models import User
from hereabouts.partners.models import Position


@runtime_checkable
class Offered(Protocol):
    """Whatever has a provider: an organiser of that provider may act for it."""

    provider_id: int | None


class OrganiserBackend(BaseBackend):
    """Grants an organiser what the table gives them, on objects of their own organisations."""

    def has_perm(
        self, user_obj: User | AnonymousUser, perm: str, obj: object | None = None
    ) -> bool:
        allowed = permissions.roles_for(perm, permissions.Scope.OWN_ORGANISATIONS)
        if permissions.Role.ORGANISER not in allowed or not isinstance(obj, Offered):
            return False
        if not user_obj.is_active or user_obj.pk is None:
            return False
        return (
            Position.objects.current(timezone.localdate())
            .filter(person__user=user_obj.pk, organisation=obj.provider_id)
            .exists()
        )
