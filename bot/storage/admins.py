"""Roles by Telegram user id, and the deployment's small settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import upsert
from bot.storage.tables import admins, settings


class SqlAdmins:
    """See :class:`bot.services.ports.storage.Admins`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def role(self, user_id: int) -> str | None:
        role: str | None = await self._connection.scalar(select(admins.c.role).where(admins.c.user_id == user_id))
        return role

    async def grant(self, user_id: int, role: str, *, at: datetime) -> None:
        granted = {"role": role, "granted_at": at}
        await self._connection.execute(
            upsert(admins).values(user_id=user_id, **granted).on_conflict_do_update(["user_id"], set_=granted)
        )

    async def owners(self) -> Sequence[int]:
        return (
            await self._connection.scalars(
                select(admins.c.user_id).where(admins.c.role == "owner").order_by(admins.c.user_id)
            )
        ).all()

    async def get_value(self, key: str) -> str | None:
        value: str | None = await self._connection.scalar(select(settings.c.value).where(settings.c.key == key))
        return value

    async def set_value(self, key: str, value: str | None) -> None:
        if value is None:
            await self._connection.execute(delete(settings).where(settings.c.key == key))
            return
        await self._connection.execute(
            upsert(settings).values(key=key, value=value).on_conflict_do_update(["key"], set_={"value": value})
        )
