"""``sitrep replay``: the alerts that the states of one page, read one after the other, would have made.

Each state is one poll through the real pipeline and a database that lasts as long as the command. Age and flood rules
are off; the clock stands at the latest time that a state prints, and never goes back.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli import source as sources
from bot.cli.options import Day, Json, Language, Timezone, Url
from bot.core.archive import Feed, FeedSettings, StoredNews, Validators
from bot.core.errors import SourceError
from bot.core.polling import Pace
from bot.services.ports.fetching import Fetched

if TYPE_CHECKING:
    from bot.core.model import NewsUpdate
    from bot.core.reading import Reading
    from bot.services.ingest import Ingest, Verdict
    from bot.services.ports.reading import Reader
    from bot.storage import SqlStorage

Row = dict[str, Any]

_NO_ADDRESS = "replay:"
_NOT_YET = datetime(1, 1, 1, tzinfo=UTC)
_TELLING = {"new", "corrected", "added", "withdrawn", "removed"}


def replay(
    states: Annotated[list[Path], typer.Argument(metavar="FILE...", help="The states of one page, oldest first.")],
    url: Url = None,
    timezone: Timezone = None,
    day: Day = None,
    language: Language = None,
    as_json: Json = False,
) -> None:
    """Show the alerts that the states of one page would have made, one poll each; the first alerts nobody."""
    from bot.log import set_up_logging

    set_up_logging("error")
    known = sources.Source(
        b"", url, timezone=sources.check_timezone(timezone), language=language, day=sources.parse_day(day)
    )
    asyncio.run(_print(states, known, as_json=as_json))


async def _print(states: Sequence[Path], known: sources.Source, *, as_json: bool) -> None:
    async for row in alerts(states, known):
        for line in [json.dumps(row, ensure_ascii=False)] if as_json else _lines(row):
            print(line, flush=True)


async def alerts(states: Sequence[Path], known: sources.Source) -> AsyncIterator[Row]:
    """The alerts of each state in order; ``known`` is what the command line says of all of them."""
    from bot.packs import load_packs
    from bot.reading.pool import ReadingPool
    from bot.services.ingest import Ingest
    from bot.storage import open_storage

    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sitrep-replay-"))
        storage = await stack.enter_async_context(open_storage(f"sqlite:///{folder}/replay.db"))
        reader = await stack.enter_async_context(ReadingPool(size=1))
        clock, page = _PageClock(), _Page(known.url or "")
        ingest = Ingest(
            storage,
            page,
            reader,
            load_packs(),
            clock,
            pace=Pace(timedelta(minutes=1), timedelta(minutes=1)),
            jitter=lambda: 0.0,
            on_enqueued=lambda: None,
            any_age=True,
        )
        poller = _Poller(storage, ingest, await _feed(storage, known), page, clock, _DayOfReading(reader, known))
        for state in states:
            async for row in poller.poll(state):
                yield row


async def _feed(storage: SqlStorage, known: sources.Source) -> int:
    settings = FeedSettings(known.url or _NO_ADDRESS, timezone=known.timezone, language=known.language)
    async with storage.write() as work:
        feed = await work.feeds.add(settings, at=datetime.now(UTC))
    assert feed is not None
    return feed.id


@dataclass
class _PageClock:
    """Stands where the page's own times put it."""

    moment: datetime = _NOT_YET

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, _seconds: float) -> None:
        await asyncio.sleep(0)


@dataclass
class _Page:
    """The page in its present state, in the place of a server."""

    url: str
    body: bytes = b""

    async def fetch(self, _url: str, _validators: Validators | None = None) -> Fetched:
        return Fetched(self.body, self.url)


@dataclass
class _DayOfReading:
    """On which day each state was read: that of the state before, until the page itself passes midnight."""

    reader: Reader
    known: sources.Source
    before: Sequence[NewsUpdate] = ()

    async def latest(self, body: bytes) -> datetime | None:
        """The latest time that the state prints, UTC; its day's end where the first state prints none."""
        reading = await self._read(body)
        if self.known.day is not None and self._is_after_midnight(reading):
            self.known = replace(self.known, day=self.known.day + timedelta(days=1))
            reading = await self._read(body)
        self.before = reading.split.updates
        times = [news.published_at for news in self.before if news.published_at is not None]
        return max(times, default=None)

    async def _read(self, body: bytes) -> Reading:
        return await sources.read(replace(self.known, body=body), self.reader)

    def _is_after_midnight(self, reading: Reading) -> bool:
        """Whether reading on the same day would put most of what stayed a day back."""
        old = {news.text: news.published_at for news in self.before if news.text and news.published_at}
        moved = Counter(
            news.published_at - old[news.text]
            for news in reading.split.updates
            if news.published_at is not None and news.text in old
        )
        return moved[timedelta(days=-1)] * 2 > moved.total()

    @property
    def end(self) -> datetime:
        """The end of the present day of reading."""
        zone = ZoneInfo(self.known.timezone or "UTC")
        return datetime.combine(self.known.day or date.today(), time.max, zone).astimezone(UTC)  # noqa: DTZ011  # the reader's own today


@dataclass
class _Poller:
    """Polls state after state and tells what each poll would have sent."""

    storage: SqlStorage
    ingest: Ingest
    feed_id: int
    page: _Page
    clock: _PageClock
    days: _DayOfReading

    async def poll(self, state: Path) -> AsyncIterator[Row]:
        """The alerts of one state, in page order."""
        try:
            self.page.body = (await sources.load(str(state))).body
            latest = await self.days.latest(self.page.body)
        except SourceError as error:
            print(f"sitrep: {state.name}: {error}", file=sys.stderr)
            return
        self.clock.moment = max(self.clock.moment, latest or self.clock.moment)
        if self.clock.moment == _NOT_YET:
            self.clock.moment = self.days.end
        report = await self.ingest.poll(await self._feed())
        for verdict in report.verdicts:
            row = None if report.baseline else await self._row(verdict)
            if row is not None:
                yield {"state": state.name, **row}

    async def _feed(self) -> Feed:
        async with self.storage.read() as work:
            feed = await work.feeds.get(self.feed_id)
        assert feed is not None
        return feed

    async def _row(self, verdict: Verdict) -> Row | None:
        """What is told of one update, ``None`` where nothing is."""
        if not verdict.told or verdict.decision not in _TELLING or (verdict.news and verdict.news.service):
            return None
        if verdict.known_id is None:
            assert verdict.news is not None
            return _row(verdict, verdict.news, verdict.news.text, None)
        async with self.storage.read() as work:
            stored = await work.news.get(verdict.known_id)
        assert stored is not None
        return None if stored.news.service else _of_known(verdict, stored)


def _of_known(verdict: Verdict, stored: StoredNews) -> Row:
    """A known update: its current version, or the last one before it was taken back or taken out."""
    earlier = stored.revisions[-2] if len(stored.revisions) > 1 and verdict.decision != "removed" else None
    was = earlier.text if earlier else stored.news.text
    row = _row(verdict, stored.news, was if verdict.decision == "withdrawn" else stored.news.text, was)
    if verdict.decision == "withdrawn" and earlier is not None:
        row["heading"] = earlier.heading
    return row


def _row(verdict: Verdict, news: NewsUpdate, text: str, was: str | None) -> Row:
    return {
        "event": verdict.decision,
        "date": news.local_date.isoformat() if news.local_date else None,
        "time": news.local_time.strftime("%H:%M") if news.local_time else None,
        "heading": news.heading,
        "text": text,
        "was": was,
        "reason": verdict.reason,
    }


def _lines(row: Row) -> Iterator[str]:
    when = f"{row['date'] or '----------'} {row['time'] or '--:--'}"
    yield f"{row['state']}  {row['event']}  {when}  {row['heading'] or ''}".rstrip()
    yield f"    {row['text']}".replace("\n", "\n    ")
    if row["was"] not in {None, row["text"]}:
        yield f"    was: {row['was']}".replace("\n", "\n    ")
    yield f"    because: {row['reason']}"
