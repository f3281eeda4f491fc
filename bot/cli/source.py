"""A source named on the command line, a file or an address, read as the bot would read it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.errors import SourceError
from bot.core.reading import Reading, ReadRequest, Unreadable
from bot.services.ports.fetching import Failed, NotModified
from bot.services.ports.reading import Reader


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one document, and what the command line says about it."""

    body: bytes
    url: str | None = None
    content_type: str | None = None
    timezone: str | None = None
    language: str | None = None
    day: date | None = None
    """The day of reading; ``None`` means now."""


def parse_day(value: str | None) -> date | None:
    """An ISO date.

    Raises:
        SourceError: It is none.
    """
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise SourceError(f"--date {value}: a day is written YYYY-MM-DD, as in 2020-11-03") from None


def check_timezone(value: str | None) -> str | None:
    """The same IANA name, once it is known to be one.

    Raises:
        SourceError: There is no such zone.
    """
    try:
        return ZoneInfo(value).key if value else None
    except (KeyError, ValueError, OSError):
        raise SourceError(f"--timezone {value}: a zone is an IANA name such as Asia/Yerevan") from None


async def load(source: str) -> Source:
    """The bytes of a file, or what an address answers.

    Raises:
        SourceError: There is no such file, or the address gives no document; in words.
    """
    if source.startswith(("http://", "https://")):
        return await _fetch(source)
    return Source(await asyncio.to_thread(_file, source))


async def read(source: Source, reader: Reader) -> Reading:
    """Read and split a source on its day of reading.

    The day of reading ends at midnight in the page's own zone, which only reading tells: a page whose zone turns out
    to be another than assumed is read once more.

    Raises:
        SourceError: It cannot be read; in words.
    """
    zone = source.timezone or "UTC"
    reading = await _read_at(source, reader, zone)
    if source.day and reading.split.zone != zone:
        reading = await _read_at(source, reader, reading.split.zone)
    return reading


def _file(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise SourceError(f"{name}: {error.strerror or error}") from None


async def _fetch(url: str) -> Source:
    from bot.clock import SystemClock
    from bot.net.fetcher import HttpFetcher

    async with HttpFetcher(clock=SystemClock(), allow_private_addresses=True) as fetcher:
        outcome = await fetcher.fetch(url)
    match outcome:
        case Failed(reason=reason):
            raise SourceError(f"{url}: {reason}")
        case NotModified():
            raise SourceError(f"{url}: the server says that nothing changed, though nothing was asked before")
        case _:
            return Source(outcome.body, outcome.url, outcome.content_type)


async def _read_at(source: Source, reader: Reader, zone: str) -> Reading:
    request = ReadRequest(
        body=source.body,
        read_at=_end_of(source.day, zone) if source.day else datetime.now(UTC),
        url=source.url,
        content_type=source.content_type,
        timezone=source.timezone,
        language=source.language,
    )
    match await reader.read(request):
        case Unreadable(reason=reason):
            raise SourceError(f"{source.url or 'the source'}: {reason}")
        case Reading() as reading:
            return reading


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.max, ZoneInfo(zone)).astimezone(UTC)
