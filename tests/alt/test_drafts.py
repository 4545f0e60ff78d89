"""The estimate of tokens of a request for a draft."""

from __future__ import annotations

import msgspec
import pytest

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.drafts import estimated_tokens
from readout_pub.alt.lint import load_house_rules
from readout_pub.model import Missing

PHOTO = PhotoInContext(
    id="0123456789abcdef", archive="saved", page="talks.html", file="quay.jpg", alt=Missing(), page_text=""
)


@pytest.mark.parametrize("field", ["title", "caption", "credit", "before", "after", "site_name"])
def test_every_text_of_a_request_counts(field: str) -> None:
    rules = load_house_rules("wai")
    longer = msgspec.structs.replace(PHOTO, **{field: "Two boats " * 20})
    assert estimated_tokens(longer, rules, 800, 600) - estimated_tokens(PHOTO, rules, 800, 600) >= 50
