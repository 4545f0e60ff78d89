"""Measures how many altered outputs the receipts catch. A receipt compares an output with the readout.

python -m benchmarks.mutations FOLDER… [--count 5000]    mutations of the pages in these folders

An output is altered by one mutation: a word is lost, swapped, repeated or changed, or an alternative text is changed.
The mutations are made in the bytes of finished outputs, without the program's own readers. They change plain text, the
text nodes of HTML and of the markup inside EPUB, DOCX and ODT, the glyphs of PDF content streams, and alternative
texts.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from msgspec.structs import replace

from readout_pub import saved_pages
from readout_pub.convert import read
from readout_pub.emit import RenderOptions, Rendition, emit
from readout_pub.receipts import prove_rendition

Words = list[str]
Change = Callable[[Words, int], Words]

SEED = 2031
"""The seed of the random numbers, so that each run makes the same mutations. The value has no meaning."""


def _drop(words: Words, at: int) -> Words:
    return words[:at] + words[at + 1 :]


def _repeat(words: Words, at: int) -> Words:
    return [*words[: at + 1], *words[at:]]


def _swap(words: Words, at: int) -> Words:
    return [*words[:at], *reversed(words[at : at + 2]), *words[at + 2 :]]


def _alter(words: Words, at: int) -> Words:
    return [*words[:at], words[at][:-1] + ("q" if words[at][-1:] != "q" else "z"), *words[at + 1 :]]


CHANGES: dict[str, Change] = {"drop": _drop, "repeat": _repeat, "swap": _swap, "alter": _alter}

MARKUP_PARTS = {
    "html": ("", r"<body.*</body>", r">([^<>]+)<", r' alt="([^"]+)"'),
    "epub": ("EPUB/readout.xhtml", r"<body.*</body>", r">([^<>]+)<", r' alt="([^"]+)"'),
    "docx": ("word/document.xml", r"<w:body.*</w:body>", r"<w:t[^<>]*>([^<>]+)</w:t>", r'<wp:docPr descr="([^"]+)"'),
    "odt": ("content.xml", r"<office:text.*</office:text>", r">([^<>]+)<", r"<svg:title>([^<>]+)<"),
    "txt": ("", r".*", r"([^\n]+)", r"(?!)"),
    "md": ("", r".*", r"^([\w ,.]+)$", r' alt="([^"]+)"'),
}
"""For each format, the member that holds the text ("" stands for the whole file), and three patterns: for the body, for
the texts in it, and for alternative texts."""

_PLAIN_WORD = re.compile(r"\w+")


def mutated(rendition: Rendition, kind: str, rng: random.Random) -> Rendition | None:
    """Return `rendition` with one mutation of `kind`, a key of CHANGES or "alt"; None if there is nothing to mutate."""
    if rendition.format == "pdf":
        return _mutated_pdf(rendition, kind, rng)
    member, body, text, alt = MARKUP_PARTS[rendition.format]
    markup = _member(rendition, member).decode()
    inside = re.search(body, markup, re.DOTALL)
    if inside is None:
        return None
    pattern = re.compile(alt if kind == "alt" else text, re.MULTILINE)
    places = list(pattern.finditer(markup, inside.start(), inside.end()))
    for place in rng.sample(places, min(20, len(places))):
        after = _changed_text(place[1], "alter" if kind == "alt" else kind, rng)
        if after is not None:
            markup = markup[: place.start(1)] + after + markup[place.end(1) :]
            return _with_member(rendition, member, markup.encode())
    return None


def _changed_text(text: str, kind: str, rng: random.Random) -> str | None:
    words = text.split(" ")
    places = [
        at
        for at, word in enumerate(words)
        if _PLAIN_WORD.fullmatch(word)
        and (kind != "swap" or (at + 1 < len(words) and _PLAIN_WORD.fullmatch(words[at + 1]) and word != words[at + 1]))
    ]
    return " ".join(CHANGES[kind](words, rng.choice(places))) if places else None


def _member(rendition: Rendition, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(rendition.data)).read(name) if name else rendition.data


def _with_member(rendition: Rendition, name: str, data: bytes) -> Rendition:
    if not name:
        return replace(rendition, data=data)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rendition.data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            after.writestr(entry, data if entry.filename == name else before.read(entry))
    return replace(rendition, data=out.getvalue())


def _mutated_pdf(rendition: Rendition, kind: str, rng: random.Random) -> Rendition | None:
    with pikepdf.open(io.BytesIO(rendition.data)) as pdf:
        done = _change_alt(pdf, rng) if kind == "alt" else _change_glyphs(pdf, kind, rng)
        if not done:
            return None
        out = io.BytesIO()
        pdf.save(out)
    return replace(rendition, data=out.getvalue())


def _change_alt(pdf: pikepdf.Pdf, rng: random.Random) -> bool:
    figures = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    figures = [each for each in figures if each.get("/S") == "/Figure"]
    if not figures:
        return False
    figure = rng.choice(figures)
    figure["/Alt"] = pikepdf.String(f"{figure['/Alt']} q")
    return True


def _change_glyphs(pdf: pikepdf.Pdf, kind: str, rng: random.Random) -> bool:
    page = rng.choice(list(pdf.pages))
    spaces = {str(name): _space_glyphs(font) for name, font in page.Resources.Font.items()}
    instructions: list[Any] = list(pikepdf.parse_content_stream(page))
    places = list(_shown_words(instructions, spaces))
    if kind == "swap":
        places = [place for place in places if len(place[1]) > 1]
    for index, words, space in rng.sample(places, min(20, len(places))):
        at = rng.randrange(len(words) - (kind == "swap"))
        other = rng.choice(rng.choice(places)[1])
        after = CHANGES[kind](words, at) if kind != "alter" else [*words[:at], other, *words[at + 1 :]]
        if after == words or not words[at]:
            continue
        glyphs = pikepdf.String(bytes.fromhex(space.join(after)))
        instructions[index] = pikepdf.ContentStreamInstruction([pikepdf.Array([glyphs])], pikepdf.Operator("TJ"))
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
        return True
    return False


def _shown_words(instructions: list[Any], spaces: dict[str, str]) -> Iterator[tuple[int, Words, str]]:
    """Yield (index, words, space) of each operator TJ that shows several words; words and space are glyph IDs in hex.

    Only operators in content with an MCID and without ActualText count: where there is ActualText, receipts take the
    words from it, and not from the operators.
    """
    marks: list[bool] = []
    font = ""
    for index, instruction in enumerate(instructions):
        match str(instruction.operator):
            case "BDC" | "BMC":
                properties: Any = instruction.operands[1] if len(instruction.operands) > 1 else {}
                marks.append("/MCID" in properties and "/ActualText" not in properties)
            case "EMC":
                marks.pop()
            case "Tf":
                font = str(instruction.operands[0])
            case "TJ" if marks and marks[-1]:
                shown = b"".join(
                    bytes(part) for part in instruction.operands[0] if isinstance(part, pikepdf.String)
                ).hex()
                glyphs = [shown[start : start + 4] for start in range(0, len(shown), 4)]
                words = "".join(" " if glyph == spaces[font] else glyph for glyph in glyphs).split(" ")
                words = [word for word in words if word]
                if len(words) > 1 and spaces[font]:
                    yield index, words, spaces[font]
            case _:
                pass


def _space_glyphs(font: pikepdf.Object) -> str:
    found = re.search(rb"<([0-9a-f]{4})> <0020>", font.ToUnicode.read_bytes())
    return found[1].decode() if found else ""


def main() -> None:
    """Mutate outputs of the pages; print each mutation that receipts miss, and the counts of caught and missed ones."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=5000)
    arguments = parser.parse_args()
    rng = random.Random(SEED)  # noqa: S311  # no secret
    options = RenderOptions()
    caught: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    pages = [page for folder in arguments.folder for page in saved_pages(folder)]
    formats = (*MARKUP_PARTS, "pdf")
    share = max(1, arguments.count // len(pages))
    for page in pages:
        readout, images = read(page)
        outputs = [emit(readout, images, target, options) for target in formats]
        # Some tries find nothing to mutate. So a page may get twice as many tries as its share, but at most 20 more.
        for number in range(share * 2):
            if sum(caught.values()) + sum(missed.values()) >= arguments.count or number >= share + 20:
                break
            output, kind = outputs[number % len(outputs)], rng.choice((*CHANGES, "alt"))
            other = mutated(output, kind, rng)
            if other is None:
                continue
            proven = prove_rendition(readout, images, other, options).is_proven
            (missed if proven else caught)[f"{output.format} {kind}"] += 1
            if proven:
                print("missed", page.where, output.format, kind)
    total = sum(caught.values()) + sum(missed.values())
    for name in sorted({*caught, *missed}):
        print(f"{name:12} {caught[name]:5} caught {missed[name]:3} missed")
    print(f"{sum(caught.values())} of {total} caught: {sum(caught.values()) / total:.2%}")


if __name__ == "__main__":
    main()
