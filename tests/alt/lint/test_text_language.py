"""Which alternative texts are in another language than their page."""

from __future__ import annotations

import pytest

from readout_pub.alt.lint.text_language import foreign_language


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [
        ("Gruppenfoto", "en", "de"),
        ("Luftaufnahme des Hafens", "en-US", "de"),
        ("Bureau de la ministre", "en", "fr"),
        ("Firma de la declaración", "en", "es"),
        ("Stretta di mano", "en", "it"),
        ("Straße am Kai", "en", "de"),
        ("Embajada en Linden", "en", "es"),
        ("Handshake", "de", "en"),
        ("Two ships in the harbour", "de", "en"),
        ("Man and woman signing", "haw", "en"),
        ("Foreign Minister", "ja", "en"),
        ("Встреча министров", "en", "ru"),
        ("외교장관 회담", "ja", "ko"),
        ("港に停泊する二隻の船", "zh", "ja"),
        ("两国外长举行会谈", "ja", "zh"),
        ("sailor mending nets, advertisement", "de", "en"),
    ],
)
def test_a_short_text_in_another_language_is_recognised(text: str, page: str, language: str) -> None:
    assert foreign_language(text, page, "") == language


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("Jürgen Müller", "en"),
        ("Bambino Plus winch, still working without faults four years later, highly recommended", "en"),
        ("Palacio de la Moneda", "en"),
        ("Casa de las Américas", "en"),
        ("von der Leyen", "en"),
        ("日本外務大臣会見", "ja"),
        ("geringe Strömung, schiff ging unter", "de"),
        ("marketing plan", "de"),
        ("El Niño", "en"),
        ("Minister Korvin", "de"),
        ("Oklahoma", "ko"),
        ("G9 LINDEN 2031", "ja"),
        ("Bank of Avalon", "pl"),
        ("Gruppenfoto", "de"),
        ("Gruppenfoto", "und"),
    ],
)
def test_names_and_the_language_of_the_page_are_not_foreign(text: str, page: str) -> None:
    assert foreign_language(text, page, "") is None


def test_a_foreign_label_that_the_page_uses_counts_as_a_name() -> None:
    assert foreign_language("Pressekonferenz Linden", "en", "") == "de"
    assert foreign_language("Pressekonferenz Linden", "en", "It calls itself the Pressekonferenz.") is None


def test_a_foreign_function_word_that_the_page_uses_is_no_evidence() -> None:
    assert foreign_language("Jak to jest w porcie?", "pl", "Wizyta w porcie. To jest port.") is None
    assert foreign_language("Walking to the ship", "pl", "Wizyta w porcie. To jest port.") == "en"


def test_the_true_language_of_a_wrongly_declared_page_is_not_foreign() -> None:
    english = "The minister of the sea met the pilots of the port and spoke with them about the new pier. " * 5
    french = "Le ministre de la mer a rencontré les pilotes du port et a parlé avec eux de la nouvelle jetée. " * 5
    assert foreign_language("Two ships in the harbour", "fr", french) == "en"
    assert foreign_language("Two ships in the harbour", "fr", english) is None
    assert foreign_language("Two ships in the harbour", "fr", english[:95]) == "en"  # too short to judge
