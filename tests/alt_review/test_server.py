"""The server of `alt review`: who may ask it, what it answers, and what it refuses."""

from __future__ import annotations

import http.client
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PIL import Image

from readout_pub import UsageError
from readout_pub.alt.decisions import DECISIONS_FILE
from readout_pub.alt.lint import AdviceLanguage
from readout_pub.alt_review.server import ReviewServer
from tests.alt_review.pages import write_page
from tests.alt_review.servers import review_of, serving

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    write_page(tmp_path / "saved", "one.html", {"crane.jpg": None, "buoy.jpg": None})
    return tmp_path / "saved"


@pytest.fixture
def server(archive: Path) -> Iterator[ReviewServer]:
    with serving(archive) as running:
        yield running


def ask(
    server: ReviewServer, path: str = "", body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    """Send a request; return the answer and its bytes. The token is put before a `path` without "/" at its start."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    target = path if path.startswith("/") else f"/{server.token}/{path}"
    connection.request("GET" if body is None else "POST", target, body, dict(headers or {}))
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def decision(server: ReviewServer, **fields: object) -> bytes:
    (photo,) = (each.photo for each in server.review.photos() if each.photo.file == "crane.jpg")
    return json.dumps({"id": photo.id, "decision": "decorative", "reviewer": "Mika", **fields}).encode()


def test_the_page_is_sent_with_headers_that_keep_other_sites_out(server: ReviewServer) -> None:
    answer, content = ask(server)
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert content.count(b"<article") == 2
    assert b"data:image" not in content.replace(b'href="data:,"', b"").replace(b"img-src data:", b"")
    for name, value in (
        ("Cache-Control", "no-store"),
        ("Referrer-Policy", "no-referrer"),
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
    ):
        assert answer.getheader(name) == value


@pytest.mark.parametrize(
    ("preferred", "chosen", "language"),
    [
        ("ja,en-US;q=0.9,en;q=0.8", None, "ja"),
        ("en-GB, ja;q=0.5", None, "en"),
        ("de-DE,de;q=0.9,ja;q=0.5", None, "ja"),
        ("de", None, "en"),
        ("*", None, "en"),
        ("ja;q=nonsense," * 500, None, "en"),
        ("ja", "en", "en"),
        ("en", "ja", "ja"),
    ],
)
def test_the_page_is_in_the_chosen_language_or_that_of_the_browser(
    preferred: str, chosen: AdviceLanguage | None, language: str, archive: Path
) -> None:
    with serving(archive, language=chosen) as server:
        _, content = ask(server, headers={"Accept-Language": preferred})
        assert f'<html lang="{language}">'.encode() in content
        assert ("代替テキストがありません。" in content.decode()) is (language == "ja")
        _, content = ask(
            server,
            "decisions",
            decision(server, decision="described", alt="photo"),
            {**JSON, "Accept-Language": preferred},
        )
        assert ("どの写真にも" in json.loads(content)["remarks"]) is (language == "ja")


def test_the_server_listens_on_the_loopback_interface(server: ReviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("path", ["/", "/wrong/", "/wrong/decisions", "", "decisions"])
def test_a_request_without_the_token_or_with_another_host_gets_404(path: str, server: ReviewServer) -> None:
    foreign = {} if path.startswith("/") else {"Host": "archive.example"}
    answer, content = ask(server, path, headers=foreign)
    assert (answer.status, json.loads(content)) == (404, {"error": "there is nothing here"})


def test_a_decision_is_saved_and_listed(server: ReviewServer, archive: Path) -> None:
    answer, content = ask(server, "decisions", decision(server), JSON)
    made = json.loads(content)
    assert (answer.status, made["decision"], made["reviewer"]) == (200, "decorative", "Mika")
    assert '"decision":"decorative"' in (archive / DECISIONS_FILE).read_text()
    assert json.loads(ask(server, "decisions")[1]) == [made]


def test_a_conflicting_decision_is_answered_with_the_earlier_one(server: ReviewServer) -> None:
    ask(server, "decisions", decision(server), JSON)
    answer, content = ask(
        server, "decisions", decision(server, reviewer="Noor", decision="described", alt="A crane"), JSON
    )
    assert (answer.status, json.loads(content)["reviewer"]) == (409, "Mika")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{}", JSON),
        (b"\xff", JSON),
        (b'{"id": "0", "decision": "deleted"}', JSON),
        (b"x" * 200_000, JSON),
        (b"{}", {"Content-Type": "text/plain"}),
        (b"{}", {**JSON, "Content-Length": "-1"}),
        (b"{}", {**JSON, "Content-Length": "9" * 5000}),
    ],
)
def test_data_that_is_not_a_decision_is_refused(body: bytes, headers: dict[str, str], server: ReviewServer) -> None:
    answer, content = ask(server, "decisions", body, headers)
    assert answer.status == 400
    assert json.loads(content)["error"].startswith("this is not a decision")


def test_a_page_of_another_site_cannot_decide(server: ReviewServer, archive: Path) -> None:
    answer, _ = ask(server, "decisions", decision(server), {**JSON, "Origin": "https://evil.example"})
    assert answer.status == 404
    assert not (archive / DECISIONS_FILE).exists()


@pytest.mark.parametrize(("kind", "width"), [("thumbnails", 400), ("photos", 640)])
def test_photos_are_sent_as_images(kind: str, width: int, server: ReviewServer) -> None:
    answer, content = ask(server, f"{kind}/{server.review.photos()[0].photo.id}")
    assert answer.getheader("Content-Type") == "image/jpeg"
    with Image.open(io.BytesIO(content)) as image:
        assert image.width == width


@pytest.mark.parametrize("path", ["photos/0", "photos/", "other/x", "thumbnails/../../etc/passwd", "decisions/x"])
def test_unknown_paths_get_404(path: str, server: ReviewServer) -> None:
    assert ask(server, path)[0].status == 404


def test_a_damaged_photo_gets_404_and_the_page_is_still_served(tmp_path: Path) -> None:
    write_page(tmp_path, "one.html", {"crane.jpg": None})
    (tmp_path / "crane.jpg").write_bytes(b"\xff\xd8\xff cut off")
    with serving(tmp_path) as server:
        photo = server.review.photos()[0].photo
        assert ask(server, f"photos/{photo.id}")[0].status == 404
        assert ask(server)[0].status == 200


def test_a_file_of_decisions_that_cannot_be_read_is_reported(server: ReviewServer, archive: Path) -> None:
    made = decision(server)
    (archive / DECISIONS_FILE).write_text("{}\n")
    answer, content = ask(server, "decisions", made, JSON)
    assert answer.status == 500
    assert f"{DECISIONS_FILE}, line 1" in json.loads(content)["error"]


def test_an_archive_keeps_its_port_unless_the_port_is_taken(archive: Path) -> None:
    with ReviewServer(review_of(archive), theme="plain") as first:
        with ReviewServer(review_of(archive), theme="plain") as second:
            assert first.server_port != second.server_port
        with pytest.raises(UsageError, match="cannot be used"):
            ReviewServer(review_of(archive), theme="plain", port=first.server_port)
        port = first.server_port
    with ReviewServer(review_of(archive), theme="plain") as again:
        assert again.server_port == port
