"""Reading a published file from this machine or from the web, whole or not at all."""

import http.client
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hereabouts.core.refusals import Refusal

LARGEST_BYTES = 300_000_000
# Without a word from the server, and in all.
SILENCE_SECONDS = 20.0
LONGEST_SECONDS = 300.0
AT_ONCE_BYTES = 1 << 16


class Unreadable(Refusal):
    """The file could not be read; it says why and what to do."""


def read_source(
    source: str,
    *,
    silence_seconds: float = SILENCE_SECONDS,
    longest_seconds: float = LONGEST_SECONDS,
) -> bytes:
    """What is in the file at a path or at an http(s) address, unpacked if it is gzip.

    Raises `Unreadable`.
    """
    try:
        if source.startswith(("http://", "https://")):
            content = _download(source, silence_seconds, longest_seconds)
        else:
            content = Path(source).read_bytes()
        return _unpacked(content)
    except urllib.error.HTTPError as error:
        raise Unreadable(
            f"{source} answers {error.code} ({error.reason}). Is the address still right?"
        ) from error
    except (OSError, EOFError, ValueError, zlib.error, http.client.HTTPException) as error:
        # While connecting, a timeout comes wrapped.
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            raise Unreadable(
                f"{source} takes too long. Try later, or download it and give its path."
            ) from error
        raise Unreadable(f"{source} could not be read: {reason}.") from error


def _download(address: str, silence_seconds: float, longest_seconds: float) -> bytes:
    ends = time.monotonic() + longest_seconds
    with urllib.request.urlopen(address, timeout=silence_seconds) as answer:
        return b"".join(_pieces(answer, ends))


def _pieces(answer: Any, ends: float) -> Iterator[bytes]:
    """The answer, a piece at a time: a server that only drips must not hold us for ever."""
    read = 0
    expected = answer.length
    while piece := answer.read1(AT_ONCE_BYTES):
        read += len(piece)
        if time.monotonic() > ends:
            raise TimeoutError
        _check_size(read)
        yield piece
    if expected is not None and read < expected:
        raise Unreadable(f"{answer.url} broke off after {read:,} of {expected:,} bytes. Try again.")


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    unpacked = unpacking.decompress(content, LARGEST_BYTES + 1)
    _check_size(len(unpacked))
    if not unpacking.eof:
        raise EOFError("it is only the beginning of a gzip file")
    return unpacked


def _check_size(size: int) -> None:
    if size > LARGEST_BYTES:
        raise Unreadable(
            f"It is larger than {LARGEST_BYTES // 1_000_000} MB. Take a more generalised version, "
            "such as BGC or BUC from the Office for National Statistics."
        )
