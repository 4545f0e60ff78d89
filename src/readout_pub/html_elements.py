"""Sets of HTML elements: which start a line, which contain no text, which contain boilerplate such as menus.

A set is here if several modules use it, or if it depends on another set. At the end are the attribute and the class
that mark parts of our own HTML.
"""

from __future__ import annotations

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

BLOCKS = HEADINGS | frozenset(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer
    form header hgroup hr li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul caption
    legend noscript""".split()
)
"""Elements that browsers display as blocks: text before and after belongs to different lines."""

TEXT_BLOCKS = HEADINGS | frozenset("blockquote dl ol p pre table ul".split())
"""Blocks that usually contain text of the document; `div` and `section` often contain menus."""

WORD_BREAKS = BLOCKS | frozenset("br html option optgroup rt title".split())
"""Elements whose start and end separate words, even without white space."""

COMPARED_APART = WORD_BREAKS | frozenset("math rp".split())
"""Elements whose text the receipt never joins with the text beside it into one word.

`math` is compared without the full stop after it; the readout lacks the brackets in `rp`.
"""

STRUCK = frozenset("s del strike".split())
"""Elements whose text is no longer valid."""

SEMANTIC = HEADINGS | frozenset(
    """article aside blockquote dd details dl dt figcaption figure footer form header li main nav ol p pre section table
    td th ul tr caption address summary center""".split()
)
"""Elements whose name tells the generic extraction what they contain, unlike `div`."""

METADATA = frozenset("base link meta noscript script style template title".split())
"""Elements that stay in `head`; any other begins the body (WHATWG HTML, 13.2.6.4.4).

The standard has three more. `basefont` has no text; `bgsound` and `noframes` are removed before parsing.
"""

# --- elements without text

RAW_TEXT = ("script", "style", "iframe", "noscript", "title", "textarea", "xmp", "noembed", "noframes")
"""Elements whose content browsers do not parse as markup; `noscript` only where scripts are on."""

FOREIGN_ENDING_TAGS = HEADINGS | frozenset(
    """b big blockquote body br center code dd div dl dt em embed head hr i img li listing menu meta nobr ol p pre ruby
    s small span strong strike sub sup table tt u ul var""".split()
)
"""HTML elements whose start tag closes an open `svg` or `math` element (WHATWG HTML, 13.2.6.5)."""

UNDRAWN_IN_SVG = frozenset("desc title metadata clippath mask pattern marker style script".split())
"""Elements of SVG whose text is not drawn."""

_PRUNED = ("script", "style", "template", "iframe", "svg")  # cut out of the markup before it is parsed

_NOSCRIPT = frozenset({"noscript"})  # shown only where scripts are off; lazy images keep their copies in it
_MEDIA = frozenset("audio video canvas".split())  # their content is a fallback for old browsers
_HEAD = frozenset({"head", "title"})
_AMP = frozenset("amp-ad amp-consent amp-sidebar amp-user-notification".split())  # adverts and menus of AMP pages
_CHOICES = frozenset("select option textarea".split())

NO_TEXT = (
    _NOSCRIPT
    | _MEDIA
    | _HEAD
    | _AMP
    | _CHOICES
    | frozenset(_PRUNED)
    | frozenset("annotation embed link meta base button optgroup input datalist progress meter".split())
)
"""Elements that the generic extraction never takes for text: scripts, media fallbacks, form controls.

`object` is not here: without plug-ins, browsers show its content.
"""

UNREADABLE = frozenset({"script", "style", "template"})
"""Elements whose content is never text for readers. Receipts of pages count the words of all others."""

BESIDE_TEXT = (NO_TEXT - UNREADABLE - {"head"}) | frozenset("dialog math".split())
"""Elements whose words a receipt counts separately."""

ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
"""Elements of a table that contain its rows."""

CONTAINERS_OF_BUTTONS = HEADINGS | frozenset({"summary", "dt"})
"""Elements whose buttons are read as text: such a button is the heading of the part that it expands."""

NOT_INLINE = _MEDIA | frozenset("img input select svg textarea wbr rp".split())
"""Elements without text within a line. Images are read as figures. `rp` has brackets for old browsers."""

NAMED_WHERE_SKIPPED = _CHOICES | frozenset("button optgroup input svg dialog".split())
"""Elements that the generic extraction skips with a note on their words, since visitors can see or open them."""

FORM_CONTROLS = ("form", "input", "select", "textarea", "button")
"""Elements with which visitors enter or choose something."""

EXCLUDED_FROM_BODY = (
    "select", "textarea", "nav", "dialog:not([open])", "noscript", "audio", "video", "canvas", "svg", "input",
)  # fmt: skip
"""Elements removed from the body of a document. The notes on removed words have the same order.

`header`, `footer` and `aside` inside the body are part of its text.
"""

WITHOUT_NOTE_CALLS = UNREADABLE | frozenset("a pre code math".split())
"""Elements whose "[1]" calls no footnote: in code it is an index, and a link leads elsewhere."""

# --- elements around the text: menus, site headers and footers

_LANDMARKS = frozenset("aside footer nav".split())

AROUND_LISTS = _LANDMARKS | frozenset("form header menu".split())
"""Elements whose links are not the entries of an index page."""

PARTS_OF_SITE = _LANDMARKS | {"header"}
"""Elements whose forms belong to the site and not to the text."""

AROUND_DOCUMENTS = PARTS_OF_SITE | {"form"}
"""Elements around a document that are not part of it. `menu` is read as a list of the text."""

AROUND_MENU_BUTTONS = ("nav", "header", "footer", "form", "dialog")
"""Elements whose buttons open menus and search, not a part of the text."""

SOFT_404_CONTROLS = frozenset("a button input label".split())
"""Elements that the search for soft 404s reads separately: they say what a page asks its visitor to do."""

SOFT_404_SKIPPED = (
    _NOSCRIPT | _HEAD | _CHOICES | _LANDMARKS | SOFT_404_CONTROLS | frozenset((*_PRUNED, "object", "menu"))
)
"""Elements that the search for soft 404s does not read as text.

An error page may have only a `header`, and a question for consent is in a `form`: both are read.
"""

RESPONSE_SKIPPED = (
    _NOSCRIPT | _HEAD | _LANDMARKS | frozenset("script style template svg form header dialog button".split())
)
"""Elements that the check of fetched pages does not count as text.

A page to sign in, or one that scripts would fill, has text in `header` and `form` alone: both are skipped.
"""

# --- attributes

ALT_ORIGIN = "data-readout-alt"
"""The attribute that states the origin of an alternative text in our HTML, so that the HTML can be converted again.

"model"       a model wrote the text
"reviewed"    a model wrote it, a person reviewed it
"missing"     the caption or a placeholder stands for it
"decorative"  readers need no text
"unreviewed"  on `small`, which shows readers that a model wrote a text

A text of the page, a person's text, and a caption that a person approved have no such attribute. Without the attribute,
an empty `alt` counts as missing: an empty `alt` of a photo rarely means that the photo is decorative.
"""

LOGO = "logo"
"""The class of the picture in the masthead, which is part of the theme and not of the document."""
