"""Drafts a site profile from saved pages, for a person to review and finish."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import msgspec

from readout_pub.atomic import write_file
from readout_pub.errors import OutputError, SourceError, documentation, escape_controls
from readout_pub.extract.profile import require_site_name
from readout_pub.extract.profile_induction import SharedLayout, induce_profile
from readout_pub.extract.profile_schema import SCHEMA_FILE, profile_schema
from readout_pub.limits import PageLimits
from readout_pub.profile_tools.anonymize import anonymize_page, grey_photo
from readout_pub.profile_tools.cases import CASES, PAGE, PROFILE
from readout_pub.sources import HtmlPage, open_source
from readout_pub.sources.urls import read_data_url
from readout_pub.sources.web import FetchPolicy


class Draft(msgspec.Struct, frozen=True):
    """A drafted site: the written paths, the profile first, and remarks on what to correct or check."""

    paths: tuple[Path, ...]
    remarks: tuple[str, ...]


def draft_site(
    sources: Sequence[str], folder: Path, policy: FetchPolicy = FetchPolicy(), *, limits: PageLimits = PageLimits()
) -> Draft:
    """Write `folder`/profile.toml, a case for each page, and the schema beside `folder`.

    A case is the page with invented words and grey photos; `profile check --accept` adds the expected readout once the
    profile is right. Several pages are compared; on a single one, the generic extraction estimates what is content.
    `sources` are files or URLs; URLs are fetched under `policy`; `limits` hold for all pages together. Raises a
    ProfileError if the folder is named "none", an OutputError if it has a profile, and a SourceError for pages that are
    not HTML, are identical, share no layout, or have no document.
    """
    if folder.name in {"", ".."}:  # the site is named after the folder that "." stands for
        folder = folder.resolve()
    require_site_name(folder)
    if (folder / PROFILE).exists():
        raise OutputError("there is a profile already", where=str(folder / PROFILE), what_next="name a new folder")
    with limits.enforced(escape_controls(" and ".join(sources))):
        pages = _open_pages(sources, policy)
        layout = induce_profile(pages)
        named = zip(_case_names(pages), pages, layout.photos, strict=True)
        cases = [list(_draft_case(folder / CASES / name, page, layout, photos)) for name, page, photos in named]
    hosts = list(layout.hosts) or [re.sub(r"\W+", "-", folder.name.lower()) + ".example"]
    profile = _render_draft(layout, folder.name, hosts, ONE_PAGE if len(pages) == 1 else "").encode()
    schema = msgspec.json.format(msgspec.json.encode(profile_schema()), indent=1)
    files = {folder / PROFILE: profile, folder.parent / SCHEMA_FILE: schema} | dict(chain.from_iterable(cases))
    for path, data in files.items():
        write_file(path, data)
    return Draft(tuple(files), tuple(_remarks(layout, hosts)))


def _remarks(layout: SharedLayout, hosts: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong or doubtful in a draft."""
    if not layout.hosts:
        yield f"the pages do not say their address: replace the invented host {hosts[0]!r} by the real one"
    if layout.body.isalnum():
        yield f"marker {layout.body!r} is on pages of other layouts too: select an element that only these pages have"
    if layout.outside:
        words = " ".join(layout.outside)
        shown = words if len(words) <= _MAX_SHOWN else f"{words[:_MAX_SHOWN].rpartition(' ')[0]}…"
        yield f"body may be too narrow: it lacks {shown!r}"
    if layout.photos_outside:
        names = ", ".join(layout.photos_outside[:_MAX_PHOTOS_NAMED])
        yield f"body may be too narrow: it lacks photos, such as {names}"


def _open_pages(sources: Sequence[str], policy: FetchPolicy) -> list[HtmlPage]:
    pages = []
    for source in sources:
        page = open_source(source, policy=policy)
        if not isinstance(page, HtmlPage):
            raise SourceError("this page is not HTML", where=source, what_next="name pages that are saved as HTML")
        pages.append(page)
    return pages


def _case_names(pages: Sequence[HtmlPage]) -> list[str]:
    """Return a name for the case of each page: its file name in ASCII, with a number if this is taken."""
    names: list[str] = []
    for page in pages:
        stem = re.sub(r"[^a-z0-9]+", "-", Path(page.name).stem.lower()).strip("-") or "page"
        numbered = (f"{stem}-{number}" for number in count(len(names) + 1))
        names.append(next(name for name in chain([stem], numbered) if name not in names))
    return names


def _draft_case(
    folder: Path, page: HtmlPage, layout: SharedLayout, photos: Sequence[str]
) -> Iterator[tuple[Path, bytes]]:
    """Yield the files of a case in `folder`: the page with invented words, and grey photos beside it."""
    found = {src: _read_photo(page, src) for src in dict.fromkeys(photos)}
    plain = {src: data for src, photo in found.items() if photo and (data := grey_photo(photo))}
    names = {src: f"{number}{_suffix_of_photo(src)}" for number, src in enumerate(plain, 1)}
    fields = [each for each in (layout.title, layout.date, layout.series, *layout.drop) if each]
    yield folder / PAGE, anonymize_page(page.markup, page.url, names, layout.body, fields)
    for src, data in plain.items():
        yield folder / names[src], data


def _read_photo(page: HtmlPage, src: str) -> bytes | None:
    """Return the bytes of a photo, which may be in the page itself; None if it is missing."""
    if url := read_data_url(src):
        return url.data
    read = page.assets.find(src)
    return read() if read else None


def _suffix_of_photo(src: str) -> str:
    """Return the suffix for the file of a photo: that of its URL, or the type in a `data:` URL, such as ".jpeg"."""
    if url := read_data_url(src):
        return f".{url.content_type.media_type.rpartition('/')[2]}"
    return PurePosixPath(urlsplit(src).path).suffix


_MAX_SHOWN = 100
"""How many characters outside the body a remark shows: one or two lines of a terminal."""

_MAX_PHOTOS_NAMED = 3
"""How many photos outside the body a remark names."""

ONE_PAGE = """\
# It was drafted from ONE page, so its selectors are guesses: check each of them, or draft it again from two pages.
"""

_DRAFT = """\
#:schema ../{schema}
# A draft: review and finish it, then run `readout-pub profile check`.
# {manual} explains each key.
{warning}hosts = {hosts}
publisher.en = {publisher}    # the publisher's name for the source line

# [licence]                   # only if you know it
# name.en = ""

[[layout]]
name = "present"              # a word for this layout, such as the year it began
marker = {body}
body = {body}
{title}
{date}
{series}
# caption = ""
# credit = ""
drop = {drop}
"""


def _render_draft(layout: SharedLayout, site: str, hosts: list[str], warning: str) -> str:
    return _DRAFT.format(
        manual=documentation("profiles"),
        warning=warning,
        schema=SCHEMA_FILE,
        hosts=_toml(hosts),
        publisher=_toml(layout.publisher or site),
        body=_toml(layout.body),
        title=_toml_field("title", layout.title),
        date=_toml_field("date", layout.date),
        series=_toml_field("series", layout.series),
        drop=_toml_list(layout.drop),
    )


def _toml_field(key: str, selector: str | None) -> str:
    return f"{key} = {_toml(selector)}" if selector else f'# {key} = ""'


def _toml_list(selectors: Sequence[str]) -> str:
    return "[\n" + "".join(f"    {_toml(each)},\n" for each in selectors) + "]" if selectors else "[]"


def _toml(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
