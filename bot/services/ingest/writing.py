"""Writes what one read changes, in the transaction of the read."""

from __future__ import annotations

from datetime import datetime

from bot.core.archive import Feed
from bot.core.model import NewsState, OutboxKind
from bot.services.ingest.plan import Plan
from bot.services.ports.storage import UnitOfWork, Within

_IN_A_STEP = 40
"""Updates written before others on the event loop run."""


async def write_plan(work: UnitOfWork, feed: Feed, made: Plan, now: datetime, within: Within) -> int:
    """Everything that the plan changes; returns how many deliveries wait because of it."""
    ids: list[int] = []
    for start in range(0, len(made.new), _IN_A_STEP):
        ids += await work.news.add(feed.id, made.new[start : start + _IN_A_STEP], at=now)
    for start in range(0, len(made.revised), _IN_A_STEP):
        await work.news.revise(made.revised[start : start + _IN_A_STEP], at=now)
    for reads, missing in made.missing.items():
        await work.news.mark(missing, missing_reads=reads)
    await work.news.mark(made.removed, state=NewsState.REMOVED)
    alerting = [news_id for news_id, alerts in zip(ids, made.alerting, strict=True) if alerts]
    enqueued = await work.outbox.enqueue_alerts(alerting, at=now, within=within)
    enqueued += await work.outbox.enqueue_revisions(made.edited, {OutboxKind.EDIT}, at=now)
    return enqueued + await work.outbox.enqueue_revisions(made.answered, {OutboxKind.EDIT, OutboxKind.REPLY}, at=now)
