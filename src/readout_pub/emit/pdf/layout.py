"""The one place that talks to WeasyPrint: loads it, feeds it a page, and gathers what it could not do.

What can be kept is kept for the life of the process: the library, the fonts it found, the style sheets it parsed.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import io
import logging
import sys
import threading
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.pdf.attachments import Attachment, attach
from readout_pub.emit.pdf.fonts import fontconfig
from readout_pub.emit.pdf.initial_styles import initial_styles
from readout_pub.emit.pdf.libraries import library_missing
from readout_pub.emit.pdf.metadata import DocumentInfo, information, xmp
from readout_pub.emit.pdf.profiles import Profile
from readout_pub.emit.pdf.subsetting import patched_subsetting
from readout_pub.emit.pdf.tags import own_tags
from readout_pub.emit.pdf.tall_table_headers import ONCE, left_out
from readout_pub.emit.pdf.tounicode import complete_tounicode

if TYPE_CHECKING:
    import pydyf
    from weasyprint import CSS, HTML, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcherResponse

    from readout_pub.image_store import Picture

COLOURS = "screen"
"""Our name for sRGB. By its own name WeasyPrint would take its own, from a file that it leaves open."""

DEEPEST_CALL = 10_000
"""Python's own limit of 1,000 is reached at some fifty lists within lists."""

CARRIAGE_RETURN = b"\r"
"""As the last byte of a stream it looks like a part of the line end behind it, and a validator counts one byte less."""

_ONE_AT_A_TIME = threading.Lock()
"""Pango's font map, which all pages of a process share, is not made for two threads."""


class PdfResult(msgspec.Struct, frozen=True):
    """A finished PDF, the characters for which no font had a glyph, and what else WeasyPrint complained of."""

    data: bytes
    missing: frozenset[str]
    complaints: tuple[str, ...]


def lay_out(
    page: str,
    css: str,
    photos: Mapping[str, Picture],
    facts: DocumentInfo,
    *,
    profile: Profile,
    files: Sequence[Attachment] = (),
    system_fonts: bool = False,
) -> PdfResult:
    """Set `page` (HTML) in the style of `css` and write it to the standards of `profile`, with `files` inside.

    An `img` shows one of `photos` by its address, and nothing else.
    """
    with _ONE_AT_A_TIME, _room_for_depth(), _complaints() as complaints:
        weasyprint = load_weasyprint()
        html = weasyprint.HTML(string=page, url_fetcher=PhotoFetcher(photos))
        document = _laid_out(html, css, profile, system=system_fonts)
        if heads := left_out(html.etree_element, document):
            for head in heads:
                head.set("class", ONCE)
            document = _laid_out(html, css, profile, system=system_fonts)
        document.metadata = weasyprint.document.DocumentMetadata(**information(facts))
        missing: set[str] = set()

        def finish(document: Document, pdf: pydyf.PDF) -> None:
            missing.update(chr(code) for font in document.fonts.values() for code in font.missing)
            subsets.lead(pdf)
            complete_tounicode(pdf)
            attach(pdf, files, facts.timestamp)
            _describe(pdf, facts, None if missing else profile)
            _pack(pdf)

        with (
            patched_subsetting(weasyprint) as subsets,
            own_tags(weasyprint, document, html.etree_element, profile.version),
        ):
            data = document.write_pdf(
                finisher=finish,
                pdf_variant=profile.variant,
                pdf_tags=True,
                output_intent=COLOURS,
                pdf_identifier=facts.identifier,
            )
    return PdfResult(data, frozenset(missing), tuple(complaints))


def _laid_out(html: HTML, css: str, profile: Profile, *, system: bool) -> Document:
    with initial_styles(load_weasyprint()):
        return html.render(
            font_config=_fonts(system=system),
            stylesheets=[_style_sheet(css, system=system)],
            color_profiles={COLOURS: ScreenColours()},
            pdf_variant=profile.variant,
            output_intent=COLOURS,
        )


class ScreenColours:
    """The profile of sRGB as WeasyPrint wants it, the same bytes every time; read by its own class they change."""

    name = "sRGB IEC61966-2.1"
    src = "sRGB2014.icc"
    rendering_intent = "relative-colorimetric"
    components = ("r", "g", "b")
    pdf_reference = None

    def __init__(self) -> None:
        self.content = (files("weasyprint.pdf") / self.src).read_bytes()


class PhotoFetcher:
    """Gives WeasyPrint the photos of one readout, and refuses every other address: no file is read, nothing fetched.

    It only behaves like WeasyPrint's own fetcher, since making one of those readies a connection to the network.
    """

    _fail_on_errors = False

    def __init__(self, photos: Mapping[str, Picture]) -> None:
        self._photos = photos

    def __call__(self, url: str) -> URLFetcherResponse:
        """Return the photo at `url` as WeasyPrint wants it; a PermissionError if there is none."""
        if url not in self._photos:
            raise PermissionError("a page may show its own photos only")
        picture = self._photos[url]
        response = load_weasyprint().urls.URLFetcherResponse
        return response(url, picture.data, {"Content-Type": picture.media_type})


@cache
def load_weasyprint() -> ModuleType:
    """Import WeasyPrint without a look at the machine's fonts; a ToolMissing names a library that is not there."""
    # WeasyPrint prints to standard output when a library is missing; there our results go.
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), fontconfig(system=False), _no_search():
        warnings.simplefilter("ignore", DeprecationWarning)  # it misses a subsetter that we do not use
        try:
            import weasyprint
        except OSError as reason:
            raise library_missing(reason) from reason
    loaded: ModuleType = weasyprint
    return loaded


@contextlib.contextmanager
def _no_search() -> Iterator[None]:
    """Spare WeasyPrint's search for libraries, a quarter of its start on Linux: each wrong name starts a compiler.

    It knows the right file names of Linux as well, and loads those without a search.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005  called by position, typed by name
    try:
        yield
    finally:
        ctypes.util.find_library = search


@cache
def _fonts(*, system: bool) -> FontConfiguration:
    with fontconfig(system=system):
        return load_weasyprint().text.fonts.FontConfiguration()


@cache
def _style_sheet(css: str, *, system: bool) -> CSS:
    return load_weasyprint().CSS(string=css, font_config=_fonts(system=system), url_fetcher=PhotoFetcher({}))


@contextlib.contextmanager
def _room_for_depth() -> Iterator[None]:
    """Let WeasyPrint call itself about ten times for each of the hundred levels that a readout may have."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, DEEPEST_CALL))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """Gather WeasyPrint's warnings and errors, each once, but for missing glyphs, which are counted elsewhere."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            sentence = record.getMessage()
            if not sentence.startswith(".notdef glyph") and sentence not in said:
                said.append(sentence)

    logger, listener = logging.getLogger("weasyprint"), Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield said
    finally:
        logger.removeHandler(listener)


def _describe(pdf: pydyf.PDF, facts: DocumentInfo, profile: Profile | None) -> None:
    """Put our XMP in the place of WeasyPrint's, and number the pages for readers that show labels."""
    import pydyf

    producer = f"WeasyPrint {load_weasyprint().__version__}"
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    # Not compressed, so that a program that knows nothing of PDF can find it.
    metadata.stream, metadata.compress = [xmp(facts, producer, profile)], False
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})


def _pack(pdf: pydyf.PDF) -> None:
    """Compress each stream once. On its own pydyf does it twice, with more effort than gain: a fifth of the time."""
    import pydyf

    for part in pdf.objects:
        if isinstance(part, pydyf.Stream) and part.compress:
            packed = zlib.compress(b"\n".join(pydyf._to_bytes(piece) for piece in part.stream))
            filters = ["/FlateDecode"]
            if packed.endswith(CARRIAGE_RETURN):
                packed = zlib.compress(packed)
                filters *= 2
            part.stream, part.compress = [packed], False
            part.extra["Filter"] = pydyf.Array(filters)
