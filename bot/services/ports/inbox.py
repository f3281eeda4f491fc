"""The port of the inbox: what people sent, kept from before Telegram is told so until it is done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Kept:
    """One update of Telegram's, reduced to what is needed to carry it out."""

    update_id: int
    chat_id: int
    """Telegram's id of the chat in whose order it stands."""
    body: str
    """The reduced update as JSON."""
    applied: bool = False
    """Its effect is committed; what may be missing is the answer."""
    tries: int = 0
    """How often it was begun anew, after the program died in it or it broke."""


class Inbox(Protocol):
    """Updates that are not done yet."""

    async def keep(self, incoming: Sequence[Kept], *, last: int, at: datetime) -> Collection[int]:
        """Store what never was here before, and that everything up to the update id ``last`` has been.

        Returns the ids of those that are new. Telegram numbers updates upwards, and at random again after a week
        without any: so what was here long ago says nothing.
        """
        ...

    async def left_over(self) -> Sequence[Kept]:
        """What is not done and not set aside, in the order in which it came."""
        ...

    async def mark_applied(self, update_id: int) -> None:
        """Note, in the transaction of its effect, that an update has had its effect."""
        ...

    async def begin_again(self, update_id: int) -> None:
        """Count one more try."""
        ...

    async def set_aside(self, update_id: int) -> None:
        """Let it rest: it is not tried again."""
        ...

    async def erase(self, update_ids: Collection[int]) -> None:
        """Forget what is done."""
        ...

    async def erase_older(self, before: datetime) -> None:
        """Forget what was set aside and came before that moment."""
        ...

    async def forget(self, chat_id: int) -> None:
        """Forget everything that came from a chat."""
        ...
