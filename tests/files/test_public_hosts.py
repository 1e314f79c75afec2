"""A URL that nobody here typed leads to the public internet, and nowhere else."""

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from hereabouts.files import public_hosts
from hereabouts.files.fetching import Limits, fetch
from hereabouts.files.public_hosts import is_public, public_address
from hereabouts.files.unreadable import UnreadableFile

LIMITS = Limits(most_bytes=1000, silence_seconds=5)
# Said of itself by no server: invented names for these tests.
NAMED, OTHER = "files.example", "other.example"


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07::1"])
def test_a_host_of_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("0.0.0.0", "100.64.0.1", "192.0.2.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1"),
        # IPv4 inside IPv6: mapped, compatible, translated, 6to4, Teredo.
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2001:0:808:808::f7f7:f7f7"),
    ],
)
def test_a_host_of_anything_else_is_not(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f000001", "::1", "169.254.169.254"]
)
def test_other_spellings_of_a_local_address_are_seen(host: str) -> None:
    with pytest.raises(UnreadableFile, match="not on the public internet"):
        public_address(host)


class Names:
    """Answers what a name means, each time the next; counts how often it was asked."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self._real = socket.getaddrinfo

    def __call__(self, host: Any, *arguments: Any, **options: Any) -> Any:
        if host not in {NAMED, OTHER}:
            return self._real(host, *arguments, **options)
        self.asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))
            for address in self.answers.pop(0)
        ]


def test_a_name_with_one_private_address_among_others_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["8.8.8.8", "10.0.0.1"]))

    with pytest.raises(UnreadableFile, match="leads to files"):
        public_address(NAMED)


def test_an_ipv4_address_is_taken_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["2606:2800:21f::1", "8.8.4.4", "8.8.8.8"]))

    assert public_address(NAMED) == "8.8.4.4"


def test_a_name_that_nobody_knows_is_told() -> None:
    with pytest.raises(UnreadableFile, match="nobody answers there"):
        fetch("http://nobody.invalid/", limits=LIMITS)


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for NAMED, which requests trusts, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAMED)])
    today = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAMED)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    return path


@pytest.fixture
def is_as_if_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine stands for the internet; the private network is whatever else there is."""
    for proxy in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(proxy, raising=False)
        monkeypatch.delenv(proxy.upper(), raising=False)
    monkeypatch.setattr(public_hosts, "is_public", lambda address: str(address) == "127.0.0.1")


@pytest.fixture(params=["http", "https"])
def server(request: pytest.FixtureRequest, certificate: Path) -> Iterator[str]:
    """A server that answers with the Host that it was asked for; its scheme, and its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.headers["Host"].encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if request.param == "https":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"{request.param}://%s:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("is_as_if_public")
def test_a_name_is_looked_up_once_and_the_host_still_hears_it(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(["127.0.0.1"], ["10.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    url = server % NAMED

    heard = fetch(url, limits=LIMITS)

    assert heard.decode() == url.split("/")[2]
    assert names.asked == [NAMED]


@pytest.mark.usefixtures("is_as_if_public")
@pytest.mark.parametrize("server", ["https"], indirect=True)
def test_a_server_of_another_name_is_not_believed(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["127.0.0.1"]))

    with pytest.raises(UnreadableFile, match="does not prove who it is"):
        fetch(server % OTHER, limits=LIMITS)
