"""A profile drafted from saved pages: a start that a person finishes, never one that is used unread."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from readout_pub.atomic import write_file
from readout_pub.errors import OutputError, SourceError, UsageError
from readout_pub.extract.compare import Common, compare
from readout_pub.sources import HtmlPage, open_source
from readout_pub.workshop.cases import CASES, PAGE, PROFILE

FEWEST = 2
"""Pages: one alone has nothing to be compared with."""


def draft_site(sources: Sequence[str], folder: Path) -> Iterator[Path]:
    """Write `folder`/profile.toml and a case for each saved page; yield what was written.

    The readouts of the cases are not written: `site check --accept` does that once the profile is right.
    """
    if (folder / PROFILE).exists():
        raise OutputError("there is a profile already", where=str(folder / PROFILE), what_next="name a new folder")
    pages = _opened(sources)
    common = compare(pages)
    profile = folder / PROFILE
    write_file(profile, _worded(common, folder.name).encode())
    yield profile
    for name, page, photos in zip(_names(pages), pages, common.photos, strict=True):
        yield from _case(folder / CASES / name, page, photos)


def _opened(sources: Sequence[str]) -> list[HtmlPage]:
    for source in sources:
        if re.match(r"https?://", source):
            raise UsageError(
                "this is an address, and pages are not fetched yet",
                where=source,
                what_next="save the page from a browser and name the file",
            )
    if len(sources) < FEWEST:
        raise UsageError("a draft needs two pages to compare", what_next="name another page of the same site")
    pages = []
    for source in sources:
        page = open_source(source)
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
    """Write the page as it was saved, and the photos that lie beside it where the page looks for them."""
    write_file(folder / PAGE, page.raw())
    yield folder / PAGE
    for src in dict.fromkeys(photos):
        read, path = page.assets.find(src), (folder / unquote(src)).resolve()
        if read is not None and not re.match(r"[\w+.-]+:", src) and path.is_relative_to(folder.resolve()):
            write_file(path, read())
            yield path


_DRAFT = """\
# A draft: read it, finish it, then try `readout-pub site check`. docs/sites.md tells what each key means.
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
# series = ""
# caption = ""
# credit = ""
drop = {drop}
"""


def _worded(common: Common, site: str) -> str:
    return _DRAFT.format(
        hosts=_toml(list(common.hosts) or [f"{site}.example"]),
        publisher=_toml(site),
        body=_toml(common.body),
        title=_field("title", common.title),
        date=_field("date", common.date),
        drop=_list(common.drop),
    )


def _field(key: str, selector: str | None) -> str:
    return f"{key} = {_toml(selector)}" if selector else f'# {key} = ""'


def _list(selectors: Sequence[str]) -> str:
    return "[\n" + "".join(f"    {_toml(each)},\n" for each in selectors) + "]" if selectors else "[]"


def _toml(value: str | list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
