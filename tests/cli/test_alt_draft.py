"""`alt draft` with a server of chat completions: what is sent, recorded and refused, and what fails."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from readout_pub.alt_review.apply import apply_table
from tests.alt_review.chat_server import ChatReply, ChatServer, completion, texts
from tests.cli.conftest import PAGE, Command, Run

GOOD = "Two people in oilskins unroll a chart on the quay"


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pages: the photo of one has the meaningless text "photo1", the photo of the other is described."""
    monkeypatch.chdir(tmp_path)
    for name in ("READOUT_PUB_ENDPOINT", "READOUT_PUB_MODEL", "READOUT_PUB_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("readout_pub.sources.web.json_api._FIRST_PAUSE", 0.01)
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "tides.html").write_text(PAGE, "utf-8")
    described = PAGE.replace("tides.jpg", "quay.jpg").replace("photo1", "Two ministers look out over the quay")
    (folder / "quay.html").write_text(described, "utf-8")
    exif = Image.Exif()
    exif[0x010E] = "a secret"
    for name in ("tides", "quay"):
        Image.new("RGB", (1200, 600), "teal").save(folder / f"{name}.jpg", exif=exif)
    return folder


def draft(run: Command, server: ChatServer, *options: str) -> Run:
    return run("alt", "draft", "saved", "--endpoint", server.url, "--model", "seer", "--yes", *options)


def decisions(folder: Path) -> list[dict[str, Any]]:
    path = folder / "alt-decisions.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


@pytest.mark.slow
def test_a_draft_is_recorded_as_unreviewed_and_written_by_the_model(run: Command, saved: Path) -> None:
    with ChatServer(ChatReply(GOOD)) as server:
        result = draft(run, server)
    assert result.code == 0
    assert "tides.html, tides.jpg: recorded: Two people in oilskins" in result.out
    assert "drafts: 1 recorded; 900 tokens in, 12 out" in result.out
    (decision,) = decisions(saved)
    assert (decision["alt"], decision["by"], decision["reviewer"]) == (GOOD, "model seer", "")
    assert (decision["page"], decision["src"], decision["language"]) == ("tides.html", "tides.jpg", "en")


@pytest.mark.slow
@pytest.mark.usefixtures("saved")
def test_a_request_has_rules_and_context_and_a_small_picture_without_metadata(run: Command) -> None:
    with ChatServer(ChatReply(GOOD)) as server:
        draft(run, server, "--profile", "govuk-2022")
        (request,) = server.log
    assert request.body["model"] == "seer"
    assert "The two ministers at the quay" in request.question
    assert "Atlantis and Lemuria agree on the tides" in request.question
    assert "language of the page: en" in request.system
    assert "Do not include the name of the photographer." in request.system
    assert request.picture.size == (1024, 512)
    assert not request.picture.getexif()
    assert "Authorization" not in request.headers


@pytest.mark.slow
@pytest.mark.usefixtures("saved")
def test_a_summary_names_the_photos_the_server_and_the_tokens(run: Command) -> None:
    with ChatServer(ChatReply(GOOD)) as server:
        result = draft(run, server)
    assert result.err.startswith(f"1 photo to {server.url} (model seer): ")
    assert "tokens in and at most 400 out" in result.err


@pytest.mark.slow
def test_nothing_is_sent_without_the_option_yes(run: Command, saved: Path) -> None:
    with ChatServer() as server:
        result = run("alt", "draft", "saved", "--endpoint", server.url, "--model", "seer")
        assert server.log == []
    assert result.code == 2
    assert "standard input is no terminal; add --yes" in result.err
    assert decisions(saved) == []


@pytest.mark.usefixtures("saved")
def test_without_an_endpoint_nothing_is_drafted(run: Command) -> None:
    result = run("alt", "draft", "saved")
    assert result.code == 2
    assert "there is no --endpoint; name it, or set READOUT_PUB_ENDPOINT" in result.err


@pytest.mark.slow
@pytest.mark.usefixtures("saved")
def test_the_endpoint_the_model_and_the_key_may_come_from_the_environment(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ChatServer(ChatReply(GOOD)) as server:
        monkeypatch.setenv("READOUT_PUB_ENDPOINT", f"{server.url}/")
        monkeypatch.setenv("READOUT_PUB_MODEL", "seer")
        monkeypatch.setenv("READOUT_PUB_API_KEY", "sesame")
        result = run("alt", "draft", "saved", "--yes")
        assert server.log[0].headers["Authorization"] == "Bearer sesame"
    assert result.code == 0
    assert "sesame" not in result.out + result.err


@pytest.mark.slow
def test_after_a_draft_that_breaks_a_rule_the_model_gets_the_reason(run: Command, saved: Path) -> None:
    with ChatServer(*texts("Minister Brine Cobalt unrolls a chart", GOOD)) as server:
        result = draft(run, server)
        assert "A model named a person whom the page does not name: Brine Cobalt" in server.log[1].question
    assert result.code == 0
    assert decisions(saved)[0]["alt"] == GOOD


@pytest.mark.slow
def test_a_draft_that_still_breaks_a_rule_is_refused(run: Command, saved: Path) -> None:
    with ChatServer(ChatReply("photo")) as server:
        result = draft(run, server)
        assert len(server.log) == 2
    assert result.code == 1
    assert "tides.html, tides.jpg: refused: photo" in result.out
    assert "error generic: The text fits any photo: photo" in result.out
    assert decisions(saved) == []


@pytest.mark.slow
def test_a_warning_is_printed_with_the_draft(run: Command, saved: Path) -> None:
    with ChatServer(ChatReply("A photo of two people in oilskins")) as server:
        result = draft(run, server)
    assert result.code == 0
    assert "  warning image-phrase: The text says that it is an image: A photo of" in result.out
    assert len(decisions(saved)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "answer",
    [f'"{GOOD}"', f"Alt text: {GOOD}", f"**Alt text:** {GOOD}\n", f"<think>A quay?\n</think>\n{GOOD}", f"“{GOOD}”"],
)
def test_what_models_write_around_a_text_is_removed(run: Command, saved: Path, answer: str) -> None:
    with ChatServer(ChatReply(answer)) as server:
        draft(run, server)
    assert decisions(saved)[0]["alt"] == GOOD


@pytest.mark.slow
def test_a_draft_does_not_replace_a_decision_made_meanwhile(run: Command, saved: Path) -> None:
    class ServerOfSlowModel(ChatServer):
        def next_reply(self) -> ChatReply:
            made = {"page": "tides.html", "file": "tides.jpg", "alt": "A chart on the quay", "reviewer": "Nerea Salt"}
            work = saved.parent / "work.json"
            work.write_text(json.dumps([made]), "utf-8")
            assert not apply_table(work, str(saved), now=dt.datetime.now(dt.UTC)).problems
            return super().next_reply()

    with ServerOfSlowModel(ChatReply(GOOD)) as server:
        result = draft(run, server)
    assert result.code == 0
    assert "decided: Two people in oilskins" in result.out
    assert "Nerea Salt has decided on this photo meanwhile; the draft is not recorded" in result.out
    assert [(each["alt"], each["reviewer"]) for each in decisions(saved)] == [("A chart on the quay", "Nerea Salt")]


@pytest.mark.slow
def test_no_further_photo_is_sent_once_decisions_cannot_be_read(run: Command, saved: Path) -> None:
    (saved / "second.html").write_text(PAGE, "utf-8")

    class ServerThatDamagesDecisions(ChatServer):
        def next_reply(self) -> ChatReply:
            (saved / "alt-decisions.jsonl").write_text("{\n", "utf-8")
            return super().next_reply()

    with ServerThatDamagesDecisions(ChatReply(GOOD)) as server:
        result = draft(run, server)
        assert len(server.log) == 1
    assert result.code == 1
    assert "alt-decisions.jsonl, line 1: this line is not a decision" in result.err


@pytest.mark.slow
def test_a_second_run_sends_nothing(run: Command, saved: Path) -> None:
    with ChatServer(ChatReply(GOOD)) as server:
        draft(run, server)
        result = draft(run, server)
        assert len(server.log) == 1
    assert (result.code, result.err) == (0, "no photo needs a draft\n")
    assert len(decisions(saved)) == 1


@pytest.mark.slow
def test_the_option_max_images_limits_the_photos_that_are_sent(run: Command, saved: Path) -> None:
    (saved / "second.html").write_text(PAGE.replace("at the quay</", "at the pier</"), "utf-8")
    with ChatServer(ChatReply(GOOD)) as server:
        result = draft(run, server, "--max-images", "1")
        assert len(server.log) == 1
    assert "; 1 more beyond --max-images" in result.err


def test_a_photo_without_a_file_gets_no_draft(run: Command, saved: Path) -> None:
    (saved / "tides.jpg").unlink()
    with ChatServer() as server:
        result = draft(run, server)
    assert (result.code, result.err) == (0, "no photo needs a draft; 1 without a file\n")


@pytest.mark.slow
def test_a_busy_server_is_asked_again(run: Command, saved: Path) -> None:
    with ChatServer(ChatReply(status=503, headers={"Retry-After": "0"}), ChatReply(GOOD)) as server:
        assert draft(run, server).code == 0
        assert len(server.log) == 2
    assert len(decisions(saved)) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        (ChatReply(status=401, body=b'{"error": {"message": "bad key"}}'), "401 (bad key); set the key"),
        (ChatReply(status=404, body=b'{"error": "model not found"}'), "404 (model not found); check address and model"),
        (ChatReply(status=301, headers={"Location": "http://127.0.0.1/"}), "status 301"),
        (ChatReply(body=b"<html>"), "its answer is not a chat completion"),
        (ChatReply(body=b'{"choices": [{"message": {"content": "\xff"}}]}'), "its answer is not a chat completion"),
        (ChatReply(body=b'{"model": ' + b"[" * 100_000), "its answer is not a chat completion"),
        (ChatReply(status=500, body=b'{"error": "\xff"}'), "it answers with status 500; try"),
        (ChatReply(body=b'{"choices": []}'), "its answer has no choice"),
        (ChatReply(None), "the model gave no text: it is empty"),
        (ChatReply(body=completion("Two pe", "length")), "the model gave no text: it was cut off"),
        (ChatReply(body=b" " * 1_000_001), "its answer is longer than 1 MB"),
    ],
)
def test_an_unusable_answer_is_an_error(run: Command, saved: Path, reply: ChatReply, complaint: str) -> None:
    with ChatServer(reply) as server:
        result = draft(run, server)
    assert result.code == 1
    assert complaint in result.err
    assert server.url in result.err
    assert decisions(saved) == []


@pytest.mark.slow
def test_a_server_that_does_not_answer_in_time_is_an_error(run: Command, saved: Path) -> None:
    with ChatServer(ChatReply(GOOD, latency=1.5)) as server:
        result = draft(run, server, "--timeout", "1")
    assert result.code == 1
    assert "it does not answer within 1 s; allow more with --timeout" in result.err
    assert decisions(saved) == []


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize(
    ("endpoint", "complaint"),
    [
        ("localhost:11434", "this is not the address of an API"),
        ("http://user:secret@localhost/v1", "without user name and password"),
        ("http://models.example.org/v1", "use https"),
        ("file:///etc/passwd", "this is not the address of an API"),
        ("http://localhost/\udcff", "which has bytes that are not UTF-8"),
    ],
)
def test_an_invalid_or_unsafe_address_exits_2(run: Command, endpoint: str, complaint: str) -> None:
    result = run("alt", "draft", "saved", "--endpoint", endpoint, "--model", "seer", "--yes")
    assert result.code == 2
    assert complaint in result.err
    assert "secret" not in result.err


@pytest.mark.slow
@pytest.mark.usefixtures("saved")
def test_json_has_each_outcome(run: Command) -> None:
    with ChatServer(ChatReply(GOOD)) as server:
        result = draft(run, server, "--json")
    (outcome,) = json.loads(result.out)
    assert (outcome["state"], outcome["text"], outcome["tokens_in"]) == ("recorded", GOOD, 900)


@pytest.mark.slow
def test_one_failure_does_not_stop_the_others(run: Command, saved: Path) -> None:
    (saved / "second.html").write_text(PAGE.replace("at the quay</", "at the pier</"), "utf-8")
    with ChatServer(ChatReply(None), ChatReply(GOOD)) as server:
        result = draft(run, server)
    assert result.code == 1
    assert "drafts: 1 failed, 1 recorded" in result.out
    assert len(decisions(saved)) == 1


@pytest.mark.slow
def test_equal_drafts_of_two_photos_of_a_page_give_a_warning(run: Command, saved: Path) -> None:
    figure = '<figure><img src="pier.jpg"><figcaption>The ministers at the pier</figcaption></figure>'
    (saved / "tides.html").write_text(PAGE.replace("</article>", f"{figure}</article>"), "utf-8")
    Image.new("RGB", (900, 600), "navy").save(saved / "pier.jpg")
    with ChatServer(ChatReply(GOOD)) as server:
        result = draft(run, server)
    assert (result.code, len(decisions(saved))) == (0, 2)
    assert result.out.count("warning repeated-text: 2 photos of the page have the same text") == 1


@pytest.mark.slow
def test_drafts_made_before_the_server_fails_are_reported(run: Command, saved: Path) -> None:
    for number in range(4):
        (saved / f"page{number}.html").write_text(PAGE.replace("at the quay</", f"at pier {number}</"), "utf-8")
    with ChatServer(ChatReply(GOOD), ChatReply(status=401, body=b"{}")) as server:
        result = draft(run, server, "--json")
        assert len(server.log) == 4  # one draft, then three failures in a row, after which the command stops
    assert result.code == 1
    assert [outcome["state"] for outcome in json.loads(result.out)] == ["recorded", "failed", "failed"]
    assert "it answers with status 401; set the key that the server expects" in result.err
    assert len(decisions(saved)) == 1
