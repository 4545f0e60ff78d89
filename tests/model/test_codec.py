"""Readouts survive a round trip through JSON; if the JSON is not a readout, the error names the wrong member."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given

from readout_pub import Readout, SourceError, UsageError, emit, from_json, json_schema, to_json
from readout_pub.image_store import ImageStore
from readout_pub.model import Blocks, Origin, Paragraph, Quote, is_json_unchanged, unsealed_json
from tests.model_strategies import ANY_CHARACTER, readouts

SMALL = Readout(language="en", body=(Paragraph(("They met.",)),), origin=Origin("page.html", "0" * 64))


@pytest.mark.slow
@given(readouts(ANY_CHARACTER))
def test_any_readout_round_trips_through_json(readout: Readout) -> None:
    content = unsealed_json(readout)
    assert from_json(content) == readout
    assert unsealed_json(from_json(content)) == content


def test_json_is_indented_and_leaves_out_empty_members() -> None:
    assert unsealed_json(SMALL).decode() == (
        '{\n "version": "1",\n "language": "en",\n "body": [\n  {\n   "type": "paragraph",\n   "children": [\n'
        '    "They met."\n   ]\n  }\n ],\n "origin": {\n  "name": "page.html",\n  "sha256": "' + "0" * 64 + '"\n }\n}\n'
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"titel": ["Talks"]}, "Object contains unknown field `titel`"),
        ({"version": "0"}, "Invalid value '0' - at `$.version`"),
        ({"body": [{"type": "poem"}]}, "Invalid value 'poem' - at `$.body[0].type`"),
        ({"body": [{"type": "paragraph", "children": [7]}]}, "at `$.body[0].children[0]`"),
        ({"issued": "yesterday"}, "Invalid RFC3339 encoded date - at `$.issued`"),
        (
            {"body": [{"type": "table", "body": [{"cells": [{"body": [], "colspan": 0}]}]}]},
            "Expected `int` >= 1 - at `$.body[0].body[0].cells[0].colspan`",
        ),
        ({"language": None}, "Expected `str`, got `null` - at `$.language`"),
    ],
)
def test_the_error_for_json_of_another_form_names_the_wrong_member(change: dict[str, object], reason: str) -> None:
    wrong = json.dumps(json.loads(unsealed_json(SMALL)) | change)
    with pytest.raises(SourceError) as refused:
        from_json(wrong)
    assert str(refused.value).startswith("this is not a readout in JSON: ")
    assert reason in refused.value.what
    assert refused.value.what_next == "compare it with `readout-pub schema`"


@pytest.mark.parametrize("content", [b"<html>", b'{"language": "\xff"}', b'{"\xff": "en"}', b'{"language": "\\ud800"}'])
def test_invalid_json_is_refused(content: bytes) -> None:
    with pytest.raises(SourceError, match="this is not a readout in JSON: "):
        from_json(content)


def test_json_nested_too_deeply_is_refused() -> None:
    bomb = '{"language": "en", "body": [' + '{"type": "quote", "body": [' * 100_000
    with pytest.raises(SourceError, match="it is nested deeper than any document"):
        from_json(bomb)


@pytest.mark.parametrize("depth", [250, 900, 5000])
@pytest.mark.parametrize("target", ["json", "html"])
def test_a_readout_nested_deeper_than_200_levels_is_refused(target: str, depth: int) -> None:
    body: Blocks = (Paragraph(("They met.",)),)
    for _ in range(depth):
        body = (Quote(body),)
    deep = msgspec.structs.replace(SMALL, body=body)
    with pytest.raises(UsageError, match="the readout is nested deeper than 200 levels"):
        emit(deep, ImageStore(), target)
    with pytest.raises((UsageError, SourceError), match="nested deeper than 200 levels"):
        from_json(unsealed_json(deep))


def test_the_schema_has_every_field_of_a_readout() -> None:
    schema = json_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(Readout.__struct_fields__) <= set(schema["$defs"]["Readout"]["properties"])


def test_json_is_sealed_and_an_edit_breaks_the_seal() -> None:
    content = to_json(SMALL)
    assert is_json_unchanged(content)
    assert is_json_unchanged(content.replace(b"They met", b"We met")) is False
    assert is_json_unchanged(unsealed_json(SMALL)) is None
    assert from_json(content) == SMALL


def test_a_value_that_json_cannot_represent_is_named() -> None:
    with pytest.raises(UsageError, match=r"Expected `array`, got `object` - at `\$\.body`"):
        to_json(msgspec.structs.replace(SMALL, body=(block for block in SMALL.body)))


def test_half_of_a_surrogate_pair_is_refused() -> None:
    broken = msgspec.structs.replace(SMALL, title=("\ud800",))
    with pytest.raises(UsageError, match="half of a surrogate pair"):
        to_json(broken)
