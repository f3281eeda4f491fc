"""A server in a process of its own, so that its CPU is not counted: a benchmark calls itself with ``serve``."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

SILENT = 50
"""Above every level that the program logs at."""


@asynccontextmanager
async def served_by(module: str) -> AsyncIterator[str]:
    """The address of a server that ``python -m module serve`` runs meanwhile."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, "serve", stdout=asyncio.subprocess.PIPE
    )
    if process.stdout is None:
        raise RuntimeError("the server has no output")
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.terminate()
        await process.wait()


async def serve(answer: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> None:
    """Answer every GET on a free port of the loopback, say the address, and never end."""
    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


def serve_or_measure(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]], measure: Callable[[], Awaitable[bool]]
) -> None:
    """Be the server where the command line says ``serve``; else measure, and fail where a promise is broken."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(SILENT))
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve(answer))
        return

    async def measured() -> bool:
        return await measure()

    if not asyncio.run(measured()):
        sys.exit(1)
