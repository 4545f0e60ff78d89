"""The arguments of public functions: the types that each accepts, and the message for a mistake."""

from __future__ import annotations

import datetime as dt
import io
import os
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO, cast

import msgspec
import pytest

from readout_pub import (
    Certifier,
    Decision,
    Decisions,
    Decorative,
    Described,
    FetchPolicy,
    FetchRequest,
    ImageStore,
    Outcome,
    OutputError,
    Overrides,
    ReadoutError,
    RenderOptions,
    Rendition,
    Selection,
    SourceError,
    UrlFilter,
    UsageError,
    batch,
    check,
    compare_copies,
    convert,
    deposit,
    describe,
    emit,
    extract,
    fetch,
    from_json,
    open_copies,
    open_source,
    photos,
    plain_text,
    read,
    refine,
    saved_pages,
    to_json,
)
from readout_pub.model import Rule
from readout_pub.themes import load_theme
from tests.archives import mhtml

PAGE = """\
<!DOCTYPE html><html lang="en"><title>Talks</title><body><main><h1>Talks on Fish</h1>
<p>The Ministers met in the harbour, and they agreed on the price of fish for the coming year.</p></main></body></html>
"""
RAW = PAGE.encode()


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "talks.html"
    path.write_bytes(RAW)
    return path


def test_check_and_decisions_take_a_path_as_a_string(tmp_path: Path) -> None:
    (written,) = convert(RAW, ["html"]).renditions
    path = str(written.write(str(tmp_path)))
    assert check(path).path == path
    assert Decisions.load(f"{tmp_path}/alt-decisions.jsonl").decisions == ()


SOURCES: dict[str, Callable[[Path], Any]] = {
    "a path": lambda path: path,
    "a path as text": str,
    "bytes": Path.read_bytes,
    "bytes that can change": lambda path: bytearray(path.read_bytes()),
    "a view of bytes": lambda path: memoryview(path.read_bytes()),
    "an open file": lambda path: path.open("rb"),
    "bytes in memory that are read like a file": lambda path: io.BytesIO(path.read_bytes()),
    "one of the saved pages": lambda path: next(iter(saved_pages(path))),
    "an open page": open_source,
}


@pytest.mark.parametrize("kind", SOURCES)
def test_every_kind_of_source_gives_the_same_words(kind: str, saved: Path) -> None:
    source = SOURCES[kind](saved)
    conversion = convert(source, ["txt"])
    if isinstance(source, io.BufferedReader):
        source.close()
    assert conversion.readout.body == read(saved)[0].body
    assert b"price of fish" in conversion.renditions[0].data


def test_bytes_have_the_name_that_the_caller_gives() -> None:
    readout, _ = read(RAW, name="talks.html")
    assert readout.origin.name == "talks.html"
    with pytest.raises(SourceError) as caught:
        read(b"", name="empty.html")
    assert caught.value.where == "empty.html"


def test_a_page_in_memory_may_be_mhtml() -> None:
    readout, _ = read(mhtml(PAGE, {}), name="talks.mhtml")
    assert readout.origin.name == "talks.mhtml"
    assert readout.title == ("Talks on Fish",)


def _with_alt(alt: Described | Decorative) -> object:
    return read(RAW, overrides=Overrides(alts={"a.jpg": alt}))


RENDITION = Rendition("txt", b"", ".txt", "text/plain")


def _file_at_its_end() -> BinaryIO:
    file = io.BytesIO()
    file.write(RAW)
    return file


def _closed_temporary_file() -> BinaryIO:
    with tempfile.TemporaryFile() as file:
        return file


def _closed_file() -> io.BytesIO:
    file = io.BytesIO(RAW)
    file.name = "talks.html"
    file.close()
    return file


class _AsyncFile:
    async def read(self, _count: int) -> bytes:
        return RAW


def _file(read_bytes: object) -> Any:  # noqa: ANN401 - tests pass values that no file has
    return SimpleNamespace(read=read_bytes)


def _batch(**options: Any) -> list[Outcome]:  # noqa: ANN401 - tests pass values that `batch` refuses
    return list(batch("saved", ["txt"], "out", **options))


def _decision(**fields: Any) -> Decision:  # noqa: ANN401 - as above
    known = {"page": "talks.html", "src": "quay.jpg", "picture": "", "caption": "", "alt": "A quay", "language": "en"}
    when = dt.datetime(2031, 8, 4, tzinfo=dt.UTC)
    return Decision(**{**known, "decision": "described", "reviewer": "Nerea Salt", "when": when, **fields})


READOUT = read(RAW)[0]

MISTAKES: dict[str, tuple[Callable[[], object], str]] = {
    "formats as one word": (lambda: convert(RAW, "pdf"), "formats is 'pdf'"),  # type: ignore[arg-type]
    "a format that is not a string": (lambda: convert(RAW, [1]), "formats is 1 (int)"),  # type: ignore[list-item]
    "formats of a batch as one word": (lambda: list(batch("saved", "pdf", "out")), "formats is 'pdf'"),  # type: ignore[arg-type]
    "no source": (lambda: convert(None, ["txt"]), "the source is None"),  # type: ignore[arg-type]
    "a file that is read asynchronously": (lambda: convert(_AsyncFile(), ["txt"]), "read returns coroutine and not"),  # type: ignore[arg-type]
    "a file that has nothing to read yet": (lambda: convert(_file(lambda _: None), ["txt"]), "read returns NoneType"),
    "a file that is read only as a whole": (lambda: convert(_file(lambda: b""), ["txt"]), "cannot be read as a file"),
    "a class of files instead of a file": (lambda: convert(io.BytesIO, ["txt"]), "page: it cannot be read as a file"),  # type: ignore[arg-type]
    "a method `read` that is a number": (lambda: convert(_file(3), ["txt"]), "the source is "),
    "bytes as the name of a photo": (lambda: Overrides(alts={b"a.jpg": "A quay"}), "a photo in alts is b'a.jpg'"),  # type: ignore[dict-item]
    "a URL as a host": (lambda: FetchPolicy(allowed_hosts=("http://a.example",)), "'http://a.example' is not a host"),
    "a host with a word as its port": (lambda: FetchPolicy(allowed_hosts=("a.example:web",)), "is not a host"),
    "a host with a port that is too large": (lambda: FetchPolicy(allowed_hosts=("a.example:65536",)), "is not a host"),
    "a host without its port": (lambda: FetchPolicy(allowed_hosts=("localhost:",)), "'localhost:' is not a host"),
    "a pattern of hosts": (lambda: FetchPolicy(allowed_hosts=("*.a.example",)), "'*.a.example' is not a host"),
    "a port without its host": (lambda: FetchPolicy(allowed_hosts=(":8080",)), "':8080' is not a host"),
    "an address without its closing bracket": (lambda: FetchPolicy(allowed_hosts=("[::1",)), "'[::1' is not a host"),
    "days in the wrong order": (
        lambda: UrlFilter(since=dt.date(2031, 8, 4), until=dt.date(2031, 8, 3)),
        "since (2031-08-04) is later than until (2031-08-03)",
    ),
    "a decision of a kind that does not exist": (
        lambda: _decision(decision="maybe"),
        "`decision` is 'maybe'; give one of described, decorative, caption, accepted, expert",
    ),
    "a decision at a time without a zone": (
        lambda: _decision(when=dt.datetime(2031, 8, 4)),  # noqa: DTZ001 - the mistake
        "`when` has no time zone",
    ),
    "a contact without an address": (lambda: FetchPolicy(contact="the archive"), "'the archive' has no mail or web"),
    "a PDF profile that does not exist": (lambda: RenderOptions(pdf="ua1"), "there is no PDF profile 'ua1'"),
    "a negative number of pages": (lambda: Selection(limit=-1), "limit is -1; give 0 or more"),
    "a contact that is a number": (lambda: FetchPolicy(contact=3), "contact is 3 (int)"),  # type: ignore[arg-type]
    "a file that is open as text": (lambda: convert(io.StringIO(PAGE), ["txt"]), "open as text"),  # type: ignore[arg-type]
    "a name for a path": (lambda: convert("talks.html", ["txt"], name="x"), "name is for bytes"),
    "sites as one path": (lambda: convert(RAW, ["txt"], sites="my-sites"), "sites is 'my-sites'"),  # type: ignore[arg-type]
    "a site that is not a string": (lambda: convert(RAW, ["txt"], site=1), "site is 1 (int)"),  # type: ignore[arg-type]
    "a limit of zero bytes": (lambda: convert(RAW, ["txt"], max_bytes=0), "max_bytes is 0"),
    "a theme as render options": (
        lambda: convert(RAW, ["txt"], render_options="plain"),  # type: ignore[arg-type]
        "render_options is 'plain' (str)",
    ),
    "an unknown theme": (lambda: convert(RAW, ["txt"], render_options=RenderOptions(theme="gothic")), "gothic"),
    "a theme that is not a string": (lambda: RenderOptions(theme=None), "theme is None (NoneType)"),  # type: ignore[arg-type]
    "photos in an unknown place": (lambda: RenderOptions(photos="bside"), "photos is 'bside'"),  # type: ignore[arg-type]
    "photos in a folder without a name": (lambda: RenderOptions(folder=""), "folder is ''"),
    "photos in the folder above": (lambda: RenderOptions(folder="../esc"), "folder is '../esc'"),
    "photos in the folder above, through a folder": (lambda: RenderOptions(folder="a/../../b"), "folder is 'a/"),
    "photos in the folder itself": (lambda: RenderOptions(folder="."), "folder is '.'"),
    "photos in an absolute folder": (lambda: RenderOptions(folder="/tmp/esc"), "folder is '/"),  # noqa: S108
    "photos in a folder with NUL": (lambda: RenderOptions(folder="a\0"), "folder is 'a"),
    "a stem in the folder above": (lambda: RENDITION.write("out", "../esc"), "stem is '../esc'"),
    "an absolute stem": (lambda: RENDITION.write("out", "/esc"), "stem is '/esc'"),
    "an empty stem": (lambda: RENDITION.write("out", ""), "stem is ''"),
    "a stem with NUL": (lambda: RENDITION.write("out", "a\0b"), "stem is 'a"),
    "a path as a stem": (lambda: RENDITION.write("out", Path("talks")), "stem is "),  # type: ignore[arg-type]
    "markup instead of a path": (lambda: convert(PAGE, ["txt"]), "page: the source is markup, not a path"),
    "long markup on one line": (lambda: convert("<p>" * 2000, ["txt"]), "page: the source is markup, not a path"),
    "a long list as a source": (lambda: convert([RAW] * 99, ["txt"]), "…; give a path"),  # type: ignore[arg-type]
    "an alternative text by a robot": (
        lambda: _with_alt(Described("x", by="robot")),  # type: ignore[arg-type]
        "is by 'robot'",
    ),
    "a photo that a robot calls decorative": (lambda: _with_alt(Decorative(by="robot")), "is by 'robot'"),  # type: ignore[arg-type]
    "an alternative text that is a number": (lambda: _with_alt(Described(5)), "'a.jpg' is 5 (int)"),  # type: ignore[arg-type]
    "alternative texts without the names of their photos": (lambda: Overrides(alts=["x"]), "alts is ['x'] (list)"),  # type: ignore[arg-type]
    "an embargo with a time": (
        lambda: RenderOptions(embargo=dt.datetime(2031, 5, 1, tzinfo=dt.UTC)),
        "such as its .date",
    ),
    "a filter since a time": (lambda: UrlFilter(since=dt.datetime(2031, 8, 4, tzinfo=dt.UTC)), "since is datetime"),
    "a date with a time": (lambda: Overrides(issued=dt.datetime(2031, 5, 1, tzinfo=dt.UTC)), "issued is datetime"),
    "several formats of one rendition": (lambda: emit(*read(RAW), ["html"]), "target is ['html'] (list)"),  # type: ignore[arg-type]
    "no photos to emit": (lambda: emit(read(RAW)[0], None, "html"), "images is None"),  # type: ignore[arg-type]
    "no readout to emit": (lambda: emit(None, ImageStore(), "html"), "readout is None"),  # type: ignore[arg-type]
    "a path instead of a page": (lambda: extract("talks.html"), "page is 'talks.html' (str)"),  # type: ignore[arg-type]
    "no JSON": (lambda: from_json(None), "data is None"),  # type: ignore[arg-type]
    "a batch of nothing": (lambda: list(batch(None, ["txt"], "out")), "sources is None"),  # type: ignore[arg-type]
    "a batch of a number": (lambda: list(batch([1], ["txt"], "out")), "sources is 1"),  # type: ignore[list-item]
    "a batch to nowhere": (lambda: list(batch("in", ["txt"], None)), "out is None"),  # type: ignore[arg-type]
    "one URL to fetch": (
        lambda: FetchRequest("http://a.example"),  # type: ignore[arg-type]
        """urls is 'http://a.example'; write a list, such as urls=["https://www.""",
    ),
    "one host for hosts": (lambda: FetchPolicy(allowed_hosts="h"), 'such as allowed_hosts=["localhost:8080"]'),  # type: ignore[arg-type]
    "a negative delay": (lambda: FetchPolicy(delay=-1), "delay is -1"),
    "a delay that is not a number": (lambda: FetchPolicy(delay=float("nan")), "delay is nan"),
    "overrides as a dictionary": (lambda: read(RAW, overrides={"title": "x"}), "overrides is {"),  # type: ignore[arg-type]
    "an empty title": (lambda: Overrides(title=" "), "title is empty"),
    "a printed date without its day": (lambda: Overrides(issued_text="4 mars"), "issued_text is given without issued"),
    "a date as text": (lambda: Overrides(issued="2031-05-01"), "issued is '2031-05-01' (str)"),  # type: ignore[arg-type]
    "a language by its name": (lambda: Overrides(language="Japanese!"), "language is 'Japanese!'"),
    "sites of a page as one path": (lambda: extract(open_source(RAW), sites="x"), "sites is 'x'"),  # type: ignore[arg-type]
    "one line of markup": (lambda: convert("<p>Talks</p>", ["txt"]), "page: the source is markup, not a path"),
    "a number as a name": (lambda: convert(RAW, ["txt"], name=3), "name is 3 (int)"),  # type: ignore[arg-type]
    "a file at its end": (lambda: convert(_file_at_its_end(), ["txt"]), "page: nothing is left to read in the file"),
    "a closed temporary file": (lambda: convert(_closed_temporary_file(), ["txt"]), "page: the file is closed"),
    "a closed file": (lambda: convert(_closed_file(), ["txt"]), "talks.html: the file is closed; open it again"),
    "a policy as a dictionary": (lambda: convert(RAW, ["txt"], policy={}), "policy is {} (dict)"),  # type: ignore[arg-type]
    "a policy of a URL as a dictionary": (
        lambda: open_source("https://a.example", policy={}),  # type: ignore[arg-type]
        "policy is {} (dict)",
    ),
    "a negative patience": (lambda: FetchPolicy(patience=-1), "patience is -1"),
    "a negative time of a batch": (lambda: list(batch("in", ["txt"], "out", timeout=-1)), "timeout is -1"),
    "no memory for a batch": (lambda: list(batch("in", ["txt"], "out", memory=0)), "memory is 0"),
    "a folder with NUL": (lambda: RENDITION.write("out\0"), "folder is 'out"),
    "a folder of a batch with NUL": (lambda: list(batch("in", ["txt"], "out\0")), "out is 'out"),
    "numbers instead of copies": (lambda: compare_copies(1, 2), "before is 1 (int)"),  # type: ignore[arg-type]
    "copies that are not paths": (lambda: open_copies(1, 2), "before is 1 (int)"),  # type: ignore[arg-type]
    "photos of nothing": (lambda: photos(None), "readout is None"),  # type: ignore[arg-type]
    "the text of nothing": (lambda: plain_text(None), "inlines is None"),  # type: ignore[arg-type]
    "the text of blocks": (lambda: plain_text((Rule(),)), "inlines has Rule; give inlines"),  # type: ignore[arg-type]
    "a check of bytes": (lambda: check(RAW), "path is b"),  # type: ignore[arg-type]
    "no readout to refine": (lambda: refine(None), "readout is None"),  # type: ignore[arg-type]
    "no readout to describe": (lambda: describe(None), "readout is None"),  # type: ignore[arg-type]
    "alternative texts as a list": (lambda: describe(READOUT, ["x"]), "alts is ['x']"),  # type: ignore[arg-type]
    "a decision that is text": (lambda: describe(READOUT, decisions=["x"]), "decisions is 'x'"),  # type: ignore[list-item]
    "photos of a number": (lambda: describe(READOUT, {}, 5), "images is 5"),  # type: ignore[arg-type]
    "no readout for JSON": (lambda: to_json(None), "readout is None"),  # type: ignore[arg-type]
    "a number for the URLs of pages": (lambda: list(saved_pages(RAW, urls=5)), "urls is 5"),  # type: ignore[arg-type]
    "decisions in no file": (lambda: Decisions.load(None), "path is None"),  # type: ignore[arg-type]
    "a selection as a dictionary": (lambda: _batch(selection={}), "selection is {} (dict)"),
    "a limit that is text": (lambda: Selection(limit="5"), "limit is '5'"),  # type: ignore[arg-type]
    "a day that is text": (lambda: Selection(since="2031-08-04"), "since is '2031"),  # type: ignore[arg-type]
    "a selection since a time": (lambda: Selection(since=dt.datetime(2031, 8, 4, tzinfo=dt.UTC)), "since is datetime"),
    "a selection of pages with an unknown status": (lambda: Selection(only="shone"), "only is 'shone'"),  # type: ignore[arg-type]
    "a batch without a title": (lambda: _batch(title=None), "title is None"),
    "a path as the publisher of a batch": (lambda: _batch(publisher=Path("x")), "publisher is "),
    "a number as the site of a batch": (lambda: _batch(site=1), "site is 1"),
    "a list of severities": (lambda: _batch(fail_on=["note"]), "fail_on is ['note']"),
    "a number as the alt file": (lambda: _batch(alt_file=5), "alt_file is 5"),
    "a word as the value of accept_error_pages": (lambda: _batch(accept_error_pages="x"), "accept_error_pages is 'x'"),
    "a batch of a long name": (lambda: list(batch("x" * 300, ["txt"], "out")), "sources is 'xxx"),
    "a batch of a name with NUL": (lambda: list(batch(["a\0"], ["txt"], "out")), "sources is 'a"),
    "a stem that is too long": (lambda: RENDITION.write("out", "x" * 300), "stem is 'xxx"),
    "a folder that is too long": (lambda: RENDITION.write("x/" * 3000, "talks"), "folder is 'x/"),
    "a theme with a long name": (
        lambda: convert(RAW, ["html"], render_options=RenderOptions(theme="x" * 300)),
        "no theme 'xxx",
    ),
    "the metadata of a bag as text": (lambda: deposit("out", "bag", info="A=b"), "info is 'A=b'"),  # type: ignore[arg-type]
    "a number in a bag": (lambda: deposit("out", "bag", info={"A": 5}), "the text of A is 5"),  # type: ignore[dict-item]
    "a time of a bag as text": (lambda: deposit("out", "bag", time="2031"), "time is '2031'"),  # type: ignore[arg-type]
    "a contact that is not UTF-8": (lambda: RenderOptions(contact="a\udcff@b.example"), "contact is 'a\\udcff@b"),
    "a certifier that is not UTF-8": (lambda: Certifier("A\udcff"), "name is 'A"),
    "a selection by a list": (lambda: Selection(only=["failed"]), "only is ['failed']"),  # type: ignore[arg-type]
    "a readout whose date is text": (
        lambda: emit(msgspec.structs.replace(READOUT, issued="2031-01-01"), ImageStore(), "html"),
        "Expected `date | null`, got `str` - at `$.issued`",
    ),
    "a readout whose title is text": (
        lambda: emit(msgspec.structs.replace(READOUT, title="Talks"), ImageStore(), "json"),
        "Expected `array | null`, got `str` - at `$.title`",
    ),
    "a readout whose byline is a path": (
        lambda: emit(msgspec.structs.replace(READOUT, byline=Path("Salt")), ImageStore(), "txt"),
        "got `object` - at `$.byline`",
    ),
    "a readout whose language is bytes": (
        lambda: emit(msgspec.structs.replace(READOUT, language=b"en"), ImageStore(), "html"),
        "the readout is not valid: no field accepts b'en' (bytes)",
    ),
    "a readout whose body is decoded JSON": (
        lambda: emit(msgspec.structs.replace(READOUT, body=({"type": "rule"},)), ImageStore(), "html"),
        "the readout is not valid: no field accepts {'type': 'rule'} (dict)",
    ),
    "an executor of another kind": (
        lambda: list(batch("saved", ["txt"], "out", executor=2)),  # type: ignore[arg-type]
        "executor is 2 (int); give Executor or None",
    ),
    "a fetch by the profile itself": (
        lambda: list(fetch(FetchRequest(("https://a.example/",)), "archive", site=b"mofa")),  # type: ignore[arg-type]
        "site is b'mofa' (bytes); give str or None",
    ),
    "a certifier without a name": (lambda: Certifier(None), "name is None"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gives_an_error_of_one_line(mistake: str) -> None:
    call, says = MISTAKES[mistake]
    with pytest.raises(UsageError) as caught:
        call()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", ["x" * 300, "x" * 5000, "a\0b", Path("a\0b")])
def test_a_path_that_no_system_allows_is_a_source_error(path: str | Path) -> None:
    with pytest.raises(SourceError, match=r"it cannot be read \("):
        convert(path, ["txt"])


def test_a_folder_may_have_a_long_name_that_is_not_utf_8(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode("会談".encode("shift_jis") * 60)
    RENDITION.write(folder, "talks")
    assert [path.stem for path in folder.iterdir()] == ["talks"]


def test_a_file_that_is_open_for_writing_is_a_source_error(tmp_path: Path) -> None:
    with (tmp_path / "talks.html").open("wb") as file, pytest.raises(SourceError, match="it cannot be read"):
        convert(file, ["txt"])


def test_theme_and_style_sheet_may_be_given_as_paths(tmp_path: Path) -> None:
    theme, css = tmp_path / "harbour", tmp_path / "own.css"
    theme.mkdir()
    (theme / "theme.toml").write_text('name = "Harbour"\n[masthead.publisher]\nen = "The Harbour Office"\n')
    css.write_text("h1 { letter-spacing: 0.01em; }")
    options = RenderOptions(theme=theme, css=css)
    assert options == RenderOptions(theme=str(theme), css=str(css))
    assert "The Harbour Office" in convert(RAW, ["html"], render_options=options).renditions[0].data.decode()
    assert RenderOptions(theme=Path("Gazette")) == RenderOptions(theme="gazette")


def test_a_path_is_a_folder_even_if_a_theme_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gazette").mkdir()
    (tmp_path / "gazette/theme.toml").write_text('name = "Harbour"\n')
    assert RenderOptions(theme=Path("./gazette")).theme == "./gazette"
    assert [load_theme(theme).name for theme in (Path("./gazette"), "./gazette", "gazette")] == [
        *("Harbour", "Harbour"),
        "Gazette",
    ]


def test_a_list_of_hosts_becomes_a_tuple() -> None:
    hosts: Any = ["h"]
    assert FetchPolicy(allowed_hosts=hosts) == FetchPolicy(allowed_hosts=("h",))


@pytest.mark.parametrize(
    "host", ["a.example", "A.example:8080", "10.0.0.1", "::1", "[::1]", "[::1]:80", "ministère.example"]
)
def test_a_host_may_have_a_port_or_be_an_address(host: str) -> None:
    assert FetchPolicy(allowed_hosts=(host,)).allowed_hosts == (host,)


def test_overrides_take_a_date() -> None:
    readout, images = read(RAW, overrides=Overrides(issued=dt.date(2031, 5, 1)))
    assert readout.issued == dt.date(2031, 5, 1)
    assert isinstance(images, ImageStore)


def test_a_rendition_writes_itself_with_the_files_beside_it(tmp_path: Path) -> None:
    (html,) = convert(
        "samples/atlantis/readout.html", ["html"], render_options=RenderOptions(photos="beside")
    ).renditions
    path = html.write(tmp_path / "new" / "folder", "talks")
    assert path == tmp_path / "new/folder/talks.html"
    assert path.read_bytes() == html.data
    assert html.extra_files
    assert {name: (path.parent / name).read_bytes() for name in html.extra_files} == dict(html.extra_files)


def test_a_file_where_the_folder_should_be_is_not_replaced(tmp_path: Path) -> None:
    (html,) = convert(RAW, ["html"]).renditions
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ReadoutError):
        html.write(tmp_path / "file" / "folder")
    assert (tmp_path / "file").read_text() == "no folder"


@pytest.mark.slow
def test_threads_give_the_bytes_that_one_thread_gives() -> None:
    sources = ["samples/atlantis/readout.html", "samples/lemuria/readout.html", "samples/avalon/readout.html"] * 4
    formats = ["html", "epub", "pdf", "docx", "txt", "json"]
    alone = {source: [each.data for each in convert(source, formats).renditions] for source in set(sources)}
    start = threading.Barrier(4)

    def work(source: str) -> list[bytes]:
        return [each.data for each in convert(source, formats).renditions]

    with ThreadPoolExecutor(4, initializer=start.wait) as pool:
        together = list(pool.map(work, sources))
    assert together == [alone[source] for source in sources]


TRUE: Any = True
"""Passed as `release`, whose type does not allow it. Callers who do not check types may pass it."""


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: convert("", ["html"]), "the name of a source is empty"),
        (lambda: list(saved_pages("")), "the name of a source is empty"),
        (lambda: convert(RAW, ["html"], release=TRUE), "release is True"),
        (lambda: list(batch("saved", ["html"], "out", release=TRUE)), "release is True"),
        (lambda: list(batch("saved", ["html"], "out", jobs=0)), "jobs is 0; give a whole number from 1 to 1,000"),
        (lambda: list(batch("saved", ["html"], "out", timeout=1e10)), "timeout is .*; give 0.1 to 10,000,000 seconds"),
        (lambda: list(batch("saved", ["html"], "out", memory=10**20)), "memory is 100000000000000000000"),
        (
            lambda: list(fetch(cast("Any", "https://www.atlantis.example/"), "archive")),
            "request is 'https://www.atlantis.example/'",
        ),
    ],
    ids=["source", "sources", "release", "release of a batch", "jobs", "timeout", "memory", "request"],
)
def test_an_argument_that_cannot_be_used_is_a_usage_error(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        call()


class Markup(str):
    """A subclass of str, such as the strings that Beautiful Soup and MarkupSafe return."""

    __slots__ = ()


class LocalPath(type(Path())):  # type: ignore[misc]  # the class that Path makes on this system
    """A subclass of Path, which a library may return."""


def test_texts_may_be_strings_of_other_libraries() -> None:
    overrides = Overrides(
        title=Markup("Talks"), series=Markup("News"), language=Markup("en"), alts={"a.jpg": Markup("Two")}
    )
    render_options = RenderOptions(
        theme=Markup("plain"),
        folder=Markup("photos"),
        contact=Markup("a@sea.example"),
        certifier=Certifier(Markup("The Archive")),
    )
    made = convert(
        RAW,
        [Markup("epub"), "json"],
        overrides=overrides,
        render_options=render_options,
        site=Markup("none"),
        keep=cast("Any", Markup("more")),
    )
    assert made.readout.title == ("Talks",)
    assert from_json(made.renditions[1].data).series == "News"


@pytest.mark.slow
def test_a_batch_takes_strings_and_paths_of_other_libraries(saved: Path) -> None:
    text = Markup("Talks")
    render_options = RenderOptions(theme=Markup("plain"))
    second = saved.with_name("second.html")
    second.write_bytes(RAW)
    sources: list[str | Path] = [Markup(saved), LocalPath(second)]
    outcomes = [
        *batch(
            sources,
            [Markup("txt")],
            LocalPath(saved.parent / "out"),
            title=text,
            site=Markup("none"),
            render_options=render_options,
        )
    ]
    assert [each.status for each in outcomes] == ["made", "made"]


def test_a_file_that_returns_few_bytes_per_read_is_read_whole() -> None:
    stored = io.BytesIO(RAW)
    few_bytes = _file(lambda count: stored.read(min(count, 7)))
    assert read(few_bytes)[0].body == READOUT.body


def test_json_with_a_lone_surrogate_is_not_a_readout() -> None:
    with pytest.raises(SourceError, match="this is not a readout in JSON"):
        from_json("\ud800")


def test_a_file_as_the_folder_of_an_archive_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("Talks")
    with pytest.raises(OutputError, match="this is a file, not a folder; name a folder with -o"):
        list(fetch(FetchRequest(("https://www.atlantis.example/",)), file))
