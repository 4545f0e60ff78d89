"""What the parent process and its workers exchange: the configuration of a batch, jobs, and outcomes."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from readout_pub.alt import Decision
from readout_pub.alt.withheld import GivenAlt
from readout_pub.arguments import require_unicode, set_plain_strings
from readout_pub.batch.containment import resolve_inside
from readout_pub.convert import Overrides, require_options
from readout_pub.emit import RenderOptions
from readout_pub.errors import UsageError, option
from readout_pub.ledger import LedgerEntry, RenditionRecord
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT
from readout_pub.model import AltPolicy, Keep
from readout_pub.named_file import is_open_pipe
from readout_pub.notes import SEVERITIES, Severity
from readout_pub.sources import MAX_BYTES

PRIVATE_FOLDER = ".readout-pub"
"""The folder in the output folder for the ledger, the picture cache, and files that are being written."""

VERSIONS_FOLDER = "versions"
"""The folder in the output folder for earlier versions of pages."""

ARCHIVE_TITLE = "Readouts"
"""The title of an archive that the user does not name."""


class BatchConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch makes, and the limits of one page.

    `timeout` is in seconds; `memory` is how many bytes a page may take besides those of its worker; None means no
    limit. `max_bytes` limits one file of the source. `keep` and `accept_error_pages` are as in `extract`, `alt_policy`
    as in `describe`, `release` as in `convert`. `language` (BCP 47) is for pages for which `overrides_file` has none.
    With `keep_versions`, the earlier outputs of a page that changed are kept in `VERSIONS_FOLDER`. The rest is as in
    `batch`.
    """

    formats: tuple[str, ...]
    out: Path
    render_options: RenderOptions = RenderOptions(receipt=True)
    site: str | None = None
    sites: tuple[Path, ...] = ()
    max_bytes: int = MAX_BYTES
    timeout: float | None = PAGE_TIMEOUT
    memory: int | None = PAGE_MEMORY
    keep: Keep | None = None
    accept_error_pages: bool = False
    alt_policy: AltPolicy = "caption"
    release: str | None = None
    alt_file: Path | None = None
    overrides_file: Path | None = None
    language: str | None = None
    fail_on: Severity | None = None
    title: str = ARCHIVE_TITLE
    publisher: str | None = None
    keep_versions: bool = False

    def __post_init__(self) -> None:
        """Make the texts plain strings, which can be sent to workers."""
        set_plain_strings(self)

    @property
    def private_folder(self) -> Path:
        """The folder of the ledger and the picture cache."""
        return self.out / PRIVATE_FOLDER

    @property
    def scratch_folder(self) -> Path:
        """Where files are written before they are moved to their place."""
        return self.private_folder / "unfinished"

    def path_of(self, name: str) -> Path:
        """Return the path of an output file; raise OutputError if it leaves the folder."""
        return resolve_inside(self.out, name)

    def timeout_marker(self, number: int) -> Path:
        """Return the file that remains if page `number` of the ledger ran out of time."""
        return self.scratch_folder / f"late-{number}"

    def validated(self) -> BatchConfig:
        """Return this configuration with `out` and `sites` as absolute paths and each format once.

        Raises UsageError for invalid values.
        """
        from readout_pub.alt.lint import load_house_rules
        from readout_pub.alt.policy import require_policy
        from readout_pub.emit import canonical_format, suffix_of
        from readout_pub.extract import require_keep
        from readout_pub.extract.registry import require_profiles

        formats = tuple(dict.fromkeys(map(canonical_format, self.formats)))
        if not formats:
            raise UsageError("no format is named", where=option("--to"), what_next="name one, such as pdf")
        for name, file in (("--css", self.render_options.css), ("--alt-profile", self.release)):
            if file is not None and is_open_pipe(Path(file)):
                raise UsageError("workers cannot read a pipe", where=f"{name} {file}", what_next="save it to a file")
        require_options(self.render_options, formats)
        Overrides(language=self.language)  # raises UsageError unless it is a language tag
        for name, text in (("title", self.title), ("publisher", self.publisher)):
            if text is not None and not text.strip():
                what_next = "leave it out, or give a text"
                raise UsageError("it is empty", where=option(f"--{name}"), what_next=what_next)
        for name, text in (("site", self.site), ("title", self.title), ("publisher", self.publisher)):
            require_unicode(text or "", name)
        sites = tuple(folder.absolute() for folder in self.sites)
        require_profiles(self.site, sites)
        require_keep(self.keep)
        require_policy(self.alt_policy)
        if self.release is not None:
            load_house_rules(self.release)  # raises UsageError or SourceError
        if self.fail_on not in {None, *SEVERITIES}:
            raise UsageError(
                f"{self.fail_on!r} is not a severity",
                where=option("--fail-on"),
                what_next=f"write {', '.join(SEVERITIES)}",
            )
        suffixes = [suffix_of(name) for name in formats]
        twice = next((suffix for suffix in suffixes if suffixes.count(suffix) > 1), None)
        if twice:
            raise UsageError(
                f"two of the formats would both become {twice} files",
                where=option("--to"),
                what_next="name only one of them",
            )
        return msgspec.structs.replace(
            self,
            formats=formats,
            out=self.out.absolute(),
            sites=sites,
        )


class JobContext(msgspec.Struct, frozen=True, kw_only=True):
    """What all jobs of a batch share: the configuration, and the keys of `fingerprint` as the parent computed them.

    settings_keys   format → key of all that decides the bytes of its files, apart from the readout
    pictures_key    key of how photos are prepared
    program_key     key of the program, which a worker compares with its own
    caller          the process of the caller, as `this_process` returns it
    """

    config: BatchConfig
    settings_keys: Mapping[str, str]
    pictures_key: str
    program_key: str
    caller: tuple[str, int]


def this_process() -> tuple[str, int]:
    """Return the name of this machine and the id of this process on it."""
    return platform.node(), os.getpid()


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One page to convert. `page` is its SavedPage, pickled.

    `renditions` are those of an earlier run whose files are unchanged. `occupied` are formats whose output file exists
    and is not by this program. `alts` and `overrides` are from the alt file and the overrides file; `decisions` are
    those on the photos of the page. `previous` is the page in the ledger, if its earlier version is to be kept.
    """

    number: int
    name: str
    stem: str
    page: bytes
    renditions: Mapping[str, RenditionRecord] = {}
    previous: LedgerEntry | None = None
    occupied: tuple[str, ...] = ()
    alts: Mapping[str, GivenAlt] = {}
    decisions: tuple[Decision, ...] = ()
    overrides: Overrides = Overrides()


Status = Literal["made", "confirmed", "failed"]


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one page: its entry for the ledger, and the seconds of each stage.

    made        renditions were written: those of `formats`
    confirmed   the page was read, and all its renditions are up to date
    failed      the page or one of its formats failed (see `entry.failure`); `formats` were written nevertheless

    `is_new_version`: the page has changed, and its earlier version was kept (with `BatchConfig.keep_versions`).
    """

    number: int
    name: str
    status: Status
    entry: LedgerEntry
    formats: tuple[str, ...] = ()
    seconds: Mapping[str, float] = {}
    is_new_version: bool = False
