"""Who may open and press what in the back office of activities."""

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from tests import make
from tests.activities.staff.posted import filled

pytestmark = pytest.mark.django_db

TO_SIGN_IN = "/accounts/login/"


def test_the_list_asks_to_sign_in(client: Client) -> None:
    assert client.get(reverse("activity:index"))["Location"].startswith(TO_SIGN_IN)


def test_the_list_is_not_for_organisers(client: Client) -> None:
    client.force_login(make.organiser_of(make.organisation()))

    assert client.get(reverse("activity:index")).status_code in (302, 403)


def test_an_analyst_may_look_and_not_change(client: Client, analyst: User) -> None:
    activity = make.activity()
    client.force_login(analyst)

    response = client.post(reverse("activity:edit", args=[activity.pk]), filled(name="Mine"))

    activity.refresh_from_db()
    assert response.status_code in (302, 403)
    assert activity.name == "Sure and Steady"


MOVES = ["publish", "take_down", "pause", "resume", "check"]


@pytest.mark.parametrize("move", MOVES)
def test_a_move_asks_to_sign_in(client: Client, move: str) -> None:
    activity = make.activity()

    response = client.post(reverse(f"activities_staff:{move}", args=[activity.pk]))

    assert response["Location"].startswith(TO_SIGN_IN)


@pytest.mark.parametrize("move", MOVES)
def test_a_move_is_not_for_analysts(client: Client, analyst: User, move: str) -> None:
    activity = make.activity()
    actions.pause(activity=activity, until=None, reason="New floor", by=None, at=make.MONDAY)
    client.force_login(analyst)

    client.post(reverse(f"activities_staff:{move}", args=[activity.pk]), {"reason": "Mine"})

    activity.refresh_from_db()
    assert activity.state == Activity.State.PUBLISHED
    assert activity.pause_reason == "New floor"
    assert not activity.checks.exists()


def test_checks_ask_to_sign_in(client: Client) -> None:
    assert client.get(reverse("check:index"))["Location"].startswith(TO_SIGN_IN)
