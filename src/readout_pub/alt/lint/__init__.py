"""Judges alternative texts by house rules: photos in context → findings, each with advice and its guideline."""

from __future__ import annotations

import functools
import itertools
import tomllib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.lint.findings import LEVELS, AdviceLanguage, AltFinding, Citation, Level, at_least
from readout_pub.alt.lint.house_rules import HouseRules, RuleSetting
from readout_pub.alt.lint.profiles import DEFAULT_PROFILE, load_house_rules, profile_names
from readout_pub.alt.lint.rules import RULES, JudgedText, Values, comparable
from readout_pub.model import Alt, Described, Missing

__all__ = [
    "DEFAULT_PROFILE",
    "LEVELS",
    "RULES",
    "AdviceLanguage",
    "AltFinding",
    "Citation",
    "HouseRules",
    "Level",
    "at_least",
    "lint_photo",
    "lint_photos",
    "load_house_rules",
    "profile_names",
]


def lint_photos(
    photos: Iterable[PhotoInContext],
    profile: HouseRules,
    language: AdviceLanguage = "en",
    accepted: Callable[[PhotoInContext], Collection[str]] = lambda _: (),
) -> Iterator[tuple[PhotoInContext, tuple[AltFinding, ...]]]:
    """Yield each photo with its findings, worst first; the photos of a page must be consecutive.

    `accepted` returns the names of the rules that a reviewer allows a photo to break. A photo that breaks a final rule
    (see `AltRule`) is judged by the later rules only if `accepted` has the name of this rule. Only the photos of one
    page are in memory at once.
    """
    for _, page in itertools.groupby(photos, key=lambda photo: (photo.archive, photo.page)):
        of_page = list(page)
        pictures = _pictures_by_text(of_page)
        for photo in of_page:
            pictures_with_text = len(pictures.get(_text_key(photo), ()))
            yield photo, _findings(photo, pictures_with_text, profile, language, accepted(photo))


def lint_photo(
    photo: PhotoInContext,
    profile: HouseRules,
    others: Iterable[PhotoInContext] = (),
    language: AdviceLanguage = "en",
    accepted: Collection[str] = (),
) -> tuple[AltFinding, ...]:
    """Return the findings for one photo, worst first; `others` are the photos of its page, with or without this one.

    `accepted` has names of rules as in `lint_photos`. For many photos, `lint_photos` is faster.
    """
    pictures = _pictures_by_text((photo, *others))
    return _findings(photo, len(pictures.get(_text_key(photo), ())), profile, language, accepted)


def _pictures_by_text(photos: Iterable[PhotoInContext]) -> Mapping[str, set[str]]:
    """Return alternative text → the different pictures that have it."""
    pictures: dict[str, set[str]] = defaultdict(set)
    for photo in photos:
        pictures[_text_key(photo)].add(photo.sha256 or photo.file)
    pictures.pop("", None)
    return pictures


def _text_key(photo: PhotoInContext) -> str:
    return comparable(photo.alt.text) if isinstance(photo.alt, Described) else ""


def _findings(
    photo: PhotoInContext,
    pictures_with_text: int,
    profile: HouseRules,
    language: AdviceLanguage,
    accepted: Collection[str],
) -> tuple[AltFinding, ...]:
    found: list[AltFinding] = []
    if replaced := photo.replaced_alt:
        as_on_page = JudgedText(msgspec.structs.replace(photo, alt=replaced), _one_line(replaced), 1, profile)
        found += _broken_rules(as_on_page, _OF_REPLACED_TEXTS, language, accepted)
    if not found or not isinstance(photo.alt, Missing):
        judged = JudgedText(photo, _one_line(photo.alt), pictures_with_text, profile)
        found += _broken_rules(judged, RULES, language, accepted)
    return tuple(sorted(found, key=lambda each: -LEVELS.index(each.level)))


_OF_REPLACED_TEXTS = ("file-name", "generic")
"""The rules for `replaced_alt`, a text of the page that outputs leave out because it says nothing about the photo."""


def _one_line(alt: Alt) -> str:
    return " ".join(alt.text.split()) if isinstance(alt, Described) else ""


def _broken_rules(
    judged: JudgedText, names: Iterable[str], language: AdviceLanguage, accepted: Collection[str]
) -> Iterator[AltFinding]:
    """Yield what the rules with these names find in a text, in the order of `names`."""
    for name in names:
        rule, setting = RULES[name], judged.profile.rules.get(name)
        is_applied = (setting or rule.final) and not (rule.of_wording and judged.is_approved_caption)
        values = rule.find(judged) if is_applied else None
        if values is None:
            continue
        if setting:
            yield _finding(name, setting, values, judged.photo, language)
        if rule.final and name not in accepted:
            return


def _finding(
    rule: str, setting: RuleSetting, values: Values, photo: PhotoInContext, language: AdviceLanguage
) -> AltFinding:
    words = _words()[rule]
    if "where" in words:
        values = {**values, "where": words["where"][values["where"]][language]}
    return AltFinding(
        rule,
        setting.level,
        words["problem"][language].format_map(values),
        setting.write.get(language) or words["write"][language],
        setting.citation,
        photo.id,
        photo.archive,
        photo.page,
        photo.file,
    )


@functools.cache
def _words() -> Mapping[str, Any]:
    """Return rule → its messages and advice by language."""
    return tomllib.loads(files(__package__).joinpath("rules.toml").read_text("utf-8"))
