"""Captions and credits of photos: recognised by their element or their wording, and separated from each other."""

from __future__ import annotations

from textwrap import dedent

import pytest

from readout_pub.model import figures, plain_text
from tests.pages import body, extracted, on_both_paths


@pytest.mark.parametrize(
    "markup",
    [
        '<figure>{photo}<figcaption>The Ministers <i class="credit">Photo: N. Ereus</i></figcaption></figure>',
        '{photo}<div class="caption">The Ministers</div><div class="photo-credit">Photo: N. Ereus</div>',
        '<div>{photo}<p class="copyright">Photo: N. Ereus</p><p class="caption">The Ministers</p></div>',
        """<figure>{photo}<div class="caption-box"><p class="copyright">Photo: N. Ereus</p>
        <figcaption>The Ministers</figcaption></div></figure>""",
        '<figure>{photo}<figcaption>The Ministers</figcaption></figure><p class="credit">Photo: N. Ereus</p>',
        '{photo}<p class="image-credit">Photo: N. Ereus</p><p class="image-credit-caption">The Ministers</p>',
    ],
)
def test_a_credit_line_is_separated_from_the_caption(markup: str) -> None:
    assert body(markup.format(photo='<img src="a.jpg" alt="Two men">')) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers"
          credit "Photo: N. Ereus"
    """)


@pytest.mark.parametrize(
    "line",
    [
        "© N. Ereus",
        "(c) N. Ereus",
        "Photo by N. Ereus",
        "Image credit: N. Ereus",
        "Pool Atlantis/Nerea Salt",
        "Crédit photo : N. Ereus",
        "Bildnachweis: N. Ereus",
        "Foto: N. Ereus",
        "写真提供：外務省",
        "图片来源：新华",
        "Фото: Н. Эреус",
        "Fot. N. Ereus",
        "צילום: נ. ארוס",
        "Valokuva: N. Ereus",
        "Martyno Smilgos nuotr.",
        "N. Ereus via Getty Images",
        "N. Ereus / Shutterstock.com",
        "Unsplash",
    ],
)
def test_a_line_worded_as_a_credit_below_a_caption_is_the_credit(line: str) -> None:
    photo = '<p><img src="a.jpg" alt="Two men"></p><p class="caption">The Ministers</p>'
    assert body(f"<p>Lead.</p>{photo}<p>{line}</p><p>One.</p>") == dedent(f"""\
        paragraph "Lead."
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers"
          credit "{line}"
        paragraph "One."
    """)


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("The Ministers", "(Photo: N. Ereus)"),
        ("The Ministers in the harbour.", "Photo by N. Ereus"),
        ("The Ministers in the harbour.", "Photo: N. Ereus/Reef"),
        ("Die Minister im Hafen", "[Foto: N. Ereus/Riff]"),
        ("Die Minister im Hafen", "© N. Ereus / Riff"),
        ("握手する両大臣", "（写真提供：外務省）"),
        ("両大臣が握手した。", "写真提供：外務省"),
        ("海明与潮生在港口握手", "记者 贝珊 摄"),
        ("海明在港口。", "贝珊 摄"),
        ("A komp első útja", "Fotó: Varjas Lili"),
        ("Die Minister am Hafen", "Foto: N. Ereus/Riff"),
        ("海明在港口", "（记者 贝珊 摄）"),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_separated(caption: str, credit: str) -> None:
    figure = f'<figure><img src="a.jpg" alt="Two men"><figcaption>{caption} {credit}</figcaption></figure>'
    assert body(figure) == dedent(f"""\
        figure
          photo a.jpg, alt "Two men"
          caption "{caption}"
          credit "{credit}"
    """)


@pytest.mark.parametrize(
    "caption",
    [
        "The Ministers (photo: N. Ereus, on the left).",
        "Photos by candlelight, which the Ministers took in the hall of the temple, are shown as they were found.",
        "The Ministers (left: N. Ereus)",
        "The Ministers under the photo: N. Ereus as a child",
        "A photo by N. Ereus shows the Ministers",
    ],
)
def test_a_sentence_about_a_photo_stays_in_the_caption(caption: str) -> None:
    outlined = body(f'<figure><img src="a.jpg" alt="Two men"><figcaption>{caption}</figcaption></figure>')
    assert f'caption "{caption}"' in outlined


def test_a_caption_that_is_only_a_credit_becomes_the_credit() -> None:
    outlined = body('<figure><img src="a.jpg" alt="Two men"><figcaption>© <b>N. Ereus</b></figcaption></figure>')
    assert 'credit "© [strong: N. Ereus]"' in outlined
    assert "caption" not in outlined


def test_a_caption_is_recognised_by_its_hungarian_class() -> None:
    photo = '<div><img src="a.jpg" alt="Two men"><div class="kepalairas">The Ministers<br>Source: Reef</div></div>'
    assert 'caption "The Ministers' in body(f"<p>Lead.</p>{photo}<p>One.</p>")


def test_a_credit_in_a_list_of_captions_is_separated() -> None:
    legend = "<li><strong>©</strong> N. Ereus</li><li>The Ministers</li>"
    outlined = body(f'<div class="image"><img src="a.jpg" alt="Two men"><ol class="legend">{legend}</ol></div>')
    assert 'caption "The Ministers"' in outlined
    assert "N. Ereus" in outlined.partition("credit ")[2]


@pytest.mark.parametrize(
    ("caption", "outlined"),
    [
        ('<p>The Ministers</p><p lang="fr">Les ministres</p>', 'caption "The Ministers⏎[fr: Les ministres]"'),
        (
            '<div lang="en">The Ministers</div><div lang="fr">Les ministres</div>',
            'caption "The Ministers⏎[fr: Les ministres]"',
        ),
        (
            '<p lang="fr">Les ministres</p>\n<p lang="es">Los ministros</p>\n<p>In Mu</p>',
            'caption "[fr: Les ministres]⏎[es: Los ministros]⏎In Mu"',
        ),
        (
            '<ul><li>The Ministers</li><li lang="ar" dir="rtl">الوزيران</li></ul>',
            'caption "The Ministers⏎[ar rtl: الوزيران]"',
        ),
        ('The Ministers <cite class="credit" lang="fr">Photo : N. Ereus</cite>', 'credit "[fr: Photo : N. Ereus]"'),
    ],
)
def test_each_part_of_a_caption_keeps_its_language(caption: str, outlined: str) -> None:
    assert outlined in body(f'<figure><img src="a.jpg" alt="Two men"><figcaption>{caption}</figcaption></figure>')


def test_a_caption_in_another_language_keeps_its_language() -> None:
    figure = '<figure><img src="a.jpg" alt="Two men"><figcaption lang="fr">Les ministres{}</figcaption></figure>'
    assert 'caption "[fr: Les ministres]"' in body(figure.format(""))
    assert 'caption "[fr: Les ministres]"\n  credit "[fr: (Photo : N. Ereus)]"' in body(
        figure.format(" (Photo : N. Ereus)")
    )
    credit = ' - <cite class="credit">N. Ereus</cite>'
    assert 'caption "[fr: Les ministres]"\n  credit "N. Ereus"' in body(figure.format(credit))


def test_a_block_beside_the_photo_in_an_articleimg_box_is_its_caption() -> None:
    photo = '<div class="articleimg"><img src="a.jpg" alt="Two men"><div class="desc">The Ministers</div></div>'
    assert 'caption "The Ministers"' in body(f"<p>Lead.</p>{photo}<p>One.</p>")


@pytest.mark.parametrize(
    "credit",
    ["| Crédit : N. Ereus", "| Avtor: N. Ereus", "| Avtor N. Ereus/Reef", "— © N. Ereus", "- Foto: N. Ereus/Riff"],
)
def test_a_sign_between_caption_and_credit_is_in_neither(credit: str) -> None:
    figure = f'<figure><img src="a.jpg" alt="Two men"><figcaption>The Ministers {credit}</figcaption></figure>'
    assert f'caption "The Ministers"\n  credit "{credit[2:]}"' in body(figure)


@pytest.mark.parametrize("sign", ["-", "|", "–"])
def test_a_sign_between_caption_and_credit_element_is_in_neither(sign: str) -> None:
    words = f'<span>The Ministers</span> {sign} <span class="credit">N. Ereus/Riff</span>'
    figure = f'<figure><img src="a.jpg" alt="Two men"><figcaption>{words}</figcaption></figure>'
    assert 'caption "The Ministers"\n  credit "N. Ereus/Riff"' in body(figure)


@pytest.mark.parametrize(
    "line", ["Reef Town, 14 May 2031", "Vila do Recife, 14 de maio de 2031", "Salt Bay, May 14, 2031"]
)
def test_a_place_and_a_day_in_italics_below_a_photo_are_no_caption(line: str) -> None:
    photo, speech = '<p><img src="a.jpg" alt="Two men"></p>', "<p>Excellencies, I am glad.</p>"
    (figure,) = figures(extracted(f"{photo}<p><em>{line}</em></p>{speech}"))
    assert not figure.caption
    (figure,) = figures(extracted(f"{photo}<p><em>The ministers meet on the reef, {line}</em></p>{speech}"))
    assert figure.caption


def test_a_credit_in_italics_may_follow_a_caption_in_italics() -> None:
    page = (
        '<p><img src="a.jpg" alt=""></p><p><em>The ministers meet on the reef</em></p>'
        "<p><em>(Photo Credit: Office of Tides)</em></p><p>They agreed.</p>"
    )
    (figure,) = figures(extracted(page))
    assert plain_text(figure.caption) == "The ministers meet on the reef"
    assert plain_text(figure.credit) == "(Photo Credit: Office of Tides)"


@pytest.mark.parametrize(
    ("caption", "before", "credit"),
    [
        ("<em>The ministers meet. Photo: N. Ereus</em>", "The ministers meet.", "Photo: N. Ereus"),
        ("Uvítání na útesu, foto: Nerea Salt", "Uvítání na útesu,", "foto: Nerea Salt"),
    ],
)
def test_a_credit_after_italics_or_a_comma_is_separated_from_the_caption(
    caption: str, before: str, credit: str
) -> None:
    page = f'<figure><img src="a.jpg" alt=""><figcaption>{caption}</figcaption></figure><p>They agreed.</p>'
    (figure,) = figures(extracted(page))
    assert (plain_text(figure.caption), plain_text(figure.credit)) == (before, credit)


def test_the_name_of_an_agency_stays_with_the_words_before_it() -> None:
    caption = 'The reef / Photo by N. Ereus on <a href="https://photos.example">Unsplash</a>'
    assert 'caption "The reef / Photo by N. Ereus on ' in body(
        f'<figure><img src="a.jpg" alt="A reef"><figcaption>{caption}</figcaption></figure><p>One.</p>'
    )


def test_the_name_of_an_agency_alone_in_a_line_is_the_credit() -> None:
    assert 'credit "Getty Images"' in body(
        '<figure><img src="a.jpg" alt="A reef"><figcaption><p>The reef.</p><p>Getty Images</p></figcaption></figure>'
    )


@pytest.mark.parametrize(
    "credit",
    [
        "(Official Photo by N. Ereus)",
        "(Palace of Atlantis Photo Nerea Ereus)",
        "[Ministry photo: N. Ereus]",
        "Photo by N. Ereus",
        "Foto: Ministerium/N. Ereus",
    ],
)
def test_a_paragraph_between_a_photo_and_its_credit_is_the_caption(credit: str) -> None:
    photo = '<p><img src="{0}.jpg" alt="Two men"></p><p>The Ministers sign {0}.</p>'
    outlined = body("".join(f"{photo.format(name)}<p>{credit}</p>" for name in ("a", "b")))
    assert outlined == dedent(f"""\
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers sign a."
          credit "{credit}"
        figure
          photo b.jpg, alt "Two men"
          caption "The Ministers sign b."
          credit "{credit}"
    """)


@pytest.mark.parametrize(
    "text",
    [
        "<p>The Ministers signed.</p><p>Photo: N. Ereus</p>",
        "<p>The Ministers signed.</p><p>© Ministry of Tides</p><p>Later.</p>",
        "<p>The Ministers signed.</p><p>(The photo was taken in May.)</p><p>Later.</p>",
        "<p>The Ministers signed.</p><p>Reuters</p><p>Later.</p>",
        "<p>The Ministers signed.</p><p>They met again.</p><p>Photo: N. Ereus</p><p>Later.</p>",
    ],
)
def test_a_paragraph_of_the_text_below_a_photo_is_no_caption(text: str) -> None:
    outlined = body(f'<p><img src="a.jpg" width="600" height="400" alt=""></p>{text}')
    assert 'paragraph "The Ministers signed."' in outlined


_WORDS = "“The keepers of the reef light forty lamps every night, and no ship has been lost since the spring tide.”"


@pytest.mark.parametrize(
    "page",
    [
        "<div><div class='cell center'>{photo}</div><div class='cell center'><p>{words}</p><p>{name}</p></div></div>",
        "<div class='image-box'>{photo}<p>{words} {name}</p></div>",
        "<p align='center'>{photo}</p><p align='center'>{words}</p><p>{name}</p>",
    ],
)
def test_a_quotation_beside_the_photo_of_its_speaker_is_text(page: str) -> None:
    photo, name = '<img src="a.jpg" alt="N. Reef">', "— Nerea Reef"
    for outline in on_both_paths(
        f"<p>Lead.</p>{page.format(photo=photo, words=_WORDS, name=name)}<p>Text.</p>"
    ).values():
        assert f'paragraph "{_WORDS}' in outline


@pytest.mark.parametrize(
    "caption", ["“The Lamp”, oil on canvas, 1931", "“Lamps for all”: keepers at the reef on Friday"]
)
def test_a_caption_that_begins_with_a_title_in_quotes_is_kept(caption: str) -> None:
    page = f"<div class='image-box'><img src='a.jpg' alt='N. Reef'><p>{caption}</p></div><p>Text.</p>"
    assert f'caption "{caption}"' in body(page)


@pytest.mark.parametrize("credit", ["Quelle: Ministerium der Gezeiten", "Source: Reef Agency", "Fuente: Puerto"])
def test_a_caption_that_is_only_a_source_becomes_the_credit(credit: str) -> None:
    outlined = body(f'<figure><img src="a.jpg" alt="Two men"><figcaption>{credit}</figcaption></figure>')
    assert f'credit "{credit}"' in outlined
    assert "caption" not in outlined


@pytest.mark.parametrize("label", ["Bron", "Källa", "Źródło", "Zdroj", "Forrás", "Lähde", "Источник", "来源", "Beeld"])
@pytest.mark.parametrize(
    "caption", ["The Ministers of Lemuria ({}: Reef)", "The Ministers of Lemuria<br>{}: <em>Reef</em>"]
)
def test_a_labelled_source_at_the_end_of_a_caption_is_the_credit(caption: str, label: str) -> None:
    words = caption.format(label)
    outlined = body(f'<figure><img src="a.jpg" alt="Two men"><figcaption>{words}</figcaption></figure>')
    assert 'caption "The Ministers of Lemuria"' in outlined
    assert f"{label}: " in outlined.partition('credit "')[2]


@pytest.mark.parametrize("credit", ["Quelle: <em>Riff</em>", "Photo: N. Ereus", "© N. Ereus"])
def test_a_last_caption_line_that_begins_as_a_credit_is_the_credit(credit: str) -> None:
    caption = f"The Ministers of Lemuria<br>{credit}"
    outlined = body(f'<figure><img src="a.jpg" alt="Two men"><figcaption>{caption}</figcaption></figure>')
    assert 'caption "The Ministers of Lemuria"' in outlined
    assert "credit " in outlined


def test_a_last_line_that_is_no_credit_stays_in_the_caption() -> None:
    caption = "The Ministers of Lemuria<br>Sources of salt are rare."
    outlined = body(f'<figure><img src="a.jpg" alt="Two men"><figcaption>{caption}</figcaption></figure>')
    assert "Sources of salt are rare." in outlined.partition('caption "')[2].partition('"')[0]


@pytest.mark.parametrize(
    ("words", "is_credit"),
    [
        ("Photo: Nerea Salt", True),
        ("Photo: Ministry of Tides and Lamps", True),
        ("Picture: N. Ereus/Reef Press", True),
        ("Photo: The harbour at dusk", False),
        ("Photo: Ministers", False),
        ("Photo: the Ministers on the quay", False),
        ("Photo: Ministers Reef and Salt meet. They talked.", False),
    ],
)
def test_a_caption_of_a_label_and_a_name_is_the_credit(words: str, *, is_credit: bool) -> None:
    outlined = body(f'<figure><img src="a.jpg" alt="Two men"><figcaption>{words}</figcaption></figure>')
    assert ("credit" in outlined) == is_credit


@pytest.mark.parametrize(
    ("end", "credit"),
    [
        ("(AFP / Nerea Salt)", "(AFP / Nerea Salt)"),
        ("[EPA/Ola Ebb]", "[EPA/Ola Ebb]"),
        ("(Reuters/N. Ereus/Reef)", "(Reuters/N. Ereus/Reef)"),
        ("(EU/Norway)", ""),
        ("(pap / salt)", ""),
    ],
)
def test_an_agency_and_a_name_in_brackets_after_a_caption_are_credit(end: str, credit: str) -> None:
    outlined = body(f'<figure><img src="a.jpg" alt="Two men"><figcaption>The quay. {end}</figcaption></figure>')
    assert outlined.partition("credit ")[2].strip().strip('"') == credit


@pytest.mark.parametrize(
    ("words", "is_caption"),
    [
        ("This post was written by Nerea Salt.", False),
        ("Dieser Beitrag erschien zuerst im Salzboten.", False),
        ("This post on the reef marks the channel.", True),
    ],
)
def test_a_paragraph_about_the_origin_of_the_article_is_no_caption(words: str, *, is_caption: bool) -> None:
    outlined = body(f'<p><img src="a.jpg" alt="Two men"></p><p><em>{words}</em></p><p>The text begins here.</p>')
    assert ("caption" in outlined) == is_caption
