"""The JSON Schema of profiles: it is a valid schema, accepts the profiles of the package, and rejects mistakes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from readout_pub.extract.profile_schema import SCHEMA_FILE, profile_schema
from readout_pub.extract.registry import OWN_SITES

PROFILES = sorted(OWN_SITES.glob("*/profile.toml"))
MINIMAL: dict[str, Any] = {
    "publisher": {"en": "Atlantis"},
    "hosts": ["atlantis.example"],
    "layout": [{"name": "present", "marker": "main", "body": "main"}],
}


def validator() -> Draft202012Validator:
    schema = profile_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.parent.name)
def test_every_profile_of_the_package_is_valid(profile: Path) -> None:
    validator().validate(tomllib.loads(profile.read_text("utf-8")))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.parent.name)
def test_every_profile_of_the_package_names_the_schema(profile: Path) -> None:
    assert profile.read_text("utf-8").startswith(f"#:schema ../{SCHEMA_FILE}\n")


@pytest.mark.parametrize(
    "change",
    [
        {"hosts": "atlantis.example"},
        {"site": "atlantis"},
        {"layout": [{"name": "present", "marker": "main"}]},
        {"layout": [MINIMAL["layout"][0] | {"titel": "h1"}]},
        {"licence": {"url": "https://licence.example/"}},
    ],
    ids=["a host outside a list", "an internal key", "a layout without body", "a misspelt key", "an unnamed licence"],
)
def test_a_profile_with_a_mistake_is_invalid(change: dict[str, Any]) -> None:
    assert validator().is_valid(MINIMAL)
    assert not validator().is_valid(MINIMAL | change)


def test_every_key_has_a_description() -> None:
    definitions = profile_schema()["$defs"]
    undescribed = [
        f"{name}.{key}"
        for name, definition in definitions.items()
        for key, value in definition["properties"].items()
        if not value.get("description")
    ]
    assert undescribed == []


def test_the_guide_to_profiles_names_every_key() -> None:
    guide = (Path(__file__).parents[2] / "docs/profiles.md").read_text("utf-8")
    keys = {key for definition in profile_schema()["$defs"].values() for key in definition["properties"]}
    assert {key for key in keys if f"`{key}`" not in guide and f"`[{key}]`" not in guide} == set()


def test_the_schema_file_of_the_package_is_current() -> None:
    assert json.loads((OWN_SITES / SCHEMA_FILE).read_text("utf-8")) == profile_schema()
