"""How profiles fit pages other than their test cases: saved pages, and the pages that a site publishes today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from readout_pub.errors import ReadoutError, SourceError
from readout_pub.extract import extract
from readout_pub.extract.coverage import explain_misfit
from readout_pub.extract.index_pages import read_index_page
from readout_pub.extract.profile import SiteProfile
from readout_pub.limits import PageLimits
from readout_pub.model import plain_text
from readout_pub.sources import FetchPolicy, HtmlPage, NoAssets, Page, open_source, saved_pages

LIVE_PAGES = 3
"""How many documents of each index page `check_live` requests. Chosen by hand: a single one may be an exception, and
many burden the server."""


class PageFit(msgspec.Struct, frozen=True, omit_defaults=True):
    """How one page is read: by which layout, its title and printed date, and what the profile's author should see.

    `layout` is None if no profile reads the page. `problems` then say why each layout did not fit, or why the page
    could not be read. Otherwise `problems` name the selectors that match several elements.
    """

    page: str
    layout: str | None = None
    title: str | None = None
    date: str | None = None
    problems: tuple[str, ...] = ()


def check_pages(
    source: Path, site: str | None, sites: Sequence[Path] = (), *, limits: PageLimits = PageLimits()
) -> Iterator[PageFit]:
    """Yield how each page of a folder, archive or file is read: by the profile `site`, or that of its host.

    `sites` are folders of profiles besides the program's own; `limits` apply to each page. A page that cannot be read
    is a problem, not an error.
    """
    for saved in saved_pages(source):
        try:
            with limits.enforced(saved.name):
                fit = _fit_page(saved.open(), saved.name, site, sites)
            yield fit
        except ReadoutError as error:
            yield PageFit(saved.name, problems=(str(error),))


def check_live(profile: SiteProfile, policy: FetchPolicy, *, limits: PageLimits = PageLimits()) -> Iterator[PageFit]:
    """Yield how a profile reads the first documents of each index page of its site; `policy` applies to the requests.

    `limits` apply to each page. An index page that cannot be fetched, or that lists no document, is a problem too.
    """
    sites = [profile.path.parent.parent]
    for start in (profile.index.start if profile.index else []) or [f"https://{profile.hosts[0]}/"]:
        try:
            with limits.enforced(start):
                documents = _listed_documents(start, policy, sites)
        except ReadoutError as error:
            yield PageFit(start, problems=(str(error),))
            continue
        for url in documents:
            try:
                with limits.enforced(url):
                    fit = _fit_page(_without_photos(open_source(url, policy=policy)), url, profile.site, sites)
                yield fit
            except ReadoutError as error:
                yield PageFit(url, problems=(str(error),))


def _listed_documents(start: str, policy: FetchPolicy, sites: Sequence[Path]) -> list[str]:
    """Return the URLs of the first documents that the index page at `start` lists."""
    page = open_source(start, policy=policy)
    if not isinstance(page, HtmlPage):
        raise SourceError(
            "the index page is not HTML", where=start, what_next="name an HTML page with links to documents"
        )
    documents = read_index_page(page.markup, page.url or start, sites).documents
    if not documents:
        raise SourceError(
            "this index page lists no document", where=start, what_next="correct `start` and `documents` in [index]"
        )
    return [each.url for each in islice(documents, LIVE_PAGES)]


def _without_photos(page: Page) -> Page:
    """Return `page` without its photos, which would be requested when they are read."""
    return msgspec.structs.replace(page, assets=NoAssets()) if isinstance(page, HtmlPage) else page


def _fit_page(page: Page, name: str, site: str | None, sites: Sequence[Path]) -> PageFit:
    readout = extract(page, site=site, sites=list(sites), accept_error_pages=True).readout
    layout = readout.origin.profile
    doubts = tuple(each.message for each in readout.notes if each.code == "PROFILE_AMBIGUOUS")
    misfit = tuple(explain_misfit(page, site, sites)) if layout is None and isinstance(page, HtmlPage) else ()
    title = plain_text(readout.title) if readout.title else None
    return PageFit(name, layout, title, readout.issued_text, (*doubts, *misfit))
