"""A profile drafted from saved pages: a start that a person finishes, never one that is used unread."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from readout_pub.atomic import write_file
from readout_pub.errors import OutputError, SourceError, UsageError
from readout_pub.extract.profile_induction import SharedLayout, induce_profile
from readout_pub.profile_tools.cases import CASES, PAGE, PROFILE
from readout_pub.sources import HtmlPage, open_source
from readout_pub.sources.web import FetchPolicy

FEWEST = 2
"""Pages: one alone has nothing to be compared with."""


def draft_site(sources: Sequence[str], folder: Path, manners: FetchPolicy = FetchPolicy()) -> Iterator[Path]:
    """Write `folder`/profile.toml and a case for each page; yield what was written.

    Sources are saved pages, or web addresses, which are asked with such `manners`. The readouts of the cases are not
    written: `profile check --accept` does that once the profile is right.
    """
    if (folder / PROFILE).exists():
        raise OutputError("there is a profile already", where=str(folder / PROFILE), what_next="name a new folder")
    pages = _opened(sources, manners)
    common = induce_profile(pages)
    profile = folder / PROFILE
    write_file(profile, _worded(common, folder.name).encode())
    yield profile
    for name, page, photos in zip(_names(pages), pages, common.photos, strict=True):
        yield from _case(folder / CASES / name, page, photos)


def _opened(sources: Sequence[str], manners: FetchPolicy) -> list[HtmlPage]:
    if len(sources) < FEWEST:
        raise UsageError("a draft needs two pages to compare", what_next="name another page of the same site")
    pages = []
    for source in sources:
        page = open_source(source, manners=manners)
        if not isinstance(page, HtmlPage):
            raise SourceError("this is no page of HTML", where=source)
        pages.append(page)
    return pages


def _names(pages: Sequence[HtmlPage]) -> list[str]:
    """Name the cases after the files, in ASCII; two of one name get a number."""
    names: list[str] = []
    for page in pages:
        stem = re.sub(r"[^a-z0-9]+", "-", Path(page.name).stem.lower()).strip("-") or "page"
        names.append(stem if stem not in names else f"{stem}-{len(names) + 1}")
    return names


def _case(folder: Path, page: HtmlPage, photos: Sequence[str]) -> Iterator[Path]:
    """Write the page as it was saved, and its photos where the page looks for them when it lies there."""
    write_file(folder / PAGE, page.raw())
    yield folder / PAGE
    for src in dict.fromkeys(photos):
        read, path = page.assets.find(src), _place(folder, src)
        if read is not None and path is not None:
            write_file(path, read())
            yield path


def _place(folder: Path, src: str) -> Path | None:
    """Return where a page in `folder` finds the photo that it calls `src`: an address leads into its own folder."""
    parts = urlsplit(src)
    path = unquote(parts.path)
    if parts.scheme in {"http", "https"} or parts.netloc or path.startswith("/"):
        name = path.rpartition("/")[2]
        return folder / "page_files" / name if name else None
    inside = not parts.scheme and (folder / path).resolve().is_relative_to(folder.resolve())
    return folder / path if inside else None


_DRAFT = """\
# A draft: read it, finish it, then try `readout-pub profile check`. docs/profiles.md tells what each key means.
hosts = {hosts}
publisher.en = {publisher}    # the publisher's name, as the source line should have it

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


def _worded(common: SharedLayout, site: str) -> str:
    return _DRAFT.format(
        hosts=_toml(list(common.hosts) or [f"{site}.example"]),
        publisher=_toml(site),
        body=_toml(common.body),
        title=_field("title", common.title),
        date=_field("date", common.date),
        series=_field("series", common.series),
        drop=_list(common.drop),
    )


def _field(key: str, selector: str | None) -> str:
    return f"{key} = {_toml(selector)}" if selector else f'# {key} = ""'


def _list(selectors: Sequence[str]) -> str:
    return "[\n" + "".join(f"    {_toml(each)},\n" for each in selectors) + "]" if selectors else "[]"


def _toml(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
