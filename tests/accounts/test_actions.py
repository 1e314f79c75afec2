"""Inviting people and giving them roles."""

from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from wagtail.models import ModelLogEntry

from hereabouts.accounts import actions, queries
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from hereabouts.audit.edits import EditedMeanwhile
from tests import make

pytestmark = pytest.mark.django_db


def _lines(user: User) -> list[str]:
    entries = ModelLogEntry.objects.for_instance(user).order_by("pk")
    return list(entries.values_list("action", flat=True))


def test_invite_makes_somebody_who_signs_in_without_a_password(
    manager: User, now: datetime
) -> None:
    user = actions.invite(
        email="Nia@Example.org", name="Nia", roles=[Role.ANALYST], by=manager, at=now
    )

    assert user.email == "nia@example.org"
    assert not user.has_usable_password()
    assert user.joined_at == now
    assert queries.roles_of(user) == [Role.ANALYST]
    # Without it allauth would ask for a second code.
    assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()


def test_invite_refuses_an_address_in_use_in_any_case(manager: User, now: datetime) -> None:
    make.user(email="nia@example.org")

    with pytest.raises(actions.AddressInUse):
        actions.invite(email="NIA@example.org", name="Nia", roles=[], by=manager, at=now)


def test_give_roles_leaves_exactly_these(manager: User, now: datetime) -> None:
    user = make.user(roles=(Role.ANALYST, Role.MODERATOR))

    actions.give_roles(user=user, roles=[Role.MODERATOR, Role.MANAGER], by=manager, at=now)

    assert queries.roles_of(user) == [Role.MANAGER, Role.MODERATOR]


def test_give_roles_tells_the_trail_what_they_were(manager: User, now: datetime) -> None:
    user = make.user(roles=(Role.ANALYST,))

    actions.give_roles(user=user, roles=[Role.MODERATOR], by=manager, at=now)

    line = ModelLogEntry.objects.for_instance(user).latest("pk")
    assert line.user == manager
    assert line.data == {"changes": {"roles": ["Analyst", "Moderator"]}}


def test_give_roles_writes_nothing_when_nothing_changes(manager: User, now: datetime) -> None:
    user = make.user(roles=(Role.ANALYST,))
    before, version = _lines(user), user.version

    actions.give_roles(user=user, roles=[Role.ANALYST], by=manager, at=now)

    assert _lines(user) == before
    assert user.version == version


def test_an_organisers_role_is_not_held_but_comes_from_an_organisation(
    manager: User, now: datetime
) -> None:
    user = make.user()

    actions.give_roles(user=user, roles=[Role.ORGANISER], by=manager, at=now)

    assert queries.roles_of(user) == []


def test_a_manager_cannot_take_the_managers_role_from_themselves(
    manager: User, now: datetime
) -> None:
    with pytest.raises(actions.OwnManagerRole):
        actions.give_roles(user=manager, roles=[Role.ANALYST], by=manager, at=now)

    assert queries.roles_of(manager) == [Role.MANAGER]


def test_a_manager_can_take_it_from_another(manager: User, now: datetime) -> None:
    other = make.staff(role=Role.MANAGER)

    actions.give_roles(user=other, roles=[], by=manager, at=now)

    assert queries.roles_of(other) == []


def test_a_manager_cannot_stop_themselves_from_signing_in(manager: User, now: datetime) -> None:
    manager.is_active = False

    with pytest.raises(actions.CannotLockYourselfOut):
        actions.change_user(user=manager, roles=[Role.MANAGER], by=manager, at=now)


def test_change_user_saves_the_name_and_who_may_sign_in(manager: User, now: datetime) -> None:
    user = make.user(name="Nia", roles=(Role.ANALYST,))
    user.name, user.is_active = "Nia Grant", False

    actions.change_user(user=user, roles=[Role.ANALYST], by=manager, at=now)

    user.refresh_from_db()
    assert (user.name, user.is_active) == ("Nia Grant", False)
    assert ModelLogEntry.objects.for_instance(user).latest("pk").data["changes"] == {
        "name": ["Nia", "Nia Grant"],
        "is_active": [True, False],
    }


def test_change_user_refuses_when_somebody_else_gave_roles_meanwhile(
    manager: User, now: datetime
) -> None:
    user = make.user()
    same_user = User.objects.get(pk=user.pk)
    actions.give_roles(user=user, roles=[Role.ANALYST], by=manager, at=now)

    with pytest.raises(EditedMeanwhile):
        actions.change_user(user=same_user, roles=[Role.MODERATOR], by=manager, at=now)

    assert queries.roles_of(user) == [Role.ANALYST]


def test_forget_second_step_lets_them_set_it_up_anew(manager: User) -> None:
    other = make.staff(role=Role.ANALYST)

    actions.forget_second_step(user=other, by=manager)

    assert not Authenticator.objects.filter(user=other).exists()
    assert _lines(other)[-1] == "hereabouts.second_step_off"


def test_forget_second_step_ends_every_session(client: Client, manager: User) -> None:
    other = make.staff(role=Role.ANALYST)
    client.force_login(other)
    assert client.get("/accounts/").status_code == 200

    actions.forget_second_step(user=other, by=manager)

    assert client.get("/accounts/")["Location"] == "/accounts/login/?next=/accounts/"
    assert not User.objects.get(pk=other.pk).has_usable_password()


def test_a_session_that_was_ended_does_not_come_back_with_an_older_copy(
    manager: User, now: datetime
) -> None:
    other = make.staff(role=Role.ANALYST)
    older = User.objects.get(pk=other.pk)
    older.name = "Nia Grant"
    actions.forget_second_step(user=other, by=manager)

    with pytest.raises(EditedMeanwhile):
        actions.change_user(user=older, roles=[Role.ANALYST], by=manager, at=now)


def test_whoever_may_no_longer_sign_in_is_signed_out(
    client: Client, manager: User, now: datetime
) -> None:
    user = make.user()
    client.force_login(user)
    assert client.get("/accounts/").status_code == 200
    user.is_active = False

    actions.change_user(user=user, roles=[], by=manager, at=now)

    assert client.get("/accounts/").status_code == 302


def test_invite_again_is_a_line_of_the_trail(manager: User) -> None:
    user = make.user()

    actions.invite_again(user=user, by=manager)

    assert _lines(user)[-1] == "hereabouts.invite_again"


@pytest.mark.parametrize("known", [{"last_login": make.LONG_AGO}, {"is_active": False}])
def test_invite_again_refuses_whoever_has_signed_in_or_may_not(
    manager: User, known: dict[str, object]
) -> None:
    user = make.user()
    for name, value in known.items():
        setattr(user, name, value)

    with pytest.raises(actions.AlreadySignedIn):
        actions.invite_again(user=user, by=manager)


def test_forget_second_step_writes_nothing_when_there_is_none(manager: User) -> None:
    user = make.user()
    before = _lines(user)

    actions.forget_second_step(user=user, by=manager)

    assert _lines(user) == before
