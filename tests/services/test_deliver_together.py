"""Several updates in one message: what it saves, that nothing is lost in it, and how it is corrected."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.archive import ChatKind
from bot.core.model import NewsState, OutboxKind, TopicMode
from bot.services.deliver import Stopped
from bot.services.ports.sending import InDoubt, Rejected, Uneditable
from bot.services.ports.storage import NewNews, RevisedNews, Storage
from bot.storage import open_storage
from tests.builders import NOW, archive, subscribe
from tests.services.delivery_rig import Arrival, FastClock, Lost, WatchedStorage, finished
from tests.services.test_deliver import ANI, BEN, SWIFT, Post, an_update, enqueue

NAMES = [f"Arden {number:03}" for number in range(1, 1000)]
BOTH = {OutboxKind.EDIT, OutboxKind.REPLY}


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[WatchedStorage]:
    """An open, empty database."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        yield WatchedStorage(opened)


async def correct(storage: Storage, news_id: int, town: str) -> None:
    """The source now names another town."""
    async with storage.write() as work:
        stored = await work.news.get(news_id)
        assert stored is not None
        news = replace(stored.news, text=f"Shells fell near {town}.")
        revised = RevisedNews(news_id, news, NewsState.CORRECTED, silent=False, tags=stored.tags)
        await work.news.revise([revised], at=NOW)
        await work.outbox.enqueue_revisions([news_id], BOTH, at=NOW)


def told(arrivals: Sequence[Arrival], chat_id: int, names: Sequence[str]) -> Counter[str]:
    """How many messages of a chat, edits aside, hold each name."""
    return Counter(
        name
        for arrival in arrivals
        if arrival.destination.chat_id == chat_id and arrival.edits is None
        for name in names
        if name in arrival.text
    )


async def test_ten_updates_for_every_chat_cost_one_message_each(storage: WatchedStorage) -> None:
    """Sixty chats with ten updates each are sixty messages, and each of them holds all ten."""
    chats = range(600, 660)
    for chat in chats:
        await subscribe(storage, chat)
    await enqueue(storage, *NAMES[:10])
    post = Post(storage, FastClock(20))
    await post.run_until_finished()
    assert len(post.box.calls) == 60
    assert all(told(post.box.arrived, chat, NAMES[:10]) == Counter(NAMES[:10]) for chat in chats)


async def test_what_does_not_fit_goes_in_the_next_message(storage: WatchedStorage) -> None:
    """However many wait, each update is in exactly one message, in the order of events."""
    await subscribe(storage, ANI)
    names = NAMES[:150]
    await enqueue(storage, *names)
    post = Post(storage, FastClock(20))
    await post.run_until_finished()
    assert told(post.box.arrived, ANI, names) == Counter(names)
    shown = [name for arrival in post.box.arrived for name in sorted(names) if name in arrival.text]
    assert shown == names
    assert len(post.box.calls) < 10


async def test_fifteen_in_three_reads_are_fifteen(storage: WatchedStorage) -> None:
    """Reads that bring several updates each lose none of them."""
    await subscribe(storage, ANI)
    await subscribe(storage, -100, kind=ChatKind.GROUP)
    post = Post(storage, FastClock(20))
    async with post.running():
        for read in range(3):
            await enqueue(storage, *NAMES[read * 5 : read * 5 + 5], start=read * 5)
            post.deliver.wake()
        await storage.until(finished)
    for chat in (ANI, -100):
        assert told(post.box.arrived, chat, NAMES[:15]) == Counter(NAMES[:15])


async def test_a_corrected_line_is_edited_where_it_stands(storage: WatchedStorage) -> None:
    """The joined message is rendered anew with the mark in its line, and the reply answers that message."""
    await subscribe(storage, ANI)
    ids = await enqueue(storage, *NAMES[:5])
    await Post(storage).run_until_finished()
    await correct(storage, ids[2], "Borsk")
    post = Post(storage, FastClock(20))
    await post.run_until_finished()
    edit, reply = post.box.arrived
    assert (edit.edits, reply.edits, reply.reply_to) == (1, None, 1)
    lines = [line for line in edit.text.splitlines() if "Arden" in line]
    assert [name for line in lines for name in NAMES[:5] if name in line] == NAMES[:5]
    assert [NAMES[2] in line for line in lines if "CORRECTED" in line] == [True]
    assert "Borsk" in reply.text


async def test_two_corrected_lines_are_one_edit(storage: WatchedStorage) -> None:
    """What changes in one message while its edit waits goes with it."""
    await subscribe(storage, ANI)
    ids = await enqueue(storage, *NAMES[:5])
    await Post(storage).run_until_finished()
    for news_id in ids[:2]:
        await correct(storage, news_id, "Borsk")
    post = Post(storage, FastClock(20))
    await post.run_until_finished()
    assert [arrival.edits for arrival in post.box.arrived] == [1, None, None]


async def test_a_joined_message_in_doubt_comes_once_more_whole(storage: WatchedStorage) -> None:
    """The copy holds the same updates, says first that it is one, and nothing else goes before it."""
    await subscribe(storage, ANI)
    await enqueue(storage, *NAMES[:5])
    post = Post(storage, FastClock(50))
    post.plan(ANI, Lost(InDoubt("no answer"), arrived=True))
    await post.run_until_finished()
    first, second = post.box.arrived
    assert (first.repeat, second.repeat) == (False, True)
    assert all(name in arrival.text for arrival in (first, second) for name in NAMES[:5])


async def test_a_second_correction_within_the_hour_edits_the_first_reply(storage: WatchedStorage) -> None:
    """One reply an hour: it is rewritten to tell the newest words against those of the alert."""
    await subscribe(storage, ANI)
    [news_id] = await enqueue(storage, "Arden")
    await Post(storage).run_until_finished()
    await correct(storage, news_id, "Borsk")
    await Post(storage).run_until_finished()
    await correct(storage, news_id, "Celt")
    post = Post(storage, FastClock(20))
    await post.run_until_finished()
    alert, reply = post.box.arrived
    assert (alert.edits, reply.edits) == (1, 2)
    assert "Celt" in reply.text
    assert "Borsk" not in reply.text


async def test_a_reply_that_is_gone_is_told_anew(storage: WatchedStorage) -> None:
    """Where the reply to be edited was deleted, the correction is a new one."""
    await subscribe(storage, ANI)
    [news_id] = await enqueue(storage, "Arden")
    await Post(storage).run_until_finished()
    await correct(storage, news_id, "Borsk")
    await Post(storage).run_until_finished()
    await correct(storage, news_id, "Celt")
    post = Post(storage, FastClock(20))
    post.plan(ANI, Uneditable("message to edit not found"), Uneditable("message to edit not found"))
    await post.run_until_finished()
    assert [(arrival.edits, arrival.reply_to) for arrival in post.box.arrived] == [(None, 1)]


async def test_alerts_overtake_corrections(storage: WatchedStorage) -> None:
    """While a correction waits for sixty chats, a breaking alert reaches all of them first."""
    chats = range(600, 660)
    for chat in chats:
        await subscribe(storage, chat)
    [news_id] = await enqueue(storage, "Arden")
    await Post(storage, FastClock(20)).run_until_finished()
    await correct(storage, news_id, "Borsk")
    breaking = an_update("Celt", minute=5)
    ids = await archive(storage, replace(breaking, facts=replace(breaking.facts, level="breaking")))
    async with storage.write() as work:
        await work.outbox.enqueue_alerts(ids, at=NOW)
    post = Post(storage, FastClock(20))
    await post.run_until_finished()
    kinds = ["edit" if call.edits else "alert" if "Celt" in call.text else "reply" for call in post.box.calls]
    assert kinds[:60] == ["alert"] * 60
    assert Counter(kinds) == {"alert": 60, "edit": 60, "reply": 60}


async def test_a_doubt_that_is_held_waits_for_a_persons_word(storage: WatchedStorage) -> None:
    """Nothing goes again by itself, the chat's other alerts go on, and at the word it goes once more, marked."""
    await subscribe(storage, ANI)
    await enqueue(storage, "Arden", "Borsk")
    post = Post(storage, FastClock(50), settings=replace(SWIFT, hold_doubts=True))
    post.plan(ANI, Lost(InDoubt("no answer")))
    async with post.running():
        await storage.until(lambda counts: counts["sent"] == 1 and counts["in_doubt"] == 1)
        assert post.box.texts(ANI) == ["Borsk"]
        assert await post.deliver.release(resend=True) == 1
        await storage.until(finished)
    assert post.box.texts(ANI) == ["Borsk", "*Arden"]
    assert await post.deliver.release(resend=True) == 0


async def test_a_doubt_can_be_given_up(storage: WatchedStorage) -> None:
    """At an operator's word it ends, by that name."""
    await subscribe(storage, ANI)
    await enqueue(storage, "Arden")
    post = Post(storage, settings=replace(SWIFT, hold_doubts=True))
    post.plan(ANI, Lost(InDoubt("no answer")))
    async with post.running():
        await storage.until(lambda counts: counts["in_doubt"] == 1)
    assert await post.deliver.release(resend=False) == 1
    async with storage.read() as work:
        assert (await work.outbox.counts()).by_state["dead"] == 1


async def test_an_update_that_telegram_refuses_is_sent_no_further(storage: WatchedStorage) -> None:
    """After twenty equal refusals its broadcast ends and people are told once; no chat is punished for it."""
    chats = range(600, 660)
    for chat in chats:
        await subscribe(storage, chat)
    await enqueue(storage, "Arden")
    stopped: list[Stopped] = []

    async def on_stopped(one: Stopped) -> None:
        stopped.append(one)
        await asyncio.sleep(0)

    post = Post(storage, settings=replace(SWIFT, most_in_flight=1), on_stopped=on_stopped)
    for chat in chats:
        post.plan(chat, Rejected("Bad Request: message is too long"))
    async with post.running():
        counts = await storage.until(finished)
    assert counts["dead"] == 60
    assert len(post.box.calls) <= 22
    assert [(one.heading, one.kind) for one in stopped] == [("Arden", OutboxKind.ALERT)]
    await enqueue(storage, "Borsk", start=1)
    afterwards = Post(storage, FastClock(20))
    await afterwards.run_until_finished()
    assert len(afterwards.box.arrived) == 60


async def test_a_silent_chat_gets_a_gap_in_silence(storage: WatchedStorage) -> None:
    """What a long hold kept back is one message a chat, and it rings only where something in it is recent."""
    await subscribe(storage, ANI)
    await subscribe(storage, BEN, {"civilian-shelling": TopicMode.SILENT})
    await enqueue(storage, "Arden", "Borsk")
    late = Post(storage, FastClock(20, ahead=timedelta(hours=2)))
    fresh = an_update("Celt")
    recent = NewNews(replace(fresh.news, published_at=NOW + timedelta(hours=2)), fresh.tags)
    ids = await archive(storage, recent, at=NOW + timedelta(hours=2))
    async with storage.write() as work:
        await work.outbox.enqueue_alerts(ids, at=NOW + timedelta(hours=2))
    await late.run_until_finished()
    assert {arrival.destination.chat_id: arrival.silent for arrival in late.box.arrived} == {ANI: False, BEN: True}
    assert all(told(late.box.arrived, chat, ["Arden", "Borsk", "Celt"]).total() == 3 for chat in (ANI, BEN))
    assert all(arrival.text.startswith("Missed") for arrival in late.box.arrived)
