"""Documents made to fill memory, burn time or hold the event loop."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import tracemalloc
from collections.abc import Iterable
from datetime import timedelta

import brotli
import pytest
from aiohttp import web

from bot.clock import SystemClock
from bot.net.fetcher import HttpFetcher, Limits
from bot.services.ports.fetching import Failed
from tests.net.conftest import served

MEGABYTE = 1024 * 1024


async def stream(request: web.Request, pieces: Iterable[bytes], **headers: str) -> web.StreamResponse:
    """Send pieces until the client hangs up."""
    response = web.StreamResponse(headers={name.replace("_", "-"): value for name, value in headers.items()})
    await response.prepare(request)
    try:
        for piece in pieces:
            await response.write(piece)
    except ConnectionError:
        pass
    return response


@pytest.mark.parametrize("coding", ["gzip", "br", "identity"])
async def test_a_bomb_is_refused_before_it_fills_memory(fetcher: HttpFetcher, coding: str) -> None:
    """A body that is larger than 10 MB decoded, or without end, costs less than 50 MB and is named."""
    bombs: dict[str, Iterable[bytes]] = {
        "gzip": [gzip.compress(b"\0" * (200 * MEGABYTE))],
        "br": [brotli.compress(b"\0" * (200 * MEGABYTE), quality=1)],
        "identity": itertools.repeat(b"\0" * MEGABYTE),
    }

    async def answer(request: web.Request) -> web.StreamResponse:
        return await stream(request, bombs[coding], Content_Encoding=coding)

    async with served(answer) as root:
        tracemalloc.start()
        outcome = await fetcher.fetch(root)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert outcome == Failed("the document is larger than 10 MB")
    assert peak < 50 * MEGABYTE


async def test_a_slow_loris_is_given_up() -> None:
    """Drop by drop, a body never ends by itself; the whole fetch has its time and no more."""
    limits = Limits(total=timedelta(seconds=0.3))

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b".")
                await asyncio.sleep(0.01)
        except ConnectionError:
            return response

    async with (
        served(answer) as root,
        HttpFetcher(clock=SystemClock(), allow_private_addresses=True, limits=limits) as fetcher,
    ):
        assert await fetcher.fetch(root) == Failed("no whole answer within 0.3 s")


async def test_redirects_in_a_circle_end(fetcher: HttpFetcher) -> None:
    """A page that leads to itself is left after five steps."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": "/"})

    async with served(answer) as root:
        assert await fetcher.fetch(root) == Failed("more than 5 redirects in a row")
