"""The SSRF guard: only public addresses are requested, whatever a page, a redirect or a name server says.

The tests need no network: connections are recorded and not made, and a table resolves names.
"""

from __future__ import annotations

from collections.abc import Iterable

import httpcore2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout_pub.errors import FetchRefused, SourceError
from readout_pub.sources import FetchPolicy
from readout_pub.sources.web.client import Client
from readout_pub.sources.web.response import PAGE
from readout_pub.sources.web.ssrf_guard import validate_url

PUBLIC = "93.184.216.34"
NAMES = {
    "www.atlantis.example": [PUBLIC],
    "v6.atlantis.example": ["2606:2800:220:1::1"],
    "nat64.atlantis.example": ["64:ff9b::5db8:d822"],
    "rebinding.example": ["127.0.0.1"],
    "both.example": [PUBLIC, "10.0.0.1"],
    "metadata.example": ["169.254.169.254"],
    "v6.rebinding.example": ["::1"],
    "scoped.example": ["fe80::1%eth0"],
    "localhost": ["127.0.0.1", "::1"],
    "localhost.": ["127.0.0.1"],
    "xn--mnchen-3ya.example": ["192.168.1.1"],
}


class RecordingBackend(httpcore2.NetworkBackend):
    """Records the addresses to which the client would connect, and replays responses."""

    def __init__(self, responses: Iterable[bytes] = ()) -> None:
        self.connected: list[str] = []
        self._responses = list(responses)

    def connect_tcp(self, host: str, port: int, *_rest: object, **_more: object) -> httpcore2.NetworkStream:  # noqa: ARG002
        self.connected.append(host)
        response = self._responses.pop(0) if self._responses else b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        return httpcore2.MockStream([response])


def resolve_by_table(host: str, _port: int) -> list[str]:
    """Resolve as a system does: names by a table, and numbers in every spelling that the C library accepts."""
    import socket

    if host in NAMES:
        return NAMES[host]
    try:
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except OSError:
        pass
    return [str(found[4][0]) for found in socket.getaddrinfo(host, 80, flags=socket.AI_NUMERICHOST)]


def client_with(recorder: RecordingBackend, *allowed: str) -> Client:
    policy = FetchPolicy(delay=0.0, backoff=0.0, allowed_hosts=allowed)
    return Client(policy, max_bytes=1000, backend=recorder, resolver=resolve_by_table)


REFUSED = """
http://127.0.0.1/  http://127.0.0.1:8080/  http://127.1.2.3/  http://localhost/  http://localhost./  http://LOCALHOST/
http://0.0.0.0/  http://0.1.2.3/  http://10.0.0.1/  http://10.255.255.255/  http://172.16.0.1/  http://172.31.255.255/
http://192.168.0.1/  http://192.168.255.255/  http://100.64.0.1/  http://100.127.255.254/  http://100.100.100.200/
http://169.254.0.1/  http://169.254.169.254/latest/meta-data/  http://169.254.170.2/  http://168.63.129.16/
http://192.0.0.192/  http://192.0.2.1/  http://198.18.0.1/  http://198.19.255.255/  http://198.51.100.7/
http://203.0.113.9/  http://192.88.99.1/  http://224.0.0.1/  http://239.255.255.250/  http://240.0.0.1/
http://255.255.255.255/
http://2130706433/  http://0x7f000001/  http://017700000001/  http://0x7f.1/  http://0x7f.0x0.0x0.0x1/  http://127.1/
http://127.0.1/  http://0177.0.0.1/  http://0/  http://2852039166/  http://0xa9fea9fe/  http://0251.0376.0251.0376/
http://3232235521/  http://127.0.0.1./  http://134744072/  http://8.8.2056/  http://1.2.3.4.5/  http://256.256.256.256/
http://127。0。0。1/  http://①②⑦.⓪.⓪.①/  http://１２７.0.0.1/  http://%31%32%37.0.0.1/  http://127.0.0.1%00.example/
http://[::1]/  http://[::]/  http://[0:0:0:0:0:0:0:1]/  http://[::ffff:127.0.0.1]/  http://[::ffff:7f00:1]/
http://[::ffff:10.0.0.1]/  http://[::ffff:169.254.169.254]/  http://[::127.0.0.1]/  http://[64:ff9b::7f00:1]/
http://[64:ff9b::a9fe:a9fe]/  http://[64:ff9b::10.0.0.1]/  http://[64:ff9b:1::7f00:1]/  http://[2002:7f00:1::]/
http://[2002:a9fe:a9fe::1]/  http://[2001:0:7f00:1::80ff:fffe]/  http://[fe80::1]/  http://[fe80::1%25eth0]/
http://[fe80::1%eth0]/  http://[fc00::1]/  http://[fd00:ec2::254]/  http://[fec0::1]/  http://[ff02::1]/
http://[ff05::2]/  http://[2001:db8::1]/  http://[3fff::1]/  http://[100::1]/  http://[5f00::1]/  http://[2001:10::1]/
http://[::ffff:0:127.0.0.1]/  http://[4000::1]/
http://[::ffff:127.0.0.1%25lo]/  http://[0:0:0:0:0:ffff:7f00:1]/  http://[::ffff:0x7f000001]/  http://[2001:db8::127.0.0.1]/
http://[::1]@www.atlantis.example/  http://0000::1/  http://::1/  http://[::1/  http://::1]/  http://[127.0.0.1]/
http://١٢٧.٠.٠.١/  http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/  http://¹²⁷.0.0.1/  http://127｡0｡0｡1/  http://127.0.0.1%2f@www.atlantis.example/
http://127.0.0.1%0d%0aHost:x/  http://0x7f.0.0.0x1/  http://00000000177.0.0.1/  http://127.0.0.1.0x0/
http://www.atlantis.example%2f@127.0.0.1/  http://www.atlantis.example&@127.0.0.1/  http://%6cocalhost/
http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/  http://localhost%2e/  http://127.0.0.1:80\\@www.atlantis.example/
http://rebinding.example/  http://both.example/  http://metadata.example/  http://v6.rebinding.example/
http://scoped.example/  http://münchen.example/  http://unknown.example/
http://user:secret@www.atlantis.example/  http://www.atlantis.example@127.0.0.1/  http://user@localhost/
http://127.0.0.1\\@www.atlantis.example/  http://www.atlantis.example:80@10.0.0.1/
http://www.atlantis.example:0/  http://www.atlantis.example:99999/  http://www.atlantis.example:-1/
http://:80/  http://.example/  http://a..example/  http://-/  http://a_%20b/
file:///etc/passwd  ftp://www.atlantis.example/  gopher://127.0.0.1:6379/_INFO  dict://127.0.0.1:11211/
javascript:alert(1)  data:text/html,hello  unix:///var/run/docker.sock  ldap://127.0.0.1/
""".split()

RELATIVE = [
    "http:///etc/passwd",
    "http:www.atlantis.example",
    "//www.atlantis.example/",
    "www.atlantis.example",
    "",
    "http:",
    "http://",
    "http:/\\127.0.0.1/",
]
"""Texts that are refused as URLs of a user, but are relative references in a redirect."""


@pytest.mark.parametrize("url", [*REFUSED, *RELATIVE])
def test_an_unsafe_url_is_refused_before_any_connection(url: str) -> None:
    recorder = RecordingBackend()
    with client_with(recorder) as client, pytest.raises(FetchRefused):
        client.get(url, PAGE)
    assert recorder.connected == []


@pytest.mark.parametrize("url", REFUSED)
def test_a_redirect_to_an_unsafe_url_is_refused_before_connecting(url: str) -> None:
    recorder = RecordingBackend([not_found(), redirect_to("http://www.atlantis.example/2"), redirect_to(url)])
    with client_with(recorder) as client, pytest.raises(FetchRefused):
        client.get("http://www.atlantis.example/", PAGE)
    assert recorder.connected == [PUBLIC] * 3  # robots.txt, and the two redirects of the public host


def test_a_refused_redirect_is_reported_with_the_requested_url() -> None:
    recorder = RecordingBackend([not_found(), redirect_to("file:///etc/passwd")])
    with client_with(recorder) as client, pytest.raises(FetchRefused) as refused:
        client.get("http://www.atlantis.example/", PAGE)
    assert str(refused.value) == (
        "http://www.atlantis.example/: it redirects to file:///etc/passwd: only http and https addresses are fetched; "
        "check the address"
    )


def test_a_refused_redirect_of_robots_txt_is_reported_with_the_requested_url() -> None:
    recorder = RecordingBackend([redirect_to("http://10.0.0.1/robots.txt")])
    with client_with(recorder) as client, pytest.raises(FetchRefused) as refused:
        client.get("http://www.atlantis.example/", PAGE)
    assert str(refused.value).startswith(
        "http://www.atlantis.example/: its robots.txt redirects to http://10.0.0.1/robots.txt: it is at 10.0.0.1, "
    )


def not_found() -> bytes:
    return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def redirect_to(url: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


@pytest.mark.parametrize("url", ["http://www.atlantis.example/", "http://v6.atlantis.example/", f"http://{PUBLIC}/"])
def test_a_public_url_is_requested(url: str) -> None:
    recorder = RecordingBackend([not_found(), not_found()])
    with client_with(recorder) as client:
        assert client.get(url, PAGE).final.status == 404
    assert len(recorder.connected) == 2


def test_a_nat64_address_of_a_public_ipv4_address_is_requested() -> None:
    recorder = RecordingBackend([not_found(), not_found()])
    with client_with(recorder) as client:
        client.get("http://nat64.atlantis.example/", PAGE)
    assert recorder.connected == NAMES["nat64.atlantis.example"] * 2


def test_a_connection_goes_to_the_checked_address_despite_dns_rebinding() -> None:
    answers = iter([[PUBLIC], [PUBLIC], ["127.0.0.1"]])
    recorder = RecordingBackend([not_found(), not_found()])
    policy = FetchPolicy(delay=0.0)
    with Client(policy, max_bytes=1000, backend=recorder, resolver=lambda *_: next(answers)) as client:
        client.get("http://rebinding.example/", PAGE)
        with pytest.raises(FetchRefused, match="this machine itself"):
            client.get("http://rebinding.example/", PAGE)
    assert recorder.connected == [PUBLIC] * 2


def test_a_host_with_a_public_and_a_private_address_is_refused() -> None:
    with (
        client_with(RecordingBackend()) as client,
        pytest.raises(FetchRefused, match=r"10\.0\.0\.1, which is a private network"),
    ):
        client.get("http://both.example/", PAGE)


def test_a_refused_host_is_reported_with_the_requested_url() -> None:
    with client_with(RecordingBackend()) as client:
        for page in ("talks.html", "tides.html"):
            with pytest.raises(FetchRefused) as refused:
                client.get(f"http://both.example/{page}", PAGE)
            assert str(refused.value) == (
                f"http://both.example/{page}: it is at 10.0.0.1, which is a private network; "
                "if it is yours, allow it with --allow-host both.example (in Python: allowed_hosts)"
            )
        with pytest.raises(
            FetchRefused, match=r"^http://unknown.example/: its host name cannot be resolved; check the address$"
        ):
            client.get("http://unknown.example/", PAGE)


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("http://www.atlantis.example:8080/", "www.atlantis.example:8080"),
        ("https://www.atlantis.example:80443/", None),
        ("http://www.atlantis.example:22/", "www.atlantis.example:22"),
        ("http://[2606:2800:220:1::1]:6379/", r"\[2606:2800:220:1::1\]:6379"),
    ],
)
def test_only_ports_80_and_443_are_requested(url: str, advice: str | None) -> None:
    recorder = RecordingBackend()
    with (
        client_with(recorder) as client,
        pytest.raises(FetchRefused, match=advice and f"--allow-host {advice} "),
    ):
        client.get(url, PAGE)
    assert recorder.connected == []


@pytest.mark.parametrize("allowed", ["localhost", "localhost:8081", "127.0.0.1:8080"])
def test_only_the_named_host_and_port_are_allowed(allowed: str) -> None:
    recorder = RecordingBackend()
    with client_with(recorder, allowed) as client, pytest.raises(FetchRefused):
        client.get("http://localhost:8080/", PAGE)
    assert recorder.connected == []


def test_an_allowed_port_allows_no_other_port_of_a_private_host() -> None:
    with client_with(RecordingBackend(), "localhost:8080") as client, pytest.raises(FetchRefused, match="this machine"):
        client.get("http://localhost/", PAGE)


@pytest.mark.parametrize(
    ("allowed", "url"),
    [
        ("localhost", "http://localhost/"),
        ("LOCALHOST.", "http://localhost/"),
        ("localhost", "http://localhost./"),
        ("10.0.0.1", "http://10.0.0.1/"),
        ("[fd00::1]", "http://[fd00::1]/"),
        ("fd00::1", "http://[fd00::1]/"),
        ("localhost:8080", "http://localhost:8080/"),
        ("LOCALHOST.:80", "http://localhost/"),
        ("[fd00::1]:8080", "http://[fd00::1]:8080/"),
        ("www.atlantis.example:8080", "http://www.atlantis.example:8080/"),
    ],
)
def test_an_allowed_host_may_be_private(allowed: str, url: str) -> None:
    recorder = RecordingBackend([not_found(), not_found()])
    with client_with(recorder, allowed) as client:
        assert client.get(url, PAGE).final.status == 404


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.2/",
        "http://metadata.example/",
        "http://sub.localhost/",
        "http://xlocalhost/",
        "http://2130706433/",
    ],
)
def test_allowing_a_host_allows_no_other(url: str) -> None:
    recorder = RecordingBackend()
    with client_with(recorder, "localhost", "127.0.0.1") as client, pytest.raises(FetchRefused):
        client.get(url, PAGE)
    assert recorder.connected == []


def test_a_refusal_shows_the_url_without_its_password() -> None:
    with pytest.raises(FetchRefused) as refused:
        validate_url("https://nerea:salt@www.atlantis.example/talks.html")
    assert "salt" not in str(refused.value)
    assert str(refused.value).startswith(
        "https://www.atlantis.example/talks.html: it contains a user name or a password; "
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://nerea:salt@www.atlantis.example/",
        "http://nerea:salt@127.0.0.1/",
        "http://nerea:salt@[/",
        "http://nerea:s/salt@www.atlantis.example/",
        "http:\\\\nerea:salt@www.atlantis.example/",
        "http:nerea:salt@www.atlantis.example/",
        "//nerea:salt@www.atlantis.example/",
        "ftp://nerea:salt@www.atlantis.example/",
    ],
)
def test_no_error_message_contains_a_password(url: str) -> None:
    with client_with(RecordingBackend()) as client, pytest.raises(SourceError) as refused:
        client.get(url, PAGE)
    assert "salt" not in str(refused.value)
    if "://" in url:
        with (
            client_with(RecordingBackend([not_found(), redirect_to(url)])) as client,
            pytest.raises(SourceError) as refused,
        ):
            client.get("http://www.atlantis.example/", PAGE)
        assert "salt" not in str(refused.value)


# --- generated addresses


def spellings_of(number: int) -> st.SearchStrategy[str]:
    """Return spellings of an IPv4 address that C libraries or browsers accept."""
    a, b, c, d = number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255
    return st.sampled_from(
        [
            f"{a}.{b}.{c}.{d}",
            f"{a}.{b}.{c}.{d}.",
            f"{number}",
            f"{number:#x}",
            f"0{number:o}",
            f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
            f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
            f"{a}.{number & 0xFFFFFF}",
            f"{a}.{b}.{number & 0xFFFF}",
            f"[::ffff:{a}.{b}.{c}.{d}]",
            f"[::{a}.{b}.{c}.{d}]",
            f"[64:ff9b::{a}.{b}.{c}.{d}]",
            f"[2002:{number >> 16:x}:{number & 0xFFFF:x}::1]",
            f"[2001::{number ^ 0xFFFFFFFF:08x}]",
            f"{a}.{b}.{c}.{d}.example@{a}.{b}.{c}.{d}",
            f"%3{str(a)[0]}{str(a)[1:]}.{b}.{c}.{d}",
        ]
    )


PRIVATE = st.sampled_from(
    [0x7F000001, 0x0A000001, 0xC0A80101, 0xA9FEA9FE, 0xAC100001, 0x64646464, 0, 0xE0000001, 0xFFFFFFFF]
)
PORTS = st.sampled_from(["", ":80", ":0", ":443", ":8080", ":65536", ":x", ":"])
PATHS = st.text(alphabet="/?#@\\%.:;&=[]0aé あ\t\n\r\x00", max_size=12)


@pytest.mark.slow
@given(
    PRIVATE.flatmap(spellings_of),
    st.sampled_from(["http://", "https://", "HTTP://", "http:/", "http:\\\\"]),
    PORTS,
    PATHS,
)
def test_no_spelling_of_a_private_address_connects(host: str, scheme: str, port: str, path: str) -> None:
    recorder = RecordingBackend()
    with client_with(recorder) as client, pytest.raises(SourceError):
        client.get(f"{scheme}{host}{port}{path}", PAGE)
    assert recorder.connected == []


@pytest.mark.slow
@given(st.text(max_size=40).map("http://".__add__) | st.text(max_size=40))
def test_random_text_as_a_url_is_refused(text: str) -> None:
    recorder = RecordingBackend()
    with client_with(recorder) as client, pytest.raises(SourceError):
        client.get(text, PAGE)
    assert recorder.connected == []
