"""A fetcher, and a server on loopback that answers whatever a test wants."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web

from bot.clock import SystemClock
from bot.net.fetcher import HttpFetcher
from bot.net.turns import Turns

SOON = timedelta(seconds=2)
"""Long enough for loopback, short enough for a test of what never ends."""

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def served(answer: Answer, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """The root of a server whose every address is answered by ``answer``, over TLS where there is a context for it."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    yield f"{'http' if tls is None else 'https'}://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    """A fetcher that may reach this machine."""
    async with HttpFetcher(
        clock=SystemClock(), contact="https://sitrep.example", allow_private_addresses=True, turns=Turns(pause=0)
    ) as running:
        yield running
