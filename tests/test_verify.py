"""Verification of unchanged files, of files changed in usual ways, and of files from another source."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import shutil
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import msgspec
import pikepdf
import pytest
from PIL import Image

from readout_pub import Overrides, RenderOptions, SourceError, UsageError, batch, convert, seal, verify
from readout_pub.diff.files import open_copies
from readout_pub.emit.record import program
from readout_pub.model import Keep
from readout_pub.receipts import Receipt, encode_receipt
from readout_pub.receipts.model import Found, RenditionReceipt, SourceFile
from readout_pub.signatures import new_key, sign_file
from readout_pub.verify import Verification, files_to_verify
from tests.pages import jpeg

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><title>Talks on the tides</title></head><body>
<nav><a href="/">Home</a></nav>
<main><h1>Talks on the tides</h1>
<p>On 4 August, Ms. Nerea Salt, Minister of the Sea of Atlantis, met Mr. Orm Kelp, Keeper of the Tides of Lemuria.</p>
<figure><img src="quay.jpg" alt="Two ministers at a quay"><figcaption>At the quay</figcaption></figure>
<p>They agreed that the tides should come in twice a day, as before, and that the tables would be printed together.</p>
</main></body></html>
"""
FORMATS = ("html", "pdf", "epub", "docx", "odt", "txt", "md")
SEALED = FORMATS[:5]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a page, its photo and its outputs in every format; no test changes it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "talks.html").write_text(PAGE, "utf-8")
    (folder / "quay.jpg").write_bytes(jpeg())
    for rendition in convert(
        folder / "talks.html", FORMATS, render_options=RenderOptions(folder="talks_files")
    ).renditions:
        rendition.write(folder / "out", "talks")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy"


def states(result: Verification) -> dict[str, str]:
    return {check.name: check.state for check in result.checks}


def failures(result: Verification) -> list[str]:
    return [line for check in result.checks if check.state == "failed" for line in (check.message, *check.details)]


def test_a_readout_in_json_is_verified_by_its_seal_alone(tmp_path: Path) -> None:
    path = tmp_path / "talks.html"
    path.write_text(PAGE, "utf-8")
    (stored,) = convert(path, ["json"]).renditions
    stored.write(tmp_path, "talks")
    stored_as = tmp_path / "talks.json"
    assert (verify(stored_as).verdict, states(verify(stored_as))["seal"]) == ("verified", "passed")
    stored_as.write_bytes(stored.data.replace(b"twice a day", b"once a day"))
    assert failures(verify(stored_as)) == ["the readout was changed after it was written"]
    for damaged in (stored.data.replace(b"twice a day", b"twice a \xff"), stored.data[:-9]):
        stored_as.write_bytes(damaged)
        assert failures(verify(stored_as)) == ["the file is not valid JSON: it is cut off or damaged"]
    stored_as.write_text('{"version": "1"}', "utf-8")
    assert verify(stored_as).verdict == "unknown"


@pytest.mark.slow
@pytest.mark.parametrize("target", FORMATS)
def test_an_output_as_it_was_written_is_verified_and_rebuilt(made: Path, target: str) -> None:
    result = verify(made / f"out/talks.{target}", against=made / "talks.html", rebuild=True)
    expected = {"words": "passed", "rebuild": "passed"}
    expected |= {"seal": "passed", "source": "passed"} if target in SEALED else {"seal": "unknown"}
    assert (result.verdict, states(result)) == ("verified", expected), result


def test_photos_of_markdown_in_the_default_folder_are_compared(folder: Path) -> None:
    (markdown,) = convert(folder / "talks.html", ["md"]).renditions
    path = markdown.write(folder / "own", "talks")
    assert states(verify(path, against=folder / "talks.html"))["words"] == "passed"
    (photo,) = (folder / "own/photos").iterdir()
    photo.write_bytes(jpeg(colour="red"))
    assert states(verify(path, against=folder / "talks.html"))["words"] == "failed"


@pytest.mark.parametrize("keep", ["more", "most"])
def test_an_output_made_with_keep_is_rebuilt_with_the_same_value(keep: Keep, folder: Path) -> None:
    convert(folder / "talks.html", ["html"], keep=keep).renditions[0].write(folder / "out", "kept")
    result = verify(folder / "out/kept.html", against=folder / "talks.html", rebuild=True)
    assert result.verdict == "verified", result
    assert f'"keep":"{keep}"' in (folder / "out/kept.html").read_text("utf-8")


@pytest.mark.parametrize("target", FORMATS)
def test_without_its_source_only_a_sealed_file_is_verified(made: Path, target: str) -> None:
    assert verify(made / f"out/talks.{target}").verdict == ("verified" if target in SEALED else "unknown")


def rewrite(path: Path, change: Callable[[bytes], bytes], member: str | None = None) -> None:
    """Change a file, or one member of a package."""
    if member is None:
        path.write_bytes(change(path.read_bytes()))
        return
    out = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            after.writestr(entry.filename, change(data) if entry.filename == member else data)
    path.write_bytes(out.getvalue())


def alter_word(data: bytes) -> bytes:
    assert b"twice a day" in data
    return data.replace(b"twice a day", b"thrice a day")


@pytest.mark.parametrize(
    ("target", "member"),
    [
        ("html", None),
        ("epub", "EPUB/readout.xhtml"),
        ("docx", "word/document.xml"),
        ("odt", "content.xml"),
        ("txt", None),
        ("md", None),
    ],
)
def test_an_altered_word_and_its_part_of_the_file_are_reported(folder: Path, target: str, member: str | None) -> None:
    path = folder / f"out/talks.{target}"
    rewrite(path, alter_word, member)
    result = verify(path, against=folder / "talks.html")
    assert result.verdict == "failed"
    assert any("“thrice” instead of “twice”" in line for line in failures(result))
    if member:
        assert f"{member}: changed" in failures(result)


def test_a_package_that_was_packed_again_counts_as_changed(folder: Path) -> None:
    path = folder / "out/talks.epub"
    rewrite(path, lambda data: data, "mimetype")
    assert failures(verify(path)) == [
        f"changed since {program()} wrote it",
        "every file in it is as it was: the package was packed again, or its record was changed",
    ]


def test_members_that_were_added_or_removed_are_reported(folder: Path) -> None:
    path = folder / "out/talks.epub"
    out = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            if entry.filename != "EPUB/style.css":
                after.writestr(entry, before.read(entry))
        after.writestr("iTunesMetadata.plist", b"<plist/>")
    path.write_bytes(out.getvalue())
    assert {"EPUB/style.css: missing", "iTunesMetadata.plist: added"} <= {*failures(verify(path))}


def test_a_long_list_of_changed_files_is_shortened(folder: Path) -> None:
    path = folder / "out/talks.epub"
    with zipfile.ZipFile(path, "a") as package:
        for number in range(30):
            package.writestr(f"added{number}", b"")
    (seal,) = (each for each in verify(path).checks if each.name == "seal")
    assert (len(seal.details), seal.details[-1]) == (11, "and 20 more")


def test_a_document_that_an_office_program_saved_is_recognised(folder: Path) -> None:
    for target in ("docx", "odt"):
        path, out = folder / f"out/talks.{target}", io.BytesIO()
        with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w") as after:
            for entry in before.infolist():
                if entry.filename != "record.json":
                    after.writestr(entry, before.read(entry))
        path.write_bytes(out.getvalue())
        assert failures(verify(path)) == ["another program has saved the file again, without the source record"]


def test_a_pdf_that_is_truncated_extended_or_saved_again_is_not_verified(folder: Path) -> None:
    path = folder / "out/talks.pdf"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert failures(verify(path)) == ["the file is cut off: the end of the PDF is missing"]
    path.write_bytes(data + b"7 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n")
    assert any("has added 38 bytes at the end" in line for line in failures(verify(path)))
    path.write_bytes(data + b" ")
    assert any("has added 1 byte at the end" in line for line in failures(verify(path)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(path)
    assert failures(verify(path))[0] == f"changed since {program()} wrote it"
    assert states(verify(path, against=folder / "talks.html"))["words"] == "passed"


@pytest.mark.parametrize("target", FORMATS)
def test_every_cut_or_garbled_file_fails_or_is_an_error(folder: Path, target: str) -> None:
    path = folder / f"out/talks.{target}"
    data = path.read_bytes()
    for changed in (
        b"",
        data[:7],
        data[: len(data) // 3],
        data[:-20],
        data[::-1],
        b"PK\x03\x04",
        b"%PDF-1.7\n",
    ):
        path.write_bytes(changed)
        try:
            result = verify(path, against=folder / "talks.html")
        except SourceError as error:
            assert str(error).startswith(f"{path}: the package is damaged")  # noqa: PT017 - either outcome is right
        else:
            assert result.verdict == "failed"


def test_a_scan_is_not_compared_word_by_word(folder: Path) -> None:
    scan = folder / "scan.pdf"
    Image.open(io.BytesIO(jpeg())).save(scan)
    (words,) = (each for each in verify(scan, against=folder / "talks.html").checks if each.name == "words")
    assert (words.state, words.details) == ("failed", ())
    assert words.message.startswith("it has no text that readers see, only pictures, as a scan has; ask for the file")


@pytest.mark.parametrize("target", SEALED)
@pytest.mark.parametrize("alt", ["Two ministers at a quay", "At the quay"])
def test_the_words_of_a_source_without_its_photos_are_compared(target: str, alt: str, tmp_path: Path) -> None:
    source = tmp_path / "talks.html"
    source.write_text(PAGE.replace("Two ministers at a quay", alt), "utf-8")
    (tmp_path / "quay.jpg").write_bytes(jpeg())
    convert(source, [target]).renditions[0].write(tmp_path / "out", "talks")
    (tmp_path / "quay.jpg").unlink()
    words = verify(tmp_path / f"out/talks.{target}", against=source).checks[-1]
    assert (words.name, words.state) == ("words", "passed")
    assert "photos are not compared, since 1 photo of the source cannot be found: put the folder" in words.message


def test_a_changed_word_is_reported_for_a_source_without_its_photos(folder: Path) -> None:
    (folder / "quay.jpg").unlink()
    page = folder / "out/talks.html"
    page.write_text(page.read_text("utf-8").replace("twice a day", "once a day"), "utf-8")
    words = verify(page, against=folder / "talks.html").checks[-1]
    assert (words.name, words.state) == ("words", "failed")
    assert words.details[-1].startswith(
        "1 photo of the source cannot be found: put the folder that was saved with the source"
    )


def test_texts_of_missing_photos_must_be_in_their_order(tmp_path: Path) -> None:
    source, page = tmp_path / "talks.html", tmp_path / "out/talks.html"
    figure = '<figure><img src="reef.jpg" alt="A ferry at a reef"><figcaption>At the reef</figcaption></figure>'
    source.write_text(PAGE.replace("</main>", f"{figure}</main>"), "utf-8")
    photos = [tmp_path / "quay.jpg", tmp_path / "reef.jpg"]
    for photo in photos:
        photo.write_bytes(jpeg())
    convert(source, ["html"]).renditions[0].write(page.parent, "talks")
    for photo in photos:
        photo.unlink()
    assert verify(page, against=source).checks[-1].state == "passed"
    parts = re.split("(A ferry at a reef|Two ministers at a quay)", page.read_text("utf-8"))
    parts[1::2] = reversed(parts[1::2])
    page.write_text("".join(parts), "utf-8")
    assert verify(page, against=source).checks[-1].state == "failed"


@pytest.mark.parametrize("password", ["", "tides"])
def test_an_encrypted_pdf_is_not_taken_for_one_without_a_record(folder: Path, password: str) -> None:
    path = folder / "out/talks.pdf"
    with pikepdf.open(path) as document:
        document.save(folder / "talks.pdf", encryption=pikepdf.Encryption(owner="salt", user=password))
    (seal,) = (each for each in verify(folder / "talks.pdf").checks if each.name == "seal")
    assert (seal.state, "has encrypted the file" in seal.message) == ("unknown", True)
    if password:
        with pytest.raises(SourceError, match=r"talks\.pdf: it can be read only with a password; save it without"):
            open_copies(path, folder / "talks.pdf")


def test_a_pdf_without_a_record_that_mentions_encryption_is_not_encrypted(tmp_path: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.Note = document.make_stream(b"/Encrypt 5 0 R")
    document.save(tmp_path / "talks.pdf", compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    (seal,) = (each for each in verify(tmp_path / "talks.pdf").checks if each.name == "seal")
    assert seal.message == "the file has no source record, so it does not state its source"


def test_another_source_is_distinguished_from_the_right_one(folder: Path) -> None:
    other = folder / "other.html"
    other.write_text(PAGE.replace("as before", "at last"), "utf-8")
    result = verify(folder / "out/talks.html", against=other)
    assert (result.verdict, states(result)["seal"]) == ("failed", "passed")
    assert failures(result)[0].startswith("the record names another source: talks.html (SHA-256 ")
    assert failures(result)[-1].startswith("words: “as before,” instead of “at last,” after “the tides should come in")


def test_a_source_that_differs_only_in_its_menu_has_the_same_words(folder: Path) -> None:
    other = folder / "other.html"
    other.write_text(PAGE.replace("Home", "Start"), "utf-8")
    assert states(verify(folder / "out/talks.html", against=other)) == {
        "seal": "passed",
        "source": "failed",
        "words": "passed",
    }


def test_changed_or_missing_photos_beside_a_page_are_reported(folder: Path) -> None:
    render_options = RenderOptions(photos="beside", folder="talks_files")
    path = (
        convert(folder / "talks.html", ["html"], render_options=render_options)
        .renditions[0]
        .write(folder / "beside", "talks")
    )
    assert states(verify(path, against=folder / "talks.html", rebuild=True)) == {
        "seal": "passed",
        "files": "passed",
        "source": "passed",
        "words": "passed",
        "rebuild": "passed",
    }
    (photo,) = (folder / "beside/talks_files").iterdir()
    photo.write_bytes(jpeg(colour="red"))
    assert f"talks_files/{photo.name}: changed" in failures(verify(path))
    photo.unlink()
    assert f"talks_files/{photo.name}: missing" in failures(verify(path))


def test_a_rebuild_uses_the_given_values_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    day = dt.date(2031, 3, 4)
    given = Overrides(title="Tides", series="Relations", issued=day, issued_text="4 March 2031", language="en-GB")
    (made,) = convert(
        folder / "talks.html", ["epub"], overrides=given, render_options=RenderOptions(theme="gazette")
    ).renditions
    path = made.write(folder, "given")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    result = verify(path, against=folder / "talks.html", rebuild=True)
    assert result.verdict == "verified"
    assert result.record
    assert result.record.edited == {
        "title": "Tides",
        "series": "Relations",
        "issued": "2031-03-04",
        "issued_text": "4 March 2031",
        "language": "en-GB",
    }


def test_the_colophon_of_an_edited_readout_is_not_reported_as_a_difference(folder: Path) -> None:
    stored = convert(folder / "talks.html", ["json"]).renditions[0].write(folder / "edited", "talks")
    stored.write_bytes(stored.read_bytes().replace(b"twice a day", b"once a day"))
    path = convert(stored, ["html"]).renditions[0].write(folder / "edited", "talks")
    assert "</span>; edited.<br>" in path.read_text("utf-8")
    found = "\n".join(failures(verify(path, against=folder / "talks.html")))
    assert "“once” instead of “twice”" in found
    assert "edited." not in found


def test_given_alternative_texts_are_valid_but_prevent_a_rebuild(folder: Path) -> None:
    given = Overrides(alts={"quay.jpg": "Ms. Salt and Mr. Kelp at the quay"})
    path = convert(folder / "talks.html", ["html"], overrides=given).renditions[0].write(folder, "given")
    result = verify(path, against=folder / "talks.html", rebuild=True)
    assert states(result) == {"seal": "passed", "source": "passed", "words": "passed", "rebuild": "failed"}
    assert "1 alternative text was given" in failures(result)[0]


def receipt_for(digest: str) -> bytes:
    rendition = RenditionReceipt("html", digest, 1, 40, 40, in_order=True, photos=Found(1, 1), alts=Found(1, 1))
    return encode_receipt(
        Receipt(program(), SourceFile("talks.html", "00" * 32), 40, "00" * 32, renditions=(rendition,))
    )


def test_the_receipt_beside_a_file_is_compared_with_it(folder: Path) -> None:
    path = folder / "out/talks.html"
    receipt = folder / "out/talks.receipt.json"
    receipt.write_bytes(receipt_for(hashlib.sha256(path.read_bytes()).hexdigest()))
    assert states(verify(path)) == {"seal": "passed", "receipt": "passed"}
    assert states(verify(folder / "out/talks.pdf")) == {"seal": "passed", "receipt": "unknown"}
    receipt.write_bytes(receipt_for("00" * 32))
    assert "talks.receipt.json is the receipt of another file, or this one has changed" in failures(verify(path))
    receipt.write_text("{}", "utf-8")
    assert failures(verify(path))[0].startswith("talks.receipt.json is not a receipt: ")


def test_photos_beside_a_file_without_a_record_are_compared_with_the_receipt(folder: Path) -> None:
    made = convert(folder / "talks.html", ["md", "json"], render_options=RenderOptions(folder="talks_files"))
    markdown, stored = (rendition.write(folder / "photos", "talks") for rendition in made.renditions)
    assert made.receipt
    (folder / "photos/talks.receipt.json").write_bytes(encode_receipt(made.receipt))
    assert states(verify(markdown)) == {"seal": "unknown", "receipt": "passed", "files": "passed"}
    (photo,) = (folder / "photos/talks_files").iterdir()
    photo.write_bytes(jpeg(colour="red"))
    for path in (markdown, stored):
        assert failures(verify(path))[1:] == [f"talks_files/{photo.name}: changed"]


def test_a_receipt_that_was_changed_proves_nothing(folder: Path) -> None:
    path, receipt = folder / "out/talks.html", folder / "out/talks.receipt.json"
    receipt.write_bytes(receipt_for(hashlib.sha256(path.read_bytes()).hexdigest()))
    written = receipt.read_bytes()
    changes: tuple[Callable[[bytes], bytes], ...] = (
        lambda data: data.replace(b'"words": 40', b'"words": 41', 1),
        lambda data: data.replace(b'"digest"', b'"digest" '),
        lambda data: data[: data.rindex(b',\n "digest"')] + b"\n}\n",
        lambda data: data.replace(b"\n", b"\r\n"),
    )
    for change in changes:
        receipt.write_bytes(change(written))
        assert failures(verify(path)) == [f"talks.receipt.json has changed since {program()} wrote it"]
        assert f"changed since {program()} wrote it" in failures(verify(receipt))


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 100_000, b'{"version": "\xff"}', '{"version": "1"}'.encode("utf-16"), b"%PDF-1.7"]
)
@pytest.mark.parametrize(("name", "kind"), [("talks.receipt.json", "receipt"), ("manifest.json", "manifest")])
def test_an_unreadable_receipt_or_manifest_is_reported(folder: Path, name: str, kind: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    found = verify(folder / name)
    assert found.verdict == "failed"
    assert failures(found) == [f"it is not a readable {kind}: it is damaged, or of another version of this program"]


@pytest.mark.slow
def test_a_receipt_or_manifest_is_not_compared_with_a_source(folder: Path) -> None:
    list(batch([folder / "talks.html"], ["txt"], folder / "archive"))
    for name, kind in (("talks.receipt.json", "receipt"), ("manifest.json", "manifest")):
        result = verify(folder / "archive" / name, against=folder / "no such page.html")
        (source,) = (each for each in result.checks if each.name == "source")
        assert (result.verdict, source.state) == ("verified", "unknown")
        assert source.message == f"a {kind} is not compared with the source; verify an output that it lists"


@pytest.mark.slow
def test_the_signature_of_a_receipt_or_manifest_covers_the_files_it_lists(folder: Path) -> None:
    key, out = folder / "key.pem", folder / "signed"
    public = new_key(key)
    list(batch([folder / "talks.html"], ["html", "txt"], out))
    path, receipt, manifest = out / "talks.txt", out / "talks.receipt.json", out / "manifest.json"
    assert failures(verify(path, key=public)) == ["there is no signature: talks.txt.sig is missing"]
    sign_file(manifest, key)
    by_manifest = "manifest.json, which lists this file, is signed by the owner of key.pub.pem"
    assert verify(path, key=public).checks[-1].message == by_manifest
    assert verify(receipt, key=public).checks[-1].message == by_manifest
    sign_file(receipt, key)
    by_receipt = "talks.receipt.json, which lists this file, is signed by the owner of key.pub.pem"
    assert verify(path, key=public).checks[-1].message == by_receipt
    other = new_key(folder / "other.pem")
    other_owner = "talks.receipt.json.sig is not a signature of talks.receipt.json by the owner of other.pub.pem"
    assert other_owner in failures(verify(path, key=other))
    path.write_text("Other words", "utf-8")
    assert "there is no signature: talks.txt.sig is missing" in failures(verify(path, key=public))


def test_the_files_to_verify_in_a_folder_include_damaged_outputs(folder: Path) -> None:
    for name in ("talks.pdf", "talks.epub"):
        rewrite(folder / "out" / name, lambda data: data[: len(data) // 2])
    (folder / "out/talks.odt").write_bytes(b"")
    (folder / "out/notes.html").write_text("<p>No output of this program", "utf-8")
    names = {path.name for path in files_to_verify(folder / "out")}
    assert names == {"talks.html", "talks.pdf", "talks.epub", "talks.docx", "talks.odt"}


def test_an_output_that_cannot_be_read_back_is_compared_with_its_receipt(folder: Path) -> None:
    made = convert(folder / "talks.html", ["rst"])
    path = made.renditions[0].write(folder / "rst", "talks")
    assert made.receipt
    path.with_suffix(".receipt.json").write_bytes(encode_receipt(made.receipt))
    (receipt,) = (check for check in verify(path).checks if check.name == "receipt")
    assert receipt.message.endswith("is the receipt of this file: the program cannot read rst back")


def test_a_given_alternative_text_does_not_hide_a_change_in_another(folder: Path) -> None:
    page = PAGE.replace("</main>", '<figure><img src="tables.jpg" alt="The tide tables"></figure></main>')
    (folder / "two.html").write_text(page, "utf-8")
    (folder / "tables.jpg").write_bytes(jpeg(200, 160))
    given = Overrides(alts={"quay.jpg": "Both at the quay"})
    path = convert(folder / "two.html", ["html"], overrides=given).renditions[0].write(folder, "given")
    assert states(verify(path, against=folder / "two.html"))["words"] == "passed"
    rewrite(path, lambda data: data.replace(b"The tide tables", b"The ebb tables"))
    assert states(verify(path, against=folder / "two.html"))["words"] == "failed"


def test_a_difference_at_the_end_of_a_long_japanese_text_is_shown(folder: Path) -> None:
    alt = "長机を挟んで会談する両国の代表団" * 12
    (folder / "long.html").write_text(PAGE.replace("Two ministers at a quay", f"{alt}東"), "utf-8")
    path = convert(folder / "long.html", ["html"]).renditions[0].write(folder, "made")
    rewrite(path, lambda data: data.replace("東".encode(), "西".encode()))
    found = failures(verify(path, against=folder / "long.html"))
    detail = next(line for line in found if line.startswith("alt: "))
    assert detail.startswith("alt: “…")
    assert "代表団西” instead of “…" in detail
    assert detail.endswith("代表団東”")


def test_a_receipt_is_verified_by_its_outputs(folder: Path) -> None:
    out = folder / "listed"
    made = convert(folder / "talks.html", ["html", "txt"])
    files = [rendition.write(out, "talks") for rendition in made.renditions]
    assert made.receipt
    named = [
        msgspec.structs.replace(each, file=file.name) for each, file in zip(made.receipt.renditions, files, strict=True)
    ]
    path = out / "talks.receipt.json"
    path.write_bytes(encode_receipt(msgspec.structs.replace(made.receipt, renditions=tuple(named))))
    assert [check.message for check in verify(path).checks] == [
        f"unchanged since {program()} wrote it",
        "as this receipt lists them: 2 of 2 files beside it",
    ]
    files[0].unlink()
    assert verify(path).verdict == "verified"  # readers may keep only one of the formats
    files[1].write_text("Other words", "utf-8")
    assert failures(verify(path)) == ["not as this receipt lists them: 1 of 2 files", "talks.txt: changed"]
    files[1].unlink()
    assert states(verify(path)) == {"seal": "passed", "files": "unknown"}


@pytest.mark.slow
def test_a_manifest_is_verified_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/talks.html").write_text(PAGE.replace('<img src="quay.jpg" alt="Two ministers at a quay">', ""))
    for _ in batch(tmp_path / "saved", ["txt"], tmp_path / "out"):
        pass
    manifest = tmp_path / "out/manifest.json"
    assert verify(manifest).verdict == "verified"
    overview = tmp_path / "out/index.html"
    written = overview.read_bytes()
    overview.write_bytes(written + b" ")
    assert failures(verify(manifest))[1:] == ["index.html: changed"]
    overview.write_bytes(written)
    (tmp_path / "out/talks.txt").write_text("Other words", "utf-8")
    assert "talks.txt: changed" in failures(verify(manifest))
    (tmp_path / "out/talks.txt").unlink()
    assert "talks.txt: missing" in failures(verify(manifest))
    manifest.write_text(manifest.read_text("utf-8").replace('"talks.txt"', f'"{"x" * 300}.txt"'), "utf-8")
    assert f"{'x' * 300}.txt: missing" in failures(verify(manifest))


@pytest.mark.parametrize("url", ["", '<link rel="canonical" href="https://sea.atlantis.example/talks">'])
def test_the_source_of_an_output_is_found_in_a_folder_by_name_and_digest(url: str, folder: Path) -> None:
    source = folder / "saved"
    source.mkdir()
    (source / "a.html").write_text(PAGE.replace("twice", "thrice"), "utf-8")
    (source / "2030").mkdir()
    (source / "2030/talks.html").write_text(PAGE.replace("twice", "once"), "utf-8")
    (source / "copy").mkdir()
    (source / "copy/talks.html").write_text(PAGE.replace("</head>", f"{url}</head>"), "utf-8")
    (source / "talks.html").write_text(PAGE.replace("</head>", f"{url}</head>"), "utf-8")
    path = convert(source / "talks.html", ["txt", "html"]).renditions[1].write(folder, "found")
    assert verify(path, against=source, rebuild=True).verdict == "verified"
    made = convert(source / "talks.html", ["txt"])
    text = made.renditions[0].write(folder / "text", "talks")
    with pytest.raises(SourceError, match=r"tells which of them is its source; put the receipt of the output beside"):
        verify(text, against=source)
    assert made.receipt
    text.with_suffix(".receipt.json").write_bytes(encode_receipt(made.receipt))
    assert states(verify(text, against=source))["words"] == "passed"
    rewrite(text, alter_word)
    assert states(verify(text, against=source))["words"] == "failed"


def test_a_file_is_not_read_in_the_format_of_a_forged_record(folder: Path) -> None:
    forged = folder / "forged.docx"
    with zipfile.ZipFile(folder / "out/talks.epub") as genuine, zipfile.ZipFile(folder / "out/talks.docx") as docx:
        members = {name: genuine.read(name) for name in genuine.namelist()}
        members |= {name: docx.read(name) for name in docx.namelist() if name != "record.json"}
    members["word/document.xml"] = alter_word(members["word/document.xml"])
    with zipfile.ZipFile(forged, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    result = verify(forged, against=folder / "talks.html")
    assert states(result)["words"] == "failed"
    assert "the record is of the format epub, and the file is named .docx" in failures(result)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"receipt":true', '"receipt":"yes"', None),
        ('"receipt":true', '"receipt":true,"options":{"theme":1}', "an option that this version does not know"),
        ('"receipt":true', '"receipt":true,"edited":{"language":"?"}', "the source record is damaged"),
        ('"receipt":true', '"receipt":true,"edited":{"issued":"?"}', "the source record is damaged"),
    ],
)
def test_a_forged_record_is_reported_as_an_error(before: str, after: str, message: str | None, folder: Path) -> None:
    path = convert(folder / "talks.html", ["html"]).renditions[0].write(folder / "forged", "talks")
    assert before in path.read_text("utf-8")
    rewrite(path, lambda data: data.replace(before.encode(), after.encode()))
    if message is None:
        assert "the source record is damaged, or of a newer version of this program" in failures(verify(path))
    else:
        with pytest.raises(SourceError, match=rf"talks\.html: .*{message}"):
            verify(path, against=folder / "talks.html")


def test_a_theme_that_this_version_lacks_prevents_a_rebuild(folder: Path) -> None:
    path = convert(folder / "talks.html", ["html"]).renditions[0].write(folder / "forged", "talks")
    rewrite(path, lambda data: data.replace(b'"receipt":true', b'"receipt":true,"options":{"theme":"velvet"}'))
    result = verify(path, against=folder / "talks.html", rebuild=True)
    assert "not rebuilt with the options of the record: there is no theme 'velvet'" in failures(result)[-1]


@pytest.mark.slow
@pytest.mark.parametrize("target", ["html", "epub"])
def test_a_file_in_a_users_theme_is_rebuilt_with_that_theme(target: str, folder: Path) -> None:
    theme, css = folder / "avalon", folder / "own.css"
    theme.mkdir()
    (theme / "theme.toml").write_text(
        'name = "Avalon"\n[colours.light]\naccent = "#5c0000"\n[masthead.publisher]\nen = "Mint"\n', "utf-8"
    )
    css.write_text("h1 { text-transform: uppercase; }\n", "utf-8")
    render_options = RenderOptions(theme=str(theme), css=str(css))
    path = (
        convert(folder / "talks.html", [target], render_options=render_options)
        .renditions[0]
        .write(folder / "own", "talks")
    )
    assert str(theme).encode() not in path.read_bytes()
    source = folder / "talks.html"
    own = states(verify(path, against=source, rebuild=True, theme=theme, css=css))
    assert (own["words"], own["rebuild"]) == ("passed", "passed")
    assert states(verify(path, against=source))["words"] == "failed"
    assert (
        "the output has the theme 'Avalon'; give that theme: --theme DIR"
        in failures(verify(path, against=source, rebuild=True))[-1]
    )
    css.write_text("h1 { color: red; }\n", "utf-8")
    again = verify(path, against=source, rebuild=True, theme=theme, css=css)
    assert "the output has the style sheet 'own.css'; give that style sheet: --css FILE" in failures(again)[-1]


def test_a_record_cannot_name_the_folder_of_a_theme(folder: Path) -> None:
    theme = folder / "avalon"
    theme.mkdir()
    (theme / "theme.toml").write_text('name = "Avalon"\n', "utf-8")
    path = convert(folder / "talks.html", ["html"]).renditions[0].write(folder / "forged", "talks")
    forged = b'"receipt":true,"options":{"theme":"%s"}' % str(theme).encode()
    rewrite(path, lambda data: data.replace(b'"receipt":true', forged))
    assert "there is no theme" in failures(verify(path, against=folder / "talks.html", rebuild=True))[-1]


def test_folders_and_empty_files_are_reported(folder: Path) -> None:
    with pytest.raises(SourceError, match="it is a folder; name a file"):
        verify(folder)
    (folder / "empty.pdf").touch()
    assert failures(verify(folder / "empty.pdf")) == ["the file is empty"]


def test_a_forged_record_cannot_make_verify_read_other_files(folder: Path) -> None:
    secret = folder / "secret.txt"
    secret.write_text("secret", "utf-8")
    render_options = RenderOptions(photos="beside", folder="talks_files")
    path = (
        convert(folder / "talks.html", ["html"], render_options=render_options)
        .renditions[0]
        .write(folder / "beside", "talks")
    )
    text = path.read_text("utf-8")
    path.write_text(
        text.replace('"files":{"talks_files/', '"files":{"../secret.txt":"00","a\\u0000b":"00","talks_files/'), "utf-8"
    )
    assert "../secret.txt: missing" in failures(verify(path))


def test_a_missing_file_and_a_rebuild_without_a_source_are_refused(made: Path) -> None:
    with pytest.raises(UsageError, match="without the source nothing can be rebuilt"):
        verify(made / "out/talks.html", rebuild=True)
    with pytest.raises(SourceError, match="no-such-file"):
        verify(made / "no-such-file.pdf")


def test_many_streams_without_an_end_take_less_than_five_seconds(tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.pdf"
    hostile.write_bytes(b"%PDF-1.7\n" + b"stream\n" * 100_000 + bytes(2_000_000))
    before = time.process_time()
    assert verify(hostile).verdict == "failed"
    assert time.process_time() - before < 5


def test_compressed_streams_are_inflated_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "MAX_INFLATED", 5 * seal.MAX_RECORD)
    bomb, inflate = zlib.compress(bytes(seal.MAX_RECORD)), mock.Mock(side_effect=zlib.decompressobj)
    monkeypatch.setattr(zlib, "decompressobj", inflate)
    hostile = tmp_path / "hostile.pdf"
    hostile.write_bytes(b"%PDF-1.7\n" + (b"stream\n" + bomb + b"endstream\n") * 50 + b"%%EOF\n")
    assert verify(hostile).verdict == "unknown"
    assert 0 < inflate.call_count <= 6


@pytest.mark.parametrize("target", ["txt", "md", "rst", "tei", "json"])
def test_an_output_with_overrides_but_without_a_source_record_is_rebuilt(target: str, folder: Path) -> None:
    page, out = folder / "talks.html", folder / "out"
    overrides = Overrides(title="Harbour talks", series="Readouts", issued=dt.date(2031, 3, 5))
    conversion = convert(page, [target], overrides=overrides, keep="most", site="none")
    path = conversion.renditions[0].write(out, "edited")
    if target != "json":
        assert conversion.receipt is not None
        (out / "edited.receipt.json").write_bytes(encode_receipt(conversion.receipt))
    found = verify(path, against=page, rebuild=True)
    assert [check.message for check in found.checks if check.state == "failed"] == []
    assert found.record is not None
    assert set(found.record.edited) == {"title", "series", "issued"}
