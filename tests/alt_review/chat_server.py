"""A server on loopback that speaks OpenAI's chat completions, for tests: it checks requests and sends given replies."""

from __future__ import annotations

import base64
import io
import json
import time
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple

from PIL import Image

from tests.loopback_server import LoopbackServer


class ChatReply(NamedTuple):
    """A reply: the text of the model, or another status or body."""

    text: str | None = ""
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = {}  # noqa: RUF012 - never changed
    latency: float = 0.0


class ChatRequest(NamedTuple):
    """A received request: its headers, its JSON, the two texts for the model, and the picture."""

    headers: dict[str, str]
    body: dict[str, Any]
    system: str
    question: str
    picture: Image.Image


class ChatServer(LoopbackServer):
    """Answers with `replies` in their order; the last one is repeated. `log` has every request."""

    def __init__(self, *replies: ChatReply) -> None:
        self.log: list[ChatRequest] = []
        self._replies = list(replies) or [ChatReply("Two ships leave the harbour")]
        super().__init__(self._handler())
        self.url = f"http://127.0.0.1:{self.port}/v1"

    def next_reply(self) -> ChatReply:
        return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path != "/v1/chat/completions":
                    self._send(404, b'{"error": {"message": "no such path"}}', {})
                    return
                server.log.append(read_request(dict(self.headers.items()), content))
                reply = server.next_reply()
                time.sleep(reply.latency)
                self._send(
                    reply.status, reply.body if reply.body is not None else completion(reply.text), reply.headers
                )

            def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
                pass

        return Handler


def read_request(headers: dict[str, str], content: bytes) -> ChatRequest:
    """Return the request; fail the test if the request does not have the form that the API documents."""
    body = json.loads(content)
    system, user = body["messages"]
    assert (system["role"], user["role"], body["stream"]) == ("system", "user", False)
    text, image = user["content"]
    assert (text["type"], image["type"]) == ("text", "image_url")
    kind, _, data = image["image_url"]["url"].partition(",")
    assert kind == "data:image/jpeg;base64"
    return ChatRequest(headers, body, system["content"], text["text"], Image.open(io.BytesIO(base64.b64decode(data))))


def completion(text: str | None, finish_reason: str = "stop") -> bytes:
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "finish_reason": finish_reason}]
    usage = {"prompt_tokens": 900, "completion_tokens": 12, "total_tokens": 912}
    answer = {"id": "c-1", "object": "chat.completion", "created": 1, "choices": choices, "usage": usage}
    return json.dumps(answer).encode()


def texts(*answers: str) -> Iterable[ChatReply]:
    return [ChatReply(answer) for answer in answers]
