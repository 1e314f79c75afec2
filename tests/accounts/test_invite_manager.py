"""The first manager, let in from the command line."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


def test_invite_manager_makes_a_manager_who_can_sign_in() -> None:
    call_command("invite_manager", "lou@example.org", "Lou Marsh", verbosity=0)

    lou = User.objects.get(email="lou@example.org")
    assert list(lou.held_roles.values_list("role", flat=True)) == [Role.MANAGER]
    assert EmailAddress.objects.get(user=lou).verified


def test_invite_manager_refuses_an_address_that_is_in_use() -> None:
    make.user(email="lou@example.org")

    with pytest.raises(CommandError, match=r"signs in with lou@example\.org already"):
        call_command("invite_manager", "lou@example.org", "Lou Marsh")


def test_invite_manager_refuses_what_is_no_address() -> None:
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("invite_manager", "Lou Marsh", "lou@example.org")

    assert not User.objects.exists()
