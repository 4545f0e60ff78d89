"""Listings of program code keep their lines and lose the numbers of the lines, whatever highlighter drew them."""

from __future__ import annotations

import pytest

from tests.pages import on_both_paths

CODE = "def tide():\n    return 1"


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(f"<pre>{CODE}</pre>", id="pre"),
        pytest.param(
            '<div class="highlight"><pre><code><span class="k">def</span> tide():\n    <span class="k">return</span> 1\n'
            "</code></pre></div>",
            id="spans",
        ),
        pytest.param(
            '<div class="highlight"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2'
            f'</pre></div></td><td class="code"><div class="highlight"><pre>{CODE}\n</pre></div></td></tr></table></div>',
            id="Pygments, a table",
        ),
        pytest.param(
            '<pre><span class="lineno">1</span>def tide():\n<span class="lineno">2</span>    return 1\n</pre>',
            id="Pygments",
        ),
        pytest.param(
            '<pre><code><span class="ln">1</span><span class="cl">def tide():\n</span><span class="ln">2</span>'
            '<span class="cl">    return 1\n</span></code></pre>',
            id="Hugo",
        ),
        pytest.param(
            '<table class="highlight"><tr><td class="blob-num" data-line-number="1"></td><td class="blob-code">def tide():'
            '</td></tr><tr><td class="blob-num" data-line-number="2"></td><td class="blob-code">    return 1</td></tr></table>',
            id="GitHub",
        ),
        pytest.param(
            '<pre><code class="hljs"><table class="hljs-ln"><tr><td class="hljs-ln-numbers"><div class="hljs-ln-n">1</div></td>'
            '<td class="hljs-ln-code">def tide():</td></tr><tr><td class="hljs-ln-numbers">2</td>'
            '<td class="hljs-ln-code">    return 1</td></tr></table></code></pre>',
            id="highlight.js",
        ),
        pytest.param(
            '<pre><div class="line">def tide():</div><div class="line">    return 1</div></pre>',
            id="a block for each line",
        ),
        pytest.param(
            '<div class="syntaxhighlighter"><table><tbody><tr><td class="gutter"><div class="line number1">1</div>'
            '<div class="line number2">2</div></td><td class="code"><div class="container"><div class="line number1">'
            '<code class="py">def tide():</code></div><div class="line number2"><code>&nbsp;&nbsp;&nbsp;&nbsp;</code>'
            "<code>return 1</code></div></div></td></tr></tbody></table></div>",
            id="SyntaxHighlighter",
        ),
        pytest.param(
            '<figure class="highlight"><pre><code><table class="rouge-table"><tbody><tr><td class="gutter gl">'
            f'<pre class="lineno">1\n2\n</pre></td><td class="code"><pre>{CODE}\n</pre></td></tr></tbody></table></code></pre>'
            "</figure>",
            id="Rouge",
        ),
        pytest.param(
            f'<pre class="line-numbers"><code>{CODE}\n<span aria-hidden="true" class="line-numbers-rows"><span></span>'
            "</span></code></pre>",
            id="Prism",
        ),
        pytest.param("<p><code>def tide():<br>&nbsp;&nbsp;&nbsp;&nbsp;return 1</code></p>", id="br"),
    ],
)
def test_a_listing_has_its_lines_without_their_numbers(markup: str) -> None:
    found = {path: outlined.replace("\xa0", " ") for path, outlined in on_both_paths(markup).items()}
    outlined = 'preformatted "def tide():⏎    return 1"\n'
    assert found == {"profile": outlined, "generic": outlined}


def test_a_table_of_numbers_beside_words_stays_a_table() -> None:
    table = '<table><tr><td class="ln">1</td><td>North</td></tr><tr><td class="ln">2</td><td>South</td></tr></table>'
    outlined = 'table\n  row "1" | "North"\n  row "2" | "South"\n'
    assert on_both_paths(f'<div class="ports">{table}</div>')["profile"] == outlined


def test_code_within_a_sentence_stays_in_it() -> None:
    for outlined in on_both_paths(
        "<p>The command <code>tide now</code> prints the height of the tide at the quay.</p>"
    ).values():
        assert outlined == 'paragraph "The command [code: tide now] prints the height of the tide at the quay."\n'
