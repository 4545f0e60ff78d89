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
        ("GettyImages-1203312", "file-name"),
        ("Bildschirmfoto 2031-05-03 um 10.12", "file-name"),
        ("Untitled design (3)", "file-name"),
        ("Artboard 1@2x", "file-name"),
        ("harbour-visit-ships", "file-name"),
        ("Harbour header 1200x628", "file-name"),
        ("Landing page middle graphic", "file-name"),
        ("Symbolbild", "generic"),
        ("YouTube video player", "generic"),
        ("OLYMPUS DIGITAL CAMERA", "generic"),
        ("This image has an empty alt attribute; its file name is quay.png", "generic"),
        ("Company logo", "generic"),
        ("Druckoptimierte Version", "generic"),
        ("Zur Seite der Hafenverwaltung", "generic"),
        ("Pay with PayPal", "generic"),
        ("Listen on Spotify!", "generic"),
        ("Zum YouTube-Kanal der Hafenverwaltung", "generic"),
        ("YouTube Aktivierung", "generic"),
        ("Abonnez-vous sur Instagram", "generic"),
        ("Content media", "generic"),
        ("YouTubeで見る", "generic"),
        ("Forget-me-not", None),
        ("Zur Seite geneigtes Schiff", None),
        ("A print of the old harbour", None),
        ("YouTube", None),
        ("Visitors watch on a screen how the lock opens", None),
        ("Zum YouTube-Kanal gehört auch dieses Studio am Hafen von Linden", None),
        ("A digital camera on a tripod", None),
        ("Hero image of the harbour festival", None),
        ("Logo design", None),
        ("Two ships in the harbour", None),
        ("Infographic: how a lock works", None),
        ("The final image of the ship before the storm", None),
        ("写真展", None),
        ("A lighthouse (archive photo)", None),
        ("参考人の写真を見る議長", None),
    ],
)
def test_a_text_is_meaningless_for_a_reason_or_not_at_all(text: str, why: str | None) -> None:
    assert why_meaningless(text, "a.jpg") == why
