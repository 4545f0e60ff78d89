"""Finds all site profiles, and chooses the profile and the layout for a page."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from readout_pub.arguments import require_type
from readout_pub.errors import ProfileError, UsageError
from readout_pub.extract.profile import NO_SITE, Layout, SiteProfile, is_no_site, load_profile
from readout_pub.extract.tree import SelectorIndex
from readout_pub.model import url_host
from readout_pub.notes import Note, note

OWN_SITES = Path(__file__).parent.parent / "sites"
"""The folder of the profiles that come with the program."""


OWN_OUTPUT = SiteProfile(
    site="readout-pub",
    publisher={},
    hosts=[],
    layout=[
        Layout(
            name="html",
            marker="main#content > article[aria-labelledby='title'] > header > h1#title",
            series="article > header > p.series",
            title="article > header > h1#title",
            date="article > header > p.date",
            byline="article > header > p.byline",
            back_link="article > p.back",
            body="main#content > article",
            drop=["article > header > p.masthead", "article > div.meeting", "article > details.contents"],
        )
    ],
)
"""The profile for HTML that this program wrote. It has no hosts, since a publisher may put such HTML on any host.

What the program adds to the text is dropped: the name of the publisher, the facts of the meeting and the contents.
"""

_OWN_MARKUP = ('<article aria-labelledby="title">', 'class="colophon"')
"""Strings in all HTML that this program writes. A page without them is not tried with `OWN_OUTPUT` by default.

The names in its marker, such as "content" and "title", are on too many other pages.
"""


class ChosenLayout(msgspec.Struct, frozen=True):
    """The profile and the layout that fit a page."""

    profile: SiteProfile
    layout: Layout

    @property
    def name(self) -> str:
        """The name recorded in the origin of a readout: "site/layout"."""
        return f"{self.profile.site}/{self.layout.name}"


@functools.cache
def profiles(folder: Path) -> tuple[SiteProfile, ...]:
    """Return the profiles in a folder of sites, ordered by site name.

    Raises ProfileError if there are none, or if any is invalid.
    """
    return own_profiles() if folder == OWN_SITES else _load_profiles(folder, check_selectors=True)


@functools.cache
def own_profiles() -> tuple[SiteProfile, ...]:
    """Return the profiles that come with the program. They are read once; each batch reads those of users again."""
    # Compiling the selectors of all own profiles takes 0.15 s in each process, and tests of the program check them.
    return _load_profiles(OWN_SITES, check_selectors=False)


def _load_profiles(folder: Path, *, check_selectors: bool) -> tuple[SiteProfile, ...]:
    if not folder.is_dir():
        raise ProfileError("the folder of site profiles does not exist", where=str(folder), what_next="check the path")
    paths = sorted(folder.glob("*/profile.toml"))
    found = tuple(load_profile(path, check_selectors=check_selectors) for path in paths)
    if not found:
        raise ProfileError(
            "this folder contains no site profile",
            where=str(folder),
            what_next="a profile is NAME/profile.toml below it",
        )
    return found


def all_profiles(sites: Sequence[Path] = ()) -> tuple[SiteProfile, ...]:
    """Return the profiles in the folders `sites`, then those that come with the program; the first that fits wins."""
    return tuple(profile for folder in dict.fromkeys((*sites, OWN_SITES)) for profile in profiles(folder))


def possible_layouts(
    markup: str, url: str | None, site: str | None, sites: Sequence[Path] = ()
) -> tuple[ChosenLayout, ...]:
    """Return the layouts that could fit a page at `url`, in the order of trial, without parsing the page.

    Only these can fit; `fitting_layouts` then looks for their markers on the parsed page. If `site` names a profile,
    only its layouts are tried, whatever the page's host. Raises UsageError if no profile is named `site`. `sites` is as
    in `extract`.
    """
    own = (OWN_OUTPUT,) if site is None and all(part in markup for part in _OWN_MARKUP) else ()
    return tuple(
        ChosenLayout(profile, layout)
        for profile in (*candidate_profiles(url, site, sites), *own)
        for layout in profile.layout
        if _may_contain(markup, layout.marker)
    )


def _may_contain(markup: str, marker: str) -> bool:
    """Return whether the names that a marker requires occur in the markup; this is faster than selecting."""
    return any(all(name in markup for name in names) for names in _required_names(marker))


@functools.cache
def _required_names(marker: str) -> tuple[tuple[str, ...], ...]:
    """Return the ids, classes and quoted values that each alternative of a marker requires.

    What is in parentheses is left out: `:not(.x)` requires that the name is absent.
    """
    bare = re.sub(r"\([^()]*\)", "", marker)
    return tuple(tuple(a or b for a, b in _REQUIRED_NAME.findall(each)) for each in bare.split(","))


_REQUIRED_NAME = re.compile(r"""['"]([\w./-]+)['"]|[#.](-?[A-Za-z_][\w-]*)""")


def fitting_layouts(index: SelectorIndex, possible: Sequence[ChosenLayout]) -> tuple[ChosenLayout, ...]:
    """Return the `possible` layouts whose markers are on the page; `index` is the index of the page."""
    return tuple(each for each in possible if index.select(each.layout.marker, limit=1))


def candidate_profiles(url: str | None, site: str | None, sites: Sequence[Path] = ()) -> tuple[SiteProfile, ...]:
    """Return the profiles to try on a page: the one that `site` names, else those that serve the host of `url`.

    Empty if `site` is "none". Raises UsageError if no profile is named `site`.
    """
    if is_no_site(site):
        return ()
    candidates = all_profiles(sites)
    if site is not None:
        return _profiles_named(site, candidates)
    host = url_host(url)
    return tuple(profile for profile in candidates if profile.serves(host))


def require_profiles(site: str | None, sites: Sequence[Path] = ()) -> None:
    """Raise UsageError if no profile is named `site`, ProfileError if a folder in `sites` has none or an invalid one.

    Commands that read many pages call this first: otherwise each page would fail.
    """
    require_type(site, (str, type(None)), "site")
    all_profiles(sites)
    candidate_profiles(None, site, sites)


def expected_profiles(url: str | None, site: str | None, sites: Sequence[Path] = ()) -> tuple[SiteProfile, ...]:
    """Return the profiles that should read a page: as `candidate_profiles`, but none if site and host are unknown."""
    return candidate_profiles(url, site, sites) if site is not None or url_host(url) else ()


def note_without_profile(
    fitting: Sequence[ChosenLayout], url: str | None, site: str | None, sites: Sequence[Path] = ()
) -> Note:
    """Return the note on a page that is read without a profile: a warning with the reason if a profile was expected.

    `fitting` are the layouts whose markers are on the page, but which find no text on it. `site` and `sites` are as in
    `extract`.
    """
    if fitting:
        names = " or ".join(repr(each.name) for each in fitting)
        return note("PROFILE_UNUSED", reason=f"there is no text in the body of profile {names} on this page")
    if expected := expected_profiles(url, site, sites):
        names = " or ".join(dict.fromkeys(repr(each.site) for each in expected))
        return note("PROFILE_UNUSED", reason=f"no layout of site {names} has its marker on this page")
    return note("FALLBACK_USED")


def _profiles_named(site: str, candidates: tuple[SiteProfile, ...]) -> tuple[SiteProfile, ...]:
    found = tuple(each for each in (*candidates, OWN_OUTPUT) if each.site.casefold() == site.casefold())
    if not found:
        names = sorted({profile.site for profile in candidates})
        near = difflib.get_close_matches(site.casefold(), names, 1)
        raise UsageError(
            f"there is no site profile {site!r}",
            what_next=f"did you mean {near[0]!r}?" if near else f"write one of {', '.join([*names, NO_SITE])}",
        )
    return found
