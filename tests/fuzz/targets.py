"""The parsers of external data: one row for each, with valid inputs to mutate and tokens of its syntax."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import zlib
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import brotli
import httpcore2
from PIL import Image

from readout_pub import ReadoutError, emit, read, saved_pages, verify
from readout_pub.alt.alt_file import read_alt_file
from readout_pub.alt.decisions import DECISIONS_FILE, Decisions
from readout_pub.alt.drafts import read_answer
from readout_pub.alt.lint import load_house_rules
from readout_pub.extract.profile import load_profile
from readout_pub.fetch.lists import read_list
from readout_pub.sources import FetchPolicy
from readout_pub.sources.web.client import Client
from readout_pub.sources.web.pages import fetch_page
from readout_pub.sources.web.response import PAGE, PHOTO, Response
from readout_pub.sources.web.robots import parse_robots
from tests.archives import ATLANTIS, Record, article, mhtml, revisit, wacz, warc, webarchive, zipped
from tests.workbooks import xlsx

ROOT = Path(__file__).parents[2]
LIMIT = 2_000_000
PUBLIC = "93.184.216.34"
"""The address of every host. It is public, since the client refuses private addresses."""


class Target(NamedTuple):
    """A parser: `read` must end, and may raise only a ReadoutError.

    `seeds` are valid inputs that are mutated, `words` the tokens that mutations insert.
    """

    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...]


# --- the parsers


def pages(name: str, raw: bytes, more: Collection[tuple[str, bytes]] = ()) -> None:
    """Convert the first four pages of a file or, with `more` files, of a folder with all of these files."""
    with TemporaryDirectory(prefix="fuzz-") as folder:
        file = Path(folder, name)
        for path, content in ((name, raw), *more):
            Path(folder, path).parent.mkdir(parents=True, exist_ok=True)
            Path(folder, path).write_bytes(content)
        found = []
        try:
            found = list(saved_pages(Path(folder) if more else file, max_bytes=LIMIT))
        except ReadoutError:
            return
        for page in found[:4]:
            try:
                readout, images = read(page)
                emit(readout, images, "html")
                emit(readout, images, "txt")
            except ReadoutError:
                continue


def photo(raw: bytes) -> None:
    """Convert a page that shows this photo."""
    pages("page.html", article('They met.<img src="a.jpg" alt="A boat">').encode(), [("a.jpg", raw)])


def with_file(read: Callable[[Path], object], name: str, raw: bytes) -> None:
    """Write the bytes to a file and read it."""
    with TemporaryDirectory(prefix="fuzz-") as folder:
        file = Path(folder, name)
        file.write_bytes(raw)
        read(file)


class ReplayBackend(httpcore2.NetworkBackend):
    """A network backend that answers every connection with the same bytes, without a network."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def connect_tcp(self, host: str, port: int, *_rest: object, **_more: object) -> httpcore2.NetworkStream:  # noqa: ARG002
        return httpcore2.MockStream([self._answer])


def served(raw: bytes) -> None:
    """Fetch a page and a photo from a server that sends these bytes."""
    policy = FetchPolicy(delay=0.0, backoff=0.0, patience=0.0, max_redirects=2)
    for want in (PAGE, PHOTO):
        client = Client(policy, max_bytes=LIMIT, backend=ReplayBackend(raw), resolver=lambda *_: [PUBLIC])
        with client:
            try:
                if want is PAGE:
                    fetch_page(client, "http://www.atlantis.example/")
                else:
                    client.get("http://www.atlantis.example/a.jpg", want)
            except ReadoutError:
                continue


def as_robots(raw: bytes) -> None:
    """Parse a robots.txt file and apply its rules."""
    now = dt.datetime(2031, 8, 4, tzinfo=dt.UTC)
    rules = parse_robots(Response(url=f"{ATLANTIS}/robots.txt", status=200, headers=(), received_at=now, content=raw))
    for url in (ATLANTIS, f"{ATLANTIS}/a/b?c=d", f"{ATLANTIS}/" + "a" * 1000):
        try:
            rules.require_allowed(url)
        except ReadoutError:
            continue


# --- valid inputs


def picture(form: str, mode: str = "RGB") -> bytes:
    """Return a small image in this file format."""
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, form, **({"exif": _exif()} if form in {"JPEG", "PNG", "WEBP"} else {}))
    return out.getvalue()


def _exif() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "harbour"
    return exif.tobytes()


def sent(body: bytes, *lines: str) -> bytes:
    """Return an HTTP response as a server sends it."""
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


SAMPLES = tuple(path.read_bytes() for path in sorted(ROOT.glob("samples/*/readout.html")))
TEXT_SAMPLES = tuple(path.read_bytes() for path in sorted(ROOT.glob("samples/*/readout.txt")))
PAGES = tuple(path.read_bytes()[:60_000] for path in sorted(ROOT.glob("src/readout_pub/sites/*/cases/*/page.html")))
PROFILES = tuple(path.read_bytes() for path in sorted(ROOT.glob("src/readout_pub/sites/*/profile.toml")))
RECORD = Record(f"{ATLANTIS}/a.html", article("They met.").encode())
RECORDS = [
    RECORD,
    Record(f"{ATLANTIS}/b.html", gzip.compress(article().encode(), mtime=0), headers=(("Content-Encoding", "gzip"),)),
    Record(f"{ATLANTIS}/c", status="302 Found", headers=(("Location", "/a.html"),)),
]
LISTED = (
    b'{"url":"https://www.atlantis.example/a.html","file":"files/a.html","time":"2031-08-04T10:00:00Z","status":200,'
    b'"headers":[["Content-Type","text/html"]],"sha256":"0","warc":100,"page":true,"shows":["a.jpg"]}\n'
)

MARKUP = (
    "<p> </p> <div> <table> <tr> <td rowspan=9999 colspan=9999> <ol start=-1> <li> <ul> <b> <ruby> <rt> <math> <svg> "
    '<template> <noscript> <picture> <source srcset="a.jpg 9w,"> <img src=a.jpg> <a href="//[::1"> <a href=#> <sup> '
    "<base href=http://[> <meta charset=utf-16> <meta http-equiv=refresh url=x <script> <style> <title> <!-- --> "
    "<![CDATA[ ]]> <!DOCTYPE &#0; &#x110000; &amp &nbsp; <select> <pre> <font size=+9> <br> <h1> <h2> <figure> "
    "<figcaption> <dl><dt> <blockquote> (1) ① 第1 (Note 1) </table> </div> <frameset> <plaintext> <textarea> <iframe> "
    "2031-13-45 令和99年99月99日 0000 4 August 2031 \u200f \u202e \ufeff \ufffe ｟ １ 漁業 data:image/png;base64,AAAA "
    "<foreignObject> </svg> <desc> --!> <!-- <iframe\tsrcdoc=' <template\tshadowrootmode=open> </template> </noscript> "
    "<svg\ta='>'/> <p\treadout-block=0> {{a}} \f <style>p:after{content:'a'} </style> "
    "<input\tvalue=a> list-style: -scaled"
).split(" ")
HTTP = (
    "\r\n \r\n\r\n Content-Encoding: gzip\r\n Content-Encoding: br\r\n Transfer-Encoding: chunked\r\n ffffffff\r\n "
    "-1\r\n 0\r\n\r\n Content-Length: 5\r\n Content-Length: 99999999999999999999\r\n Location: /\r\n "
    "Location: http://[\r\n HTTP/1.1 HTTP/9.9 302 304 100 101 204 999 99999 Retry-After: -1\r\n Set-Cookie: a=b\r\n "
    "Content-Type: text/html;charset=\r\n Content-Type: text/html; charset=utf-7\r\n Vary: *\r\n"
).split(" ")
WARC = (
    "WARC/1.0\r\n WARC-Type: response\r\n WARC-Type: revisit\r\n Content-Length: 0\r\n Content-Length: -1\r\n "
    "Content-Length: 99999999999\r\n WARC-Target-URI: http://[\r\n WARC-Date: 9999\r\n HTTP/1.1 300 Location: \x00 "
    "Transfer-Encoding: chunked\r\n Content-Encoding: gzip\r\n Content-Encoding: br\r\n \r\n\r\n"
).split(" ")
MAIL = (
    "Content-Type: multipart/related; boundary=----Part\n ------Part\n ------Part--\n Content-Transfer-Encoding: "
    "quoted-printable\n base64\n x-uuencode\n begin_666_a\n =?utf-8?b?A?= Content-Location: cid: Content-ID: <a>\n "
    "charset=utf-7 charset=zlib charset=rot13 \n\n Date: \x00 Content-Type: message/rfc822\n boundary="
).split(" ")
TOML = (
    '[[layout]] [licence] = " """ \' { } [ ] . extends hosts marker body drop = [ "" ] :has( :nth-child( :is( :not( * '
    "> [a=b] {url} {date} {0} 1e999 1979-99-99 inf name.en"
).split(" ")


LISTS = (
    b'<?xml version="1.0"?><urlset><url><loc>/a.html</loc><lastmod>2031-08-04</lastmod></url></urlset>',
    b"<sitemapindex><sitemap><loc>/1.xml</loc><lastmod>2031-08</lastmod></sitemap></sitemapindex>",
    b"<rss><item><link>/a</link><guid>/b</guid><pubDate>Mon, 04 Aug 2031 10:00:00 +0900</pubDate></item></rss>",
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/><updated>2031-08-04</updated></entry></feed>',
    b'<html lang=en><ul><li>4 August 2031 <a href="/2031/08/a.html">Talks</a></ul><a rel=next href="?2">2</a></html>',
    f"{ATLANTIS}/a.html # talks\n{ATLANTIS}/b.html\n".encode(),
    gzip.compress(b"Sitemap: /1.xml\nSitemap: /2.xml\n", mtime=0),
)
LIST_TOKENS = (
    "<!DOCTYPE|a|[<!ENTITY|b|'c'>]>|&b;|<url>|<loc>|</loc>|<item>|<entry>|<link href='http://['/>|rel=next|<a href=a>2|"
    "<xi:include href='/etc/passwd'/>|<time datetime=2031-08-04>|xml:base='//['"
).split("|")


def _bytes(words: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(word.encode("utf-8", "surrogatepass") for word in words)


TARGETS: dict[str, Target] = {
    "html": Target(partial(pages, "page.html"), (*SAMPLES, *PAGES, article().encode()), _bytes(MARKUP)),
    "txt": Target(
        partial(pages, "page.txt"),
        (*TEXT_SAMPLES, "１　漁業\n\n（１）両大臣は会談した。\n".encode("shift_jis")),
        _bytes([*MARKUP, "\n", "\n\n", "\t", "\r", "- ", "1. ", "(Photo)", "\x85", "\u2028"]),
    ),
    "mhtml": Target(
        partial(pages, "page.mhtml"),
        (mhtml(article('<img src="a.jpg">'), {f"{ATLANTIS}/a.jpg": picture("JPEG"), "cid:a": b"x"}),),
        _bytes([*MAIL, *MARKUP[:20]]),
    ),
    "webarchive": Target(
        partial(pages, "page.webarchive"),
        (webarchive(article('<img src="a.jpg">'), {f"{ATLANTIS}/a.jpg": picture("JPEG")}),),
        _bytes(["bplist00", "WebMainResource", "WebResourceData", "WebResourceURL", "WebSubresources", *MARKUP[:20]]),
    ),
    "warc": Target(
        partial(pages, "crawl.warc"),
        (warc(RECORDS, packed=False), warc(RECORDS), warc(RECORDS) + revisit(f"{ATLANTIS}/d.html", RECORD)),
        _bytes([*WARC, *MARKUP[:20]]),
    ),
    "zip": Target(
        partial(pages, "saved.zip"),
        (
            zipped({"page.html": article(), "page_files/a.jpg": picture("JPEG"), "b.txt": "They met."}),
            zipped({"a.zip": zipped({"b.html": article()}), "../c.html": article()}, packing=0),
            wacz(RECORDS),
            zipped({"retrievals.jsonl": LISTED, "files/a.html": article()}),
        ),
        (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\xff\xff\xff\xff", b"../", b"\\"),
    ),
    "retrievals": Target(
        lambda raw: pages("retrievals.jsonl", raw, [("files/a.html", article().encode())]),
        (LISTED, LISTED * 2),
        _bytes(
            ['"file":"../../etc/passwd"', "9999-99-99", "null", "[]", "{}", "\x00", '"url":"http://["', "\n", "1e99"]
        ),
    ),
    "page-list": Target(
        partial(read_list, url=f"{ATLANTIS}/list", limit=LIMIT), LISTS, _bytes([*MARKUP, *LIST_TOKENS])
    ),
    "csv": Target(
        partial(with_file, read_alt_file, "alts.csv"),
        (b'file,alt\na.jpg,A boat\nb.jpg,"two\nlines"\n', "\ufefffile;alt\na.jpg;漁業\n".encode()),
        _bytes(["file", "alt", ",", ";", '"', '""', "\n", "\r", "\x00", "\t", "\ufeff"]),
    ),
    "decisions": Target(
        partial(with_file, Decisions.load, DECISIONS_FILE),
        (
            (
                b'{"page":"a.html","src":"a.jpg","picture":"","caption":"","decision":"described","alt":"A boat",'
                b'"language":"en","reviewer":"N","when":"2031-08-04T09:00:00Z"}\n'
            ),
        ),
        _bytes(
            ["\n", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", '"expert"', '"by":"model a",', '"\\ud800"', "{", "}", ","]
        ),
    ),
    "house-rules": Target(
        partial(with_file, lambda path: load_house_rules(str(path)), "rules.toml"),
        (
            b'title = "T"\nextends = "wai"\nmax_sentences = 1\n[sources.a]\ntitle = "A"\n[rules.vague]\nsource = "a"\n',
            b'title = "T"\nextends = "rules.toml"\n[rules.missing]\nlevel = "off"\nwrite.ja = "b"\n',
        ),
        _bytes(
            [*TOML, "extends = ", "[rules.vague]\n", "level = ", '"off"', "max_characters = ", "99999999999999999999"]
        ),
    ),
    "model-answer": Target(
        partial(read_answer, where="https://models.example/v1"),
        (
            b'{"choices":[{"message":{"content":"A boat"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}',
            b'{"choices":[{"message":{"content":"<think>a</think> \\u201cA boat\\u201d","refusal":null}}]}',
        ),
        _bytes(
            ["null", "[]", "{}", '"', "<think>", "</think>", "Alt text: ", "1e999", "\\ud800", "**", "\x00", "length"]
        ),
    ),
    "workbook": Target(
        partial(with_file, read_alt_file, "alts.xlsx"),
        (
            xlsx([("file", "alt"), ("a.jpg", "A boat")]),
            xlsx([("File", "Alt text"), ("a", True), (1.0,)]),
        ),
        _bytes(["PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "<row>", "</row>", "<v>", "]]>", '"9"', "<!--"]),
    ),
    "output": Target(
        lambda raw: with_file(verify, "readout.pdf" if raw.startswith(b"%PDF") else "readout.html", raw),
        tuple(
            (ROOT / f"samples/cambodia/out/readout.{suffix}").read_bytes() for suffix in ("html", "pdf", "epub", "docx")
        ),
        _bytes(
            [
                '"digest":"',
                '"version":"1"',
                "<readout:record>",
                "</script>",
                "%%EOF\n",
                "stream\n",
                "PK\x01\x02",
                "null",
            ]
        ),
    ),
    "toml": Target(partial(with_file, load_profile, "profile.toml"), PROFILES, _bytes(TOML)),
    "image": Target(
        photo,
        (
            *(picture(form) for form in ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "PPM", "ICO", "TGA")),
            *(picture("PNG", mode) for mode in ("RGBA", "P", "LA", "I;16", "1")),
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 400 400\n(/etc/passwd) run\n%%EOF\n",
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        ),
        (
            b"\xff\xd8",
            b"\xff\xda",
            b"\xff\xe1",
            b"IHDR",
            b"iCCP",
            b"zTXt",
            b"acTL",
            b"IDAT",
            b"\xff\xff\xff\xff",
            b"II*\x00",
        ),
    ),
    "http": Target(
        served,
        (
            sent(article().encode(), "Content-Type: text/html"),
            sent(gzip.compress(article().encode(), mtime=0), "Content-Type: text/html", "Content-Encoding: gzip"),
            sent(brotli.compress(article().encode()), "Content-Type: text/html", "Content-Encoding: br"),
            sent(zlib.compress(article().encode()), "Content-Type: text/html", "Content-Encoding: deflate"),
            sent(b"", "Location: /b", "Retry-After: 1").replace(b"200 OK", b"302 Found"),
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n3\r\n<p>\r\n0\r\n\r\n",
        ),
        _bytes([*HTTP, *MARKUP]),
    ),
    "robots": Target(
        as_robots,
        (b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 5\nRequest-rate: 1/5 0900-1700\nSitemap: /s.xml\n",),
        _bytes(
            [
                "User-agent: *\n",
                "Disallow: /",
                "*",
                "$",
                "%",
                "%zz",
                "Crawl-delay: ",
                "1e999",
                "nan",
                "Request-rate: 0/0\n",
                "\n",
            ]
        ),
    ),
}
"""The parsers by name. A new parser of external data needs a row here."""
