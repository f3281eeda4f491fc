"""Full-text search with SQLite's FTS5 (https://www.sqlite.org/fts5.html), in the transaction of what it indexes.

The index keeps no copy of the texts (``content=''``): to take an entry out, it is given the words it was made of. Those
are stems (:mod:`bot.core.query.words`). Topic, feed, day and places stand in it as tokens of their own, so that a
filter costs no join. Housekeeping of a source is not indexed.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import DDL, TextClause, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.query import Query, index_terms
from bot.storage.expressions import Filters, day_token, expression, feed_token, place_token, topic_token
from bot.storage.faults import interrupted
from bot.storage.tables import metadata

CREATE_INDEX = "CREATE VIRTUAL TABLE news_words USING fts5(words, tags, content='', columnsize=0, tokenize='ascii')"
WINDOW = 2000
"""Updates that a listing takes in, the newest ones by id: what keeps a common word from sorting the whole archive."""
DEADLINE = timedelta(seconds=2)
_INSTRUCTIONS_BETWEEN_LOOKS = 10_000
_BETWEEN = "0"
"""Stands in the index between heading and body, so that no phrase reaches over."""

_INSERT = text("INSERT INTO news_words (rowid, words, tags) VALUES (:id, :words, :tags)")
_DELETE = text("INSERT INTO news_words (news_words, rowid, words, tags) VALUES ('delete', :id, :words, :tags)")
_FIND = text(
    "WITH hits AS MATERIALIZED (SELECT rowid AS id FROM news_words WHERE news_words MATCH :expression"
    " AND rowid <= :anchor ORDER BY rowid DESC LIMIT :window)"
    " SELECT news.id, (SELECT count(*) FROM hits) FROM hits JOIN news ON news.id = hits.id"
    " ORDER BY news.at DESC, news.id DESC LIMIT :size OFFSET :skipped"
)
_FIND_DURING = text(
    "WITH hits AS MATERIALIZED (SELECT news.id, news.at FROM (SELECT rowid AS id FROM news_words"
    " WHERE news_words MATCH :expression AND rowid <= :anchor ORDER BY rowid DESC LIMIT :window) found"
    " JOIN news ON news.id = found.id"
    " WHERE coalesce(news.local_date, date(news.at / 1000000, 'unixepoch')) BETWEEN :since AND :until)"
    " SELECT id, (SELECT count(*) FROM hits) FROM hits ORDER BY at DESC, id DESC LIMIT :size OFFSET :skipped"
)
"""Days that an expression doesn't name one by one are looked for among the newest matches."""

event.listen(metadata, "after_create", DDL(CREATE_INDEX))  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index holds of one update; equal values index alike."""

    id: int
    words: str
    tags: str

    @classmethod
    def of(
        cls,
        news_id: int,
        heading: str | None,
        body: str,
        *,
        language: str | None,
        day: date,
        feed_id: int,
        topic_ids: Collection[int],
        place_ids: Collection[str],
    ) -> Indexed:
        """The entry of one update: its stems in their order, and its tokens."""
        terms = [*index_terms(heading or "", language), _BETWEEN, *index_terms(body, language)]
        tags = [
            feed_token(feed_id),
            day_token(day),
            *(topic_token(number) for number in sorted(topic_ids)),
            *(place_token(place) for place in sorted(place_ids)),
        ]
        return cls(news_id, " ".join(terms), " ".join(tags))


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
    connection: AsyncConnection, query: Query, filters: Filters, span: Span, *, deadline: timedelta = DEADLINE
) -> Found:
    """The updates that a query means; where there are none, those in which its words begin others.

    One too costly for the deadline is given up as finding nothing.
    """
    for prefixes in (False, True):
        wanted = expression(query, filters, prefixes=prefixes)
        if wanted is None:
            break
        try:
            async with _stopped_after(deadline, connection):
                found = await _matching(connection, wanted, query, span)
        except OperationalError as error:
            if not interrupted(error):
                raise
            break
        if found.total:
            return found
    return Found((), 0)


async def _matching(connection: AsyncConnection, wanted: str, query: Query, span: Span) -> Found:
    bounds: dict[str, object] = {"expression": wanted, "anchor": span.anchor, "window": WINDOW}
    statement = _FIND
    if query.since or query.until:
        statement = _FIND_DURING
        bounds["since"] = (query.since or date.min).isoformat()
        bounds["until"] = (query.until or date.max).isoformat()
    rows = (await connection.execute(statement, bounds | {"size": span.size, "skipped": span.skipped})).all()
    if rows or not span.skipped:
        return Found([row[0] for row in rows], rows[0][1] if rows else 0)
    first = (await connection.execute(statement, bounds | {"size": 1, "skipped": 0})).first()
    return Found((), first[1] if first else 0)


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
