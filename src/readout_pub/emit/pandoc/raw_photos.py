"""Photos as raw markup with their alternative texts, in formats for which pandoc's writers drop these."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import unquote

from readout_pub.emit.markup.inlines import escape
from readout_pub.emit.pandoc.nodes import Node, node

if TYPE_CHECKING:
    from readout_pub.emit.pandoc.photos import PrintedSize, WrittenImage

_ODT_FRAME = (
    '<draw:frame{style} text:anchor-type="as-char" svg:width="{width:.2f}pt" svg:height="{height:.2f}pt">'
    '<draw:image xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
    "{title}</draw:frame>"
)

_ICML_FRAME = """<CharacterStyleRange AppliedCharacterStyle="$ID/NormalCharacterStyle">
<Rectangle Self="uec" StrokeWeight="0" ItemTransform="1 0 0 1 {x:g} -{y:g}">
<Properties><PathGeometry><GeometryPathType PathOpen="false"><PathPointArray>
{points}
</PathPointArray></GeometryPathType></PathGeometry></Properties>
<ObjectExportOption AltTextSourceType="SourceCustom" CustomAltText="{alt}" />
<Image Self="ue6" ItemTransform="1 0 0 1 -{x:g} -{y:g}">
<Properties><Profile type="string">$ID/Embedded</Profile>
<GraphicBounds Left="0" Top="0" Right="{width:g}" Bottom="{height:g}" /></Properties>
<Link Self="ueb" LinkResourceURI="file:{address}" />
</Image>
</Rectangle>
</CharacterStyleRange>"""
_ICML_POINT = '<PathPointType Anchor="{at}" LeftDirection="{at}" RightDirection="{at}" />'

_RTF_PICTURE = (
    r"{{\pict{{\*\picprop{{\sp{{\sn wzDescription}}{{\sv {alt}}}}}}}\{kind}blip\picw{width}\pich{height}"
    "\\picwgoal{goal_width}\\pichgoal{goal_height} {data}}}"
)
_NOT_PLAIN_RTF = re.compile(r"[^ -\[\]-z|~]")


def raw_photo(raw: str, image: WrittenImage, size: PrintedSize, alt: str) -> Node:
    """Return a photo in pandoc's raw format `raw`, with `alt`."""
    return node("RawInline", raw, _MARKUP[raw](image, size, alt))


def _odt_frame(image: WrittenImage, size: PrintedSize, alt: str) -> str:
    return _ODT_FRAME.format(
        style="" if alt else ' draw:style-name="Decorative"',
        title=f"<svg:title>{escape(alt)}</svg:title>" if alt else "",
        address=image.url,
        width=size.width,
        height=size.height,
    )


def _icml_frame(image: WrittenImage, size: PrintedSize, alt: str) -> str:
    x, y = size.width / 2, size.height / 2
    corners = (f"{-x:g} {-y:g}", f"{-x:g} {y:g}", f"{x:g} {y:g}", f"{x:g} {-y:g}")
    return _ICML_FRAME.format(
        x=x,
        y=y,
        width=size.width,
        height=size.height,
        points="\n".join(_ICML_POINT.format(at=corner) for corner in corners),
        alt=escape(alt),
        address=escape(image.url),
    )


def _rtf_picture(image: WrittenImage, size: PrintedSize, alt: str) -> str:
    is_jpeg = image.media_type == "image/jpeg"
    return _RTF_PICTURE.format(
        alt=_rtf_text(alt),
        kind="jpeg" if is_jpeg else "png",
        width=image.width,
        height=image.height,
        goal_width=round(size.width * 20),
        goal_height=round(size.height * 20),
        data=(_as_png(image.data) if image.media_type == "image/gif" else image.data).hex(),
    )


def _as_png(data: bytes) -> bytes:
    """Return a photo in GIF as PNG: RTF cannot contain GIF."""
    from PIL import Image

    png = io.BytesIO()
    Image.open(io.BytesIO(data)).convert("RGBA").save(png, "PNG", optimize=True)
    return png.getvalue()


def _rtf_text(text: str) -> str:
    return _NOT_PLAIN_RTF.sub(_rtf_character, text)


def _rtf_character(found: re.Match[str]) -> str:
    """Return a character as its units of UTF-16, which RTF writes as signed numbers."""
    units = found[0].encode("utf-16-le")
    pairs = (units[start : start + 2] for start in range(0, len(units), 2))
    return "".join(f"\\u{int.from_bytes(pair, 'little', signed=True)}?" for pair in pairs)


def _typst_image(image: WrittenImage, _: PrintedSize, alt: str) -> str:
    described = f", alt: {_typst_string(alt)}" if alt else ""
    return f"#image({_typst_string(unquote(image.url))}{described})"


def _typst_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _org_link(image: WrittenImage, _: PrintedSize, alt: str) -> str:
    """Return a photo as a paragraph of its own: the line with its text is for the whole paragraph."""
    return f"#+attr_html: :alt {alt}\n[[file:{image.url}]]\n\n" if alt else f"[[file:{image.url}]]"


_MARKUP: dict[str, Callable[[WrittenImage, PrintedSize, str], str]] = {
    "icml": _icml_frame,
    "opendocument": _odt_frame,
    "org": _org_link,
    "rtf": _rtf_picture,
    "typst": _typst_image,
}
"""Pandoc's raw format → the function that returns the markup of a photo."""
