"""Replaces each video, recording, map or other embedded page in the lxml tree by a figure with a link to it.

Outputs load nothing from elsewhere, so they cannot embed a player. The figure has the poster image and the caption of
the page; the text of the link is the title of the medium, or else its address. Adverts, trackers and invisible frames
are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, urlsplit

import msgspec
from bs4 import Tag
from lxml import etree

from readout_pub.extract.inline_styles import hides, makes_tiny
from readout_pub.html_elements import BLOCKS
from readout_pub.model.url_parts import strip_userinfo_of_link
from readout_pub.notes import Note, note
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

MEDIA_ATTRIBUTE = "data-linked-media"
"""Attribute of the `figure` in place of a medium; its value is the kind, such as "video"."""

_TITLE_ATTRIBUTES = ("title", "aria-label", "playlabel", "data-title", "data-name")

_KINDS = {"video": "video", "audio": "audio", "amp-video": "video", "amp-audio": "audio", "amp-youtube": "video"}
_FRAMES = ("iframe", "embed", "object", "amp-iframe", "oembed")
_PLAYERS = ("video", "audio", "amp-video", "amp-audio", "amp-youtube", "lite-youtube", "lite-vimeo", "video-js")
"""Elements of HTML, AMP and common scripts that contain a medium."""

_LAZY_PLAYER = re.compile(
    r"(?<![\w-])(?:rll-youtube-player|youtube-player|lazy-youtube|embed-youtube|js-lazyframe)(?![\w-])"
)
"""Class of an element that a script turns into a frame."""

_SOURCE_ATTRIBUTES = (  # scripts for consent and for lazy loading move the address to attributes with "data-"
    "src",
    "data",
    "data-src",
    "data-lazy-src",
    "data-cookieblock-src",
    "data-cmp-src",
    "data-src-cmplz",
    "data-litespeed-src",
    "data-url",
    "url",
    "href",
)

_IGNORED_FRAME = re.compile(
    r"googletagmanager|doubleclick|googlesyndication|google\.com/recaptcha|hcaptcha|facebook\.com/(?:plugins|tr)"
    r"|platform\.twitter\.com/widgets|platform\.twitter\.com/embed/follow|addthis|addtoany|disqus|adservice|adserver"
    r"|yektanet|taboola|outbrain|/ads?[./_-]|native-amp|banner|(?:top|site|main)[_-]?nav|[/_-](?:header|footer|menu)[_./-]"
    r"|cookie-?(?:bot|consent)|consent\.|onetrust|hotjar|clarity\.ms|matomo|piwik|livechat|accounts\.google|/login\b",
    re.IGNORECASE,
)
"""Frames of adverts, trackers, share buttons, comments, consent and menus: none is part of a document."""

_NO_MEDIUM = re.compile(r"\A(?:about:|javascript:|data:|blob:|cid:|#|\Z)", re.IGNORECASE)

_GENERIC_TITLE = re.compile(
    r"(?:youtube|vimeo|dailymotion|google|embedded|external)?[\s-]*+(?:video|audio|media|map|maps)?[\s-]*+(?:player|frame|iframe"
    r"|embed|content)?(?: ?\d++)?|inline frame(?: example)?|play(?: video)?|lecteur vidéo youtube|untitled.*",
    re.IGNORECASE,
)
"""Titles that add nothing to the address: "YouTube video player"."""

_VIDEO_HOST = re.compile(
    r"youtu\.?be|vimeo|dailymotion|brightcove|kaltura|jwplayer|wistia|/video|twitch|rutube|webtv|ustream", re.IGNORECASE
)
_AUDIO_HOST = re.compile(r"soundcloud|spotify|podcast|simplecast|buzzsprout|libsyn|/audio", re.IGNORECASE)
_MAP_HOST = re.compile(
    r"google\.[a-z.]{1,20}/maps|maps\.google|openstreetmap|mapbox|arcgis|bing\.com/maps|map\.", re.IGNORECASE
)
_VIDEO_FILE = re.compile(r"\.(?:mp4|m4v|mov|webm|ogv|wmv|avi)(?:[?#]|\Z)", re.IGNORECASE)
_PAGE_OF_VIDEO = re.compile(
    r"(?:https?:)?//(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?|embed/|live/)|youtu\.be/[\w-]{6}"
    r"|(?:player\.)?vimeo\.com/(?:video/)?\d{5})",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|pptx?|xlsx?)(?:[?#]|\Z)", re.IGNORECASE)

_YOUTUBE = re.compile(r"(?:\A|\.|//)(?:youtube(?:-nocookie)?\.com)\Z")
_PLAYER_COUNT = re.compile(r"[?&]_=\d{1,9}\Z")
"""What WordPress adds to the address of each player: "?_=1"."""
_VIDEO_ID = re.compile(r"[\w-]{6,20}")


class _Medium(msgspec.Struct, frozen=True):
    """A medium of the page: its kind, its address, its title, and the URL of its poster image."""

    kind: str
    address: str
    title: str
    poster: str


def link_media(root: LxmlElement) -> tuple[str, ...]:
    """Replace each medium below `root` by a figure that links to it; return the words of players, such as "Play"."""
    words: list[str] = []
    found = [*root.iter(*_PLAYERS, *_FRAMES)]
    found += [each for each in root.iter("div", "span") if _LAZY_PLAYER.search(each.get("class") or "")]
    found += filter(_is_poster_link, root.iter("a"))
    for element in found:
        if not _is_own_medium(element, root):
            continue
        medium = _read_medium(element)
        if medium is not None:
            words.append(text_of_element(element))
            _put_figure(element, medium)
    return tuple(filter(None, words))


def _is_poster_link(link: LxmlElement) -> bool:
    """Return whether a link leads to a video or its page, and contains a picture and no words."""
    address = link.get("href") or ""
    is_video = _VIDEO_FILE.search(address) is not None or _PAGE_OF_VIDEO.match(address) is not None
    return is_video and next(link.iter("img"), None) is not None and not text_of_element(link)


def media_notes(body: Tag) -> Iterator[Note]:
    """Yield a note for each medium in the body of a document."""
    for figure in body.find_all("figure", attrs={MEDIA_ATTRIBUTE: True}):
        link = figure.find("a", href=True)
        if link is not None:
            yield note("MEDIA_LINKED", kind=str(figure[MEDIA_ATTRIBUTE]), address=str(link["href"]))


def _is_own_medium(element: LxmlElement, root: LxmlElement) -> bool:
    """Return whether an element is still on the page, and not within another medium or `noscript`."""
    ancestors = list(element.iterancestors())
    return root in ancestors and not any(
        each.tag in {"noscript", "object"} or each.get(MEDIA_ATTRIBUTE) for each in ancestors
    )


def _read_medium(element: LxmlElement) -> _Medium | None:
    address = _address(element)
    if not address or _NO_MEDIUM.match(address) or _is_ignored(element, address):
        return None
    poster = element.get("poster") or element.get("data-poster") or ""
    if element.tag == "a":
        pictures = (img.get("data-src") or img.get("src") for img in element.iter("img"))
        poster = next(filter(None, pictures), "")
    return _Medium(_kind(element, address), address, _title(element), poster)


def _address(element: LxmlElement) -> str:
    """Return the address of a medium: its file, page or player; for YouTube and Vimeo, the page of the video."""
    name = f"{element.tag} {element.get('class') or ''}"
    video_id = next(filter(None, map(element.get, ("videoid", "data-videoid", "data-id"))), "")
    if "youtube" in name and _VIDEO_ID.fullmatch(video_id):
        return f"https://www.youtube.com/watch?v={video_id}"
    if "vimeo" in name and video_id.isdigit():
        return f"https://vimeo.com/{video_id}"
    account, video = element.get("data-account"), element.get("data-video-id")
    if account and video:
        return f"https://players.brightcove.net/{account}/default_default/index.html?videoId={video}"
    sources = [element, *element.iter("source", "param", "embed")]
    given = (each.get(name) for each in sources for name in _SOURCE_ATTRIBUTES)
    movie = (
        each.get("value") for each in element.iter("param") if (each.get("name") or "").lower() in {"movie", "src"}
    )
    address = next((value.strip() for value in (*given, *movie) if value and not _NO_MEDIUM.match(value.strip())), "")
    return _page_of_player(address)


def _page_of_player(address: str) -> str:
    """Return the page of a video for the address of a known player, else the address; "" if it is invalid."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host, path = (parts.hostname or "").lower(), parts.path.strip("/").split("/")
    if path[-2:] == ["media", "oembed"] and (
        pages := parse_qs(parts.query).get("url")
    ):  # Drupal shows players in a frame
        return strip_userinfo_of_link(pages[0])
    if _YOUTUBE.search(host) and path[0] in {"embed", "v"} and len(path) > 1:
        playlist = parse_qs(parts.query).get("list")
        if path[1] == "videoseries" and playlist:
            return f"https://www.youtube.com/playlist?list={playlist[0]}"
        if _VIDEO_ID.fullmatch(path[1]):
            return f"https://www.youtube.com/watch?v={path[1]}"
    if host == "player.vimeo.com" and path[0] == "video" and len(path) > 1:
        return f"https://vimeo.com/{path[1]}"
    return strip_userinfo_of_link(f"https:{address}" if address.startswith("//") else address)


def _is_ignored(element: LxmlElement, address: str) -> bool:
    """Return whether a medium is not part of a document: an advert, hidden, tiny, or in the background."""
    size = (element.get("width"), element.get("height"))
    is_pixel = any(side is not None and side.strip().removesuffix("px") in {"0", "1", "2"} for side in size)
    is_hidden = any(
        each.get("hidden") is not None or hides(style := each.get("style") or "") or makes_tiny(style)
        for each in (element, *element.iterancestors("div", "span", "p", "figure"))
    )
    is_background = element.tag == "video" and set(element.keys()) >= {"autoplay", "muted", "loop"}
    return is_pixel or is_hidden or is_background or bool(_IGNORED_FRAME.search(address))


def _kind(element: LxmlElement, address: str) -> str:
    if element.tag in _KINDS:
        return _KINDS[element.tag]
    for kind, pattern in (("document", _DOCUMENT), ("map", _MAP_HOST), ("video", _VIDEO_HOST), ("audio", _AUDIO_HOST)):
        if pattern.search(address):
            return kind
    return "video" if element.tag in {"a", *_PLAYERS} else "embedded page"


def _title(element: LxmlElement) -> str:
    """Return the first meaningful title that the page gives a medium; "" if there is none."""
    picture = next(element.iter("img"), None) if element.tag == "a" else None
    alt = None if picture is None else picture.get("alt")
    given = (alt, *(element.get(name) for name in _TITLE_ATTRIBUTES))
    titles = (" ".join(value.split()) for value in given if value)
    return next((title for title in titles if not _GENERIC_TITLE.fullmatch(title)), "")


def _put_figure(element: LxmlElement, medium: _Medium) -> None:
    """Put a figure in the place of a medium, or use the `figure` with a caption around the medium."""
    parent = element.getparent()
    if parent is None:
        return
    figure = next(element.iterancestors(*BLOCKS), None)
    caption = next(figure.iter("figcaption"), None) if figure is not None and figure.tag == "figure" else None
    shown = etree.Element("figure" if caption is None else "span")
    if medium.poster:
        etree.SubElement(shown, "img", src=medium.poster, alt=medium.title)
    shown.tail = element.tail
    line = etree.SubElement(shown, "figcaption") if caption is None else caption
    (shown if caption is None or figure is None else figure).set(MEDIA_ATTRIBUTE, medium.kind)
    _prepend(line, list(_links(element, medium)))
    # Text in `object` is for browsers that cannot show the medium; it is read as text of the page.
    if element.tag == "object" and text_of_element(element):
        element.addnext(shown)
        element.tail = None
    else:
        parent.replace(element, shown)


def _links(element: LxmlElement, medium: _Medium) -> Iterator[LxmlElement]:
    """Yield the link to a medium, then the links of the page to its transcript and its files."""
    yield _link(medium.address, medium.title or _short(medium.address))
    tracks = ((track.get("src"), track.get("label")) for track in element.iter("track"))
    own = () if element.tag == "object" else element.iter("a")
    fallbacks = ((link.get("href"), text_of_element(link)) for link in own)
    seen = {_PLAYER_COUNT.sub("", medium.address)}
    for address, words in (*tracks, *fallbacks):
        own_address = _PLAYER_COUNT.sub("", address or "")
        if own_address and words and own_address not in seen and not _NO_MEDIUM.match(own_address):
            seen.add(own_address)
            yield _link(own_address, words)


def _link(address: str, words: str) -> LxmlElement:
    link = etree.Element("a", href=address)
    link.text = words
    return link


def _short(address: str) -> str:
    """Return the text of a link to an address: the file name, else the address without scheme and long query."""
    if file := _MEDIA_FILE.search(address):
        return file["name"]
    start, _, query = address.partition("?")
    short = re.sub(r"\A(?:https?:)?//(?:www\.)?", "", start)
    return f"{short}?{query}" if query and len(query) <= _MAX_QUERY else short


_MEDIA_FILE = re.compile(
    r"(?:\A|(?<=[/?#]))(?P<name>[^/?#]+\.(?:mp[34]|m4[av]|mov|webm|og[gva]|wav|avi|wmv|swf|pdf|docx?|pptx?|xlsx?))(?:[?#]|\Z)",
    re.IGNORECASE,
)

_MAX_QUERY = 40
"""The most characters of a query in the text of a link; queries of maps have hundreds."""


def _prepend(line: LxmlElement, links: Sequence[LxmlElement]) -> None:
    """Put links before the text of a caption, separated by spaces."""
    text, line.text = line.text, None
    for at, link in enumerate(links):
        link.tail = " "
        line.insert(at, link)
    links[-1].tail = f" {text or ''}"
