"""The fonts that a PDF may use, and that the machine's own fonts stay out unless they are asked for."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from readout_pub.emit import RenderOptions
from readout_pub.emit.pdf.fonts import font_folders, fontconfig, remedy
from readout_pub.styles import styles_folder
from tests.pdfs import made, paragraph, ran, readout

SHIPPED = sorted((styles_folder() / "fonts").glob("*/*.ttf"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_face_that_ships_is_static_may_be_embedded_and_has_its_licence_beside_it(path: Path) -> None:
    with TTFont(path) as font:
        assert "fvar" not in font
        assert font["OS/2"].fsType == 0
    assert (path.parent / "LICENSE").stat().st_size > 1000


def test_the_families_that_ship_have_the_faces_that_the_styles_use() -> None:
    names = {path.stem for path in SHIPPED}
    assert names == {
        *("NotoSerif-Regular", "NotoSerif-Italic", "NotoSerif-Bold", "NotoSerif-BoldItalic"),
        *("NotoSans-Regular", "NotoSans-Italic", "NotoSans-Bold"),
        "DejaVuSansSymbols",
    }


def test_latin_greek_and_cyrillic_ship_and_no_half_of_another_script() -> None:
    with TTFont(styles_folder() / "fonts" / "noto-sans" / "NotoSans-Regular.ttf") as font:
        drawn = set(font.getBestCmap())
    assert set(map(ord, "Ågåß ﬁ Ştefan Đặng łódź Ἑλλάς Київ Ђорђе ½ № € “” – …")) <= drawn
    assert not set(map(ord, "विदेश")) & drawn


@pytest.mark.slow
def test_fonts_of_extras_are_found_without_importing_their_packages() -> None:
    program = """
import sys
from readout_pub.emit.pdf.fonts import font_folders
print([folder.name for folder in font_folders()], {"noto_cjk_sans_jp_bold", "pylopdf_fonts_jp"} & sys.modules.keys())
"""
    assert ran(program).stdout == (
        "['fonts', 'fontpkg_amiri', 'noto_cjk_sans_jp_bold', 'noto_cjk_sans_jp_regular', 'pylopdf_fonts_jp', "
        "'pylopdf_fonts_he'] set()\n"
    )


def test_the_configuration_lists_our_folders_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    with fontconfig(system=False):
        text = Path(os.environ["FONTCONFIG_FILE"]).read_text("utf-8")
    assert re.findall("<dir>(.*)</dir>", text) == [str(folder) for folder in font_folders()]
    assert "<include" not in text


@pytest.mark.parametrize("before", [None, "/etc/fonts/fonts.conf"])
def test_the_environment_is_afterwards_what_it_was(monkeypatch: pytest.MonkeyPatch, before: str | None) -> None:
    if before is None:
        monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    else:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    with fontconfig(system=True):
        assert os.environ["FONTCONFIG_FILE"] != before
    assert os.environ.get("FONTCONFIG_FILE") == before


@pytest.mark.slow
def test_the_configuration_of_the_machine_cannot_bring_other_fonts_in(tmp_path: Path) -> None:
    (tmp_path / "theirs.conf").write_text("<fontconfig><dir>/usr/share/fonts</dir></fontconfig>")
    program = """
from hashlib import sha256
from tests.pdfs import made, paragraph, readout
print(sha256(made(readout(paragraph("They met → twice."))).data).hexdigest())
"""
    assert ran(program).stdout == ran(program, FONTCONFIG_FILE=str(tmp_path / "theirs.conf")).stdout != ""


@pytest.mark.slow
def test_the_fonts_of_the_machine_come_in_when_asked_for_and_a_note_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    with TTFont(SHIPPED[0]) as font:
        for record in font["name"].names:
            if record.nameID in {1, 4, 16}:
                record.string = "Charter"
        cmap = {0x0E01: next(iter(font.getBestCmap().values()))}
        for table in font["cmap"].tables:
            table.cmap = dict(cmap)
        font.save(folder / "thai.ttf")
    (tmp_path / "theirs.conf").write_text(f"<fontconfig><dir>{folder}</dir></fontconfig>")
    program = """
from readout_pub.emit import RenderOptions
from tests.pdfs import fonts, made, paragraph, readout
page = made(readout(paragraph("\\u0e01")), look=RenderOptions(system_fonts=True))
print([note.code for note in page.notes], fonts(page))
"""
    shown = ran(program, FONTCONFIG_FILE=str(tmp_path / "theirs.conf"))
    assert shown.stdout == "['SYSTEM_FONTS_USED'] ['Charter', 'Noto-Sans', 'Noto-Sans-Bold']\n"


@pytest.mark.slow
def test_a_cache_that_cannot_be_written_is_replaced_by_a_folder_that_goes_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    program = """
import os
from tests.pdfs import made, readout
from readout_pub.emit.pdf.fonts import fontconfig
assert made(readout()).data
with fontconfig(system=False):
    print(os.environ["FONTCONFIG_FILE"])
"""
    shown = ran(program, XDG_CACHE_HOME=str(tmp_path / "file"), TMPDIR=str(tmp_path))
    assert shown.stderr == ""
    assert Path(shown.stdout.strip()).is_relative_to(tmp_path)
    assert not Path(shown.stdout.strip()).parent.exists()


@pytest.mark.parametrize(
    ("script", "line"),
    [
        ("Hira", "run `pip install 'readout-pub[cjk]'`"),
        ("Arab", "run `pip install 'readout-pub[arabic]'`"),
        ("Hebr", "run `pip install 'readout-pub[hebrew]'`"),
        (
            "Thai",
            "install a font for it on this machine (Debian: `apt-get install fonts-noto-core`) and use --system-fonts",
        ),
    ],
)
def test_for_every_script_there_is_a_way_to_its_font(script: str, line: str) -> None:
    assert remedy(script) == line


def test_system_fonts_are_noted_even_where_none_was_needed() -> None:
    page = made(readout(paragraph("They met.")), look=RenderOptions(system_fonts=True))
    assert [note.code for note in page.notes] == ["SYSTEM_FONTS_USED"]
