"""The page on which people review photos: one part for each picture, with all its contexts and the fields to decide.

As a worklist it is one file that works without a server and saves tables for `alt apply`. From the server of `alt
review` it sends each decision to that.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import BinaryIO

import msgspec

from readout_pub.alt.context import PHOTO_MARK, PhotoInContext
from readout_pub.alt.decisions import DecisionKind, text_of
from readout_pub.alt.photo_names import file_name_of
from readout_pub.alt_review.thumbnails import PAGE_SIDE, thumbnails
from readout_pub.alt_review.worklist import COLUMNS, ListedPhoto, WorklistRow, origin_text, row_of
from readout_pub.html_report import html_head, language_attributes
from readout_pub.model import Described
from readout_pub.notes import number_with_noun
from readout_pub.sources import is_web_address
from readout_pub.styles import design

HEAD = """\
<a class="skip" href="#photos">Skip to the photos</a>
<main>
<header><h1>{title}</h1>
<p>{summary}</p></header>
<noscript><p>This page needs JavaScript, which this browser does not run.</p></noscript>
<form id="who"><p><label for="reviewer">Your name</label>
<input id="reviewer" autocomplete="name" required aria-describedby="who-help"></p>
<p id="who-help" class="hint">It is kept with each decision, so that others know whom to ask.</p></form>
<details><summary>How to decide, and keys</summary>
<p>Say in a sentence what the photo tells readers who do not see it. What the caption says already need not be repeated.
Choose “{decorative}” only if readers would miss nothing without the photo, “{caption}” if the caption says all that the
photo does, and “{expert}” if you do not know who or what it shows.</p>
<p>{saving}</p>
<dl class="keys">
<dt><kbd>Ctrl</kbd> + <kbd>Enter</kbd></dt><dd>save the text and go to the next photo that needs a decision; on
a Mac also <kbd>⌘</kbd> + <kbd>Enter</kbd></dd>
<dt><kbd>Esc</kbd></dt><dd>from the text to the decisions below it</dd>
</dl>
<p>While one of the decisions has the focus:</p>
<dl class="keys">
<dt><kbd>T</kbd></dt><dd>save the text</dd>
<dt><kbd>D</kbd></dt><dd>decorative</dd>
<dt><kbd>C</kbd></dt><dd>the caption is enough here</dd>
<dt><kbd>E</kbd></dt><dd>needs a subject expert</dd>
<dt><kbd>N</kbd></dt><dd>next photo that needs a decision</dd>
<dt><kbd>P</kbd></dt><dd>previous photo</dd>
</dl></details>
<div class="bar"><p class="done"><progress id="progress" value="0" aria-label="Decided"></progress>
<span id="count"></span></p>
<p><label for="show">Show</label> <select id="show"><option value="all">all</option>\
<option value="open">that need a decision</option><option value="expert">waiting for an expert</option>\
<option value="decided">decided</option></select></p>
<p class="buttons">{buttons}</p></div>
<p id="said" role="status"></p>
<div id="photos" tabindex="-1">
"""

NO_ICON = '<link rel="icon" href="data:,">\n'
"""Without it, browsers ask the server for an icon."""

NEXT_BUTTON = '<button type="button" id="next">Next photo</button>'
EXPORT_BUTTONS = (
    '<button type="button" id="csv">Save as a table (CSV)</button><button type="button" id="json">Save as JSON</button>'
)

SAVED_BY_SERVER = "Each decision is saved at once, and a text when you leave its field."
SAVED_IN_BROWSER = (
    "Each decision is kept in this browser at once, and a text when you leave its field. When you have finished, save "
    "them as a table with the button above the photos, and pass that file on: <code>readout-pub alt apply</code> "
    "takes it."
)

PICTURE = """\
<article id="photo-{number}" aria-labelledby="name-{number}">
<h2 id="name-{number}">Photo {number}<span class="file">{file}</span></h2>
<div class="sides"><p class="picture">{image}</p>
<div class="places">
{shared}{places}</div></div>
</article>
"""

SHARED = """\
<p class="shared">This photo is in {places} places. \
<button type="button" data-act="share">Decide on all {places} as on the first</button></p>
"""

TAKE = ' <button type="button" data-act="take" value="{text}">Take this text</button>'
"""The button beside a text that is proposed; it fills in the text, and does not save it."""

PLACE = """\
<div class="place" role="group" aria-labelledby="at-{id}" data-id="{id}">
<h3 id="at-{id}"{language}>{title}</h3>
<dl>{facts}</dl>
<p><label for="alt-{id}">Alternative text</label>
<textarea id="alt-{id}" rows="2"{language} aria-describedby="state-{id}">{alt}</textarea></p>
<div class="decisions" role="group" aria-label="Decision">{buttons}</div>
<p><label for="reason-{id}">Reason or question, if any</label> <input id="reason-{id}" autocomplete="off"></p>
<p class="state" id="state-{id}">Nobody has decided yet.</p>
</div>
"""

LABELS: Mapping[DecisionKind, str] = {
    "described": "Save the text",
    "decorative": "Decorative",
    "caption": "The caption is enough here",
    "expert": "Needs a subject expert",
}
"""Decision → the label of its button."""

KEYS: Mapping[DecisionKind, str] = {"described": "T", "decorative": "D", "caption": "C", "expert": "E"}
"""Decision → the key that chooses it, while one of the buttons has the focus."""

TAIL = """\
</div>
</main>
<div id="worklist" hidden>{data}</div>
<script>{script}</script>
</body>
</html>
"""


class PageData(msgspec.Struct):
    """What the script of the page needs: all rows, when each was decided, and whether a server takes decisions.

    The browser keeps texts that are not saved yet under the name `key`.
    """

    key: str
    served: bool
    columns: tuple[str, ...]
    rows: list[WorklistRow]
    decided: dict[str, str]


def write_worklist_page(file: BinaryIO, listed: Sequence[ListedPhoto], source: str, *, theme: str) -> None:
    """Write a worklist as one HTML file that needs no other file and no server; `source` is what the photos are of."""
    pictures = [photo.photo for photo in map(_first, _by_picture(listed))]
    urls = (_data_url(thumbnail.data) if thumbnail else None for thumbnail in thumbnails(pictures, PAGE_SIDE))
    _write(file, listed, urls, source, theme=theme, served=False)


def write_review_page(file: BinaryIO, listed: Sequence[ListedPhoto], source: str, *, theme: str) -> None:
    """Write the page that a server sends, with thumbnails at `thumbnails/ID` and photos at `photos/ID`."""
    pictures = [photo.photo for photo in map(_first, _by_picture(listed))]
    urls = (f"thumbnails/{photo.id}" if photo.read_image else None for photo in pictures)
    _write(file, listed, urls, source, theme=theme, served=True)


def _write(
    file: BinaryIO,
    listed: Sequence[ListedPhoto],
    image_urls: Iterable[str | None],
    source: str,
    *,
    theme: str,
    served: bool,
) -> None:
    rows = [row_of(each) for each in listed]
    key = hashlib.sha256("\n".join(sorted(row.id for row in rows)).encode()).hexdigest()[:16]
    decided = {each.photo.id: each.decision.when.isoformat() for each in listed if each.decision}
    data = msgspec.json.encode(PageData(f"readout-pub {key}", served, COLUMNS, rows, decided)).decode()
    # The Nu HTML checker takes the hash of a script without white space at its ends.
    script = (files(__package__) / "review.js").read_text("utf-8").strip()
    title = f"Photos to describe: {escape(source)}"
    pages = len({row.page for row in rows})
    places = f"{number_with_noun(len(rows), 'photo')} on {number_with_noun(pages, 'page')}, the worst first"
    head = HEAD.format(
        title=title,
        summary=places,
        saving=SAVED_BY_SERVER if served else SAVED_IN_BROWSER,
        buttons=NEXT_BUTTON + ("" if served else EXPORT_BUTTONS),
        **{str(decision): label for decision, label in LABELS.items()},
    )
    style = design(theme).style_sheet("review")
    before = html_head(title, style, links=NO_ICON, script=script, connects=served)
    file.write((before + head).encode("utf-8", "replace"))
    file.writelines(
        _picture(number, group, url, served=served).encode("utf-8", "replace")
        for number, (group, url) in enumerate(zip(_by_picture(listed), image_urls, strict=True), 1)
    )
    file.write(TAIL.format(data=escape(data), script=script).encode("utf-8", "replace"))


def _by_picture(listed: Iterable[ListedPhoto]) -> list[list[ListedPhoto]]:
    """Return the photos by picture, in the order in which each picture comes first."""
    groups: dict[str, list[ListedPhoto]] = {}
    for each in listed:
        groups.setdefault(each.photo.sha256 or each.photo.id, []).append(each)
    return list(groups.values())


def _first(group: Sequence[ListedPhoto]) -> ListedPhoto:
    return group[0]


def _data_url(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"


def _picture(number: int, group: Sequence[ListedPhoto], url: str | None, *, served: bool) -> str:
    photo = group[0].photo
    image = _image(photo, url) if url else "The file of this photo is missing."
    if url and served:
        image = f'<a href="photos/{photo.id}" target="_blank" aria-label="Photo {number}, large">{image}</a>'
    return PICTURE.format(
        number=number,
        file=f", {escape(file_name_of(photo.file))}" if not photo.file.startswith("data:") else "",
        image=image,
        shared=SHARED.format(places=len(group)) if len(group) > 1 else "",
        places="".join(map(_place, group)),
    )


def _image(photo: PhotoInContext, url: str) -> str:
    """Return the `img`, with its size, so that the page does not move when it has loaded.

    It has no alternative text, which is what the page is for; the heading above names it.
    """
    scale = min(1.0, PAGE_SIDE / 2 / max(photo.width or 1, photo.height or 1))
    size = (
        f' width="{photo.width * scale:.0f}" height="{photo.height * scale:.0f}"'
        if photo.width and photo.height
        else ""
    )
    return f'<img src="{url}" alt="" loading="lazy" decoding="async"{size}>'


def _place(listed: ListedPhoto) -> str:
    photo = listed.photo
    language = language_attributes(photo.language)
    return PLACE.format(
        id=photo.id,
        language=language,
        title=escape(photo.title) or escape(photo.page),
        facts="".join(f"<dt>{name}</dt><dd{attributes}>{text}</dd>" for name, attributes, text in _facts(listed)),
        alt=escape(_text_to_start_from(listed)),
        buttons="".join(_buttons(has_caption=bool(photo.caption))),
    )


def _facts(listed: ListedPhoto) -> Iterator[tuple[str, str, str]]:
    """Yield what a reviewer should know of a photo: name, attributes of the text, and the text as markup."""
    photo = listed.photo
    language = language_attributes(photo.language)
    for problem in listed.problems:
        take = TAKE.format(text=escape(problem.proposed)) if problem.proposed else ""
        yield problem.level.capitalize(), "", f"{escape(problem.message)}. {escape(problem.what_to_write)}{take}"
    now = text_of(photo.alt)
    yield "Now", "", f"“<span{language}>{escape(now)}</span>”, {escape(origin_text(photo.alt))}" if now else "no text"
    if photo.caption:
        yield "Caption", language, escape(photo.caption)
    before, mark, after = photo.context.partition(PHOTO_MARK)
    yield "Around it", language, f"{escape(before)}<b>{escape(mark)}</b>{escape(after)}"
    page = escape(photo.page)
    web = photo.url if photo.url and is_web_address(photo.url) else None
    yield "Page", "", f'<a href="{escape(web)}" rel="noreferrer" target="_blank">{page}</a>' if web else page


def _text_to_start_from(listed: ListedPhoto) -> str:
    """Return the text that a reviewer improves on; the caption is not one, since it is read out anyway."""
    alt = listed.photo.alt
    return alt.text if isinstance(alt, Described) and alt.by != "caption" else ""


def _buttons(*, has_caption: bool) -> Iterator[str]:
    for decision, key in KEYS.items():
        off = "" if has_caption or decision != "caption" else " disabled"
        yield (
            f'<button type="button" data-decision="{decision}" aria-pressed="false" aria-keyshortcuts="{key}"{off}>'
            f"{LABELS[decision]}</button>"
        )
