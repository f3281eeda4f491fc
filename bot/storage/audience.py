"""Who gets an update: one statement over all destinations, that says what :mod:`bot.core.audience` says of one."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.audience import concerned, followed_in
from bot.core.model import OutboxKind, TopicMode
from bot.services.ports.storage import Within
from bot.storage.engine import among, ids_bound
from bot.storage.habit_tables import followed_places, followed_words
from bot.storage.news_rows import stored_news
from bot.storage.subscriptions import REACHABLE
from bot.storage.tables import IS_NEWS, MODE, chats, destinations, news, news_topics, outbox, subscriptions

_EVERY = (
    "WITH RECURSIVE every(value) AS (SELECT min({column}) FROM {table} UNION ALL"
    " SELECT (SELECT min({column}) FROM {table} WHERE {column} > value) FROM every WHERE value IS NOT NULL)"
    " SELECT value FROM every WHERE value IS NOT NULL"
)
"""Each value once, one look into the index a value, however many rows have it."""
_EVERY_PLACE = text(_EVERY.format(table="followed_places", column="place_id"))
_EVERY_WORD = text(_EVERY.format(table="followed_words", column="word"))


_TOLD = (
    select(outbox.c.id)
    .join_from(news, outbox, outbox.c.news_id.in_([news.c.id, news.c.copy_of]))
    .where(among(news.c.id, ids_bound()))
    .limit(1)
)
"""For new updates the answer is no, and a million look-ups are spared."""


@dataclass(frozen=True, slots=True)
class Interests:
    """What of all that is followed anywhere these updates touch."""

    news_ids: Sequence[int]
    words: Sequence[tuple[int, str]]
    """Update and a followed word that stands in it."""
    placed: Collection[int]
    """The updates that name places, where any place is followed at all."""
    places: Sequence[tuple[int, str]]
    """Update and a followed place that it concerns."""
    told: bool
    """Somebody was told one of them already, or what it repeats."""


async def interests(connection: AsyncConnection, news_ids: Sequence[int], within: Within) -> Interests:
    """Compare the updates with everything that is followed."""
    told = await connection.scalar(_TOLD, {"ids": news_ids}) is not None
    every_word = (await connection.scalars(_EVERY_WORD)).all()
    every_place = (await connection.scalars(_EVERY_PLACE)).all()
    if not every_word and not every_place:
        return Interests(news_ids, (), (), (), told)
    stored = (await stored_news(connection, news_ids)).values()
    return Interests(
        news_ids,
        words=[(each.id, word) for each in stored for word in followed_in(each.news.whole, every_word)],
        placed=[each.id for each in stored if every_place and each.nearest],
        places=[(each.id, place) for each in stored for place in concerned(each, every_place, within)],
        told=told,
    )


def audience_of(found: Interests) -> Subquery:
    """Update, destination, its chat and the loudest of the modes by which it follows: each pair once.

    Streams where a GROUP BY would sort: a million subscribers cost no memory.
    """
    parts: list[Select[Any] | CompoundSelect[Any]] = [_by_topic(found)]
    if found.words:
        parts.append(_by_word(found))
    return union_all(*parts).subquery("audience")


def _by_topic(found: Interests) -> Select[Any]:
    chosen = (
        select(news.c.id.label("news_id"), subscriptions.c.destination_id, destinations.c.chat_id, subscriptions.c.mode)
        .join_from(news, news_topics)
        .join(subscriptions, subscriptions.c.topic_id == news_topics.c.topic_id)
        .join(destinations)
        .join(chats)
        .where(*_open(found, subscriptions.c.destination_id), ~_followed_louder())
    )
    if found.words:
        by_word = _has_word(found, subscriptions.c.destination_id)
        chosen = chosen.where(or_(subscriptions.c.mode == TopicMode.LOUD, ~by_word))
    return chosen


def _by_word(found: Interests) -> Select[Any]:
    """Followers of a word that no loud topic reaches."""
    pairs = _pairs(found.words)
    topic, loud = news_topics.alias("its_topic"), subscriptions.alias("loud")
    return (
        select(
            news.c.id.label("news_id"),
            followed_words.c.destination_id,
            destinations.c.chat_id,
            literal(TopicMode.LOUD, MODE).label("mode"),
        )
        .select_from(pairs)
        .join(news, news.c.id == pairs.c.news_id)
        .join(followed_words, followed_words.c.word == pairs.c.value)
        .join(destinations, destinations.c.id == followed_words.c.destination_id)
        .join(chats)
        .where(
            *_open(found, followed_words.c.destination_id),
            ~exists().where(
                topic.c.news_id == news.c.id,
                loud.c.topic_id == topic.c.topic_id,
                loud.c.destination_id == followed_words.c.destination_id,
                loud.c.mode == TopicMode.LOUD,
            ),
        )
        .distinct()
    )


def _open(found: Interests, destination_id: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """What holds for everybody who gets an update, however it is followed."""
    conditions = [among(news.c.id, found.news_ids), IS_NEWS, REACHABLE]
    if found.told:
        earlier = outbox.alias("earlier")
        told = exists().where(
            earlier.c.news_id.in_([news.c.id, news.c.copy_of]),
            earlier.c.destination_id == destination_id,
            earlier.c.kind == OutboxKind.ALERT,
        )
        conditions.append(~told)
    if found.placed:
        pairs, mine = _pairs(found.places), followed_places.alias("mine")
        anywhere = ~exists().where(mine.c.destination_id == destination_id)
        here = (
            select(pairs.c.news_id)
            .join_from(pairs, followed_places, followed_places.c.place_id == pairs.c.value)
            .where(pairs.c.news_id == news.c.id, followed_places.c.destination_id == destination_id)
            .exists()
        )
        conditions.append(or_(~among(news.c.id, found.placed), anywhere, here))
    return conditions


def _followed_louder() -> ColumnElement[bool]:
    """Whether the destination gets the update by another of its topics: the loudest, the first of equals."""
    topic, louder = news_topics.alias("other_topic"), subscriptions.alias("louder")
    return exists().where(
        topic.c.news_id == news.c.id,
        topic.c.topic_id != subscriptions.c.topic_id,
        louder.c.topic_id == topic.c.topic_id,
        louder.c.destination_id == subscriptions.c.destination_id,
        or_(
            louder.c.mode < subscriptions.c.mode,
            and_(louder.c.mode == subscriptions.c.mode, louder.c.topic_id < subscriptions.c.topic_id),
        ),
    )


def _has_word(found: Interests, destination_id: ColumnElement[int]) -> ColumnElement[bool]:
    pairs = _pairs(found.words)
    return (
        select(pairs.c.news_id)
        .join_from(pairs, followed_words, followed_words.c.word == pairs.c.value)
        .where(pairs.c.news_id == news.c.id, followed_words.c.destination_id == destination_id)
        .exists()
    )


def _pairs(pairs: Sequence[tuple[int, str]]) -> Subquery:
    """Pairs of update and word as a table, bound as one parameter."""
    each = func.json_each(json.dumps(list(pairs))).table_valued("value")
    return select(
        func.json_extract(each.c.value, "$[0]").label("news_id"), func.json_extract(each.c.value, "$[1]").label("value")
    ).subquery()
