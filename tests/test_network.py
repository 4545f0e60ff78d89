"""Tests resolve no host names, so they cannot reach another machine by its name."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("host", ["atlantis.example", "dead.beef"])
def test_no_host_name_is_resolved_even_one_of_hexadecimal_digits(host: str) -> None:
    with pytest.raises(socket.gaierror, match="tests resolve no host names"):
        socket.getaddrinfo(host, 80)


def test_addresses_in_digits_are_resolved() -> None:
    assert socket.getaddrinfo("127.0.0.1", 80, socket.AF_INET, socket.SOCK_STREAM)[0][4] == ("127.0.0.1", 80)
