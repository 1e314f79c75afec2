"""A published file is read whole, or it says why not."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from hereabouts.places import sources
from hereabouts.places.sources import Unreadable, read_source

Answer = Callable[[BaseHTTPRequestHandler], None]


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
        return f"http://127.0.0.1:{server.server_port}/areas.geojson"

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

    assert read_source(str(plain)) == read_source(str(packed)) == b"{}"


def test_an_address_is_read_packed_or_not(serve: Callable[[Answer], str]) -> None:
    assert read_source(serve(_send(b"{}"))) == b"{}"
    assert read_source(serve(_send(gzip.compress(b"{}")))) == b"{}"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="No such file"):
        read_source(str(tmp_path / "none.geojson"))


def test_a_missing_page_is_said(serve: Callable[[Answer], str]) -> None:
    address = serve(lambda request: request.send_error(404))

    with pytest.raises(Unreadable, match=r"answers 404 \(Not Found\)\. Is the address still right"):
        read_source(address)


def test_a_server_that_nobody_answers_for_is_said() -> None:
    with pytest.raises(Unreadable, match="could not be read"):
        read_source("http://127.0.0.1:9/areas.geojson")


def test_a_server_that_hangs_is_given_up(serve: Callable[[Answer], str]) -> None:
    address = serve(lambda request: time.sleep(1))

    with pytest.raises(Unreadable, match="takes too long"):
        read_source(address, silence_seconds=0.1)


def test_a_server_that_only_drips_is_given_up(serve: Callable[[Answer], str]) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _time in range(20):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.05)

    with pytest.raises(Unreadable, match="takes too long"):
        read_source(serve(drip), longest_seconds=0.2)


def test_an_answer_that_breaks_off_is_refused(serve: Callable[[Answer], str]) -> None:
    with pytest.raises(Unreadable, match="broke off after 2 of 100 bytes"):
        read_source(serve(_send(b"{}", length=100)))


def test_half_a_packed_file_is_refused(tmp_path: Path) -> None:
    half = tmp_path / "half.gz"
    half.write_bytes(gzip.compress(bytes(range(256)) * 9)[:-20])

    with pytest.raises(Unreadable, match="only the beginning"):
        read_source(str(half))


def test_what_unpacks_to_more_than_we_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LARGEST_BYTES", 1000)
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b" " * 1_000_000))

    with pytest.raises(Unreadable, match="more generalised"):
        read_source(str(bomb))


@pytest.mark.parametrize("source", ["ftp://example.org/a.geojson", "http://[", "file:///etc/hosts"])
def test_other_kinds_of_address_are_only_paths_that_are_not_there(source: str) -> None:
    with pytest.raises(Unreadable):
        read_source(source)
