"""`readout-pub convert`: saved pages → files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from readout_pub.cli import internal_error_message
from readout_pub.cli.options import (
    AllowHost,
    AltFile,
    Contact,
    Date,
    Delay,
    Json,
    Language,
    MaxBytes,
    Series,
    Site,
    Sites,
    Title,
    Urls,
    certifier_of,
    formats_of,
    known_of,
    manners_of,
)
from readout_pub.cli.outputs import Target, chosen_pages, targets
from readout_pub.convert import Overrides, convert
from readout_pub.emit import EMITTERS, RenderOptions
from readout_pub.errors import ReadoutError, UsageError, escape_controls
from readout_pub.notes import Note, reaches
from readout_pub.output import STANDARD_OUTPUT, WrittenFile, write_renditions
from readout_pub.sources import MAX_BYTES
from readout_pub.sources.web.policy import DEFAULT_DELAY


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one source: its files and notes, or what went wrong."""

    source: str
    files: tuple[WrittenFile, ...] = ()
    notes: tuple[Note, ...] = ()
    error: str | None = None
    exit_code: int = 0


EXAMPLES = """\b
readout-pub convert page.html --to pdf
readout-pub convert page.html --to pdf,epub,html -o out/
readout-pub convert crawl.warc.gz -o out/
readout-pub convert https://www.example.org/talks.html
readout-pub convert dump.txt --to docx --title "Foreign Ministers' Meeting" --date 2022-08-04
readout-pub convert page.html --to html --alt-file alts.csv --fail-on warning
cat page.html | readout-pub convert - --to txt -o -"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


def _complete_format(incomplete: str) -> list[str]:
    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in (*EMITTERS, "docx", "odt", "md", "rst", "tex") if name.startswith(last)]


def _complete_theme(incomplete: str) -> list[str]:
    from readout_pub.styles import themes

    return [name for name in themes() if name.startswith(incomplete)]


def _complete_profile(incomplete: str) -> list[str]:
    from readout_pub.emit.pdf.profiles import PROFILES

    return [name for name in PROFILES if name.startswith(incomplete)]


@app.command("convert", epilog=EXAMPLES)
def convert_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            help='Saved pages: files, folders, zip, MHTML or web archives, web addresses, or "-" for standard input.',
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="Formats: pdf, epub, html, json, txt, docx, odt, md, rst, tex, or any pandoc writer.",
            metavar="FORMAT,…",
            autocompletion=_complete_format,
        ),
    ] = "pdf",
    output: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            help='A file, "-" for standard output, or a folder: it ends in "/", is one, or several files are coming.',
            metavar="PATH",
        ),
    ] = None,
    theme: Annotated[str, typer.Option(help="The look.", autocompletion=_complete_theme)] = "plain",
    pdf: Annotated[
        str,
        typer.Option(
            help="The standards that a PDF keeps: ua1+a2a, ua1+a3a (source and model inside) or ua2 (PDF 2.0).",
            metavar="PROFILE",
            autocompletion=_complete_profile,
        ),
    ] = "ua1+a2a",
    photos: Annotated[
        Literal["inline", "beside"] | None, typer.Option(help="Photos inside the file, or in a folder beside it.")
    ] = None,
    url: Urls = None,
    site: Site = None,
    sites: Sites = None,
    title: Title = None,
    series: Series = None,
    date: Date = None,
    lang: Language = None,
    alt_file: AltFile = None,
    certifier: Annotated[
        Path | None,
        typer.Option(help="A TOML file: who certifies that books are accessible (name, credential, report)."),
    ] = None,
    system_fonts: Annotated[
        bool, typer.Option("--system-fonts", help="Let this machine's fonts into the PDF.")
    ] = False,
    fail_on: Annotated[
        Literal["note", "warning", "error"] | None,
        typer.Option(help="Write nothing and fail if a note is at least this grave."),
    ] = None,
    max_bytes: MaxBytes = MAX_BYTES,
    contact: Contact = None,
    delay: Delay = DEFAULT_DELAY,
    allow_host: AllowHost = None,
    no_clobber: Annotated[bool, typer.Option("--no-clobber", help="Leave existing files alone and fail.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    json: Json = False,
) -> None:
    """Convert saved pages. Without -o the files land in the working directory, named after their source.

    From a folder or an archive every page is converted, into files named after its path or address.
    """
    if json and output == STANDARD_OUTPUT:
        raise UsageError(
            "standard output takes a file or the report, not both", where="--json", what_next="name a file"
        )
    formats = formats_of(to)
    known = known_of(title, series, date, lang, alt_file)
    look = RenderOptions(
        theme=theme, photos=photos, system_fonts=system_fonts, pdf=pdf, certifier=certifier_of(certifier)
    )
    pages = chosen_pages(sources, url or (), max_bytes, manners_of(contact, delay, allow_host))
    if len(pages) > 1 and (title or series or date):
        raise UsageError("--title, --series and --date say what one page lost, and here are several")
    outcomes = []
    for target in targets(pages, formats, output):
        outcome = _convert_one(
            target,
            look,
            known,
            site=site,
            sites=sites or (),
            fail_on=fail_on,
            max_bytes=max_bytes,
            no_clobber=no_clobber,
        )
        outcomes.append(outcome)
        if not json:
            _tell(outcomes[-1], quiet=quiet)
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(outcomes), indent=1).decode())
    raise typer.Exit(max(outcome.exit_code for outcome in outcomes))


def _convert_one(
    target: Target,
    look: RenderOptions,
    known: Overrides,
    *,
    site: str | None,
    sites: Sequence[Path],
    fail_on: Literal["note", "warning", "error"] | None,
    max_bytes: int,
    no_clobber: bool,
) -> Outcome:
    """Convert one source and write its files; what goes wrong becomes part of its outcome, and the next goes on."""
    try:
        if no_clobber:
            target.refuse_existing()
        conversion = convert(
            target.page,
            list(target.paths),
            site=site,
            sites=sites,
            known=known,
            look=msgspec.structs.replace(look, folder=target.folder),
            max_bytes=max_bytes,
        )
        emitted = (note for rendition in conversion.renditions for note in rendition.notes)
        notes = tuple(dict.fromkeys((*conversion.readout.notes, *emitted)))
        if fail_on and (grave := [note.code for note in notes if reaches((note,), fail_on)]):
            reasons = ", ".join(dict.fromkeys(grave))
            error = f"{target.source}: nothing was written because of {reasons} (--fail-on {fail_on})"
            return Outcome(target.source, notes=notes, error=error, exit_code=1)
        files = write_renditions([(rendition, target.path(rendition)) for rendition in conversion.renditions])
        return Outcome(target.source, files, notes)
    except ReadoutError as error:
        return Outcome(target.source, error=str(error), exit_code=error.exit_code)
    except OSError:
        raise  # standard output is gone, and with it the rest
    except Exception as error:  # noqa: BLE001 - one page that nobody foresaw must not end the run of all others
        return Outcome(
            target.source, error=escape_controls(f"{target.source}: {internal_error_message(error)}"), exit_code=1
        )


def _tell(outcome: Outcome, *, quiet: bool) -> None:
    """Say what was written on standard output, and everything else on standard error."""
    if not quiet:
        for each in outcome.notes:
            where = f" ({each.where})" if each.where else ""
            typer.echo(
                escape_controls(f"{outcome.source}: {each.severity} {each.code}: {each.message}{where}"), err=True
            )
        for file in outcome.files:
            if file.path != STANDARD_OUTPUT:
                typer.echo(file.path)
    if outcome.error:
        typer.echo(f"readout-pub: {outcome.error}", err=True)
