"""Draw the gallery: each theme, each script, and a page beside what a browser prints of it. `./dev gallery` runs it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import tomllib
from io import BytesIO
from pathlib import Path

import pypdfium2

from readout_pub import RenderOptions, convert
from readout_pub.theme_tools import SPECIMEN
from readout_pub.themes import load_theme, theme_names

HERE = Path(__file__).resolve().parent
COMPARED = HERE.parents[1] / "samples" / "avalon" / "readout.html"

SCALE = 0.8
"""Pixels for each point of a page (1/72 inch)."""

SHOWN = 0.5
"""The share of a page that a picture of a script shows, from the top."""

PAGE = """\
<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><meta name="date" content="2026-05-09"></head>
<body><main><h1>{title}</h1><p>{text} {text}</p><h2>1. {heading}</h2><ul><li>{text}</li></ul></main></body></html>
"""

README = """\
# Gallery

`./dev gallery` draws these pictures. The themes are explained in [themes.md](../themes.md).

## Themes

{themes}

## Scripts

Each script has its own faces, sizes and line spacing, in every theme; these are in `plain`.

{scripts}

## The same page, printed by a browser

On the left the page as Chromium prints it, on the right as `readout-pub` sets it.

{compared}
"""


def draw(pdf: bytes, name: str, share: float = 1.0) -> None:
    """Render the first page of a PDF into the picture `name`, or the upper `share` of it."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        page = document[0].render(scale=SCALE).to_pil().convert("RGB")
    page.crop((0, 0, page.width, round(page.height * share))).save(HERE / name, quality=60, method=6)


def pdf_of(source: Path, theme: str = "plain") -> bytes:
    """Return a page as PDF in a theme."""
    return convert(source, ["pdf"], look=RenderOptions(theme=theme)).renditions[0].data


def figure(name: str, alt: str) -> str:
    """Return a picture in Markdown."""
    return f"![{alt}]({name})"


def draw_themes() -> str:
    """Draw the specimen in each theme; return their section."""
    parts = []
    for theme in theme_names():
        draw(pdf_of(SPECIMEN, theme), f"theme-{theme}.webp")
        described = load_theme(theme).description
        shown = figure(f"theme-{theme}.webp", f"First page in the theme {theme}")
        parts.append(f"### {theme}\n\n{described}\n\n{shown}")
    return "\n\n".join(parts)


def draw_scripts() -> str:
    """Draw the text of each script; return their section."""
    parts = []
    texts = tomllib.loads((HERE / "scripts.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for language, text in texts.items():
            source = Path(folder) / f"{language}.html"
            source.write_text(PAGE.format(language=language, **text), "utf-8")
            draw(pdf_of(source), f"script-{language}.webp", SHOWN)
            name = text["name"]
            parts.append(f"### {name}\n\n{figure(f'script-{language}.webp', f'A page in {name}')}")
    return "\n\n".join(parts)


def draw_comparison() -> str:
    """Draw a sample as Chromium prints it, and ours; return their section."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        command = [shutil.which("chromium") or "chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer"]
        subprocess.run([*command, f"--print-to-pdf={printed}", COMPARED.as_uri()], check=True, capture_output=True)
        draw(printed.read_bytes(), "compared-chromium.webp")
    draw(pdf_of(COMPARED), "compared-ours.webp")
    ours = figure("compared-ours.webp", "The page as PDF of readout-pub")
    return f"{figure('compared-chromium.webp', 'The page as printed by Chromium')} {ours}"


if __name__ == "__main__":
    for old in HERE.glob("*.webp"):
        old.unlink()
    text = README.format(themes=draw_themes(), scripts=draw_scripts(), compared=draw_comparison())
    (HERE / "README.md").write_text(text, "utf-8")
