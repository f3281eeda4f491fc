"""The port of reading: bytes in, updates out, in a process that can be killed."""

from __future__ import annotations

from typing import Protocol

from bot.core.reading import ReadOutcome, ReadRequest


class Reader(Protocol):
    """Turns bytes into updates, in a process that can be killed."""

    async def read(self, request: ReadRequest) -> ReadOutcome:
        """Read and split one document, within the limits of time and memory. Raises nothing but cancellation."""
        ...
