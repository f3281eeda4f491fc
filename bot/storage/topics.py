"""Topic slugs as small numbers, given at first sight and kept for good."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import upsert
from bot.storage.tables import topics


async def topic_ids(connection: AsyncConnection, slugs: Collection[str]) -> Mapping[str, int]:
    """The numbers of those topics that were ever stored."""
    if not slugs:
        return {}
    rows = await connection.execute(select(topics.c.slug, topics.c.id).where(topics.c.slug.in_(slugs)))
    return dict(rows.all())


async def made_topic_ids(connection: AsyncConnection, slugs: Collection[str]) -> Mapping[str, int]:
    """The numbers of all these topics, new ones made."""
    known = await topic_ids(connection, slugs)
    missing = sorted(set(slugs) - set(known))
    if not missing:
        return known
    await connection.execute(upsert(topics).on_conflict_do_nothing(), [{"slug": slug} for slug in missing])
    return await topic_ids(connection, slugs)
