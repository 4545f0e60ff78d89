"""Computes keys (digests) of everything that decides the bytes of an output, except the page itself.

A reading key covers what decides the readout: code, libraries, options, site profiles. When it changes, the page is
read again. A settings key covers what decides how a format looks: code, libraries, options, style sheets, fonts. When
it changes, the page is read again, and rendered in this format. With two keys, a new style sheet rewrites only the
formats that use it, and a new extraction rule only the outputs whose readout it changes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib import metadata
from operator import itemgetter
from pathlib import Path

import msgspec

from readout_pub.alt import Decision
from readout_pub.alt.lint.house_rules import HouseRules
from readout_pub.alt.withheld import GivenAlt
from readout_pub.batch.job import BatchConfig, JobContext, this_process
from readout_pub.convert import Overrides
from readout_pub.emit.rendition import RenderOptions, relevant_options
from readout_pub.extract import registry
from readout_pub.extract.profile import SiteProfile, is_no_site

PACKAGE = Path(__file__).parents[1]

READ_MODULES = (
    "alt",
    "arguments.py",
    "csv_cells.py",
    "extract",
    "filled_tables",
    "gc_pause.py",
    "html_elements.py",
    "image_metadata.py",
    "image_store.py",
    "language_codes.py",
    "language_names.py",
    "language_names.toml",
    "model",
    "months.py",
    "months.toml",
    "named_file.py",
    "notes.py",
    "numerals.py",
    "opendocument.py",
    "output_names.py",
    "refine",
    "seal.py",
    "sentences.py",
    "settings_file.py",
    "short_text_cache.py",
    "source_record.py",
    "sources",
    "text_direction.py",
    "unicode_scripts.py",
    "user_cache.py",
    "words.py",
)
"""The modules whose code decides the readout of a page."""

RECEIPT_MODULES = ("receipts/model.py", "receipts/page.py")
"""The modules that compare a readout with its page, and note where words differ."""

REPORT_MODULES = (
    "batch/reports",
    "content_security_policy.py",
    "csv_cells.py",
    "digests.py",
    "emit/timestamps.py",
    "html_report.py",
    "language_names.py",
    "language_names.toml",
    "ledger",
    "manifest.py",
    "notes.py",
    "output_names.py",
    "source_record.py",
    "text_direction.py",
)
"""The modules whose code decides the reports of a batch. A test compares them with the imported ones."""

EMIT_MODULES = (
    "arguments.py",
    "content_security_policy.py",
    "digests.py",
    "emit",
    "gc_pause.py",
    "html_elements.py",
    "image_metadata.py",
    "image_store.py",
    "language_codes.py",
    "model",
    "named_file.py",
    "notes.py",
    "numerals.py",
    "opendocument.py",
    "seal.py",
    "settings_file.py",
    "short_text_cache.py",
    "source_record.py",
    "styles.py",
    "text_direction.py",
    "themes.py",
    "unicode_scripts.py",
    "user_cache.py",
)
"""The modules whose code decides what a format makes of a readout. A test compares them and `READ_MODULES` with the
imported ones.
"""

READ_LIBRARIES = ("beautifulsoup4", "faust-cchardet", "ftfy", "lxml", "pillow", "soupsieve", "warcio")
"""The libraries that decide the readout of a page."""

EMIT_LIBRARIES = {
    "html": ("lxml", "pillow"),
    "epub": ("lxml", "pillow"),
    "pdf": ("budoux", "fonttools", "pillow", "pydyf", "pyphen", "tinycss2", "tinyhtml5", "uharfbuzz", "weasyprint"),
    "txt": (),
    "json": ("pillow",),
}
"""Format → the libraries that it uses; formats that are not listed use those of pandoc."""

PANDOC_LIBRARIES = ("pillow", "pypandoc_binary")

LOGO_LIBRARIES = ("pypdfium2", "weasyprint")
"""The libraries that draw the logo of a theme for EPUB and office formats."""


READING_OPTIONS = ("site", "max_bytes", "keep", "accept_error_pages", "language", "alt_policy")
"""The options of a batch that decide the readout of a page."""


class Fingerprints:
    """The keys of one configuration.

    settings_keys   format → its settings key
    options_key     key of the settings, the limits of time and memory, and `fail_on`: a failure may depend on them
    """

    def __init__(self, config: BatchConfig) -> None:
        registry.profiles.cache_clear()  # else a long-running program would not notice a changed profile
        self._config = config
        self._program_key = _digest("reading", *_source_code(READ_MODULES), *_versions(READ_LIBRARIES))
        self.settings_keys: Mapping[str, str] = {name: _settings_key(name, config) for name in config.formats}
        self._reading_keys: dict[str | None, str] = {}

    @property
    def context(self) -> JobContext:
        """What workers need; by `program_key`, each checks that it has the program and the profiles of the caller."""
        profiles = _profile_files(self._config, lambda _: True)
        return JobContext(
            config=self._config,
            settings_keys=self.settings_keys,
            pictures_key=_digest(*_source_code(("image_metadata.py", "image_store.py")), *_versions(("pillow",))),
            program_key=_digest(self._program_key, self.options_key, *profiles),
            caller=this_process(),
        )

    @cached_property
    def options_key(self) -> str:
        """The key of the settings of all formats, the limits of one page, and `fail_on`."""
        config = self._config
        return _digest(*self.settings_keys.items(), config.timeout, config.memory, config.fail_on)

    @cached_property
    def reports_key(self) -> str:
        """The key of what decides the reports besides the pages: their code, theme, title and publisher."""
        from readout_pub.styles import design

        config = self._config
        style = design(config.render_options.theme).style_sheet("archive")
        return _digest(config.title, config.publisher, style, *_source_code(REPORT_MODULES))

    def reading_key(self, host: str | None) -> str:
        """Return the reading key of pages of `host`.

        It covers the profiles for this host; all with `--site`, none with `--site none`.
        """
        if host not in self._reading_keys:
            config = self._config
            options = [*(getattr(config, name) for name in READING_OPTIONS), *_house_rules(config)]
            proof = _source_code(RECEIPT_MODULES) if config.render_options.receipt else ()
            is_named = config.site is not None
            files = _profile_files(config, lambda profile: is_named or profile.serves(host))
            self._reading_keys[host] = _digest(self._program_key, options, *proof, *files)
        return self._reading_keys[host]


def _house_rules(config: BatchConfig) -> Iterator[HouseRules]:
    """Yield the content of the house rules of `--release`, if any: a user may have edited their file."""
    if config.release is not None:
        from readout_pub.alt.lint import load_house_rules

        yield load_house_rules(config.release)


def alts_key(alts: Mapping[str, GivenAlt], decisions: Sequence[Decision]) -> str:
    """Return the key of the alternative texts given for a page and of the decisions on its photos, "" without any."""
    return _digest(*sorted(alts.items(), key=itemgetter(0)), *decisions) if alts or decisions else ""


def overrides_key(overrides: Overrides) -> str:
    """Return the key of what the overrides file has for a page, "" if it has nothing."""
    return _digest(overrides) if overrides != Overrides() else ""


_PATH_OPTIONS = frozenset({"css", "folder", "theme"})
"""Options whose value, a path, is not part of a key: keys have the content of the style sheet and the theme, and
`folder` follows from the name of each page.
"""


def _settings_key(name: str, config: BatchConfig) -> str:
    options = {
        option: getattr(config.render_options, option)
        for option in relevant_options(name)
        if option not in _PATH_OPTIONS
    }
    return _digest(
        name,
        *sorted(options.items()),
        *(_design(config.render_options, name) if "theme" in relevant_options(name) else ()),
        *(_fonts() if name == "pdf" else ()),
        *_source_code(EMIT_MODULES),
        *_versions(EMIT_LIBRARIES.get(name, PANDOC_LIBRARIES)),
        os.environ.get("SOURCE_DATE_EPOCH"),
    )


def _design(render_options: RenderOptions, name: str) -> Iterator[str]:
    """Yield what decides how the format `name` looks: theme, libraries that draw its logo, and style sheets."""
    relevant = relevant_options(name)
    found = msgspec.structs.replace(
        render_options, **{option: None for option in ("css", "paper") if option not in relevant}
    ).design()
    yield found.theme.digest
    if found.theme.logo:
        yield from map(str, _versions(LOGO_LIBRARIES))
    yield from map(found.style_sheet, ("html", "pdf", "epub"))


def _fonts() -> Iterator[tuple[str, int]]:
    """Yield the names and sizes of the fonts that are installed with the program and its extras."""
    from readout_pub.emit.font_files import font_folders

    for folder in font_folders():
        yield from ((path.name, path.stat().st_size) for path in sorted(folder.rglob("*.[ot]tf")))


def _profile_files(config: BatchConfig, is_relevant: Callable[[SiteProfile], bool]) -> Iterator[bytes]:
    """Yield the file of every relevant profile, and of the profile that it extends."""
    if is_no_site(config.site):
        return
    for folder in (*config.sites, registry.OWN_SITES):
        for profile in registry.profiles(folder):
            if is_relevant(profile):
                yield profile.path.read_bytes()
                if profile.extends:
                    yield (folder / profile.extends / profile.path.name).read_bytes()


def _source_code(modules: tuple[str, ...]) -> Iterator[bytes]:
    """Yield the source files of modules: two checkouts can differ although their version number is the same."""
    for module in modules:
        yield from _source_files(PACKAGE / module)


@cache
def _source_files(module: Path) -> tuple[bytes, ...]:
    files = sorted(module.rglob("*.*")) if module.is_dir() else [module]
    return tuple(path.read_bytes() for path in files if path.suffix in {".js", ".py", ".toml"})


@cache
def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "missing"


def _versions(libraries: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((library, _version(library)) for library in libraries)


def _digest(*parts: object) -> str:
    """Return the first 128 bits of a SHA-256 in hex: nobody gains anything from forging a collision."""
    whole = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else msgspec.json.encode(part)
        whole.update(b"%d:%s" % (len(raw), raw))
    return whole.hexdigest()[:32]
