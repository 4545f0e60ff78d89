"""Reads house rules for alternative texts from profiles: which rule has which level, and which guideline says so.

Guidelines contradict each other and change, so each profile is a TOML file with its source and date. Users name their
own profile by the path of its file. A profile inherits the rules and limits of the profile that its `extends` names.
"""

from __future__ import annotations

import functools
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

from readout_pub.alt.lint.findings import AdviceLanguage, Citation, Level
from readout_pub.alt.lint.house_rules import HouseRules, RuleSetting
from readout_pub.alt.lint.rules import RULES
from readout_pub.errors import SourceError, UsageError, documentation
from readout_pub.settings_file import read_settings

DEFAULT_PROFILE = "wai"
"""The guidelines of the W3C: the laws of many countries refer to its standards."""

_FOLDER = Path(str(files(__package__))) / "profiles"

_EXAMPLE = (
    f'a profile begins with the lines title = "Our house rules" and extends = "wai"; see {documentation("alt-lint")}'
)


class _RuleEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule in the file: its level, the document that it comes from, and what that document says.

    `source` is a key of `sources`; without it, the rule comes from the document that the profile itself names. `write`
    replaces the advice of the rule, by language.
    """

    level: Level | Literal["off"] | None = None
    source: str = ""
    says: str = ""
    write: dict[AdviceLanguage, str] = {}


class _CitedSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""


class _ProfileFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    extends: str | None = None
    max_characters: int | None = None
    max_characters_cjk: int | None = None
    max_sentences: int | None = None
    sources: dict[str, _CitedSource] = {}
    rules: dict[str, _RuleEntry] = {}


@functools.cache
def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that come with the program, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def load_house_rules(name: str = DEFAULT_PROFILE) -> HouseRules:
    """Return a profile of the program by its name, or a user's by the path of its TOML file.

    Raises UsageError for a name that is neither, SourceError for a file that is not a profile.
    """
    return _load_once(name, Path().absolute())


@functools.cache  # each page of a batch with --release loads the profile
def _load_once(name: str, folder: Path) -> HouseRules:
    return _load(name, folder, ())


def _load(name: str, folder: Path, extended_by: tuple[Path, ...]) -> HouseRules:
    """Load a profile of the program, or the file `name` in `folder`.

    `extended_by` are the profiles that extend it, directly or through others.
    """
    path = _path_of(name, folder)
    if path in extended_by:
        raise SourceError("the profile extends itself", where=str(path), what_next="remove one `extends` of the circle")
    read = read_settings(path, _ProfileFile, "the profile", _EXAMPLE)
    if not read.title.strip():
        raise SourceError("`title` is empty", where=str(path), what_next=_EXAMPLE)
    base = _load(read.extends, path.parent, (*extended_by, path)) if read.extends else None
    unknown = read.rules.keys() - RULES.keys()
    if unknown:
        raise SourceError(
            f"there is no rule {min(unknown)!r}", where=str(path), what_next=f"the rules are {', '.join(RULES)}"
        )
    own = Citation(read.title, read.publisher, read.date, read.url)
    settings = dict(base.rules) if base else {}
    for rule, entry in read.rules.items():
        before = settings.pop(rule, None)
        level = entry.level or (before.level if before else None)
        if level is None:
            raise SourceError(
                f"the rule {rule!r} has no level", where=str(path), what_next="set level to error, warning, note or off"
            )
        if level != "off":
            citation = _citation(read, own, rule, entry, path)
            settings[rule] = RuleSetting(level, citation, entry.write or (before.write if before else {}))
    return HouseRules(
        path.stem,
        own,
        {rule: settings[rule] for rule in RULES if rule in settings},
        *(_limit(read, base, field, path) for field in ("max_characters", "max_characters_cjk", "max_sentences")),
    )


def _path_of(name: str, folder: Path) -> Path:
    own = _FOLDER / f"{name}.toml"
    if name in profile_names():
        return own
    path = folder / name
    if path.suffix != ".toml" or not path.is_file():
        raise UsageError(
            f"there are no house rules {name!r}",
            what_next=f"take one of {', '.join(profile_names())}, or name a TOML file that exists",
        )
    return path.resolve()


def _citation(read: _ProfileFile, own: Citation, rule: str, entry: _RuleEntry, path: Path) -> Citation:
    if not entry.source:
        return msgspec.structs.replace(own, says=entry.says)
    source = read.sources.get(entry.source)
    if source is None:
        raise SourceError(
            f"the rule {rule!r} cites {entry.source!r}, which is not under [sources]",
            where=str(path),
            what_next=f"add [sources.{entry.source}] with title and url",
        )
    return Citation(source.title, source.publisher, source.date, source.url, entry.says)


def _limit(read: _ProfileFile, base: HouseRules | None, field: str, path: Path) -> int:
    """Return the limit that the profile sets or inherits; raise SourceError if it is missing or below 1."""
    own: int | None = getattr(read, field)
    limit = own if own is not None else getattr(base, field, None)
    if limit is None or limit < 1:
        raise SourceError(f"`{field}` is missing or below 1", where=str(path), what_next="set it, or extend a profile")
    return int(limit)
