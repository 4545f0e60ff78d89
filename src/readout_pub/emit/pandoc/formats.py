"""The formats that pandoc writes: the pandoc writer of each, its file suffix, and what it can express."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Literal

import msgspec

from readout_pub.emit import EMITTERS
from readout_pub.emit.pandoc import escaping, nesting, rst
from readout_pub.emit.pandoc.numbering import DELIMITERS, STYLES, Numbering
from readout_pub.emit.pandoc.program import writer_names
from readout_pub.emit.photo_places import PlaceOfPhotos, place_of_photos
from readout_pub.errors import UsageError


def _unchanged(tree: object) -> object:
    return tree


class PandocWriter(msgspec.Struct, frozen=True, kw_only=True):
    """A format: pandoc's writer `to` with its extensions, the file it produces, and what it can express.

    `photos`: always "inside" the file, always "beside" it, "either" by option, or "none": their alternative texts take
    their place.
    `raw_photos`: pandoc's name for the markup in which we write photos: pandoc would drop their alternative texts.
    `alternative_texts`: photos can have alternative texts; otherwise these follow them in brackets.
    `front`: series, title and date are "text" of the body, or metadata for pandoc's own title block ("metadata") or for
    our template ("template").
    `standalone`: pandoc writes a whole document, with header and footer.
    `styled`: paragraphs and tables can have named styles. `raw` is then pandoc's name for the markup of the format,
    and `tab` is a tab in this markup.
    `heading_ids`: a heading can be the target of a link.
    `tables_in_lists`: an item can contain a table; otherwise such a list is written as paragraphs.
    `tables`: pandoc writes all tables. `table_captions`: which tables can have a caption.
    `figure_captions`: the captions of which figures pandoc writes.
    `photo_folder`: the folder of the package with the photos.
    `styles`, `delimiters`: pandoc's numbering styles and delimiters that the format shows exactly.
    `preamble`: LaTeX code for the preamble. `transform`: changes the syntax tree before pandoc reads it.
    `guarded`: no text of a page can become markup.
    `counts_marks`: programs that read the format count a vowel sign or joiner as a character when they measure tables;
    pandoc does not.
    """

    to: str
    suffix: str
    media_type: str = "text/plain"
    photos: PlaceOfPhotos = "beside"
    raw_photos: str = ""
    alternative_texts: bool = True
    front: Literal["text", "metadata", "template"] = "text"
    standalone: bool = True
    styled: bool = False
    raw: str = ""
    tab: str = ""
    photo_folder: str = ""
    styles: frozenset[str] = frozenset()
    delimiters: frozenset[str] = frozenset()
    heading_ids: bool = True
    tables_in_lists: bool = True
    tables: bool = True
    table_captions: Literal["all", "with spans", "none"] = "all"
    figure_captions: Literal["all", "of one photo", "none"] = "all"
    preamble: str = ""
    transform: Callable[[object], object] = _unchanged
    guarded: bool = True
    counts_marks: bool = False

    def can_number(self, numbering: Numbering) -> bool:
        """Return whether the format shows `numbering` exactly, so that no label changes."""
        return numbering.style in self.styles and numbering.delimiter in self.delimiters


_EVERY_STYLE = frozenset(STYLES)
_EVERY_DELIMITER = frozenset(DELIMITERS)

# LaTeX would move figures to other pages, and put "Figure 1:", which the source does not have, before captions.
_LATEX_PREAMBLE = "\\usepackage{float}\n\\floatplacement{figure}{H}\n\\usepackage[labelformat=empty]{caption}"

WRITERS: dict[str, PandocWriter] = {
    "docx": PandocWriter(
        to="docx",
        suffix=".docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        photos=place_of_photos("docx"),
        front="template",
        styled=True,
        raw="openxml",
        tab="<w:r><w:tab/></w:r>",
        styles=_EVERY_STYLE,
        delimiters=_EVERY_DELIMITER,
    ),
    "odt": PandocWriter(
        to="odt",
        suffix=".odt",
        media_type="application/vnd.oasis.opendocument.text",
        photos=place_of_photos("odt"),
        front="template",
        styled=True,
        raw="opendocument",
        tab="<text:tab/>",
        raw_photos="opendocument",
        photo_folder="Pictures/",
        tables_in_lists=False,
        styles=_EVERY_STYLE,
        delimiters=_EVERY_DELIMITER,
    ),
    "md": PandocWriter(
        to="gfm",
        suffix=".md",
        media_type="text/markdown",
        photos=place_of_photos("md"),
        standalone=False,
        heading_ids=False,
        table_captions="with spans",
        styles=frozenset({"Decimal"}),
        delimiters=frozenset({"Period", "OneParen"}),
        transform=escaping.escape_markdown,
    ),
    "rst": PandocWriter(
        to="rst",
        suffix=".rst",
        media_type="text/x-rst",
        styles=_EVERY_STYLE,
        delimiters=_EVERY_DELIMITER,
        transform=rst.make_rst_safe,
        counts_marks=True,
    ),
    "tex": PandocWriter(
        to="latex-smart",
        suffix=".tex",
        media_type="application/x-tex",
        front="metadata",
        styles=_EVERY_STYLE,
        delimiters=_EVERY_DELIMITER,
        preamble=_LATEX_PREAMBLE,
        transform=escaping.escape_latex,
    ),
}

_SUFFIXES: dict[str, str] = {
    **dict.fromkeys(("asciidoc", "asciidoc_legacy", "asciidoctor"), ".adoc"),
    **dict.fromkeys(("beamer", "context", "latex"), ".tex"),
    **dict.fromkeys(("commonmark", "commonmark_x", "gfm", "markdown", "markua"), ".md"),
    **dict.fromkeys(("markdown_github", "markdown_mmd", "markdown_phpextra", "markdown_strict"), ".md"),
    **dict.fromkeys(("docbook", "docbook4", "docbook5", "opendocument", "tei"), ".xml"),
    **dict.fromkeys(("jats", "jats_archiving", "jats_articleauthoring", "jats_publishing"), ".xml"),
    **dict.fromkeys(("dzslides", "html4", "html5", "revealjs", "s5", "slideous", "slidy"), ".html"),
    **dict.fromkeys(("ansi", "plain", "vimdoc"), ".txt"),
    **dict.fromkeys(("epub2", "epub3"), ".epub"),
    "chunkedhtml": ".zip",
    "djot": ".dj",
    "man": ".1",
    "mediawiki": ".wiki",
    "texinfo": ".texi",
    "typst": ".typ",
}
"""Writer → suffix of its files, where the suffix is not the writer's name."""

_SMART = frozenset({"beamer", "commonmark_x", "context", "dokuwiki", "latex", "markdown", "opml", "textile", "typst"})
"""Writers with the extension `smart`, which would write curly quotes as straight ones."""

_RAW_PHOTOS = frozenset({"icml", "opendocument", "org", "rtf", "typst"})
"""Writers that drop alternative texts, although their formats have them."""

_WITHOUT_ALTERNATIVE_TEXTS = frozenset({"bbcode_phpbb", "context"})
"""Writers of formats whose photos have no alternative texts."""

_FIGURE_CAPTIONS: dict[str, Literal["of one photo", "none"]] = {
    **dict.fromkeys(("asciidoc", "asciidoc_legacy", "asciidoctor", "docbook4"), "of one photo"),
    **dict.fromkeys(("fb2", "jira", "markdown_mmd", "mediawiki", "pptx", "vimdoc", "xwiki"), "none"),
}
"""Writer → `PandocWriter.figure_captions`, if it drops the captions of other figures."""

_FRAGMENTS = frozenset(name for name, suffix in _SUFFIXES.items() if suffix == ".md")
"""Writers called without `--standalone`: it adds a metadata block, which many Markdown readers show as text."""

_WITHOUT_TABLES = frozenset(
    {
        *("bbcode", "bbcode_fluxbb", "bbcode_hubzilla", "bbcode_phpbb", "bbcode_steam", "bbcode_xenforo"),
        *("markua", "vimdoc"),
    }
)
"""Writers that drop tables; that of Vim drops those with spans."""

_TABLE_CAPTIONS: dict[str, Literal["with spans", "none"]] = {
    **dict.fromkeys(("commonmark", "gfm"), "with spans"),  # as HTML; tables of Markdown have none
    **dict.fromkeys(("djot", "jira", "muse", "tei", "xwiki"), "none"),
}
"""Writer → `PandocWriter.table_captions`, if it drops the captions of other tables."""

_ESCAPING: dict[str, Callable[[object], object]] = {
    **dict.fromkeys(("commonmark", "gfm"), escaping.escape_markdown),
    "latex": escaping.escape_latex,
}
"""Writer of Markdown or LaTeX besides `md` and `tex` → the function that escapes the text of its tree."""

_NESTING: dict[str, Callable[[object], object]] = {
    **dict.fromkeys(("asciidoc", "asciidoc_legacy", "asciidoctor"), nesting.tables_outside_tables),
    "bbcode_fluxbb": nesting.quotations_at_top_level,
    **dict.fromkeys(
        ("context", "docbook", "docbook4", "docbook5", "fb2", "tei"),
        nesting.headings_at_top_level,
    ),
    "org": nesting.org_attributes_outside_tables,
    "pptx": nesting.tables_at_top_level,
    "zimwiki": nesting.words_outside_links,
}
"""Writer that drops something inside other blocks → the function that replaces it."""

_FULLY_ESCAPED = frozenset(
    {
        *("chunkedhtml", "dzslides", "epub2", "epub3", "html4", "html5", "revealjs", "s5", "slideous", "slidy"),
        *("docbook", "docbook4", "docbook5", "fb2", "icml", "opendocument", "pptx", "tei", "xml"),
        *("jats", "jats_archiving", "jats_articleauthoring", "jats_publishing"),
        *("ansi", "native", "plain", "rtf"),
    }
)
"""Writers in whose output no text of a page can become markup: pandoc escapes all special characters, or there are
none.

In other languages pandoc leaves some markup unescaped, such as `{{x}}` in MediaWiki and `@@html:<b>@@` in Org.
"""

_BIBLIOGRAPHIES = frozenset({"bibtex", "biblatex", "csljson"})
"""Writers of bibliographies, which drop the whole text without a warning."""


def pandoc_writer(target: str) -> PandocWriter:
    """Return the writer of format `target`.

    Raises UsageError, which suggests other formats, if there is no such format. Raises ToolMissing if only pandoc knows
    whether there is one, and pandoc is not installed.
    """
    if target in WRITERS:
        return WRITERS[target]
    others = _other_writers()
    if target not in others:
        known = (*EMITTERS, *WRITERS, *others)
        near = get_close_matches(target, known, n=1)
        common = f"take one of {', '.join((*EMITTERS, *WRITERS))}, or any other writer of pandoc by its name"
        raise UsageError(f"there is no format {target!r}", what_next=f"did you mean {near[0]!r}?" if near else common)
    return PandocWriter(
        to=f"{target}-smart" if target in _SMART else target,
        suffix=_writer_suffix(target),
        photos=place_of_photos(target),
        raw_photos=target if target in _RAW_PHOTOS else "",
        alternative_texts=target not in _WITHOUT_ALTERNATIVE_TEXTS,
        standalone=target not in _FRAGMENTS,
        heading_ids=target not in _FRAGMENTS,
        tables=target not in _WITHOUT_TABLES,
        table_captions=_TABLE_CAPTIONS.get(target, "all"),
        figure_captions=_FIGURE_CAPTIONS.get(target, "all"),
        transform=_ESCAPING.get(target) or _NESTING.get(target) or _unchanged,
        guarded=target in _FULLY_ESCAPED or target in _ESCAPING,
    )


def writers_of_suffix(suffix: str) -> tuple[str, ...]:
    """Return the formats of `WRITERS` whose files have this suffix, else all other such pandoc writers.

    Raises ToolMissing if no format of `WRITERS` has the suffix and pandoc is not installed.
    """
    named = tuple(name for name, writer in WRITERS.items() if writer.suffix == suffix)
    return named or tuple(name for name in _other_writers() if _writer_suffix(name) == suffix)


def _other_writers() -> list[str]:
    """Return the pandoc writers that users can name as formats, apart from those in `EMITTERS` and `WRITERS`."""
    return sorted(set(writer_names()) - _BIBLIOGRAPHIES - set(EMITTERS) - set(WRITERS))


def _writer_suffix(name: str) -> str:
    return _SUFFIXES.get(name, f".{name}")
