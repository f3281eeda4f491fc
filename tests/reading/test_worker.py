"""The reading child by itself: what it does when nobody looks after it."""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import UTC, datetime

from bot.core.reading import ReadOutcome, ReadRequest, Unreadable
from bot.reading.wire import LENGTH, READY, Outline, frame_of, request_frames

MEMORY = 1024 * 1024 * 1024
NOON = datetime(2020, 11, 3, 12, tzinfo=UTC)


async def worker(seconds: int, memory: int = MEMORY) -> asyncio.subprocess.Process:
    """A child, started as the pool starts it."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.reading.worker",
        str(memory),
        str(seconds),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )


def asked(body: bytes) -> bytes:
    """A request as it goes through the pipe."""
    return b"".join(LENGTH.pack(len(frame)) + frame for frame in request_frames(ReadRequest(body, NOON)))


def outcome_of(answer: bytes) -> ReadOutcome:
    """What a child said after it was ready."""
    assert answer.startswith(READY)
    outline = frame_of(answer[len(READY) + LENGTH.size :])
    assert isinstance(outline, Outline)
    return outline.outcome


async def test_a_child_ends_with_its_input() -> None:
    """What was asked before is answered, and the end is no error."""
    child = await worker(seconds=60)
    answer, _ = await child.communicate(asked(b"%PDF-1.7"))
    assert child.returncode == 0
    assert "PDF" in str(outcome_of(answer))


async def test_a_child_that_nobody_kills_ends_itself() -> None:
    """A program that was killed can't keep the time for its children."""
    child = await worker(seconds=1)
    answer, _ = await child.communicate(asked(b"8:55 a.m.: Two houses burn in Tarvin.\n" * 250_000))
    assert (child.returncode, answer) == (-signal.SIGALRM, READY)


async def test_a_child_that_met_its_memory_limit_answers_and_ends() -> None:
    """Its input is still open, but it is not fit for another document."""
    child = await worker(seconds=60, memory=200 * 1024 * 1024)
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(asked(b"<p>" + b"<b>a</b>" * 1_200_000))
    answer = await child.stdout.read()
    assert outcome_of(answer) == Unreadable("reading it needs more memory than is allowed")
    assert await child.wait() == 0


async def test_a_broken_request_ends_the_child() -> None:
    """A pipe that is out of step can't be trusted any more."""
    child = await worker(seconds=60)
    answer, _ = await child.communicate(LENGTH.pack(100) + b"short")
    assert child.returncode not in (0, None)
    assert answer == READY
