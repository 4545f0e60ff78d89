"""Lines about a page, such as counters and buttons for the font size, are distinguished from its text.

In names of tests, `facts` are facts about the page: its author, its date, its subjects or its number of readers.
"""

from __future__ import annotations

import datetime as dt
import time

import pytest

from readout_pub.extract.generic.page_lines import ABOUT_PAGE, begins_as_tags, is_about_page, is_line_of_facts
from tests.extract.generic.pages import (
    DATED,
    HEADLINE,
    LATER,
    STORY,
    body_outline,
    extract_generic,
    newspaper,
    read_generic,
)
from tests.outline import outline


@pytest.mark.parametrize(
    "line",
    [
        "Количество показов: 314",
        "浏览次数：1204次",
        "조회수 : 1,204",
        "扫一扫在手机打开当前页",
        "PDFファイルをご覧いただくにはAdobe Acrobat Readerが必要です。",
        "Para visualizar los archivos PDF necesita Adobe Reader",
        "Was this page helpful?",
        "このページの情報は役に立ちましたか？",
        "이 페이지에서 제공하는 정보에 만족하십니까?",
        "上一篇：灯塔点亮",
        "다음글",
        "返回列表",
        "Top of Page",
        "Nach oben",
        "Retour en haut de la page",
        "Regresar al inicio",
        "맨 위로 돌아가기",
        "Quay lại đầu trang",
        "Повернутися наверх",
        "Til toppen",
        "Page last updated: 13 May 2031",
        "Stand: 13.05.2031",
        "Mis à jour le 13 mai 2031",
        "Última actualización: 13/05/2031 09:12",
        "Дата изменения: 13.05.2031",
        "آخر تحديث: 13 مايو 2031",
        "最終更新日：2031年5月13日",
        "Reading time: 2 min",
        "Sign up to our bulletins by email.",
        "Newsletter abonnieren",
        "Abonnez-vous à notre lettre d’information",
        "Prenumerera på vårt nyhetsbrev",
        "Written by Super User",
        "责任编辑：李明",
        "Liczba wyświetleń: 314",
        "Lượt xem: 314",
        "314 kali dibaca",
        "Comentarios desactivados",
        "Εμφανίσεις: 77",
        "You are one of 1204 visitors",
        "Best viewed with Netscape 4",
        "Hit counter 00231",
        "Copyright 2001 Consulate General",
        "Zobrazeno: 211x",
        "จำนวนผู้เข้าชม 120 คน",
        "Aktualizováno: 05.11.2031 / 09:12",
        "Poslední změna: 5. 11. 2031",
        "Zadnja sprememba: 5. 11. 2031",
        "Τελευταία Ενημέρωση Τετάρτη, 5 Νοεμβρίου 2031",
        "Последнее обновление: 5 ноября 2031 г.",
        "Останнє оновлення 5 листопада 2031",
        "תאריך עדכון: 13.05.2031",
        "Webmaster: web@tides.example",
        "Back to Transcripts",
        "Все новости",
        "Thank you for your feedback.",
        "421 views",
        "अंतिम अद्यतन: 16 जनवरी 2031",
        "Content owned by the District of Tides",
        "Uppdaterad 15 oktober 2031",
        "Paskutinė atnaujinimo data: 2031-06-11",
        "0 Commentaire",
        "Encuesta de satisfacción",
        "ダウンロード（Adobeサイトへ）",
        "| 1.204 lượt xem |",
        "Dilihat: 88 kali",
        "Release ID: 2991207 Visitor Counter : 1188",
        "質問：このページの情報は役に立ちましたか？",
        "האם המידע בעמוד זה עזר לך?",
        "Bu sayfa size yardımcı oldu mu?",
        "آخر تحديث: ٢٢/٠٥/٢٠٣١ ١٠:٤٤ ص",
        "วันที่ปรับปรุงข้อมูล 20 พ.ค. 2574",
        "回上一頁",
        "Lên đầu trang",
        "Sorry, there were no results based on your filter selections. Please reset the filter.",
        "Keine Treffer gefunden für Leuchtturm",
        "Displaying 1 - 5 of 194",
        "Showing 11 to 20 of 57 entries",
        "Mostrando 1 a 10 de 45",
        "検索結果はありません。",
        "Loading …",
        "Loading the latest news...",
        "読み込み中です",
        "ここから本文です。",
        "本文ここまで",
        "Start of main content",
        "본문 시작",
        "Chargement en cours",
        '본 저작물은 "공공누리" 제1유형에 따라 이용할 수 있습니다.',
        "조류청이 창작한 본 저작물은 공공누리 출처표시 조건에 따라 이용할 수 있습니다.",
        "Heeft deze informatie u geholpen?",
        "해당 저작물은 “공공누리 제1유형(출처표시)” 조건에 따라 이용할 수 있습니다.",
        "Усі матеріали сайту доступні за ліцензією Creative Commons",
        "Sauf mention contraire, tous les contenus de ce site sont sous licence etalab-2.0",
        "All content on this site is available under the Open Reef Licence",
        "All content is available under the Open Reef Licence v3.0, except where otherwise stated",
        "點閱數：521",
        "La legalidad, veracidad y la calidad de la información es responsabilidad de la Oficina de Mareas.",
        "Comentários encerrados.",
        "Would you like to give more detail?",
        "Give us your feedback on this page",
        "(रिलीज़ आईडी: 2991207) आगंतुक पटल : 318",
        "Opdateret den: 13. maj 2031 kl. 10:12 · Gældende den: 14. maj 2031",
        "Laatst gewijzigd op: 13 mei 2031 | Nog steeds geldig op: 14 mei 2031",
    ],
)
def test_a_line_about_the_page_is_left_out(line: str) -> None:
    assert is_about_page(line)
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<p>{line}</p>")) == alone


@pytest.mark.parametrize(
    "line",
    [
        "The harbour had 314 views of the reef before the lamps were lit.",
        "A flaw in Adobe Reader lets strangers read the files of the harbour.",
        "Scan the horizon for ships",
        "Visits to the temples are free.",
        "The next page of the treaty was lost at sea.",
        "Updated figures: 13 May 2031 in Reef Town",
        "Stand up for the reef on 13 May 2031",
        "Reading time tables is hard.",
        "The end of the text was lost at sea.",
        "Beginning of the contents of the chest",
        "12 May 2031",
        "You are one of the ministers who lit the lamps.",
        "Back to the harbour they sailed.",
        "Sign up to join the keepers of the lamps.",
        "Fishers subscribe to the rules of the reef.",
        "Loading the ships takes a day.",
        "There were no results of the talks on the reef.",
        "Showing 2 of 5 lamps that the keepers lit, the ship left.",
        "Displaying 3 to 5 of 9 flags at once is forbidden in the harbour.",
        "Seven views of the reef",
        "25x",
        "How would the harbour rate such a visit?",
        "All content of the wreck was saved.",
        "Unless otherwise agreed, the lamps burn until dawn.",
        "Unless otherwise stated, the information on the lamps is of May 2031.",
        "The text is published under the seal of the keepers.",
        "Sofern nicht anders angegeben, gelten die Zahlen für 2031.",
        "Sauf mention contraire, les textes du conseil entrent en vigueur le 1er mai.",
        "Salvo que se indique lo contrario, las cifras son de 2031.",
        "Tenzij anders vermeld, gelden de cijfers voor 2031.",
        "Give your feedback to the keepers by 14 May, the Minister said.",
        "Nach oben offene Lampen",
        "위로",
        "Lamps at the top of the page",
        "Would you like to give more details of the wreck, the judge asked.",
    ],
)
def test_a_line_that_only_resembles_lines_about_the_page_is_text(line: str) -> None:
    assert not is_about_page(line)


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2031-05-12 18:30　来源：利莫里亚潮汐部　字体：大 中 小　打印",
        "2031-05-12 18:30 来源：利莫里亚潮汐部",
        "作者：李明 来源：人民日报",
        "Дата: 12.05.2031 Источник: пресс-служба",
    ],
)
def test_a_line_of_facts_above_the_text_is_left_out(line: str) -> None:
    assert is_line_of_facts(line)
    assert line[-4:] not in body_outline(newspaper(f"{HEADLINE}<p>{line}</p>{STORY}{LATER}"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("<p>10:14 am</p>", "10:14"),
        ("<div><small>Tempo di lettura:</small><p>2 min</p></div>", "2 min"),
        ("<p>Release Date</p>", "Release"),
        ("<p>資料來源：公眾外交司</p>", "外交司"),
        ('<div><a href="#">Басып шығару</a> <a href="#">Бөлісу</a></div>', "Бөлісу"),
        ('<div><a href="javascript:send()">Lähetä</a> <a href="#">Suurenna</a></div>', "Suurenna"),
        ("<p><span>담당부서</span><span>등대과</span></p>", "등대과"),
        ('<div><a href="/">Home</a> &gt; <a href="/n">News</a> &gt; Harbour</div>', "News"),
        ("<p>홈 &gt; 알림 &gt; 보도자료</p>", "알림"),
        ('<div><a href="/">Anasayfa</a> / <a href="/n">Basın</a> / Duyuru</div>', "Basın"),
        ("<p>Published 4 May 2031 - Reading time: 1 min</p>", "Reading"),
        ("<p>Speech | Date: 04.05.2031 | Office of Tides</p>", "Office of Tides"),
        ("<p><span>Sunday, 4 May 2031</span> <span>Read 512 times</span></p>", "Sunday"),
        ("<p>Posted on 4 May 2031 3:12PM by the Office of Lamps</p>", "Lamps"),
        ("<div>סוג: הודעת דוברות</div>", "סוג"),
        ("<p>Chuyên mục: Tin cảng</p>", "Chuyên"),
        ("<p>Created: 17 July 2031</p>", "Created"),
        ("<div><span>28. 02. 2031</span><span>Aktuality</span></div>", "Aktuality"),
        ("<div>Ngày 12-11-2031, lúc 17:30</div>", "lúc"),
        ('<p><a href="/t">Office of Tides</a></p><div class="share"><a href="/b">Birds</a></div>', "Tides"),
        ("<p><span>REEF TOWN, 4 May 2031</span><span>Source: Office of Tides and Lamps</span></p>", "REEF TOWN"),
        ("<p>27 de agosto de 2031 - 6:15 p. m.</p>", "6:15"),
        ("<div>Ref No: PR311204, Issue Date: <span>May 06, 2031</span><br>Time: <span>17:42</span></div>", "PR311204"),
        ('<p><a href="/n">Press releases</a></p>', "releases"),
        ('<div><a href="/">Accueil</a> / <a href="/n">Presse</a> / Harbour open</div>', "Presse"),
        (
            "<table><tr><td>索 引 号：</td><td>00-114</td></tr><tr><td>发布机构：</td><td>灯塔办</td></tr></table>",
            "灯塔办",
        ),
        (
            '<ul><li><span>μέγεθος γραμματοσειράς</span> <a href="#">μείωση</a> <a href="#">αύξηση</a></li></ul>',
            "αύξηση",
        ),
        ('<div><a href="#">Yazdır</a> <a href="#">Paylaş</a></div>', "Yazdır"),
        ('<div><a href="#">Print</a> <a href="#">Save as PDF</a></div>', "PDF"),
        ('<div><a href="#">In trang</a><span>Lượt xem: 210</span></div>', "210"),
    ],
)
def test_facts_and_breadcrumbs_and_buttons_above_the_text_are_left_out(line: str, words: str) -> None:
    assert words not in body_outline(newspaper(f"{HEADLINE}{line}<p>4 May 2031</p>{STORY}"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('<span>Categoria</span><a href="/t">Marés</a>', "Categoria"),
        ('Tags: <a href="/t">Tides</a>, <a href="/u">Lamps</a>', "Tags"),
        ('Schlagwörter: <a href="/t">Gezeiten</a>', "Gezeiten"),
        ('Follow us on <a href="#x">the bird</a> and <a href="#y">the book</a>', "Follow"),
        ("Diese Seite drucken", "drucken"),
        ("【打印】【关闭】", "打印"),
    ],
)
def test_links_to_subjects_and_buttons_at_the_end_are_left_out(line: str, words: str) -> None:
    assert words not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<p>{line}</p>"))


@pytest.mark.parametrize(
    "facts",
    [
        '<p><time>4 May 2031</time> <span class="news-list-category">Tides <a href="/">Start</a> Lamps</span></p>',
        '<div><span>4 May 2031</span><span class="categories"><span>Tides</span>, <span>Lamps</span></span></div>',
        '<ul><li class="c-meta__date">4 May 2031</li><li class="c-meta__cats">Tides, Lamps</li></ul>',
    ],
)
def test_the_categories_beside_the_day_are_left_out(facts: str) -> None:
    text = body_outline(newspaper(f"{HEADLINE}{facts}{STORY}"))
    assert text.startswith('paragraph "The harbour of Atlantis')


ICON = '<a href="https://news.example/salt"><i class="icon"></i></a>'


@pytest.mark.parametrize(
    "line",
    [
        f"<div><span>Follow us on</span>{ICON}</div>",
        f"<p>Follow us:{ICON}{ICON}</p>",
        f"<div class='news'><span>تابعنا عبر</span>{ICON}<span></span></div>",
        f"<div><div>关注我们</div>{ICON}</div>",
        f"<p>Bizi takip edin {ICON}</p>",
    ],
)
def test_a_label_such_as_follow_us_before_icons_is_left_out(line: str) -> None:
    assert body_outline(newspaper(f"{HEADLINE}{line}{STORY}")) == body_outline(newspaper(f"{HEADLINE}{STORY}"))


@pytest.mark.parametrize(
    "line",
    [
        "<p>Follow us to the pier</p>",
        f"<h2>Tags for nets {ICON}</h2>",
        '<p>Categories of lamps <a href="#n1"></a></p>',
        "<p>تابعنا على مدى أيام ما جرى في الميناء.</p>",
    ],
)
def test_text_that_begins_like_a_label_of_icons_is_kept(line: str) -> None:
    words = line.partition(">")[2].partition("<")[0].strip()
    assert words in body_outline(newspaper(f"{HEADLINE}{STORY}{line}{LATER}"))


def test_keywords_without_links_are_text() -> None:
    line = "Keywords: tides, lamps, bells"
    assert line in body_outline(newspaper(f"{HEADLINE}{STORY}<p>{line}</p>{LATER}"))


def test_a_list_of_facts_is_left_out_and_a_glossary_is_kept() -> None:
    facts = '<dl class="info"><dt>등록일</dt><dd>2031-05-12</dd><dt>조회수</dt><dd>1,204</dd></dl>'
    assert "조회수" not in body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    terms = "<dl><dt>Ebb</dt><dd>Falling water.</dd><dt>Date modified</dt><dd>Ebb of dates.</dd></dl>"
    assert "Ebb of dates" in body_outline(newspaper(f"{HEADLINE}{STORY}{terms}{LATER}"))


@pytest.mark.parametrize(
    "line",
    [
        "日期：2031-05-12 地点：礁城海关旧址",
        "来源：利莫里亚潮汐部",
        "Source: the ministers said on 12 May 2031 that the lamps would be lit before the winter storms.",
        "12 May 2031, Reef Town",
    ],
)
def test_other_lines_with_dates_and_colons_are_text(line: str) -> None:
    assert not is_line_of_facts(line)


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("お問い合わせ先", "珊瑚省港湾局灯台課 電話：00-1234-5678"),
        ("このページに関するお問い合わせ", "灯台課 企画係"),
        ("담당부서", "등대과 해명월 (044-000-0000)"),
        ("문의처", "항만국 등대과"),
    ],
)
def test_a_contact_box_below_the_text_is_left_out(heading: str, lines: str) -> None:
    box = f'<div class="c1"><h2>{heading}</h2><p>{lines}</p></div>'
    result = extract_generic(newspaper(f"{HEADLINE}{STORY}{LATER}{box}"))
    assert lines not in result.body
    assert ABOUT_PAGE in result.dropped


def test_a_section_within_the_text_with_a_contact_heading_is_kept() -> None:
    box = "<div><h2>お問い合わせ先</h2><p>灯台課 企画係</p></div>"
    assert "灯台課 企画係" in body_outline(newspaper(f"{HEADLINE}{STORY}{box}{LATER}"))


def test_a_sentence_with_a_day_and_an_author_is_text() -> None:
    line = "On 4 May 2031 the lamps were lit by Lemuria, at last."
    assert line in body_outline(newspaper(f"{HEADLINE}<p>{line}</p>{STORY}{LATER}"))


def test_the_heading_of_a_list_of_facts_is_left_out_with_it() -> None:
    facts = "<dl><dt>Published</dt><dd>4 May 2031</dd><dt>Views</dt><dd>77</dd></dl>"
    box = f'<section><button aria-expanded="false">About this record</button>{facts}</section>'
    assert "About this record" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box}"))


def test_only_a_question_about_the_page_is_left_out_with_its_answers() -> None:
    box = "<div><h2>Was this page helpful?</h2><p>1: It was helpful</p><p>2: Somewhat</p></div>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", below=box))
    assert "Somewhat" not in outline
    text = "<div><p>Was this page of the log the last?</p><p>Two pilots said so.</p></div>"
    assert "Two pilots" in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{text}{STORY}"))


def test_the_title_at_the_end_of_a_breadcrumb_is_left_out() -> None:
    trail = '<nav><ol><li><a href="/">Home</a></li><li>Harbour open</li></ol></nav>'
    assert "Harbour open" not in body_outline(newspaper(f"{trail}{HEADLINE}{STORY}{LATER}"))


def test_buttons_to_share_right_below_a_long_headline_are_left_out() -> None:
    headline = f"<h1>{'Harbour of Atlantis open to the ships of every flag ' * 2}</h1>"
    share = (
        '<div class="share"><p>Pass it on</p><ul><li><a href="https://bird.example/">To the birds</a></li></ul></div>'
    )
    outline = body_outline(newspaper(f"{headline}{share}{STORY}{LATER}"))
    assert "Pass it on" not in outline
    assert "birds" not in outline


@pytest.mark.parametrize(
    "words",
    [
        "More Media Releases from Nerea Salt",
        "Weitere Meldungen zum Thema Gezeiten",
        "Plus de communiqués du ministère des Marées",
        "Más noticias de la Oficina de Mareas",
    ],
)
def test_links_to_more_documents_are_left_out_unlike_sentences_that_begin_so(words: str) -> None:
    more = f'<p class="more"><a href="/releases">{words}</a></p>'
    assert words not in body_outline(newspaper(f"{HEADLINE}{STORY}{more}{more.replace('/r', '/other-r')}"))
    assert words in body_outline(newspaper(f"{HEADLINE}{STORY}<p>{words} reached the harbour.</p>{LATER}"))


def test_the_copyright_and_the_links_back_at_the_end_are_left_out() -> None:
    page = f"""<html><body><table><tr><td><a href="/a">Reef</a></td><td>{HEADLINE}{STORY}{LATER}
    <p><a href="s.htm">Back to Speeches</a> | <a href="index.htm">Home</a></p>
    <p>© 1998 Ministry of Salt. Comments to <a href="mailto:web@salt.example">webmaster</a>.</p></td></tr></table>"""
    outline = body_outline(page)
    assert "Ministry of Salt" not in outline
    assert "Back to" not in outline


@pytest.mark.parametrize("line", ["© 2031 Reef Press. All rights reserved.", "Copyright 2031 by the Society of Tides."])
def test_a_copyright_below_the_text_is_kept_in_a_paragraph_but_not_in_a_box(line: str) -> None:
    assert line in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<p>{line}</p>"))
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<div>{line}</div>")) == alone


def test_the_copyright_in_the_first_line_of_a_page_is_left_out() -> None:
    rights = "Copyright 2031 Ministry of Salt. Copies of this page may be sold by anyone who names the ministry."
    page = f"<html><body><p>{rights}</p>{HEADLINE}{STORY}{LATER}</body></html>"
    assert "Ministry of Salt" not in body_outline(page)


def test_the_credit_of_the_last_photo_is_kept() -> None:
    photo = '<p><img src="lamp.jpg" width="600" alt="A lamp"></p><p>© 2031 Reef Pictures</p>'
    assert "Reef Pictures" in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{photo}"))


def test_a_day_with_a_counter_right_after_it_is_the_date() -> None:
    facts = '<div class="info"><span>14:20 / 16.02.2031</span><span>1 532</span></div>'
    readout = read_generic(newspaper(f"{HEADLINE}{facts}{STORY}").replace('lang="en"', 'lang="uz"'))
    assert readout.issued == dt.date(2031, 2, 16)
    assert "1 532" not in outline(readout.body)


def test_a_box_with_name_and_telephone_below_the_text_is_left_out() -> None:
    lines = ("Nerea Salt", "Adviser on tides", "+372 600 0000", "nerea.salt@tides.example")
    box = f"<div>{''.join(f'<p>{line}</p>' for line in lines)}</div>"
    assert "Nerea Salt" not in body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>", below=box))


def test_a_box_with_name_and_telephone_ending_the_article_is_text() -> None:
    lines = ("Nerea Salt", "Spokeswoman for the tides", "nerea.salt@tides.example", "+32 (0) 460 55 51 77")
    box = f"<div>{''.join(f'<div>{line}</div>' for line in lines)}</div>"
    outline = body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>{box}"))
    assert [line for line in lines if line not in outline] == []


@pytest.mark.parametrize("telephone", ["Telefon: 22 55 55 40", "Tel.: +43 (0) 50 11 50 - 3320", "電話：03-5501-8000"])
def test_contacts_below_their_heading_are_text_only_in_the_article(telephone: str) -> None:
    box = f"<div><h2>Kontakt</h2><p>Office of lamps at the court</p><p>{telephone}</p></div>"
    assert telephone in body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>{box}"))
    assert telephone not in body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>", below=box))


def test_the_foot_of_a_page_in_one_paragraph_is_left_out() -> None:
    lines = ("Quick Links", "Last updated: 4 May 2031", "Best viewed with Netscape 4", "© 2031 Ministry of Salt")
    foot = f"<hr><p>{'<br>'.join(lines)}</p>"
    assert "Quick" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{foot}"))


def test_days_of_publication_and_change_listed_below_the_title_are_left_out() -> None:
    facts = "<ul><li>4 May 2031 -</li><li>| Last updated: 5 May 2031 18:44</li><li>English French</li></ul>"
    readout = read_generic(newspaper(f"{HEADLINE}{facts}<p><em>(As delivered)</em></p>{STORY}{LATER}"))
    assert outline(readout.body).startswith('paragraph "[emphasis: (As delivered)]"')
    assert readout.issued == dt.date(2031, 5, 4)


def test_a_list_with_a_link_to_a_subject_is_left_out_unlike_a_link_to_a_part() -> None:
    subjects = '<ul><li><a href="/portfolio/reefs">Reefs and lamps</a></li></ul>'
    assert "Reefs and lamps" not in body_outline(newspaper(f"{HEADLINE}<div>{subjects}</div>{STORY}{LATER}"))
    places = '<ul><li><a href="#reefs">Reefs and lamps</a></li></ul>'
    assert "Reefs and lamps" in body_outline(newspaper(f'{HEADLINE}{places}<h2 id="reefs">Reefs</h2>{STORY}{LATER}'))


def test_a_list_of_subjects_is_left_out_only_if_it_is_a_link() -> None:
    words = "Lamps of the reef; pilots held in Lemuria"
    field = "<div><div>Subjects</div><div>{}</div></div>"
    assert words in body_outline(newspaper(f"<div>{HEADLINE}{field.format(words)}</div>{STORY}{LATER}"))
    link = field.format(f'<a href="/subject/lamps">{words}</a>')
    assert words not in body_outline(newspaper(f"<div>{HEADLINE}{link}</div>{STORY}{LATER}"))


def test_the_office_that_first_issued_a_page_is_left_out() -> None:
    owner = '<p>Opprinnelig utgitt av: <a href="/office">Office of Lamps</a></p>'
    assert "Opprinnelig" not in body_outline(newspaper(f"<header>{HEADLINE}{owner}</header>{STORY}{LATER}"))


def test_an_aside_without_links_beside_the_text_is_left_out() -> None:
    aside = "<aside><div><h2>To your letter box</h2><p>News of the Lamp Office.</p></div></aside>"
    page = f"<section>{HEADLINE}</section><section><div>{STORY}{LATER}</div>{aside}</section>"
    assert "letter box" not in body_outline(newspaper(page))


def test_copyright_and_licence_above_the_text_are_left_out() -> None:
    licence = "This publication is licensed under the terms of the Reef Licence v3, except where stated."
    others = "<p>Where we have identified any rights of others you will need to ask the holders of these rights.</p>"
    box = f"<div><p>© Reef copyright 2031</p><p>{licence}</p>{others}</div>"
    outline = body_outline(newspaper(f"<header>{HEADLINE}</header><div>{box}{STORY}{LATER}</div>"))
    assert outline == body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))


def test_the_history_of_a_page_is_left_out() -> None:
    changes = (
        "<ol><li><time>4 May 2031</time><p>Two lamps added.</p></li><li>1 May 2031<p>First published.</p></li></ol>"
    )
    box = f"<div><h2>Updates to this page</h2><span>Published 1 May 2031</span>{changes}</div>"
    assert "Two lamps" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box}"))


def test_a_download_named_like_the_page_is_left_out_and_others_stay() -> None:
    box = '<div><div>{}</div><div>English (38.1 kB - PDF)</div><a href="/f" download>Download</a></div>'
    assert "38.1" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box.format('Harbour open')}"))
    assert "Lamp plan" in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box.format('Lamp plan')}"))


def test_a_cell_of_links_beside_the_text_is_left_out() -> None:
    links = "<br>".join(f'<a href="/{word}">Lamps of {word}</a>' for word in ("reef", "cape", "bay", "sound"))
    cells = f"<tr><td><b>Sections</b><br>{links}</td><td>{HEADLINE}{STORY}{LATER}</td></tr>"
    page = f"<html><head><title>Harbour open</title></head><body><table>{cells}</table></body></html>"
    assert "a menu beside the text" in extract_generic(page).dropped
    assert "Sections" not in body_outline(page)
    assert "Captains who" in body_outline(page)


def test_a_cell_of_files_beside_the_text_is_no_menu() -> None:
    links = "<br>".join(f'<a href="/{word}.pdf">Annex on the {word}</a>' for word in ("reef", "cape", "bay", "sound"))
    cells = f"<tr><td>{HEADLINE}{STORY}{LATER}</td><td>{links}</td></tr>"
    page = f"<html><head><title>Harbour open</title></head><body><table>{cells}</table></body></html>"
    assert "a menu beside the text" not in extract_generic(page).dropped


def test_an_office_and_a_year_outside_of_the_text_are_left_out() -> None:
    lines = "<p>Office of the Reef<br>2031</p>"
    assert ABOUT_PAGE in extract_generic(newspaper(f"{HEADLINE}{STORY}{LATER}", below=lines)).dropped
    assert ABOUT_PAGE not in extract_generic(newspaper(f"{HEADLINE}{STORY}{lines}{LATER}")).dropped


def test_author_day_and_section_below_the_text_are_left_out() -> None:
    facts = 'Por <a href="/a">Redacción</a>|<span>2031-05-04T01:25:02+00:00</span><span>4 de mayo, 2031</span>'
    line = f'<div>{facts}|<a href="/b">Boletines</a>|<span>Comentarios desactivados</span></div>'
    assert "Boletines" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{line}"))


def test_a_bar_that_offers_the_page_as_a_file_is_left_out() -> None:
    bar = '<p><a href="#">Print friendly pdf</a><span>Press release</span><span>English (52.1 kB - PDF)</span></p>'
    assert "52.1" not in body_outline(newspaper(f"{HEADLINE}{bar}{STORY}{LATER}"))


def test_a_list_of_facts_is_left_out_unless_it_has_an_unknown_term() -> None:
    facts = "<dl><dt>Type</dt><dd>Notice</dd><dt>Topic</dt><dd>Lamps</dd><dt>Aimed at</dt><dd>All keepers</dd></dl>"
    assert "keepers" not in body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    meeting = "<dl><dt>Date</dt><dd>4 May</dd><dt>Topic</dt><dd>Fish</dd><dt>Participants</dt><dd>Two keepers</dd></dl>"
    assert "Two keepers" in body_outline(newspaper(f"{HEADLINE}{meeting}{STORY}{LATER}"))


def test_a_day_and_a_count_of_readers_beside_an_office_are_facts() -> None:
    facts = "<div><span>4 May 2031</span> <span>812 kali dibaca</span> <span>Office of Lamps</span></div>"
    assert "812" not in body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))


def test_a_section_with_a_telephone_number_below_the_text_is_text() -> None:
    box = "<div><h2>If your ship drifts</h2><p>Lamp keeper of Reef Town</p><p>555 014 2000</p></div>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box}"))
    assert "Lamp keeper" in outline
    assert "555 014 2000" in outline


def test_facts_of_a_meeting_among_facts_of_the_page_are_text() -> None:
    facts = "<div><p>Department: Lamps</p><p>Topic: Harbours</p>{}</div>"
    meeting = "<p>Delegation: Ola Reef</p><p>Place: Salt Hall</p>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{facts.format(meeting)}"))
    assert "Delegation: Ola Reef" in outline
    assert "Place: Salt Hall" in outline
    assert "Lamps" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{facts.format('')}"))


def test_facts_within_the_text_are_text() -> None:
    facts = "<h2>The ship</h2><dl><dt>Type</dt><dd>Ferry of oak</dd><dt>Department</dt><dd>Lamps</dd></dl>"
    assert "Ferry of oak" in body_outline(newspaper(f"{HEADLINE}{STORY}{facts}{LATER}"))


@pytest.mark.parametrize(
    "facts",
    [
        "<p>Date: 4 May 2031</p><p>Time: 14:00 to 15:30</p><p>Location: Hall of Lamps</p>",
        "<p>Datum: 4. Mai 2031</p><p>Ort: Hall of Lamps</p>",
        "<table><tr><th>Date</th><td>4 May 2031</td></tr><tr><th>Location</th><td>Hall of Lamps</td></tr></table>",
        "<dl><dt>Date</dt><dd>4 May 2031</dd><dt>Location</dt><dd>Hall of Lamps</dd></dl>",
    ],
)
def test_the_place_and_the_time_of_a_meeting_are_text(facts: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert "Hall of Lamps" in outline
    assert ("14:00" in outline) == ("14:00" in facts)


WELSH = (("Dyddiad", "4 Mai 2031"), ("Lleoliad", "Neuadd y Llanw"), ("Cyfeirnod", "AW/14"), ("Adran", "Adran y Môr"))
ROWS = {
    "dl": ("<dl>{}</dl>", "<dt>{}</dt><dd>{}</dd>"),
    "table": ("<table>{}</table>", "<tr><th>{}</th><td>{}</td></tr>"),
    "list": ("<ul>{}</ul>", "<li><b>{}</b> {}</li>"),
    "paragraphs": ("<div>{}</div>", "<p><strong>{}:</strong> {}</p>"),
    "boxes": ("<div>{}</div>", "<div><div>{}</div><div>{}</div></div>"),
    "spans": ("<div>{}</div>", "<span>{}</span> <span>{}</span> "),
}


@pytest.mark.parametrize("markup", ROWS)
def test_only_rows_with_a_date_are_left_out_if_labels_are_unknown(markup: str) -> None:
    block, row = ROWS[markup]
    facts = block.format("".join(row.format(*fact) for fact in WELSH))
    outline = body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}").replace('lang="en"', 'lang="cy"'))
    assert all(word in outline for label, value in WELSH[1:] for word in (label, value))
    assert ("Dyddiad" in outline) == (markup == "spans")
    days = block.format(row.format(*WELSH[0]) + row.format("Diweddarwyd", "5 Mai 2031"))
    page = newspaper(f"{HEADLINE}{days}{STORY}{LATER}").replace('lang="en"', 'lang="cy"')
    assert body_outline(page) == body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}").replace('lang="en"', 'lang="cy"'))


RELEASE = (
    ("Release date", "4 May 2031"),
    ("Status", "Final"),
    ("Filed under", "Lamps"),
    ("Last reviewed", "5 May 2031"),
)


@pytest.mark.parametrize("markup", sorted(ROWS.keys() - {"spans"}))
def test_rows_of_facts_of_a_release_are_left_out(markup: str) -> None:
    block, row = ROWS[markup]
    facts = block.format("".join(row.format(*fact) for fact in RELEASE))
    plain = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}")) == plain


@pytest.mark.parametrize("markup", ROWS)
def test_rows_without_a_day_are_text(markup: str) -> None:
    block, row = ROWS[markup]
    votes = block.format(row.format("O blaid", "14 porthladd") + row.format("Yn erbyn", "naw porthladd"))
    page = newspaper(f"{HEADLINE}{votes}{STORY}{LATER}").replace('lang="en"', 'lang="cy"')
    assert "naw porthladd" in body_outline(page)


@pytest.mark.parametrize("markup", sorted(ROWS.keys() - {"spans"}))
def test_rows_about_a_meeting_in_a_known_language_are_text(markup: str) -> None:
    block, row = ROWS[markup]
    meeting = block.format(row.format("Day", "4 May 2031") + row.format("Delegation", "Two keepers"))
    assert "Two keepers" in body_outline(newspaper(f"{HEADLINE}{meeting}{STORY}{LATER}"))


@pytest.mark.parametrize(
    "line",
    [
        '<p>Nerea Salt, Keeper of the Tides</p><p><a href="/reef">Jan Reef</a></p><p>Mika Kelp, Envoy</p>',
        '<p><a href="/reef">Jan Reef, Envoy for Lamps</a></p>',
        '<p><a href="https://video.example/1">Recording of the speech of Jan Reef</a></p>',
    ],
)
def test_a_link_between_title_and_text_is_text(line: str) -> None:
    assert "Jan Reef" in body_outline(newspaper(f"{HEADLINE}{line}{STORY}{LATER}"))


def test_a_last_sentence_with_a_link_called_start_is_text() -> None:
    line = '<p><a href="/works">Start</a> of the works: <a href="/may">May</a></p>'
    assert "of the works" in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{line}"))


def test_an_item_with_label_c_and_a_year_is_no_copyright_notice() -> None:
    items = (
        "<p>(a) the buoys are renewed;</p><p>(b) the bells are mended;</p><p>(c) 2035 is the year of the report.</p>"
    )
    assert "2035 is the year" in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{items}"))


def test_a_sentence_with_a_telephone_number_below_the_text_is_text() -> None:
    box = "<div><p>Ring the lamp keeper if the light is out.</p><p>555 014 2000</p></div>"
    assert "lamp keeper" in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box}"))


def test_a_heading_above_the_title_that_begins_like_it_is_left_out() -> None:
    headings = '<h2>Weekly briefing</h2><div><h3 class="title">Weekly briefing (5.14.)</h3>'
    outline = body_outline(newspaper(f"{headings}{STORY}{LATER}</div>", title="Weekly briefing (5.14.) | Lamp Office"))
    assert "Weekly briefing" not in outline


def test_facts_below_the_title_are_left_out_although_all_paragraphs_are_short() -> None:
    talk = "<p>记者：请问航道何时开放？</p><p>江岚：航道将于下月开放。</p>" * 2
    page = newspaper(
        f"<h1>航道记者会</h1><p><span>2031-05-12 18:42</span><span>来源：潮汐部</span></p>{talk}", title="航道记者会"
    )
    assert body_outline(page).startswith('paragraph "记者')


def test_a_contact_as_long_as_prose_is_left_out_in_an_aside_and_kept_in_a_box() -> None:
    address = (
        "Tove Ekö<br>Pressekreterare hos skärgårdsminister Lo Vinge<br>Telefon (växel) 08-405 00 00<br>Mobil 072-0"
    )
    box = f"<h2>Presskontakt</h2><p>{address}</p>"
    page = f"{HEADLINE}<div>{STORY}{LATER}</div>"
    assert "Tove Ekö" not in body_outline(newspaper(f"{page}<aside>{box}</aside>"))
    assert "Tove Ekö" in body_outline(newspaper(f"{page}<div>{box}</div>"))


@pytest.mark.parametrize(
    "contact",
    [
        "<h3>Media enquiries</h3><ul><li>Office of Salt: (02) 5550 7500</li><li>Lamp liaison: (02) 5550 1555</li></ul>",
        "<h2>Press contacts</h2><ul><li><h4>Tove Ekö</h4><div>Phone</div><div>+32 2 555 41 22</div></li></ul>",
        "<h3>Adresse für Rückfragen</h3><p>Tove Ekö<br>Lampenamt<br>Tel. +41 58 555 41 10</p>",
    ],
)
def test_a_press_contact_with_its_own_heading_in_the_article_is_text(contact: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div><div>{contact}</div>"))
    assert [word for word in ("Ekö", "Salt:", "555") if word in contact and word not in outline] == []
    assert contact[4:12] in outline


@pytest.mark.parametrize(
    "contact",
    [
        "<div class='card'>{}</div>",
        "<div>{}<img src='/staff/eko.jpg' alt=''></div>",
        "<section><div class='officer'><img src='/staff/eko.jpg' alt=''>{}</div></section>",
    ],
)
def test_a_card_with_a_contact_for_the_press_is_left_out(contact: str) -> None:
    story = f"{HEADLINE}<div>{STORY}{LATER}</div>"
    lines = "<h2>Press contact</h2><p>Tove Ekö</p><p>Tel. +41 58 555 41 10</p>"
    alone = body_outline(newspaper(story))
    assert body_outline(newspaper(story + contact.format(lines))) == alone


@pytest.mark.parametrize("heading", ["<h2>Media enquiries</h2>", "<p>Nerea Salt</p>"])
def test_a_contact_for_the_press_in_the_box_of_the_text_stays(heading: str) -> None:
    box = f"<div>{heading}<p>Lamp Office of the Ministry of Salt</p><p>+372 600 0000</p></div>"
    assert "Lamp Office" in body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}{box}</div>"))


def test_links_to_translations_in_a_list_are_left_out_with_their_label() -> None:
    links = "".join(f'<li><a href="/{code}">{name}</a></li>' for code, name in (("fr", "français"), ("de", "Deutsch")))
    box = f"<div><span>Languages:</span><ul>{links}</ul></div>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box}"))
    assert "Languages" not in outline
    assert "Deutsch" not in outline


def test_files_in_several_languages_are_text() -> None:
    links = "".join(f'<li><a href="/{n}.pdf">{name}</a></li>' for n, name in ((1, "français"), (2, "Deutsch")))
    assert "Deutsch" in body_outline(newspaper(f"{HEADLINE}{STORY}<ul>{links}</ul>{LATER}"))


def test_a_block_of_facts_and_versions_below_the_text_is_left_out() -> None:
    facts = "<dl><dt>Pierwsza publikacja:</dt><dd>11.10.2031 13:47 Ewa Rafa</dd></dl>"
    versions = "<table><tr><th>Tytuł</th><th>Wersja</th></tr><tr><td>Port otwarty</td><td>1.0</td></tr></table>"
    box = f"<section><h3>Informacje o publikacji</h3>{facts}{versions}<p>Archiwum: port@example.pl</p></section>"
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box}")) == alone


def test_the_heading_of_a_menu_beside_the_text_is_left_out() -> None:
    menu = "".join(f'<tr><td class="nav"><a href="/{n}">Lamps {n}</a></td></tr>' for n in range(5))
    side = f"<td><table>{menu}</table><p><b>Quick links</b></p><table>{menu}</table></td>"
    page = f"<table><tr>{side}<td>{HEADLINE}{STORY}{LATER}</td></tr></table>"
    assert "Quick links" not in body_outline(whole(page))


def test_a_labelled_fact_beside_menus_is_not_their_heading() -> None:
    menu = "".join(f'<li><a href="/{n}">Lamps {n}</a></li>' for n in range(5))
    box = f'<div><p><b>Declared:</b> Port Nautilus</p><div class="menu"><ul>{menu}</ul></div></div>'
    reasons = extract_generic(newspaper(f"{HEADLINE}{box}{STORY}")).reasons()
    assert "a heading of a menu" not in {reason.rule for reason in reasons}


def test_arrows_in_a_code_listing_are_not_a_breadcrumb() -> None:
    code = '<p><a href="/light">fn light(lamp) -> bool</a></p>'
    reasons = extract_generic(newspaper(f"{HEADLINE}{code}{STORY}")).reasons()
    assert ABOUT_PAGE not in {reason.rule for reason in reasons}


def test_a_heading_of_described_links_is_no_heading_of_a_menu() -> None:
    links = "".join(
        f'<li><a href="/{n}">Pilot {n}</a><div>All lamps of reef {n}, explained.</div></li>' for n in range(4)
    )
    box = f'<div><h2>Films of pilots</h2><ul class="menu">{links}</ul></div>'
    reasons = extract_generic(newspaper(f"{HEADLINE}{STORY}{box}{LATER}")).reasons()
    assert "a heading of a menu" not in {reason.rule for reason in reasons}


def test_a_block_named_footer_of_mostly_links_is_left_out_whole() -> None:
    links = "".join(f'<li><a href="/{n}">Office of lamps and tides {n}</a></li>' for n in range(9))
    words = "<p>All content is free unless the keepers of the lamps say so.</p>"
    foot = f'<div id="site-footer"><ul>{links}</ul>{words}</div>'
    assert "keepers of the lamps" not in body_outline(whole(f"<div>{HEADLINE}{STORY}</div>{foot}"))


def test_a_block_named_footer_with_a_licence_is_left_out() -> None:
    words = "<p>All content of this site is published under the Open Reef Licence</p><p>11 Lamp Street, Ereus</p>"
    page = whole(f'<div>{HEADLINE}{STORY}{LATER}</div><div class="footer">{words}</div>')
    assert "Lamp Street" not in body_outline(page)


def test_a_block_named_footer_with_a_copyright_is_left_out_whole() -> None:
    footer = '<div class="footer"><p>Salt Avenue No. 8, Reef Town</p><p>© 2031 Ministry of Salt</p></div>'
    page = newspaper(f"{HEADLINE}{STORY}{LATER}").replace("<footer>", f"{footer}<footer>")
    rules = {each.rule for each in extract_generic(page).reasons() if "Salt Avenue" in each.text}
    assert rules == {"the footer of the page"}


@pytest.mark.parametrize("name", ['id="logo"', 'class="site-logo"'])
def test_the_logo_of_the_site_above_the_title_is_left_out(name: str) -> None:
    logo = f'<div id="top"><p {name}><a href="/">Ministry of Salt and of Lamps<span> of Atlantis</span></a></p></div>'
    assert "the logo of the site" in extract_generic(newspaper(f"{HEADLINE}{STORY}{LATER}", above=logo)).dropped


def test_links_to_translations_below_a_long_subtitle_are_left_out() -> None:
    teaser = f"<p>{'Charts of the northern reef and of the lamps ' * 3}.</p>"
    subtitle = "<h3>issued by the ministers who met on the reef to talk about the lamps, the salt and the ferries</h3>"
    links = '<div><a href="/fr">Français</a> <a href="/no">Norsk</a></div>'
    page = newspaper(f"{HEADLINE}{subtitle}{links}{STORY}{LATER}", above=teaser, head=DATED)
    assert "Norsk" not in body_outline(page)


def test_a_line_on_other_versions_below_facts_is_left_out() -> None:
    facts = "<dl><dt>Pierwsza publikacja:</dt><dd>19.10.2031 11:24 N. Ereus</dd></dl>"
    versions = "<p>Aby uzyskać archiwalną wersję tej strony należy skontaktować się z redakcją portalu</p>"
    box = f"<section><h3>Informacje o publikacji dokumentu</h3>{facts}{versions}</section>"
    notice = f"<footer><p>{'Whoever writes to the keepers of the lamps agrees that they keep the letters. ' * 2}</p>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{box}").replace("<footer>", notice))
    assert [word for word in ("Informacje", "Pierwsza", "archiwalną") if word in outline] == []


def test_links_to_portfolios_above_the_text_are_left_out() -> None:
    links = '<a href="/portfolio/lamps">Lamps and Buoys</a> <a href="/portfolio/salt">Salt Works</a>'
    facts = f'<header>{HEADLINE}<div class="meta"><div>{links}</div><div>3 May 2031</div></div></header>'
    assert "links to the subjects of the page" in extract_generic(newspaper(f"{facts}{STORY}{LATER}")).dropped


def test_the_label_of_files_that_follow_is_text() -> None:
    files = '<p>Attachments:</p><p><a href="/lamps.pdf">Lamps of the reef</a></p>'
    assert "Attachments:" in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{files}"))


def test_facts_below_the_title_are_left_out_despite_a_sentence_above_it() -> None:
    above = "<div>The Harbour Office answers on +372 600 0000, by day and by night, on all days of the year.</div>"
    facts = "<table><tr><td>Source</td><td>Lamp Desk</td></tr><tr><td>Topic</td><td>Lamps</td></tr></table>"
    assert "Lamp Desk" not in body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}", above=above))


@pytest.mark.parametrize(
    "block",
    [
        "<div><input type='checkbox'>Which lamps?<p>Those of the reef.</p><input type='checkbox'>Lit by whom?</div>",
        "<div><p>Which lamps?<p><input type='checkbox' disabled>Those of the reef<input type='radio' disabled></div>",
        "<ul><li><input type='checkbox'>The lamps of the reef;</li><li><input type='checkbox'>the bells.</li></ul>",
    ],
)
def test_answers_and_tasks_beside_checkboxes_are_text(block: str) -> None:
    assert "of the reef" in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{block}"))


def test_a_table_of_contacts_that_ends_the_text_is_text() -> None:
    rows = "<tr><td>담당 부서</td><td>등대과</td></tr><tr><td>담당자</td><td>해명월 (044-000-0000)</td></tr>"
    table = f"<table>{rows}</table>"
    assert "해명월" in body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}{table}</div>"))


def whole(body: str) -> str:
    """Return a page that has only `body` and the title of the newspaper's story."""
    return f'<html lang="en"><head><title>Harbour open</title></head><body>{body}</body></html>'


def test_linked_cards_are_not_links_to_translations() -> None:
    cards = "".join(f'<li><a href="/{n}"><h2>Lamp of reef {n}</h2><p>{n} shells</p></a></li>' for n in (1, 2, 3))
    reasons = extract_generic(newspaper(f"{HEADLINE}<ul>{cards}</ul>{STORY}")).reasons()
    assert "links to the page in other languages" not in {reason.rule for reason in reasons}


ALONE = f"{HEADLINE}{STORY}{LATER}"


@pytest.mark.parametrize(
    "above",
    [
        "<div><h3>Release type</h3><p>Transcript</p><h3>Media contact</h3><p>Lamp Desk</p><h3>Date</h3></div>",
        '<p>Other formats: <a href="/1.pdf">PDF</a></p><p><a href="/1.xml">XML</a></p>',
        "<div>View - subject, author, date, views, text</div>",
    ],
)
def test_facts_with_labels_between_the_title_and_the_text_are_left_out(above: str) -> None:
    assert body_outline(newspaper(f"{HEADLINE}{above}{STORY}{LATER}")) == body_outline(newspaper(ALONE))


def test_the_publication_date_below_a_long_subtitle_is_left_out() -> None:
    subtitle = (
        "<h3>Three hundred ships a year are expected, says the Keeper of the Harbour, most of them with olives</h3>"
    )
    posted = "<div>Posted On: 4 MAY 2031 4:35PM by Tide Desk</div>"
    outline = body_outline(newspaper(f"{HEADLINE}{subtitle}{posted}{STORY}{LATER}"))
    assert "Three hundred ships" in outline
    assert "Posted On" not in outline


@pytest.mark.parametrize(
    "below",
    [
        "<div><h3>Metryczka</h3><ul><li>Data publikacji: 06.10.2031</li><li>Wydział Latarni</li></ul></div>",
        "<div><h4>Análisis</h4><ul><li>Rango: Resolución</li><li>Fecha de disposición: 04/03/2031</li></ul></div>",
        "<div><b>Опрос</b><p>Видны ли вам лампы?</p><input type='radio'>Да<input type='radio'>Нет</div>",
        "<div><p>Which lamp is lit?</p><input type='radio'>The first one.<br><input type='radio'>The last one.</div>",
        "<div><p>Άναψε η λάμπα;</p><label><input type='radio'>Ναι</label> <label><input type='radio'>Όχι</label></div>",
        "<div><p>¿Te sirvió esta luz?</p><button>Sí</button> <button>No</button></div>",
        "<div><p>Fandt du lampen?</p><div><a href='#'>Ja</a></div><div><a href='#'>Nej</a></div></div>",
        "<div>附件：</div>",
        "<p>Attachments:</p>",
        "<div><h2>ご意見をお聞かせください</h2><p>いかがでしたか</p><label><input type='radio'>よい</label></div>",
    ],
)
def test_facts_polls_and_empty_labels_below_the_text_are_left_out(below: str) -> None:
    assert body_outline(newspaper(f"{ALONE}{below}")) == body_outline(newspaper(ALONE))


COLUMN = '<div><h2>{head}</h2><p>Nerea Salt</p><p>Keeper of lamps</p><p><a href="{address}">Write to her</a></p></div>'


def test_a_column_with_headings_and_links_beside_the_text_is_left_out() -> None:
    page = newspaper(f"<div>{ALONE}</div>{COLUMN.format(head='Kontakt', address='/write')}")
    assert body_outline(page) == body_outline(newspaper(ALONE))


def test_an_annex_with_a_link_beside_the_text_is_text() -> None:
    items = "<li>Forty lamps will be lit along the reef;</li><li>Two pilots go with each ship that enters;</li>"
    annex = f'<h2>Annex: measures agreed</h2><ol>{items}<li><a href="/map">A map of the lamps</a></li></ol>'
    page = newspaper(f"<div>{ALONE}</div><div>{annex}</div>")
    assert "Two pilots go with each ship that enters" in body_outline(page)


def test_a_column_with_files_beside_the_text_is_text() -> None:
    page = newspaper(f"<div>{ALONE}</div>{COLUMN.format(head='Annexes', address='/annex.pdf')}")
    assert "Annexes" in body_outline(page)


@pytest.mark.parametrize(
    "line", ["热门搜索：灯塔航道", "인기검색어 등대 항로", "Popular searches: lamps", "Häufig gesucht: Lampen"]
)
def test_a_line_of_popular_searches_is_recognised_as_tags(line: str) -> None:
    assert begins_as_tags(line)


@pytest.mark.parametrize(
    "above",
    [
        '<div><span class="badge">Lamps</span><span class="badge">Tides</span></div>',
        "<ul><li>Admin</li></ul>",
        '<div><span>Thứ năm, 05/03/2031 | 17:30</span> <span>Lượt xem: 218</span> <a href="/in">In bài</a></div>',
    ],
)
def test_badges_and_accounts_and_dates_below_the_title_are_left_out(above: str) -> None:
    alone = body_outline(newspaper(f"{HEADLINE}<p>4 May 2031</p>{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}<p>4 May 2031</p>{above}{STORY}{LATER}")) == alone


def test_links_below_the_label_of_subjects_are_facts_of_the_page() -> None:
    subjects = (
        '<div><span>Argomenti</span><ul><li><a href="/1">Lampade</a></li><li><a href="/2">Maree</a></li></ul></div>'
    )
    reasons = extract_generic(newspaper(f"{HEADLINE}{subjects}{STORY}{LATER}")).reasons()
    assert ABOUT_PAGE in {reason.rule for reason in reasons if "Lampade" in reason.text}


@pytest.mark.slow
def test_files_below_the_label_of_subjects_are_text() -> None:
    files = '<div><span>Topics</span><ul><li><a href="/lamps.pdf">Lamps</a></li></ul></div>'
    assert "Lamps" in body_outline(newspaper(f"{HEADLINE}{files}{STORY}{LATER}"))


def test_a_menu_of_languages_may_include_a_link_for_blind_readers() -> None:
    links = "".join(f'<a href="/{n}">{name}</a>' for n, name in enumerate(("English", "Français", "无障碍阅读")))
    reasons = extract_generic(newspaper(ALONE, above=f"<div><span>5 May 2031</span> {links}</div>")).reasons()
    assert "links to the page in other languages" in {reason.rule for reason in reasons if "Français" in reason.text}


def test_a_time_below_a_heading_is_text_unlike_a_time_below_the_date() -> None:
    programme = "<h2>Programme</h2><p>9:30</p><p>Arrival of the keeper</p>"
    outline = body_outline(newspaper(f"{HEADLINE}<p>4 May 2031</p><p>14:05</p>{programme}{STORY}{LATER}"))
    assert "9:30" in outline
    assert "14:05" not in outline


@pytest.mark.parametrize("line", ["Avainsanat majakka reitti", "Klíčová slova: maják", "Λέξεις-κλειδιά: φάρος"])
def test_a_line_of_keywords_is_recognised_as_tags(line: str) -> None:
    assert begins_as_tags(line)


@pytest.mark.parametrize("line", ["Publicat luni, 4 mai 2031", "Pondělí 4. května 2031", "Julkaistu 4.5.2031 klo 9.15"])
def test_a_publication_date_with_a_weekday_or_a_time_is_left_out(line: str) -> None:
    page = newspaper(f"{HEADLINE}<p>{line}</p>{STORY}{LATER}").replace('lang="en"', "")
    assert line not in body_outline(page)


def test_a_lead_about_cookies_is_text_unlike_a_cookie_banner() -> None:
    lead = "<p>The Harbour Office bakes cookies for the pilots, who had none in the long winter of 2030.</p>"
    assert "bakes cookies" in body_outline(newspaper(f"{lead}{HEADLINE}{STORY}{LATER}"))
    banner = "<div><p>The Harbour Office uses cookies to light this site.</p><button>Agree</button></div>"
    assert "uses cookies" not in body_outline(newspaper(f"{banner}{HEADLINE}{STORY}{LATER}"))


@pytest.mark.parametrize(
    "links",
    [
        '<a href="/1">‹ Previous: Lamps lit</a> <a href="/2">Next: Bells rung ›</a>',
        '<a href="/1">← Предыдущая</a> <a href="/2">Следующая →</a>',
        'Vorherige Meldung: <a href="/1">Lampen entzündet</a> | Nächste Meldung: <a href="/2">Glocken geläutet</a>',
        '<a href="/1">前の記事</a>｜<a href="/2">次の記事</a>',
        '<a href="/2">Siguiente: Campanas del arrecife</a>',
    ],
)
def test_links_to_the_documents_before_and_after_are_left_out(links: str) -> None:
    result = extract_generic(newspaper(f"{ALONE}<div>{links}</div>"))
    assert "links to the documents before and after" in result.dropped


def test_a_sentence_about_previous_and_next_harbours_is_text() -> None:
    line = 'Previous harbours were open at noon; the <a href="/next">next harbour</a> is open all day.'
    assert "is open all day" in body_outline(newspaper(f"{HEADLINE}{STORY}<p>{line}</p>{LATER}"))


def test_a_statement_below_the_heading_metadata_is_text() -> None:
    box = "<div><h3>Metadata</h3><p>The metadata of all lamps were copied by the keepers.</p></div>"
    assert "copied by the keepers" in body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>{box}"))


@pytest.mark.parametrize(
    "line", ["An official website of the Lemurian government", "Eine offizielle Website des Landes"]
)
def test_the_banner_of_a_government_above_the_title_is_left_out(line: str) -> None:
    reasons = extract_generic(newspaper(ALONE, above=f"<div><p>{line}</p></div>")).reasons()
    assert "the banner of a government" in {reason.rule for reason in reasons if line in reason.text}


def test_a_breadcrumb_is_left_out_although_heading_and_declared_title_differ() -> None:
    head = '<meta property="og:title" content="令和13年4月12日-大臣会見">'
    trail = '<div><a href="/">トップページ</a> &gt; <a href="/n">灯台</a> &gt; 令和13年</div>'
    page = newspaper(f"{trail}<h1>灯台長官会見</h1><p>（問）灯は。</p><p>（答）ともります。</p>", head=head, title="")
    reasons = extract_generic(page).reasons()
    assert ABOUT_PAGE in {reason.rule for reason in reasons if "トップページ" in reason.text}


def test_a_line_of_an_account_a_date_and_subjects_is_left_out() -> None:
    author, subjects = '<a href="/u">Lamp Mission</a>', '<a href="/t">Lamps</a>, <a href="/s">Tides</a>'
    facts = f"<div>By {author} | 4 May 2031 | Topics: {subjects}</div>"
    text = f"<div>{STORY}{LATER * 3}</div>"
    reasons = extract_generic(newspaper(f"{HEADLINE}{text}{facts}")).reasons()
    assert ABOUT_PAGE in {reason.rule for reason in reasons if "Lamp Mission" in reason.text}


@pytest.mark.parametrize(
    "line", ["شارك: فيسبوك تويتر طباعة", "공유하기 페이스북 트위터 카카오톡", "Поделиться: ВКонтакте Одноклассники"]
)
def test_names_of_networks_after_the_word_share_are_buttons_in_several_scripts(line: str) -> None:
    links = " ".join(f'<a href="/{n}">{word}</a>' for n, word in enumerate(line.split()))
    result = extract_generic(newspaper(f"{ALONE}<div>{links}</div>"))
    assert "words of buttons to share or print the page" in result.dropped


def test_a_telephone_number_above_the_title_is_left_out_only_in_a_header() -> None:
    line = "Harbour Office, by day and by night, for all who are in distress: +372 600 0000"
    header = f'<div class="header-top"><div>{line}</div></div>'
    reasons = extract_generic(newspaper(ALONE, above=header)).reasons()
    assert "a telephone number of the site" in {reason.rule for reason in reasons if line in reason.text}
    assert line in body_outline(newspaper(f"<p>{line}</p>{ALONE}"))


def test_the_heading_of_facts_below_the_text_is_left_out_with_them() -> None:
    below = (
        "<div><h2>Updates to this record</h2><p>Date modified: 4 May 2031</p></div><h2>Lamps</h2><p>All are lit.</p>"
    )
    outline = body_outline(newspaper(f"{HEADLINE}<p>4 May 2031</p>{STORY}{LATER}{below}"))
    assert "Updates to this record" not in outline
    assert "Lamps" in outline


def test_a_cookie_request_in_finnish_above_the_title_is_left_out() -> None:
    banner = "<div><p>Käytämme evästeitä palvelun kehittämiseen.</p></div>"
    reasons = extract_generic(newspaper(ALONE, above=banner)).reasons()
    assert "a request to accept cookies" in {reason.rule for reason in reasons if "evästeitä" in reason.text}


@pytest.mark.parametrize(
    "above",
    [
        '<ul><li class="active">English</li><li><a href="/es">Español</a></li></ul>',
        "<p><time>May 4, 2031</time><i>/</i><a>0 Comments</a><i>/</i><b>in</b> <a>News</a></p>",
        "<p>Page Last Reviewed or Updated: 28-Jun-2031</p>",
    ],
)
def test_languages_and_lines_of_facts_with_slashes_are_left_out(above: str) -> None:
    alone = body_outline(newspaper(f"{HEADLINE}<p>May 4, 2031</p>{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}<p>May 4, 2031</p>{above}{STORY}{LATER}")) == alone


def test_buttons_without_a_space_between_them_are_left_out() -> None:
    buttons = '<div><a href="/1">PDF</a><a href="/2">Print</a><a href="/3">Email</a></div>'
    reasons = extract_generic(newspaper(f"{HEADLINE}{buttons}{STORY}{LATER}")).reasons()
    assert "words of buttons to share or print the page" in {r.rule for r in reasons if "PDFPrint" in r.text}


def test_a_statement_below_the_heading_about_this_page_is_text() -> None:
    box = "<div><h3>About this page</h3><p>Adopted by all seven ports</p></div>"
    assert "Adopted by all seven ports" in body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>{box}"))


def test_a_lead_about_cookies_above_a_headline_about_cookies_is_no_request() -> None:
    words = "The Harbour Office bakes cookies for the pilots, who had none in the long winter of 2030."
    lead = f"<div><p>{words}</p><button>Read aloud</button></div>"
    page = newspaper(f"{lead}<h1>Cookies for pilots</h1>{STORY}{LATER}", title="Cookies for pilots")
    reasons = extract_generic(page).reasons()
    assert "a request to accept cookies" not in {reason.rule for reason in reasons if "bakes cookies" in reason.text}


@pytest.mark.parametrize("words", ["Back to top", "Return to the top", "Jump to top"])
def test_a_link_to_the_top_is_recognised_by_its_words(words: str) -> None:
    assert words not in body_outline(newspaper(f'{HEADLINE}{STORY}<p><a href="#main-content">{words}</a></p>{LATER}'))


def test_a_hidden_label_right_above_a_photo_is_left_out() -> None:
    label = '<div class="field__label visually-hidden">Chart</div>'
    photo = f'<div class="field">{label}<div><img src="/lamps.png" width="900" alt="Lamps by month"></div></div>'
    reasons = extract_generic(newspaper(f"{HEADLINE}{STORY}{photo}{LATER}")).reasons()
    assert "a label of a photo for screen readers" in {reason.rule for reason in reasons if reason.text == "Chart"}


PARTS = "<h2>1. Lamps</h2>" + STORY + "<h2>2. Bells</h2>" + LATER


@pytest.mark.parametrize("heading", ["Contents", "On this page", "Inhalt", "Sommaire", "目次"])
def test_a_list_of_contents_is_left_out_with_its_heading(heading: str) -> None:
    entries = '<ul><li><a href="#1">Lamps</a></li><li><a href="#2">Bells</a></li></ul>'
    reasons = extract_generic(newspaper(f"{HEADLINE}<div><h2>{heading}</h2>{entries}</div>{PARTS}")).reasons()
    texts = [reason.text for reason in reasons if reason.rule == "links to the parts of the page"]
    assert texts == [f"{heading} Lamps Bells"]


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("Contents", '<h2 id="1">Forty lamps of the reef</h2>{}<h2 id="2">Bells in the fog</h2>{}'),
        ("In this post:", '<a id="1"></a><h2>Forty lamps of the reef</h2>{}<a id="2"></a><h2>Bells in the fog</h2>{}'),
        ("In this guide", '<div id="1"><h3>Forty lamps</h3>{}</div><div id="2"><h3>Bells in the fog</h3>{}</div>'),
    ],
)
@pytest.mark.parametrize("entry", ["<li>{}</li>", "<p>{}</p>"])
def test_entries_of_contents_may_have_other_words_than_the_headings(heading: str, parts: str, entry: str) -> None:
    entries = "".join(entry.format(link) for link in ('<a href="#1">The lamps</a>', '<a href="#2">The bells</a>'))
    contents = f"<div>{STORY}<p>{heading}</p><ul>{entries}</ul></div>"
    reasons = extract_generic(newspaper(HEADLINE + contents + parts.format(STORY, LATER))).reasons()
    texts = [reason.text for reason in reasons if reason.rule == "links to the parts of the page"]
    assert texts == [f"{heading} The lamps The bells"]


def test_a_list_whose_links_lead_nowhere_is_no_table_of_contents() -> None:
    entries = '<ul><li><a href="#1">Oars of kelp wood</a></li><li><a href="#2">Nets</a></li></ul>'
    reasons = extract_generic(newspaper(f"{HEADLINE}<div><h2>Contents</h2>{entries}</div>{PARTS}")).reasons()
    assert "links to the parts of the page" not in {reason.rule for reason in reasons}


@pytest.mark.parametrize("words", ["End of text", "(END OF TEXT)", "Beginning of the text"])
def test_a_line_such_as_end_of_text_is_kept(words: str) -> None:
    assert words in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<p>{words}</p>{STORY}"))


@pytest.mark.parametrize("place", ['<span id="3">3</span>', '<a name="3">3</a>'])
def test_a_link_above_the_prose_to_a_note_is_no_entry_of_contents(place: str) -> None:
    links = ("#1", "Lamps"), ("#2", "Bells"), ("#3", "The keepers met twice")
    entries = "".join(f'<li><a href="{address}">{words}</a></li>' for address, words in links)
    page = f"{HEADLINE}<ul>{entries}</ul>{PARTS}<p>{place} In the harbour and on the reef.</p>"
    assert "The keepers met twice" in body_outline(newspaper(page))


@pytest.mark.parametrize("sign", ["|", "｜", " / ", " · "])
def test_a_menu_in_one_line_below_the_text_is_left_out(sign: str) -> None:
    links = sign.join(f'<a href="/{word}">{word}</a>' for word in ("Lamps", "Bells", "Privacy"))
    reasons = extract_generic(newspaper(f"{HEADLINE}{STORY}{LATER}<div>{links}</div>")).reasons()
    assert "a menu in one line" in {reason.rule for reason in reasons if "Privacy" in reason.text}


def test_links_in_a_sentence_links_to_files_and_two_links_are_no_menus() -> None:
    words = '<div>Read <a href="/1">Lamps</a> | and <a href="/2">Bells</a></div>'
    files = '<div><a href="/1.pdf">Lamps</a> | <a href="/2.pdf">Bells</a></div>'
    parts = '<div><a href="/1">Joint Declaration</a> | <a href="/2">Annex on ports</a></div>'
    reasons = extract_generic(newspaper(f"{HEADLINE}{STORY}{LATER}{words}{files}{parts}")).reasons()
    assert "a menu in one line" not in {reason.rule for reason in reasons}


def test_facts_of_the_page_above_summaries_of_other_stories_are_left_out() -> None:
    words = "Смотрители маяков зажгли все лампы рифа, и лодки вернулись в гавань до рассвета без единой потери."
    facts = "<div><p>Опубликован в разделах: Новости</p><p>Дата публикации: 4 мая 2031 года, 13:45</p></div>"
    story = f'<div><h2>Смотрите также</h2><h3><a href="/1">Лампы горят</a></h3><p>{words}</p></div>'
    reasons = extract_generic(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>{facts}{story}")).reasons()
    assert ABOUT_PAGE in {reason.rule for reason in reasons if "Опубликован" in reason.text}


def test_an_aside_with_links_and_a_contact_is_left_out() -> None:
    aside = """<aside><ul><li><a href="#">Add to basket</a></li></ul><h2>Kontakt</h2><p>Pressestelle<br>
        Tel. 0721 555-1234</p></aside>"""
    reasons = extract_generic(newspaper(f"<div>{HEADLINE}{STORY}{LATER}</div>{aside}")).reasons()
    assert "a column beside the text" in {reason.rule for reason in reasons if "Kontakt" in reason.text}


def test_a_column_of_a_grid_with_contacts_and_links_is_left_out() -> None:
    card = "<div class='card contact'><h3>{}</h3><div>Officer of lamps</div><div>{}</div></div>"
    cards = card.format("Tove Ekö", "+32 2 555 41 22") + card.format("Nerea Salt", '<a href="#">salt@reef.test</a>')
    text = f"<div class='col-lg-8'>{STORY}{LATER}</div><div class='col-lg-4'>{cards}</div>"
    outline = body_outline(newspaper(f"<div class='banner'>{HEADLINE}</div><div class='row'>{text}</div>"))
    assert outline == body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}</div>"))


def test_a_column_with_dated_links_and_a_contact_is_left_out() -> None:
    links = "".join(f'<li><a href="/{n}">Keepers count lamps number {n}</a><br>1{n}.03.2031</li>' for n in range(3))
    column = f"<div><h2>Releases</h2><ul>{links}</ul><h2>Press contact</h2><p>Desk, tel. +420 224 182 098</p></div>"
    text = f"<div>{HEADLINE}{STORY}{LATER}</div>"
    assert body_outline(newspaper(text + column)) == body_outline(newspaper(text))


@pytest.mark.parametrize(
    "facts",
    [
        "<div><span>Reef affairs</span><span>4 May 2031</span></div>",
        '<div><a href="/reef">Reef affairs</a> <time>4 May 2031</time></div>',
        "<p>Delivered on 4 May 2031</p>",
        "<div><span>Управління комунікацій Апарату рифу</span><span>Опубліковано 4 травня 2031, о 13:44</span></div>",
        "<div class='td-post-views'>1043</div>",
        "<div><span>O</span><span>U</span></div>",
    ],
)
def test_facts_and_wordless_lines_above_the_text_are_left_out(facts: str) -> None:
    expected = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", head=DATED))
    assert body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}", head=DATED)) == expected


def test_a_bold_place_above_the_text_is_text() -> None:
    line = "<p><b>Reef Town</b> <i>4 May 2031</i></p>"
    assert "Reef Town" in body_outline(newspaper(f"{HEADLINE}{line}{STORY}{LATER}", head=DATED))


@pytest.mark.parametrize(
    "line",
    [
        '<p class="date"><span>Tide Hall, Reef Town, </span><span>Tuesday, May 14, 2031</span></p>',
        '<p class="meta"><span>Puerto Arrecife, </span><time>martes 14 de mayo de 2031</time></p>',
        '<div class="post-meta"><span>Rafa, </span><span>14 maja 2031</span></div>',
    ],
)
def test_a_dateline_in_a_row_of_facts_is_text(line: str) -> None:
    place = line.partition("<span>")[2].partition(",")[0]
    assert place in body_outline(newspaper(f"{HEADLINE}{line}{STORY}{LATER}", head=DATED))


@pytest.mark.parametrize("words", ["Tuesday, ", "Published, ", "reef affairs, ", "Reef affairs: all, "])
def test_a_weekday_a_label_or_a_section_before_a_day_makes_no_dateline(words: str) -> None:
    line = f'<p class="meta"><span>{words}</span><span>14 May 2031</span></p>'
    expected = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", head=DATED))
    assert body_outline(newspaper(f"{HEADLINE}{line}{STORY}{LATER}", head=DATED)) == expected


def test_a_timestamp_for_machines_beside_the_printed_day_is_left_out() -> None:
    facts = (
        '<div>By <a href="/desk">Desk</a>|<span class="updated">2031-05-05T01:22:10+00:00</span>'
        '<span>May 4, 2031</span>|<a href="/news">News</a></div>'
    )
    readout = read_generic(newspaper(f"{HEADLINE}{STORY}{LATER}{facts}"))
    assert readout.issued == dt.date(2031, 5, 4)
    assert "2031" not in outline(readout.body)


def test_a_sentence_above_links_to_parts_is_text() -> None:
    links = '<p>The harbour is open to all.</p><p><a href="#lamps">Lamps</a></p><p><a href="#tides">Tides</a></p>'
    parts = f'<h2 id="lamps">Lamps</h2>{STORY}<h2 id="tides">Tides</h2>{LATER}'
    assert "The harbour is open to all." in body_outline(newspaper(HEADLINE + links + parts, head=DATED))


@pytest.mark.parametrize(
    ("label", "first", "second"),
    [
        ("<p>Sou paj sa a</p>", '<a href="#lamps">Lanp yo</a>', '<a href="#tides">Mare yo</a>'),
        ("", '<a href="7.html#lamps"><p>Lamps</p></a>', '<a href="7.html#tides"><p>Tides</p></a>'),
        ("", '<a href="#lamps">Lamps of the reef</a><br><a href="#tides">Tides of the reef</a>', ""),
    ],
)
def test_links_above_the_prose_to_its_headed_parts_are_left_out(label: str, first: str, second: str) -> None:
    parts = f'{STORY}<a id="lamps"></a><div><h2>All lamps</h2>{LATER}</div><div id="tides"><h2>Tides</h2>{LATER}</div>'
    contents = f"<div>{label}<p>{first}</p><p>{second}</p></div>"
    assert body_outline(newspaper(HEADLINE + contents + parts)) == body_outline(newspaper(HEADLINE + parts))


@pytest.mark.parametrize("part", ["", "<div id='news'><p>The keepers lit all lamps.</p></div>"])
def test_a_link_to_a_part_without_a_heading_is_left_out_among_others(part: str) -> None:
    names = ("lamps", "tides", "news")
    links = "".join(f'<a href="7.html#{name}"><p>The {name}</p></a>' for name in names)
    parts = f'<h2 id="lamps">Lamps</h2>{STORY}<h2 id="tides">Tides</h2>{LATER}{part}'
    assert body_outline(newspaper(f"{HEADLINE}<div>{links}</div>{parts}")) == body_outline(newspaper(HEADLINE + parts))


def test_tabs_that_lead_to_parts_without_headings_are_no_table_of_contents() -> None:
    tabs = '<ul><li><a href="#lamps">Lamps</a></li><li><a href="#tides">Tides</a></li></ul>'
    parts = f'<div id="lamps">{STORY}</div><div id="tides">{LATER}</div>'
    reasons = extract_generic(newspaper(HEADLINE + tabs + parts)).reasons()
    assert "links to the parts of the page" not in {reason.rule for reason in reasons}


def test_the_language_of_the_page_may_stand_unlinked_among_links_to_translations() -> None:
    names = ["English", "Español", "Deutsch", "Français", "Português, Brasil", "Русский"]
    items = [f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(names)]
    switcher = f"<ul>{''.join(items[:3])}<li>Reefish</li>{''.join(items[3:])}</ul>"
    assert "Reefish" not in body_outline(newspaper(f"{HEADLINE}{switcher}{STORY}{LATER}"))


def test_microdata_without_links_and_a_footer_for_prints_are_left_out() -> None:
    data = (
        '<div itemprop="image">https://reef.test/lamp.jpg</div><div itemprop="publisher" itemscope>'
        '<div itemprop="name">Reef News</div><div itemprop="logo"><div itemprop="url">https://reef.test/l.png</div>'
        "</div></div>"
    )
    footer = '<div id="printFooter"><p>https://reef.test/harbour<br>printed on 4 May 2031</p></div>'
    page = newspaper(f"{HEADLINE}{data}{STORY}{LATER}{footer}", head=DATED)
    assert body_outline(page) == body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", head=DATED))


@pytest.mark.parametrize(
    "facts",
    [
        ("10 February 2031", "News release", "Reef Town, Atlantis", "Reading time: 1 min", "254 words in this news"),
        ("Office of Communication of the Assembly of the Citizens of Atlantis", "Published 10 February 2031, at 13:44"),
    ],
)
def test_a_long_row_of_facts_above_the_prose_is_left_out(facts: tuple[str, ...]) -> None:
    row = f"<div>{''.join(f'<span>{fact}</span>' for fact in facts)}</div>"
    body = body_outline(newspaper(f"{HEADLINE}{row}{STORY}{LATER}"))
    assert body == body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))


@pytest.mark.parametrize("first", [("9:00", "9:30"), ("4 May 2031", "5 May 2031")])
def test_rows_of_a_programme_above_the_prose_are_text(first: tuple[str, str]) -> None:
    rows = "".join(f"<div><span>{each}</span> <span>Tour of the quay</span></div>" for each in first)
    body = body_outline(newspaper(f"{HEADLINE}{rows}{STORY}{LATER}", head=DATED))
    assert body.count("Tour of the quay") == 2


def test_the_place_of_an_event_in_microdata_is_text() -> None:
    place = (
        '<div itemprop="location"><div itemprop="name">Hall of Reef Town</div>'
        '<div itemprop="url">https://reef.test/hall</div></div>'
    )
    body = body_outline(newspaper(f"{HEADLINE}{STORY}{place}{LATER}", head=DATED))
    assert "Hall of Reef Town" in body
    assert "https://reef.test/hall" in body


def test_a_number_above_its_label_is_text() -> None:
    figures = "<div><div>42</div><div>ships in the bay</div><div>17</div><div>quays in the harbour</div></div>"
    body = body_outline(newspaper(f"{HEADLINE}{figures}{STORY}{LATER}", head=DATED))
    assert "ships in the bay" in body
    assert "42" in body


@pytest.mark.slow
def test_thousands_of_timestamps_in_one_element_take_less_than_five_seconds() -> None:
    log = f"<div>{'<time>2031-05-04T10:00Z</time> bell ' * 5000}</div>"
    before = time.process_time()
    read_generic(newspaper(f"{HEADLINE}{STORY}{log}{LATER}"))
    assert time.process_time() - before < 5


def test_a_hijri_date_beside_its_gregorian_date_is_left_out() -> None:
    line = "الأربعاء 17 رجب 1446هـ الموافق 17 يناير 2025م"
    page = newspaper(f"<h1>ميناء أطلنطس مفتوح</h1><p>{line}</p>{STORY}{LATER}", title="ميناء أطلنطس مفتوح")
    assert line not in body_outline(page.replace('lang="en"', 'lang="ar"'))


@pytest.mark.parametrize(
    "words",
    [
        "Als PDF speichern", "Enregistrer en PDF", "Tamaño del texto", "Posłuchaj", "Copia link", "Скачать PDF",
        "音声で聞く", "Lees voor", "Ouvir", "Dinle", "음성듣기", "استمع", "Velikost písma", "Betűméret", "A A A",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["above", "below"])
def test_site_tools_around_the_text_are_left_out_in_many_languages(words: str, place: str) -> None:
    tools = f"<ul><li>{words}</li></ul>"
    parts = (tools, STORY, LATER) if place == "above" else (STORY, LATER, tools)
    assert words not in body_outline(newspaper(f"{HEADLINE}{''.join(parts)}"))


@pytest.mark.parametrize(
    "line",
    [
        "Publié le 13 avril 2031 - Modifié le 18 avril 2031",
        "Veröffentlicht am 13. April 2031, geändert am 18. April 2031",
        "Publicado: 13 de abril de 2031 | Modificado: 18 de abril de 2031",
        "Publicado em 13/04/2031 às 10h20 — Atualizado em 18/04/2031",
        "Publié le dimanche 13 avril 2031 à 17h05",
        "Publié le 13 avril 2031 à 17 h 05",
        "Gepubliceerd op 13 april 2031 om 15.30 uur",
        "Veröffentlicht am 13. April 2031 um 15:30 Uhr",
        "Publicat la 13 aprilie 2031 la ora 15:30",
        "Pubblicato il 13 aprile 2031 - Modificato il 18 aprile 2031",
        "Data publikacji: 13.04.2031, zmodyfikowano: 18.04.2031",
        "Publisert 13.04.2031 Sist endret 18.04.2031",
        "Offentliggjort 13. april 2031",
        "등록일 2031-04-13 조회수 120",
        "Δημοσίευση: 13 Απριλίου 2031",
        "For immediate release: April 13, 2031",
    ],
)
def test_publication_and_change_date_in_one_line_are_left_out(line: str) -> None:
    page = newspaper(f"{HEADLINE}<p>{line}</p>{STORY}{LATER}").replace('lang="en"', "")
    assert str(read_generic(page).issued) == "2031-04-13"
    assert "2031" not in body_outline(page)


@pytest.mark.parametrize(
    "offer",
    [
        'Need more space? Subscribe to our sister <a href="/m">"All Reefs" Magazine</a> for news of the deep!',
        'Keine Neuigkeiten vom Riff verpassen: Abonnieren Sie kostenlos die <a href="/n">Riff-Newsletter</a>.',
        'Lust auf mehr? Melde dich <a href="/n">hier</a> für unseren Newsletter an!',
    ],
)
def test_an_offer_of_a_newsletter_with_a_link_is_left_out(offer: str) -> None:
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}<p>{offer}</p>")) == alone


def test_a_sentence_of_the_text_about_a_newsletter_is_kept() -> None:
    told = 'Captains who joined the harbour can read <a href="/n">its newsletter</a> since May.'
    assert "Captains who joined" in body_outline(newspaper(f"{HEADLINE}{STORY}<p>{told}</p>{LATER}"))


@pytest.mark.parametrize(
    "link",
    [
        '<p><strong><a href="/lamps">Read more →</a></strong></p>',
        '<div><a role="button" href="#">Click to expand...</a></div>',
        '<div class="box"><a class="fancy" href="/lamps">Mehr anzeigen</a></div>',
        '<p><a href="/lamps"><span>Voir plus</span></a></p>',
        '<p><a href="/lamps">Ver más</a></p>',
        '<p><a href="/lamps">查看全部</a></p>',
        '<p><a href="/cart?lamp=4">Add to cart</a></p>',
    ],
)
def test_a_link_that_only_offers_more_is_left_out(link: str) -> None:
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", head=DATED))
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{link}{LATER}", head=DATED)) == alone


@pytest.mark.parametrize(
    "kept",
    [
        '<p><a href="/lamps">Learn more about the forty lamps of the new channel.</a></p>',
        '<p>Learn more: <a href="/lamps">the forty lamps of the new channel</a>, the pilots said on Friday.</p>',
        "<h2>Learn more</h2><p>Captains can ask the pilots of Lemuria, who know every lamp of the new channel.</p>",
    ],
)
def test_the_words_learn_more_beside_other_words_are_kept(kept: str) -> None:
    assert "Learn more" in body_outline(newspaper(f"{HEADLINE}{STORY}{kept}{LATER}", head=DATED))


@pytest.mark.parametrize(
    "line",
    [
        *("Advertisement", "- Anzeige -", "Publicité", "Реклама", "広告", "Story continues below this advertisement"),
        *("Image 2 of 5", "Bild 2 von 5", "Foto 2/5"),
    ],
)
@pytest.mark.parametrize("element", ["p", "div", "div><span"])
def test_labels_of_advertisements_and_counts_of_photos_are_left_out(line: str, element: str) -> None:
    alone = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", head=DATED))
    labelled = f"{HEADLINE}{STORY}<{element}>{line}</{element.partition('>')[0]}>{LATER}"
    assert body_outline(newspaper(labelled, head=DATED)) == alone


def test_a_heading_with_a_word_for_advertisements_is_kept() -> None:
    headed = f"{HEADLINE}{STORY}<h2>Anzeige</h2>{LATER}"
    assert "Anzeige" in body_outline(newspaper(headed, head=DATED))


def test_quotation_marks_are_not_the_signs_of_a_breadcrumb() -> None:
    line = "« Les marées », « Le phare » et « La digue »"
    assert line in body_outline(newspaper(f'{HEADLINE}<p class="chapo">{line}</p>{STORY}')).replace("\xa0", " ")


def test_headings_that_link_to_later_headings_of_the_page_are_left_out() -> None:
    links = "".join(f'<div><h2><a href="#{word}">Lamps of the {word}</a></h2></div>' for word in ("reef", "cape"))
    parts = "".join(
        f'<div><section id="{word}"></section></div><div><h2>LAMPS OF THE {word.upper()}</h2>{STORY}</div>'
        for word in ("reef", "cape")
    )
    body = body_outline(newspaper(f"{HEADLINE}{links}{parts}"))
    assert "Lamps of the reef" not in body
    assert "LAMPS OF THE REEF" in body


LEDE = "<p>The harbour of the isle is open to ships of every flag from today on, after eleven years of dredging.</p>"


@pytest.mark.parametrize(
    "facts",
    [
        "<div><small>Data:</small><p>05/04/2031</p><small>Tempo di lettura:</small><p>3 min</p></div>",
        "<div><p><i>First published:</i> <i>4 May 2031</i></p><p><i>Last updated:</i> <i>5 May 2031</i></p></div>",
    ],
)
def test_facts_between_a_lede_and_the_text_are_left_out(facts: str) -> None:
    plain = body_outline(newspaper(f"<div>{HEADLINE}{LEDE}</div><div>{STORY}{LATER}</div>"))
    assert body_outline(newspaper(f"<div>{HEADLINE}{LEDE}{facts}</div><div>{STORY}{LATER}</div>")) == plain


@pytest.mark.parametrize(
    "tools",
    [
        '<div>【字体：<a>大</a> <a>中</a> <a>小</a>】 <a href="javascript:window.print()">打印</a></div>',
        '<div><a class="btn" href="/r.pdf">Download full report (PDF)</a><a class="btn" href="#c">Cite it</a></div>',
        "<div><span>Listen to this article</span><audio src='/a.mp3' controls></audio></div>",
        "<div><span>Escuche esta nota</span><audio src='/a.mp3' controls></audio></div>",
        "<div><span>Ouça a notícia</span><audio src='/a.mp3' controls></audio></div>",
        "<div><h2>Contents</h2><ol><li><a href='/1'>1. Lamps</a></li><li><a href='/2'>2. Bells</a></li></ol></div>",
        "<dl><dt>Info</dt><dd>Category: <a href='/c'>Lamps</a></dd><dd>4 May 2031</dd></dl>",
    ],
)  # fmt: skip
def test_tools_between_the_title_and_the_text_are_left_out(tools: str) -> None:
    plain = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))
    assert body_outline(newspaper(f"{HEADLINE}{tools}{STORY}{LATER}")) == plain


def test_the_label_of_a_select_element_is_left_out() -> None:
    tools = "<div><label>Sort by <select><option>Name</option></select></label> as the pilots of the bay do</div>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{tools}{LATER}"))
    assert "Sort by" not in outline
    assert "as the pilots" in outline


def test_the_heading_of_a_form_below_the_text_is_left_out() -> None:
    form = "<div><h3>Log in here</h3><div><form><input name=user type=text><input type=password></form></div></div>"
    assert "Log in" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{form}"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('<p class="right">（以上）</p>', "以上"),
        ('<p class="story__sign"><em>Talk: Nerea Salt. First printed in May.</em></p>', "First printed"),
        ("<p class='x right'>(End)</p>", "(End)"),
    ],
)
def test_the_last_line_of_a_text_is_kept_whatever_its_class(line: str, words: str) -> None:
    entry = "<div class='qa'><p class='q'>{}</p><p class='a'>{}</p></div>"
    talk = "".join(entry.format("What is next?", text) for text in STORY.replace("<p>", "").split("</p>")[:3])
    assert words in body_outline(newspaper(f"{HEADLINE}{talk}{line}"))


@pytest.mark.parametrize(
    "lines",
    [
        "<p>There were no results for the northern ports. The boats keep left.</p>",
        "<p>No matches were found. The boats keep left.</p>",
        "<p>No hay resultados. The boats keep left.</p>",
    ],
)
def test_a_sentence_after_the_words_no_results_is_text(lines: str) -> None:
    assert "The boats keep left." in body_outline(newspaper(f"{HEADLINE}{STORY}{lines}{LATER}", head=DATED))


@pytest.mark.parametrize(
    "entries",
    [
        "<ul><li>Printing</li><li>Advertisement</li><li>Travel of the envoys</li></ul>",
        "<dl><dt>Printing</dt><dd>Four crowns a month.</dd><dt>Advertisement</dt><dd>Six crowns a month.</dd></dl>",
    ],
)
def test_a_word_for_advertisements_in_a_list_is_text(entries: str) -> None:
    page = newspaper(f"{HEADLINE}{STORY}<p>The purse pays for:</p>{entries}{LATER}")
    assert "Advertisement" in body_outline(page)


def test_the_subtitle_below_an_offer_to_listen_is_text() -> None:
    lines = "<div><p>Listen to this speech</p><p>Remarks at the feast of the pilots in Portwick</p></div>"
    assert "Remarks at the feast" in body_outline(newspaper(f"{HEADLINE}{lines}{STORY}{LATER}"))


@pytest.mark.parametrize("label", ["Status", "Détails"])
def test_a_long_sentence_is_no_fact_of_the_page(label: str) -> None:
    sentence = "The accord is in force in all seven ports of the bay."
    facts = f"<dl><dt>Agency</dt><dd>Office of Lamps</dd><dt>{label}</dt><dd>{sentence}</dd></dl>"
    outline = body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}", head=DATED))
    assert label in outline
    assert sentence in outline


@pytest.mark.parametrize(
    "facts",
    [
        '<p class="posted"><small>Gedwa na: Office of Tides | 4 May 2031</small></p>',
        '<p class="meta">Kamerpost: Bericht | 04-05-2031 | Ministerie van Getijden</p>',
        "<dl><dt>Reference</dt><dd>31-7</dd><dt>Enlace permanente</dt><dd>https://tides.example/31-7</dd></dl>",
        "<table><tr><td><b>Bid Number:</b> 31-7</td></tr><tr><td><b>Bid Status:</b> Closed</td></tr></table>",
        "<ul><li>תאריך פרסום: 04.05.2031</li><li>עדכון אחרון: 05.05.2031</li><li>יחידה: אגף הגאות</li></ul>",
    ],
    ids=["bars", "kind, day and ministry", "permanent link", "bid", "rows in Hebrew"],
)
def test_a_row_of_facts_below_the_title_is_left_out(facts: str) -> None:
    assert body_outline(newspaper(f"{HEADLINE}{facts}{STORY}")) == body_outline(newspaper(f"{HEADLINE}{STORY}"))


@pytest.mark.parametrize(
    "text",
    [
        "<p>Reef Town | Hall of lamps, 4 May 2031</p>",
        '<p class="meta">The keepers met on 4 May 2031 | They agreed on everything.</p>',
        '<p class="place">Salt Bay | 4 May 2031 | Third session</p>',
    ],
)
def test_a_line_of_text_with_bars_and_a_day_is_kept(text: str) -> None:
    words = text.partition(">")[2].partition("|")[0].strip()
    assert words in body_outline(newspaper(f"{HEADLINE}{STORY}{text}{LATER}"))


def test_a_link_to_a_file_named_like_the_title_is_left_out() -> None:
    offer = '<div class="dl"><a href="/h.pdf">Harbour open <span>PDF | 4 pages | 212 kB</span></a></div>'
    annex = '<div class="dl"><a href="/a.pdf">Harbour plan <span>PDF | 4 pages | 212 kB</span></a></div>'
    outline = body_outline(newspaper(f"{HEADLINE}{offer}{annex}{STORY}"))
    assert "Harbour open" not in outline
    assert "Harbour plan" in outline


def test_buttons_that_open_all_parts_of_a_text_are_left_out() -> None:
    buttons = '<p><a href="#">Expand all / collapse all</a></p>'
    assert "Expand all" not in body_outline(newspaper(f"{HEADLINE}{STORY}{buttons}{LATER}"))


def test_links_to_translations_after_a_long_label_are_left_out_unlike_others() -> None:
    links = '<p>Lesu zo sendalo na lingvo of tides: <a href="/en">English</a> , <a href="/ta">Tamil</a></p>'
    icons = '<p><a href="/en"></a> <a href="/ta">Plan of lamps</a></p>'
    assert "Plan of lamps" in body_outline(newspaper(f"{HEADLINE}{icons}{STORY}{icons}"))
    assert "English" not in body_outline(newspaper(f"{HEADLINE}{STORY}{links}"))


def test_a_date_that_stays_in_a_table_keeps_its_label() -> None:
    row = "<table><tr><td>发文机关：</td><td>海务部</td></tr><tr><td>成文日期：</td><td>2031年5月14日</td></tr></table>"
    text = body_outline(newspaper(f"{HEADLINE}{row}{STORY}{LATER}", head=DATED))
    assert "成文日期：" in text
    assert "2031年5月14日" in text


def test_a_day_below_a_subtitle_that_is_a_sentence_is_no_text() -> None:
    subtitle = "<h2>The project takes forty-one keepers and reaches sixty-eight towns on the reef.</h2>"
    day = '<p><a href="/o">Office of Tides</a></p><p class="date">18 May 2031 - 3:42 p. m.</p>'
    text = body_outline(newspaper(f"{HEADLINE}{subtitle}{day}<div>{STORY}<h2>Lamps</h2>{LATER}</div>"))
    assert "2031" not in text


def test_the_number_of_a_release_is_its_series_and_not_text() -> None:
    row = "<div><b>Reference Number:</b> PR231544, <b>Press Release Issue Date:</b> Oct 17, 2031</div>"
    readout = read_generic(newspaper(f"{HEADLINE}<div>{row}</div><div>{STORY}</div>"))
    assert "PR231544" in str(readout.series)
    assert "PR231544" not in outline(readout.body)


@pytest.mark.parametrize("period", ["Jun 16, 2031 - Jul 23, 2031", "16 June 2031 to 23 July 2031"])
def test_first_and_last_day_of_an_event_are_text(period: str) -> None:
    facts = f"<div><p>Lub sij hawm: {period}</p><p>Hnub tshaj tawm: Jun 24, 2031</p></div>"
    page = newspaper(f"{HEADLINE}{facts}{STORY}{LATER}").replace('lang="en"', 'lang="hmn"')
    assert period in body_outline(page)


@pytest.mark.parametrize("period", ["12 May 2031 – 14 May 2031", "12.05.2031 - 14.05.2031"])
def test_a_line_with_only_the_first_and_last_day_of_an_event_is_text(period: str) -> None:
    assert period in body_outline(newspaper(f"{HEADLINE}<p>{period}</p><p>Tide Hall</p>{STORY}{LATER}"))


@pytest.mark.parametrize("minutes", ["3 Minuten Lesezeit", "3 minutes de lecture", "4 minuti di lettura", "5 min read"])
def test_the_minutes_to_read_a_page_are_left_out(minutes: str) -> None:
    facts = f"<ul><li>Published on 4 May 2031</li><li>{minutes}</li></ul>"
    assert minutes not in body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))


@pytest.mark.parametrize("name", ['name="basics"', 'name="basics" id="basics"'])
def test_a_heading_in_a_named_anchor_above_the_text_is_kept(name: str) -> None:
    text = f'<p><a {name}><b>The basics</b></a></p>{STORY}<p><a name="more"><b>The rest</b></a></p>{LATER}'
    assert "The basics" in body_outline(newspaper(f"{HEADLINE}<p>Please see our list of lamps.</p><div>{text}</div>"))


@pytest.mark.parametrize(
    "files",
    [
        '<ul><li>Harbour Act</li><li><a href="/a.pdf">Download PDF</a></li></ul>',
        '<p>The whole act can be read as a file:</p><p><a href="/a.pdf">Download PDF</a></p>',
    ],
)
def test_a_button_to_the_file_of_another_document_is_kept(files: str) -> None:
    assert "Download PDF" in body_outline(newspaper(f"<div>{HEADLINE}{STORY}{files}</div>{LATER}"))


_TALK = "<h1>Statement by the keeper of lamps on the northern reef</h1>"
_MORE = "".join(STORY.replace("eleven", word) for word in ("twelve", "thirteen", "fourteen"))


@pytest.mark.parametrize(
    ("title", "link"),
    [
        (_TALK, '<div class="dl"><a class="btn" href="/s.pdf"><i class="fa"></i> Download statement (PDF)</a></div>'),
        (_TALK, '<p><a href="/s.pdf">Download the statement by the keeper of lamps (PDF, 214 kB)</a></p>'),
        ("<h1>Erklärung zum Nordriff</h1>", '<ul><li><a href="/s.pdf">Erklärung herunterladen [PDF]</a></li></ul>'),
        ("<h1>Communiqué du conseil</h1>", '<p><a href="/s.pdf">Télécharger le communiqué (PDF)</a></p>'),
    ],
)
def test_a_link_below_a_long_text_to_its_file_is_left_out(title: str, link: str) -> None:
    assert "s.pdf" not in body_outline(newspaper(f"{title}<div>{STORY}{_MORE}{LATER}</div>{link}"))


@pytest.mark.parametrize(
    ("title", "text", "link"),
    [
        (_TALK, STORY, "Download statement (PDF)"),
        (_TALK, STORY + _MORE + LATER, "Download the chart of the northern reef (PDF)"),
        ("<h1>The reef and its lamps</h1>", STORY + _MORE + LATER, "Download the reef (PDF)"),
        (_TALK, STORY + _MORE + LATER, "Statement by the keeper of lamps"),
        ("<h1>Annual report shows more ships</h1>", STORY + _MORE + LATER, "Download the annual report (PDF)"),
        ("<h1>New map of the reef is out</h1>", STORY + _MORE + LATER, "Download new map of the reef"),
    ],
)
def test_a_link_to_the_file_of_another_or_longer_document_is_kept(title: str, text: str, link: str) -> None:
    assert link in body_outline(newspaper(f'{title}<div>{text}<p><a href="/s.pdf">{link}</a></p></div>'))


def test_a_print_button_at_the_end_of_a_block_is_left_out() -> None:
    address = "<p>Harbour office, Reef Street 1, Port Nautilus, where the lamps of the bay are lit in the evening.</p>"
    button = '<div class="pdf"><a href="/17.pdf"><img src="pdf.gif" alt=""> Versão para impressão</a></div>'
    page = newspaper(f"<div>{HEADLINE}{STORY}{button}</div><div>{address}</div>")
    assert "impressão" not in body_outline(page)
    report = button.replace("Versão para impressão", "Relatório dos faróis")
    assert "Relatório" in body_outline(newspaper(f"<div>{HEADLINE}{STORY}{report}</div><div>{address}</div>"))


@pytest.mark.parametrize("label", ["Advertisement", "Anzeige", "Publicité"])
def test_a_heading_in_a_box_named_after_advertisements_is_left_out(label: str) -> None:
    advert = f'<div class="ad-container"><h3 class="ad-heading">{label}</h3><div></div></div>'
    shown = body_outline(newspaper(f"{HEADLINE}<p>The first ships came.{advert}</p>{STORY}{advert}{LATER}"))
    assert label not in shown
    assert label in body_outline(newspaper(f"{HEADLINE}{STORY}<h3>{label}</h3>{LATER}"))


def test_an_id_of_mediawiki_around_the_prose_leaves_out_nothing() -> None:
    text = f"<p>Reef Town, by the sea</p>{STORY}{LATER}<p>Done at Reef Town</p>"
    page = newspaper(f'{HEADLINE}<div id="contentSub">{text}</div>')
    assert body_outline(page) == body_outline(newspaper(f"{HEADLINE}<div>{text}</div>"))


def test_lines_that_mediawiki_prints_on_all_pages_are_left_out() -> None:
    above = (
        '<div id="siteSub">From Reefwiki, the free book of reefs</div><div id="jump-to-nav">Jump to: '
        '<a href="#n">navigation</a>, <a href="#s">search</a></div>'
    )
    below = (
        '<div id="catlinks"><div id="mw-normal-catlinks"><a href="/c">Categories</a>: <ul><li><a href="/h">Harbours</a>'
        "</li><li>Ships</li></ul></div></div>"
    )
    page = newspaper(f'{HEADLINE}<div id="bodyContent">{above}<div>{STORY}{LATER}</div>{below}</div>')
    assert body_outline(page) == body_outline(newspaper(f"{HEADLINE}<div><div>{STORY}{LATER}</div></div>"))


@pytest.mark.parametrize(
    ("lines", "is_letterhead"),
    [
        ("Tides Information Services<br>P.O. Box 34, Reef Town, TS 96941<br>Phone: (691) 320-2548", True),
        ("Ministère des Marées<br>12, rue du Récif<br>Tél. : +33 1 23 45 67 89", True),
        ("Contact: Orla Venn<br>Press office of the reef<br>Phone: (691) 320-9999", False),
        ("Orla Venn<br>Press officer, Reef Town<br>Phone: (691) 320-9999", False),
    ],
)
def test_a_letterhead_above_the_title_is_left_out_unlike_a_contact(lines: str, *, is_letterhead: bool) -> None:
    result = extract_generic(newspaper(f"<p>{lines}</p>{ALONE}"))
    rules = {reason.rule for reason in result.reasons() if reason.text.startswith(lines[:7])}
    assert ("a telephone number of the site" in rules) is is_letterhead
