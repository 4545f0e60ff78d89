"""Style sheets: tokens defined once, themes that override them, and colours with enough contrast."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readout_pub.emit import RenderOptions
from readout_pub.errors import ReadoutError, ThemeError, UsageError
from readout_pub.styles import design
from readout_pub.themes import (
    PAPERS,
    FontTokens,
    Footer,
    LineTokens,
    LinkTokens,
    Masthead,
    PageTokens,
    Palette,
    Palettes,
    Paper,
    ScriptTokens,
    SizeTokens,
    SpaceTokens,
    contrast,
    load_theme,
    styles_folder,
    theme_names,
)

ROOT = re.compile(r":root \{([^{}]*)\}")
SIDES = ("margin-top", "margin-right", "margin-bottom", "margin-left")

COLOUR_VALUE = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")


def too_faint(palette: Palette) -> list[str]:
    colours = ("ink", "quiet", "accent", "visited")
    return [name for name in colours if contrast(getattr(palette, name), palette.paper) < 7]


@pytest.mark.parametrize("palette", ["light", "dark", "print"])
@pytest.mark.parametrize("theme", theme_names())
def test_all_text_has_contrast_seven_to_one_in_every_theme(theme: str, palette: str) -> None:
    assert too_faint(getattr(load_theme(theme).colours, palette)) == []


@pytest.mark.parametrize("language", ["en", "ja", "zh-Hant-TW", "ar"])
@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("medium", ["pdf", "epub"])
def test_every_token_that_is_used_has_a_value(medium: str, theme: str, language: str) -> None:
    css = design(theme, language).style_sheet(medium)
    assert "var(" not in css
    assert "--" not in css


def test_colours_of_documents_and_reports_are_defined_only_as_tokens() -> None:
    for name in ("archive", "document", "html", "pdf", "epub"):
        css = (styles_folder() / f"{name}.css").read_text("utf-8")
        rules = ROOT.sub("", css)
        assert COLOUR_VALUE.findall(rules) == [], name


def test_epub_styles_set_neither_colours_nor_a_page_size() -> None:
    css = design().style_sheet("epub")
    assert COLOUR_VALUE.findall(css) == []
    assert "@page" not in css


def test_a_theme_overrides_tokens_in_pdf_and_html() -> None:
    large = design("large-print")
    assert "font-size: 18pt" in large.style_sheet("pdf")
    assert "--size-screen: 150%" in large.style_sheet("html")
    assert large.tokens["--size-print"] == "18pt"


def test_title_and_headings_have_the_colour_that_the_theme_names() -> None:
    rule = "h1, h2, h3, h4 { color: "
    assert f"{rule}var(--accent)" in design("ministry").style_sheet("html")
    assert f"{rule}#0b2f5b" in design("ministry").style_sheet("pdf")
    assert rule not in design().style_sheet("html")


def test_a_pdf_page_has_the_size_and_margins_of_the_tokens() -> None:
    page = design().tokens
    size, margins = (" ".join(page[f"--{name}"] for name in names) for names in (("page-width", "page-height"), SIDES))
    assert f"size: {size};\nmargin: {margins};" in design().style_sheet("pdf")


def test_the_dark_palette_follows_the_light_one_and_is_only_in_html() -> None:
    css = design("gazette").style_sheet("html")
    light, dark = load_theme("gazette").colours.light, load_theme("gazette").colours.dark
    assert css.index(f"--ink: {light.ink};") < css.index(f"--ink: {dark.ink};")
    assert f"{dark.ink};" not in design("gazette").style_sheet("pdf")


def test_long_words_of_headings_are_hyphenated_on_phones_and_never_in_pdf() -> None:
    assert "@media (max-width: 30em) {\nh1, h2, h3, .masthead { hyphens: auto;" in design().style_sheet("html")
    assert "hyphens: auto" not in design().style_sheet("pdf")


@pytest.mark.parametrize("medium", ["html", "epub"])
def test_the_facts_of_a_meeting_stand_below_their_labels_on_a_phone(medium: str) -> None:
    """When labels and facts stood side by side, the label "Participants" touched the name of the first person."""
    phone = design().style_sheet(medium).split("@media (max-width: 30em)", 1)[1]
    assert ".meeting dt, .meeting dd { display: block; width: auto; }" in phone


def test_comments_in_style_sheets_are_removed() -> None:
    assert "/*" not in design().style_sheet("html")


# --- scripts


def test_the_script_of_a_language_changes_size_leading_and_kerning() -> None:
    latin, arabic, japanese = (design("gazette", language).tokens for language in ("en", "ar-EG", "ja"))
    assert points(arabic["--size-print"]) == pytest.approx(1.2 * points(latin["--size-print"]), rel=0.01)
    assert float(japanese["--leading"]) > float(latin["--leading"])
    assert japanese["--kerning"] == "none"


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("en", "Noto Serif"),
        ("ja", "Noto Serif JP"),
        ("zh-CN", "Noto Serif CJK SC"),
        ("zh-TW", "Noto Serif CJK TC"),
        ("zh-Hant-HK", "Noto Serif CJK TC"),
        ("ur", "Amiri"),
        ("el", "Noto Serif"),
    ],
)
def test_the_font_family_of_the_script_of_a_language_comes_first(language: str, family: str) -> None:
    assert design("plain", language).tokens["--text"].split(",")[0].strip('"') == family


def test_emphasis_is_not_slanted_in_scripts_without_italics() -> None:
    css = design().style_sheet("pdf")
    assert "em:lang(ko) { font-style: normal; font-weight: bold; }" in css
    assert 'em:lang(ja) { font-style: normal; font-family: "Noto Sans JP"' in css


def points(size: str) -> float:
    return float(size.removesuffix("pt"))


# --- themes


def test_an_unknown_theme_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"there is no theme 'baroque'; take one of .*gazette, .*, or name a folder"):
        design("baroque")


def test_a_users_theme_overrides_values_of_the_theme_that_it_extends(tmp_path: Path) -> None:
    theme = own_theme(
        tmp_path, 'name = "Avalon"\nextends = "gazette"\n[size]\ntitle = "2rem"\n', css="h1 { color: var(--accent); }"
    )
    tokens = design(theme).tokens
    assert tokens["--size-title"] == "2rem"
    assert tokens["--ink"] == "#000000"
    css = design(theme).style_sheet("pdf")
    assert "h1 { color: #000000; }" in css
    assert "border-block: 0.25rem double #000000" in css  # a rule of gazette


def test_a_colour_may_have_capital_letters(tmp_path: Path) -> None:
    theme = own_theme(tmp_path, 'name = "Avalon"\n[colours.light]\naccent = "#5C1A1B"\n')
    assert "#5C1A1B" in design(theme).style_sheet("html")


def test_a_changed_theme_is_read_again(tmp_path: Path) -> None:
    theme = own_theme(tmp_path, 'name = "Avalon"\n')
    before = design(theme)
    assert design(theme) is before
    own_theme(tmp_path, 'name = "Avalon"\n[size]\ntitle = "2.5rem"\n')
    assert design(theme).tokens["--size-title"] == "2.5rem"
    assert load_theme(theme).digest != before.theme.digest


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ('name = "A"\n[size]\ntitel = "2rem"\n', r"theme\.toml:3: there is no key 'size\.titel'; did you mean 'title'"),
        ('name = "A"\n\n[size]\ntitle = "2em"\n', r"theme\.toml:4: 'size\.title' must be a multiple of the size"),
        ('name = "A"\n[colours.dark]\nink = "#FFF"\n', r"toml:3: 'colours\.dark\.ink' must be a colour of six digits"),
        (
            'name = "A"\n[masthead.publisher]\nen_GB = "Mint"\n',
            r"toml:2: each key of 'masthead.publisher' must",
        ),
        ('name = "A"\n[footer.text]\nenglish = "Mint"\n', r"toml:2: each key of 'footer\.text' must be a language"),
        ('name = "A"\n[line]\nleading = "1.6"\n', r"toml:3: 'line\.leading' must be a number, but is a text"),
        ("[size]\n", "toml: there is no key 'name'"),
        ('name = "A"\nextends = "avalon"\n', r"toml:2: there is no theme 'avalon' to extend; take one of"),
        ('name = "A"\n[script.thai]\nlead = 2.0\n', r"toml:3: there is no key 'script\.thai\.lead'"),
        ('name = "A"\n[script.runic]\nleading = 2.0\n', r"there is no key 'script\.NAME\.languages'"),
        ('name = "A"\n[page]\npaper = "a3"\n', r"toml:3: 'page\.paper' must be \"a4\" or .*, but is \"a3\""),
        ("name = A\n", r"theme\.toml: this is not valid TOML"),
        (f"name = {'7' * 5000}\n", r"theme\.toml: this is not valid TOML"),
    ],
)
def test_a_mistake_in_a_theme_is_reported_with_its_line(tmp_path: Path, toml: str, complaint: str) -> None:
    with pytest.raises(ThemeError, match=complaint):
        design(own_theme(tmp_path, toml))


def test_a_token_without_value_in_the_css_of_a_theme_is_reported(tmp_path: Path) -> None:
    theme = own_theme(tmp_path, 'name = "A"\n', css="h1 { color: var(--gold); }")
    with pytest.raises(ThemeError, match=r"var\(--gold\) has no value"):
        design(theme).style_sheet("pdf")


def test_tokens_with_too_many_or_circular_references_are_refused(tmp_path: Path) -> None:
    doubled = "".join(f"--a{level}: var(--a{level - 1}) var(--a{level - 1});" for level in range(1, 40))
    for tokens, complaint in (
        (f"--a0: x y; {doubled}", "the values of tokens have more than 5,000,000 characters"),
        (
            "--a39: var(--b); --b: var(--a39);",
            r"the value of --a39 uses var\(--a39\); give one of these tokens a plain",
        ),
        (
            "".join(f"--a{level}: var(--a{level + 1});" for level in range(39, 1000)) + "--a1000: serif;",
            "more than 50 tokens use each other in a row, down to --a89; give --a89 a plain value",
        ),
    ):
        theme = own_theme(tmp_path, 'name = "A"\n', css=f":root {{ {tokens} }} p {{ font-family: var(--a39); }}")
        with pytest.raises(ThemeError, match=complaint):
            design(theme).style_sheet("epub")


# --- paper and rules of the user


@pytest.mark.parametrize("paper", PAPERS)
def test_margins_are_scaled_to_the_paper(paper: Paper) -> None:
    before, after = design().tokens, design(paper=paper).tokens
    shares = [millimetres(page["--margin-left"]) / millimetres(page["--page-width"]) for page in (before, after)]
    assert shares[0] == pytest.approx(shares[1], rel=0.01)
    width, height = PAPERS[paper]
    assert f"size: {width:g}mm {height:g}mm;" in design(paper=paper).style_sheet("pdf")


def test_an_unknown_paper_is_an_error_that_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="there is no paper 'foolscap'; take one of a4, letter, a5, b5"):
        RenderOptions(paper="foolscap")  # type: ignore[arg-type]


@pytest.mark.parametrize("medium", ["html", "pdf", "epub"])
def test_style_rules_of_the_user_come_last(medium: str, tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text("h1 { color: var(--ink); }\n", "utf-8")
    css = design(css=tmp_path / "own.css").style_sheet(medium)
    (last,) = css.splitlines()[-1:]
    assert last.startswith("h1 { color: ")
    assert "var(" not in last or medium == "html"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "own.css: there is no such file"),
        (b"h1 { content: '\xff'; }", "the style sheet is not UTF-8 text"),
        (b"h1 { content: '</style>'; }", 'cannot contain "</"'),
    ],
)
def test_an_unusable_style_sheet_is_reported(content: bytes | None, complaint: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "own.css").write_bytes(content)
    with pytest.raises(ReadoutError, match=complaint):
        design(css=tmp_path / "own.css")


def millimetres(length: str) -> float:
    return float(length.removesuffix("mm"))


def test_the_page_on_themes_names_every_key() -> None:
    page = (styles_folder().parent / "docs" / "themes.md").read_text("utf-8")
    tables = (PageTokens, FontTokens, Palettes, Palette, SizeTokens, LineTokens, SpaceTokens, ScriptTokens)
    keys = {key for table in (*tables, LinkTokens, Masthead, Footer) for key in table.__struct_encode_fields__}
    named = set(re.findall(r"`\[?(?:\w+\.)?([a-z0-9-]+)\]?`", page.partition("## theme.toml")[2]))
    assert keys - named == set()


def own_theme(folder: Path, toml: str, css: str = "") -> str:
    (folder / "theme.toml").write_text(toml, "utf-8")
    if css:
        (folder / "theme.css").write_text(css, "utf-8")
    return str(folder)


def test_messages_name_the_users_theme_for_each_format_with_themes(tmp_path: Path) -> None:
    theme = own_theme(tmp_path, 'name = "A"\n')
    named = {
        target: RenderOptions(theme=theme).own_style(target) for target in ("html", "pdf", "epub", "docx", "odt", "txt")
    }
    assert named == dict.fromkeys(("html", "pdf", "epub", "docx", "odt"), f"the theme {theme}") | {"txt": None}


def test_messages_on_docx_name_the_theme_and_not_the_ignored_css_file(tmp_path: Path) -> None:
    theme = own_theme(tmp_path, 'name = "A"\n')
    assert RenderOptions(theme=theme, css="own.css").own_style("docx") == f"the theme {theme}"
