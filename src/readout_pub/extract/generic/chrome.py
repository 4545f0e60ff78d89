"""Marks the blocks that are boilerplate ("chrome") whatever their lines score: navigation, footers, hidden copies.

Most names, such as "menu", mark only blocks with little of the page's prose. Marking every block with such
a name was measured and is worse (see decision 10): forums name their posts "comments", and some pages are one block
named "cookie-notice".

Hidden blocks that a visitor can open (accordions, tabs) count as text, and so do their buttons. Other hidden blocks are
templates, copies for print, and messages.

Later stages leave out each `button` and each hidden element. So before the page is split into lines, the functions
`hide_…` make elements buttons or hidden; the functions `show_…` rename elements that would be left out.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice, takewhile

from readout_pub.extract.captions import is_button_on_photo, names_caption
from readout_pub.extract.dates import find_date
from readout_pub.extract.generic.text_blocks import ElementBox, Line
from readout_pub.extract.generic.weights import Weights, load_weights
from readout_pub.extract.image_urls import declared_size, is_image_url
from readout_pub.html_elements import AROUND_MENU_BUTTONS, HEADINGS
from readout_pub.sentences import COLONS, ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, has_more_children, text_of_element

HIDDEN_DUPLICATE = "copy"
"""`ElementBox.chrome` of a hidden block whose text the page also shows elsewhere."""

COOKIE_DIALOG = "cookie dialog"
"""`ElementBox.chrome` of a dialog that asks for consent to cookies; its text is never kept."""

LARGE_SHARE = 0.4
"""A box with at least this share of the page's prose is the page itself, whatever its name."""

_WHOLE_TEXT_SHARE = 0.95
"""A box with at least this share of the page's prose is kept, even if it is named "comments"."""

_BODY = frozenset({"body", "content"})
"""Traits of the body of the page, which has both."""
_POSTS = ("li", "article")
_MIN_POSTS = 3
_MAX_SEARCH_FORM = 600
"""In letters; a longer block shows results."""
NAVIGATION = frozenset({"<nav>", "menu", "role navigation", "role menubar"})
COMMENTS = "comments"
"""The trait, and the value of `ElementBox.chrome`, of comments by readers."""
PLAIN_CHROME = frozenset({
    "<nav>", "<footer>", "consent", "official", "role banner", "role contentinfo", "role dialog", "role alertdialog",
    "role menu", "role menubar", "role navigation", "role search", "role tooltip",
})  # fmt: skip
"""Chrome that is identified by its element or role. `--keep most` adds the prose of other chrome."""
CHROME_WITHOUT_TEXT = PLAIN_CHROME - NAVIGATION - {"consent"} | {COOKIE_DIALOG, HIDDEN_DUPLICATE}
"""Chrome that is never text, except for sentences in `PARTS_OF_SECTIONS`. A menu may be a list of the page's parts, and
a box named "consent" may hold a document about cookies."""
PARTS_OF_SECTIONS = frozenset({"<footer>", "role banner", "role contentinfo"})
"""Headers and footers: a section of the text may have its own."""
_FORM = ("form", "input", "button", "select")

_DIALOG_ROLES = frozenset({"role dialog", "role alertdialog"})
_MAX_BOXES_AROUND_DIALOG = 4
_COOKIE_BAR = re.compile(
    r"(?:cookie|onetrust)[\w-]{0,20}?(?:banner|bar|consent|dialog|message|modal|notice|popup|prompt)(?![a-z])",
    re.IGNORECASE,
)
"""Names of bars that ask for consent to cookies, such as "eu-cookie-compliance-banner"."""
_COOKIE_SUBJECT = re.compile(
    r"cookie|privacy|data protection|personal data|datenschutz|confidentialité|données personnelles|privacidad|"
    r"protección de datos|privacidade|riservatezza|dati personali|persoonsgegevens",
    re.IGNORECASE,
)
"""Headlines of documents about cookies, whose boxes may have names like `_COOKIE_BAR`."""
_DOCUMENT = ("main", "article")

_DOCUMENT_TRAITS = frozenset({"<main>", "<article>", "role main"})
_NAMES_OF_SECTIONS = frozenset({COMMENTS, "share", "subscribe"})
"""Names that may tell the subject of a section: "social-policy" has the trait "share"."""
_MAX_BOXES_TO_HEADING = 5
_NETWORK = re.compile(
    r"mailto:|\b(?:facebook|twitter|linkedin|whatsapp|telegram|instagram|x)\.(?:com|org)\b", re.IGNORECASE
)
_NOTE_TRAITS = frozenset({"popup", "role alert"})
_MAX_BOXES_AROUND_NOTE = 12
_ALERT = re.compile(r"(?<![a-z])alerts?(?![a-z])", re.IGNORECASE)
"""Classes of notes in a text, as in Bootstrap ("alert alert-info")."""

_MIN_DUPLICATE_SHARE = 0.7
"""More than this share of a copy recurs elsewhere; the rest may differ, such as the form of a date."""


def mark_chrome(
    boxes: Sequence[ElementBox],
    lines: Sequence[Line],
    prose: Mapping[ElementBox, int],
    prose_lines: Sequence[int],
    weights: Weights,
    *,
    is_forum: bool,
) -> None:
    """Set `chrome` of every box: the trait that makes it boilerplate, COOKIE_DIALOG, HIDDEN_DUPLICATE, or None.

    The descendants of a box that is boilerplate get its value. `prose` maps each box to how many letters of prose it
    contains, chrome included. `prose_lines` are the indices of the lines of prose. On a forum, comments and signatures
    (`weights.never_text`) are the text.
    """
    total = prose.get(boxes[0], 0) if boxes else 0
    large = LARGE_SHARE * total
    headline = next((line for line in lines if line.box.element.tag == "h1"), None)
    duplicates = find_hidden_duplicates(boxes, lines)
    elements_around = _ElementsAround(boxes[0].element if boxes else None)
    cookie_dialogs = frozenset(box for box in boxes if _is_cookie_dialog(box, headline, elements_around))
    posts_of_author = _posts_of_author(boxes)
    for box in boxes:
        if box in cookie_dialogs:
            box.chrome = COOKIE_DIALOG
            continue
        # Rows of a data table are kept or left out together, so the class "ad" of a row is ignored.
        if box.parent and (box.parent.chrome or box.parent.data_table):
            box.chrome = box.parent.chrome
            continue
        decisive = box.traits & weights.chrome_traits if not large or prose.get(box, 0) < large else frozenset()
        contradicted = _names_contradicted_by_content(box, prose.get(box, 0), elements_around, prose_lines)
        if not box.traits.isdisjoint(_NAMES_OF_SECTIONS) and _is_section_of_text(
            box, boxes, elements_around, prose_lines
        ):
            contradicted |= _NAMES_OF_SECTIONS
        decisive -= contradicted
        lacks_headline = headline is not None and not box.contains_line(headline)
        # An `article` with the headline is the text, even in a box with the role "complementary".
        if "role complementary" in decisive and headline is not None and not lacks_headline:
            decisive -= {"role complementary"} if _is_in_article(headline) else set()
        is_text = prose.get(box, 0) >= large and _fills_body(box)
        if not is_forum and lacks_headline and prose.get(box, 0) < _WHOLE_TEXT_SHARE * total and not is_text:
            no_chrome = contradicted | ({COMMENTS} if box in posts_of_author else set())
            decisive |= box.traits & weights.never_text - no_chrome
        box.chrome = HIDDEN_DUPLICATE if box in duplicates else min(decisive, default=None)


def _is_cookie_dialog(box: ElementBox, headline: Line | None, elements_around: _ElementsAround) -> bool:
    """Return whether a box is a dialog or bar outside of the document, with buttons for consent to cookies."""
    is_dialog = not _DIALOG_ROLES.isdisjoint(box.traits)
    if not (is_dialog or _is_cookie_bar(box, headline)) or not elements_around.has_button(box.element):
        return False
    around = takewhile(
        lambda each: each.element not in elements_around.documents and not (headline and each.contains_line(headline)),
        box.self_and_ancestors(_MAX_BOXES_AROUND_DIALOG),
    )
    is_named = any("consent" in each.traits for each in around)
    return is_named and next(box.element.iterancestors(*_DOCUMENT), None) is None


def _is_cookie_bar(box: ElementBox, headline: Line | None) -> bool:
    """Return whether a box is named as a cookie bar, and the headline is about something else."""
    names = box.class_and_id
    is_named = "consent" in box.traits and _COOKIE_BAR.search(names) is not None
    return is_named and headline is not None and _COOKIE_SUBJECT.search(headline.text) is None


def _is_in_article(headline: Line) -> bool:
    return next(headline.box.element.iterancestors("article"), None) is not None


def _fills_body(box: ElementBox) -> bool:
    """Return whether a box has all lines of the body of the page.

    Such a box may be named "comments", since readers may comment on a selection.
    """
    around = box.parent
    return around is not None and (around.first, around.last) == (box.first, box.last) and around.traits >= _BODY


def _posts_of_author(boxes: Sequence[ElementBox]) -> frozenset[ElementBox]:
    """Return the posts by the person who began a thread: only those are named "discussion" or the like."""
    named = [box for box in boxes if COMMENTS in box.traits and box.signature[1] and box.element.tag in _POSTS]
    if not named:
        return frozenset()
    posts = Counter(map(_row_of, boxes))
    named_posts = Counter(map(_row_of, named))
    return frozenset(
        box for box in named if posts[row := _row_of(box)] >= _MIN_POSTS and 2 * named_posts[row] < posts[row]
    )


def _row_of(box: ElementBox) -> tuple[ElementBox | None, str, str]:
    return box.parent, str(box.element.tag), (box.signature[1] or "").partition(" ")[0]


class _ElementsAround:
    """The elements around controls, documents and certain links. One search for all boxes avoids quadratic time."""

    def __init__(self, root: LxmlElement | None) -> None:
        self._root = root

    @functools.cached_property
    def forms(self) -> frozenset[LxmlElement]:
        return elements_around(self._root, *_FORM)

    @functools.cached_property
    def documents(self) -> frozenset[LxmlElement]:
        return elements_around(self._root, *_DOCUMENT)

    @functools.cached_property
    def fields(self) -> frozenset[LxmlElement]:
        return elements_around(self._root, "form", "input", "select", "textarea")

    @functools.cached_property
    def links_to_networks(self) -> frozenset[LxmlElement]:
        return elements_around(self._root, "a", where=lambda link: _NETWORK.search(link.get("href") or "") is not None)

    def has_button(self, element: LxmlElement) -> bool:
        """Return whether an element contains a control or a link that is drawn as a button."""
        return element in self.forms or element in self.drawn_buttons

    @functools.cached_property
    def drawn_buttons(self) -> frozenset[LxmlElement]:
        return elements_around(self._root, "a", where=is_drawn_as_button)

    @functools.cached_property
    def links(self) -> frozenset[LxmlElement]:
        return elements_around(self._root, "a")

    @functools.cached_property
    def enlarged_photos(self) -> frozenset[LxmlElement]:
        return elements_around(self._root, "a", where=_enlarges_image)


def _enlarges_image(link: LxmlElement) -> bool:
    return is_image_url(link.get("href") or "") and next(link.iter("img"), None) is not None


def is_drawn_as_button(link: LxmlElement) -> bool:
    """Return whether a link is a button by its role or its class."""
    return link.get("role") == "button" or _BUTTON_CLASS.search(link.get("class") or "") is not None


def runs_script(link: LxmlElement) -> bool:
    """Return whether a link has no address, or one that only runs a script."""
    return _SCRIPT_ADDRESS.fullmatch(link.get("href") or "") is not None


def elements_around(
    root: LxmlElement | None, *tags: str, where: Callable[[LxmlElement], bool] = lambda _: True
) -> frozenset[LxmlElement]:
    """Return the elements in `root` that have one of `tags` and pass the test `where`, and all their ancestors."""
    found: set[LxmlElement] = set()
    for element in filter(where, root.iter(*tags)) if root is not None else ():
        each: LxmlElement | None = element
        while each is not None and each not in found:
            found.add(each)
            each = each.getparent()
    return frozenset(found)


def _names_contradicted_by_content(
    box: ElementBox, prose: int, elements_around: _ElementsAround, prose_lines: Sequence[int]
) -> frozenset[str]:
    """Return the traits of a box that its content contradicts, such as "search" for a box without a form.

    On annotated pages, half of the letters in such boxes are text.
    """
    found = set[str]()
    if "search" in box.traits and (box.size > _MAX_SEARCH_FORM or box.element not in elements_around.forms):
        found.add("search")
    # Neither an advertisement nor a menu has paragraphs.
    if prose * 2 >= box.size > 0 and not box.traits.isdisjoint({"ad", "menu"}):
        found |= {"ad"} if box.element in elements_around.forms else {"ad", "menu"}
    if "menu" in box.traits and box.element.tag in _LISTS and prose and box.linked_size * _MIN_DESCRIPTION <= box.size:
        found.add("menu")
    # Nobody can share or subscribe without a link or a form.
    may_lack_links = not box.traits.isdisjoint({"share", "subscribe"}) and not box.linked_size
    if may_lack_links and box.element not in elements_around.links and box.element not in elements_around.forms:
        found |= {"share", "subscribe"}
    if "popup" in box.traits and box.element in elements_around.enlarged_photos:
        found.add("popup")
    if not box.traits.isdisjoint(_NOTE_TRAITS) and _is_note_in_text(box, elements_around, prose_lines):
        found |= _NOTE_TRAITS
    if "consent" in box.traits and not elements_around.has_button(box.element) and _is_in_document(box):
        found.add("consent")
    return frozenset(found)


def _is_in_document(box: ElementBox) -> bool:
    around = box.parent.self_and_ancestors(_MAX_BOXES_AROUND_NOTE) if box.parent else ()
    return any(not _DOCUMENT_TRAITS.isdisjoint(each.traits) for each in around)


def _is_note_in_text(box: ElementBox, elements_around: _ElementsAround, prose_lines: Sequence[int]) -> bool:
    """Return whether a box named "alert" is a note in the text.

    A short note, such as "Log in to reply", also needs a paragraph below it.
    """
    # The parts of a note have its name too: "usa-alert__heading".
    around = box.self_and_ancestors(_MAX_BOXES_AROUND_NOTE)
    *_, note = takewhile(lambda each: not each.traits.isdisjoint(_NOTE_TRAITS), around)
    is_alert = "role alert" in note.traits or _ALERT.search(note.signature[1] or "")
    if not is_alert or box.element in elements_around.fields:
        return False
    above, own, below = _prose_around(note, prose_lines)
    return above > 0 and (own > 0 or below > 0)


def _prose_around(box: ElementBox, prose_lines: Sequence[int]) -> tuple[int, int, int]:
    """Return how many lines of prose the nearest larger box has above, in and below a box."""
    within = (box.first, box.last)
    boxes = box.self_and_ancestors(_MAX_BOXES_AROUND_NOTE)
    around = next((each for each in boxes if (each.first, each.last) != within), box)
    start, above, below, end = (
        bisect_left(prose_lines, index) for index in (around.first, box.first, box.last, around.last)
    )
    return above - start, below - above, end - below


def _is_section_of_text(
    box: ElementBox, boxes: Sequence[ElementBox], elements_around: _ElementsAround, prose_lines: Sequence[int]
) -> bool:
    """Return whether a box is a section of the text, despite a name such as "social-policy" or "discussion"."""
    if elements_around.has_button(box.element) or box.element in elements_around.links_to_networks:
        return False
    parts = boxes[box.index + 1 : box.end]
    heading = next((each for each in parts[:_MAX_BOXES_TO_HEADING] if each.is_heading), None)
    if heading is None or heading.first != box.first:
        return False
    if any(not each.traits.isdisjoint(_NAMES_OF_SECTIONS) for each in parts):
        return False
    return min(_prose_around(box, prose_lines)) > 0


def find_hidden_duplicates(boxes: Sequence[ElementBox], lines: Sequence[Line]) -> frozenset[ElementBox]:
    """Return the copies of slides, and the outermost hidden boxes whose lines mostly recur in shown boxes.

    Some ministries put a second copy of a press release on the page, for print.
    """
    likely = [box for box in boxes if (name := box.signature[1]) and ("clone" in name or "duplicate" in name)]
    named = _outermost(likely, _is_named_as_copy_of_slide)
    copies = frozenset(box for box in named if not box.size) | _recurring(named, named, lines)
    hidden = _outermost(boxes, lambda box: bool(box.traits & HIDDEN_TRAITS and box.parent))
    return copies | _recurring(hidden, [*hidden, *copies], lines)


def _outermost(boxes: Sequence[ElementBox], is_wanted: Callable[[ElementBox], bool]) -> list[ElementBox]:
    """Return the boxes that are wanted, without those inside another of them."""
    found: list[ElementBox] = []
    for box in boxes:
        if is_wanted(box) and not (found and found[-1].contains_box(box)):
            found.append(box)
    return found


def _recurring(
    boxes: Sequence[ElementBox], apart: Sequence[ElementBox], lines: Sequence[Line]
) -> frozenset[ElementBox]:
    """Return those of `boxes` whose lines mostly recur outside of the boxes `apart`."""
    if not boxes:
        return frozenset()
    indices = {index for box in apart for index in range(box.first, box.last)}
    others = {line.text for line in lines if line.index not in indices}

    def recurring_size(box: ElementBox) -> int:
        return sum(line.size for line in lines[box.first : box.last] if line.text in others)

    return frozenset(box for box in boxes if recurring_size(box) > _MIN_DUPLICATE_SHARE * box.size > 0)


_COPY_OF_SLIDE = re.compile(
    r"(?<!\S)(?:slick-cloned|swiper-slide-duplicate|bx-clone|tns-slide-cloned|(?:splide|glide)__slide--clone)(?!\S)"
    r"|(?<!\S)owl-item cloned(?!\S)|^clone$"
)
"""Classes of copies at both ends of an endless slider: Slick, Swiper, bxSlider, Tiny Slider, Splide, Glide, Owl,
FlexSlider."""
_MAX_SLIDES = 60


def _is_named_as_copy_of_slide(box: ElementBox) -> bool:
    if not _is_named_copy(box.element):
        return False
    beside = (islice(box.element.itersiblings(preceding=side), _MAX_SLIDES) for side in (True, False))
    return any(each.tag == box.element.tag and not _is_named_copy(each) for side in beside for each in side)


def _is_named_copy(element: LxmlElement) -> bool:
    return _COPY_OF_SLIDE.search(element.get("class") or "") is not None


_SCRIPT_ADDRESS = re.compile(r"#?|javascript:.*", re.IGNORECASE | re.DOTALL)
_BUTTON_CLASS = re.compile(r"(?<![a-z])(?:btn|button|cta|call-?to-?action)(?![a-z])", re.IGNORECASE)
HIDDEN_TRAITS = frozenset({"hidden", "hidden by attribute", "hidden by style"})
"""Traits of blocks that are hidden on every screen or on some."""

_LISTS = frozenset({"ul", "ol"})
_MIN_DESCRIPTION = 4
"""A list with at least this many letters for each letter in a link describes its links."""
_INLINE_COUNTERS = frozenset({"span", "b", "strong", "small"})
_PHOTO_OF_TOTAL = re.compile(r"\s*\d{1,3}\s*/\s*\d{1,3}\s*")
"""The counter of a gallery, such as "1 / 12"."""
_ADDRESS = re.compile(r"\s*https?://\S+\s*")
_PROPERTIES_OF_PAGE = frozenset({"image", "logo", "mainEntityOfPage", "publisher", "thumbnailUrl"})
"""Properties of schema.org with data about a page."""
_MAX_MICRODATA = 100
"""In characters; a longer text is part of the document."""
_PRINT_ONLY = re.compile(
    r"(?<![\w-])(?:visible-print(?:-\w+)?|print-only|only-print|d-none d-print-block|print-?(?:footer|header))"
    r"(?![\w-])",
    re.IGNORECASE,
)
"""Classes and ids, as in Bootstrap."""
_MAX_PRINT_ONLY = 200
"""In characters; a longer block for print can be the text of the page."""
_INLINE = ("span", "b", "strong", "i", "em", "small")
_HIDING_STYLE = re.compile(r"(?<![\w-])display\s?:\s?none(?![\w-])", re.IGNORECASE)
_FOR_SCREEN_READERS = re.compile(
    r"(?<![\w-])(?:(?:usa-)?sr-only|visually-?hidden|screen-reader(?:-text|-only)?|element-invisible|(?:yui3-)?hide-accessible|a11y-hidden)(?![\w-])",
    re.IGNORECASE,
)
"""Classes, as in Bootstrap, USWDS, WordPress, Drupal and Liferay."""
_MAX_HIDDEN_INLINE = 200
"""In characters; a longer element can be the rest of a text."""
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?")
_MAX_BESIDE_TIMESTAMP = 200
"""In characters; a longer parent is a paragraph of the text."""
_TOOLTIP = re.compile(
    r"(?<![a-z])tool-?tip(?P<panel>[-_]*(?:text|content|inner|box|body|bubble))?(?![a-z])", re.IGNORECASE
)
"""Classes of tooltips. A class that names no panel, such as "tooltip", may be that of the explained word."""
_TOOLTIP_ATTRIBUTES = frozenset({"title", "data-title", "data-tooltip", "data-original-title", "aria-describedby"})
_EXPLANATION = re.compile(r"(?<![a-z])(?:tool-?tip|popover|glossary|definition)(?![a-z])", re.IGNORECASE)
_TEXTS_OF_POPOVERS = frozenset({"data-content", "data-bs-content"})
_LINES = frozenset({"p", "li", "td", "dd", "dt", "span", *HEADINGS})
_CELL_LABELS = ("data-label", "data-title", "data-th")
"""Attributes that repeat the name of a column in its cells, for narrow screens."""
_CELL_LABEL_TAGS = frozenset({"span", "b", "strong", "div"})
_SLIDE_ATTRIBUTES = frozenset({"data-slide", "data-bs-slide", "data-slide-to", "data-bs-slide-to"})
_TARGETS = ("aria-controls", "data-target", "data-bs-target", "data-toggle-target", "data-controls", "href")
"""Attributes with the id of the block that a button opens."""
_BUTTON_MARKS = frozenset(("aria-expanded", "aria-controls", "aria-selected", "data-toggle", "data-bs-toggle"))
"""Attributes of elements that open others (WAI-ARIA, Bootstrap)."""
_BUTTON_ROLES = frozenset({"button", "tab"})
_TEXT_BLOCKS = frozenset({"p", "ul", "ol", "table", *HEADINGS})
"""A button with one of these is the heading of a panel, or lacks its end tag."""
_PANEL_ROLES = frozenset({"tabpanel"})
_MAX_AROUND_MENU = 5
"""The panel of a menu has few child elements: the `nav` and decoration."""
_MIN_PHOTO_WIDTH = 200
"""In pixels; icons in buttons mostly have 16 to 48."""
_MIN_HIDDEN_ITEM, _MIN_HIDDEN_ITEMS = 60, 3
"""How many letters each hidden item needs, and how many items a hidden list needs, to count as text."""
_MIN_ANSWERS, _MAX_QUESTION = 3, 300
"""How many hidden blocks of one kind are answers, and how many characters a question may have."""
_LABEL_OF_CAPTION = re.compile(
    r"\s{0,9}(?:(?:photo |image |picture )?caption|bildunterschrift|bildtext|bildbeschreibung|pie de (?:foto|imagen)|"
    r"légende(?: de (?:la photo|l['’]image))?|legenda da (?:foto|imagem)|didascalia|(?:foto)?bijschrift|billedtekst|"
    r"bildetekst|kuvateksti|popisek|podpis pod zdjęciem|подпись(?: к фото)?|підпис(?: до фото)?|キャプション|图片说明)"
    r"\s{0,9}[:：,]\s{0,9}",
    re.IGNORECASE,
)
"""Readers recognise a caption without its label."""
_TOGGLE = re.compile(
    r"[\s,]{0,9}(?:show|hide|open|close|expand|collapse|anzeigen|(?:ein|aus)blenden|öffnen|schließen|(?:ein|aus|auf|zu)klappen|"
    r"afficher|masquer|ouvrir|fermer|mostrar|ocultar|abrir|cerrar|fechar|mostra|nascondi|apri|chiudi|toon|verberg|"
    r"visa|dölj|vis|skjul)(?: this section)?[\s+–-]{0,9}",
    re.IGNORECASE,
)
"""Words such as "Show" beside the heading in a button."""
_TOGGLE_NAME = re.compile(r"(?<![a-z])(?:toggle|icon|chevron|arrow|indicator)(?![a-z])", re.IGNORECASE)
"""Classes of elements with words of `_TOGGLE`; other elements may say that a consultation is "Open"."""
_TOGGLE_ALL = re.compile(
    r"\s{0,9}(?:(?:show|hide|open|close|expand|collapse) all(?: sections| \+)?|"
    r"alle(?:s| abschnitte)? (?:anzeigen|ausblenden|öffnen|schließen|(?:auf|zu|ein|aus)klappen)|"
    r"tout (?:afficher|masquer|ouvrir|fermer|déplier|replier)|"
    r"(?:mostrar|ocultar|abrir|cerrar) tod[oa]s?|(?:mostra|nascondi|apri|chiudi) tutt[oi]|"
    r"alles (?:tonen|openen|sluiten)|(?:visa|dölj) alla?|(?:vis|skjul) alle)\s{0,9}",
    re.IGNORECASE,
)
_STATES = frozenset(
    "active inactive show shown current selected hidden hide fade in open opened visible is-active slick-active "
    "slick-current slick-center".split()
)
"""Classes that tell which of several panels is shown."""
_MAX_ELEMENTS_OF_OPENER = 12
"""Larger blocks are text rather than buttons."""


def show_attributions(root: LxmlElement) -> None:
    """Rename the `footer` of a quotation, which names its author (WHATWG HTML): a `footer` would be left out."""
    for footer in list(root.iter("footer")):
        if next(footer.iterancestors("blockquote"), None) is not None:
            footer.tag = "div" if any(each.tag in _TEXT_BLOCKS for each in footer.iterdescendants()) else "p"


def show_buttons(root: LxmlElement) -> None:
    """Rename the buttons whose words belong to the text, such as the heading of an accordion.

    Photos that a button enlarges are put before the button.
    """
    menus = frozenset(_ids_of_menus(root))
    for button in list(root.iter("button")):
        is_content = next(button.iterancestors(*AROUND_MENU_BUTTONS), None) is None
        if is_content and _enlarges_photo(button):
            for photo in list(button.iter("picture")) or list(button.iter("img")):
                photo.tail = None
                button.addprevious(photo)
        if not menus.isdisjoint((button.get("aria-controls") or "").split()):
            continue
        if any(each.tag in _TEXT_BLOCKS for each in button.iterdescendants()):
            button.tag = "div"
        elif is_content and _is_explained_word(button):
            button.tag = "span"
        elif "aria-expanded" in button.attrib and is_content and not _TOGGLE_ALL.fullmatch(text_of_element(button)):
            _hide_toggles(button)
            button.tag = "span"
            button.set("role", "button")


def _hide_toggles(button: LxmlElement) -> None:
    """Hide words such as "Show" after the heading in a button."""
    *others, last = list(button) or [button]
    is_named = _TOGGLE_NAME.search(last.get("class") or "") is not None or is_for_screen_readers(last)
    is_toggle = is_named and _TOGGLE.fullmatch(text_of_element(last)) is not None and not (last.tail or "").strip()
    if last is button or not is_toggle or not _has_words_beside(button, last):
        return
    separators = (each for each in others if not any(map(str.isalnum, text_of_element(each))))
    for each in (last, *separators):
        each.set("hidden", "")
        each.tag = "button"


def _is_explained_word(button: LxmlElement) -> bool:
    """Return whether a button is a word of a sentence, with a tooltip, popover or glossary."""
    if button.get("role") == "tooltip":
        return False
    names = " ".join(button.get(name) or "" for name in ("class", "data-toggle", "data-bs-toggle"))
    line = button.getparent()
    has_text = not _TEXTS_OF_POPOVERS.isdisjoint(button.keys())
    is_explained = has_text or "aria-describedby" in button.attrib or _EXPLANATION.search(names) is not None
    is_in_line = line is not None and (line.tag in _LINES or (has_text and line.tag == "div"))
    return is_explained and is_in_line and line is not None and _has_words_beside(line, button)


def hide_repeated_labels(root: LxmlElement) -> None:
    """Rename to `button` the element that repeats the name of a column in its cells, for narrow screens."""
    for cell in root.iter("td"):
        label = next(filter(None, map(cell.get, _CELL_LABELS)), None)
        first = next(iter(cell), None)
        if label is None or first is None or first.tag not in _CELL_LABEL_TAGS or (cell.text or "").strip():
            continue
        if text_of_element(first).rstrip(": ") == label.strip().rstrip(": ") and _has_words_beside(cell, first):
            first.tag = "button"


def hide_slide_controls(root: LxmlElement) -> None:
    """Rename to `button` the links that move a carousel, such as "Previous" and "Next"."""
    for link in root.iter("a"):
        if not _SLIDE_ATTRIBUTES.isdisjoint(link.keys()):
            link.tag = "button"


def hide_download_buttons(root: LxmlElement) -> None:
    """Rename to `button` a link such as "Download" or "Preview" right after a link that names the file."""
    for link in list(root.iter("a")):
        before = link.getprevious()
        if before is None or before.tag != "a" or not before.get("href") or (before.tail or "").strip():
            continue
        is_repeated = link.get("href", before.get("href")) == before.get("href")
        is_button_link = runs_script(link) and _BUTTON_CLASS.search(link.get("class") or "")
        if is_button_link or (is_repeated and is_button_on_photo(text_of_element(link))):
            link.tag = "button"


def hide_buttons_in_captions(root: LxmlElement) -> None:
    """Rename to `button` the counter of a gallery ("1 / 2") and links such as "Photo details" in captions."""
    for caption in root.iter("figcaption"):
        for link in list(caption.iterchildren("a")):
            if is_button_on_photo(text_of_element(link)) and _has_words_beside(caption, link):
                link.tag = "button"
        first = next(iter(caption), None)
        if first is None or first.tag not in _INLINE_COUNTERS or (caption.text or "").strip():
            continue
        if (first.tail or "").lstrip()[:1].islower():  # "1/3 of the lamps"
            continue
        if _PHOTO_OF_TOTAL.fullmatch(text_of_element(first)) and _has_words_beside(caption, first):
            first.tag = "button"


def hide_labels_of_captions(root: LxmlElement) -> None:
    """Rename to `button` the label at the start of a caption, such as "Caption:"."""
    for label in root.iter("span", "b", "strong", "em", "div"):
        caption = label.getparent()
        if caption is None or (caption.text or "").strip() or label.getprevious() is not None:
            continue
        is_caption = caption.tag == "figcaption" or names_caption(caption.get("class") or "")
        if is_caption and _LABEL_OF_CAPTION.fullmatch(text_of_element(label)) and _has_words_beside(caption, label):
            label.set("hidden", "")
            label.tag = "button"


def hide_labels_of_fields(root: LxmlElement) -> None:
    """Rename to `button` the label of a field, such as "Search in the text" or "Sort by"."""
    labels: dict[LxmlElement, list[LxmlElement]] = {}
    for label in root.iter("label"):
        if (block := label.getparent()) is not None:
            labels.setdefault(block, []).append(label)
    for block, (label, *more) in labels.items():
        others = [each for each in block if each is not label] if not more else []
        is_field = any(each.tag == "input" and each.get("type", "text") in {"text", "search"} for each in others)
        # The label of a text field is renamed only in a block without other words.
        if is_field and all(each.tag in _FORM for each in others) and not _has_words_beside(block, label):
            label.tag = "button"
        for each in (label, *more):
            if next(each.iter("select"), None) is not None:
                each.tag = "button"


def hide_print_only_lines(root: LxmlElement) -> None:
    """Hide short blocks that are shown only in print, such as a letterhead."""
    for element in root.iter("div", "p", "span", "section"):
        if (
            element.keys()  # most have no attributes
            and _PRINT_ONLY.search(f"{element.get('class')} {element.get('id')}")
            and len(text_of_element(element)) <= _MAX_PRINT_ONLY
        ):
            element.set("hidden", "")


def hide_microdata(root: LxmlElement) -> None:
    """Rename to `button` the microdata of the page: a printed URL, such as that of its logo, and the items around it.

    Other items are text: the place of an event may have a URL, too.
    """
    for element in root.iter():
        if element.get("itemprop") and _ADDRESS.fullmatch(text_of_element(element)):
            around = list(takewhile(_is_microdata, (element, *element.iterancestors())))
            while around and _PROPERTIES_OF_PAGE.isdisjoint((around[-1].get("itemprop") or "").split()):
                around.pop()
            for each in around:
                each.tag = "button"


def _is_microdata(element: LxmlElement) -> bool:
    """Return whether an element is a property of an item, and has no links, images or long texts."""
    is_property = element.get("itemprop") is not None and next(element.iter("a", "img", "p"), None) is None
    return is_property and all(
        len(text) <= _MAX_MICRODATA or _ADDRESS.fullmatch(text.strip()) for text in map(str, element.itertext())
    )


def hide_tooltips(root: LxmlElement) -> None:
    """Rename to `button` the tooltips within lines, which show only while the pointer is on a word."""
    read_traits = load_weights().trait_reader.traits
    for element in root.iter("span", "small", "i", "em"):
        name = _TOOLTIP.search(element.get("class") or "")
        is_hidden = name is not None and not HIDDEN_TRAITS.isdisjoint(read_traits(element))
        is_panel = name is not None and name["panel"] and not _has_tooltip(element)
        if is_hidden or is_panel or element.get("role") == "tooltip":
            element.tag = "button"
            element.set("role", "tooltip")


def _has_tooltip(element: LxmlElement) -> bool:
    """Return whether an element has a tooltip: its words then belong to the sentence."""
    if not _TOOLTIP_ATTRIBUTES.isdisjoint(element.keys()):
        return True
    inner = element.iterdescendants("span", "small", "i", "em", "div")
    return any(each.get("role") == "tooltip" or _TOOLTIP.search(each.get("class") or "") for each in inner)


def hide_inline_elements(root: LxmlElement) -> None:
    """Rename to `button` short hidden inline elements, such as "opens in a new tab".

    An element that a button beside it may open stays. So does a sentence, which "Read more" may open.
    """
    hidden = [
        each
        for each in root.iter(*_INLINE)
        if hides_itself(each) or (each.get("class") and (_is_remark_in_link(each) or _is_label_in_heading(each)))
    ]
    opened = frozenset(_opened_ids(root)) if hidden else frozenset()
    for element in hidden:
        words = text_of_element(element)
        has_image = next(element.iter("img", "svg", "video"), None) is not None
        is_short = len(words) <= _MAX_HIDDEN_INLINE and not ends_sentence(words) and not has_image
        if is_short and element.get("id") not in opened and not any(map(_may_open, _siblings(element))):
            if _is_within_word(element) or _is_label_in_heading(element):
                element.set("hidden", "")
            element.tag = "button"


def _is_within_word(element: LxmlElement) -> bool:
    """Return whether an element is within a word, as in "ada@<span>nospam</span>e.example"."""
    previous, parent = element.getprevious(), element.getparent()
    before = (previous.tail if previous is not None else parent.text if parent is not None else None) or " "
    after = element.tail or " "
    return (before[-1].isalnum() or before[-1] == "@") and after[0].isalnum()


def hides_itself(element: LxmlElement) -> bool:
    """Return whether the own style of an element hides it."""
    style = element.get("style")
    return style is not None and _HIDING_STYLE.search(style) is not None


def is_for_screen_readers(element: LxmlElement) -> bool:
    """Return whether an element has a class for screen readers only."""
    return _FOR_SCREEN_READERS.search(element.get("class") or "") is not None


def is_unseen(element: LxmlElement) -> bool:
    """Return whether an element is hidden, or for screen readers only."""
    is_hidden = "hidden" in (element.get("class") or "").split() or "hidden" in element.attrib
    return is_hidden or hides_itself(element) or is_for_screen_readers(element)


def _is_remark_in_link(element: LxmlElement) -> bool:
    """Return whether an element for screen readers is in a link with other words."""
    link = element.getparent()
    if link is None or link.tag != "a" or not is_for_screen_readers(element):
        return False
    others = (child for child in link.iterchildren() if child is not element)
    texts = [link.text, *(child.tail for child in link.iterchildren()), *map(text_of_element, others)]
    return any(text and not text.isspace() for text in texts)


def _is_label_in_heading(element: LxmlElement) -> bool:
    """Return whether an element for screen readers is a label at the start of a heading, such as "Collection:"."""
    if not is_for_screen_readers(element):
        return False
    heading = next(element.iterancestors(*HEADINGS), None)
    label = "".join(text_of_element(element).split())
    if heading is None or not label.endswith(COLONS):
        return False
    start = ""  # of the heading, read only as far as needed
    for text in heading.itertext():
        start += "".join(str(text).split())
        if len(start) > len(label):
            return start.startswith(label)
    return False


def _siblings(element: LxmlElement) -> Iterator[LxmlElement]:
    return (each for each in (element.getprevious(), element.getnext()) if each is not None)


def hide_timestamps(root: LxmlElement) -> None:
    """Rename to `button` a timestamp for machines, such as 2031-05-04T10:00Z, beside a date for people."""
    timestamps = [each for each in root.iter("span", "abbr", "time") if _TIMESTAMP.fullmatch(text_of_element(each))]
    by_parent: defaultdict[LxmlElement | None, list[LxmlElement]] = defaultdict(list)
    for element in timestamps:
        by_parent[element.getparent()].append(element)
    for parent, elements in by_parent.items():
        beside = _TIMESTAMP.sub(" ", text_of_element(parent)) if parent is not None else ""
        if len(beside) <= _MAX_BESIDE_TIMESTAMP and find_date(beside, None) is not None:
            for element in elements:
                element.tag = "button"


def _ids_of_menus(root: LxmlElement) -> Iterator[str]:
    """Yield the ids of `nav` elements and of their panels."""
    for menu in root.iter("nav"):
        inner = menu
        yield menu.get("id") or ""
        for element in menu.iterancestors():
            if has_more_children(element, _MAX_AROUND_MENU) or _has_words_beside(element, inner):
                break
            yield element.get("id") or ""
            inner = element


def _has_words_beside(element: LxmlElement, inner: LxmlElement) -> bool:
    """Return whether an element contains words outside of its child `inner`."""
    tails = chain([element.text], (child.tail for child in element))
    others = (child for child in element if child is not inner)
    return any(text and text.strip() for text in tails) or any(
        text.strip() for child in others for text in map(str, child.itertext())
    )


def _enlarges_photo(button: LxmlElement) -> bool:
    """Return whether the image in a button is a photo rather than an icon."""
    image = next(button.iter("img"), None)
    if image is None:
        return False
    width, _ = declared_size({str(name): value for name, value in image.items()})
    is_photo = any(each.tag in {"figure", "picture"} for each in image.iterancestors())
    is_large = width is not None and width >= _MIN_PHOTO_WIDTH
    return is_large or (is_photo and width is None)


def mark_openable(boxes: Sequence[ElementBox]) -> None:
    """Remove the traits for being hidden from the boxes that a visitor can open."""
    hidden = [box for box in boxes if not HIDDEN_TRAITS.isdisjoint(box.traits)]
    has_id = any(box.element.get("id") for box in hidden)
    targets = frozenset(_opened_ids(boxes[0].element)) if has_id else frozenset()
    openable = _answers(hidden) | _tab_panels(boxes, hidden) | _entries_of_hidden_lists(hidden)
    for box in hidden:
        element = box.element
        opener = element.getprevious()
        if (
            element.get("id") in targets
            or (element.get("role") or "").lower() in _PANEL_ROLES
            or (opener is not None and _may_open(opener))
            or box in openable
        ):
            box.traits -= HIDDEN_TRAITS


def _answers(hidden: Sequence[ElementBox]) -> frozenset[ElementBox]:
    """Return the hidden boxes that look like answers to questions, even if no attribute says what opens them."""
    alike: dict[object, list[ElementBox]] = {}
    hidden_elements = {box.element for box in hidden}
    for box in hidden:
        question = box.element.getprevious()
        is_text = 2 * box.linked_size <= box.size > 0
        if question is not None and question not in hidden_elements and is_text and _is_short(question):
            alike.setdefault((box.signature, box.parent and box.parent.signature), []).append(box)
    return frozenset(box for boxes in alike.values() if len(boxes) >= _MIN_ANSWERS for box in boxes)


def _tab_panels(boxes: Sequence[ElementBox], hidden: Sequence[ElementBox]) -> frozenset[ElementBox]:
    """Return the hidden boxes beside a shown box of the same kind; tabs show one of them at a time."""
    parents = {box.parent for box in hidden}
    shown = {_panel_key(box) for box in boxes if box.parent in parents and box.size and not box.traits & HIDDEN_TRAITS}
    return frozenset(
        box for box in hidden if (key := _panel_key(box))[-1] and key in shown and 2 * box.linked_size <= box.size
    )


def _entries_of_hidden_lists(hidden: Sequence[ElementBox]) -> frozenset[ElementBox]:
    """Return the items of each list whose items are all hidden: a script must show them."""
    lists: dict[ElementBox | None, list[ElementBox]] = {}
    for box in hidden:
        if box.element.tag == "li" and box.size >= _MIN_HIDDEN_ITEM and 2 * box.linked_size <= box.size:
            lists.setdefault(box.parent, []).append(box)
    return frozenset(
        item
        for parent, items in lists.items()
        if parent is not None and len(items) >= _MIN_HIDDEN_ITEMS and len(items) == len(parent.element.findall("li"))
        for item in items
    )


def _panel_key(box: ElementBox) -> tuple[ElementBox | None, str, frozenset[str]]:
    return box.parent, str(box.element.tag), frozenset((box.signature[1] or "").split()) - _STATES


def _is_short(element: LxmlElement) -> bool:
    """Return whether an element is as short as a question."""
    return bool(_elements_of_opener(element)) and 0 < len(text_of_element(element)) <= _MAX_QUESTION


def _elements_of_opener(element: LxmlElement) -> Sequence[LxmlElement]:
    """Return an element and its descendants; () if these are too many for an opener."""
    elements = list(islice(element.iter(), _MAX_ELEMENTS_OF_OPENER + 1))
    return elements if len(elements) <= _MAX_ELEMENTS_OF_OPENER else ()


def _opened_ids(root: LxmlElement) -> Iterator[str]:
    for element in root.iter("a", "button", "summary", "div", "span", "li", "p", "label", *HEADINGS):
        if is_button(element):
            for name in _TARGETS:
                yield from (each.lstrip("#") for each in (element.get(name) or "").split())


def _may_open(opener: LxmlElement) -> bool:
    """Return whether an element beside a hidden one is a heading, or is small and has a button."""
    if opener.tag in HEADINGS:
        return True
    return any(map(is_button, _elements_of_opener(opener)))


def is_button(element: LxmlElement) -> bool:
    """Return whether an element opens and closes a block, by its name, role or attributes."""
    return (
        element.tag in {"button", "summary"}
        or (element.get("role") or "").lower() in _BUTTON_ROLES
        or not _BUTTON_MARKS.isdisjoint(element.keys())
    )
