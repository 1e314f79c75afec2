"""Pictures to upload, and what is stored of them."""

import io

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture

from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity
from tests import make
from tests.activities.staff.posted import filled, timetable

RED, BLUE = (200, 30, 30), (30, 30, 200)


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
