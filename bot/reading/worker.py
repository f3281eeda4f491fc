"""The reading child: ``python -m bot.reading.worker MEMORY SECONDS`` answers requests, one by one, to its input's end.

It imports only sources and core, gets no secrets, and can be killed at any moment. Against outliving a program that was
killed itself it has two means: its input ends while it waits, and an alarm ends it while it works.
"""

from __future__ import annotations

import resource
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from bot.core.reading import Unreadable
from bot.reading.reading import read
from bot.reading.wire import LENGTH, MAX_REQUEST, READY, answer_frames, read_frame, request_of


def main(memory_bytes: int, seconds: int) -> None:
    """Serve requests from standard input, within ``memory_bytes`` of address space and ``seconds`` for each."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not break a frame
    _limit(memory_bytes)
    answers.write(READY)
    answers.flush()
    while True:
        head = read_frame(requests, at_most=MAX_REQUEST)
        body = None if head is None else read_frame(requests, at_most=MAX_REQUEST)
        if head is None or body is None:
            return
        signal.alarm(seconds)
        if not _answer(answers, head, body):
            return
        signal.alarm(0)


def _limit(memory_bytes: int) -> None:
    for stop in (signal.SIGINT, signal.SIGTERM):  # a terminal and a service manager tell the whole group to stop
        signal.signal(stop, signal.SIG_IGN)  # and the program, which drains first, ends its children itself
    for limit, value in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),  # a crash must not leave a document on the disk
        (resource.RLIMIT_FSIZE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        within = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (within, within))


def _answer(answers: BinaryIO, head: bytes, body: bytes) -> bool:
    """Answer one request; whether the child is fit for another."""
    frames: list[bytes] | None = None
    with suppress(MemoryError):
        frames = list(answer_frames(read(request_of(head, body))))
    fit = frames is not None
    if frames is None:  # only here, outside of the error's reach, is the document's memory free again
        frames = list(answer_frames(Unreadable("reading it needs more memory than is allowed")))
    answers.writelines(LENGTH.pack(len(frame)) + frame for frame in frames)
    answers.flush()
    return fit


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
