"""The few words that the program itself adds to a page, in the language of the page where it knows it."""

from __future__ import annotations

import msgspec


class Wording(msgspec.Struct, frozen=True, kw_only=True):
    """The words in one language; `marks` are the attributes they need on a page in another one."""

    language: str
    skip: str
    contents: str
    undecided: str
    table: str
    notes: str
    back_to_text: str
    attachments: str
    photo_missing: str
    photo_undescribed: str
    source: str
    retrieved: str
    licence: str
    converted: str
    marks: str = ""


WORDINGS: dict[str, Wording] = {
    "en": Wording(
        language="en",
        skip="Skip to content",
        contents="Contents",
        undecided="Lines found where photo texts stand",
        table="Table",
        notes="Notes",
        back_to_text="Back to text",
        attachments="Attachments",
        photo_missing="Photo not available",
        photo_undescribed="Photo, no description available",
        source="Source",
        retrieved="Retrieved",
        licence="Licence",
        converted="Converted by readout-pub; wording unchanged.",
    ),
}

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def direction(language: str) -> str:
    """Return "rtl" or "ltr", the direction in which `language` (BCP 47) is written."""
    primary, *rest = language.lower().split("-")
    scripts = {part for part in rest if len(part) == 4}
    if scripts:
        return "rtl" if scripts & _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"


def wording(language: str) -> Wording:
    """Return the words for a page in `language` (BCP 47); English, marked as such, where nobody has translated them."""
    primary = language.lower().split("-")[0]
    if primary in WORDINGS:
        return WORDINGS[primary]
    return msgspec.structs.replace(WORDINGS["en"], marks=' lang="en" dir="ltr"')
