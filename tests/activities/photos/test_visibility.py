"""Who sees a photo."""

import pytest
from django.test import Client
from django.urls import reverse

from hereabouts.accounts.models import User
from tests import make
from tests.activities.photos.pictures import published_with_photo, reread, with_photo
from tests.pages import ActivityPage


@pytest.mark.django_db
def test_residents_see_the_photo_of_what_is_published(client: Client, moderator: User) -> None:
    activity = published_with_photo(client, moderator)
    client.logout()

    response = client.get(reverse("activities:photo", args=[activity.public_id, activity.photo_id]))

    assert response["Content-Type"] == "image/jpeg"
    assert "immutable" in response["Cache-Control"]
    assert reread(b"".join(response)).size == (80, 40)
    response.close()


@pytest.mark.django_db
def test_residents_do_not_see_the_photo_of_a_draft(client: Client, moderator: User) -> None:
    draft = with_photo(client, moderator)
    client.logout()

    shown = client.get(reverse("activities:photo", args=[draft.public_id, draft.photo_id]))
    for_staff = client.get(reverse("activities_staff:photo", args=[draft.pk]))

    assert shown.status_code == 404
    assert for_staff["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_the_photo_of_a_draft_is_not_for_organisers(client: Client, moderator: User) -> None:
    draft = with_photo(client, moderator)
    client.force_login(make.organiser_of(make.organisation()))

    response = client.get(reverse("activities_staff:photo", args=[draft.pk]))

    assert response.status_code in (302, 403)


@pytest.mark.django_db
def test_staff_see_the_photo_of_a_draft(client: Client, moderator: User, analyst: User) -> None:
    draft = with_photo(client, moderator)
    client.force_login(analyst)

    response = client.get(reverse("activities_staff:photo", args=[draft.pk]))

    assert response["Content-Type"] == "image/jpeg"
    response.close()


@pytest.mark.django_db
def test_the_address_of_an_older_photo_leads_nowhere(client: Client, moderator: User) -> None:
    activity = published_with_photo(client, moderator)
    assert activity.photo_id is not None

    response = client.get(
        reverse("activities:photo", args=[activity.public_id, activity.photo_id + 1])
    )

    assert response.status_code == 404


@pytest.mark.django_db
def test_the_page_says_what_the_photo_shows(client: Client, moderator: User) -> None:
    activity = published_with_photo(client, moderator)
    client.logout()

    page = ActivityPage.get(client, f"/activities/{activity.public_id}/sure-and-steady/")

    photo = page.tag.select_one(".activity__photo img")
    assert photo is not None
    assert [photo[name] for name in ("width", "height", "alt")] == ["80", "40", "Six people"]
