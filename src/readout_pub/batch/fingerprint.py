"""What decides the bytes of an output beside its page, as digests: program, libraries, profiles, style, options.

Two kinds of keys keep the work small. `reading` decides what is understood of a page; a page is read again when it
changes. `settings` decides what a format makes of what was understood; a format is made anew when it changes. So a new
style sheet touches no page's reading, and a new rule of extraction only those outputs whose readout it changes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from importlib import metadata
from pathlib import Path

import msgspec

from readout_pub.batch.job import BatchConfig, JobContext
from readout_pub.extract import registry
from readout_pub.extract.profile import Profile

PACKAGE = Path(__file__).parents[1]

READING = ("image_store.py", "alt", "extract", "model", "notes.py", "refine", "sources")
EMITTING = ("image_store.py", "emit", "model", "notes.py", "source_credit.py", "styles.py")
"""The rooms of the program whose code decides what is understood of a page, and what a format makes of that."""

READERS = ("beautifulsoup4", "faust-cchardet", "ftfy", "lxml", "pillow", "soupsieve", "warcio")
WRITERS = {
    "html": ("lxml", "pillow"),
    "epub": ("lxml", "pillow"),
    "pdf": ("fonttools", "pillow", "pydyf", "pyphen", "tinycss2", "tinyhtml5", "uharfbuzz", "weasyprint"),
    "txt": (),
    "json": (),
}
"""The libraries that each format goes through; those of all others end in pandoc."""

PANDOC = ("pillow", "pypandoc_binary")

IRRELEVANT_OPTIONS = {
    "html": ("pdf", "system_fonts"),
    "epub": ("pdf", "photos", "system_fonts"),
    "pdf": ("photos",),
    "txt": ("pdf", "photos", "system_fonts", "theme"),
    "json": ("pdf", "photos", "system_fonts", "theme"),
}
"""The parts of a look that a format does not heed; a part that is not named here counts."""


class Fingerprints:
    """The keys of one order, as this process would carry it out."""

    def __init__(self, order: BatchConfig) -> None:
        registry.profiles.cache_clear()  # a program that lives on would not see that one was changed
        self._order = order
        self._program = _digest("reading", *_code(READING), *_versions(READERS))
        self.settings: Mapping[str, str] = {name: _settings(name, order) for name in order.formats}
        self._readings: dict[str | None, str] = {}

    @property
    def terms(self) -> JobContext:
        """What workers have to know, and to agree with."""
        version = _digest(self._program, self.limits, *_profile_files(self._order, lambda _: True))
        return JobContext(order=self._order, settings=self.settings, pictures=self._pictures, version=version)

    @property
    def _pictures(self) -> str:
        """The key of how photos are prepared."""
        return _digest(*_code(("image_store.py",)), *_versions(("pillow",)))

    @cached_property
    def limits(self) -> str:
        """The key of what a failure may depend on beside all else."""
        return _digest(*self.settings.items(), self._order.timeout, self._order.memory)

    def reading(self, host: str | None) -> str:
        """Return the key of how pages of a host are read; only its own profiles count."""
        if host not in self._readings:
            options = (self._order.site, self._order.max_bytes)
            named = self._order.site is not None
            files = _profile_files(self._order, lambda profile: named or profile.serves(host))
            self._readings[host] = _digest(self._program, options, *files)
        return self._readings[host]


def _settings(name: str, order: BatchConfig) -> str:
    unheeded = {"folder", *IRRELEVANT_OPTIONS.get(name, IRRELEVANT_OPTIONS["html"])}  # the folder is each page's own
    look = {part: getattr(order.look, part) for part in order.look.__struct_fields__ if part not in unheeded}
    return _digest(
        name,
        *sorted(look.items()),
        *_styles(order.look.theme if "theme" in look else None),
        *(_fonts() if name == "pdf" else ()),
        *_code(EMITTING),
        *_versions(WRITERS.get(name, PANDOC)),
        os.environ.get("SOURCE_DATE_EPOCH"),
    )


def _styles(theme: str | None) -> Iterator[str]:
    """Yield the style sheets that a theme is made of."""
    from readout_pub.styles import style_sheet

    return (style_sheet(medium, theme) for medium in ("html", "pdf", "epub")) if theme else iter(())


def _fonts() -> Iterator[tuple[str, int]]:
    """Yield the names and sizes of the fonts that are installed with the program and its extras."""
    from readout_pub.emit.pdf.fonts import font_folders

    for folder in font_folders():
        yield from ((path.name, path.stat().st_size) for path in sorted(folder.rglob("*.[ot]tf")))


def _profile_files(order: BatchConfig, counts: Callable[[Profile], bool]) -> Iterator[bytes]:
    """Yield the files of every profile that `counts`, and of the one that it extends."""
    if order.site == registry.NO_SITE:
        return
    for folder in (*order.sites, registry.OWN_SITES):
        for profile in registry.profiles(folder):
            if counts(profile):
                yield profile.path.read_bytes()
                if profile.extends:
                    yield (folder / profile.extends / "profile.toml").read_bytes()


def _code(rooms: tuple[str, ...]) -> Iterator[bytes]:
    """Yield the program's own code: its version number alone would not tell one checkout from the next."""
    for room in rooms:
        yield from _code_of(PACKAGE / room)


@cache
def _code_of(room: Path) -> tuple[bytes, ...]:
    files = sorted(room.rglob("*.*")) if room.is_dir() else [room]
    return tuple(path.read_bytes() for path in files if path.suffix in {".py", ".toml"})


@cache
def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "missing"


def _versions(libraries: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((library, _version(library)) for library in libraries)


def _digest(*parts: object) -> str:
    """Return a short digest; 128 bits are enough where nobody looks for two that are alike."""
    whole = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else msgspec.json.encode(part)
        whole.update(b"%d:%s" % (len(raw), raw))
    return whole.hexdigest()[:32]
