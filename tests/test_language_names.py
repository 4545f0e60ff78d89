"""English names of languages, for the overview of an archive and for the linter."""

from __future__ import annotations

import pytest

from readout_pub.language_names import language_name


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("ja", "Japanese"),
        ("en-US", "English (US)"),
        ("pt-br", "Portuguese (BR)"),
        ("zh-Hant", "Chinese (Traditional)"),
        ("zh-Hans-CN", "Chinese (Simplified)"),
        ("sr-Latn-RS", "Serbian (Latin)"),
        ("de-1996", "German"),
        ("x-atlantean", "x-atlantean"),
        ("qaa", "qaa"),
        ("", ""),
    ],
)
def test_a_language_tag_has_a_name_or_is_shown_as_it_is(tag: str, name: str) -> None:
    assert language_name(tag) == name
