"""Tools for authors of themes: each fault is reported with its place; for a faint colour, a better one is named."""

from __future__ import annotations

import io
import os
import re
from base64 import b64decode
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from readout_pub import RenderOptions, convert
from readout_pub.emit.pdf.logo import draw_logo
from readout_pub.errors import OutputError, ThemeError, UsageError
from readout_pub.theme_tools import SPECIMEN, check_theme, contrast_faults, draft_theme, preview_theme
from readout_pub.themes import MAX_FILE, THEME_FILE, contrast, load_theme, theme_names
from tests.emit.pdf.test_fonts import SHIPPED, renamed_font
from tests.pages import png

LATIN = next(path for path in SHIPPED if path.stem == "NotoSerif-Regular")


@pytest.fixture(scope="module", name="drafted_theme")
def _drafted_theme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("themes") / "avalon"
    draft_theme(folder)
    return folder


@pytest.fixture(name="theme")
def _theme(tmp_path: Path) -> Path:
    folder = tmp_path / "avalon"
    draft_theme(folder)
    return folder


def add(theme: Path, toml: str) -> None:
    path = theme / THEME_FILE
    path.write_text(path.read_text("utf-8") + toml, "utf-8")


def messages(theme: Path) -> list[str]:
    return [f"{each.severity} {each.where}: {each.message}" for each in check_theme(str(theme))]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.slow
def test_no_fault_is_found_in_a_new_theme(drafted_theme: Path) -> None:
    assert messages(drafted_theme) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({*theme_names()} - {"readable"}))
def test_our_themes_except_readable_have_no_fault(name: str) -> None:
    assert check_theme(name) == []


@pytest.mark.slow
def test_the_sans_font_is_the_only_fault_of_the_readable_theme() -> None:
    assert {each.where for each in check_theme("readable")} == {"fonts.sans"}


def test_a_drafted_theme_has_the_given_name_and_base(tmp_path: Path) -> None:
    paths = draft_theme(tmp_path / "x", 'The "Foreign" Office', "gazette")
    assert [path.name for path in paths] == ["logo.svg", "theme.css", "theme.toml"]
    text = (tmp_path / "x" / THEME_FILE).read_text("utf-8")
    assert 'name = "The \\"Foreign\\" Office"' in text
    assert 'extends = "gazette"' in text


@pytest.mark.parametrize("base", theme_names())
def test_a_draft_can_extend_each_of_our_themes(base: str, tmp_path: Path) -> None:
    draft_theme(tmp_path / "x", extends=base)
    assert load_theme(str(tmp_path / "x")).css.startswith(load_theme(base).css)


def test_a_theme_in_a_folder_with_an_odd_name_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / 'new\nline "x" \\u'
    draft_theme(folder)
    assert "\\n" in load_theme(str(folder)).name


def test_a_draft_replaces_no_file(theme: Path) -> None:
    with pytest.raises(OutputError, match="this file exists; name another folder"):
        draft_theme(theme)


def test_a_draft_that_extends_an_unknown_theme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no theme 'baroque'; take one of gazette"):
        draft_theme(tmp_path / "other", extends="baroque")


@pytest.mark.slow
def test_faint_text_is_reported_with_a_colour_of_enough_contrast(theme: Path) -> None:
    add(theme, '\n[colours.print]\nquiet = "#777777"\nvisited = "#5f6670"\n')
    (first, second, third) = messages(theme)
    assert first.startswith("error colours.print.quiet: #777777 has a contrast of 4.47:1 to the paper #ffffff;")
    assert first.endswith("recommends 7:1, which #595959 has")
    assert second.startswith("warning colours.print.visited: #5f6670 has a contrast of 5.79:1")
    assert third.startswith("warning epub: the book claims no conformance")


def test_lighter_paper_is_recommended_if_no_colour_has_enough_contrast(theme: Path) -> None:
    add(theme, '\n[colours.print]\npaper = "#8a8a8a"\n')
    found = [each.message for each in contrast_faults(load_theme(str(theme))) if each.where == "colours.print.ink"]
    assert [each.partition("recommends ")[2] for each in found] == [
        "7:1; no colour has that on this paper: make the paper lighter"
    ]


@pytest.mark.slow
def test_missing_faces_and_glyphs_of_a_font_are_reported(theme: Path) -> None:
    renamed_font(LATIN, theme / "fonts", "Avalonia", keep="ABCDEabcdefghijklmnopqrstuvwxyz .,0123456789é–")
    add(theme, '\n[fonts]\nserif = ["Avalonia", "Noto Serif", "serif"]\n')
    found = messages(theme)
    assert any(each.startswith("warning fonts.serif: Avalonia has no ") for each in found)
    assert any("has no glyphs for 90 of 90 characters of Vietnamese (Ạạ" in each for each in found)


def test_a_font_that_is_not_installed_is_an_error(theme: Path) -> None:
    add(theme, '\n[fonts]\nserif = ["Avalonia"]\n')
    (only,) = messages(theme)
    assert only.startswith(
        "error fonts: the theme is set in Avalonia, and this font is not installed; put its files in"
    )


@pytest.mark.slow
def test_lines_that_are_too_long_are_reported(theme: Path) -> None:
    add(theme, '\n[page]\nmargin-left = "20mm"\nmargin-right = "20mm"\n')
    (only,) = messages(theme)
    assert only.startswith("warning page: a line holds 95 letters of 10.5 points; WCAG recommends 80 at most")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("logo", "complaint"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "error logo.svg: the svg element has no viewBox"),
        ('<svg viewBox="0 0 1 1"><script>x</script></svg>', "error logo.svg: it contains '<script'"),
        ('<svg viewBox="0 0 1 1"><image href="http://avalon.example/x.png"/></svg>', "refers to no other file"),
        ('<svg viewBox="0 0 1 1" onload="x"/>', "error logo.svg: it contains 'onload='"),
        ('<svg viewBox="0 0 1 1"><text>MFA</text></svg>', "warning logo.svg: readers may lack the fonts of its text"),
    ],
)
def test_a_fault_of_a_logo_is_reported(theme: Path, logo: str, complaint: str) -> None:
    (theme / "logo.svg").write_text(logo, "utf-8")
    assert any(complaint in each for each in messages(theme))


TENFOLD = '<g id="a0"/>' + "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 13))
"""An empty group, and twelve groups that each draw the group before them ten times."""


@pytest.mark.parametrize(
    ("logo", "complaint"),
    [
        ("<svg", "this is not valid SVG: "),
        ("<html/>", "this is not SVG: its root is not svg; export it as SVG"),
        ('<!DOCTYPE svg [<!ENTITY a "aa">]><svg>&a;</svg>', "an SVG with entities is not shown"),
        (f"<svg>{' ' * MAX_FILE}</svg>", "this file has more than 5 MB"),
        *(
            (f"<svg>{elements}</svg>", "its elements use each other in a circle, or so often that more than 50,000")
            for elements in (TENFOLD, '<g id="a"><use href="#a"/></g>')
        ),
        *(
            (f'<svg viewBox="{box}"/>', f"its viewBox '{box}' does not consist of")
            for box in ("a b", "0 0 9", "0 0 0 1")
        ),
    ],
)
def test_a_logo_that_cannot_be_shown_is_refused(theme: Path, logo: str, complaint: str) -> None:
    (theme / "logo.svg").write_text(logo, "utf-8")
    with pytest.raises(ThemeError, match=f"logo.svg: {re.escape(complaint)}"):
        load_theme(str(theme))


@pytest.mark.slow
def test_a_logo_may_be_png(theme: Path) -> None:
    (theme / "logo.svg").unlink()
    (theme / "logo.png").write_bytes(png(200, 80, "#c00000"))
    assert messages(theme) == []
    drawn = draw_logo(load_theme(str(theme)).logo or b"")
    image = Image.open(io.BytesIO(drawn.png)).convert("RGBA")
    assert drawn.width / drawn.height == pytest.approx(200 / 80)
    assert image.getpixel((image.width // 2, image.height // 2)) == (192, 0, 0, 255)


def test_two_logos_are_refused(theme: Path) -> None:
    (theme / "logo.png").write_bytes(png(8, 8, "#c00000"))
    with pytest.raises(ThemeError, match=r"logo\.png: there is a logo\.svg, too, and a theme has one logo; remove one"):
        load_theme(str(theme))


def test_a_png_logo_loses_its_metadata(theme: Path) -> None:
    (theme / "logo.svg").unlink()
    text = PngInfo()
    text.add_text("Author", "Secret Name")
    Image.new("RGB", (8, 8), "#c00000").save(theme / "logo.png", pnginfo=text)
    logo = load_theme(str(theme)).logo or b""
    found = re.search(rb"base64,([^\"]+)", logo)
    assert found
    assert b"Secret Name" not in b64decode(found[1])


def test_an_svg_named_logo_png_is_refused(theme: Path) -> None:
    (theme / "logo.svg").rename(theme / "logo.png")
    with pytest.raises(ThemeError, match=r"logo\.png: this is not a whole PNG image; export it again"):
        load_theme(str(theme))


def test_a_logo_that_is_the_start_of_a_png_is_refused(theme: Path) -> None:
    (theme / "logo.svg").unlink()
    (theme / "logo.png").write_bytes(png(200, 80, "#c00000")[:50])  # the size, and a few bytes of the pixels
    with pytest.raises(ThemeError, match=r"logo\.png: this is not a whole PNG image; export it again"):
        load_theme(str(theme))


def test_a_utf_16_svg_logo_with_entities_is_refused(theme: Path) -> None:
    logo = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE svg [<!ENTITY a SYSTEM "file:///a.txt">]><svg>&a;</svg>'
    (theme / "logo.svg").write_text(logo, "utf-16")
    with pytest.raises(ThemeError, match="an SVG with entities is not shown"):
        load_theme(str(theme))


@pytest.mark.parametrize("part", ["theme.toml", "theme.css", "logo.svg", "fonts", "fonts/a.ttf", "fonts/more"])
def test_a_link_out_of_the_folder_of_a_theme_is_refused(theme: Path, part: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (theme / part).unlink(missing_ok=True)
    (theme / part).parent.mkdir(exist_ok=True)
    (theme / part).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ThemeError, match=f"{part}: it is a link that leads out of the folder of the theme; copy"):
        load_theme(str(theme))


def test_a_pipe_in_a_theme_is_refused_without_waiting(theme: Path) -> None:
    (theme / "theme.css").unlink()
    os.mkfifo(theme / "theme.css")
    with pytest.raises(ThemeError, match=r"theme\.css: it is neither a file nor a folder"):
        load_theme(str(theme))


@pytest.mark.parametrize("form", ["epub", "pdf"])
def test_a_damaged_font_of_a_theme_is_reported(theme: Path, form: str) -> None:
    (theme / "fonts").mkdir()
    (theme / "fonts" / "a.ttf").write_bytes(b"\0\1\0\0" + b"\xff" * 1000)
    add(theme, '\n[fonts]\nserif = ["Avalonia"]\n')
    with pytest.raises(ThemeError, match=r"a\.ttf: this font cannot be read"):
        convert(SPECIMEN, [form], render_options=RenderOptions(theme=str(theme)))


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ('[size]\nprint = "99999pt"', "'size.print' must be points"),
        ('[size]\nprint = "0pt"', "'size.print' must be points"),
        (
            '[size]\nh2 = "0rem"',
            "'size.h2' must be a multiple of the size of body text",
        ),
        ("[line]\nleading = inf", "'line.leading' must be at most 10.0"),
        ("[line]\nleading = nan", "'line.leading' must be at least 0.1"),
        ('[page]\nmargin-left = "200mm"', "the margins left and right leave less than 20mm of 210mm for the text"),
        (
            '[page]\ncolumns = 2\nfootnotes = "foot"',
            "text in two columns cannot have its footnotes at the foot of pages",
        ),
        ('[footer]\ntext = {en = "a\\u0000b"}', "must be one line without control characters"),
        ("[fonts]\nserif = ['a\"; } p { color: red']", "must be the name of a family of fonts, such as"),
        ("x = " + "[" * 5000, "this is not valid TOML"),
    ],
)
def test_an_invalid_theme_toml_is_refused(theme: Path, toml: str, complaint: str) -> None:
    text = (theme / THEME_FILE).read_text("utf-8")
    table = toml.partition("\n")[0]
    (theme / THEME_FILE).write_text(
        text.replace(table, toml, 1) if f"\n{table}" in text else f"{text}\n{toml}\n", "utf-8"
    )
    with pytest.raises(ThemeError, match=re.escape(complaint)):
        load_theme(str(theme))


@pytest.mark.slow
def test_an_unknown_css_property_is_reported(theme: Path) -> None:
    (theme / "theme.css").write_text("h1 { colour: red; }\n", "utf-8")
    assert any("colour" in each for each in messages(theme))


def test_a_style_sheet_that_is_not_utf_8_is_refused(theme: Path) -> None:
    (theme / "theme.css").write_bytes(b"h1 { content: '\xff' }")
    with pytest.raises(ThemeError, match=r"theme\.css: this is not UTF-8 text; save it in UTF-8"):
        check_theme(str(theme))


@pytest.mark.slow
def test_a_preview_has_every_format_that_is_asked_for(theme: Path, tmp_path: Path) -> None:
    paths = preview_theme(str(theme), None, ("html", "epub"), tmp_path / "out")
    assert [path.name for path in paths] == ["preview.html", "preview.epub"]
    assert b"#0b2f5b" in paths[0].read_bytes()
