"""Photos of activities: what comes from a phone or a camera, made fit to keep and to show."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image as Picture
from PIL import ImageOps
from pillow_heif import register_heif_opener
from wagtail.images.models import Filter, Image, Rendition

from hereabouts.accounts.models import User
from hereabouts.activities.models import Activity
from hereabouts.core.refusals import Refusal

# Phones of one maker send HEIF. A JPEG with a second picture inside (MPO) is read as JPEG.
register_heif_opener()
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
# What browsers offer to choose from.
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif"
MAX_MEGABYTES = 15
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
# More than any phone's camera takes, and what a small server can still hold while it reads.
MAX_PIXELS = 60_000_000
# Sharp on a large screen; nobody needs the original.
KEPT_SIDE = 1600
KEPT_QUALITY = 85
# As the page shows it, twice as many dots as its place is wide.
SHOWN = "max-960x720|format-jpeg|jpegquality-75"
WHITE = (255, 255, 255)


class NotAPhoto(Refusal):
    """What was uploaded is no picture that we can read."""


def too_large() -> NotAPhoto:
    """What to say of a file that need not even be read."""
    return NotAPhoto(_("The photo is larger than %d megabytes.") % MAX_MEGABYTES)


def readable(uploaded: bytes) -> bytes:
    """The picture as it is kept: a JPEG, upright, not too large, and nothing of where it was taken.

    Raises `NotAPhoto` with what to do instead.
    """
    try:
        with Picture.open(io.BytesIO(uploaded), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise NotAPhoto(_("The photo has too many dots. Make it smaller first."))
            return _as_kept(picture)
    # What Pillow raises for a file that ends too soon, or is not what it says.
    except (OSError, SyntaxError, ValueError, EOFError, Picture.DecompressionBombError) as broken:
        raise NotAPhoto(
            _("We cannot read this photo. Choose another one, as JPEG, PNG, WebP or HEIC.")
        ) from broken


def _as_kept(picture: Picture.Image) -> bytes:
    profile = picture.info.get("icc_profile") if picture.mode == "RGB" else None
    # Smaller first: a JPEG is then not even unpacked in full.
    picture.thumbnail((KEPT_SIDE, KEPT_SIDE))
    upright = ImageOps.exif_transpose(picture)
    if upright.has_transparency_data:
        seen_through = upright.convert("RGBA")
        upright = Picture.new("RGB", seen_through.size, WHITE)
        upright.paste(seen_through, mask=seen_through)
    plain = upright.convert("RGB")
    # Where and when it was taken, with which camera, and what somebody remarked.
    plain.info.clear()
    kept = io.BytesIO()
    plain.save(kept, "JPEG", quality=KEPT_QUALITY, optimize=True, icc_profile=profile)
    return kept.getvalue()


def as_shown(photo: Image) -> Rendition:
    """The photo in the size of the page; made when it is first asked for, then kept."""
    shown: Rendition | None = photo.renditions.filter(filter_spec=SHOWN).first()
    if shown is not None:
        return shown
    # `get_rendition` leaves open what it writes.
    with photo.generate_rendition_file(Filter(spec=SHOWN)) as made:
        kept, _is_new = photo.renditions.get_or_create(
            filter_spec=SHOWN, focal_point_key="", defaults={"file": made}
        )
    new: Rendition = kept
    return new


def opened(photo: Image) -> File[bytes]:
    """The same as a file to send."""
    file = as_shown(photo).file
    content: File[bytes] = file.storage.open(file.name, "rb")
    return content


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """What somebody chose to do about a photo: a new one, none any more, or neither."""

    new: bytes | None = None
    is_removed: bool = False


@contextmanager
def replacing(activity: Activity, *, chosen: Chosen | None, by: User | None) -> Iterator[None]:
    """Inside, `activity` has the photo that was chosen, to be saved there; None leaves its photo.

    For actions, around all that may refuse, in their transaction. When saving fails, `activity` has
    its former photo and no file stays behind; otherwise the former photo is deleted.
    """
    if chosen is None or not (chosen.new or chosen.is_removed):
        yield
        return
    before = activity.photo
    stored = _stored(chosen.new, activity=activity, by=by) if chosen.new else None
    activity.photo = stored
    try:
        yield
    except BaseException:
        activity.photo = before
        if stored is not None:
            # Its row goes with the transaction; its file would stay.
            stored.file.delete(save=False)
        raise
    if before is not None:
        throw_away(before)


def _stored(content: bytes, *, activity: Activity, by: User | None) -> Image:
    photo = Image(
        # What the audit trail calls it.
        title=activity.photo_alt,
        file=ContentFile(content, name="activity.jpg"),
        uploaded_by_user=by,
    )
    photo.save()
    return photo


def throw_away(photo: Image) -> None:
    """Delete it and its file, unless another activity shows it too."""
    if not Activity.objects.filter(photo=photo).exists():
        photo.delete()
