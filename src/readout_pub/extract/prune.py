"""Cuts scripts, style sheets, embedded documents, comments and control characters out of markup, before parsing.

Parsing takes 15 ms for a page of 78 KB, mostly for scripts. `noscript` stays, since it holds copies of lazy images.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from readout_pub.html_elements import PRUNED

_OPENED = re.compile(rf"<({'|'.join(PRUNED)}|!--|\?xml)(?:\b|(?<=--))", re.IGNORECASE)
DATA = "ld+json"
"""The kind of a script with structured data (JSON-LD) instead of a program."""

_CLOSED = {
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in PRUNED},
    DATA: re.compile(r"</script\s*>", re.IGNORECASE),
    "!--": re.compile("-->"),
    "?xml": re.compile(r"\?>"),
}


_ATTRIBUTES = r"""(?:[^>"']|"[^"]*"|'[^']*')*+"""
_REST_OF_TAG = re.compile(_ATTRIBUTES)
"""The rest of a start tag after the name, up to its ">"; one within quotation marks does not end the tag."""

_MAX_TAG = 4096
"""Characters of a start tag that are looked at, to bound the time on hostile pages."""

_SCRIPT = re.compile(rf"<script{_ATTRIBUTES}>(.*)</script\s*>", re.IGNORECASE | re.DOTALL)


def prune(markup: str) -> str:
    """Return the markup without these; their line breaks stay, so that line numbers in notes are right."""
    return split_data_scripts(markup)[0]


def split_data_scripts(markup: str) -> tuple[str, list[str]]:
    """Return the pruned markup, and the content of each JSON-LD script."""
    kept: list[str] = []
    data: list[str] = []
    position = 0
    for kind, start, end in _pruned_ranges(markup):
        kept += [markup[position:start], "\n" * markup.count("\n", start, end)]
        position = end
        if kind == DATA and (script := _SCRIPT.fullmatch(markup, start, end)):
            data.append(without_forbidden(script[1]))
    return without_forbidden("".join([*kept, markup[position:]])), data


def script_elements(markup: str) -> Iterator[str]:
    """Yield the script elements of a page, each with its tags."""
    return (markup[start:end] for kind, start, end in _pruned_ranges(markup) if kind in {"script", DATA})


def _pruned_ranges(markup: str) -> Iterator[tuple[str, int, int]]:
    """Yield the kind, the start and the end of each element or comment to cut out.

    Start tags inside one are skipped: a script may write "<svg>" in a string. An element without end tag is left to
    the parser, and no other of its kind is tried: else a page of start tags alone would take quadratic time.
    """
    unclosed: set[str] = set()
    end = 0
    for opened in _OPENED.finditer(markup):
        if opened.start() < end:
            continue
        kind = _kind_of(markup, opened)
        if kind in unclosed or _closes_itself(kind, markup, opened.end()):
            continue
        closed = _CLOSED[kind].search(markup, opened.end())
        if closed is None:
            unclosed.add(kind)
            continue
        end = closed.end()
        yield kind, opened.start(), end


_FORBIDDEN_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_REFERENCES = re.compile(
    r"&#(?:0*(?:[0-8]|1[14-9]|2\d|3[01]|127)|x0*(?:[0-8bef]|1[0-9a-f]|7f|fff[ef]))(?:;|(?![0-9a-f]))", re.IGNORECASE
)
"""Characters that XML 1.0 forbids, so that EPUB, DOCX and XMP cannot contain them, and references to them.

Two patterns are faster than one: `re` searches for the common start "&#" of the second as a literal.
"""


def without_forbidden(markup: str) -> str:
    """Return the markup without characters that XML forbids."""
    return _FORBIDDEN_CHARACTERS.sub("", _FORBIDDEN_REFERENCES.sub("", markup))


def _kind_of(markup: str, opened: re.Match[str]) -> str:
    kind = opened[1].lower()
    if kind != "script":
        return kind
    tag = _REST_OF_TAG.match(markup, opened.end(), opened.end() + _MAX_TAG)
    return DATA if tag and DATA in unescape(tag[0]).lower() else kind


def _closes_itself(kind: str, markup: str, start: int) -> bool:
    end = markup.find(">", start, start + _MAX_TAG) if kind == "svg" else -1
    return end > 0 and markup[end - 1] == "/"
