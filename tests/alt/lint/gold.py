"""The judged alternative texts of `gold.tsv`: invented photos in context, and the verdict of an editor per profile."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.lint import AltFinding, lint_photo, load_house_rules
from readout_pub.model import Alt, Decorative, Described, Missing

PROFILES = ("wai", "govuk-2022", "quarto", "section508")

SITES = {
    "en": "Ministry of Foreign Affairs of Avalon",
    "ja": "アバロン外務省",
    "de": "Außenministerium von Avalon",
    "fr": "Ministère des Affaires étrangères d'Avalon",
    "es": "Ministerio de Asuntos Exteriores de Avalon",
}


class JudgedPhoto(msgspec.Struct, frozen=True):
    """A photo in context with the other photos of its page; `verdicts`: profile → error, warning or fine."""

    photo: PhotoInContext
    others: tuple[PhotoInContext, ...]
    verdicts: Mapping[str, str]


TABLE = Path(__file__).with_name("gold.tsv")


SECOND_JUDGEMENT = Path(__file__).with_name("second_judgement.tsv")
"""The verdicts of a second editor on 200 random texts. This editor saw neither the first verdicts nor the rules."""


def second_verdicts() -> Mapping[str, Mapping[str, str]]:
    """Return the verdicts of the second editor: `id` of the photo → profile → error, warning or fine."""
    with SECOND_JUDGEMENT.open(encoding="utf-8", newline="") as lines:
        return {row.pop("id"): row for row in csv.DictReader(lines, delimiter="\t")}


def judged_photos(table: Path = TABLE) -> Iterator[JudgedPhoto]:
    """Yield the rows of the table; its column `others` has the texts of the page's other photos, as "origin:text;…"."""
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            photo = PhotoInContext(
                id=row["id"],
                archive="gold",
                page=row["id"],
                file=row["file"],
                alt=alt_of(row["by"], row["text"]),
                title=row["title"],
                caption=row["caption"],
                before=row["before"],
                after=row["after"],
                page_text=" ".join((row["title"], row["before"], row["after"], row["caption"])),
                language=row["language"],
                site_name=SITES[row["language"]],
            )
            others = tuple(
                msgspec.structs.replace(
                    photo, id=f"{row['id']}-{number}", file=f"{number}.jpg", alt=alt_of(*other.split(":", 1))
                )
                for number, other in enumerate(filter(None, row["others"].split(";")))
            )
            yield JudgedPhoto(photo, others, {profile: row[profile] for profile in PROFILES})


def alt_of(by: str, text: str) -> Alt:
    """Return the alternative text. `by` is its origin ("caption+": an approved caption), "missing" or "decorative"."""
    match by:
        case "missing":
            return Missing()
        case "decorative":
            return Decorative()
        case "caption+":
            return Described(text, by="caption", reviewed=True)
        case "source" | "caption" | "person" | "model":
            return Described(text, by=by)
        case _:
            raise AssertionError(by)


def verdict(judged: JudgedPhoto, profile: str) -> tuple[str, tuple[AltFinding, ...]]:
    """Return the verdict of the linter (error, warning or fine) and its findings."""
    found = lint_photo(judged.photo, load_house_rules(profile), judged.others)
    return found[0].level if found else "fine", found
