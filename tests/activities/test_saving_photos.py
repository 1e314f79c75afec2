"""Saving an activity saves its photo with it: all of it or nothing."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Picture
from pytest_django import Settings
from wagtail.images.models import Image

from hereabouts.accounts.models import User
from hereabouts.activities import actions
from hereabouts.activities.models import Activity
from hereabouts.activities.photos import Chosen
from hereabouts.core.refusals import Refusal
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": storage}


def a_photo() -> Chosen:
    content = io.BytesIO()
    Picture.new("RGB", (8, 4)).save(content, "JPEG")
    return Chosen(new=content.getvalue())


def stored_files() -> list[str]:
    if not default_storage.exists("original_images"):
        return []
    return default_storage.listdir("original_images")[1]


def with_photo(activity: Activity, *, by: User, at: datetime) -> Activity:
    activity.photo_alt = "Six people"
    schedules = [] if activity._state.adding else list(activity.schedules.all())
    return actions.save_activity(
        activity=activity,
        schedules=schedules,
        photo=a_photo(),
        by=by,
        at=at,
    )


def test_a_photo_is_saved_with_its_activity(moderator: User, now: datetime) -> None:
    activity = with_photo(Activity(name="Chair class"), by=moderator, at=now)

    saved = Activity.objects.get(pk=activity.pk)
    assert saved.photo is not None
    assert saved.photo.uploaded_by_user == moderator
    assert len(stored_files()) == 1


def test_saving_without_a_choice_leaves_the_photo(moderator: User, now: datetime) -> None:
    activity = with_photo(make.draft(), by=moderator, at=now)
    photo = activity.photo

    activity.name = "Steady and Sure"
    actions.save_activity(activity=activity, schedules=[], by=moderator, at=now)
    activity.summary = "For everybody"
    actions.save_activity(activity=activity, schedules=[], photo=Chosen(), by=moderator, at=now)

    assert Activity.objects.get().photo == photo


def test_what_is_refused_leaves_the_photo_and_the_files_as_they_were(
    moderator: User, now: datetime
) -> None:
    activity = with_photo(make.activity(), by=moderator, at=now)
    photo, files = activity.photo, stored_files()

    with pytest.raises(actions.NotComplete):
        actions.save_activity(
            activity=activity, schedules=[], photo=a_photo(), by=moderator, at=now
        )

    assert activity.photo == photo
    assert Image.objects.get() == photo
    assert stored_files() == files


@pytest.mark.parametrize("chosen", [a_photo(), Chosen(is_removed=True)], ids=["new", "removed"])
def test_completing_that_is_refused_at_the_end_leaves_no_trace(
    moderator: User, now: datetime, chosen: Chosen
) -> None:
    draft = with_photo(make.draft(), by=moderator, at=now)
    photo, files = draft.photo, stored_files()

    with pytest.raises(Refusal, match="Residents cannot see it yet"):
        actions.complete(
            activity=draft,
            schedules=[],
            checker="",
            is_published=True,
            photo=chosen,
            by=moderator,
            at=now,
        )

    assert draft.photo == photo
    assert Activity.objects.get().photo == photo
    assert Image.objects.get() == photo
    assert stored_files() == files


def test_completing_takes_the_photo_off_and_deletes_its_file(
    moderator: User, now: datetime, django_capture_on_commit_callbacks: object
) -> None:
    draft = with_photo(make.draft(venue=make.venue()), by=moderator, at=now)
    draft.photo_alt = ""

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.complete(
            activity=draft,
            schedules=[make.schedule()],
            checker="",
            is_published=True,
            photo=Chosen(is_removed=True),
            by=moderator,
            at=now,
        )

    assert Activity.objects.get().photo is None
    assert not Image.objects.exists()
    assert stored_files() == []
