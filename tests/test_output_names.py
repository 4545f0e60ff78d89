"""Names of output files: allowed on every system, and different for all pages."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readout_pub.batch.plan import RESERVED_NAMES, avoid_reserved
from readout_pub.ledger import Ledger
from readout_pub.output_names import fold_case, output_stems, stem_without_suffix

SUFFIXES = (".csv", ".epub", ".html", ".json", ".md", ".txt")
"""Suffixes of outputs and reports."""

PARTS = st.sampled_from(
    (
        *("talks", "Talks", "talks.html", "talks.htm", "talks.HTML", "talks.pdf", "talks.html.html", "talks_files"),
        *("feed", "Feed", "FEED.html", "index.html", "INDEX.htm", "manifest.json", "notes.csv", "failures", "feed_"),
        *(
            "CON",
            "nul.html",
            "com1",
            "Lpt¹.txt",
            "aux .html",
            "con.",
            "prn...",
            ".readout-pub",
            "..",
            ".",
            "",
            " ",
            "?",
        ),
        *("मंत्री.html", "*\u093f?", "=\u0338", "e*\u0301"),
        *("caf\u00e9.html", "cafe\u0301.html", "CAFE\u0301.html", "stra\u00dfe.html", "STRASSE.html", "\ufb01sh.html"),
        *("a" * 200 + ".html", "a" * 201 + ".html", "会" * 70, "talks?id=1", "talks?id=2", 'a:b*c"<d>|\\', "-", "~"),
    )
)
NAMES = st.lists(st.lists(PARTS | st.text(max_size=6), min_size=1, max_size=4).map("/".join), unique=True, max_size=12)

DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³")}


def require_allowed(stem: str) -> None:
    """Fail unless every part of `stem` is a valid file name on Linux, macOS and Windows."""
    for part in stem.split("/"):
        assert part
        assert part == part.strip(" .")
        assert unicodedata.is_normalized("NFC", part)
        assert len(part.encode()) <= 140
        assert part.partition(".")[0].rstrip().lower() not in DEVICES
        assert not set(part) & set('<>:"\\|?*\0\n')


def require_separate(stems: Sequence[str], reserved: Iterable[str] = ()) -> None:
    """Fail if, in any format, pages with these `stems` share a file name, or a file has the name of a folder.

    Fail too if a file or a folder has one of the `reserved` names.
    """
    files = [fold_case(stem + suffix) for stem, suffix in itertools.product(stems, SUFFIXES)]
    assert len(set(files)) == len(files)
    folders = {"/".join(parts[:end]) for parts in (file.split("/") for file in files) for end in range(1, len(parts))}
    assert not folders & set(files)
    assert not {fold_case(name) for name in reserved} & (folders | set(files))


@pytest.mark.slow
@given(NAMES)
@example(["talks.html", "talks.html/minutes.html", "talks.html/minutes-ce6e27ff.html"])
def test_output_stems_are_allowed_and_separate(names: list[str]) -> None:
    stems = output_stems(names)
    for stem in stems:
        require_allowed(stem)
    require_separate(stems)


def ledger_stems(ledger: Ledger, archive: str, names: Iterable[str]) -> list[str]:
    """Register pages as a run does, and return their stems."""
    for name in names:
        ledger.register_page(archive, name, name, fold_case(avoid_reserved(stem_without_suffix(name))))
    ledger.assign_stems(avoid_reserved)
    rows = ledger._db.execute("SELECT stem FROM pages ORDER BY id")  # noqa: SLF001 - no method lists unconverted pages
    return [stem for (stem,) in rows]


@pytest.mark.slow
@given(NAMES, NAMES)
@example(["feed/talks1.html", "feed/talks2.html", "Feed/talks1.html", "talks.html"], ["feed_/talks1.html"])
@example(["talks.html"], ["talks.html/a.html"])
@example(["talks.html/a.html"], ["talks.html"])
def test_a_ledger_gives_every_page_its_own_lasting_name(first: list[str], second: list[str]) -> None:
    ledger = Ledger(None)
    before = ledger_stems(ledger, "saved", first)
    ledger_stems(ledger, "second", second)
    ledger_stems(ledger, "third", second)
    after = ledger_stems(ledger, "fourth", second)
    assert after[: len(before)] == before
    assert len(after) == len(first) + 3 * len(second)
    for stem in after:
        require_allowed(stem)
    require_separate(after, RESERVED_NAMES)
    ledger.close()


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("2031/talks.html", "2031/talks"),
        ("https://www.atlantis.example/talks.php?id=3", "www.atlantis.example/talks-id=3"),
        ("2031/Talks (forwarded).eml", "2031/Talks (forwarded)"),
        ("https://www.atlantis.example/talks.html 20310804102030", "www.atlantis.example/talks 20310804102030"),
        ("CON", "CON_"),
        ("nul.minutes.html", "nul_.minutes"),
        ("com1/console.html", "com1_/console"),
        ("talks. .html", "talks"),
        ("विदेश मंत्री: वार्ता.html", "विदेश मंत्री- वार्ता"),
        ("日・レムリア会談.html", "日・レムリア会談"),
        ("...", "page"),
    ],
)
def test_a_stem_has_no_page_suffix_and_nothing_that_systems_forbid(name: str, stem: str) -> None:
    assert output_stems([name]) == [stem]


def test_names_that_are_equal_on_some_systems_get_different_stems() -> None:
    composed, decomposed = "caf\u00e9.html", "cafe\u0301.html"
    assert output_stems(["Talks.html", "talks.htm"]) == ["Talks.html", "talks.htm"]
    first, second = output_stems([composed, decomposed])
    assert first != second
    assert first.startswith("caf\u00e9-")


def test_a_very_long_path_becomes_one_short_name() -> None:
    (stem,) = output_stems(["/".join(["minutes" * 10] * 40)])
    assert "/" not in stem
    assert len(stem.encode()) < 140


def test_no_folder_has_the_name_of_another_pages_file() -> None:
    stem, below = output_stems(["talks.htm", "talks.html/minutes.html"])
    assert stem == "talks"
    assert below.startswith("talks.html-minutes-")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../saved/talks.html", "saved/talks"),
        ("../../talks.html", "talks"),
        ("./saved/./talks.html", "saved/talks"),
        ("saved/2030/../2031/talks.html", "saved/2031/talks"),
        ("https://www.atlantis.example/../a/../../b.html", "www.atlantis.example/b"),
    ],
)
def test_dots_in_a_path_never_lead_out_of_the_output_folder(name: str, stem: str) -> None:
    assert output_stems([name]) == [stem]


def test_paths_that_differ_only_in_dots_get_different_stems() -> None:
    stems = output_stems(["../saved/talks.html", "saved/talks.html"])
    assert len(set(stems)) == 2
    assert all(stem.startswith("saved/talks-") for stem in stems)
