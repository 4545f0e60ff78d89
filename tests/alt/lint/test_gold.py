"""The linter agrees with an editor about invented texts, in each language and with each profile of house rules."""

from __future__ import annotations

import time
from collections import Counter

import msgspec
import pytest

from readout_pub.alt.lint import RULES, lint_photos, load_house_rules
from tests.alt.lint.gold import PROFILES, SITES, judged_photos, second_verdicts, verdict

JUDGED = tuple(judged_photos())


@pytest.mark.slow
def test_the_gold_has_200_texts_all_languages_and_three_kinds_of_verdicts() -> None:
    assert len(JUDGED) >= 200
    assert Counter(judged.photo.language for judged in JUDGED).keys() == SITES.keys()
    assert {judged.verdicts[profile] for judged in JUDGED for profile in PROFILES} == {"error", "warning", "fine"}


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("language", SITES)
def test_errors_are_found_with_precision_and_recall_of_95_percent(language: str, profile: str) -> None:
    pairs = Counter(
        (judged.verdicts[profile] == "error", verdict(judged, profile)[0] == "error")
        for judged in JUDGED
        if judged.photo.language == language
    )
    hits = pairs[True, True]
    assert hits / (hits + pairs[False, True]) >= 0.95, "precision"
    assert hits / (hits + pairs[True, False]) >= 0.95, "recall"


@pytest.mark.parametrize("language", SITES)
def test_two_editors_agree_on_what_is_an_error(language: str) -> None:
    second = second_verdicts()
    pairs = [
        (judged.verdicts[profile] == "error", again == "error")
        for judged in JUDGED
        if judged.photo.language == language
        for profile, again in second.get(judged.photo.id, {}).items()
    ]
    first_errors, second_errors = (sum(errors) / len(pairs) for errors in zip(*pairs, strict=True))
    by_chance = first_errors * second_errors + (1 - first_errors) * (1 - second_errors)
    agreement = sum(first is again for first, again in pairs) / len(pairs)
    assert agreement >= 0.95
    assert (agreement - by_chance) / (1 - by_chance) >= 0.9, "Cohen's kappa"


@pytest.mark.slow
@pytest.mark.parametrize("language", SITES)
def test_verdicts_agree_with_the_editor_in_95_percent_of_cases(language: str) -> None:
    agree = [
        judged.verdicts[profile] == verdict(judged, profile)[0]
        for judged in JUDGED
        if judged.photo.language == language
        for profile in PROFILES
    ]
    assert sum(agree) / len(agree) >= 0.95


@pytest.mark.slow
def test_each_rule_finds_a_fault_in_some_text() -> None:
    found = {finding.rule for judged in JUDGED for profile in PROFILES for finding in verdict(judged, profile)[1]}
    assert RULES.keys() - found == set()


@pytest.mark.slow
def test_ten_thousand_photos_take_less_than_ten_seconds() -> None:
    body = " ".join(judged.photo.page_text for judged in JUDGED)
    photos = [
        msgspec.structs.replace(
            JUDGED[number % len(JUDGED)].photo, page=f"{number // 4}.html", page_text=f"{body} {number // 4}"
        )
        for number in range(10_000)
    ]
    start = time.process_time()
    assert sum(1 for _ in lint_photos(photos, load_house_rules("wai"))) == 10_000
    assert time.process_time() - start < 10
