"""Who gets into which page of the back office: one table of all of them.

The imports of activities and of organisations have tables of their own.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.permissions import STAFF_ROLES, Role
from hereabouts.activities.models import Check
from tests import make
from tests.urls import names_in, staff_namespaces

pytestmark = pytest.mark.django_db

ELSEWHERE = {
    *("activities_imports", "activities_imports_list", "drafts"),
    *("organisations_imports", "organisations_imports_list"),
}
# What Wagtail answers to somebody who may not: its home page, with a message.
REFUSED = (302, "/staff/")

ALL = {Role.ANALYST, Role.MODERATOR, Role.MANAGER}
EDITORS = {Role.MODERATOR, Role.MANAGER}
MANAGERS = {Role.MANAGER}
NOBODY: set[Role] = set()

LISTS = ("index", "index_results")
HISTORY = ("history", "history_results")
CHANGES = ("add", "edit", "delete")
MOVES = ("publish", "take_down", "pause", "resume", "check")

OPEN_TO: dict[str, dict[str, set[Role]]] = {
    "activity": dict.fromkeys((*LISTS, "inspect"), ALL)
    | dict.fromkeys((*CHANGES, *HISTORY), EDITORS),
    "activities_staff": {"photo": ALL} | dict.fromkeys(MOVES, EDITORS),
    "check": dict.fromkeys(LISTS, ALL) | {"delete": EDITORS},
    "venue": dict.fromkeys((*LISTS, "inspect"), ALL) | dict.fromkeys((*CHANGES, *HISTORY), EDITORS),
    "organisation": dict.fromkeys((*LISTS, "inspect"), ALL)
    | dict.fromkeys((*CHANGES, *HISTORY), EDITORS),
    "term": dict.fromkeys((*LISTS, "inspect"), ALL) | dict.fromkeys((*CHANGES, *HISTORY), EDITORS),
    "person": dict.fromkeys((*LISTS, *CHANGES, *HISTORY), MANAGERS),
    "partnership": dict.fromkeys((*LISTS, "inspect"), ALL)
    | dict.fromkeys(("add", "edit", *HISTORY), MANAGERS)
    | {"delete": NOBODY},
    "wagtailusers_users": dict.fromkeys((*LISTS, "add", "edit", *HISTORY, "invite_again"), MANAGERS)
    | {"delete": NOBODY},
}
PAGES = [(space, name) for space, table in OPEN_TO.items() for name in table]
WITHOUT_A_ROW = {*LISTS, "add"}
PRESSED_ONLY = {"invite_again"}


def checked() -> Check:
    """A check of some activity."""
    check: Check = make.activity().checks.create(checked_on=make.LONG_AGO.date(), checker="x")
    return check


BUILDERS: dict[str, Callable[[], Model]] = {
    "activity": make.activity,
    "activities_staff": make.activity,
    "check": checked,
    "venue": make.venue,
    "organisation": make.organisation,
    "term": make.term,
    "person": make.person,
    "partnership": make.partnership,
    "wagtailusers_users": make.user,
}


class Target:
    """One page, and the row that it is about where it is about one."""

    def __init__(self, space: str, name: str) -> None:
        self.row = None if name in WITHOUT_A_ROW else BUILDERS[space]()
        self.url = reverse(f"{space}:{name}", args=[self.row.pk] if self.row else [])
        self.methods = ("post",) if name in PRESSED_ONLY else ("get", "post")

    def saved(self) -> Any:
        """The row as the database has it."""
        return self.row and type(self.row)._base_manager.filter(pk=self.row.pk).values().first()

    def answers(self, client: Client) -> list[tuple[int, str]]:
        """The status, and where it leads to, for each way to ask."""
        answers = [getattr(client, method)(self.url) for method in self.methods]
        return [(answer.status_code, answer.headers.get("Location", "")) for answer in answers]


@pytest.mark.parametrize(("space", "name"), PAGES)
def test_nobody_gets_in_who_is_not_signed_in(client: Client, space: str, name: str) -> None:
    target = Target(space, name)
    before = target.saved()

    for status, location in target.answers(client):
        assert status == 302
        assert location.startswith("/accounts/login/")
    assert target.saved() == before


@pytest.mark.parametrize(("space", "name"), PAGES)
def test_nobody_gets_in_who_works_elsewhere(client: Client, space: str, name: str) -> None:
    target = Target(space, name)
    client.force_login(make.organiser_of(make.organisation(name="Others")))

    assert {status for status, _location in target.answers(client)} == {403}


@pytest.mark.parametrize(("space", "name"), PAGES)
def test_nobody_gets_in_whose_role_is_not_in_the_table(
    client: Client, space: str, name: str
) -> None:
    for role in STAFF_ROLES - OPEN_TO[space][name]:
        target = Target(space, name)
        before = target.saved()
        client.force_login(make.staff(role=role))

        assert set(target.answers(client)) == {REFUSED}, role
        assert target.saved() == before
        if target.row:
            target.row.delete()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("space", "name"), [(space, name) for space, name in PAGES if OPEN_TO[space][name]]
)
def test_whoever_is_in_the_table_gets_in(client: Client, space: str, name: str) -> None:
    # Roles are declared from the most trusted to the least.
    *_others, least = (role for role in Role if role in OPEN_TO[space][name])
    client.force_login(make.staff(role=least))

    assert Target(space, name).answers(client)[0] != REFUSED


def test_every_page_of_the_back_office_is_in_the_table() -> None:
    assert set(OPEN_TO) == staff_namespaces() - ELSEWHERE
    for space, table in OPEN_TO.items():
        assert set(table) == names_in(space), space
