"""Which hosts a URL may lead to that nobody on this server typed: those of the public internet."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from requests import PreparedRequest
from requests.adapters import HTTPAdapter

from hereabouts.files.unreadable import UnreadableFile


class PublicHosts(HTTPAdapter):
    """Sends requests to public hosts only, and to those of the setting `FETCH_ALLOWED_HOSTS`.

    It connects to the very address that was looked at: a name that means another host when it is
    looked up once more (DNS rebinding) gains nothing. Behind a proxy the proxy is what connects: it
    is told that address for https, the name for http.
    """

    def build_connection_pool_key_attributes(
        self, request: PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """What requests connects by. Raises `UnreadableFile` for a host that is not public."""
        host_params, pool_kwargs = super().build_connection_pool_key_attributes(
            request, verify, cert
        )
        # As parsed by whoever connects, not once more by us: two parsers may disagree.
        host = str(host_params["host"]).strip("[]")
        if host.lower() in {allowed.lower() for allowed in settings.FETCH_ALLOWED_HOSTS}:
            return host_params, pool_kwargs
        host_params["host"] = public_address(host)
        request.headers["Host"] = urlsplit(str(request.url)).netloc.rpartition("@")[2]
        if host_params["scheme"] == "https":
            pool_kwargs |= {"server_hostname": host, "assert_hostname": host}
        return host_params, pool_kwargs


def public_address(host: str) -> str:
    """The address of `host`: "93.184.215.14". An IPv4 one where it has both.

    Raises `UnreadableFile` when any of its addresses is not public, `OSError` when it has none.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    addresses = {ip_address(str(sockaddr[0])) for *_kind, sockaddr in found}
    if not all(is_public(address) for address in addresses):
        raise UnreadableFile(
            _(
                "It leads to %(host)s, which is not on the public internet. If that is meant, put "
                "the host into FETCH_ALLOWED_HOSTS: docs/running.md says how."
            )
            % {"host": host}
        )
    return str(min(addresses, key=lambda address: (address.version, address)))


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Is it a host of the public internet: not private, loopback, link-local, multicast, reserved?

    Nor one that carries an IPv4 address inside, behind which any of these may be.
    """
    if isinstance(address, IPv6Address) and (
        address.ipv4_mapped or address.sixtofour or address.teredo or address.is_site_local
    ):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)
