"""Regular expressions of the package take linear time, whatever text a page has; `BOUNDED` lists the exceptions."""

from __future__ import annotations

import re
import signal
from collections import deque
from collections.abc import Iterator

import pytest

from tests.pattern_pumps import package_patterns, possessive_groups, pumps

PATTERNS = package_patterns()
SIZE = 64_000
"""How many characters the strings have. Linear patterns take some milliseconds for them, quadratic ones seconds."""
SHORT_SIZE = 100
SHORT_COUNT = 80
"""How many characters a line or an alternative text may have, and how many such texts a page with many photos has. A
pattern may be slow for each short text, and yet take no longer for a long one."""
LETTERS = (("", "a", ""), ("", "a", "-"))
"""One long word, alone and before a sign: words of Chinese have no spaces between them."""

SLOW_SECONDS = 0.25
"""A pattern that takes more seconds of CPU time than this counts as slow."""


class TooSlowError(Exception):
    """A pattern has taken `SLOW_SECONDS` seconds."""


@pytest.fixture(autouse=True)
def _alarm() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.signal(signal.SIGVTALRM, before)


def is_slow(pattern: re.Pattern[str], case: tuple[str, str, str], *, anywhere: bool) -> bool:
    """Return whether a pattern takes more than `SLOW_SECONDS` in both of two attempts to read a string.

    If `anywhere`, the pattern is searched for in the whole string, else it is matched at the start only.
    """
    before, pumped, end = case
    text = before + pumped * (SIZE // len(pumped)) + end
    return all(_is_stopped(pattern, text, anywhere=anywhere) for _ in range(2))


def _is_stopped(pattern: re.Pattern[str], text: str, *, anywhere: bool) -> bool:
    signal.setitimer(signal.ITIMER_VIRTUAL, SLOW_SECONDS)
    try:
        if anywhere:
            deque(pattern.finditer(text), maxlen=0)
        else:
            pattern.match(text)
            pattern.fullmatch(text)
            for start in range(0, SHORT_COUNT * SHORT_SIZE, SHORT_SIZE):
                pattern.fullmatch(text, start, start + SHORT_SIZE)
    except TooSlowError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return False


BOUNDED = {
    "model.url_parts._USERINFO[0]": "4,000 characters at most are searched",
    "extract.image_urls._SRCSET_CANDIDATE[0]": "is never applied to a text with white space or a comma at its end",
    "styles._COMMENT[0]": "reads the style sheets of this program and its user",
    "styles._LINE_BREAKS[0]": "as styles._COMMENT",
    "styles._TOKEN[0]": "as styles._COMMENT",
    **{f"alt.meaningless._NAMES_OF_PROGRAMS[{each}]": "500 characters at most are compared" for each in range(3, 7)},
    "alt.meaningless._GENERIC_TEXTS[0]": "1,000 characters at most are compared",
}
"""Slow patterns that are never applied to a long text of a page, each with its reason."""


POSSESSIVE_GROUPS = {
    f"extract.exclusions.{name}[0]": "a repetition fails midway only at a backslash that ends the text"
    for name in ("_CSS_NAME", "_CSS_STRINGS", "_CSS_TOKEN", "_COUNTER_STYLE", "_ESCAPED_LETTER", "_VALUE_WITH_WORDS")
} | {
    "extract.html_parser._PARAGRAPH_IN_HEADING[0]": "a repetition fails midway only at the < of an end tag, and "
    "the match is put back unchanged, whether it has this < or not"
}
"""Patterns that repeat a group possessively, each with the reason why Python 3.11.2 matches it correctly."""


@pytest.mark.slow
def test_patterns_that_python_3_11_2_may_match_wrongly_are_listed() -> None:
    # The fault (CPython issue 106052): if the last repetition of a possessive group fails midway, Python does not go
    # back to the end of the repetition before it.
    assert possessive_groups(re.compile(r"a(?:b|(?:cd?e)*+f)")) == 1
    assert possessive_groups(re.compile(r"a*+[bc]++(?:de*+)*")) == 0
    found = {name for name, (pattern, _) in PATTERNS.items() if possessive_groups(pattern)}
    assert found == set(POSSESSIVE_GROUPS)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in PATTERNS if name not in BOUNDED])
def test_a_pattern_takes_linear_time(name: str) -> None:
    pattern, anywhere = PATTERNS[name]
    cases = (*pumps(pattern), *LETTERS)
    assert [case for case in cases if is_slow(pattern, case, anywhere=anywhere)][:3] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", BOUNDED)
def test_a_pattern_that_is_listed_as_slow_is_slow(name: str) -> None:
    pattern, anywhere = PATTERNS[name]
    assert any(is_slow(pattern, case, anywhere=anywhere) for case in pumps(pattern))


@pytest.mark.slow
@pytest.mark.parametrize("slow", [r",*;", r"(?:a|a)+b", r"a[^b]*b", r"\s+$", r"<\w+(?:x|y)*>"])
def test_generated_strings_reveal_slow_patterns(slow: str) -> None:
    pattern = re.compile(slow)
    assert any(is_slow(pattern, case, anywhere=True) for case in pumps(pattern))
