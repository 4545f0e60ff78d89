from __future__ import annotations

import pytest

from readout_pub.alt.meaningless import why_meaningless


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("—", "empty"),
        ("Photo (3)", "generic"),
        ("Bild 2", "generic"),
        ("no description available", "generic"),
        ("メイン画像", "generic"),
        ("Representative image. (Agency file photo)", "generic"),
        ("※写真はイメージです", "generic"),
        ("参考画像", "generic"),
        ("tides_mini img", "file-name"),
        ("Tides-&-ships__MG_2953", "file-name"),
        ("quay_03", "file-name"),
        ("WhatsApp Image 2031-05-03 at 10.12", "file-name"),
        ("Two ships in the harbour", None),
        ("Infographic: how a lock works", None),
        ("The final image of the ship before the storm", None),
        ("写真展", None),
        ("A lighthouse (archive photo)", None),
        ("参考人の写真を見る議長", None),
    ],
)
def test_a_text_is_meaningless_for_one_reason(text: str, why: str | None) -> None:
    assert why_meaningless(text, "a.jpg") == why
