"""Connections whose users can be cancelled without harm.

A statement runs in the driver's thread and can't be stopped half-way. SQLAlchemy throws a connection away whose caller
was cancelled meanwhile, and closes it while that statement is still at work. Here the caller waits for the end first.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")


@asynccontextmanager
async def connection_of(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection that is given back whatever happens; what it has begun and not committed is undone."""
    connection = _SteadyConnection(engine)
    try:
        await to_its_end(connection.start())
        yield connection
    finally:
        if connection.sync_connection is not None:
            await to_its_end(connection.close())


async def to_its_end(action: Coroutine[Any, Any, T]) -> T:
    """The result of ``action``, which always runs to its end; a cancellation meanwhile is raised after it.

    A commit that is cancelled may have happened all the same: so it always happens.
    """
    task = asyncio.ensure_future(action)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled from task.exception()
    return task.result()


class _SteadyConnection(AsyncConnection):
    """Also behind ``scalar`` and ``scalars``, which run through :meth:`execute`."""

    async def execute(self, *statement: Any, **options: Any) -> CursorResult[Any]:
        return await to_its_end(super().execute(*statement, **options))
