"""Between rows and the archive's values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import Revision, StoredNews
from bot.core.casualties import UNCOUNTED, Casualties
from bot.core.model import Match, Media, NewsUpdate, Tag
from bot.services.ports.storage import Facts
from bot.storage.engine import among, ids_bound
from bot.storage.tables import PlaceRole, feeds, news, news_places, news_topics, pages, revisions, topics

_FEED_TITLE = func.coalesce(feeds.c.title, feeds.c.source_title, feeds.c.url).label("feed_title")
_STORED = (
    select(
        news,
        pages.c.key.label("page_key"),
        pages.c.feed_id,
        _FEED_TITLE,
    )
    .join_from(news, pages)
    .join(feeds)
    .where(among(news.c.id, ids_bound()))
)
_COPIES = (
    select(news.c.copy_of, _FEED_TITLE)
    .join_from(news, pages)
    .join(feeds)
    .where(news.c.copy_of.is_not(None), among(news.c.copy_of, ids_bound()))
    .order_by(news.c.id)
)
_TAGS = (
    select(news_topics.c.news_id, topics.c.slug, news_topics.c.score, news_topics.c.matches)
    .join_from(news_topics, topics)
    .where(among(news_topics.c.news_id, ids_bound()))
    .order_by(news_topics.c.news_id, news_topics.c.place)
)
_PLACES = (
    select(news_places.c.news_id, news_places.c.place_id, news_places.c.role)
    .where(among(news_places.c.news_id, ids_bound()))
    .order_by(news_places.c.news_id, news_places.c.place)
)
_REVISIONS = (
    select(revisions).where(among(revisions.c.news_id, ids_bound())).order_by(revisions.c.news_id, revisions.c.number)
)


def columns_of(update: NewsUpdate, page_id: int, first_seen_at: datetime) -> dict[str, Any]:
    """What the update itself says of its row."""
    return {
        "page_id": page_id,
        "position": update.position,
        "heading": update.heading,
        "text": update.text,
        "local_date": update.local_date,
        "local_time": update.local_time,
        "zone": update.zone,
        "published_at": update.published_at,
        "date_from": update.date_from,
        "vendor_id": update.vendor_id,
        "url": update.url,
        "service": update.service,
        "retracted": update.retracted,
        "exercise": update.exercise,
        "media": [[media.url, media.kind] for media in update.media] or None,
        "at": update.published_at or first_seen_at,
    }


def columns_of_facts(facts: Facts) -> dict[str, Any]:
    """What was found in the update that stands in its own row; its places have rows of their own."""
    return {
        "level": facts.level,
        "casualties": None if facts.casualties == UNCOUNTED else asdict(facts.casualties),
        "denial": facts.denial,
        "all_clear": facts.all_clear,
    }


def rows_of_places(news_id: int, facts: Facts) -> list[dict[str, Any]]:
    """One row a place, the most specific first, then what they lie in."""
    roles = {place: PlaceRole.DECIDES if place in facts.nearest else PlaceRole.NAMED for place in facts.places}
    roles |= {place: PlaceRole.AROUND for place in facts.within if place not in roles}
    return [
        {"news_id": news_id, "place_id": place_id, "place": place, "role": role}
        for place, (place_id, role) in enumerate(roles.items())
    ]


def columns_of_tag(news_id: int, topic_id: int, place: int, tag: Tag) -> dict[str, Any]:
    """``place`` keeps the order of an update's tags, strongest first."""
    matches = [[match.words, match.rule, match.pack] for match in tag.matches]
    return {"news_id": news_id, "topic_id": topic_id, "place": place, "score": tag.score, "matches": matches}


async def stored_news(connection: AsyncConnection, ids: Collection[int]) -> Mapping[int, StoredNews]:
    """These updates in their current version, without their earlier ones; unknown ids are left out."""
    if not ids:
        return {}
    tags = await tags_of(connection, ids)
    places = await _places_of(connection, ids)
    copies = await _copies_of(connection, ids)
    rows = await connection.execute(_STORED, {"ids": ids})
    return {
        row["id"]: _stored(row, tags.get(row["id"], ()), places.get(row["id"], ()), copies.get(row["id"], ()))
        for row in rows.mappings()
    }


async def _places_of(connection: AsyncConnection, ids: Collection[int]) -> Mapping[int, Sequence[tuple[str, int]]]:
    """The places of these updates with their roles, in order."""
    found: dict[int, list[tuple[str, int]]] = {}
    for news_id, place_id, role in await connection.execute(_PLACES, {"ids": ids}):
        found.setdefault(news_id, []).append((place_id, role))
    return found


async def _copies_of(connection: AsyncConnection, ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """The titles of the feeds that repeated these updates, each once."""
    found: dict[int, tuple[str, ...]] = {}
    for news_id, feed_title in await connection.execute(_COPIES, {"ids": ids}):
        titles = found.get(news_id, ())
        found[news_id] = titles if feed_title in titles else (*titles, feed_title)
    return found


async def tags_of(connection: AsyncConnection, ids: Collection[int]) -> Mapping[int, tuple[Tag, ...]]:
    """The tags of these updates, strongest first."""
    rows = await connection.execute(_TAGS, {"ids": ids})
    found: dict[int, tuple[Tag, ...]] = {}
    for news_id, slug, score, matches in rows:
        tag = Tag(slug, tuple(Match(*match) for match in matches), score)
        found[news_id] = (*found.get(news_id, ()), tag)
    return found


async def earlier_revisions(connection: AsyncConnection, ids: Collection[int]) -> Mapping[int, tuple[Revision, ...]]:
    """The versions before the current one, oldest first."""
    rows = await connection.execute(_REVISIONS, {"ids": ids})
    found: dict[int, tuple[Revision, ...]] = {}
    for news_id, number, heading, text, noticed_at in rows:
        found[news_id] = (*found.get(news_id, ()), Revision(number, heading, text, noticed_at))
    return found


def current_revision(stored: StoredNews) -> Revision:
    """The version that the update stands in now."""
    return Revision(stored.revision, stored.news.heading, stored.news.text, stored.noticed_at or stored.first_seen_at)


def _stored(
    row: RowMapping, tags: tuple[Tag, ...], places: Sequence[tuple[str, int]], also_in: tuple[str, ...]
) -> StoredNews:
    return StoredNews(
        id=row["id"],
        feed_id=row["feed_id"],
        feed_title=row["feed_title"],
        news=NewsUpdate(
            text=row["text"],
            position=row["position"],
            page_key=row["page_key"],
            heading=row["heading"],
            local_date=row["local_date"],
            local_time=row["local_time"],
            zone=row["zone"],
            published_at=row["published_at"],
            date_from=row["date_from"],
            vendor_id=row["vendor_id"],
            url=row["url"],
            service=row["service"],
            retracted=row["retracted"],
            exercise=row["exercise"],
            media=tuple(Media(*media) for media in row["media"] or ()),
        ),
        revision=row["revision"],
        state=row["state"],
        first_seen_at=row["first_seen_at"],
        tags=tags,
        attribution=tuple(row["attribution"]),
        noticed_at=row["noticed_at"],
        also_in=also_in,
        level=row["level"],
        places=tuple(place for place, role in places if role != PlaceRole.AROUND),
        nearest=tuple(place for place, role in places if role == PlaceRole.DECIDES),
        within=tuple(place for place, role in places if role == PlaceRole.AROUND),
        casualties=Casualties(**row["casualties"]) if row["casualties"] else UNCOUNTED,
        denial=row["denial"],
        all_clear=row["all_clear"],
        language=row["language"],
        report_of=row["report_of"],
    )
