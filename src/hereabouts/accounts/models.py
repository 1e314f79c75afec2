"""People who sign in, and what they are trusted with."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hereabouts.accounts.permissions import STAFF_ROLES, Role
from hereabouts.core.models import Versioned


class UserManager(BaseUserManager["User"]):
    """Creates users without a password: they sign in by a code in an e-mail."""

    def create_user(self, email: str, **fields: Any) -> "User":
        """A saved user whose password can never match."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_unusable_password()
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(Versioned, AbstractBaseUser, PermissionsMixin):
    """A person who signs in, known by their e-mail address.

    `PermissionsMixin` is there because Wagtail requires it; permissions come from
    `permissions.PERMISSIONS` alone, and nobody is a superuser.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(
        _("may sign in"), default=True, help_text=_("Turn off when somebody leaves.")
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    # Filled by RoleBackend when it is first asked.
    staff_roles: "frozenset[Role] | None" = None

    class Meta:
        verbose_name = _("person who signs in")
        verbose_name_plural = _("people who sign in")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_email_in_any_case"),
            models.CheckConstraint(
                condition=models.Q(is_superuser=False), name="nobody_is_a_superuser"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_invited(self) -> bool:
        """Is the user invited and allowed to sign in, but has never done so?"""
        return self.is_active and self.last_login is None

    @property
    def first_name(self) -> str:
        """The name that Wagtail greets people by."""
        return self.name


class HeldRole(models.Model):
    """A staff role that a person holds. Organisers hold theirs through an organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="held_roles")
    role = models.CharField(
        max_length=20, choices=[(role.value, role.label) for role in Role if role in STAFF_ROLES]
    )
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="a_role_is_held_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(STAFF_ROLES)), name="only_staff_roles_are_held"
            ),
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)
