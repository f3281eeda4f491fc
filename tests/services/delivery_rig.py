"""What the tests of ingest and delivery share: a page that changes, and a crash at any await."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from bot.core.archive import Validators
from bot.core.model import NewsUpdate
from bot.core.reading import Reading, ReadOutcome, ReadRequest
from bot.services.ports.fetching import Failed, Fetched, FetchOutcome, NotModified
from bot.services.ports.storage import Storage, UnitOfWork
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
        assert isinstance(self.reading, Reading) or not isinstance(self.reading, Failed)
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


def ids_in_order(received: Sequence[tuple[int, str]], chat_id: int) -> list[str]:
    """What one chat got, oldest first."""
    return [text for chat, text in received if chat == chat_id]
