"""Reads a table that people have filled in, and records its decisions in the decision files of the archives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.decisions import (
    DecidedOtherwise,
    Decision,
    DecisionKind,
    Decisions,
    decision_on,
    file_for,
    record_in_files,
    text_of,
    with_decided_text,
)
from readout_pub.alt.lint import (
    DEFAULT_PROFILE,
    AdviceLanguage,
    AltFinding,
    HouseRules,
    load_house_rules,
)
from readout_pub.alt.photo_names import match_photos
from readout_pub.alt.photo_table import decision_of, read_photo_table
from readout_pub.alt.release import lint_decided_photos
from readout_pub.alt_review.new_decisions import new_decision
from readout_pub.alt_review.photos import PagePhotos, ReadPage, photos_by_page
from readout_pub.arguments import require_unicode
from readout_pub.errors import SourceError, UsageError
from readout_pub.filled_tables.pages import page_key
from readout_pub.filled_tables.table import FilledRow, FilledTable, RowError
from readout_pub.limits import PageLimits
from readout_pub.model import Photo
from readout_pub.sources import SavedPage, is_remote
from readout_pub.sources.path_list import LIST_MARK

HELP = "`readout-pub alt worklist` writes a table to fill in"


class RowProblem(msgspec.Struct, frozen=True):
    """Why a row of the table cannot be applied; `row` is its number in spreadsheet programs."""

    row: int
    what: str
    what_next: str


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """The result of `apply_table`.

    decisions   the new decisions, in the order of the table
    unchanged   number of photos whose row has the same decision as the decision file
    empty       number of rows that nobody has filled in
    problems    rows that cannot be applied; if there are any, nothing is recorded, except with `skip_errors`
    files       the decision files that were written; none with `dry_run`
    findings    what the house rules say about the new texts, worst first for each photo
    remarks     what a user should check, such as a guessed encoding of the table
    """

    decisions: tuple[Decision, ...] = ()
    unchanged: int = 0
    empty: int = 0
    problems: tuple[RowProblem, ...] = ()
    files: tuple[Path, ...] = ()
    findings: tuple[AltFinding, ...] = ()
    remarks: tuple[str, ...] = ()


def apply_table(
    path: Path,
    archive: str | None,
    *,
    now: dt.datetime,
    reviewer: str | None = None,
    read: ReadPage | None = None,
    limits: PageLimits = PageLimits(),
    rules: HouseRules | None = None,
    language: AdviceLanguage = "en",
    replace: bool = False,
    skip_errors: bool = False,
    dry_run: bool = False,
) -> Applied:
    """Read the decisions in a table of photos, and record each in the decision file for its page.

    `archive`, if given, replaces the column `archive`. `reviewer` is the person for rows without a name. `read` and
    `limits` are as in `photos_by_page`. A row that contradicts a decision made after the table was written is an error,
    except with `replace`. If any row has an error, nothing is recorded; with `skip_errors`, the other rows are.
    `rules`, by default those of `DEFAULT_PROFILE`, give findings in `language`, but refuse no text. With `dry_run`,
    nothing is written.

    Raises SourceError for a table or an archive that cannot be read, and for an archive that is an output. Raises
    UsageError if a row with a decision names no archive and `archive` is None, or if nobody names a reviewer.
    """
    require_unicode(reviewer or "", "reviewer")
    rules = rules or load_house_rules(DEFAULT_PROFILE)
    table = read_photo_table(path, "the worklist", HELP)
    application = _Application(table, archive, now=now, reviewer=reviewer, rules=rules, replace=replace)
    application.read_rows()
    application.find_photos(read, limits)
    application.decide()
    files = () if dry_run else application.record(skip_errors=skip_errors)
    return Applied(
        decisions=tuple(each.decision for each in application.decisions),
        unchanged=application.unchanged,
        empty=application.empty,
        problems=tuple(sorted(application.problems, key=lambda each: each.row)),
        files=files,
        findings=tuple(application.findings(language)),
        remarks=(table.encoding_remark,) if table.encoding_remark else (),
    )


class _Filled(msgspec.Struct, frozen=True):
    """A row that somebody has filled in."""

    row: FilledRow
    archive: str
    kind: DecisionKind
    text: str

    @property
    def page(self) -> str:
        return self.row.cells.get("page", "")


class _DecidedRow(msgspec.Struct, frozen=True):
    """A decision on a photo, its row, and the file to which it belongs."""

    decision: Decision
    row: FilledRow
    file: Path
    photo: PhotoInContext


class _PhotoValues:
    """The photos of an archive by id, and their values in some columns of a worklist."""

    def __init__(self, pages: Iterable[PagePhotos]) -> None:
        self.by_id = {photo.id: photo for page in pages for photo in page.photos}
        photos = self.by_id.values()
        self.by_column = {
            column: {_value(photo, column) for photo in photos} - {""} for column in ("page", "file", "caption")
        }


def _value(photo: PhotoInContext, column: str) -> str:
    """Return what a worklist has in a column for a photo, with one space between words."""
    return " ".join(str(getattr(photo, column)).split())


class _Application:
    """Turns the rows of one table into decisions, and collects the problems of unusable rows."""

    def __init__(
        self,
        table: FilledTable,
        archive: str | None,
        *,
        now: dt.datetime,
        reviewer: str | None,
        rules: HouseRules,
        replace: bool,
    ) -> None:
        self._table, self._archive, self._now = table, archive, now
        self._reviewer, self._rules, self._replace = reviewer, rules, replace
        self._filled: list[_Filled] = []
        self._pages: dict[str, dict[str, PagePhotos]] = {}  # archive → page → its photos
        self._photos: dict[str, _PhotoValues] = {}  # archive → its photos
        self._known: dict[Path, Decisions] = {}  # decision file → its decisions, read before its first row is handled
        self.decisions: list[_DecidedRow] = []
        self.problems: list[RowProblem] = []
        self.unchanged = self.empty = 0

    def read_rows(self) -> None:
        """Collect the rows that are filled in."""
        for row in self._table.rows:
            try:
                decision = decision_of(row)
            except RowError as error:
                self._add_problem(row, error)
                continue
            if decision is None:
                self.empty += 1
                continue
            archive = self._archive or row.cells.get("archive", "")
            if not archive:
                raise UsageError(
                    "this row does not say which archive its photo is from",
                    where=self._table.place(row),
                    what_next="add the archive to the command, after the table",
                )
            self._filled.append(_Filled(row, archive, *decision))
        if self._filled and not self._reviewer and not any(each.row.cells.get("reviewer") for each in self._filled):
            raise UsageError(
                "the table does not say who decided",
                where=str(self._table.path),
                what_next='name the person with --reviewer "NAME", or in the column `reviewer`',
            )

    def find_photos(self, read: ReadPage | None, limits: PageLimits) -> None:
        """Read the pages that the rows name, archive by archive."""
        for archive in dict.fromkeys(each.archive for each in self._filled):
            if not (self._archive or is_remote(archive) or Path(archive.removeprefix(LIST_MARK)).exists()):
                raise SourceError(
                    f"the saved pages that it lists, {archive!r}, are not here",
                    where=str(self._table.path),
                    what_next="run the command where the table was made, or add the folder or archive after the table",
                )
            keys = {page_key(each.page) for each in self._filled if each.archive == archive}
            found = photos_by_page(archive, read=read, is_wanted=_is_one_of(keys), limits=limits)
            self._pages[archive] = {page_key(each.page): each for each in found}
            self._photos[archive] = _PhotoValues(self._pages[archive].values())

    def decide(self) -> None:
        """Turn each row into a decision on each photo that it names."""
        rows: dict[str, _Filled] = {}  # id of a photo → the row that decides on it
        for filled in self._filled:
            try:
                found = self._page(filled)
                saved = _source_of(found)
                self._refuse_mixed_columns(filled)
                for photo in _photos_of(filled.row, found):
                    before = rows.setdefault(photo.id, filled)
                    if (before.kind, before.text) != (filled.kind, filled.text):
                        raise RowError(f"row {before.row.row} decides differently on this photo", "keep one")  # noqa: TRY301 - the error belongs to this row
                    if before is filled:
                        self._decide(filled, photo, saved, found.photos)
            except RowError as error:
                self._add_problem(filled.row, error)

    def record(self, *, skip_errors: bool) -> tuple[Path, ...]:
        """Record the decisions, and return the decision files that have them; () if nothing is recorded.

        Without `replace`, a row has a problem if its photo has got another decision meanwhile.
        """
        while skip_errors or not self.problems:
            new: dict[Path, list[Decision]] = {}
            for each in self.decisions:
                new.setdefault(each.file, []).append(each.decision)
            known = {file: self._known[file].decisions for file in new}
            try:
                record_in_files(new, known=None if self._replace else known)
            except DecidedOtherwise as otherwise:
                self._reject(otherwise.decisions)
            else:
                return tuple(new)
        return ()

    def _reject(self, others: Sequence[Decision]) -> None:
        """Drop each decision on a photo that has a decision in `others`, and add a problem for its row."""
        other_by_key = {each.key: each for each in others}
        rejected = [each for each in self.decisions if each.decision.key in other_by_key]
        for each in rejected:
            self._add_problem(each.row, _conflict_error(other_by_key[each.decision.key]))
        self.decisions = [each for each in self.decisions if each not in rejected]

    def findings(self, language: AdviceLanguage) -> Iterator[AltFinding]:
        """Yield what the house rules say about the new texts.

        The rules get all photos of a page, since some rules compare texts.
        """
        decided = {each.photo.id: each.decision for each in self.decisions}
        for pages in self._pages.values():
            for page in pages.values():
                new = [decided[photo.id] for photo in page.photos if photo.id in decided]
                photos = [with_decided_text(photo, decided.get(photo.id)) for photo in page.photos]
                for photo, found in lint_decided_photos(photos, new, self._rules, language) if new else ():
                    if photo.id in decided and decided[photo.id].decision not in {"expert", "withheld"}:
                        yield from found

    def _refuse_mixed_columns(self, filled: _Filled) -> None:
        """Raise RowError if a row has the `id` of one photo, and page, file or caption of another.

        People sort some columns without the others. A value that no photo has is allowed: spreadsheet programs change
        values.
        """
        photos = self._photos[filled.archive]
        photo = photos.by_id.get(filled.row.cells.get("id", ""))
        if photo is None:
            return
        for column, values in photos.by_column.items():
            value = " ".join(filled.row.cells.get(column, "").split())
            if value != _value(photo, column) and value in values:
                raise RowError(
                    f"the id is that of {photo.file!r} on {photo.page!r}, but {column} {value!r} is of another photo",
                    "sort all columns together; fill in the worklist again",
                )

    def _page(self, filled: _Filled) -> PagePhotos:
        pages = self._pages[filled.archive]
        if not filled.page and len(pages) > 1:
            raise RowError("this row names no page, but there are several pages", "add a column `page`")
        found = pages.get(page_key(filled.page)) if filled.page else next(iter(pages.values()), None)
        if found is None:
            raise RowError(
                f"there is no page {filled.page!r} in {filled.archive}", "write the worklist again, or remove the row"
            )
        if found.error:
            raise RowError(f"the page cannot be read ({found.error})", "see `readout-pub inspect`")
        return found

    def _decide(
        self, filled: _Filled, photo: PhotoInContext, saved: SavedPage, page: tuple[PhotoInContext, ...]
    ) -> None:
        """Add the decision of a row on one photo, unless the file has it already; RowError if the row is unusable."""
        cells, file = filled.row.cells, file_for(saved, Path(filled.archive.removeprefix(LIST_MARK)))
        if file not in self._known:
            self._known[file] = Decisions.load(file)
        existing = decision_on(photo, self._known[file].of_page(saved))
        own_reviewer = cells.get("reviewer", "")
        is_same = existing is not None and (existing.decision, existing.alt) == (filled.kind, filled.text)
        is_same_reviewer = existing is not None and own_reviewer in {"", existing.reviewer}
        reason = " ".join(cells.get("reason", "").split())
        is_same_reason = existing is not None and reason in {"", existing.reason}
        if is_same and is_same_reviewer and is_same_reason:
            # A draft stays a draft, unless a person writes a name into its row. A new reason accepts a text again,
            # which may break another rule now.
            self.unchanged += 1
            return
        reviewer = own_reviewer or self._reviewer
        if not reviewer:
            raise RowError("this row does not say who decided", 'write a name, or add --reviewer "NAME"')
        if existing and not is_same and not self._replace and _may_be_unseen(existing, filled.row, photo, reviewer):
            raise _conflict_error(existing)
        if filled.kind == "accepted" and not cells.get("alt") and photo.replaced_alt:
            raise RowError(
                f"it is not clear which text is accepted: the page has {photo.replaced_alt.text!r}, and outputs have "
                + (f"{text_of(photo.alt)!r} instead" if text_of(photo.alt) else "no description"),
                "write the text into `alt`",
            )
        if filled.kind == "caption" and not photo.caption:
            raise RowError("the decision is caption, but the photo has no caption", "write the text")
        decision = new_decision(
            photo,
            saved,
            file,
            filled.kind,
            filled.text,
            reviewer=reviewer,
            reason=reason,
            now=self._now,
            existing=existing,
            house_rules=self._rules,
            page=page,
        )
        if existing and is_same_reviewer and is_same_reason and decision.has_same_result(existing):
            self.unchanged += 1  # the row says "accepted"; since its text breaks no rule, the file has "described"
            return
        self.decisions.append(_DecidedRow(decision, filled.row, file, photo))

    def _add_problem(self, row: FilledRow, error: RowError) -> None:
        self.problems.append(RowProblem(row.row, error.what, error.what_next))


def _conflict_error(existing: Decision) -> RowError:
    decided = existing.alt or existing.decision
    return RowError(
        f"{existing.reviewer or existing.by} has decided otherwise on this photo: {decided!r}",
        "write the worklist again, or add --replace",
    )


def _may_be_unseen(existing: Decision, row: FilledRow, photo: PhotoInContext, reviewer: str) -> bool:
    """Return whether `reviewer` may have filled in `row` without knowing the decision on its photo.

    The column `current_alt` shows which text the reviewer knew. It does not show the decision "caption": the caption
    was there before.
    """
    shown = row.cells.get("current_alt")
    if shown is not None and existing.decision != "caption":
        return shown.split() != text_of(photo.alt).split()
    return existing.is_reviewed and existing.decision != "expert" and existing.reviewer != reviewer


def _source_of(page: PagePhotos) -> SavedPage:
    if page.saved is None:
        raise SourceError(
            "decisions belong to saved pages, and this is an output of them",
            where=page.archive,
            what_next="name the archive of the saved pages",
        )
    return page.saved


def _photos_of(row: FilledRow, page: PagePhotos) -> Iterator[PhotoInContext]:
    """Yield the photo with the `id` of a row; without `id`, all photos with its file name and caption, if given.

    Raises RowError if there is no such photo, or if it has changed since.
    """
    wanted = row.cells.get("id", "")
    by_id = {photo.id: photo for photo in page.photos}
    if wanted in by_id:
        yield by_id[wanted]
        return
    named = list(_photos_named(row.cells["file"], page.photos))
    caption = row.cells.get("caption")
    alike = [photo for photo in named if caption is None or photo.caption.split() == caption.split()]
    what_next = "write the worklist again, or remove the row"
    if not alike:
        raise RowError(f"the caption of this photo has changed since, and is now {named[0].caption!r}", what_next)
    if wanted:
        is_missing = named[0].sha256 is None
        raise RowError(f"the file of this photo {'is missing now' if is_missing else 'has changed since'}", what_next)
    yield from alike


def _photos_named(file: str, photos: Sequence[PhotoInContext]) -> Iterator[PhotoInContext]:
    """Yield the photos that `match_photos` finds for the name `file`; several only if they are copies of one picture.

    Raises RowError if the name fits no photo, or different pictures.
    """
    matches = match_photos([file], [Photo(photo.file, sha256=photo.sha256) for photo in photos])
    if file in matches.unused:
        raise RowError(f"{file!r}: {matches.unused[file]}", "write the name as `inspect` prints it, or remove the row")
    yield from (photo for photo in photos if photo.file in matches.names)


def _is_one_of(keys: Collection[str]) -> Callable[[str], bool]:
    """Return a function that tells whether a page has one of `keys`; "" stands for every page."""
    return lambda name: "" in keys or page_key(name) in keys
