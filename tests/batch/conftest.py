"""An archive of an invented ministry, and a fixture that converts it through the Python API."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from readout_pub.batch import Outcome, batch
from tests.pages import PROFILES, jpeg

PAGE = """\
<!DOCTYPE html>
<html lang="en"><!-- saved from url=(0037)https://www.{host}/{name}.html -->
<head><title>{title}</title></head><body><main>
<p class="series">Relations of Atlantis</p><h1 class="title">{title}</h1><p class="date">August {day}, 2031</p>
<p>The Minister of the Sea met the Keeper of the Tides in the harbour office for the {day}th time.</p>
<figure><img src="img/quay.jpg" alt="Two people at a quay"><figcaption>The talks</figcaption></figure>
<p>They agreed that the tides should come in twice a day, as before, and that the tables would be printed.</p>
</main></body></html>
"""


def page(number: int, *, host: str = "atlantis.example", title: str = "") -> str:
    """Return the HTML of a page of the ministry."""
    return PAGE.format(host=host, name=f"talks{number}", title=title or f"Talks {number}", day=number % 28 + 1)


def fill(folder: Path, count: int) -> Path:
    """Save `count` pages and the photo that they share in `folder`; return `folder`."""
    (folder / "img").mkdir(parents=True)
    (folder / "img/quay.jpg").write_bytes(jpeg())
    for number in range(1, count + 1):
        (folder / f"talks{number}.html").write_text(page(number), "utf-8")
    return folder


class CountingExecutor(Executor):
    """An executor with one thread; it counts the pages that are submitted to it."""

    def __init__(self) -> None:
        self.pages = 0
        self._thread = ThreadPoolExecutor(1)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as inherited
        self.pages += len(args[-1])
        return self._thread.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as inherited
        self._thread.shutdown(wait, cancel_futures=cancel_futures)


@pytest.fixture
def executor() -> Iterator[CountingExecutor]:
    with CountingExecutor() as counting:
        yield counting


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder with three saved pages."""
    return fill(tmp_path / "saved", 3)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


Run = Callable[..., list[Outcome]]


@pytest.fixture
def run(saved: Path, out: Path, executor: CountingExecutor) -> Run:
    """A function that converts the archive in this process."""

    def convert(formats: Sequence[str] = ("txt", "html"), **options: Any) -> list[Outcome]:  # noqa: ANN401 - those of `batch`
        return list(batch(saved, list(formats), out, executor=executor, **{"sites": [PROFILES], **options}))

    return convert


def statuses(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Return the status of each page by its name."""
    return {outcome.name: outcome.status for outcome in outcomes}


def outputs(out: Path) -> dict[str, bytes]:
    """Return every output file and its content, except those in the folder `.readout-pub`."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".readout-pub" not in path.parts
    }
