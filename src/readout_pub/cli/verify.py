"""`readout-pub verify`: whether outputs are unchanged, and whether every word of their source is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from readout_pub.cli import internal_error_message
from readout_pub.cli.console import print_error, print_json
from readout_pub.cli.options import Json, PageMemory, PageTimeout, Sites
from readout_pub.errors import ReadoutError, UsageError, escape_controls
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.named_file import MAX_BYTES, is_open_pipe, read_named_file
from readout_pub.notes import number_with_noun
from readout_pub.output_names import RECEIPT_PAGE_SUFFIX
from readout_pub.signatures import SUFFIX as SIGNATURE_SUFFIX
from readout_pub.sources import MAX_BYTES as SOURCE_BYTES
from readout_pub.sources import STANDARD_INPUT, read_standard_input
from readout_pub.sources.companion_folders import photo_folder
from readout_pub.themes import load_theme
from readout_pub.verify import Verification, files_to_verify, verify

EXAMPLES = """\b
readout-pub verify talks.pdf                                  unchanged since this program wrote it?
readout-pub verify talks.* --against talks.html               every word of the source here?
readout-pub verify talks.pdf --against talks.html --rebuild   the same bytes again?
readout-pub verify talks.pdf --key ministry.pub.pem           signed by the owner of this key?
readout-pub verify out/                                       all outputs in a folder"""

WHAT_CHANGED = "--against SOURCE shows whether words of a changed file differ from its source"

SEAL_LIMIT = (
    "a digest inside a file shows that it was changed, not who made it: whoever changes a file can seal it again. "
    "A signature shows who vouches for it: --key"
)

WORDS_LIMIT = (
    "words are compared as text, not as they look: a style sheet, a script or a layer in a forged file can hide them, "
    "or show others. A file that is rebuilt byte for byte has nothing of this kind: --rebuild"
)

app = typer.Typer(rich_markup_mode=None, add_completion=False)

FAILED = 1
"""The exit code if a file is not verified: a check failed, the file cannot be read, or no check can be made."""

_VERDICTS = {"verified": "verified", "failed": "NOT verified", "unknown": "nothing to verify it by"}


@app.command("verify", epilog=EXAMPLES)
def verify_command(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Outputs, folders with them, or the receipt or manifest that lists them.",
            show_default=False,
            metavar="FILE",
        ),
    ],
    against: Annotated[
        str | None,
        typer.Option(
            help="The source: a saved page, a folder or an archive with it, or JSON. Its words must be in the files.",
            metavar="SOURCE",
        ),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Convert the source again, and compare the bytes.")
    ] = False,
    key: Annotated[
        Path | None,
        typer.Option(
            help="Public key for the signature FILE.sig of each file, or of the receipt or manifest that lists it.",
            metavar="KEY.pub.pem",
        ),
    ] = None,
    theme: Annotated[
        str | None, typer.Option(help="The folder of your own theme that the files were made with.", metavar="DIR")
    ] = None,
    css: Annotated[
        Path | None, typer.Option(help="Your own style sheet that the files were made with.", metavar="FILE")
    ] = None,
    sites: Sites = None,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    json: Json = False,
) -> None:
    """Check whether outputs are unchanged since this program wrote them; exit 1 if one is not, or cannot be verified.

    Without options, the command reads only the file, the receipt beside it if there is one, and the files that these
    two list, such as photos. A file that cannot be read does not stop the others.
    """
    photo_folders = {file.parent / photo_folder(file.stem): f"{file.parent / file.stem}.*" for file in files}
    companions = {path: belongs_to for path in files if (belongs_to := _belongs_to(path, photo_folders))}
    outputs = [path for path in files if path not in companions]
    if not outputs:
        path, belongs_to = next(iter(companions.items()))
        raise UsageError("it belongs to another file", where=str(path), what_next=f"verify {belongs_to}")
    arguments = {
        "against": read_standard_input(SOURCE_BYTES) if against == STANDARD_INPUT else against,
        "rebuild": rebuild,
        "key": key,
        "sites": tuple(sites or ()),
        "theme": theme,
        "css": css,
    }
    # A pipe can be read only once, but each file and the child process for PDFs need its content, so it is read here:
    # `read_named_file` keeps the content. The style sheet and the theme are always read: a file that does not need them
    # would hide a misspelt path.
    for name, max_bytes in ((css, MAX_BYTES), (key, MAX_BYTES), (against, SOURCE_BYTES)):
        if name and (name is css or is_open_pipe(Path(name))):
            read_named_file(Path(name), max_bytes=max_bytes)
    if theme:
        load_theme(str(theme))
    limits = PageLimits(page_timeout, page_memory)
    results = [result for path in outputs for result in _verify_all(path, arguments, limits)]
    if json:
        print_json(results)
    else:
        for result in results:
            _print(result)
        if len(results) > 1:
            typer.echo(_summary(results))
        for path, belongs_to in companions.items():
            typer.echo(escape_controls(f"note: {path} is not verified: it belongs to {belongs_to}"), err=True)
        for note in _notes(results, is_compared=against is not None):
            typer.echo(f"note: {note}", err=True)
    raise typer.Exit(0 if all(result.verdict == "verified" for result in results) else FAILED)


def _belongs_to(path: Path, photo_folders: Mapping[Path, str]) -> str | None:
    """Return the file, or files ("talks.*"), to which a signature, a receipt's page or a photo folder belongs."""
    if path.is_dir():
        return photo_folders.get(path)
    if path.suffix == SIGNATURE_SUFFIX:
        other = path.with_suffix("")
    elif path.name.endswith(RECEIPT_PAGE_SUFFIX):
        other = path.with_suffix(".json")
    else:
        return None
    return str(other) if other.is_file() else None


def _notes(results: list[Verification], *, is_compared: bool) -> Iterator[str]:
    """Yield how to see what has changed in a file, and what the passed checks cannot prove."""
    states = {(check.name, check.state) for result in results for check in result.checks}
    if ("seal", "failed") in states and any(result.record for result in results) and not is_compared:
        yield WHAT_CHANGED
    if any(state == "passed" for _, state in states) and ("signature", "passed") not in states:
        yield SEAL_LIMIT
    if ("words", "passed") in states and ("rebuild", "passed") not in states:
        yield WORDS_LIMIT


def _verify_all(path: Path, arguments: Mapping[str, Any], limits: PageLimits) -> Iterator[Verification]:
    """Verify one file, or all outputs in a folder."""
    try:
        files = files_to_verify(path) if path.is_dir() else [path]
    except ReadoutError as error:
        yield Verification(str(path), "failed", error=escape_controls(str(error)))
        return
    for file in files:
        yield _verify(file, arguments, limits)


def _verify(path: Path, arguments: Mapping[str, Any], limits: PageLimits) -> Verification:
    """Verify one file; an error of this file becomes part of its result."""
    try:
        return limits.call(lambda: verify(path, **arguments), path, where=str(path))
    except UsageError:
        raise
    except ReadoutError as error:
        if error.exit_code != FAILED:
            raise
        message = str(error)
    except Exception as error:  # noqa: BLE001 - an unforeseen error in one file must not stop the others
        message = f"{path}: {internal_error_message(error)}"
    return Verification(str(path), "failed", error=escape_controls(message))


def _print(result: Verification) -> None:
    if result.error is not None:
        print_error(result.error)
        return
    typer.echo("\n".join(escape_controls(line) for line in _lines(result)))


def _summary(results: Sequence[Verification]) -> str:
    """Return how many files have each verdict; one that cannot be read has failed."""
    counts = Counter[str](result.verdict for result in results)
    shown = (f"{counts[verdict]:,} {words}" for verdict, words in _VERDICTS.items() if counts[verdict])
    return f"{number_with_noun(len(results), 'file')}: {', '.join(shown)}"


def _lines(result: Verification) -> Iterator[str]:
    yield f"{result.path}: {_VERDICTS[result.verdict]}"
    if record := result.record:
        source = record.source
        retrieved = f", retrieved {source.retrieved}" if source.retrieved else ""
        yield f"  from: {source.url or source.name}{retrieved}, SHA-256 {source.sha256}"
        if record.edited:
            yield f"  edited: {', '.join(record.edited)}"
        if record.withheld:
            yield f"  left out by a person: {number_with_noun(len(record.withheld), 'photo')}"
    for check in result.checks:
        yield f"  {check.name}: {check.message}"
        yield from (f"    {detail}" for detail in check.details)
