"""Measures how fast pages are fetched from a slow server, compared with the same requests on one bare connection."""

from __future__ import annotations

import datetime as dt
import http.client
import io
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from PIL import Image

from readout_pub.fetch import FetchRequest, fetch
from readout_pub.sources import MAX_BYTES, FetchPolicy
from tests.sources.web.server import Reply, WebServer

LATENCY = 0.05
"""How many seconds the server waits before each response."""
PAGES, PHOTOS = 200, 2
"""How many pages are fetched, and how many photos each has."""
MIN_SHARE = 0.8
"""The speed that the program has to reach, as a share of the speed of the bare connection."""

_PARAGRAPH = (
    "The two ministers spoke about the tides, about the harbour of the capital and about the boats that come and go "
    "there. They agreed that the tables of the coming year would be printed together, and to meet again in spring. "
)


def time_fetch() -> tuple[float, float]:
    """Return the seconds of the program, and of the same requests one after another on one connection."""
    with _server() as port, TemporaryDirectory() as folder:
        urls = tuple(f"http://127.0.0.1:{port}/{number}.html" for number in range(PAGES))
        request = FetchRequest(urls, dt.datetime.max.replace(tzinfo=dt.UTC))
        policy = FetchPolicy(delay=0.0, allowed_hosts=(f"127.0.0.1:{port}",))
        start = perf_counter()
        failed = [each for each in fetch(request, Path(folder), policy=policy, max_bytes=MAX_BYTES) if each.error]
        ours = perf_counter() - start
        if failed:
            raise RuntimeError(failed[0].error)
        return ours, _time_bare_requests(port)


def _time_bare_requests(port: int) -> float:
    start = perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for path in ("/robots.txt", *_routes()):
        connection.request("GET", path)
        connection.getresponse().read()
    connection.close()
    return perf_counter() - start


@contextmanager
def _server() -> Iterator[int]:
    """Run the server in another process, so that it takes no CPU time from the program."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,))
    process.start()
    try:
        yield int(here.recv())
    finally:
        here.send("stop")
        process.join()


def _serve(parent: Connection) -> None:
    with WebServer(_routes(), latency=LATENCY) as server:
        parent.send(server.port)
        parent.recv()


def _routes() -> dict[str, Reply]:
    """Return the pages and their photos. Each photo has about 110 KB, as photos of ministries have."""
    photo = _photo()
    routes = {}
    for number in range(PAGES):
        figures = "".join(
            f'<figure><img src="/{number}-{each}.jpg" alt="At the quay, seen from the harbour office">'
            "<figcaption>The two ministers at the quay</figcaption></figure>"
            for each in range(PHOTOS)
        )
        title = f"Ministers meet for the {number + 1}. time"
        routes[f"/{number}.html"] = Reply(
            f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>'
            f"<p>4 August 2031</p>{figures}{f'<p>{_PARAGRAPH}</p>' * 6}</article></body></html>"
        )
        for each in range(PHOTOS):
            mark = f"{number}-{each}".encode()
            routes[f"/{number}-{each}.jpg"] = Reply(photo + mark, media_type="image/jpeg")
    return routes


def _photo() -> bytes:
    noise = random.Random(1).randbytes(80 * 60 * 3)  # noqa: S311 - the same picture every time
    out = io.BytesIO()
    Image.frombytes("RGB", (80, 60), noise).resize((1024, 768), Image.Resampling.BICUBIC).save(out, "JPEG", quality=70)
    return out.getvalue()
