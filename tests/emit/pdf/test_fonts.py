"""The fonts that a PDF may use; the fonts of the machine are used only on request."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

from readout_pub.emit import RenderOptions
from readout_pub.emit.font_files import EXTRAS, font_folders
from readout_pub.emit.pdf import fonts
from readout_pub.emit.pdf.fonts import (
    font_remedy,
    fontconfig_environment,
    fontconfig_file,
    verify_font_digests,
)
from readout_pub.errors import ToolMissing, option
from readout_pub.install_commands import NOTO_FONTS, install_extra, install_system
from readout_pub.themes import styles_folder
from tests.pdfs import fonts as embedded
from tests.pdfs import make_pdf, paragraph, readout, run_python

SHIPPED = sorted((styles_folder() / "fonts").glob("*/*.ttf"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_shipped_font_is_static_embeddable_and_has_its_licence(path: Path) -> None:
    with TTFont(path) as font:
        assert "fvar" not in font
        assert font["OS/2"].fsType == 0
    assert (path.parent / "LICENSE").stat().st_size > 1000


def test_only_four_families_are_shipped() -> None:
    names = {path.stem for path in SHIPPED}
    assert names == {
        *("NotoSerif-Regular", "NotoSerif-Italic", "NotoSerif-Bold", "NotoSerif-BoldItalic"),
        *("NotoSans-Regular", "NotoSans-Italic", "NotoSans-Bold", "NotoSans-BoldItalic"),
        *("DejaVuSansMono", "DejaVuSansMono-Bold", "DejaVuSansSymbols"),
    }


@pytest.mark.parametrize("path", [path for path in SHIPPED if path.stem.startswith("Noto")], ids=lambda path: path.stem)
def test_the_shipped_text_fonts_have_latin_greek_and_cyrillic_but_not_devanagari(path: Path) -> None:
    with TTFont(path) as font:
        characters = set(font.getBestCmap())
    assert set(map(ord, "Ågåß ﬁ Ştefan Đặng łódź Ἑλλάς Київ Ђорђе ½ № € “” – …")) <= characters
    assert not set(map(ord, "विदेश")) & characters


@pytest.mark.slow
def test_fonts_of_extras_are_found_without_importing_their_packages() -> None:
    program = """
import sys
from readout_pub.emit.font_files import font_folders
print([folder.name for folder in font_folders()], {"noto_cjk_sans_jp_bold", "pylopdf_fonts_jp"} & sys.modules.keys())
"""
    assert run_python(program).stdout == (
        "['fonts', 'fontpkg_amiri', 'noto_cjk_sans_jp_bold', 'noto_cjk_sans_jp_regular', 'pylopdf_fonts_jp', "
        "'pylopdf_fonts_he', 'manimgx_fonts', 'fontpkg_atkinson_hyperlegible'] set()\n"
    )


def test_the_fontconfig_file_lists_our_folders_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    text = fontconfig_file().read_text("utf-8")
    assert re.findall("<dir>(.*)</dir>", text) == [str(folder) for folder in font_folders()]
    assert "<include" not in text


def renamed_font(path: Path, folder: Path, family: str, keep: str | None = None) -> None:
    """Write a font into `folder` under another name. If `keep` is given, keep only the glyphs of these characters."""
    with TTFont(path) as font:
        if keep is not None:
            subsetter = subset.Subsetter()
            subsetter.populate(text=keep)
            subsetter.subset(font)
        for record in font["name"].names:
            if record.nameID in {1, 4, 6, 16}:
                record.string = family
        folder.mkdir()
        font.save(folder / f"{family}.ttf")


@pytest.mark.slow
def test_a_theme_brings_its_own_fonts(tmp_path: Path) -> None:
    renamed_font(SHIPPED[0], tmp_path / "fonts", "Avalonia")
    render_options = own_theme(tmp_path, 'serif = ["Avalonia", "serif"]')
    assert "Avalonia" in " ".join(embedded(make_pdf(readout(paragraph("They met.")), render_options=render_options)))


@pytest.mark.parametrize(
    ("families", "advice"),
    [
        ('serif = ["Avalonia", "serif"]', "put its files in the folder fonts of the theme, or use --system-fonts"),
        ('serif = ["Atkinson Hyperlegible"]', r"readout-pub\[readable\]"),
    ],
)
def test_a_missing_font_of_a_theme_is_reported(
    families: str, advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "font_folders", lambda: (styles_folder() / "fonts",))
    with pytest.raises(ToolMissing, match=rf"set in A\w+.*, and this font is not installed; .*{advice}"):
        make_pdf(readout(paragraph("They met.")), render_options=own_theme(tmp_path, families))


def own_theme(folder: Path, families: str) -> RenderOptions:
    (folder / "theme.toml").write_text(f'name = "Avalon"\n[fonts]\n{families}\n', "utf-8")
    return RenderOptions(theme=str(folder))


@pytest.mark.parametrize("before", [None, "/etc/fonts/fonts.conf"])
def test_the_environment_variable_for_fontconfig_is_restored_after_use(
    monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    if before is None:
        monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    else:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    with fontconfig_environment():
        assert os.environ["FONTCONFIG_FILE"] != before
    assert os.environ.get("FONTCONFIG_FILE") == before


@pytest.mark.slow
def test_the_configuration_of_the_machine_does_not_change_the_pdf(tmp_path: Path) -> None:
    (tmp_path / "theirs.conf").write_text("<fontconfig><dir>/usr/share/fonts</dir></fontconfig>")
    program = """
from hashlib import sha256
from tests.pdfs import make_pdf, paragraph, readout
print(sha256(make_pdf(readout(paragraph("They met → twice."))).data).hexdigest())
"""
    assert run_python(program).stdout == run_python(program, FONTCONFIG_FILE=str(tmp_path / "theirs.conf")).stdout != ""


@pytest.mark.slow
def test_fonts_of_the_machine_are_used_on_request_with_a_note(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    with TTFont(next(path for path in SHIPPED if path.stem == "DejaVuSansSymbols")) as font:
        for record in font["name"].names:
            if record.nameID in {1, 4, 16}:
                record.string = "Charter"
        cmap = {0x0F40: next(iter(font.getBestCmap().values()))}
        for table in font["cmap"].tables:
            table.cmap = dict(cmap)
        font.save(folder / "tibetan.ttf")
    (tmp_path / "theirs.conf").write_text(f"<fontconfig><dir>{folder}</dir></fontconfig>")
    program = """
from readout_pub.emit import RenderOptions
from tests.pdfs import fonts, make_pdf, paragraph, readout
page = make_pdf(readout(paragraph("\\u0f40")), render_options=RenderOptions(system_fonts=True))
print([note.code for note in page.notes], fonts(page))
"""
    shown = run_python(program, FONTCONFIG_FILE=str(tmp_path / "theirs.conf"))
    assert shown.stdout == "['SYSTEM_FONTS_USED'] ['Charter', 'Noto-Sans', 'Noto-Sans-Bold']\n"


@pytest.mark.slow
def test_without_a_writable_cache_a_temporary_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    program = """
from tests.pdfs import make_pdf, readout
from readout_pub.emit.pdf.fonts import fontconfig_file
assert make_pdf(readout()).data
print(fontconfig_file())
"""
    shown = run_python(program, XDG_CACHE_HOME=str(tmp_path / "file"), TMPDIR=str(tmp_path))
    assert shown.stderr == ""
    assert Path(shown.stdout.strip()).is_relative_to(tmp_path)
    assert not Path(shown.stdout.strip()).parent.exists()


@pytest.mark.parametrize(
    ("script", "remedy"),
    [
        ("Hira", install_extra("cjk")),
        ("Arab", install_extra("arabic")),
        ("Hebr", install_extra("hebrew")),
        ("Thai", install_extra("noto")),
        (
            "Tibt",
            f"{install_system(NOTO_FONTS)}, or another font for this script, and use {option('--system-fonts')}",
        ),
    ],
)
def test_the_remedy_says_how_to_get_a_font_for_each_script(script: str, remedy: str) -> None:
    assert font_remedy([script]) == remedy


def test_one_command_installs_the_fonts_of_several_scripts() -> None:
    both = install_extra("hebrew", "noto")
    assert "'readout-pub[hebrew,noto]'" in both
    assert font_remedy(["Hebr", "Thai", "Beng"]) == both
    assert font_remedy(["Hebr", "Tibt", "Thai"]) == f"{both}, then {font_remedy(['Tibt'])}"


def test_on_macos_the_remedy_is_to_use_the_system_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert font_remedy(["Tibt"]) == f"use {option('--system-fonts')}: macOS has fonts for most scripts"


@pytest.mark.slow
def test_system_fonts_are_noted_even_if_none_is_used() -> None:
    page = make_pdf(readout(paragraph("They met.")), render_options=RenderOptions(system_fonts=True))
    assert [note.code for note in page.notes] == ["SYSTEM_FONTS_USED"]


def test_every_font_of_the_extras_has_its_known_digest() -> None:
    for extra in EXTRAS:
        verify_font_digests(extra)
    known = tomllib.loads((Path(fonts.__file__).parent / "font_digests.toml").read_text("utf-8"))
    assert set(known) == {package for packages in EXTRAS.values() for package in packages}


TAMPERED = """
import sys
sys.path.insert(0, {folder!r})
from readout_pub.errors import ToolMissing
from tests.pdfs import make_pdf, readout
try:
    make_pdf(readout())
except ToolMissing as error:
    print(error.exit_code, error)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Amiri-Regular.ttf", "Unknown.otf"])
def test_a_changed_or_unknown_font_of_an_extra_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "fontpkg_amiri/files").mkdir(parents=True)
    (tmp_path / "fontpkg_amiri/__init__.py").touch()
    font = tmp_path / "fontpkg_amiri/files" / name
    font.write_bytes(b"another font")
    shown = run_python(TAMPERED.format(folder=str(tmp_path)), XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert shown.stdout.startswith(
        f"3 {font}: this font is not the one that fontpkg-amiri is known to install (SHA-256 "
    )
    assert f"; uninstall fontpkg-amiri, then {install_extra('arabic')}" in shown.stdout
