"""Making the search index and the vocabulary anew from the archive: after a change of stems, or of a damaged index.

All in one transaction, so that a killed one leaves the index as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Column, RowMapping, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.errors import StorageError
from bot.storage.engine import BUSY_TIMEOUT, among, connected, database_path
from bot.storage.faults import faults_named
from bot.storage.instance_lock import instance_lock
from bot.storage.migrations import newest, revision_in
from bot.storage.search import Indexed, index
from bot.storage.tables import IS_NEWS, news, news_places, news_topics, pages
from bot.storage.vocabulary import learn

T = TypeVar("T")

_EMPTY = (
    "INSERT INTO news_words (news_words) VALUES ('delete-all')",
    "INSERT INTO vocabulary_parts (vocabulary_parts) VALUES ('delete-all')",
    "DELETE FROM vocabulary",
)
_BATCH = 500
_NEXT = select(
    news.c.id,
    news.c.heading,
    news.c.text,
    news.c.language,
    news.c.local_date,
    news.c.at,
    pages.c.feed_id,
).join_from(news, pages)


async def count_indexed(url: str) -> int:
    """How many updates :func:`reindex` has to go through. Raises as it does."""
    path = database_path(url)
    _check(url)
    with faults_named(path):
        async with connected(path, busy_timeout=BUSY_TIMEOUT) as engines, engines.reader.connect() as connection:
            return await connection.scalar(select(func.count()).select_from(news).where(IS_NEWS)) or 0


async def reindex(url: str, *, on_progress: Callable[[int], None]) -> int:
    """Empty the index and fill it from the archive; returns how many updates it holds.

    Args:
        url: The database's address.
        on_progress: Told how many more updates are done.

    Raises:
        StorageError: An instance runs, or the database is not there or of another schema; all is as it was.
    """
    path = database_path(url)
    _check(url)
    with instance_lock(path), faults_named(path):
        async with connected(path, busy_timeout=BUSY_TIMEOUT) as engines, engines.writer.begin() as connection:
            for statement in _EMPTY:
                await connection.execute(text(statement))
            return await _fill(connection, on_progress)


def _check(url: str) -> None:
    path = database_path(url)
    with faults_named(path):
        revision = revision_in(path)
    if revision is None:
        raise StorageError(f"{path} holds no database")
    if revision != newest():
        raise StorageError(f"{path} has schema {revision}, this version needs {newest()}; run: sitrep db upgrade")


async def _fill(connection: AsyncConnection, on_progress: Callable[[int], None]) -> int:
    last = done = 0
    while True:
        after = _NEXT.where(news.c.id > last, IS_NEWS).order_by(news.c.id).limit(_BATCH)
        rows = (await connection.execute(after)).mappings().all()
        if not rows:
            return done
        await _index(connection, rows)
        last = rows[-1]["id"]
        done += len(rows)
        on_progress(len(rows))


async def _index(connection: AsyncConnection, rows: Sequence[RowMapping]) -> None:
    ids = [row["id"] for row in rows]
    topics = await _of_each(connection, news_topics.c.news_id, news_topics.c.topic_id, ids)
    places = await _of_each(connection, news_places.c.news_id, news_places.c.place_id, ids)
    entries = [
        Indexed.of(
            row["id"],
            row["heading"],
            row["text"],
            language=row["language"],
            day=row["local_date"] or row["at"].date(),
            feed_id=row["feed_id"],
            topic_ids=topics.get(row["id"], ()),
            place_ids=places.get(row["id"], ()),
        )
        for row in rows
    ]
    await index(connection, entries)
    await learn(connection, ["\n\n".join(filter(None, (row["heading"], row["text"]))) for row in rows])


async def _of_each(
    connection: AsyncConnection, owner: Column[int], value: Column[T], ids: Collection[int]
) -> Mapping[int, Collection[T]]:
    found: dict[int, set[T]] = {}
    for news_id, each in await connection.execute(select(owner, value).where(among(owner, ids))):
        found.setdefault(news_id, set()).add(each)
    return found
