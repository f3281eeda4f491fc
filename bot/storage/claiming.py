"""Taking what is due: one message a chat, the most urgent lane first, its intent committed before it is sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import RowMapping, Select, bindparam, func, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.archive import ChatState, Claimed, StoredNews
from bot.core.gather import Parcel, Turn
from bot.core.habits import Habits
from bot.core.match import Lane
from bot.core.model import JoinedForm, OutboxKind, TopicMode
from bot.core.turns import Turns
from bot.services.ports.storage import Choose, Taken
from bot.storage.background import Background, backgrounds, shown_in
from bot.storage.chats import DESTINATION_COLUMNS, destination_of
from bot.storage.columns import UtcDateTime
from bot.storage.engine import among, ids_bound
from bot.storage.habit_tables import habits, muted_stories
from bot.storage.habits import SqlHabits
from bot.storage.lines import close_lines, renew_lines
from bot.storage.news_rows import stored_news
from bot.storage.tables import OutboxState, chats, destinations, lines, news, outbox, tried, waiting

_MOST_ROWS = 200
"""Rows of one chat that are looked at in its turn."""
_MOST_CHATS = 256
"""Chats that one claim looks at while it finds nothing to send."""
_NOW = bindparam("now", type_=UtcDateTime())

_shut = lines.alias("shut")
_open_try = outbox.alias("open_try")
_GATE = (
    select(func.max(_open_try.c.due_at, type_=UtcDateTime))
    .where(_open_try.c.chat_id == lines.c.chat_id, tried(_open_try))
    .scalar_subquery()
)
"""When the try whose outcome is open may be repeated: until then the chat gets nothing else."""


def _due_in(lane: Lane) -> Select[Any]:
    due = (
        select(lines.c.chat_id, lines.c.lane, _GATE.label("gate"))
        .where(
            lines.c.lane == lane,
            lines.c.due_at <= _NOW,
            ~among(lines.c.chat_id, ids_bound("excluding")),
            ~select(_shut.c.chat_id).where(_shut.c.chat_id == lines.c.chat_id, _shut.c.due_at.is_(None)).exists(),
        )
        .order_by(lines.c.due_at, lines.c.chat_id)
        .limit(bindparam("most"))
        .subquery()
    )
    return select(due)


_DUE = union_all(*map(_due_in, Lane))
"""In each lane the chats that something is due for, longest first."""

_chosen = func.json_each(ids_bound()).table_valued("value")
_mine = outbox.alias("mine")
_TURNS = (
    select(_mine.c.id)
    .where(_mine.c.chat_id == _chosen.c.value, waiting(_mine), _mine.c.due_at <= _NOW)
    .order_by(_mine.c.attempt == 0, _mine.c.lane, _mine.c.rank, _mine.c.kind, _mine.c.id)
    .limit(_MOST_ROWS)
    .correlate(_chosen)
)
_DECIDED = or_(
    select(habits.c.destination_id).where(habits.c.destination_id == outbox.c.destination_id).exists(),
    select(muted_stories.c.news_id).where(muted_stories.c.destination_id == outbox.c.destination_id).exists(),
)
_ROWS = (
    select(
        outbox.c.id,
        outbox.c.news_id,
        outbox.c.chat_id,
        outbox.c.kind,
        outbox.c.lane,
        outbox.c.queued_at,
        outbox.c.attempt,
        outbox.c.mode,
        outbox.c.possibly_sent,
        outbox.c.form,
        news.c.report_of,
        news.c.all_clear,
        *DESTINATION_COLUMNS,
        _DECIDED.label("decided"),
    )
    .select_from(_chosen)
    .join(outbox, outbox.c.id.in_(_TURNS))
    .join(destinations, destinations.c.id == outbox.c.destination_id)
    .join(chats, chats.c.id == destinations.c.chat_id)
    .join(news, news.c.id == outbox.c.news_id)
    .order_by(outbox.c.chat_id, outbox.c.attempt == 0, outbox.c.lane, outbox.c.rank, outbox.c.kind, outbox.c.id)
)

_INTEND = (
    update(outbox)
    .where(among(outbox.c.id, ids_bound()))
    .values(
        state=OutboxState.SENDING,
        attempt=outbox.c.attempt + 1,
        tried_at=bindparam("now"),
        stale=False,
        form=bindparam("joined_as"),
        rang=bindparam("rings"),
    )
)
_PUT_OFF = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(state=OutboxState.PARKED, attempt=0, due_at=bindparam("until"), reason=bindparam("why"))
)
_LAPSE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row_id"))
    .values(state=OutboxState.LAPSED, settled_at=bindparam("now"), reason=bindparam("why"))
)
_END = (
    update(outbox)
    .where(among(outbox.c.id, ids_bound()))
    .values(state=OutboxState.GONE, settled_at=_NOW, reason="the chat takes no alerts any more")
)


async def claim(
    connection: AsyncConnection, now: datetime, *, turns: Turns, most: int, choose: Choose, excluding: Collection[int]
) -> Taken:
    """See :meth:`bot.services.ports.storage.Outbox.claim`.

    Where rows are put off, more chats are looked at in the same transaction, so that a night in which everybody sleeps
    is gone through quickly.
    """
    counter = _Counter(connection, now, turns, choose, excluding)
    parcels: list[Parcel] = []
    looked_at, size = 0, most
    while len(parcels) < most and looked_at < _MOST_CHATS:
        found, seen = await counter.serve(size, most - len(parcels))
        parcels += found
        looked_at += seen
        if seen < size:
            return Taken(await _whole(connection, parcels), exhausted=True)
        size = min(size * 4, _MOST_CHATS)
    return Taken(await _whole(connection, parcels), exhausted=False)


@dataclass(frozen=True, slots=True)
class _Counter:
    """Serves the chats that something is due for."""

    connection: AsyncConnection
    now: datetime
    turns: Turns
    choose: Choose
    excluding: Collection[int]

    async def serve(self, size: int, most: int) -> tuple[list[Parcel], int]:
        """Look at ``size`` chats; returns what at most ``most`` of them are sent, and how many were looked at."""
        due = await _due(self.connection, self.now, size, self.excluding)
        gated = {chat for chat, gate in due.gates.items() if gate is not None and gate > self.now}
        lanes = {lane: [chat for chat in found if chat not in gated] for lane, found in due.lanes.items()}
        chosen = self.turns.allot(lanes, size)
        decided = await self._decided(chosen)
        sent_to = [chat for chat, turn in decided.items() if turn.parcel is not None][:most]
        served = {chat: turn for chat, turn in decided.items() if chat in sent_to or turn.parcel is None}
        await _record(self.connection, served.values(), self.now)
        await close_lines(self.connection, sent_to)
        idle = {chat for chat in (*gated, *chosen) if chat not in decided or decided[chat].parcel is None}
        await renew_lines(self.connection, idle)
        return [turn.parcel for turn in served.values() if turn.parcel is not None], len(chosen) + len(gated)

    async def _decided(self, chosen: Sequence[int]) -> Mapping[int, Turn]:
        """What becomes of the rows of these chats, those aside that nobody can be sent any more."""
        rows = await _rows(self.connection, chosen, self.now)
        gone = [row["id"] for row in rows if _unreachable(row)]
        if gone:
            await self.connection.execute(_END, {"ids": gone, "now": self.now})
        return await _chosen_turns(self.connection, [row for row in rows if not _unreachable(row)], self.choose)


class _Due:
    """What the lines say."""

    def __init__(self, rows: Iterable[tuple[int, int, datetime | None]]) -> None:
        self.lanes: dict[Lane, list[int]] = {}
        self.gates: dict[int, datetime | None] = {}
        for chat_id, lane, gate in rows:
            self.lanes.setdefault(Lane(lane), []).append(chat_id)
            self.gates[chat_id] = gate


async def _due(connection: AsyncConnection, now: datetime, most: int, excluding: Collection[int]) -> _Due:
    rows = await connection.execute(_DUE, {"now": now, "most": most, "excluding": excluding})
    return _Due((chat_id, lane, gate) for chat_id, lane, gate in rows)


async def _rows(connection: AsyncConnection, chosen: Sequence[int], now: datetime) -> Sequence[RowMapping]:
    if not chosen:
        return ()
    found = (await connection.execute(_ROWS, {"ids": chosen, "now": now})).mappings().all()
    order = {chat: place for place, chat in enumerate(chosen)}
    return sorted(found, key=lambda row: order[row["chat_id"]])


def _unreachable(row: RowMapping) -> bool:
    """A chat that said /stop still gets what it was sent edited."""
    return bool(row["closed"]) or row["chat_state"] is ChatState.GONE


async def _chosen_turns(connection: AsyncConnection, rows: Sequence[RowMapping], choose: Choose) -> dict[int, Turn]:
    """What becomes of each chat's rows."""
    found = await backgrounds(connection, rows)
    reports = {background.first_report for background in found.values() if background.first_report is not None}
    stored = await stored_news(connection, {row["news_id"] for row in rows} | reports)
    decided = {row["destination_id"] for row in rows if row["decided"]}
    of_all: Mapping[int, Habits] = await SqlHabits(connection).of_many(decided) if decided else {}
    turns: dict[int, Turn] = {}
    for chat, group in groupby(rows, key=lambda row: row["chat_id"]):
        claimed = [_claimed(row, stored, found.get(row["id"], Background())) for row in group]
        doubtful = [row for row in claimed if row.possibly_sent and row.attempt > 1]
        turns[chat] = choose(doubtful or claimed, of_all)
    return turns


def _claimed(row: RowMapping, stored: Mapping[int, StoredNews], background: Background) -> Claimed:
    first_report = None if background.first_report is None else stored.get(background.first_report)
    return Claimed(
        id=row["id"],
        kind=row["kind"],
        destination=destination_of(row),
        stored=stored[row["news_id"]],
        loud=row["mode"] is TopicMode.LOUD,
        attempt=row["attempt"] + 1,
        possibly_sent=row["possibly_sent"],
        message_id=background.message_id,
        previous=background.previous,
        mode=row["mode"],
        first_report=first_report,
        rang=background.rang,
        sent_at=background.sent_at,
        loud_now=background.loud_now,
        overtaken=background.overtaken,
        queued_at=row["queued_at"],
        lane=row["lane"],
        form=row["form"] if row["kind"] is OutboxKind.ALERT else background.form,
        told_in=background.told_in,
        line=row["chat_id"],
    )


async def _record(connection: AsyncConnection, turns: Collection[Turn], now: datetime) -> None:
    """Write down what was decided, the intents to send first of all."""
    intents: defaultdict[tuple[JoinedForm | None, bool | None], list[int]] = defaultdict(list)
    for parcel in (turn.parcel for turn in turns if turn.parcel is not None):
        for row in parcel.rows:
            intents[parcel.form, _rings(row, parcel)].append(row.id)
    for (joined_as, rings), ids in intents.items():
        await connection.execute(_INTEND, {"ids": ids, "now": now, "joined_as": joined_as, "rings": rings})
    put_off = [{"row_id": each.id, "until": each.until, "why": each.reason} for turn in turns for each in turn.put_off]
    lapsed = [{"row_id": each.id, "now": now, "why": each.reason} for turn in turns for each in turn.lapsed]
    for statement, rows in ((_PUT_OFF, put_off), (_LAPSE, lapsed)):
        if rows:
            await connection.execute(statement, rows)


def _rings(row: Claimed, parcel: Parcel) -> bool | None:
    """Whether a message of its own makes a sound; ``None`` for what edits one."""
    return None if row.kind is OutboxKind.EDIT or row.told_in is not None else not parcel.silent


async def _whole(connection: AsyncConnection, parcels: Sequence[Parcel]) -> tuple[Parcel, ...]:
    """With everything that a message shows, where it is one of several updates that is edited."""
    return tuple([await _with_all_shown(connection, parcel) for parcel in parcels])


async def _with_all_shown(connection: AsyncConnection, parcel: Parcel) -> Parcel:
    first = parcel.first
    if first.kind is not OutboxKind.EDIT or first.form is None or first.message_id is None:
        return parcel
    shown = await shown_in(connection, first.destination.chat_id, first.message_id)
    return replace(parcel, shown=shown)
