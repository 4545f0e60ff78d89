"""House rules of this program and of users, and the messages on mistakes in them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import readout_pub.alt.lint as lint_package
from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.lint import RULES, lint_photo, load_house_rules, profile_names
from readout_pub.errors import SourceError, UsageError
from readout_pub.model import Described

PHOTO = PhotoInContext(
    id="0", archive="saved", page="talks.html", file="a.jpg", alt=Described("Photo of a quay"), language="en"
)


def written(folder: Path, text: str, name: str = "ours.toml") -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def test_profiles_are_listed_by_name() -> None:
    assert profile_names() == ("govuk-2022", "quarto", "section508", "wai")


@pytest.mark.parametrize("name", profile_names())
def test_each_rule_of_a_profile_cites_a_document_and_what_it_says(name: str) -> None:
    for rule, setting in load_house_rules(name).rules.items():
        citation = setting.citation
        assert all((citation.title, citation.publisher, citation.date, citation.says)), rule
        assert citation.url.startswith("https://"), rule


def test_each_rule_has_its_words_in_english_and_japanese() -> None:
    words = tomllib.loads((Path(lint_package.__file__).parent / "rules.toml").read_text("utf-8"))
    assert words.keys() == RULES.keys()
    assert all(each[part].keys() == {"en", "ja"} for each in words.values() for part in ("problem", "write"))


def test_profiles_give_one_rule_different_levels() -> None:
    levels = {name: load_house_rules(name).rules.get("same-as-person-caption") for name in profile_names()}
    assert levels["govuk-2022"] is None
    assert levels["quarto"] is not None
    assert levels["quarto"].level == "error"
    assert levels["wai"] is not None
    assert levels["wai"].level == "warning"


def test_a_users_profile_extends_one_of_this_program(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'title = "House rules"\nextends = "wai"\nmax_sentences = 1\n'
        '[rules.image-phrase]\nlevel = "error"\nsays = "Never."\nwrite.en = "Begin with the subject."\n',
    )
    profile = load_house_rules(path)
    found = lint_photo(PHOTO, profile)[0]
    assert (found.level, found.what_to_write) == ("error", "Begin with the subject.")
    assert (found.citation.title, found.citation.says) == ("House rules", "Never.")
    assert profile.max_sentences == 1
    assert profile.rules.keys() == load_house_rules("wai").rules.keys()


def test_a_users_profile_extends_another_in_the_same_folder(tmp_path: Path) -> None:
    written(tmp_path, 'title = "Base"\nextends = "wai"\n[rules.image-phrase]\nlevel = "off"\n', "base.toml")
    profile = load_house_rules(written(tmp_path, 'title = "House rules"\nextends = "base.toml"\n'))
    assert lint_photo(PHOTO, profile) == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title = ", "not valid TOML"),
        ('extends = "wai"', "title"),
        ('title = " "\nextends = "wai"', "`title` is empty"),
        ('title = "T"', "`max_characters` is missing"),
        ('title = "T"\nextends = "wai"\nmax_characters = 0', "`max_characters` is missing or below 1"),
        ('title = "T"\nextends = "wai"\n[rules.blurry]\nlevel = "error"', "there is no rule 'blurry'"),
        (
            'title = "T"\nextends = "wai"\n[rules.vague]\nlevel = "fatal"',
            """'rules.NAME.level' must be "error" or "note" or "warning" or "off", but is "fatal";""",
        ),
        (
            'title = "T"\nextends = "wai"\n[rules.vague.write]\nxx = "Write."',
            "'rules.NAME.write.xx' is not a key of such a file;",
        ),
        ('title = "T"\nextends = "wai"\nmax_sentences = 1.5', "must be a whole number, but is a number;"),
        ('title = ["T"]\nextends = "wai"', "'title' must be a text in quotes, but is a list;"),
        ('title = "T"\nextends = "wai"\n[rules.vague]\nlevel = "note"\nsource = "x"', "not under [sources]"),
        (
            'title = "T"\nmax_characters = 9\nmax_characters_cjk = 9\nmax_sentences = 9\n[rules.vague]\nsays = "x"',
            "has no level",
        ),
        ('title = "T"\nextends = "ours.toml"', "extends itself"),
    ],
)
def test_a_mistake_in_a_profile_is_reported_with_its_file(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(SourceError) as caught:
        load_house_rules(written(tmp_path, text))
    assert "ours.toml" in str(caught.value)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("name", ["wcag", "missing.toml", ""])
def test_an_unknown_profile_is_a_usage_error_that_lists_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError, match="take one of govuk-2022, quarto, section508, wai"):
        load_house_rules(name)


def test_the_documentation_lists_each_rule_with_its_levels() -> None:
    page = (Path(__file__).parents[3] / "docs/alt-lint.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line.startswith("| `")
    ]
    profiles = ("wai", "govuk-2022", "quarto", "section508")
    documented = {row[0].strip("`"): row[2:] for row in rows if len(row) == 6}
    assert documented == {
        rule: [
            load_house_rules(each).rules[rule].level if rule in load_house_rules(each).rules else "off"
            for each in profiles
        ]
        for rule in RULES
    }


def test_the_profile_in_the_documentation_is_valid(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs/alt-lint.md").read_text("utf-8")
    profile = load_house_rules(written(tmp_path, page.split("```toml\n")[1].split("```")[0]))
    assert profile.rules["image-phrase"].citation.title == "Letter of the ombudsman"
    assert "vague" not in profile.rules
    assert profile.max_characters_cjk == 60
