"""Reading published boundaries and names of areas."""

from hereabouts.files.fetching import FileTooLarge, Limits, read_source
from hereabouts.files.unreadable import UnreadableFile

LIMITS = Limits(most_bytes=300_000_000)


def read_published(source: str, *, limits: Limits = LIMITS) -> bytes:
    """What is in the file at a path or an http(s) URL, unpacked if it is gzip.

    Raises `UnreadableFile`.
    """
    try:
        return read_source(source, limits=limits)
    except FileTooLarge as error:
        raise UnreadableFile(
            f"{error} Take a more generalised version, such as BGC or BUC from the Office for "
            "National Statistics."
        ) from error
