"""What is to be sent, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.archive import Claimed, Destination
from bot.core.blackout import Outage
from bot.core.gather import Parcel, Turn, one_by_one
from bot.core.habits import Habits
from bot.core.model import OutboxKind
from bot.core.turns import Turns
from bot.services.ports.sending import SendOutcome


@dataclass(frozen=True, slots=True)
class Settled:
    """How one claimed outbox row ended, or when it is to be tried again."""

    id: int
    outcome: SendOutcome
    at: datetime
    retry_at: datetime | None = None
    """For outcomes that are tried again; ``None``: at once, after a 429 when its delay is over."""
    hold: bool = False
    """What is in doubt rests until a person decides; the chat goes on meanwhile."""


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """The outbox at a glance."""

    by_state: Mapping[str, int] = field(default_factory=dict)
    oldest_pending_at: datetime | None = None


Within = Callable[[str], Collection[str]]
"""The ids of what a place lies in, by its id."""


def nowhere(_place_id: str) -> Collection[str]:
    """Where no packs are at hand, no place lies in another."""
    return ()


Choose = Callable[[Sequence[Claimed], Mapping[int, Habits]], Turn]
"""What becomes of the rows that are due for one chat, given what its destinations decided (by id; none: nothing)."""


def choose_first(rows: Sequence[Claimed], _habits: Mapping[int, Habits]) -> Turn:
    """The first row, alone, whatever the moment."""
    return one_by_one(rows)


FIRST_TURN = Turns()


@dataclass(frozen=True, slots=True)
class Taken:
    """What one claim took."""

    parcels: tuple[Parcel, ...]
    """One a chat at most."""
    exhausted: bool
    """Nothing else is due for any chat that takes something now."""


class Outbox(Protocol):
    """What is to be sent, written in the transaction that makes it due."""

    async def enqueue_alerts(self, news_ids: Sequence[int], *, at: datetime, within: Within = nowhere) -> int:
        """One alert row per (current revision, matching active destination); returns how many.

        One set-based statement per batch, which holds the audience as :mod:`bot.core.audience` tells it of one chat:
        topics, followed words and places. The loudest setting decides. Rows that exist already are left as they are.
        ``within`` tells what a place lies in.
        """
        ...

    async def enqueue_revisions(self, news_ids: Sequence[int], kinds: Collection[OutboxKind], *, at: datetime) -> int:
        """Edit and reply rows to exactly the destinations that were sent, or are being sent, an earlier revision.

        A row of an earlier revision that is still pending is superseded: it is sent once, in the current version.
        """
        ...

    async def claim(
        self,
        now: datetime,
        *,
        most: int,
        choose: Choose = choose_first,
        turns: Turns = FIRST_TURN,
        excluding: Collection[int] = (),
    ) -> Taken:
        """Take what is due, at most one message a chat, and mark it as being sent; record what waits on or has lapsed.

        The lanes have their turns as ``turns`` says, within a lane the chats that something has been due for longest.
        A chat with an unsettled send, or in ``excluding`` (its lines' number), gives nothing: its order holds. Rows of
        chats that are gone are ended. The caller's transaction commits the intent **before** any request is made.
        """
        ...

    async def settle(self, settled: Sequence[Settled]) -> None:
        """Record outcomes: sent rows get their message, gone chats become inactive, the rest waits or ends."""
        ...

    async def stop_broadcast(self, news_id: int, kind: OutboxKind, *, reason: str, at: datetime) -> int:
        """End all rows of an update and kind that wait, as dead; returns how many."""
        ...

    async def release(self, *, resend: bool, at: datetime) -> int:
        """An operator's word on what is held in doubt: once more, marked, or given up; returns how many rows."""
        ...

    async def recover(self, now: datetime, *, hold: bool = False) -> int:
        """At start: rows that were being sent when the program died are in doubt, due now or held for a person's word.

        Edits are due again as if nothing had happened: made twice they are made once.
        """
        ...

    async def next_due_at(self) -> datetime | None:
        """When the earliest waiting row becomes due; ``None`` when nothing waits."""
        ...

    async def counts(self) -> OutboxCounts: ...


@dataclass(frozen=True, slots=True)
class OutageNotice:
    """What one destination is to be told of an outage: that it lasts, or with ``message_id`` that it is over."""

    outage: Outage
    destination: Destination
    message_id: int | None = None
    """The message that told of it, to be edited now."""
    reachable: bool = True
    """``False`` where the message stayed behind in a group that has migrated since."""


class Outages(Protocol):
    """Which sources could not be read, and who was told."""

    async def lasting(self) -> Sequence[Outage]:
        """Those without an end, oldest first."""
        ...

    async def begin(
        self, feeds: Sequence[tuple[int, str]], *, since: datetime, until: datetime | None = None, at: datetime
    ) -> int:
        """Begin an outage of these feeds, or without any of Sitrep itself; returns how many are to be told.

        Those are the active ones that want anything with sound and were told of no outage within six hours.
        """
        ...

    async def end(self, outage_id: int, *, at: datetime) -> None:
        """All of its feeds are read again: whoever was told is to be told so, whoever was not never is."""
        ...

    async def take(self, *, limit: int) -> Sequence[OutageNotice]:
        """Notices that are due, the intent to send written down: each must be settled."""
        ...

    async def settle(self, notice: OutageNotice, *, message_id: int | None, again: bool = False) -> None:
        """How sending one ended: as this message, refused (``None``), or to be tried ``again``."""
        ...

    async def recover(self) -> None:
        """At start: what was being sent when the program died may have arrived, and is not sent again."""
        ...
