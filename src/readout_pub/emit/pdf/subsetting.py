"""Fonts cut to the glyphs that a PDF shows, in place of WeasyPrint's own way: faster, smaller, found by every reader.

WeasyPrint keeps the place of each glyph in the file, with nothing in the thousands of places between. For the 65,535
glyphs of a font for Chinese, Japanese and Korean that takes longer than all else of a page. Here the glyphs of such a
font stand close together, and the PDF has a table that leads from what its pages write, the old place, to the new one.

Besides its place each glyph of such a font ("CID-keyed", Adobe technical note 5176) has a number. By the standard (ISO
32000, 9.7.4.2) a reader goes by the number; some go by the place. So the two are made the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from readout_pub.emit.pdf.patching import patched

if TYPE_CHECKING:
    import pydyf
    import uharfbuzz
    from weasyprint.pdf.fonts import Font

OUTLINES = "CFF "
"""The table of an OpenType font that has PostScript outlines. Those that ship and those of extras are CID-keyed."""

USELESS = (
    *("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ", "VORG"),
    *("cmap", "post", "vhea", "vmtx"),
)
"""Tables that no reader of PDF asks, where a page names glyphs and not characters (ISO 32000, 9.9).

"name" is no better, but it takes it to make a static font of a variable one.
"""

VARIABLE = "fvar"
"""The table of a font of all weights. WeasyPrint fixes the weight after the cut, for which it needs the names."""

CODES_AT_ONCE = 100
"""How many codes a table of them may list at a time (Adobe technical note 5014)."""

CODES = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def /Supplement 0 def end def
/CMapName /Old-Places def
/CMapType 1 def
/WMode 0 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{places}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


class FontFile(NamedTuple):
    """A font file: WeasyPrint's handle on it, kept so that no other font has its address; its content; its reader."""

    handle: object
    content: bytes
    face: uharfbuzz.Face


_files: dict[int, FontFile] = {}
"""Address of WeasyPrint's handle → the font, of all fonts that this process has shown. Pango keeps their handles."""


class Cut(NamedTuple):
    """A font that has been cut, and the old places of its glyphs, in the order of the new ones; None if they stayed."""

    font: bytes
    places: Sequence[int] | None


@contextmanager
def patched_subsetting(weasyprint: ModuleType) -> Iterator[Subsets]:
    """Let the fonts of what is written in this context be cut by us. Their files are read once in a process."""
    fonts, subsets = weasyprint.pdf.fonts, Subsets()

    def content(handle: object) -> bytes:
        return _file(weasyprint, handle).content

    def subset(font: Font, to_unicode: Mapping[int, str], hinting: bool) -> None:  # noqa: FBT001 - WeasyPrint's order
        made = cut(_file(weasyprint, font.hb_face), to_unicode, hinting=hinting, blank_shown=bool(font.missing))
        font.file_content = made.font
        if made.places is not None:
            subsets.moved[font.name] = made.places

    with (
        patched(fonts, "get_hb_object_data", ("hb_object", "ot_color", "glyph"), content),
        patched(fonts.Font, "subset", ("self", "to_unicode", "hinting"), subset),
    ):
        yield subsets


def _file(weasyprint: ModuleType, handle: object) -> FontFile:
    ffi = weasyprint.text.ffi.ffi
    address = int(ffi.cast("uintptr_t", handle))
    if address not in _files:
        content = weasyprint.text.fonts.get_hb_object_data(handle)
        index = weasyprint.text.ffi.harfbuzz.hb_face_get_index(handle)
        _files[address] = font_file(content, index, handle)
    return _files[address]


def font_file(content: bytes, index: int = 0, handle: object = None) -> FontFile:
    """Open a font; `index` is its place in a collection."""
    import uharfbuzz

    return FontFile(handle, content, uharfbuzz.Face(content, index))


def cut(file: FontFile, glyphs: Collection[int], *, hinting: bool = False, blank_shown: bool = False) -> Cut:
    """Return a font with these `glyphs` of `file`, by their places, and those that they are made of.

    With `blank_shown` the box that stands for missing glyphs is kept too.
    """
    import uharfbuzz
    from uharfbuzz import SubsetFlags

    moving = OUTLINES in file.face.table_tags
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(sorted(glyphs))
    useless = set(USELESS) - ({"name"} if VARIABLE in file.face.table_tags else set())
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in useless)
    wanted.flags = (
        SubsetFlags.PASSTHROUGH_UNRECOGNIZED
        | SubsetFlags.DESUBROUTINIZE
        | (0 if hinting else SubsetFlags.NO_HINTING)
        | (SubsetFlags.CFF_IDENTITY_CHARSET if moving else SubsetFlags.RETAIN_GIDS)
        | (SubsetFlags.NOTDEF_OUTLINE if blank_shown else 0)
    )
    font = uharfbuzz.subset(file.face, wanted).blob.data
    count = file.face.glyph_count
    return Cut(font, sorted({0, *(glyph for glyph in glyphs if glyph < count)}) if moving else None)


class Subsets:
    """The fonts of one PDF whose glyphs have moved: `moved` is name → old places, in the order of the new ones."""

    def __init__(self) -> None:
        self.moved: dict[bytes, Sequence[int]] = {}

    def lead(self, pdf: pydyf.PDF) -> None:
        """Let `pdf`, whose pages write the old places, lead to the new ones."""
        import pydyf

        for part in list(pdf.objects):
            places = self.moved.get(part.get("BaseFont")) if isinstance(part, pydyf.Dictionary) else None
            if places is None:
                continue
            if part["Subtype"] == "/Type0":
                part["Encoding"] = _codes(pdf, places)
            else:
                part["W"] = _widths(part["W"], places)


def _codes(pdf: pydyf.PDF, places: Sequence[int]) -> bytes:
    """Add the table that leads from old places to new ones, and return its reference."""
    import pydyf

    lines = [f"<{place:04x}> {new}" for new, place in enumerate(places)]
    starts = range(0, len(lines), CODES_AT_ONCE)
    some = [lines[start : start + CODES_AT_ONCE] for start in starts]
    listed = "\n".join("\n".join((f"{len(each)} begincidchar", *each, "endcidchar")) for each in some)
    system = pydyf.Dictionary(
        {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
    )
    facts = {"Type": "/CMap", "CMapName": "/Old-Places", "CIDSystemInfo": system}
    table = pydyf.Stream([CODES.format(places=listed).encode()], facts, compress=True)
    pdf.add_object(table)
    reference: bytes = table.reference
    return reference


def _widths(old: pydyf.Array, places: Sequence[int]) -> pydyf.Array:
    """Return the widths of the new places from those of the old ones: [first, [width, width, …], first, …]."""
    import pydyf

    rows = zip(old[::2], old[1::2], strict=True)
    known = {first + nth: width for first, row in rows for nth, width in enumerate(row)}
    widths = pydyf.Array()
    for new, place in enumerate(places):
        if place in known:
            if not widths or widths[-2] + len(widths[-1]) != new:
                widths.extend((new, pydyf.Array()))
            widths[-1].append(known[place])
    return widths
