"""Feeds are read when the database says so: side by side, never twice at once, and to their end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.clock import SystemClock
from bot.core.archive import Feed, FeedSettings
from bot.scheduling.steps import Heartbeat
from bot.scheduling.supervisor import Supervisor
from bot.services.ingest import PollOutcome, PollReport
from bot.services.ports.storage import ReadState, UnitOfWork
from bot.storage import SqlStorage, open_storage
from tests.builders import NOW
from tests.fakes import SetClock


@dataclass
class SlowIngest:
    """Reads that end when the test lets them, and then are due again a minute later."""

    storage: SqlStorage
    clock: SetClock | SystemClock
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def poll(self, feed: Feed) -> PollReport:
        name = feed.title
        await self._note(self.begun, name)
        try:
            await self.gates[name].wait()
        except asyncio.CancelledError:
            self.cancelled.append(name)
            raise
        now = self.clock.now()
        async with self.storage.write() as work:
            await work.feeds.record_read(feed.id, ReadState(now, now + timedelta(minutes=1), ok=True))
        await self._note(self.ended, name)
        return PollReport(feed.id, PollOutcome.UNCHANGED, "")

    async def _note(self, where: list[str], name: str) -> None:
        async with self.changed:
            where.append(name)
            self.changed.notify_all()

    async def until(self, where: list[str], count: int) -> None:
        """Wait until so many reads have begun or ended."""
        async with asyncio.timeout(10), self.changed:
            await self.changed.wait_for(lambda: len(where) >= count)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """An open database with three feeds, due at once."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        async with opened.write() as work:
            for name in "abc":
                await work.feeds.add(FeedSettings(f"https://{name}.example/", title=name), at=NOW)
        yield opened


def an_ingest(storage: SqlStorage, clock: SetClock | SystemClock, *, open_: str = "") -> SlowIngest:
    """Reads of the three feeds; only those named end by themselves."""
    ingest = SlowIngest(storage, clock, {name: asyncio.Event() for name in "abc"})
    for name in open_:
        ingest.gates[name].set()
    return ingest


@asynccontextmanager
async def ticking(storage: SqlStorage, ingest: SlowIngest, **settings: object) -> AsyncIterator[Supervisor]:
    """A supervisor that is ticked by hand."""
    supervisor = Supervisor(storage, ingest, ingest.clock, **settings)  # type: ignore[arg-type]  # a stand-in
    try:
        yield supervisor
    finally:
        for gate in ingest.gates.values():
            gate.set()
        await supervisor.stop()


async def test_due_feeds_are_read_side_by_side(storage: SqlStorage) -> None:
    """One feed that hangs delays no other."""
    ingest = an_ingest(storage, SetClock(), open_="bc")
    async with ticking(storage, ingest) as supervisor:
        await supervisor.tick()
        await ingest.until(ingest.ended, 2)
        assert sorted(ingest.ended) == ["b", "c"]


async def test_a_feed_is_never_read_twice_at_once(storage: SqlStorage) -> None:
    """While its read runs a feed stays due in the database, and is left alone."""
    ingest = an_ingest(storage, SetClock(), open_="bc")
    async with ticking(storage, ingest) as supervisor:
        for _ in range(3):
            await supervisor.tick()
        await ingest.until(ingest.ended, 2)
        assert sorted(ingest.begun) == ["a", "b", "c"]


async def test_a_busy_host_delays_no_other(storage: SqlStorage) -> None:
    """A hundred feeds of one host that were due before all others hold two places; the others are read."""
    async with storage.write() as work:
        for number in range(100):
            settings = FeedSettings(f"https://many.example/{number}", title=f"many {number}")
            await work.feeds.add(settings, at=NOW - timedelta(hours=1))
    ingest = an_ingest(storage, SetClock(), open_="abc")
    ingest.gates.update({f"many {number}": asyncio.Event() for number in range(100)})
    async with ticking(storage, ingest, concurrency=8) as supervisor:
        await supervisor.tick()
        await ingest.until(ingest.ended, 3)
        assert sorted(ingest.ended) == ["a", "b", "c"]
        assert sorted(ingest.begun) == ["a", "b", "c", "many 0", "many 1"]


async def test_a_place_that_becomes_free_is_given_on_at_once(storage: SqlStorage) -> None:
    """What is due need not wait for the next tick; each feed is read once, longest due first."""
    ingest = an_ingest(storage, SetClock(), open_="abc")
    async with ticking(storage, ingest, concurrency=1) as supervisor:
        await supervisor.tick()
        await ingest.until(ingest.ended, 3)
        assert ingest.begun == ["a", "b", "c"]


async def test_a_start_after_a_long_time_is_no_burst(storage: SqlStorage) -> None:
    """What became due meanwhile is begun within a minute, one after the other, longest due first."""
    async with storage.write() as work:
        for number in range(997):
            settings = FeedSettings(f"https://{number}.example/", title=str(number))
            await work.feeds.add(settings, at=NOW - timedelta(hours=1))
    clock = SetClock()
    ingest = an_ingest(storage, clock)
    ingest.gates.update({str(number): asyncio.Event() for number in range(997)})
    async with ticking(storage, ingest, concurrency=2000) as supervisor:
        await supervisor.catch_up()
        begun = []
        for _ in range(61):
            await supervisor.tick()
            await asyncio.sleep(0)
            begun.append(len(supervisor._running))
            clock.moment += timedelta(seconds=1)
        assert begun[-1] == 1000
        assert max(later - earlier for earlier, later in pairwise(begun)) <= 18
        await ingest.until(ingest.begun, 1000)
        assert ingest.begun[-3:] == ["a", "b", "c"]


async def test_a_few_feeds_are_read_soon_after_the_start(storage: SqlStorage) -> None:
    """Three that are due are begun within a second."""
    clock = SetClock()
    ingest = an_ingest(storage, clock, open_="abc")
    async with ticking(storage, ingest) as supervisor:
        await supervisor.catch_up()
        clock.moment += timedelta(seconds=1)
        await supervisor.tick()
        await ingest.until(ingest.ended, 3)


async def test_no_more_feeds_at_once_than_there_are_places(storage: SqlStorage) -> None:
    """The next feed begins when one has ended."""
    ingest = an_ingest(storage, SetClock())
    async with ticking(storage, ingest, concurrency=2) as supervisor:
        await supervisor.tick()
        await supervisor.tick()
        await ingest.until(ingest.begun, 2)
        assert ingest.begun == ["a", "b"]
        ingest.gates["a"].set()
        await ingest.until(ingest.begun, 3)
        assert ingest.begun[2] == "c"


async def test_stopping_waits_for_reads_and_begins_none(storage: SqlStorage) -> None:
    """A read that was under way comes to its end."""
    ingest = an_ingest(storage, SetClock())
    async with ticking(storage, ingest) as supervisor:
        await supervisor.tick()
        await ingest.until(ingest.begun, 3)
        stopping = asyncio.create_task(supervisor.stop())
        await asyncio.sleep(0)
        for gate in ingest.gates.values():
            gate.set()
        await stopping
        assert sorted(ingest.ended) == ["a", "b", "c"]
        assert ingest.cancelled == []
        ingest.clock.moment += timedelta(hours=1)  # type: ignore[union-attr]  # the clock that was set above
        await supervisor.tick()
        assert len(ingest.begun) == 3


async def test_a_read_that_outlasts_the_drain_is_cut_short(storage: SqlStorage) -> None:
    """Stopping has an end, whatever a source does."""
    ingest = an_ingest(storage, SetClock())
    supervisor = Supervisor(storage, ingest, ingest.clock, drain=timedelta(seconds=0.05))
    await supervisor.tick()
    await ingest.until(ingest.begun, 3)
    await supervisor.stop()
    assert sorted(ingest.cancelled) == ["a", "b", "c"]


async def test_it_ticks_by_itself(storage: SqlStorage) -> None:
    """Started, it reads what is due without being asked, and stops cleanly."""
    ingest = an_ingest(storage, SetClock(), open_="abc")
    supervisor = Supervisor(storage, ingest, ingest.clock)
    # The heartbeat has a clock of its own here: the set one would stand still for ever between two beats.
    supervisor._heartbeat = Heartbeat(SystemClock())
    supervisor.start()
    await ingest.until(ingest.ended, 3)
    await supervisor.stop()


@dataclass
class SteppedClock:
    """A wall clock that is set back at one beat, beside a steady one."""

    steps: dict[int, timedelta]
    wall: datetime = NOW
    steady: float = 0.0
    beats: int = 0

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.steady

    async def sleep(self, seconds: float) -> None:
        self.beats += 1
        self.steady += seconds
        self.wall += timedelta(seconds=seconds) + self.steps.get(self.beats, timedelta(0))
        await asyncio.sleep(0)


async def test_a_step_back_of_the_clock_is_noticed() -> None:
    """Slewing and jumps ahead are none; ten minutes back are."""
    steps = {2: timedelta(seconds=-0.5), 4: timedelta(hours=2), 6: timedelta(minutes=-10)}
    clock = SteppedClock(steps)
    assert await Heartbeat(clock).next_step_back() == timedelta(minutes=10)
    assert clock.beats == 6


async def test_after_a_step_back_every_feed_is_read_soon_and_once(storage: SqlStorage) -> None:
    """Times that were set on the old clock would keep feeds waiting until it comes again."""
    clock = SetClock()
    ingest = an_ingest(storage, clock, open_="abc")
    async with ticking(storage, ingest) as supervisor:
        await supervisor.tick()
        await ingest.until(ingest.ended, 3)
        clock.moment -= timedelta(minutes=10)
        await supervisor.tick()
        assert len(ingest.begun) == 3
        supervisor.stepped_back(timedelta(minutes=10))
        for _ in range(4):
            await supervisor.tick()
            await asyncio.sleep(0)
        await ingest.until(ingest.ended, 6)
        await supervisor.tick()
        assert sorted(ingest.begun) == ["a", "a", "b", "b", "c", "c"]


class HeldStorage:
    """The real database, whose snapshots wait until the test lets them go."""

    def __init__(self, storage: SqlStorage) -> None:
        self._storage = storage
        self.asked = asyncio.Event()
        self.gate = asyncio.Event()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        self.asked.set()
        await self.gate.wait()
        async with self._storage.read() as work:
            yield work

    def write(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._storage.write()


async def test_stopping_waits_for_a_look_at_the_database(storage: SqlStorage) -> None:
    """A tick that is asking the database when the program stops is waited for, and begins nothing any more."""
    ingest, held = an_ingest(storage, SetClock()), HeldStorage(storage)
    supervisor = Supervisor(held, ingest, ingest.clock)
    tick = asyncio.create_task(supervisor.tick())
    await held.asked.wait()
    stopping = asyncio.create_task(supervisor.stop())
    done, _ = await asyncio.wait([stopping], timeout=0.05)
    assert not done
    held.gate.set()
    await asyncio.gather(tick, stopping)
    assert ingest.begun == []


class LateStorage(HeldStorage):
    """The real database, which gives its answer when the test lets it, though it was found before."""

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        async with self._storage.read() as work:
            found = await work.feeds.due(NOW, limit=9)
            self.asked.set()
            await self.gate.wait()
            yield SimpleNamespace(feeds=SimpleNamespace(due=_answer(found)))


def _answer(found: Sequence[Feed]) -> Callable[..., Awaitable[Sequence[Feed]]]:
    async def due(_now: datetime, *, limit: int) -> Sequence[Feed]:
        return found[:limit]

    return due


async def test_a_read_that_ends_meanwhile_is_not_begun_again(storage: SqlStorage) -> None:
    """What was being read when the database was asked is not due, though the answer still says so."""
    ingest, late = an_ingest(storage, SetClock()), LateStorage(storage)
    supervisor = Supervisor(late, ingest, ingest.clock)
    late.gate.set()
    await supervisor.tick()
    await ingest.until(ingest.begun, 3)
    late.gate.clear()
    late.asked.clear()
    tick = asyncio.create_task(supervisor.tick())
    await late.asked.wait()
    for gate in ingest.gates.values():
        gate.set()
    await ingest.until(ingest.ended, 3)
    await asyncio.gather(*supervisor._running.values())
    late.gate.set()
    await tick
    assert sorted(ingest.begun) == ["a", "b", "c"]
    await supervisor.stop()
