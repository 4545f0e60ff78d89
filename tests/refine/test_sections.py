"""Sections and list items from numbered lines, bold lines and lists whose items have headings."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.pages import refined


def lines(*texts: str) -> str:
    """Return the outline of a refined page with a paragraph for each line."""
    return refined("".join(f"<p>{text}</p>" for text in texts))


# --- typed lines


def test_a_numbered_line_is_a_heading_and_a_numbered_sentence_an_item() -> None:
    assert lines("1. Data", "Both sides agreed.", "2. They will meet.") == dedent("""\
        section "1." "Data"
          paragraph "Both sides agreed."
        ordered
          "2." paragraph "They will meet."
    """)


def test_numbered_lines_below_numbered_lines_are_nested_sections() -> None:
    assert lines(
        "Lead.", "1. Trade", "(1) Fish", "They agreed.", "(2) Nets", "They ate.", "2. Culture", "Film."
    ) == dedent("""\
        paragraph "Lead."
        section "1." "Trade"
          section "(1)" "Fish"
            paragraph "They agreed."
          section "(2)" "Nets"
            paragraph "They ate."
        section "2." "Culture"
          paragraph "Film."
    """)


def test_numbered_sentences_are_a_list() -> None:
    assert lines("They agreed:", "(1) They will meet.", "(2) They will eat.", "(3) They will sing.") == dedent("""\
        paragraph "They agreed:"
        ordered
          "(1)" paragraph "They will meet."
          "(2)" paragraph "They will eat."
          "(3)" paragraph "They will sing."
    """)


def test_a_paragraph_joins_the_last_item_only_if_others_have_further_paragraphs() -> None:
    bullets = "<ul><li>of fish,</li><li>of nets.</li></ul>"
    closed = f"<p>1. They spoke at length:</p>{bullets}<p>2. They agreed.</p><p>Atlantis, 4 August 2031</p>"
    assert refined(closed).endswith('paragraph "They agreed."\nparagraph "Atlantis, 4 August 2031"\n')
    assert lines("1. They spoke.", "They sang.", "2. They agreed.", "They ate.") == dedent("""\
        ordered
          "1." paragraph "They spoke."
            paragraph "They sang."
          "2." paragraph "They agreed."
            paragraph "They ate."
    """)


def test_a_paragraph_below_inner_items_of_the_last_item_is_below_the_list() -> None:
    items = ("(1) the first point, and", "(2) in the second point—", "(A) the nets, and", "(B) the boats.")
    assert lines("They agreed to change—", *items, "Signed: the harbour master.") == dedent("""\
        paragraph "They agreed to change—"
        ordered
          "(1)" paragraph "the first point, and"
          "(2)" paragraph "in the second point—"
            ordered
              "(A)" paragraph "the nets, and"
              "(B)" paragraph "the boats."
        paragraph "Signed: the harbour master."
    """)


def test_a_paragraph_below_inner_items_stays_in_its_item_if_each_item_has_one() -> None:
    inner = ("(a) the nets,", "(b) the boats.", "They ate.")
    outline = lines("They agreed.", "1. On the north side:", *inner, "2. On the south side:", *inner)
    assert outline.count('\n    paragraph "They ate."') == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("SECTION 1. SHORT TITLE.", "SEC. 2. SALT HARBOURS: DUES."),
        ("Artículo 1.- Objeto.", "Artículo 2.- Tasas."),
        ("Art. 1 Zweck.", "Art. 2a Abgaben."),
    ],
)
def test_bold_titles_of_sections_of_an_act_are_headings(first: str, second: str) -> None:
    outline = lines("Be it enacted:", f"<b>{first}</b>", "This is an act.", f"<b>{second}</b>", "The dues rise.")
    assert f'\nsection "{first}"' in outline
    assert f'\nsection "{second}"' in outline


@pytest.mark.parametrize("line", ["Section 2 applies. It is short.", "Article 5.", "See section 2."])
def test_bold_sentences_about_sections_are_not_headings(line: str) -> None:
    assert '\nsection "' not in lines("Lead.", f"<b>{line}</b>", "They sang.", f"<b>{line}</b>", "They ate.")


def test_bold_lines_at_the_top_of_a_memorandum_are_not_headings() -> None:
    head = (
        "<b>BULLETIN 31-07</b>",
        "<b>TO THE KEEPERS OF LAMPS</b>",
        "<b>Subject: Lamps of the</b>",
        "<b>reef in 2031</b>",
    )
    assert "section" not in lines(*head, "They agreed.")
    assert lines("They met.", head[0], head[3], "They agreed.").endswith(
        'section "reef in 2031"\n  paragraph "They agreed."\n'
    )


def test_a_bold_line_below_the_last_item_is_a_heading() -> None:
    items = ("1. They spoke of lamps.", "The lamps are lit.", "2. They spoke of bells.", "The bells are rung.")
    assert lines(*items, "<b>Conclusion</b>", "They agreed.") == dedent("""\
        ordered
          "1." paragraph "They spoke of lamps."
            paragraph "The lamps are lit."
          "2." paragraph "They spoke of bells."
            paragraph "The bells are rung."
        section "Conclusion"
          paragraph "They agreed."
    """)


def test_numbered_sentences_in_a_section_are_a_list_in_it() -> None:
    assert lines("1. Trade", "(1) They will meet.", "(2) They will eat.", "2. Culture", "Film.") == dedent("""\
        section "1." "Trade"
          ordered
            "(1)" paragraph "They will meet."
            "(2)" paragraph "They will eat."
        section "2." "Culture"
          paragraph "Film."
    """)


def test_short_numbered_lines_without_text_below_them_are_a_list() -> None:
    assert lines("They talked about", "1. Fish", "2. Nets", "3. Boats", "They agreed.") == dedent("""\
        paragraph "They talked about"
        ordered
          "1." paragraph "Fish"
          "2." paragraph "Nets"
          "3." paragraph "Boats"
        paragraph "They agreed."
    """)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("１　冒頭", "２　漁業"),
        ("１．冒頭", "２．漁業"),
        ("（１）冒頭", "（２）漁業"),
        ("一、冒頭", "二、漁業"),
        ("①冒頭", "②漁業"),
    ],
)
def test_japanese_numbers_begin_sections(first: str, second: str) -> None:
    assert lines(first, "両大臣は会談した。", second, "両大臣は一致した。") == dedent(f"""\
        section "{first[:-2].strip()}" "冒頭"
          paragraph "両大臣は会談した。"
        section "{second[:-2].strip()}" "漁業"
          paragraph "両大臣は一致した。"
    """)


@pytest.mark.parametrize(
    "texts",
    [
        ("A. Smith met B. Jones.", "They agreed."),
        ("1. They met.", "They agreed."),
        ("2031 was a good year.", "They agreed."),
        ("2.5 tonnes of fish", "They agreed."),
        ("(Note) They met.", "They agreed."),
        ("2. Fish", "They agreed.", "7. Nets", "They agreed."),
        ("1. August 2031 was calm.", "They arrived.", "2. August 2031 was calm.", "They left."),
    ],
)
def test_a_line_without_a_consecutive_label_is_not_a_heading(texts: tuple[str, ...]) -> None:
    assert lines(*texts) == "".join(f'paragraph "{text}"\n' for text in texts)


def test_an_inner_numbering_ends_where_the_outer_one_continues() -> None:
    assert lines("1. A", "(1) B", "b.", "(2) C", "c.", "2. D", "(1) E", "e.", "(2) F", "f.") == dedent("""\
        section "1." "A"
          section "(1)" "B"
            paragraph "b."
          section "(2)" "C"
            paragraph "c."
        section "2." "D"
          section "(1)" "E"
            paragraph "e."
          section "(2)" "F"
            paragraph "f."
    """)


# --- bold lines


def test_a_bold_line_becomes_a_heading_without_bold() -> None:
    assert lines("Lead.", "<b>Trade</b>", "They agreed.", "<strong>Culture</strong>", "They sang.") == dedent("""\
        paragraph "Lead."
        section "Trade"
          paragraph "They agreed."
        section "Culture"
          paragraph "They sang."
    """)


@pytest.mark.parametrize("line", ["<em><b>Tides</b></em>", "<b><em>Tides</em></b>"])
def test_a_line_in_bold_italics_becomes_a_heading_without_either(line: str) -> None:
    outline = lines("Lead.", "<b>Salt</b>", "They sang.", line, "They ate.")
    assert outline.endswith('section "Tides"\n  paragraph "They ate."\n')


def test_a_line_in_bold_italics_with_several_links_is_not_a_heading() -> None:
    line = '<em><b>Download: <a href="/a.mp3">MP3</a>, <a href="/a.ogg">OGG</a></b></em>'
    assert lines("Lead.", line, "They sang.").startswith('paragraph "Lead."\nparagraph "')


def test_bold_lines_with_the_same_bullet_sign_are_headings_unless_adjacent() -> None:
    points = "<b>❏ Pilots agree on lamps</b>", "<b>❏ Salt ships next year</b>"
    assert "section" not in lines("The pilots of both coasts met in the hall.", *points, "They met.", "They ate.")
    single = lines("They met.", "<b>❏ Salt</b>", "They ate.", "<b>❏ Lamps</b>", "They sang.")
    assert (single.count('section "❏ Salt"'), single.count('section "❏ Lamps"')) == (1, 1)


def test_a_bold_line_whose_language_is_marked_is_a_heading() -> None:
    line = '<span lang="la"><strong>Pax maris</strong></span>'
    assert lines("Lead.", line, "They sang.").endswith('section "[la: Pax maris]"\n  paragraph "They sang."\n')


def test_a_bold_signature_above_photos_at_the_end_is_no_heading() -> None:
    photo = '<figure><img src="quay.jpg" alt="The quay"></figure>'
    text = "<p>They met on the quay.</p><p><b>Trade</b></p><p>They agreed.</p><p><b>Office of Tides</b></p>"
    assert 'section "Office of Tides"' not in refined(text + photo)
    assert 'section "Office of Tides"' in refined(f"{text}{photo}<p>They sang.</p>")


def test_a_heading_is_not_joined_to_the_bold_line_above() -> None:
    markup = "<p><b>Trade</b></p><p>They agreed.</p><h2>Quote</h2><p>“The lamps are lit.”</p>"
    assert refined(markup) == dedent("""\
        section "Trade"
          paragraph "They agreed."
        section "Quote"
          paragraph "“The lamps are lit.”"
    """)


def test_bold_lines_and_numbers_nest_in_order_of_appearance() -> None:
    assert lines("<b>Trade</b>", "(1) Fish", "Good.", "(2) Nets", "Good.", "<b>Culture</b>", "Film.") == dedent("""\
        section "Trade"
          section "(1)" "Fish"
            paragraph "Good."
          section "(2)" "Nets"
            paragraph "Good."
        section "Culture"
          paragraph "Film."
    """)


def test_the_number_of_a_bold_line_is_its_label() -> None:
    assert lines("<b>1. Trade</b>", "They agreed.", "<b>2. Culture</b>", "They sang.") == dedent("""\
        section "1." "Trade"
          paragraph "They agreed."
        section "2." "Culture"
          paragraph "They sang."
    """)


def test_lists_of_one_bold_line_above_text_are_numbered_headings() -> None:
    photo = '<figure><img src="a.jpg" alt="A hall"><figcaption>The hall</figcaption></figure>'
    trade = "<ol><li><b>Trade</b></li></ol><p>They agreed.</p>"
    culture = f"<ol start=2><li><b>Culture</b> (at night){photo}</li></ol><p>They sang.</p>"
    end = "<ol start=3><li><b>What comes next?</b></li></ol><p>They parted.</p>"
    assert refined(f"{trade}{culture}{end}") == dedent("""\
        section "1." "Trade"
          paragraph "They agreed."
        section "2." "Culture (at night)"
          figure
            photo a.jpg, alt "A hall"
            caption "The hall"
          paragraph "They sang."
        section "3." "What comes next?"
          paragraph "They parted."
    """)


@pytest.mark.parametrize("second", ["<ol><li><b>Culture</b></li></ol>", "<ol start=2><li>Culture</li></ol>"])
def test_lists_of_one_line_are_no_headings_unless_bold_and_consecutively_numbered(second: str) -> None:
    page = refined(f"<ol><li><b>Trade</b></li></ol><p>They agreed.</p>{second}<p>They sang.</p>")
    assert "section" not in page


_NUMBERED = ("<b>1. Who lights the lamps?</b>", "Keepers do.", "<b>2. Why so few votes?</b>", "They agreed.")


def test_numbered_short_questions_in_bold_are_headings() -> None:
    assert lines("Lead.", *_NUMBERED) == dedent("""\
        paragraph "Lead."
        section "1." "Who lights the lamps?"
          paragraph "Keepers do."
        section "2." "Why so few votes?"
          paragraph "They agreed."
    """)


@pytest.mark.parametrize("tag", ["<i>{}</i>", "{}"])
def test_numbered_questions_that_are_not_bold_are_items(tag: str) -> None:
    asked = [tag.format(line.replace("<b>", "").replace("</b>", "")) for line in _NUMBERED]
    assert lines("Lead.", *asked).startswith('paragraph "Lead."\nordered')


@pytest.mark.parametrize("numbered", [_NUMBERED, ("<b>1. Tides</b>", "They rose.", "<b>2. Salt</b>", "It fell.")])
def test_a_bold_line_below_numbered_bold_headings_has_their_level(numbered: tuple[str, ...]) -> None:
    outline = lines("Lead.", *numbered, "<b>Conclusion</b>", "They met.")
    assert '\nsection "Conclusion"\n  paragraph "They met."' in outline


def test_bold_lines_below_each_numbered_heading_are_nested_in_its_section() -> None:
    first = ("<b>1. Tides</b>", "<b>North</b>", "They rose.")
    assert '\n  section "South"' in lines(*first, "<b>2. Salt</b>", "It fell.", "<b>South</b>", "They met.")


@pytest.mark.parametrize(
    "line", ["<b>They agreed at once.</b>", "<b>They</b> agreed", "<b>Minister Nereus:</b>", "<b>Port<br>Harbour</b>"]
)
def test_bold_sentences_speakers_addresses_and_partly_bold_lines_are_not_headings(line: str) -> None:
    assert lines("Lead.", line, "They sang.").startswith('paragraph "Lead."\nparagraph "')


@pytest.mark.parametrize(
    "line",
    [
        '<b>Download:</b> <b><a href="/a.mp3">MP3</a> (30 MB)</b> <b><a href="/a.ogg">OGG</a> (24 MB)</b>',
        '<b>Download: <a href="/a.mp3">MP3</a>, <a href="/a.ogg">OGG</a></b>',
    ],
)
def test_a_bold_line_with_several_links_is_not_a_heading(line: str) -> None:
    assert lines("Lead.", line, "They sang.").startswith('paragraph "Lead."\nparagraph "')


def test_a_bold_line_that_is_one_link_is_a_heading() -> None:
    assert 'section "' in lines("Lead.", '<b><a href="/tides">Tides</a></b>', "They sang.", "They ate.")


_HEADED = ("<b>Salt</b>", "They sang.", "<b>Tides</b>", "They ate.", "<b>Lamps</b>", "They met.")


@pytest.mark.parametrize("question", ["What did we learn?", "我们学到了什么？", "ماذا تعلمنا؟"])
def test_a_bold_question_among_bold_headings_is_a_heading(question: str) -> None:
    assert f'section "{question}"' in lines("Lead.", f"<b>{question}</b>", "Much.", *_HEADED)


@pytest.mark.parametrize(
    "others",
    [
        (),
        ("<b>Why not?</b>", "Because.", *_HEADED),
        ("<b>And who pays for the lamps on the reef, now that the ministry of tides has spent it all?</b>", "We."),
    ],
)
def test_bold_questions_of_an_interview_are_not_headings(others: tuple[str, ...]) -> None:
    assert 'section "Why?"' not in lines("Lead.", "<b>Why?</b>", "Much.", *others)


@pytest.mark.parametrize("name", ["FAQ", "Frequently asked questions", "Häufige Fragen", "Preguntas más frecuentes"])
def test_bold_questions_below_a_heading_of_frequent_questions_are_headings(name: str) -> None:
    questions = (
        "Where do the keepers of the lamps sleep? Do they?",
        "How many hours a week does the pilot of the bay work?",
    )
    text = "".join(f"<p><b>{question}</b></p><p>Ask the harbour office.</p>" for question in questions)
    assert refined(f"<p>Lead.</p><h2>{name}</h2>{text}").count("section") == 3
    assert refined(f"<p>Lead.</p><h2>Talk with the keeper</h2>{text}").count("section") == 1


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("At a Colloquium in Honor of N. Reef, The Harbour Bank, Port Nautilus, Atlantis", False),
        ("Before the Pilots' Club, Port Nautilus", False),
        ("At the heart of the bay", True),
        ("At the quay, we all must choose", True),
    ],
)
def test_a_bold_line_with_the_occasion_of_a_speech_is_no_heading(line: str, *, is_heading: bool) -> None:
    text = (
        f"<p><b>{line}</b></p><p>It was dark.</p><p><b>Tides</b></p><p>They rose.</p><p><b>Nets</b></p><p>All tore.</p>"
    )
    assert (f'section "{line}"' in refined(text)) == is_heading


def test_several_brief_bold_questions_are_headings() -> None:
    text = lines("Lead.", "<b>Who pays for the lamps?</b>", "They do.", "<b>How many ships come?</b>", "Ninety.")
    assert text.count('section "') == 2


_LONG_QUESTIONS = (
    "<b>Why have so few ships come to the northern harbour over the last ten years?</b>",
    "<b>What might the U.R. council do to bring more of these ships to the northern harbour?</b>",
)
_LONG_PART = 2 * ("The tides rose at night, and the keepers lit the lamps. " * 15,)


def test_bold_questions_above_long_parts_are_headings() -> None:
    first, second = _LONG_QUESTIONS
    assert lines("Lead.", first, *_LONG_PART, second, *_LONG_PART).count('section "') == 2


@pytest.mark.parametrize("answer", [_LONG_PART[:1], ("They rose.", "They fell.")])
def test_bold_questions_above_short_paragraphs_or_a_single_one_are_not_headings(answer: tuple[str, ...]) -> None:
    first, second = _LONG_QUESTIONS
    assert "section" not in lines("Lead.", first, *answer, second, *_LONG_PART)


def test_bold_questions_are_headings_if_three_bold_lines_are_numbered_from_two() -> None:
    numbered = ("<b>II. Will the tides of the northern reef rise?</b>", "They rise.")
    others = (
        "<b>III. How might the pilots of the reef answer?</b>",
        "They sing.",
        "<b>IV. Conclusion</b>",
        "They ate.",
    )
    outline = lines("Lead.", *numbered, *others)
    assert outline.count('\nsection "') == 3


def test_bold_interview_questions_numbered_from_five_are_not_headings() -> None:
    talk = (
        "<b>5. Will the tides rise?</b>",
        "They rise.",
        "<b>6. How do the pilots of the reef answer?</b>",
        "They sing.",
    )
    assert "section" not in lines("Lead.", *talk, "<b>7. And who pays for all these lamps?</b>", "We do.")


@pytest.mark.parametrize(
    "question",
    ["Q: Who pays for the lamps?", "You began as a pilot. Do you still sail?", "Why?", "Who? And for how long?"],
)
def test_brief_bold_questions_of_an_interview_are_not_headings(question: str) -> None:
    assert "section" not in lines("Lead.", f"<b>{question}</b>", "They do.", "<b>How many ships come?</b>", "Ninety.")


@pytest.mark.parametrize(
    "line",
    [
        "MEMORANDUM FOR THE HEADS OF ALL HARBOURS",
        "To the Heads of Departments and Harbours",
        "1-800-555-0142",
        "+44 (0)20 5550 142",
        "Article date: 09 November 2031",
    ],
)
def test_bold_recipients_telephone_numbers_and_days_are_not_headings(line: str) -> None:
    assert f'paragraph "[strong: {line}]"' in lines("They met.", f"<b>{line}</b>", "They agreed.", *_HEADED)


@pytest.mark.parametrize("rest", ["and they sang.", "، ثم غنوا.", "、歌いました。"])
def test_a_bold_line_whose_sentence_goes_on_is_not_a_heading(rest: str) -> None:
    assert 'section "The ships' not in lines("Lead.", "<b>The ships came</b>", rest, *_HEADED)
    assert 'section "The ships' in lines("Lead.", "<b>The ships came</b>", "a) They sang.", "b) They ate.", *_HEADED)


def test_bold_lines_at_the_head_of_a_speech_are_no_headings() -> None:
    head = "<p><b>At the meeting of pilots</b></p><p>Given again in Salt Bay</p><p><b>April 22, 2031</b></p>"
    text = refined(f"<h1>Talks</h1><p>4 May 2031</p>{head}<p>I am glad.</p><p><b>Salt</b></p><p>They sang.</p>")
    assert text.count("section") == 1


_ANNEX = """<p><b>CHARTER OF THE COUNCIL</b></p><p><b>Members</b></p><p>They are nine.</p>
    <p><b>Duties</b></p><p>They sing.</p>"""
_RULES = "<p><b>RULES OF THE COUNCIL</b></p><p><b>Songs</b></p><p>They are old.</p>"


def test_a_bold_title_after_an_hr_contains_the_headings_below_it() -> None:
    first = "<p>They met.</p><p><b>Aims</b></p><p>They agreed.</p>"
    assert refined(f"{first}<hr>{_ANNEX}<hr>{_RULES}") == dedent("""\
        paragraph "They met."
        section "Aims"
          paragraph "They agreed."
          rule
        section "CHARTER OF THE COUNCIL"
          section "Members"
            paragraph "They are nine."
          section "Duties"
            paragraph "They sing."
            rule
        section "RULES OF THE COUNCIL"
          section "Songs"
            paragraph "They are old."
    """)


@pytest.mark.parametrize("above", ["<p>They met.</p>", "<hr>", "<p>Reef Town</p><hr>"])
def test_a_bold_title_above_a_heading_needs_an_hr_with_text_above(above: str) -> None:
    assert 'section "CHARTER' not in refined(f"{above}{_ANNEX}")


@pytest.mark.parametrize("part", ["BACKGROUNDER", "Annex", "ANNEX II", "Anlage 1", "Приложение", "附件1"])
def test_a_bold_line_that_names_a_part_contains_the_headings_below_it(part: str) -> None:
    above = ("They met.", "<b>Contacts</b>", "The lamp office answers by day.")
    below = ("<b>Songs</b>", "They are old.", "<b>Nets</b>", "They hold.")
    outlined = dedent(f"""\
        section "{part}"
          section "Songs"
            paragraph "They are old."
          section "Nets"
            paragraph "They hold."
    """)
    assert lines(*above, f"<b>{part}</b>", *below).endswith(f"\n{outlined}")
    assert f'section "{part}"' not in lines(f"<b>{part}</b>", *below)


@pytest.mark.parametrize(("asked", "answered"), [("QUESTION", "MINISTER EREUS"), ("【記者】", "【大臣】")])
def test_bold_lines_that_name_speakers_again_and_again_are_not_headings(asked: str, answered: str) -> None:
    talk = lines(f"<b>{asked}</b><br>And the bells?", f"<b>{answered}</b><br>Soon.", f"<b>{asked}</b>", "When?")
    assert talk == dedent(f"""\
        paragraph "[strong: {asked}]"
        paragraph "And the bells?"
        paragraph "[strong: {answered}]"
        paragraph "Soon."
        paragraph "[strong: {asked}]"
        paragraph "When?"
    """)


def test_a_topic_between_bold_names_of_speakers_is_a_heading() -> None:
    assert lines("<b>Q</b>", "Why?", "<b>The salt trade</b>", "Lead.", "<b>Q</b>", "Why not?") == dedent("""\
        paragraph "[strong: Q]"
        paragraph "Why?"
        section "The salt trade"
          paragraph "Lead."
          paragraph "[strong: Q]"
          paragraph "Why not?"
    """)


@pytest.mark.parametrize(
    "line",
    [
        "Reef Town, 12 May 2031",
        "Reef Town, May 12, 2031",
        "Vila do Recife, 12 de maio de 2031",
        "Sala das Marés, Vila do Recife-AT, 1º de maio de 2031",
        "Риф, 12 мая 2031 года",
    ],
)
def test_a_bold_line_of_place_and_day_is_not_a_heading(line: str) -> None:
    assert lines(f"<b>{line}</b>", "They met.") == f'paragraph "[strong: {line}]"\nparagraph "They met."\n'


def test_a_bold_date_below_the_signature_of_an_office_is_not_a_heading() -> None:
    head = "<h1>Talks</h1><p>4 May 2031</p><p>They met.</p>"
    day, photo = "<p><b>11 December 2031</b></p>", "<p><img src='quay.jpg' alt='The quay'></p>"
    assert "section" not in refined(f"{head}<p><b>Ministry of Tides</b></p><p><b>Reef Town</b></p>{day}{photo}")
    assert "section" in refined(f"{head}{day}<p>They parted.</p>")


def test_a_heading_of_place_and_day_above_a_speech_is_a_paragraph() -> None:
    assert refined("<h4>Vila do Recife/PA, 05 de maio de 2031</h4><p>Friends of the harbour.</p>") == dedent("""\
        paragraph "Vila do Recife/PA, 05 de maio de 2031"
        paragraph "Friends of the harbour."
    """)


def test_headings_of_place_and_day_of_several_events_stay() -> None:
    events = "<h3>Reef Town, 12 May 2031</h3><p>They met.</p><h3>Salt Bay, 14 May 2031</h3><p>They left.</p>"
    assert refined(events).count("section") == 2


@pytest.mark.parametrize("line", ["珊瑚报记者 海明月", "本报记者：海明、林波"])
def test_a_bold_line_with_the_reporters_name_is_not_a_heading(line: str) -> None:
    assert lines(f"<b>{line}</b>", "港口开放了。") == f'paragraph "[strong: {line}]"\nparagraph "港口开放了。"\n'


def test_entries_of_a_table_of_contents_are_not_headings() -> None:
    contents = """<p><a href="#one">I. THE HARBOUR</a></p><p><a href="#a">A. Lamps of the quay</a></p>
        <p><a href="#b">B. Bells</a></p><p><a href="#two">II. THE NETS</a></p><p><a href="#c">A. Knots</a></p>"""
    text = """<p id="one">I. THE HARBOUR</p><p id="a">A. Lamps of the quay</p><p>They are lit.</p><p id="b">B. Bells</p>
        <p>They ring.</p><p id="two">II. THE NETS</p><p id="c">A. Knots</p><p>They hold.</p>"""
    outlined = refined(contents + text)
    assert "section id=" in outlined
    assert 'section "I." "[link' not in outlined
    assert outlined.count("[link") == 5


@pytest.mark.parametrize("line", ["Results of 2031", "The harbour, the lamps and the bells in 2031"])
def test_a_bold_line_with_a_year_is_a_heading(line: str) -> None:
    assert "section" in lines("They met.", f"<b>{line}</b>", "They agreed.")


@pytest.mark.parametrize("line", ["Draft – transcript", "To the keepers of lamps", "Opened by the minister"])
def test_a_single_bold_line_above_the_first_sentence_is_not_a_heading(line: str) -> None:
    assert "section" not in lines("Bulletin 7", f"<b>{line}</b>", "They met.", "They agreed.")
    assert lines("They met.", f"<b>{line}</b>", "They agreed.").count("section") == 1
    assert lines(f"<b>{line}</b>", "They met.", "<b>Results</b>", "They agreed.").count("section") == 2


@pytest.mark.parametrize("head", ["", "<p><b>Office of Tides</b></p>", "<p>Talks in Salt Bay</p><p>Reef Town</p>"])
def test_a_single_bold_line_below_a_photo_and_short_lines_is_not_a_heading(head: str) -> None:
    photo = '<figure><img src="quay.jpg" alt="The quay"></figure>'
    text = f"{photo}{head}<p><b>Press notice</b></p><p>They met.</p><p>They agreed.</p>"
    assert "section" not in refined(text)
    assert refined(f"<p>They came.</p>{text}").count("section") == 1


@pytest.mark.parametrize(
    "line",
    [
        "May 4, 2031 – Reef Town – Office of Tides",
        "4 de mayo de 2031 - Salt Bay",
        "Article date: 09 November 2031",
        "Fecha: 4 de mayo de 2031",
    ],
)
def test_bold_lines_of_day_and_place_or_label_are_not_headings(line: str) -> None:
    assert lines(f"<b>{line}</b>", "They met.", "<b>Results</b>", "They agreed.").count("section") == 1


def test_bold_lines_between_consecutively_numbered_points_are_headings() -> None:
    assert lines("1. They met.", "<b>Trade</b>", "2. They sell salt.", "<b>Tides</b>", "3. They are high.") == dedent(
        """\
        ordered
          "1." paragraph "They met."
        section "Trade"
          ordered
            "2." paragraph "They sell salt."
        section "Tides"
          ordered
            "3." paragraph "They are high."
        """
    )


def test_a_bold_line_at_the_end_is_not_a_heading() -> None:
    assert lines("They agreed.", "<b>For immediate release</b>") == dedent("""\
        paragraph "They agreed."
        paragraph "[strong: For immediate release]"
    """)


@pytest.mark.parametrize(
    "line", ["ENDS", "- Ende -", "[FIN]", "End of release", "Concluded", "ISSUED BY THE OFFICE OF LAMPS", "（以上）"]
)
def test_a_bold_line_that_ends_the_text_or_names_its_issuer_is_no_heading(line: str) -> None:
    assert "section" not in lines("They agreed.", f"<b>{line}</b>", "Contact: the lamp office, by day.")


def test_a_first_line_in_capitals_is_a_heading_only_among_others_in_capitals() -> None:
    line = "<b>STATEMENT ON THE LAMPS</b>"
    assert "section" not in lines(line, "They agreed.", "They met.")
    assert "STATEMENT" not in lines(line, "They agreed.", "<b>Trade</b>", "They met.").partition("section")[2]
    assert lines(line, "They agreed.", "<b>TRADE</b>", "They met.").count("section") == 2


@pytest.mark.parametrize("number", ["{}", "{}.", "<b>{})</b>"])
def test_numbers_above_consecutive_headings_are_their_labels(number: str) -> None:
    steps = "".join(
        f"<div>{number.format(count)}</div><h3>{name}</h3><p>They {name.lower()}.</p>"
        for count, name in enumerate(("Apply", "Wait", "Sing"), 1)
    )
    label = number.format(2).removeprefix("<b>").removesuffix("</b>")
    outlined = refined(f"<h2>Lamps</h2><p>They met.</p>{steps}<p>2</p>")
    assert f'section "{label}" "Wait"\n    paragraph "They wait."\n  section' in outlined
    assert outlined.count('paragraph "') == 5


@pytest.mark.parametrize(
    "page",
    [
        "<p>1</p><h3>Apply</h3><p>They met.</p><p>2</p><h3>Wait</h3><p>They met.</p>",
        "<p>40</p><h3>Lamps</h3><p>They burn.</p><p>11</p><h3>Years</h3><p>They met.</p><p>3</p><h3>Bays</h3>",
        '<p><a href="#b">Below</a></p><p>1</p><h3>A</h3><p id="b">2</p><h3>B</h3><p>B.</p><p>3</p><h3>C</h3>',
    ],
)
def test_other_numbers_above_headings_are_paragraphs(page: str) -> None:
    assert refined(page).count("paragraph") == page.count("<p")


# --- lists whose items have headings


def test_items_that_begin_with_a_heading_become_sections() -> None:
    assert refined("<ol><li>Trade<br>They agreed.</li><li><b>Culture</b><p>They sang.</p></li></ol>") == dedent("""\
        section "1." "Trade"
          paragraph "They agreed."
        section "2." "Culture"
          paragraph "They sang."
    """)


def test_items_that_begin_with_a_bold_question_become_sections() -> None:
    text = refined("<ol><li><b>Who fishes?</b><p>All do.</p></li><li><b>Why fish?</b><p>We eat.</p></li></ol>")
    assert text == dedent("""\
        section "1." "Who fishes?"
          paragraph "All do."
        section "2." "Why fish?"
          paragraph "We eat."
    """)
    assert "section" not in refined("<ol><li>Who fishes?<p>All do.</p></li><li>Why fish?<p>We eat.</p></li></ol>")
    assert "section" not in refined("<ol><li><b>Who fishes?</b></li><li><b>Why fish?</b></li></ol>")


def test_an_item_with_heading_and_list_is_a_section_with_a_list() -> None:
    assert refined("<ol><li>Trade<ul><li>(1) Fish</li><li>(2) Nets</li></ul><li>They sang.</ol>") == dedent("""\
        section "1." "Trade"
          ordered
            "(1)" paragraph "Fish"
            "(2)" paragraph "Nets"
        ordered
          "2." paragraph "They sang."
    """)


@pytest.mark.parametrize(
    "inner", ["<ol><li>Fish</li><li>Nets</li></ol>", "<ul><li>Fish<ul><li>Cod</li></ul></li></ul>"]
)
def test_a_list_of_short_lines_with_lists_below_them_stays_a_list(inner: str) -> None:
    outlined = refined(f"<ol><li>Trade{inner}</li><li>Culture</li><li><b>Tides</b>{inner}</li></ol>")
    assert "section" not in outlined
    assert outlined.count("Fish") == 2


def test_a_number_typed_in_a_list_item_appears_once_at_every_depth() -> None:
    assert refined("""
        <ol><li>1. Opening<br>They met.</li><li>2. Trade<ol><li>(1) Fish<br>They agreed.</li>
        <li>(2) Nets<br>They ate.</li></ol></li></ol>
    """) == dedent("""\
        section "1." "Opening"
          paragraph "They met."
        section "2." "Trade"
          section "(1)" "Fish"
            paragraph "They agreed."
          section "(2)" "Nets"
            paragraph "They ate."
    """)


def test_an_item_without_heading_keeps_its_number_beside_sections() -> None:
    assert refined("<ol><li>Trade<br>They agreed.</li><li>(a) Culture.</li></ol>") == dedent("""\
        section "1." "Trade"
          paragraph "They agreed."
        ordered
          "2." paragraph "(a) Culture."
    """)


def test_sections_of_consecutive_lists_are_siblings() -> None:
    assert refined("""
        <ol start=1><li><b>Statement</b><p>They spoke.</p></li></ol>
        <ol start=2><li><b>Documents</b><p>They signed.</p></li></ol>
        <table><tr><th>No.<th>Document<tr><td>1<td>Minutes</table>
    """) == dedent("""\
        section "1." "Statement"
          paragraph "They spoke."
        section "2." "Documents"
          paragraph "They signed."
        table
          head "No." (heads col) | "Document" (heads col)
          row "1" | "Minutes"
    """)


def test_bullets_stay_a_list() -> None:
    assert refined("<ul><li>Trade<br>They agreed.</li></ul>") == dedent("""\
        bullets
          - paragraph "Trade"
            paragraph "They agreed."
    """)


def test_numbered_terms_are_sections() -> None:
    assert refined("<dl><dt>(1) Fish<dd>They agreed.<dt>(2) Nets<dd>They ate.</dl>") == dedent("""\
        section "(1)" "Fish"
          paragraph "They agreed."
        section "(2)" "Nets"
          paragraph "They ate."
    """)


def test_nested_numbered_terms_are_nested_sections() -> None:
    inner = "<dl><dt>(a) Boats<dd>One.<dt>(b) Ports<dd>Two.</dl>"
    assert refined(f"<dl><dt>(1) Fish<dd>{inner}<dt>(2) Nets<dd>They ate.</dl>") == dedent("""\
        section "(1)" "Fish"
          section "(a)" "Boats"
            paragraph "One."
          section "(b)" "Ports"
            paragraph "Two."
        section "(2)" "Nets"
          paragraph "They ate."
    """)


def test_terms_without_consecutive_labels_stay_terms() -> None:
    assert refined("<dl><dt>A. Nereus<dd>Minister.<dt>A. Okean<dd>Envoy.</dl>") == dedent("""\
        descriptions
          term "A. Nereus"
            paragraph "Minister."
          term "A. Okean"
            paragraph "Envoy."
    """)


def test_terms_without_numbers_stay_terms() -> None:
    assert refined("<dl><dt>Place<dd>The harbour.</dl>") == dedent("""\
        descriptions
          term "Place"
            paragraph "The harbour."
    """)


# --- headings of the page


def test_consecutive_numbers_in_headings_are_labels() -> None:
    assert refined("<h2>1 冒頭</h2><p>a.</p><h2>１　漁業</h2><p>b.</p><h2>２　文化</h2><p>c.</p>") == dedent("""\
        section "1 冒頭"
          paragraph "a."
        section "１" "漁業"
          paragraph "b."
        section "２" "文化"
          paragraph "c."
    """)


def test_numbers_that_are_not_consecutive_stay_in_headings() -> None:
    assert refined("<h2>2031. A good year</h2><p>a.</p><h2>5. Fish</h2><p>b.</p>") == dedent("""\
        section "2031. A good year"
          paragraph "a."
        section "5. Fish"
          paragraph "b."
    """)


@pytest.mark.parametrize("heading", ["A. Nereus speaks", "I. Okean", "1. Fish"])
def test_a_single_number_or_initial_stays_in_its_heading(heading: str) -> None:
    assert refined(f"<h2>{heading}</h2><p>a.</p>") == f'section "{heading}"\n  paragraph "a."\n'


def test_numbered_lines_inside_a_section_nest_in_it() -> None:
    assert refined("<h2>Trade</h2><p>(1) Fish</p><p>Good.</p><p>(2) Nets</p><p>Good.</p>") == dedent("""\
        section "Trade"
          section "(1)" "Fish"
            paragraph "Good."
          section "(2)" "Nets"
            paragraph "Good."
    """)


def test_numbers_in_headings_below_a_numbered_line_are_labels() -> None:
    headings = "<h3>(1) Fish</h3><p>b.</p><h3>(2) Nets</h3><p>c.</p>"
    assert refined(f"<p>1. Culture</p><p>a.</p><p>2. Trade</p>{headings}") == dedent("""\
        section "1." "Culture"
          paragraph "a."
        section "2." "Trade"
          section "(1)" "Fish"
            paragraph "b."
          section "(2)" "Nets"
            paragraph "c."
    """)


@pytest.mark.parametrize("caption", ["Table 1: Ships by harbour, 2031", "Tabelle 2. Schiffe", "表1　船の数"])
def test_a_bold_line_with_a_table_number_is_not_a_heading(caption: str) -> None:
    table = "<table><tr><th>Harbour</th><th>Ships</th></tr><tr><td>Reef</td><td>4</td></tr></table>"
    assert f'paragraph "[strong: {caption}]"' in refined(f"<p><b>{caption}</b></p>{table}")


@pytest.mark.parametrize(
    "line", ["– Es gilt das gesprochene Wort –", "Check against delivery", "Sperrfrist: Beginn der Rede"]
)
def test_a_bold_note_such_as_check_against_delivery_is_not_a_heading(line: str) -> None:
    assert lines(f"<b>{line}</b>", "They met.") == f'paragraph "[strong: {line}]"\nparagraph "They met."\n'


_LONG = (
    "The lamps of the northern reef were lit by the keepers all night, and every ship that came in " * 2 + "was safe."
)


@pytest.mark.parametrize("first", ["Negative loops", "The “Dash for Lamps”", "«Шум прилива»"])
def test_lines_in_italics_below_bold_headings_are_headings_of_a_lower_level(first: str) -> None:
    below = (f"<i>{first}</i>", _LONG, "<em>Salt markets</em>", _LONG)
    shown = lines("<b>Reefs</b>", "They rose.<sup>1</sup>", *below, *_HEADED)
    assert f'  section "{first}"\n' in shown
    assert '  section "Salt markets"\n' in shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nerea Salt, keeper", "Triton Reef, pilot"),
        ("Nerea Salt", "Nerea Salt"),
        ("– Nerea Salt", "– Triton Reef"),
        ("(They sing.)", "(They leave.)"),
        ("They sing at night.", "They leave at dawn."),
        ("Why do they sing?", "Where do they go?"),
        ("Why do they sing?", "Songs at night"),
    ],
)
def test_people_remarks_and_sentences_in_italics_are_not_headings(one: str, other: str) -> None:
    below = (f"<i>{one}</i>", _LONG, f"<i>{other}</i>", _LONG)
    assert lines("<b>Reefs</b>", "They rose.", *below, *_HEADED).count("section") == 1 + 3


def test_a_question_in_italics_among_headings_in_italics_is_a_heading() -> None:
    below = ("<i>Salt markets</i>", _LONG, "<i>Will the lamps burn all year?</i>", _LONG, "<i>Nets</i>", _LONG)
    shown = lines("<b>Reefs</b>", "They rose.", *below, *_HEADED)
    assert '  section "Will the lamps burn all year?"\n' in shown


@pytest.mark.parametrize(
    "parts", [("SUBPART A - General", "SUBPART B - Reports"), ("Teil 1", "Teil 2"), ("Chapitre I.", "Chapitre II. Sel")]
)
def test_numbered_parts_above_text_and_above_headings_have_the_same_level(parts: tuple[str, str]) -> None:
    first, second = (part.rstrip(".") for part in parts)
    shown = lines(f"<b>{first}</b>", "They met.", f"<b>{second}</b>", "<b>Nets</b>", "They ate.", *_HEADED)
    assert f'\nsection "{second}"\n  section "Nets"\n    paragraph "They ate."\n' in f"\n{shown}"
    assert f'\nsection "{first}"\n' in f"\n{shown}"


def test_numbers_of_articles_above_their_names_are_no_headings() -> None:
    shown = lines("<b>Article 1</b>", "<b>Nets</b>", "They ate.", "<b>Article 2</b>", "<b>Salt</b>", "They slept.")
    assert 'section "Article' not in shown


@pytest.mark.parametrize("below", [(), _HEADED])
def test_lines_in_italics_without_a_bold_heading_above_are_not_headings(below: tuple[str, ...]) -> None:
    shown = lines("Lead.", "They rose.", "<i>Negative loops</i>", _LONG, "<i>Salt markets</i>", _LONG, *below)
    assert shown.count("section") == len(below) / 2


def test_one_line_in_italics_is_not_a_heading() -> None:
    assert lines("<b>Reefs</b>", "They rose.", "<i>Loops</i>", _LONG, *_HEADED).count("section") == 1 + 3


@pytest.mark.parametrize(
    "days",
    [
        ("Sunday, October 1, 2031", "Monday, October 2, 2031", "Tuesday, October 3, 2031"),
        ("Reef Town, 1 May 2031", "Port Salt, 2 May 2031", "Cape Tide, 3 May 2031"),
    ],
)
def test_bold_days_of_several_events_are_headings(days: tuple[str, ...]) -> None:
    shown = lines("Lead.", *(line for day in days for line in (f"<b>{day}</b>", "They met.")))
    assert shown.count("section") == len(days)


def test_numbered_bold_lines_that_begin_again_at_1_are_all_headings() -> None:
    bold = "<strong>{}</strong>".format
    text = "Both sides agreed on the lamps of the reef."
    outline = lines(bold("1. Lamps"), text, bold("2. Pilots"), text, "They also read:", bold("1. Report on salt"), text)
    assert [line for line in outline.splitlines() if line.startswith("section")] == [
        'section "1." "Lamps"',
        'section "2." "Pilots"',
        'section "1." "Report on salt"',
    ]
