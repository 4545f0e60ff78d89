"""Which pages the sources hold, and where the files of each go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import msgspec

from readout_pub.emit import Rendition, suffix_of
from readout_pub.errors import OutputError, SourceError, UsageError, escape_controls
from readout_pub.model.url_parts import strip_userinfo
from readout_pub.output import STANDARD_OUTPUT
from readout_pub.output_names import output_stems
from readout_pub.sources import STANDARD_INPUT, SavedPage, failing_page, is_web_address, saved_pages
from readout_pub.sources.web import FetchPolicy


class Chosen(msgspec.Struct, frozen=True):
    """A page to convert: its source as it was typed, with the page's own name where it holds many, and its stem.

    The stem is the path of its files below the output folder, without their suffixes.
    """

    source: str
    page: SavedPage
    stem: str


class Target(msgspec.Struct, frozen=True):
    """One page and the path of each of its formats; `folder` is where photos lie that stand beside them."""

    source: str
    page: SavedPage
    paths: dict[str, str]
    folder: str

    def path(self, rendition: Rendition) -> str:
        """Return where a rendition goes."""
        return self.paths[rendition.format]

    def refuse_existing(self) -> None:
        """Raise an OutputError if a file is there already."""
        for path in self.paths.values():
            if path != STANDARD_OUTPUT and Path(path).exists():
                raise OutputError("it is there already", where=path, what_next="leave --no-clobber out to replace it")


# --- which pages


def chosen_pages(
    sources: Sequence[str], urls: Sequence[str], max_bytes: int, manners: FetchPolicy = FetchPolicy()
) -> list[Chosen]:
    """Find the pages of all sources; a source that cannot be read gives one page, which says so when it is opened.

    Where several sources are named, what holds many pages gets a folder of its own, and a page on the web that of its
    host.
    """
    chosen: list[Chosen] = []
    if not all(sources):
        raise UsageError("the name of a source is empty", what_next='check where it came from; "." is this folder')
    for source in sources:
        pages = _pages(source, urls, max_bytes, manners)
        if is_web_address(source):
            shown = escape_controls(strip_userinfo(source))
            (stem,) = output_stems([shown])
            chosen.append(Chosen(shown, pages[0], stem if len(sources) > 1 else PurePosixPath(stem).name))
            continue
        if [page.name for page in pages] in ([escape_controls(Path(source).name)], ["stdin"]):
            from_stdin = source == STANDARD_INPUT
            name, stem = (
                ("standard input", "stdin") if from_stdin else (escape_controls(source), _own_stem(Path(source)))
            )
            chosen.append(Chosen(name, pages[0], stem))
            continue
        folder = f"{Path(source.removesuffix('.gz')).stem}/" if len(sources) > 1 else ""
        named = zip(pages, output_stems([page.name for page in pages]), strict=True)
        chosen += [Chosen(escape_controls(f"{source}, {page.name}"), page, folder + stem) for page, stem in named]
    return chosen


def _pages(source: str, urls: Sequence[str], max_bytes: int, manners: FetchPolicy) -> list[SavedPage]:
    try:
        return list(saved_pages(source, urls=urls, max_bytes=max_bytes, manners=manners))
    except SourceError as error:
        return [failing_page("stdin" if source == STANDARD_INPUT else escape_controls(Path(source).name), error)]


def _own_stem(path: Path) -> str:
    """Return the stem of a file that was named itself: its own, unless that is not to be written down as text."""
    return path.stem if path.stem == escape_controls(path.stem) else output_stems([escape_controls(path.name)])[0]


# --- where their files go


def targets(chosen: Sequence[Chosen], formats: Sequence[str], output: str | None) -> list[Target]:
    """Name the files of all pages; a UsageError if two would have one name, or many go to standard output."""
    if not formats:
        raise UsageError("no format is named", where="--to", what_next="name one, such as pdf")
    several = len(chosen) * len(set(formats)) > 1
    if output == STANDARD_OUTPUT and several:
        raise UsageError("only one file can go to standard output", where="-o -", what_next="name a folder")
    found = [_target(page, dict.fromkeys(formats), output, several=several) for page in chosen]
    _refuse_equal_names(found)
    _refuse_sources(found)
    return found


def _target(chosen: Chosen, formats: dict[str, None], output: str | None, *, several: bool) -> Target:
    if output is None:
        folder = Path()
    elif several or output.endswith("/") or Path(output).is_dir():
        folder = Path(output)
    else:
        return Target(chosen.source, chosen.page, dict.fromkeys(formats, output), f"{Path(output).stem}_files")
    paths = {name: str(folder / (chosen.stem + suffix_of(name))) for name in formats}
    return Target(chosen.source, chosen.page, paths, f"{PurePosixPath(chosen.stem).name}_files")


def _refuse_equal_names(found: list[Target]) -> None:
    seen: dict[str, str] = {}
    for target in found:
        for path in target.paths.values():
            if path in seen:
                both = seen[path], target.source
                raise UsageError(
                    f"{both[0]} and {both[1]} would both become {path}"
                    if both[0] != both[1]
                    else f"two of the formats would both become {path}",
                    what_next="convert the folder that holds them, or one by one with -o",
                )
            seen[path] = target.source


def _refuse_sources(found: list[Target]) -> None:
    """Refuse to put a file in the place of a page that is to be read."""
    read = {Path(target.page.where).resolve() for target in found}
    for target in found:
        for path in target.paths.values():
            if path != STANDARD_OUTPUT and Path(path).resolve() in read:
                raise UsageError(
                    f"{path} is a page that is to be converted, and would be replaced",
                    what_next="name another folder or file with -o",
                )
