"""Photos in the back office: taken in, replaced, taken off."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from wagtail.images.models import Image

from hereabouts.accounts.models import User
from hereabouts.activities import photos
from hereabouts.activities.models import Activity
from tests import make
from tests.activities.photos.pictures import again, stored_files, uploaded, with_photo
from tests.activities.staff.posted import completed, filled, timetable


@pytest.mark.django_db
def test_a_photo_is_kept_with_its_words(client: Client, moderator: User) -> None:
    client.force_login(moderator)

    client.post(
        reverse("activity:add"),
        filled(new_photo=uploaded(), photo_alt="Six people in a ring of chairs") | timetable(),
    )

    activity = Activity.objects.get()
    assert activity.photo is not None
    assert activity.photo_alt == "Six people in a ring of chairs"
    assert activity.photo.uploaded_by_user == moderator
    assert (activity.photo.width, activity.photo.height) == (80, 40)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"photo_alt": ""}, "Say what the photo shows, for people who cannot see it."),
        ({"new_photo": uploaded(b"no picture")}, "We cannot read this photo."),
        ({"new_photo": uploaded(b"")}, "The submitted file is empty."),
        ({"name": ""}, "Choose the photo once more"),
    ],
    ids=["without words", "broken", "empty", "lost by another mistake"],
)
def test_a_photo_that_cannot_be_kept_is_explained(
    client: Client, moderator: User, fields: dict[str, object], sentence: str
) -> None:
    client.force_login(moderator)
    posted = filled(new_photo=uploaded(), photo_alt="Six people") | timetable() | fields

    page = client.post(reverse("activity:add"), posted).content.decode()

    assert sentence in page
    assert not Image.objects.exists()
    assert not Activity.objects.exists()


@pytest.mark.django_db
def test_a_photo_that_is_too_large_is_not_even_read(
    client: Client, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "MAX_BYTES", 100)
    monkeypatch.setattr(photos, "readable", lambda content: pytest.fail("it was read"))
    client.force_login(moderator)

    page = client.post(
        reverse("activity:add"), filled(new_photo=uploaded(), photo_alt="Six") | timetable()
    ).content.decode()

    assert "The photo is larger than 15 megabytes." in page


@pytest.mark.django_db
def test_another_photo_takes_the_place_of_the_first(
    client: Client, moderator: User, django_capture_on_commit_callbacks: object
) -> None:
    draft = with_photo(client, moderator)
    first = draft.photo
    assert first is not None
    address = reverse("activity:edit", args=[draft.pk])

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(address, again(draft, new_photo=uploaded(), photo_alt="A hall"))

    draft.refresh_from_db()
    assert draft.photo is not None
    assert draft.photo != first
    assert Image.objects.count() == 1
    assert not default_storage.exists(first.file.name)
    assert default_storage.exists(draft.photo.file.name)


@pytest.mark.django_db
def test_a_photo_is_taken_off(client: Client, moderator: User) -> None:
    draft = with_photo(client, moderator)

    client.post(
        reverse("activity:edit", args=[draft.pk]), again(draft, removes_photo="on", photo_alt="")
    )

    draft.refresh_from_db()
    assert draft.photo is None
    assert not Image.objects.exists()


@pytest.mark.django_db
def test_a_photo_that_another_activity_shows_is_not_thrown_away(
    client: Client, moderator: User
) -> None:
    draft = with_photo(client, moderator)
    other = make.draft(name="Other", photo=draft.photo, photo_alt="The same")

    client.post(
        reverse("activity:edit", args=[draft.pk]), again(draft, removes_photo="on", photo_alt="")
    )

    other.refresh_from_db()
    assert other.photo is not None


@pytest.mark.django_db
def test_a_photo_of_a_refused_edit_leaves_nothing_behind(client: Client, moderator: User) -> None:
    draft = with_photo(client, moderator)
    Activity.objects.filter(pk=draft.pk).update(version=7)
    files = set(stored_files())

    page = client.post(
        reverse("activity:edit", args=[draft.pk]),
        again(draft, new_photo=uploaded(), photo_alt="Newer"),
    ).content.decode()

    assert "Somebody else saved" in page
    assert Image.objects.count() == 1
    assert set(stored_files()) == files


@pytest.mark.django_db
def test_completing_a_draft_takes_a_photo_too(client: Client, moderator: User) -> None:
    draft = make.draft(name="Chair class")
    client.force_login(moderator)

    client.post(
        reverse("drafts:complete", args=[draft.pk]),
        completed(publish="yes", new_photo=uploaded(), photo_alt="A ring of chairs"),
    )

    draft.refresh_from_db()
    assert draft.state == Activity.State.PUBLISHED
    assert draft.photo is not None


@pytest.mark.django_db
def test_a_photo_goes_with_the_activity_that_is_removed(
    client: Client, moderator: User, django_capture_on_commit_callbacks: object
) -> None:
    draft = with_photo(client, moderator)
    assert draft.photo is not None
    assert default_storage.exists(draft.photo.file.name)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(reverse("activity:delete", args=[draft.pk]))

    assert not Activity.objects.exists()
    assert not Image.objects.exists()
    assert not default_storage.exists(draft.photo.file.name)


@pytest.mark.django_db
def test_a_photo_that_another_activity_shows_stays_when_one_is_removed(
    client: Client, moderator: User
) -> None:
    draft = with_photo(client, moderator)
    other = make.draft(name="Other", photo=draft.photo, photo_alt="The same")

    client.post(reverse("activity:delete", args=[draft.pk]))

    other.refresh_from_db()
    assert other.photo is not None
