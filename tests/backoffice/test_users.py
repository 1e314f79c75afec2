"""Managers invite people and give them roles."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import ModelLogEntry

from hereabouts.accounts import queries
from hereabouts.accounts.models import User
from hereabouts.accounts.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db

BY_WORKER = {"background": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
NEW = {"email": "nia@example.org", "name": "Nia Grant", "roles": ["MODERATOR"]}


def test_pages_are_not_open_to_moderators(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    answer = client.get("/staff/users/", follow=True)

    assert answer.redirect_chain == [("/staff/", 302)]
    assert "you do not have permission" in answer.content.decode()


def test_a_moderator_invites_nobody(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    client.post("/staff/users/new/", NEW)

    assert not User.objects.filter(email="nia@example.org").exists()


def test_a_manager_invites_somebody_who_is_told(
    client: Client,
    manager: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client.force_login(manager)

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/staff/users/new/", NEW)

    user = User.objects.get(email="nia@example.org")
    assert queries.roles_of(user) == [Role.MODERATOR]
    (message,) = mail.outbox
    assert message.to == ["nia@example.org"]
    assert message.subject == "A manager invites you to Hereabouts"
    assert f"A manager ({manager.email}) invites you" in message.body
    assert "http://localhost:8000/accounts/login/" in message.body
    assert "You do not need a password." in message.body


def test_somebody_is_invited_though_the_mail_server_is_down(
    client: Client,
    manager: User,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.TASKS = BY_WORKER
    settings.EMAIL_BACKEND = "no.mail.server"
    client.force_login(manager)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/staff/users/new/", NEW)

    user = User.objects.get(email="nia@example.org")
    (task,) = DBTaskResult.objects.all()
    assert answer["Location"] == "/staff/users/"
    assert (task.task_path, task.args_kwargs["args"]) == (
        "hereabouts.backoffice.tasks.send_invitation",
        [user.pk, manager.pk],
    )


def test_the_page_of_whoever_never_signed_in_offers_another_invitation(
    client: Client, manager: User
) -> None:
    expected, known = make.user(), make.user()
    User.objects.filter(pk=known.pk).update(last_login=make.LONG_AGO)
    client.force_login(manager)

    offered = client.get(f"/staff/users/edit/{expected.pk}/").content.decode()
    not_offered = client.get(f"/staff/users/edit/{known.pk}/").content.decode()

    assert f'action="/staff/users/invite-again/{expected.pk}/"' in offered
    assert "invite-again" not in not_offered


def test_a_manager_invites_again(
    client: Client,
    manager: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    user = make.user(email="nia@example.org")
    client.force_login(manager)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/staff/users/invite-again/{user.pk}/")

    assert answer["Location"] == f"/staff/users/edit/{user.pk}/"
    assert [message.to for message in mail.outbox] == [["nia@example.org"]]


def test_whoever_signed_in_meanwhile_is_not_invited_again(
    client: Client,
    manager: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    user = make.user()
    User.objects.filter(pk=user.pk).update(last_login=make.LONG_AGO)
    client.force_login(manager)

    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(f"/staff/users/invite-again/{user.pk}/", follow=True).content.decode()

    assert "needs no invitation" in page
    assert mail.outbox == []


def test_the_invitation_takes_no_orders_from_a_name(
    client: Client,
    manager: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    User.objects.filter(pk=manager.pk).update(name="Mo\nBcc: everyone@example.org")
    client.force_login(manager)

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/staff/users/new/", NEW | {"name": "A <b>& {{ 7*7 }}"})

    (message,) = mail.outbox
    assert message.subject == "Mo Bcc: everyone@example.org invites you to Hereabouts"
    assert "Hello A <b>& {{ 7*7 }}," in message.body


def test_inviting_an_address_in_use_is_said_beside_the_field(client: Client, manager: User) -> None:
    make.user(email="nia@example.org")
    client.force_login(manager)

    page = client.post("/staff/users/new/", NEW | {"email": "NIA@Example.org"}).content.decode()

    assert "Somebody signs in with this address already." in page
    assert mail.outbox == []


def _as_is(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "roles": [role.value for role in queries.roles_of(user)],
        "is_active": "on",
        "version": user.version,
    }


def test_a_manager_changes_name_and_roles(client: Client, manager: User) -> None:
    user = make.user(roles=(Role.ANALYST,))
    client.force_login(manager)

    answer = client.post(
        f"/staff/users/edit/{user.pk}/",
        _as_is(user) | {"name": "Nia", "roles": ["MODERATOR", "ANALYST"]},
    )

    user.refresh_from_db()
    assert answer.status_code == 302
    assert user.name == "Nia"
    assert queries.roles_of(user) == [Role.MODERATOR, Role.ANALYST]
    assert ModelLogEntry.objects.for_instance(user).latest("pk").user == manager


def test_a_manager_stops_somebody_from_signing_in(client: Client, manager: User) -> None:
    user = make.user()
    client.force_login(manager)

    client.post(f"/staff/users/edit/{user.pk}/", _as_is(user) | {"is_active": ""})

    user.refresh_from_db()
    assert not user.is_active


def test_a_manager_lets_somebody_set_up_the_second_step_anew(
    client: Client, manager: User, moderator: User
) -> None:
    client.force_login(manager)

    client.post(
        f"/staff/users/edit/{moderator.pk}/", _as_is(moderator) | {"forget_second_step": "on"}
    )

    assert not Authenticator.objects.filter(user=moderator).exists()


def test_a_manager_does_not_lose_their_own_role(client: Client, manager: User) -> None:
    client.force_login(manager)

    page = client.post(
        f"/staff/users/edit/{manager.pk}/", _as_is(manager) | {"roles": ["ANALYST"]}
    ).content.decode()

    assert "You cannot take the manager’s role from yourself." in page
    assert queries.roles_of(manager) == [Role.MANAGER]


def test_nobody_makes_themselves_a_manager(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    client.post(f"/staff/users/edit/{moderator.pk}/", _as_is(moderator) | {"roles": ["MANAGER"]})

    assert queries.roles_of(moderator) == [Role.MODERATOR]


def test_an_address_is_not_changed_here(client: Client, manager: User) -> None:
    user = make.user(email="nia@example.org")
    client.force_login(manager)

    client.post(f"/staff/users/edit/{user.pk}/", _as_is(user) | {"email": "other@example.org"})

    user.refresh_from_db()
    assert user.email == "nia@example.org"


def test_nobody_is_deleted(client: Client, manager: User) -> None:
    user = make.user()
    client.force_login(manager)

    client.post(f"/staff/users/delete/{user.pk}/")

    assert User.objects.filter(pk=user.pk).exists()


def test_the_list_finds_by_name_and_filters_by_role(client: Client, manager: User) -> None:
    make.user(name="Nia Grant", roles=(Role.ANALYST,))
    make.user(name="Orla Reed")
    client.force_login(manager)

    by_name = client.get("/staff/users/?q=reed").content.decode()
    by_role = client.get("/staff/users/?held_roles__role=ANALYST").content.decode()

    assert "Orla Reed" in by_name
    assert "Nia Grant" not in by_name
    assert "Nia Grant" in by_role
    assert "Orla Reed" not in by_role


def test_the_list_costs_the_same_for_many_as_for_few(
    client: Client, manager: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(manager)
    with django_assert_max_num_queries(100) as few:
        client.get("/staff/users/")
    for _time in range(8):
        make.user(roles=(Role.ANALYST, Role.MODERATOR))

    with django_assert_max_num_queries(len(few)):
        client.get("/staff/users/")
