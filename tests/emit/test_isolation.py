"""Converting a hostile page opens no connection, and no file that does not belong to the page.

There are two traps: a server that records every request, and files outside of the page's folder, whose words and
pixels the outputs must not contain. An audit hook in the converting process reports what Python opens.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from tests.archives import mhtml
from tests.pages import jpeg
from tests.sources.web.server import Reply, WebServer

SECRET = "salamander"
"""This word occurs only in the file that must not be read."""
COLOUR = "magenta"
"""The colour of the picture that must not be read. Outputs are searched for the last bytes of this picture."""

TARGETS = ["html", "epub", "pdf", "docx", "odt", "md", "txt", "json", "rst", "latex", "opendocument"]
PROFILES = ["ua1+a2a", "ua1+a3a", "ua2"]

IN_HEAD = """
<base href="{base}"><link rel="stylesheet" href="{away}style.css"><link rel="attachment" href="{file}">
<link rel="attachment" href="{away}attached"><link rel="icon" href="{away}icon">
<link rel="preload" href="{away}preload">
<style>@import url("{away}import.css"); @font-face {{ font-family: x; src: url("{away}font.woff") }}
body {{ background: url("{away}background.png"); font-family: x }} p::before {{ content: url("{file}") }}</style>
<script src="{away}script.js"></script><script>fetch("{away}fetched")</script>
<meta http-equiv="refresh" content="0; url={away}refreshed">
<meta property="og:image" content="{away}opengraph.jpg">
"""

IN_BODY = """
<img src="{away}photo.jpg" alt="A photo far away"><img src="{file}" alt="A file"><img src="{picture}" alt="A picture">
<img src="x.jpg" srcset="{away}large.jpg 2000w, {picture} 900w" alt="Many sizes">
<img src="../outside.jpg" alt="Outside">
<img src="..%2foutside.jpg" alt="Outside"><img src="link.jpg" alt="A link to the outside">
<img src="drawing.svg" alt="SVG">
<img data-src="{away}lazy.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="Lazy">
<picture><source srcset="{away}source.webp"><source srcset="{picture}"><img src="x.jpg" alt="Sources"></picture>
<img src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cimage href='{away}insvg'/%3E" alt="D">
<p style="background-image: url({away}inline.png); list-style-image: url({file})">They met, and the words are these.</p>
<object data="{file}" type="text/plain">Object</object><embed src="{away}embedded"><iframe src="{file}"></iframe>
<iframe srcdoc="<img src='{away}srcdoc'>"></iframe><video poster="{away}poster.jpg" src="{away}video"></video>
<audio src="{away}audio"></audio><svg><image href="{away}svgimage"/><use href="{file}#a"/></svg>
<math href="{away}math"><mtext>x</mtext></math><input type="image" src="{away}input"><body background="{away}body">
<a rel="attachment" href="{file}">An attachment</a><a href="{away}link" ping="{away}ping">A link</a>
<p>\\input{{{path}}} \\includegraphics{{{path}}} ![x]({file}) ![x]({away}markdown) <!--#include file="{path}" --></p>
<p>.. image:: {away}rst</p><p>.. include:: {path}</p><p>`x`{{=html}} &lt;img src="{away}escaped"&gt; {{{{{path}}}}}</p>
<pre>```{{=latex}}
\\input{{{path}}}
```</pre>
"""

HOSTILE_SVG = """<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "{file}">]>
<?xml-stylesheet href="{away}svg.css"?><svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">
<image href="{away}svg.png" width="400" height="300"/><image href="{picture}" width="9" height="9"/>
<text>&x;</text></svg>"""

PROGRAM = """
import json, os, sys
secret, folder, *sources = sys.argv[1:]
heard = []
def hear(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto"}:
        heard.append([event, repr(arguments)])
    path = arguments[0] if event in {"open", "os.open"} else None
    if isinstance(path, str) and os.path.realpath(path).startswith(secret):
        heard.append([event, arguments[0]])
sys.addaudithook(hear)
from readout_pub import RenderOptions, emit, read
made = 0
for source in sources:
    readout, images = read(source)
    for target in json.loads(os.environ["TARGETS"]):
        for pdf in json.loads(os.environ["PROFILES"]) if target == "pdf" else ["ua1+a2a"]:
            for photos in ("inline", "beside") if target == "html" else (None,):
                rendition = emit(readout, images, target, RenderOptions(pdf=pdf, photos=photos))
                made += 1
                for name, data in {f"out{made}{rendition.suffix}": rendition.data, **rendition.extra_files}.items():
                    path = os.path.join(folder, name)
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    with open(path, "wb") as file:
                        file.write(data)
print(json.dumps(heard))
"""


@pytest.fixture
def outside_server() -> Iterator[WebServer]:
    """A server that answers every request."""
    with WebServer() as server:
        server.reply = lambda _: Reply(jpeg(), media_type="image/jpeg")  # type: ignore[method-assign,assignment]
        yield server


@pytest.fixture
def sources(outside_server: WebServer, tmp_path: Path) -> list[Path]:
    """Four copies of a hostile page: its base URL is on another server, on the disk or missing; the last is MHTML."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "words.txt").write_text(f"{SECRET} " * 9)
    (secret / "picture.jpg").write_bytes(jpeg(333, 222, COLOUR))
    names = {
        "away": outside_server.url("/"),
        "file": (secret / "words.txt").as_uri(),
        "path": str(secret / "words.txt"),
        "picture": (secret / "picture.jpg").as_uri(),
    }
    pages, markup = [], ""
    for number, base in enumerate((outside_server.url("/"), f"{secret.as_uri()}/", "")):
        folder = tmp_path / f"saved{number}"
        folder.mkdir()
        (folder.parent / "outside.jpg").write_bytes(jpeg(333, 222, COLOUR))
        (folder / "link.jpg").symlink_to(secret / "picture.jpg")
        (folder / "drawing.svg").write_text(HOSTILE_SVG.format(**names))
        markup = (
            f'<!DOCTYPE html [<!ENTITY x SYSTEM "{names["file"]}">]><html lang="en"><head><title>Talks</title>'
            f"{IN_HEAD.format(base=base, **names)}</head><body><h1>Talks</h1>{IN_BODY.format(**names)}&x;</body></html>"
        )
        (folder / "page.html").write_text(markup)
        pages.append(folder / "page.html")
    (tmp_path / "saved0" / "page.mhtml").write_bytes(mhtml(markup, {}))
    return [*pages, tmp_path / "saved0" / "page.mhtml"]


def contents(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file and, if it is a ZIP archive or a PDF, the decompressed bytes of each part."""
    raw = path.read_bytes()
    yield raw
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if raw.startswith(b"%PDF"):
        with pikepdf.open(path) as pdf:
            for each in pdf.objects:
                if isinstance(each, pikepdf.Stream):
                    try:
                        yield each.read_bytes()
                    except pikepdf.PdfError:
                        yield each.read_raw_bytes()


@pytest.mark.slow
def test_converting_a_hostile_page_reads_no_secret_and_opens_no_connection(
    sources: list[Path], outside_server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setenv("TARGETS", json.dumps(TARGETS))
    monkeypatch.setenv("PROFILES", json.dumps(PROFILES))
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "secret"), str(out), *map(str, sources)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []
    assert outside_server.log == []
    files = [path for path in out.rglob("*") if path.is_file()]
    assert len(files) >= len(sources) * (len(TARGETS) + len(PROFILES))
    secrets = [SECRET.encode(), SECRET.encode("utf-16-be"), jpeg(333, 222, COLOUR)[-200:]]
    for path in files:
        for content in contents(path):
            assert not any(secret in content for secret in secrets), path.name


def test_the_test_of_hostile_pages_detects_opened_files_and_connections(
    sources: list[Path], outside_server: WebServer, tmp_path: Path
) -> None:
    """A program that reads the secret words and sends a request to the server is reported.

    If it were not, the test above would prove nothing.
    """
    careless = (
        "import urllib.request as u;"
        f"u.urlopen({outside_server.url('/')!r}).read(); open({str(tmp_path / 'secret' / 'words.txt')!r}).read()"
    )
    program = PROGRAM.partition("from readout_pub")[0] + careless + "\nprint(json.dumps(heard))"
    command = [sys.executable, "-c", program, str(tmp_path / "secret"), str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert {event for event, _ in json.loads(ran.stdout)} >= {"socket.connect", "open"}
    assert len(outside_server.log) == 1
    assert len(sources) == 4
    packed = tmp_path / "x.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", SECRET * 99)
    assert any(SECRET.encode() in content for content in contents(packed))
