"""Who may open what of the finder and of activities: one table of all their URLs."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.urls import names_in

pytestmark = pytest.mark.django_db

ANYBODY = {"find", "export", "map_points", "find_print", "calendar", "photo", "activity"}
SIGNED_IN = {"mine", "still_running"}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", sorted(SIGNED_IN))
def test_what_is_for_organisers_asks_to_sign_in(client: Client, name: str, method: str) -> None:
    activity = make.activity()
    about = {"public_id": activity.public_id} if name == "still_running" else {}

    response = getattr(client, method)(reverse(f"activities:{name}", kwargs=about))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert not activity.checks.exists()


def test_every_url_is_in_the_table() -> None:
    assert names_in("activities") == ANYBODY | SIGNED_IN
