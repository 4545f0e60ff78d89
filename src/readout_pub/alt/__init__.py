"""Readout → readout: decides the alternative text of each photo, once for all formats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import get_args

import msgspec

from readout_pub.alt.context import caption_text, lacks_own_text
from readout_pub.alt.decisions import Decision, match_decision, text_of
from readout_pub.alt.meaningless import is_meaningless
from readout_pub.alt.photo_names import match_photos, photo_file_name
from readout_pub.alt.policy import ALT_POLICIES, refuse_photos, require_policy
from readout_pub.alt.withheld import GivenAlt, PhotoInFigure, Withheld, without_photos
from readout_pub.arguments import require_type, set_plain_strings, shown
from readout_pub.errors import UsageError
from readout_pub.image_store import ImageStore
from readout_pub.model import (
    Alt,
    AltPolicy,
    Decorative,
    Described,
    Figure,
    Missing,
    Photo,
    Readout,
    display_title,
    map_photos,
    photos,
    plain_text,
    printable,
)
from readout_pub.model.photo import AltBy
from readout_pub.notes import Note, note

__all__ = [
    "ALT_POLICIES",
    "AltSource",
    "Decision",
    "DescribedPhotos",
    "PhotoContext",
    "Withheld",
    "describe",
    "describe_all",
    "photo_file_name",
]


class PhotoContext(msgspec.Struct, frozen=True):
    """A photo with what the page says around it, for a function that gives alternative texts.

    `photo.alt` is the text of the source. `caption`, `credit` and `title` (of the page) are plain text, "" if there is
    none; `language` is the language of the page (BCP 47). `read_image` returns the bytes of the image file; it is None
    if the file is missing.
    """

    photo: Photo
    caption: str
    credit: str
    title: str
    language: str
    read_image: Callable[[], bytes] | None


AltSource = Mapping[str, GivenAlt | str] | Callable[[PhotoContext], GivenAlt | None]
"""Alternative texts that a caller gives: name of a photo (see `match_photos`) → text, or a function.

`Withheld` leaves the photo out. An `Alt` says who wrote the text and whether a person reviewed it. A plain string is a
person's text that nobody reviewed.
"""


def describe(
    readout: Readout,
    alts: AltSource | None = None,
    images: ImageStore | None = None,
    *,
    decisions: Sequence[Decision] = (),
    policy: AltPolicy = "caption",
) -> Readout:
    """Return `readout` with an alternative text for each photo, without the photos that a person withholds.

    A photo is withheld if `alts` or one of the `decisions` says so. Otherwise, its text is the one in `alts`, else the
    one in `decisions`, else that of the page, else the caption. If `alts` is a function, it gets a `PhotoContext` for
    each photo, and returns an `Alt`, `Withheld`, or None for no text. The context can read the photos that `images`
    has. `policy` says what photos without a text of their own get; with "refuse", AltRefused is raised if there is such
    a photo.

    A meaningless text of the source, such as "photo1" or the file name, is replaced by the caption or counts as
    missing, with a note. A meaningless text in `alts` stays, with a warning. A name in `alts` that fits no photo or
    several photos gets a note, as does a decision that applies to no photo. A decision to withhold a photo needs none
    if the photo is no longer on the page.

    Raises UsageError for an unknown policy, and for an empty text or a value of a wrong type in `alts`.

    `describe` can be called again on its result: a note that a photo has no text of its own stays only while true.
    """
    described = describe_all(readout, alts, images, decisions=decisions, policy=policy)
    return without_photos(described.readout, described.withheld)


class DescribedPhotos(msgspec.Struct, frozen=True):
    """A readout in which each photo has its alternative text, and the photos that a person withholds."""

    readout: Readout
    withheld: Collection[PhotoInFigure]


def describe_all(
    readout: Readout,
    alts: AltSource | None = None,
    images: ImageStore | None = None,
    *,
    decisions: Sequence[Decision] = (),
    policy: AltPolicy = "caption",
) -> DescribedPhotos:
    """Return what `describe` returns, with the photos that a person withholds still in the readout."""
    require_type(readout, (Readout,), "readout")
    require_type(alts, (Mapping, Callable, type(None)), "alts")  # type: ignore[arg-type]  # isinstance takes Callable
    require_type(images, (ImageStore, type(None)), "images")
    require_type(decisions, (list, tuple), "decisions")
    for decision in decisions:
        require_type(decision, (Decision,), "decisions")
    require_policy(policy)
    notes: list[Note] = []
    doubtful: dict[str, None] = {}
    withheld: dict[PhotoInFigure, None] = {}
    given_alt, unused = _given_alts(readout, alts or {}, images)
    decided = _PageDecisions(decisions)
    places = {(photo.src, _text_of_page(photo)) for photo in photos(readout)}

    def with_alt(photo: Photo, figure: Figure) -> Photo:
        decision, caption = decided.decision(photo, figure), caption_text(figure)
        given_now, decided_alt = given_alt(photo, figure), decision.to_alt(photo.alt, caption) if decision else None
        if isinstance(given_now, Withheld) or (decision and decision.decision == "withheld"):
            withheld[PhotoInFigure.of(photo, figure)] = None
            notes.append(note("PHOTO_WITHHELD", src=photo_file_name(photo)))
            return photo
        own, table_text = _text_of_page(photo), text_of(given_now) if given_now and isinstance(alts, Mapping) else ""
        if own and table_text != own and (photo.src, table_text) in places:
            # A photo can be on the page twice, with two texts. If a table of `inspect --alts` repeats one of them, the
            # other place keeps its own.
            given_now = None
        given = _given_or_decided(given_now, decided_alt)
        if decision and decided_alt and given is given_now and given != decided_alt:
            notes.append(_decision_note("ALT_DECISION_REPLACED", decision))
        alt, new = _choose_alt(photo, figure, given, policy)
        is_accepted = decision is not None and decision.accepted_rules(text_of(alt), caption)
        if new and not is_accepted:
            notes.append(new)
        if lacks_own_text(alt):
            doubtful[photo_file_name(photo)] = None
        return msgspec.structs.replace(photo, alt=alt)

    described = map_photos(readout, with_alt)
    if policy == "refuse":
        refuse_photos(list(doubtful))
    of_other_policy = "ALT_WITHHELD" if policy == "caption" else "ALT_FROM_CAPTION"
    renewed = {*_RENEWED_NOTES, of_other_policy, *(["ALT_UNUSED"] if alts else [])}
    earlier = [each for each in readout.notes if each.code not in renewed]
    noted = msgspec.structs.replace(
        described,
        notes=_merged_notes(earlier, notes, doubtful, (*unused, *decided.notes(readout))),
        origin=msgspec.structs.replace(readout.origin, alt_policy=None if policy == "caption" else policy),
    )
    return DescribedPhotos(noted, withheld.keys())


_RENEWED_NOTES = ("ALT_MEANINGLESS", "ALT_DECISION_UNUSED", "ALT_DECISION_REPLACED")
"""Notes that a later call of `describe` states again if they are still true."""
_NOTES_ON_PHOTOS = ("ALT_FROM_CAPTION", "ALT_MISSING", "ALT_WITHHELD")


def _merged_notes(
    earlier: Iterable[Note], new: Sequence[Note], doubtful: Collection[str], unused: Sequence[Note]
) -> tuple[Note, ...]:
    """Return the earlier notes that are still true, and the new ones that say something else.

    `doubtful` are the file names of the photos without a text of their own.
    """
    still_true = [each for each in earlier if each.code not in _NOTES_ON_PHOTOS or _names_any(each, doubtful)]
    by_code: defaultdict[str, list[Note]] = defaultdict(list)
    for each in still_true:
        by_code[each.code].append(each)
    added = (each for each in new if not _is_noted(each, doubtful, by_code[each.code]))
    return (*still_true, *dict.fromkeys((*added, *unused)))


def _names_any(noted: Note, names: Iterable[str]) -> bool:
    return any(repr(name) in noted.message for name in names)


def _text_of_page(photo: Photo) -> str:
    """Return the alternative text that the page has for a photo; "" if there is none or a meaningless one."""
    match photo.alt:
        case Described(text, by="source") if not is_meaningless(text, photo_file_name(photo)):
            return text
        case _:
            return ""


def _is_noted(new: Note, names: Iterable[str], alike: Sequence[Note]) -> bool:
    """Return whether one of `alike`, the earlier notes with the code of `new`, is about the same photo.

    The earlier note then stays: it quotes the replaced text, which a second call cannot see.
    """
    own = [name for name in names if repr(name) in new.message] if alike else ()
    return any(_names_any(each, own) for each in alike)


_AskForAlt = Callable[[Photo, Figure], GivenAlt | None]
"""Returns what the caller gives for a photo in its figure; None for nothing."""


def _given_alts(readout: Readout, alts: AltSource, images: ImageStore | None) -> tuple[_AskForAlt, list[Note]]:
    """Return a function that finds the text given for a photo, and notes on unused names."""
    if not isinstance(alts, Mapping):
        describe_photo = alts

        def ask(photo: Photo, figure: Figure) -> GivenAlt | None:
            given = describe_photo(_context(readout, photo, figure, images))
            return None if given is None else _as_alt(given, photo.src, from_function=True)

        return ask, []
    given = {name: _as_alt(alt, name) for name, alt in alts.items()}
    matches = match_photos(given, photos(readout)) if given else None
    if matches is None:
        return lambda _photo, _figure: None, []
    by_url = {url: given[name] for url, name in matches.names.items()}
    notes = [note("ALT_UNUSED", name=name, reason=reason) for name, reason in matches.unused.items()]
    return lambda photo, _figure: by_url.get(photo.src), notes


def _context(readout: Readout, photo: Photo, figure: Figure, images: ImageStore | None) -> PhotoContext:
    digest = photo.sha256
    return PhotoContext(
        photo=photo,
        caption=plain_text(figure.caption, line_break=" "),
        credit=plain_text(figure.credit, line_break=" "),
        title=plain_text(display_title(readout)),
        language=readout.language,
        read_image=partial(images.read, digest)
        if images is not None and digest is not None and digest in images
        else None,
    )


class _PageDecisions:
    """Finds the decision on each photo of a page, and remembers which were used."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self._decisions = decisions
        self._used: set[Decision] = set()
        self._rejected: dict[Decision, str] = {}

    def decision(self, photo: Photo, figure: Figure) -> Decision | None:
        """Return the decision on a photo, or None. The decision counts as used even if a text is given for this run."""
        caption = caption_text(figure)
        match = match_decision(self._decisions, picture=photo.sha256, src=photo.src, caption=caption)
        if match.rejected and match.why:
            self._rejected[match.rejected] = match.why
        if match.decision:
            self._used.add(match.decision)
        return match.decision

    def notes(self, readout: Readout) -> list[Note]:
        """Return a note for each unused decision, but not for a withheld photo that is no longer on the page."""
        names = {photo.src for photo in photos(readout)}
        return [
            _decision_note(
                "ALT_DECISION_UNUSED",
                each,
                reason=self._rejected.get(
                    each, "the photo's file has changed" if each.src in names else "the photo is no longer on the page"
                ),
            )
            for each in self._decisions
            if each not in self._used and not (each.decision == "withheld" and each.src not in names)
        ]


def _decision_note(code: str, decision: Decision, reason: str = "") -> Note:
    who, alt = decision.reviewer or decision.by, decision.alt or decision.decision
    return note(code, src=decision.src, who=who, alt=alt, reason=reason)


def _given_or_decided(given: Alt | None, decided: Alt | None) -> Alt | None:
    """Return the text given for this run, else the decided one.

    A given text without an author may be the decided text, from a table of `inspect --alts`. The author and the review
    of the decision then stay.
    """
    match given, decided:
        case None, _:
            return decided
        case Described(text, by="person", name=None), Described(own) as same if text.split() == own.split():
            return msgspec.structs.replace(same, reviewed=given.reviewed or same.reviewed)
        case Decorative(by="person", name=None), Decorative() as same:
            return msgspec.structs.replace(same, reviewed=given.reviewed or same.reviewed)
        case _:
            return given


def _as_alt(given: object, name: str, *, from_function: bool = False) -> GivenAlt:
    """Return what a caller gives for a photo as a `GivenAlt`; raise UsageError for an empty text or another type."""
    alt = Described(given, by="person") if isinstance(given, str) and not from_function else given
    if isinstance(alt, Withheld):
        return alt
    if not isinstance(alt, Alt):
        raise UsageError(
            f"the alternative text of {name!r} is of the type {type(given).__name__}",
            what_next='give Described(text, by="person"), Described(text, by="model"), Decorative() or Withheld()',
        )
    if isinstance(alt, Described | Decorative) and alt.by not in get_args(AltBy):
        raise UsageError(
            f"the alternative text of {name!r} is by {shown(alt.by)}",
            what_next=f"give one of {', '.join(get_args(AltBy))}",
        )
    if isinstance(alt, Described):
        require_type(alt.text, (str,), f"the alternative text of {name!r}")
    if isinstance(alt, Described) and not alt.text.strip():
        raise UsageError(f"the alternative text of {name!r} is empty", what_next="give a text, or Decorative()")
    return _printable(alt)


def _printable(alt: Alt) -> Alt:
    """Return `alt` with plain strings without control characters: some formats cannot contain them."""
    if isinstance(alt, Missing):
        return alt
    texts = {"text": printable(alt.text)} if isinstance(alt, Described) else {}
    name = printable(alt.name) if isinstance(alt.name, str) else alt.name
    cleaned = msgspec.structs.replace(alt, **texts, name=name)
    set_plain_strings(cleaned)
    return cleaned


def _choose_alt(photo: Photo, figure: Figure, given: Alt | None, policy: AltPolicy) -> tuple[Alt, Note | None]:
    """Return the alternative text of a photo, and a note if it is missing, meaningless or the caption.

    If an unnamed person's text equals that of the page, the page remains its author.
    """
    name = photo_file_name(photo)
    match given, photo.alt:
        case Described(text, by="person", name=None, reviewed=reviewed), Described(own, by="source") if (
            text.split() == own.split() and not is_meaningless(own, name)
        ):
            return msgspec.structs.replace(photo.alt, reviewed=reviewed or photo.alt.reviewed), None
        case (Described(by="caption", reviewed=True), _):
            return given, None
        case ((Described() | Decorative()), _):
            return given, _note_on_meaningless(given, name)
        case None, Described(text, by="source") if is_meaningless(text, name):
            replaced = text
        case (Missing(), _) | (None, Missing()):
            replaced = ""
        case None, Described(by="caption", reviewed=False) if policy != "caption":
            replaced = ""
        case _:
            return photo.alt, _note_on_meaningless(photo.alt, name)
    lack = (
        f"the alternative text {replaced!r} of photo {name!r} describes nothing"
        if replaced
        else f"photo {name!r} has no alternative text"
    )
    caption = caption_text(figure)
    has_caption = bool(caption) and not is_meaningless(caption, name)
    if has_caption and policy != "caption":
        return Missing(), note("ALT_WITHHELD", lack=lack)
    if has_caption:
        return Described(caption, by="caption"), note("ALT_FROM_CAPTION", lack=lack)
    no_caption = f"its caption {caption!r} describes nothing" if caption else "there is no caption"
    return Missing(), note("ALT_MISSING", lack=lack, no_caption=no_caption)


def _note_on_meaningless(alt: Alt, name: str) -> Note | None:
    """Return a note if a text by a person or model is meaningless; else None."""
    if isinstance(alt, Described) and alt.by in {"person", "model"} and is_meaningless(alt.text, name):
        return note("ALT_MEANINGLESS", src=name, alt=alt.text)
    return None
