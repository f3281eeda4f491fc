"""The delivery loop: claim what may start now, send it, settle what has ended.

    wake ─▶ one write transaction (settle the ended, claim the next) ─▶ sends, each in a task ─▶ ended ─▶ wake

The intent to send is committed before the request is made, so a program that dies at any point loses nothing: what
was being sent is in doubt, and goes once more, marked.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.core.archive import Claimed, Destination, StoredNews
from bot.core.errors import StorageError
from bot.core.gather import PATIENCE, Joint, Parcel, Turn, next_message
from bot.core.habits import Habits
from bot.core.model import JoinedForm
from bot.core.pacing import Hold
from bot.core.turns import Turns
from bot.services.deliver.compose import Composer, Dialects, WhyData
from bot.services.deliver.gates import Gates
from bot.services.deliver.refusals import MOST, Refusals, Stopped
from bot.services.deliver.rings import Rings
from bot.services.deliver.sender import Sender
from bot.services.deliver.settling import settled
from bot.services.ports.clock import Clock
from bot.services.ports.sending import Gateway, Sent
from bot.services.ports.storage import Settled, Storage, UnitOfWork

log = structlog.get_logger()

HELD_UNTIL = "delivery.held_until"
"""The setting that carries a hold over a restart."""
_LONGEST_SLEEP = 30.0
"""Seconds after which the outbox is looked at although nobody woke the loop."""
_AFTER_STORAGE_ERROR = 1.0
_LOOK_AGAIN = 1.0
_UNDECIDED = Habits()
_AT_ONCE = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """What an operator decides about sending."""

    rate: float = 27.0
    """Messages a second over all chats."""
    settle: timedelta = timedelta(seconds=20)
    """How long a send in doubt rests before it goes once more, marked."""
    drain: timedelta = timedelta(seconds=5)
    """How long answers are waited for when the program stops."""
    most_in_flight: int = 32
    hold_doubts: bool = False
    """Leave what is in doubt to a person instead of sending it once more."""
    patience: timedelta = PATIENCE
    """How long any of few alerts of a chat may have waited and still go one by one."""
    zone: str = "UTC"
    """The deployment's (IANA name), for destinations that chose none."""


async def _nobody(_stopped: Stopped) -> None:
    """Who is told of a broadcast that was given up where there are no admins."""


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
        on_stopped: Awaited with a broadcast that was given up since Telegram refuses all of its messages.
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
        on_stopped: Callable[[Stopped], Awaitable[None]] = _nobody,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._settings = settings or DeliverySettings()
        self._jitter = jitter
        self._composer = Composer(dialects, why_data, mute_data)
        self._sender = Sender(gateway, clock, self._composer)
        self._rings = Rings()
        self._refusals = Refusals()
        self._turns = Turns()
        self._on_stopped = on_stopped
        self._to_stop: list[Stopped] = []
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

    def pass_by(self) -> None:
        """A message that is none of the outbox's is being sent now: the next one of the outbox is spaced from it."""
        self._gates.pass_by(self._clock.monotonic())

    async def release(self, *, resend: bool) -> int:
        """A person's word on what is held in doubt: once more, marked, or given up; returns how many rows."""
        async with self._storage.write() as work:
            released = await work.outbox.release(resend=resend, at=self._clock.now())
        log.info("doubts released", rows=released, resend=resend)
        self.wake()
        return released

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
            left = await work.outbox.recover(now, hold=self._settings.hold_doubts)
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
        ended, room, held_until, to_stop = tuple(self._ended), self._room(now, moment), self._new_hold(), self._to_stop
        if not ended and not room:
            return
        parcels: Sequence[Parcel] = ()
        exhausted = False
        async with self._storage.write() as work:
            if ended:
                await work.outbox.settle(ended)
            if held_until is not None:
                await work.admins.set_value(HELD_UNTIL, held_until.isoformat())
            await self._stop_broadcasts(work, to_stop, now)
            if room:
                taken = await work.outbox.claim(
                    now, most=room, choose=self._choose(now), turns=self._turns, excluding=self._gates.closed(moment)
                )
                parcels, exhausted = taken.parcels, taken.exhausted
            due_at = await work.outbox.next_due_at()
        del self._ended[: len(ended)]
        self._to_stop = [each for each in self._to_stop if each not in to_stop]
        if held_until is not None:
            self._kept_until = held_until
            log.warning("Telegram told the bot to wait", until=held_until.isoformat())
        if not self._woken.is_set():
            self._due_at = due_at
            self._look_again_at = moment + _LOOK_AGAIN if exhausted else -math.inf
        self._turns = self._turns.after(len(parcels))
        for parcel in parcels:
            self._begin(parcel)
        for stopped in to_stop:
            await self._on_stopped(stopped)

    def _choose(self, now: datetime) -> Callable[[Sequence[Claimed], Mapping[int, Habits]], Turn]:
        """How a chat's rows become its next message, at this moment."""
        zone, patience = self._settings.zone, self._settings.patience

        def choose(rows: Sequence[Claimed], decided: Mapping[int, Habits]) -> Turn:
            def habits_of(destination_id: int) -> Habits:
                return decided.get(destination_id, _UNDECIDED).within(zone)

            def join(destination: Destination, stored: Sequence[StoredNews], form: JoinedForm) -> Joint:
                own = habits_of(destination.id).zone or zone
                return self._composer.join(destination, stored, form, zone=own, now=now)

            return next_message(rows, habits_of, self._rings.heard, join, now=now, patience=patience)

        return choose

    async def _stop_broadcasts(self, work: UnitOfWork, to_stop: Sequence[Stopped], now: datetime) -> None:
        for stopped in to_stop:
            reason = f"given up after {MOST} equal refusals: {stopped.reason}"
            rows = await work.outbox.stop_broadcast(stopped.news_id, stopped.kind, reason=reason, at=now)
            log.error("broadcast given up", news=stopped.news_id, kind=stopped.kind.value, rows=rows, reason=reason)

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

    def _begin(self, parcel: Parcel) -> None:
        start = self._gates.enter(parcel, self._clock.monotonic())
        task = asyncio.create_task(self._send(parcel, start), name=f"send-{parcel.first.id}")
        self._in_flight.add(task)
        task.add_done_callback(self._finished)

    async def _send(self, parcel: Parcel, start: float) -> None:
        await self._clock.sleep(start - self._clock.monotonic())
        started = self._clock.monotonic()
        outcome = await self._sender.send(parcel, zone=self._settings.zone)
        now, moment = self._clock.now(), self._clock.monotonic()
        self._gates.leave(parcel, outcome, started=started, moment=moment, now=now)
        if isinstance(outcome, Sent) and not parcel.silent:
            self._rings.remember(parcel)
        if (stopped := self._refusals.learn(parcel, outcome)) is not None:
            self._to_stop = [*self._to_stop, stopped]
        settings = self._settings
        self._ended += settled(
            parcel, outcome, now=now, settle=settings.settle, jitter=self._jitter(), hold=settings.hold_doubts
        )

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
