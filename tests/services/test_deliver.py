"""Every alert reaches every chat, once, in order, at the pace that Telegram allows, whatever happens on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.core.archive import ChatKind, ChatState
from bot.core.errors import StorageError
from bot.core.model import NewsState, NewsUpdate, OutboxKind, Tag, TopicMode
from bot.core.render import ENGLISH
from bot.services.deliver import Deliver, DeliverySettings, Dialect, Stopped
from bot.services.ports.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    Rejected,
    RetryAfter,
    SendOutcome,
    TopicClosed,
    Unsent,
)
from bot.services.ports.storage import NewNews, Storage, UnitOfWork
from bot.services.ports.tagging import Topic
from bot.storage import SqlStorage, open_storage
from tests.builders import NOW, archive, revised_news, subscribe
from tests.fakes import PlainTagger
from tests.services.delivery_rig import (
    CrashingStorage,
    CrashPlan,
    FastClock,
    Lost,
    Mailbox,
    WatchedStorage,
    copied,
    finished,
)

SHELLING = (Tag("civilian-shelling"),)
ANI, BEN, GROUP = 501, 502, -1007
ENGLISH_WORDS = Dialect.of(PlainTagger().topics)
RUSSIAN_WORDS = Dialect.of(
    [Topic("civilian-shelling", "Обстрелы", "Обстрел", "#обстрел")], replace(ENGLISH, via="{speaker}, по {feed}")
)
DOUBT = InDoubt("no answer")
HOUR = timedelta(hours=1)
SWIFT = DeliverySettings(rate=500, settle=timedelta(seconds=20), drain=timedelta(seconds=5), patience=HOUR)


def dialects(language: str | None) -> Dialect:
    """Russian for those who asked for it, English for everybody else."""
    return RUSSIAN_WORDS if language == "ru" else ENGLISH_WORDS


def an_update(heading: str, *, minute: int = 0) -> NewNews:
    """A fresh update with that heading, in the order of its minute."""
    at = NOW - timedelta(minutes=10 - minute)
    text = f"Shells fell near {heading}."
    return NewNews(NewsUpdate(text, minute, heading=heading, page_key="page", published_at=at), SHELLING)


async def enqueue(storage: Storage, *headings: str, start: int = 0) -> list[int]:
    """Archive updates with these headings and write their alerts."""
    ids = await archive(storage, *(an_update(name, minute=start + n) for n, name in enumerate(headings)))
    async with storage.write() as work:
        await work.outbox.enqueue_alerts(ids, at=NOW)
    return ids


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[WatchedStorage]:
    """An open, empty database."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        yield WatchedStorage(opened)


async def nobody(_stopped: Stopped) -> None:
    """Nobody is told."""


@dataclass
class Post:
    """Delivery under test, with its clock and what arrived."""

    storage: Storage
    clock: FastClock = field(default_factory=FastClock)
    crash: CrashPlan = field(default_factory=CrashPlan)
    settings: DeliverySettings = SWIFT
    on_stopped: Callable[[Stopped], Awaitable[None]] = nobody

    def __post_init__(self) -> None:
        self.box = Mailbox(self.clock, self.crash)
        self.deliver = Deliver(
            self.storage,
            self.box,
            self.clock,
            dialects=dialects,
            why_data=lambda stored: f"w1:{stored.id}",
            jitter=lambda: 0.5,
            settings=self.settings,
            on_stopped=self.on_stopped,
        )

    def plan(self, chat_id: int, *outcomes: SendOutcome | Lost) -> None:
        """The next sends to that chat end like this."""
        self.box.planned[chat_id] = [o if isinstance(o, Lost) else Lost(o) for o in outcomes]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.Task[None]]:
        """Delivery runs meanwhile, and is stopped and drained afterwards."""
        task = asyncio.create_task(self.deliver.run())
        try:
            yield task
        finally:
            self.deliver.stop()
            await task

    async def run_until_finished(self) -> None:
        """Deliver until nothing waits."""
        assert isinstance(self.storage, WatchedStorage)
        async with self.running():
            await self.storage.until(finished)


async def test_every_chat_gets_every_update_once_in_order(storage: WatchedStorage) -> None:
    """The order is that of events, and every message is the whole alert."""
    for chat in (ANI, BEN):
        await subscribe(storage, chat)
    await enqueue(storage, "Arden", "Borsk", "Celt")
    post = Post(storage, FastClock(50))
    await post.run_until_finished()
    assert [post.box.texts(chat) for chat in (ANI, BEN)] == [["Arden", "Borsk", "Celt"]] * 2
    assert post.box.arrived[0].text.startswith("Shelling: Arden\nvia ")


async def test_sound_is_as_the_chat_wants_it(storage: WatchedStorage) -> None:
    """A loud topic rings, a silent one does not."""
    await subscribe(storage, ANI)
    await subscribe(storage, BEN, {"civilian-shelling": TopicMode.SILENT})
    await enqueue(storage, "Arden")
    post = Post(storage)
    await post.run_until_finished()
    assert {arrival.destination.chat_id: arrival.silent for arrival in post.box.arrived} == {ANI: False, BEN: True}


async def test_each_chat_is_spoken_to_in_its_language(storage: WatchedStorage) -> None:
    """Our own words are the chat's, the source's words are the source's."""
    for chat, language in ((ANI, "ru"), (BEN, None)):
        destination = await subscribe(storage, chat)
        async with storage.write() as work:
            await work.chats.destination(chat, destination.kind, language=language, at=NOW)
    await enqueue(storage, "Arden")
    post = Post(storage)
    await post.run_until_finished()
    firsts = {arrival.destination.chat_id: arrival.text.splitlines()[0] for arrival in post.box.arrived}
    assert firsts == {ANI: "Обстрел: Arden", BEN: "Shelling: Arden"}


@pytest.mark.parametrize(("chat", "kind", "gap"), [(ANI, ChatKind.PRIVATE, 1.05), (GROUP, ChatKind.GROUP, 3.1)])
async def test_a_chat_has_time_between_two_messages(
    storage: WatchedStorage, chat: int, kind: ChatKind, gap: float
) -> None:
    """A person gets less than one a second, a group less than twenty a minute."""
    await subscribe(storage, chat, kind=kind)
    await enqueue(storage, "Arden", "Borsk", "Celt")
    post = Post(storage, FastClock(50))
    await post.run_until_finished()
    assert len(post.box.calls) == 3
    assert all(later.at - earlier.at >= gap for earlier, later in pairwise(post.box.calls))


async def test_threads_of_one_chat_share_its_pace(storage: WatchedStorage) -> None:
    """A forum is one chat to Telegram, however many of its threads follow a topic."""
    for thread in (1, 2, 3):
        await subscribe(storage, GROUP, kind=ChatKind.GROUP, thread_id=thread)
    await enqueue(storage, "Arden", "Borsk")
    post = Post(storage, FastClock(50))
    await post.run_until_finished()
    assert len(post.box.calls) == 6
    assert all(later.at - earlier.at >= 3.1 for earlier, later in pairwise(post.box.calls))


async def test_a_chat_hears_an_update_in_one_of_its_threads(storage: WatchedStorage) -> None:
    """It reaches each thread that follows it and rings in the first; the next update rings again."""
    for thread in (1, 2, 3):
        await subscribe(storage, GROUP, kind=ChatKind.GROUP, thread_id=thread)
    await enqueue(storage, "Arden", "Borsk")
    post = Post(storage, FastClock(50))
    await post.run_until_finished()
    for heading in ("Arden", "Borsk"):
        sounds = [not arrival.silent for arrival in post.box.arrived if heading in arrival.text]
        assert sorted(sounds) == [False, False, True]


async def test_all_chats_together_keep_to_the_rate(storage: WatchedStorage) -> None:
    """Forty chats at ten a second take their four seconds."""
    for chat in range(600, 640):
        await subscribe(storage, chat)
    await enqueue(storage, "Arden")
    post = Post(storage, FastClock(2), settings=replace(SWIFT, rate=10))
    await post.run_until_finished()
    starts = [call.at for call in post.box.calls]
    assert starts[-1] - starts[0] >= 39 / 10 * 0.95


async def test_a_429_waits_as_told_and_loses_nothing(storage: WatchedStorage) -> None:
    """The refused chat waits, its order holds, and the others go on."""
    for chat in (ANI, BEN):
        await subscribe(storage, chat)
    await enqueue(storage, "Arden", "Borsk")
    post = Post(storage, FastClock(10))
    post.plan(ANI, RetryAfter(timedelta(seconds=7)), RetryAfter(timedelta(seconds=3)))
    await post.run_until_finished()
    first, second, third, fourth = [call for call in post.box.calls if call.destination.chat_id == ANI]
    assert (second.at - first.at >= 7, third.at - second.at >= 3, fourth.at - third.at >= 1.05) == (True, True, True)
    assert post.box.texts(ANI) == post.box.texts(BEN) == ["Arden", "Borsk"]
    assert max(call.at for call in post.box.calls if call.destination.chat_id == BEN) < second.at


async def test_a_long_429_holds_the_bot_over_a_restart_and_no_longer_than_told(storage: WatchedStorage) -> None:
    """An hour told is an hour waited, by the next process too."""
    for chat in (ANI, BEN):
        await subscribe(storage, chat)
    await enqueue(storage, "Arden")
    post = Post(storage)
    post.plan(ANI, RetryAfter(timedelta(hours=1)))
    post.plan(BEN, RetryAfter(timedelta(hours=1)))
    async with post.running():
        await storage.until(lambda counts: counts["parked"] >= 1)
    restarted = Post(storage, FastClock(ahead=timedelta(minutes=30)))
    async with restarted.running():
        restarted.deliver.wake()
        await enqueue(storage, "Borsk", start=1)
        restarted.deliver.wake()
        with pytest.raises(TimeoutError):
            await storage.until(finished, within=0.3)
    assert restarted.box.calls == []
    afterwards = Post(storage, FastClock(50, ahead=timedelta(hours=1, seconds=5)))
    await afterwards.run_until_finished()
    missed = {arrival.destination.chat_id: arrival.text for arrival in afterwards.box.arrived}
    assert len(afterwards.box.arrived) == len(missed) == 2
    assert all("Arden" in text and "Borsk" in text for text in missed.values())


async def test_a_storm_of_429s_holds_the_bot_and_loses_nothing(storage: WatchedStorage) -> None:
    """Three chats refused at once stop the sending to all; then everything goes out, in order and once."""
    chats = range(600, 630)
    for chat in chats:
        await subscribe(storage, chat)
    await enqueue(storage, "Arden", "Borsk")
    post = Post(storage, FastClock(20), settings=replace(SWIFT, rate=20))
    for chat in list(chats)[:6]:
        post.plan(chat, RetryAfter(timedelta(seconds=8)), RetryAfter(timedelta(seconds=2)))
    await post.run_until_finished()
    assert all(post.box.texts(chat) == ["Arden", "Borsk"] for chat in chats)
    stops = [later.at - earlier.at for earlier, later in pairwise(post.box.calls)]
    assert max(stops) > 5


async def test_a_doubt_is_settled_by_one_marked_copy(storage: WatchedStorage) -> None:
    """What may have arrived goes again after the settling time, and says so; what was answered never does."""
    for chat in (ANI, BEN):
        await subscribe(storage, chat)
    await enqueue(storage, "Arden", "Borsk")
    post = Post(storage, FastClock(50))
    post.plan(ANI, Lost(DOUBT, arrived=True))
    post.plan(BEN, Lost(DOUBT, arrived=False))
    await post.run_until_finished()
    assert post.box.texts(ANI) == ["Arden", "*Arden", "Borsk"]
    assert post.box.texts(BEN) == ["*Arden", "Borsk"]
    first, second, _ = [call for call in post.box.calls if call.destination.chat_id == ANI]
    assert second.at - first.at >= 20


async def test_what_never_left_goes_again_unmarked(storage: WatchedStorage) -> None:
    """A refused connection is no doubt."""
    await subscribe(storage, ANI)
    await enqueue(storage, "Arden", "Borsk")
    post = Post(storage, FastClock(50))
    post.plan(ANI, Unsent("no connection"), Unsent("no connection"))
    await post.run_until_finished()
    assert post.box.texts(ANI) == ["Arden", "Borsk"]


async def test_an_outage_is_probed_by_one_send_at_a_time(storage: WatchedStorage) -> None:
    """While Telegram cannot be reached the outbox is not run through in vain."""
    for chat in range(600, 640):
        await subscribe(storage, chat)
    await enqueue(storage, "Arden")
    post = Post(storage)
    for chat in range(600, 640):
        post.plan(chat, Unsent("no connection"))
    async with post.running():
        await storage.until(lambda counts: counts["parked"] >= 3)
        before = len(post.box.calls)
    assert before < 40


ENDS = [
    ("blocked", ChatGone("bot was blocked by the user"), "gone", ChatState.GONE),
    ("refused for good", Rejected("message is too long"), "dead", ChatState.ACTIVE),
    ("closed thread", TopicClosed("TOPIC_CLOSED"), "gone", ChatState.GONE),
]


@pytest.mark.parametrize(("outcome", "state", "chat"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
async def test_what_cannot_be_sent_ends_with_its_name(
    storage: WatchedStorage, outcome: SendOutcome, state: str, chat: ChatState
) -> None:
    """It is not tried again, only a place that takes nothing more is marked, and nobody else waits for it."""
    for chat_id in (ANI, BEN):
        await subscribe(storage, chat_id)
    await enqueue(storage, "Arden")
    post = Post(storage)
    post.plan(ANI, outcome)
    async with post.running():
        counts = await storage.until(finished)
    assert (counts[state], counts["sent"]) == (1, 1)
    assert len(post.box.calls) == 2
    async with storage.read() as work:
        found = await work.chats.find(ANI)
    assert found is not None
    assert found.state is chat


async def test_a_migrated_group_gets_its_alerts_at_its_new_id(storage: WatchedStorage) -> None:
    """Nothing is lost or doubled when a group becomes a supergroup."""
    await subscribe(storage, GROUP, kind=ChatKind.GROUP)
    await enqueue(storage, "Arden", "Borsk")
    post = Post(storage, FastClock(50))
    post.plan(GROUP, ChatMigrated(-100_777))
    await post.run_until_finished()
    assert (post.box.texts(GROUP), post.box.texts(-100_777)) == ([], ["Arden", "Borsk"])


async def test_a_correction_edits_the_message_and_answers_it(storage: WatchedStorage) -> None:
    """The edit goes to the message that was sent, and the reply stands under it."""
    await subscribe(storage, ANI)
    (news_id,) = await enqueue(storage, "Arden")
    await Post(storage).run_until_finished()
    async with storage.write() as work:
        await work.news.revise([revised_news(news_id, "Shells fell near Borsk.", heading="Arden")], at=NOW)
        await work.outbox.enqueue_revisions([news_id], {OutboxKind.EDIT, OutboxKind.REPLY}, at=NOW)
    post = Post(storage, FastClock(50))
    post.plan(ANI, InDoubt("an edit in doubt is simply made again"))
    await post.run_until_finished()
    assert [(arrival.edits, arrival.reply_to, arrival.repeat) for arrival in post.box.arrived] == [
        (1, None, False),
        (None, 1, False),
    ]
    assert "near Borsk (was: Arden)" in post.box.arrived[0].text
    assert post.box.arrived[1].text.startswith("Correction: the source now reports Borsk; our")


async def test_a_removal_is_told_with_the_time_at_which_it_was_noticed(storage: WatchedStorage) -> None:
    """The words stay, with a mark that names the moment, and a silent reply says what it does not mean."""
    await subscribe(storage, ANI)
    (news_id,) = await enqueue(storage, "Arden")
    await Post(storage).run_until_finished()
    async with storage.write() as work:
        await work.news.mark([news_id], state=NewsState.REMOVED)
        await work.outbox.enqueue_revisions([news_id], {OutboxKind.EDIT, OutboxKind.REPLY}, at=NOW)
    post = Post(storage, FastClock(50, ahead=timedelta(minutes=30)))
    await post.run_until_finished()
    edit, reply = post.box.arrived
    assert edit.text.startswith("REMOVED from the page, noticed 12:30, no reason given. Shelling: Arden")
    assert (reply.reply_to, reply.silent) == (1, True)
    assert reply.text.endswith("no all-clear.")


async def test_it_wakes_for_what_is_written_while_it_rests(storage: WatchedStorage) -> None:
    """An alert that is written while nothing waited goes out at once, not at the next look."""
    await subscribe(storage, ANI)
    post = Post(storage)
    async with post.running():
        for n, heading in enumerate(("Arden", "Borsk")):
            await enqueue(storage, heading, start=n)
            post.deliver.wake()
            await storage.until(finished, within=10)
    assert post.box.texts(ANI) == ["Arden", "Borsk"]


async def test_stopping_waits_for_answers_and_begins_nothing(storage: WatchedStorage) -> None:
    """What is in flight is settled before the end; what was not begun waits for the next start."""
    await subscribe(storage, ANI)
    await subscribe(storage, BEN)
    await enqueue(storage, "Arden", "Borsk")
    post = Post(storage)
    post.box.gate = asyncio.Event()
    task = asyncio.create_task(post.deliver.run())
    await storage.until(lambda counts: counts["sending"] == 2)
    await post.box.called.wait()
    post.deliver.stop()
    await asyncio.sleep(0)
    post.box.gate.set()
    await task
    async with storage.read() as work:
        counts = (await work.outbox.counts()).by_state
    assert (counts["sent"], counts["pending"], counts["sending"]) == (2, 2, 0)


async def test_an_answer_that_outlasts_the_end_is_a_doubt(storage: WatchedStorage) -> None:
    """Stopping has an end; the next start sends a marked copy of what was still in flight."""
    await subscribe(storage, ANI)
    await enqueue(storage, "Arden")
    post = Post(storage, settings=DeliverySettings(rate=500, drain=timedelta(seconds=0.05)))
    post.box.gate = asyncio.Event()
    async with post.running():
        await post.box.called.wait()
    again = Post(storage)
    await again.run_until_finished()
    assert again.box.texts(ANI) == ["*Arden"]


class FailingStorage(WatchedStorage):
    """A database that is locked now and then."""

    def __init__(self, storage: Storage, failures: Sequence[int]) -> None:
        super().__init__(storage)
        self._failures = set(failures)
        self._writes = 0

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        self._writes += 1
        if self._writes in self._failures:
            raise StorageError("locked by another program")
        async with super().write() as work:
            yield work


async def test_a_locked_database_is_waited_for(tmp_path: Path) -> None:
    """Outcomes are kept until they are committed: nothing is lost, nothing is sent twice."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        await subscribe(opened, ANI)
        await enqueue(opened, "Arden", "Borsk", "Celt")
        post = Post(FailingStorage(opened, (1, 2, 4, 5, 7)), FastClock(50))
        await post.run_until_finished()
    assert post.box.texts(ANI) == ["Arden", "Borsk", "Celt"]


async def test_a_crash_at_any_point_loses_nothing_and_marks_every_copy(tmp_path: Path) -> None:
    """Wherever it dies, the next start brings every chat everything in order, and only what was in flight twice."""
    template = tmp_path / "template.db"
    async with open_storage(f"sqlite:///{template}") as storage:
        for chat in (ANI, BEN):
            await subscribe(storage, chat)
        await enqueue(storage, "Arden", "Borsk")
    for step in range(1, 200):
        crash = CrashPlan(step)
        async with open_storage(copied(template, tmp_path / f"{step}.db")) as storage:
            first, second = await _die_and_restart(storage, crash)
        for chat in (ANI, BEN):
            _check_complete(first.texts(chat), second.texts(chat), where=f"died at step {step}")
        if not crash.happened:
            assert step > 20
            return
    raise AssertionError("delivery never came to its end")


def _check_complete(before: list[str], after: list[str], *, where: str) -> None:
    """Both updates, in order; at most the last one before the crash comes once more, first and marked."""
    copies = [text for text in after if text.startswith("*")]
    assert copies in ([], [after[0]]) if after else not copies, where
    again = bool(copies) and before[-1:] == [copies[0][1:]]
    got = before[:-1] + after if again else before + after
    assert [text.removeprefix("*") for text in got] == ["Arden", "Borsk"], where


async def _die_and_restart(storage: SqlStorage, crash: CrashPlan) -> tuple[Mailbox, Mailbox]:
    watched = WatchedStorage(storage)
    doomed = Post(CrashingStorage(watched, crash), FastClock(50), crash)
    running = asyncio.create_task(doomed.deliver.run())
    ended = asyncio.create_task(watched.until(finished))
    await asyncio.wait([running, ended], return_when=asyncio.FIRST_COMPLETED)
    for task in (running, ended):
        task.cancel()
    await asyncio.gather(running, ended, return_exceptions=True)
    restarted = Post(watched, FastClock(50, ahead=timedelta(seconds=30)))
    await restarted.run_until_finished()
    return doomed.box, restarted.box
