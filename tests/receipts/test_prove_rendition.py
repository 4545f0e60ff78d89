"""Receipts of outputs: what is read back from their bytes is compared with the model."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image

from readout_pub import ImageStore
from readout_pub.emit import RenderOptions, Rendition, emit
from readout_pub.emit.messages import MESSAGES
from readout_pub.model import (
    Attachment,
    Block,
    BulletList,
    Cell,
    Code,
    Decorative,
    Described,
    Figure,
    Footnote,
    Footnotes,
    Formula,
    Item,
    LineBreak,
    Link,
    NoteRef,
    OrderedList,
    Origin,
    Paragraph,
    Photo,
    Preformatted,
    Readout,
    Row,
    Ruby,
    Section,
    Strong,
    Table,
    Undecided,
    from_json,
    to_json,
)
from readout_pub.receipts import Mismatch, RenditionReceipt, prove_rendition
from readout_pub.refine import refine
from readout_pub.text_direction import language_direction
from tests.pages import jpeg

IMAGES = ImageStore()
PAGE = IMAGES.add(lambda: b"<html></html>")
TABLE_PHOTO, FLAG_PHOTO = (IMAGES.add(partial(jpeg, *size)) for size in ((60, 40), (40, 60)))


def paragraph(*children: object) -> Paragraph:
    return Paragraph(children=children)  # type: ignore[arg-type]  # inlines of any kind


def cell(text: str, *, header: bool = False) -> Cell:
    return Cell((paragraph(text),) if text else (), header=header)


TALKS = Readout(
    language="en",
    origin=Origin("talks.html", PAGE, url="https://atlantis.example/talks", publisher="Ministry of Atlantis"),
    title=("Talks with Lemuria",),
    series="Readouts",
    issued_text="May 1, 2031",
    byline="The spokesperson",
    undecided=(Undecided("Two ministers at a table"),),
    attachments=(Attachment("https://atlantis.example/joint.pdf", "Joint statement"),),
    back_link=Link("https://atlantis.example/", ("All readouts",)),
    body=(
        Section(("Trade",), (paragraph("They agreed on fish", NoteRef("n1", ("(1)",)), "."),), label="1."),
        OrderedList((Item((paragraph("first"),), "a."), Item((paragraph("second"),), "b."))),
        BulletList((Item((paragraph("salt"),)), Item((paragraph(Strong(("sug",)), "ar"),)))),
        Figure(
            (
                Photo("a.jpg", Described("The ministers"), TABLE_PHOTO, "image/jpeg", 60, 40),
                Photo("b.jpg", Decorative(), FLAG_PHOTO, "image/jpeg", 40, 60),
                Photo("gone.jpg", Described("The harbour")),
            ),
            ("A caption",),
            ("Ministry photo",),
        ),
        Table(
            (Row((cell("2030", header=True), cell("7"), cell(""))),), (Row((cell("Year"), cell("Ships"), cell("x"))),)
        ),
        paragraph(Ruby(("黒瀬",), "くろせ"), "大臣", LineBreak(), "Mr. Kurose"),
        Footnotes((Footnote("n1", (paragraph("Cod only."),), "(1)"),)),
    ),
)
FORMATS = ("docx", "epub", "html", "json", "md", "odt", "pdf", "txt")


def prove(rendition: Rendition, readout: Readout = TALKS) -> RenditionReceipt:
    return prove_rendition(readout, IMAGES, rendition, RenderOptions())


@cache
def written(target: str) -> Rendition:
    """Return the output of `TALKS` in a format."""
    return emit(TALKS, IMAGES, target)


def changed(rendition: Rendition, before: str, after: str) -> Rendition:
    """Return `rendition` with `after` in place of the last `before` in its bytes."""
    head, found, tail = rendition.data.rpartition(before.encode())
    assert found
    return replace(rendition, data=head + after.encode() + tail)


@pytest.mark.parametrize("target", FORMATS)
def test_a_table_with_a_row_without_cells_is_proven(target: str) -> None:
    table = Table((Row((cell("2030"), cell("7"))), Row(()), Row((cell("2031"), cell("8")))))
    readout = replace(TALKS, body=(table,))
    assert prove(emit(readout, IMAGES, target), readout).is_proven


@pytest.mark.parametrize("target", FORMATS)
def test_an_output_that_contains_every_word_is_proven(target: str) -> None:
    receipt = prove(written(target))
    assert receipt.differences == ()
    assert receipt.is_proven
    assert receipt.in_order
    assert receipt.found == receipt.words > 40


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        *[("fish", "dish"), ("fish", "fish fish"), ("on fish", "on"), ("agreed on", "on agreed")],
        *[
            ("Ministry photo", "photo"),
            ("くろせ", "くるせ"),
            ("(1)", "(2)"),
            ("b.", "c."),
            ("Joint", "Our"),
        ],
    ],
)
def test_a_lost_repeated_altered_or_swapped_word_is_a_difference(target: str, before: str, after: str) -> None:
    other = from_json(to_json(TALKS).replace(before.encode(), after.encode()))
    receipt = prove(written(target), other)
    assert not receipt.is_proven
    assert {difference.what for difference in receipt.differences} == {"words"}


@pytest.mark.parametrize("language", sorted(MESSAGES))
@pytest.mark.parametrize("target", ["txt", "html"])
def test_a_latin_text_behind_a_label_in_any_language_is_proven(target: str, language: str) -> None:
    figure = Figure((Photo("a.jpg", Described("Two people"), IMAGES.add(jpeg)),), caption=("The talks",))
    readout = replace(TALKS, language=language, body=(paragraph("They met."), figure))
    rendition = emit(readout, IMAGES, target)
    assert prove(rendition, readout).differences == ()


@pytest.mark.parametrize("target", sorted({*FORMATS} - {"txt"}))
def test_an_altered_alternative_text_is_a_difference(target: str) -> None:
    other = from_json(to_json(TALKS).replace(b"The ministers", b"The ministries"))
    (difference,) = prove(emit(other, IMAGES, target)).differences
    # In an EPUB, the cover has the first alternative text.
    assert difference == Mismatch("alt", int(target == "epub"), "The ministers", "The ministries")


WITH_CAPTION = Readout(
    language="en",
    origin=Origin("talks.html", PAGE),
    title=("Talks with Lemuria",),
    body=(
        paragraph("They met."),
        Figure(
            (
                Photo("a.jpg", Described("The ministers"), TABLE_PHOTO, "image/jpeg", 60, 40),
                Photo("b.jpg", Described("The flag"), FLAG_PHOTO, "image/jpeg", 40, 60),
            ),
            ("The harbour",),
            ("Ministry photo",),
        ),
        Figure((Photo("c.jpg", Described("A fish"), FLAG_PHOTO, "image/jpeg", 40, 60),)),
        paragraph("They agreed."),
    ),
)


@pytest.mark.parametrize("target", ["docx", "epub", "html", "md", "odt", "pdf"])
def test_a_caption_apart_from_its_photos_is_a_difference(target: str) -> None:
    assert prove(emit(WITH_CAPTION, IMAGES, target), WITH_CAPTION).is_proven
    before, figure, other, after = WITH_CAPTION.body
    loose = (paragraph("The harbour"), paragraph("Ministry photo"))
    moved = replace(WITH_CAPTION, body=(before, replace(figure, caption=(), credit=()), *loose, other, after))
    assert prove(emit(moved, IMAGES, target), WITH_CAPTION).differences == (
        Mismatch("caption", 0, "The harbour Ministry photo"),
        Mismatch("caption", 1, "The harbour Ministry photo"),
    )


@pytest.mark.parametrize("target", ["docx", "epub", "html", "md", "odt", "pdf"])
def test_a_displayed_formula_in_a_caption_stays_within_the_caption(target: str) -> None:
    formula = Formula(
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mi>h</mi></math>', "h", display=True
    )
    before, figure, *others = WITH_CAPTION.body
    readout = replace(WITH_CAPTION, body=(before, replace(figure, caption=("Tide ", formula, " at the quay")), *others))
    assert prove(emit(readout, IMAGES, target), readout).differences == ()


@pytest.mark.parametrize("target", ["docx", "epub", "html", "md", "odt", "pdf"])
def test_the_link_to_a_video_below_a_photo_is_not_its_caption(target: str) -> None:
    photo = Photo("flag.jpg", Described("A flag"), FLAG_PHOTO, width=40, height=60)
    video = Figure(photos=(), caption=(Link("https://www.avalon.example/talks.mp4", ("The talks",)),))
    talks = replace(TALKS, body=(Figure(photos=(photo,)), video))
    assert prove(emit(talks, IMAGES, target), talks).differences == ()


@pytest.mark.slow
def test_a_caption_on_two_pages_of_a_pdf_belongs_to_its_photo() -> None:
    long = " ".join(f"Sentence {number} tells of the quay and of the tide." for number in range(100))
    figure = Figure((Photo("c.jpg", Described("A fish"), FLAG_PHOTO, "image/jpeg", 40, 60),), (long,))
    readout = replace(WITH_CAPTION, body=(*[paragraph("They met.")] * 20, figure, paragraph("They agreed.")))
    rendition = emit(readout, IMAGES, "pdf")
    with pypdfium2.PdfDocument(rendition.data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    assert sum("tells of the quay" in page for page in pages) > 1
    assert prove(rendition, readout).differences == ()


@pytest.mark.parametrize("photos", [1, 2])
def test_photos_in_a_column_without_words_are_found_in_a_pdf(photos: int) -> None:
    flag = Figure(photos=(Photo("flag.jpg", Described("A flag"), FLAG_PHOTO, width=40, height=60),))
    table = Table((Row((cell("Atlantis"), Cell((flag,) * photos))),))
    talks = replace(TALKS, body=(table,))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


def test_a_pdf_table_keeps_a_photo_whose_caption_has_a_long_word() -> None:
    images = ImageStore()
    photo = Photo("hall.jpg", Described("The hall"), images.add(partial(jpeg, 1200, 900)), width=1200, height=900)
    hall = Figure((photo,), caption=("x" * 120,))
    talks = replace(TALKS, body=(Table((Row((Cell((hall,)), cell("Atlantis"))),)),))
    rendition = emit(talks, images, "pdf")
    assert prove_rendition(talks, images, rendition, RenderOptions()).differences == ()


@pytest.mark.parametrize("width", [None, 40])
def test_a_row_of_photos_from_right_to_left_is_on_the_page(width: int | None) -> None:
    flag = Photo("flag.jpg", Described("A flag"), FLAG_PHOTO, "image/jpeg", width, width and 60)
    missing = Photo("hall.jpg", Described("The hall"))
    talks = replace(TALKS, body=(Figure((flag, missing, flag), dir="rtl"),))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


def test_a_photo_outside_the_page_of_a_pdf_is_lost(tmp_path: Path) -> None:
    (tmp_path / "own.css").write_text("figure { position: relative; left: 500mm }", "utf-8")
    flag = Figure(photos=(Photo("flag.jpg", Described("A flag"), FLAG_PHOTO, width=40, height=60),))
    talks = replace(TALKS, body=(flag,))
    receipt = prove(emit(talks, IMAGES, "pdf", RenderOptions(css=tmp_path / "own.css")), talks)
    assert "photo" in {difference.what for difference in receipt.differences}


@pytest.mark.parametrize(
    ("title", "lines"),
    [("Mu", ("ᾳ̂ ᾳ Ἀθήνα",)), ("Ọzọ dị", ("ị̀ ụ́ọ̀ dị ọzọ ibe",)), ("Ọzọ mmekọrịta", ("ụ́ọ̀ ị̀ mmekọrịta", "n’Abụja dị"))],
)
def test_letters_that_first_occur_with_a_mark_are_read_from_a_pdf(title: str, lines: tuple[str, ...]) -> None:
    talks = replace(TALKS, title=(title,), body=tuple(map(paragraph, lines)))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


@pytest.mark.slow
def test_table_photos_across_two_pdf_pages_are_read_in_cell_order() -> None:
    late, early = (
        Figure(photos=(Photo("hall.jpg", Described("The hall"), digest, width=width, height=height),))
        for digest, width, height in ((TABLE_PHOTO, 60, 40), (FLAG_PHOTO, 40, 60))
    )
    lines = tuple(paragraph(f"Line {number}") for number in range(60))
    table = Table((Row((Cell((*lines, late)), Cell((early, *lines)))),))
    talks = replace(TALKS, body=(table,))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "odt"])
@pytest.mark.parametrize("labels", [("(a)", "(b)"), ("3.", "4.")])
def test_a_numbered_list_in_a_list_of_bullets_has_its_labels(target: str, labels: tuple[str, ...]) -> None:
    numbered = OrderedList(tuple(Item((paragraph("They met."),), label) for label in labels))
    deeper = BulletList((Item((paragraph("They agreed."), numbered)),))
    talks = replace(TALKS, body=(BulletList((Item((paragraph("They spoke."), numbered, deeper)),)),))
    assert prove_rendition(talks, IMAGES, emit(talks, IMAGES, target), RenderOptions()).differences == ()


@pytest.mark.slow
@pytest.mark.parametrize("target", ["pdf", "docx", "odt"])
def test_thirty_nested_lists_over_several_pages_have_every_word(target: str) -> None:
    """PDFium may not find text in tags nested deeper than 33 levels, and each list adds three levels."""
    deep: tuple[Block, ...] = ()
    for level in range(30):
        deep = (BulletList((Item((paragraph(f"Item {level}. " + "They spoke of the tide. " * 20), *deep)),)),)
    talks = refine(replace(TALKS, body=deep))
    assert prove_rendition(talks, IMAGES, emit(talks, IMAGES, target), RenderOptions()).differences == ()


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "odt"])
def test_an_item_that_begins_with_a_heading_or_table_has_its_label(target: str) -> None:
    section = Section(heading=("Duties",), label="I.", body=(Preformatted("a  b"),))
    table = Table(body=(Row((Cell((paragraph("ice"),)),)),), caption=("Prices",))
    for body in ((section,), (table,), (section, table), (OrderedList((Item((paragraph("They met."),), "a."),)),)):
        talks = replace(TALKS, body=(OrderedList((Item(body, "(1)"), Item((paragraph("They spoke."),), "(2)"))),))
        assert prove_rendition(talks, IMAGES, emit(talks, IMAGES, target), RenderOptions()).differences == ()


@pytest.mark.slow
@pytest.mark.parametrize("target", ["docx", "odt"])
def test_each_of_several_lists_within_a_list_has_its_own_numbering(target: str) -> None:
    def numbered(*labels: str, last: tuple[Block, ...] = ()) -> OrderedList:
        *others, final = (Item((paragraph("They met."),), label) for label in labels)
        return OrderedList((*others, replace(final, body=(*final.body, *last))))

    deepest = numbered("1.", "2.", last=(numbered("(a)", "(b)"), numbered("i.", "ii.")))
    first, second = (
        Item((paragraph("Duties."), deepest), "3."),
        Item((paragraph("Rights."), numbered("(c)", "(d)")), "4."),
    )
    bullets = Item((paragraph("Costs."), BulletList((Item((numbered("I.", "II."),)),))), "5.")
    talks = replace(TALKS, body=(OrderedList((first, second, bullets)), numbered("(a)", "(b)"), numbered("(a)", "(b)")))
    assert prove_rendition(talks, IMAGES, emit(talks, IMAGES, target), RenderOptions()).differences == ()


@pytest.mark.parametrize("target", ["docx", "epub", "html", "odt", "pdf"])
def test_an_altered_title_of_the_file_is_a_difference(target: str) -> None:
    other = from_json(to_json(TALKS).replace(b"Lemuria", b"Mu"))
    assert "title" in {difference.what for difference in prove(emit(other, IMAGES, target)).differences}


@pytest.mark.parametrize("member", ["cover.xhtml", "readout.xhtml", "contents.xhtml", "package.opf"])
def test_an_altered_title_of_one_part_of_an_epub_is_a_difference(member: str) -> None:
    altered = with_member(
        emit(TALKS, IMAGES, "epub"), f"EPUB/{member}", b"title>Talks with Lemuria", b"title>Talks with Mu"
    )
    assert [difference.what for difference in prove(altered).differences] == ["title"]


def test_a_chapter_that_epub_readers_skip_is_lost() -> None:
    skipped = (b'<itemref idref="readout"/>', b'<itemref idref="readout" linear="no"/>')
    assert prove(with_member(emit(TALKS, IMAGES, "epub"), "EPUB/package.opf", *skipped)).found == 0


def test_an_odt_saved_again_by_an_office_program_is_proven() -> None:
    rendition = emit(TALKS, IMAGES, "odt")
    removed = b"<text:tracked-changes><text:changed-region><text:p>Old words</text:p></text:changed-region>"
    for before, after in (
        (b'text:style-name="Image Caption"', b'text:style-name="Image_20_Caption"'),
        (b"<office:text>", b"<office:text>" + removed + b"</text:tracked-changes>"),
    ):
        rendition = with_member(rendition, "content.xml", before, after)
    assert prove(rendition).differences == ()


def test_a_docx_without_lists_may_lack_the_part_that_defines_them() -> None:
    talks = replace(TALKS, body=(paragraph("They met."),))
    rendition = emit(talks, IMAGES, "docx")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rendition.data)) as package, zipfile.ZipFile(out, "w") as saved_package:
        for entry in package.infolist():
            if entry.filename != "word/numbering.xml":
                saved_package.writestr(entry, package.read(entry))
    assert prove(replace(rendition, data=out.getvalue()), talks).differences == ()


def with_member(rendition: Rendition, name: str, before: bytes, after: bytes) -> Rendition:
    """Return the rendition with a change in one member of its package."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rendition.data)) as package, zipfile.ZipFile(out, "w") as changed_package:
        assert before in package.read(name)
        for entry in package.infolist():
            data = package.read(entry)
            changed_package.writestr(entry, data.replace(before, after) if entry.filename == name else data)
    return replace(rendition, data=out.getvalue())


@pytest.mark.parametrize("target", ["md", "docx", "odt"])
def test_adjacent_pieces_of_code_are_proven(target: str) -> None:
    talks = replace(TALKS, body=(paragraph("Press ", Code("Ctrl+F"), Code("Tab"), Code("Tab"), "."),))
    assert prove(emit(talks, IMAGES, target), talks).differences == ()


def test_a_difference_names_the_expected_and_the_found_words() -> None:
    receipt = prove(changed(emit(TALKS, IMAGES, "txt"), "agreed on fish", "agreed on cod and fish"))
    (difference,) = receipt.differences
    assert (difference.expected, difference.found) == ("", "cod and")
    assert difference.context.endswith("Trade They agreed on")


def test_of_two_swapped_words_one_is_not_found_at_its_place() -> None:
    receipt = prove(changed(emit(TALKS, IMAGES, "txt"), "They agreed", "agreed They"))
    assert not receipt.in_order
    assert receipt.found == receipt.words - 1


@pytest.mark.parametrize(
    "added", ["<p>Not so.</p>", "<!-- Cached -->Not so.", "<!DOCTYPE html><html><body><p>Not so.</p></body></html>"]
)
def test_words_after_the_end_of_an_html_page_are_a_difference(added: str) -> None:
    page = written("html")
    receipt = prove(replace(page, data=page.data + added.encode()))
    assert [each.found for each in receipt.differences] == ["Not so."]


@pytest.mark.parametrize("added", ["\n<!-- Cached by the server -->\n", "<?cached?>"])
def test_a_comment_after_the_end_of_an_html_page_is_no_difference(added: str) -> None:
    page = written("html")
    assert prove(replace(page, data=page.data + added.encode())).is_proven


@pytest.mark.parametrize(
    "tag",
    ["canvas", "datalist", "dialog", "meter", "noframes", "noscript", "p hidden", "p popover", "progress", "title"],
)
def test_words_that_browsers_do_not_show_are_lost(tag: str) -> None:
    name, *_ = tag.split()
    (mismatch,) = prove(changed(written("html"), "Cod only.", f"<{tag}>Cod only.</{name}>")).differences
    assert (mismatch.expected, mismatch.found) == ("Cod only.", "")


def test_words_marked_as_a_link_back_are_a_difference() -> None:
    marked = changed(written("html"), "Cod only.", 'Cod only. <a href="#top" role="doc-backlink">Not so.</a>')
    assert [each.found for each in prove(marked).differences] == ["Not so."]


def test_added_words_are_counted_separately() -> None:
    added = {part.what: part.words for part in prove(emit(TALKS, IMAGES, "html")).added}
    assert added["navigation"] == len("Skip to content".split())
    assert added["message"] == len("Ministry of Atlantis Photo not available Attachments".split())
    assert added["alt"] == len("The harbour".split())


@pytest.mark.parametrize("photos", ["inline", "beside"])
def test_alternative_texts_and_photos_are_compared(photos: str) -> None:
    render_options = RenderOptions(photos=photos)  # type: ignore[arg-type]
    page = emit(TALKS, IMAGES, "html", render_options)
    receipt = prove_rendition(TALKS, IMAGES, page, render_options)
    assert (receipt.photos.found, receipt.photos.expected) == (2, 2)
    assert (receipt.alts.found, receipt.alts.expected) == (2, 2)
    altered = prove_rendition(TALKS, IMAGES, changed(page, "The ministers", "The ministries"), render_options)
    assert [(each.what, each.expected, each.found) for each in altered.differences] == [
        ("alt", "The ministers", "The ministries")
    ]


def test_a_photo_that_is_not_beside_the_page_is_a_difference() -> None:
    render_options = RenderOptions(photos="beside")
    page = emit(TALKS, IMAGES, "html", render_options)
    receipt = prove_rendition(TALKS, IMAGES, replace(page, extra_files={}), render_options)
    assert {difference.what for difference in receipt.differences} == {"photo"}


def test_the_receipt_of_a_format_without_a_reader_says_so() -> None:
    receipt = prove(Rendition("man", b".TH", ".1", "text/plain"))
    assert receipt.not_read == "the program cannot read man back"
    assert not receipt.is_proven


@pytest.mark.slow
def test_a_pdf_with_its_title_in_xmp_alone_is_proven() -> None:
    render_options = RenderOptions(pdf="ua2")
    assert prove_rendition(TALKS, IMAGES, emit(TALKS, IMAGES, "pdf", render_options), render_options).is_proven


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "PNG"), ("RGBA", "PNG"), ("P", "PNG"), ("L", "PNG"), ("1", "PNG"), ("P", "GIF")]
)
def test_a_photo_of_another_size_in_a_pdf_is_a_difference(mode: str, kind: str) -> None:
    media_type = f"image/{kind.lower()}"
    sized = {size: IMAGES.add(partial(picture, mode, kind, size)) for size in ((60, 40), (40, 60))}
    first, second = (
        replace(TALKS, body=(Figure((Photo("map", Described("A map"), digest, media_type, *size),)),))
        for size, digest in sized.items()
    )
    assert prove(emit(first, IMAGES, "pdf"), first).is_proven
    (difference,) = prove(emit(second, IMAGES, "pdf"), first).differences
    assert (difference.what, difference.found) == ("photo", "redrawn, 40×60 pixels")


def picture(mode: str, kind: str, size: tuple[int, int]) -> bytes:
    """Return an image file of one colour."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()


def test_combining_marks_drawn_outside_the_page_belong_to_their_letter() -> None:
    talks = replace(TALKS, body=(paragraph("They met at a" + "\u0301" * 300 + " harbour."),))
    assert prove_rendition(talks, IMAGES, emit(talks, IMAGES, "pdf"), RenderOptions()).differences == ()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_persian_url_broken_at_its_hyphens_is_proven(language: str) -> None:
    url = "https://atlantis.example/news/135/گفتگوی-وزیران-درباره-ماهی-و-بندر-و-دریا-و-کشتی-در-پایتخت-آتلانتیس-و-لموریا"
    meeting = replace(TALKS, language=language, origin=replace(TALKS.origin, url=url), body=(paragraph(url),))
    assert prove_rendition(meeting, IMAGES, emit(meeting, IMAGES, "pdf"), RenderOptions()).differences == ()


ARABIC = "التقى وزير البحر وحارس المد في مكتب المرفأ واتفقا على طباعة الجداول معا"
ENVOY = "השר"
THAI = "รัฐมนตรีว่าการกระทรวงทะเลพบปะกับคู่เจรจาเพื่อหารือเรื่องน้ำและป่าไม้"
LAO = "ລັດຖະມົນຕີ ໄດ້ພົບປະກັບຄູ່ຮ່ວມງານ ເພື່ອປຶກສາຫາລືກ່ຽວກັບນ້ຳ ທີ່ໜັງສື ຫຼືຊົ່ວໂມງ"
NEPALI = "समुद्र मन्त्रीले बन्दरगाह कार्यालयमा ज्वारभाटा संरक्षकलाई भेटे"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "text", "drawn"),
    [
        ("ar", ARABIC, ARABIC.replace("وزير البحر", "البحر وزير")),
        ("ar", f"{ARABIC} 4، 5 (6).", f"{ARABIC} 4، 5 (6).".replace("وزير البحر", "البحر وزير")),
        ("he", f"{ENVOY} Müller, 3.", f"{ENVOY} Muller, 3."),
        ("he", f"{ENVOY} Müller, 2031.", f"{ENVOY} Müller, 2013."),
        ("ar", f"{ARABIC} 12:30.", f"{ARABIC} 10:32."),
        ("ar", f"{ARABIC} ٢٠٣١", f"{ARABIC} ٢٠١٣"),
        ("ko", f"(한국) {ENVOY}", f"(하국) {ENVOY}"),
        ("ur", "یہ وزیر شعبۂ تعلیم", "یہ وزیر تعلیم شعبۂ"),
        ("ar", f"{ARABIC} समझौते", f"{ARABIC} बंदरगाह"),
        ("ar", f"{ARABIC} हस्ताक्षर {ARABIC}", f"{ARABIC} हस्ताक्षर हस्ताक्षर {ARABIC}"),
        ("ar", f"{ARABIC} समझौते {ARABIC}", f"{ARABIC} {ARABIC}"),
        ("th", THAI, THAI.replace("พบปะ", "")),
        ("th", THAI, THAI.replace("พบปะกับคู่", "กับคู่พบปะ")),
        ("ne", NEPALI, NEPALI.replace("कार्यालयमा ", "")),
        ("ne", NEPALI, NEPALI.replace("कार्यालयमा", "कार्यालयमा कार्यालयमा")),
        ("ne", NEPALI, NEPALI.replace("कार्यालयमा ज्वारभाटा", "ज्वारभाटा कार्यालयमा")),
        ("ne", f"{NEPALI} 2031", f"{NEPALI} 2041"),
        ("ne", f"{NEPALI} NATO", f"{NEPALI} NAZI"),
        ("ne", f"{NEPALI} 12", f"{NEPALI} 21"),
        ("ne", f"{NEPALI} १२", f"{NEPALI} २१"),
        ("th", f"{THAI} 12", f"{THAI} 21"),
        ("km", "រដ្ឋមន្ត្រី បានជួប ១២ នាក់", "រដ្ឋមន្ត្រី បានជួប ២១ នាក់"),
    ],
)
def test_drawn_words_that_differ_from_the_actual_text_are_a_difference(language: str, text: str, drawn: str) -> None:
    talks = replace(TALKS, language=language, body=(paragraph(text),))
    assert prove(emit(talks, IMAGES, "pdf"), talks).is_proven
    rendition = emit(replace(talks, body=(paragraph(drawn),)), IMAGES, "pdf")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(rendition.data)) as document:
        elements = [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/ActualText" in each]
        (element,) = (each for each in elements if str(each["/ActualText"]) == drawn)
        element["/ActualText"] = pikepdf.String(text)
        document.save(out)
    assert not prove(replace(rendition, data=out.getvalue()), talks).is_proven


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Mr. Kelp (2031).", "Mr. Help (2031)."),
        ("Mr. Kelp (2031).", "Mr. Kelp (2013)."),
        ("Mr. Müller - envoy.", "Mr. Miller - envoy."),
        ("A well-known ha\u2011bour.", "A well-known harbour."),
    ],
)
def test_a_wrong_letter_in_a_part_with_actual_text_is_a_difference(text: str, drawn: str) -> None:
    talks, altered = (replace(TALKS, body=(paragraph(ENVOY, Strong((each,))),)) for each in (text, drawn))
    assert prove(emit(talks, IMAGES, "pdf"), talks).is_proven
    made, out, replaced = emit(altered, IMAGES, "pdf"), io.BytesIO(), 0
    with pikepdf.open(io.BytesIO(made.data)) as document:
        for page in document.pages:
            content = list(pikepdf.parse_content_stream(page))
            for step in content:
                marks = [each for each in step.operands if isinstance(each, pikepdf.Dictionary)]
                for mark in marks:
                    if str(mark.get("/ActualText", "")).strip() == drawn:
                        mark["/ActualText"] = pikepdf.String(text)
                        replaced += 1
            page.Contents = document.make_stream(pikepdf.unparse_content_stream(content))
        document.save(out)
    assert replaced == 1
    assert not prove(replace(made, data=out.getvalue()), talks).is_proven


def test_a_circled_number_in_a_right_to_left_paragraph_is_proven() -> None:
    talks = replace(TALKS, language="ja", body=(replace(paragraph("①Kelp 9"), dir="rtl"),))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("text", [f"He said {ARABIC} today.", f"– {ARABIC} –", f"{ARABIC} 12/05/2031 (abc) {ARABIC}"])
def test_arabic_in_lines_of_either_direction_is_proven(language: str, text: str) -> None:
    talks = replace(TALKS, language=language, body=(paragraph(text, " and ", Strong((ARABIC,)), " at 12:30."),))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


@pytest.mark.slow
@pytest.mark.parametrize("word", ["विदेश", "समझौते", "வெளியுறவு", "ประชุม"])
def test_words_drawn_by_syllable_are_proven_in_arabic_text(word: str) -> None:
    talks = replace(TALKS, language="ar", body=(paragraph(f"{word}, وقال {ARABIC} “{word}” {ARABIC} {word} {word}."),))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


VOWELLED = "وَقالَ الوَزيرُ إِنَّ البَحرَ لا يُفَرِّقُ، وأكّدَ أنّ المرفأ مُهمّ"
URDU = "وزیر خارجہ نے آج دارالحکومت میں ہم منصب سے ملاقات کی اور دونوں ملکوں کے تعلقات پر بات چیت کی"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", f"{VOWELLED} {ARABIC}"),
        ("ar", unicodedata.normalize("NFD", f"{VOWELLED} {ARABIC}")),
        ("fa", f"مسئلهٔ دریا {ARABIC}"),
        ("he", "הַיָּם מְחַבֵּר בֵּינֵינוּ, וְלֹא מַפְרִיד"),
        ("ur", f"e-mail {URDU}"),
        ("ar", f"{ARABIC} ½, ¾"),
        ("ur", f"{URDU} https://atlantis.example/a-b/c_d?e=f-g {URDU}"),
    ],
)
def test_right_to_left_text_with_vowel_signs_and_hyphened_words_is_proven(language: str, text: str) -> None:
    talks = replace(TALKS, language=language, body=(paragraph(text),))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


HEBREW = 'The talks. השר אמר "ההסכם" מס׳ 3 ייחתם ב־4 באוגוסט (ראו Art. 5), לפי NATO, "צה״ל" ו-"EU" (12:30).'


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("he", HEBREW),
        ("ar", "قال الوزير إن الاتفاق سيُوقَّع غدًا (المادة 4)، وأن Mr. Orm Kelp سيُوقِّعه."),
        pytest.param("en", HEBREW, marks=pytest.mark.slow),
        pytest.param("he", "A/B (הַשַּׂר) אָמַר כִּי הַהֶסְכֵּם ייחתם בְּאוֹגוּסְט, Art. 5, שׁ״ס.", marks=pytest.mark.slow),
        pytest.param("ar", "٤٫٥ ٱلرَّحْمَٰنِ (الأمر) Mr. Kelp ٱلْأَسْمَاكَ إِنَّ شيءٌ مُؤَقَّتًا A/B بِسْمِ إلى", marks=pytest.mark.slow),
        pytest.param("fa", "شمارهٔ ۳ (Annex) توافق‌نامه و ماهی‌ها شمارهٔ ۱۴۱۰/۵/۱۳ امضا", marks=pytest.mark.slow),
        pytest.param("he", "(Annex) שלום השר שלום צה״ל x@y.example צה״ל é", marks=pytest.mark.slow),
        pytest.param("yi", "דער פֿיש װידער. (Annex) Art. A/B געזאָגט 12%, 12% פֿיש x@y.example", marks=pytest.mark.slow),
        pytest.param("ur", "یہ وزیر شعبۂ تعلیم میں کوئی جلسۂ عام", marks=pytest.mark.slow),
        pytest.param("ur", "شعبۂ تعلیم میں وزیر نہیں ہے، جلسۂ عام۔ رسول ﷺ نے", marks=pytest.mark.slow),
        pytest.param("ur", "کہا x@y.example ﷺ میں 12%", marks=pytest.mark.slow),
        pytest.param("ar", 'سوريا (CNN) -- الكردية بـ"الدولة" في محيط الكتائب ﷺ والقرآن', marks=pytest.mark.slow),
        pytest.param("ne", f"{NEPALI} (قال) الوزير, {NEPALI} قال (الوزير 12:30) الاتفاق", marks=pytest.mark.slow),
        pytest.param("th", "ทำ الوزير (قال الاتفاق. น้ำ الاتفاق ทำ قال", marks=pytest.mark.slow),
    ],
)
def test_right_to_left_text_with_marks_and_other_words_is_proven(language: str, text: str) -> None:
    talks = replace(TALKS, language=language, body=(paragraph(text), paragraph(Strong((text,)), " ", text)))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "th"])
def test_thai_tone_marks_with_and_without_the_vowel_am_are_proven(language: str) -> None:
    talks = replace(TALKS, language=language, body=(paragraph("น้ำ ค่ำ"), paragraph("นี้ ที่"), paragraph(THAI, LAO)))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


@pytest.mark.parametrize("words", ["Orm Kelp", "readout-pub"])
def test_latin_words_at_the_start_of_an_arabic_line_are_proven(words: str) -> None:
    talks = replace(TALKS, body=(paragraph(Strong((words,)), f" {ARABIC}"),))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


def test_a_line_without_right_to_left_text_has_no_actual_text() -> None:
    talks = replace(TALKS, body=(paragraph("They met, in May, at sea"), paragraph(ARABIC)))
    with pikepdf.open(io.BytesIO(emit(talks, IMAGES, "pdf").data)) as document:
        drawn = pikepdf.parse_content_stream(document.pages[0])
        marks = [str(each.operands[1]) for each in drawn if str(each.operator) == "BDC"]
    assert not any("They met" in each for each in marks)


@pytest.mark.slow
@pytest.mark.parametrize("language", sorted(each for each in MESSAGES if language_direction(each) == "rtl"))
def test_a_readout_in_each_right_to_left_language_is_proven(language: str) -> None:
    talks = replace(TALKS, language=language, body=(paragraph(ARABIC),))
    assert prove(emit(talks, IMAGES, "pdf"), talks).differences == ()


def crop(page: pypdfium2.PdfPage) -> None:
    page.set_cropbox(0, 0, 100, 100)


def do_not_paint(page: pypdfium2.PdfPage) -> None:
    for each in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        pypdfium2.raw.FPDFTextObj_SetTextRenderMode(each.raw, pypdfium2.raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    page.gen_content()


@pytest.mark.slow
@pytest.mark.parametrize("hide", [crop, do_not_paint])
def test_words_that_a_pdf_does_not_show_are_lost(hide: Callable[[pypdfium2.PdfPage], None]) -> None:
    rendition = emit(TALKS, IMAGES, "pdf")
    with pypdfium2.PdfDocument(rendition.data) as document:
        page = document[0]
        hide(page)
        receipt = prove(saved_pdf(rendition, document))
    assert "Talks with Lemuria" in receipt.differences[0].expected


@pytest.mark.slow
def test_words_drawn_again_by_a_form_xobject_are_a_difference() -> None:
    rendition = emit(TALKS, IMAGES, "pdf")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(rendition.data)) as document:
        page = document.pages[0]
        form = page.as_form_xobject()
        name = page.add_resource(form, pikepdf.Name.XObject)
        page.contents_add(document.make_stream(f"{name} Do".encode()))
        document.save(out)
    assert prove(replace(rendition, data=out.getvalue())).differences


def saved_pdf(rendition: Rendition, document: pypdfium2.PdfDocument) -> Rendition:
    out = io.BytesIO()
    document.save(out)
    return replace(rendition, data=out.getvalue())


@pytest.mark.slow
def test_words_outside_the_paper_of_a_pdf_are_lost() -> None:
    rendition = emit(TALKS, IMAGES, "pdf")
    with pypdfium2.PdfDocument(rendition.data) as document:
        page = document[0]
        drawn = next(each for each in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT]))
        drawn.transform(pypdfium2.PdfMatrix().translate(0, 5000))
        page.gen_content()
        receipt = prove(saved_pdf(rendition, document))
    assert ("words", "Ministry of Atlantis") in {(each.what, each.expected) for each in receipt.differences}
