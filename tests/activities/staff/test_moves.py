"""One press: publish, take down, note a check; and taking a check back."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity
from tests import make

pytestmark = pytest.mark.django_db

MOVES = ["publish", "take_down", "pause", "resume", "check"]


def test_taking_down_and_publishing_again(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)

    client.post(reverse("activities_staff:take_down", args=[activity.pk]))
    activity.refresh_from_db()
    taken_down = activity.state
    client.post(reverse("activities_staff:publish", args=[activity.pk]))
    activity.refresh_from_db()

    assert taken_down == Activity.State.RETIRED
    assert activity.state == Activity.State.PUBLISHED


def test_publishing_too_early_says_what_is_missing(client: Client, moderator: User) -> None:
    draft = make.draft()
    client.force_login(moderator)

    page = client.post(
        reverse("activities_staff:publish", args=[draft.pk]), follow=True
    ).content.decode()

    assert "A venue with a postcode." in page


def test_a_noted_check_says_the_partnership(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)

    client.post(reverse("activities_staff:check", args=[activity.pk]))

    assert activity.checks.get().checker == "the partnership"


def test_a_published_activity_is_not_deleted(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)

    page = client.post(reverse("activity:delete", args=[activity.pk]), follow=True)

    assert "Take it down first." in page.content.decode()
    assert Activity.objects.filter(pk=activity.pk).exists()


def test_a_mistaken_check_is_taken_back_and_told(
    client: Client, moderator: User, manager: User
) -> None:
    activity = make.activity()
    check = activity.checks.create(checked_on=date(2026, 11, 3), checker="the class leader")
    client.force_login(moderator)

    client.post(reverse("check:delete", args=[check.pk]))

    client.force_login(manager)
    history = client.get(reverse("activity:history", args=[activity.pk])).content.decode()
    assert not activity.checks.exists()
    assert "the class leader" in history


def test_a_check_says_who_told_us(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)

    client.post(reverse("activities_staff:check", args=[activity.pk]), {"checker": "the warden"})

    assert activity.checks.get().checker == "the warden"


@pytest.mark.parametrize("move", [move for move in MOVES if move != "pause"])
def test_a_move_after_signing_in_anew_leads_back_to_the_activity(
    client: Client, moderator: User, move: str
) -> None:
    activity = make.activity()
    client.force_login(moderator)

    response = client.get(reverse(f"activities_staff:{move}", args=[activity.pk]))

    activity.refresh_from_db()
    assert response["Location"] == reverse("activity:edit", args=[activity.pk])
    assert activity.state == Activity.State.PUBLISHED
    assert not activity.checks.exists()


def test_a_draft_cannot_be_taken_down(client: Client, moderator: User) -> None:
    draft = make.draft()
    client.force_login(moderator)

    page = client.post(reverse("activities_staff:take_down", args=[draft.pk]), follow=True)

    draft.refresh_from_db()
    assert "is not published." in page.content.decode()
    assert draft.state == Activity.State.DRAFT
