"""The lists of activities and of checks in the back office, and their spreadsheets."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from tests import make

pytestmark = pytest.mark.django_db


def test_the_list_finds_filters_and_exports(client: Client, analyst: User) -> None:
    make.activity(name="=cmd|' /C calc'!A0")
    make.draft(name="Sit and stretch", is_chair_based=True)
    client.force_login(analyst)

    found = client.get(reverse("activity:index"), {"q": "sit"}).content.decode()
    filtered = client.get(reverse("activity:index"), {"state": "DRAFT"}).content.decode()
    exported = client.get(reverse("activity:index"), {"export": "csv"})
    csv = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]

    assert "Sit and stretch" in found
    assert "cmd|" not in found
    assert "cmd|" not in filtered
    assert "'=cmd|" in csv


def test_the_list_says_that_a_leader_is_not_confirmed(client: Client, analyst: User) -> None:
    make.activity(is_fame=True)
    client.force_login(analyst)

    page = client.get(reverse("activity:index")).content.decode()

    assert "Red: FaME falls class (leader not confirmed)" in page


def test_so_do_its_spreadsheet_and_its_page(client: Client, analyst: User) -> None:
    unconfirmed, confirmed = (
        make.activity(is_fame=True),
        make.red_class(confirmed_on=timezone.localdate()),
    )
    client.force_login(analyst)

    exported = client.get(reverse("activity:index"), {"export": "csv"})
    csv = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]
    read = [
        client.get(reverse("activity:inspect", args=[activity.pk])).content.decode()
        for activity in (unconfirmed, confirmed)
    ]

    assert ",Red: FaME falls class (leader not confirmed)," in csv
    assert ",Red: FaME falls class," in csv
    assert "Red: FaME falls class (leader not confirmed)" in read[0]
    assert "Red: FaME falls class" in read[1]
    assert "not confirmed" not in read[1]


def test_the_spreadsheet_says_when_and_when_checked(client: Client, analyst: User) -> None:
    activity = make.activity(cost_pence=250)
    activity.checks.create(checked_on=date(2026, 11, 3), checker="the class leader")
    client.force_login(analyst)

    exported = client.get(reverse("activity:index"), {"export": "csv"})
    csv = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]

    assert "Every Thursday, 1:30 to 2:45 pm" in csv
    assert "2026-11-03" in csv
    assert "£2.50" in csv


def test_an_analyst_sees_checks_and_cannot_take_one_back(client: Client, analyst: User) -> None:
    activity = make.activity()
    check = activity.checks.create(checked_on=date(2026, 11, 3), checker="the class leader")
    client.force_login(analyst)

    page = client.get(reverse("check:index")).content.decode()
    client.post(reverse("check:delete", args=[check.pk]))

    assert "the class leader" in page
    assert activity.checks.exists()


def test_an_analyst_does_not_see_what_a_spreadsheet_said_beside_it(
    client: Client, analyst: User
) -> None:
    draft = make.draft(imported_values={"Contact": "Jo Private 07700 900123"})
    client.force_login(analyst)

    page = client.get(reverse("activity:inspect", args=[draft.pk])).content.decode()

    assert "Sure and Steady" in page
    assert "07700 900123" not in page


def test_the_list_says_what_each_is_and_filters_by_it(client: Client, analyst: User) -> None:
    make.open_space(name="Carr Wood")
    make.activity(name="Sure and Steady", is_low_impact=True)
    client.force_login(analyst)

    everything = client.get(reverse("activity:index")).content.decode()
    parks = client.get(reverse("activity:index"), {"form": "OPEN_SPACE"}).content.decode()
    green = client.get(reverse("activity:index"), {"level": "GREEN"}).content.decode()

    assert "Park or open space" in everything
    assert "Carr Wood" in parks
    assert "Sure and Steady" not in parks
    assert "Sure and Steady" in green
    assert "Carr Wood" not in green


def test_the_list_filters_by_pause(client: Client, analyst: User) -> None:
    paused = make.activity(name="Closed for now")
    make.activity(name="Open as ever")
    actions.pause(activity=paused, until=None, reason="New floor", by=None, at=timezone.now())
    client.force_login(analyst)

    now = client.get(reverse("activity:index"), {"paused": "now"}).content.decode()
    running = client.get(reverse("activity:index"), {"paused": "no"}).content.decode()

    assert "Closed for now" in now
    assert "Published (paused)" in now
    assert "Open as ever" not in now
    assert "Open as ever" in running
    assert "Closed for now" not in running


def test_the_spreadsheet_has_lists_in_words(client: Client, analyst: User) -> None:
    make.activity(
        kinds=[make.kind("walking")],
        conditions=["STROKE", "COPD"],
        age_from=65,
        concessions=[make.concession(who="Carers", pence=0, proof="a card")],
    )
    client.force_login(analyst)

    exported = client.get(reverse("activity:index"), {"export": "csv"})

    csv = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]
    assert "COPD (a lung condition); Stroke" in csv
    assert ",65," in csv
    assert "Carers: free (a card)" in csv
    assert "Walking" in csv
