"""One reading child, seen from the program: started by its own command line, asked, killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final, Self

from pydantic import ValidationError

from bot.core.model import LeftOut, NewsUpdate
from bot.core.reading import Reading, ReadOutcome, ReadRequest, Unreadable
from bot.reading.wire import (
    LENGTH,
    MAX_ANSWER,
    MAX_FRAME,
    READY,
    End,
    Frame,
    LeftOuts,
    Outline,
    Updates,
    assemble,
    frame_of,
    request_frames,
)

_ROOT: Final = Path(__file__).parents[2]
_KEPT_VARIABLES: Final = ("PATH", "PYTHONPATH", "PYTHONHASHSEED", "LANG", "LC_ALL", "TZDIR")
_START: Final = timedelta(seconds=60)
_END: Final = timedelta(seconds=1)
"""For one that has closed its pipe to be gone by itself."""
_GRACE: Final = timedelta(seconds=5)
"""After the limit the program kills; the child's own alarm is for a program that can't any more."""


class ChildDiedError(Exception):
    """The child ended, or spoke nonsense, before it had answered; the message says how, in words for an admin."""


class Child:
    """A running child process. It answers one request at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._is_ready = False

    @classmethod
    async def start(cls, *, memory_bytes: int, limit: timedelta) -> Self:
        """Start a child that may use ``memory_bytes``, and that works on a request little longer than ``limit``.

        It gets none of the program's environment but what Python needs: the token may be in there.
        """
        seconds = int((limit + _GRACE).total_seconds()) + 1
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.reading.worker",
            str(memory_bytes),
            str(seconds),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(os.environ),
        )
        return cls(process)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None

    async def ready(self) -> None:
        """Wait until it has started, which is not the document's time. Raises :class:`ChildDiedError`."""
        assert self._process.stdout is not None
        if self._is_ready:
            return
        try:
            async with asyncio.timeout(_START.total_seconds()):
                said = await self._process.stdout.readexactly(len(READY))
        except TimeoutError:
            raise ChildDiedError(f"it did not start within {_START.total_seconds():g} s") from None
        except asyncio.IncompleteReadError:
            raise ChildDiedError(await self._last_words()) from None
        if said != READY:
            raise ChildDiedError("its answer made no sense")
        self._is_ready = True

    async def ask(self, request: ReadRequest) -> ReadOutcome:
        """Send one request and take its answer. Raises :class:`ChildDiedError`; only then, or when cancelled, is the
        child of no more use.
        """
        try:
            await self._send(request)
            return await self._answer()
        except (ConnectionError, asyncio.IncompleteReadError):
            raise ChildDiedError(await self._last_words()) from None
        except ValidationError:
            raise ChildDiedError("its answer made no sense") from None

    def kill(self) -> None:
        """End it at once; :meth:`reap` must follow."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def reap(self) -> None:
        """Wait for the end of a killed child and free its pipes."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        with suppress(ConnectionError):
            while await self._process.stdout.read(65_536):  # a full pipe would hide its end
                pass
        await self._process.wait()

    async def _send(self, request: ReadRequest) -> None:
        assert self._process.stdin is not None
        for frame in request_frames(request):
            self._process.stdin.write(LENGTH.pack(len(frame)))
            self._process.stdin.write(frame)
            await self._process.stdin.drain()

    async def _answer(self) -> ReadOutcome:
        reading: Reading | None = None
        updates: list[NewsUpdate] = []
        left_out: list[LeftOut] = []
        received = 0
        while received <= MAX_ANSWER:
            frame, size = await self._frame()
            received += size
            match frame:
                case Outline(Unreadable() as outcome):
                    return outcome
                case Outline(Reading() as outcome):
                    reading = outcome
                case Updates():
                    updates += frame.updates
                case LeftOuts():
                    left_out += frame.left_out
                case End() if reading is not None:
                    return assemble(reading, updates, left_out)
                case _:
                    break
        raise ChildDiedError("its answer made no sense")

    async def _frame(self) -> tuple[Frame, int]:
        assert self._process.stdout is not None
        size = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))[0]
        if size > MAX_FRAME:
            raise ChildDiedError("its answer was too long")
        return frame_of(await self._process.stdout.readexactly(size)), size

    async def _last_words(self) -> str:
        try:
            # Not killed at once: subprocess looks first whether it has ended, and so takes its code from asyncio.
            async with asyncio.timeout(_END.total_seconds()):
                code = await self._process.wait()
        except TimeoutError:
            self.kill()  # it only closed its pipe
            code = await self._process.wait()
        if code >= 0:
            return f"it ended with code {code}"
        try:
            return f"it was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"it was ended by signal {-code}"


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    kept = {name: ours[name] for name in _KEPT_VARIABLES if name in ours}
    path = [str(_ROOT), *filter(None, [kept.get("PYTHONPATH")])]
    return {**kept, "PYTHONPATH": os.pathsep.join(path), "PYTHONIOENCODING": "utf-8", "PYTHONSAFEPATH": "1"}
