"""The delivery loop: claim what may start now, send it, settle what has ended.

    wake ─▶ one write transaction (settle the ended, claim the next) ─▶ sends, each in a task ─▶ ended ─▶ wake

The intent to send is committed before the request is made, so a program that dies at any point loses nothing: what
was being sent is in doubt, and goes once more, marked.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.core.archive import Claimed
from bot.core.errors import StorageError
from bot.core.pacing import Hold
from bot.services.deliver.gates import Gates
from bot.services.deliver.sender import Dialects, Sender, WhyData
from bot.services.deliver.settling import settled
from bot.services.ports.clock import Clock
from bot.services.ports.sending import Gateway, Unsent
from bot.services.ports.storage import Settled, Storage

log = structlog.get_logger()

HELD_UNTIL = "delivery.held_until"
"""The setting that carries a hold over a restart."""
_LONGEST_SLEEP = 30.0
"""Seconds after which the outbox is looked at although nobody woke the loop."""
_AFTER_STORAGE_ERROR = 1.0
_LOOK_AGAIN = 1.0
_AT_ONCE = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """What an operator decides about sending."""

    rate: float = 27.0
    """Messages a second over all chats."""
    settle: timedelta = timedelta(seconds=20)
    """How long a send in doubt rests before it goes once more, marked."""
    drain: timedelta = timedelta(seconds=8)
    """How long answers are waited for when the program stops."""
    most_in_flight: int = 32


class Deliver:
    """Sends the outbox; one per deployment.

    Args:
        storage: Where the outbox is.
        gateway: The way to Telegram.
        clock: Time.
        dialects: Our own words for each chat's language.
        why_data: Callback data of «Why this?».
        mute_data: Callback data of «Mute…».
        settings: Rates and waits.
        jitter: Draws a number between 0 and 1.
    """

    def __init__(
        self,
        storage: Storage,
        gateway: Gateway,
        clock: Clock,
        *,
        dialects: Dialects,
        why_data: WhyData,
        mute_data: WhyData = lambda _: None,
        jitter: Callable[[], float],
        settings: DeliverySettings | None = None,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._settings = settings or DeliverySettings()
        self._jitter = jitter
        self._sender = Sender(gateway, clock, dialects, why_data, mute_data)
        self._gates = Gates(self._settings.rate, most_in_flight=self._settings.most_in_flight)
        self._woken = asyncio.Event()
        self._stopping = False
        self._in_flight: set[asyncio.Task[None]] = set()
        self._broken: BaseException | None = None
        self._ended: list[Settled] = []
        """Outcomes that are not committed yet."""
        self._kept_until: datetime | None = None
        """The end of the hold that the database knows."""
        self._due_at: datetime | None = _AT_ONCE
        """When the earliest waiting row becomes due, as far as is known; ``None`` when nothing waits."""
        self._look_again_at = -math.inf
        """Until when looking is useless unless a chat opens: every row that could be claimed was."""

    def wake(self) -> None:
        """Look at the outbox now: rows were written."""
        self._due_at = _AT_ONCE
        self._look_again_at = -math.inf
        self._woken.set()

    def stop(self) -> None:
        """Begin no more sends; :meth:`run` returns when those in flight have ended, or the drain time is over."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Recover what an earlier run left, then send until :meth:`stop`.

        A database that cannot be used for a moment is waited for; nothing is lost meanwhile.
        """
        try:
            while not self._stopping and not await self._patiently(self._recover):
                pass
            while not self._stopping:
                await self._patiently(self._turn)
                await self._rest(self._idle_for())
            await self._drain()
        finally:
            for task in self._in_flight:
                task.cancel()

    async def _patiently(self, step: Callable[[], Awaitable[None]]) -> bool:
        """Whether the database let the step be made."""
        try:
            await step()
        except StorageError as error:
            log.error("delivery waits for the database", reason=str(error))  # noqa: TRY400 - expected: no traceback
            await self._clock.sleep(_AFTER_STORAGE_ERROR)
            return False
        return True

    async def _recover(self) -> None:
        now = self._clock.now()
        async with self._storage.write() as work:
            left = await work.outbox.recover(now)
            held_until = await work.admins.get_value(HELD_UNTIL)
        if held_until is not None:
            self._kept_until = datetime.fromisoformat(held_until)
            self._gates.restore(Hold(self._kept_until), moment=self._clock.monotonic(), now=now)
        if left:
            log.warning("sends were in flight when the program ended", rows=left)

    async def _turn(self) -> None:
        """Settle what has ended and claim what may start, in one transaction; nothing to do makes none."""
        self._woken.clear()
        if self._broken is not None:
            raise self._broken
        now, moment = self._clock.now(), self._clock.monotonic()
        ended, room, held_until = tuple(self._ended), self._room(now, moment), self._new_hold()
        if not ended and not room:
            return
        async with self._storage.write() as work:
            if ended:
                await work.outbox.settle(ended)
            if held_until is not None:
                await work.admins.set_value(HELD_UNTIL, held_until.isoformat())
            claimed = await work.outbox.claim(now, limit=room, excluding=self._gates.closed(moment)) if room else ()
            due_at = await work.outbox.next_due_at()
        del self._ended[: len(ended)]
        if held_until is not None:
            self._kept_until = held_until
            log.warning("Telegram told the bot to wait", until=held_until.isoformat())
        if not self._woken.is_set():
            self._due_at = due_at
            self._look_again_at = moment + _LOOK_AGAIN if len(claimed) < room else -math.inf
        for row in claimed:
            self._begin(row)

    def _room(self, now: datetime, moment: float) -> int:
        """How many rows to claim: those that may start at once, of those that are due."""
        if self._stopping or self._due_at is None or self._due_at > now or moment < self._next_look():
            return 0
        return self._gates.room(moment, in_flight=len(self._in_flight))

    def _new_hold(self) -> datetime | None:
        """The end of a hold that the database does not know yet."""
        until = self._gates.hold.until
        return until if until != self._kept_until else None

    def _next_look(self) -> float:
        return min(self._look_again_at, self._gates.next_chat_at())

    def _begin(self, claimed: Claimed) -> None:
        moment = self._clock.monotonic()
        start = self._gates.enter(claimed, moment)
        if start is None:
            now = self._clock.now()
            again = now + self._gates.wait_for_chat(claimed, moment)
            self._ended.append(Settled(claimed.id, Unsent("another thread of the chat is being sent to"), now, again))
            self._woken.set()
            return
        task = asyncio.create_task(self._send(claimed, start), name=f"send-{claimed.id}")
        self._in_flight.add(task)
        task.add_done_callback(self._finished)

    async def _send(self, claimed: Claimed, start: float) -> None:
        await self._clock.sleep(start - self._clock.monotonic())
        started = self._clock.monotonic()
        outcome = await self._sender.send(claimed)
        now, moment = self._clock.now(), self._clock.monotonic()
        self._gates.leave(claimed, outcome, started=started, moment=moment, now=now)
        self._ended.append(settled(claimed, outcome, now=now, settle=self._settings.settle, jitter=self._jitter()))

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._broken = task.exception()
        self._woken.set()

    def _idle_for(self) -> float:
        """Seconds until there may be something to do; what ends or is written meanwhile wakes the loop anyway."""
        if self._due_at is None:
            return _LONGEST_SLEEP
        now, moment = self._clock.now(), self._clock.monotonic()
        opens = self._gates.opens_at(moment, in_flight=len(self._in_flight))
        due = 0.0 if self._due_at <= now else (self._due_at - now).total_seconds()
        return min(_LONGEST_SLEEP, max(due, opens - moment, self._next_look() - moment))

    async def _rest(self, seconds: float) -> None:
        """Wait to be woken, for so many seconds at most."""
        if seconds <= 0 or self._woken.is_set():
            return
        waits = [asyncio.ensure_future(self._woken.wait()), asyncio.ensure_future(self._clock.sleep(seconds))]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _drain(self) -> None:
        """Wait for the answers to what is in flight and settle them; what is left is in doubt at the next start."""
        deadline = self._clock.monotonic() + self._settings.drain.total_seconds()
        while (self._in_flight or self._ended) and (left := deadline - self._clock.monotonic()) > 0:
            if self._ended:
                await self._patiently(self._turn)
            else:
                await self._rest(left)
                self._woken.clear()
        if self._in_flight:
            log.warning("sends were still in flight at the end", sends=len(self._in_flight))
