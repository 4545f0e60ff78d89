"""Adapter to WeasyPrint: the only module that imports it, or that uses private names of WeasyPrint and pydyf.

WeasyPrint has no public way to replace its tags, its font subsetting or its computation of styles (decisions 8 and 13),
and its box tree has no types. The classes here extend those of WeasyPrint. WeasyPrint itself stays unchanged, so
documents of other threads are not affected.

Importing this module takes a quarter of a second. It raises ToolMissing if a system library cannot be loaded, or if a
version is not in `KNOWN_VERSIONS`: private names can change in any release.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import io
import re
import sys
import threading
import unicodedata
import warnings
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from enum import Enum, auto
from fnmatch import fnmatch
from functools import cache, cached_property, partial
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

import pydyf

from readout_pub.emit.pdf.font_embedding import FontFile, open_font, open_glyphs, subset_font
from readout_pub.emit.pdf.fonts import fontconfig_environment
from readout_pub.emit.pdf.system_libraries import library_missing
from readout_pub.errors import ToolMissing
from readout_pub.install_commands import install_python
from readout_pub.unicode_scripts import LETTER_RANGES

if TYPE_CHECKING:
    import uharfbuzz

    from readout_pub.image_store import Picture

KNOWN_VERSIONS = {"weasyprint": "70.0", "pydyf": "0.13.*"}
"""Package → the versions whose private names this module knows; the bounds in pyproject.toml say the same."""


def require_known_version(package: str, installed: str) -> None:
    """Raise ToolMissing unless this module knows the `installed` version of `package`."""
    known = KNOWN_VERSIONS[package]
    if not fnmatch(installed, known):
        raise ToolMissing(
            f"{package} {known} is needed, {installed} is installed",
            what_next=install_python(f"{package}=={known}"),
        )


@contextlib.contextmanager
def _import_context() -> Iterator[None]:
    """Keep the first import of WeasyPrint quick and silent.

    Otherwise, WeasyPrint loads all fonts of the machine, which can be slow. If a library is missing, WeasyPrint prints
    to standard output, where our results go. It also warns about HarfBuzz's subsetter, which we do not need.
    """
    with (
        contextlib.redirect_stdout(io.StringIO()),
        warnings.catch_warnings(),
        fontconfig_environment(),
        _no_library_search(),
    ):
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


@contextlib.contextmanager
def _no_library_search() -> Iterator[None]:
    """Make `find_library` return None in this thread on Linux.

    `find_library` runs a compiler for each wrong name that WeasyPrint tries: a quarter of the time of WeasyPrint's
    start. On Linux, one of the names is always the file name, so no search is needed.
    """
    if sys.platform != "linux":
        yield
        return
    search, thread = ctypes.util.find_library, threading.get_ident()
    ctypes.util.find_library = lambda name: None if threading.get_ident() == thread else search(name)
    try:
        yield
    finally:
        ctypes.util.find_library = search


_DECLARATIONS = """
typedef struct { size_t type; const char *name; guint class_size; guint instance_size; } GTypeQuery;
void g_type_query (size_t type, GTypeQuery *query);
size_t g_type_register_static_simple (
    size_t parent, const char *name, guint class_size, void *class_init,
    guint instance_size, void *instance_init, int flags);
void * g_object_new (size_t type, const char *first_property, ...);
size_t pango_font_map_get_type (void);
size_t pango_ft2_font_map_get_type (void);
FcConfig * pango_fc_font_map_get_config (PangoFcFontMap *font_map);
FcConfig * FcConfigCreate (void);
FcBool FcConfigParseAndLoad (FcConfig *config, const FcChar8 *file, FcBool complain);
FcBool FcConfigBuildFonts (FcConfig *config);
FcBool FcConfigSetCurrent (FcConfig *config);
FcResult FcPatternGetDouble (FcPattern *pattern, const char *object, int n, double *value);
FcBool FcPatternAddDouble (FcPattern *pattern, const char *object, double value);
PangoAttribute * pango_attr_allow_breaks_new (gboolean allow_breaks);
int pango_layout_get_width (PangoLayout *layout);
PangoWrapMode pango_layout_get_wrap (PangoLayout *layout);
"""
"""Functions of GObject, Pango and fontconfig that WeasyPrint does not declare."""


def _initialize_pango() -> None:
    """Make Pango initialize fontconfig now, with our fonts, then drop this configuration.

    Otherwise, the first font map loads the fonts of the machine, which can be slow and print warnings. Fontconfig loads
    them when other code in this process needs them.
    """
    font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
    pangoft2.pango_fc_font_map_get_config(ffi.cast("PangoFcFontMap *", font_map))  # waits for Pango's thread
    fontconfig.FcConfigSetCurrent(ffi.NULL)


_is_first_import = "weasyprint" not in sys.modules
try:
    with _import_context() if _is_first_import else contextlib.nullcontext():
        import weasyprint

        require_known_version("weasyprint", weasyprint.__version__)
        require_known_version("pydyf", pydyf.__version__)
        from weasyprint.text.ffi import TO_UNITS, ffi, fontconfig, gobject, harfbuzz, pango, pangoft2

        ffi.cdef(_DECLARATIONS, override=True)  # other code in this process may have declared them too
        if _is_first_import:
            _initialize_pango()
except OSError as reason:
    raise library_missing(reason) from reason

from weasyprint.css import (  # noqa: E402  # after the check of the version
    INHERITED,
    INITIAL_NOT_COMPUTED,
    INITIAL_VALUES,
    PHYSICAL_FUNCTIONS,
    AnonymousStyle,
    ComputedStyle,
    StyleFor,
    get_all_computed_styles,
)
from weasyprint.formatting_structure import boxes  # noqa: E402
from weasyprint.html import UA_STYLESHEET  # noqa: E402
from weasyprint.layout import layout_document  # noqa: E402
from weasyprint.layout.absolute import AbsolutePlaceholder  # noqa: E402
from weasyprint.layout.page import make_all_pages  # noqa: E402
from weasyprint.layout.percent import percentage  # noqa: E402
from weasyprint.pdf import fonts, generate_pdf, stream  # noqa: E402
from weasyprint.pdf.metadata import DocumentMetadata  # noqa: E402
from weasyprint.text.constants import PANGO_WRAP_MODE  # noqa: E402
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data  # noqa: E402
from weasyprint.text.line_break import Layout, can_break_text, get_last_word_end, line_size  # noqa: E402
from weasyprint.urls import URLFetcherResponse  # noqa: E402

T = TypeVar("T")

VERSION: str = weasyprint.__version__

_WRAP_CHAR: int = PANGO_WRAP_MODE["WRAP_CHAR"]


def with_globals(function: Callable[..., Any], **replacements: object) -> Callable[..., Any]:
    """Return a copy of `function` in which `replacements` (name → value) replace globals of its module.

    The original stays as it is. Raises ToolMissing unless the function uses all of these names.
    """
    assert isinstance(function, FunctionType)  # noqa: S101  # for mypy: all callers give plain functions
    for name in replacements:
        if name not in function.__code__.co_names:
            raise ToolMissing(
                f"in WeasyPrint {VERSION}, {function.__module__}.{function.__qualname__} does not use {name}",
                what_next=f"uninstall it, then {install_python(f'weasyprint=={VERSION}')}",
            )
    copy = FunctionType(
        function.__code__,
        {**function.__globals__, **replacements},
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy


# --- Styles that start with CSS initial values
#
# Style sheets set hardly ten of the 220 properties of an element. WeasyPrint computes the others when they are first
# asked for: a fifth of the time of a page. But most of them have the initial value of CSS, and many, such as the font,
# that of the parent element. So the styles below start as a copy of the initial values, and take the properties in
# `_FROM_PARENT` from the parent. WeasyPrint computes only the rest.

_FROM_PARENT = INHERITED | {
    "page",
    "text_decoration_color",
    "text_decoration_line",
    "text_decoration_style",
    "text_decoration_thickness",
}
"""Properties that have the value of the parent where no style sheet sets them; CSS calls only some of them inherited.
"""

_IN_FLOW = {"position": "static", "float": "none"}
"""Property on which `display` depends → its initial value, both computed and specified."""

_LINE_WIDTHS = {name: 0 for name in INITIAL_VALUES if name.removesuffix("_width") + "_style" in INITIAL_VALUES}
"""Width of a border, outline or column rule → 0: the initial style of such a line is `none`."""

_INITIAL: dict[str, object] = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if not (
        name in INITIAL_NOT_COMPUTED
        or name in _IN_FLOW
        or name in _FROM_PARENT
        or name.startswith("text_decoration_")  # WeasyPrint propagates these to the children
    )
} | _LINE_WIDTHS
"""Property → its computed value wherever no style sheet sets it."""

_DEPENDENT: defaultdict[str, set[str]] = defaultdict(set)
"""Property → the others whose computed value depends on it: the style of a border sets its width."""

for _width in _LINE_WIDTHS:
    _DEPENDENT[_width.removesuffix("_width") + "_style"].add(_width)

for _physical, _logical_name in PHYSICAL_FUNCTIONS.items():
    for _direction in ("ltr", "rtl"):
        _DEPENDENT[_logical_name(block="ttb", inline=_direction)] |= {_physical, *_DEPENDENT.get(_physical, ())}


class _PrefilledStyle:
    @cached_property
    def anonymous_style(self) -> PrefilledAnonymousStyle:
        return PrefilledAnonymousStyle(self)


class PrefilledAnonymousStyle(_PrefilledStyle, AnonymousStyle):
    """A style of an anonymous box; it starts with CSS initial values."""

    def __init__(self, parent_style: object) -> None:
        self.update(_INITIAL)
        super().__init__(parent_style)

    def copy(self) -> PrefilledAnonymousStyle:
        """Return a style with the same values."""
        return _as_class(PrefilledAnonymousStyle, super().copy())


class PrefilledComputedStyle(_PrefilledStyle, ComputedStyle):
    """A style of an element; it starts with CSS initial values, except for the `cascaded` properties."""

    def __init__(self, parent_style: object, cascaded: Mapping[str, object], *more: object) -> None:
        self.update(_INITIAL)
        for name in cascaded:
            self.pop(name, None)
            for dependent in _DEPENDENT.get(name, ()):
                self.pop(dependent, None)
        super().__init__(parent_style, cascaded, *more)
        if cascaded.keys().isdisjoint(_IN_FLOW):
            self.update(_IN_FLOW)
            self.specified.update(_IN_FLOW)

    def __missing__(self, key: str) -> object:
        """Return the value of a property when it is first requested."""
        if key in _FROM_PARENT and self.parent_style is not None and key not in self.cascaded:
            value: object = self.parent_style[key]
            self[key] = value
            return value
        return super().__missing__(key)

    def copy(self) -> PrefilledComputedStyle:
        """Return a style with the same values."""
        return _as_class(PrefilledComputedStyle, super().copy())


def _as_class(ours: type[T], copy: Any) -> T:  # noqa: ANN401  # WeasyPrint has no types
    """Return `copy`, which WeasyPrint made of its own class, as an object of our class."""
    copy.__class__ = ours
    converted: T = copy
    return converted


class PrefilledStyleFor(StyleFor):
    """WeasyPrint's computation of the styles of a document, with the prefilled styles above."""

    set_computed_styles = with_globals(StyleFor.set_computed_styles, ComputedStyle=PrefilledComputedStyle)


_MARKS_OF_NOTES = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})
"""Pseudo-elements of notes. WeasyPrint has rules for them, so it computes five more styles for each element."""


def _own_user_agent_sheet() -> object:
    """Return WeasyPrint's style sheet for HTML without its rules for marks of notes.

    These took a twelfth of the time of a page. The text has the marks, and our style sheet has rules for notes.
    """
    sheet, matcher = copy(UA_STYLESHEET), copy(UA_STYLESHEET.matcher)
    matcher.other_selectors = [each for each in matcher.other_selectors if each[3] not in _MARKS_OF_NOTES]
    sheet.matcher = matcher
    return sheet


_USER_AGENT_SHEET = _own_user_agent_sheet()


# --- Fonts
#
# Pango's font map for FreeType applies the rules of the *current* fontconfig configuration, which belongs to the whole
# process. Ours must apply only the rules of our file, such as those for bold Japanese. So we register a GObject class
# that extends Pango's font map and overrides one method.

_PATTERN_RULES = 0
"""FcMatchPattern: the fontconfig rules for search patterns, not those for fonts that were found."""

_DPI = 72.0
"""Pango's default for fonts of FreeType."""


@ffi.callback("void (PangoFcFontMap *, FcPattern *)")  # type: ignore[untyped-decorator]  # cffi has no types
def _substitute(font_map: object, pattern: object) -> None:
    """Complete `pattern` as PangoFT2FontMap does, but by the rules of the configuration of `font_map`."""
    fontconfig.FcConfigSubstitute(pangoft2.pango_fc_font_map_get_config(font_map), pattern, _PATTERN_RULES)
    # The result is FcResultMatch (0) only if `pattern` has a resolution already.
    if fontconfig.FcPatternGetDouble(pattern, b"dpi", 0, ffi.new("double *")):
        fontconfig.FcPatternAddDouble(pattern, b"dpi", _DPI)
    fontconfig.FcDefaultSubstitute(pattern)


@ffi.callback("void (void *, void *)")  # type: ignore[untyped-decorator]  # cffi has no types
def _init_font_map_class(font_map_class: object, _: object) -> None:
    """Set the method `default_substitute`, the first one that PangoFcFontMapClass adds to PangoFontMapClass."""
    offset = _query_type(pango.pango_font_map_get_type()).class_size
    ffi.cast("void **", ffi.cast("char *", font_map_class) + offset)[0] = ffi.cast("void *", _substitute)


def _query_type(type_id: int) -> Any:  # noqa: ANN401  # cffi has no types
    query = ffi.new("GTypeQuery *")
    gobject.g_type_query(type_id, query)
    return query


@cache
def _font_map_type() -> int:
    """Register the subclass of PangoFT2FontMap; return its GType."""
    parent = pangoft2.pango_ft2_font_map_get_type()
    query = _query_type(parent)
    initialize = ffi.cast("void *", _init_font_map_class)
    name, no_init, no_flags = b"ReadoutPubFontMap", ffi.NULL, 0
    registered: int = gobject.g_type_register_static_simple(
        parent, name, query.class_size, initialize, query.instance_size, no_init, no_flags
    )
    return registered


class FileFontConfiguration(FontConfiguration):
    """The fonts and rules of a fontconfig file, and no others.

    WeasyPrint's class takes the file from the environment, which other threads read too.
    """

    def __init__(self, file: Path) -> None:
        def load() -> object:
            config = fontconfig.FcConfigCreate()
            fontconfig.FcConfigParseAndLoad(config, str(file).encode(), 1)  # 1 means: report errors
            fontconfig.FcConfigBuildFonts(config)
            return config

        def make_font_map() -> object:
            return ffi.cast("PangoFontMap *", gobject.g_object_new(_font_map_type(), ffi.NULL))

        with_globals(
            FontConfiguration.__init__,
            fontconfig=SimpleNamespace(FcInitLoadConfigAndFonts=load, FcConfigDestroy=fontconfig.FcConfigDestroy),
            pangoft2=SimpleNamespace(
                pango_ft2_font_map_new=make_font_map,
                pango_fc_font_map_set_config=pangoft2.pango_fc_font_map_set_config,
            ),
        )(self)


_font_files: dict[int, FontFile] = {}
"""Address of a HarfBuzz face → its font file, for each font that this process has used. No address is used twice: our
font configurations, and so their faces, live as long as the process.
"""


def _font_file(face: object) -> FontFile:
    address = int(ffi.cast("uintptr_t", face))
    if address not in _font_files:
        # WeasyPrint would copy the font for every document; a Japanese font has 17 MB.
        _font_files[address] = open_font(get_hb_object_data(face), harfbuzz.hb_face_get_index(face))
    return _font_files[address]


class GlyphTexts(dict[int, str]):
    """The text that ToUnicode has for each glyph of a font, by glyph ID.

    WeasyPrint gives the text of a cluster, such as "é", to its last glyph, here the accent, and "" to the letter.
    WeasyPrint keeps the first text of each glyph: a later "e" alone would have no text, and a later "á" would be read
    as "é". In this class, a later text replaces "", and the accent gets its own character, U+0301.
    """

    def __init__(self, font: uharfbuzz.Font) -> None:
        super().__init__()
        self._font = font

    def __contains__(self, gid: object) -> bool:
        return bool(self.get(gid))  # type: ignore[call-overload]  # any object may be looked up

    def __setitem__(self, gid: int, text: str) -> None:
        characters = (*text, *unicodedata.normalize("NFD", text))
        own = (each for each in characters if self._font.get_nominal_glyph(ord(each)) == gid)
        super().__setitem__(gid, next(own, text))


class SubsettingFont(fonts.Font):
    """A font of a document, which embeds only the glyphs that are shown.

    `original_gids` are the original glyph IDs in the order of the new ones, or None if glyph IDs did not change.
    """

    original_gids: Sequence[int] | None = None
    to_unicode: GlyphTexts

    _init = with_globals(fonts.Font.__init__, get_hb_object_data=lambda face: _font_file(face).content)

    def __init__(self, pango_font: object, description: object, font_size: float) -> None:
        self._init(pango_font, description, font_size)
        self.to_unicode = GlyphTexts(open_glyphs(_font_file(self.hb_face)))

    # WeasyPrint makes variable fonts static. fontTools would write the current time into the file.
    clean = with_globals(fonts.Font.clean, TTFont=partial(fonts.TTFont, recalcTimestamp=False))

    def subset(self, to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001  # WeasyPrint's order
        """Reduce the font to the glyph IDs of `to_unicode`; .notdef is shown in place of missing glyphs."""
        subset = subset_font(_font_file(self.hb_face), to_unicode, hinting=hinting, keep_notdef=bool(self.missing))
        self.file_content, self.original_gids = subset


# --- Documents


class SubsettingStream(stream.Stream):
    """A content stream whose fonts are `SubsettingFont`s."""

    add_font = with_globals(stream.Stream.add_font, Font=SubsettingFont)

    def clone(self, **options: object) -> SubsettingStream:
        """Return an empty stream with the options of this one, except for `options`."""
        return _as_class(SubsettingStream, super().clone(**options))


Tagger = Callable[[pydyf.PDF, Sequence[SubsettingStream]], None]
"""Writes the structure tree of a document, given its PDF and the content stream of each page."""


PageJoiner = Callable[["LayoutBox", "LayoutBox"], bool]
"""Moves what is on the last page (second argument) to the page before (first); returns False if it cannot."""


def _joined_pages(make: Callable[..., Iterator[Any]], context: Any, *arguments: Any) -> list[Any]:  # noqa: ANN401
    """Return the pages that `make`, a function of WeasyPrint, yields; the last two may be joined.

    WeasyPrint adds the margin boxes later, so their page numbers will be right.
    """
    pages = list(make(context, *arguments))
    _, html, _ = arguments
    is_final = not any(page[-1]["content_changed"] or page[-1]["pages_wanted"] for page in context.page_maker)
    if is_final and len(pages) > 1 and html.join_pages(LayoutBox(pages[-2]), LayoutBox(pages[-1])):
        del pages[-1]
    return pages


def _add_tags(pdf: pydyf.PDF, document: TaggedDocument, _: str, page_streams: Sequence[SubsettingStream]) -> None:
    document.tagger(pdf, page_streams)


_ELLIPSIS = "…"


def _shorten_running_heads(page: Any) -> None:  # noqa: ANN401  # WeasyPrint has no types
    """Write the ellipsis of each line that is too long for the margin box it is in, and align the line again.

    WeasyPrint adds the ellipsis when it draws the line, after it has aligned it: a line that is aligned right would
    reach into the margin of the page.
    """
    for box in page.children:
        if isinstance(box, boxes.MarginBox):
            for line in box.descendants():
                if isinstance(line, boxes.LineBox) and line.block_ellipsis == "auto":
                    _shorten(line, box.content_box_x() + box.width)


def _shorten(line: Any, right: float) -> None:  # noqa: ANN401  # WeasyPrint has no types
    text_box = line.children[-1]
    style, layout = text_box.style, text_box.pango_layout
    layout.reactivate(style)
    pango.pango_layout_set_width(layout.layout, int(layout.max_width * TO_UNITS))
    shortened = layout.text.rstrip()
    layout.set_text(shortened + _ELLIPSIS)
    first_line, rest = layout.get_first_line()
    while rest is not None and (end := get_last_word_end(shortened, style["lang"])):
        shortened = shortened[:end]
        layout.set_text(shortened + _ELLIPSIS)
        first_line, rest = layout.get_first_line()
    if rest is None:  # else a single word is too long
        text_box.width, _ = line_size(first_line, style)
        if style["text_align_all"] == "right":
            text_box.position_x = right - text_box.width
        line.block_ellipsis = "none"
    layout.deactivate()


class TaggedDocument(weasyprint.Document):
    """A document that is laid out, and that `tagger` tags when it is written."""

    tagger: Tagger

    _build_layout_context = classmethod(
        with_globals(
            weasyprint.Document._build_layout_context.__func__,
            get_all_computed_styles=with_globals(get_all_computed_styles, StyleFor=PrefilledStyleFor),
        )
    )
    # `set_metadata` gives the metadata: no search of all elements.
    _render = classmethod(
        with_globals(
            weasyprint.Document._render.__func__,
            get_html_metadata=lambda _: {},
            layout_document=with_globals(layout_document, make_all_pages=partial(_joined_pages, make_all_pages)),
        )
    )
    write_pdf = with_globals(
        weasyprint.Document.write_pdf,
        generate_pdf=with_globals(generate_pdf, Stream=SubsettingStream, add_tags=_add_tags),
    )

    def set_metadata(self, **info: object) -> None:
        """Set the metadata from which WeasyPrint writes Info and the language of the document."""
        self.metadata = DocumentMetadata(**info)

    def page_boxes(self) -> Iterator[LayoutBox]:
        """Yield the root of the box tree of each page."""
        for page in self.pages:
            yield LayoutBox(page._page_box)

    def to_unicode_texts(self) -> Iterator[str]:
        """Yield the text that ToUnicode has for each shown glyph."""
        for font in self.fonts.values():
            yield from font.to_unicode.values()

    def missing_characters(self) -> set[str]:
        """Return the characters that are drawn as .notdef."""
        return {chr(code) for font in self.fonts.values() for code in font.missing}

    def renumbered_glyphs(self) -> dict[bytes, Sequence[int]]:
        """Return BaseFont → original glyph IDs in the order of the new ones, for each font whose glyph IDs changed."""
        return {font.name: font.original_gids for font in self.fonts.values() if font.original_gids is not None}


# --- Lines that break between words only
#
# WeasyPrint does not know `word-break: keep-all`, the rule for Korean, and breaks lines between any two syllables.
# `Layout` and `can_break_text` in `weasyprint.text.line_break` decide where a line ends. They cannot be replaced for
# one document, since the modules of WeasyPrint's layout import each other, some inside functions. So a copy of these
# modules, loaded at the first need, lays out the documents that keep words whole.

_CJK = f"{LETTER_RANGES['Hang']}{LETTER_RANGES['Hani']}{LETTER_RANGES['Hrkt']}"

_CJK_LETTER = re.compile(f"[{_CJK}]")
"""A Chinese, Japanese or Korean letter. A line may end before or after it, unless words are kept whole."""

_WORD = re.compile(r"[^\s\u00ad\u200b/\u2010-\u2015\u3001\u3002-]{2,}")
"""A word that stays on one line if words are kept whole."""

_COPY = "readout_pub_weasyprint"
"""The package of the copied modules. Its other modules are those of WeasyPrint."""


class _WordKeepingLayout(Layout):
    """A text whose lines break between words only, except in a word that is longer than a line."""

    def set_text(self, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002  # WeasyPrint's order
        super().set_text(text, justify)
        is_one_line = pango.pango_layout_get_width(self.layout) < 0
        if is_one_line or not _CJK_LETTER.search(self.text):
            return
        end, end_in_bytes = 0, 0
        for word in _WORD.finditer(self.text):
            start_in_bytes = end_in_bytes + len(self.text[end : word.start()].encode())
            end, end_in_bytes = word.end(), start_in_bytes + len(word[0].encode())
            self._allow_breaks(start_in_bytes, end_in_bytes, allowed=False)

    def get_first_line(self) -> tuple[object, int | None]:
        """Return the first line, and where the next one starts in the bytes of the text."""
        if pango.pango_layout_get_wrap(self.layout) == _WRAP_CHAR:  # for a word that is longer than a line
            self._allow_breaks(0, len(self.text.encode()), allowed=True)
        line: tuple[object, int | None] = super().get_first_line()
        return line

    def _allow_breaks(self, start: int, end: int, *, allowed: bool) -> None:
        """Set whether lines may end within the bytes from `start` to `end`; call it before Pango breaks the text."""
        attributes = pango.pango_layout_get_attributes(self.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        attribute = pango.pango_attr_allow_breaks_new(allowed)
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_change(attributes, attribute)
        pango.pango_layout_set_attributes(self.layout, attributes)


def _can_break_kept_words(text: str, language: str) -> bool:
    """Return whether a line of `text` may end somewhere, as at a space, if words are kept whole."""
    return bool(can_break_text(_CJK_LETTER.sub("a", text), language))


@cache
def _word_keeping_layout() -> ModuleType:
    """Return a copy of `weasyprint.layout` whose lines end between words."""
    copied = ("weasyprint.layout", "weasyprint.text.line_break")
    package, text = ModuleType(_COPY), ModuleType(f"{_COPY}.text")
    package.__path__, text.__path__ = weasyprint.__path__, weasyprint.text.__path__
    same = {
        f"{_COPY}{name.removeprefix('weasyprint')}": module
        for name, module in list(sys.modules.items())
        if name.startswith("weasyprint.") and not name.startswith(copied)
    }
    sys.modules.update({**same, package.__name__: package, text.__name__: text})
    line_break = import_module(f"{_COPY}.text.line_break")
    vars(line_break).update(Layout=_WordKeepingLayout, can_break_text=_can_break_kept_words)
    layout = import_module(f"{_COPY}.layout")
    # The module that draws positioned boxes is not copied, and finds them by WeasyPrint's own class.
    for name, module in list(sys.modules.items()):
        if name.startswith(layout.__name__) and hasattr(module, AbsolutePlaceholder.__name__):
            vars(module).update(AbsolutePlaceholder=AbsolutePlaceholder)
    return layout


@cache
def _word_keeping_document() -> type[TaggedDocument]:
    """Return the class of documents whose lines end between words."""
    layout, own = _word_keeping_layout(), vars(TaggedDocument)

    class WordKeepingDocument(TaggedDocument):
        _build_layout_context = classmethod(
            with_globals(own["_build_layout_context"].__func__, LayoutContext=layout.LayoutContext)
        )
        _render = classmethod(
            with_globals(
                own["_render"].__func__,
                layout_document=with_globals(
                    layout.layout_document, make_all_pages=partial(_joined_pages, layout.make_all_pages)
                ),
            )
        )

    return WordKeepingDocument


class TaggedHTML(weasyprint.HTML):
    """A page whose `render` returns a `TaggedDocument`; if `keep_words`, lines break between words only.

    `join_pages` may join the last two pages; their boxes have no margin boxes yet. The markup is polyglot and is parsed
    as XML, which takes a twentieth of the time of WeasyPrint's HTML parser.
    """

    base_url = None
    media_type = "print"

    def __init__(
        self,
        page: str,
        photos: Mapping[str, Picture],
        *,
        join_pages: PageJoiner = lambda *_: False,
        keep_words: bool = False,
    ) -> None:
        self.url_fetcher = PhotoFetcher(photos)
        self.join_pages = join_pages
        self.keep_words = keep_words
        self.etree_element: Element = ET.fromstring(page)  # noqa: S314  # our own markup
        self.reread()

    def render(self, **options: object) -> TaggedDocument:
        """Return the pages; `options` are those of WeasyPrint."""
        document = _word_keeping_document() if self.keep_words else TaggedDocument
        rendered: TaggedDocument = with_globals(weasyprint.HTML.render, Document=document)(self, **options)
        for page in rendered.pages:
            _shorten_running_heads(page._page_box)
        return rendered

    def _ua_stylesheets(self, forms: bool = False) -> list[object]:  # noqa: FBT001, FBT002, ARG002  # WeasyPrint's
        return [_USER_AGENT_SHEET]

    @property
    def root(self) -> Element:
        """Return the `html` element. The elements of boxes are in the tree below it."""
        return self.etree_element

    def reread(self) -> None:
        """Make the next `render` use changes of the tree below `root`: WeasyPrint reads the tree only once."""
        self.wrapper_element = weasyprint.cssselect2.ElementWrapper.from_html_root(self.root)


_INLINE_IMAGE = re.compile(r"data:(image/(?:png|jpeg));base64,")
"""The start of the `data:` URL of a picture inside an SVG image, such as a crest."""


class PhotoFetcher:
    """Gives WeasyPrint the photos of one readout, and pictures inside an SVG image.

    It refuses every other address: no file is read, nothing is fetched. WeasyPrint's URLFetcher is not extended, since
    that class prepares network connections.
    """

    _fail_on_errors = False

    def __init__(self, photos: Mapping[str, Picture]) -> None:
        self._photos = photos

    def __call__(self, url: str) -> URLFetcherResponse:
        """Return the photo at `url`; raises an OSError, which WeasyPrint logs, if there is none."""
        if inline := _INLINE_IMAGE.match(url):
            return URLFetcherResponse(url, _decode_base64(url[inline.end() :]), {"Content-Type": inline[1]})
        if url not in self._photos:
            raise PermissionError("a page may show its own photos only")
        picture = self._photos[url]
        return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})


def _decode_base64(text: str) -> bytes:
    try:
        return b64decode(unquote(text))
    except ValueError as reason:
        raise OSError("a picture inside an SVG image is damaged") from reason


class SrgbProfile:
    """The ICC profile of sRGB, with the attributes of WeasyPrint's ColorProfile.

    That class reads the profile with Pillow, which returns different bytes each time.
    """

    name = "sRGB IEC61966-2.1"
    src = "sRGB2014.icc"
    rendering_intent = "relative-colorimetric"
    components = ("r", "g", "b")
    pdf_reference = None

    def __init__(self) -> None:
        self.content = (files("weasyprint.pdf") / self.src).read_bytes()


def parse_style_sheet(css: str, font_config: FileFontConfiguration) -> object:
    """Return `css` as `TaggedHTML.render` takes it; rules in it that load a file have no effect."""
    return weasyprint.CSS(string=css, font_config=font_config, url_fetcher=PhotoFetcher({}))


def write_image_page(picture: Picture, width: float, height: float, font_config: FileFontConfiguration) -> bytes:
    """Return a PDF of one page of `width` × `height` points, which `picture` fills. It has no tags."""
    address = "image:"
    css = f"@page {{ size: {width}pt {height}pt; margin: 0 }} img {{ width: {width}pt; height: {height}pt }}"
    page = weasyprint.HTML(
        string=f'<body style="margin: 0"><img style="display: block" src="{address}">',
        url_fetcher=PhotoFetcher({address: picture}),
    )
    pdf: bytes = page.write_pdf(font_config=font_config, stylesheets=[parse_style_sheet(css, font_config)])
    return pdf


# --- The box tree


class BoxKind(Enum):
    """What the tagger does with a box."""

    TEXT = auto()
    MARKER = auto()
    """The mark of a list item, such as a bullet."""
    IMAGE = auto()
    MARGIN = auto()
    """A box in the margin of a page: running header, page number."""
    GENERATED = auto()
    """Text that a style sheet adds, as for a footnote, or a page number in a table of contents."""
    ROW_GROUP = auto()
    """`thead` or `tfoot`, which each page repeats."""
    OTHER = auto()


_KINDS = {
    boxes.TextBox: BoxKind.TEXT,
    boxes.ReplacedBox: BoxKind.IMAGE,
    boxes.MarginBox: BoxKind.MARGIN,
    boxes.TableRowGroupBox: BoxKind.ROW_GROUP,
}
"""Class of a box → its kind, unless the tag of the box says otherwise. Other classes are OTHER."""


_CONTENT = (boxes.TextBox, boxes.ReplacedBox)


@cache
def _kind_of_class(box_class: type) -> BoxKind:
    return next((kind for known, kind in _KINDS.items() if issubclass(box_class, known)), BoxKind.OTHER)


_SPACE_WITH_WORD_SPACING = " \u200b"
"""What WeasyPrint writes for a single space with word spacing, since Pango would ignore the spacing."""


class LayoutBox:
    """A box of the box tree of WeasyPrint. Two objects are equal if they stand for the same box."""

    __slots__ = ("_box",)

    def __init__(self, box: Any) -> None:  # noqa: ANN401  # WeasyPrint has no types
        self._box = box

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LayoutBox) and self._box is other._box

    def __hash__(self) -> int:
        return id(self._box)

    @property
    def kind(self) -> BoxKind:
        """Return what kind of content the box is."""
        box = self._box
        kind = _kind_of_class(box.__class__)
        if kind is BoxKind.ROW_GROUP and not (box.is_header or box.is_footer):
            kind = BoxKind.OTHER
        tag = box.element_tag  # None in the margins of pages
        if tag is None or "::" not in tag:
            return kind
        if tag.endswith(("::after", "::footnote-call", "::footnote-marker")):
            return BoxKind.GENERATED
        return BoxKind.MARKER if kind is BoxKind.TEXT and tag.endswith("::marker") else kind

    @property
    def element(self) -> Element:
        """Return the element that the box is made for; WeasyPrint has None for the boxes of pages and margins."""
        element: Element = self._box.element
        return element

    @property
    def classes(self) -> frozenset[str]:
        """Return the classes of the element; none for the boxes of pages and margins."""
        return frozenset() if self._box.element is None else frozenset(self._box.element.get("class", "").split())

    @property
    def children(self) -> Iterator[LayoutBox]:
        """Yield the boxes directly within this one."""
        for child in self._box.children:
            # A placeholder wraps each absolutely positioned box, such as a bullet.
            yield LayoutBox(getattr(child, "_box", child))

    def descendants(self) -> Iterator[LayoutBox]:
        """Yield this box and all boxes below it, except for those below absolutely positioned boxes."""
        return map(LayoutBox, self._box.descendants())

    def content(self) -> Iterator[LayoutBox]:
        """Yield the boxes of texts and images among the descendants."""
        return (LayoutBox(box) for box in self._box.descendants() if isinstance(box, _CONTENT))

    @property
    def makes_bookmark(self) -> bool:
        """Return whether WeasyPrint writes an outline item for the box."""
        return bool(self._box.bookmark_label)

    @property
    def is_thead(self) -> bool:
        """Return whether the box is the header of a table."""
        return bool(self._box.element_tag == "thead")

    @property
    def is_table(self) -> bool:
        """Return whether the box is a table with its caption, or the part on its page."""
        return bool(self._box.is_table_wrapper)

    @property
    def is_cell(self) -> bool:
        """Return whether the box is a cell of a table, or the part on its page."""
        return isinstance(self._box, boxes.TableCellBox)

    @property
    def is_line(self) -> bool:
        """Return whether the box is a line of text or images."""
        return isinstance(self._box, boxes.LineBox)

    @property
    def is_block(self) -> bool:
        """Return whether the box is a block of lines or blocks, such as a paragraph; a table is not one."""
        return type(self._box) is boxes.BlockBox and not self._box.is_table_wrapper

    @property
    def is_in_flow(self) -> bool:
        """Return whether the box is neither floating nor absolutely positioned."""
        return bool(self._box.is_in_normal_flow())

    @property
    def margin_above(self) -> float:
        """Return the upper margin in the style of the box, in CSS pixels.

        WeasyPrint does not apply it at the top of a page after an automatic page break.
        """
        margin = percentage(self._box.style["margin_top"], self._box.style, self._box.margin_width())
        return 0.0 if margin == "auto" else float(margin)

    def move_down(self, distance: float) -> None:
        """Move the box and its content by `distance` CSS pixels."""
        self._box.translate(0, distance)

    def shorten(self, distance: float) -> None:
        """Reduce the height of the box by `distance` CSS pixels."""
        self._box.height -= distance

    def append(self, child: LayoutBox) -> None:
        """Add `child` as the last child of the box; its position on the page stays."""
        self._box.children = [*self._box.children, child._box]

    @property
    def page_edge(self) -> str:
        """Return the edge of the page at which a box of kind MARGIN is, such as "top"."""
        name: str = self._box.at_keyword  # such as @top-left
        return name.removeprefix("@").partition("-")[0]

    @property
    def text(self) -> str:
        """Return the text of a text box, with white space collapsed, and with a hyphen drawn at a line break."""
        text: str = self._box.text
        return " " if text == _SPACE_WITH_WORD_SPACING else text

    @property
    def drawn_text(self) -> str:
        """Return the text that is drawn, in logical order. Setting it changes what is drawn, not the layout."""
        text: str = self._box.pango_layout.text
        return text

    @drawn_text.setter
    def drawn_text(self, text: str) -> None:
        self._box.pango_layout.text = text

    @property
    def hyphen(self) -> str:
        """Return what is drawn where a line breaks within a word."""
        hyphen: str = self._box.style["hyphenate_character"]
        return hyphen

    @property
    def is_rtl(self) -> bool:
        """Return whether the text runs from right to left; its glyphs are drawn from left to right."""
        return bool(self._box.style["direction"] == "rtl")

    @property
    def content_area(self) -> tuple[float, float, float, float]:
        """Return left, top, width and height of the content, in CSS pixels from the top left corner of the page."""
        box = self._box
        return box.content_box_x(), box.content_box_y(), box.width, box.height

    @property
    def vertical_edges(self) -> tuple[float, float]:
        """Return the upper and the lower edge of `content_area`."""
        _, top, _, height = self.content_area
        return top, top + height

    @property
    def border_area(self) -> tuple[float, float, float, float]:
        """Return left, top, width and height with padding and borders, in CSS pixels as `content_area`."""
        box = self._box
        return box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height()

    @property
    def overhang(self) -> float:
        """Return how far the box extends beyond its line height, on each side, in CSS pixels; 0 if it fits."""
        return max(0.0, float(self._box.border_height() - self._box.margin_height()) / 2)

    @property
    def link_annotation(self) -> pydyf.Dictionary | None:
        """Return the link annotation that WeasyPrint has written for the box, or None."""
        return self._box.link_annotation


# --- Content streams


def mcids(page_stream: SubsettingStream) -> dict[LayoutBox, int]:
    """Return box → MCID of its marked content, for each box drawn on a page. MCIDs count from 0."""
    return {LayoutBox(box): mark["mcid"] for box, mark in page_stream._tags.items()}


class MarkedContent:
    """A marked-content sequence of a page; `mcid` is its number on the page, from 0."""

    __slots__ = ("_index", "_items", "mcid")

    def __init__(self, items: list[Any], index: int) -> None:
        """Take the items of a content stream, and the index of a BDC operator among them."""
        self._items = items
        self._index = index
        self.mcid: int = items[index - 1]["MCID"]

    def set_actual_text(self, text: str) -> None:
        """Write `text` as the ActualText of the sequence."""
        self._items[self._index - 1]["ActualText"] = pydyf.String(text)

    def make_artifact(self, properties: pydyf.Dictionary) -> None:
        """Turn the sequence into an artifact with `properties`; it loses its MCID."""
        self._items[self._index - 2 : self._index] = ["/Artifact", properties]


def marked_content(page_stream: SubsettingStream) -> Iterator[MarkedContent]:
    """Yield the marked-content sequences of a page that have an MCID, in the order in which they are drawn."""
    # WeasyPrint appends each sequence as three items: tag, properties, BDC. Artifacts have BMC and no properties.
    items = page_stream.stream
    return (MarkedContent(items, index) for index, item in enumerate(items) if item == b"BDC")


def stream_content(pdf_stream: pydyf.Stream) -> bytes:
    """Return the bytes of a stream before compression, as pydyf joins them."""
    return b"\n".join(pydyf._to_bytes(item) for item in pdf_stream.stream)
