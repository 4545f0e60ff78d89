"""House rules for alternative texts: which rules are on, at which level, and how long a text may be."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from readout_pub.alt.lint.findings import AdviceLanguage, Citation, Level


class RuleSetting(msgspec.Struct, frozen=True):
    """What house rules say about one rule. `write` is language → advice that replaces the advice of the rule."""

    level: Level
    citation: Citation
    write: Mapping[AdviceLanguage, str] = {}


class HouseRules(msgspec.Struct, frozen=True):
    """House rules: which rules are on, and how long a text may be; `cjk` stands for Chinese, Japanese and Korean."""

    name: str
    citation: Citation
    rules: Mapping[str, RuleSetting]
    max_characters: int
    max_characters_cjk: int
    max_sentences: int
