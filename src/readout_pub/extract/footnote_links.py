"""Finds the footnotes of a page and their calls, and marks both in one way, whatever program wrote them.

Every call becomes a link with `role="doc-noteref"` to an element with `role="doc-footnote"` (DPUB-ARIA), which contains
only the note. The generic extraction decides later what is text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice, pairwise
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from lxml import etree

from readout_pub.html_elements import BLOCKS, HEADINGS, WITHOUT_NOTE_CALLS
from readout_pub.sentences import ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, clear_content, remove_element, text_of_element, unwrap
from readout_pub.sources.urls import url_key

CALL_ROLE, NOTE_ROLE = "doc-noteref", "doc-footnote"

_CALL = re.compile(
    r"(?<!\s)[(\[（［〔]?\s*+(?:(?:foot-?notes?|end-?notes?|notes?|fn|fu(?:ß|ss)note|voetnoot|注|註|※|nota|anm\.?)"
    r"(?:\s++|(?![a-z])))?(?:[0-9０-９]{1,3}|[ivx]{1,5}|[a-z]|[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})\s*+[.:]?\s*+[)\]）］〕]?",
    re.IGNORECASE,
)
"""The label of a call: "(Note 1)", "[2]", "（注３）", "*", "[footnote 4]"."""

_MAX_LABEL, _MAX_NOTE = 16, 3000
"""Numbers of characters; a longer block is a chapter. Chosen by hand."""

_MAX_FURTHER_PARAGRAPHS = 3
"""How many paragraphs between two notes may belong to the first."""
_CELLS = frozenset({"td", "th"})
_ROWS = _CELLS | {"tr", "table", "tbody"}
_NOTE_NAME = re.compile(r"(?<![a-z])(?:s?d?(?:foot|end)?note|s?ftn|fn|edn)", re.IGNORECASE)
"""In the class, id or style of an element that contains one note."""

_BACK_LINK_NAME = re.compile(r"back-?link|back-?ref|footnote-back|reverse-?footnote|fn-?back|to-top", re.IGNORECASE)
_MEDIAWIKI_BACK_LINKS = re.compile(r"(?<![\w-])mw-cite-backlink(?![\w-])")
"""Class of the element with all links from a note back to its calls."""

_SUPERSCRIPT = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)

_INLINE_NOTE = re.compile(r"(?<![\w-])(?:ltx_note_outer|modern-footnotes-footnote__note)(?![\w-])")
"""Class of a note within its sentence, which scripts or style sheets show elsewhere."""


def mark_footnotes(root: LxmlElement, url: str | None) -> tuple[str, ...]:
    """Mark the calls and notes below `root`; `url` is the URL of the page.

    Removes the links that lead from notes back to their calls, and returns their texts, such as "Return to text" or
    "↩".
    """
    for span in root.iter("span", "font"):
        if _SUPERSCRIPT.search(span.get("style") or ""):
            span.tag = "sup"
    _take_out_inline_notes(root)
    links = [link for link in root.iter("a") if link.get("href")]
    _shorten_own_links(links, url or _address_in_links(root, links))
    within = [link for link in links if len(href := (link.get("href") or "").strip()) > 1 and href.startswith("#")]
    calls = [
        (link, label) for link in within if len(label := text_of_element(link)) <= _MAX_LABEL and _CALL.fullmatch(label)
    ]
    back_links = _mark_linked_notes(_Page(root), calls) if calls else ()
    _mark_typed_notes(root)
    return back_links


def _address_in_links(root: LxmlElement, links: Sequence[LxmlElement]) -> str | None:
    """Return the address that a page writes in links to itself: in its first link, or in calls; None if there is none.

    The first link may be "Skip to content".
    """
    calls = (link for link in links if "#" in (link.get("href") or "") and _CALL.fullmatch(text_of_element(link)))
    addresses = [urldefrag((link.get("href") or "").strip()) for link in (*links[:1], *calls)]
    if not any(address for address, fragment in addresses if fragment):
        return None
    ids = {element.get("id") for element in root.iter()}
    return next((address for address, fragment in addresses if address and fragment in ids), None)


def _shorten_own_links(links: Sequence[LxmlElement], url: str | None) -> None:
    """Reduce each link to a place on the page itself to its fragment, such as "#note-1".

    In copies of wget, such links name the saved file: the address with ".html", or "index.html".
    """
    address = urldefrag(url)[0] if url else ""
    own = {url_key(each) for each in (address, f"{address}{'index' * address.endswith('/')}.html") if address}
    for link in links if own else ():
        href = (link.get("href") or "").strip()
        if "#" not in href or href.startswith("#"):
            continue
        try:
            target, fragment = urldefrag(urljoin(address, href))
        except ValueError:
            continue
        if fragment and url_key(target) in own:
            link.set("href", f"#{fragment}")


def _take_out_inline_notes(root: LxmlElement) -> None:
    """Move each note below the block of its sentence; the mark before the note becomes a link to the note."""
    found = [each for each in root.iter("span") if _INLINE_NOTE.search(each.get("class") or "")]
    last: dict[LxmlElement, LxmlElement] = {}
    for number, note in enumerate(found, 1):
        block = next((each for each in note.iterancestors() if each.tag in BLOCKS), None)
        mark = note.getprevious()
        if (
            block is None
            or mark is None
            or block.getparent() is None
            or not _CALL.fullmatch(label := text_of_element(mark))
        ):
            continue
        clear_content(mark)
        etree.SubElement(mark, "a", href=f"#inline-note-{number}").text = label
        moved = etree.Element("div", id=f"inline-note-{number}")
        moved.text = note.text
        moved.extend(list(note))
        remove_element(note)
        after = last.get(block, block)
        moved.tail, after.tail = after.tail, None
        after.addnext(moved)
        last[block] = moved


# --- notes that links lead to


class _Page:
    """The order of all elements of a page, and the targets of links within it.

    `targets_inside` counts the targets of calls in each element. `converted` maps a row of a table to the note that
    replaces it, and the table to its first note.
    """

    def __init__(self, root: LxmlElement) -> None:
        self.positions: dict[LxmlElement, int] = {}
        ids: dict[str, LxmlElement] = {}
        names: dict[str, LxmlElement] = {}
        for position, element in enumerate(root.iter()):
            self.positions[element] = position
            if name := element.get("id"):
                ids.setdefault(name, element)
            if element.tag == "a":
                names.setdefault(element.get("name") or "", element)
        self.targets = names | ids
        self.converted: dict[LxmlElement, LxmlElement] = {}
        self.targets_inside: Counter[LxmlElement] = Counter()

    def target(self, link: LxmlElement) -> LxmlElement | None:
        """Return the element that a link leads to; None if there is none."""
        fragment = _fragment(link)
        found = self.targets.get(fragment)
        return found if found is not None else self.targets.get(unquote(fragment))


def _fragment(link: LxmlElement) -> str:
    return (link.get("href") or "").strip()[1:]


def _without_brackets(label: str) -> str:
    return label.strip("()[]（）［］〔〕 .:").casefold()


def _mark_linked_notes(page: _Page, calls: Sequence[tuple[LxmlElement, str]]) -> tuple[str, ...]:
    """Mark `calls`, links with their labels, and their notes; return the texts of removed links back."""
    _add_missing_targets(page, calls)
    by_target: dict[LxmlElement, list[LxmlElement]] = {}
    for call, _ in calls:
        target = page.target(call)
        if target is not None and page.positions[target] > page.positions[call]:
            by_target.setdefault(target, []).append(call)
    for target in by_target:
        page.targets_inside.update((target, *target.iterancestors()))
    notes: dict[LxmlElement, list[LxmlElement]] = {}
    for target in sorted(by_target, key=page.positions.__getitem__):
        note = _note_element(target, by_target.keys(), page)
        if note is not None:
            notes.setdefault(note, []).extend(by_target[target])
    texts = [
        text
        for note, its_calls in notes.items()
        if not any(inner in notes for inner in note.iterdescendants()) and not _is_chapter(note)
        for text in _connect(note, its_calls, page)
    ]
    _join_further_paragraphs(notes, page)
    return (*texts, *_remove_stray_back_links(page, min(map(page.positions.__getitem__, by_target), default=0), texts))


def _join_further_paragraphs(notes: Mapping[LxmlElement, Sequence[LxmlElement]], page: _Page) -> None:
    """Put each note of several paragraphs into one `div`.

    If the next note is called below this note, the paragraphs between both are text of the page.
    """
    marked = [note for note in notes if note.get("role") == NOTE_ROLE]
    for note, following in pairwise(marked):
        parent = note.getparent()
        if parent is None or parent is not following.getparent() or {note.tag, following.tag} != {"p"}:
            continue
        siblings = list(islice(note.itersiblings(), _MAX_FURTHER_PARAGRAPHS + 1))
        between = siblings[: siblings.index(following)] if following in siblings else []
        are_text = all(each.tag == "p" and ends_sentence(text_of_element(each)) for each in between)
        start = page.positions.get(note, 0)
        is_called_above = all(page.positions.get(call, start) < start for call in notes[following])
        if not between or not are_text or not is_called_above:
            continue
        whole = etree.Element("div")
        for name in ("id", "role"):
            if value := note.attrib.pop(name, ""):
                whole.set(name, value)
        parent.replace(note, whole)
        whole.extend([note, *between])


def _remove_stray_back_links(page: _Page, first_note: int, texts: Sequence[str]) -> list[str]:
    """Remove the links back that stand below the first paragraph of their note, and return their texts.

    A stray link has one of `texts`, those of the other links back.
    """
    words = {text for text in texts if len(text) > 1 and not _CALL.fullmatch(text)}
    stray = [
        link
        for link, position in (page.positions.items() if words else ())
        if link.tag == "a"
        and position > first_note
        and link.getparent() is not None
        and _leads_to_place_above(link, page)
    ]
    found = [link for link in stray if text_of_element(link) in words]
    removed = [text_of_element(link) for link in found]
    for link in found:
        remove_element(link)
    return removed


def _leads_to_place_above(link: LxmlElement, page: _Page) -> bool:
    target = page.target(link) if (link.get("href") or "").startswith("#") else None
    return target is not None and page.positions.get(target, page.positions[link]) < page.positions[link]


def _add_missing_targets(page: _Page, calls: Sequence[tuple[LxmlElement, str]]) -> None:
    """Make the label of a note the target of its call, if both are links that lead nowhere."""
    lost = [(call, _without_brackets(label)) for call, label in calls if page.target(call) is None]
    by_label: dict[str, list[LxmlElement]] = {}
    for link, label in lost:
        if _begins_line(link):
            by_label.setdefault(label, []).append(link)
    for call, label in lost:
        for link in by_label.get(label, ()):
            if page.positions[link] > page.positions[call] and _fragment(link) != _fragment(call):
                page.targets[_fragment(call)] = link
                by_label[label].remove(link)
                break


def _begins_line(element: LxmlElement) -> bool:
    """Return whether no text stands before an element in its line."""
    node: LxmlElement | None = element
    while node is not None and node.tag not in BLOCKS:
        before, parent = node.getprevious(), node.getparent()
        while before is not None and not (before.tail or "").strip():
            if before.tag == "br" or before.tag in BLOCKS:
                return True
            if text_of_element(before):
                return False
            before = before.getprevious()
        if before is not None:
            return False
        if parent is not None and (parent.text or "").strip():
            return False
        node = parent
    return True


def _note_element(target: LxmlElement, targets: AbstractSet[LxmlElement], page: _Page) -> LxmlElement | None:
    """Return the element with just the note at `target`, made if needed; None if other text cannot be separated."""
    block = _block_around(target)
    if block is None or block.tag in HEADINGS or block.tag == "body":
        return None
    if block is not target and not text_of_element(target) and not (target.tail or "").strip():
        following = target.getnext()  # an empty target may stand before the block of its note
        if following is not None and following.tag in BLOCKS and target.getparent() is block:
            block = target = following
    if target in page.converted or block in page.converted:
        return page.converted.get(target, page.converted.get(block))
    if block.tag in _ROWS:
        return _note_of_row(block, target, page)
    if block.tag in {"dt", "dl"}:
        return _note_of_term(block)
    if (block is not target and page.targets_inside[block] > 1) or not _begins_block(target, block):
        return _split_at(block, target, targets)
    return _whole_note(block, page)


def _begins_block(target: LxmlElement, block: LxmlElement) -> bool:
    """Return whether no text stands before `target` in `block`, except labels in its line.

    Text above this line counts, such as the title "Footnotes".
    """
    if target is block:
        return True
    before = _text_before(target, block).strip()
    return not before or not (_begins_line(target) or _CALL.sub("", before).strip())


def _whole_note(block: LxmlElement, page: _Page) -> LxmlElement:
    """Return `block`, or its parent if that has all paragraphs of the note: "<li><p>Tides.</p><p>Reefs.</p></li>"."""
    parent = block.getparent()
    if (
        block.tag != "p"
        or parent is None
        or parent.tag not in {"div", "aside", "section", "li"}
        or parent[0] is not block
    ):
        return block
    name = f"{parent.get('id') or ''} {parent.get('class') or ''} {parent.get('style') or ''}"
    is_own = parent.tag == "li" or (parent.get("id") and _NOTE_NAME.search(name))
    holds_more = page.targets_inside[parent] > 1 or any(each.tag in HEADINGS | {"hr", "ol"} for each in parent)
    return parent if is_own and not holds_more else block


def _note_of_row(block: LxmlElement, target: LxmlElement, page: _Page) -> LxmlElement | None:
    """Return the note in a row of a table. A table of only notes becomes a `div`."""
    table = next((each for each in (block, *block.iterancestors()) if each.tag == "table"), None)
    parent = table.getparent() if table is not None else None
    if table is None or parent is None:
        return None
    rows = [row for row in table.iter("tr") if text_of_element(row)]
    if (target is table and len(rows) == 1) or all(page.targets_inside[row] for row in rows):
        holder = etree.Element("div")
        holder.tail = table.tail
        for row in rows:
            note = _join_parts([cell for cell in row if cell.tag in _CELLS])
            if value := row.get("id"):
                note.set("id", value)
            holder.append(note)
            page.converted[row] = note
        page.converted[table] = holder[0]
        parent.replace(table, holder)
        if target in page.converted:
            return page.converted[target]
        return next((each for each in holder if target in each.iterdescendants()), None)
    around = next((each for each in (block, *block.iterancestors()) if each.tag == "tr"), None)
    filled = [cell for cell in around if cell.tag in _CELLS and text_of_element(cell)] if around is not None else []
    if not filled or len(filled) > 2 or (len(filled) == 2 and not _CALL.fullmatch(text_of_element(filled[0]))):
        return None
    note = _join_parts(filled)
    for cell in filled:
        cell.text = None
    filled[-1].append(note)
    return note


def _note_of_term(block: LxmlElement) -> LxmlElement | None:
    """Replace a term and its description by a note, and return the note."""
    listed = block if block.tag == "dl" else block.getparent()
    term = (
        next((child for child in listed if child.tag == "dt"), None)
        if block.tag == "dl" and listed is not None
        else block
    )
    description = term.getnext() if term is not None else None
    if listed is None or term is None or description is None or description.tag != "dd":
        return None
    if text_of_element(term).startswith(("...", "…")):  # LaTeX2HTML repeats the word before the call
        back = [link for link in term.iter("a") if link.get("href")]
        term.text, term[:] = "", back[:1]
    note = _join_parts([term, description])
    if block.tag == "dl" and block.get("id"):
        note.set("id", block.get("id") or "")
    at = listed.index(term)
    listed.remove(term)
    listed.remove(description)
    listed.insert(at, note)
    if not any(child.tag in {"dt", "dd"} for child in listed):
        listed.tag = "div"
    parent = listed.getparent()
    if len(listed) == 1 and parent is not None:
        note.tail = listed.tail
        parent.replace(listed, note)
    return note


def _join_parts(parts: Sequence[LxmlElement]) -> LxmlElement:
    """Move the content of `parts` into a new `div`, separated by spaces."""
    made = etree.Element("div")
    for part in parts:
        if identifier := part.get("id"):
            etree.SubElement(made, "a", id=identifier)
        _append_text(made, part.text or "")
        made.extend(list(part))
        _append_text(made, " ")
    return made


def _append_text(element: LxmlElement, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _split_at(block: LxmlElement, target: LxmlElement, targets: AbstractSet[LxmlElement]) -> LxmlElement | None:
    """Split a block of notes, separated by `br`, into `div`s; return the note at `target`."""
    top: LxmlElement | None = target
    while top is not None and top.getparent() is not block:
        top = top.getparent()
    if top is None or not _begins_line(target) or any(each.tag in BLOCKS for each in block.iterdescendants()):
        return None
    starts = [
        at for at, child in enumerate(block) if any(each in targets for each in child.iter()) and _begins_line(child)
    ]
    made = _split_block(block, starts)
    return next((note for note in made if target in note.iterdescendants()), None)


def _split_block(block: LxmlElement, starts: Sequence[int]) -> list[LxmlElement]:
    """Split a block before its children at `starts`, and return the new `div`s.

    A start of -1 stands for the text before the first child. Content before the first start stays.
    """
    children = list(block)
    made = []
    for start, end in zip(starts, [*starts[1:], len(children)], strict=True):
        note = etree.Element("div")
        if start < 0:
            note.text, block.text = block.text, None
        for child in children[max(start, 0) : end]:
            note.append(child)
        if len(note) and note[0].tag == "br" and not (note.text or "").strip():
            note.text = note[0].tail
            note.remove(note[0])
        while len(note) and note[-1].tag == "br" and not (note[-1].tail or "").strip():
            note.remove(note[-1])
        made.append(note)
    if block.tag in {"li", "dd", "td", "th", "div", "section", "aside"}:
        block.extend(made)
        return made
    tail, block.tail = block.tail, None
    for before, note in zip([block, *made], made, strict=False):
        before.addnext(note)
    made[-1].tail = tail
    parent = block.getparent()
    if parent is not None and not text_of_element(block) and not block.get("id"):
        parent.remove(block)
    return made


def _is_chapter(note: LxmlElement) -> bool:
    return len("".join(map(str, note.itertext()))) > _MAX_NOTE


def _connect(note: LxmlElement, calls: Sequence[LxmlElement], page: _Page) -> list[str]:
    """Give a note and its calls their roles; return the texts of removed links back."""
    if not note.get("id"):
        note.set("id", _fragment(calls[0]))
    note.set("role", NOTE_ROLE)
    for call in calls:
        call.set("href", f"#{note.get('id')}")
        call.set("role", CALL_ROLE)
    labels = {_without_brackets(text_of_element(call)) for call in calls}
    removed = [each for each in note.iter() if _MEDIAWIKI_BACK_LINKS.search(each.get("class") or "")]
    for link in note.iter("a"):
        if not link.get("href"):
            continue
        has_label = _without_brackets(text_of_element(link)) in labels
        if _leads_back(link, calls, page, has_label=has_label):
            if has_label and _is_label(link, note):
                del link.attrib["href"]
            else:
                removed.append(link)
    texts = [text_of_element(each) for each in removed]
    for each in removed:
        remove_element(each)
    return texts


def _is_label(link: LxmlElement, note: LxmlElement) -> bool:
    """Return whether a link begins its note; only brackets and "^" may stand before it."""
    return not _text_before(link, note).strip(" \n\t^([（［")


def _text_before(element: LxmlElement, block: LxmlElement) -> str:
    words = []
    for event, each in etree.iterwalk(block, events=("start", "end")):
        if each is element:
            break
        words.append(each.text if event == "start" else each.tail if each is not block else None)
    return "".join(filter(None, words))


def _leads_back(link: LxmlElement, calls: Sequence[LxmlElement], page: _Page, *, has_label: bool) -> bool:
    """Return whether a link in a note leads back to one of its calls.

    In "See the second section.", a link on "second" leads to other text.
    """
    names = f"{link.get('role') or ''} {link.get('class') or ''} {link.get('rel') or ''}"
    if _BACK_LINK_NAME.search(names) or link.get("role") == "doc-backlink":
        return True
    if not (link.get("href") or "").startswith("#"):
        return False
    target = page.target(link)
    if target is not None and _block_around(target) in map(_block_around, calls):
        return has_label or not _is_amid_sentence(link)
    last = max(page.positions[call] for call in calls)
    may_lead_back = (
        len(text_of_element(link)) <= _MAX_LABEL if target is None else page.positions.get(target, last) <= last
    )
    return may_lead_back and (has_label or not _is_part_of_sentence(link))


def _is_part_of_sentence(link: LxmlElement) -> bool:
    """Return whether a link begins or ends in the middle of a sentence."""
    block = _block_around(link)
    if block is None or not any(map(str.isalnum, text_of_element(link))):
        return False
    before = _text_before(link, block)
    after = "".join(map(str, block.itertext()))[len(before) + len("".join(map(str, link.itertext()))) :].strip()
    begins_amid = bool(before.strip()) and not ends_sentence(before) and not _CALL.fullmatch(before.strip())
    return begins_amid or _goes_on(after)


def _is_amid_sentence(link: LxmlElement) -> bool:
    """Return whether a link stands between words of a sentence. A note without a full stop may end with a link back."""
    previous, parent = link.getprevious(), link.getparent()
    before = parent.text if previous is None and parent is not None else previous.tail if previous is not None else None
    begins_amid = any(map(str.isalnum, before or "")) and not _CALL.fullmatch((before or "").strip())
    return begins_amid and _goes_on((link.tail or "").strip()) and any(map(str.isalnum, text_of_element(link)))


def _goes_on(text: str) -> bool:
    return text[:1].isalnum() or text.startswith((".", ",", ";", ":"))


def _block_around(element: LxmlElement) -> LxmlElement | None:
    """Return the innermost block that is or contains an element."""
    block: LxmlElement | None = element
    while block is not None and block.tag not in BLOCKS:
        block = block.getparent()
    return block


# --- notes without links

_BARE_LABEL = re.compile(r"\d{1,3}|[*†‡§]{1,3}")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TYPED_LABEL = re.compile(
    r"\s*(?:\[(?P<bracket>\d{1,3})\]|(?P<digit>[⁰¹²³⁴-⁹]{1,3})|\(?(?P<number>\d{1,3})(?:[.)]+(?![\d.)])|(?=\s))|(?P<symbol>[*†‡§]{1,3}))"
)
"""A label that begins a note: "[1]", "¹", "1.", "1)", "(1)", "1 ", "*"; not a number such as "1.2"."""

_TYPED_CALL = re.compile(
    r"\[(?P<bracket>\d{1,3})\]|(?<=[^\W\d_])(?P<digit>[¹²³⁴-⁹][⁰¹²³⁴-⁹]{0,2})|(?<=[.,;:”\")])(?P<after>[¹²³⁴-⁹][⁰¹²³⁴-⁹]{0,2})"
)
_TYPED_CALL_HINT = re.compile(r"[\[¹²³⁴-⁹](?:\d|(?<!\[))")
"""Matches wherever `_TYPED_CALL` does, in a fifth of the time."""
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|ft|mi|in|yd|sq)\Z")
"""A unit of length, whose superscript 2 or 3 is an area or a volume."""

_NOTE_HEADING = re.compile(
    r"(?:foot|end)?notes?(?: and references)?|references|fu(?:ß|ss)noten|anmerkungen|quellen|notes de bas de page"
    r"|références|notas(?: (?:al pie|de rodapé))?|referencias|referências|note|riferimenti|przypisy|voetnoten"
    r"|noter|fotnoter|注|注釈|脚注|註|примечания|сноски|виноски",
    re.IGNORECASE,
)


class _LabelledLine(NamedTuple):
    """A line of `block` with a label. `start` is the index of the `br` before it, -1 for the first line."""

    block: LxmlElement
    start: int
    kind: str
    label: str


class _TypedCall(NamedTuple):
    """A call without a link: the `sup` element `node`, or characters in its text, or in its tail if `is_tail`."""

    node: LxmlElement
    kind: str
    label: str
    is_tail: bool = False
    start: int = 0
    end: int = 0


_CALLS_OF_KIND = {"sup": "sup", "bracket": "bracket", "digit": "digit"}
"""Kind of the label of a note → the kind of its calls; `sup` for other labels, such as "1." and "*"."""


def _mark_typed_notes(root: LxmlElement) -> None:
    """Mark notes without links: adjacent lines below their calls, else the items of a numbered list below "Notes"."""
    text = etree.tostring(root, method="text", encoding="unicode", with_tail=False)
    has_digits = bool(_TYPED_CALL_HINT.search(text) and _TYPED_CALL.search(text))
    if not has_digits and next(root.iter("sup"), None) is None:
        return
    calls = list(_typed_calls(root, with_text=has_digits))
    if not calls:
        return
    _unwrap_small_notes(root)
    positions = {element: position for position, element in enumerate(root.iter())}
    by_kind: dict[str, dict[str, list[_TypedCall]]] = {}
    for call in calls:
        by_kind.setdefault(call.kind, {}).setdefault(call.label, []).append(call)
    for run in reversed(list(_runs_of_lines(root))):
        kind = _CALLS_OF_KIND.get(run[0].kind, "sup")
        called = by_kind.get(kind, {})
        first = positions[run[0].block]
        own = {
            line.label: [call for call in called.get(line.label, ()) if positions[call.node] < first] for line in run
        }
        if all(own.values()) and not any(
            positions[call.node] > first for line in run for call in called.get(line.label, ())
        ):
            _connect_typed(run, own)
            return
    _mark_listed_notes(root, by_kind.get("sup", {}), positions)


def _unwrap_small_notes(root: LxmlElement) -> None:
    """Unwrap each `small` or `font` that is all of a block, so that its line breaks separate notes."""
    for small in list(root.iter("small", "font")):
        block = small.getparent()
        if block is None or block.tag not in BLOCKS or len(block) > 1:
            continue
        is_whole = not f"{block.text or ''}{small.tail or ''}".strip()
        if is_whole and any(child.tag == "br" for child in small):
            unwrap(small)


def _typed_calls(root: LxmlElement, *, with_text: bool) -> Iterator[_TypedCall]:
    """Yield the calls without a link: superscripts and, if `with_text`, labels such as "[1]" and "¹"."""
    skipped: set[LxmlElement | None] = set()
    for element in root.iter():
        is_anchor = element.tag == "a" and element.get("href") is None  # a place on the page, not a link
        if (element.tag in WITHOUT_NOTE_CALLS and not is_anchor) or element.getparent() in skipped:
            skipped.add(element)
        if element.tag == "sup":
            label = text_of_element(element)
            is_linked = next(element.iter("a"), None) is not None or any(
                each.tag == "a" for each in element.iterancestors()
            )
            if (
                not is_linked
                and _BARE_LABEL.fullmatch(label)
                and not _begins_line(element)
                and not _is_unit(element, label)
            ):
                yield _TypedCall(element, "sup", label)
        if with_text:
            inside = None if element in skipped else element.text
            after = None if element.getparent() in skipped else element.tail
            for is_tail, text in ((False, inside), (True, after)):
                for found in _TYPED_CALL.finditer(text or ""):
                    at_start = not (text or "")[: found.start()].strip()
                    if at_start and ((not is_tail and element.tag in BLOCKS) or (is_tail and element.tag == "br")):
                        continue
                    kind, label = _kind_and_label(found)
                    before = (text or "")[: found.start()]
                    if kind == "digit" and label in {"2", "3"} and _UNIT.search(before):
                        continue
                    yield _TypedCall(element, kind, label, is_tail, *found.span())


def _kind_and_label(found: re.Match[str]) -> tuple[str, str]:
    kind = found.lastgroup or ""
    label = found[kind].translate(_DIGITS)
    return ("digit" if kind == "after" else kind), label


def _is_unit(sup: LxmlElement, label: str) -> bool:
    before, parent = sup.getprevious(), sup.getparent()
    text = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    return label in {"2", "3"} and bool(_UNIT.search(text))


def _lines(root: LxmlElement) -> Iterator[tuple[LxmlElement, int]]:
    """Yield block and start of each line, as in `_LabelledLine`."""
    for block in root.iter():
        if (
            block.tag not in BLOCKS
            or block.tag in HEADINGS
            or any(each.tag in BLOCKS for each in block.iterdescendants())
        ):
            continue
        if text_of_element(block):
            yield block, -1
            for at, child in enumerate(block):
                if child.tag == "br" and ((child.tail or "").strip() or child.getnext() is not None):
                    yield block, at


def _label_at(block: LxmlElement, start: int) -> tuple[str, str] | None:
    """Return the kind and the label with which a line begins."""
    text = (block.text if start < 0 else block[start].tail) or ""
    if not text.strip():
        following = block[start + 1] if start + 1 < len(block) else None
        if following is not None and following.tag == "sup" and next(following.iter("a"), None) is None:
            label = text_of_element(following)
            return ("sup", label) if _BARE_LABEL.fullmatch(label) else None
        return None
    found = _TYPED_LABEL.match(text)
    return _kind_and_label(found) if found else None


def _runs_of_lines(root: LxmlElement) -> Iterator[list[_LabelledLine]]:
    """Yield runs of adjacent lines with the labels 1, 2, 3 … or with a symbol each."""
    run: list[_LabelledLine] = []
    for block, start in _lines(root):
        found = _label_at(block, start)
        line = _LabelledLine(block, start, *found) if found else None
        if line and run and line.kind == run[-1].kind and _continues(run, line.label):
            run.append(line)
            continue
        if run and (line or (block, start) != (run[-1].block, run[-1].start)):
            yield run
        run = [line] if line and (line.label == "1" or not line.label.isdigit()) else []
    if run:
        yield run


def _continues(run: Sequence[_LabelledLine], label: str) -> bool:
    if label.isdigit():
        return run[-1].label.isdigit() and int(label) == int(run[-1].label) + 1
    return not run[-1].label.isdigit() and label not in {line.label for line in run}


def _connect_typed(run: Sequence[_LabelledLine], calls: Mapping[str, Sequence[_TypedCall]]) -> None:
    starts: dict[LxmlElement, list[int]] = {}
    for line in run:
        starts.setdefault(line.block, []).append(line.start)
    notes: list[LxmlElement] = []
    for block, own in starts.items():
        is_whole = own == [-1] and block.tag not in _CELLS
        notes += [block] if is_whole else _split_block(block, own)
    by_label = {line.label: note for line, note in zip(run, notes, strict=True)}
    _link_calls([call for line in run for call in calls[line.label]], by_label)


def _link_calls(calls: Sequence[_TypedCall], notes: Mapping[str, LxmlElement]) -> None:
    """Make each call a link to the note with its label."""
    for number, note in enumerate(notes.values(), 1):
        if not note.get("id"):
            note.set("id", f"typed-note-{number}")
        note.set("role", NOTE_ROLE)
    # From the last call of a text to the first, so that the positions of the remaining calls stay valid.
    for call in sorted(calls, key=lambda call: call.start, reverse=True):
        link = etree.Element("a", href=f"#{notes[call.label].get('id')}", role=CALL_ROLE)
        if call.kind == "sup":
            link.text = call.node.text
            link.extend(list(call.node))
            call.node.text = None
            call.node.append(link)
            continue
        text = (call.node.tail if call.is_tail else call.node.text) or ""
        link.text = text[call.start : call.end]
        if call.is_tail:
            call.node.tail = text[: call.start]
            call.node.addnext(link)
        else:
            call.node.text = text[: call.start]
            call.node.insert(0, link)
        link.tail = text[call.end :]


def _mark_listed_notes(
    root: LxmlElement, called: Mapping[str, Sequence[_TypedCall]], positions: Mapping[LxmlElement, int]
) -> None:
    """Mark the items of a numbered list below a heading such as "Notes", if each is called."""
    for heading in root.iter(*HEADINGS, "p", "strong"):
        if not _NOTE_HEADING.fullmatch(text_of_element(heading).rstrip(":")):
            continue
        listed = heading.getnext()
        items = [item for item in listed if item.tag == "li"] if listed is not None and listed.tag == "ol" else []
        labels = [str(number) for number, _ in enumerate(items, 1)]
        if items and all(called.get(label) for label in labels):
            calls = [call for label in labels for call in called[label] if positions[call.node] < positions[heading]]
            _link_calls(calls, dict(zip(labels, items, strict=True)))
            return


def called_notes(root: LxmlElement) -> Iterator[tuple[LxmlElement, LxmlElement]]:
    """Yield each call below `root` with its note."""
    calls = [link for link in root.iter("a") if link.get("role") == CALL_ROLE]
    notes = {note.get("id"): note for note in root.iter() if note.get("role") == NOTE_ROLE} if calls else {}
    for call in calls:
        note = notes.get(_fragment(call))
        if note is not None:
            yield call, note
