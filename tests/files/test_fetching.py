"""A published file is read whole, or it says why not."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pytest_django import Settings

from hereabouts.files.fetching import FileTooLarge, Limits, fetch, read_source
from hereabouts.files.unreadable import UnreadableFile

Answer = Callable[[BaseHTTPRequestHandler], None]
LIMITS = Limits(most_bytes=100_000)


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], str]]:
    """Serve with a function; gives the address."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://localhost:{server.server_port}/areas.geojson"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def _send(content: bytes, *, length: int | None = None) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(content) if length is None else length))
        request.end_headers()
        request.wfile.write(content)

    return answer


def test_a_file_is_read_packed_or_not(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.geojson", tmp_path / "a.geojson.gz"
    plain.write_bytes(b"{}")
    packed.write_bytes(gzip.compress(b"{}"))

    assert read_source(str(plain), limits=LIMITS) == b"{}"
    assert read_source(str(packed), limits=LIMITS) == b"{}"


def test_an_address_is_read_packed_or_not(serve: Callable[[Answer], str]) -> None:
    assert read_source(serve(_send(b"{}")), limits=LIMITS) == b"{}"
    assert read_source(serve(_send(gzip.compress(b"{}"))), limits=LIMITS) == b"{}"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        read_source(str(tmp_path / "none.geojson"), limits=LIMITS)


def test_a_missing_page_is_said(serve: Callable[[Answer], str]) -> None:
    address = serve(lambda request: request.send_error(404))

    with pytest.raises(UnreadableFile, match=r"404 \(Not Found\)\. Is the address still right"):
        read_source(address, limits=LIMITS)


def test_a_server_that_nobody_answers_for_is_said() -> None:
    with pytest.raises(UnreadableFile, match="cannot be read: nobody answers there"):
        read_source("http://127.0.0.1:9/areas.geojson", limits=LIMITS)


def test_a_server_that_hangs_is_given_up(serve: Callable[[Answer], str]) -> None:
    address = serve(lambda request: time.sleep(1))

    with pytest.raises(UnreadableFile, match="takes too long"):
        read_source(address, limits=Limits(most_bytes=100, silence_seconds=0.1))


def test_a_server_that_only_drips_is_given_up(serve: Callable[[Answer], str]) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _time in range(20):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.05)

    with pytest.raises(UnreadableFile, match="takes too long"):
        read_source(serve(drip), limits=Limits(most_bytes=100, longest_seconds=0.2))


def test_an_answer_that_breaks_off_is_refused(serve: Callable[[Answer], str]) -> None:
    with pytest.raises(UnreadableFile, match="broke off after 2 of 100 bytes"):
        read_source(serve(_send(b"{}", length=100)), limits=LIMITS)


def test_half_a_packed_file_is_refused(tmp_path: Path) -> None:
    half = tmp_path / "half.gz"
    half.write_bytes(gzip.compress(bytes(range(256)) * 9)[:-20])

    with pytest.raises(UnreadableFile, match="only the beginning"):
        read_source(str(half), limits=LIMITS)


def test_what_unpacks_to_more_than_we_hold_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b" " * 1_000_000))

    with pytest.raises(FileTooLarge, match=r"larger than 0\.1 MB"):
        read_source(str(bomb), limits=LIMITS)


def test_an_answer_that_is_larger_than_we_hold_is_given_up(serve: Callable[[Answer], str]) -> None:
    with pytest.raises(FileTooLarge, match=r"larger than 0\.1 MB"):
        read_source(serve(_send(b" " * 1_000_000)), limits=LIMITS)


def test_what_only_begins_like_a_packed_file_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.gz"
    broken.write_bytes(b"\x1f\x8bno")

    with pytest.raises(UnreadableFile, match="begins like a gzip file"):
        read_source(str(broken), limits=LIMITS)


@pytest.mark.parametrize("source", ["ftp://example.org/a.geojson", "http://[", "file:///etc/hosts"])
def test_other_kinds_of_address_are_only_paths_that_are_not_there(source: str) -> None:
    with pytest.raises(UnreadableFile):
        read_source(source, limits=LIMITS)


def test_an_answer_in_pieces_that_breaks_off_is_refused(serve: Callable[[Answer], str]) -> None:
    def half(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(b"zz\r\n")

    with pytest.raises(UnreadableFile, match="the connection broke off"):
        read_source(serve(half), limits=LIMITS)


def test_a_password_that_is_kept_for_a_host_is_not_sent(
    serve: Callable[[Answer], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login sam password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    seen: list[str | None] = []

    def note(request: BaseHTTPRequestHandler) -> None:
        seen.append(request.headers["Authorization"])
        _send(b"{}")(request)

    read_source(serve(note), limits=LIMITS)

    assert seen == [None]


# ── Where it may lead ──


def _redirect(url: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", url)
        request.end_headers()

    return answer


def test_a_local_address_is_read_only_where_an_operator_typed_it(
    serve: Callable[[Answer], str],
) -> None:
    url = serve(_send(b"{}"))

    assert fetch(url, limits=LIMITS, may_be_local=True) == b"{}"
    with pytest.raises(UnreadableFile, match="leads to localhost, which is not on the public"):
        fetch(url, limits=LIMITS)


def test_a_redirect_into_our_own_network_is_not_followed(serve: Callable[[Answer], str]) -> None:
    asked: list[BaseHTTPRequestHandler] = []
    inside = serve(asked.append)

    with pytest.raises(UnreadableFile, match="not on the public internet"):
        read_source(serve(_redirect(inside)), limits=LIMITS)

    assert asked == []


def test_a_redirect_to_a_host_of_the_setting_is_followed(
    serve: Callable[[Answer], str], settings: Settings
) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["LocalHost"]
    inside = serve(_send(b"{}"))

    assert read_source(serve(_redirect(inside)), limits=LIMITS) == b"{}"
    assert fetch(inside, limits=LIMITS) == b"{}"


def test_a_redirect_may_be_relative(serve: Callable[[Answer], str], settings: Settings) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["localhost"]

    def answer(request: BaseHTTPRequestHandler) -> None:
        moved = request.path == "/moved"
        (_send(b"{}") if moved else _redirect("/moved"))(request)

    assert read_source(serve(answer), limits=LIMITS) == b"{}"


def test_redirects_without_end_are_given_up(
    serve: Callable[[Answer], str], settings: Settings
) -> None:
    settings.FETCH_ALLOWED_HOSTS = ["localhost"]

    with pytest.raises(UnreadableFile, match="only leads from one address to another"):
        read_source(serve(_redirect("/again")), limits=LIMITS)


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://example.org/a", "http://["])
def test_a_redirect_leads_to_web_addresses_only(serve: Callable[[Answer], str], url: str) -> None:
    with pytest.raises(UnreadableFile, match="no web address"):
        read_source(serve(_redirect(url)), limits=LIMITS)
