"""Protection against server-side request forgery: which URLs and IP addresses may be requested.

Pages, redirects and name servers are hostile input; none of them can make this program connect to a private network.
`validate_url` checks scheme, host and port of every URL, `resolve_public` every IP address of its host. Each connection
resolves the name once and goes to an address that was checked: a second answer might differ (DNS rebinding).
`transport` calls `resolve_public` for each connection, so no redirect or retry bypasses the check (decision 12).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx2

from readout_pub.errors import FetchRefused, escape_controls, option
from readout_pub.model.url_parts import strip_userinfo

IpAddress = IPv4Address | IPv6Address

Resolver = Callable[[str, int], Iterable[str]]
"""Host and port → the IP addresses of the host."""

_SCHEMES = frozenset({"http", "https"})

_HOST_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?\.?")
"""A host name after IDNA, without percent signs, blanks and brackets, which parsers interpret differently."""

_NUMERIC_LABEL = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")

_BLOCKED_NETWORKS = tuple(
    (ip_network(network), reason)
    for reason, networks in {
        "this machine itself": "0.0.0.0/8 127.0.0.0/8 ::/128 ::1/128",
        "a private network": "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10",
        "a provider's internal network": "100.64.0.0/10 192.0.0.0/24",
        "the local link, where clouds have their metadata services": "169.254.0.0/16 fe80::/10",
        "the metadata service of a cloud": "168.63.129.16/32",
        "a multicast group": "224.0.0.0/4 ff00::/8",
        "an IPv6 transition network, which can lead to any IPv4 address": "::/96 64:ff9b:1::/48 2001::/32 2002::/16 "
        "192.88.99.0/24",
        "a reserved range": "192.0.2.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 "
        "100::/64 2001::/23 2001:db8::/32 3fff::/20 5f00::/16",
    }.items()
    for network in networks.split()
)
"""Networks without public servers. Sources: the IANA special-purpose address registries; for 168.63.129.16, which looks
public, Azure's documentation. `ipaddress` does not replace this list: older Pythons lack some networks."""

_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
"""The prefix of IPv4 addresses in networks without IPv4 (NAT64, RFC 6052). The address inside is checked."""


def validate_url(url: str) -> httpx2.URL:
    """Return `url` parsed and without its fragment; raise FetchRefused if its form, scheme, host or port is refused.

    On connecting, `resolve_public` checks the IP addresses of the host.
    """
    try:
        parsed = httpx2.URL(url).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError):
        # Without the cause, whose message may contain a password.
        raise _impossible("this is not a valid web address", url) from None
    if parsed.scheme not in _SCHEMES:
        raise _impossible("only http and https addresses are fetched", url)
    if parsed.userinfo:
        raise FetchRefused(
            "it contains a user name or a password",
            where=printable_url(url),
            what_next="remove them; pages behind a login are not fetched",
        )
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise _impossible("its port is not between 1 and 65535", url)
    _require_plain_host(parsed.raw_host.decode("ascii"), url)
    return parsed


def _require_plain_host(host: str, url: str) -> None:
    """Raise FetchRefused unless `host` is a name or an IP address in standard notation.

    The C library also accepts 0x7f.1, 2130706433 and 0177.0.0.1 for 127.0.0.1.
    """
    try:
        if "%" not in host:
            ip_address(host)
            return
    except ValueError:
        pass
    labels = host.removesuffix(".").split(".")
    if not _HOST_NAME.fullmatch(host) or not all(labels) or _NUMERIC_LABEL.fullmatch(labels[-1]):
        raise _impossible("its host is neither a name nor an IP address in standard notation", url)


def _impossible(what: str, url: str) -> FetchRefused:
    return FetchRefused(what, where=printable_url(url), what_next="check the address")


def printable_url(url: str) -> str:
    """Return `url` for messages: without user name and password, control characters escaped, cut at 500 characters."""
    return escape_controls(strip_userinfo(url)[:500])


_WEB_PORTS = frozenset({80, 443})
"""The default ports of http and https. Only the user can allow others: a service there may execute lines of an HTTP
request as its own commands. Browsers block some such ports (Fetch Standard, 2.9)."""


def unused_proxy() -> str:
    """Return words for a network error if the environment names a proxy, which is never used; else ""."""
    from urllib.request import getproxies_environment  # imported here, since errors are rare

    named = {"http", "https", "all"} & getproxies_environment().keys()
    return "; the proxy that the environment names is not used: fetch from a computer that needs none" if named else ""


def resolve_public(host: str, port: int, allowed: Iterable[str], resolver: Resolver) -> list[str]:
    """Return the IP addresses of `host`; raise FetchRefused if it cannot be resolved, or any of them is not public.

    "HOST" in `allowed` permits any address of that host at ports 80 and 443, "HOST:PORT" any address at that port.
    Without the latter, other ports are refused.
    """
    name = _normalize_host(host)
    allowed_ports = {
        allowed_port for allowed_host, allowed_port in map(_host_and_port, allowed) if allowed_host == name
    }
    if port not in _WEB_PORTS | allowed_ports:
        raise FetchRefused(
            f"it is at port {port}, but web servers are at 80 and 443",
            where=host,
            what_next=f"if it is a web server, allow it with {option('--allow-host', _with_port(name, port))}",
        )
    try:
        addresses = list(dict.fromkeys(resolver(host, port)))
    except (OSError, UnicodeError) as failure:
        what_next = f"check the address{unused_proxy()}"
        raise FetchRefused("its host name cannot be resolved", where=host, what_next=what_next) from failure
    if port in allowed_ports or (port in _WEB_PORTS and None in allowed_ports):
        return addresses
    for address in addresses:
        # A zone ("fe80::1%eth0") names a network interface of this machine: the address is on the local link.
        reason = blocked_reason(ip_address(address.partition("%")[0])) or ("%" in address and "the local link")
        if reason:
            raise FetchRefused(
                f"it is at {address}, which is {reason}",
                where=host,
                what_next=f"if it is yours, allow it with {option('--allow-host', name)}",
            )
    return addresses


def _host_and_port(allowed: str) -> tuple[str, int | None]:
    """Return the host and the port that a value of `--allow-host` names: HOST, HOST:PORT, IPv6 or [IPv6]:PORT."""
    host, colon, port = allowed.rpartition(":")
    if colon and port.isdecimal() and len(port) <= _MAX_PORT_DIGITS and (":" not in host or host.endswith("]")):
        return _normalize_host(host), int(port)
    return _normalize_host(allowed), None


_MAX_PORT_DIGITS = 5
"""The most digits of a port (65535). Longer texts are not parsed: int() refuses thousands of digits."""


def _with_port(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _normalize_host(host: str) -> str:
    return host.lower().removesuffix(".").strip("[]")


def blocked_reason(ip: IpAddress) -> str | None:
    """Return the kind of network of an `ip` that must not be requested; None for a public address."""
    embedded = _embedded_ipv4(ip)
    if embedded is not None:
        return blocked_reason(embedded)
    for network, reason in _BLOCKED_NETWORKS:
        if ip.version == network.version and ip in network:
            return reason
    if not ip.is_global or (ip.version == 6 and ip not in _GLOBAL_UNICAST):
        return "a reserved range"
    return None


def _embedded_ipv4(ip: IpAddress) -> IPv4Address | None:
    """Return the IPv4 address in an IPv6 address (IPv4-mapped or NAT64); None for any other address."""
    if isinstance(ip, IPv4Address):
        return None
    return ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else None)


def resolve_with_system(host: str, port: int) -> Iterable[str]:
    """Return the IP addresses of `host` by the resolver of this machine; raises OSError if there are none."""
    return (str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
