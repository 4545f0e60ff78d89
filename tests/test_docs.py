"""The commands and programs in the documentation run, its options and links exist, its lists are complete."""

from __future__ import annotations

import mimetypes
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import msgspec
import pytest
import typer.main
from typer._click import Command, Context
from typer.core import TyperGroup

from readout_pub import Overrides, RenderOptions, from_json
from readout_pub.cli.app import app
from readout_pub.csv_cells import csv_line
from readout_pub.filled_tables.spreadsheet import read_spreadsheet
from readout_pub.notes import NOTES
from tests.alt_review.chat_server import ChatServer
from tests.sources.web.server import Reply, WebServer
from tests.workbooks import xlsx

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "samples/README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINKED_PAGES = [
    *PAGES,
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "benchmarks/README.md",
    ROOT / "docs/gallery/README.md",
    *sorted((ROOT / "docs/decisions").glob("*.md")),
]
PROFILES_PAGE = ROOT / "docs/profiles.md"

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced code blocks on a page that are in this language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [block for mark, block in found if mark == language]


def fill_working_folder(folder: Path) -> None:
    """Create what the documentation assumes: samples, saved pages in a folder and a zip, two pages of a site."""
    shutil.copytree(ROOT / "samples", folder / "samples")
    for name in ("atlantis", "lemuria"):
        shutil.copytree(ROOT / "samples" / name / "readout_files", folder / "saved/readout_files", dirs_exist_ok=True)
        shutil.copy(ROOT / "samples" / name / "readout.html", folder / f"saved/{name}.html")
    shutil.make_archive(str(folder / "saved"), "zip", folder / "saved")
    shutil.copytree(ROOT / "samples/avalon/readout_files", folder / "readout_files")
    first = (ROOT / "samples/avalon/readout.html").read_text("utf-8")
    (folder / "1.html").write_text(first, "utf-8")
    (folder / "2.html").write_text(first.replace("Ferries", "Apples").replace("9 May", "1 June"), "utf-8")


def finish_profile(folder: Path) -> None:
    """Write the finished profile, as the documentation prints it, into the folder that `profile new` has made."""
    (profile,) = blocks(PROFILES_PAGE, "toml")
    path = folder / "my-sites/avalon/profile.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(profile, "utf-8")


def fill_in_worklist(block: str, folder: Path) -> None:
    """Fill in the worklist that a block has written. If the worklist is a page, write the table that the page saves."""
    path = folder / re.findall(r"-o (\S+)", block)[0]
    if path.suffix == ".html":
        returned = folder / "worklist-decided.csv"
        run_in(folder, ["readout-pub", "alt", "worklist", "saved/", "--all", "-o", returned.name])
        path = returned
    head, *rows = (row.cells for row in read_spreadsheet(path, "the worklist").rows)
    filled = [{**dict(zip(head, row, strict=False)), "decision": "caption", "reviewer": "Mika"} for row in rows]
    cells = [head, *([row.get(column, "") for column in head] for row in filled if row["caption"])]
    if path.suffix == ".xlsx":
        path.write_bytes(xlsx(cells))
    else:
        path.write_text("".join(csv_line(row) for row in cells), "utf-8")


VISIT = """\
import signal, subprocess, sys, urllib.request

with subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE) as review:
    urllib.request.urlopen(review.stdout.readline().decode()).read()
    review.send_signal(signal.SIGINT)
sys.exit(review.returncode)
"""
"""Runs `alt review`, opens the page at the printed address, and interrupts the command as Ctrl-C does."""

LIVE_SITE = "https://www.example.org"
"""The site in the examples of `fetch`. Tests serve it locally, with the saved pages, an index page and a sitemap."""


@contextmanager
def serve_live_site(saved: Path) -> Iterator[WebServer]:
    """Run the server that replaces LIVE_SITE in tests; `saved` has its pages."""
    names = [path.relative_to(saved).as_posix() for path in saved.rglob("*") if path.is_file()]
    types = {name: mimetypes.guess_type(name)[0] or "" for name in names}
    routes = {f"/press/{name}": Reply((saved / name).read_bytes(), media_type=types[name]) for name in names}
    pages = [path for path in routes if path.endswith(".html")]
    links = "".join(f'<li><a href="{path}">Press release of 4 August 2022</a></li>' for path in pages)
    routes["/press/2022.html"] = Reply(f"<!DOCTYPE html><html><body><main><ul>{links}</ul></main></body></html>")
    with WebServer(routes) as server:
        entries = "".join(f"<url><loc>{server.url(page)}</loc></url>" for page in pages)
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
        server.routes["/sitemap.xml"] = Reply(sitemap, media_type="application/xml")
        yield server


MODEL_SERVER = "http://localhost:11434/v1"
"""The server in the examples of `alt draft`; tests replace it by a local server with the same protocol."""


def prepare_commands(block: str, server: WebServer, models: ChatServer) -> str:
    """Return the commands of a block as they can run in a test.

    Local servers replace LIVE_SITE and MODEL_SERVER, `alt review` ends after one visit, and `alt lint` may exit with 1.
    """
    block = block.replace(MODEL_SERVER, models.url)
    allowed = f" --allow-host {server.authority} --delay 0 --contact {LIVE_SITE}"
    lines = [f"{line}{allowed}" if LIVE_SITE in line else line for line in block.splitlines()]
    visited = f"{shlex.join([sys.executable, '-c', VISIT])} readout-pub alt review --no-browser"
    lines = [line.replace("readout-pub alt review", visited) for line in lines]
    # `alt lint` exits with 1 since a photo of the saved pages has a text that says nothing.
    lines = [f"{line} || [ $? = 1 ]" if line.startswith("readout-pub alt lint") else line for line in lines]
    return "\n".join(lines).replace(f" {LIVE_SITE}/", f" {server.url('/')}")


def run_in(folder: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command with the programs of this environment first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "XDG_CACHE_HOME": str(folder / ".cache")}
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)


LANGUAGES = ("sh", "make", "yaml", "python")
"""The code blocks that are run: all of `sh` and `python`, and the commands of the program in `make` and `yaml`."""


def command_of(block: str, language: str, server: WebServer, models: ChatServer) -> list[str]:
    """Return the command that runs a block, as a list of words."""
    if language == "python":
        local = block.replace(f'"{LIVE_SITE}/', f'"{server.url("/")}')
        allowed = local.replace("delay=2.0", f"delay=0.0, allowed_hosts=({server.authority!r},)")
        return [sys.executable, "-W", "error", "-c", allowed]
    if language != "sh":
        commands = re.findall(r"^(?:\t| +- )(readout-pub .+)$", block, re.MULTILINE)
        assert commands, block
        block = "\n".join(commands)
    return ["bash", "-euo", "pipefail", "-c", prepare_commands(block, server, models)]


def failures_of(page: Path, language: str, folder: Path) -> str:
    """Run the blocks of a page in their order, in the empty `folder`; return those that fail, with the reason."""
    fill_working_folder(folder)
    failures = []
    with serve_live_site(folder / "saved") as server, ChatServer() as models:
        for block in blocks(page, language):
            run = run_in(folder, command_of(block, language, server, models))
            if "profile new" in block:
                finish_profile(folder)
            if "alt worklist" in block:
                fill_in_worklist(block, folder)
            failures += [f"{block}\n{run.stderr}"] if run.returncode else []
    return "\n".join(failures)


RUN_BLOCKS = [(page, language) for page in PAGES for language in LANGUAGES if blocks(page, language)]


@pytest.fixture(scope="module")
def failures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Future[str]]]:
    """The failures of each entry of RUN_BLOCKS. Two entries run at the same time, since CI has two cores."""
    with ThreadPoolExecutor(2) as pool:
        yield [pool.submit(failures_of, *each, tmp_path_factory.mktemp("docs")) for each in RUN_BLOCKS]


@pytest.mark.slow
@pytest.mark.xdist_group("docs")  # in one process: each process would run all pages
@pytest.mark.parametrize(
    "number",
    range(len(RUN_BLOCKS)),
    ids=[f"{page.relative_to(ROOT).as_posix()}-{language}" for page, language in RUN_BLOCKS],
)
def test_every_command_and_program_on_a_page_runs(number: int, failures: list[Future[str]]) -> None:
    assert failures[number].result() == ""


@every_page
def test_every_block_with_a_command_of_the_program_is_run(page: Path) -> None:
    not_run = blocks(page, "console") + blocks(page, "")
    assert [block for block in not_run if re.search(r"^(?:\$ )?readout-pub ", block, re.MULTILINE)] == []


def commands(command: Command) -> Iterator[Command]:
    """Yield a command and all its subcommands."""
    yield command
    if isinstance(command, TyperGroup):
        context = Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name) or command)


OTHER_OPTIONS = {"--version", "--nthreads", "--nworkers", "--convert", "--generated"}
"""Options of the program itself, of Dask, and of `./dev validate`."""


@cache
def options_of_all_commands() -> set[str]:
    return {
        option
        for command in commands(typer.main.get_command(app))
        for each in command.params
        for option in (*each.opts, *each.secondary_opts)
    }


@every_page
def test_every_option_on_a_page_exists(page: Path) -> None:
    found = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page.read_text("utf-8")))
    assert found - options_of_all_commands() - OTHER_OPTIONS == set()


@pytest.mark.parametrize("page", LINKED_PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_linked_file_exists(page: Path) -> None:
    targets = re.findall(r'(?:\]\(|src=")([^)"#:]+)["#)]', page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.slow
def test_the_profile_in_the_documentation_works_as_documented(tmp_path: Path) -> None:
    fill_working_folder(tmp_path)
    finish_profile(tmp_path)
    run = run_in(tmp_path, ["readout-pub", "inspect", "samples/avalon/readout.html", "--sites", "my-sites"])
    assert "profile   avalon/2025\n" in run.stdout
    assert "series    Readouts\n" in run.stdout


def test_the_page_on_notes_lists_every_note_with_its_severity() -> None:
    page = (ROOT / "docs/notes.md").read_text("utf-8")
    listed = re.findall(r"^\| `(\w+)` \| (\w+) \| \S", page, re.MULTILINE)
    assert listed == [(code, kind.severity) for code, kind in NOTES.items()]


def test_the_example_of_the_model_is_a_valid_readout() -> None:
    (example,) = blocks(ROOT / "docs/model.md", "json")
    readout = from_json(example)
    assert readout.title == ("Ministers Meet on the Ferry",)
    assert {note.code for note in readout.notes} <= set(NOTES)


def test_the_index_of_decisions_lists_every_decision_by_its_title() -> None:
    folder = ROOT / "docs/decisions"
    first_lines = {page.name: page.read_text("utf-8").partition("\n")[0] for page in sorted(folder.glob("0*.md"))}
    listed = re.findall(r"^(\d+\. )\[(.+)\]\((.+)\)$", (folder / "README.md").read_text("utf-8"), re.MULTILINE)
    assert {name: f"# {number}{title}" for number, title, name in listed} == first_lines


@pytest.mark.parametrize("options", [Overrides, RenderOptions])
def test_the_page_on_the_library_lists_every_option(options: type[msgspec.Struct]) -> None:
    text = (ROOT / "docs/api.md").read_text("utf-8")
    table = text.partition(f"| field of `{options.__name__}` |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", "".join(row.split("|")[1] for row in table.splitlines()[2:]))) == set(
        options.__struct_fields__
    )


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md"])
def test_readme_and_changelog_do_not_state_the_number_of_publishers(page: str) -> None:
    assert not re.search(
        r"\b(?:\d+|\w+teen|ten|eleven|twelve|twenty) (?:publishers|profiles)", (ROOT / page).read_text("utf-8")
    )
