"""What an organiser looks after, and says that it is still running."""

from datetime import date

import pytest
from django.test import Client

from hereabouts.activities import actions
from hereabouts.activities.shown import address_of
from tests import make
from tests.pages import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]


def test_still_running_is_not_for_another_organisation(client: Client) -> None:
    activity = make.activity(provider=make.organisation())
    client.force_login(make.organiser_of(make.organisation(name="Others")))

    response = client.post(f"/activities/{activity.public_id}/still-running/")

    assert response.status_code == 403
    assert not activity.checks.exists()


def test_still_running_notes_the_organisers_yes(client: Client) -> None:
    activity = make.activity(provider=make.organisation())
    assert activity.provider is not None
    client.force_login(make.organiser_of(activity.provider))

    response = client.post(f"/activities/{activity.public_id}/still-running/")

    check = activity.checks.get()
    assert response["Location"] == address_of(activity)
    assert check.checker == "the organiser"
    assert check.checked_on == date(2026, 11, 23)


def test_still_running_after_signing_in_anew_leads_to_the_button(client: Client) -> None:
    activity = make.activity(provider=make.organisation())
    assert activity.provider is not None
    client.force_login(make.organiser_of(activity.provider))

    response = client.get(f"/activities/{activity.public_id}/still-running/")

    assert response["Location"] == "/activities/yours/"
    assert not activity.checks.exists()


def test_mine_shows_only_what_ones_organisation_runs(client: Client) -> None:
    own = make.activity(name="Ours", provider=make.organisation())
    make.activity(name="Theirs", provider=make.organisation(name="Others"))
    assert own.provider is not None
    client.force_login(make.organiser_of(own.provider))

    page = Page.get(client, "/activities/yours/")

    assert "Ours" in page.text
    assert "Theirs" not in page.text


def test_mine_says_so_when_there_is_nothing(client: Client) -> None:
    client.force_login(make.organiser_of(make.organisation()))

    assert "Nothing yet." in Page.get(client, "/activities/yours/").text


def test_an_organiser_sees_what_is_paused_and_whose_leader_is_not_confirmed(
    client: Client,
) -> None:
    runs_it = make.organisation()
    paused = make.activity(name="Paused one", provider=runs_it)
    actions.pause(activity=paused, until=None, reason="no hall", by=None, at=make.MONDAY)
    make.red_class(name="Lapsed one", confirmed_on=None, provider=runs_it)
    client.force_login(make.organiser_of(runs_it))

    page = Page.get(client, "/activities/yours/")

    assert "Paused. Nobody knows yet until when: no hall." in page.text
    assert "Leader not confirmed." in page.text
    assert page.text.count("Leader not confirmed") == 1
