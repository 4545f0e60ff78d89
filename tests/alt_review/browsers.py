"""A Chromium that tests drive with a keyboard. Each person has a browser profile, with one or more pages."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.validators.findings import TOOLS, node_script, program


class Page:
    """A page of one person. `browser.mjs` lists the steps that a page can take."""

    def __init__(self, browser: subprocess.Popen[str], name: str) -> None:
        self._browser, self._name = browser, name

    def __call__(self, step: str, value: str | dict[str, str] | None = None) -> Any:  # noqa: ANN401 - each step has its own type
        """Take a step and return its result; raise AssertionError if the step is impossible."""
        assert self._browser.stdin is not None
        assert self._browser.stdout is not None
        self._browser.stdin.write(json.dumps({"page": self._name, "do": step, "value": value}) + "\n")
        self._browser.stdin.flush()
        answer = json.loads(self._browser.stdout.readline() or '{"error": "the browser has ended"}')
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as "Tab" or "Control+Enter"."""
        for key in keys:
            self("press", key)


class Chromium:
    """A running browser."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def open(self, url: str, person: str = "Mika", locale: str = "en-GB", tab: str = "") -> Page:
        """Return the page at `url`, opened in the profile of a person whose browser prefers the language `locale`.

        A page can be driven until the same person opens another one with the same `tab`. So give each of several pages
        of a person its own name in `tab`.
        """
        page = Page(self._process, f"{person} {tab}")
        page("open", {"url": url, "person": person, "locale": locale})
        return page


@contextlib.contextmanager
def chromium() -> Iterator[Chromium]:
    """Start a browser, and stop it at the end of the context."""
    script = str(Path(__file__).with_name("browser.mjs"))
    command = [*node_script("axe.py")[:1], script]
    environment = {**os.environ, "CHROMIUM": program("chromium")}
    with subprocess.Popen(
        command, cwd=TOOLS, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Chromium(process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=30)
