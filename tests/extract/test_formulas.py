"""Formulas: one copy of each, as MathML and as linear text, whatever program drew it, with and without a profile."""

from __future__ import annotations

from html import escape

import pytest

from tests.pages import body, on_both_paths

ROOT = "<math><msqrt><mi>x</mi></msqrt></math>"
NAMESPACED = '<math xmlns="http://www.w3.org/1998/Math/MathML">'


def assert_line(markup: str, expected: str) -> None:
    """Require that `markup` within a sentence is read as `expected`, with and without a profile."""
    found = on_both_paths(f"<p>The height {markup} of the wave is read at noon in each of the ports.</p>")
    line = f'paragraph "The height {expected} of the wave is read at noon in each of the ports."\n'
    assert found == {"profile": line, "generic": line}


# --- several copies of a formula


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(ROOT, id="MathML"),
        pytest.param(
            f'<span class="katex"><span class="katex-mathml">{NAMESPACED}<semantics><msqrt><mi>x</mi></msqrt>'
            r'<annotation encoding="application/x-tex">\sqrt{x}</annotation></semantics></math></span>'
            '<span class="katex-html" aria-hidden="true"><span class="base">x</span></span></span>',
            id="KaTeX",
        ),
        pytest.param(
            '<span class="MathJax_Preview">√x</span><span class="MathJax" data-mathml="&lt;math&gt;&lt;/math&gt;">'
            f'<nobr aria-hidden="true">x</nobr><span class="MJX_Assistive_MathML">{ROOT}</span>'
            r'</span><script type="math/tex">\sqrt{x}</script>',
            id="MathJax 2 with assistive MathML",
        ),
        pytest.param(
            f'<span class="MathJax_SVG" data-mathml="{escape(ROOT)}">'
            '<svg viewBox="0 0 10 10"><path d="M0 0"></path></svg></span>',
            id="MathJax 2 with an attribute",
        ),
        pytest.param(
            '<mjx-container class="MathJax" jax="SVG"><svg><g data-mml-node="math"><text>x</text></g></svg>'
            f"<mjx-assistive-mml>{ROOT}</mjx-assistive-mml></mjx-container>",
            id="MathJax 3",
        ),
        pytest.param(
            '<span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display: none;">'
            r'<math alttext="{\displaystyle {\sqrt {x}}}"><semantics><msqrt><mi>x</mi></msqrt>'
            r'<annotation encoding="application/x-tex">{\displaystyle {\sqrt {x}}}</annotation></semantics></math>'
            r'</span><img src="/math/render/svg/1a" alt="{\displaystyle {\sqrt {x}}}"></span>',
            id="MediaWiki",
        ),
        pytest.param(
            '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:msqrt><mml:mi>x</mml:mi></mml:msqrt></mml:math>',
            id="prefix",
        ),
        pytest.param(
            '<img class="Wirisformula" src="/x.png" alt="square root of x" '
            'data-mathml="«math xmlns=¨http://www.w3.org/1998/Math/MathML¨»«msqrt»«mi»x«/mi»«/msqrt»«/math»">',
            id="WIRIS",
        ),
    ],
)
def test_a_formula_is_read_once_however_many_copies_the_markup_has(markup: str) -> None:
    found = on_both_paths(f"<p>The height {markup} of the wave is read at noon in each of the ports.</p>")
    assert found["generic"] == found["profile"]
    assert found["profile"].count("√") == 1
    assert found["profile"].startswith('paragraph "The height [formula √(x): ')
    assert found["profile"].endswith('] of the wave is read at noon in each of the ports."\n')


@pytest.mark.parametrize(
    "markup",
    [
        f'<span class="katex-display"><span class="katex"><span>{ROOT}</span><i>x</i></span></span>',
        f'<div class="MathJax_Display"><span class="MathJax"><nobr>x</nobr><span>{ROOT}</span></span></div>',
        f'<mjx-container display="true"><mjx-math>x</mjx-math>{ROOT}</mjx-container>',
        '<math display="block"><msqrt><mi>x</mi></msqrt></math>',
        '<p><math display="block"><msqrt><mi>x</mi></msqrt></math></p>',
        '<table role="presentation"><tr><td><math display="block"><msqrt><mi>x</mi></msqrt></math></td></tr></table>',
    ],
)
def test_a_formula_on_a_line_of_its_own_is_displayed(markup: str) -> None:
    line = 'paragraph "[display formula √(x): <msqrt><mi>x</mi></msqrt>]"\n'
    assert on_both_paths(markup) == {"profile": line, "generic": line}


@pytest.mark.parametrize(
    "image",
    [
        '<img class="latex" src="/a.png" alt="d^2+1">',
        '<img src="https://latex.codecogs.com/svg.image?d" alt="d^2+1">',
        '<img src="/wp/latex.php?latex=d" alt="d^2+1">',
        '<span><img src="/images/equation-1.gif" alt="d^2+1"></span>',
    ],
)
def test_an_image_of_a_formula_in_a_sentence_becomes_its_alternative_text(image: str) -> None:
    assert_line(image, "[formula d^2+1: <mtext>d^2+1</mtext>]")


def test_an_image_of_a_formula_with_tex_does_not_split_sentences() -> None:
    assert_line(r'<img src="/a.png" alt="\frac{a}{b}">', r"[formula \frac{a}{b}: <mtext>\frac{a}{b}</mtext>]")


def test_a_photo_in_a_sentence_stays_a_photo() -> None:
    found = body('<p>The height <img src="/wave.jpg" alt="A wave at the quay" width="600"> of the wave.</p>')
    assert "photo" in found
    assert "formula" not in found


def test_an_unclosed_container_of_a_formula_loses_no_text() -> None:
    found = on_both_paths(f'<p>The height <span class="katex">{ROOT}<p>Unclosed, it holds the rest of the text.</p>')
    assert all("holds the rest" in outlined and "√" in outlined for outlined in found.values())


# --- MathML


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<mi>x</mi>loose", "<mi>x</mi><mtext>loose</mtext>"),
        ("<mfrac><mi>a</mi></mfrac>", "<mrow><mi>a</mi></mrow>"),
        ("<mi href='javascript:x' onclick='x' style='x'>x</mi>", "<mi>x</mi>"),
        ("<mi mathvariant='bold'>x</mi>", '<mi mathvariant="bold">x</mi>'),
        ("<mo>&lt;</mo><mi>&InvisibleTimes;x</mi>", "<mo>&lt;</mo><mi>\u2062x</mi>"),
        ("<menclose><mi>x</mi></menclose>", "<mrow><mi>x</mi></mrow>"),
        ("<maction><mi>x</mi><mi>y</mi></maction>", "<mrow><mi>x</mi></mrow>"),
        ("<mtable><mlabeledtr><mtd><mi>x</mi></mtd></mlabeledtr><mi>y</mi></mtable>",
         "<mtable><mtr><mtd><mi>x</mi></mtd></mtr><mtr><mtd><mi>y</mi></mtd></mtr></mtable>"),
        ("<mtr><mtd><mi>x</mi></mtd></mtr>", "<mrow><mrow><mi>x</mi></mrow></mrow>"),
        ("<mtext>if <a href='https://x.example'>wet</a></mtext>", "<mtext>if wet</mtext>"),
        ("<mfenced open='['><mi>a</mi><mi>b</mi></mfenced>",
         "<mrow><mo>[</mo><mi>a</mi><mo>,</mo><mi>b</mi><mo>)</mo></mrow>"),
        ("<mspace width='1em'></mspace><mi>x</mi>", '<mspace width="1em"/><mi>x</mi>'),
        ("<none></none><mi>x</mi>", "<mi>x</mi>"),
    ],
)  # fmt: skip
def test_mathml_is_reduced_to_the_safe_subset(content: str, expected: str) -> None:
    found = body(f"<p><math>{content}</math></p>")
    assert found.partition(": ")[2] == f'{expected}]"\n'


def test_an_empty_formula_is_left_out() -> None:
    assert body("<p>The <math><mrow></mrow></math> wave.</p>") == 'paragraph "The wave."\n'


# --- linear text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = mc^2"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1.5</mn></mrow><mi>b</mi></mfrac>", "(a + 1.5)/b"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "√[3](x)"),
        ("<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>", "x_i^2"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>h</mi>",
         "∑_(i = 1)^n h"),
        ("<mover><mi>x</mi><mo>¯</mo></mover><mo>≤</mo><msup><mi>f</mi><mo>′</mo></msup>", "x¯ ≤ f′"),
        ("<mi>sin</mi><mo>&ApplyFunction;</mo><mi>x</mi>", "sin x"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd></mtr></mtable>",
         "[1, 0; 0]"),
        ("<mmultiscripts><mi>C</mi><mprescripts></mprescripts><mn>6</mn><mn>12</mn></mmultiscripts>", "C 6 12"),
    ],
)  # fmt: skip
def test_a_formula_has_linear_text(content: str, text: str) -> None:
    assert body(f"<p><math>{content}</math></p>").startswith(f'paragraph "[formula {text}: ')


def test_an_alttext_in_words_becomes_the_text_of_the_formula() -> None:
    found = body('<p><math alttext="the root of x"><msqrt><mi>x</mi></msqrt></math></p>')
    assert found == 'paragraph "[formula the root of x: <msqrt><mi>x</mi></msqrt>]"\n'


TEX_SCRIPT = r'<script type="math/tex">h < \sqrt{x}</script>'
PREVIEW = '<span class="MathJax_Preview"></span>'


@pytest.mark.parametrize(
    "before",
    [
        pytest.param("", id="not drawn"),
        pytest.param(
            f'{PREVIEW}<span class="MathJax_SVG"><svg><path d="M1"/></svg></span>', id="drawn as SVG without MathML"
        ),
    ],
)
def test_the_tex_of_a_script_is_read_if_there_is_no_mathml(before: str) -> None:
    assert_line(f"{before}{TEX_SCRIPT}", r"[formula h < \sqrt{x}: <mtext>h &lt; \sqrt{x}</mtext>]")


@pytest.mark.parametrize(
    "formula",
    [
        pytest.param(ROOT, id="MathML"),
        pytest.param(f'{PREVIEW}<span class="MathJax_SVG">{ROOT}</span>', id="SVG with MathML"),
    ],
)
def test_the_tex_of_a_script_is_left_out_beside_its_formula(formula: str) -> None:
    assert_line(f"{formula}{TEX_SCRIPT}", "[formula √(x): <msqrt><mi>x</mi></msqrt>]")
