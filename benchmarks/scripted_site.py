"""A web server that answers by scripts in virtual time, and the reader that polls it, for benchmarks and tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

from aiohttp import web

from bot.core.archive import FeedSettings
from bot.core.polling import Pace
from bot.core.reading import ReadOutcome, ReadRequest
from bot.net.fetcher import HttpFetcher
from bot.packs import load_packs
from bot.reading.reading import read
from bot.services.ingest import Ingest
from bot.services.ports.feed_notices import FeedNotice
from bot.storage import SqlStorage, open_storage

START = datetime(2031, 5, 5, 9, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LATEST = timedelta(seconds=150)
"""What jitter and the distance from the full hour may add to a wish."""
TOUCH_AFTER = 4
"""Answers after which a file is touched, or loses its validators."""
HEEDED = 3 * HOUR
"""How far wishes are followed here: far enough to see whether they are kept."""


@dataclass
class VirtualClock:
    """Moves only when it is set, or when somebody sleeps."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=max(0.0, seconds))


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    at: datetime
    conditional: bool
    status: int


class Inline:
    """Reads documents on the spot: they are ours, and small."""

    async def read(self, request: ReadRequest) -> ReadOutcome:
        return read(request)


@dataclass
class ScriptedSite:
    """Answers ``/KIND/NUMBER`` by the script of that kind, and writes down who asked when."""

    clock: VirtualClock
    asked: dict[str, list[Asked]] = field(default_factory=lambda: defaultdict(list))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        conditional = bool({"If-None-Match", "If-Modified-Since"} & set(request.headers))
        answer = SCRIPTS[request.path.split("/")[1]].answer(self, request)
        answer.headers["Date"] = http_date(self.clock.now())
        self.asked[request.path].append(Asked(self.clock.now(), conditional, answer.status))
        return answer

    def count(self, path: str) -> int:
        """How often that path has been asked for."""
        return len(self.asked[path])


Answer = Callable[[ScriptedSite, web.Request], web.Response]


@dataclass(frozen=True)
class Script:
    """What a server does, and for how long it wants not to be asked."""

    about: str
    answer: Answer
    wish: timedelta | None = None


def http_date(at: datetime) -> str:
    """As headers have it."""
    return format_datetime(at, usegmt=True)


def document(path: str, about: str = "") -> bytes:
    """A feed with one update, from the day before, that says this about itself."""
    day_before = http_date(START - 24 * HOUR)
    item = f"<item><guid>{path}</guid><title>Talks in Lemmen</title><pubDate>{day_before}</pubDate></item>"
    return f"<rss version='2.0' xmlns:sy='s'><channel><title>Norvale Post</title>{about}{item}</channel></rss>".encode()


def fails(status: int, **headers: str) -> Answer:
    """Always the same error."""
    return lambda _site, _request: web.Response(status=status, headers=_named(headers))


def whole(about: str = "", **headers: str) -> Answer:
    """Always the whole document, without validators."""
    return lambda _site, request: web.Response(body=document(request.path, about), headers=_named(headers))


def unless_known(about: str = "", tag: str = '"v1"', **headers: str) -> Answer:
    """A 304 for whoever knows the document."""

    def answer(_site: ScriptedSite, request: web.Request) -> web.Response:
        named = _named(headers) | {"ETag": tag, "Last-Modified": http_date(START - HOUR)}
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers=named)
        return web.Response(body=document(request.path, about), headers=named)

    return answer


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _expires(site: ScriptedSite, request: web.Request) -> web.Response:
    return unless_known(Expires=http_date(site.clock.now() + 35 * MINUTE))(site, request)


def _busy_until(site: ScriptedSite, _request: web.Request) -> web.Response:
    until = site.clock.now() + 90 * MINUTE + timedelta(seconds=1)  # a date in a header loses what is less than a second
    return web.Response(status=503, headers={"Retry-After": http_date(until)})


def _once_fresh(site: ScriptedSite, request: web.Request) -> web.Response:
    """Says how long it is fresh with the whole document only."""
    answer = unless_known()(site, request)
    if answer.status == 200:
        answer.headers["Cache-Control"] = "max-age=2400"
    return answer


def _touched(site: ScriptedSite, request: web.Request) -> web.Response:
    """The same bytes get new validators once."""
    return unless_known(tag='"v1"' if site.count(request.path) < TOUCH_AFTER else '"v2"')(site, request)


def _lost(site: ScriptedSite, request: web.Request) -> web.Response:
    """One answer comes without validators."""
    return (whole() if site.count(request.path) == TOUCH_AFTER else unless_known())(site, request)


def _moved(_site: ScriptedSite, request: web.Request) -> web.Response:
    return web.Response(status=301, headers={"Location": request.path.replace("moved", "arrived")})


SCRIPTS: Mapping[str, Script] = {
    "gone": Script("410", fails(410)),
    "broken": Script("500", fails(500)),
    "missing": Script("404", fails(404)),
    "plain": Script("304 and no wish", unless_known()),
    "moved": Script("301", _moved),
    "arrived": Script("where a feed has moved to", unless_known()),
    "touched": Script("a file that is touched, its bytes unchanged", _touched),
    "lost": Script("validators that are missing once", _lost),
    "busy": Script("429, Retry-After 1 800 s", fails(429, Retry_After="1800"), 30 * MINUTE),
    "busy-until": Script("503, Retry-After as a date in 90 min", _busy_until, 90 * MINUTE),
    "pause-200": Script("200, Retry-After 2 700 s", whole(Retry_After="2700"), 45 * MINUTE),
    "pause-304": Script("304, Retry-After 2 700 s", unless_known(Retry_After="2700"), 45 * MINUTE),
    "ttl-200": Script("200, ttl 60", whole("<ttl>60</ttl>"), HOUR),
    "ttl-304": Script("304, ttl 60 in the document read once", unless_known("<ttl>60</ttl>"), HOUR),
    "period-304": Script(
        "304, updatePeriod daily, updateFrequency 16",
        unless_known("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>16</sy:updateFrequency>"),
        90 * MINUTE,
    ),
    "max-age-200": Script(
        "200, max-age 3 000 s, Age 600 s", whole(Cache_Control="max-age=3000", Age="600"), 40 * MINUTE
    ),
    "max-age-304": Script("304, max-age 2 400 s", unless_known(Cache_Control="max-age=2400"), 40 * MINUTE),
    "max-age-once": Script("304, max-age 2 400 s with the 200 only", _once_fresh, 40 * MINUTE),
    "expires-304": Script("304, Expires in 35 min", _expires, 35 * MINUTE),
}


@dataclass
class Watched:
    """A database of feeds, and the reader that polls them when they are due."""

    storage: SqlStorage
    site: ScriptedSite
    clock: VirtualClock
    told: list[str] = field(default_factory=list)
    _random: Random = field(default_factory=lambda: Random(7))
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _ingest: Ingest | None = None

    async def restart(self) -> None:
        """Forget everything that is not in the database."""
        await self._stack.aclose()
        fetcher = await self._stack.enter_async_context(HttpFetcher(clock=self.clock, allow_private_addresses=True))
        self._ingest = Ingest(
            self.storage,
            fetcher,
            Inline(),
            load_packs(),
            self.clock,
            pace=Pace(heeded=HEEDED),
            jitter=self._random.random,
            on_enqueued=lambda: None,
            on_notice=self._tell,
        )

    async def _tell(self, notice: FeedNotice) -> None:
        kind = notice.feed.settings.url.split("/")[3]
        self.told.append(f"{kind} {type(notice).__name__.removeprefix('Feed').lower()}")

    async def run(self, length: timedelta) -> None:
        """Poll for so long whatever is due, each feed at its very moment."""
        end = self.clock.moment + length
        while self._ingest is not None:
            async with self.storage.read() as work:
                due = await work.feeds.due(end, limit=1)
            if not due or due[0].next_poll_at is None:
                break
            self.clock.moment = max(self.clock.moment, due[0].next_poll_at)
            await self._ingest.poll(due[0])
        self.clock.moment = end

    async def close(self) -> None:
        """Close the connections."""
        await self._stack.aclose()


@asynccontextmanager
async def watched(path: Path, feeds: Mapping[str, int]) -> AsyncIterator[Watched]:
    """So many feeds of each kind, due at :data:`START`, and a server that has them."""
    clock = VirtualClock()
    site = ScriptedSite(clock)
    app = web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    root = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with open_storage(f"sqlite:///{path}") as storage:
            async with storage.write() as work:
                for kind, count in feeds.items():
                    for number in range(count):
                        await work.feeds.add(FeedSettings(f"{root}/{kind}/{number}"), at=START)
            made = Watched(storage, site, clock)
            await made.restart()
            try:
                yield made
            finally:
                await made.close()
    finally:
        await runner.cleanup()
