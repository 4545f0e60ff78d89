"""One copy of a document in the form in which copies are compared: its words, facts and photos."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate

import msgspec

from readout_pub.model import (
    Decorative,
    Described,
    Link,
    Photo,
    Readout,
    Struck,
    inline_nodes,
    photos,
    plain_text,
    texts,
    url_path,
)
from readout_pub.words import words_of


class CopyPhoto(msgspec.Struct, frozen=True):
    """A photo: its file name, the SHA-256 (hex) of its bytes if they are known, and its alternative text.

    `alt` is None if there is none, and "" if the photo is decorative.
    """

    name: str
    sha256: str | None
    alt: str | None


class Copy(msgspec.Struct, frozen=True, dict=True):
    """A copy: its name in messages, the words of each paragraph, its photos, and its facts by their names.

    A fact has several values if it is a list, such as the people of a meeting; a fact that is not stated is left out.
    Without `has_spaces`, as in a PDF, words may be divided at other places than in the document. `formulas` has
    the characters of each formula that the other copy shows in another form, such as linear text.
    """

    name: str
    paragraphs: tuple[tuple[str, ...], ...]
    photos: tuple[CopyPhoto, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = {}
    has_spaces: bool = True
    formulas: tuple[str, ...] = ()

    @cached_property
    def words(self) -> list[str]:
        """All words in their order."""
        return [word for paragraph in self.paragraphs for word in paragraph]

    @cached_property
    def starts(self) -> list[int]:
        """The position of the first word of each paragraph, and at the end the number of words."""
        return list(accumulate(map(len, self.paragraphs), initial=0))


def copy_of(readout: Readout, name: str) -> Copy:
    """Return `readout` as a copy: its text as words, also labels such as "(1)"; its title, date and so on as facts."""
    return Copy(
        name=name,
        paragraphs=tuple(words for text in _texts(readout) if (words := tuple(words_of(text)))),
        photos=tuple(map(_copy_photo, photos(readout))),
        facts={name: values for name, fact in FACTS.items() if (values := tuple(filter(None, fact(readout))))},
    )


def _texts(readout: Readout) -> Iterator[str]:
    yield from (undecided.text for undecided in readout.undecided)
    yield from texts(readout.body)


def _copy_photo(photo: Photo) -> CopyPhoto:
    alt = photo.alt
    text = alt.text if isinstance(alt, Described) else "" if isinstance(alt, Decorative) else None
    return CopyPhoto(url_path(photo.src).rpartition("/")[2] or photo.src, photo.sha256, text)


def _time_and_place(readout: Readout) -> Iterator[str]:
    meeting = readout.meeting
    if meeting is None:
        return
    minutes = f"{meeting.duration_minutes} min" if meeting.duration_minutes is not None else None
    yield ", ".join(str(part) for part in (meeting.date, meeting.start, minutes, meeting.place) if part is not None)


def _people(readout: Readout) -> Iterator[str]:
    for person in readout.meeting.people if readout.meeting else ():
        yield ", ".join(filter(None, (person.name, person.role, person.side)))


def _link_targets(readout: Readout) -> tuple[str, ...]:
    """Return the targets of all links in the text, in order, each once."""
    return tuple(dict.fromkeys(node.href for node in inline_nodes(readout.body) if isinstance(node, Link)))


def _struck_texts(readout: Readout) -> Iterator[str]:
    return (plain_text(node.children) for node in inline_nodes(readout.body) if isinstance(node, Struck))


FACTS: dict[str, Callable[[Readout], Iterable[str]]] = {
    "title": lambda readout: [plain_text(readout.title or (), line_break=" ")],
    "series": lambda readout: [readout.series or ""],
    "date": lambda readout: [readout.issued.isoformat() if readout.issued else readout.issued_text or ""],
    "byline": lambda readout: [readout.byline or ""],
    "language": lambda readout: [readout.language],
    "meeting": _time_and_place,
    "person": _people,
    "attachment": lambda readout: (f"{each.title} ({each.href})" for each in readout.attachments),
    "link": _link_targets,
    "struck text": _struck_texts,
    "licence": lambda readout: [readout.origin.licence.name if readout.origin.licence else ""],
}
"""Fact → its values in a readout; an empty value means that the readout does not state the fact."""
