"""Makes the JSON Schema of `profile.toml`, with which text editors complete keys and mark mistakes in a profile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from readout_pub.extract.profile import SiteProfile
from readout_pub.model.codec import schema_of

SCHEMA_FILE = "profile.schema.json"
"""The file beside the folders of sites; `#:schema ../profile.schema.json` in a profile points to it."""

_DESCRIPTIONS = {
    "SiteProfile": {
        "publisher": "Language (BCP 47) → name of the publisher. The first entry is used for every other language.",
        "hosts": "Hosts of the site, such as `mofa.example`; their subdomains count too.",
        "layout": "The designs that pages of the site have had, the newest first.",
        "licence": "The licence of the texts, and the credit line that it asks for.",
        "extends": "A site in a sibling folder whose layouts, licence and index this site uses too.",
        "index": "How to read the pages on which the site lists its documents.",
    },
    "Layout": {
        "name": "A word for this layout, such as the year in which it began.",
        "marker": "CSS selector that only pages of this layout match.",
        "body": "CSS selector of the element that holds the text, with its photos.",
        "series": "CSS selector of the series line, such as “Readouts”, or several selectors: the first that finds "
        "text is used.",
        "title": "CSS selector of the title, or several selectors: the first that finds text is used.",
        "date": "CSS selector of the element with the publication date, or several selectors: the first that finds a "
        "date is used.",
        "byline": "CSS selector of the author or office, or several selectors: the first that finds text is used.",
        "back_link": "CSS selector of the link back to the page that lists the documents, or several selectors: the "
        "first that finds a link is used.",
        "caption": "CSS selector of captions that no markup joins to their photo.",
        "credit": "CSS selector of photo credits.",
        "drop": "CSS selectors of elements to leave out; a note counts their words.",
        "unwrap": "CSS selectors of elements to remove while their content stays.",
    },
    "LicenceTerms": {
        "name": "Language (BCP 47) → name of the licence.",
        "url": "Address of the licence.",
        "credit": "Language → credit line with {url} and {date}; [brackets] are omitted if a value in them is unknown.",
    },
    "IndexPages": {
        "documents": "Patterns of the URL paths of documents; * matches any text, [0-9] a digit.",
        "next": "CSS selector of the link to the next page of a list.",
        "start": "URLs of lists of the newest documents, which `profile check --live` reads.",
    },
}
"""Struct → key → what text editors show beside the key."""

_INTERNAL = {"site", "path"}
"""Fields that reading a profile fills in; no file has them."""


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a `profile.toml`, with a description of every key."""
    schema = schema_of(SiteProfile, _schema_of_path)
    for struct, descriptions in _DESCRIPTIONS.items():
        definition = schema["$defs"][struct]
        for key in _INTERNAL & definition["properties"].keys():
            del definition["properties"][key]
        for key, description in descriptions.items():
            definition["properties"][key]["description"] = description
    return schema


def _schema_of_path(kind: type) -> dict[str, Any]:
    if kind is Path:
        return {"type": "string"}
    raise NotImplementedError(kind)
