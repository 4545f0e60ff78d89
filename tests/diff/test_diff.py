"""What differs between two copies: words, facts, photos and alternative texts."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from readout_pub.convert import Overrides, convert, read
from readout_pub.diff import AltChange, Changes, Copy, CopyPhoto, FactChange, PhotoChange, compare_copies, copy_of
from readout_pub.diff.files import open_copies
from readout_pub.emit import RenderOptions
from readout_pub.errors import SourceError, UsageError
from readout_pub.receipts.read_back.content import LINE_END_HYPHEN
from tests.pages import jpeg

MENU = "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
FIRST = "The Minister of the Sea met the Keeper of the Tides in the harbour office of Avalon on Friday."
SECOND = "They agreed that the tides should come in twice a day, as before, and that tables would be printed."
THIRD = "The next meeting will be held in the lighthouse of Lyonesse at the invitation of the Keeper of the Light."


def page(*paragraphs: str, title: str = "Talks on the tides", day: str = "9 May 2031", menu: str = MENU) -> bytes:
    body = "".join(each if each.startswith("<") else f"<p>{each}</p>" for each in paragraphs)
    head = f"<head><title>{title} | Ministry</title><meta charset=utf-8></head>"
    return (
        f"<!DOCTYPE html><html lang=en>{head}<body>{menu}<main><article><h1>{title}</h1>"
        f"<p class=date><time>{day}</time></p>{body}</article></main><footer>© Ministry</footer></body></html>"
    ).encode()


def changes(before: bytes, after: bytes) -> Changes:
    copies = [copy_of(read(data, name="talks.html")[0], name) for data, name in ((before, "old"), (after, "new"))]
    return compare_copies(*copies)


def test_copies_can_be_named_by_path_objects_or_strings(tmp_path: Path) -> None:
    path = tmp_path / "talks.html"
    path.write_bytes(page(FIRST, SECOND))
    assert not compare_copies(*open_copies(path, str(path)))


def saved_from(url: str, folder: Path) -> Path:
    """Save a page as a browser does, with its URL; return the path."""
    path = folder / "talks.html"
    path.write_bytes(f"<!-- saved from url=({len(url):04d}){url} -->\n".encode() + page(FIRST, SECOND))
    return path


def test_a_single_page_with_another_url_is_refused(tmp_path: Path) -> None:
    path = saved_from("https://www.avalon.example/tides.html", tmp_path)
    assert not compare_copies(*open_copies(path, path, url="https://www.avalon.example/tides.html"))
    with pytest.raises(SourceError, match=r"there is no page with the URL https://www\.avalon\.example/other\.html"):
        open_copies(path, path, url="https://www.avalon.example/other.html")


def test_a_single_page_of_unknown_url_is_compared_whatever_url_is_named(tmp_path: Path) -> None:
    path = tmp_path / "talks.html"
    path.write_bytes(page(FIRST, SECOND))
    assert not compare_copies(*open_copies(path, path, url="https://www.avalon.example/tides.html"))


def test_a_url_is_refused_if_both_files_are_outputs(tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    path.write_text("The Ministers met.", "utf-8")
    with pytest.raises(UsageError, match="--url: both files are outputs, which have only one page each; leave it out"):
        open_copies(path, path, url="https://www.avalon.example/tides.html")


def test_equal_pages_have_no_differences() -> None:
    assert not changes(page(FIRST, SECOND), page(FIRST, SECOND))


def test_a_changed_menu_is_not_a_difference() -> None:
    menu = "<nav><ul><li><a href='/'>Start</a><li><a href='/x'>Topics</a></ul></nav><div class=banner>Vote!</div>"
    assert not changes(page(FIRST, SECOND, THIRD), page(FIRST, SECOND, THIRD, menu=menu))


def test_a_changed_word_is_found_with_the_words_around_it() -> None:
    found = changes(page(FIRST, SECOND), page(FIRST.replace("Avalon", "Lyonesse"), SECOND))
    assert [(each.kind, each.before, each.after) for each in found.words] == [("replaced", "Avalon", "Lyonesse")]
    assert found.words[0].leading == "Tides in the harbour office of"
    assert found.words[0].trailing == "on Friday. They agreed that the"
    assert (found.words_removed, found.words_added, found.words_moved) == (1, 1, 0)


def test_an_absent_paragraph_is_one_difference() -> None:
    found = changes(page(FIRST, SECOND, THIRD), page(FIRST, THIRD))
    assert [(each.kind, each.before) for each in found.words] == [("removed", SECOND)]


def test_an_added_paragraph_is_one_difference() -> None:
    found = changes(page(FIRST, THIRD), page(FIRST, SECOND, THIRD))
    assert [(each.kind, each.after) for each in found.words] == [("added", SECOND)]


def test_a_paragraph_at_another_place_is_moved() -> None:
    found = changes(page(FIRST, SECOND, THIRD), page(THIRD, FIRST, SECOND))
    assert [(each.kind, each.before, each.after) for each in found.words] == [("moved", THIRD, THIRD)]
    assert (found.words_removed, found.words_added) == (0, 0)


def test_a_changed_date_and_title_are_changed_facts() -> None:
    found = changes(page(FIRST, SECOND), page(FIRST, SECOND, title="Talks on tides", day="10 May 2031"))
    assert found.facts == (
        FactChange("title", "Talks on the tides", "Talks on tides"),
        FactChange("date", "2031-05-09", "2031-05-10"),
    )
    assert not found.words


def test_a_passage_that_is_struck_out_later_is_a_changed_fact() -> None:
    struck = SECOND.replace("twice a day", "<del>twice a <b>day</b></del>")
    found = changes(page(FIRST, SECOND, THIRD), page(FIRST, f"<p>{struck}</p>", THIRD))
    assert found.facts == (FactChange("struck text", None, "twice a day"),)
    assert not found.words


def test_another_target_of_a_link_is_a_changed_fact() -> None:
    linked = SECOND.replace("tables", "<a href='https://sea.example/{}'>tables</a>")
    found = changes(page(FIRST, linked.format("old")), page(FIRST, linked.format("new")))
    assert found.facts == (FactChange("link", "https://sea.example/old", "https://sea.example/new"),)


def figure(name: str, alt: str) -> str:
    return f'<figure><img src="https://sea.example/{name}.jpg" {alt} width=600 height=400></figure>'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('alt="A quay"', 'alt="A pier"', AltChange("quay.jpg", "A quay", "A pier")),
        ('alt="A quay"', "", AltChange("quay.jpg", "A quay", None)),
    ],
)
def test_another_alternative_text_is_a_difference(old: str, new: str, expected: AltChange) -> None:
    found = changes(page(FIRST, figure("quay", old), SECOND), page(FIRST, figure("quay", new), SECOND))
    assert found
    assert found.alts == (expected,)
    assert not found.words
    assert not found.photos


def test_a_photo_that_only_one_copy_has_is_a_difference() -> None:
    found = changes(page(FIRST, figure("quay", 'alt="A quay"'), SECOND), page(FIRST, SECOND))
    assert found
    assert found.photos == (PhotoChange("removed", "quay.jpg"),)


def copy_with_photos(*photos: CopyPhoto) -> Copy:
    return Copy("talks.html", (("They", "met."),), photos)


def test_photos_are_paired_by_their_bytes_before_their_names() -> None:
    before = copy_with_photos(CopyPhoto("quay.jpg", "11" * 32, "A quay"), CopyPhoto("boat.jpg", "22" * 32, "A boat"))
    renamed = copy_with_photos(CopyPhoto("boat.jpg", "11" * 32, "A quay"), CopyPhoto("ship.jpg", "22" * 32, "A boat"))
    assert not compare_copies(before, renamed)


def test_a_photo_of_the_same_name_with_other_bytes_is_replaced() -> None:
    before, after = (copy_with_photos(CopyPhoto("quay.jpg", digest * 32, "A quay")) for digest in ("11", "22"))
    assert compare_copies(before, after).photos == (PhotoChange("replaced", "quay.jpg"),)
    unknown = copy_with_photos(CopyPhoto("quay.jpg", None, "A quay"))
    assert not compare_copies(before, unknown)


@pytest.mark.parametrize(
    ("last", "is_equal"), [(f"har{LINE_END_HYPHEN}bour", True), (f"har{LINE_END_HYPHEN}vest", False)]
)
def test_a_hyphen_at_a_line_end_of_either_pdf_is_no_difference(last: str, is_equal: bool) -> None:  # noqa: FBT001 - a case of a table
    one = Copy("one.pdf", ((f"well{LINE_END_HYPHEN}known", "harbour"),), has_spaces=False)
    other = Copy("other.pdf", (("well-known", last),), has_spaces=False)
    assert bool(compare_copies(one, other)) is not is_equal


def test_japanese_is_compared_by_characters() -> None:
    before, after = (
        "大臣は港で潮の番人と会談し、来年の春に再び会うことで一致した。",
        "大臣は港で潮の番人と会談し、来年の夏に再び会うことで一致した。",
    )
    found = changes(page(before * 3, before), page(before * 3, after))
    assert [(each.before, each.after) for each in found.words] == [("春", "夏")]


def test_readouts_can_be_compared(tmp_path: Path) -> None:
    (tmp_path / "old.html").write_bytes(page(FIRST, SECOND))
    readout, _ = read(tmp_path / "old.html")
    assert not compare_copies(copy_of(readout, "old.html"), copy_of(readout, "old.html"))


def written(folder: Path, target: str, theme: str = "plain", series: str | None = None) -> Path:
    """Convert a page with a link and a photo; return the output."""
    (folder / "quay.jpg").write_bytes(jpeg())
    source = folder / "talks.html"
    source.write_bytes(page(f"{FIRST} <a href=https://a.example/>Tables</a>", figure("quay", 'alt="A quay"'), SECOND))
    options, overrides = RenderOptions(theme=theme, draft=True), Overrides(series=series)
    (output,) = convert(source, [target], render_options=options, overrides=overrides).renditions
    return output.write(folder, theme)


@pytest.mark.slow
@pytest.mark.parametrize("target", ["pdf", "epub", "docx"])
def test_a_page_and_its_output_in_a_theme_are_equal(target: str, tmp_path: Path) -> None:
    output = written(tmp_path, target, "gazette")  # PDFs in this theme print the addresses of links
    assert not compare_copies(*open_copies(tmp_path / "talks.html", output))


@pytest.mark.slow
def test_a_series_or_cover_that_one_output_lacks_is_no_difference(tmp_path: Path) -> None:
    outputs = {target: written(tmp_path, target, series="Readouts") for target in ("pdf", "docx", "epub")}
    assert not compare_copies(*open_copies(outputs["pdf"], outputs["docx"]))
    with_cover = compare_copies(*open_copies(outputs["epub"], outputs["pdf"]))
    assert (with_cover.photos, with_cover.alts, with_cover.words_added) == ((), (), 0)


def foreign_pdf(path: Path, content: str, *, is_tagged: bool) -> Path:
    """Write a PDF of one page with this content stream, as other programs do.

    If the PDF is tagged, its structure tree has one paragraph: the marked content with the number 0.
    """
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page().obj
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
        page.Contents = pdf.make_stream(content.encode())
        if is_tagged:
            page.StructParents = 0
            root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
            tag = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=root, Pg=page, K=0))
            root.K = Array([tag])
            root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, Array([tag])])))
            pdf.Root.StructTreeRoot = root
        pdf.save(path)
    return path


def test_a_ligature_in_a_pdf_of_another_program_is_read_as_letters(tmp_path: Path) -> None:
    span = "/Span << /ActualText (ffi) >> BDC (#) Tj (#) Tj EMC"
    text = f"(The Minister left the o) Tj {span} (ce in the a) Tj {span.replace('ffi', 'ft')} (ernoon.) Tj"
    content = f"/P << /MCID 0 >> BDC BT /F 12 Tf 72 700 Td {text} ET EMC"
    printed = foreign_pdf(tmp_path / "printed.pdf", content, is_tagged=True)
    (tmp_path / "talks.txt").write_text("The Minister left the office in the afternoon.")
    copy, _ = open_copies(printed, tmp_path / "talks.txt")
    assert "".join(copy.words) == "TheMinisterlefttheofficeintheafternoon."


@pytest.mark.parametrize("name", ["ocr.txt", "ocr.md"])
def test_a_text_of_another_program_is_compared_without_colophon(name: str, tmp_path: Path) -> None:
    source, text = tmp_path / "talks.html", tmp_path / name
    source.write_bytes(page(FIRST, SECOND))
    text.write_text(f"Talks on the tides\n\n9 May 2031\n\n{FIRST}\n\n{SECOND}\n")
    assert not compare_copies(*open_copies(text, source))
    text.write_text(text.read_text().replace("twice", "thrice"))
    changed = compare_copies(*open_copies(source, text))
    assert (changed.words_removed, changed.words_added) == (1, 1)


def test_a_changed_colophon_of_an_output_is_a_difference(tmp_path: Path) -> None:
    output = written(tmp_path, "html")
    before, colophon, after = output.read_text().partition("To verify this file")
    output.write_text(before + colophon.replace("verify", "read") + after)
    changed = compare_copies(*open_copies(tmp_path / "talks.html", output))
    assert (changed.words_removed, changed.words_added) == (1, 1)


def test_a_scan_is_not_compared(tmp_path: Path) -> None:
    """The text of a scan is invisible: a program recognised it, and it can differ from what the picture shows."""
    scan = foreign_pdf(tmp_path / "scan.pdf", "BT 3 Tr /F 12 Tf 72 700 Td (The Minister left.) Tj ET", is_tagged=False)
    (tmp_path / "talks.html").write_bytes(page(FIRST, SECOND))
    with pytest.raises(SourceError, match=r"scan\.pdf: it has no text that readers see.*as a scan has.*\.txt"):
        open_copies(scan, tmp_path / "talks.html")
