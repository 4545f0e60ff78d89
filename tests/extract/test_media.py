"""Video, audio, maps and embedded pages become figures that link to them, with and without a profile."""

from __future__ import annotations

import pytest

from tests.pages import on_both_paths, readouts_on_both_paths

TITLE = "The harbour at dawn"
WATCH = "https://www.youtube.com/watch?v=a1b2c3d4e5F"


@pytest.mark.parametrize(
    ("markup", "caption"),
    [
        (f'<iframe src="https://www.youtube.com/embed/a1b2c3d4e5F?rel=0" title="{TITLE}" allowfullscreen></iframe>',
         f"[link {WATCH}: {TITLE}]"),
        ('<iframe src="https://www.youtube-nocookie.com/embed/a1b2c3d4e5F" title="YouTube video player"></iframe>',
         f"[link {WATCH}: youtube.com/watch?v=a1b2c3d4e5F]"),
        (f'<p><iframe data-src="//player.vimeo.com/video/123456" title="{TITLE}"></iframe></p>',
         f"[link https://vimeo.com/123456: {TITLE}]"),
        ('<div class="map"><iframe src="https://www.google.com/maps/embed?pb=1m18" width="600" height="450"></iframe></div>',
         "[link https://www.google.com/maps/embed?pb=1m18: google.com/maps/embed?pb=1m18]"),
        (f'<figure><iframe src="https://www.youtube.com/embed/a1b2c3d4e5F"></iframe><figcaption>{TITLE}, in May.</figcaption>'
         "</figure>", f"[link {WATCH}: youtube.com/watch?v=a1b2c3d4e5F] {TITLE}, in May."),
        (f'<video controls src="/films/dawn.mp4" title="{TITLE}">Your browser shows no video.</video>',
         f"[link https://atlantis.example/films/dawn.mp4: {TITLE}]"),
        ('<video controls><source src="dawn.mp4" type="video/mp4"><track kind="captions" src="dawn.vtt" label="Transcript">'
         '<a href="dawn.mp4">Download</a></video>',
         "[link https://atlantis.example/talks/dawn.mp4: dawn.mp4] "
         "[link https://atlantis.example/talks/dawn.vtt: Transcript]"),
        (f'<audio controls aria-label="{TITLE}"><source src="/dawn.mp3"></audio>',
         f"[link https://atlantis.example/dawn.mp3: {TITLE}]"),
        ('<audio controls><source src="/dawn.mp3?_=1"><a href="/dawn.mp3">https://atlantis.example/dawn.mp3</a></audio>',
         "[link https://atlantis.example/dawn.mp3?_=1: dawn.mp3]"),
        ('<video controls><source src="/dawn.mp4?_=2"><a href="/dawn.mp4?_=2">/dawn.mp4</a><a href="/b.mp4?v=2">B</a></video>',
         "[link https://atlantis.example/dawn.mp4?_=2: dawn.mp4] [link https://atlantis.example/b.mp4?v=2: B]"),
        ('<object data="/dawn.pdf" type="application/pdf"></object>',
         "[link https://atlantis.example/dawn.pdf: dawn.pdf]"),
        ('<object><param name="movie" value="https://films.example/dawn.swf"><embed src="https://films.example/dawn.swf">'
         "</object>", "[link https://films.example/dawn.swf: dawn.swf]"),
        (f'<embed src="https://films.example/dawn.mov" title="{TITLE}">', f"[link https://films.example/dawn.mov: {TITLE}]"),
        (f'<lite-youtube videoid="a1b2c3d4e5F" playlabel="{TITLE}"></lite-youtube>', f"[link {WATCH}: {TITLE}]"),
        ('<amp-youtube data-videoid="a1b2c3d4e5F" layout="responsive"></amp-youtube>',
         f"[link {WATCH}: youtube.com/watch?v=a1b2c3d4e5F]"),
        ('<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/a1b2c3d4e5F"></div>',
         f"[link {WATCH}: youtube.com/watch?v=a1b2c3d4e5F]"),
        (f'<iframe src="https://charts.example/tides?year=2031" title="{TITLE}"></iframe>',
         f"[link https://charts.example/tides?year=2031: {TITLE}]"),
    ],
)  # fmt: skip
def test_a_medium_is_a_figure_that_links_to_it(markup: str, caption: str) -> None:
    outlined = f'figure\n  caption "{caption}"\n'
    assert on_both_paths(markup) == {"profile": outlined, "generic": outlined}


@pytest.mark.parametrize(
    "style",
    [
        "position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden",
        "height:0px;padding:25px 0 56%",
        "width: 1px; min-width: 100%",
        "max-width:100%; width:1.5em",
        "height:0.5rem",
        "--caption-display: none",
        "display: none-such",
    ],
)
def test_a_style_that_hides_nothing_keeps_the_medium(style: str) -> None:
    markup = f'<div style="{style}"><iframe src="https://charts.example/tides" title="{TITLE}"></iframe></div>'
    outlined = f'figure\n  caption "[link https://charts.example/tides: {TITLE}]"\n'
    assert on_both_paths(markup) == {"profile": outlined, "generic": outlined}


def test_a_note_names_the_medium_and_its_address() -> None:
    readouts = readouts_on_both_paths(
        f'<iframe src="https://www.youtube.com/embed/a1b2c3d4e5F" title="{TITLE}"></iframe>'
    )
    for readout in readouts.values():
        messages = [note.message for note in readout.notes if note.code == "MEDIA_LINKED"]
        assert messages == [f"outputs cannot contain the video at '{WATCH}'; they link to it"]


def test_the_poster_of_a_video_is_the_photo_of_its_figure() -> None:
    found = on_both_paths(f'<video controls poster="/dawn.jpg" src="/dawn.mp4" title="{TITLE}"></video>')
    for outlined in found.values():
        assert "dawn.jpg" in outlined
        assert f'caption "[link https://atlantis.example/dawn.mp4: {TITLE}]"' in outlined


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="https://www.googletagmanager.com/ns.html?id=GTM-1"></iframe>',
        '<iframe src="https://tracker.example/p" width="1" height="1"></iframe>',
        '<iframe src="https://tracker.example/p" style="display: none"></iframe>',
        '<iframe src="https://www.facebook.com/plugins/like.php"></iframe>',
        '<iframe src="about:blank"></iframe>',
        "<iframe></iframe>",
        '<iframe src="javascript:void(0)"></iframe>',
        '<noscript><iframe src="https://films.example/a"></iframe></noscript>',
        '<video autoplay muted loop src="/background.mp4"></video>',
    ],
)
def test_invisible_and_decorative_media_are_left_out(frame: str) -> None:
    assert on_both_paths(frame) == {"profile": "", "generic": ""}


@pytest.mark.parametrize(
    "address",
    [
        "https://atlantis.example/dawn.mp4",
        "https://www.youtube.com/watch?v=a1b2c3d4e5F",
        "https://youtu.be/a1b2c3d4e5F",
        "https://vimeo.com/123456",
    ],
)
def test_a_picture_that_links_to_a_video_is_its_poster(address: str) -> None:
    found = on_both_paths(f'<div><a href="{address}"><img src="/dawn.jpg" alt="Dawn over the reef"></a></div>')
    assert f'caption "[link {address}: Dawn over the reef]"' in found["generic"]


@pytest.mark.parametrize(
    "wrapped",
    [
        '<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper">{}</div></figure>',
        '<div class="field field-media"><div class="media media--video"><div class="field-oembed">{}</div></div></div>',
        '<div class="embed"><div><div class="player"><div>{}</div></div></div></div>',
    ],
)
def test_a_video_in_several_wrappers_between_paragraphs_is_kept(wrapped: str) -> None:
    video = wrapped.format('<iframe src="https://www.youtube.com/embed/a1b2c3d4e5F" title="Dawn"></iframe>')
    for found in on_both_paths(video).values():
        assert f'caption "[link {WATCH}: Dawn]"' in found


def test_a_frame_of_the_site_links_to_the_page_of_its_video() -> None:
    frame = '<iframe src="https://atlantis.example/media/oembed?url=https%3A//youtu.be/a1b2c3d4e5F&amp;max_width=0"></iframe>'
    for found in on_both_paths(frame).values():
        assert 'caption "[link https://youtu.be/a1b2c3d4e5F: youtu.be/a1b2c3d4e5F]"' in found
