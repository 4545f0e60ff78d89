from __future__ import annotations

import pytest

from readout_pub.extract.prune import DATA, prune


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("a<script>1 < 2</script>b", "ab"),
        ("a<STYLE type=x>p{}</Style >b", "ab"),
        ("a<!-- <p>no</p> -->b", "ab"),
        ("<?xml version='1.0'?><p>a</p>", "<p>a</p>"),
        ("a<svg class=i/>b<svg><title>t</title></svg>c", "a<svg class=i/>bc"),
        ("a<scripture>b</scripture>c", "a<scripture>b</scripture>c"),
        ("a<noscript><img src=p.jpg></noscript>", "a<noscript><img src=p.jpg></noscript>"),
    ],
)
def test_what_is_no_part_of_the_document_is_cut_out(markup: str, kept: str) -> None:
    assert prune(markup) == kept


def test_the_lines_of_what_is_cut_out_stay() -> None:
    assert prune("one\n<script>\n1\n2\n</script>\nsix") == "one\n\n\n\n\nsix"


def test_a_kind_can_be_kept_and_scripts_of_data_are_one() -> None:
    data = "<script class=seo type='application/LD+json'>{}</script>"
    assert prune(f"{data}<script>1</script><style>2</style>", keep={DATA}) == data
    assert prune(f"<script>1</script>{data}<style>2</style>", keep={"style"}) == "<style>2</style>"


@pytest.mark.parametrize("opening", ["<script>", "<!--", "<svg ", "<?xml "])
def test_a_page_of_nothing_but_openings_is_left_to_the_parser_as_it_is(opening: str) -> None:
    hostile = opening * 100_000
    assert prune(hostile) == hostile


@pytest.mark.parametrize(
    "opening", ['type="application/ld&#x2B;json"', "src='a>b' type=application/ld+json", "type=APPLICATION/LD+JSON"]
)
def test_a_script_of_data_is_known_however_its_type_is_written(opening: str) -> None:
    assert prune(f"<script {opening}>{{}}</script>", keep={DATA}) == f"<script {opening}>{{}}</script>"


def test_what_a_kept_script_speaks_of_opens_nothing() -> None:
    script = """<script type="application/ld+json">{"about": "<svg and <!-- and <template>"}</script>"""
    page = f"{script}<p>The tides</p><svg><path/></svg><!-- high --><template>low</template><p>are high.</p>"
    assert prune(page, keep={DATA}) == f"{script}<p>The tides</p><p>are high.</p>"
