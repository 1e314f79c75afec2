"""What of a photo is kept."""

import pytest
from PIL import Image as Picture
from PIL.PngImagePlugin import PngInfo

from hereabouts.activities import photos
from tests.activities.photos.pictures import picture, reread, written

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


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
