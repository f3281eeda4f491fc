"""What a fetch costs, and what a bomb does: CPU a request, and memory and event-loop lag while bombs go off.

The server runs in a process of its own, so that its CPU is not counted.
"""

from __future__ import annotations

import asyncio
import gzip
import itertools
import resource
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from functools import cache

import brotli
from aiohttp import web

from benchmarks.loopback import serve_or_measure, served_by
from bot.clock import SystemClock
from bot.core.archive import Validators
from bot.net.fetcher import HttpFetcher, Limits
from bot.services.ports.fetching import Failed, FetchOutcome

FEEDS = 300
ROUNDS = 5
AT_ONCE = 16
FEED = b"<item>" + b"An update of the day. " * 900 + b"</item>"
MEGABYTE = 1 << 20


async def measure(root: str) -> bool:
    """Print every figure; true when all promises hold."""
    async with HttpFetcher(
        clock=SystemClock(), allow_private_addresses=True, limits=Limits(total=timedelta(seconds=3))
    ) as fetcher:
        costs = [
            ("304", await _cpu(fetcher, root, etag='"1"'), 0.5),
            ("200 with 20 kB", await _cpu(fetcher, root, etag=None), 0.6),
        ]
        for name, milliseconds, promise in costs:
            print(f"{name}: {milliseconds:.2f} ms CPU a fetch (promise: ≤ {promise} with the rest of the poll)")
        bombs = [await _bomb(fetcher, f"{root}/{name}") for name in ("gzip", "br", "endless", "loris")]
    return all(milliseconds <= promise for _, milliseconds, promise in costs) and all(bombs)


async def _cpu(fetcher: HttpFetcher, root: str, *, etag: str | None) -> float:
    """Milliseconds of this process's CPU a fetch, the best of some rounds over all feeds."""
    urls = [f"{root}/feed/{number}" for number in range(FEEDS)]
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(url: str) -> FetchOutcome:
        async with slots:
            return await fetcher.fetch(url, Validators(url, etag) if etag else None)

    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        outcomes = await asyncio.gather(*map(one, urls))
        best = min(best, (time.process_time() - began) / FEEDS * 1000)
        if any(isinstance(outcome, Failed) for outcome in outcomes):
            raise RuntimeError("the server does not serve")
    return best


async def _bomb(fetcher: HttpFetcher, url: str) -> bool:
    lags: list[float] = []
    watching = asyncio.create_task(_watch(lags))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcome = await fetcher.fetch(url)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    p99 = sorted(lags)[int(len(lags) * 0.99)] * 1000 if lags else 0.0
    reason = outcome.reason if isinstance(outcome, Failed) else "not refused"
    print(
        f"{url.rpartition('/')[2]}: “{reason}”, {grown:.0f} MB more, lag p99 {p99:.1f} ms (promise: < 50 MB, < 20 ms)"
    )
    return isinstance(outcome, Failed) and grown < 50 and p99 < 20


async def _watch(lags: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        lags.append(time.perf_counter() - began - 0.005)


@cache
def _bombs() -> dict[str, tuple[str, Iterable[bytes]]]:
    return {
        "/gzip": ("gzip", [gzip.compress(b"\0" * (200 * MEGABYTE))]),
        "/br": ("br", [brotli.compress(b"\0" * (200 * MEGABYTE), quality=1)]),
        "/endless": ("identity", itertools.repeat(b"\0" * MEGABYTE)),
    }


async def _answer(request: web.Request) -> web.StreamResponse:
    if request.path.startswith("/feed/"):
        unchanged = request.headers.get("If-None-Match") == '"1"'
        return web.Response(status=304 if unchanged else 200, body=None if unchanged else FEED)
    encoding, pieces = _bombs().get(request.path, ("identity", itertools.repeat(b".")))
    response = web.StreamResponse(headers={"Content-Encoding": encoding})
    await response.prepare(request)
    with suppress(ConnectionError):
        for piece in pieces:
            await response.write(piece)
            await asyncio.sleep(0.05 if request.path == "/loris" else 0)
    return response


async def _run() -> bool:
    async with served_by("benchmarks.bench_fetch") as root:
        return await measure(root)


def main() -> None:
    """Print the figures; the process fails when a promise is broken."""
    serve_or_measure(_answer, _run)


if __name__ == "__main__":
    main()
