"""Which addresses may be asked: published ones only, whatever a page, a redirect or a name server says.

A name is resolved once, when the connection is made, and the connection goes to the address that was checked: a server
of names that answers differently the second time is not asked a second time.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx2

from readout_pub.errors import FetchRefused, escape_controls
from readout_pub.model.address import without_user

Ip = IPv4Address | IPv6Address

Resolver = Callable[[str, int], Iterable[str]]
"""Host and port → the addresses that a server of names has for it."""

_SCHEMES = frozenset({"http", "https"})

_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?\.?")
"""A host as it stands in a request, IDNA done: percent signs, blanks and brackets name another host to each reader."""

_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")

_CLOSED = tuple(
    (ip_network(network), reason)
    for reason, networks in {
        "this machine itself": "0.0.0.0/8 127.0.0.0/8 ::/128 ::1/128",
        "a private network": "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10",
        "the inside of a provider's network": "100.64.0.0/10 192.0.0.0/24",
        "the local link, where clouds keep their metadata": "169.254.0.0/16 fe80::/10",
        "the metadata of a cloud": "168.63.129.16/32",
        "a group of machines": "224.0.0.0/4 ff00::/8",
        "a way from IPv6 to IPv4, which could lead anywhere": "::/96 64:ff9b:1::/48 2001::/32 2002::/16 192.88.99.0/24",
        "a reserved range": "192.0.2.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 "
        "100::/64 2001::/23 2001:db8::/32 3fff::/20 5f00::/16",
    }.items()
    for network in networks.split()
)
"""Where nothing is published. Sources: the IANA special-purpose address registries; the manuals of Azure for
168.63.129.16, which is a public address by its number."""

_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
"""An IPv6 network without IPv4 writes the IPv4 addresses of the web this way."""


def validate_url(url: str) -> httpx2.URL:
    """Return an address in the form in which it is asked, without its fragment; FetchRefused if it must not be.

    Scheme, host and port are checked here; what the host's name stands for is checked when it is connected.
    """
    try:
        parsed = httpx2.URL(url).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError):
        raise FetchRefused(
            "this is no web address", where=printable_url(url)
        ) from None  # the reason may hold a password
    if parsed.scheme not in _SCHEMES:
        raise FetchRefused("only http and https addresses are fetched", where=printable_url(url))
    if parsed.userinfo:
        raise FetchRefused(
            "it holds a user name or a password",
            where=printable_url(url),
            what_next="leave them out; what only some people may read is not fetched",
        )
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise FetchRefused("there is no such port", where=printable_url(url))
    _check_host(parsed.raw_host.decode("ascii"), url)
    return parsed


def _check_host(host: str, url: str) -> None:
    """Refuse a host that is no name and no plain address; 0x7f.1 and 2130706433 are 127.0.0.1 in disguise."""
    try:
        if "%" not in host:
            ip_address(host)
            return
    except ValueError:
        pass
    labels = host.removesuffix(".").split(".")
    if not _NAME.fullmatch(host) or not all(labels) or _NUMBER.fullmatch(labels[-1]):
        raise FetchRefused("its host is neither a name nor a plain IP address", where=printable_url(url))


def printable_url(url: str) -> str:
    """Return an address as people and logs may see it: without a password, without control characters, not endless."""
    return escape_controls(without_user(url)[:500])


def resolve_public(host: str, port: int, allowed: Iterable[str], resolve: Resolver) -> list[str]:
    """Return the IP addresses of a host, all of them checked; FetchRefused if one of them must not be asked.

    A host that is `allowed` by name may stand anywhere.
    """
    try:
        found = list(dict.fromkeys(resolve(host, port)))
    except (OSError, UnicodeError) as failure:
        raise FetchRefused("no such host is known", where=host, what_next="check the address") from failure
    if _bare(host) in map(_bare, allowed):
        return found
    for address in found:
        reason = blocked_reason(ip_address(address.partition("%")[0])) or ("%" in address and "the local link")
        if reason:
            raise FetchRefused(
                f"it is at {address}, which is {reason}",
                where=host,
                what_next=f"if it is yours, allow it with --allow-host {_bare(host)}",
            )
    return found


def _bare(host: str) -> str:
    return host.lower().removesuffix(".").strip("[]")


def blocked_reason(ip: Ip) -> str | None:
    """Say what stands at an IP address where nothing is published; None if it is on the open web."""
    inner = _written_in(ip)
    if inner is not None:
        return blocked_reason(inner)
    for network, reason in _CLOSED:
        if ip.version == network.version and ip in network:
            return reason
    if not ip.is_global or (ip.version == 6 and ip not in _GLOBAL_UNICAST):
        return "a reserved range"
    return None


def _written_in(ip: Ip) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for."""
    if isinstance(ip, IPv4Address):
        return None
    return ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else None)


def resolve_with_system(host: str, port: int) -> Iterable[str]:
    """Ask this machine's resolver."""
    return (str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
