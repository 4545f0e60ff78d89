"""Companion folders of saved pages are recognised in every language in which browsers name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub.sources.companion_folders import (
    companion_folders,
    is_companion_folder,
    is_in_companion_folder,
)
from readout_pub.sources.file_tree import without_companion_folders

FOLDERS = """
    talks_files talks.files talks.fld talks-Dateien talks_fichiers talks_archivos talks_arquivos talks_ficheiros
    talks_file talks_bestanden talks_pliki talks_soubory talks_tiedostot talks-filer talks_elemei talks_dosyalar
    talks_datoteke talks_fajlovi talks_fitxers talks_fitxategiak talks_failid talks_fails talks_bylos
""".split()


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_folder_name_that_browsers_give_is_recognised_and_looked_for(folder: str) -> None:
    assert is_companion_folder(folder)
    assert folder in companion_folders("talks")
    assert is_in_companion_folder(f"./{folder}/quay.jpg")


@pytest.mark.parametrize("folder", ["talks", "files", "_files", "talks_filess", "talksfiles", "talks.file", ""])
def test_a_folder_with_another_name_is_no_companion_folder(folder: str) -> None:
    assert not is_companion_folder(folder)


@pytest.mark.parametrize(
    "src",
    [
        "talks_files",
        "img/talks_files/quay.jpg",
        "/talks_files/quay.jpg",
        "https://atlantis.example/talks_files/quay.jpg",
        "data:image/png,_files/",
    ],
)
def test_only_relative_addresses_that_begin_with_a_companion_folder_lead_into_it(src: str) -> None:
    assert not is_in_companion_folder(src)


def test_a_companion_folder_given_together_with_its_page_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "talks.html").touch()
    for folder in ("talks_archivos", "case-files", "plain"):
        (tmp_path / folder).mkdir()
    named = sorted(map(str, tmp_path.iterdir()))
    assert [Path(source).name for source in without_companion_folders(named)] == ["case-files", "plain", "talks.html"]
    alone = [str(tmp_path / "talks_archivos"), str(tmp_path / "talks.zip"), "-", "."]
    assert without_companion_folders(alone) == alone
