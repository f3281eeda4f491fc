"""What the tests of ingest and delivery share: a page that changes, and a crash at any await."""

from __future__ import annotations

import asyncio
import shutil
import time as time_module
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.core.archive import Destination, Validators
from bot.core.message import Message
from bot.core.model import NewsUpdate
from bot.core.reading import ReadOutcome, ReadRequest
from bot.services.ports.fetching import Failed, Fetched, FetchOutcome, NotModified
from bot.services.ports.sending import SendOutcome, Sent
from bot.services.ports.storage import Storage, UnitOfWork
from tests.builders import NOW
from tests.fakes import a_reading

DAY = date(2031, 5, 4)
PAGE_URL = "https://norvale-post.example/chronology"


def timed(clock: str, text: str, *, heading: str | None = None, day: date = DAY) -> NewsUpdate:
    """An update of the tests' day, its clock in UTC."""
    at = time.fromisoformat(clock)
    return NewsUpdate(
        text, 0, heading=heading, local_date=day, local_time=at, published_at=datetime.combine(day, at, UTC)
    )


@dataclass
class ChangingPage:
    """A source whose document is whatever the test sets; reading it yields exactly that."""

    reading: ReadOutcome | Failed = field(default_factory=a_reading)
    version: int = 0
    asked_with: list[Validators | None] = field(default_factory=list)
    reads: int = 0

    def show(self, *updates: NewsUpdate, damaged: str | None = None) -> None:
        """The page now has these updates, top to bottom."""
        placed = [replace(news, position=place) for place, news in enumerate(updates)]
        self.reading = replace(a_reading(*placed), damaged=damaged)
        self.version += 1

    def fail(self, failed: Failed) -> None:
        """The page now answers like this."""
        self.reading = failed

    async def fetch(self, url: str, validators: Validators | None = None) -> FetchOutcome:
        self.asked_with.append(validators)
        if isinstance(self.reading, Failed):
            return self.reading
        if validators is not None and validators.etag == str(self.version):
            return NotModified(validators)
        return Fetched(str(self.version).encode(), url, validators=Validators(url, etag=str(self.version)))

    async def read(self, request: ReadRequest) -> ReadOutcome:
        self.reads += 1
        assert not isinstance(self.reading, Failed)
        return self.reading


class CrashError(BaseException):
    """The program dies here: nothing of ours may catch it."""


@dataclass
class CrashPlan:
    """Dies at the n-th step; counts from 1, and 0 never dies."""

    at: int = 0
    steps: int = 0

    def step(self, name: str) -> None:
        """One place at which a program can die."""
        self.steps += 1
        if self.steps == self.at:
            raise CrashError(f"step {self.at}: {name}")

    @property
    def happened(self) -> bool:
        """The step was reached."""
        return 0 < self.at <= self.steps


class CrashingStorage:
    """The real database, dying before a transaction, at any call inside, before its commit, or right after it."""

    def __init__(self, storage: Storage, crash: CrashPlan) -> None:
        self._storage = storage
        self._crash = crash

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        self._crash.step("before a transaction")
        async with self._storage.write() as work:
            yield _CrashingWork(work, self._crash)
            self._crash.step("before a commit")
        self._crash.step("after a commit")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        self._crash.step("before a snapshot")
        async with self._storage.read() as work:
            yield work


class _CrashingWork:
    def __init__(self, work: UnitOfWork, crash: CrashPlan) -> None:
        self._work = work
        self._crash = crash

    def __getattr__(self, repository: str) -> Any:
        return _CrashingRepository(getattr(self._work, repository), self._crash)


class _CrashingRepository:
    def __init__(self, repository: object, crash: CrashPlan) -> None:
        self._repository = repository
        self._crash = crash

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self._repository, name)

        async def call(*arguments: Any, **named: Any) -> Any:
            self._crash.step(f"before {name}")
            return await method(*arguments, **named)

        return call


def copied(template: Path, target: Path) -> str:
    """The address of a copy of a closed database."""
    shutil.copyfile(template, target)
    return f"sqlite:///{target}"


class FastClock:
    """A clock that runs ``speed`` times as fast as the real one, from the tests' noon on."""

    def __init__(self, speed: float = 1.0, *, ahead: timedelta = timedelta(0)) -> None:
        self._speed = speed
        self._start = time_module.monotonic()
        self._ahead = ahead

    def monotonic(self) -> float:
        return (time_module.monotonic() - self._start) * self._speed + self._ahead.total_seconds()

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.monotonic())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds) / self._speed)


@dataclass(frozen=True)
class Arrival:
    """One message that reached a chat, or one edit of it."""

    at: float
    """When its request was made, in seconds of the test's clock."""
    destination: Destination
    text: str
    silent: bool = False
    reply_to: int | None = None
    edits: int | None = None

    @property
    def repeat(self) -> bool:
        """It says itself that it may be the second copy."""
        return self.text.startswith("(repeat)")


@dataclass(frozen=True)
class Lost:
    """An outcome of a message that did not arrive, or, ``arrived``, of one that did."""

    outcome: SendOutcome
    arrived: bool = False


@dataclass
class Mailbox:
    """Telegram as a list of what arrived; answers as told, chat by chat, then with success."""

    clock: FastClock
    crash: CrashPlan = field(default_factory=CrashPlan)
    planned: dict[int, list[Lost]] = field(default_factory=dict)
    arrived: list[Arrival] = field(default_factory=list)
    calls: list[Arrival] = field(default_factory=list)
    gate: asyncio.Event | None = None
    """While it is closed nothing is answered."""
    called: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(
        self, destination: Destination, message: Message, *, silent: bool, reply_to: int | None = None
    ) -> SendOutcome:
        return await self._take(Arrival(self.clock.monotonic(), destination, message.text, silent, reply_to))

    async def edit(self, destination: Destination, message_id: int, message: Message) -> SendOutcome:
        return await self._take(Arrival(self.clock.monotonic(), destination, message.text, edits=message_id))

    async def _take(self, arrival: Arrival) -> SendOutcome:
        self.crash.step("before a request")
        self.calls.append(arrival)
        self.called.set()
        planned = self.planned.get(arrival.destination.chat_id)
        answer = planned.pop(0) if planned else None
        if answer is None or answer.arrived:
            self.arrived.append(arrival)
        number = len(self.arrived)
        if self.gate is not None:
            await self.gate.wait()
        await asyncio.sleep(0)
        self.crash.step("before an answer")
        return answer.outcome if answer is not None else Sent(number)

    def texts(self, chat_id: int) -> list[str]:
        """The headings that one chat got, oldest first, repeats marked with a star."""
        return [
            ("*" if arrival.repeat else "") + arrival.text.removeprefix("(repeat) ").splitlines()[0].split(": ")[-1]
            for arrival in self.arrived
            if arrival.destination.chat_id == chat_id
        ]


class WatchedStorage:
    """The real database, which tells when something was committed."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._committed = asyncio.Condition()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        async with self._storage.write() as work:
            yield work
        async with self._committed:
            self._committed.notify_all()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        async with self._storage.read() as work:
            yield work

    async def until(self, wanted: Callable[[Mapping[str, int]], bool], *, within: float = 20) -> Mapping[str, int]:
        """Wait until the outbox' counts by state are as wanted."""
        async with asyncio.timeout(within), self._committed:
            while True:
                async with self._storage.read() as work:
                    counts = (await work.outbox.counts()).by_state
                if wanted(counts):
                    return counts
                await self._committed.wait()


def finished(counts: Mapping[str, int]) -> bool:
    """Nothing waits and nothing is under way."""
    return not any(counts.get(state) for state in ("pending", "parked", "sending", "in_doubt"))
