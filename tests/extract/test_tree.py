"""The functions on elements of the parsed page are correct and fast."""

from __future__ import annotations

import pytest
from bs4 import Tag

from readout_pub.extract.html_parser import parse
from readout_pub.extract.tree import elements


def test_whether_an_element_is_removed_is_known_without_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraph = elements(parse("<p>Fish</p>")[0])[-1]
    monkeypatch.delattr(Tag, "find")
    assert not paragraph.decomposed
    paragraph.decompose()
    assert paragraph.decomposed
