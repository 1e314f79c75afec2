"""Pausing in the back office."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from tests import make
from tests.pages import Page

pytestmark = pytest.mark.django_db


def test_pausing_says_so_and_resuming_ends_it(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)

    with time_machine.travel(make.MONDAY, tick=False):
        page = client.post(
            reverse("activities_staff:pause", args=[activity.pk]),
            {"until": "2027-01-05", "reason": "The hall has a new floor"},
            follow=True,
        ).content.decode()
        activity.refresh_from_db()
        was_paused = activity.is_paused(on=date(2026, 12, 1))
        resumed = client.post(
            reverse("activities_staff:resume", args=[activity.pk]), follow=True
        ).content.decode()

    activity.refresh_from_db()
    assert "Paused until 5 January 2027: The hall has a new floor. The finder leaves it" in page
    assert was_paused
    assert "runs again. Residents can find it now." in resumed
    assert activity.paused_on is None


@pytest.mark.parametrize(
    ("until", "reason", "sentence"),
    [
        ("2026-11-22", "A new floor", "That day has gone."),
        ("", "", "This field is required."),
        ("soon", "A new floor", "Enter a valid date."),
    ],
)
def test_a_pause_that_cannot_be_is_explained_and_nothing_typed_is_lost(
    client: Client, moderator: User, until: str, reason: str, sentence: str
) -> None:
    activity = make.activity()
    client.force_login(moderator)

    with time_machine.travel(make.MONDAY, tick=False):
        page = client.post(
            reverse("activities_staff:pause", args=[activity.pk]),
            {"until": until, "reason": reason},
        ).content.decode()

    activity.refresh_from_db()
    assert sentence in page
    assert reason in page
    assert activity.paused_on is None


@pytest.mark.parametrize("page", ["activity:edit", "activities_staff:pause"])
def test_a_pause_that_is_over_is_not_offered_again(
    client: Client, moderator: User, page: str
) -> None:
    activity = make.activity()
    actions.pause(
        activity=activity, until=date(2026, 11, 30), reason="A new floor", by=None, at=make.MONDAY
    )
    client.force_login(moderator)

    with time_machine.travel(make.MONDAY, tick=False):
        during = Page.get(client, reverse(page, args=[activity.pk]))
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False):
        after = Page.get(client, reverse(page, args=[activity.pk]))

    assert (during.value("until"), during.value("reason")) == ("2026-11-30", "A new floor")
    assert (after.value("until"), after.value("reason")) == ("", "")


def test_a_draft_is_not_paused(client: Client, moderator: User) -> None:
    draft = make.draft()
    client.force_login(moderator)

    page = client.post(
        reverse("activities_staff:pause", args=[draft.pk]), {"reason": "A new floor"}
    ).content.decode()

    assert "there is nothing to pause" in page


def test_the_page_of_staff_says_that_it_is_paused(client: Client, moderator: User) -> None:
    activity = make.activity()
    client.force_login(moderator)
    client.post(reverse("activities_staff:pause", args=[activity.pk]), {"reason": "A new floor"})

    page = client.get(reverse("activity:edit", args=[activity.pk])).content.decode()

    assert "Paused. Nobody knows yet until when: A new floor" in page
    assert "It runs again" in page
