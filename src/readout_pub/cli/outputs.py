"""The pages that the sources of `convert` contain, and the paths of the files that each page becomes."""

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


class ConvertInput(msgspec.Struct, frozen=True):
    """A page to convert, its name for messages, and its stem.

    `source` is the source as typed, with the name of the page if the source contains several. `stem` is the path of its
    files below the output folder, without suffix.
    """

    source: str
    page: SavedPage
    stem: str


class OutputPlan(msgspec.Struct, frozen=True):
    """One page and the path of each of its formats; `folder` names the folder of photos beside them."""

    source: str
    page: SavedPage
    paths: dict[str, str]
    folder: str

    def path(self, rendition: Rendition) -> str:
        """Return the path of a rendition."""
        return self.paths[rendition.format]

    def refuse_existing(self) -> None:
        """Raise an OutputError if one of the files exists."""
        for path in self.paths.values():
            if path != STANDARD_OUTPUT and Path(path).exists():
                raise OutputError("it exists already", where=path, what_next="leave --no-clobber out to replace it")


# --- pages


def collect_pages(
    sources: Sequence[str], urls: Sequence[str], max_bytes: int, policy: FetchPolicy = FetchPolicy()
) -> list[ConvertInput]:
    """Return the pages of all sources; a source that cannot be read gives one page, which raises when it is opened.

    With several sources, each archive or folder gets an output folder of its own, and each page from the web that of
    its host.
    """
    found: list[ConvertInput] = []
    if not all(sources):
        raise UsageError("the name of a source is empty", what_next='check the command; "." is the working directory')
    for source in sources:
        pages = _pages_of(source, urls, max_bytes, policy)
        if is_web_address(source):
            shown = escape_controls(strip_userinfo(source))
            (stem,) = output_stems([shown])
            found.append(ConvertInput(shown, pages[0], stem if len(sources) > 1 else PurePosixPath(stem).name))
            continue
        # A source that is itself one page: its outputs are named after the path as typed.
        if [page.name for page in pages] in ([escape_controls(Path(source).name)], ["stdin"]):
            from_stdin = source == STANDARD_INPUT
            name, stem = (
                ("standard input", "stdin") if from_stdin else (escape_controls(source), _own_stem(Path(source)))
            )
            found.append(ConvertInput(name, pages[0], stem))
            continue
        folder = f"{Path(source.removesuffix('.gz')).stem}/" if len(sources) > 1 else ""
        named = zip(pages, output_stems([page.name for page in pages]), strict=True)
        found += [ConvertInput(escape_controls(f"{source}, {page.name}"), page, folder + stem) for page, stem in named]
    return found


def _pages_of(source: str, urls: Sequence[str], max_bytes: int, policy: FetchPolicy) -> list[SavedPage]:
    try:
        return list(saved_pages(source, urls=urls, max_bytes=max_bytes, manners=policy))
    except SourceError as error:
        return [failing_page("stdin" if source == STANDARD_INPUT else escape_controls(Path(source).name), error)]


def _own_stem(path: Path) -> str:
    """Return the stem of a file given by path: its own, unless that has control characters or is no valid Unicode."""
    return path.stem if path.stem == escape_controls(path.stem) else output_stems([escape_controls(path.name)])[0]


# --- paths of their files


def plan_outputs(pages: Sequence[ConvertInput], formats: Sequence[str], output: str | None) -> list[OutputPlan]:
    """Return the paths for all pages; raise a UsageError if two are equal, or several files go to standard output."""
    if not formats:
        raise UsageError("there is no format", where="--to", what_next="name one, such as pdf")
    several = len(pages) * len(set(formats)) > 1
    if output == STANDARD_OUTPUT and several:
        raise UsageError("only one file can go to standard output", where="-o -", what_next="name a folder")
    plans = [_plan(page, dict.fromkeys(formats), output, several=several) for page in pages]
    _refuse_equal_paths(plans)
    _refuse_replaced_sources(plans)
    return plans


def _plan(entry: ConvertInput, formats: dict[str, None], output: str | None, *, several: bool) -> OutputPlan:
    if output is None:
        folder = Path()
    elif several or output.endswith("/") or Path(output).is_dir():
        folder = Path(output)
    else:
        paths = dict.fromkeys(formats, output)
        return OutputPlan(entry.source, entry.page, paths, f"{Path(output).stem}_files")
    paths = {name: str(folder / (entry.stem + suffix_of(name))) for name in formats}
    return OutputPlan(entry.source, entry.page, paths, f"{PurePosixPath(entry.stem).name}_files")


def _refuse_equal_paths(plans: list[OutputPlan]) -> None:
    seen: dict[str, str] = {}
    for plan in plans:
        for path in plan.paths.values():
            if path in seen:
                both = seen[path], plan.source
                raise UsageError(
                    f"{both[0]} and {both[1]} would both become {path}"
                    if both[0] != both[1]
                    else f"two of the formats would both become {path}",
                    what_next="convert the folder that contains them, or each with its own -o",
                )
            seen[path] = plan.source


def _refuse_replaced_sources(plans: list[OutputPlan]) -> None:
    """Raise a UsageError if an output would replace a page that is to be converted."""
    read = {Path(plan.page.where).resolve() for plan in plans}
    for plan in plans:
        for path in plan.paths.values():
            if path != STANDARD_OUTPUT and Path(path).resolve() in read:
                raise UsageError(
                    f"{path} is a page to convert, and the output would replace it",
                    what_next="name another folder or file with -o",
                )
