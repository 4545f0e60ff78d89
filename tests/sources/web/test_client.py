"""The HTTP client against a server on loopback, whose log shows what was requested."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import hashlib
import itertools
import os
import stat
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import msgspec
import pytest

from readout_pub import __version__
from readout_pub.errors import FetchRefused, SourceError
from readout_pub.sources import FetchPolicy
from readout_pub.sources.web.client import Client
from readout_pub.sources.web.content_encoding import decode_content
from readout_pub.sources.web.rate_limit import RateLimit
from readout_pub.sources.web.response import PAGE, PHOTO
from tests.archives import article
from tests.sources.web.server import CERTIFICATE, Reply, TlsServer, WebServer, redirect

PAGE_BODY = article("They talked.")
LIMIT = 200_000


def client_with(policy: FetchPolicy, **changes: object) -> Client:
    return Client(msgspec.structs.replace(policy, **changes), max_bytes=LIMIT)


def test_the_retrieval_has_the_url_time_status_headers_and_digest(site: WebServer, client: Client) -> None:
    site.routes["/talks.html"] = Reply(PAGE_BODY, headers={"ETag": '"1"', "Set-Cookie": "session=salt"})
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    record = client.get(site.url("/talks.html#top"), PAGE).retrieval
    assert (record.url, record.final_url, record.status) == (site.url("/talks.html"), site.url("/talks.html"), 200)
    assert before <= record.time <= dt.datetime.now(dt.UTC)
    assert ("Etag", '"1"') in record.headers
    assert record.sha256 == hashlib.sha256(PAGE_BODY.encode()).hexdigest()


def test_no_cookie_is_sent_or_recorded(site: WebServer, client: Client) -> None:
    site.routes["/a"] = Reply(status=302, headers={"Location": "/b", "Set-Cookie": "session=salt"})
    site.routes["/b"] = Reply(PAGE_BODY, headers={"Set-Cookie": "session=salt"})
    exchange = client.get(site.url("/a"), PAGE)
    assert all("cookie" not in request.headers for request in site.log)
    assert "salt" not in repr(exchange)


def test_the_user_agent_names_the_program_its_version_and_the_contact(site: WebServer, policy: FetchPolicy) -> None:
    site.routes["/"] = Reply(PAGE_BODY)
    with client_with(policy, contact="archive@atlantis.example") as client:
        client.get(site.url("/"), PAGE)
    assert {request.headers["user-agent"] for request in site.log} == {
        f"readout-pub/{__version__} (+archive@atlantis.example)"
    }


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_all_responses_kept(status: int, site: WebServer, client: Client) -> None:
    site.routes |= {"/a": redirect("b/?x=1", status), "/b/?x=1": redirect("../c", status), "/c": Reply(PAGE_BODY)}
    exchange = client.get(site.url("/a"), PAGE)
    assert [response.url for response in exchange.responses] == [site.url("/a"), site.url("/b/?x=1"), site.url("/c")]
    assert exchange.final.content == PAGE_BODY.encode()


def test_a_redirect_loop_ends_at_the_limit(site: WebServer, client: Client) -> None:
    site.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(SourceError, match="redirects more than 10 times"):
        client.get(site.url("/a"), PAGE)
    assert len(site.paths) == 11


# --- content


def raw_deflate(content: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return compressor.compress(content) + compressor.flush()


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("br", brotli.compress),
        ("gzip ", lambda body: gzip.compress(body[:30]) + gzip.compress(body[30:])),
        (" gzip", lambda body: gzip.compress(body) + bytes(512)),
        ("deflate, gzip", lambda body: gzip.compress(zlib.compress(body))),
        ("identity", bytes),
        ("", bytes),
    ],
)
def test_content_encodings_are_decoded(
    coding: str, pack: Callable[[bytes], bytes], site: WebServer, client: Client
) -> None:
    packed = pack(PAGE_BODY.encode())
    site.routes["/"] = Reply(packed, headers={"Content-Encoding": coding})
    response = client.get(site.url("/"), PAGE).final
    assert (response.encoded_content, response.content) == (packed, PAGE_BODY.encode())


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", b"no gzip at all"),
        ("gzip", gzip.compress(PAGE_BODY.encode(), mtime=0)[:-20]),
        ("br", brotli.compress(PAGE_BODY.encode() * 50)[:-5]),
        ("zstd", b"(\xb5/\xfd"),
        ("gzip, gzip, gzip, gzip", b""),
    ],
)
def test_broken_or_unknown_content_encodings_are_refused(
    coding: str, body: bytes, site: WebServer, client: Client
) -> None:
    site.routes["/"] = Reply(body, headers={"Content-Encoding": coding})
    with pytest.raises(SourceError, match=r"compressed content|Content-Encoding"):
        client.get(site.url("/"), PAGE)


BOMB = b"<p>" + b"0" * 50_000_000


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BOMB, mtime=0)),
        ("gzip, gzip", gzip.compress(gzip.compress(BOMB, mtime=0), mtime=0)),
        ("deflate", zlib.compress(BOMB)),
        ("br", brotli.compress(BOMB, quality=5)),
    ],
)
def test_a_decompression_bomb_is_refused_at_the_limit(
    coding: str, body: bytes, site: WebServer, client: Client
) -> None:
    assert len(body) < LIMIT
    site.routes["/"] = Reply(body, headers={"Content-Encoding": coding})
    with pytest.raises(SourceError, match="it has more than 200,000 bytes, which is the limit"):
        client.get(site.url("/"), PAGE)


@pytest.mark.parametrize("members", [9_000, 100_000])
def test_many_empty_gzip_members_are_decoded_or_refused_quickly(members: int) -> None:
    body = gzip.compress(b"") * members + gzip.compress(PAGE_BODY.encode())
    start = time.process_time()
    if members < 10_000:
        assert decode_content(body, "gzip", LIMIT, "here") == PAGE_BODY.encode()
    else:
        with pytest.raises(SourceError, match="compressed in more than 10,000 parts"):
            decode_content(body, "gzip", LIMIT, "here")
    assert time.process_time() - start < 1


def head(*lines: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *lines, "", ""]).encode()


def chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


def test_the_chunks_of_a_response_are_joined(site: WebServer, client: Client) -> None:
    parts = [chunk(PAGE_BODY[:20].encode()), chunk(PAGE_BODY[20:].encode()), b"0\r\n\r\n"]
    site.routes["/"] = Reply(raw=[head("Transfer-Encoding: chunked"), *parts])
    response = client.get(site.url("/"), PAGE).final
    assert response.content == PAGE_BODY.encode()
    assert "Transfer-Encoding" not in dict(response.headers)


def test_a_content_length_over_the_limit_is_refused(site: WebServer, client: Client) -> None:
    site.routes["/"] = Reply(raw=[head("Content-Length: 99999999999"), b"x"])
    with pytest.raises(SourceError, match=r"the limit is 200,000 bytes; .* --max-bytes"):
        client.get(site.url("/"), PAGE)


def test_an_endless_body_is_refused_at_the_limit(site: WebServer, client: Client) -> None:
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        yield head("Transfer-Encoding: chunked")
        while len(sent) < 200_000:
            sent.append(1)
            yield chunk(b"x" * 10_000)

    site.routes["/"] = Reply(raw=endless())
    with pytest.raises(SourceError, match="the limit is"):
        client.get(site.url("/"), PAGE)
    assert len(sent) < 200_000


def test_an_endless_body_is_refused_at_the_limit_with_a_cache_too(
    site: WebServer, policy: FetchPolicy, tmp_path: Path
) -> None:
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        yield head("Transfer-Encoding: chunked", "Cache-Control: max-age=3600")
        while len(sent) < 200_000:
            sent.append(1)
            yield chunk(b"x" * 10_000)

    site.routes["/"] = Reply(raw=endless())
    with client_with(policy, cache=tmp_path) as client, pytest.raises(SourceError, match="the limit is"):
        client.get(site.url("/"), PAGE)
    assert len(sent) < 200_000
    assert (tmp_path / "http.sqlite").stat().st_size < 10_000_000


def test_a_body_ends_at_its_content_length(site: WebServer, client: Client) -> None:
    site.routes["/"] = Reply(raw=[head("Content-Length: 3"), b"abcdef"])
    assert client.get(site.url("/"), PAGE).final.content == b"abc"


@pytest.mark.parametrize(
    "broken",
    [
        Reply(raw=[head("Content-Length: 1000"), b"abc"]),
        Reply(raw=[head("Transfer-Encoding: chunked"), chunk(b"abc")]),
        Reply(raw=[head("Content-Length: 1000"), b"abc"], reset=True),
        Reply(raw=[b""]),
        Reply(raw=[b"HTTP/1.1 200"]),
    ],
    ids=["too short", "last chunk missing", "reset", "silence", "half a status line"],
)
def test_a_broken_connection_is_tried_four_times_then_fails(broken: Reply, site: WebServer, client: Client) -> None:
    site.routes["/"] = broken
    with pytest.raises(SourceError, match="broke off"):
        client.get(site.url("/"), PAGE)
    assert site.paths == ["/"] * 4


def test_a_retry_that_succeeds_returns_the_page(site: WebServer, client: Client) -> None:
    replies = iter([Reply(raw=[head("Content-Length: 9"), b"abc"]), Reply(raw=[b""]), Reply(PAGE_BODY)])
    site.routes["/"] = lambda _: next(replies)
    assert client.get(site.url("/"), PAGE).final.content == PAGE_BODY.encode()


@pytest.mark.parametrize("proxy", ["", "http://proxy.example:3128"])
def test_a_refused_connection_fails_at_once(policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    with WebServer() as gone:
        url = gone.url("/")
    # A second request would exceed max_requests and raise another error.
    with (
        client_with(policy, allowed_hosts=(gone.authority,), max_requests=1) as client,
        pytest.raises(SourceError, match=r"cannot be reached.*check the address") as error,
    ):
        client.get(url, PAGE)
    assert ("the proxy that the environment names is not used" in str(error.value)) == bool(proxy)


@pytest.mark.slow
def test_slow_headers_end_at_the_time_limit(site: WebServer, policy: FetchPolicy) -> None:
    def byte_by_byte() -> Iterator[bytes]:
        for byte in head("X: " + "x" * 5000):
            time.sleep(0.05)
            yield bytes([byte])

    site.routes["/"] = lambda _: Reply(raw=byte_by_byte())
    with client_with(policy, time=0.2) as client, pytest.raises(SourceError, match=r"too long|timed out"):
        client.get(site.url("/"), PAGE)


@pytest.mark.slow
def test_a_slow_body_ends_at_the_time_limit_without_retry(site: WebServer, policy: FetchPolicy) -> None:
    def byte_by_byte() -> Iterator[bytes]:
        yield head("Content-Length: 5000")
        for _ in range(5000):
            time.sleep(0.01)
            yield b"x"

    site.routes["/"] = lambda _: Reply(raw=byte_by_byte())
    with client_with(policy, time=0.5) as client, pytest.raises(SourceError, match=r"too long|timed out"):
        client.get(site.url("/"), PAGE)
    assert site.paths == ["/"]


@pytest.mark.slow
@pytest.mark.parametrize("interim", ["100 Continue", "103 Early Hints", "199 Wait\r\nX: " + "x" * 9000])
def test_endless_interim_responses_are_refused(interim: str, site: WebServer, client: Client) -> None:
    sent: list[int] = []

    def endless() -> Iterator[bytes]:
        part = f"HTTP/1.1 {interim}\r\n\r\n".encode() * 50
        while len(sent) < 200_000:
            sent.append(len(part))
            yield part

    site.routes["/"] = lambda _: Reply(raw=endless())
    with pytest.raises(SourceError, match="headers or interim responses without end"):
        client.get(site.url("/"), PAGE)
    assert len(sent) < 200_000


def test_some_interim_responses_and_a_large_page_are_read(site: WebServer, policy: FetchPolicy) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 20
    large = PAGE_BODY.encode() + b"<p>Salt and fish.</p>" * 40_000
    site.routes["/"] = lambda _: Reply(raw=[hints, head(f"Content-Length: {len(large)}"), large])
    with Client(policy, max_bytes=len(large)) as client:
        assert client.get(site.url("/"), PAGE).final.content == large


@pytest.mark.parametrize("media_type", ["video/mp4", "application/pdf", "image/png", "application/json"])
def test_a_response_of_another_media_type_is_refused_without_being_read(
    media_type: str, site: WebServer, client: Client
) -> None:
    site.routes["/"] = Reply(raw=[head_with_media_type(media_type)])
    with pytest.raises(SourceError, match=f"the server sends {media_type}, and this should be a page"):
        client.get(site.url("/"), PAGE)


def head_with_media_type(media_type: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: 99\r\n\r\n".encode()


def test_html_in_place_of_a_photo_is_refused(site: WebServer, client: Client) -> None:
    site.routes["/quay.jpg"] = Reply(PAGE_BODY)
    with pytest.raises(SourceError, match="text/html, and this should be a picture"):
        client.get(site.url("/quay.jpg"), PHOTO)


# --- busy servers


def test_a_busy_server_gets_the_request_again(site: WebServer, client: Client) -> None:
    replies = iter([Reply("Later.", 429, {"Retry-After": "0"}), Reply("Later.", 503), Reply(PAGE_BODY)])
    site.routes["/"] = lambda _: next(replies)
    assert client.get(site.url("/"), PAGE).final.status == 200
    assert site.paths == ["/"] * 3


@pytest.mark.slow
def test_the_header_retry_after_delays_the_retry(site: WebServer, client: Client) -> None:
    replies = iter([Reply("Later.", 429, {"Retry-After": "1"}), Reply(PAGE_BODY)])
    site.routes["/"] = lambda _: next(replies)
    client.get(site.url("/"), PAGE)
    _, first, second = site.log
    assert second.at - first.at >= 1.0


def test_a_date_in_retry_after_is_compared_with_the_servers_date(site: WebServer, client: Client) -> None:
    moment = "Wed, 21 Oct 2099 07:28:00 GMT"
    busy = f"HTTP/1.1 503 Busy\r\nDate: {moment}\r\nRetry-After: {moment}\r\nContent-Length: 0\r\n\r\n"
    replies = iter([Reply(raw=[busy.encode()]), Reply(PAGE_BODY)])
    site.routes["/"] = lambda _: next(replies)
    assert client.get(site.url("/"), PAGE).final.status == 200


@pytest.mark.parametrize("later", ["soon", "-1", "Wed, 99 Oct 2099", "1e9", "\u00b2"])
def test_an_invalid_retry_after_header_is_ignored(later: str, site: WebServer, policy: FetchPolicy) -> None:
    site.routes["/"] = Reply("Later.", 503, {"Retry-After": later})
    with client_with(policy, patience=0.01) as client:
        assert client.get(site.url("/"), PAGE).final.status == 503
    assert site.paths == ["/"] * 4


@pytest.mark.parametrize("later", ["3600", "9" * 400, "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_the_client_does_not_wait_for_a_retry_after_above_the_limit(
    later: str, site: WebServer, client: Client
) -> None:
    site.routes["/"] = Reply("Later.", 503, {"Retry-After": later})
    assert client.get(site.url("/"), PAGE).final.status == 503
    assert site.paths == ["/"]


def test_a_host_that_asks_for_a_long_pause_is_not_requested_again(site: WebServer, client: Client) -> None:
    site.routes |= {"/busy": Reply("Later.", 429, {"Retry-After": "3600"}), "/good": Reply(PAGE_BODY)}
    assert client.get(site.url("/busy"), PAGE).final.status == 429
    with pytest.raises(FetchRefused, match=r"its host asks for a pause of more than .* and is not requested again"):
        client.get(site.url("/good"), PAGE)
    assert site.paths == ["/busy"]


@pytest.mark.parametrize("broken", [Reply("Later.", 503), Reply(raw=[b""])], ids=["busy", "silent"])
def test_a_host_that_failed_three_times_in_a_row_is_not_requested_again(
    broken: Reply, site: WebServer, client: Client
) -> None:
    site.routes |= {f"/{number}": broken for number in range(5)}
    site.routes["/good"] = Reply(PAGE_BODY)

    def ask(path: str) -> None:
        with contextlib.suppress(SourceError):
            client.get(site.url(path), PAGE)

    for path in ("/0", "/1", "/good", "/2", "/3", "/4"):
        ask(path)
    requests = len(site.log)
    with pytest.raises(FetchRefused, match="its host has failed 3 times in a row and is not requested again"):
        client.get(site.url("/good"), PAGE)
    assert len(site.log) == requests


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 500])
def test_errors_that_a_retry_would_not_help_are_not_retried(status: int, site: WebServer, client: Client) -> None:
    site.routes["/"] = Reply("No.", status)
    assert client.get(site.url("/"), PAGE).final.status == status
    assert site.paths == ["/"]


def test_a_run_sends_no_more_requests_than_its_limit(site: WebServer, policy: FetchPolicy) -> None:
    site.routes["/"] = Reply(PAGE_BODY)
    with client_with(policy, max_requests=3) as client:
        client.get(site.url("/"), PAGE)
        client.get(site.url("/"), PAGE)
        with pytest.raises(FetchRefused, match="has sent 3 requests, which is its limit"):
            client.get(site.url("/"), PAGE)
    assert len(site.log) == 3  # robots.txt counts as one of the requests


# --- robots.txt


def robots(text: str) -> Reply:
    return Reply(text, media_type="text/plain")


def test_robots_txt_is_requested_first_and_once(site: WebServer, client: Client) -> None:
    site.routes["/"] = Reply(PAGE_BODY)
    client.get(site.url("/"), PAGE)
    client.get(site.url("/"), PAGE)
    assert [request.path for request in site.log] == ["/robots.txt", "/", "/"]


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: readout-pub\nDisallow: /talks",
        "User-agent: *\nAllow: /\n\nUser-agent: readout-pub\nDisallow: /*.html$",
        "User-Agent : Readout-Pub/2.0 (archives)\nDisallow: /talks",
    ],
)
def test_urls_that_robots_txt_disallows_are_not_requested(rules: str, site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": robots(rules), "/talks.html": Reply(PAGE_BODY)}
    with pytest.raises(FetchRefused, match=r"robots.txt of this host disallows it"):
        client.get(site.url("/talks.html"), PAGE)
    assert site.paths == []


@pytest.mark.parametrize("name", ["read2me", "readout-pub2", "r2d2"])
def test_rules_for_names_with_digits_hold_for_other_programs(name: str, site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": robots(f"User-agent: {name}\nDisallow: /"), "/talks.html": Reply(PAGE_BODY)}
    client.get(site.url("/talks.html"), PAGE)
    assert site.paths == ["/talks.html"]


def test_a_redirect_to_a_disallowed_url_is_refused(site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": robots("User-agent: *\nDisallow: /private/"), "/a": redirect("/private/b")}
    with pytest.raises(FetchRefused, match=r"robots.txt"):
        client.get(site.url("/a"), PAGE)
    assert site.paths == ["/a"]


def test_robots_txt_applies_to_photos_too(site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": robots("User-agent: *\nDisallow: /img/")}
    with pytest.raises(FetchRefused, match=r"robots.txt"):
        client.get(site.url("/img/quay.jpg"), PHOTO)
    assert site.paths == []


@pytest.mark.parametrize(
    "reply",
    [
        *(Reply("?", 404), Reply("?", 403), robots(""), robots("User-agent: other\nDisallow: /")),
        Reply("<!DOCTYPE html><html><body><h1>Page not found</h1><p>Disallow: nothing.</p></body></html>"),
        Reply(b"\x89PNG\r\n", media_type="image/png"),
        Reply(b"\xff\xfe\x00", media_type="text/plain; charset=utf-16"),
        robots("User-agent: *\nDisallow: /other" + "\n# and so forth" * 20_000),
    ],
    ids=["none", "closed", "empty", "for others", "a page", "a picture", "no text", "longer than a page may be"],
)
def test_urls_that_no_rule_disallows_are_requested(reply: Reply, site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": reply, "/": Reply(PAGE_BODY)}
    assert client.get(site.url("/"), PAGE).final.status == 200


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_failing_robots_txt_disallows_everything(status: int, site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": Reply("?", status), "/": Reply(PAGE_BODY)}
    with pytest.raises(SourceError, match=r"robots.txt cannot be read.*try again later"):
        client.get(site.url("/"), PAGE)
    assert site.paths == []


def test_a_failing_robots_txt_is_requested_once(site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": Reply("?", 500), "/": Reply(PAGE_BODY)}
    for _ in range(3):
        with pytest.raises(SourceError, match=r"robots.txt cannot be read"):
            client.get(site.url("/"), PAGE)
    assert len(site.log) == 1


@pytest.mark.parametrize("media_type", ["text/html", "application/octet-stream", "image/png", ""])
def test_robots_txt_applies_whatever_its_media_type(media_type: str, site: WebServer, client: Client) -> None:
    site.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /", media_type=media_type)
    with pytest.raises(FetchRefused, match=r"robots.txt"):
        client.get(site.url("/"), PAGE)


def test_the_last_rule_of_a_robots_txt_of_500_kibibytes_applies(site: WebServer, client: Client) -> None:
    rules = "User-agent: *\nDisallow: /"
    site.routes["/robots.txt"] = robots("#" * (500 * 1024 - len(rules) - 1) + "\n" + rules)
    with pytest.raises(FetchRefused, match=r"robots.txt of this host disallows it"):
        client.get(site.url("/"), PAGE)


def test_a_redirect_of_robots_txt_is_followed(site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": redirect("/rules"), "/rules": robots("User-agent: *\nDisallow: /"), "/": Reply("")}
    with pytest.raises(FetchRefused, match=r"robots.txt"):
        client.get(site.url("/"), PAGE)


def test_a_crawl_delay_over_the_limit_is_refused(site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": robots("User-agent: *\nCrawl-delay: 3600"), "/": Reply(PAGE_BODY)}
    with pytest.raises(FetchRefused, match="3600 seconds between two requests"):
        client.get(site.url("/"), PAGE)
    assert site.paths == []


@pytest.mark.parametrize("rule", ["Request-rate: 1/" + "9" * 400, "Request-rate: 1/" + "9" * 300])
def test_a_pause_with_hundreds_of_digits_is_over_the_limit(rule: str, site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": robots(f"User-agent: *\n{rule}"), "/": Reply(PAGE_BODY)}
    with pytest.raises(FetchRefused, match="seconds between two requests; the limit is 60"):
        client.get(site.url("/"), PAGE)


@pytest.mark.parametrize("status", [203, 206])
def test_robots_txt_applies_with_every_status_of_success(status: int, site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": Reply("User-agent: *\nDisallow: /", status), "/": Reply(PAGE_BODY)}
    with pytest.raises(FetchRefused, match=r"robots.txt of this host disallows it"):
        client.get(site.url("/"), PAGE)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["Crawl-delay: 0.3", "Request-rate: 10/3"])
def test_crawl_delay_and_request_rate_slow_requests_down(rule: str, site: WebServer, client: Client) -> None:
    site.routes |= {"/robots.txt": robots(f"User-agent: *\n{rule}"), "/": Reply(PAGE_BODY)}
    for _ in range(3):
        client.get(site.url("/"), PAGE)
    gaps = [later.at - earlier.at for earlier, later in itertools.pairwise(site.log)]
    assert all(gap >= 0.3 for gap in gaps)


@pytest.mark.parametrize(("wished", "expected"), [(None, 1.0), (0.2, 1.0), (5.0, 5.0)])
def test_the_longer_of_delay_and_crawl_delay_is_used(wished: float | None, expected: float) -> None:
    slept: list[float] = []
    limit = RateLimit(1.0, clock=lambda: 100.0, sleep=slept.append)
    for host in ("a", "b", "a"):
        limit.wait(host, wished)
        limit.start_pause(host)
    assert slept == [expected]


# --- the cache


def test_a_cached_page_is_revalidated(site: WebServer, policy: FetchPolicy, tmp_path: Path) -> None:
    site.routes["/"] = lambda request: (
        Reply(status=304)
        if request.headers.get("if-none-match") == '"1"'
        else Reply(PAGE_BODY, headers={"ETag": '"1"'})
    )
    contents = set()
    for _ in range(2):
        with client_with(policy, cache=tmp_path) as client:
            contents.add(client.get(site.url("/"), PAGE).final.content)
    assert contents == {PAGE_BODY.encode()}
    assert [request.headers.get("if-none-match") for request in site.log if request.path == "/"] == [None, '"1"']


def test_a_fresh_cached_page_is_revalidated_too(site: WebServer, policy: FetchPolicy, tmp_path: Path) -> None:
    site.routes["/"] = Reply(PAGE_BODY, headers={"Cache-Control": "max-age=3600", "ETag": '"1"'})
    with client_with(policy, cache=tmp_path) as client:
        client.get(site.url("/"), PAGE)
        client.get(site.url("/"), PAGE)
    assert site.paths == ["/", "/"]


def test_a_fresh_cached_photo_is_not_requested(site: WebServer, policy: FetchPolicy, tmp_path: Path) -> None:
    site.routes["/quay.jpg"] = Reply(b"photo", headers={"Cache-Control": "max-age=3600"}, media_type="image/jpeg")
    for _ in range(2):
        with client_with(policy, cache=tmp_path) as client:
            assert client.get(site.url("/quay.jpg"), PHOTO).final.content == b"photo"
    assert site.paths == ["/quay.jpg"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_no_other_user_can_read_the_cache(site: WebServer, policy: FetchPolicy, tmp_path: Path) -> None:
    site.routes["/"] = Reply(PAGE_BODY)
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "http.sqlite").touch()  # left by an earlier version, with permissions for all
    with client_with(policy, cache=folder) as client:
        client.get(site.url("/"), PAGE)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("http.sqlite*")} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("etag", ['"\u00fcber"', '"\u00a0"', "W/"])
def test_a_page_with_an_unusual_etag_can_be_fetched_again(
    etag: str, site: WebServer, policy: FetchPolicy, tmp_path: Path
) -> None:
    site.routes["/"] = Reply(PAGE_BODY, headers={"ETag": etag})
    for _ in range(2):
        with client_with(policy, cache=tmp_path) as client:
            assert client.get(site.url("/"), PAGE).final.content == PAGE_BODY.encode()


def test_a_run_receives_no_more_bytes_than_its_limit(site: WebServer, policy: FetchPolicy) -> None:
    site.routes |= {f"/{number}": Reply(PAGE_BODY) for number in range(9)}
    with client_with(policy, max_run_bytes=3 * len(PAGE_BODY)) as client:
        for number in range(3):
            client.get(site.url(f"/{number}"), PAGE)
        with pytest.raises(FetchRefused, match=r"this run has received .* bytes, which is its limit; fetch again"):
            client.get(site.url("/3"), PAGE)


def test_a_damaged_cache_counts_as_empty(site: WebServer, policy: FetchPolicy, tmp_path: Path) -> None:
    site.routes["/"] = Reply(PAGE_BODY)
    (tmp_path / "http.sqlite").write_bytes(b"no database" * 1000)
    with client_with(policy, cache=tmp_path) as client:
        assert client.get(site.url("/"), PAGE).final.content == PAGE_BODY.encode()


# --- TLS


@pytest.mark.slow
def test_an_untrusted_certificate_is_refused() -> None:
    """The certificate is valid only for localhost, and the client trusts it only if SSL_CERT_FILE is its path."""
    program = (
        "import sys; from readout_pub.sources.web.client import Client; from readout_pub.sources import FetchPolicy;"
        "from readout_pub.sources.web.response import PAGE;"
        "v = Client(FetchPolicy(delay=0, allowed_hosts=(sys.argv[1].split('/')[2],), backoff=0), max_bytes=1000);"
        "print(v.get(sys.argv[1], PAGE).final.status)"
    )
    with TlsServer() as server:
        outcomes = {}
        for host in ("localhost", "127.0.0.1"):
            for trusted in (True, False):
                environment = {**os.environ, **({"SSL_CERT_FILE": str(CERTIFICATE)} if trusted else {})}
                url = f"https://{host}:{server.port}/"
                ran = subprocess.run(
                    [sys.executable, "-c", program, url], env=environment, capture_output=True, text=True, check=False
                )
                outcomes[host, trusted] = ran.stdout.strip() or ran.stderr.strip().splitlines()[-1]
    assert outcomes["localhost", True] == "404"
    for refused in (("localhost", False), ("127.0.0.1", True), ("127.0.0.1", False)):
        assert "its certificate is not trusted" in outcomes[refused]
        assert "SSL_CERT_FILE" in outcomes[refused]
