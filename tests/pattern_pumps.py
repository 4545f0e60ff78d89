"""Finds every regular expression of the package, and generates strings on which each is likely to be slow."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined] # there is no public parser of patterns
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import readout_pub
from tests.syntax_trees import syntax_tree

Tokens = Sequence[tuple[Any, Any]]
"""A parsed pattern: codes with their arguments, as `re` parses them."""

_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_WORD: "-",
}
_IMPORT = re.compile(r"^from .+ import (?:\([^)]*\)|.*)", re.MULTILINE)
_SAMPLE_CHARACTERS = "a 1-.,;:<>\"'/=(){}[]\n"
"""Characters from which samples of ".", of negated characters and of negated sets are chosen."""


def package_patterns() -> dict[str, tuple[re.Pattern[str], bool]]:
    """Return name → (pattern, whether the code searches for it anywhere in a text), for all modules.

    These are the patterns in variables, and those passed to functions of `re`.
    """
    found: dict[str, tuple[re.Pattern[str], bool]] = {}
    for info in pkgutil.walk_packages(readout_pub.__path__, "readout_pub."):
        if info.name.endswith("__main__"):
            continue
        module = import_module(info.name)
        source = _IMPORT.sub("", inspect.getsource(module))
        for name, value in vars(module).items():
            for number, pattern in enumerate(_patterns_in(value)):
                key = f"{info.name.removeprefix('readout_pub.')}.{name}[{number}]"
                found.setdefault(key, (pattern, _is_searched(name, source)))
        if not re.search(r"\bre\.(?!compile\b)[a-z]+\(", source):  # parsing all modules takes seconds
            continue
        for number, (text, function) in enumerate(_patterns_in_code(syntax_tree(Path(inspect.getfile(module))))):
            key = f"{info.name.removeprefix('readout_pub.')}, call {number}"
            found[key] = (re.compile(text), function not in {"match", "fullmatch"})
    unique = {(pattern.pattern, pattern.flags, anywhere): name for name, (pattern, anywhere) in found.items()}
    return {name: found[name] for name in unique.values()}


@cache
def _is_searched(name: str, source: str) -> bool:
    """Return whether the code `source` may search for the pattern `name` anywhere in a text, as `name.search` does.

    If the code calls only `name.match` and `name.fullmatch`, matches begin at the start of the text.
    """
    return not re.search(rf"\b{name}(?:\[[^]\n]*\])?\.(?:full)?match\b", source) or bool(
        re.search(rf"\b{name}(?:\[[^]\n]*\])?(?:\.(?!fullmatch|match)|[,)])", source)
    )


def possessive_groups(pattern: re.Pattern[str]) -> int:
    """Return how many groups of a pattern are repeated possessively, such as `(?:ab)*+`; `[ab]*+` is not counted."""
    return sum(_possessive_groups(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)))


def _possessive_groups(tokens: Tokens) -> Iterator[bool]:
    for code, argument in tokens:
        if code is codes.POSSESSIVE_REPEAT:
            inner = argument[2]
            yield len(inner) != 1 or inner[0][0] not in {codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY}
        for part in argument if isinstance(argument, tuple | list) else ():
            if isinstance(part, parser.SubPattern):
                yield from _possessive_groups(part)
            elif isinstance(part, list):
                for branch in part:
                    yield from _possessive_groups(branch) if isinstance(branch, parser.SubPattern) else ()


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        text = value.pattern
        yield value if isinstance(text, str) else re.compile(text.decode("latin-1"), value.flags & ~re.UNICODE)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _patterns_in(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _patterns_in(each)


def _patterns_in_code(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name("re"), function), [ast.Constant(str(text)), *_]) if (
                function != "compile"
            ):
                yield text, function


def pumps(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the beginning, the part to repeat and the end of strings that a pattern may match slowly.

    The part to repeat is a text that a repetition of the pattern matches. It may begin with a text that matches what
    precedes the repetition. So an attempt to match at any position reads many characters before it fails at the end.
    """
    tokens = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    seen = set()
    for before, body in _repetitions(tokens):
        for piece in _samples(body, 8):
            for pumped in dict.fromkeys((piece, before + piece, before, piece + " ", piece * 2 + "\n")):
                for end in ("", "\x00", "!\n"):
                    case = (before, pumped, end)
                    if pumped and case not in seen:
                        seen.add(case)
                        yield case


def _repetitions(tokens: Tokens, before: str = "") -> Iterator[tuple[str, Tokens]]:
    """Yield the body of each repetition that may match more than 20 times, after a sample of what precedes it."""
    for code, argument in tokens:
        inner = list(_inner(code, argument))
        if code in _REPEATS and argument[1] > 20:
            yield before, argument[2]
        for each in inner:
            yield from _repetitions(each, before)
        before += next(_samples([(code, argument)], 1), "")


def _inner(code: Any, argument: Any) -> Iterator[Tokens]:  # noqa: ANN401 - as Tokens
    if code in _REPEATS:
        yield argument[2]
    elif code is codes.SUBPATTERN:
        yield argument[3]
    elif code is codes.BRANCH:
        yield from argument[1]
    elif code is codes.ATOMIC_GROUP:
        yield argument
    elif code in {codes.ASSERT, codes.ASSERT_NOT}:
        yield argument[1]


def _samples(tokens: Tokens, most: int) -> Iterator[str]:
    """Yield up to `most` short strings that the tokens match, with different members of sets and branches."""
    choices = [list(islice(_token_samples(code, argument, most), most)) for code, argument in tokens]
    if all(choices):
        for number in range(max(map(len, choices), default=1)):
            yield "".join(each[number % len(each)] for each in choices)


def _token_samples(code: Any, argument: Any, most: int) -> Iterator[str]:  # noqa: ANN401 - as Tokens
    if code is codes.LITERAL:
        yield chr(argument)
    elif code in {codes.NOT_LITERAL, codes.ANY}:
        yield from (each for each in _SAMPLE_CHARACTERS if code is codes.ANY or ord(each) != argument)
    elif code is codes.IN:
        yield from _set_samples(argument)
    elif code in _REPEATS:
        low, _, body = argument
        yield from (sample * max(low, 1) for sample in _samples(body, most))
        if not low:
            yield ""
    elif code is codes.BRANCH:
        for branch in argument[1]:
            yield from _samples(branch, most)
    elif code is codes.SUBPATTERN:
        yield from _samples(argument[3], most)
    elif code is codes.ATOMIC_GROUP:
        yield from _samples(argument, most)
    else:  # anchors, assertions and back references
        yield ""


def _set_samples(argument: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    if argument[0][0] is codes.NEGATE:
        excluded = re.compile(f"[{''.join(map(_set_text, argument[1:]))}]")
        yield from (each for each in _SAMPLE_CHARACTERS if not excluded.match(each))
        return
    for code, value in argument:
        if code is codes.LITERAL:
            yield chr(value)
        elif code is codes.RANGE:
            yield chr(value[0])
        elif code is codes.CATEGORY:
            yield _CATEGORIES[value]


def _set_text(item: tuple[Any, Any]) -> str:
    code, value = item
    if code is codes.LITERAL:
        return re.escape(chr(value))
    if code is codes.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {"1": r"\d", "a": r"\w", " ": r"\s", "-": r"\W"}[_CATEGORIES[value]]
