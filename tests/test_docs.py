"""The documentation: its commands and programs run, its options and links exist, its lists are complete."""

from __future__ import annotations

import mimetypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer._click import Command, Context
from typer.core import TyperGroup

from readout_pub import from_json
from readout_pub.cli.app import app
from readout_pub.notes import NOTES
from tests.profile_tools.conftest import save_site
from tests.sources.web.server import Reply, WebServer

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "samples/README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINKED_PAGES = [
    *PAGES,
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "benchmarks/README.md",
    *sorted((ROOT / "docs/decisions").glob("*.md")),
]
PROFILES_PAGE = ROOT / "docs/profiles.md"

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced code blocks of a page with this language."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [block for mark, block in found if mark == language]


@pytest.fixture
def working_folder(tmp_path: Path) -> Path:
    """The folder that the documentation assumes: samples, saved pages in a folder and a zip, a site, a profile."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    for name in ("atlantis", "lemuria"):
        shutil.copytree(ROOT / "samples" / name / "readout_files", tmp_path / "saved/readout_files", dirs_exist_ok=True)
        shutil.copy(ROOT / "samples" / name / "readout.html", tmp_path / f"saved/{name}.html")
    shutil.make_archive(str(tmp_path / "saved"), "zip", tmp_path / "saved")
    save_site(tmp_path)
    (tmp_path / "my-sites/avalon").mkdir(parents=True)
    (profile,) = blocks(PROFILES_PAGE, "toml")
    (tmp_path / "my-sites/avalon/profile.toml").write_text(profile, "utf-8")
    return tmp_path


LIVE_SITE = "https://www.example.org"
"""The site in the examples of `fetch`. Tests serve it locally, with the saved pages, an index page and a sitemap."""


@pytest.fixture
def live(working_folder: Path) -> Iterator[WebServer]:
    """The server that stands in for LIVE_SITE."""
    saved = working_folder / "saved"
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


def use_local_server(block: str, live: WebServer) -> str:
    """Replace LIVE_SITE by the local server in the commands of a block."""
    allowed = f" --allow-host 127.0.0.1 --delay 0 --contact {LIVE_SITE}"
    lines = (f"{line}{allowed}" if LIVE_SITE in line else line for line in block.splitlines())
    return "\n".join(lines).replace(f" {LIVE_SITE}/", f" {live.url('/')}")


def run_in(words: list[str], working_folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with the programs of this environment first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "XDG_CACHE_HOME": str(working_folder / ".cache")}
    return subprocess.run(words, cwd=working_folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
@every_page
def test_every_command_on_a_page_runs(page: Path, working_folder: Path, live: WebServer) -> None:
    for block in blocks(page, "sh"):
        run = run_in(["bash", "-euo", "pipefail", "-c", use_local_server(block, live)], working_folder)
        assert run.returncode == 0, f"{block}\n{run.stderr}"


@pytest.mark.slow
@every_page
def test_every_command_in_a_makefile_or_ci_job_runs(page: Path, working_folder: Path) -> None:
    for block in (*blocks(page, "make"), *blocks(page, "yaml")):
        commands = re.findall(r"^(?:\t| +- )(readout-pub .+)$", block, re.MULTILINE)
        assert commands
        run = run_in(["bash", "-euo", "pipefail", "-c", "\n".join(commands)], working_folder)
        assert run.returncode == 0, f"{block}\n{run.stderr}"


@pytest.mark.slow
@every_page
def test_every_program_on_a_page_runs(page: Path, working_folder: Path) -> None:
    for block in blocks(page, "python"):
        run = run_in([sys.executable, "-W", "error", "-c", block], working_folder)
        assert run.returncode == 0, f"{block}\n{run.stderr}"


@every_page
def test_every_command_is_in_a_block_that_tests_run(page: Path) -> None:
    not_run = blocks(page, "console") + blocks(page, "")
    assert [block for block in not_run if re.search(r"^(?:\$ )?readout-pub ", block, re.MULTILINE)] == []


def commands(command: Command) -> Iterator[Command]:
    """Yield a command and all its subcommands."""
    yield command
    if isinstance(command, TyperGroup):
        context = Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name) or command)


OTHER_OPTIONS = {"--version", "--nthreads", "--nworkers"}
"""Options of the program itself and of Dask."""


@every_page
def test_every_option_on_a_page_exists(page: Path) -> None:
    options = {
        option for command in commands(typer.main.get_command(app)) for each in command.params for option in each.opts
    }
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page.read_text("utf-8"))) - options - OTHER_OPTIONS == set()


@pytest.mark.parametrize("page", LINKED_PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_linked_file_exists(page: Path) -> None:
    targets = re.findall(r'(?:\]\(|src=")([^)"#:]+)["#)]', page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.slow
def test_the_profile_in_the_documentation_works_as_documented(working_folder: Path) -> None:
    run = run_in(["readout-pub", "inspect", "samples/avalon/readout.html", "--sites", "my-sites"], working_folder)
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
