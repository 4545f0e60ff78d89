"""A text file with people's decisions on the alternative texts of photos, and with texts that models drafted.

The file is `alt-decisions.jsonl`, in the folder of an archive or above it. Each line is one decision or draft in JSON.
Lines are sorted by page and photo, so that git can merge the work of two people. A decision belongs to one photo in its
context: the digest of the picture, the page, and the caption there.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.perceptual import are_similar, hash_bits, hash_of_picture
from readout_pub.arguments import require_path, set_plain_strings, shown
from readout_pub.atomic import write_file
from readout_pub.errors import (
    DECODE_ERRORS,
    DecisionsUnreadable,
    ImpossibleDecision,
    OutputError,
    escape_controls,
    shell_word,
)
from readout_pub.filled_tables.pages import page_key
from readout_pub.model import Alt, Decorative, Described, Missing
from readout_pub.model.photo import AltBy
from readout_pub.model.printable import printable
from readout_pub.named_file import read_large_file
from readout_pub.sources import SavedPage, is_remote, is_web_address

DECISIONS_FILE = "alt-decisions.jsonl"
"""The name of the file, in the folder of an archive or in a folder above it."""

DecisionKind = Literal["described", "decorative", "caption", "accepted", "expert", "withheld"]
"""What a person decides.

described    the text describes the photo
decorative   readers need no text
caption      the caption is enough here
accepted     the text is right although it breaks house rules
expert       an expert has to describe the photo
withheld     no output may show the photo, for example without the right to publish it
"""

DECISION_KINDS: tuple[DecisionKind, ...] = get_args(DecisionKind)
KINDS_WITH_TEXT: frozenset[DecisionKind] = frozenset({"described", "accepted"})

BY_PERSON = "person"
_BY_MODEL = "model "


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision on one photo in its context; the fields are those of a line of the file.

    picture     SHA-256 (hex) of the photo's file, "" if the file is missing
    src         the photo as the page names it, as in `Photo.src`
    perceptual  hash that finds copies of other sizes, None if not computed
    page        name of the page, as `page_name` returns it
    caption     the photo's caption on this page, "" if none
    decision    see `DecisionKind`
    alt         the text if the decision is "described" or "accepted", else ""
    language    language of the text (BCP 47)
    reviewer    name of the person who decided, "" for a draft without review
    when        time of the decision, in UTC
    replaced    the earlier text, or the earlier kind if it had no text; "" if nothing
    reason      why, in the person's words, "" if not given; an accepted text needs one
    rules       the house rules that an "accepted" text may break
    by          who wrote the text: "person" or "model NAME"
    """

    page: str
    src: str
    picture: str
    caption: str
    decision: DecisionKind
    alt: str
    language: str
    reviewer: str
    when: dt.datetime
    by: str = BY_PERSON
    replaced: str = ""
    reason: str = ""
    rules: tuple[str, ...] = ()
    perceptual: str | None = None

    def __post_init__(self) -> None:
        """Remove control characters from texts; raise ImpossibleDecision if the fields contradict each other."""
        set_plain_strings(self)
        for field in ("alt", "reviewer", "reason", "replaced", "by"):
            msgspec.structs.force_setattr(self, field, " ".join(printable(getattr(self, field)).split()))
        if self.picture and not re.fullmatch("[0-9a-f]{64}", self.picture):
            raise ImpossibleDecision("`picture` is not a SHA-256 in hex", what_next="give 64 digits, or none")
        if self.decision not in DECISION_KINDS:
            raise ImpossibleDecision(
                f"`decision` is {shown(self.decision)}", what_next=f"give one of {', '.join(DECISION_KINDS)}"
            )
        if (self.decision in KINDS_WITH_TEXT) != bool(self.alt.strip()):
            raise ImpossibleDecision(
                '`alt` must have a text if `decision` is "described" or "accepted", and no text otherwise',
                what_next="change one of them",
            )
        if (self.decision == "accepted") != bool(self.rules):
            raise ImpossibleDecision(
                '`rules` must name house rules if `decision` is "accepted", and no rules otherwise',
                what_next="change one of them",
            )
        if self.decision == "accepted" and not (self.reason and self.reviewer):
            raise ImpossibleDecision(
                "`reason` or `reviewer` is empty, but a text is accepted against a rule", what_next="give both"
            )
        if not re.fullmatch(r"person|model \S.*", self.by):
            raise ImpossibleDecision(f"`by` is {shown(self.by)}", what_next='give "person" or "model NAME"')
        if self.by == BY_PERSON and not self.reviewer.strip():
            raise ImpossibleDecision("`reviewer` is empty, but a person has decided", what_next="name the person")
        if self.when.tzinfo is None:
            raise ImpossibleDecision("`when` has no time zone", what_next="give a time in UTC")

    @property
    def key(self) -> tuple[str, str, str]:
        """The photo in its context: page, picture (`src` if the file is missing) and caption; unique in a file."""
        return (page_key(self.page), self.picture or self.src, self.caption)

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has decided, or has accepted what a model wrote."""
        return bool(self.reviewer)

    def accepted_rules(self, text: str, caption: str) -> tuple[str, ...]:
        """Return the house rules that `text` may break; none if the decision was on another text or caption."""
        return self.rules if (self.alt.split(), self.caption) == (text.split(), caption) else ()

    def has_same_result(self, other: Decision) -> bool:
        """Return whether two decisions differ at most in reviewer, time and reason."""
        own, others = ((each.decision, each.alt, each.by, each.is_reviewed, each.rules) for each in (self, other))
        return own == others

    def to_alt(self, source: Alt, caption: str) -> Alt | None:
        """Return the alternative text that this decision gives a photo; None if it gives none.

        `source` is the source's alternative text, and `caption` is the caption of the photo. If a person keeps the text
        of the source, its author stays the same.
        """
        by: AltBy = "person" if self.by == BY_PERSON else "model"
        name = self.reviewer if self.by == BY_PERSON else self.by.removeprefix(_BY_MODEL)
        match self.decision:
            case "described" | "accepted":
                if isinstance(source, Described) and source.text.split() == self.alt.split():
                    return msgspec.structs.replace(source, reviewed=self.is_reviewed or source.reviewed)
                return Described(self.alt, by, name, self.is_reviewed)
            case "decorative":
                return Decorative(by, name, self.is_reviewed)
            case "caption":
                return Described(caption, by="caption", reviewed=self.is_reviewed) if caption else None
            case "expert" | "withheld":
                return None


def text_of(alt: Alt) -> str:
    """Return an alternative text as a table shows it: the text, "decorative", or "" if it is missing."""
    match alt:
        case Described(text):
            return text
        case Decorative():
            return "decorative"
        case Missing():
            return ""


class DecisionMatch(NamedTuple):
    """The decision that applies to a photo. If none does, `rejected` is another one on it, and `why` tells why not."""

    decision: Decision | None
    rejected: Decision | None = None
    why: str | None = None


def match_decision(decisions: Iterable[Decision], *, picture: str | None, src: str, caption: str) -> DecisionMatch:
    """Find the decision on a photo among the `decisions` on its page.

    The pictures must be equal, or the names if one file is missing. A decision on an earlier caption still applies if
    it withholds the photo, or if all such decisions agree. The decision "caption" never does: it is for one caption
    only.
    """
    own = [each for each in decisions if _is_of_photo(each, picture, src)]
    exact = [each for each in own if each.caption == caption]
    if exact:
        return DecisionMatch(exact[0])
    withheld = [each for each in own if each.decision == "withheld"]
    standing = withheld or [each for each in own if each.decision != "caption"]
    if standing and all(each.has_same_result(standing[0]) for each in standing):
        return DecisionMatch(standing[0])
    if own:
        why = "the caption has changed since" if len(own) == 1 else "the captions on the page have changed since"
        return DecisionMatch(None, own[0], why)
    return DecisionMatch(None)


def decision_on(photo: PhotoInContext, decisions: Iterable[Decision]) -> Decision | None:
    """Return the decision that `match_decision` finds for `photo` among the `decisions` on its page, or None."""
    return match_decision(decisions, picture=photo.sha256, src=photo.file, caption=photo.caption).decision


def with_decided_text(photo: PhotoInContext, decision: Decision | None) -> PhotoInContext:
    """Return `photo` with the alternative text that `decision` gives it; unchanged if the decision gives none."""
    alt = decision.to_alt(photo.source_alt, photo.caption) if decision else None
    return msgspec.structs.replace(photo, alt=alt) if alt else photo


def _is_of_photo(decision: Decision, picture: str | None, src: str) -> bool:
    if decision.picture and picture:
        return decision.picture == picture
    return decision.src == src


class Conflict(NamedTuple):
    """Two decisions on one photo, and the places of both: file and line."""

    first: Decision
    second: Decision
    places: tuple[str, str]

    def __str__(self) -> str:
        """Return the photo and both decisions, on three lines."""
        lines = [f"{self.first.page}, {self.first.src}:"]
        for place, each in zip(self.places, (self.first, self.second), strict=True):
            lines.append(f"  {place}: {_describe_decision(each)}")
        return "\n".join(lines)


def _describe_decision(decision: Decision) -> str:
    text = f" {decision.alt!r}" if decision.alt else ""
    who = decision.reviewer or decision.by
    return f"{decision.decision}{text}, {who}, {decision.when:%Y-%m-%d %H:%M}"


class Proposal(NamedTuple):
    """A decision on the same picture elsewhere; `is_copy` tells whether its file only looks the same."""

    decision: Decision
    is_copy: bool


class Decisions(msgspec.Struct, frozen=True, dict=True):
    """The decisions in one file, sorted; `path` is the file, which need not exist."""

    path: Path
    decisions: tuple[Decision, ...] = ()

    @classmethod
    def load(cls, path: str | Path) -> Decisions:
        """Return the decisions in a file, none if it does not exist.

        Raises SourceError, with file and line, for an unreadable line, a merge marker of git, or two contradictory
        decisions on one photo.
        """
        require_path(path, "path")
        path = Path(path)
        try:
            found = path.stat()
        except FileNotFoundError:
            return cls(path)
        except OSError as reason:
            raise _unreadable(path, reason) from reason
        return _load(path, found.st_mtime_ns, found.st_size, found.st_ino)

    @cached_property
    def _by_page(self) -> Mapping[str, tuple[Decision, ...]]:
        pages: dict[str, list[Decision]] = {}
        for each in self.decisions:
            pages.setdefault(page_key(each.page), []).append(each)
        return {page: tuple(each) for page, each in pages.items()}

    def of_page(self, page: SavedPage) -> tuple[Decision, ...]:
        """Return the decisions on the photos of a page."""
        keys = dict.fromkeys(map(page_key, (page_name(page, self.path.parent), *page.urls)))
        return tuple(each for key in keys for each in self._by_page.get(key, ()))

    def proposals(self, photo: PhotoInContext) -> tuple[Proposal, ...]:
        """Return what people have decided on the picture of `photo` elsewhere, latest first, without duplicates.

        Copies in another size or encoding count only if nobody has decided on the same file. Finding copies needs the
        extra "similar". Drafts are left out, and "caption" and "expert", which do not fit other places.
        """
        found = [Proposal(each, is_copy=False) for each in self._by_picture.get(photo.sha256 or "", ())]
        if not found and self._by_hash and photo.sha256 and photo.read_image:
            own = hash_bits(hash_of_picture(photo.sha256, photo.read_image))
            alike = (each for bits, each in self._by_hash if own is not None and are_similar(own, bits))
            found = [Proposal(each, is_copy=True) for each in alike]
        latest = {(each.decision.decision, each.decision.alt): each for each in found}
        return tuple(reversed(latest.values()))

    @cached_property
    def _proposable(self) -> tuple[Decision, ...]:
        chosen = (each for each in self.decisions if each.is_reviewed and each.decision not in {"caption", "expert"})
        return tuple(sorted(chosen, key=lambda each: each.when))

    @cached_property
    def _by_picture(self) -> Mapping[str, Sequence[Decision]]:
        pictures: dict[str, list[Decision]] = {}
        for each in self._proposable:
            if each.picture:
                pictures.setdefault(each.picture, []).append(each)
        return pictures

    @cached_property
    def _by_hash(self) -> tuple[tuple[int, Decision], ...]:
        hashed = ((hash_bits(each.perceptual), each) for each in self._proposable)
        return tuple((bits, each) for bits, each in hashed if bits is not None)

    def with_decisions(self, new: Iterable[Decision]) -> Decisions:
        """Return these decisions with `new` ones, each in place of the earlier decision on its photo.

        `replaced` of a new decision becomes the earlier text (or kind), even if the reviewer has not seen it. If the
        text (or kind) is the same, `replaced` stays.
        """
        by_key = {each.key: each for each in self.decisions}
        for each in new:
            if before := by_key.get(each.key):
                is_kept = (before.alt or before.decision) == (each.alt or each.decision)
                replaced = before.replaced if is_kept else before.alt or before.decision
                each = msgspec.structs.replace(each, replaced=replaced)  # noqa: PLW2901 - the decision as it is saved
            by_key[each.key] = each
        return Decisions(self.path, _sorted(by_key.values()))

    def save(self) -> None:
        """Write the whole file. If that is impossible, the old file stays, and OutputError is raised."""
        lines = b"".join(msgspec.json.encode(each) + b"\n" for each in _sorted(self.decisions))
        write_file(self.path, lines)


def _sorted(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    return tuple(sorted(decisions, key=lambda each: (each.page, each.src, each.caption, each.picture)))


class DecidedOtherwise(Exception):
    """Others decided otherwise on the same photos after a reviewer read the file; `decisions` are theirs.

    Nothing was recorded.
    """

    def __init__(self, decisions: Sequence[Decision]) -> None:
        super().__init__(f"{len(decisions)} decisions")
        self.decisions = decisions


def record(path: Path, new: Sequence[Decision], *, known: Iterable[Decision] | None = None) -> Decisions:
    """Add decisions to the file `path`, which need not exist yet; return all decisions that the file then has.

    `known` are the decisions that the file had when the new ones were made; with None, the new ones replace any others.
    Processes that write at the same time wait for each other. Raises DecidedOtherwise if a decision in the file is not
    `known` and contradicts a new one; SourceError if a line cannot be read; OutputError if the file cannot be written.
    """
    return record_in_files({path: new}, known=None if known is None else {path: known})[path]


def record_in_files(
    new: Mapping[Path, Sequence[Decision]], *, known: Mapping[Path, Iterable[Decision]] | None = None
) -> dict[Path, Decisions]:
    """Add decisions to several files, as `record` does to one, and return all decisions of each file.

    After an error in reading, or DecidedOtherwise, no file is changed. Two paths may lead to one file through symbolic
    links. Raises OutputError for a link to a missing file: else an archive from a stranger could create a file
    anywhere. Also raises OutputError for a folder that has gone, as on a disk that was unplugged during a review: the
    decisions in a new folder of this name would never be found.
    """
    broken_link = next((path for path in new if path.is_symlink() and not path.exists()), None)
    if broken_link:
        raise OutputError(
            "it is a symbolic link to a file that does not exist", where=str(broken_link), what_next="remove the link"
        )
    files = {path: path.resolve() for path in new}
    gone = next((file.parent for file in files.values() if not file.parent.is_dir()), None)
    if gone:
        raise OutputError("the folder is no longer there", where=str(gone), what_next="put it back, and decide again")
    with contextlib.ExitStack() as locks:
        for file in sorted({*files.values()}):  # always in the same order: else two processes could wait for each other
            locks.enter_context(_locked(file))
        current = {file: Decisions.load(file) for file in files.values()}
        if known is not None:
            found = [each for path in new for each in _decided_otherwise(current[files[path]], new[path], known[path])]
            if found:
                raise DecidedOtherwise(found)
        for path, file in files.items():
            current[file] = current[file].with_decisions(new[path])
        for decisions in current.values():
            decisions.save()
    return {path: current[file] for path, file in files.items()}


def _decided_otherwise(current: Decisions, new: Iterable[Decision], known: Iterable[Decision]) -> Iterator[Decision]:
    """Yield each `current` decision that is not `known` and contradicts the `new` decision on the same photo."""
    by_key = {each.key: each for each in current.decisions}
    known_by_key = {each.key: each for each in known}
    for each in new:
        found = by_key.get(each.key)
        if found and found != known_by_key.get(each.key) and not found.has_same_result(each):
            yield found


LOCK_SECONDS = 10.0
"""How many seconds a process waits for another one that is writing. Adding to ten thousand decisions takes 0.3 s."""


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock of a decision file. The lock is a file: on a shared drive, other machines see it."""
    lock = path.with_name(f".{path.name}.lock")
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except FileExistsError:
            if time.monotonic() > deadline:
                raise OutputError(
                    "another program is writing these decisions",
                    where=str(path),
                    what_next=f"try again; if no other program is running, remove {lock}",
                ) from None
            time.sleep(0.02)
        except OSError as reason:
            raise OutputError(
                f"it cannot be written ({reason.strerror or reason})",
                where=str(path),
                what_next="make the folder of the archive writable",
            ) from reason
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


# --- reading and merging


class _DecisionLine(NamedTuple):
    place: str
    decision: Decision


_MERGE_MARKER = re.compile(rb"(?:<{7}|={7}|>{7}|\|{7})(?: |\r?$)")
"""A line that git writes around two versions of a passage that it could not merge."""

_decoder = msgspec.json.Decoder(Decision)


@lru_cache(maxsize=8)  # each page asks for its file again, and a run reads the pages of one or two archives
def _load(path: Path, modified: int, size: int, inode: int) -> Decisions:
    del modified, size, inode  # part of the cache key: a changed file is read again
    found, conflicts = _without_copies(_lines(path, accept_markers=False))
    if conflicts:
        conflict = conflicts[0]
        _, number = conflict.places[0].rsplit(" ", 1)
        raise DecisionsUnreadable(
            f"there are two decisions on {conflict.first.src} of {conflict.first.page}, here and in line {number}",
            where=conflict.places[1],
            what_next="remove one of the lines, or keep the later decision: "
            f"readout-pub alt merge {shell_word(path)} --newest",
        )
    return Decisions(path, found)


def _lines(path: Path, *, accept_markers: bool) -> Iterator[_DecisionLine]:
    """Yield the decisions of a file with their places; with `accept_markers`, skip merge markers of git."""
    raw = read_large_file(path, "the file of decisions", error=DecisionsUnreadable)
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        place = f"{path}, line {number}"
        if _MERGE_MARKER.match(line):
            if accept_markers:
                continue
            raise DecisionsUnreadable(
                "this is a merge marker of git: two people have changed the file",
                where=place,
                what_next=f"keep the decisions of both: readout-pub alt merge {shell_word(path)}",
            )
        if line.strip():
            try:
                yield _DecisionLine(place, _decoder.decode(line))
            except DECODE_ERRORS as reason:
                raise DecisionsUnreadable(
                    f"this line is not a decision ({reason})",
                    where=place,
                    what_next="correct it, or take it out and decide on this photo again",
                ) from reason


def _unreadable(path: Path, reason: OSError) -> DecisionsUnreadable:
    return DecisionsUnreadable(
        f"the decisions cannot be read ({reason.strerror or reason})",
        where=str(path),
        what_next="make the file readable",
    )


def _without_copies(lines: Iterable[_DecisionLine]) -> tuple[tuple[Decision, ...], list[Conflict]]:
    """Return the decisions, sorted, and the conflicts. Of several decisions on one photo, the latest is returned."""
    by_key: dict[tuple[str, str, str], _DecisionLine] = {}
    conflicts: list[Conflict] = []
    for line in lines:
        before = by_key.setdefault(line.decision.key, line)
        if before is line:
            continue
        if not before.decision.has_same_result(line.decision):
            conflicts.append(Conflict(before.decision, line.decision, (before.place, line.place)))
        by_key[line.decision.key] = max(before, line, key=lambda each: each.decision.when)
    return _sorted(line.decision for line in by_key.values()), conflicts


def merge(paths: Sequence[Path]) -> tuple[Decisions, list[Conflict]]:
    """Return all decisions of several files, under the path of the first, and the conflicts between them.

    Merge markers of git are skipped. Of two decisions in conflict, the later one is returned. Raises SourceError for an
    unreadable file or line.
    """
    lines = [line for path in paths for line in _lines(path, accept_markers=True)]
    found, conflicts = _without_copies(lines)
    return Decisions(paths[0], found), conflicts


# --- the file of a page


class DecisionFinder:
    """Finds the decisions on photos for one run of the program. It looks into each folder only once."""

    def __init__(self) -> None:
        self._found: dict[str, Decisions | None] = {}  # folder of pages → its decisions

    def decisions_of(self, page: SavedPage) -> tuple[Decision, ...]:
        """Return the decisions on a page in the nearest decision file: in the page's folder, or above it."""
        found = self.file_of(page)
        return found.of_page(page) if found else ()

    def file_of(self, page: SavedPage) -> Decisions | None:
        """Return all decisions in the decision file nearest to a page; None if there is no file."""
        place = os.path.dirname(page.where)  # noqa: PTH120 - called for each page of an archive; a Path costs more
        if place not in self._found:
            path = find_file(page)
            self._found[place] = Decisions.load(path) if path else None
        return self._found[place]


def decisions_of(page: SavedPage) -> tuple[Decision, ...]:
    """Return the decisions on a page in the nearest decision file: in the page's folder, or above it."""
    path = find_file(page)
    return Decisions.load(path).of_page(page) if path else ()


def find_file(page: SavedPage) -> Path | None:
    """Return the nearest decision file: in the page's folder, or above it; None if there is no file.

    The search ends at a git repository's folder and at the user's home. It also ends before a parent folder in which
    everybody may write.
    """
    folder = _folder_of(page)
    return find_file_from(folder) if folder else None


def find_file_from(folder: Path) -> Path | None:
    """Return the decision file for the pages in `folder`, an absolute path, as `find_file` does."""
    paths = (each / DECISIONS_FILE for each in _folders_upwards(folder))
    return next((path for path in paths if path.is_file()), None)


def file_for(page: SavedPage, archive: Path) -> Path:
    """Return the file for new decisions on a page: the nearest one, else a new one at the `archive`."""
    folder = archive if archive.is_dir() else archive.absolute().parent
    return find_file(page) or folder.absolute() / DECISIONS_FILE


def page_name(page: SavedPage, folder: Path) -> str:
    """Return the name of a page in a decision file in `folder`.

    For pages that `readout-pub fetch` has saved, pages in archives and files elsewhere, this is `SavedPage.name`. Other
    files have their path from `folder`.
    """
    if page.name in page.urls:
        return page.name
    # Strings are faster than Path, and a folder can have many pages. A page in a ZIP or web archive has no path.
    path, start = os.path.abspath(page.where), f"{os.path.abspath(folder)}{os.sep}"  # noqa: PTH100 - see above
    is_file = path.endswith(f"{os.sep}{page.name}") or os.path.isfile(path)  # noqa: PTH113 - as above
    if is_file and path.startswith(start):
        return escape_controls(path.removeprefix(start).replace(os.sep, "/"))
    return page.name


def _folder_of(page: SavedPage) -> Path | None:
    """Return the folder of a page's file, or of the archive that contains the page; None if it is elsewhere."""
    if is_web_address(page.where) or is_remote(page.where):
        return None
    # The places of pages in archives are "talks.zip, page.html" and "crawl.warc.gz, https://…".
    parts = page.where.split(", ")
    names = (", ".join(parts[:count]) for count in range(len(parts), 0, -1))
    # Path.is_file raises OSError for a URL that is too long for a path.
    path = next((name for name in names if os.path.isfile(name)), None)  # noqa: PTH113
    return Path(path).absolute().parent if path else None


def _folders_upwards(folder: Path) -> Iterator[Path]:
    home = Path.home()
    for each in (folder, *folder.parents):
        if each != folder and _is_writable_by_all(each):
            return
        yield each
        if each == home or (each / ".git").exists():
            return


def _is_writable_by_all(folder: Path) -> bool:
    """Return whether every user of this computer may write into a folder, as into /tmp."""
    return os.name == "posix" and bool(folder.stat().st_mode & stat.S_IWOTH)
