"""Reading a published file from this machine or from the web, whole or not at all.

Whoever operates the server may name any URL, a local one too. Where a redirect or a URL out of data
leads is looked at first: it must not reach into the network in which the server stands, unless its
host is in `FETCH_ALLOWED_HOSTS` (server-side request forgery, OWASP A10:2021).
"""

import socket
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import requests
from django.utils.translation import gettext as _
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError, ProtocolError
from urllib3.exceptions import TimeoutError as ReadTimeout

from hereabouts.files.public_hosts import PublicHosts
from hereabouts.files.unreadable import UnreadableFile

AT_ONCE_BYTES = 1 << 16
MOST_REDIRECTS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Bytes of the file, also unpacked; seconds without a word from the server, and in all.

    While a server sends its headers only its silence counts.
    """

    most_bytes: int
    silence_seconds: float = 20.0
    longest_seconds: float = 300.0


class FileTooLarge(UnreadableFile):
    """There is more in the file than the limit."""


def read_source(source: str, *, limits: Limits, accept: str = "*/*") -> bytes:
    """The content of the path or http(s) URL that an operator named, unpacked if it is gzip.

    Raises `UnreadableFile`.
    """
    if source.lower().startswith(("http://", "https://")):
        content = fetch(source, limits=limits, may_be_local=True, accept=accept)
    else:
        content = _read_path(source)
    return _unpacked(content, source=source, limits=limits)


def fetch(url: str, *, limits: Limits, may_be_local: bool = False, accept: str = "*/*") -> bytes:
    """The body of the answer at `url`, as it was sent, after up to five redirects.

    `may_be_local` only where an operator typed the URL; a redirect may never. `accept` is the
    header of that name. Raises `UnreadableFile`.
    """
    ends = time.monotonic() + limits.longest_seconds
    hop = url
    try:
        for number in range(MOST_REDIRECTS + 1):
            adapter = HTTPAdapter() if may_be_local and number == 0 else PublicHosts()
            with _session(adapter) as session, _get(session, hop, limits, accept) as answer:
                if not answer.is_redirect:
                    return _body(answer, source=url, limits=limits, ends=ends)
                hop = urljoin(hop, answer.headers["Location"])
    except (OSError, ValueError, ProtocolError, ReadTimeout) as error:
        raise UnreadableFile(_why_not(url, error)) from error
    raise UnreadableFile(_("%(source)s only leads from one address to another.") % {"source": url})


def _session(adapter: HTTPAdapter) -> requests.Session:
    session = requests.Session()
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _get(session: requests.Session, url: str, limits: Limits, accept: str) -> requests.Response:
    return session.get(
        url,
        # A packed answer could unpack to any size.
        headers={"Accept": accept, "Accept-Encoding": "identity"},
        timeout=limits.silence_seconds,
        # Each redirect is looked at before it is followed.
        allow_redirects=False,
        stream=True,
        # Else requests looks for a password in ~/.netrc.
        auth=lambda request: request,
    )


def _body(answer: requests.Response, *, source: str, limits: Limits, ends: float) -> bytes:
    if not answer.ok:
        raise UnreadableFile(
            _("%(source)s answers %(code)s (%(reason)s). Is the address still right?")
            % {"source": source, "code": answer.status_code, "reason": answer.reason}
        )
    content = bytearray()
    try:
        # `read1` gives what is there: to wait for a full piece, a server that drips could hold us
        # for ever without once being silent.
        while piece := answer.raw.read1(AT_ONCE_BYTES, decode_content=False):
            content += piece
            if time.monotonic() > ends:
                raise TimeoutError
            _refuse_too_large(len(content), source=source, limits=limits)
    except ProtocolError as error:
        expected = answer.headers.get("Content-Length", "")
        if not expected.isdecimal():
            raise
        raise UnreadableFile(
            _("%(source)s broke off after %(read)s of %(expected)s bytes. Try again.")
            % {"source": source, "read": f"{len(content):,}", "expected": f"{int(expected):,}"}
        ) from error
    return bytes(content)


def _why_not(source: str, error: Exception) -> str:
    """What became of the download, in a sentence."""
    if isinstance(error, requests.Timeout | ReadTimeout | TimeoutError):
        return _("%s takes too long. Try later, or download it and give its path.") % source
    if isinstance(error, ValueError):
        reason = _("that is no web address")
    elif isinstance(error, requests.exceptions.SSLError):
        reason = _("it does not prove who it is")
    elif _has_no_connection(error):
        reason = _("nobody answers there")
    else:
        reason = _("the connection broke off")
    return _cannot_be_read(source, reason)


def _has_no_connection(error: Exception) -> bool:
    """Did it fail before there was a connection?"""
    cause = error.args[0] if error.args else None
    return isinstance(getattr(cause, "reason", error), NewConnectionError | socket.gaierror)


def _read_path(source: str) -> bytes:
    try:
        return Path(source).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(_cannot_be_read(source, reason)) from error


def _cannot_be_read(source: str, reason: str) -> str:
    return _("%(source)s cannot be read: %(reason)s.") % {"source": source, "reason": reason}


def _unpacked(content: bytes, *, source: str, limits: Limits) -> bytes:
    if not content.startswith(b"\x1f\x8b"):
        return content
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacking.decompress(content, limits.most_bytes + 1)
    except zlib.error as error:
        reason = _("it begins like a gzip file and is none")
        raise UnreadableFile(_cannot_be_read(source, reason)) from error
    _refuse_too_large(len(unpacked), source=source, limits=limits)
    if not unpacking.eof:
        raise UnreadableFile(_cannot_be_read(source, _("it is only the beginning of a gzip file")))
    return unpacked


def _refuse_too_large(size: int, *, source: str, limits: Limits) -> None:
    if size > limits.most_bytes:
        megabytes = f"{limits.most_bytes / 1_000_000:g}"
        raise FileTooLarge(
            _("%(source)s is larger than %(megabytes)s MB.")
            % {"source": source, "megabytes": megabytes}
        )
