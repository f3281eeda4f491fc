"""What reading 300 feeds of 20 entries costs, beside the PyPI library ``reader`` on the same server in the same run.

Three kinds of read: cold (the first one), a 304, and a 200 with the same bytes from a server without validators. The
server and ``reader`` run in processes of their own; ``reader`` comes from uv's cache and is never installed here.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

from aiohttp import web

from benchmarks.loopback import serve_or_measure, served_by
from bot.clock import SystemClock
from bot.core.archive import Feed, FeedSettings
from bot.core.polling import Pace
from bot.net.fetcher import HttpFetcher
from bot.packs import load_packs
from bot.reading.pool import ReadingPool
from bot.services.ingest import Ingest, PollOutcome
from bot.storage import SqlStorage, open_storage

FEEDS = 300
ENTRIES = 20
AT_ONCE = 16
READER = "reader==3.27"
PROMISES = {"304": 0.5, "200 unchanged": 0.6, "cold, on the loop": 1.0, "cold, reading process": 15.0}
_TICKS = os.sysconf("SC_CLK_TCK")
_HERE = Path(__file__).parents[1]
_FOREIGN = """
import json, sys, time
from reader import make_reader
root, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
figures = {}
for kind in ("etag", "plain"):
    reader = make_reader(f"{folder}/{kind}.sqlite")
    for number in range(count):
        reader.add_feed(f"{root}/{kind}/{number}")
    for name in ("cold", {"etag": "304", "plain": "200 unchanged"}[kind]):
        began = time.process_time()
        reader.update_feeds(scheduled=False, workers=1)
        figures.setdefault(name, (time.process_time() - began) / count * 1000)
    assert reader.get_entry_counts().total >= count
print(json.dumps(figures))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of CPU a feed."""

    process: float
    """Of the program, all its threads."""
    loop: float
    """Of that the event loop's thread."""
    children: float
    """Of the reading processes."""


async def ours(root: str, folder: Path) -> dict[str, Cost]:
    """The three kinds of read by Sitrep, from the request to the database."""
    async with (
        open_storage(f"sqlite:///{folder / 'sitrep.db'}") as storage,
        HttpFetcher(clock=SystemClock(), allow_private_addresses=True) as fetcher,
        ReadingPool(size=1) as reader,
    ):
        ingest = Ingest(
            storage,
            fetcher,
            reader,
            load_packs(),
            SystemClock(),
            pace=Pace(),
            jitter=lambda: 0.5,
            on_enqueued=lambda: None,
        )
        await _warm(ingest, storage, root)
        costs: dict[str, Cost] = {}
        for kind, again in (("etag", "304"), ("plain", "200 unchanged")):
            urls = await _add(storage, root, kind)
            for name, expected in (("cold", PollOutcome.READ), (again, PollOutcome.UNCHANGED)):
                costs.setdefault(
                    name, await _measure(lambda urls=urls, expected=expected: _poll(ingest, storage, urls, expected))
                )
    return costs


async def _warm(ingest: Ingest, storage: SqlStorage, root: str) -> None:
    """Imports, statements, the reading process: what a program pays once."""
    async with storage.write() as work:
        for number in range(3):
            await work.feeds.add(FeedSettings(f"{root}/warm/{number}"), at=datetime.now(UTC))
        feeds = await work.feeds.all()
    for feed in feeds:
        await ingest.poll(feed)


async def _add(storage: SqlStorage, root: str, kind: str) -> Sequence[str]:
    urls = [f"{root}/{kind}/{number}" for number in range(FEEDS)]
    async with storage.write() as work:
        for url in urls:
            await work.feeds.add(FeedSettings(url), at=datetime.now(UTC))
    return urls


async def _poll(ingest: Ingest, storage: SqlStorage, urls: Sequence[str], expected: PollOutcome) -> None:
    wanted = set(urls)
    async with storage.read() as work:
        feeds = [feed for feed in await work.feeds.all() if feed.settings.url in wanted]
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(feed: Feed) -> PollOutcome:
        async with slots:
            return (await ingest.poll(feed)).outcome

    outcomes = await asyncio.gather(*map(one, feeds))
    if set(outcomes) != {expected} or len(outcomes) != len(urls):
        raise RuntimeError(f"{set(outcomes)} in place of {expected}: the figure would mean nothing")


async def _measure(work: Callable[[], Awaitable[None]]) -> Cost:
    children, process, loop = _children_cpu(), time.process_time(), time.thread_time()
    await work()
    spent = (time.process_time() - process, time.thread_time() - loop, _children_cpu() - children)
    return Cost(*(seconds / FEEDS * 1000 for seconds in spent))


def _children_cpu() -> float:
    """CPU seconds of this process's reading children so far."""
    return sum(_cpu_of(pid) for pid in _children() if "bot.reading.worker" in _command(pid))


def _children() -> Iterator[int]:
    for entry in Path("/proc/self/task").iterdir():
        yield from map(int, (entry / "children").read_text().split())


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def theirs(root: str, folder: Path) -> dict[str, float] | None:
    """The same by ``reader``, or ``None`` where it is not at hand."""
    uv = shutil.which("uv") or str(_HERE / ".tools/bin/uv")
    for python in _pythons():
        command = [uv, "run", "--offline", "--quiet", "--no-project", "--python", python, "--with", READER]
        command += ["python", "-c", _FOREIGN, root, str(folder), str(FEEDS)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        except OSError:
            continue
        if done.returncode == 0:
            figures: dict[str, float] = json.loads(done.stdout)
            return figures
    return None


def _pythons() -> Iterator[str]:
    """Interpreters that ``reader`` 3.27 may run on: it needs Python 3.12."""
    if named := os.environ.get("SITREP_READER_PYTHON"):
        yield named
    yield from filter(None, map(shutil.which, ("python3.14", "python3.13", "python3.12")))
    for folder in (Path.home() / ".pyenv/versions", Path.home() / ".local/share/uv/python"):
        yield from (str(path) for path in sorted(folder.glob("*3.1[2-9]*/bin/python")))


def _feed(path: str) -> bytes:
    began = datetime(2026, 11, 3, 6, tzinfo=UTC)
    items = "".join(
        f"<item><title>Report {number} of {path}</title><link>https://norvale.example{path}/{number}</link>"
        f"<guid isPermaLink='false'>{path}-{number}</guid>"
        f"<pubDate>{format_datetime(began + timedelta(minutes=20 * number))}</pubDate>"
        f"<description>The State Emergency Service of Karvelia said that {number + 2} shells fell near Tarvin at noon. "
        "The road to Karst is closed, and the hospital of Norvale asks for blood. No civilian was hurt, the mayor "
        "said; the water works are being repaired, and the school stays shut until Monday.</description></item>"
        for number in range(ENTRIES)
    )
    head = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Norvale Post {path}</title>"
    return f"{head}<link>https://norvale.example/</link><description>News</description>{items}</channel></rss>".encode()


async def _answer(request: web.Request) -> web.Response:
    headers = {} if request.path.startswith("/plain/") else {"ETag": '"1"'}
    if headers and request.headers.get("If-None-Match") == '"1"':
        return web.Response(status=304, headers=headers)
    return web.Response(body=_feed(request.path), content_type="application/rss+xml", headers=headers)


async def _run() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        async with served_by("benchmarks.bench_feeds") as root:
            costs = await ours(root, Path(folder))
            other = await asyncio.to_thread(theirs, root, Path(folder))
    figures = {
        "304": costs["304"].process,
        "200 unchanged": costs["200 unchanged"].process,
        "cold, on the loop": costs["cold"].loop,
        "cold, reading process": costs["cold"].children,
    }
    print(f"{FEEDS} feeds of {ENTRIES} entries, milliseconds of CPU a feed, from the request to the database")
    for name, figure in figures.items():
        beside = other.get(name.partition(",")[0]) if other else None
        foreign = "–" if beside is None else f"{beside:.1f}"
        print(f"{name}: {figure:.2f} (promise: ≤ {PROMISES[name]:g}; reader: {foreign})")
    print(f"cold, all threads of the program: {costs['cold'].process:.2f}")
    if other is None:
        print(
            f"{READER} is not at hand; with Python 3.12 or newer, once: "
            f"uv run --no-project --python 3.12 --with '{READER}' python -c 'import reader'"
        )
    return all(figure <= PROMISES[name] for name, figure in figures.items())


def main() -> None:
    """Print the figures; the process fails when a promise is broken."""
    serve_or_measure(_answer, _run)


if __name__ == "__main__":
    main()
