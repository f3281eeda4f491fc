"""Full-text search with SQLite's FTS5 (https://www.sqlite.org/fts5.html), in the transaction of what it indexes.

The index keeps no copy of the texts (``content=''``): to take an entry out, it is given the words it was made of.
Topics stand in it as tokens of their own, so that a filter costs no join. Housekeeping of a source is not indexed.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import DDL, TextClause, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.faults import interrupted
from bot.storage.tables import metadata

CREATE_INDEX = (
    "CREATE VIRTUAL TABLE news_words USING fts5"
    "(words, tags, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')"
)
MAX_WORDS = 8
MIN_PREFIX = 3
WINDOW = 2000
"""Updates that a listing takes in, the newest ones by id: what keeps a common word from sorting the whole archive."""
DEADLINE = timedelta(seconds=2)
_INSTRUCTIONS_BETWEEN_LOOKS = 10_000

_WORD = re.compile(r"[^\W_]+")
_INSERT = text("INSERT INTO news_words (rowid, words, tags) VALUES (:id, :words, :tags)")
_DELETE = text("INSERT INTO news_words (news_words, rowid, words, tags) VALUES ('delete', :id, :words, :tags)")
_FIND = text(
    "WITH hits AS (SELECT rowid AS id FROM news_words WHERE news_words MATCH :expression AND rowid <= :anchor"
    " ORDER BY rowid DESC LIMIT :window)"
    " SELECT news.id, count(*) OVER () FROM hits JOIN news ON news.id = hits.id"
    " ORDER BY news.at DESC, news.id DESC LIMIT :size OFFSET :skipped"
)
_COUNT = text(
    "SELECT count(*) FROM (SELECT rowid FROM news_words WHERE news_words MATCH :expression AND rowid <= :anchor"
    " ORDER BY rowid DESC LIMIT :window)"
)

event.listen(metadata, "after_create", DDL(CREATE_INDEX))  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index holds of one update; equal values index alike."""

    id: int
    words: str
    tags: str

    @classmethod
    def of(cls, news_id: int, heading: str | None, body: str, topic_ids: Collection[int]) -> Indexed:
        tags = " ".join(_tag(number) for number in sorted(topic_ids))
        return cls(news_id, f"{heading or ''}\n{body}", tags)


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a listing: ``size`` updates after the first ``skipped``, none with an id above ``anchor``."""

    anchor: int
    size: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of updates, newest first, and how many there are (at most :data:`WINDOW`)."""

    ids: Sequence[int]
    total: int


async def index(connection: AsyncConnection, entries: Sequence[Indexed]) -> None:
    """Put updates into the index."""
    await _each(connection, _INSERT, entries)


async def unindex(connection: AsyncConnection, entries: Sequence[Indexed]) -> None:
    """Take updates out of it; the entries must be exactly what they were indexed as."""
    await _each(connection, _DELETE, entries)


async def find(
    connection: AsyncConnection,
    query: str,
    topic_ids: Collection[int] | None,
    span: Span,
    *,
    deadline: timedelta = DEADLINE,
) -> Found:
    """The updates that hold every word of ``query``; ``topic_ids`` of ``None`` means any topic.

    A query too costly for the deadline is asked again without word beginnings, then given up as finding nothing.
    """
    words = words_of(query)
    if not words or topic_ids == ():
        return Found((), 0)
    for prefixes in (True, False):
        expression = _words(words, prefixes=prefixes)
        if topic_ids is not None:
            expression = f"{expression} AND {_any_of(topic_ids)}"
        try:
            async with _stopped_after(deadline, connection):
                return await _matching(connection, expression, span)
        except OperationalError as error:
            if not interrupted(error):
                raise
    return Found((), 0)


async def tagged(connection: AsyncConnection, topic_ids: Collection[int], span: Span) -> Found:
    """The updates that have any of these topics."""
    return await _matching(connection, _any_of(topic_ids), span) if topic_ids else Found((), 0)


def words_of(query: str) -> Sequence[str]:
    """The first words of a query, each once; everything that is not a letter or digit only separates them."""
    words = _WORD.findall(unicodedata.normalize("NFC", query).casefold())
    return list(dict.fromkeys(words))[:MAX_WORDS]


async def _matching(connection: AsyncConnection, expression: str, span: Span) -> Found:
    bounds = {"expression": expression, "anchor": span.anchor, "window": WINDOW}
    rows = (await connection.execute(_FIND, bounds | {"size": span.size, "skipped": span.skipped})).all()
    total = rows[0][1] if rows else await connection.scalar(_COUNT, bounds)
    return Found([row[0] for row in rows], total or 0)


def _words(words: Sequence[str], *, prefixes: bool) -> str:
    wanted = " AND ".join(f'"{word}"{"*" if prefixes and len(word) >= MIN_PREFIX else ""}' for word in words)
    return f"words : ({wanted})"


def _any_of(topic_ids: Collection[int]) -> str:
    return f"tags : ({' OR '.join(_tag(number) for number in topic_ids)})"


def _tag(topic_id: int) -> str:
    return f"topic{topic_id}"


async def _each(connection: AsyncConnection, statement: TextClause, entries: Sequence[Indexed]) -> None:
    if entries:
        rows = [{"id": entry.id, "words": entry.words, "tags": entry.tags} for entry in entries]
        await connection.execute(statement, rows)


@asynccontextmanager
async def _stopped_after(deadline: timedelta, connection: AsyncConnection) -> AsyncIterator[None]:
    """Interrupt what runs on this connection for longer."""
    ends = time.monotonic() + deadline.total_seconds()
    driver = (await connection.get_raw_connection()).driver_connection
    assert driver is not None
    await driver.set_progress_handler(lambda: time.monotonic() > ends, _INSTRUCTIONS_BETWEEN_LOOKS)
    try:
        yield
    finally:
        await driver.set_progress_handler(None, 0)
