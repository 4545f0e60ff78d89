"""The page on which people review photos: one part for each picture, with its contexts and the fields to fill in.

A worklist is one file that works without a server and saves tables for `alt apply`. The page of `alt review` sends each
decision to its server.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

import msgspec

from readout_pub.alt.context import PHOTO_MARK, PhotoInContext
from readout_pub.alt.decisions import DecisionKind
from readout_pub.alt.lint import AdviceLanguage
from readout_pub.alt.photo_names import file_name_of
from readout_pub.alt_review.review_messages import review_messages
from readout_pub.alt_review.thumbnails import PAGE_SIDE, thumbnails
from readout_pub.alt_review.worklist import (
    COLUMNS,
    ListedPhoto,
    WorklistRow,
    is_refused,
    origin_text,
    problem_sentences,
    row_of,
)
from readout_pub.html_report import html_head, language_attributes
from readout_pub.model import Decorative, Described, Missing
from readout_pub.sources import is_web_address
from readout_pub.styles import design

HEAD = """\
<a class="skip" href="#photos">{skip}</a>
<main>
<header><h1>{title}</h1>
<p>{summary}</p></header>
<noscript><p>{no_script}</p></noscript>
<form id="who"><p><label for="reviewer">{name}</label>
<input id="reviewer" autocomplete="name" required aria-describedby="who-help"></p>
<p id="who-help" class="hint">{name_help}</p></form>
<details><summary>{help}</summary>
<p>{how_to_write}
{how_to_decide}</p>
<p>{saving}</p>
<dl class="keys">
<dt><kbd>Ctrl</kbd> + <kbd>Enter</kbd></dt><dd>{key_save}</dd>
<dt><kbd>Esc</kbd></dt><dd>{key_leave}</dd>
</dl>
<p>{keys_on_buttons}</p>
<dl class="keys">
{keys}
<dt><kbd>N</kbd></dt><dd>{key_next}</dd>
<dt><kbd>P</kbd></dt><dd>{key_previous}</dd>
</dl></details>
<div class="bar"><p class="done"><progress id="progress" value="0" aria-label="{progress}"></progress>
<span id="count"></span></p>
<p><label for="show">{show}</label> <select id="show"><option value="all">{show_all}</option>\
<option value="open">{show_open}</option><option value="expert">{show_expert}</option>\
<option value="decided">{show_decided}</option></select></p>
<p class="buttons">{buttons}</p>
<p id="said" role="status"></p></div>
<div id="photos" tabindex="-1">
"""

NO_ICON = '<link rel="icon" href="data:,">\n'
"""Without it, browsers ask the server for an icon."""

NEXT_BUTTON = '<button type="button" id="next">{next}</button>'
EXPORT_BUTTONS = (
    '<button type="button" id="csv">{save_csv}</button><button type="button" id="json">{save_json}</button>'
)

PICTURE = """\
<article id="photo-{number}" aria-labelledby="name-{number}">
<h2 id="name-{number}">{name}<span class="file">{file}</span></h2>
<div class="sides"><p class="picture">{image}</p>
<div class="places">
{shared}{places}</div></div>
</article>
"""

SHARED = """\
<p class="shared">{shared} <button type="button" data-act="share">{share}</button></p>
"""

TAKE = ' <button type="button" data-act="take" value="{text}">{take}</button>'
"""The button that fills in a proposed text, without saving it."""

PLACE = """\
<div class="place" role="group" aria-labelledby="name-{number} at-{id}" data-id="{id}">
<h3 id="at-{id}"{language}>{title}</h3>
<dl>{facts}</dl>
<p><label for="alt-{id}">{alt_label}</label>
<textarea id="alt-{id}" rows="2"{language} aria-describedby="state-{id}">{alt}</textarea></p>
<p class="state" id="state-{id}">{undecided}</p>
<div class="decisions" role="group" aria-label="{decision}">{buttons}</div>
<p><label for="reason-{id}">{reason}</label> <input id="reason-{id}" autocomplete="off"></p>
</div>
"""

KEYS: Mapping[DecisionKind, str] = {
    "described": "T",
    "decorative": "D",
    "caption": "C",
    "accepted": "A",
    "expert": "E",
    "withheld": "W",
}
"""Decision → the key that chooses it, while one of the buttons has the focus."""

TAIL = """\
</div>
</main>
<div id="worklist" lang="zxx" hidden>{data}</div>
<script>{script}</script>
</body>
</html>
"""


class PageData(msgspec.Struct):
    """What the script of the page needs: all rows, when each was decided, and whether a server takes decisions.

    `refused` has the ids of the photos whose text `--release` refuses. Under `key`, the script keeps unsaved texts in
    the browser's local storage. `words` are its messages.
    """

    key: str
    served: bool
    words: Mapping[str, str]
    columns: tuple[str, ...]
    rows: list[WorklistRow]
    decided: dict[str, str]
    refused: list[str]


def _shown_name(source: str) -> str:
    """Return `source`; a path without a name, such as ".", becomes the name of its folder."""
    return source if source.strip("./\\") else Path(source).resolve().name or source


def write_worklist_page(
    file: BinaryIO, listed: Sequence[ListedPhoto], source: str, *, theme: str, language: AdviceLanguage = "en"
) -> None:
    """Write a worklist as one HTML file that needs no server; its title names `source`."""
    pictures = [photo.photo for photo in map(_first, _by_picture(listed))]
    urls = (_data_url(thumbnail.data) if thumbnail else None for thumbnail in thumbnails(pictures, PAGE_SIDE))
    _ReviewPage(language, served=False).write(file, listed, urls, source, theme)


def write_review_page(
    file: BinaryIO, listed: Sequence[ListedPhoto], source: str, *, theme: str, language: AdviceLanguage = "en"
) -> None:
    """Write the page that a server sends, with thumbnails at `thumbnails/ID` and photos at `photos/ID`."""
    pictures = [photo.photo for photo in map(_first, _by_picture(listed))]
    urls = (f"thumbnails/{photo.id}" if photo.read_image else None for photo in pictures)
    _ReviewPage(language, served=True).write(file, listed, urls, source, theme)


def _by_picture(listed: Iterable[ListedPhoto]) -> list[list[ListedPhoto]]:
    """Return the photos grouped by picture; the groups are in the order of their first photos."""
    groups: dict[str, list[ListedPhoto]] = {}
    for each in listed:
        groups.setdefault(each.photo.sha256 or each.photo.id, []).append(each)
    return list(groups.values())


def _first(group: Sequence[ListedPhoto]) -> ListedPhoto:
    return group[0]


def _data_url(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"


def _image(photo: PhotoInContext, url: str) -> str:
    """Return the `img`, with its size, so that the page does not move when the picture has loaded.

    Its `alt` is empty: a heading names the photo, and a field beside it has the text.
    """
    scale = min(1.0, PAGE_SIDE / 2 / max(photo.width or 1, photo.height or 1))
    size = (
        f' width="{photo.width * scale:.0f}" height="{photo.height * scale:.0f}"'
        if photo.width and photo.height
        else ""
    )
    return f'<img src="{url}" alt="" loading="lazy" decoding="async"{size}>'


def _text_to_start_from(listed: ListedPhoto) -> str:
    """Return the text that a reviewer improves on; "" for a caption, since screen readers read it anyway."""
    alt = listed.photo.alt
    return alt.text if isinstance(alt, Described) and alt.by != "caption" else ""


def _has_text_with_error(listed: ListedPhoto) -> bool:
    """Return whether a photo has a text of its own that breaks a house rule at the level "error"."""
    return bool(_text_to_start_from(listed)) and any(each.level == "error" for each in listed.problems)


class _ReviewPage:
    """The markup of the page in one language."""

    def __init__(self, language: AdviceLanguage, *, served: bool) -> None:
        self._language, self._served = language, served
        words = review_messages(language)
        self._words, self._decisions, self._levels = words["page"], words["decisions"], words["levels"]
        self._script_words = words["script"]

    def write(
        self,
        file: BinaryIO,
        listed: Sequence[ListedPhoto],
        image_urls: Iterable[str | None],
        source: str,
        theme: str,
    ) -> None:
        """Write the page; `image_urls` has one for each picture, in the order of `_by_picture`."""
        rows = [row_of(each, self._language) for each in listed]
        key = hashlib.sha256("\n".join(sorted(row.id for row in rows)).encode()).hexdigest()[:16]
        decided = {each.photo.id: each.decision.when.isoformat() for each in listed if each.decision}
        refused = [each.photo.id for each in listed if each.decision and is_refused(each.decision, each.problems)]
        page_data = PageData(f"readout-pub {key}", self._served, self._script_words, COLUMNS, rows, decided, refused)
        # The Nu HTML checker strips white space around a script before it computes the hash.
        script = (files(__package__) / "review.js").read_text("utf-8").strip()
        title = self._words["title"].format(source=escape(_shown_name(source)))
        before = html_head(
            title,
            design(theme).style_sheet("review"),
            language=self._language,
            links=NO_ICON,
            script=script,
            connects=self._served,
        )
        file.write((before + self._head(title, rows)).encode("utf-8", "replace"))
        file.writelines(
            self._picture(number, group, url).encode("utf-8", "replace")
            for number, (group, url) in enumerate(zip(_by_picture(listed), image_urls, strict=True), 1)
        )
        data = escape(msgspec.json.encode(page_data).decode())
        file.write(TAIL.format(data=data, script=script).encode("utf-8", "replace"))

    def _head(self, title: str, rows: Sequence[WorklistRow]) -> str:
        words = self._words
        saving = words["saved_by_server" if self._served else "saved_in_browser"]
        computed = {
            "title": title,
            "summary": words["summary"].format(photos=f"{len(rows):,}", pages=f"{len({row.page for row in rows}):,}"),
            "how_to_decide": words["how_to_decide"].format_map(self._decisions),
            "saving": saving.format(command="<code>readout-pub alt apply</code>"),
            "key_save": words["key_save"].format(mac="<kbd>⌘</kbd> + <kbd>Enter</kbd>"),
            "keys": "\n".join(
                f"<dt><kbd>{key}</kbd></dt><dd>{words[f'key_{decision}']}</dd>" for decision, key in KEYS.items()
            ),
            "buttons": (NEXT_BUTTON + ("" if self._served else EXPORT_BUTTONS)).format_map(words),
        }
        return HEAD.format_map({**words, **computed})

    def _picture(self, number: int, group: Sequence[ListedPhoto], url: str | None) -> str:
        photo, words = group[0].photo, self._words
        image = _image(photo, url) if url else words["file_missing"]
        if url and self._served:
            name = words["photo_large"].format(number=number)
            image = f'<a href="photos/{photo.id}" target="_blank" aria-label="{name}">{image}</a>'
        file = "" if photo.file.startswith("data:") else escape(file_name_of(photo.file))
        shared = SHARED.format_map(words).format(places=len(group)) if len(group) > 1 else ""
        return PICTURE.format(
            number=number,
            name=words["photo"].format(number=number),
            file=words["photo_file"].format(file=file) if file else "",
            image=image,
            shared=shared,
            places="".join(self._place(listed, number) for listed in group),
        )

    def _place(self, listed: ListedPhoto, number: int) -> str:
        photo, words = listed.photo, self._words
        facts = "".join(f"<dt>{name}</dt><dd{attributes}>{text}</dd>" for name, attributes, text in self._facts(listed))
        return PLACE.format(
            id=photo.id,
            number=number,
            language=language_attributes(photo.language),
            title=escape(photo.title) or escape(photo.page),
            facts=facts,
            alt_label=words["alt"],
            alt=escape(_text_to_start_from(listed)),
            decision=words["decision"],
            buttons="".join(self._buttons(has_caption=bool(photo.caption), has_error=_has_text_with_error(listed))),
            reason=words["reason"],
            undecided=words["undecided"],
        )

    def _facts(self, listed: ListedPhoto) -> Iterator[tuple[str, str, str]]:
        """Yield what a reviewer should know of a photo: name, attributes of the text, and the text as markup."""
        photo, words = listed.photo, self._words
        language = language_attributes(photo.language)
        for problem in listed.problems:
            take = TAKE.format(text=escape(problem.proposed), take=words["take"]) if problem.proposed else ""
            yield self._levels[problem.level], "", escape(problem_sentences((problem,), self._language)) + take
        yield words["now"], "", self._present_text(photo)
        if photo.caption:
            yield words["caption"], language, escape(photo.caption)
        before, _, after = photo.context.partition(PHOTO_MARK)
        yield words["around"], language, f"{escape(before)}<b>{words['photo_here']}</b>{escape(after)}"
        page = escape(photo.page)
        web = photo.url if photo.url and is_web_address(photo.url) else None
        link = f'<a href="{escape(web)}" rel="noreferrer" target="_blank">{page}</a>' if web else page
        yield words["page"], "", link

    def _present_text(self, photo: PhotoInContext) -> str:
        alt, words = photo.alt, self._words
        match alt:
            case Described():
                text = f"<span{language_attributes(photo.language)}>{escape(alt.text)}</span>"
                return words["now_text"].format(text=text, origin=escape(origin_text(alt, self._language)))
            case Decorative():
                return words["now_decorative"].format(origin=escape(origin_text(alt, self._language)))
            case Missing():
                return words["now_empty"]

    def _buttons(self, *, has_caption: bool, has_error: bool) -> Iterator[str]:
        """Yield the buttons; "accepted" is hidden until the text, perhaps a newly saved one, has an error."""
        states = {"caption": "" if has_caption else " disabled", "accepted": "" if has_error else " hidden"}
        for decision, key in KEYS.items():
            off = states.get(decision, "")
            yield (
                f'<button type="button" data-decision="{decision}" aria-pressed="false" aria-keyshortcuts="{key}"{off}>'
                f"{self._decisions[decision]}</button>"
            )
