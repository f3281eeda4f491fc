"""Who may do what, and what they did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.core.archive import AuditEntry, Page


class Audit(Protocol):
    """Every admin write, and every refused try."""

    async def add(self, entry: AuditEntry) -> None: ...

    async def latest(self, *, limit: int = 20) -> Sequence[AuditEntry]:
        """Newest first."""
        ...

    async def page(self, *, anchor: int | None = None, page: int = 1, size: int = 8) -> Page[AuditEntry]:
        """Newest first, of those with ids up to ``anchor``; a page that is not there is the nearest one that is."""
        ...


class Admins(Protocol):
    """Who may do what, by numeric Telegram user id, and the small settings of the deployment."""

    async def role(self, user_id: int) -> str | None:
        """The role, "owner", "admin" or "editor"; ``None`` for everybody else."""
        ...

    async def grant(self, user_id: int, role: str, *, at: datetime) -> None: ...

    async def owners(self) -> Sequence[int]: ...

    async def get_value(self, key: str) -> str | None: ...

    async def set_value(self, key: str, value: str | None) -> None:
        """``None`` removes it."""
        ...
