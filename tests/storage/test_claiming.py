"""Taking what is due, in order, and recording how it ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.archive import ChatKind, ChatState
from bot.core.model import OutboxKind, TopicMode
from bot.services.ports.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    Rejected,
    RetryAfter,
    SendOutcome,
    Sent,
    TopicClosed,
    Unsent,
)
from bot.services.ports.storage import Settled
from bot.storage import SqlStorage
from tests.builders import NOW, archive, minutes, new_news, subscribe
from tests.storage.steps import LATER, alert, claim, revise, ruled, send, settle


async def test_a_chat_gets_its_alerts_in_the_order_of_events(storage: SqlStorage) -> None:
    """By the time the source gives, an update without one by when it was read, in page order among themselves."""
    await subscribe(storage, 100)
    first = await archive(
        storage,
        new_news("untimed, third of its page", position=2),
        new_news("published an hour ago", position=3, published_at=NOW - minutes(60)),
        new_news("untimed, second of its page", position=1),
    )
    await alert(storage, first)
    await alert(storage, await archive(storage, new_news("published before all", published_at=NOW - minutes(90))))
    texts = [each.stored.news.text for _ in range(4) for each in await send(storage)]
    assert texts == [
        "published before all",
        "published an hour ago",
        "untimed, second of its page",
        "untimed, third of its page",
    ]


async def test_absurd_dates_break_no_line(storage: SqlStorage) -> None:
    """An update of the year 1 or 9999 stands first or last, but never before what was tried already."""
    await subscribe(storage, 100)
    await alert(storage, await archive(storage, new_news("tried")))
    [tried] = await claim(storage)
    absurd = {"year 1": datetime(1, 1, 1, tzinfo=UTC), "year 9999": datetime(9999, 12, 31, tzinfo=UTC)}
    for text, moment in absurd.items():
        await alert(storage, await archive(storage, new_news(text, published_at=moment)))
    await alert(storage, await archive(storage, new_news("today", position=2**40)))
    await settle(storage, Settled(tried.id, InDoubt("no answer"), NOW, NOW))
    texts = [each.stored.news.text for _ in range(4) for each in await send(storage)]
    assert texts == ["tried", "year 1", "today", "year 9999"]


async def test_a_chat_has_one_send_in_flight(storage: SqlStorage) -> None:
    """The next alert of a chat comes out only when the one before it has ended."""
    await subscribe(storage, 100)
    await subscribe(storage, 200)
    await alert(storage, await archive(storage, new_news("one"), new_news("two", position=1)))
    first = await claim(storage)
    assert [(each.destination.chat_id, each.stored.news.text) for each in first] == [(100, "one"), (200, "one")]
    assert await claim(storage) == []
    await settle(storage, Settled(first[1].id, Sent(1), NOW))
    [second] = await claim(storage)
    assert (second.destination.chat_id, second.stored.news.text) == (200, "two")


async def test_those_waiting_longest_come_first(storage: SqlStorage) -> None:
    """With room for one, it is the destination whose alert has been due the longest."""
    await subscribe(storage, 100, {"weapons": TopicMode.LOUD})
    await subscribe(storage, 200)
    await alert(storage, await archive(storage, new_news("two")), at=NOW)
    await alert(storage, await archive(storage, new_news("one", topics=("weapons",))), at=NOW - minutes(5))
    assert [each.stored.news.text for _ in range(2) for each in await claim(storage, limit=1)] == ["one", "two"]


async def test_an_excluded_chat_is_passed_over(storage: SqlStorage) -> None:
    """Whoever must not be sent to yet takes no place among those that are taken."""
    first, second = await subscribe(storage, 100), await subscribe(storage, 200)
    await alert(storage, await archive(storage, new_news()))
    [taken] = await claim(storage, limit=1)
    await settle(storage, Settled(taken.id, Unsent("no connection"), NOW, NOW))
    assert [each.destination for each in await claim(storage, limit=1, excluding=[taken.line])] == [second]
    assert [each.destination for each in await claim(storage)] == [first]


async def test_nothing_is_taken_before_it_is_due(storage: SqlStorage) -> None:
    """What was put off is told by ``next_due_at`` and comes out at that moment, not before."""
    await subscribe(storage, 100)
    await alert(storage, await archive(storage, new_news()))
    [taken] = await claim(storage, NOW)
    assert await _next_due(storage) is None
    await settle(storage, Settled(taken.id, Unsent("refused"), NOW, NOW + minutes(2)))
    assert await _next_due(storage) == NOW + minutes(2)
    assert await claim(storage, NOW + minutes(2) - timedelta(microseconds=1)) == []
    [again] = await claim(storage, NOW + minutes(2))
    assert (again.id, again.attempt, again.possibly_sent) == (taken.id, 2, False)


WAITS: list[tuple[SendOutcome, datetime | None, datetime, bool, str]] = [
    # outcome                   retry_at               due again            marked   state until then
    (RetryAfter(minutes(3)), None, NOW + minutes(3), False, "parked"),
    (RetryAfter(minutes(3)), NOW + minutes(4), NOW + minutes(4), False, "parked"),
    (Unsent("refused"), NOW + minutes(1), NOW + minutes(1), False, "parked"),
    (InDoubt("no answer"), NOW + minutes(1), NOW + minutes(1), True, "in_doubt"),
]


@pytest.mark.parametrize(("outcome", "retry_at", "due_at", "marked", "state"), WAITS)
async def test_what_was_not_surely_sent_is_tried_again(
    storage: SqlStorage, *, outcome: SendOutcome, retry_at: datetime | None, due_at: datetime, marked: bool, state: str
) -> None:
    """It waits as told, ahead of everything behind it, and only what may have arrived is marked a repeat."""
    await subscribe(storage, 100)
    await alert(storage, await archive(storage, new_news("one"), new_news("two", position=1)))
    [first] = await claim(storage)
    await settle(storage, Settled(first.id, outcome, NOW, retry_at))
    earlier = await archive(storage, new_news("published before", published_at=NOW - minutes(9)))
    await alert(storage, earlier)
    assert (await _states(storage))[state] == 1
    assert await claim(storage, due_at - timedelta(seconds=1)) == []
    [again] = await claim(storage, due_at)
    assert (again.stored.news.text, again.attempt, again.possibly_sent) == ("one", 2, marked)


async def test_doubt_stays_marked_whatever_comes_after(storage: SqlStorage) -> None:
    """Once a copy may have arrived, a later refusal does not make the next one a first copy again."""
    await subscribe(storage, 100)
    await alert(storage, await archive(storage, new_news()))
    [first] = await claim(storage)
    await settle(storage, Settled(first.id, InDoubt("no answer"), NOW, NOW))
    [second] = await claim(storage)
    await settle(storage, Settled(second.id, RetryAfter(minutes(1)), NOW))
    [third] = await claim(storage)
    assert third.possibly_sent


async def test_a_chat_that_is_gone_takes_nothing_more(storage: SqlStorage) -> None:
    """All that waits for it, in every thread, is ended as gone; other chats go on, and its settings are kept."""
    group = await subscribe(storage, -100, kind=ChatKind.GROUP)
    await subscribe(storage, -100, kind=ChatKind.GROUP, thread_id=5)
    await subscribe(storage, 200)
    await alert(storage, await archive(storage, new_news("one"), new_news("two", position=1)))
    [first, _] = await claim(storage)
    await settle(storage, Settled(first.id, ChatGone("kicked"), NOW))
    assert (await _states(storage))["gone"] == 4
    async with storage.read() as work:
        found = await work.chats.find(-100)
        assert found is not None
        assert found.state is ChatState.GONE
        assert len(await work.subscriptions.of(group.id)) == 1


async def test_a_chat_that_stopped_while_alerts_waited(storage: SqlStorage) -> None:
    """What waits is ended when it is next looked at, and does not come back when the chat does."""
    await subscribe(storage, 100)
    await subscribe(storage, 200)
    await alert(storage, await archive(storage, new_news("one"), new_news("two", position=1)))
    async with storage.write() as work:
        await work.chats.set_state(100, ChatState.STOPPED, at=NOW)
    assert [each.destination.chat_id for each in await ruled(storage, NOW, most=1)] == [200]
    assert (await _states(storage))["lapsed"] == 2
    async with storage.write() as work:
        await work.chats.set_state(100, ChatState.ACTIVE, at=NOW)
    assert await ruled(storage, NOW) == []


async def test_a_chat_that_comes_back_at_once_still_has_one_send_in_flight(storage: SqlStorage) -> None:
    """Stopped, looked at and started again while a send is open: nothing overtakes that send."""
    for thread_id in (None, 5):
        await subscribe(storage, -100, kind=ChatKind.GROUP, thread_id=thread_id)
    await alert(storage, await archive(storage, new_news("one")))
    [open_send] = await claim(storage, limit=1)
    for state in (ChatState.STOPPED, ChatState.ACTIVE):
        async with storage.write() as work:
            await work.chats.set_state(-100, state, at=NOW)
        assert await claim(storage) == []
    await alert(storage, await archive(storage, new_news("two", published_at=NOW - minutes(9))))
    assert await claim(storage) == []
    await settle(storage, Settled(open_send.id, Sent(41), NOW))
    told = [each for _ in range(3) for each in await send(storage)]
    assert [(each.stored.news.text, each.destination.thread_id) for each in told] == [
        ("two", None),
        ("two", 5),
        ("one", 5),
    ]


async def test_a_closed_thread_ends_alone(storage: SqlStorage) -> None:
    """Its rows are gone and it is not queued for again; the chat's other threads go on. Asking there opens it."""
    await subscribe(storage, -100, kind=ChatKind.GROUP)
    thread = await subscribe(storage, -100, kind=ChatKind.GROUP, thread_id=5)
    await alert(storage, await archive(storage, new_news("one"), new_news("two", position=1)))
    [general] = await claim(storage)
    await settle(storage, Settled(general.id, Sent(41), NOW))
    [first] = await claim(storage)
    await settle(storage, Settled(first.id, TopicClosed("TOPIC_CLOSED"), NOW))
    assert (await _states(storage))["gone"] == 2
    assert [each.destination.thread_id for each in await send(storage)] == [None]
    third = await archive(storage, new_news("three"))
    assert await alert(storage, third) == 1
    async with storage.write() as work:
        found = await work.chats.find(-100, thread_id=5)
        assert found is not None
        assert found.state is ChatState.GONE
        opened = await work.chats.destination(-100, ChatKind.GROUP, thread_id=5, at=NOW)
        assert opened == thread
    assert await alert(storage, third) == 1


async def test_a_rejected_alert_is_dead_with_its_corrections(storage: SqlStorage) -> None:
    """Our own fault: nothing corrects a message that was never sent, and the chat gets its next alert."""
    await subscribe(storage, 100)
    ids = await archive(storage, new_news("one"), new_news("two", position=1))
    await alert(storage, ids)
    [first] = await claim(storage)
    await revise(storage, ids[0], "One!")
    await settle(storage, Settled(first.id, Rejected("can't parse entities"), NOW))
    assert (await _states(storage))["dead"] == 3
    assert [each.stored.news.text for each in await send(storage)] == ["two"]
    assert await claim(storage) == []


async def test_settling_twice_changes_nothing(storage: SqlStorage) -> None:
    """Only a row that is being sent can end: a second answer, at once or late, is no answer."""
    await subscribe(storage, 100)
    await alert(storage, await archive(storage, new_news()))
    [first] = await claim(storage)
    await settle(storage, Settled(first.id, Sent(5), NOW), Settled(first.id, Sent(6), NOW))
    await settle(storage, Settled(first.id, ChatGone("late"), NOW), Settled(999, Sent(5), NOW))
    assert (await _states(storage))["sent"] == 1
    async with storage.read() as work:
        found = await work.chats.find(100)
        assert found is not None
        assert found.state is ChatState.ACTIVE


async def test_what_a_crash_left_in_flight_is_due_again_and_marked(storage: SqlStorage) -> None:
    """After a restart every open send is tried again as a repeat, before anything else of its chat."""
    for chat_id in (100, 200, 300):
        await subscribe(storage, chat_id)
    await alert(storage, await archive(storage, new_news("one"), new_news("two", position=1)))
    in_flight = await claim(storage, limit=2)
    async with storage.write() as work:
        assert await work.outbox.recover(LATER) == 2
        assert await work.outbox.recover(LATER) == 0
    again = await claim(storage)
    marked = {each.id for each in again if each.possibly_sent}
    assert marked == {each.id for each in in_flight}
    assert {each.stored.news.text for each in again} == {"one"}
    assert len(again) == 3


async def test_the_outbox_at_a_glance(storage: SqlStorage) -> None:
    """Every state is counted, and the oldest row that still waits is told."""
    async with storage.read() as work:
        empty = await work.outbox.counts()
    waits, ends = {"pending", "parked", "sending", "in_doubt"}, {"sent", "gone", "dead", "lapsed", "superseded"}
    assert set(empty.by_state) == waits | ends
    assert (sum(empty.by_state.values()), empty.oldest_pending_at) == (0, None)
    for chat_id in (100, 200):
        await subscribe(storage, chat_id)
    await alert(storage, await archive(storage, new_news()), at=NOW)
    await send(storage)
    await alert(storage, await archive(storage, new_news("later")), at=NOW + minutes(5))
    [first, _] = await claim(storage, NOW + minutes(6))
    await settle(storage, Settled(first.id, Unsent("refused"), NOW, NOW + minutes(30)))
    async with storage.read() as work:
        counts = await work.outbox.counts()
    assert {state: number for state, number in counts.by_state.items() if number} == {
        "sent": 2,
        "sending": 1,
        "parked": 1,
    }
    assert counts.oldest_pending_at == NOW + minutes(5)


async def test_a_group_that_migrated_is_sent_to_under_its_new_id(storage: SqlStorage) -> None:
    """Nothing is lost: what was refused and what waits goes to the supergroup; messages of the old group stay behind.

    A supergroup counts its own message ids, so an old one must never be edited or answered there.
    """
    group = await subscribe(storage, -100, kind=ChatKind.GROUP)
    ids = await archive(storage, new_news("one"))
    await alert(storage, ids)
    await send(storage)
    await revise(storage, ids[0], "One!")
    [edit] = await claim(storage)
    await alert(storage, await archive(storage, new_news("two", position=1)))
    await settle(storage, Settled(edit.id, ChatMigrated(-1001), NOW))
    sent = [each for _ in range(3) for each in await send(storage)]
    assert [(each.kind, each.destination.chat_id, each.message_id) for each in sent] == [
        (OutboxKind.ALERT, -1001, None),
        (OutboxKind.REPLY, -1001, None),
    ]
    assert {each.destination.id for each in sent} == {group.id}
    async with storage.read() as work:
        assert await work.chats.find(-100) is None


async def test_a_migration_into_a_chat_that_is_known_merges_the_two(storage: SqlStorage) -> None:
    """Threads, topics and waiting rows come together, each alert once, and the newer settings stand."""
    await subscribe(
        storage, -100, {"civilian-shelling": TopicMode.LOUD, "weapons": TopicMode.LOUD}, kind=ChatKind.GROUP
    )
    new = await subscribe(storage, -1001, {"civilian-shelling": TopicMode.SILENT}, kind=ChatKind.GROUP)
    await subscribe(storage, -100, kind=ChatKind.GROUP, thread_id=5)
    await alert(storage, await archive(storage, new_news("both")))
    await alert(storage, await archive(storage, new_news("only the old one", topics=("weapons",))))
    async with storage.write() as work:
        await work.chats.migrate(-100, -1001)
    sent = [each for _ in range(4) for each in await send(storage)]
    assert {(each.destination.chat_id, each.destination.thread_id, each.stored.news.text) for each in sent} == {
        (-1001, None, "both"),
        (-1001, 5, "both"),
        (-1001, None, "only the old one"),
    }
    assert len(sent) == 3
    async with storage.read() as work:
        assert {each.topic: each.mode for each in await work.subscriptions.of(new.id)} == {
            "civilian-shelling": TopicMode.SILENT,
            "weapons": TopicMode.LOUD,
        }
        assert await work.chats.find(-100) is None


async def test_what_waits_moves_into_a_chat_that_nothing_waited_for(storage: SqlStorage) -> None:
    """A supergroup seen before its migration was told has settings of its own, and gets the group's alerts."""
    await subscribe(storage, -100, kind=ChatKind.GROUP)
    await subscribe(storage, -1001, {"weapons": TopicMode.LOUD}, kind=ChatKind.GROUP)
    await alert(storage, await archive(storage, new_news()))
    async with storage.write() as work:
        await work.chats.migrate(-100, -1001)
    assert [each.destination.chat_id for each in await send(storage)] == [-1001]


async def _next_due(storage: SqlStorage) -> datetime | None:
    async with storage.read() as work:
        return await work.outbox.next_due_at()


async def _states(storage: SqlStorage) -> dict[str, int]:
    async with storage.read() as work:
        return dict((await work.outbox.counts()).by_state)
