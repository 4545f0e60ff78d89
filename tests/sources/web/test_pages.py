"""Opening a page on the web, with the photos that it shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from readout_pub import HtmlPage, Readout, SourceError, open_source, read, to_json
from readout_pub.model import figures
from readout_pub.sources import FetchPolicy, SavedPage, only_page
from readout_pub.sources.web.client import Client
from tests.pages import jpeg
from tests.sources.web.server import Reply, WebServer, redirect

WORDS = """\
<p>On 4 August, Ms. Nerea Salt, Minister of the Sea of Atlantis, met Mr. Orm Kelp, Keeper of the Tides of Lemuria, in
the harbour office. Both sides had looked forward to the meeting for some years, and both had brought their charts.</p>
<p>They agreed that the tides should come in twice a day, as before, and that the tables of the coming year would be
printed together, in both languages, before the end of the winter. The harbour masters will meet again in spring.</p>
"""

TITLE = "Atlantis and Lemuria agree on the tides"


def talks(photo: str = "", *, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>'
        f"<p>4 August 2022</p>{photo}{WORDS}</article></body></html>"
    )


ReadAt = Callable[[str], Readout]


@pytest.fixture
def read_at(site: WebServer, policy: FetchPolicy) -> ReadAt:
    """A function that reads the page at a path of the site."""

    def at(path: str) -> Readout:
        readout, _ = read(page_at(site, path, policy))
        return readout

    return at


def page_at(site: WebServer, path: str, policy: FetchPolicy) -> SavedPage:
    return only_page(site.url(path), policy=policy)


def test_a_fetched_readout_has_the_record_of_its_retrieval(site: WebServer, read_at: ReadAt) -> None:
    site.routes |= {"/a": redirect("/talks.html"), "/talks.html": Reply(talks(), headers={"ETag": '"7"'})}
    readout = read_at("/a")
    origin, retrieval = readout.origin, readout.origin.retrieval
    assert readout.title == (TITLE,)
    assert (origin.name, origin.url) == (site.url("/talks.html"), site.url("/talks.html"))
    assert retrieval is not None
    assert (retrieval.url, retrieval.final_url, retrieval.status) == (site.url("/a"), site.url("/talks.html"), 200)
    assert retrieval.time.date() == origin.retrieved
    assert retrieval.sha256 == origin.sha256
    assert ("Etag", '"7"') in retrieval.headers


def test_nothing_is_requested_before_a_page_is_opened(site: WebServer, policy: FetchPolicy) -> None:
    page_at(site, "/talks.html", policy)
    assert site.log == []


PHOTO = Reply(jpeg(), media_type="image/jpeg")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="img/quay.jpg" alt="At the quay">',
        '<img src="/img/quay.jpg" alt="At the quay">',
        '<img src="//{host}/img/quay.jpg" alt="At the quay">',
        '<img src="http://{host}/img/quay.jpg" alt="At the quay">',
        '<img src=" ./x/../img/quay.jpg#top " alt="At the quay">',
        '<img src="/moved.jpg" alt="At the quay">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/img/quay.jpg" alt="At the quay">',
        '<img src="/blank.gif" data-original="/img/quay.jpg" alt="At the quay">',
        '<img src="/placeholder.png" data-foo-url="/img/quay.jpg" alt="At the quay">',
        '<img srcset="/img/quay.jpg 800w" alt="At the quay">',
        '<picture><source srcset="/img/quay.jpg 800w"><img alt="At the quay"></picture>',
        '<p><img src="data:,x" alt="At the quay"><noscript><img src="/img/quay.jpg"></noscript></p>',
        '<noscript><img src="/img/quay.jpg" alt="At the quay"></noscript>',
    ],
)
def test_a_photo_is_fetched_however_the_page_refers_to_it(markup: str, site: WebServer, read_at: ReadAt) -> None:
    host = f"127.0.0.1:{site.port}"
    photo = f"<figure>{markup.replace('{host}', host)}<figcaption>The two ministers at the quay</figcaption></figure>"
    site.routes |= {"/talks.html": Reply(talks(photo)), "/img/quay.jpg": PHOTO, "/moved.jpg": redirect("/img/quay.jpg")}
    (figure,) = figures(read_at("/talks.html"))
    assert [(photo.width, photo.height) for photo in figure.photos] == [(320, 200)]
    assert site.paths.count("/img/quay.jpg") == 1


@pytest.mark.parametrize("base", ["/archive/", "archive/", "//{host}/archive/", "http://{host}/archive/index.html"])
def test_relative_urls_resolve_against_the_base_element(base: str, site: WebServer, read_at: ReadAt) -> None:
    head = f'<base href="{base.replace("{host}", f"127.0.0.1:{site.port}")}">'
    photo = '<figure><img src="img/quay.jpg" alt="At the quay"><figcaption>The two ministers</figcaption></figure>'
    site.routes |= {"/talks.html": Reply(talks(photo, head=head)), "/archive/img/quay.jpg": PHOTO}
    (figure,) = figures(read_at("/talks.html"))
    assert figure.photos[0].width == 320
    assert figure.photos[0].src == site.url("/archive/img/quay.jpg")
    assert site.paths == ["/talks.html", "/archive/img/quay.jpg"]


def test_a_photo_shown_twice_is_requested_once(site: WebServer, read_at: ReadAt) -> None:
    photo = '<figure><img src="/img/quay.jpg" alt="At the quay"><figcaption>The two ministers</figcaption></figure>'
    site.routes |= {"/talks.html": Reply(talks(photo * 2)), "/img/quay.jpg": PHOTO}
    read_at("/talks.html")
    assert site.paths == ["/talks.html", "/img/quay.jpg"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("gone", 404), "the server answers 404 Not Found"),
        (Reply("<p>Please log in</p>"), "the server sends text/html, and this should be a picture"),
        (redirect("http://10.0.0.1/quay.jpg"), "it is at 10.0.0.1, which is a private network"),
        (redirect("file:///etc/passwd"), "only http and https addresses are fetched"),
    ],
)
def test_a_photo_that_fails_becomes_a_note_with_the_reason(
    reply: Reply, reason: str, site: WebServer, read_at: ReadAt
) -> None:
    photo = '<figure><img src="/img/quay.jpg" alt="At the quay"><figcaption>The two ministers</figcaption></figure>'
    site.routes |= {"/talks.html": Reply(talks(photo)), "/img/quay.jpg": reply}
    notes = [note.message for note in read_at("/talks.html").notes if note.code == "PHOTO_UNREADABLE"]
    assert len(notes) == 1
    assert reason in notes[0]


def test_no_more_photos_of_a_page_are_requested_than_the_limit(site: WebServer, policy: FetchPolicy) -> None:
    figure = '<figure><img src="/{}.jpg" alt="Photo number {}"><figcaption>Caption {}</figcaption></figure>'
    photos = [figure.replace("{}", str(number)) for number in range(5)]
    site.routes |= {"/talks.html": Reply(talks("".join(photos)))}
    site.routes |= {f"/{number}.jpg": Reply(jpeg(320 + number), media_type="image/jpeg") for number in range(5)}
    readout, _ = read(page_at(site, "/talks.html", msgspec.structs.replace(policy, max_photos=3)))
    assert sum(path.endswith(".jpg") for path in site.paths) == 3
    assert sum("more than 3 photos" in note.message for note in readout.notes) == 2


def test_the_photos_of_a_page_have_a_common_limit_of_bytes(site: WebServer, policy: FetchPolicy) -> None:
    figure = '<figure><img src="/{}.jpg" alt="Photo number {}"><figcaption>Caption {}</figcaption></figure>'
    photos = [figure.replace("{}", str(number)) for number in range(5)]
    site.routes |= {"/talks.html": Reply(talks("".join(photos)))}
    site.routes |= {f"/{number}.jpg": Reply(jpeg(320 + number), media_type="image/jpeg") for number in range(5)}
    few = msgspec.structs.replace(policy, max_photo_bytes=len(jpeg()) + 1)
    readout, _ = read(page_at(site, "/talks.html", few))
    assert sum(path.endswith(".jpg") for path in site.paths) == 2
    assert sum("reached the limit of bytes" in note.message for note in readout.notes) == 3


def test_the_photos_of_a_page_have_a_common_limit_of_time(
    site: WebServer, policy: FetchPolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Client, "clock", lambda _: 60.0 * len(site.paths))  # each request takes a minute
    photos = [f'<figure><img src="/{number}.jpg" alt="Photo number {number}"></figure>' for number in range(5)]
    site.routes |= {"/talks.html": Reply(talks("".join(photos)))}
    site.routes |= {f"/{number}.jpg": Reply(jpeg(320 + number), media_type="image/jpeg") for number in range(5)}
    readout, _ = read(page_at(site, "/talks.html", msgspec.structs.replace(policy, max_photo_time=90.0)))
    assert sum(path.endswith(".jpg") for path in site.paths) == 2
    assert sum("took more than 90 seconds" in note.message for note in readout.notes) == 3


@pytest.mark.slow
def test_pauses_between_requests_do_not_count_as_time_of_the_photos(site: WebServer, policy: FetchPolicy) -> None:
    photos = [f'<figure><img src="/{number}.jpg" alt="Photo number {number}"></figure>' for number in range(4)]
    site.routes |= {"/talks.html": Reply(talks("".join(photos)))}
    site.routes |= {f"/{number}.jpg": Reply(jpeg(320 + number), media_type="image/jpeg") for number in range(4)}
    read(page_at(site, "/talks.html", msgspec.structs.replace(policy, delay=0.7, max_photo_time=2.0)))
    assert sum(path.endswith(".jpg") for path in site.paths) == 4


def test_no_password_in_a_photo_url_is_stored(site: WebServer, read_at: ReadAt) -> None:
    photo = (
        f'<figure><img src="http://nerea:salt@127.0.0.1:{site.port}/quay.jpg" alt="At the quay">'
        "<figcaption>The two ministers</figcaption></figure>"
    )
    site.routes["/talks.html"] = Reply(talks(photo))
    readout = read_at("/talks.html")
    assert "PHOTO_UNREADABLE" in {note.code for note in readout.notes}
    assert b"salt@" not in to_json(readout)


def test_no_photo_is_read_from_a_local_file(site: WebServer, read_at: ReadAt, tmp_path: Path) -> None:
    local = tmp_path / "quay.jpg"
    local.write_bytes(jpeg())
    photo = f'<figure><img src="{local.as_uri()}" alt="At the quay"><figcaption>The two ministers</figcaption></figure>'
    site.routes["/talks.html"] = Reply(talks(photo))
    (figure,) = figures(read_at("/talks.html"))
    assert [photo.sha256 for photo in figure.photos] == [None]


# --- encodings


@pytest.mark.parametrize(
    ("media_type", "encoding", "declared"),
    [
        ("text/html; charset=KOI8-R", "koi8_r", "windows-1252"),
        ('text/html; charset="koi8-r"', "koi8_r", ""),
        ("text/html; charset=iso-8859-1", "utf-8", ""),
        ("text/html", "koi8_r", "koi8-r"),
    ],
)
def test_the_bytes_decide_the_encoding_whatever_header_and_page_say(
    media_type: str, encoding: str, declared: str, site: WebServer, policy: FetchPolicy
) -> None:
    text = talks(head=f'<meta charset="{declared}">' if declared else "").replace(TITLE, "Встреча министров Атлантиды")
    site.routes["/talks.html"] = Reply(text.encode(encoding), media_type=media_type)
    page = open_source(site.url("/talks.html"), policy=policy)
    assert isinstance(page, HtmlPage)
    assert "Встреча министров Атлантиды" in page.markup


# --- responses that are not documents


def refusal(site: WebServer, reply: Reply, policy: FetchPolicy, path: str = "/talks.html") -> str:
    site.routes[path] = reply
    with pytest.raises(SourceError) as refused:
        open_source(site.url(path), policy=policy)
    return str(refused.value).removeprefix(site.url(path)).removeprefix(": ")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "there is no such page (404 Not Found); check the address"),
        (410, "the page has been taken down (410 Gone); a web archive"),
        (401, "the server requires a login (401 Unauthorized); "),
        (403, "the server refuses to show it (403 Forbidden); open it in a browser"),
        (203, "a proxy has changed the page on its way from the server (203 Non-Authoritative Information); do"),
        (204, "the server has not sent a whole page (204 No Content); open it in a browser"),
        (206, "the server has not sent a whole page (206 Partial Content); open it in a browser"),
        (300, "the server has not sent a whole page (300 Multiple Choices); open it in a browser"),
        (418, "the server rejects this request (418 I'm a Teapot); check"),
        (500, "the server has failed (500 Internal Server Error); try again later"),
        (599, "the server has failed (599); try again later"),
    ],
)
def test_an_error_status_is_reported_with_what_to_do(
    status: int, words: str, site: WebServer, policy: FetchPolicy
) -> None:
    assert refusal(site, Reply(talks(), status), policy).startswith(words)


def test_the_error_of_a_busy_server_repeats_its_header_retry_after(site: WebServer, policy: FetchPolicy) -> None:
    message = refusal(site, Reply("", 429, {"Retry-After": "7200"}), policy)
    assert message == (
        "the server has received too many requests (429 Too Many Requests); try again later; it says Retry-After: 7200"
    )


def html(body: str, title: str = "", head: str = "") -> Reply:
    return Reply(f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>")


SCRIPT = '<script src="/app.js"></script>'
MENU = "<nav><a href=/>Home</a> <a href=/ministry>The Ministry</a> <a href=/press>Press releases</a></nav>"
FORM = '<form action="/login"><input name="user"><input type="password" name="word"><button>Enter</button></form>'
COOKIES = (
    "<h1>Before you continue</h1><p>We use cookies. With your consent we and our partners store cookies to measure. "
    "You may withdraw your consent.</p><form><button>Accept all cookies</button></form>"
)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (
            html(f"{MENU}<h1>Page not found</h1><p>We moved.</p>"),
            "an error page, not a document: it says 'Page not found'",
        ),
        (html("<p>Oh dear.</p>", "404 Not Found | Ministry of the Sea"), "this is an error page, not a document"),
        (html("<h1>お探しのページは見つかりませんでした</h1>"), "an error page, not a document: it says 'お探し"),
        (html("<h1>The page you are looking for does not exist</h1>"), "this is an error page, not a document"),
        (
            html(f"{MENU}<h1>Sign in</h1>{FORM}"),
            "this is a page to sign in, not a document: it says 'Sign in' (200 OK)",
        ),
        (html(f"{MENU}<h1>Staff area</h1>{FORM}"), "this is a page to sign in, not a document: it asks for a password"),
        (
            html(COOKIES),
            "a request to accept cookies, not a document: it says 'Before you continue' (200 OK); answer it",
        ),
        (
            html(f'<div id="root"></div>{SCRIPT}<noscript>Please enable JavaScript.</noscript>', "Talks"),
            "nothing to convert: the page builds itself with scripts (200 OK); save it from the browser",
        ),
        (html(f"<app-root>Loading</app-root>{SCRIPT}"), "nothing to convert: the page builds itself with scripts"),
        (
            html("", head='<meta http-equiv="Refresh" content="0; URL=/new/talks.html">'),
            "the page only redirects browsers to http://127.0.0.1:PORT/new/talks.html (200 OK); convert that address",
        ),
        (
            html("", head='<meta name="x"><META content="5;url= \'/b?x=1&amp;y=2\'" http-equiv=refresh>'),
            "the page only redirects browsers to http://127.0.0.1:PORT/b?x=1&y=2 (200 OK); convert that address",
        ),
        (Reply(""), "the file is empty; save the page again"),
        (Reply(b"%PDF-1.7", media_type=""), "this is a PDF"),
    ],
)
def test_the_error_says_why_a_response_is_not_a_document(
    reply: Reply, words: str, site: WebServer, policy: FetchPolicy
) -> None:
    assert words.replace("PORT", str(site.port)) in refusal(site, reply, policy)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(talks()),
        Reply(talks(SCRIPT)),
        Reply(talks(COOKIES)),
        Reply(talks(FORM)),
        Reply(talks().replace(TITLE, "Statement on document 404 of the Council")),
        html(
            "<h1>外相会談</h1><p>8月4日、アトランティス外相とレムリア外相は、港務局において会談を行い、潮汐表の共同印刷につき一致した。双方は春に再会する。</p>"
            + SCRIPT
        ),
        html("<h1>Telephone call</h1><p>The ministers spoke.</p>"),
    ],
    ids=["plain", "with scripts", "with a banner", "with a login", "a number", "short", "very short"],
)
def test_a_readout_is_accepted_even_if_it_is_short_or_names_404(
    reply: Reply, site: WebServer, policy: FetchPolicy
) -> None:
    site.routes["/talks.html"] = reply
    assert open_source(site.url("/talks.html"), policy=policy).name == site.url("/talks.html")


def test_an_error_names_the_requested_and_the_final_url(site: WebServer, policy: FetchPolicy) -> None:
    site.routes["/login"] = html(FORM)
    message = refusal(site, redirect("/login"), policy)
    assert message.startswith(f", redirected to {site.url('/login')}: this is a page to sign in")
