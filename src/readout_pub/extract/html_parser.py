"""Parses markup into a repaired tree of Beautiful Soup, of limited depth, without scripts and comments.

On some pages, `BeautifulSoup(bytes, "lxml")` returns an empty tree without an error. So pages are decoded first and
parsed as text, and an empty tree raises a SourceError.

Beautiful Soup's own builder checks its many options at every tag and text. `convert_tree` builds the same tree in a
third of the time: it has fixed options, walks once over the tree of lxml, and copies the first tag of each name.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString
from lxml import etree

from readout_pub.errors import SourceError
from readout_pub.extract.prune import prune
from readout_pub.extract.tree import IndexedTag, elements
from readout_pub.html_elements import BLOCKS, METADATA, ROW_GROUPS
from readout_pub.model import MAX_DEPTH
from readout_pub.notes import Note, note
from readout_pub.sources.encoding import REMOVED
from readout_pub.sources.lxml_elements import LxmlElement

_WHITE_SPACE = " \n\t\f\r"


def parse_with_bs4(markup: str, kind: type[Tag]) -> BeautifulSoup:
    """Return the tree of Beautiful Soup's own builder: tags of class `kind`, each attribute one string."""
    return BeautifulSoup(markup, "lxml", element_classes={Tag: kind}, multi_valued_attributes=None)


def convert_tree(root: LxmlElement, kind: type[Tag]) -> tuple[BeautifulSoup, int]:
    """Return `root` as a tree of Beautiful Soup with tags of class `kind`, and the number of its levels.

    `root` must not contain comments. As in Beautiful Soup, white space between tags becomes one character, except in
    `pre` and `textarea`. The texts of scripts, style sheets, templates and ruby have classes of their own.
    """
    soup = parse_with_bs4("", kind)
    builder = soup.builder
    containers, preformatted = builder.string_containers, builder.preserve_whitespace_tags
    new_attributes = builder.attribute_dict_class
    prototypes: dict[str, dict[str, object]] = {}
    parents: list[Tag] = [soup]
    string_classes: list[str] = []
    pre_depth = depth = 0
    last: PageElement = soup

    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag
        parent = parents[-1]
        if event == "start":
            # Each tag is a copy: the constructor would work out again what all tags of a name have in common.
            if name not in prototypes:
                prototypes[name] = vars(kind(soup, builder, name))
            tag = kind.__new__(kind)
            tag.__dict__ = prototypes[name].copy()
            tag.attrs = new_attributes(element.items())
            tag.contents = []
            _append(tag, parent, last)
            depth = max(depth, len(parents))
            parents.append(tag)
            parent = last = tag
            if name in containers:
                string_classes.append(name)
            pre_depth += name in preformatted
            text = element.text
        else:
            parents.pop()
            parent = parents[-1]
            if name in containers:
                string_classes.pop()
            pre_depth -= name in preformatted
            text = element.tail
        if text:
            if not pre_depth and not text.strip(_WHITE_SPACE):
                text = "\n" if "\n" in text else " "
            # Made without its constructor, which would call `setup` in vain: `_append` sets the neighbours.
            string = str.__new__(containers[string_classes[-1]] if string_classes else NavigableString, text)
            string.hidden = False
            _append(string, parent, last)
            last = string
    return soup, depth


def _append(node: PageElement, parent: Tag, last: PageElement) -> None:
    """Append `node` to `parent`, and link it to `last`, the node before it in document order."""
    node.parent, node.previous_element, node.next_element = parent, last, None
    node.previous_sibling, node.next_sibling = None, None
    last.next_element = node
    if parent.contents:
        above = node.previous_sibling = parent.contents[-1]
        above.next_sibling = node
    parent.contents.append(node)


def parse(markup: str) -> tuple[BeautifulSoup, tuple[Note, ...]]:
    """Return the tree of a page, and a note if its nesting was flattened; SourceError if the page is empty."""
    pruned = prune(markup).markup
    root, is_whole = parse_with_lxml(pruned)
    return to_soup(root) if root is not None and is_whole else _repaired(_parse_any_depth(pruned))


def to_soup(root: LxmlElement) -> tuple[BeautifulSoup, tuple[Note, ...]]:
    """Return what `parse` returns, for a page that `parse_with_lxml` has parsed; `root` is not changed."""
    soup, depth = convert_tree(root, IndexedTag)
    return _repaired(soup, is_deep=depth > MAX_DEPTH)


def _repaired(soup: BeautifulSoup, *, is_deep: bool = True) -> tuple[BeautifulSoup, tuple[Note, ...]]:
    if next(soup.stripped_strings, None) is None and soup.find("img") is None:
        raise SourceError("nothing is left of this page after parsing", what_next="save it again from the browser")
    flattened = is_deep and _flatten(soup)  # first, since the time to move a node grows with the depth below it
    if wrap_stray_children(soup):
        flattened = _flatten(soup) or flattened
    return soup, (note("NESTING_FLATTENED", limit=MAX_DEPTH),) if flattened else ()


def parse_with_lxml(pruned: str) -> tuple[LxmlElement | None, bool]:
    """Parse markup by lxml alone, ten times as fast as by bs4; None if the markup is empty.

    The second value is False if the tree is incomplete: at 2,048 levels, the parser drops all that follows.
    """
    if not pruned.strip():
        return None, True
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    markup = pruned
    if _PARAGRAPH_IN_HEADING_HINT.search(pruned):
        markup = _PARAGRAPH_IN_HEADING.sub(_paragraph_as_span, pruned)
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    if REMOVED in pruned and root is not None:
        _take_out_removed(root)
    if root is not None:
        for element in root.iter(*_VERBATIM):
            element.tag = "pre"
        _move_content_to_body(root)
    return root, not any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


_PARAGRAPH_IN_HEADING = re.compile(
    r"(?P<start><h(?P<level>[1-6])(?:\s[^<>]{0,300}+)?>\s{0,40}+)<p(?P<attributes>(?:\s[^<>]{0,300}+)?)>"
    r"(?P<words>(?:[^<]{1,300}+|<(?!/?(?:p|h[1-6])[\s>])){1,40})</p>(?P<end>\s{0,40}+</h(?P=level)>)"
    r"|<(?P<verbatim>xmp|plaintext)[\s>](?:[^<]++|<(?!/(?P=verbatim)[\s>]))*+",
    re.IGNORECASE,
)
"""A heading whose only content is a paragraph: libxml2, unlike browsers, would end it before the paragraph.

Also an element of `_VERBATIM`, whose text may look like such a heading.
"""
_PARAGRAPH_IN_HEADING_HINT = re.compile(r"<[hH][1-6][^<>]*+>\s*+<[pP][\s>]")
"""Few pages have this. The search takes a tenth of the time of a search for the whole heading."""
_VERBATIM = ("xmp", "plaintext")
"""Obsolete elements whose text may look like markup. They become `pre`: otherwise, serializing and parsing the tree
again would escape their text twice.
"""


def _paragraph_as_span(found: re.Match[str]) -> str:
    """Return the markup of a heading with a `span` for its paragraph, and other markup unchanged."""
    if found["verbatim"]:
        return found[0]
    return f"{found['start']}<span{found['attributes']}>{found['words']}</span>{found['end']}"


def _move_content_to_body(root: LxmlElement) -> None:
    """Move elements that may not be in `head` to the start of `body`, as browsers do.

    Without `</head>`, libxml2 leaves elements that it does not know, such as `main`, in `head`.
    """
    head, body = root.find("head"), root.find("body")
    strays = [child for child in head if child.tag not in METADATA] if head is not None else []
    if not strays:
        return
    if body is None:
        body = etree.SubElement(root, "body")
    text, body.text = body.text, None
    body[:0] = strays
    strays[-1].tail = (strays[-1].tail or "") + (text or "")


def _take_out_removed(root: LxmlElement) -> None:
    """Remove `REMOVED`, which only the parser needs, from all texts and values of attributes."""
    for element in root.iter(etree.Element):
        if element.text:
            element.text = element.text.replace(REMOVED, "")
        if element.tail:
            element.tail = element.tail.replace(REMOVED, "")
        for key, value in element.items():
            name = str(key)
            if REMOVED in value and not name.startswith("{"):  # lxml would read a namespace between braces
                element.set(name, str(value).replace(REMOVED, ""))


def _parse_any_depth(pruned: str) -> BeautifulSoup:
    """Parse markup by bs4, which is slower, but has no limit of depth."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return parse_with_bs4(pruned, IndexedTag)


_UNWRAPPED_IN_TABLES = frozenset({"form", "div", "center", "font"})
"""Elements that pages put around the cells of a row, where HTML allows none."""

_PARTS_OF_TABLES = ROW_GROUPS | {"caption", "tr", "td", "th"}
_HOLDERS_OF_ROWS = ROW_GROUPS | {"table", "tr"}
_STRAY_WRAPPERS: dict[str, tuple[str, frozenset[str]]] = {
    **dict.fromkeys(("table", *ROW_GROUPS), ("tr", ROW_GROUPS | {"caption", "colgroup", "col", "tr"})),
    "tr": ("td", frozenset({"td", "th"})),
    **dict.fromkeys(("ul", "ol"), ("li", frozenset())),
    "dl": ("dd", frozenset()),
}
"""List, table or row → the element that wraps stray children, and the names of children that are not stray.

In a list, only text is stray: the functions that read lists accept any element.
"""


def wrap_stray_children(soup: BeautifulSoup) -> bool:
    """Wrap stray text and elements between list items or table cells, and return whether there were any.

    The functions that read lists and tables would lose them.
    """
    parents: dict[str, list[Tag]] = {name: [] for name in _STRAY_WRAPPERS}
    misplaced = []
    column_groups = []
    for tag in elements(soup):
        if tag.name in parents:
            parents[tag.name].append(tag)
        elif tag.name in _UNWRAPPED_IN_TABLES:
            misplaced.append(tag)
        elif tag.name == "colgroup":
            column_groups.append(tag)
    apart = [tag for tag in column_groups if _take_apart_column_group(tag, soup)]
    parents["tbody"].extend(tag for tag in apart if tag.name == "tbody")
    found = bool(apart)
    for tag in misplaced:
        if tag.parent is not None and tag.parent.name in _HOLDERS_OF_ROWS and tag.find("td") and not tag.find("table"):
            tag.unwrap()
    for name, (wrapper_name, allowed) in _STRAY_WRAPPERS.items():
        for parent in parents[name]:
            wrapper: Tag | None = None
            for node in list(parent.children):
                if not _is_stray(node, allowed):
                    wrapper = None if isinstance(node, Tag) else wrapper
                elif wrapper is None:
                    wrapper, found = node.wrap(soup.new_tag(wrapper_name)), True
                    parents.get(wrapper_name, []).append(wrapper)
                else:
                    wrapper.append(node)
    return found


def _take_apart_column_group(group: Tag, soup: BeautifulSoup) -> bool:
    """Turn a `colgroup` that has more than `col` into a `tbody`; return whether it had more.

    As in HTML5, what tables cannot contain moves to before the table. Outside of a table, the `colgroup` becomes a
    `div`. The children are taken out from first to last, since this takes linear time.
    """
    if not any(_is_stray(node, frozenset({"col"})) for node in group.children):
        return False
    table = group.parent
    if table is None or table.name != "table":
        group.name = "div"
        return True
    before = soup.new_tag("div")
    for node in list(group.contents):
        if not _is_stray(node, frozenset({"col"})):
            node.extract()
        elif isinstance(node, Tag) and node.name in _PARTS_OF_TABLES:
            group.append(node)
        else:
            before.append(node)
    if before.contents:
        table.insert_before(before)
    group.name = "tbody"
    return True


def _is_stray(node: PageElement, allowed: frozenset[str]) -> bool:
    if isinstance(node, Tag):
        return bool(allowed) and node.name not in allowed
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString) and bool(node.strip())


def _flatten(soup: BeautifulSoup) -> bool:
    """Lift text, images and line breaks deeper than `MAX_DEPTH` to that depth; return whether there were any.

    Each element is taken apart once: the time is linear, even for hostile pages.
    """
    level: list[Tag] = [soup]
    for _ in range(MAX_DEPTH):
        level = [child for tag in level for child in tag.contents if isinstance(child, Tag)]
    too_deep = [tag for tag in level if tag.find(True) is not None]
    for tag in too_deep:
        leaves = list(_leaves(tag, soup))
        for leaf in leaves:
            leaf.extract()
        tag.clear()
        container = tag
        while container.name in _STRAY_WRAPPERS:  # text directly in a list or table would be lost
            container.append(soup.new_tag(_STRAY_WRAPPERS[container.name][0]))
            container = next(child for child in container.children if isinstance(child, Tag))
        container.extend(leaves)
    return bool(too_deep)


def _leaves(root: Tag, soup: BeautifulSoup) -> Iterator[PageElement]:
    """Yield the texts, images and line breaks below `root`, with a `br` where blocks begin or end."""
    open_elements: list[tuple[str, Iterator[PageElement]]] = [("", iter(list(root.contents)))]
    after_break = True
    while open_elements:
        name, nodes = open_elements[-1]
        node = next(nodes, None)
        if node is None:
            open_elements.pop()
        if isinstance(node, Tag) and node.name not in {"br", "img"}:
            open_elements.append((node.name, iter(list(node.contents))))
            name, node = node.name, None
        if node is not None:
            after_break = False
            yield node
        elif name in BLOCKS and not after_break:
            after_break = True
            yield soup.new_tag("br")
