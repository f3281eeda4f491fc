"""Documents made to hurt the reader: how each is refused, the program's memory, and its loop's lag meanwhile.

The parsing happens in a process that can be killed; what is measured here is what the program itself feels.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog

from bot.core.reading import ReadOutcome, ReadRequest, Unreadable
from bot.reading.pool import ReadingPool

LIMIT = timedelta(seconds=20)
MOST_MEGABYTES = 50
MOST_LAG_MS = 20
_AT = datetime(2026, 11, 3, 12, tzinfo=UTC)
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMBS = {
    "billion laughs": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{_LAUGHS}]><rss><channel><title>&l9;</title></channel></rss>',
    "quadratic entities": f'<!DOCTYPE rss [<!ENTITY a "{"a" * 90_000}">]><rss>{"&a;" * 90_000}',
    "200 000 nested tags": "<rss><channel><item>" + "<x>" * 200_000,
    "ReDoS author, 32 kB": f"<rss><item><title>a</title><author>{'a.' * 16_000}</author>",
    "ReDoS author, 1 MB": f"<rss><item><title>a</title><author>{'a.' * 500_000}</author>",
    "200 000 nested divs": "<!doctype html>" + "<div>" * 200_000 + "x",
    "10 MB of entries": "<rss>" + "<item><title>a</title><guid>x</guid></item>" * 200_000,
}


async def measure() -> bool:
    """Print a row a bomb; true when every promise holds."""
    kept = True
    async with ReadingPool(size=1, limit=LIMIT) as pool:
        await pool.read(ReadRequest(b"A first document: imports are not the bombs' doing.", _AT))
        for name, body in BOMBS.items():
            kept &= await _bomb(pool, name, ReadRequest(body.encode(), _AT, url="https://norvale.example/"))
    return kept


async def _bomb(pool: ReadingPool, name: str, request: ReadRequest) -> bool:
    lags: list[float] = []
    watching = asyncio.create_task(_watch(lags))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    outcome = await pool.read(request)
    took = time.perf_counter() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    p99 = sorted(lags)[int(len(lags) * 0.99)] * 1000 if lags else 0.0
    print(f"{name}: {_ending(outcome)}; {took:.1f} s, {grown:.0f} MB more, lag p99 {p99:.1f} ms")
    return took < LIMIT.total_seconds() + 5 and grown < MOST_MEGABYTES and p99 < MOST_LAG_MS


def _ending(outcome: ReadOutcome) -> str:
    if isinstance(outcome, Unreadable):
        return f"refused, “{outcome.reason}”"
    return f"read harmlessly, {len(outcome.split.updates)} updates"


async def _watch(lags: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        lags.append(time.perf_counter() - began - 0.005)


def main() -> None:
    """Print the rows; the process fails when a promise is broken."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    print(f"promise: each ends within {LIMIT.seconds} s, < {MOST_MEGABYTES} MB, lag p99 < {MOST_LAG_MS} ms")
    if not asyncio.run(measure()):
        sys.exit(1)


if __name__ == "__main__":
    main()
