"""Loads and checks site profiles: CSS selectors for the pages of a publisher, as data.

A site is a folder with a `profile.toml`. Each design of its pages, old or new, is a `[[layout]]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import msgspec
import soupsieve

from readout_pub.errors import ProfileError, documentation
from readout_pub.model import Licence
from readout_pub.settings_file import hint_on_key, read_toml, type_mismatch
from readout_pub.source_record import PLACEHOLDER

Localized = dict[str, str]
"""Language (BCP 47) → text; `localized` chooses one."""


class LicenceTerms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[licence]` table; `credit` is a template with {url} and {date}, filled in by `source_record.credit_line`."""

    name: Localized
    url: str | None = None
    credit: Localized = {}


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[layout]]`: a `marker` that only its pages match, and selectors for the parts of a page.

    `series`, `title`, `date`, `byline`, `back_link` and `body` select one element at most; `drop`, `unwrap`, `caption`
    and `credit` may select many. A field may have a list of selectors: the first that finds text is used; for `date`,
    the first that finds a date. An element that a field selects inside the body is removed from the body, unless it
    says more than the field, such as a place beside the date. `path` is the file of the layout.
    """

    name: str
    marker: str
    body: str
    series: str | list[str] | None = None
    title: str | list[str] | None = None
    date: str | list[str] | None = None
    byline: str | list[str] | None = None
    back_link: str | list[str] | None = None
    caption: str | None = None
    credit: str | None = None
    drop: list[str] = []
    unwrap: list[str] = []
    path: Path = msgspec.field(default_factory=Path)

    def describe_location(self, key: str) -> str:
        """Return file, line and layout of the selector `key`, such as `title` or `drop[1]`, for error messages."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        own = next((block for block in _layout_ranges(lines) if _line_of_value("name", self.name, lines, block)), None)
        line = (
            _line_of_value(key, self.selectors()[key], lines, own)
            or _line_of_value(key.partition("[")[0], "", lines, own)
            or 1
        )
        return f"{self.path}:{line}, layout {self.name!r}, {key}"

    def selectors(self, *keys: str) -> dict[str, str]:
        """Return key → selector for `keys`, by default for all keys; entries of lists have keys such as `drop[0]`."""
        named: dict[str, str] = {}
        for key in keys or _SELECTORS:
            value = getattr(self, key)
            if isinstance(value, str):
                named[key] = value
            else:
                named |= {f"{key}[{number}]": selector for number, selector in enumerate(value or ())}
        return named


class IndexPages(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[index]` table: how to read the site's index pages, which list its documents.

    `documents` are patterns of the URL paths of documents, in which * matches anything; `next` selects the link to the
    next page of a list. `start` are the URLs of lists of the newest documents, for `profile check --live`; without it,
    the home page of the first host is read.
    """

    documents: list[str] = []
    next: str | None = None
    start: list[str] = []


FIELDS = ("series", "title", "date", "byline", "back_link")
"""The keys of a layout that select fields of the readout, such as its title, but not its body or its figures."""

_SELECTORS = ("marker", "body", *FIELDS, "caption", "credit", "drop", "unwrap")


class SiteProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `profile.toml`. `hosts` are the hosts of the site; their subdomains count too.

    `extends` names a site in a sibling folder: its layouts are added after those of this profile, and its licence and
    index are used if this profile has none.
    """

    publisher: Localized
    hosts: list[str]
    layout: list[Layout] = []
    licence: LicenceTerms | None = None
    extends: str | None = None
    index: IndexPages | None = None
    site: str = ""
    path: Path = msgspec.field(default_factory=Path)

    def serves(self, host: str | None) -> bool:
        """Return whether pages of `host` may belong to this site.

        A page of unknown host belongs to no site that extends another. Sites with the same layouts differ only in their
        hosts, so such a page is read with the profile that they extend.
        """
        if host is None:
            return self.extends is None
        return any(host == own or host.endswith("." + own) for own in self.hosts)

    def terms(self, language: str) -> Licence | None:
        """Return the licence with its name and credit in `language`; None if the profile has none."""
        if self.licence is None:
            return None
        credit = localized(self.licence.credit, language) if self.licence.credit else None
        return Licence(localized(self.licence.name, language), self.licence.url, credit)


def localized(texts: Localized, language: str) -> str:
    """Return the text for `language`, else for its primary subtag ("en" for "en-GB"), else the first text."""
    return texts.get(language) or texts.get(language.split("-", maxsplit=1)[0]) or next(iter(texts.values()))


NO_SITE = "none"
"""The site name that switches profiles off."""


def is_no_site(site: str | None) -> bool:
    """Return whether `site`, in upper or lower case, is the name that switches profiles off."""
    return site is not None and site.casefold() == NO_SITE


def require_site_name(folder: Path) -> None:
    """Raise a ProfileError if the folder of a site is named "none", since that name switches profiles off."""
    if is_no_site(folder.name):
        raise ProfileError(
            f"no site can be named {folder.name!r}: --site {NO_SITE} switches profiles off",
            where=str(folder),
            what_next="give the folder another name",
        )


def load_profile(path: Path, *, check_selectors: bool = True) -> SiteProfile:
    """Return a checked profile; raises ProfileError with file, line and what is wrong.

    Without `check_selectors`, a selector that is not valid CSS is found only when it is used.
    """
    require_site_name(path.parent)
    text, table = _read_toml(path)
    _refuse_unknown_keys(table, path, text)
    try:
        profile = msgspec.convert(table, SiteProfile)
    except msgspec.ValidationError as reason:
        where = f"{path}:{_line_of_json_path(str(reason), text.splitlines())}"
        message = _plain_validation_error(str(reason))
        raise ProfileError(message, where=where, what_next=f"see {documentation('profiles')} for the keys") from reason
    _check_hosts(profile, path, text)
    _check_languages(profile, path, text)
    _check_layout_names(profile, path, text)
    _check_credits(profile, path, text)
    layouts = [msgspec.structs.replace(layout, path=path) for layout in profile.layout]
    if check_selectors:
        for layout in layouts:
            for key, selector in layout.selectors().items():
                _check_selector(selector, partial(layout.describe_location, key))
        if profile.index and profile.index.next is not None:
            _check_selector(profile.index.next, partial(_location_of_next, path, profile.index.next, text))
    profile = msgspec.structs.replace(profile, site=path.parent.name, path=path, layout=layouts)
    return _add_base_profile(profile, text, check_selectors=check_selectors)


def _read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """Return the text of a TOML file without its byte order mark, and its table; raises ProfileError."""
    return read_toml(path, "the profile", error=ProfileError)


def _add_base_profile(profile: SiteProfile, text: str, *, check_selectors: bool) -> SiteProfile:
    """Return `profile` with the layouts of the site that it extends, and with its licence and index if it has none."""
    if profile.extends is None:
        if not profile.layout:
            raise ProfileError(
                "it has no [[layout]]", where=str(profile.path), what_next=f"see {documentation('profiles')}"
            )
        return profile
    where = f"{profile.path}:{_first_line_with('extends', text)}"
    base_path = profile.path.parent.parent / profile.extends / "profile.toml"
    if not base_path.is_file():
        raise ProfileError(
            f"there is no site {profile.extends!r} in the same folder",
            where=where,
            what_next="correct the name, or copy that site into this folder",
        )
    if further := _read_toml(base_path)[1].get("extends"):
        raise ProfileError(
            f"site {profile.extends!r} extends another site itself",
            where=where,
            what_next=f"extend {further!r}, or no site",
        )
    base = load_profile(base_path, check_selectors=check_selectors)
    return msgspec.structs.replace(
        profile,
        layout=[*profile.layout, *base.layout],
        licence=profile.licence or base.licence,
        index=profile.index or base.index,
    )


_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")


def _check_hosts(profile: SiteProfile, path: Path, text: str) -> None:
    """Raise ProfileError if there is no host, or for one that is not a name in lower case ("https://mofa.example/")."""
    if not profile.hosts:
        raise ProfileError(
            "hosts is empty, so that no page belongs to this site",
            where=f"{path}:{_first_line_with('hosts', text)}",
            what_next='name the host of its pages, such as hosts = ["mofa.example"]',
        )
    for host in profile.hosts:
        if not _HOST.fullmatch(host) or host != host.lower():
            bare = re.sub(r"^(?:[a-z]+:)?//|[:/].*$|^\*\.", "", host.strip().lower())
            raise ProfileError(
                f"{host!r} is not the name of a host",
                where=f"{path}:{_first_line_with(host or 'hosts', text)}",
                what_next=f"write {bare!r}, which stands for its subdomains too" if _HOST.fullmatch(bare) else None,
            )


_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def _check_languages(profile: SiteProfile, path: Path, text: str) -> None:
    """Raise ProfileError if `publisher` or the name of the licence is empty, or a language is not a language tag."""
    licence = profile.licence
    tables = {"publisher": profile.publisher} | (
        {"licence.name": licence.name, "licence.credit": licence.credit} if licence else {}
    )
    for key, texts in tables.items():
        where = f"{path}:{_first_line_with(key.rpartition('.')[2], text)}"
        if not texts and key != "licence.credit":
            raise ProfileError(f"{key} is empty", where=where, what_next=f'write {key}.en = "…"')
        for language in texts:
            if not _LANGUAGE_TAG.fullmatch(language):
                raise ProfileError(
                    f"{language!r} is not a language tag, in {key}",
                    where=f"{path}:{_first_line_with(language, text)}",
                    what_next="write a tag such as 'en', 'fr' or 'pt-BR'",
                )


def _check_layout_names(profile: SiteProfile, path: Path, text: str) -> None:
    """Raise ProfileError if two layouts have the same name: outputs and messages refer to layouts by name."""
    ranges = _layout_ranges(text.splitlines())
    names: set[str] = set()
    for layout, lines in zip(profile.layout, ranges, strict=False):
        if layout.name in names:
            where = f"{path}:{_line_of_value('name', layout.name, text.splitlines(), lines) or lines.start + 1}"
            raise ProfileError(f"two layouts are named {layout.name!r}", where=where, what_next="rename one of them")
        names.add(layout.name)


def _plain_validation_error(reason: str) -> str:
    """Return an error of msgspec, and the key that it concerns, in words for the author of a profile."""
    where = re.search(r" - at `\$\.?([^`]{0,200})`$", reason)
    place = re.sub(r"layout\[\d+\]\.?|\[\.\.\.\]|\[\d+\]", "", where[1]) if where else ""
    if missing := re.match(r"Object missing required field `(\w+)`", reason):
        table = "this [[layout]]" if where and where[1].startswith("layout") else f"[{place}]" if place else "the file"
        return f"{table} has no key {missing[1]!r}"
    if words := type_mismatch(reason):
        subject = f"each entry of {place!r}" if where and where[1].endswith("]") else repr(place or "layout")
        return f"{subject} {words}"
    return reason


def _check_credits(profile: SiteProfile, path: Path, text: str) -> None:
    """Raise ProfileError if a credit template has a brace that is not part of {url} or {date}."""
    for credit in profile.licence.credit.values() if profile.licence else ():
        if other := re.search(r"[{}]", PLACEHOLDER.sub("", credit)):
            raise ProfileError(
                f"the credit {credit!r} cannot be filled in, because of a {other[0]!r}",
                where=f"{path}:{_first_line_with(credit, text)}",
                what_next="use no other placeholders than {url} and {date}",
            )


def _refuse_unknown_keys(table: dict[str, Any], path: Path, text: str) -> None:
    """Raise ProfileError for a key that profiles do not have, with the most similar key."""
    own, of_layout = set(SiteProfile.__struct_fields__) - {"site", "path"}, set(Layout.__struct_fields__) - {"path"}
    layouts = table.get("layout")
    rows = [(table, own)]
    rows += [(row, of_layout) for row in layouts if isinstance(row, dict)] if isinstance(layouts, list) else []
    tables = {"index": IndexPages, "licence": LicenceTerms}
    rows += [
        (table[name], set(kind.__struct_fields__)) for name, kind in tables.items() if isinstance(table.get(name), dict)
    ]
    for row, known in rows:
        for key in row:
            if key not in known:
                raise ProfileError(
                    f"there is no key {key!r}",
                    where=f"{path}:{_first_line_with(key, text)}",
                    what_next=hint_on_key(key, known),
                )


def _first_line_with(words: str, text: str) -> int:
    """Return the number of the first line that contains `words`; 1 if there is none."""
    return next((i for i, line in enumerate(text.splitlines(), 1) if words in line), 1)


def _line_of_value(key: str, value: str, lines: Sequence[str], among: range | None = None) -> int | None:
    """Return the number of the line with `value` for `key` or for the list entry `key[n]`; None if there is none.

    `among` limits the search to some lines, by index.
    """
    among = among or range(len(lines))
    name, _, entry = key.partition("[")
    begins = [i for i in among if re.match(rf"\s*{name}\s*=", lines[i])]
    if not entry:
        return next((i + 1 for i in begins if value in lines[i]), None)
    quoted = re.compile(rf"""["']{re.escape(value)}["']""")
    return next((i + 1 for i in among if begins and i >= begins[0] and quoted.search(lines[i])), None)


def _layout_ranges(lines: Sequence[str]) -> Iterator[range]:
    """Yield the range of line indexes of each `[[layout]]`."""
    starts = [i for i, line in enumerate(lines) if re.match(r"\s*\[\[\s*layout\s*\]\]", line)]
    yield from (range(*pair) for pair in pairwise([*starts, len(lines)]))


def _line_of_json_path(reason: str, lines: Sequence[str]) -> int:
    """Return the line of the value that an error of msgspec names; `reason` ends with "- at `$.layout[0].title`"."""
    found = re.search(r"`\$(?:\.layout\[(\d+)\])?([^`]{0,200})`$", reason)
    layout, keys = (found[1], re.findall(r"\w+", found[2])) if found else (None, [])
    among = next(islice(_layout_ranges(lines), int(layout), None), None) if layout else None
    among = among or range(len(lines))
    line = among.start
    # A key is on a line below its table (`[index]`), or on the same line (`publisher.en = "Ministry"`).
    for key in keys:
        names_key = re.compile(rf"\s*(?:\[+\s*)?(?:[\w-]+\s*\.\s*)*{key}\b")
        line = next((i for i in among if i >= line and names_key.match(lines[i])), line)
    return line + 1


def _location_of_next(path: Path, selector: str, text: str) -> str:
    return f"{path}:{_line_of_value('next', selector, text.splitlines())}, index, next"


def _check_selector(selector: str, location: Callable[[], str]) -> None:
    """Raise ProfileError for a selector that is not valid CSS; only then, `location` searches the file."""
    try:
        soupsieve.compile(selector)
    # A pseudo-element raises NotImplementedError.
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError) as reason:
        what = next(iter(str(reason).splitlines()), type(reason).__name__)
        raise ProfileError(
            f"selector {selector!r} is not valid CSS: {what}", where=location(), what_next="correct the selector"
        ) from reason
