"""The reading children: real processes, real documents, real ends."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.core.reading import Reading, ReadRequest, Unreadable
from bot.reading.pool import ReadingPool
from bot.services.ports.reading import Reader

NOON = datetime(2020, 11, 3, 12, tzinfo=UTC)
PAGE = b"november 3\n8:55 a.m.: Two houses burn in Tarvin.\n9:20 a.m.: The bridge at Karst is shut.\n9:40 a.m.: Talks."


def request(body: bytes = PAGE) -> ReadRequest:
    """A document to read, in a zone that its feed sets."""
    return ReadRequest(body, NOON, timezone="Asia/Yerevan")


@pytest_asyncio.fixture
async def pool() -> AsyncIterator[ReadingPool]:
    """One child, so that what happens to it is seen by the next reading."""
    async with ReadingPool(size=1) as pool:
        yield pool


async def child_of(pool: ReadingPool) -> int:
    """The pid of the only child, started by reading something."""
    assert isinstance(await pool.read(request()), Reading)
    (child,) = pool._children
    return child.pid


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until the system shows it; the test's own time limit is the limit."""
    while not condition():  # noqa: ASYNC110 - other processes set no event
        await asyncio.sleep(0.01)


def has_ended(pid: int) -> bool:
    """The process is gone, or only waits to be reaped."""
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat")
        return status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def environment_of(pid: int) -> bytes:
    """What the process was started with."""
    environment = Path(f"/proc/{pid}/environ")
    if not environment.exists():
        pytest.skip("this system does not show a process's environment under /proc")
    return environment.read_bytes()


async def test_a_document_comes_back_split(pool: ReadingPool) -> None:
    """Through the format and the splitter, with the feed's zone, and as the port promises."""
    reader: Reader = pool
    reading = await reader.read(request())
    assert isinstance(reading, Reading)
    assert reading.format == "text"
    assert [(news.local_date, news.local_time) for news in reading.split.updates] == [
        (date(2020, 11, 3), time(8, 55)),
        (date(2020, 11, 3), time(9, 20)),
        (date(2020, 11, 3), time(9, 40)),
    ]
    assert reading.split.updates[0].published_at == datetime(2020, 11, 3, 4, 55, tzinfo=UTC)
    assert reading.split.zone == "Asia/Yerevan"


async def test_what_is_no_document_is_named(pool: ReadingPool) -> None:
    """The reason of the format arrives in the program."""
    assert await pool.read(request(b"%PDF-1.7")) == Unreadable("it is a PDF file, not a page or a feed")


async def test_a_child_is_kept_warm(pool: ReadingPool) -> None:
    """The same process reads the next document, also after one that is unreadable."""
    first = await child_of(pool)
    await pool.read(request(b"%PDF-1.7"))
    assert await child_of(pool) == first


async def test_a_large_document_costs_its_child(pool: ReadingPool) -> None:
    """Memory that a process has once taken comes back only with its end."""
    first = await child_of(pool)
    assert isinstance(await pool.read(request(PAGE + b"\n" + b"a " * 600_000)), Reading)
    assert await child_of(pool) != first


async def test_reading_that_takes_too_long_is_ended() -> None:
    """The child is killed, the outcome says so, and the next document is read by a fresh one."""
    async with ReadingPool(size=1, limit=timedelta(seconds=1)) as pool:
        first = await child_of(pool)
        os.kill(first, signal.SIGSTOP)
        assert await pool.read(request()) == Unreadable("reading took longer than 1 s")
        assert await child_of(pool) != first
        await eventually(lambda: has_ended(first))


async def test_a_document_that_needs_too_much_memory_is_refused() -> None:
    """By name; the child that hit the limit is replaced."""
    async with ReadingPool(size=1, memory_bytes=200 * 1024 * 1024) as pool:
        outcome = await pool.read(request(b"<p>" + b"<b>a</b>" * 1_200_000))
        assert isinstance(outcome, Unreadable)
        assert "memory" in outcome.reason or "crashed" in outcome.reason
        assert isinstance(await pool.read(request()), Reading)


async def test_a_child_that_died_while_it_waited_costs_nothing(pool: ReadingPool) -> None:
    """The next document is read as if nothing had happened."""
    pid = await child_of(pool)
    os.kill(pid, signal.SIGKILL)
    assert await child_of(pool) != pid


async def test_a_child_that_dies_at_work_is_replaced_once(pool: ReadingPool) -> None:
    """The document gets a fresh child; if that dies too, the outcome names the signal and the next document is read."""
    os.kill(await child_of(pool), signal.SIGSTOP)
    reading = asyncio.create_task(pool.read(request()))
    killed: set[int] = set()
    while not reading.done():
        for pid in {child.pid for child in pool._children} - killed:  # the second is still starting then
            os.kill(pid, signal.SIGSEGV)
            os.kill(pid, signal.SIGCONT)
            killed.add(pid)
        await asyncio.sleep(0.01)
    assert await reading == Unreadable("the reader crashed on it: it was ended by SIGSEGV")
    assert len(killed) == 2
    assert isinstance(await pool.read(request()), Reading)


async def test_a_reading_that_fails_is_told_without_its_address(
    pool: ReadingPool, capsys: pytest.CaptureFixture[str]
) -> None:
    """A feed's address may carry a key; one that is no address at all is no obstacle."""
    os.kill(await child_of(pool), signal.SIGSTOP)
    for url in ("https://norvale.example/feed?key=hush", "http://["):
        reading = asyncio.create_task(pool.read(replace(request(), url=url)))
        while not reading.done():
            for child in tuple(pool._children):
                os.kill(child.pid, signal.SIGKILL)
            await asyncio.sleep(0.01)
        assert isinstance(await reading, Unreadable)
    told = capsys.readouterr().out
    assert "norvale.example" in told
    assert "hush" not in told


async def test_cancelling_a_reading_ends_its_child(pool: ReadingPool) -> None:
    """No child works on for nobody, and the next document is not kept waiting."""
    pid = await child_of(pool)
    os.kill(pid, signal.SIGSTOP)
    reading = asyncio.create_task(pool.read(request()))
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    await eventually(lambda: has_ended(pid))
    assert isinstance(await pool.read(request()), Reading)


async def test_readings_share_the_children() -> None:
    """More documents than children: all are read, and no more children start than were allowed."""
    async with ReadingPool(size=2) as pool:
        outcomes = await asyncio.gather(*(pool.read(request(PAGE + b" %d" % number)) for number in range(12)))
        assert len(pool._children) <= 2
    assert [outcome.split.updates[-1].text for outcome in outcomes if isinstance(outcome, Reading)] == [
        f"Talks. {number}" for number in range(12)
    ]


async def test_leaving_the_pool_ends_every_child() -> None:
    """Also the one at work, whose reading has an outcome all the same."""
    async with ReadingPool(size=2) as pool:
        warm = await child_of(pool)
        os.kill(warm, signal.SIGSTOP)
        reading = asyncio.create_task(pool.read(request()))
        await asyncio.sleep(0)
    assert isinstance(await reading, Unreadable)
    assert has_ended(warm)
    assert not pool._children


async def test_a_child_gets_no_secret(pool: ReadingPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the program's environment it has only what Python needs."""
    monkeypatch.setenv("SITREP_TELEGRAM__TOKEN", "1:AAAA")
    pid = await child_of(pool)
    environment = environment_of(pid)
    assert b"SITREP" not in environment
    assert b"PYTHONPATH" in environment


PARENT = """
import asyncio, sys
from dataclasses import replace
from datetime import UTC, datetime
from bot.core.reading import ReadRequest
from bot.reading.pool import ReadingPool

async def main():
    async with ReadingPool(size=1) as pool:
        await pool.read(ReadRequest(b"text", datetime.now(UTC)))
        print(next(iter(pool._children)).pid, flush=True)
        await asyncio.sleep(3600)

asyncio.run(main())
"""


async def test_a_child_ends_with_a_killed_program() -> None:
    """Even one that had no time to say goodbye."""
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    assert not has_ended(pid)
    parent.kill()
    await parent.stdout.read()
    await parent.wait()
    await eventually(lambda: has_ended(pid))
