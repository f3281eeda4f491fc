"""Writing updates in batches: a handful of statements, however many updates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.model import NewsState, NewsUpdate, Tag
from bot.services.ports.storage import Facts, NewNews, RevisedNews
from bot.storage.engine import among, upsert
from bot.storage.news_rows import columns_of, columns_of_facts, columns_of_tag, rows_of_places
from bot.storage.search import Indexed, index, unindex
from bot.storage.tables import feeds, news, news_places, news_topics, pages, revisions
from bot.storage.topics import made_topic_ids
from bot.storage.vocabulary import learn


@dataclass(frozen=True, slots=True)
class _Change:
    """A known update before and after."""

    revised: RevisedNews
    old: RowMapping
    old_topics: frozenset[int]
    old_places: frozenset[str]

    @property
    def retagged(self) -> bool:
        """No tags means that they were not looked at: every update has at least one."""
        return bool(self.revised.tags)


async def add_news(
    connection: AsyncConnection, feed_id: int, added: Sequence[NewNews], *, at: datetime
) -> Sequence[int]:
    """Archive new updates; returns their ids in the order given."""
    if not added:
        return []
    page_ids = await _page_ids(connection, feed_id, {item.news.page_key for item in added})
    language = await _language(connection, feed_id)
    rows = [_first_version(item, page_ids[item.news.page_key], at) | {"language": language} for item in added]
    inserted = insert(news).returning(news.c.id, sort_by_parameter_order=True)
    ids = (await connection.scalars(inserted, rows)).all()
    numbers = await made_topic_ids(connection, _topics(item.tags for item in added))
    await _tag(connection, [(news_id, item.tags) for news_id, item in zip(ids, added, strict=True)], numbers)
    await _place(connection, [(news_id, item.facts) for news_id, item in zip(ids, added, strict=True)])
    found = [
        Indexed.of(
            news_id,
            item.news.heading,
            item.news.text,
            language=language,
            day=_day(item.news.local_date, item.news.published_at or at),
            feed_id=feed_id,
            topic_ids={numbers[tag.topic] for tag in item.tags},
            place_ids=_places(item.facts),
        )
        for news_id, item in zip(ids, added, strict=True)
        if not item.news.service
    ]
    await index(connection, found)
    await learn(connection, [item.news.whole for item in added if not item.news.service])
    return ids


async def revise_news(connection: AsyncConnection, revised: Sequence[RevisedNews], *, at: datetime) -> None:
    """Store known updates as they stand now, keeping the version before of all that are not silent."""
    changes = await _changes(connection, revised)
    if not changes:
        return
    await _keep_versions(connection, [change.old for change in changes if not change.revised.silent])
    await _overwrite(connection, changes, at)
    numbers = await made_topic_ids(connection, _topics(change.revised.tags for change in changes))
    retagged = [(change.revised.id, change.revised.tags) for change in changes if change.retagged]
    if retagged:
        ids = [news_id for news_id, _ in retagged]
        await connection.execute(delete(news_topics).where(among(news_topics.c.news_id, ids)))
        await connection.execute(delete(news_places).where(among(news_places.c.news_id, ids)))
        await _tag(connection, retagged, numbers)
        await _place(connection, [(change.revised.id, change.revised.facts) for change in changes if change.retagged])
    await _reindex(connection, changes, numbers)


def _first_version(item: NewNews, page_id: int, at: datetime) -> dict[str, Any]:
    return columns_of(item.news, page_id, at) | {
        "vendor_id_proven": False,
        "attribution": list(item.attribution),
        "state": NewsState.CURRENT,
        "revision": 1,
        "first_seen_at": at,
        "noticed_at": at,
        "missing_reads": 0,
        "copy_of": item.copy_of,
        "report_of": item.report_of,
        **columns_of_facts(item.facts),
    }


async def _page_ids(connection: AsyncConnection, feed_id: int, keys: Collection[str]) -> Mapping[str, int]:
    wanted = select(pages.c.key, pages.c.id).where(pages.c.feed_id == feed_id, pages.c.key.in_(keys))
    known = dict((await connection.execute(wanted)).all())
    missing = sorted(set(keys) - set(known))
    if not missing:
        return known
    await connection.execute(upsert(pages).on_conflict_do_nothing(), [{"feed_id": feed_id, "key": k} for k in missing])
    return dict((await connection.execute(wanted)).all())


async def _tag(
    connection: AsyncConnection, tagged: Sequence[tuple[int, tuple[Tag, ...]]], numbers: Mapping[str, int]
) -> None:
    rows = [
        columns_of_tag(news_id, numbers[tag.topic], place, tag)
        for news_id, tags in tagged
        for place, tag in enumerate(_distinct(tags))
    ]
    if rows:
        await connection.execute(insert(news_topics), rows)


async def _place(connection: AsyncConnection, placed: Sequence[tuple[int, Facts]]) -> None:
    rows = [row for news_id, facts in placed for row in rows_of_places(news_id, facts)]
    if rows:
        await connection.execute(insert(news_places), rows)


async def _changes(connection: AsyncConnection, revised: Sequence[RevisedNews]) -> Sequence[_Change]:
    ids = [item.id for item in revised]
    old = select(news, pages.c.feed_id).join_from(news, pages).where(among(news.c.id, ids))
    before = {row["id"]: row for row in (await connection.execute(old)).mappings()}
    tagged: dict[int, set[int]] = {}
    known = select(news_topics.c.news_id, news_topics.c.topic_id).where(among(news_topics.c.news_id, ids))
    for news_id, topic_id in await connection.execute(known):
        tagged.setdefault(news_id, set()).add(topic_id)
    placed: dict[int, set[str]] = {}
    within = select(news_places.c.news_id, news_places.c.place_id).where(among(news_places.c.news_id, ids))
    for news_id, place_id in await connection.execute(within):
        placed.setdefault(news_id, set()).add(place_id)
    return [
        _Change(item, before[item.id], frozenset(tagged.get(item.id, ())), frozenset(placed.get(item.id, ())))
        for item in revised
        if item.id in before
    ]


async def _keep_versions(connection: AsyncConnection, rows: Sequence[RowMapping]) -> None:
    if rows:
        versions = [
            {
                "news_id": row["id"],
                "number": row["revision"],
                "heading": row["heading"],
                "text": row["text"],
                "noticed_at": row["noticed_at"],
            }
            for row in rows
        ]
        await connection.execute(insert(revisions), versions)


async def _overwrite(connection: AsyncConnection, changes: Sequence[_Change], at: datetime) -> None:
    page_ids: dict[tuple[int, str], int] = {}
    for feed_id in {change.old["feed_id"] for change in changes}:
        keys = {change.revised.news.page_key for change in changes if change.old["feed_id"] == feed_id}
        for key, number in (await _page_ids(connection, feed_id, keys)).items():
            page_ids[feed_id, key] = number
    rows = []
    for change in changes:
        revised, old = change.revised, change.old
        page_id = page_ids[old["feed_id"], revised.news.page_key]
        rows.append(
            columns_of(revised.news, page_id, old["first_seen_at"])
            | {
                "row_id": revised.id,
                "vendor_id_proven": _proven(old, revised.news),
                "attribution": list(revised.attribution),
                "state": revised.state,
                "revision": old["revision"] + (not revised.silent),
                "noticed_at": old["noticed_at"] if revised.silent else at,
                "missing_reads": 0,
                **_facts(change),
            }
        )
    columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "row_id"}
    await connection.execute(update(news).where(news.c.id == bindparam("row_id")).values(columns), rows)


def _facts(change: _Change) -> dict[str, Any]:
    """What is found in it now, or, where nobody looked, what was found before."""
    found = columns_of_facts(change.revised.facts)
    return found if change.retagged else {name: change.old[name] for name in found}


def _proven(old: RowMapping, now: NewsUpdate) -> bool:
    """Two reads have shown the same vendor id with the same text."""
    if now.vendor_id is None or now.vendor_id != old["vendor_id"]:
        return False
    return bool(old["vendor_id_proven"]) or now.text == old["text"]


async def _reindex(connection: AsyncConnection, changes: Sequence[_Change], numbers: Mapping[str, int]) -> None:
    outdated, fresh = [], []
    for change in changes:
        before, after = _indexed_before(change), _indexed_after(change, numbers)
        if before == after:
            continue
        outdated += [before] if before else []
        fresh += [after] if after else []
    await unindex(connection, outdated)
    await index(connection, fresh)
    await learn(connection, [change.revised.news.whole for change in changes if not change.revised.news.service])


def _indexed_before(change: _Change) -> Indexed | None:
    """What the index holds; ``None`` for what is not news."""
    old = change.old
    if old["service"]:
        return None
    return Indexed.of(
        old["id"],
        old["heading"],
        old["text"],
        language=old["language"],
        day=_day(old["local_date"], old["at"]),
        feed_id=old["feed_id"],
        topic_ids=change.old_topics,
        place_ids=change.old_places,
    )


def _indexed_after(change: _Change, numbers: Mapping[str, int]) -> Indexed | None:
    """What the index is to hold; in the language of the first time."""
    old, revised = change.old, change.revised
    if revised.news.service:
        return None
    return Indexed.of(
        revised.id,
        revised.news.heading,
        revised.news.text,
        language=old["language"],
        day=_day(revised.news.local_date, revised.news.published_at or old["first_seen_at"]),
        feed_id=old["feed_id"],
        topic_ids={numbers[tag.topic] for tag in revised.tags} if change.retagged else change.old_topics,
        place_ids=_places(revised.facts) if change.retagged else change.old_places,
    )


async def _language(connection: AsyncConnection, feed_id: int) -> str | None:
    """What the feed declares."""
    return await connection.scalar(select(feeds.c.language).where(feeds.c.id == feed_id))


def _day(local: date | None, at: datetime) -> date:
    """The day that an update is found under: the source's, else that of its instant in UTC."""
    return local or at.date()


def _places(facts: Facts) -> frozenset[str]:
    """The places that it is found under: what it names, and what that lies in."""
    return frozenset((*facts.places, *facts.within))


def _distinct(tags: Iterable[Tag]) -> Iterable[Tag]:
    """The first tag of each topic."""
    first: dict[str, Tag] = {}
    for tag in tags:
        first.setdefault(tag.topic, tag)
    return first.values()


def _topics(tags: Iterable[tuple[Tag, ...]]) -> set[str]:
    return {tag.topic for each in tags for tag in each}
