"""Photos: what is taken in, what of them is kept, and who sees them."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo
from pytest_django import Settings
from wagtail.images.models import Image

from hereabouts.accounts.models import User
from hereabouts.activities import photos
from hereabouts.activities.models import Activity
from tests import make
from tests.activities.staff.posted import completed, filled, timetable

RED, BLUE = (200, 30, 30), (30, 30, 200)
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def picture(*, size: tuple[int, int] = (80, 40), mode: str = "RGB") -> Picture.Image:
    """Red on the left, blue on the right."""
    made = Picture.new(mode, size, RED)
    made.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    return made


def written(made: Picture.Image, kind: str = "JPEG", **options: object) -> bytes:
    content = io.BytesIO()
    made.save(content, kind, **options)
    return content.getvalue()


def reread(content: bytes) -> Picture.Image:
    return Picture.open(io.BytesIO(content))


def uploaded(content: bytes | None = None, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, written(picture()) if content is None else content)


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Real files, and those of one test are not there for the next."""
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": storage}


# ── What is kept ──


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "MPO"])
def test_what_phones_and_cameras_make_is_read(kind: str) -> None:
    kept = reread(photos.readable(written(picture(), kind)))

    assert kept.format == "JPEG"
    assert kept.size == (80, 40)


def test_where_and_with_what_it_was_taken_is_not_kept() -> None:
    exif = Picture.Exif()
    exif[MAKER] = "A maker of phones"
    exif[GPS] = {1: "N", 2: (53.0, 12.0, 0.0)}
    remarked = written(picture(), exif=exif, comment=b"Mrs Poole, in the front row")

    kept = photos.readable(remarked)

    assert b"maker of phones" in remarked
    assert b"maker of phones" not in kept
    assert b"Mrs Poole" not in kept
    assert not reread(kept).getexif()


def test_words_inside_a_png_are_not_kept() -> None:
    words = PngInfo()
    words.add_text("Comment", "Mrs Poole")

    assert b"Poole" not in photos.readable(written(picture(), "PNG", pnginfo=words))


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Picture.Exif()
    exif[ORIENTATION] = 6  # turn it a quarter to the right

    kept = reread(photos.readable(written(picture(), exif=exif)))

    assert kept.size == (40, 80)
    top = kept.getpixel((20, 10))
    assert isinstance(top, tuple)
    assert top[0] > top[2]


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    kept = reread(photos.readable(written(picture(size=(4000, 3000)))))

    assert kept.size == (1600, 1200)


def test_what_is_seen_through_becomes_white() -> None:
    kept = reread(photos.readable(written(Picture.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")))

    assert kept.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        written(picture(), "GIF"),
        written(picture(size=(400, 400)))[:900],
        written(picture(size=(400, 400)), "PNG")[:200],
        written(picture(), "HEIF")[:300],
    ],
    ids=["empty", "text", "svg", "postscript", "gif", "half jpeg", "half png", "half heif"],
)
def test_what_is_no_photo_is_refused_with_what_to_do(broken: bytes) -> None:
    with pytest.raises(photos.NotAPhoto, match="Choose another one"):
        photos.readable(broken)


def test_a_picture_that_would_fill_the_memory_is_refused() -> None:
    enormous = written(Picture.new("1", (10_000, 6_001)), "PNG")

    with pytest.raises(photos.NotAPhoto, match="too many dots"):
        photos.readable(enormous)


# ── In the back office ──


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


# ── Who sees it ──


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

    page = client.get(f"/activities/{activity.public_id}/sure-and-steady/").content.decode()

    assert 'width="80" height="40" alt="Six people" loading="lazy"' in page


def with_photo(client: Client, moderator: User) -> Activity:
    """A draft to which a moderator gave a photo; the moderator is signed in."""
    client.force_login(moderator)
    client.post(
        reverse("activity:add"),
        filled(new_photo=uploaded(), photo_alt="Six people") | timetable(),
    )
    return Activity.objects.get()


def published_with_photo(client: Client, moderator: User) -> Activity:
    draft = with_photo(client, moderator)
    Activity.objects.filter(pk=draft.pk).update(venue=make.venue(), state="PUBLISHED")
    draft.refresh_from_db()
    return draft


def again(draft: Activity, **fields: object) -> dict[str, object]:
    """The same posted once more, with something else."""
    line = draft.schedules.get()
    same = filled(version=draft.version, photo_alt=draft.photo_alt) | timetable(id=line.pk)
    return same | {"timetable-INITIAL_FORMS": 1} | fields


def stored_files() -> list[str]:
    return default_storage.listdir("original_images")[1]


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
