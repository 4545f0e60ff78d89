"""`./dev fit` fits the weights of the generic extractor to annotated pages, and measures them on sites left out."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from lxml import etree

pytest.importorskip("scipy", reason="only the whole test environment has SciPy")

from benchmarks.fitting.__main__ import INVENTED_PAGES, main
from benchmarks.fitting.confidence import ScoredPage, expected_f1, fit_confidence, measured_f1, reliability
from benchmarks.fitting.gold import read_gold, site_of
from benchmarks.fitting.labels import label_lines, words_of
from benchmarks.fitting.left_out import LeftOutPage, table
from benchmarks.fitting.passes import training_page
from readout_pub.extract.generic.confidence import load_confidence_weights
from readout_pub.extract.generic.weights import load_weights

GOLDS = {gold.name: gold for gold in read_gold(INVENTED_PAGES)}


@pytest.mark.slow
def test_the_invented_pages_make_a_weights_file_and_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weights, candidates = tmp_path / "weights.toml", tmp_path / "candidates"
    assert main(["--out", str(weights), "--candidates", str(candidates)]) == 0
    out = capsys.readouterr().out
    figures = next(line for line in out.splitlines() if line.startswith("invented "))
    name, pages, unread, f1, *_ = figures.split()
    assert (name, int(pages), int(unread)) == ("invented", len(GOLDS), 0)
    assert float(f1) > 0.8
    assert {"[first]", "[second]", "[around]"} <= set(weights.read_text("utf-8").splitlines())
    assert len((candidates / "invented/left-out.jsonl").read_text("utf-8").splitlines()) == len(GOLDS)


@pytest.mark.slow
def test_left_out_pages_give_the_confidence_and_its_diagram(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    diagram = tmp_path / "reliability.svg"
    assert main(["--out", str(tmp_path / "weights.toml"), "--reliability", str(diagram)]) == 0
    fitted = tomllib.loads((tmp_path / "confidence.toml").read_text("utf-8"))["expected_f1"]
    assert fitted.keys() == load_confidence_weights().keys()
    assert f"tenth of {len(GOLDS)} pages holds" in capsys.readouterr().out
    assert len(etree.parse(diagram).getroot().findall("{*}circle")) == 10


@pytest.mark.slow
def test_a_confidence_that_tells_good_pages_from_bad_is_reliable() -> None:
    pages = [ScoredPage({"kept": each / 1000}, 0.2 + 0.7 * each / 1000, each % 5) for each in range(1000)]
    found = reliability(pages)
    assert found.worst_found == 1
    assert all(abs(expected - measured) < 0.1 for expected, measured in found.points)
    assert expected_f1(fit_confidence(pages), {"kept": 0.1}) < 0.5 < expected_f1(fit_confidence(pages), {"kept": 0.9})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bộ trưởng Việt Nam", ["Bộ", "trưởng", "Việt", "Nam"]),
        ("საგარეო საქმეთა", ["საგარეო", "საქმეთა"]),
        ("外相会談 2031", ["外", "相", "会", "談", "2031"]),
    ],
)
def test_words_of_scripts_with_spaces_stay_whole(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_f1_is_measured_by_the_whole_text_or_by_pieces() -> None:
    gold = GOLDS[min(GOLDS)]
    assert measured_f1(gold, {"text": gold.text}) == 1
    assert measured_f1(gold, {"text": ""}) == 0
    pieces = gold._replace(text="", must=["salt", "tide"], must_not=["cookies"])
    assert measured_f1(pieces, {"text": "salt and tide"}) == 1
    assert measured_f1(pieces, {"text": "salt and cookies"}) == 0.5
    assert measured_f1(pieces._replace(must=[]), {"text": "salt"}) is None


def test_pages_of_the_same_name_in_several_collections_are_all_counted() -> None:
    gold = GOLDS[min(GOLDS)]._replace(folder=Path("web"), name="talks")
    pages = [LeftOutPage(gold._replace(collection=each), {"text": gold.text}, {}) for each in ("web", "news", "shops")]
    counts = {line[:10].strip(): int(line[10:].split()[0]) for line in table(pages).splitlines()[1:]}
    assert counts == {"web": 3, "web, news": 1, "web, shops": 1}


@pytest.mark.slow
def test_the_same_pages_give_the_same_weights(tmp_path: Path) -> None:
    files = [tmp_path / "one.toml", tmp_path / "two.toml"]
    for file in files:
        main(["--out", str(file), "--no-measure"])
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("arguments", [["--out", "w.toml", "."], ["--candidates", "."]])
def test_missing_annotated_pages_and_an_existing_folder_of_candidates_are_usage_errors(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)


@pytest.mark.parametrize("name", GOLDS)
def test_each_invented_page_has_text_and_no_line_has_two_labels(name: str) -> None:
    page = training_page(GOLDS[name])
    text = {line.text for line, label in zip(page.page.lines, page.labels, strict=True) if label}
    assert text
    assert not {line.text for line, label in zip(page.page.lines, page.labels, strict=True) if label == 0} & text


def test_a_line_is_text_if_the_gold_has_its_words() -> None:
    page = training_page(GOLDS["passport-service"])
    labels = {line.text: label for line, label in zip(page.page.lines, page.labels, strict=True)}
    assert labels["Three weeks; in summer up to five."] == 1
    assert labels["Was this page helpful?"] == 0
    assert label_lines(page.page, GOLDS["passport-service"]) == page.labels


@pytest.mark.slow
def test_pages_annotated_with_pieces_are_read_and_scored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = {
        "page": "talks.html", "url": "https://www.quay.gov.example/talks", "title": "Talks", "title_alternatives": [],
        "series_or_kicker": None, "headings": [[1, "Trade"]], "headings_optional": [], "photos": [],
        "body_first": "The ministers met on the quay.", "body_last": "They agreed on the price of eels.",
        "must_have": ["The ministers met on the quay."], "must_not_have": ["All rights reserved"],
    }  # fmt: skip
    paragraphs = "<p>The ministers met on the quay.</p><h2>Trade</h2><p>They agreed on the price of eels.</p>"
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold/talks.json").write_text(json.dumps(gold))
    (tmp_path / "pages").mkdir()
    page = f"<main><h1>Talks</h1>{paragraphs}</main><footer>All rights reserved</footer>"
    (tmp_path / "pages/talks.html").write_text(page)
    assert main([str(INVENTED_PAGES), str(tmp_path), "--out", str(tmp_path / "w.toml")]) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith(tmp_path.name))
    assert row.split()[1:3] == ["1", "0"]
    assert row.split()[-2] == "1.000"
    labels = training_page(next(read_gold(tmp_path))).labels
    assert labels == [None, 1, 1, None, 0]  # None: a short line between kept lines may be a caption


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.city.gov.example/a", "city.gov.example"),
        ("news.example.org", "example.org"),
        ("https://example.org/b", "example.org"),
    ],
)
def test_pages_of_one_domain_are_one_site(address: str, site: str) -> None:
    assert site_of(address) == site


def test_no_weight_is_too_small_to_matter() -> None:
    weights = load_weights()
    fitted = [*weights.first.items(), *weights.second.items(), *weights.context.items()]
    assert all(value == 0 or abs(value) >= 0.05 for name, value in fitted if name != "any line")
