"""Alternative texts for an archive: each page gets the texts of its rows, and a changed row converts only its page."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from readout_pub import Outcome, RenderOptions, SourceError
from readout_pub.alt.decisions import DECISIONS_FILE, Decision, record
from readout_pub.batch import BatchConfig, Selection, open_batch
from tests.batch.conftest import CountingExecutor, Run, outputs, statuses
from tests.pages import PROFILES, jpeg


def table(folder: Path, *rows: tuple[str, str, str]) -> Path:
    path = folder / "alts.csv"
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    path.write_text("\n".join(["page,file,alt", *lines]) + "\n", "utf-8")
    return path


def text(out: Path, number: int) -> str:
    return outputs(out)[f"talks{number}.txt"].decode()


def converted(outcomes: Sequence[Outcome]) -> list[str]:
    return sorted(name for name, status in statuses(outcomes).items() if status == "made")


@pytest.mark.slow
def test_each_page_gets_the_texts_of_its_rows(run: Run, saved: Path, out: Path) -> None:
    rows = [("talks1.html", "quay.jpg", "A boat"), ("https://nowhere.example/", "quay.jpg", "A whale")]
    run(alt_file=table(saved.parent, *rows, ("talks2.html", "img/quay.jpg", "decorative")))
    assert "Photo: A boat" in text(out, 1)
    assert "Photo" not in text(out, 2)
    assert "Photo: Two people at a quay" in text(out, 3)


@pytest.mark.slow
def test_the_file_of_a_photo_that_is_now_withheld_is_removed(run: Run, saved: Path, out: Path) -> None:
    options = {"render_options": RenderOptions(photos="beside")}
    run(["html"], **options)
    assert (out / "talks2_files").is_dir()
    run(["html"], **options, alt_file=table(saved.parent, ("talks2.html", "quay.jpg", "withheld")))
    assert not (out / "talks2_files").exists()
    assert (out / "talks1_files").is_dir()


@pytest.mark.slow
def test_a_changed_row_converts_only_its_page(run: Run, saved: Path, out: Path) -> None:
    first = ("talks1.html", "quay.jpg", "A boat")
    run(alt_file=table(saved.parent, first))
    assert converted(run(alt_file=table(saved.parent, first))) == []
    assert converted(run(alt_file=table(saved.parent, first, ("talks2.html", "quay.jpg", "A net")))) == ["talks2.html"]
    assert "Photo: A net" in text(out, 2)
    assert converted(run()) == ["talks1.html", "talks2.html"]
    assert "Photo: Two people at a quay" in text(out, 1)


@pytest.mark.slow
def test_pages_of_several_archives_are_distinguished(saved: Path, out: Path, executor: CountingExecutor) -> None:
    shutil.copytree(saved, saved.parent / "other")
    rows = [(f"{saved}/talks1.html", "quay.jpg", "A boat"), ("talks1.html", "quay.jpg", "A whale")]
    config = BatchConfig(formats=("txt",), out=out, sites=(PROFILES,), alt_file=table(saved.parent, *rows))
    with open_batch(config, Selection()) as batch:
        batch.build_plan([saved, saved.parent / "other"], executor)
        list(batch.outcomes())
        (remark,) = batch.plan.remarks()
    texts = {name: content.decode() for name, content in outputs(out).items() if name.endswith("talks1.txt")}
    assert sorted("A boat" in each for each in texts.values()) == [False, True]
    assert "'talks1.html'; pages here are " in remark


def test_a_row_without_a_page_is_refused_before_any_work(run: Run, saved: Path, out: Path) -> None:
    with pytest.raises(SourceError, match="this row names no page"):
        run(alt_file=table(saved.parent, ("", "quay.jpg", "A boat")))
    assert not out.exists()


@pytest.mark.slow
def test_a_changed_decision_converts_only_its_page(run: Run, saved: Path, out: Path) -> None:
    run()
    record(saved / DECISIONS_FILE, [decision("talks2.html", "A net")])
    assert converted(run()) == ["talks2.html"]
    assert "Photo: A net" in text(out, 2)
    assert converted(run()) == []
    record(saved / DECISIONS_FILE, [decision("talks1.html", "A boat"), decision("talks2.html", "A wide net")])
    assert converted(run(alt_file=table(saved.parent, ("talks2.html", "quay.jpg", "A ship")))) == [
        "talks1.html",
        "talks2.html",
    ]
    assert ("Photo: A boat" in text(out, 1), "Photo: A ship" in text(out, 2)) == (True, True)
    assert converted(run()) == ["talks2.html"]
    assert "Photo: A wide net" in text(out, 2)


def test_decisions_that_cannot_be_read_stop_the_batch_before_any_work(run: Run, saved: Path, out: Path) -> None:
    (saved / DECISIONS_FILE).write_text("=======\n", "utf-8")
    with pytest.raises(SourceError, match="line 1: this is a merge marker of git"):
        run()
    assert not out.exists()


def decision(page: str, alt: str) -> Decision:
    return Decision(
        page=page,
        src="img/quay.jpg",
        picture=hashlib.sha256(jpeg()).hexdigest(),
        caption="The talks",
        decision="described",
        alt=alt,
        language="en",
        reviewer="Nerea Salt",
        when=dt.datetime(2031, 8, 4, tzinfo=dt.UTC),
    )
