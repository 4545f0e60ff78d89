"""The subset of MathML that outputs may contain."""

from __future__ import annotations

import pytest

from readout_pub.model import is_valid_mathml

START = '<math xmlns="http://www.w3.org/1998/Math/MathML">'


@pytest.mark.parametrize(
    "content",
    [
        "<mi>x</mi>",
        '<mi mathvariant="bold">a &lt; b</mi>',
        "<mfrac><mi>a</mi><mrow></mrow></mfrac>",
        '<mtable><mtr><mtd columnspan="2"><mspace width="1em"/></mtd></mtr></mtable>',
        "<mmultiscripts><mi>C</mi><mprescripts/><none/><mn>6</mn></mmultiscripts>",
    ],
)
def test_mathml_of_the_subset_is_valid(content: str) -> None:
    assert is_valid_mathml(f"{START}{content}</math>")
    assert is_valid_mathml(f'{START[:-1]} display="block">{content}</math>')


@pytest.mark.parametrize(
    "content",
    [
        "<script>x</script>",
        "x",
        "<mi>x",
        "<mi>x</mo>",
        "<mi><mi>x</mi></mi>",
        "<mi>x & y</mi>",
        "<mi>&nbsp;</mi>",
        '<mi href="x">x</mi>',
        '<mi width="url(x)">x</mi>',
        "<mi width='1'>x</mi>",
        "<mi/>",
        "<mspace></mspace>",
        "<mfrac><mi>a</mi></mfrac>",
        "<mtable><mi>a</mi></mtable>",
        "<mtr></mtr>",
        "<none/>",
        "</math><script>x</script>" + START,
        "<!-- x -->",
        "<math></math>",
    ],
)
def test_markup_outside_of_the_subset_is_not_valid(content: str) -> None:
    assert not is_valid_mathml(f"{START}{content}</math>")


@pytest.mark.parametrize("mathml", ["", "<math></math>", START, f"{START}</math> ", "x"])
def test_texts_that_are_not_one_formula_are_not_valid(mathml: str) -> None:
    assert not is_valid_mathml(mathml)
