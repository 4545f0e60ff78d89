"""Draw the gallery: each theme, texts in many scripts, and the PDFs that several programs make of one page.

`./dev gallery` runs this script.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pypandoc
import pypdfium2

from benchmarks.peers import printers, programs
from readout_pub import RenderOptions, convert
from readout_pub.theme_tools import SPECIMEN
from readout_pub.themes import load_theme, theme_names

HERE = Path(__file__).resolve().parent
COMPARED = HERE.parents[1] / "samples" / "avalon" / "readout.html"

SCALE = 0.8
"""Pixels for each point of a page (1/72 inch)."""

PORT = 8642
"""The port of the server for percollate. It is fixed, since percollate prints the address of the page in its PDF."""

SHOWN = 0.5
"""Pictures of scripts show this share of the page, from the top."""

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

Every theme has typefaces for each script and, where the script needs it, another type size and other line spacing. The
pictures show the theme `plain`.

{scripts}

## The same page by other programs

The saved page is `samples/avalon`, with the menus and photos of its site.

{compared}
"""


def draw(pdf: bytes, name: str, share: float = 1.0) -> None:
    """Render the first page of a PDF, or only its upper `share`, into the picture `name`."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        page = document[0].render(scale=SCALE).to_pil().convert("RGB")
    page.crop((0, 0, page.width, round(page.height * share))).save(HERE / name, quality=60, method=6)


def pdf_of(source: Path, theme: str = "plain") -> bytes:
    """Return a page as PDF in a theme."""
    return convert(source, ["pdf"], render_options=RenderOptions(theme=theme)).renditions[0].data


def figure(name: str, alt: str) -> str:
    """Return a picture in Markdown."""
    return f"![{alt}]({name})"


def draw_themes() -> str:
    """Draw the specimen in each theme; return Markdown with a heading and a picture for each theme."""
    parts = []
    for theme in theme_names():
        draw(pdf_of(SPECIMEN, theme), f"theme-{theme}.webp")
        described = load_theme(theme).description
        shown = figure(f"theme-{theme}.webp", f"First page in the theme {theme}")
        parts.append(f"### {theme}\n\n{described}\n\n{shown}")
    return "\n\n".join(parts)


def draw_scripts() -> str:
    """Draw the text in each language of scripts.toml; return Markdown with a heading and a picture for each."""
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
    """Draw the PDF that each program makes of a sample; return Markdown with a heading and a picture for each."""
    drawn = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (title, make) in PROGRAMS.items():
            pdf = Path(folder) / f"{name}.pdf"
            make(COMPARED, pdf)
            draw(pdf.read_bytes(), f"compared-{name}.webp")
            drawn.append(f"### {title}\n\n{figure(f'compared-{name}.webp', f'The first page as made by {title}')}")
    return "\n\n".join(drawn)


def make_ours(page: Path, pdf: Path) -> None:
    """Write the PDF of this program."""
    pdf.write_bytes(pdf_of(page))


def print_with_chromium(page: Path, pdf: Path) -> None:
    """Write the PDF that Chromium prints."""
    run(chromium(), "--headless", "--no-sandbox", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())


def print_with_percollate(page: Path, pdf: Path) -> None:
    """Write the PDF of percollate, which is installed on first use, as for the benchmarks.

    percollate gets the page from a server: from a file, it would load no photos and would print the path of the file.
    """
    programs.install("percollate", printers.FOLDER, printers.LISTS)
    command = printers.FOLDER / "node_modules" / ".bin" / "percollate"
    handler = partial(SimpleHTTPRequestHandler, directory=str(page.parent))
    with ThreadingHTTPServer(("localhost", PORT), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://localhost:{PORT}/{page.name}"
        run(str(command), "pdf", url, "--output", str(pdf), "--no-sandbox", PUPPETEER_EXECUTABLE_PATH=chromium())
        server.shutdown()


def print_with_pandoc(page: Path, pdf: Path) -> None:
    """Convert the page to DOCX with pandoc, then to PDF with LibreOffice: pandoc cannot make a PDF alone."""
    docx = pdf.with_suffix(".docx")
    run(pypandoc.get_pandoc_path(), str(page), "--output", str(docx), f"--resource-path={page.parent}")
    profile = f"-env:UserInstallation={(pdf.parent / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(pdf.parent), str(docx))


def run(*command: str, **environment: str) -> None:
    """Run a program; raise CalledProcessError if it fails."""
    subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True)


def chromium() -> str:
    """Return the path of Chromium."""
    return shutil.which("chromium") or sys.exit("Chromium is not installed: apt-get install chromium")


PROGRAMS: dict[str, tuple[str, Callable[[Path, Path], None]]] = {
    "ours": ("readout-pub", make_ours),
    "chromium": ("Chromium, printing the page", print_with_chromium),
    "percollate": ("percollate", print_with_percollate),
    "pandoc": ("pandoc, as DOCX in LibreOffice", print_with_pandoc),
}
"""Name of a picture → the name of a program, and the function that writes its PDF of a page."""


if __name__ == "__main__":
    for old in HERE.glob("*.webp"):
        old.unlink()
    text = README.format(themes=draw_themes(), scripts=draw_scripts(), compared=draw_comparison())
    (HERE / "README.md").write_text(text, "utf-8")
