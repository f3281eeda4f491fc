"""The audit: every admin write, and every refused try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import AuditEntry
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
