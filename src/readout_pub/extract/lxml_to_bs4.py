"""A tree of lxml → the tree that Beautiful Soup would build, in half the time.

lxml calls Beautiful Soup's own builder for every tag and text, and the builder checks its many options each time. Here
the options are fixed, and the nodes before and after each node are known during one walk over the finished tree.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from lxml import etree

from readout_pub.sources.lxml_elements import LxmlElement

_WHITE_SPACE = " \n\t\f\r"


def parse_with_bs4(markup: str, kind: type[Tag]) -> BeautifulSoup:
    """Return the tree that Beautiful Soup's own builder makes: tags of class `kind`, each attribute one string."""
    return BeautifulSoup(markup, "lxml", element_classes={Tag: kind}, multi_valued_attributes=None)


def convert_tree(root: LxmlElement, kind: type[Tag]) -> BeautifulSoup:
    """Return `root` and everything below it with tags of class `kind`; it must not contain comments.

    As in Beautiful Soup, outside of `pre` text of white space only is reduced to one character, and the texts of
    scripts, style sheets, templates and ruby have classes of their own.
    """
    soup = parse_with_bs4("", kind)
    builder = soup.builder
    containers, preformatted = builder.string_containers, builder.preserve_whitespace_tags
    parents: list[Tag] = [soup]
    string_classes: list[str] = []
    pre_depth = 0
    last: PageElement = soup

    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag
        if event == "start":
            parent = kind(soup, builder, name, None, None, element.attrib, parents[-1], last)
            parents[-1].contents.append(parent)
            parents.append(parent)
            last = parent
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
            # The constructor of texts would call `setup` once more, for a text without neighbours.
            string = str.__new__(containers[string_classes[-1]] if string_classes else NavigableString, text)
            string.hidden = False
            string.setup(parent, last)
            parent.contents.append(string)
            last = string
    return soup
