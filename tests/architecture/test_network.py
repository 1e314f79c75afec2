"""Tests reach this machine only."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_an_address_outside_this_machine_is_refused() -> None:
    # 192.0.2.0/24 is set aside for documentation: nobody is there, even if the guard fails.
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection,
        pytest.warns(UserWarning, match="192.0.2.1"),
        pytest.raises(SocketConnectBlockedError),
    ):
        connection.connect(("192.0.2.1", 80))
