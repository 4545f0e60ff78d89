"""Bags of the outputs of a batch: the library bagit validates them, and the tests read their files."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import re
import shutil
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import bagit
import pytest

from readout_pub.alt.decisions import DECISIONS_FILE
from readout_pub.batch import Selection, batch
from readout_pub.deposit import deposit
from readout_pub.deposit.payload import Payload
from readout_pub.errors import OutputError, SourceError, UsageError
from tests.archives import ATLANTIS, Record, warc
from tests.batch.conftest import CountingExecutor, fill, page
from tests.pages import PROFILES
from tests.permissions import permissions_obeyed

DAY = dt.datetime(2031, 8, 4, tzinfo=dt.UTC)
DC = "{http://purl.org/dc/elements/1.1/}"
PREMIS = "{http://www.loc.gov/premis/v3}"

Convert = Callable[..., Path]


@pytest.fixture
def convert(tmp_path: Path) -> Iterator[Convert]:
    """A function that converts sources into the folder `out` and returns this folder."""
    with CountingExecutor() as executor:

        def run(*sources: str | Path) -> Path:
            out = tmp_path / "out"
            list(batch(list(sources), ["html", "txt", "json"], out, executor=executor, sites=[PROFILES]))
            return out

        yield run


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return fill(tmp_path / "saved", 3)


def payload(bag: Path) -> dict[str, bytes]:
    return {path.relative_to(bag).as_posix(): path.read_bytes() for path in (bag / "data").rglob("*") if path.is_file()}


def listed(bag: Path, name: str = "files.csv", delimiter: str = ",") -> list[dict[str, str]]:
    with (bag / "metadata" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@pytest.mark.slow
def test_a_bag_is_valid_and_has_originals_and_outputs(convert: Convert, saved: Path, tmp_path: Path) -> None:
    out, bag = convert(saved), tmp_path / "bag"
    made = deposit(out, bag, time=DAY)
    assert bagit.Bag(str(bag)).validate()
    files = payload(bag)
    assert (made.readouts, made.files, made.bytes) == (3, len(files), sum(map(len, files.values())))
    assert files["data/originals/saved/talks1.html"] == (saved / "talks1.html").read_bytes()
    assert files["data/originals/saved/img/quay.jpg"] == (saved / "img/quay.jpg").read_bytes()
    outputs = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {path.removeprefix("data/outputs/") for path in files if path.startswith("data/outputs/")} == {
        path for path in outputs if not path.startswith(".readout-pub/")
    }


@pytest.mark.slow
def test_the_file_lists_list_all_files_of_the_payload(convert: Convert, saved: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    deposit(convert(saved), bag)
    files = payload(bag)
    for name, delimiter in (("files.csv", ","), ("files.psv", "|")):
        rows = listed(bag, name, delimiter)
        assert sorted(row["Path"] for row in rows) == sorted(files)
        for row in rows:
            assert row["SHA-256"] == hashlib.sha256(files[row["Path"]]).hexdigest()
            assert (int(row["Bytes"]), row["File Name"]) == (len(files[row["Path"]]), Path(row["Path"]).name)


@pytest.mark.slow
def test_outputs_in_the_bag_are_those_that_the_checksums_list(convert: Convert, saved: Path, tmp_path: Path) -> None:
    deposit(convert(saved), tmp_path / "bag")
    outputs = {
        path.removeprefix("data/outputs/"): hashlib.sha256(content).hexdigest()
        for path, content in payload(tmp_path / "bag").items()
        if path.startswith("data/outputs/")
    }
    lines = (tmp_path / "bag/data/outputs/SHA256SUMS").read_text("utf-8").splitlines()
    del outputs["SHA256SUMS"]
    assert {path: digest for digest, path in (line.split("  ", 1) for line in lines)} == outputs


@pytest.mark.slow
def test_the_file_list_tells_copies_from_originals(convert: Convert, saved: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    deposit(convert(saved), bag)
    rows = {row["Path"]: row for row in listed(bag)}
    kinds = {path: row["Copy"] for path, row in rows.items()}
    assert kinds["data/originals/saved/talks2.html"] == "original"
    assert kinds["data/outputs/talks2.json"] == "archival copy"
    assert kinds["data/outputs/talks2.html"] == "access copy"
    assert kinds["data/outputs/manifest.json"] == "report"
    copy = rows["data/outputs/talks2.html"]
    assert (copy["Title"], copy["Creation Date"]) == ("Talks 2", "2031-08-03")
    assert copy["Relation"] == "Is Format Of data/originals/saved/talks2.html"
    assert rows["data/originals/saved/talks2.html"]["Record ID"] == copy["Record ID"] != ""
    assert rows["data/originals/saved/img/quay.jpg"]["Relation"].startswith("Is Part Of data/originals/saved/talks")


@pytest.mark.slow
def test_earlier_versions_have_a_format_but_no_metadata_of_the_page(saved: Path, tmp_path: Path) -> None:
    out, changed = tmp_path / "out", saved / "talks1.html"
    with CountingExecutor() as executor:
        for _ in range(2):
            list(batch(changed, ["epub", "docx"], out, executor=executor, keep_versions=True))
            changed.write_text(page(1).replace("twice a day", "three times a day"), "utf-8")
    deposit(out, tmp_path / "bag")
    earlier = [row for row in listed(tmp_path / "bag") if "/1/" in row["Path"]]
    types = {Path(row["Path"]).suffix: row["Format"] for row in earlier}
    assert types[".epub"] == "application/epub+zip"
    assert types[".docx"] == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    for row in earlier:
        assert row["Relation"] == "Is Version Of https://www.atlantis.example/talks1.html"
        assert [row[column] for column in ("Record ID", "Creation Date", "Rights", "Language")] == [""] * 4


@pytest.mark.slow
def test_each_readout_has_dublin_core_and_premis(convert: Convert, saved: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    deposit(convert(saved), bag, time=DAY)
    described = ET.parse(bag / "metadata/dublin-core/talks1.xml").getroot()  # noqa: S314 - our own file
    assert described.findtext(f"{DC}title") == "Talks 1"
    assert described.findtext(f"{DC}date") == "2031-08-02"
    assert described.findtext(f"{DC}source") == "data/originals/saved/talks1.html"
    assert "https://www.atlantis.example/talks1.html" in [each.text for each in described.findall(f"{DC}identifier")]
    events = ET.parse(bag / "metadata/premis/talks1.xml").getroot()  # noqa: S314 - our own file
    found = [
        (event.findtext(f"{PREMIS}eventType"), event.findtext(f"{PREMIS}eventDateTime"))
        for event in events.findall(f"{PREMIS}event")
    ]
    assert found == [
        ("migration", "unknown"),
        ("validation", "unknown"),
        ("fixity check", "2031-08-04T00:00:00Z"),
        ("information package creation", "2031-08-04T00:00:00Z"),
    ]
    objects = [each.text for each in events.findall(f"{PREMIS}object//{PREMIS}objectIdentifierValue")]
    linked = {each.text for each in events.iter(f"{PREMIS}linkingObjectIdentifierValue")}
    assert set(objects) == linked
    assert all((bag / str(path)).is_file() for path in objects)


@pytest.mark.slow
def test_equal_outputs_give_the_same_bag(
    convert: Convert, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = convert(saved)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1943574000")
    for name in ("one", "two"):
        deposit(out, tmp_path / name, info={"Contact-Name": ["A. Keeper", "B. Keeper"], "External-Identifier": "1"})
    bags = [
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    ]
    assert bags[0] == bags[1]
    info = (tmp_path / "one/bag-info.txt").read_text("utf-8")
    assert "Contact-Name: A. Keeper\nContact-Name: B. Keeper\n" in info
    assert "Bagging-Date: 2031-08-04\n" in info


@pytest.mark.slow
def test_a_bag_made_without_a_time_states_no_date(convert: Convert, saved: Path, tmp_path: Path) -> None:
    deposit(convert(saved), tmp_path / "bag")
    assert "Bagging-Date" not in (tmp_path / "bag/bag-info.txt").read_text("utf-8")


def zipped(saved: Path) -> Path:
    archive = saved.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(saved.rglob("*")):
            file.write(path, path.relative_to(saved))
    return archive


@pytest.mark.slow
def test_an_archive_file_is_deposited_whole(convert: Convert, saved: Path, tmp_path: Path) -> None:
    archive, bag = zipped(saved), tmp_path / "bag"
    deposit(convert(archive), bag)
    assert [path for path in payload(bag) if "originals" in path] == ["data/originals/saved/saved.zip"]
    rows = {row["Path"]: row for row in listed(bag)}
    assert rows["data/outputs/talks1.html"]["Relation"] == "Is Format Of data/originals/saved/saved.zip"


@pytest.mark.slow
def test_outputs_of_a_web_archive_are_related_to_the_archive_file(convert: Convert, tmp_path: Path) -> None:
    crawl = tmp_path / "crawls" / "crawl.warc"
    crawl.parent.mkdir()
    crawl.write_bytes(warc(Record(f"{ATLANTIS}/talks{n}.html", page(n).encode()) for n in (1, 2)))
    bag = tmp_path / "bag"
    assert deposit(convert(crawl.parent), bag).readouts == 2
    relations = {row["Relation"] for row in listed(bag) if row["Copy"] == "access copy"}
    assert relations == {"Is Format Of data/originals/crawls/crawl.warc"}


@pytest.mark.slow
def test_a_single_page_is_deposited_with_its_photos(convert: Convert, saved: Path, tmp_path: Path) -> None:
    deposit(convert(saved / "talks1.html"), tmp_path / "bag")
    originals = sorted(path for path in payload(tmp_path / "bag") if "originals" in path)
    assert originals == ["data/originals/saved/img/quay.jpg", "data/originals/saved/talks1.html"]


@pytest.mark.slow
@pytest.mark.parametrize("place", [".", "saved"])
@pytest.mark.parametrize("form", ["folder", "archive", "page"])
def test_decisions_on_photos_are_deposited(
    convert: Convert, saved: Path, tmp_path: Path, form: str, place: str
) -> None:
    source = {"folder": saved, "archive": zipped(saved), "page": saved / "talks1.html"}[form]
    (tmp_path / place / DECISIONS_FILE).write_bytes(b"")
    deposit(convert(source), tmp_path / "bag")
    places = {
        ("folder", "."): ["data/alt-decisions/saved/alt-decisions.jsonl"],
        ("folder", "saved"): ["data/originals/saved/alt-decisions.jsonl"],
        ("archive", "."): ["data/originals/saved/alt-decisions.jsonl"],
        ("archive", "saved"): [],  # the archive is not in that folder
        ("page", "."): ["data/alt-decisions/saved/alt-decisions.jsonl"],
        ("page", "saved"): ["data/originals/saved/alt-decisions.jsonl"],
    }
    kinds = {row["Path"]: row["Copy"] for row in listed(tmp_path / "bag")}
    assert [path for path in payload(tmp_path / "bag") if path.endswith(DECISIONS_FILE)] == places[form, place]
    assert [path for path, kind in kinds.items() if kind == "alt decisions"] == places[form, place]


CONTENT_MODELS = {
    "premis": "object+ event* agent*",
    "object": "objectIdentifier+ objectCharacteristics+ originalName? relationship*",
    "objectIdentifier": "objectIdentifierType objectIdentifierValue",
    "objectCharacteristics": "fixity* size? format+",
    "fixity": "messageDigestAlgorithm messageDigest",
    "format": "formatDesignation",
    "formatDesignation": "formatName",
    "relationship": "relationshipType relationshipSubType relatedObjectIdentifier+",
    "relatedObjectIdentifier": "relatedObjectIdentifierType relatedObjectIdentifierValue",
    "event": "eventIdentifier eventType eventDateTime eventDetailInformation* eventOutcomeInformation* "
    "linkingAgentIdentifier* linkingObjectIdentifier*",
    "eventIdentifier": "eventIdentifierType eventIdentifierValue",
    "eventDetailInformation": "eventDetail?",
    "eventOutcomeInformation": "eventOutcome",
    "linkingAgentIdentifier": "linkingAgentIdentifierType linkingAgentIdentifierValue",
    "linkingObjectIdentifier": "linkingObjectIdentifierType linkingObjectIdentifierValue linkingObjectRole*",
    "agent": "agentIdentifier+ agentName* agentType?",
    "agentIdentifier": "agentIdentifierType agentIdentifierValue",
}
"""What the schema of PREMIS 3.0 (18 January 2016) allows in the elements that this program writes.

All other elements contain text only. Elements that the schema allows, but that the program does not write, are omitted.
"""


@pytest.mark.slow
def test_premis_has_the_elements_of_its_schema_in_their_order(convert: Convert, tmp_path: Path) -> None:
    archive = fill(tmp_path / "saved", 1)
    (archive / "talks1.html").write_text(
        page(1).replace("<head>", f"<head>\n<!-- saved from url=(0031){ATLANTIS}/talks -->")
    )
    bag = tmp_path / "bag"
    deposit(convert(archive), bag, time=DAY)
    (record,) = (bag / "metadata/premis").iterdir()
    root = ET.parse(record).getroot()  # noqa: S314 - our own file
    assert root.get("version") == "3.0"
    assert {each.get("{http://www.w3.org/2001/XMLSchema-instance}type") for each in root.iter(f"{PREMIS}object")} == {
        "premis:file"
    }
    for element in root.iter():
        name = element.tag.removeprefix(PREMIS)
        if model := CONTENT_MODELS.get(name):
            children = "".join(f"{child.tag.removeprefix(PREMIS)} " for child in element)
            assert re.fullmatch(re.sub(r"(\w+)", r"(?:\1 )", model).replace(" (", "("), children), (name, children)
        else:
            assert element.text
            assert not len(element), name


@pytest.mark.slow
@pytest.mark.usefixtures("saved")
def test_only_the_pages_of_a_list_of_paths_are_deposited(convert: Convert, tmp_path: Path) -> None:
    (tmp_path / "wanted.txt").write_text("saved/talks2.html\n", "utf-8")
    deposit(convert(f"@{tmp_path}/wanted.txt"), tmp_path / "bag")
    originals = sorted(path for path in payload(tmp_path / "bag") if "originals" in path)
    assert originals == ["data/originals/wanted/img/quay.jpg", "data/originals/wanted/talks2.html"]


@pytest.mark.slow
def test_a_pattern_that_matches_nothing_any_more_is_refused(convert: Convert, saved: Path, tmp_path: Path) -> None:
    out = convert(f"{saved}/*.html")
    saved.rename(tmp_path / "moved")
    with pytest.raises(SourceError, match=r"\*\.html: the originals are not there any more; add the files or folders"):
        deposit(out, tmp_path / "bag")


@pytest.mark.slow
def test_the_new_place_of_moved_originals_can_be_given(convert: Convert, saved: Path, tmp_path: Path) -> None:
    out = convert(saved)
    saved.rename(tmp_path / "moved")
    with pytest.raises(SourceError, match=r"not there any more.*add the files or folders with the originals"):
        deposit(out, tmp_path / "bag")
    deposit(out, tmp_path / "bag", originals=[tmp_path / "moved"])
    assert "data/originals/moved/talks1.html" in payload(tmp_path / "bag")


@pytest.mark.slow
def test_hidden_files_and_links_and_batch_outputs_are_not_originals(
    convert: Convert, saved: Path, tmp_path: Path
) -> None:
    (saved / ".secret").write_text("x", "utf-8")
    (saved / "link").symlink_to(tmp_path)
    shutil.copytree(convert(saved), saved / "old")
    made = deposit(tmp_path / "out", tmp_path / "bag")
    assert not [path for path in payload(tmp_path / "bag") if "secret" in path or "link" in path or "old" in path]
    assert made.remarks == (f"{saved}/link: left out, since it is a link",)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("out/talks1.txt", b"x", r"talks1\.txt was changed"),
        ("out/talks2.html", None, r"talks2\.html is missing"),
        ("out/SHA256SUMS", None, "SHA256SUMS is missing"),
        ("out/manifest.json", b'{"program": "readout-pub 0.1.0"}', r"manifest\.json was changed"),
        ("out/index.html", b"x", r"index\.html was changed"),
        ("saved/talks1.html", b"x", r"talks1\.html has changed"),
        ("saved/img/quay.jpg", b"x", r"img/quay\.jpg has changed"),
        ("saved/talks3.html", None, r"talks3\.html is missing"),
    ],
)
def test_what_changed_since_the_batch_is_reported(  # noqa: PLR0917 - pytest passes them by name
    convert: Convert, saved: Path, tmp_path: Path, file: str, content: bytes | None, message: str
) -> None:
    out = convert(saved)
    if content is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_bytes(content)
    with pytest.raises((OutputError, SourceError), match=message):
        deposit(out, tmp_path / "bag")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "saved"]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no permissions of this kind")
def test_an_error_about_an_unreadable_manifest_names_the_manifest(
    convert: Convert, saved: Path, tmp_path: Path
) -> None:
    out = convert(saved)
    (out / "manifest.json").chmod(0)
    found = pytest.raises(OutputError, match=r"manifest\.json: it is missing, cannot be read, or is not what a batch")
    with permissions_obeyed(), found:
        deposit(out, tmp_path / "bag")


@pytest.mark.slow
def test_a_pipe_in_the_place_of_the_manifest_is_refused(convert: Convert, saved: Path, tmp_path: Path) -> None:
    out = convert(saved)
    (out / "manifest.json").unlink()
    os.mkfifo(out / "manifest.json")
    with pytest.raises(OutputError, match=r"manifest\.json: it is missing, cannot be read, or is not what a batch"):
        deposit(out, tmp_path / "bag")


def test_an_unfinished_batch_is_refused(saved: Path, tmp_path: Path) -> None:
    with CountingExecutor() as executor:
        run = batch(saved, ["txt"], tmp_path / "out", executor=executor, selection=Selection(limit=2))
        next(iter(run))
        del run
    with pytest.raises(OutputError, match="did not end"):
        deposit(tmp_path / "out", tmp_path / "bag")


@pytest.mark.slow
def test_an_interruption_leaves_no_bag(
    convert: Convert, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = convert(saved)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bagit.Bag, "validate", interrupt)
    with pytest.raises(KeyboardInterrupt):
        deposit(out, tmp_path / "bag")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "saved"]


@pytest.mark.slow
def test_folders_that_cannot_be_deposited_are_refused(convert: Convert, saved: Path, tmp_path: Path) -> None:
    out = convert(saved)
    with pytest.raises(UsageError, match="not the output folder of a batch"):
        deposit(saved, tmp_path / "bag")
    with pytest.raises(SourceError, match="no such folder"):
        deposit(tmp_path / "nothing", tmp_path / "bag")
    with pytest.raises(UsageError, match="it is there already"):
        deposit(out, saved)
    for inside in (out / "bag", saved / "bag"):
        with pytest.raises(UsageError, match="that it packs"):
            deposit(out, inside)


@pytest.mark.slow
def test_texts_that_bag_info_cannot_have_are_refused(convert: Convert, saved: Path, tmp_path: Path) -> None:
    out = convert(saved)
    with pytest.raises(UsageError, match="Bagging-Date is filled in by this program; set it with --date"):
        deposit(out, tmp_path / "bag", info={"Bagging-Date": "2031-08-04"})
    with pytest.raises(UsageError, match="several lines"):
        deposit(out, tmp_path / "bag", info={"Contact-Name": "A\nPayload-Oxum: 1.1"})
    with pytest.raises(UsageError, match=r"the text of Contact-Name is .* bytes that are not UTF-8"):
        deposit(out, tmp_path / "bag", info={"Contact-Name": "\udcff"})


@pytest.mark.slow
def test_a_symbolic_link_in_the_feed_folder_to_other_files_is_refused(
    convert: Convert, saved: Path, tmp_path: Path
) -> None:
    out = convert(saved)
    (tmp_path / "private.txt").write_text("They met.", "utf-8")
    (out / "feed" / "opds-2.json").symlink_to(tmp_path / "private.txt")
    with pytest.raises(OutputError, match=r"opds-2\.json: it is outside of the output folder"):
        deposit(out, tmp_path / "bag")
    assert not (tmp_path / "bag").exists()


@pytest.mark.slow
def test_a_deposit_with_a_name_that_no_manifest_can_list_is_refused(
    convert: Convert, saved: Path, tmp_path: Path
) -> None:
    out = convert(saved)
    (saved / "a\nb.css").write_text("x", "utf-8")
    with pytest.raises(SourceError, match=r"a\\nb\.css.*cannot list this name"):
        deposit(out, tmp_path / "bag")


@pytest.mark.parametrize("name", ["a\nb.css", "a%0ab.css", "a%0D.css", "a.css ", "a\udcff.css"])
def test_names_that_no_manifest_can_list_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot list this name"):
        Payload(tmp_path / "bag").add(tmp_path / name, f"data/{name}", "original")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has a file whose start cannot be read")
def test_a_file_that_cannot_be_read_after_opening_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="/proc/self/mem"):
        Payload(tmp_path / "bag").add(Path("/proc/self/mem"), "data/mem", "original")


@pytest.mark.slow
def test_an_exact_copy_is_not_listed_as_a_part_of_the_page(convert: Convert, saved: Path, tmp_path: Path) -> None:
    shutil.copy(saved / "talks1.html", saved / "again.html")
    deposit(convert(saved), tmp_path / "bag")
    relations = {row["Path"]: row["Relation"] for row in listed(tmp_path / "bag")}
    assert relations["data/originals/saved/again.html"] == relations["data/originals/saved/talks1.html"] == ""


@pytest.mark.slow
def test_a_title_never_becomes_a_formula_or_a_new_column(convert: Convert, saved: Path, tmp_path: Path) -> None:
    (saved / "talks1.html").write_text(page(1, title='=HYPERLINK("x") | "a"'), "utf-8")
    deposit(convert(saved), tmp_path / "bag")
    titles = {row["Title"] for name, mark in (("files.csv", ","), ("files.psv", "|"))
              for row in listed(tmp_path / "bag", name, mark) if "talks1" in row["Path"]}  # fmt: skip
    assert titles == {'\'=HYPERLINK("x") | "a"'}
