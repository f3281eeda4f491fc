"""Chats are told that sources cannot be read, and that they are read again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.core.archive import ChatState, Destination, FeedState
from bot.core.message import Message
from bot.core.model import TopicMode
from bot.core.render import ENGLISH
from bot.services.blackouts import Blackouts
from bot.services.ports.sending import ChatGone, InDoubt, RetryAfter, SendOutcome, Sent, Unsent
from bot.services.ports.storage import ReadState
from bot.storage import SqlStorage, open_storage
from tests.builders import NOW, a_feed, minutes, subscribe
from tests.fakes import SetClock

ANI, BEN = 100, 200
HALF_HOUR = minutes(30)


@dataclass
class Letters:
    """Telegram as a list of what it was asked to send, with the answers that a test sets, chat by chat."""

    answers: dict[int, list[SendOutcome]] = field(default_factory=dict)
    asked: list[tuple[int, str, bool | None]] = field(default_factory=list)
    """Chat, text, and whether without sound; ``None`` for an edit."""

    async def send(
        self, destination: Destination, message: Message, *, silent: bool, reply_to: int | None = None
    ) -> SendOutcome:
        return self._take(destination, message, silent=silent)

    async def edit(self, destination: Destination, message_id: int, message: Message) -> SendOutcome:
        return self._take(destination, message, silent=None)

    def _take(self, destination: Destination, message: Message, *, silent: bool | None) -> SendOutcome:
        self.asked.append((destination.chat_id, message.text, silent))
        planned = self.answers.get(destination.chat_id)
        return planned.pop(0) if planned else Sent(len(self.asked))


@dataclass
class Watch:
    """The service with its feeds and what it sent."""

    storage: SqlStorage
    clock: SetClock
    letters: Letters
    blackouts: Blackouts

    async def read(self, feed_id: int, *, ok: bool = True) -> None:
        """A feed was read just now, or that failed."""
        at = self.clock.now()
        async with self.storage.write() as work:
            await work.feeds.record_read(feed_id, ReadState(at=at, next_poll_at=at, ok=ok, baseline=ok))

    async def look(self, after: timedelta = timedelta(0)) -> list[tuple[int, str, bool | None]]:
        """Look once, some time later, and tell; what was sent then."""
        self.clock.moment += after
        self.letters.asked.clear()
        await self.blackouts.look()
        await self.blackouts.tell()
        return list(self.letters.asked)


@pytest.fixture
async def watch(tmp_path: Path) -> AsyncIterator[Watch]:
    """Two feeds, read at noon; Ani wants something with sound, Ben nothing."""
    clock, letters = SetClock(), Letters()
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as storage:
        await subscribe(storage, ANI)
        await subscribe(storage, BEN, {"civilian-shelling": TopicMode.SILENT})
        watch = Watch(storage, clock, letters, _blackouts(storage, letters, clock))
        async with storage.write() as work:
            for title in ("Norvale Post", "Karst Radio"):
                await work.feeds.add(a_feed(f"https://{title[:5].lower()}.example/", title=title), at=NOW)
        await watch.read(1)
        await watch.read(2)
        yield watch


def _blackouts(storage: SqlStorage, letters: Letters, clock: SetClock) -> Blackouts:
    return Blackouts(storage, letters, clock, phrases=lambda _: ENGLISH, zone="UTC", after=HALF_HOUR)


async def test_one_silent_message_tells_of_a_dark_feed_and_is_edited_on_its_return(watch: Watch) -> None:
    """It names the feed and the last read, and goes to whoever wants anything with sound."""
    await _read_later(watch, 2, minutes(25))
    assert await watch.look(minutes(4)) == []
    assert await watch.look(minutes(1)) == [
        (ANI, "We could not read Norvale Post since 12:00. No alert does not mean no attack.", True)
    ]
    assert await watch.look(minutes(5)) == []
    await watch.read(1)
    assert await watch.look() == [
        (ANI, "We could not read Norvale Post from 12:00 to 12:35. Now it is read again.", None)
    ]
    assert await watch.look() == []


async def test_feeds_that_go_dark_together_are_told_of_together(watch: Watch) -> None:
    """One message names them, and it is edited when all of them are back."""
    told = await watch.look(HALF_HOUR)
    assert told == [
        (ANI, "We could not read Norvale Post, Karst Radio since 12:00. No alert does not mean no attack.", True)
    ]
    await watch.read(1)
    assert await watch.look() == []
    await watch.read(2)
    assert [silent for *_, silent in await watch.look()] == [None]


async def test_a_chat_is_told_once_in_six_hours(watch: Watch) -> None:
    """A feed that comes and goes is told of once; after six hours another time."""
    assert len(await watch.look(HALF_HOUR)) == 1
    await watch.read(1)
    await watch.read(2)
    assert len(await watch.look()) == 1, "edited"
    assert await watch.look(HALF_HOUR) == []
    await watch.read(1)
    await watch.read(2)
    assert await watch.look() == []
    assert len(await watch.look(timedelta(hours=6))) == 1


async def test_paused_feeds_and_feeds_never_read_are_not_dark(watch: Watch) -> None:
    """What is not meant to be read, or never was, is no news to subscribers."""
    async with watch.storage.write() as work:
        await work.feeds.set_state(1, FeedState.REMOVED)
        await work.feeds.set_state(2, FeedState.PAUSED)
        await work.feeds.add(a_feed("https://new.example/", title="New"), at=NOW)
    assert await watch.look(timedelta(hours=2)) == []


async def test_what_could_not_be_read_before_the_start_is_no_darkness_of_a_source(watch: Watch) -> None:
    """After a start feeds get their half hour; that Sitrep itself was down is told, once, and never edited."""
    watch.clock.moment += timedelta(hours=2)
    fresh = Watch(watch.storage, watch.clock, watch.letters, _blackouts(watch.storage, watch.letters, watch.clock))
    running = fresh.blackouts
    await running._begin()
    assert await fresh.look() == [
        (
            ANI,
            "We could not read any source from 12:00 to 14:00. No alert does not mean no attack.",
            True,
        )
    ]
    await fresh.read(1)
    await fresh.read(2)
    assert await fresh.look(minutes(10)) == []


async def test_a_short_restart_is_not_told(watch: Watch) -> None:
    """Less than half an hour without reads is nothing to tell."""
    watch.clock.moment += minutes(29)
    await watch.blackouts._begin()
    assert await watch.look() == []


OUTCOMES: list[tuple[str, SendOutcome, bool]] = [
    ("429 is waited out", RetryAfter(minutes(1)), True),
    ("no connection is tried again", Unsent("no connection"), True),
    ("what may have arrived is not repeated", InDoubt("time-out"), False),
    ("a chat that is gone is told nothing more", ChatGone("blocked"), False),
]


@pytest.mark.parametrize(("outcome", "again"), [row[1:] for row in OUTCOMES], ids=[row[0] for row in OUTCOMES])
async def test_what_becomes_of_a_notice(watch: Watch, outcome: SendOutcome, *, again: bool) -> None:
    """A notice goes once: again only where it certainly was not sent."""
    watch.letters.answers[ANI] = [outcome]
    assert len(await watch.look(HALF_HOUR)) == 1
    assert len(await watch.look(minutes(1))) == int(again)
    async with watch.storage.read() as work:
        ani = await work.chats.find(ANI)
    assert ani is not None
    assert (ani.state is ChatState.GONE) is isinstance(outcome, ChatGone)


async def test_a_notice_that_was_not_sent_in_time_is_never_sent(watch: Watch) -> None:
    """An outage that is over before its notice could go out is told to nobody."""
    watch.letters.answers[ANI] = [Unsent("no connection")]
    await watch.look(HALF_HOUR)
    await watch.read(1)
    await watch.read(2)
    assert await watch.look() == []


async def test_a_notice_that_was_being_sent_when_the_program_died_is_not_repeated(watch: Watch) -> None:
    """It may have arrived."""
    watch.clock.moment += HALF_HOUR
    await watch.blackouts.look()
    async with watch.storage.write() as work:
        assert len(await work.outages.take(limit=10)) == 1
        await work.outages.recover()
    assert await watch.look() == []


async def _read_later(watch: Watch, feed_id: int, later: timedelta) -> None:
    before: datetime = watch.clock.moment
    watch.clock.moment = before + later
    await watch.read(feed_id)
