"""A case proves a profile: a saved page, its photos, and the readout that is expected of it.

`SITES/<site>/cases/<name>/` holds `page.html`, the photos it shows, and `readout.json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from readout_pub.atomic import write_file
from readout_pub.errors import ReadoutError, UsageError
from readout_pub.extract.profile import Profile, load_profile
from readout_pub.extract.registry import all_profiles, profiles
from readout_pub.model import to_json
from readout_pub.profile_tools.case_checks import CHECKS, CaseRun, run_case

PROFILE, CASES, PAGE, READOUT = "profile.toml", "cases", "page.html", "readout.json"
"""The names of files and folders of a site."""


class Case(msgspec.Struct, frozen=True):
    """One case: its folder, and the profile it proves."""

    folder: Path
    profile: Profile

    def trial(self) -> CaseRun:
        """Understand the page by the profile; a ReadoutError says why that cannot be."""
        return run_case(self.folder / PAGE, self.profile)

    def expected(self) -> bytes | None:
        """Return the readout that is expected, None if nobody has written it yet."""
        path = self.folder / READOUT
        return path.read_bytes() if path.is_file() else None


class CaseResult(msgspec.Struct, frozen=True):
    """What became of one case, or of a site without cases: no complaints means that all is well."""

    site: str
    place: str
    complaints: tuple[str, ...] = ()


def sites_named(name: str | None, sites: Sequence[Path] = ()) -> tuple[Profile, ...]:
    """Return the profiles that `name` means: of a folder of sites, a site's folder or name; None means all."""
    folder = Path(name) if name else None
    if folder and (folder / PROFILE).is_file():
        return (load_profile(folder / PROFILE),)
    if folder and folder.is_dir():
        return profiles(folder)
    found = tuple(profile for profile in all_profiles(sites) if name in {None, profile.site})
    if not found:
        raise UsageError(
            f"there is no site {name!r}",
            what_next="`readout-pub profile list` names all; --sites adds a folder of yours",
        )
    return found


def check_site(profile: Profile) -> Iterator[CaseResult]:
    """Try a profile on each of its cases, and ask whether each of its own layouts has one."""
    cases = cases_of(profile)
    shown: set[str | None] = set()
    failed = False
    for case in cases:
        try:
            trial = case.trial()
        except ReadoutError as error:
            failed = True
            yield CaseResult(profile.site, str(case.folder), (str(error),))
            continue
        shown.add(trial.readout.origin.profile)
        complaints = (f"{name}: {each}" for name, proof in CHECKS.items() for each in proof(trial, case.expected()))
        yield CaseResult(profile.site, str(case.folder), tuple(complaints))
    own = [layout.name for layout in profile.layout if layout.path == profile.path]
    # A case that fails may be the proof of any layout.
    unproven = [name for name in own if f"{profile.site}/{name}" not in shown and not failed]
    if unproven or not cases:
        yield CaseResult(profile.site, str(profile.path), tuple(f"layout {name!r} has no case" for name in unproven))


def cases_of(profile: Profile) -> tuple[Case, ...]:
    """Return the cases of a site in the order of their names."""
    found = sorted((profile.path.parent / CASES).glob(f"*/{PAGE}"))
    return tuple(Case(page.parent, profile) for page in found)


def accept(profile: Profile) -> Iterator[Path]:
    """Write the readout of every case where another or none is expected; yield what was written, for people to read."""
    for case in cases_of(profile):
        made = to_json(case.trial().readout)
        if made != case.expected():
            write_file(case.folder / READOUT, made)
            yield case.folder / READOUT
