"""Finds out what a profile selects and keeps on one page, for the checks of profiles.

The words are taken directly from the parsed page and not through the readers of blocks, so that the check of a profile
also finds faults of these readers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from readout_pub.extract.generic import parse_markup
from readout_pub.extract.html_parser import to_soup
from readout_pub.extract.profile import Layout
from readout_pub.extract.profile_match import PARTS, Match, match_part
from readout_pub.extract.registry import ChosenLayout, expected_profiles, fitting_layouts, possible_layouts
from readout_pub.extract.tree import SelectorIndex, outermost, text_by_block
from readout_pub.sources import HtmlPage


class Coverage(msgspec.Struct, frozen=True):
    """What the layout `chosen` finds on a page: one match for each of `PARTS`.

    `dropped` are the words of ruby readings and of the elements that `drop` selects. `words` are all other words of the
    body and the fields, in order. `unmatched` are the keys of the selectors that match nothing, such as `drop[1]`.
    """

    chosen: ChosenLayout
    matches: tuple[Match, ...]
    words: tuple[str, ...]
    dropped: tuple[str, ...]
    unmatched: frozenset[str]

    def ambiguities(self) -> Iterator[str]:
        """Yield a sentence for each selector that matches several elements, with its file and line."""
        for match in self.matches:
            if match.count > 1:
                yield (
                    f"{self.chosen.layout.describe_location(match.key)}: {match.selector!r} matches {match.count} "
                    f"elements, but the {match.part} of a page is one element; "
                    "narrow the selector, or add a [[layout]] with its own marker before this one"
                )


def cover(page: HtmlPage, site: str, sites: Sequence[Path]) -> Coverage | None:
    """Return what the profile `site` finds on `page`; None if no layout of the site fits the page and finds a body."""
    parsed = parse_markup(page.markup, page.url)
    index = SelectorIndex(to_soup(parsed.root)[0])
    possible = possible_layouts(page.markup, page.url or parsed.metadata.url, site, sites)
    fitting = fitting_layouts(index, possible)
    for chosen in fitting:
        matches = tuple(match_part(index, chosen.layout, part) for part in PARTS)
        roots = outermost(match.tag for match in matches)
        if matches[0].tag is not None:
            selectors = chosen.layout.selectors()
            unmatched = frozenset(key for key, selector in selectors.items() if not index.select(selector, limit=1))
            dropped: list[str] = []
            for selector in (*chosen.layout.drop, "rt", "rp"):
                for tag in index.select(selector):
                    dropped += text_by_block(tag).split()
                    tag.decompose()
            words = tuple(word for root in roots if not root.decomposed for word in text_by_block(root).split())
            return Coverage(chosen, matches, words, tuple(dropped), unmatched)
    return None


def explain_misfit(page: HtmlPage, site: str | None, sites: Sequence[Path] = ()) -> Iterator[str]:
    """Yield why no layout reads `page`: each cause with its layouts.

    The layouts are those of the profile `site`, or of the profiles of the page's host. Yields nothing if no profile is
    expected to read the page.
    """
    parsed = parse_markup(page.markup)
    index = SelectorIndex(to_soup(parsed.root)[0])
    url = page.url or parsed.metadata.url
    profiles = expected_profiles(url, site, sites)
    causes: defaultdict[str, list[str]] = defaultdict(list)
    for profile in profiles:
        for layout in profile.layout:
            causes[_cause_of_misfit(index, layout)].append(ChosenLayout(profile, layout).name)
    yield from (f"{cause}: {', '.join(names)}" for cause, names in causes.items())


def _cause_of_misfit(index: SelectorIndex, layout: Layout) -> str:
    if not index.select(layout.marker, limit=1):
        return "no element matches its marker"
    return "its body has no text" if index.select(layout.body, limit=1) else "no element matches its body"
