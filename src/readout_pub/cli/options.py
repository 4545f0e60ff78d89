"""The options that several commands share, and the functions that turn their values into objects."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from readout_pub.alt.alt_file import AltTable, read_alt_file
from readout_pub.alt.decisions import DECISIONS_FILE
from readout_pub.alt.policy import ALT_POLICIES
from readout_pub.arguments import MAX_SECONDS, MAX_SIZE, shown
from readout_pub.convert import Overrides
from readout_pub.emit import EMITTERS, RenderOptions, canonical_format
from readout_pub.emit.rendition import MAIL_ADDRESS, PDF_PROFILES, relevant_options
from readout_pub.errors import UsageError, shell_word
from readout_pub.extract.language import declared_language
from readout_pub.limits import MIN_PAGE_MEMORY, MIN_PAGE_TIMEOUT
from readout_pub.model import AltPolicy
from readout_pub.notes import number_with_noun
from readout_pub.output import STANDARD_OUTPUT
from readout_pub.overrides_table import DATE_FORMS, parse_printed_day
from readout_pub.sources import local_path
from readout_pub.sources.file_tree import without_companion_folders
from readout_pub.sources.path_list import LIST_MARK
from readout_pub.sources.web.policy import FetchPolicy
from readout_pub.themes import PAPERS, Paper, load_theme, theme_names
from readout_pub.user_cache import cache_folder

PANDOC_FORMATS = ("docx", "odt", "md", "rst", "tex")
"""The formats of pandoc that help and completion list; every other pandoc writer of documents works as well."""

DEFAULTS = RenderOptions()


# --- completion in the shell


def _complete_format(incomplete: str) -> list[str]:
    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in (*EMITTERS, *PANDOC_FORMATS) if name.startswith(last)]


def _complete_theme(incomplete: str) -> list[str]:
    return [name for name in theme_names() if name.startswith(incomplete)]


def _complete_pdf_profile(incomplete: str) -> list[str]:
    return [name for name in PDF_PROFILES if name.startswith(incomplete)]


def _complete_site(incomplete: str) -> list[str]:
    from readout_pub.extract.profile import NO_SITE
    from readout_pub.extract.registry import all_profiles

    names = [*sorted({profile.site for profile in all_profiles()}), NO_SITE]
    return [name for name in names if name.startswith(incomplete)]


# --- sources


def without_files_beside_pages(sources: list[str]) -> list[str]:
    """Return `sources` without the files beside pages: photo folders of saved pages, and the decisions on photos.

    The shell lists such files too for `saved/*`. If there is nothing else, `sources` stay.
    """
    pages = [each for each in without_companion_folders(sources) if Path(each).name != DECISIONS_FILE]
    return pages or sources


# --- outputs and their appearance: `convert` and `batch`

Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        help=f"Formats: {', '.join((*EMITTERS, *PANDOC_FORMATS))}, or any pandoc writer; may be repeated.",
        metavar="FORMAT,…",
        autocompletion=_complete_format,
    ),
]
Theme = Annotated[
    str,
    typer.Option(
        help="A theme, or the folder of your theme: see `readout-pub theme`.",
        metavar=f"[{'|'.join(theme_names())}|DIR]",
        autocompletion=_complete_theme,
    ),
]
PaperSize = Annotated[
    Paper | None,
    typer.Option(
        "--paper",
        help="The paper of PDF, DOCX and ODT, in place of that of the theme; margins are scaled.",
        case_sensitive=False,
        metavar=f"[{'|'.join(PAPERS)}]",
    ),
]
CssFile = Annotated[
    Path | None,
    typer.Option(
        "--css", help="A file with rules that come last in the style sheet of PDF, EPUB and HTML.", metavar="FILE"
    ),
]
Draft = Annotated[
    bool,
    typer.Option(
        "--draft", help="Mark each output, and each page of PDF, DOCX and ODT, as a draft.", show_default=False
    ),
]
Embargo = Annotated[
    str | None,
    typer.Option(
        help="Mark each output, and each page of PDF, DOCX and ODT, as not to be released before this day.",
        metavar="YYYY-MM-DD",
    ),
]
PdfProfile = Annotated[
    str,
    typer.Option(
        "--pdf",
        help=f"Standards of a PDF: {'; '.join(f'{name} ({words})' for name, words in PDF_PROFILES.items())}.",
        metavar=f"[{'|'.join(PDF_PROFILES)}]",
        autocompletion=_complete_pdf_profile,
    ),
]
Photos = Annotated[
    Literal["inline", "beside"] | None,
    typer.Option(
        help="Photos inside the file, or in a folder beside it. By default the format decides.",
        case_sensitive=False,
        metavar="[inline|beside]",
    ),
]
SystemFonts = Annotated[
    bool,
    typer.Option("--system-fonts", help="Allow fonts of this machine in a PDF; its bytes then depend on them."),
]
CertifierFile = Annotated[
    Path | None,
    typer.Option(
        "--certifier",
        help="A TOML file with the name, credential and report of the person or body that certifies the accessibility "
        "of an EPUB.",
        metavar="FILE",
    ),
]
FailOn = Annotated[
    Literal["note", "warning", "error"] | None,
    typer.Option(
        help="Fail a page that has a note of this severity or worse, and write none of its files.",
        case_sensitive=False,
        metavar="[note|warning|error]",
    ),
]

ReceiptForm = Annotated[
    Literal["json", "html"],
    typer.Option(
        "--receipt",
        help="The format of the receipt. A receipt shows that every word of the page is in the files, or counts the "
        "words that are not and quotes the first of them. html also writes an HTML page with the words of source and "
        "output side by side.",
        case_sensitive=False,
        metavar="[json|html]",
    ),
]
NoReceipt = Annotated[
    bool,
    typer.Option(
        "--no-receipt",
        help="Do not check the words of the files, and write no receipt; the source record in a file says so.",
    ),
]


AccessibilityContact = Annotated[
    str | None,
    typer.Option(
        "--contact",
        help="A mail address for questions about accessibility; EPUB files contain it.",
        metavar="ADDRESS",
    ),
]


def typed_mail_address(context: typer.Context, contact: str | None) -> str | None:
    """Return the mail address of a typed `--contact`, else None: a value from the environment is for requests only."""
    source = context.get_parameter_source("contact")
    is_typed = source is not None and source.name == "COMMANDLINE"
    return contact if contact and is_typed and MAIL_ADDRESS.fullmatch(contact) else None


def parse_formats(lists: Sequence[str] | None) -> tuple[str, ...]:
    """Return the formats in the values of --to: ["PDF, .epub", "txt"] is ("pdf", "epub", "txt"); () without --to.

    Raises UsageError if the option names no format.
    """
    names = tuple(filter(None, (canonical_format(name) for each in lists or () for name in each.split(","))))
    if lists and not names:
        raise UsageError("there is no format", where="--to", what_next="name one, such as pdf")
    return tuple(dict.fromkeys(names))


def render_options_from(
    theme: str,
    pdf: str,
    photos: Literal["inline", "beside"] | None,
    *,
    system_fonts: bool,
    certifier: Path | None = None,
    contact: str | None = None,
    paper: Paper | None = None,
    css: Path | None = None,
    draft: bool = False,
    embargo: str | None = None,
    receipt: bool = True,
) -> RenderOptions:
    """Return the `RenderOptions` that the values of these options set; read the certifier file, if one is named."""
    options = RenderOptions(
        theme=theme,
        paper=paper,
        css=str(css) if css else None,
        pdf=pdf,
        photos=photos,
        system_fonts=system_fonts,
        contact=contact,
        draft=draft,
        embargo=parse_day(embargo, "--embargo"),
        receipt=receipt,
    )
    if certifier is None:
        return options
    from readout_pub.emit.epub.certifier import read_certifier

    return msgspec.structs.replace(options, certifier=read_certifier(certifier))


_OPTIONS_OF_FORMATS = {
    "theme": "--theme",
    "paper": "--paper",
    "pdf": "--pdf",
    "photos": "--photos",
    "certifier": "--certifier",
    "system_fonts": "--system-fonts",
    "draft": "--draft",
    "embargo": "--embargo",
    "contact": "--contact",
}
"""Field of `RenderOptions` → its option, for options that only some formats use. An unused --css is refused."""


def unused_option_remarks(options: RenderOptions, formats: Iterable[str], *, fetches: bool = False) -> Iterator[str]:
    """Yield a remark for each option that no format uses; a run that `fetches` pages sends --contact to servers."""
    names = tuple(dict.fromkeys(map(canonical_format, formats)))
    used = {field for name in names for field in relevant_options(name)}
    default = RenderOptions()
    for field, option in _OPTIONS_OF_FORMATS.items():
        is_used = field in used or (field == "contact" and fetches)
        if names and not is_used and getattr(options, field) != getattr(default, field):
            yield f"{option} has no effect on {', '.join(names)}"


def theme_remarks(theme: str) -> Iterator[str]:
    """Yield a remark if a theme of the user has text with less contrast than WCAG requires.

    Raises UsageError if there is no such theme, and ThemeError if it cannot be read.
    """
    if theme.strip().lower() in theme_names():
        return
    from readout_pub.theme_tools import contrast_faults

    count = sum(fault.severity == "error" for fault in contrast_faults(load_theme(theme)))
    if count:
        yield (
            f"{theme}: {number_with_noun(count, 'colour')} of text too pale or too dark to read on the paper (WCAG "
            f"1.4.3); `readout-pub theme check {shell_word(theme)}` names better ones"
        )


# --- profile, fields and language of pages: all commands that read pages

Site = Annotated[
    str | None,
    typer.Option(
        help='Use this site profile, or none with "none". By default address and markup of the page decide.',
        metavar="NAME",
        autocompletion=_complete_site,
    ),
]
Sites = Annotated[
    list[Path] | None, typer.Option(help="A folder of your own site profiles; may be repeated.", metavar="DIR")
]
LintProfile = Annotated[
    str,
    typer.Option(
        "--profile",
        help="The house rules for alternative texts: wai (W3C), govuk-2022, quarto, section508, or your own TOML file.",
        metavar="NAME|FILE",
    ),
]
LintMessages = Annotated[
    Literal["en", "ja"],
    typer.Option(
        "--messages",
        help="The language of messages about alternative texts: English or Japanese.",
        case_sensitive=False,
        metavar="[en|ja]",
    ),
]
Urls = Annotated[
    list[str] | None,
    typer.Option("--url", help="Only the page with this address; may be repeated.", metavar="URL"),
]
Title = Annotated[str | None, typer.Option(help="The title, in place of the one found.", metavar="TEXT")]
Series = Annotated[str | None, typer.Option(help="The series line, in place of the one found.", metavar="TEXT")]
Date = Annotated[
    str | None,
    typer.Option(
        help="The publication date, in place of the one found: YYYY-MM-DD, or as outputs are to show it, such as "
        "'4 March 2031'.",
        metavar="DATE",
    ),
]
Language = Annotated[
    str | None,
    typer.Option(
        "--lang", help="The language of the pages, such as en or pt-BR, in place of the one found.", metavar="TAG"
    ),
]
OverridesFile = Annotated[
    Path | None,
    typer.Option(
        help="A table (CSV, .xlsx, .ods or JSON) with titles, series, dates and languages in place of those found: "
        "columns page, title, series, date, lang.",
        metavar="FILE",
    ),
]
AltFile = Annotated[
    Path | None,
    typer.Option(
        help="A table (CSV, .xlsx, .ods or JSON) with alternative texts for photos: columns file and alt, for several "
        "pages also page. `inspect --alts` writes one to fill in.",
        metavar="FILE",
    ),
]
AltPolicyOption = Annotated[
    AltPolicy,
    typer.Option(
        "--alt-policy",
        help="What a photo without an alternative text of its own gets: "
        f"{'; '.join(f'{words} ({name})' for name, words in ALT_POLICIES.items())}.",
        case_sensitive=False,
        metavar=f"[{'|'.join(ALT_POLICIES)}]",
    ),
]
Release = Annotated[
    bool,
    typer.Option(
        "--release",
        help="Refuse a page unless a person vouches for the alternative text of each photo; the photos are listed.",
    ),
]
AltProfile = Annotated[
    str,
    typer.Option(
        help="The house rules by which --release judges alternative texts: wai, govuk-2022, quarto, section508, or "
        "your own TOML file.",
        metavar="NAME|FILE",
    ),
]
DEFAULT_ALT_PROFILE = "wai"


def rules_of_release(alt_profile: str, *, release: bool) -> str | None:
    """Return the house rules that the pages of a release must follow; None without --release.

    Raises a UsageError for house rules without --release: nothing would be judged by them.
    """
    if not release and alt_profile != DEFAULT_ALT_PROFILE:
        raise UsageError("it has no effect without --release", where="--alt-profile", what_next="add --release")
    return alt_profile if release else None


def review_command(sources: Sequence[str], profile: str = DEFAULT_ALT_PROFILE) -> str:
    """Return the command that opens the sources for review, by the house rules `profile`.

    For several files of one folder, the argument is the folder. It is "ARCHIVE" if no single argument can open all
    sources.
    """
    archive = shell_word(source) if (source := _common_source(sources)) else "ARCHIVE"
    rules = "" if profile == DEFAULT_ALT_PROFILE else f" --profile {shell_word(profile)}"
    return f"readout-pub alt review {archive}{rules}"


def _common_source(sources: Sequence[str]) -> str | None:
    if len(sources) == 1:
        return sources[0]
    folders = {str(Path(source).parent) for source in sources}
    return folders.pop() if len(folders) == 1 and all(map(os.path.isfile, sources)) else None


def overrides_from(title: str | None, series: str | None, date: str | None, language: str | None) -> Overrides:
    """Return the fields that these options set; raise a UsageError for empty text, a bad date or language tag."""
    for option, text in (("--title", title), ("--series", series)):
        if text is not None and not text.strip():
            raise UsageError("it is empty", where=option, what_next="leave the option out, or give a text")
    issued, issued_text = _parse_printed_day(date, language)
    return Overrides(
        title=title, series=series, issued=issued, issued_text=issued_text, language=parse_language(language)
    )


def _parse_printed_day(text: str | None, language: str | None) -> tuple[dt.date | None, str | None]:
    """Return the day in the value of `--date`, and the text for outputs, None for an ISO date."""
    try:
        return parse_printed_day(text, language) if text is not None else (None, None)
    except ValueError:
        raise UsageError(f"{text!r} is not a valid date", where="--date", what_next=DATE_FORMS) from None


def parse_language(tag: str | None) -> str | None:
    """Return the value of `--lang` as a language tag; raise a UsageError if it is none."""
    if tag is not None and declared_language(tag) is None:
        raise UsageError(
            f"{tag!r} is not a language tag", where="--lang", what_next="write en, ja or pt-BR, for example"
        )
    return declared_language(tag)


def read_alts(path: Path | None) -> AltTable:
    """Return the table that `--alt-file` names, or an empty one."""
    return read_alt_file(path) if path else AltTable()


def parse_day(text: str | None, option: str) -> dt.date | None:
    """Return the day in the value of `option`; raise a UsageError if it is not an ISO date."""
    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a valid date", where=option, what_next="write YYYY-MM-DD") from None


def require_not_standard_output(path: Path | None, option: str, kind: str = "file") -> None:
    """Raise a UsageError if `option` names standard output: "-" would become the name of a file or folder."""
    if path == Path(STANDARD_OUTPUT):
        raise UsageError(f"this {kind} cannot go to standard output", where=f"{option} -", what_next=f"name a {kind}")


def require_suffix(path: Path | None, format_name: str, suffixes: Sequence[str], option: str) -> None:
    """Raise a UsageError if `option` names standard output, or a file with a suffix of another format."""
    require_not_standard_output(path, option)
    if path and path.suffix and path.suffix.lower() not in suffixes:
        raise UsageError(
            f"this file is {format_name} and cannot have the suffix {path.suffix}",
            where=f"{option} {path}",
            what_next=f"name it {path.stem}{suffixes[0]}",
        )


def require_not_read(path: Path | None, sources: Iterable[str | Path | None], option: str) -> None:
    """Raise a UsageError if the file that `option` names is one that the command reads."""
    read = (local_path(str(source)).removeprefix(LIST_MARK).replace("\0", "") for source in sources if source)
    if path and path.is_file() and os.path.realpath(path) in map(os.path.realpath, read):
        raise UsageError(
            "this command reads the file, and would replace it",
            where=f"{option} {path}",
            what_next="name another file",
        )


KeepOption = Annotated[
    Literal["more", "most"] | None,
    typer.Option(
        "--keep",
        help="On a page without a profile, keep more (also doubtful lines) or most (all but navigation and the like).",
        case_sensitive=False,
        metavar="[more|most]",
    ),
]
AcceptErrorPages = Annotated[
    bool,
    typer.Option("--accept-error-pages", help="Read saved pages even if they are error pages, logins or the like."),
]

# --- the network: all commands that fetch pages

AllowHost = Annotated[
    list[str] | None,
    typer.Option(
        help="Fetch from this host even if its IP address is private or its port neither 80 nor 443; may be repeated.",
        metavar="HOST[:PORT]",
    ),
]
Contact = Annotated[
    str | None,
    typer.Option(
        help="Your mail or web address, sent with each request, so that webmasters can reach you.",
        metavar="ADDRESS",
        envvar="READOUT_PUB_CONTACT",
    ),
]
ContactOfOutputs = Annotated[
    str | None,
    typer.Option(
        "--contact",
        help="Your mail or web address, sent with each request, so that webmasters can reach you. If you type a mail "
        "address, EPUB files contain it, for questions about accessibility.",
        metavar="ADDRESS",
        envvar="READOUT_PUB_CONTACT",
    ),
]
Delay = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=MAX_SECONDS,
        help="Seconds between two requests to one host; robots.txt may demand more.",
        metavar="SECONDS",
    ),
]


def fetch_policy_from(contact: str | None, delay: float, allowed_hosts: Sequence[str] | None) -> FetchPolicy:
    """Return the fetch policy that these options set; raise a UsageError as `FetchPolicy` does."""
    return FetchPolicy(contact=contact, delay=delay, allowed_hosts=tuple(allowed_hosts or ()), cache=cache_folder())


# --- limits and reports

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


def _size_parser(option: str, least: int = 1) -> Callable[[str | int], int]:
    """Return a function that parses the size given to `option`: "512MB" and "512 MiB" are 512,000,000 bytes.

    A size below `least` is refused.
    """

    def size(text: str | int) -> int:
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmg]?)i?b?", str(text).strip().lower())
        bytes_ = float(match[1]) * _UNITS[match[2]] if match else 0
        if not 1 <= bytes_ <= MAX_SIZE:
            raise UsageError(f"{shown(text)} is not a size", where=option, what_next="write it as 512MB or 2GB")
        if bytes_ < least:
            raise UsageError(f"{shown(text)} is too small", where=option, what_next=f"give {least // 10**6}MB or more")
        return int(bytes_)

    return size


MaxBytes = Annotated[
    int,
    typer.Option(
        help="Refuse a larger page or photo. [default: 20MB]",
        metavar="SIZE",
        parser=_size_parser("--max-bytes"),
        show_default=False,
    ),
]
PageTimeout = Annotated[
    float,
    typer.Option(min=MIN_PAGE_TIMEOUT, max=MAX_SECONDS, help="Seconds that one page may take.", metavar="SECONDS"),
]
PageMemory = Annotated[
    int,
    typer.Option(
        help="Memory that one page may use. [default: 2GB]",
        metavar="SIZE",
        parser=_size_parser("--page-memory", MIN_PAGE_MEMORY),
        show_default=False,
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print all notes, not only warnings and errors.")]
ErrorsOnly = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
