"""Who may run the deployment: by Telegram's numeric user id, and nothing else."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.core.archive import AuditEntry, Page
from bot.services.ports.clock import Clock
from bot.services.ports.storage import Storage, UnitOfWork

_CODE_KEY = "claim_code_sha256"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is read as a digit."""
_MISREAD = str.maketrans("OIL", "011")
_CODE_LENGTH = 12
"""60 bits: beyond guessing at any rate that Telegram allows."""


class Role(StrEnum):
    """What a person may do, strongest first."""

    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class NowOwner:
    """The code was right: the person owns the deployment."""


@dataclass(frozen=True, slots=True)
class AlreadyOwned:
    """Somebody owns it; ``by_caller`` when it is the very person who asks."""

    by_caller: bool


@dataclass(frozen=True, slots=True)
class WrongCode:
    """Not the code, or none is valid."""


ClaimOutcome = NowOwner | AlreadyOwned | WrongCode


class Admins:
    """Roles, and the one-time code by which the first owner is known."""

    def __init__(self, storage: Storage, clock: Clock, *, owner_ids: Collection[int] = ()) -> None:
        self._storage = storage
        self._clock = clock
        self._owner_ids = frozenset(owner_ids)

    async def role(self, user_id: int) -> Role | None:
        """The person's role; ``None`` for everybody without one."""
        if user_id in self._owner_ids:
            return Role.OWNER
        async with self._storage.read() as work:
            role = await work.admins.role(user_id)
        return Role(role) if role in {known.value for known in Role} else None

    async def members(self) -> frozenset[int]:
        """The user ids of all owners, whose command menus show the admins' commands."""
        async with self._storage.read() as work:
            return self._owner_ids | frozenset(await work.admins.owners())

    async def issue_code(self) -> str | None:
        """At start: a fresh claim code to print, ``None`` once there is an owner.

        Only its hash is stored. Each start without an owner replaces the code, so that one lost with the terminal
        locks nobody out.
        """
        if self._owner_ids:
            return None
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        async with self._storage.write() as work:
            if await work.admins.owners():
                return None
            await work.admins.set_value(_CODE_KEY, _digest(code))
        return "-".join(code[i : i + 4] for i in range(0, _CODE_LENGTH, 4))

    async def claim(self, user_id: int, code: str) -> ClaimOutcome:
        """Make the person owner if ``code`` is the one that was printed; it works once. Every try is audited."""
        async with self._storage.write() as work:
            outcome = await self._claim(work, user_id, code)
            await self._audit(work, user_id, "claim", allowed=isinstance(outcome, NowOwner))
            return outcome

    async def refused(self, user_id: int | None, action: str) -> None:
        """Audit that somebody without the right tried ``action``, the command's name."""
        async with self._storage.write() as work:
            await self._audit(work, user_id, action, allowed=False)

    async def audit(self, *, anchor: int | None = None, page: int = 1) -> Page[AuditEntry]:
        """One page of the audit, newest first; later entries do not shift it where ``anchor`` is given."""
        async with self._storage.read() as work:
            return await work.audit.page(anchor=anchor, page=page)

    async def reported(self, news_id: int) -> None:
        """Audit that a reader finds an update's topics wrong; who it was is not written down."""
        entry = AuditEntry(self._clock.now(), None, "wrong topic reported", subject=f"news {news_id}")
        async with self._storage.write() as work:
            await work.audit.add(entry)

    async def _claim(self, work: UnitOfWork, user_id: int, code: str) -> ClaimOutcome:
        owners = self._owner_ids | frozenset(await work.admins.owners())
        if owners:
            return AlreadyOwned(by_caller=user_id in owners)
        expected = await work.admins.get_value(_CODE_KEY)
        if expected is None or not hmac.compare_digest(expected, _digest(code)):
            return WrongCode()
        await work.admins.grant(user_id, Role.OWNER.value, at=self._clock.now())
        await work.admins.set_value(_CODE_KEY, None)
        return NowOwner()

    async def _audit(self, work: UnitOfWork, user_id: int | None, action: str, *, allowed: bool) -> None:
        await work.audit.add(AuditEntry(self._clock.now(), user_id, action, subject="", allowed=allowed))


def _digest(code: str) -> str:
    """A hash of the code as a person may write it: any case, with or without dashes, O for 0, I or L for 1."""
    canonical = "".join(character for character in code.upper().translate(_MISREAD) if character in _ALPHABET)
    return hashlib.sha256(canonical.encode()).hexdigest()
