"""The audit: every admin write, and every refused try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import AuditEntry, Page
from bot.storage.tables import audit

_COLUMNS = [audit.c[field.name] for field in fields(AuditEntry)]


class SqlAudit:
    """See :class:`bot.services.ports.storage.Audit`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, entry: AuditEntry) -> None:
        await self._connection.execute(
            insert(audit).values({column: getattr(entry, column.name) for column in _COLUMNS})
        )

    async def latest(self, *, limit: int = 20) -> Sequence[AuditEntry]:
        rows = await self._connection.execute(select(*_COLUMNS).order_by(audit.c.id.desc()).limit(limit))
        return [AuditEntry(*row) for row in rows]

    async def page(self, *, anchor: int | None = None, page: int = 1, size: int = 8) -> Page[AuditEntry]:
        newest = await self._connection.scalar(select(func.max(audit.c.id))) or 0
        upto = newest if anchor is None else min(anchor, newest)
        total = await self._connection.scalar(select(func.count()).where(audit.c.id <= upto)) or 0
        pages = max(-(-total // size), 1)
        number = min(max(page, 1), pages)
        listed = select(*_COLUMNS).where(audit.c.id <= upto).order_by(audit.c.id.desc())
        rows = await self._connection.execute(listed.limit(size).offset((number - 1) * size))
        return Page(tuple(AuditEntry(*row) for row in rows), number, pages, total, upto)
