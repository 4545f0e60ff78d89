"""The formats that pandoc writes for us: which writer, which file, and what each of them can express."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Literal

import msgspec

from readout_pub.emit import EMITTERS
from readout_pub.emit.pandoc import escaping, rst
from readout_pub.emit.pandoc.numbering import DELIMITERS, STYLES, Numbering
from readout_pub.emit.pandoc.program import writer_names
from readout_pub.errors import UsageError


def _unchanged(tree: object) -> object:
    return tree


class PandocWriter(msgspec.Struct, frozen=True, kw_only=True):
    """One of pandoc's writers, `to`, with its extensions, and the file that it makes.

    `photos`: "inside" the file always, "beside" it always, or "either" as asked for.
    `front`: series, title and date stand as "text", as pandoc's "metadata" or where our "template" puts them.
    `styled`: paragraphs have styles by name. `heading_ids`: a heading can be the target of a link.
    `tables_in_lists`: an item can hold a table; if not, the list is written as paragraphs.
    `frames`: photos are written by us, and lie in the folder `folder` of the file.
    `styles` and `delimiters` name the numbered lists whose numbers come out as printed.
    """

    to: str
    suffix: str
    media_type: str = "text/plain"
    photos: Literal["inside", "beside", "either"] = "beside"
    front: Literal["text", "metadata", "template"] = "text"
    standalone: bool = True
    styled: bool = False
    frames: bool = False
    folder: str = ""
    styles: frozenset[str] = frozenset()
    delimiters: frozenset[str] = frozenset()
    heading_ids: bool = True
    tables_in_lists: bool = True
    preamble: str = ""
    mend: Callable[[object], object] = _unchanged

    def counts(self, numbering: Numbering) -> bool:
        """Say whether a list counted like this shows exactly the labels that it stands for."""
        return numbering.style in self.styles and numbering.delimiter in self.delimiters


_EVERY_STYLE = frozenset(STYLES)
_EVERY_DELIMITER = frozenset(DELIMITERS)

# Figures stay where the text has them, and no number that the source does not print stands before a caption.
_LATEX_PREAMBLE = "\\usepackage{float}\n\\floatplacement{figure}{H}\n\\usepackage[labelformat=empty]{caption}"

WRITERS: dict[str, PandocWriter] = {
    "docx": PandocWriter(
        to="docx",
        suffix=".docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        photos="inside",
        front="template",
        styled=True,
        styles=_EVERY_STYLE,
        delimiters=_EVERY_DELIMITER,
    ),
    "odt": PandocWriter(
        to="odt",
        suffix=".odt",
        media_type="application/vnd.oasis.opendocument.text",
        photos="inside",
        front="template",
        styled=True,
        frames=True,
        folder="Pictures/",
        tables_in_lists=False,
        styles=_EVERY_STYLE,
        delimiters=_EVERY_DELIMITER,
    ),
    "md": PandocWriter(
        to="gfm",
        suffix=".md",
        media_type="text/markdown",
        photos="either",
        standalone=False,
        heading_ids=False,
        styles=frozenset({"Decimal"}),
        delimiters=frozenset({"Period", "OneParen"}),
        mend=escaping.escape_markdown,
    ),
    "rst": PandocWriter(
        to="rst",
        suffix=".rst",
        media_type="text/x-rst",
        styles=_EVERY_STYLE,
        delimiters=_EVERY_DELIMITER,
        mend=rst.make_rst_safe,
    ),
    "tex": PandocWriter(
        to="latex-smart",
        suffix=".tex",
        media_type="application/x-tex",
        front="metadata",
        styles=_EVERY_STYLE,
        delimiters=_EVERY_DELIMITER,
        preamble=_LATEX_PREAMBLE,
        mend=escaping.escape_latex,
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
"""Where the name of the writer is not what its files end in."""

_SMART = frozenset({"beamer", "commonmark_x", "context", "dokuwiki", "latex", "markdown", "opml", "textile", "typst"})
"""Writers that would turn curly quotes into straight ones and trust the reader's program to turn them back."""

_INSIDE = frozenset({"chunkedhtml", "epub2", "epub3", "fb2", "pptx", "rtf"})

_EITHER = frozenset({"dzslides", "html4", "html5", "revealjs", "s5", "slideous", "slidy"})

_FRAGMENTS = frozenset(name for name, suffix in _SUFFIXES.items() if suffix == ".md")
"""Writers whose whole documents begin with a block of metadata, which Markdown readers show as text."""

_NO_DOCUMENTS = frozenset({"bibtex", "biblatex", "csljson"})
"""Writers of bibliographies: they would drop the whole text without a word. `pdf` is our own."""


def pandoc_writer(target: str) -> PandocWriter:
    """Return the writer of format `target`; a UsageError names the formats and the nearest if there is none."""
    if target in WRITERS:
        return WRITERS[target]
    others = sorted(set(writer_names()) - _NO_DOCUMENTS - set(EMITTERS) - set(WRITERS))
    if target not in others:
        known = (*EMITTERS, *WRITERS, *others)
        near = get_close_matches(target, known, n=1)
        common = f"take one of {', '.join((*EMITTERS, *WRITERS))}, or any other writer of pandoc by its name"
        raise UsageError(f"there is no format {target!r}", what_next=f"did you mean {near[0]!r}?" if near else common)
    return PandocWriter(
        to=f"{target}-smart" if target in _SMART else target,
        suffix=_SUFFIXES.get(target, f".{target}"),
        photos="inside" if target in _INSIDE else "either" if target in _EITHER else "beside",
        standalone=target not in _FRAGMENTS,
        heading_ids=target not in _FRAGMENTS,
    )
