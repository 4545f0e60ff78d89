"""Which alternative texts say nothing about a photo, and why."""

from __future__ import annotations

import pytest

from readout_pub.alt.meaningless import why_meaningless


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("—", "empty"),
        ("★ ★ ★", "empty"),
        ("\N{THUMBS DOWN SIGN}", None),
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
        ("Download in the App Store", "generic"),
        ("Aboangebot", "generic"),
        ("広告", "generic"),
        ("Listen on Spotify!", "generic"),
        ("Zum YouTube-Kanal der Hafenverwaltung", "generic"),
        ("YouTube Aktivierung", "generic"),
        ("Abonnez-vous sur Instagram", "generic"),
        ("Content media", "generic"),
        ("YouTubeで見る", "generic"),
        ("Home > Visits > Port Linden", "generic"),
        ("News » Speeches", "generic"),
        ("Contact us", "generic"),
        ("Now live, click here", "generic"),
        ("No. 3", "generic"),
        ("xxx", "generic"),
        ("(AI image used for representational purpose)", "generic"),
        ("noimage", "generic"),
        ("お問い合わせ", "generic"),
        ("申し込みはこちら", "generic"),
        ("その２", "generic"),
        ("リンデン港ホームページ", "generic"),
        ("ＤＳＣ＿００４２", "file-name"),
        ("Harbour Grants Graphic", "file-name"),
        ("Safe Boats and Harbours Grant Program Graphic", "file-name"),
        ("Up next", "generic"),
        ("Signup call-to-action v.2", "file-name"),
        ("Fotolia 755119 - old boats", "file-name"),
        ("Visitors click on a map of the port", None),
        ("A banner of the sailing club", None),
        ("Hall 3", None),
        ("ホームページの画面を指さす職員", None),
        ("第3埠頭の船", None),
        ("Forget-me-not", None),
        ("Zur Seite geneigtes Schiff", None),
        ("A print of the old harbour", None),
        ("Newsletter of the Harbour Office, May 2031", None),
        ("広告を見る漁師", None),
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
def test_each_meaningless_text_has_its_reason_and_other_texts_have_none(text: str, why: str | None) -> None:
    assert why_meaningless(text, "a.jpg") == why


@pytest.mark.parametrize(
    ("text", "file", "why"),
    [
        ("Lucy", "lucy.jpg", None),
        ("Harbour", "Harbour.png", None),
        ("The long walk to the old quay", "The long walk to the old quay.jpg", None),
        ("harbour", "harbour.png", "file-name"),
        ("Old quay", "Old quay.png", "file-name"),
        ("Plan of the old quay (2)", "Plan of the old quay (2).png", "file-name"),
    ],
)
def test_a_name_or_a_description_after_which_the_file_was_named_is_no_file_name(
    text: str, file: str, why: str | None
) -> None:
    assert why_meaningless(text, file) == why
