"""Reduces the copies of each formula to one `math` element, and turns `math` into MathML and linear text.

Pages have each formula in two or three forms: as MathML for screen readers, drawn with spans and CSS (KaTeX, MathJax),
as an image (MediaWiki), as TeX source. The MathML is kept. Without MathML, the formula is the alternative text of an
image within a sentence, or TeX in a script that no program has drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString
from lxml import etree

from readout_pub.extract.prune import TEX_ATTRIBUTE
from readout_pub.html_elements import BLOCKS
from readout_pub.model import Formula, printable
from readout_pub.model.mathml import (
    ARITY,
    ATTRIBUTE_VALUE,
    ATTRIBUTES,
    ELEMENTS,
    EMPTY,
    MATHML_NAMESPACE,
    TOKENS,
)
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

# --- one copy of each formula, on the tree of lxml that both the profiles and the generic extraction read

_WORDS_OF_FORMULAS = (b"<math", b"<mml:math", b"<m:math", b"katex", b"mathjax", b"mjx-", b"data-mathml", b"math/tex")
"""What markup with formulas contains, in lower case; a case-insensitive pattern takes five times as long."""
_PARTS_OF_WORDS = (b"math", b"katex", b"mjx-")
"""Each of `_WORDS_OF_FORMULAS` contains one of these parts, which are quicker to search for. Few pages have any."""

_PREFIXED = re.compile(r"\A(?:mml|m):(?=[a-z])")
"""Namespace prefixes of MathML in XHTML."""

_RENDERED = re.compile(
    r"(?<![\w-])(?:katex|katex-display|MathJax|MathJax_Display|MathJax_CHTML|MathJax_SVG|MathJax_MathML|mjx-chtml"
    r"|mwe-math-element|fallback__mathEquation)(?![\w-])"
)
"""Classes of elements that contain one formula in several copies: KaTeX, MathJax 2, MediaWiki."""

_MATHJAX_3 = "mjx-container"
_PREVIEW = re.compile(r"(?<![\w-])MathJax(?:_Preview|Preview)(?![\w-])")
_DISPLAYED = re.compile(r"(?<![\w-])(?:katex-display|MathJax_Display|MathJax_SVG_Display|mjx-display|mjx-full-width)")

_FORMULA_NAME = re.compile(
    r"(?<![a-z])(?:(?:la|math|mime)?tex|math(?:s|ml)?|wirisformula|formulae?|equation|eqn|codecogs)(?![a-z])",
    re.IGNORECASE,
)
"""A word in the class or the URL of an image that shows a formula: "tex", "equation"."""

_TEX = re.compile(r"\\[a-zA-Z]{2,}|[_^]\{|\$[^$]+\$")
"""Signs of TeX in an alternative text: a command, "x_{", "$x$"."""

_WIRIS = str.maketrans({"«": "<", "»": ">", "¨": '"', "§": "&"})
"""How the editor WIRIS writes MathML into the attribute of an image."""


def unify_formulas(root: LxmlElement, markup: str) -> None:
    """Replace the copies of each formula below `root` by one `math` element. `markup` is the HTML of the page."""
    lowered = markup.encode("utf-8", "replace").lower()  # faster than `str.lower`, which knows all scripts
    if any(part in lowered for part in _PARTS_OF_WORDS) and any(word in lowered for word in _WORDS_OF_FORMULAS):
        _remove_prefixes(root, markup)
        for element in list(root.iter()):
            if _holds_copies(element) and element.getparent() is not None:
                _keep_mathml(element)
        for preview in [each for each in root.iter("span", "div") if _PREVIEW.search(each.get("class") or "")]:
            _replace(preview, None)
        for source in list(root.iter("span")):
            if source.get(TEX_ATTRIBUTE) is not None:
                _show_tex(source)
    for image in list(root.iter("img")):
        formula = _formula_of_image(image)
        if formula is not None:
            _replace(image, formula)


def _remove_prefixes(root: LxmlElement, markup: str) -> None:
    if "mml:" in markup or "<m:math" in markup:
        for element in root.iter():
            if _PREFIXED.match(element.tag):
                element.tag = _PREFIXED.sub("", element.tag)


def _holds_copies(element: LxmlElement) -> bool:
    return element.tag == _MATHJAX_3 or bool(_RENDERED.search(element.get("class") or ""))


def _keep_mathml(element: LxmlElement) -> None:
    """Replace an element that contains copies of one formula by its MathML, if it has any."""
    found = list(element.iter("math"))
    formula = found[0] if len(found) == 1 else None if found else _mathml_in_attribute(element)
    # An element with blocks lacks its end tag, and also contains the text after the formula.
    if formula is None or any(each.tag in BLOCKS for each in element.iterdescendants()):
        return
    is_displayed = element.get("display") == "true" or any(
        _DISPLAYED.search(each.get("class") or "")
        for each in (element, *element.iterancestors(), *element.iterdescendants())
        if each is element or _holds_copies(each)
    )
    if is_displayed:
        formula.set("display", "block")
    _replace(element, formula)


def _show_tex(source: LxmlElement) -> None:
    """Replace the TeX of a script by a formula; remove the TeX if the drawn formula is right before it."""
    drawn = source.getprevious()
    while drawn is not None and drawn.tag == "span" and not drawn.keys() and not len(drawn) and not drawn.text:
        drawn = None if (drawn.tail or "").strip() else drawn.getprevious()  # an empty preview
    is_drawn = drawn is not None and not (drawn.tail or "").strip() and _shows_formula(drawn)
    tex = " ".join((source.text or "").split())
    if is_drawn or not tex:
        _replace(source, None)
        return
    formula = etree.Element("math")
    if "display" in (source.get(TEX_ATTRIBUTE) or ""):
        formula.set("display", "block")
    etree.SubElement(formula, "mtext").text = tex
    _replace(source, formula)


def _shows_formula(element: LxmlElement) -> bool:
    """Return whether an element shows a formula, as MathML or as drawn text. SVG has been removed before."""
    is_drawn = _holds_copies(element) or any(map(_holds_copies, element))
    return element.tag == "math" or (is_drawn and bool(text_of_element(element)))


def _mathml_in_attribute(element: LxmlElement) -> LxmlElement | None:
    """Return the MathML that MathJax 2 and WIRIS keep in `data-mathml`."""
    source = next((each.get("data-mathml") for each in element.iter() if each.get("data-mathml")), None)
    if not source:
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parsed = etree.fromstring(source.translate(_WIRIS).encode(), parser)
    return parsed.find(".//math") if parsed is not None else None


def _formula_of_image(image: LxmlElement) -> LxmlElement | None:
    """Return the formula of an image: its MathML, or its alternative text if it is within a sentence."""
    if image.get("data-mathml"):
        return _mathml_in_attribute(image)
    alt = " ".join((image.get("alt") or "").split())
    names = f"{image.get('class') or ''} {image.get('src') or ''}"
    if not alt or not (_FORMULA_NAME.search(names) or _TEX.search(alt)) or not _is_within_sentence(image):
        return None
    formula = etree.Element("math")
    etree.SubElement(formula, "mtext").text = alt
    return formula


def _is_within_sentence(image: LxmlElement) -> bool:
    """Return whether text stands before or after an image in its line."""
    node: LxmlElement | None = image
    while node is not None and node.tag not in BLOCKS:
        before, parent = node.getprevious(), node.getparent()
        words_before = before.tail if before is not None else parent.text if parent is not None else None
        if (node.tail or "").strip() or (words_before or "").strip():
            return True
        node = parent if before is None and node.getnext() is None else None
    return False


def _replace(element: LxmlElement, by: LxmlElement | None) -> None:
    """Replace an element by `by`, or by an empty `span` for None; the tail of the element stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    if by is None:
        by = etree.Element("span")
    by.tail = tail
    parent.replace(element, by)


# --- `math` → MathML of the subset that the model allows (`model.mathml`), and linear text


def read_formula(tag: Tag) -> Formula | None:
    """Return the formula of a `math` element; None if it is empty."""
    content = "".join(map(_mathml, _nodes(tag)))
    alttext = " ".join(str(tag.get("alttext") or "").split())
    text = _SPACES.sub(" ", alttext if alttext and not _TEX_SIGN.search(alttext) else _linear_row(tag)).strip()
    if not tag.get_text(strip=True):
        return None
    display = str(tag.get("display") or "").lower() == "block" or str(tag.get("mode") or "").lower() == "display"
    opening = f'<math xmlns="{MATHML_NAMESPACE}"' + (' display="block">' if display else ">")
    return Formula(f"{opening}{content}</math>", text, display)


_SPACES = re.compile(r"\s+")
_TEX_SIGN = re.compile(r"[\\{}]")
"""Signs of TeX: an `alttext` with one of them is not used, since TeX read aloud is hard to understand."""

_ANNOTATIONS = frozenset({"annotation", "annotation-xml"})
_DEFAULT_SEPARATORS = ","

Node = Tag | str


def _nodes(tag: Tag) -> Iterator[Node]:
    """Yield the child elements and texts of `tag`; a `semantics` is replaced by its children without annotations."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name == "semantics":
                yield from _nodes(child)
            elif child.name not in _ANNOTATIONS:
                yield child
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString) and child.strip():
            yield _clean(str(child))


def _clean(text: str) -> str:
    """Return text with single spaces, and with the character references of HTML5 resolved, which lxml leaves."""
    return printable(_SPACES.sub(" ", unescape(text)))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _mathml(node: Node) -> str:
    """Return a node as MathML of the model's subset; any other element becomes a row of its content."""
    if isinstance(node, str):
        return f"<mtext>{_escape(node)}</mtext>"
    name = node.name
    if name in TOKENS:
        return _element(node, name, _escape(_clean(node.get_text()).strip()))
    if name in EMPTY:
        is_allowed = name == "mspace" or (node.parent is not None and node.parent.name == "mmultiscripts")
        return f"<{name}{_attributes(node)}/>" if is_allowed else ""
    if name == "mtable":
        return _element(node, name, "".join(map(_table_row, _nodes(node))))
    if name == "mfenced":
        return "<mrow>" + "".join(map(_mathml, _fenced(node))) + "</mrow>"
    children = list(map(_mathml, _nodes(node)))
    if name == "maction":
        children = children[:1]
    is_kept = name in ELEMENTS and name not in {"mtr", "mtd"} and len(children) == ARITY.get(name, len(children))
    return _element(node, name if is_kept else "mrow", "".join(children))


def _element(node: Tag, name: str, content: str) -> str:
    return f"<{name}{_attributes(node) if node.name == name else ''}>{content}</{name}>"


def _attributes(node: Tag) -> str:
    kept = ((name, str(value).strip()) for name, value in node.attrs.items() if name in ATTRIBUTES)
    return "".join(f' {name}="{value}"' for name, value in kept if ATTRIBUTE_VALUE.fullmatch(value))


def _table_row(node: Node) -> str:
    is_row = isinstance(node, Tag) and node.name in {"mtr", "mlabeledtr"}
    cells = "".join(map(_table_cell, _nodes(node))) if isinstance(node, Tag) and is_row else _table_cell(node)
    return f"<mtr>{cells}</mtr>"


def _table_cell(node: Node) -> str:
    if isinstance(node, Tag) and node.name == "mtd":
        return _element(node, "mtd", "".join(map(_mathml, _nodes(node))))
    return f"<mtd>{_mathml(node)}</mtd>"


def _fenced(tag: Tag) -> Iterator[Node]:
    """Yield the content of an `mfenced` with its brackets and commas; browsers have dropped this element."""
    marks = str(tag.get("separators", _DEFAULT_SEPARATORS)).replace(" ", "")
    yield _operator(str(tag.get("open", "(")))
    for number, node in enumerate(_nodes(tag)):
        if number and marks:
            yield _operator(marks[min(number, len(marks)) - 1])
        yield node
    yield _operator(str(tag.get("close", ")")))


def _operator(text: str) -> Tag:
    made = Tag(name="mo")
    made.append(NavigableString(text))
    return made


# --- linear text

_SPACED_OPERATORS = frozenset("=≠<>≤≥≈≡∼→⇒⟹↔∈+−±×·∧∨∪∩:")
_INVISIBLE_OPERATORS = re.compile("[\u2061-\u2064]")
_PRIMES = frozenset("′″‴'*†")
_ATOM = re.compile(r"[^\W_]+(?:[.,]\d+)?|.")
"""A word, a number or a single character: an operand that needs no parentheses."""
_LIMITS = frozenset({"munder", "mover", "munderover"})


def _linear_row(tag: Tag) -> str:
    return "".join(map(_linear, _nodes(tag)))


def _linear(node: Node) -> str:
    """Return a node as text on one line: x^2, (a + b)/c, √(x)."""
    if isinstance(node, str):
        return f" {node} "
    name = node.name
    if name in TOKENS:
        return _linear_token(name, _INVISIBLE_OPERATORS.sub("", _clean(node.get_text()).strip()))
    if name in EMPTY:
        return " "
    if name == "mfenced":
        return "".join(map(_linear, _fenced(node)))
    if name == "mtable":
        return f" [{'; '.join(map(_linear_cells, _nodes(node)))}] "
    linear = [_linear(child) for child in _nodes(node)]  # once: two calls at each level would take exponential time
    row, parts = "".join(linear), [part.strip() for part in linear]
    if len(parts) == ARITY.get(name, -1):
        return _linear_operator(name, parts)
    if name == "msqrt":
        return f"√({row.strip()})"
    if name == "mmultiscripts":
        return " ".join(parts)
    return row


def _linear_token(name: str, text: str) -> str:
    if name == "mtext" or (name == "mi" and len(text) > 1) or text in _SPACED_OPERATORS:
        return f" {text} "
    return f"{text} " if text == "," else text


def _linear_cells(node: Node) -> str:
    cells = _nodes(node) if isinstance(node, Tag) else iter((node,))
    return ", ".join(_linear(cell).strip() for cell in cells)


def _linear_operator(name: str, parts: list[str]) -> str:
    """Return a fraction, a root, or a base with scripts or limits, from the text of its parts."""
    if name == "mfrac":
        return f"{_in_parentheses(parts[0])}/{_in_parentheses(parts[1])}"
    if name == "mroot":
        return f"√[{parts[1]}]({parts[0]})"
    marks = "^" if name in {"msup", "mover"} else "_^"
    scripts = (_script(mark, part, is_limit=name in _LIMITS) for mark, part in zip(marks, parts[1:], strict=False))
    return parts[0] + "".join(scripts) + (" " if name in _LIMITS else "")


def _script(mark: str, text: str, *, is_limit: bool) -> str:
    """Return a superscript or subscript; a prime or an accent, such as a bar, gets no mark."""
    is_accent = text in _PRIMES or (is_limit and len(text) == 1 and not text.isalnum())
    return text if is_accent or not text else f"{mark}{_in_parentheses(text)}"


def _in_parentheses(text: str) -> str:
    return text if _ATOM.fullmatch(text) else f"({text})"
