"""What crosses the pipe between the program and its reading child: JSON in frames, validated, never pickled.

    request   head, body                       the body is raw bytes, all else one JSON object
    ready     an empty frame, once the child has started
    answer    Reading, batches of its updates and left-out pieces, end      or      Unreadable

A frame is a length (4 bytes, big-endian) and that many bytes. Batches keep each frame small, so that the program's
loop never decodes for long at a time. The child is not trusted: whatever does not validate is a broken child.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Final, Literal, Protocol, TypeVar

from pydantic import Field, TypeAdapter

from bot.core.model import LeftOut, NewsUpdate
from bot.core.reading import Reading, ReadOutcome, ReadRequest, Unreadable

LENGTH: Final = struct.Struct(">I")
READY: Final = LENGTH.pack(0)
MAX_REQUEST: Final = 16 * 1024 * 1024
MAX_FRAME: Final = 32 * 1024 * 1024
"""One update that is a whole 10 MB page, escaped, still fits."""
MAX_ANSWER: Final = 64 * 1024 * 1024
_BATCH: Final = 65_536
"""Characters of text in a frame, more only when one piece has more."""

T = TypeVar("T", NewsUpdate, LeftOut)


@dataclass(frozen=True, slots=True)
class Updates:
    """The next updates of the reading."""

    updates: tuple[NewsUpdate, ...]
    kind: Literal["updates"] = "updates"


@dataclass(frozen=True, slots=True)
class LeftOuts:
    """The next left-out pieces of the reading."""

    left_out: tuple[LeftOut, ...]
    kind: Literal["left-out"] = "left-out"


@dataclass(frozen=True, slots=True)
class End:
    """The reading is whole."""

    kind: Literal["end"] = "end"


@dataclass(frozen=True, slots=True)
class Outline:
    """The reading, its lists empty; or why there is none, and then nothing follows."""

    outcome: Reading | Unreadable
    kind: Literal["outline"] = "outline"


Frame = Annotated[Outline | Updates | LeftOuts | End, Field(discriminator="kind")]

_FRAMES: Final[TypeAdapter[Frame]] = TypeAdapter(Frame)
_REQUESTS: Final = TypeAdapter(ReadRequest)


class Readable(Protocol):
    """A blocking byte stream."""

    def read(self, size: int, /) -> bytes: ...


def request_frames(request: ReadRequest) -> tuple[bytes, bytes]:
    """The two frames of a request, without their lengths."""
    known = replace(request, body=b"", url=_storable(request.url), content_type=_storable(request.content_type))
    return _REQUESTS.dump_json(known), request.body


def _storable(words: str | None) -> str | None:
    """Header bytes that are no text arrive as lone surrogates, which no encoding takes."""
    return words if words is None else words.encode("utf-8", "ignore").decode()


def request_of(head: bytes, body: bytes) -> ReadRequest:
    """The request in two frames. Raises pydantic's ``ValidationError``."""
    return replace(_REQUESTS.validate_json(head, strict=True), body=body)


def answer_frames(outcome: ReadOutcome) -> Iterator[bytes]:
    """The frames of an answer, without their lengths."""
    if isinstance(outcome, Unreadable):
        yield _FRAMES.dump_json(Outline(outcome))
        return
    split = outcome.split
    yield _FRAMES.dump_json(Outline(replace(outcome, split=replace(split, updates=(), left_out=()))))
    for updates in _batches(split.updates):
        yield _FRAMES.dump_json(Updates(updates))
    for left_out in _batches(split.left_out):
        yield _FRAMES.dump_json(LeftOuts(left_out))
    yield _FRAMES.dump_json(End())


def frame_of(data: bytes) -> Frame:
    """One frame of an answer. Raises pydantic's ``ValidationError``."""
    return _FRAMES.validate_json(data, strict=True)


def assemble(reading: Reading, updates: list[NewsUpdate], left_out: list[LeftOut]) -> Reading:
    """The whole reading from its outline and what followed."""
    return replace(reading, split=replace(reading.split, updates=tuple(updates), left_out=tuple(left_out)))


def read_frame(stream: Readable, *, at_most: int) -> bytes | None:
    """The next frame of a blocking stream; ``None`` at its end. Raises :class:`EOFError` in mid-frame."""
    length = stream.read(LENGTH.size)
    if not length:
        return None
    if len(length) < LENGTH.size or (size := LENGTH.unpack(length)[0]) > at_most:
        raise EOFError
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _batches(pieces: tuple[T, ...]) -> Iterator[tuple[T, ...]]:
    batch: list[T] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece.text)
        if size >= _BATCH:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)
