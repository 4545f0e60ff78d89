"""Cases of a site profile: saved pages with their photos, and the readout expected from each.

`SITES/<site>/cases/<name>/` contains `page.html`, its photos, and `readout.json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from readout_pub.atomic import write_file
from readout_pub.errors import ReadoutError, UsageError
from readout_pub.extract.profile import SiteProfile, load_profile
from readout_pub.extract.registry import all_profiles, profiles
from readout_pub.limits import PageLimits
from readout_pub.model import unsealed_json
from readout_pub.profile_tools.case_checks import CHECKS, CaseRun, run_case, words_outside

PROFILE, CASES, PAGE, READOUT = "profile.toml", "cases", "page.html", "readout.json"
"""Names of files and folders of a site."""


class Case(msgspec.Struct, frozen=True):
    """One case: its folder, and the profile that it tests."""

    folder: Path
    profile: SiteProfile

    def run(self, limits: PageLimits = PageLimits()) -> CaseRun:
        """Read the page with the profile; raise a ReadoutError if that fails, or if the page exceeds `limits`."""
        with limits.enforced(str(self.folder)):
            return run_case(self.folder / PAGE, self.profile)

    def expected(self) -> bytes | None:
        """Return the expected readout as JSON; None if it has not been written yet."""
        path = self.folder / READOUT
        return path.read_bytes() if path.is_file() else None


class CaseResult(msgspec.Struct, frozen=True):
    """The complaints about one case, or about the layouts of a site; none if all checks passed.

    `place` is the path of the case, or of the profile with the layouts. `warnings` name what is
    probably a mistake, but can be intended; a check does not fail because of them.
    """

    site: str
    place: str
    complaints: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def sites_named(name: str | None, sites: Sequence[Path] = ()) -> tuple[SiteProfile, ...]:
    """Return the profiles that `name` means: a folder of sites, the folder or name of a site, or None for all.

    `sites` are folders in which sites are also searched by name. Raises a UsageError if there is no such site.
    """
    folder = Path(name) if name else None
    if folder and (folder / PROFILE).is_file():
        return (load_profile(folder / PROFILE),)
    if folder and folder.is_dir():
        return profiles(folder)
    found = tuple(profile for profile in all_profiles(sites) if name in {None, profile.site})
    if not found:
        raise UsageError(
            f"there is no site {name!r}",
            what_next="`readout-pub profile list` lists all; --sites adds a folder of your own",
        )
    return found


def check_site(profile: SiteProfile, limits: PageLimits = PageLimits()) -> Iterator[CaseResult]:
    """Yield the result of each case of a profile, then layouts without a case and selectors without a match, if any.

    `limits` are those for reading the page of a case.
    """
    cases = cases_of(profile)
    tested: set[str | None] = set()
    unmatched: dict[str, frozenset[str]] = {}
    failed = False
    for case in cases:
        try:
            run = case.run(limits)
        except ReadoutError as error:
            failed = True
            yield CaseResult(profile.site, str(case.folder), (str(error),))
            continue
        tested.add(run.readout.origin.profile)
        complaints = (f"{name}: {each}" for name, check in CHECKS.items() for each in check(run, case.expected()))
        yield CaseResult(profile.site, str(case.folder), tuple(complaints), tuple(_warnings(run)))
        if run.coverage:
            name = run.coverage.chosen.layout.name
            unmatched[name] = unmatched.get(name, run.coverage.unmatched) & run.coverage.unmatched
    own = [layout.name for layout in profile.layout if layout.path == profile.path]
    # A case that fails may belong to any layout.
    untested = [name for name in own if f"{profile.site}/{name}" not in tested and not failed]
    warnings = tuple(
        f"selectors: {layout.describe_location(key)}: {selector!r} matches nothing in any case; "
        "correct it, or add a case that it matches"
        for layout in profile.layout
        for key, selector in layout.selectors().items()
        if layout.path == profile.path and key in unmatched.get(layout.name, ())
    )
    if untested or warnings or not cases:
        complaints = (f"layout {name!r} has no case" for name in untested)
        yield CaseResult(profile.site, str(profile.path), tuple(complaints), warnings)


def _warnings(run: CaseRun) -> Iterator[str]:
    if words := words_outside(run):
        yield (
            "words: the generic extractor takes words outside `body` for text, and no selector of `drop` matches "
            f"them; widen `body`, or add a selector to `drop`: {words}"
        )


def cases_of(profile: SiteProfile) -> tuple[Case, ...]:
    """Return the cases of a site, sorted by name."""
    found = sorted((profile.path.parent / CASES).glob(f"*/{PAGE}"))
    return tuple(Case(page.parent, profile) for page in found)


def accept(profile: SiteProfile, limits: PageLimits = PageLimits()) -> Iterator[Path]:
    """Write readout.json for every case whose readout differs from it; yield the written paths, for review.

    `limits` are those for reading the page of a case.
    """
    for case in cases_of(profile):
        readout = unsealed_json(case.run(limits).readout)
        if readout != case.expected():
            write_file(case.folder / READOUT, readout)
            yield case.folder / READOUT
