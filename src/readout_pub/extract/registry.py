"""Which profile and layout a page belongs to."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from readout_pub.errors import ProfileError, UsageError
from readout_pub.extract.profile import Layout, Profile, load_profile
from readout_pub.extract.selector_index import SelectorIndex
from readout_pub.model import host_of

OWN_SITES = Path(__file__).parent.parent / "sites"
"""The profiles that come with the program."""

NO_SITE = "none"
"""The site name that switches profiles off."""


class Chosen(msgspec.Struct, frozen=True):
    """The profile and the layout that fit a page."""

    profile: Profile
    layout: Layout

    @property
    def name(self) -> str:
        """The name that the origin of a readout records: "site/layout"."""
        return f"{self.profile.site}/{self.layout.name}"


@functools.cache
def profiles(folder: Path) -> tuple[Profile, ...]:
    """Read every profile of a folder of sites, in the order of their names."""
    if not folder.is_dir():
        raise ProfileError("there is no such folder of site profiles", where=str(folder))
    found = tuple(load_profile(path) for path in sorted(folder.glob("*/profile.toml")))
    if not found:
        raise ProfileError(
            "this folder holds no site profile", where=str(folder), what_next="a profile is NAME/profile.toml below it"
        )
    return found


def all_profiles(sites: Sequence[Path] = ()) -> tuple[Profile, ...]:
    """Return the user's own profiles, then those that come with the program; the first that fits is taken."""
    return tuple(profile for folder in (*sites, OWN_SITES) for profile in profiles(folder))


def may_match(markup: str, url: str | None, site: str | None, sites: Sequence[Path] = ()) -> bool:
    """Say whether any profile could fit a page at `url`, so that it is worth parsing in full for their markers."""
    if site is not None:
        return site != NO_SITE
    host = host_of(url)
    fitting = (profile for profile in all_profiles(sites) if profile.serves(host))
    return any(_may_hold(markup, layout.marker) for profile in fitting for layout in profile.layout)


def _may_hold(markup: str, marker: str) -> bool:
    """Say whether the ids and classes that a marker asks for are written in the page at all; quicker than to select."""
    return any(all(name in markup for name in names) for names in _names(marker))


@functools.cache
def _names(marker: str) -> tuple[tuple[str, ...], ...]:
    """Return the ids, classes and quoted words that each alternative of a marker asks for, not those in parentheses."""
    bare = re.sub(r"\([^()]*\)", "", marker)
    return tuple(tuple(a or b for a, b in _NAME.findall(each)) for each in bare.split(","))


_NAME = re.compile(r"""['"]([\w./-]+)['"]|[#.](-?[A-Za-z_][\w-]*)""")


def choose(
    finder: SelectorIndex, markup: str, url: str | None, site: str | None, sites: Sequence[Path] = ()
) -> Chosen | None:
    """Return the layout whose marker is on the page; None if no profile knows it or `site` is "none".

    `finder` is of what `markup` was parsed to. A named `site` is the only one asked, whatever the page's host; a
    UsageError says if there is none of that name.
    """
    if site == NO_SITE:
        return None
    candidates = all_profiles(sites)
    if site is not None:
        candidates = _named(site, candidates)
    else:
        host = host_of(url)
        candidates = tuple(profile for profile in candidates if profile.serves(host))
    fitting = (
        Chosen(profile, layout)
        for profile in candidates
        for layout in profile.layout
        if _may_hold(markup, layout.marker) and finder.select(layout.marker, limit=1)
    )
    chosen = next(fitting, None)
    if chosen is None and site is not None:
        raise ProfileError(
            f"no layout of site {site!r} fits this page",
            where=str(candidates[0].path),
            what_next="leave --site out, or add a [[layout]] whose marker is on the page",
        )
    return chosen


def _named(site: str, candidates: tuple[Profile, ...]) -> tuple[Profile, ...]:
    found = tuple(profile for profile in candidates if profile.site == site)
    if not found:
        names = sorted({profile.site for profile in candidates})
        near = difflib.get_close_matches(site, names, 1)
        raise UsageError(
            f"there is no site profile {site!r}",
            what_next=f"did you mean {near[0]!r}?" if near else f"known are {', '.join([*names, NO_SITE])}",
        )
    return found
