"""Compares the words of a page with those of its readout: kept, moved, left out by a named rule, or lost.

The page is parsed a second time, independently of the extraction:

page ──▶ regions      each word is in a region that the extraction kept, or that a rule left out
regions ──▶ readout   each word of the kept regions is in the readout, in order, or a rule removed it
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from html import unescape
from itertools import accumulate, chain, groupby, islice, pairwise
from operator import attrgetter

import msgspec
from lxml import etree

from readout_pub.extract import PageRegions
from readout_pub.extract.prune import prune
from readout_pub.html_elements import BESIDE_TEXT, COMPARED_APART, UNREADABLE
from readout_pub.model import (
    BulletList,
    Code,
    Footnote,
    Footnotes,
    Formula,
    Inline,
    Inlines,
    LineBreak,
    Link,
    OrderedList,
    Readout,
    Ruby,
    Section,
    descendants,
    figures,
    formulas,
    inline_nodes,
    plain_text,
    printable,
    texts,
)
from readout_pub.notes import Note, note, shorten_quote
from readout_pub.receipts.model import MAX_MISMATCHES, AddedText, LeftOut, Mismatch, PageWords
from readout_pub.sources import HtmlPage
from readout_pub.sources.encoding import REMOVED
from readout_pub.sources.lxml_elements import LxmlElement
from readout_pub.sources.page import DecodedPage
from readout_pub.words import differences, spaced, words_of, words_of_all

_SAMPLE = 12
"""How many words of an omitted region a receipt quotes."""

_MAX_BESIDE_FIELD = 10
"""How many words beside a field in its line may be left out, such as the site's name."""

_CONTEXT = 6
"""How many words a receipt quotes before a difference. Chosen by hand."""

_SEPARATORS = re.compile(r"[-()\[\]|/,:·•–—»«›‹^\u2190-\u21ff⏎⤴⬆]+")
"""Words between the parts of a page, or links back from footnotes."""

_TIME = re.compile(r"[.,]?\d{1,2}[.:h]\d{2}(?::\d{2})?")
"""A time of day; the "," or "." before it ends a date: ",10:30"."""

_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”"))
"""Deletes quotation marks: the readout has them around each `q`, the page has not."""

_PUNCTUATION = re.compile(r"^\W+|\W+$")

_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def texts_of_readout(readout: Readout) -> list[list[str]]:
    """Return the words of each text of `readout`: its fields, headings, paragraphs and so on."""
    body = texts(readout.body, _with_readings)
    return [*(words for _, words in _fields(readout)), *(_words_of_all([text]) for text in body)]


class PageText(msgspec.Struct, frozen=True):
    """The words of a page in their order. `beside` has the words within elements of `BESIDE_TEXT`, by element.

    `brackets` are those around ruby readings: `words` has them, the readout has not. `quotations` counts the `q`
    elements: the readout has quotation marks around each, `words` has none.
    """

    words: list[str]
    beside: dict[str, list[str]] = {}
    brackets: list[str] = []
    quotations: int = 0

    def count(self) -> Counter[str]:
        """Return how often each word is on the page."""
        return Counter(chain(self.words, *self.beside.values()))


def read_page_text(page: DecodedPage) -> PageText:
    """Return the words of a page as it was saved."""
    if not isinstance(page, HtmlPage):
        return PageText(_words_of_all([page.text]))
    return _read_markup(page.markup)


def _read_markup(markup: str) -> PageText:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser) if markup.strip() else None
    if root is None:
        return PageText([])
    beside: dict[str, list[str]] = {}
    brackets = _words_of_all(each.text or "" for each in root.iter("rp"))
    quotations = sum(1 for _ in root.iter("q"))
    return PageText(_words_of_all([_text_of(root, beside)]), beside, brackets, quotations)


def _text_of(root: LxmlElement, beside: dict[str, list[str]] | None = None) -> str:
    """Return the text of an element. If `beside` is given, the words of elements in `BESIDE_TEXT` go there instead."""
    parts: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "end":
            parts += (" " if tag in COMPARED_APART else "", (element.tail or "") if element is not root else "")
        elif tag in UNREADABLE:
            walk.skip_subtree()
        elif beside is not None and tag in BESIDE_TEXT:
            beside.setdefault(tag, []).extend(_words_of_all([_text_of(element)]))
            walk.skip_subtree()
        else:
            parts += (" " if tag in COMPARED_APART else "", element.text or "")
    return "".join(parts)


def prove_page(
    page: DecodedPage,
    text: PageText,
    regions: PageRegions,
    readout: Readout,
    *,
    found: Readout,
    given: Collection[str] = (),
) -> PageWords:
    """Return which words of `page` are in `readout`, and which rules left others out; `text` is from `read_page_text`.

    `regions` are from the extraction. `found` is its readout before the later stages. `given` are the fields of
    `Overrides` that a person gave.
    """
    proof = _Proof(page, text, readout)
    proof.compare_page(regions)
    proof.compare_readout(regions, found, given)
    return proof.result()


def notes_of_page(page: PageWords) -> Iterator[Note]:
    """Yield the notes about words that are lost or of unknown origin, or were not compared at all.

    They are not errors, since a person can judge the quoted words.
    """
    if page.not_read:
        yield note("RECEIPT_FAILED", what="the page", reason=page.not_read)
    for code, count, text_of in (("WORDS_LOST", page.lost, _EXPECTED), ("WORDS_ADDED", page.unknown, _FOUND)):
        places = [_quoted(text_of(each), each.context) for each in page.differences if text_of(each)]
        if count:
            more = ", and others" if len(places) > _MAX_PLACES else ""
            yield note(code, count=count, quoted=", ".join(places[:_MAX_PLACES]) + more)


_EXPECTED, _FOUND = attrgetter("expected"), attrgetter("found")

_MAX_PLACES = 3
"""How many places a note quotes; the receipt lists up to `MAX_MISMATCHES`."""


def _quoted(words: str, context: str) -> str:
    after = f' after "{context}"' if context else ""
    return f'"{shorten_quote(words)}"{after}'


class _UnmatchedWords:
    """The words of one copy that another copy lacks, with their positions. Words with a known reason are removed.

    An index finds them: a page may have thousands of removed texts.
    """

    def __init__(self, copy: Sequence[str]) -> None:
        self._copy = copy
        self._words: list[tuple[int, str] | None] = []
        self._skip: dict[int, int] = {}  # removed number → a later number, with no word left between
        self._numbers: dict[int, int] = {}  # position in the copy → number in `_words`
        self._places: dict[str, deque[int]] = {}
        self._bare: dict[str, deque[int]] = {}  # without punctuation
        self._bare_count: Counter[str] = Counter()
        self._taken: set[int] = set()

    def add(self, at: int, words: Sequence[str]) -> None:
        """Add `words` after all added before; the first is at position `at` of the copy."""
        for position, word in enumerate(words, at):
            bare = _without_punctuation(word)
            self._places.setdefault(word, deque()).append(len(self._words))
            self._bare.setdefault(bare, deque()).append(len(self._words))
            self._bare_count[bare] += 1
            self._numbers[position] = len(self._words)
            self._words.append((position, word))

    def add_each(self, words: Counter[str]) -> None:
        """Add each word as often as `words` counts it, from its first place in the copy."""
        wanted = Counter(words)
        for at, word in enumerate(self._copy if wanted else ()):
            if wanted[word] > 0:
                wanted[word] -= 1
                self.add(at, [word])

    def take(self, words: Sequence[str]) -> list[str]:
        """Remove `words`, if possible as one run; return those that are not missing."""
        if self._take_run(words):
            return []
        left = []
        for word in words:
            number = self._first(self._places.get(word))
            if number is None:
                left.append(word)
            else:
                self._take([number])
        return left

    def take_all(self, words: Collection[str]) -> list[str]:
        """Remove and return the missing words that are in `words`."""
        return self._take(number for number, (_, word) in self._left() if word in words)

    def take_separators(self) -> list[str]:
        """Remove and return the separators beside removed words, as between a series and a title."""
        taken = frozenset(self._taken)
        return self._take(
            number
            for number, (at, word) in self._left()
            if _SEPARATORS.fullmatch(word) and not taken.isdisjoint((at - 1, at + 1))
        )

    def take_separators_before(self, texts: Collection[tuple[str, ...]]) -> list[str]:
        """Remove and return the separators directly before one of `texts`, as between caption and credit."""
        lengths = frozenset(map(len, texts))
        return self._take(
            number
            for number, (at, word) in self._left()
            if _SEPARATORS.fullmatch(word)
            and any(tuple(self._copy[at + 1 : at + 1 + length]) in texts for length in lengths)
        )

    def take_joined(self, texts: Sequence[Sequence[str]]) -> tuple[list[Sequence[str]], list[str]]:
        """Remove the first run that consists of several of `texts`; return these, and the words between them.

        Only separators and times may stand between. Spaces are ignored: the page may have none between the texts.
        """
        longest_first = sorted(texts[:_MAX_JOINED], key=len, reverse=True)
        for positions, run in self._runs() if len(longest_first) > 1 else ():
            rest, found = "".join(run), []
            for text in longest_first:
                if (letters := "".join(text)) in rest:
                    rest = rest.replace(letters, " ", 1)
                    found.append(text)
            if len(found) > 1 and all(_SEPARATORS.fullmatch(each) or _TIME.fullmatch(each) for each in rest.split()):
                self._take(self._numbers[at] for at in positions)
                return found, rest.split()
        return [], []

    def take_beside(self, spans: Iterable[range], fields: Collection[Sequence[str]], limit: int) -> list[str]:
        """Remove and return at most `limit` missing words beside a field in each of `spans` (lines).

        The other words are the field: they have been removed, or equal one of `fields`. If the text repeats a date, the
        date in the text may have been removed instead.
        """
        missing = {at for _, (at, _) in self._left()}
        forms = set(map(tuple, fields))
        found: list[str] = []
        for span in spans:
            rest = missing.intersection(span)
            others = [at for at in span if at not in rest]
            is_field = self._taken.issuperset(others) or tuple(self._copy[at] for at in others) in forms
            if 0 < len(rest) <= min(limit, len(span) - 1) and is_field:
                found += self._take(self._numbers[at] for at in sorted(rest))
        return found

    def has_all(self, words: Sequence[str]) -> bool:
        """Return whether all `words` are missing, regardless of punctuation around them."""
        wanted = Counter(map(_without_punctuation, words))
        return all(self._bare_count[word] >= number for word, number in wanted.items())

    def take_with_punctuation(self, words: Sequence[str]) -> list[str]:
        """Remove `words`, regardless of punctuation around the missing words; return this punctuation."""
        punctuation = []
        for word in words:
            bare = _without_punctuation(word)
            number = self._first(self._bare[bare])
            assert number is not None  # noqa: S101 - the caller has checked `has_all`
            (near,) = self._take([number])
            punctuation.append(near.replace(bare, "", 1))
        return punctuation

    def count(self) -> Counter[str]:
        return Counter(word for _, (_, word) in self._left())

    def runs(self) -> Iterator[tuple[int, str, str]]:
        """Yield position, words, and the words before them in the copy, for each run of missing words."""
        for positions, run in self._runs():
            at = positions.start
            yield at, spaced(run), spaced(self._copy[max(0, at - _CONTEXT) : at])

    def _runs(self) -> Iterator[tuple[range, list[str]]]:
        left = (each for _, each in self._left())
        for _, group in groupby(enumerate(left), key=lambda each: each[1][0] - each[0]):
            run = [each for _, each in group]
            yield range(run[0][0], run[-1][0] + 1), [word for _, word in run]

    def _left(self) -> Iterator[tuple[int, tuple[int, str]]]:
        return ((number, each) for number, each in enumerate(self._words) if each)

    def _take(self, numbers: Iterable[int]) -> list[str]:
        taken = []
        for number in list(numbers):
            each = self._words[number]
            assert each is not None  # noqa: S101 - for mypy
            self._words[number] = None
            self._skip[number] = number + 1
            self._taken.add(each[0])
            self._bare_count[_without_punctuation(each[1])] -= 1
            taken.append(each[1])
        return taken

    def _take_run(self, words: Sequence[str]) -> bool:
        """Remove the first run of `words` that is found, if any; return whether there is one."""
        first = self._places.get(words[0]) if words else None
        if self._first(first) is None or first is None:
            return False
        for start in islice(first, _MAX_PLACES_TRIED):
            if (run := self._run_from(start, words)) is not None:
                self._take(run)
                return True
        return False

    def _run_from(self, start: int, words: Sequence[str]) -> list[int] | None:
        """Return the numbers of `words` if the remaining words from `start` on begin with them, else None."""
        run: list[int] = []
        for word in words:
            number = start if not run else self._next(run[-1] + 1)
            each = self._words[number] if number < len(self._words) else None
            if each is None or each[1] != word:
                return None
            run.append(number)
        return run

    def _next(self, number: int) -> int:
        """Return the number of the first remaining word from `number` on."""
        passed = []
        while number in self._skip:
            passed.append(number)
            number = self._skip[number]
        self._skip.update(dict.fromkeys(passed, number))
        return number

    def _first(self, places: deque[int] | None) -> int | None:
        """Return the first of `places` whose word remains, else None; drop the places before it."""
        while places and self._words[places[0]] is None:
            places.popleft()
        return places[0] if places else None


_MAX_PLACES_TRIED = 100
"""A run is searched for at this many places of its first word. Trying all would take quadratic time."""

_MAX_JOINED = 20
"""At most this many texts of fields (title, date, byline) are tried as the parts of a run."""


_MAX_SEARCHES = 5000
"""At most this many words are searched for as parts of longer words: each search reads the whole page."""


class _Proof:
    """The comparison of one page with its readout."""

    def __init__(self, page: DecodedPage, text: PageText, readout: Readout) -> None:
        self._page, self._text, self._readout = page, text, readout
        self._count = text.count()
        self._left_out: list[LeftOut] = []
        self._mismatches: list[Mismatch] = []
        self._beside_kept: Counter[str] = Counter()
        self._only_in_regions: Counter[str] = Counter()
        self._kept: list[list[str]] = []
        self._added: list[AddedText] = []
        self._moved = self._lost = self._unknown = self._searches = 0

    def result(self) -> PageWords:
        left_out = sum(each.words for each in self._left_out)
        words = self._count.total()
        return PageWords(
            words=words,
            kept=words - left_out - self._lost,
            in_order=not self._moved,
            moved=self._moved,
            lost=self._lost,
            unknown=self._unknown,
            left_out=tuple(self._left_out),
            added=tuple(self._added),
            differences=tuple(self._mismatches[:MAX_MISMATCHES]),
        )

    # --- page against regions

    def compare_page(self, regions: PageRegions) -> None:
        """Find the rules that left out the words outside the kept regions; report the other words as lost."""
        self._kept = [_words_of_all([text]) for text in regions.kept]
        kept = list(chain.from_iterable(self._kept))
        count = Counter(kept)
        rest = Counter(self._count)
        only_in_regions = count - rest
        if only_in_regions and isinstance(self._page, HtmlPage):
            # libxml2 drops text after a tag such as "</html>", but not in pruned markup.
            rest |= _read_markup(prune(self._page.markup).markup).count()
            only_in_regions = count - rest
        rest -= count
        self._beside_kept = Counter(rest)
        elsewhere: Counter[str] = Counter()
        for reason in regions.left_out:
            words = _words_of_all([reason.text])
            found = _take_from(rest, words)
            self._leave_out(reason.rule, reason.where, found)
            if len(found) < len(words):
                elsewhere += Counter(words) - Counter(found)
        for element, its_words in self._text.beside.items():
            found = _take_from(rest, its_words)
            if element != "math":  # the readout has them as formulas
                self._leave_out(element, element, found)
        rest = +rest
        if regions.outside:
            self._leave_out(regions.outside, None, _first_occurrences(self._text.words, rest))
        elif rest:
            self._find_rest(rest, elsewhere + only_in_regions)
        self._only_in_regions = only_in_regions
        new = _UnmatchedWords(kept)
        new.add_each(only_in_regions - self._joined_words(kept, only_in_regions))
        new.take(self._media_links if new.count() else ())
        self._report_new(new)

    def _find_rest(self, rest: Counter[str], others: Counter[str]) -> None:
        """Report the words in `rest`, which no region has, as lost; `others` are the words that only the regions have.

        If both have the same letters, only spaces differ.
        """
        letters = Counter("".join(rest.elements())) - Counter("".join(others.elements()))
        if letters and isinstance(self._page, HtmlPage):
            # `prune` reads markup such as "<script/>" as browsers do, libxml2 does not.
            named = self._count - rest
            rest &= _read_markup(prune(self._page.markup).markup).count() - named
            letters = Counter("".join(rest.elements())) - Counter("".join(others.elements()))
        if all(map(_SEPARATORS.fullmatch, letters)):
            self._leave_out("punctuation beside what is left out", None, list(letters.elements()))
            return
        unread = _UnmatchedWords(self._text.words)
        unread.add_each(rest)
        self._report_lost(unread)

    def _joined_words(self, kept: Sequence[str], only_in_regions: Counter[str]) -> Counter[str]:
        """Return the kept words that the page joins to omitted words, without a space."""
        out: Counter[str] = Counter()
        for each in differences(self._text.words, kept) if only_in_regions else ():
            around = self._text.words[max(0, each.at - _CONTEXT) : each.at + len(each.before) + _CONTEXT]
            letters = iter("".join(around))
            if all(letter in letters for letter in "".join(each.after)):
                out += Counter(each.after)
        return out

    # --- regions against readout

    def compare_readout(self, regions: PageRegions, found: Readout, given: Collection[str]) -> None:
        """Find each word of the kept regions in the readout, or the rule that removed it; report the others."""
        body_texts = [_words_of_all([text]) for text in texts(self._readout.body, _with_readings)]
        fields = _fields(self._readout, given)
        kept, pending = _take_fields(fields, self._kept, body_texts)
        replaced = [(name, words) for name, words in _fields(found) if name in given]
        copy, body = list(chain.from_iterable(kept)), list(chain.from_iterable(body_texts))
        lost, new = _UnmatchedWords(copy), _UnmatchedWords(body)
        for each in differences(copy, body):
            if "".join(each.before) != "".join(each.after):
                lost.add(each.at, each.before)
                new.add(each.at_after, each.after)
        for name, words in replaced:
            self._leave_out(
                f"replaced by the {name} given",
                None,
                _first_occurrences(words, Counter(words) - Counter(lost.take(words))),
            )
        joined, between = lost.take_joined([words for _, words in pending])
        self._leave_out("beside a field in its line", None, between)
        for name, words in pending:
            if words not in joined:
                self._find_field(name, words, lost)
        ends = [0, *accumulate(map(len, kept))]
        lines = (range(start, end) for start, end in pairwise(ends))
        beside = lost.take_beside(lines, [words for _, words in pending], _MAX_BESIDE_FIELD)
        self._leave_out("beside a field in its line", None, beside)
        for reason in regions.removed:
            words = _words_of_all([reason.text])
            self._leave_out(
                reason.rule, reason.where, _first_occurrences(words, Counter(words) - Counter(lost.take(words)))
            )
        for formula in formulas(self._readout):
            lost.take(_words_of_all([formula.text]))
            new.take(_words_of_all([formula.text]))
        lost.take(self._text.beside.get("math", ()))
        lost.take(list(self._only_in_regions.elements()))
        self._leave_out("rp", "rp", self._take_brackets(lost, new))
        self._leave_out("repeated in a footnote", None, lost.take_all(_repeated_in_footnotes(self._readout)))
        for word in list(new.count().elements()):
            unquoted = word.translate(_QUOTATION_MARKS)
            if unquoted != word and not lost.take([unquoted]):
                new.take([word])
        # Beside a formula or a Chinese character, a quotation mark is a word of its own.
        new.take([mark for mark in "“”" for _ in range(self._text.quotations)])
        moved = list((lost.count() & new.count()).elements())
        self._moved = len(moved)
        lost.take(moved)
        new.take(moved)
        labels = _words_of_all(_labels(self._readout))
        new.take(labels)
        lost.take([form for label in labels for form in (label, f"[{label}]", f"({label})")])
        for label in _words_of_all(each.label or "" for each in _footnotes(self._readout)):
            bare = label.strip("()[]")
            # A note that prints "1." gets the label "[1]" of its call.
            next((form for form in (f"{bare}.", f"{bare})", f"{bare}:", bare) if not lost.take([form])), None)
        self._leave_out("punctuation beside what is left out", None, lost.take_separators())
        credit_lines = {
            tuple(_words_of_all([plain_text(each.credit)])) for each in figures(self._readout) if each.credit
        }
        self._leave_out("punctuation between a caption and its credit", None, lost.take_separators_before(credit_lines))
        new.take(self._media_links if new.count() else ())
        self._report_lost(lost)
        self._report_new(new)

    def _take_brackets(self, lost: _UnmatchedWords, new: _UnmatchedWords) -> list[str]:
        """Remove and return the brackets around ruby readings, even those joined with other punctuation."""
        brackets = self._text.brackets
        left = lost.take(brackets)
        taken = list((Counter(brackets) - Counter(left)).elements())
        for bracket, number in Counter(left).items():
            words = (word for word in lost.count().elements() if bracket in word and not new.has_all([word]))
            joined = (word for word in words if not new.take([word.replace(bracket, "", 1)]))
            for word in islice(joined, number):
                lost.take([word])
                taken.append(bracket)
        return taken

    def _find_field(self, name: str, words: list[str], lost: _UnmatchedWords) -> None:
        """Find the words of a field among those that the body lacks, else outside the body or in metadata.

        A field that is only in the metadata must not account for words that the body has lost.
        """
        if lost.has_all(words):
            punctuation = lost.take_with_punctuation(lost.take(words))
            self._leave_out("punctuation beside a field", None, [each for each in punctuation if each])
            return
        others = lost.take(list((Counter(words) - self._beside_kept).elements()))
        if name == "issued" and self._readout.issued and words == [self._readout.issued.isoformat()]:
            self._added.append(AddedText(name, len(words), spaced(words)))  # the page has this date in another form
            return
        new = _UnmatchedWords(words)
        new.add_each(Counter(others) - self._count)
        self._report_new(new, name)

    # --- what is found

    def _leave_out(self, rule: str, where: str | None, words: Sequence[str]) -> None:
        if words:
            self._left_out.append(LeftOut(rule, where or "", len(words), spaced(words[:_SAMPLE])))

    def _report_lost(self, missing: _UnmatchedWords) -> None:
        self._lost += missing.count().total()
        self._mismatches += [Mismatch("words", at, words, context=before) for at, words, before in missing.runs()]

    def _report_new(self, missing: _UnmatchedWords, what: str = "text") -> None:
        """Find the new words of the readout in the markup; report the others.

        Words that the page's text also has are reported: the readout repeats them.
        """
        may_repeat = what != "text" or any(note.code == "TEXT_FROM_DATA" for note in self._readout.notes)
        on_page = frozenset() if may_repeat else frozenset(self._count)
        for at, run, before in missing.runs():
            words = words_of(run)
            if all(word not in on_page and self._is_in_markup(word) for word in words):
                self._added.append(AddedText(what, len(words), spaced(words[:_SAMPLE])))
            else:
                self._unknown += len(words)
                self._mismatches.append(Mismatch("words", at, found=run, context=before))

    def _is_in_markup(self, word: str) -> bool:
        if not isinstance(self._page, HtmlPage):
            return False
        bare = _without_punctuation(word)
        if bare in self._words_in_markup:
            return True
        self._searches += 1
        return self._searches <= _MAX_SEARCHES and bare in self._markup

    @cached_property
    def _media_links(self) -> list[str]:
        """The words that links to videos may add: addresses, and captions that were attributes on the page."""
        titles = _words_of_all(plain_text(figure.caption) for figure in figures(self._readout))
        links = (node for node in inline_nodes(self._readout.body) if isinstance(node, Link))
        addresses = (text for link in links if (text := plain_text(link.children)) and text in link.href)
        return [*filter(self._is_in_markup, titles), *_words_of_all(addresses)]

    @cached_property
    def _words_in_markup(self) -> frozenset[str]:
        return frozenset(re.findall(r"\w+", self._markup))

    @cached_property
    def _markup(self) -> str:
        """The markup with its character references resolved, including attributes and scripts."""
        assert isinstance(self._page, HtmlPage)  # noqa: S101 - for mypy
        markup = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), unescape(self._page.markup.replace(REMOVED, "")))
        return unicodedata.normalize("NFKC", markup)


def _fields(readout: Readout, given: Collection[str] = ()) -> list[tuple[str, list[str]]]:
    """Return name and words of the fields of `readout`, except those `given` or without words."""
    back_link = readout.back_link.children if readout.back_link else ()
    fields = [
        ("title", _with_readings(readout.title or ())),
        ("series", readout.series or ""),
        ("issued", readout.issued_text or ""),
        ("byline", readout.byline or ""),
        ("back link", _with_readings(back_link)),
        *(("undecided", line.text) for line in readout.undecided),
        *(("attachments", attachment.title) for attachment in readout.attachments),
    ]
    return [(name, _words_of_all([text])) for name, text in fields if text and name not in given]


def _labels(readout: Readout) -> Iterator[str]:
    """Yield the labels of sections, items and footnotes: browsers may add such numbers."""
    for block in descendants(readout.body):
        match block:
            case Section(label=label):
                yield label or ""
            case BulletList(items=parts) | OrderedList(items=parts) | Footnotes(notes=parts):
                yield from (part.label or "" for part in parts)
            case _:
                pass


def _repeated_in_footnotes(readout: Readout) -> frozenset[str]:
    """Return what a page may repeat before its footnotes: labels, also doubled, and MediaWiki's "^"."""
    labels = {note.label or "" for note in _footnotes(readout)}
    return frozenset(("^", *labels, *(label * 2 for label in labels))) if labels else frozenset()


def _footnotes(readout: Readout) -> Iterator[Footnote]:
    return (note for block in descendants(readout.body) if isinstance(block, Footnotes) for note in block.notes)


def _with_readings(inlines: Inlines) -> str:
    """Return the text with the reading of each ruby after its base."""
    return "".join(map(_text_of_node, inlines))


def _text_of_node(node: Inline) -> str:
    match node:
        case Ruby(base, reading):
            return f"{_with_readings(base)} {reading} "
        case Formula(text=text):
            return f" {text} "
        case str() | Code() | LineBreak():
            return plain_text((node,))
        case _:
            return _with_readings(node.children)


def _take_from(count: Counter[str], words: Sequence[str]) -> list[str]:
    """Subtract from `count` those of `words` that it contains; return them in order."""
    found = []
    for word in words:
        if (left := count.get(word, 0)) > 0:
            count[word] = left - 1
            found.append(word)
    return found


def _first_occurrences(words: Sequence[str], numbers: Counter[str]) -> list[str]:
    """Return the first occurrences of each word, in order, at most as many as `numbers` says."""
    return _take_from(Counter(numbers), words)


def _take_fields(
    fields: Sequence[tuple[str, list[str]]], kept: Sequence[list[str]], body: Sequence[list[str]]
) -> tuple[list[list[str]], list[tuple[str, list[str]]]]:
    """Pair each field with a text of `kept` that has the same letters; return the texts and fields without a pair.

    Spaces are ignored: the page may have none after "by". Texts of the body are not paired.
    """
    free = Counter(map("".join, kept)) - Counter(map("".join, body))
    taken: Counter[str] = Counter()
    pending = []
    for name, words in fields:
        letters = "".join(words)
        if taken[letters] < free[letters]:
            taken[letters] += 1
        else:
            pending.append((name, words))
    rest = []
    for text in kept:
        letters = "".join(text)
        if taken[letters] > 0:
            taken[letters] -= 1
        else:
            rest.append(text)
    return rest, pending


def _without_punctuation(word: str) -> str:
    return _PUNCTUATION.sub("", word) or word


def _words_of_all(texts: Iterable[str]) -> list[str]:
    """Return the words of `texts` without characters that the model forbids."""
    # The check of `printable` is fast for a string without line feeds.
    return words_of_all(printable(" ".join(text.split())) for text in texts)
