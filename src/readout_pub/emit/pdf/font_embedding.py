"""Fonts in the PDF: subsets of the glyphs that are shown, CMaps for glyphs with new IDs, complete ToUnicode CMaps.

WeasyPrint's subsets keep every glyph ID, with empty glyphs for those that are not shown. For the 65,535 glyphs of a CJK
font, that takes longer than everything else on a page (decision 13). Here the glyphs of such a font get new IDs: 1, 2,
3 and so on. The pages still write the original glyph IDs, and a CMap maps these to the new ones.

Such a font is CID-keyed (Adobe technical note 5176): each glyph has a CID besides its glyph ID. Readers have to look up
glyphs by CID (ISO 32000, 9.7.4.2), but some use the glyph ID. So each CID is made equal to the new glyph ID.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pydyf

if TYPE_CHECKING:
    import uharfbuzz

_POSTSCRIPT_OUTLINES = "CFF "
"""The table of fonts with PostScript outlines. Such fonts of this package and its extras are all CID-keyed."""

_UNUSED_TABLES = (
    *("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ", "VORG"),
    *("cmap", "post", "vhea", "vmtx"),
)
"""Tables that PDF readers do not need, since our pages contain glyph IDs, not characters (ISO 32000, 9.9).

"name" stays: WeasyPrint needs it to make a static font of a variable one.
"""

_MAX_CMAP_BLOCK = 100
"""How many mappings a block of a CMap may have (Adobe technical note 5014)."""

_CMAP_NAME = "Original-Glyph-IDs"

_CMAP = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def /Supplement 0 def end def
/CMapName /{name} def
/CMapType 1 def
/WMode 0 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{mappings}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""

_TO_UNICODE_START = b"/CIDInit /ProcSet findresource begin"
"""The first line of each ToUnicode CMap that WeasyPrint writes."""

_NO_TEXT = b"<>"
_ZERO_WIDTH_SPACE = b"<200b>"


class FontFile(NamedTuple):
    """The bytes of a font file, and HarfBuzz's face of it."""

    content: bytes
    face: uharfbuzz.Face


class Subset(NamedTuple):
    """A font file with the glyphs that are shown.

    `original_gids` are the original glyph IDs in the order of the new ones; None if they did not change.
    """

    content: bytes
    original_gids: Sequence[int] | None


def open_font(content: bytes, index: int = 0) -> FontFile:
    """Return the font in `content`; if it is a collection, the font at position `index`."""
    import uharfbuzz

    return FontFile(content, uharfbuzz.Face(content, index))


def open_glyphs(file: FontFile) -> uharfbuzz.Font:
    """Return the HarfBuzz font of `file`, which maps characters to glyphs."""
    import uharfbuzz

    return uharfbuzz.Font(file.face)


def subset_font(file: FontFile, gids: Collection[int], *, hinting: bool = False, keep_notdef: bool = False) -> Subset:
    """Return a font with those glyphs of `file` whose IDs are in `gids`, and with their components.

    `keep_notdef` keeps the outline of glyph 0, the box for a missing glyph. `hinting` keeps the instructions for
    drawing on coarse screens.
    """
    import uharfbuzz
    from uharfbuzz import SubsetFlags

    renumbers = _POSTSCRIPT_OUTLINES in file.face.table_tags
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(sorted(gids))
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _UNUSED_TABLES)
    wanted.flags = (
        SubsetFlags.PASSTHROUGH_UNRECOGNIZED
        | SubsetFlags.DESUBROUTINIZE
        | (0 if hinting else SubsetFlags.NO_HINTING)
        | (SubsetFlags.CFF_IDENTITY_CHARSET if renumbers else SubsetFlags.RETAIN_GIDS)
        | (SubsetFlags.NOTDEF_OUTLINE if keep_notdef else 0)
    )
    content = uharfbuzz.subset(file.face, wanted).blob.data
    count = file.face.glyph_count
    # WeasyPrint numbers missing glyphs from `count` on.
    return Subset(content, sorted({0, *(gid for gid in gids if gid < count)}) if renumbers else None)


def add_cmaps(pdf: pydyf.PDF, renumbered: Mapping[bytes, Sequence[int]]) -> None:
    """Give each font of `pdf` whose glyph IDs changed a CMap from original to new IDs, and renumber its widths.

    `renumbered` is BaseFont → original glyph IDs in the order of the new ones.
    """
    for item in list(pdf.objects):
        original_gids = renumbered.get(item.get("BaseFont")) if isinstance(item, pydyf.Dictionary) else None
        if original_gids is None:
            continue
        if item["Subtype"] == "/Type0":
            item["Encoding"] = _add_cmap(pdf, original_gids)
        else:
            item["W"] = _renumber_widths(item["W"], original_gids)


def _add_cmap(pdf: pydyf.PDF, original_gids: Sequence[int]) -> bytes:
    """Add a CMap from original to new glyph IDs to `pdf`; return the reference to it."""
    lines = [f"<{original:04x}> {new}" for new, original in enumerate(original_gids)]
    starts = range(0, len(lines), _MAX_CMAP_BLOCK)
    blocks = [lines[start : start + _MAX_CMAP_BLOCK] for start in starts]
    mappings = "\n".join("\n".join((f"{len(block)} begincidchar", *block, "endcidchar")) for block in blocks)
    system = pydyf.Dictionary(
        {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
    )
    entries = {"Type": "/CMap", "CMapName": f"/{_CMAP_NAME}", "CIDSystemInfo": system}
    cmap = pydyf.Stream([_CMAP.format(name=_CMAP_NAME, mappings=mappings).encode()], entries, compress=True)
    pdf.add_object(cmap)
    reference: bytes = cmap.reference
    return reference


def _renumber_widths(widths: pydyf.Array, original_gids: Sequence[int]) -> pydyf.Array:
    """Return the W array `widths`, [first glyph ID, [width, width, …], first glyph ID, …], with new glyph IDs."""
    rows = zip(widths[::2], widths[1::2], strict=True)
    known = {first + offset: width for first, row in rows for offset, width in enumerate(row)}
    renumbered = pydyf.Array()
    for new, original in enumerate(original_gids):
        if original in known:
            if not renumbered or renumbered[-2] + len(renumbered[-1]) != new:
                renumbered.extend((new, pydyf.Array()))
            renumbered[-1].append(known[original])
    return renumbered


def complete_to_unicode(pdf: pydyf.PDF) -> None:
    """Map every glyph of the ToUnicode CMaps in `pdf` to a text, as PDF/A requires.

    If several glyphs stand for one text, such as the dots after a title that is cut off, WeasyPrint maps all but the
    last to an empty string. It becomes U+200B ZERO WIDTH SPACE.
    """
    for item in pdf.objects:
        lines = getattr(item, "stream", None)
        if lines and lines[0] == _TO_UNICODE_START:
            item.stream = [
                line.removesuffix(_NO_TEXT) + _ZERO_WIDTH_SPACE if line.endswith(b" " + _NO_TEXT) else line
                for line in lines
            ]
