"""The pages in the sources of `convert`, and the paths of the files that are written for each page."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec
import typer

from readout_pub.emit import Rendition, formats_of_suffix, suffix_of
from readout_pub.errors import OutputError, SourceError, UsageError, escape_controls
from readout_pub.model.url_parts import strip_userinfo
from readout_pub.output import STANDARD_OUTPUT, is_stream
from readout_pub.output_names import RECEIPT_SUFFIX, fold_case, output_stems
from readout_pub.signatures import SUFFIX as SIGNATURE_SUFFIX
from readout_pub.sources import (
    STANDARD_INPUT,
    SavedPage,
    all_files,
    failing_page,
    is_web_address,
    local_path,
    saved_pages,
)
from readout_pub.sources.companion_folders import photo_folder
from readout_pub.sources.file_tree import backed_up_page, has_page_suffix
from readout_pub.sources.path_list import LIST_MARK, is_path_list, listed_pages
from readout_pub.sources.web import FetchPolicy


class ConvertInput(msgspec.Struct, frozen=True):
    """A page to convert.

    `source` is its name in messages (see `_name_in`). `stem` is the path of its outputs below the output folder,
    without a suffix.
    """

    source: str
    page: SavedPage
    stem: str


class OutputPlan(msgspec.Struct, frozen=True):
    """A page and the path of its output in each format; `folder` names the folder of photos beside them."""

    source: str
    page: SavedPage
    paths: dict[str, str]
    folder: str

    def path(self, rendition: Rendition) -> str:
        """Return the path of a rendition."""
        return self.paths[rendition.format]

    def receipt_path(self) -> Path | None:
        """Return the path of the receipt, beside the first file; None if there are only streams."""
        first = next((path for path in self.paths.values() if not is_stream(path)), None)
        return Path(first).with_suffix(RECEIPT_SUFFIX) if first else None

    @property
    def names(self) -> tuple[str, ...]:
        """What an alt file can call the page: its name in the source, its name in messages, or one of its URLs."""
        return (self.page.name, self.source, *self.page.urls)

    def refuse_existing(self) -> None:
        """Raise an OutputError if one of the files exists."""
        for path in self.paths.values():
            if path != STANDARD_OUTPUT and Path(path).exists():
                raise OutputError("it exists already", where=path, what_next="leave --no-clobber out to replace it")


# --- pages


def collect_pages(
    sources: Sequence[str], urls: Sequence[str], max_bytes: int, policy: FetchPolicy = FetchPolicy()
) -> list[ConvertInput]:
    """Return the pages of all sources; an unreadable source gives one page, whose `open` raises the error.

    With several sources, each archive, folder, list of paths and web host gets an output folder of its own.
    """
    found: list[ConvertInput | tuple[str, list[ConvertInput]]] = []
    for source in map(local_path, sources):
        if is_path_list(source):
            found.append((source, _pages_of_list(source, urls, max_bytes)))
            continue
        pages = _pages_of(source, urls, max_bytes, policy)
        if is_web_address(source):
            shown = escape_controls(strip_userinfo(source))
            (stem,) = output_stems([shown])
            found.append(ConvertInput(shown, pages[0], stem if len(sources) > 1 else PurePosixPath(stem).name))
            continue
        # If the source itself is one page, its outputs keep the name of its file.
        if [page.name for page in pages] in ([escape_controls(Path(source).name)], ["stdin"]):
            from_stdin = source == STANDARD_INPUT
            name, stem = (
                ("standard input", "stdin") if from_stdin else (escape_controls(source), _own_stem(Path(source)))
            )
            found.append(ConvertInput(name, pages[0], stem))
            continue
        pages = _without_outputs(source, pages)
        named = zip(pages, output_stems([page.name for page in pages]), strict=True)
        found.append((source, [ConvertInput(_name_in(source, page), page, stem) for page, stem in named]))
    folders = _folders([each[0] for each in found if isinstance(each, tuple)]) if len(sources) > 1 else {}
    return [page for each in found for page in (_in_folder(*each, folders) if isinstance(each, tuple) else (each,))]


def _folders(archives: Sequence[str]) -> dict[str, str]:
    """Return a folder for the outputs of each archive, folder or list; no two are equal.

    A folder has the name of its archive without the suffix. If two archives share this name, the folders have the
    archives' paths as typed.
    """
    names = {each: Path(os.path.abspath(each.removeprefix(LIST_MARK).removesuffix(".gz"))).stem for each in archives}  # noqa: PTH100 - resolves ".."
    counts = Counter(map(fold_case, names.values()))
    spelled = [escape_controls(name if counts[fold_case(name)] == 1 else each) for each, name in names.items()]
    return dict(zip(names, output_stems(spelled), strict=True))


def _in_folder(archive: str, pages: list[ConvertInput], folders: Mapping[str, str]) -> list[ConvertInput]:
    folder = f"{folders[archive]}/" if archive in folders else ""
    return [msgspec.structs.replace(page, stem=folder + page.stem) for page in pages]


def _pages_of(source: str, urls: Sequence[str], max_bytes: int, policy: FetchPolicy) -> list[SavedPage]:
    pages: list[SavedPage] = []
    without_html: list[str] = []
    backups: list[str] = []
    try:
        if urls:
            pages += saved_pages(source, urls=urls, max_bytes=max_bytes, policy=policy)
        else:
            for file in all_files(source, max_bytes=max_bytes, policy=policy):
                if not file.is_other_file:
                    pages.append(file)
                elif backed_up_page(file.name):
                    backups.append(file.name)
                elif has_page_suffix(file.name):
                    without_html.append(file.name)
    except SourceError as error:
        pages.append(failing_page("stdin" if source == STANDARD_INPUT else escape_controls(Path(source).name), error))
    if without_html or backups:
        from readout_pub.batch.inputs import BACKUPS, WITHOUT_HTML, LeftOutFiles

        for files in (LeftOutFiles(WITHOUT_HTML, without_html), LeftOutFiles(BACKUPS, backups)):
            for remark in files.remarks():
                typer.echo(f"note: {escape_controls(source)}: {remark}", err=True)
    return pages


def _name_in(source: str, page: SavedPage) -> str:
    """Return how messages name one of several pages of a source: the path of a file, else "ARCHIVE, PAGE"."""
    path = escape_controls(str(Path(source) / page.name))
    is_file = str(Path(path).absolute()) == escape_controls(page.where)
    return path if is_file else escape_controls(f"{source}, {page.name}")


def _without_outputs(source: str, pages: list[SavedPage]) -> list[SavedPage]:
    """Return `pages` except outputs of this program and pages in output folders of batches; print how many these are.

    If all pages are in output folders, the user has named one on purpose: only outputs are left out, silently.
    """
    from readout_pub.batch.inputs import output_folder_of, own_outputs_left_out

    is_folder = Path(source).is_dir()
    folders = [output_folder_of(str(Path(page.where).absolute())) if is_folder else None for page in pages]
    if None not in folders:
        return [page for page in pages if not page.is_output]
    for folder, count in Counter(folders).items():
        if folder:
            left_out = "1 page was" if count == 1 else f"{count:,} pages were"
            message = f"note: {folder}: {left_out} left out, since this is the output folder of a batch"
            typer.echo(escape_controls(message), err=True)
    others = [page for page, folder in zip(pages, folders, strict=True) if folder is None]
    if count := sum(page.is_output for page in others):
        typer.echo(f"note: {own_outputs_left_out(source, count)}", err=True)
    return [page for page in others if not page.is_output]


def refuse_urls_of_list(urls: Sequence[str]) -> None:
    """Raise a UsageError if there are `urls`: they cannot select pages of a list of paths."""
    if urls:
        raise UsageError(
            "it selects pages of an archive, not of a list of paths",
            where="--url",
            what_next="leave it out, or name the archive itself",
        )


def _pages_of_list(source: str, urls: Sequence[str], max_bytes: int) -> list[ConvertInput]:
    """Return the pages of a list of paths; the paths as listed name their outputs."""
    refuse_urls_of_list(urls)
    try:
        pages = {escape_controls(label): page for label, page in listed_pages(source, max_bytes)}
    except SourceError as error:
        pages = {escape_controls(source[1:]): failing_page(escape_controls(source), error)}
    stems = output_stems(list(pages))
    return [ConvertInput(label, page, stem) for (label, page), stem in zip(pages.items(), stems, strict=True)]


def _own_stem(path: Path) -> str:
    """Return the stem of a file, without control characters and invalid Unicode, and short enough for a suffix."""
    is_usable = path.stem == escape_controls(path.stem) and len(os.fsencode(path.stem)) <= _MAX_OWN_STEM_BYTES
    return path.stem if is_usable else output_stems([escape_controls(path.name)])[0]


_MAX_OWN_STEM_BYTES = 255 - len(RECEIPT_SUFFIX + SIGNATURE_SUFFIX)
"""How many bytes a stem may have: file systems allow 255 in a name, and the longest suffix is ".receipt.json.sig"."""


# --- paths of outputs


DEFAULT_FORMAT = "pdf"


def plan_outputs(pages: Sequence[ConvertInput], formats: Sequence[str], output: str | None) -> list[OutputPlan]:
    """Return the paths for all pages. Without `formats`, the suffix of a single output file names the format.

    The default format is PDF. Raises a UsageError if two paths are equal, several files would go into one, a suffix
    contradicts the format, or an output would replace one of the pages.
    """
    several = len(pages) * len(formats or (DEFAULT_FORMAT,)) > 1
    if output is None:
        plans = [_plan_in_folder(page, formats or (DEFAULT_FORMAT,), Path()) for page in pages]
    elif several or output.endswith("/") or Path(output).is_dir():
        require_folder_name(output)
        plans = [_plan_in_folder(page, formats or (DEFAULT_FORMAT,), Path(output)) for page in pages]
    else:
        name = _format_of_file(output, formats)
        plans = [OutputPlan(page.source, page.page, {name: output}, photo_folder(Path(output).stem)) for page in pages]
    _refuse_equal_paths(plans)
    _refuse_replaced_sources(plans)
    return plans


def _plan_in_folder(entry: ConvertInput, formats: Sequence[str], folder: Path) -> OutputPlan:
    stem = _stem_clear_of_files(entry.stem, folder)
    paths = {name: str(folder / (stem + suffix_of(name))) for name in formats}
    return OutputPlan(entry.source, entry.page, paths, photo_folder(PurePosixPath(stem).name))


def _stem_clear_of_files(stem: str, folder: Path) -> str:
    """Return `stem`, with "_pages" after each folder whose name a file has, such as an archive."""
    parents: list[str] = []
    *named, last = stem.split("/")
    for each in named:
        taken = folder.joinpath(*parents, each)
        parents.append(f"{each}_pages" if taken.exists() and not taken.is_dir() else each)
    return "/".join((*parents, last))


def require_folder_name(output: str) -> None:
    """Raise a UsageError if `output`, for several files, is standard output or a path with the suffix of a file."""
    if output == STANDARD_OUTPUT:
        raise UsageError("only one file can go to standard output", where="-o -", what_next="name a folder")
    if not output.endswith("/") and not Path(output).is_dir() and _is_file_suffix(Path(output).suffix.lower()):
        raise UsageError(
            "several files cannot go into one", where=f"-o {output}", what_next='name a folder, such as "out/"'
        )


def _format_of_file(output: str, formats: Sequence[str]) -> str:
    """Return the format of the one output file: the one in `formats`, else that of the file's suffix.

    Standard output and devices have no suffix and get the default format.
    """
    suffix = "" if output == STANDARD_OUTPUT else Path(output).suffix.lower()
    if _is_file_suffix(Path(output).name.lower()):
        raise UsageError(
            "this is only a suffix",
            where=f"-o {output}",
            what_next=f"name the file, such as readout{Path(output).name}",
        )
    candidates = formats_of_suffix(suffix) if suffix else ()
    if formats:
        (name,) = formats
        if candidates and name not in candidates and suffix_of(name) not in {suffix, suffix_of(candidates[0])}:
            raise UsageError(
                f"this is the name of a file in the format {candidates[0]}, but --to names {name}",
                where=f"-o {output}",
                what_next=f"name the file {Path(output).stem}{suffix_of(name)}, or leave --to out",
            )
        if not candidates and suffix in _OTHER_SUFFIXES:
            raise UsageError(
                f"a file in the format {name} does not have the suffix {suffix}",
                where=f"-o {output}",
                what_next=f"name the file {Path(output).stem}{suffix_of(name)}",
            )
        return name
    if len(candidates) > 1:
        raise UsageError(
            f"several formats have the suffix {suffix}: {', '.join(candidates)}",
            where=f"-o {output}",
            what_next=_NAME_IT,
        )
    if suffix and not candidates:
        what_next = "take another suffix, such as .docx or .pdf" if suffix in _OTHER_SUFFIXES else _NAME_IT
        raise UsageError(f"no format has the suffix {suffix}", where=f"-o {output}", what_next=what_next)
    return candidates[0] if candidates else DEFAULT_FORMAT


_NAME_IT = "name the format with --to"

_OTHER_SUFFIXES = frozenset(
    ".doc .docm .dot .dotx .ods .odp .ott .pages .ppt .pub .wpd .wps .xls .xlsx .azw .azw3 .djvu .kfx .lit .mobi .ps "
    ".xps .7z .gz .mht .mhtml .tar .wacz .warc .webarchive .zip .csv .tsv .bmp .gif .jpeg .jpg .png .svg .tif .tiff "
    ".webp".split()
)
"""Suffixes of formats that this program does not write: a PDF named "talks.doc" would not open in the programs for such
documents.

Unknown suffixes, as in "talks.2031", are allowed in names of folders and, with --to, of files.
"""


def _is_file_suffix(suffix: str) -> bool:
    """Return whether a name with this suffix means a file, and not a folder."""
    return suffix in _OTHER_SUFFIXES or bool(formats_of_suffix(suffix))


def _refuse_equal_paths(plans: list[OutputPlan]) -> None:
    seen: dict[str, OutputPlan] = {}
    for plan in plans:
        for path, count in Counter(plan.paths.values()).items():
            if count > 1:
                raise UsageError(f"two of the formats would both become {path}", what_next="name only one of them")
            other = seen.setdefault(path, plan)
            if other is not plan and _real_place(other) == _real_place(plan):
                raise UsageError("it is named twice", where=plan.source, what_next="name it once")
            if other is not plan:
                raise UsageError(
                    f"{other.source} and {plan.source} would both become {path}",
                    what_next="convert the folder that contains them, or each with its own -o",
                )


def _real_place(plan: OutputPlan) -> str:
    """Return the path of a page, without symbolic links.

    The path of a page in a web archive ends with its URL, which may have a NUL; `realpath` rejects this.
    """
    return os.path.realpath(plan.page.where.replace("\0", ""))


def _refuse_replaced_sources(plans: list[OutputPlan]) -> None:
    """Raise a UsageError if an output would replace a page that is to be converted."""
    read = {_real_place(plan) for plan in plans}
    for plan in plans:
        for path in plan.paths.values():
            if path != STANDARD_OUTPUT and os.path.realpath(path) in read:
                raise UsageError(
                    f"{path} is a page to convert, and the output would replace it",
                    what_next="name another folder or file with -o",
                )
