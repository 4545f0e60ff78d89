"""Options that several commands share, so that each is written and explained once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from readout_pub.alt.alt_file import read_alt_file
from readout_pub.convert import Overrides
from readout_pub.emit import Certifier
from readout_pub.errors import UsageError
from readout_pub.extract.language import declared_language
from readout_pub.sources.web.policy import FetchPolicy, cache_folder


def _complete_site(incomplete: str) -> list[str]:
    from readout_pub.extract.registry import NO_SITE, all_profiles

    names = [*sorted({profile.site for profile in all_profiles()}), NO_SITE]
    return [name for name in names if name.startswith(incomplete)]


_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9}


def _size_for(option: str) -> Callable[[str | int], int]:
    """Return what reads the size that is given to `option`: "512MB" is 512,000,000 bytes."""

    def size(text: str | int) -> int:
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmg]?)i?b?", str(text).strip().lower())
        bytes_ = int(float(found[1]) * _UNITS[found[2]]) if found else 0
        if not bytes_:
            raise UsageError(f"{text!r} is no size", where=option, what_next="write it as 512MB or 2GB")
        return bytes_

    return size


Site = Annotated[
    str | None,
    typer.Option(
        help='Use this site profile; "none" for none. By default the page is asked.',
        metavar="NAME",
        autocompletion=_complete_site,
    ),
]
Sites = Annotated[
    list[Path] | None, typer.Option(help="A folder of site profiles of your own; may be repeated.", metavar="DIR")
]
Title = Annotated[str | None, typer.Option(help="The title, where the page lost it.")]
Series = Annotated[str | None, typer.Option(help="The series line, where the page lost it.")]
Date = Annotated[str | None, typer.Option(help="The date of issue, where the page lost it.", metavar="YYYY-MM-DD")]
Language = Annotated[str | None, typer.Option("--lang", help="The language of the page, such as en or ja.")]
AltFile = Annotated[
    Path | None, typer.Option(help="A CSV file with the columns file and alt: texts for this page's photos.")
]
Urls = Annotated[
    list[str] | None,
    typer.Option("--url", help="Only the page at this address; may be repeated.", metavar="URL"),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(help="Fetch from this host although its address is private; may be repeated.", metavar="HOST"),
]
Contact = Annotated[
    str | None,
    typer.Option(
        help="Your mail or web address, which is sent along when pages are fetched, so that webmasters can reach you.",
        metavar="ADDRESS",
        envvar="READOUT_PUB_CONTACT",
    ),
]
Delay = Annotated[
    float,
    typer.Option(min=0.0, help="Seconds between two requests to one host; robots.txt may ask for more."),
]
MaxBytes = Annotated[
    int,
    typer.Option(
        help="Refuse a larger page or photo. [default: 20MB]",
        metavar="SIZE",
        parser=_size_for("--max-bytes"),
        show_default=False,
    ),
]
PageMemory = Annotated[
    int,
    typer.Option(
        help="Memory that one page may take. [default: 2GB]",
        metavar="SIZE",
        parser=_size_for("--page-memory"),
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


def formats_of(text: str) -> tuple[str, ...]:
    """Read the names of formats: "PDF, .epub" is pdf and epub."""
    return tuple(filter(None, (name.strip().lower().removeprefix(".") for name in text.split(","))))


def known_of(
    title: str | None, series: str | None, date: str | None, language: str | None, alt_file: Path | None
) -> Overrides:
    """Gather what a person knows; a UsageError if an option is empty, a date no date or a language no language tag."""
    for option, text in (("--title", title), ("--series", series)):
        if text is not None and not text.strip():
            raise UsageError("it is empty", where=option, what_next="leave it out, or write what should stand there")
    if language is not None and declared_language(language) is None:
        raise UsageError(f"{language!r} is no language tag", where="--lang", what_next="write it as en, ja or pt-BR")
    return Overrides(
        title=title,
        series=series,
        issued=day_of(date, "--date"),
        language=declared_language(language),
        alts=read_alt_file(alt_file) if alt_file else {},
    )


def manners_of(contact: str | None, delay: float, allowed_hosts: Sequence[str] | None) -> FetchPolicy:
    """Gather how the web is asked; a UsageError if the contact could not stand in a header."""
    if contact is not None and not (contact.isascii() and contact.isprintable() and contact.strip()):
        raise UsageError(
            "it may hold ASCII characters only", where="--contact", what_next="write a mail or web address"
        )
    return FetchPolicy(contact=contact, delay=delay, allowed_hosts=tuple(allowed_hosts or ()), cache=cache_folder())


def certifier_of(path: Path | None) -> Certifier | None:
    """Read the certifier file, if one is named."""
    from readout_pub.emit.epub.certifier import read_certifier

    return read_certifier(path) if path else None


def day_of(text: str | None, option: str) -> dt.date | None:
    """Read the day that an option names; None if it names none."""
    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no date", where=option, what_next="write it as 2022-08-04") from None
