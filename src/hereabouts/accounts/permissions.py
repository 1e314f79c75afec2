"""Who may do what, where: one table.

An action is named as Django names permissions (`activities.change_activity`), so that all code,
Wagtail's too, asks `user.has_perm("activities.change_activity", activity)`.
"""

import enum
from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a user is trusted with. Add a role together with the first page that needs it."""

    MANAGER = "MANAGER", _("Manager")
    MODERATOR = "MODERATOR", _("Moderator")
    ANALYST = "ANALYST", _("Analyst")
    ORGANISER = "ORGANISER", _("Organiser")


class Scope(enum.Enum):
    """Where a role may do an action."""

    EVERYWHERE = enum.auto()
    # On what an organisation offers where the person has a current position.
    OWN_ORGANISATIONS = enum.auto()
    NOWHERE = enum.auto()


ALL, OWN, NONE = Scope.EVERYWHERE, Scope.OWN_ORGANISATIONS, Scope.NOWHERE


def _row(
    manager: Scope, moderator: Scope, analyst: Scope, organiser: Scope
) -> Mapping[Role, Scope]:
    return {
        Role.MANAGER: manager,
        Role.MODERATOR: moderator,
        Role.ANALYST: analyst,
        Role.ORGANISER: organiser,
    }


# fmt: off
PERMISSIONS: Mapping[str, Mapping[Role, Scope]] = {
    #                                       manager moderator analyst organiser
    "wagtailadmin.access_admin":       _row(ALL,    ALL,      ALL,    NONE),
    "activities.view_activity":        _row(ALL,    ALL,      ALL,    NONE),
    "activities.add_activity":         _row(ALL,    ALL,      NONE,   NONE),
    "activities.change_activity":      _row(ALL,    ALL,      NONE,   NONE),
    "activities.delete_activity":      _row(ALL,    ALL,      NONE,   NONE),
    "activities.check_activity":       _row(ALL,    ALL,      NONE,   OWN),
    "activities.view_check":           _row(ALL,    ALL,      ALL,    NONE),
    "activities.add_check":            _row(NONE,   NONE,     NONE,   NONE),
    "activities.change_check":         _row(NONE,   NONE,     NONE,   NONE),
    "activities.delete_check":         _row(ALL,    ALL,      NONE,   NONE),
    # Whoever may not change activities imports drafts, and opens only their own imports.
    "imports.view_importbatch":    _row(ALL,    ALL,      ALL,    NONE),
    "imports.add_importbatch":     _row(ALL,    ALL,      ALL,    NONE),
    # What came in stays as it came in.
    "imports.change_importbatch":  _row(NONE,   NONE,     NONE,   NONE),
    "imports.delete_importbatch":  _row(NONE,   NONE,     NONE,   NONE),
    "places.view_venue":               _row(ALL,    ALL,      ALL,    NONE),
    "places.add_venue":                _row(ALL,    ALL,      NONE,   NONE),
    "places.change_venue":             _row(ALL,    ALL,      NONE,   NONE),
    "places.delete_venue":             _row(ALL,    ALL,      NONE,   NONE),
    "partners.view_organisation":      _row(ALL,    ALL,      ALL,    NONE),
    "partners.add_organisation":       _row(ALL,    ALL,      NONE,   NONE),
    "partners.change_organisation":    _row(ALL,    ALL,      NONE,   NONE),
    "partners.delete_organisation":    _row(ALL,    ALL,      NONE,   NONE),
    "partners.view_person":            _row(ALL,    NONE,     NONE,   NONE),
    "partners.add_person":             _row(ALL,    NONE,     NONE,   NONE),
    "partners.change_person":          _row(ALL,    NONE,     NONE,   NONE),
    "partners.delete_person":          _row(ALL,    NONE,     NONE,   NONE),
    "partners.view_term":              _row(ALL,    ALL,      ALL,    NONE),
    "partners.add_term":               _row(ALL,    ALL,      NONE,   NONE),
    "partners.change_term":            _row(ALL,    ALL,      NONE,   NONE),
    "partners.delete_term":            _row(ALL,    ALL,      NONE,   NONE),
    "partners.view_partnership":       _row(ALL,    ALL,      ALL,    NONE),
    "partners.add_partnership":        _row(ALL,    NONE,     NONE,   NONE),
    "partners.change_partnership":     _row(ALL,    NONE,     NONE,   NONE),
    "partners.delete_partnership":     _row(NONE,   NONE,     NONE,   NONE),
    "accounts.view_user":              _row(ALL,    NONE,     NONE,   NONE),
    "accounts.add_user":               _row(ALL,    NONE,     NONE,   NONE),
    "accounts.change_user":            _row(ALL,    NONE,     NONE,   NONE),
    # A user who leaves is deactivated: the audit trail still needs their name.
    "accounts.delete_user":            _row(NONE,   NONE,     NONE,   NONE),
    "accounts.view_audit":             _row(ALL,    NONE,     NONE,   NONE),
}
# fmt: on

# Roles that work in the back office and so need two factors.
STAFF_ROLES = frozenset(
    role for role, scope in PERMISSIONS["wagtailadmin.access_admin"].items() if scope is ALL
)


def roles_for(action: str, scope: Scope) -> frozenset[Role]:
    """The roles that may do `action` in exactly this scope; empty for an unknown action."""
    row = PERMISSIONS.get(action, {})
    return frozenset(role for role, allowed in row.items() if allowed is scope)
