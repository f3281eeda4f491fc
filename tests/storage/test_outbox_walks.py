"""Random walks over the outbox: whatever happens in whatever order, nothing is lost, doubled or stuck."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.core.archive import ChatState, Claimed
from bot.core.model import OutboxKind, TopicMode
from bot.services.ports.sending import ChatGone, InDoubt, Rejected, RetryAfter, SendOutcome, Sent, Unsent
from bot.services.ports.storage import Settled
from bot.storage import SqlStorage, open_storage
from bot.storage.columns import microseconds
from tests.builders import NOW, archive, minutes, new_news, revised_news, subscribe

T = TypeVar("T")
CHATS = (100, 200, 300)
TOPICS = ("frontline", "weapons")

outcomes: st.SearchStrategy[SendOutcome] = st.sampled_from(
    [Sent(0), Sent(0), Sent(0), RetryAfter(minutes(1)), Unsent("x"), InDoubt("x"), Rejected("x"), ChatGone("x")]
)


class OutboxWalk(RuleBasedStateMachine):
    """Ingest, correct, claim, settle, stop, start and crash, in any order, on a real database."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.loop = asyncio.new_event_loop()
        self.open = contextlib.AsyncExitStack()
        self.storage: SqlStorage = self.run(
            self.open.enter_async_context(open_storage(f"sqlite:///{self.folder}/sitrep.db"))
        )
        self.shell = sqlite3.connect(self.folder / "sitrep.db")
        self.shell.row_factory = sqlite3.Row
        self.now = NOW
        self.in_flight: list[Claimed] = []
        self.texts: dict[int, str] = {}
        self.shown: dict[tuple[int, int], str] = {}
        self.uncorrected: set[tuple[int, int]] = set()
        self.alerts_sent: dict[tuple[int, int], int] = {}
        for chat_id, mode in zip(CHATS, (TopicMode.LOUD, TopicMode.SILENT, TopicMode.LOUD), strict=True):
            self.run(subscribe(self.storage, chat_id, dict.fromkeys(TOPICS, mode)))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        try:
            self.drain()
        finally:
            self.shell.close()
            self.run(self.open.aclose())
            self.loop.close()
            shutil.rmtree(self.folder)

    @rule(
        ages=st.lists(st.integers(0, 90), min_size=1, max_size=3), topics=st.sets(st.sampled_from(TOPICS), min_size=1)
    )
    def ingest(self, ages: list[int], topics: set[str]) -> None:
        self.now += timedelta(seconds=1)
        news = [
            new_news(f"v1 {age}", topics=tuple(topics), position=place, published_at=NOW - minutes(age))
            for place, age in enumerate(ages)
        ]
        ids = self.run(archive(self.storage, *news, at=self.now))
        self.texts |= {news_id: each.news.text for news_id, each in zip(ids, news, strict=True)}
        self.run(self.enqueue(ids))

    @precondition(lambda self: self.texts)
    @rule(data=st.data(), silent=st.booleans())
    def correct(self, data: st.DataObject, silent: bool) -> None:
        news_id = data.draw(st.sampled_from(sorted(self.texts)))
        self.texts[news_id] += "+"
        self.uncorrected |= {(news_id, number) for number in (1, 2, 3) if number not in self.reachable()}
        self.run(self.revise(news_id, self.texts[news_id], silent=silent))

    @rule(limit=st.integers(1, 4), later=st.integers(0, 180), excluding=st.sets(st.sampled_from((1, 2, 3)), max_size=2))
    def claim(self, limit: int, later: int, excluding: set[int]) -> None:
        self.now += timedelta(seconds=later)
        takeable = self.takeable() - excluding
        claimed = self.run(self.take(limit, excluding))
        assert len(claimed) == min(limit, len(takeable))
        assert {each.line for each in claimed} <= takeable
        for each in claimed:
            assert each.stored.news.text == self.texts[each.stored.id]
        self.in_flight += claimed

    @precondition(lambda self: self.in_flight)
    @rule(data=st.data(), outcome=outcomes)
    def settle(self, data: st.DataObject, outcome: SendOutcome) -> None:
        each = self.in_flight.pop(data.draw(st.integers(0, len(self.in_flight) - 1)))
        self.run(self.end(each, outcome))

    @rule(chat_id=st.sampled_from(CHATS), state=st.sampled_from((ChatState.ACTIVE, ChatState.STOPPED)))
    def stop_or_start(self, chat_id: int, state: ChatState) -> None:
        async def set_state() -> None:
            async with self.storage.write() as work:
                await work.chats.set_state(chat_id, state, at=self.now)

        self.run(set_state())

    @rule()
    def crash_and_recover(self) -> None:
        async def recover() -> int:
            async with self.storage.write() as work:
                return await work.outbox.recover(self.now)

        assert self.run(recover()) == len(self.in_flight)
        self.in_flight.clear()

    @invariant()
    def no_chat_has_two_sends_in_flight(self) -> None:
        sending = [row["chat_id"] for row in self.rows() if row["state"] == 2]
        assert len(sending) == len(set(sending)) == len(self.in_flight)

    @invariant()
    def a_line_is_open_where_something_waits(self) -> None:
        """Closed while its chat is being sent to, else open no later than its first row and any open try allow."""
        due = {(row["chat_id"], row["lane"]): row["due_at"] for row in self.shell.execute("SELECT * FROM lines")}
        for chat_id, rows in self.unfinished().items():
            if any(row["state"] == 2 for row in rows):
                assert None in [due.get((chat_id, lane), 0) for lane in (1, 2, 3, 4)]
                continue
            gate = max((row["due_at"] for row in rows if row["attempt"]), default=0)
            for lane in {row["lane"] for row in rows}:
                first = min(row["due_at"] for row in rows if row["lane"] == lane)
                line = due[chat_id, lane]
                assert line is not None
                assert line <= max(first, gate, microseconds(self.now))

    def rows(self) -> list[sqlite3.Row]:
        return self.shell.execute("SELECT * FROM outbox").fetchall()

    def unfinished(self) -> dict[int, list[sqlite3.Row]]:
        """The unfinished rows of each chat."""
        found: dict[int, list[sqlite3.Row]] = {}
        for row in self.rows():
            if row["state"] < 4:
                found.setdefault(row["chat_id"], []).append(row)
        return found

    def takeable(self) -> set[int]:
        """The chats that may be sent something now."""
        now, found = microseconds(self.now), set()
        for chat_id, rows in self.unfinished().items():
            closed = any(row["state"] == 2 or (row["attempt"] and row["due_at"] > now) for row in rows)
            if not closed and chat_id in self.reachable() and any(row["due_at"] <= now for row in rows):
                found.add(chat_id)
        return found

    def reachable(self) -> set[int]:
        """Chats that are not gone; one that said /stop is still sent what corrects its messages."""
        return {row["id"] for row in self.shell.execute("SELECT id FROM chats WHERE state != 'gone'")}

    async def enqueue(self, ids: list[int]) -> None:
        async with self.storage.write() as work:
            await work.outbox.enqueue_alerts(ids, at=self.now)

    async def revise(self, news_id: int, text: str, *, silent: bool) -> None:
        kinds = [OutboxKind.EDIT] if silent else [OutboxKind.EDIT, OutboxKind.REPLY]
        async with self.storage.write() as work:
            await work.news.revise([revised_news(news_id, text, silent=silent)], at=self.now)
            await work.outbox.enqueue_revisions([news_id], kinds, at=self.now)

    async def take(self, limit: int, excluding: set[int]) -> list[Claimed]:
        async with self.storage.write() as work:
            taken = await work.outbox.claim(self.now, most=limit, excluding=excluding)
            return [row for parcel in taken.parcels for row in parcel.rows]

    async def end(self, each: Claimed, outcome: SendOutcome) -> None:
        async with self.storage.write() as work:
            await work.outbox.settle([Settled(each.id, outcome, self.now, self.now + timedelta(seconds=30))])
        if isinstance(outcome, Sent):
            sent_to = (each.stored.id, each.destination.id)
            if each.kind is OutboxKind.ALERT:
                self.alerts_sent[sent_to] = self.alerts_sent.get(sent_to, 0) + 1
            if each.kind is not OutboxKind.REPLY:
                self.shown[sent_to] = each.stored.news.text

    def drain(self) -> None:
        """With every chat back and every send succeeding, all of it comes to an end."""
        for chat_id in CHATS:
            self.stop_or_start(chat_id, ChatState.ACTIVE)
        while self.in_flight:
            self.run(self.end(self.in_flight.pop(), Sent(0)))
        for _ in range(len(self.rows()) + 1):
            self.now += minutes(5)
            for each in self.run(self.take(10, set())):
                self.run(self.end(each, Sent(0)))
        assert self.unfinished() == {}
        self.check_what_arrived()

    def check_what_arrived(self) -> None:
        """Each alert ended once, and what a chat was shown is the version that stands, if the chat was there to see."""
        for row in self.rows():
            sent_to = (row["news_id"], row["destination_id"])
            if row["kind"] == 0:
                assert self.alerts_sent.get(sent_to, 0) == (1 if row["state"] == 4 else 0)
        lost = {(row["news_id"], row["destination_id"]) for row in self.rows() if row["state"] in {5, 6}}
        for (news_id, destination_id), text in self.shown.items():
            if (news_id, destination_id) not in lost | self.uncorrected:
                assert text == self.texts[news_id]


def test_whatever_happens_nothing_is_lost_doubled_or_stuck() -> None:
    """Random walks of ingest, corrections, sends, outcomes, stops and crashes, drained to the end."""
    _walk(examples=15, steps=25)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_whatever_happens_for_long_nothing_is_lost_doubled_or_stuck() -> None:
    """The same, more and longer."""
    _walk(examples=400, steps=60)


def _walk(*, examples: int, steps: int) -> None:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        OutboxWalk,
        settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=slow),
    )
