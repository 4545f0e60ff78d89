"""Where sentences end, whatever their script."""

from __future__ import annotations

import pytest

from readout_pub.sentences import ends_sentence, split_sentences

ENDS = (
    "The ministers met in Oslo.",
    "“Will they meet again?”",
    "„Werden sie sich wieder treffen?“",
    "»De mødes igen.«",
    "（両大臣は会談した。）",
    "هل يلتقيان مرة أخرى؟",
    "دونوں وزراء نے ملاقات کی۔",
    "दोनों मंत्रियों ने मुलाकात की।",
    "Նախարարները հանդիպեցին։",
    "ሚኒስትሮቹ ተገናኙ።",
    "រដ្ឋមន្ត្រីបានជួបគ្នា។",
    "ဝန်ကြီးများ တွေ့ဆုံသည်။",
    "The ministers met… \n",
)
GOES_ON = ("The ministers met in Oslo", "The ministers met in Oslo,", "両大臣は会談し、", "Agenda:", "2.5 per cent", "")

SENTENCES = {
    "She met Mr. Smith. They spoke.": ["She met Mr. Smith.", "They spoke."],
    "She met J. Smith, approx. two hours.": ["She met J. Smith, approx. two hours."],
    "“Yes.” She left.": ["“Yes.” She left."],
    "大臣は会談した。両者は合意した。": ["大臣は会談した。", "両者は合意した。"],
    "「はい。」と述べた。": ["「はい。」と述べた。"],
    "انتهى اللقاء. هل يلتقيان؟ نعم.": ["انتهى اللقاء.", "هل يلتقيان؟", "نعم."],
    "मुलाकात हुई। बातचीत हुई।": ["मुलाकात हुई।", "बातचीत हुई।"],
    "Встреча в г. Осло. Затем ужин.": ["Встреча в г. Осло.", "Затем ужин."],
    "Министр А. Петров прибыл в т.ч. на ужин.": ["Министр А. Петров прибыл в т.ч. на ужин."],
    "Η κ. Άλκη ήρθε περ. έξι φορές. Έφυγε.": ["Η κ. Άλκη ήρθε περ. έξι φορές.", "Έφυγε."],
    "": [],
}


@pytest.mark.parametrize("text", ENDS)
def test_a_text_ends_as_a_sentence_in_many_scripts(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", GOES_ON)
def test_a_text_without_a_final_mark_does_not_end_as_a_sentence(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_text_is_split_after_each_sentence(text: str) -> None:
    assert split_sentences(text) == SENTENCES[text]
