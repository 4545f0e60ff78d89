"""`alt`: what people decide on photos is recorded in the folder of the archive, and used in outputs."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import pikepdf
import pytest
from PIL import Image

from readout_pub.alt.decisions import DECISIONS_FILE, Decision, Decisions
from readout_pub.alt_review.photos import photos_by_page
from tests.cli.conftest import Command
from tests.pages import jpeg, scene
from tests.permissions import permissions_obeyed
from tests.workbooks import xlsx

PAGE = """<!DOCTYPE html><html lang="en"><title>{title}</title><body><main><h1>{title}</h1>
<p>The Minister of the Sea met the Keeper of the Tides in the harbour office for the fourth time this year.</p>
<figure><img src="img/{photo}.jpg" alt="photo1"><figcaption>{caption}</figcaption></figure>
<p>They agreed that the tides should come in twice a day, as before, and that the tables would be printed.</p>
</main></body></html>"""

Row = Mapping[str, str]


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Save two pages, each with a photo of its own, in the folder `saved` of the working directory."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "saved"
    (folder / "img").mkdir(parents=True)
    for name, colour in (("quay", "teal"), ("lunch", "navy")):
        (folder / f"img/{name}.jpg").write_bytes(jpeg(colour=colour))
    write_page(folder, "talks", "quay", "The talks – “first” day")
    write_page(folder, "lunch", "lunch", "")
    return folder


def write_page(folder: Path, name: str, photo: str, caption: str) -> None:
    markup = PAGE.format(title=f"The {name} of Atlantis", photo=photo, caption=caption)
    (folder / f"{name}.html").write_text(markup, "utf-8")


def worklist(source: str = "saved") -> list[dict[str, str]]:
    """Return the rows of a worklist, with the columns that identify the photos and those that people fill in."""
    return [
        {
            "id": photo.id,
            "archive": photo.archive,
            "page": photo.page,
            "file": photo.file,
            "caption": photo.caption,
            "current_alt": getattr(photo.alt, "text", ""),
            "alt": "",
            "decision": "",
            "reviewer": "",
            "reason": "",
        }
        for page in photos_by_page(source)
        for photo in page.photos
    ]


def filled_in(**values: Row) -> list[dict[str, str]]:
    """Return the rows of the worklist, filled in with `values`: name of the page without suffix → columns."""
    return [{**row, **values.get(row["page"].removesuffix(".html"), {})} for row in worklist()]


def as_csv(rows: Sequence[Row], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def save(rows: Sequence[Row], name: str = "work.csv", encoding: str = "utf-8-sig", delimiter: str = ",") -> Path:
    path = Path(name)
    path.write_bytes(as_csv(rows, delimiter).encode(encoding))
    return path


def decided(folder: Path) -> list[tuple[str, str, str, str]]:
    return [(each.page, each.decision, each.alt, each.reviewer) for each in decisions(folder)]


def decisions(folder: Path) -> tuple[Decision, ...]:
    return Decisions.load(folder / DECISIONS_FILE).decisions


HANDSHAKE = {"alt": "Two ministers shake “hands”", "reviewer": "Nerea Salt"}
BOTH = {"talks": HANDSHAKE, "lunch": {"decision": "decorative", "reviewer": "Orm Kelp", "reason": "an ornament"}}
RECORDED = [
    ("lunch.html", "decorative", "", "Orm Kelp"),
    ("talks.html", "described", "Two ministers shake “hands”", "Nerea Salt"),
]


# --- tables that people have filled in


@pytest.mark.slow
def test_decisions_of_a_table_arrive_in_outputs(run: Command, saved: Path) -> None:
    result = run("alt", "apply", save(filled_in(**BOTH)))
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [
        "2 decisions (1 decorative, 1 described), 0 as before, 0 not filled in",
        str(saved / DECISIONS_FILE),
    ]
    assert decided(saved) == RECORDED
    (first, second) = decisions(saved)
    assert (first.reason, first.replaced, first.by) == ("an ornament", "", "person")
    assert (second.replaced, second.caption, second.language) == (
        "The talks – “first” day",
        "The talks – “first” day",
        "en",
    )
    assert run("convert", "saved", "--to", "html", "-o", "out/").code == 0
    assert 'alt="Two ministers shake “hands”"' in Path("out/talks.html").read_text("utf-8")
    assert 'alt=""' in Path("out/lunch.html").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ";"), ("utf-16-le", ",")],
)
def test_tables_saved_by_office_programs_are_applied(run: Command, saved: Path, encoding: str, delimiter: str) -> None:
    result = run("alt", "apply", save(filled_in(**BOTH), encoding=encoding, delimiter=delimiter))
    assert result.code == 0
    assert decided(saved) == RECORDED
    assert ("read as cp1252" in result.err) == (encoding == "cp1252")


@pytest.mark.slow
def test_workbooks_and_json_are_applied(run: Command, saved: Path) -> None:
    rows = filled_in(**BOTH)
    Path("work.xlsx").write_bytes(xlsx([list(rows[0]), *(list(row.values()) for row in rows)]))
    Path("work.json").write_text(json.dumps(rows), "utf-8")
    assert run("alt", "apply", "work.xlsx").code == 0
    assert decided(saved) == RECORDED
    assert run("alt", "apply", "work.json").out == "0 decisions, 2 as before, 0 not filled in\n"


def test_a_table_without_ids_finds_photos_by_their_names(run: Command, saved: Path) -> None:
    Path("work.csv").write_text("page;file;alt\ntalks.html;quay.jpg;A quay\n;;\n", "utf-8")
    assert run("alt", "apply", "work.csv", "saved/", "--reviewer", " Nerea  Salt ").code == 0
    assert decided(saved) == [("talks.html", "described", "A quay", "Nerea Salt")]


def test_a_table_names_its_pages_in_any_form_of_unicode(run: Command, saved: Path) -> None:
    write_page(saved, "Ha\u0308fen", "quay", "")
    Path("work.csv").write_text("page,file,alt\nH\u00e4fen.html,quay.jpg,A quay\n", "utf-8")
    assert run("alt", "apply", "work.csv", "saved/", "--reviewer", "Nerea Salt").code == 0
    assert decided(saved) == [("Ha\u0308fen.html", "described", "A quay", "Nerea Salt")]


def test_a_caption_counts_as_a_description_after_a_reviewer_approved_it(run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(filled_in(talks={"decision": "caption", "reviewer": "Nerea Salt"}))).code == 0
    result = run("inspect", saved / "talks.html")
    assert "ALT_FROM_CAPTION" not in result.out
    assert "(by caption, reviewed)" in result.out


def test_rows_that_nobody_filled_in_change_nothing(run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(worklist())).out == "0 decisions, 0 as before, 2 not filled in\n"
    assert not (saved / DECISIONS_FILE).exists()


@pytest.mark.slow
def test_a_dry_run_records_nothing(run: Command, saved: Path) -> None:
    result = run("alt", "apply", save(filled_in(**BOTH)), "--dry-run")
    assert result.out == (
        "2 decisions (1 decorative, 1 described), 0 as before, 0 not filled in, none recorded (--dry-run)\n"
    )
    assert not (saved / DECISIONS_FILE).exists()


def test_the_report_in_json_has_the_decisions(run: Command, saved: Path) -> None:
    report = json.loads(run("alt", "apply", save(filled_in(**BOTH)), "--json").out)
    assert [each["decision"] for each in report["decisions"]] == ["decorative", "described"]
    assert report["files"] == [str(saved / DECISIONS_FILE)]


@pytest.mark.slow
def test_texts_that_break_house_rules_are_reported_and_recorded(run: Command, saved: Path) -> None:
    rows = filled_in(talks={"alt": "quay.jpg", "reviewer": "Nerea Salt"}, lunch=HANDSHAKE)
    result = run("alt", "apply", save(rows))
    assert "the house rules find 1 error in these texts, so --release refuses their pages" in result.err
    assert result.code == 0
    assert result.err.startswith("readout-pub: talks.html, img/quay.jpg: error file-name: ")
    assert len(result.err.splitlines()) == 2
    assert len(decisions(saved)) == 2
    report = json.loads(run("alt", "apply", "work.csv", "--json", "--messages", "ja").out)
    assert report["findings"] == []  # this run decided nothing new


def test_the_text_of_a_photo_left_to_an_expert_is_not_judged(run: Command, saved: Path) -> None:
    result = run("alt", "apply", save(filled_in(lunch={"decision": "expert", "reviewer": "Nerea Salt"})))
    assert (result.code, result.err) == (0, "")
    assert [each.decision for each in decisions(saved)] == ["expert"]


# --- tables with errors: nothing is recorded


@pytest.mark.slow
def test_all_errors_are_reported_by_row_and_nothing_is_recorded(run: Command, saved: Path) -> None:
    rows = [*filled_in(**BOTH), *filled_in(talks=HANDSHAKE | {"decision": "maybe"})[1:]]
    rows.append(rows[0] | {"id": "", "page": "gone.html"})
    rows.append(rows[0] | {"id": "", "file": "gone.jpg"})
    result = run("alt", "apply", save(rows))
    assert (result.code, result.out) == (1, "")
    one, two, three, last = (line.removeprefix("readout-pub: ") for line in result.err.splitlines())
    assert one.startswith("work.csv, row 4: 'maybe' is not a decision; write one of described, decorative, caption, ")
    assert two.startswith("work.csv, row 5: there is no page 'gone.html' in saved; write the worklist again, or remove")
    assert three.startswith("work.csv, row 6: 'gone.jpg': no photo on this page has this name; its photos are 'img/lun")
    assert last == "nothing was recorded, since 3 rows have errors; --skip-errors records the others"
    assert not (saved / DECISIONS_FILE).exists()
    tried = run("alt", "apply", "work.csv", "--skip-errors", "--dry-run")
    assert tried.out.endswith("0 not filled in, 3 left out for errors, none recorded (--dry-run)\n")
    assert "nothing was recorded" not in tried.err
    assert run("alt", "apply", "work.csv", "--skip-errors").code == 0
    assert decided(saved) == RECORDED


def test_two_rows_that_decide_differently_on_one_photo_are_refused(run: Command, saved: Path) -> None:
    rows = filled_in(talks=HANDSHAKE)
    result = run("alt", "apply", save([*rows, rows[1] | {"alt": "Two men"}, rows[1]]))
    assert result.code == 1
    assert "work.csv, row 4: row 3 decides differently on this photo; keep one" in result.err
    assert len(result.err.splitlines()) == 2
    assert not (saved / DECISIONS_FILE).exists()


@pytest.mark.parametrize("sorted_columns", [("page", "file", "caption", "alt"), ("file", "alt"), ("caption", "alt")])
def test_a_row_whose_columns_belong_to_two_photos_is_refused(
    sorted_columns: tuple[str, ...], run: Command, saved: Path
) -> None:
    write_page(saved, "lunch", "lunch", "The lunch")
    first, second = filled_in(talks=HANDSHAKE, lunch={"alt": "Two men at a table", "reviewer": "Orm Kelp"})
    mixed = [
        {name: (other if name in sorted_columns else row)[name] for name in row}
        for row, other in ((first, second), (second, first))
    ]
    result = run("alt", "apply", save(mixed))
    assert result.code == 1
    assert f"the id is that of {first['file']!r} on {first['page']!r}, but {sorted_columns[0]} " in result.err
    assert not (saved / DECISIONS_FILE).exists()


@pytest.mark.usefixtures("saved")
def test_a_file_name_that_a_spreadsheet_changed_does_not_matter(run: Command) -> None:
    rows = [row | {"file": "45000"} for row in filled_in(talks=HANDSHAKE, lunch=HANDSHAKE)]
    assert run("alt", "apply", save(rows)).code == 0


def test_photos_that_changed_after_the_table_was_written_are_reported(run: Command, saved: Path) -> None:
    table = save(filled_in(talks=HANDSHAKE, lunch=HANDSHAKE))
    write_page(saved, "talks", "quay", "Other talks")
    (saved / "img/lunch.jpg").write_bytes(jpeg(colour="red"))
    result = run("alt", "apply", table)
    assert "row 3: the caption of this photo has changed since, and is now 'Other talks'; write the" in result.err
    assert "row 2: the file of this photo has changed since; write the worklist again" in result.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "reviewer", "code"),
    [
        ("caption", "Orm Kelp", 1),
        ("decorative", "Orm Kelp", 1),
        ("decorative", "Nerea Salt", 0),
        ("expert", "Orm Kelp", 0),
    ],
)
def test_only_replace_changes_what_another_reviewer_decided_unless_left_to_experts(
    kind: str, reviewer: str, code: int, run: Command, saved: Path
) -> None:
    (row,) = (row for row in worklist() if row["page"] == "talks.html")
    assert run("alt", "apply", save(filled_in(talks={"decision": kind, "reviewer": "Nerea Salt"}))).code == 0
    known = {"current_alt": row["current_alt"]} if kind == "caption" else {}
    later = {"page": row["page"], "file": row["file"], "alt": "Two men", "reviewer": reviewer, **known}
    table = save([later], "later.csv")
    result = run("alt", "apply", table, "saved")
    assert result.code == code
    assert ("Nerea Salt has decided otherwise on this photo" in result.err) is bool(code)
    assert run("alt", "apply", table, "saved", "--replace").code == 0
    assert decisions(saved)[0].alt == "Two men"


def test_a_photo_whose_file_is_gone_is_reported(run: Command, saved: Path) -> None:
    table = save(filled_in(talks=HANDSHAKE, lunch=HANDSHAKE))
    (saved / "img/lunch.jpg").unlink()
    result = run("alt", "apply", table)
    assert "row 2: the file of this photo is missing now; write the worklist again, or remove the row" in result.err


def test_a_decision_made_meanwhile_is_not_replaced_silently(run: Command, saved: Path) -> None:
    mine = save(filled_in(talks=HANDSHAKE))
    theirs = save(filled_in(talks={"alt": "Two men", "reviewer": "Orm Kelp"}), "theirs.csv")
    assert run("alt", "apply", theirs).code == 0
    result = run("alt", "apply", mine)
    assert result.code == 1
    assert "row 3: Orm Kelp has decided otherwise on this photo: 'Two men'; write the" in result.err
    assert decided(saved) == [("talks.html", "described", "Two men", "Orm Kelp")]
    assert run("alt", "apply", mine, "--replace").code == 0
    (now,) = decisions(saved)
    assert (now.alt, now.replaced) == (HANDSHAKE["alt"], "Two men")


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--skip-errors",), ("--replace",)])
def test_tables_applied_at_the_same_time_conflict_unless_one_replaces(
    options: tuple[str, ...], run: Command, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = save(filled_in(talks=HANDSHAKE, lunch=HANDSHAKE))
    other = save(filled_in(talks={"alt": "Two men", "reviewer": "Orm Kelp"}), "theirs.csv")
    assert run("alt", "apply", other).code == 0
    theirs = (saved / DECISIONS_FILE).read_bytes()
    (saved / DECISIONS_FILE).unlink()
    lock = saved / f".{DECISIONS_FILE}.lock"
    lock.touch()

    def end_other_run(_: float) -> None:
        (saved / DECISIONS_FILE).write_bytes(theirs)
        lock.unlink()

    monkeypatch.setattr("readout_pub.alt.decisions.time.sleep", end_other_run)
    result = run("alt", "apply", mine, *options)
    problem = "row 3: Orm Kelp has decided otherwise on this photo: 'Two men'; write the worklist again"
    assert (problem in result.err, result.code) == (options != ("--replace",), int(not options))
    mine_is_in_file = [(each.alt == HANDSHAKE["alt"]) for each in decisions(saved)]
    assert (
        sorted(mine_is_in_file)
        == {(): [False], ("--skip-errors",): [False, True], ("--replace",): [True, True]}[options]
    )


@pytest.mark.slow
def test_a_draft_is_accepted_only_with_the_name_of_a_reviewer(run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(filled_in(talks=HANDSHAKE))).code == 0
    (made,) = decisions(saved)
    draft = msgspec.structs.replace(made, by="model seer-2", reviewer="")
    Decisions(saved / DECISIONS_FILE, (draft,)).save()
    rows = filled_in(talks=HANDSHAKE | {"reviewer": "", "decision": "described"})
    assert run("alt", "apply", save(rows), "--reviewer", "Orm Kelp").out.startswith("0 decisions, 1 as before")
    assert decisions(saved) == (draft,)
    rows = filled_in(talks=HANDSHAKE | {"reviewer": "Orm Kelp"})
    assert run("alt", "apply", save(rows)).code == 0
    assert [(each.by, each.reviewer) for each in decisions(saved)] == [("model seer-2", "Orm Kelp")]


@pytest.mark.parametrize(
    ("rows", "more", "message"),
    [
        ({"talks": {"alt": "A quay"}}, (), "work.csv: the table does not say who decided; name the person"),
        (
            {"talks": HANDSHAKE, "lunch": {"alt": "A fish"}},
            (),
            "row 2: this row does not say who decided; write a name",
        ),
        (
            {"lunch": {"decision": "caption"}},
            ("--reviewer", "N"),
            "row 2: the decision is caption, but the photo has",
        ),
        (
            {"talks": HANDSHAKE | {"archive": ""}},
            (),
            "row 3: this row does not say which archive its photo is from; add the archive to the command, after the",
        ),
        (
            {"talks": HANDSHAKE | {"archive": "gone/"}},
            (),
            "the saved pages that it lists, 'gone/', are not here; run the command where the",
        ),
        (
            {"talks": HANDSHAKE | {"alt": "??????? (????)"}},
            (),
            "row 3: the text has lost its letters: '??????? (????)'; save",
        ),
        ({"talks": HANDSHAKE | {"page": ""}}, (), "row 3: this row names no page, but there are several pages"),
    ],
)
def test_an_incomplete_or_garbled_table_is_refused(
    rows: Mapping[str, Row], more: tuple[str, ...], message: str, run: Command, saved: Path
) -> None:
    result = run("alt", "apply", save(filled_in(**rows)), *more)
    assert result.code in {1, 2}
    assert message in result.err
    assert not (saved / DECISIONS_FILE).exists()


@pytest.mark.slow
def test_decisions_for_outputs_are_refused(run: Command, saved: Path) -> None:
    table = save(filled_in(talks=HANDSHAKE))
    assert run("batch", "saved", "--to", "html", "-o", "out", "--quiet").code == 0
    result = run("alt", "apply", table, "out")
    assert result.err.startswith("readout-pub: out: decisions belong to saved pages, and this is an output of them")
    assert not (saved / DECISIONS_FILE).exists()


@pytest.mark.slow
def test_a_pdf_among_outputs_is_read_in_a_child_process(
    run: Command, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = os.getpid()

    def end_process(*_: object) -> None:
        if os.getpid() != parent:
            os._exit(7)

    table = save(filled_in(talks=HANDSHAKE))
    assert run("batch", "saved", "--to", "pdf", "-o", "out", "--quiet").code == 0
    monkeypatch.setattr("readout_pub.alt_review.photos.read_output_file", end_process)
    result = run("alt", "apply", table, "out")
    assert "it ended the process that reads it (exit code 7)" in result.err
    assert not (saved / DECISIONS_FILE).exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permissions of this kind")
def test_a_folder_that_cannot_be_written_is_reported(run: Command, saved: Path) -> None:
    table = save(filled_in(talks=HANDSHAKE))
    saved.chmod(0o500)
    with permissions_obeyed():
        result = run("alt", "apply", table)
    saved.chmod(0o700)
    assert result.code == 1
    assert "make the folder of the archive writable" in result.err


# --- authors of the texts, named in outputs


@pytest.mark.slow
def test_outputs_say_who_wrote_the_texts(run: Command, saved: Path) -> None:
    rows = filled_in(talks=HANDSHAKE, lunch={"alt": "A fish", "reviewer": "A & B <team>"})
    assert run("alt", "apply", save(rows)).code == 0
    found = Decisions.load(saved / DECISIONS_FILE)
    draft = msgspec.structs.replace(found.decisions[0], by="model seer-2")
    found.with_decisions([draft]).save()
    command = ("convert", saved, "--to", "epub,pdf,html,docx", "-o", "out/", "--contact", "access@sea.example")
    assert run(*command).code == 0
    with zipfile.ZipFile("out/talks.epub") as book:
        package = book.read("EPUB/package.opf").decode()
    assert '<dc:contributor id="alt-author-1">Nerea Salt</dc:contributor>' in package
    assert '<meta refines="#alt-author-1" property="role" scheme="marc:relators">wat</meta>' in package
    assert "Questions about accessibility: access@sea.example</meta>" in package
    with pikepdf.open("out/talks.pdf") as pdf:
        assert "<dc:contributor><rdf:Bag><rdf:li>Nerea Salt</rdf:li></rdf:Bag></dc:contributor>" in (
            pdf.Root.Metadata.read_bytes().decode()
        )
    with zipfile.ZipFile("out/talks.docx") as document:
        assert "Alternative texts by" in document.read("docProps/custom.xml").decode()
    record = json_ld(Path("out/lunch.html"))
    assert record["contributor"] == [
        {
            "@type": "Role",
            "roleName": "alternative texts",
            "contributor": {"@type": "SoftwareApplication", "name": "seer-2"},
        }
    ]


def json_ld(page: Path) -> dict[str, object]:
    (data,) = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page.read_text("utf-8"), re.DOTALL)
    found: dict[str, object] = json.loads(data)
    return found


def test_the_contact_sent_to_servers_is_not_in_an_epub(
    run: Command, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READOUT_PUB_CONTACT", "me@sea.example")
    assert run("convert", saved / "talks.html", "--to", "epub").code == 0
    with zipfile.ZipFile("talks.epub") as book:
        assert not any(b"me@sea.example" in book.read(name) for name in book.namelist())


# --- photos without a text


@pytest.mark.slow
def test_the_placeholder_policy_gives_a_photo_a_text_and_can_be_verified(run: Command, saved: Path) -> None:
    assert run("convert", saved / "talks.html", "--to", "html,json,epub", "--alt-policy", "placeholder").code == 0
    assert 'alt="Photo, no description available"' in Path("talks.html").read_text("utf-8")
    assert json.loads(Path("talks.json").read_text("utf-8"))["origin"]["alt_policy"] == "placeholder"
    result = run("verify", "talks.html", "talks.epub", "--against", saved / "talks.html", "--rebuild")
    assert result.code == 0
    assert "rebuilt from the source, byte for byte" in result.out


@pytest.mark.slow
def test_pages_with_photos_without_a_text_can_be_refused(run: Command, saved: Path) -> None:
    refused = run("convert", saved / "talks.html", "--to", "html", "--alt-policy", "refuse")
    assert refused.code == 1
    assert "talks.html: 1 photo has no alternative text of its own: 'quay.jpg'; decide with" in refused.err
    assert not Path("talks.html").exists()
    batch = ("batch", "saved", "--to", "html", "-o", "out", "--quiet", "--alt-policy", "refuse")
    assert run(*batch).code == 1
    assert b"no alternative text of its own" in Path("out/failures.jsonl").read_bytes()
    assert run("alt", "apply", save(filled_in(**BOTH))).code == 0
    assert run(*batch).code == 0
    assert 'alt="Two ministers shake “hands”"' in Path("out/talks.html").read_text("utf-8")


@pytest.mark.slow
def test_a_batch_with_another_policy_is_converted_again(run: Command, saved: Path) -> None:
    assert run("batch", saved, "--to", "html", "-o", "out", "--quiet").code == 0
    assert run("batch", saved, "--to", "html", "-o", "out", "--quiet", "--alt-policy", "placeholder").code == 0
    assert 'alt="Photo, no description available"' in Path("out/talks.html").read_text("utf-8")


# --- releases

RELEASE = ("--to", "html", "--release", "-o", "out/")


def test_a_release_lists_the_photos_that_need_a_decision(run: Command, saved: Path) -> None:
    refused = run("convert", saved, *RELEASE)
    assert (refused.code, refused.out) == (1, "")
    lunch, talks, last = refused.err.splitlines()
    assert "lunch.html: it is not released: 1 photo needs a text or a review: 'img/lunch.jpg' (" in lunch
    assert "'img/lunch.jpg' (it has no text); decide with `readout-pub alt review`" in lunch
    assert "'img/quay.jpg' (its text is the caption, and nobody has decided that it is enough)" in talks
    assert last == f"readout-pub: to decide on these photos: readout-pub alt review {saved}"
    assert not Path("out").exists()


@pytest.mark.slow
def test_a_release_passes_after_people_have_decided(run: Command, saved: Path) -> None:
    rows = filled_in(talks={"decision": "caption", "reviewer": "Nerea Salt"}, lunch=BOTH["lunch"])
    assert run("alt", "apply", save(rows)).code == 0
    assert run("convert", saved, *RELEASE).code == 0


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"decision": "expert", "reviewer": "Nerea Salt"}, "'img/quay.jpg' (Nerea Salt asks for a subject expert)"),
        ({"alt": "quay.jpg", "reviewer": "Nerea Salt"}, "'img/quay.jpg' (file-name: "),
    ],
)
def test_a_release_refuses_photos_left_to_experts_and_texts_with_errors(
    values: Row, why: str, run: Command, saved: Path
) -> None:
    assert run("alt", "apply", save(filled_in(talks=values))).code == 0
    refused = run("convert", saved / "talks.html", *RELEASE)
    assert refused.code == 1
    assert why in refused.err


@pytest.mark.slow
def test_a_release_refuses_a_draft_until_it_is_reviewed(run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(filled_in(talks=HANDSHAKE))).code == 0
    (made,) = decisions(saved)
    Decisions(saved / DECISIONS_FILE, (msgspec.structs.replace(made, by="model seer-2", reviewer=""),)).save()
    refused = run("convert", saved / "talks.html", *RELEASE)
    assert "(a model wrote its text, and nobody has reviewed that)" in refused.err
    Decisions(saved / DECISIONS_FILE, (msgspec.structs.replace(made, by="model seer-2"),)).save()
    assert run("convert", saved / "talks.html", *RELEASE).code == 0


def test_a_refused_release_names_the_folder_and_the_house_rules_for_review(run: Command, saved: Path) -> None:
    pages = sorted(saved.glob("*.html"))
    refused = run("convert", *pages, "--to", "html", "-o", "out/", "--release", "--alt-profile", "quarto")
    assert refused.err.endswith(f"readout-pub alt review {saved} --profile quarto\n")
    elsewhere = saved.parent / "more.html"
    elsewhere.write_bytes(pages[0].read_bytes())
    refused = run("convert", pages[0], elsewhere, "--to", "html", "-o", "more/", "--release")
    assert refused.err.endswith("readout-pub alt review ARCHIVE\n")


def test_house_rules_decide_what_a_release_refuses(run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(filled_in(talks={"alt": "quay.jpg", "reviewer": "N"}))).code == 0
    rules = Path("ours.toml")
    rules.write_text('title = "Ours"\nextends = "wai"\n[rules.file-name]\nlevel = "note"\n', "utf-8")
    assert run("convert", saved / "talks.html", *RELEASE, "--alt-profile", rules).code == 0
    gone = run("convert", saved / "talks.html", *RELEASE, "--alt-profile", "gone")
    assert gone.code == 2
    assert gone.err.startswith("readout-pub: there are no house rules 'gone'; take one of govuk-2022, ")


ACCEPTED = {"decision": "accepted", "alt": "Example", "reviewer": "Nerea Salt", "reason": "The name of the ship"}


@pytest.mark.slow
def test_a_release_passes_a_text_accepted_against_a_rule(run: Command, saved: Path) -> None:
    refused = run("alt", "apply", save(filled_in(talks={"alt": "Example", "reviewer": "Nerea Salt"})))
    assert "error generic" in refused.err
    assert run("convert", saved / "talks.html", *RELEASE).code == 1
    accepted = run("alt", "apply", save(filled_in(talks=ACCEPTED)), "--replace")
    assert "note generic" in accepted.err
    assert "1 decision (1 accepted)" in accepted.out
    (made,) = decisions(saved)
    assert (made.reviewer, made.reason, made.rules) == ("Nerea Salt", "The name of the ship", ("generic",))
    assert run("convert", saved / "talks.html", *RELEASE).code == 0
    again = run("alt", "apply", save(filled_in(talks=ACCEPTED)))
    assert "0 decisions, 1 as before" in again.out


@pytest.mark.parametrize("first", [ACCEPTED, {"alt": "A teal crane", "reviewer": "Nerea Salt", "reason": "Seen there"}])
def test_a_corrected_reason_changes_nothing_else(first: dict[str, str], run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(filled_in(talks=first))).code == 0
    (before,) = decisions(saved)
    corrected = run("alt", "apply", save(filled_in(talks={**first, "reason": "The name of the ship's owner"})))
    assert "1 decision (" in corrected.out
    (made,) = decisions(saved)
    assert (made.alt, made.reason) == (first["alt"], "The name of the ship's owner")
    assert made.replaced == before.replaced


def test_lint_reports_an_accepted_error_as_a_note_with_the_reviewer(run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(filled_in(talks=ACCEPTED))).code == 0
    linted = run("alt", "lint", saved / "talks.html")
    assert linted.code == 0
    assert "note generic: The text fits any photo: Example\n      accepted by Nerea Salt: The name of" in linted.out
    assert linted.err == ""


@pytest.mark.slow
@pytest.mark.parametrize("changed", [{"rules": ("file-name",)}, {"caption": "Another caption"}])
def test_an_acceptance_counts_only_for_its_caption_and_its_broken_rules(
    changed: dict[str, object], run: Command, saved: Path
) -> None:
    assert run("alt", "apply", save(filled_in(talks=ACCEPTED))).code == 0
    (made,) = decisions(saved)
    Decisions(saved / DECISIONS_FILE, (msgspec.structs.replace(made, **changed),)).save()
    assert "'img/quay.jpg' (generic: " in run("convert", saved / "talks.html", *RELEASE).err


@pytest.mark.slow
def test_each_further_error_of_an_accepted_text_must_be_accepted_too(run: Command, saved: Path) -> None:
    motto = {**ACCEPTED, "alt": "Nota de prensa"}
    accepted = run("alt", "apply", save(filled_in(talks=motto)))
    assert "note generic" in accepted.err
    assert "error language" in accepted.err
    assert "(language: " in run("convert", saved / "talks.html", *RELEASE).err
    assert "0 decisions, 1 as before" in run("alt", "apply", save(filled_in(talks=motto))).out
    assert run("convert", saved / "talks.html", *RELEASE).code == 1
    assert run("alt", "apply", save(filled_in(talks={**motto, "reason": "The Spanish name of the ship"}))).code == 0
    (made,) = decisions(saved)
    assert made.rules == ("generic", "language")
    assert run("convert", saved / "talks.html", *RELEASE).code == 0


def test_a_text_is_not_accepted_without_a_reason(run: Command, saved: Path) -> None:
    refused = run("alt", "apply", save(filled_in(talks={**ACCEPTED, "reason": ""})))
    assert (refused.code, (saved / DECISIONS_FILE).exists()) == (1, False)
    assert "a text is accepted against the house rules, but nothing says why; write the reason" in refused.err


@pytest.mark.slow
def test_an_accepted_text_must_be_written_out_if_outputs_show_another(run: Command, saved: Path) -> None:
    accepted = {**ACCEPTED, "alt": ""}
    refused = run("alt", "apply", save(filled_in(talks=accepted)))
    assert (refused.code, (saved / DECISIONS_FILE).exists()) == (1, False)
    caption = "The talks – “first” day"
    assert f"it is not clear which text is accepted: the page has 'photo1', and outputs have '{caption}'" in refused.err
    assert run("alt", "apply", save(filled_in(talks={**accepted, "alt": "photo1"}))).code == 0
    assert decisions(saved)[0].rules == ("generic",)
    assert run("convert", saved / "talks.html", *RELEASE).code == 0


def test_a_decorative_photo_has_no_text_to_accept(run: Command, saved: Path) -> None:
    values = {**ACCEPTED, "alt": "", "current_alt": "decorative"}
    refused = run("alt", "apply", save(filled_in(talks=values)))
    assert (refused.code, (saved / DECISIONS_FILE).exists()) == (1, False)
    assert "the photo is decorative, and has no text to accept; write the text" in refused.err


@pytest.mark.slow
def test_a_text_that_two_photos_share_can_be_accepted_against_a_rule(run: Command, saved: Path) -> None:
    rules = Path("ours.toml")
    rules.write_text('title = "Ours"\nextends = "wai"\n[rules.repeated-text]\nlevel = "error"\n', "utf-8")
    page = (saved / "talks.html").read_text("utf-8").replace("photo1", "A teal crane")
    figure = page[page.index("<figure>") : page.index("</figure>")]
    further = figure.replace("quay", "lunch").replace("first", "second")
    (saved / "talks.html").write_text(
        page.replace("</figure>", f"</figure><p>They spoke.</p>{further}</figure>"), "utf-8"
    )
    release = ("convert", saved / "talks.html", *RELEASE, "--alt-profile", rules)
    assert "(repeated-text: 2 photos of the page have the same text)" in run(*release).err
    values = {"decision": "accepted", "reviewer": "Nerea Salt", "reason": "The cranes are twins"}
    applied = run("alt", "apply", save(filled_in(talks=values)), "--profile", rules)
    assert "2 decisions (2 accepted)" in applied.out
    assert run(*release).code == 0


def test_an_accepted_text_that_breaks_no_rule_is_a_description(run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(filled_in(talks={**ACCEPTED, "alt": "Two sailors on the quay"}))).code == 0
    (made,) = decisions(saved)
    assert (made.decision, made.rules) == ("described", ())


@pytest.mark.slow
def test_a_batch_refused_for_release_names_alt_review_and_passes_once_decided(run: Command, saved: Path) -> None:
    batch = ("batch", saved, "--to", "html", "-o", "out", "--quiet")
    assert run(*batch).code == 0
    refused = run(*batch, "--release")
    assert refused.code == 1
    assert f"photos of 2 pages need a text or a review: readout-pub alt review {saved}" in refused.out
    assert b"nobody has decided that it is enough" in Path("out/failures.jsonl").read_bytes()
    again = run(*batch, "--release")
    assert "photos of 2 pages need a text or a review" in again.out
    assert run("alt", "apply", save(filled_in(**BOTH))).code == 0
    assert run(*batch, "--release").code == 0
    assert 'alt="Two ministers shake “hands”"' in Path("out/talks.html").read_text("utf-8")


# --- drafts by models

MARK = "Photo description written by a machine, not reviewed"


@pytest.mark.slow
def test_only_unreviewed_texts_of_models_carry_a_mark(run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(filled_in(talks=HANDSHAKE))).code == 0
    (made,) = decisions(saved)
    draft = msgspec.structs.replace(made, by="model seer-2", reviewer="")
    Decisions(saved / DECISIONS_FILE, (draft,)).save()
    formats = ("html", "epub", "pdf", "docx", "odt", "md", "txt", "json")
    assert run("convert", saved / "talks.html", "--to", ",".join(formats), "-o", "out/").code == 0
    for name in ("html", "md", "txt"):
        assert MARK in Path(f"out/talks.{name}").read_text("utf-8")
    for name, member in (("epub", "EPUB/readout.xhtml"), ("docx", "word/document.xml"), ("odt", "content.xml")):
        with zipfile.ZipFile(f"out/talks.{name}") as package:
            assert MARK in re.sub("<[^>]*>", "", package.read(member).decode())
    assert MARK not in Path("out/talks.json").read_text("utf-8")
    assert run("convert", "out/talks.html", "--to", "html,json", "-o", "again/").code == 0
    assert MARK not in Path("again/talks.json").read_text("utf-8")
    assert Path("again/talks.html").read_text("utf-8").count(MARK) == 1
    Decisions(saved / DECISIONS_FILE, (msgspec.structs.replace(made, by="model seer-2"),)).save()
    assert run("convert", saved / "talks.html", "--to", "html", "-o", "out/").code == 0
    assert MARK not in Path("out/talks.html").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["draft", "reviewed draft", "caption"])
def test_html_that_is_converted_again_keeps_whether_its_text_was_reviewed(kind: str, run: Command, saved: Path) -> None:
    values = {"decision": "caption", "reviewer": "Nerea Salt"} if kind == "caption" else HANDSHAKE
    assert run("alt", "apply", save(filled_in(talks=values))).code == 0
    (made,) = decisions(saved)
    if kind != "caption":
        reviewer = "Nerea Salt" if kind == "reviewed draft" else ""
        made = msgspec.structs.replace(made, by="model seer-2", reviewer=reviewer)
        Decisions(saved / DECISIONS_FILE, (made,)).save()
    assert run("convert", saved / "talks.html", "--to", "html,txt", "-o", "out/").code == 0
    assert "no description available" not in Path("out/talks.txt").read_text("utf-8")
    assert run("convert", "out/talks.html", "--to", "html", "-o", "again/", "--release").code == (kind == "draft")


# --- inspect, the overview and verify


@pytest.mark.slow
def test_inspect_and_the_overview_count_described_photos_and_those_to_review(run: Command, saved: Path) -> None:
    assert "photos    1 by the caption; 1 to review" in run("inspect", saved / "talks.html").out
    batch = ("batch", saved, "--to", "html", "-o", "out", "--quiet")
    assert run(*batch).code == 0
    overview = Path("out/index.html").read_text("utf-8")
    assert ">1 by the caption; 1 to review</td>" in overview
    assert ">1 not described; 1 to review</td>" in overview
    assert "<p>2 photos to review: <kbd>readout-pub alt review ARCHIVE</kbd> opens them" in overview
    rows = filled_in(talks={"decision": "caption", "reviewer": "Nerea Salt"}, lunch={"alt": "A fish", "reviewer": "N"})
    assert run("alt", "apply", save(rows)).code == 0
    assert run(*batch).code == 0
    overview = Path("out/index.html").read_text("utf-8")
    assert ">1 by the caption</td>" in overview
    assert ">1 by a person</td>" in overview
    assert "alt review" not in overview
    assert "photos    1 by a person\n" in run("inspect", saved / "lunch.html").out


@pytest.mark.slow
def test_a_file_is_verified_after_a_later_decision_on_its_photo(run: Command, saved: Path) -> None:
    assert run("convert", saved / "talks.html", "--to", "html").code == 0
    assert run("alt", "apply", save(filled_in(talks=HANDSHAKE))).code == 0
    result = run("verify", "talks.html", "--against", saved / "talks.html")
    assert result.code == 0
    assert "1 alternative text was given by a person or a model, not by the source" in result.out


# --- copies of a picture


@pytest.mark.slow
def test_a_decision_is_proposed_for_copies_of_the_picture(run: Command, saved: Path) -> None:
    (saved / "img/quay.jpg").write_bytes(scene(1))
    assert run("alt", "apply", save(filled_in(talks=HANDSHAKE))).code == 0
    write_page(saved, "later", "quay", "Other talks")
    with Image.open(saved / "img/quay.jpg") as image:
        image.resize((200, 125)).save(saved / "img/small.jpg", quality=60)
    write_page(saved, "smaller", "small", "More talks")
    assert run("alt", "worklist", "saved", "-o", "work.csv").code == 0
    table = io.StringIO(Path("work.csv").read_text("utf-8-sig"))
    problems = {row["page"]: row["problem"] for row in csv.DictReader(table)}
    said = "is described as “Two ministers shake “hands”” (talks.html, by Nerea Salt)"
    assert f"The same picture {said}" in problems["later.html"]
    assert f"A picture that looks the same {said}" in problems["smaller.html"]
    assert "looks the same" not in problems["lunch.html"]
    assert run("convert", saved / "later.html", "--to", "html").code == 0
    assert "Two ministers" not in Path("later.html").read_text("utf-8")


# --- merging


@pytest.mark.slow
def test_files_of_two_people_are_merged(run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(filled_in(talks=HANDSHAKE))).code == 0
    mine = Path("mine")
    mine.mkdir()
    (saved / DECISIONS_FILE).rename(mine / DECISIONS_FILE)
    assert run("alt", "apply", save(filled_in(lunch=HANDSHAKE))).code == 0
    result = run("alt", "merge", saved / DECISIONS_FILE, mine)
    assert (result.code, result.out) == (0, f"{saved / DECISIONS_FILE}: 2 decisions\n")
    assert [page for page, *_ in decided(saved)] == ["lunch.html", "talks.html"]


def test_conflicts_are_shown_and_the_later_decision_can_be_kept(run: Command, saved: Path) -> None:
    assert run("alt", "apply", save(filled_in(talks=HANDSHAKE))).code == 0
    (made,) = decisions(saved)
    later = msgspec.structs.replace(made, alt="Two men", reviewer="Orm Kelp", when=made.when.replace(year=2099))
    text = msgspec.json.encode(made) + b"\n=======\n" + msgspec.json.encode(later) + b"\n"
    (saved / DECISIONS_FILE).write_bytes(b"<<<<<<< HEAD\n" + text + b">>>>>>> theirs\n")
    before = (saved / DECISIONS_FILE).read_bytes()
    refused = run("convert", "saved/talks.html", "--to", "txt")
    assert f"{DECISIONS_FILE}, line 1: this is a merge marker of git" in refused.err
    result = run("alt", "merge", saved / DECISIONS_FILE)
    assert result.code == 1
    assert "line 2: described 'Two ministers shake “hands”', Nerea Salt" in result.err
    assert "line 4: described 'Two men', Orm Kelp, 2099" in result.err
    assert "nothing was written, since 1 decision differs from" in result.err
    assert (saved / DECISIONS_FILE).read_bytes() == before
    result = run("alt", "merge", saved / DECISIONS_FILE, "--newest")
    assert (result.code, result.out) == (0, f"{saved / DECISIONS_FILE}: 1 decision\n")
    assert decided(saved) == [("talks.html", "described", "Two men", "Orm Kelp")]
