"""`readout-pub theme`: list, new, check and preview."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readout_pub.themes import theme_names
from tests.cli.conftest import Command


def test_the_list_names_each_theme(run: Command) -> None:
    lines = run("theme", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == list(theme_names())
    assert [each["theme"] for each in json.loads(run("theme", "list", "--json").out)] == list(theme_names())


@pytest.mark.slow
def test_a_new_theme_is_checked_and_used(run: Command, page: Path) -> None:
    theme = page.parent / "avalon"
    made = run("theme", "new", theme, "--name", "Avalon")
    assert made.code == 0
    assert "readout-pub theme check" in made.err
    checked = run("theme", "check", theme)
    assert (checked.code, checked.out) == (0, f"{theme}: 0 errors, 0 warnings\n")
    out = page.parent / "out.html"
    assert run("convert", page, "-o", out, "--theme", theme, "--paper", "A5").code == 0
    assert "--accent: #0b2f5b" in out.read_text("utf-8")


def test_a_new_theme_whose_parent_folder_is_a_file_is_refused_in_one_line(run: Command, page: Path) -> None:
    result = run("theme", "new", page / "avalon")
    assert (result.code, result.out) == (1, "")
    assert result.err.endswith("tides.html is a file, not a folder; choose another place\n")
    assert len(result.err.splitlines()) == 1


@pytest.mark.slow
def test_a_check_fails_for_an_error_and_prints_json(run: Command, page: Path) -> None:
    theme = page.parent / "avalon"
    run("theme", "new", theme)
    path = theme / "theme.toml"
    path.write_text(path.read_text("utf-8").replace("#0b2f5b", "#9fb8d8"), "utf-8")
    checked = run("theme", "check", theme, "--json")
    assert checked.code == 1
    assert [each["where"] for each in json.loads(checked.out)] == ["colours.light.accent", "epub"]
    assert run("theme", "check", theme).out.endswith(": 1 error, 1 warning\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [("convert", "tides.html", "--to", "html", "-o", "out/"), ("batch", ".", "--to", "html", "-o", "out")]
)
def test_an_output_in_a_hard_to_read_theme_gives_a_warning(
    command: tuple[str, ...], run: Command, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(page.parent)
    run("theme", "new", "our theme")
    assert "WCAG" not in run(*command, "--theme", "our theme").err
    path = Path("our theme/theme.toml")
    path.write_text(path.read_text("utf-8").replace('accent = "#0b2f5b"', 'accent = "#e0e0e0"'), "utf-8")
    assert (
        "readout-pub: our theme: 1 colour of text too pale or too dark to read on the paper (WCAG 1.4.3); "
        "`readout-pub theme check 'our theme'` names better ones\n"
    ) in run(*command, "--theme", "our theme").err


def test_a_mistake_in_a_theme_is_one_line_with_its_place(run: Command, page: Path) -> None:
    theme = page.parent / "avalon"
    run("theme", "new", theme)
    path = theme / "theme.toml"
    path.write_text(path.read_text("utf-8").replace("accent =", "acent =", 1), "utf-8")
    for command in (("theme", "check", theme), ("convert", page, "--theme", theme, "--to", "txt")):
        failed = run(*command)
        assert failed.code == 1
        assert "there is no key 'colours.light.acent'; did you mean 'accent'?" in failed.err
        assert len(failed.err.splitlines()) == 1
    assert run("theme", "check", page.parent / "nowhere").code == 2


def test_a_preview_converts_a_page_in_a_theme(run: Command, page: Path) -> None:
    out = page.parent / "shown"
    made = run("theme", "preview", "gazette", page, "--to", "html", "-o", out)
    assert (made.code, made.out) == (0, f"{out / 'preview.html'}\n")
    shown = (out / "preview.html").read_text("utf-8")
    assert "agree on the tides" in shown
    assert "border-block: 0.25rem double" in shown


@pytest.mark.slow
def test_preview_refuses_the_name_of_a_file_for_its_folder(run: Command, page: Path, tmp_path: Path) -> None:
    result = run("theme", "preview", "gazette", page, "-o", tmp_path / "talks.pdf")
    assert (result.code, result.out) == (2, "")
    assert 'talks.pdf: several files cannot go into one; name a folder, such as "out/"' in result.err
    assert not (tmp_path / "talks.pdf").exists()


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "preview"])
def test_a_theme_that_takes_too_long_is_an_error(command: str, run: Command, page: Path) -> None:
    theme = page.parent / "avalon"
    run("theme", "new", theme)
    run("theme", command, theme)  # loads the libraries, so that loading them does not use up the time limit below
    (theme / "theme.css").write_text("p { font-size: 12pt; }\n" * 100_000, "utf-8")
    result = run("theme", command, theme, "--page-timeout", "0.5")
    assert (result.code, result.out) == (1, "")
    assert f"{theme}: it took longer than 0.5 seconds, the limit of --page-timeout" in result.err


@pytest.mark.slow
def test_control_characters_in_the_name_of_a_folder_are_not_printed(run: Command, page: Path) -> None:
    theme = page.parent / "a\u202e"
    for arguments in (("new", theme), ("check", theme), ("preview", theme, "--to", "html", "-o", theme / "shown")):
        result = run("theme", *arguments)
        assert "\u202e" not in result.out + result.err
