"""The sites that want to be left alone, kept over a restart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import paused_sites


class SqlSites:
    """See :class:`bot.services.ports.storage.Sites`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def pause(self, site: str, *, until: datetime, now: datetime) -> None:
        await self._connection.execute(delete(paused_sites).where(paused_sites.c.until <= now))
        row = insert(paused_sites).values(site=site, until=until)
        longer = func.max(paused_sites.c.until, row.excluded.until)
        await self._connection.execute(row.on_conflict_do_update(index_elements=["site"], set_={"until": longer}))

    async def paused(self, now: datetime) -> Mapping[str, datetime]:
        rows = await self._connection.execute(
            select(paused_sites.c.site, paused_sites.c.until).where(paused_sites.c.until > now)
        )
        return {row.site: row.until for row in rows}
