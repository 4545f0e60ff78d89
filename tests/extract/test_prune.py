from __future__ import annotations

import pytest

from readout_pub.extract.prune import prune, split_data_scripts


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
def test_scripts_styles_and_comments_are_cut_out(markup: str, kept: str) -> None:
    assert prune(markup) == kept


def test_line_breaks_of_removed_markup_stay() -> None:
    assert prune("one\n<script>\n1\n2\n</script>\nsix") == "one\n\n\n\n\nsix"


def test_the_content_of_json_ld_scripts_is_returned() -> None:
    data = "<script class=seo type='application/LD+json'>{}</script>"
    assert split_data_scripts(f"a{data}b<script>1</script><style>2</style>") == ("ab", ["{}"])
    assert split_data_scripts(f"<!-- {data} -->{data}\n{data}") == ("\n", ["{}", "{}"])


@pytest.mark.parametrize("opening", ["<script>", "<!--", "<svg ", "<?xml "])
def test_start_tags_without_end_tags_are_left_to_the_parser(opening: str) -> None:
    hostile = opening * 100_000
    assert prune(hostile) == hostile


@pytest.mark.parametrize(
    "opening", ['type="application/ld&#x2B;json"', "src='a>b' type=application/ld+json", "type=APPLICATION/LD+JSON"]
)
def test_a_json_ld_script_is_recognised_however_its_type_is_written(opening: str) -> None:
    assert split_data_scripts(f"<script {opening}>{{}}</script>") == ("", ["{}"])


def test_tags_inside_a_json_ld_script_are_ignored() -> None:
    data = """{"about": "<svg and <!-- and <template>"}"""
    script = f'<script type="application/ld+json">{data}</script>'
    page = f"{script}<p>The tides</p><svg><path/></svg><!-- high --><template>low</template><p>are high.</p>"
    assert split_data_scripts(page) == ("<p>The tides</p><p>are high.</p>", [data])
