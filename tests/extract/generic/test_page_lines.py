"""Lines about a page, such as counters and font sizes, are distinguished from its text."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic.page_lines import ABOUT_PAGE, is_about_page, is_line_of_facts
from tests.extract.generic.pages import HEADLINE, LATER, STORY, body_outline, extract_generic, newspaper


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
        "Page last updated: 13 May 2031",
        "Stand: 13.05.2031",
        "Mis à jour le 13 mai 2031",
        "Última actualización: 13/05/2031 09:12",
        "Дата изменения: 13.05.2031",
        "آخر تحديث: 13 مايو 2031",
        "最終更新日：2031年5月13日",
        "Reading time: 2 min",
        "Written by Super User",
        "责任编辑：李明",
        "Liczba wyświetleń: 314",
        "Lượt xem: 314",
        "Εμφανίσεις: 77",
        "You are one of 1204 visitors",
        "Best viewed with Netscape 4",
        "Hit counter 00231",
        "Copyright 2001 Consulate General",
        "Zobrazeno: 211x",
        "จำนวนผู้เข้าชม 120 คน",
        "Aktualizováno: 05.11.2031 / 09:12",
        "תאריך עדכון: 13.05.2031",
        "Webmaster: web@tides.example",
        "Back to Transcripts",
        "Все новости",
        "Thank you for your feedback.",
        "Loading …",
        "Loading the latest news...",
        "読み込み中です",
        "Chargement en cours",
        '본 저작물은 "공공누리" 제1유형에 따라 이용할 수 있습니다.',
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
        "12 May 2031",
        "You are one of the ministers who lit the lamps.",
        "Back to the harbour they sailed.",
        "Loading the ships takes a day.",
    ],
)
def test_a_sentence_with_such_words_is_text(line: str) -> None:
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
        ('<div><a href="#">Yazdır</a> <a href="#">Paylaş</a></div>', "Yazdır"),
        ('<div><a href="#">Print</a> <a href="#">Save as PDF</a></div>', "PDF"),
        ('<div><a href="#">In trang</a><span>Lượt xem: 210</span></div>', "210"),
    ],
)
def test_facts_breadcrumbs_and_buttons_above_the_text_are_left_out(line: str, words: str) -> None:
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


def test_keywords_without_links_are_text() -> None:
    line = "Keywords: tides, lamps, bells"
    assert line in body_outline(newspaper(f"{HEADLINE}{STORY}<p>{line}</p>{LATER}"))


def test_a_list_of_facts_of_the_page_is_left_out() -> None:
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
def test_a_box_below_the_text_that_tells_whom_to_ask_is_left_out(heading: str, lines: str) -> None:
    box = f'<div class="c1"><h2>{heading}</h2><p>{lines}</p></div>'
    result = extract_generic(newspaper(f"{HEADLINE}{STORY}{LATER}{box}"))
    assert lines not in result.body
    assert ABOUT_PAGE in result.dropped


def test_a_section_of_the_text_with_the_heading_of_a_contact_stays() -> None:
    box = "<div><h2>お問い合わせ先</h2><p>灯台課 企画係</p></div>"
    assert "灯台課 企画係" in body_outline(newspaper(f"{HEADLINE}{STORY}{box}{LATER}"))
