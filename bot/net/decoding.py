"""Taking a body out of its content codings (RFC 9110 §8.4) without ever holding more than the limit.

Each step yields a bounded piece, so a bomb is noticed after the limit and not after it has gone off.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterable, Iterator
from typing import Protocol

import brotli

STEP = 256 * 1024
"""Decoded bytes a step."""

PAUSE_EVERY = 512 * 1024
"""Decoded bytes after which others on the event loop run."""

GZIP, ZLIB = 31, 15
"""``wbits`` for zlib: which wrapper to expect."""

GZIP_MAGIC = 0x1F

ACCEPTED = "gzip, br"
"""For ``Accept-Encoding``."""


class TooLargeError(Exception):
    """The body is larger than the limit, decoded or as it came."""


class DamagedError(Exception):
    """The body is not what its ``Content-Encoding`` says."""


class _Coding(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decode as much as this gives, piece by piece."""
        ...

    @property
    def finished(self) -> bool:
        """Whether the body may end here."""
        ...


class _Identity:
    finished = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Gzip:
    """gzip with any number of members (RFC 1952 §2.2); ``wbits`` 15 makes it zlib, which «deflate» means.

    What follows the last member and is none is dropped, as browsers and gzip itself do: some servers pad.
    """

    def __init__(self, wbits: int = GZIP) -> None:
        self._wbits = wbits
        self._member = zlib.decompressobj(wbits)
        self._started = False

    @property
    def finished(self) -> bool:
        return self._member.eof or not self._started

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._member.eof:
                if data[0] != GZIP_MAGIC or self._wbits != GZIP:
                    return
                self._member = zlib.decompressobj(self._wbits)
            self._started = True
            try:
                yield self._member.decompress(data, STEP)
            except zlib.error as error:
                raise DamagedError("it is not compressed as it says") from error
            data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self._started = False

    @property
    def finished(self) -> bool:
        return bool(self._decoder.is_finished()) or not self._started

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._started = True
        if self._decoder.is_finished():
            return
        try:
            # `can_accept_more_data` turns true before the last of the output is out: only an empty piece is the end.
            while piece := self._decoder.process(data, output_buffer_limit=STEP):
                yield piece
                if self._decoder.is_finished():
                    return
                data = b""
        except brotli.error as error:
            raise DamagedError("it is not compressed as it says") from error


def coding_of(header: str | None) -> _Coding:
    """The decoder for a ``Content-Encoding`` header.

    Raises:
        DamagedError: for a coding that was not asked for, or more than one.
    """
    name = (header or "identity").strip().lower()
    match name:
        case "identity" | "":
            return _Identity()
        case "gzip" | "x-gzip":
            return _Gzip()
        case "deflate":
            return _Gzip(wbits=ZLIB)
        case "br":
            return _Brotli()
        case _:
            raise DamagedError(f"unknown coding {name[:40]!r}")


class Body:
    """Collects one body, decoded, within a limit in bytes that holds for it as it came and decoded."""

    def __init__(self, encoding: str | None, *, limit: int) -> None:
        self._coding = coding_of(encoding)
        self._limit = limit
        self._received = 0
        self._decoded = bytearray()

    def feed(self, data: bytes) -> Iterator[int]:
        """Take a piece as it came; yields the bytes gained by each bounded step, so that others may run between.

        Raises:
            TooLargeError: past the limit.
            DamagedError: when it cannot be decoded.
        """
        self._received += len(data)
        if self._received > self._limit:
            raise TooLargeError
        for piece in self._coding.feed(data):
            self._decoded += piece
            if len(self._decoded) > self._limit:
                raise TooLargeError
            yield len(piece)

    def whole(self) -> bytes:
        """All of it.

        Raises:
            DamagedError: when the coding expects more.
        """
        if not self._coding.finished:
            raise DamagedError("it ends too early")
        return bytes(self._decoded)


async def decoded(pieces: AsyncIterable[bytes], encoding: str | None, *, limit: int) -> bytes:
    """The whole body from its pieces as they come; others on the event loop run between its steps.

    Args:
        pieces: The body as it comes.
        encoding: Its ``Content-Encoding``.
        limit: In bytes, for the body as it comes and decoded.

    Raises:
        TooLargeError: past the limit.
        DamagedError: when it cannot be decoded, or ends too early.
    """
    body = Body(encoding, limit=limit)
    since_pause = 0
    async for piece in pieces:
        for gained in body.feed(piece):
            since_pause += gained
            if since_pause >= PAUSE_EVERY:
                since_pause = 0
                await asyncio.sleep(0)
    return body.whole()
