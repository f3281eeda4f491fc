"""What people send is carried out once, also when the program dies in the middle of it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.chat.application import ChatApplication
from bot.chat.callbacks import SetTopic, encode
from bot.chat.request import AiohttpRequest
from bot.core.archive import ChatKind
from bot.core.model import TopicMode
from bot.demo.telegram import Drop, Person, Silence
from bot.services.inbox import Inbox
from bot.services.subscriptions import ChatThread
from tests.builders import a_news
from tests.chat.conftest import Deployment, running
from tests.chat.test_reports import a_day
from tests.fakes import a_reading

PAGE = "https://norvale.example/day"
AT_ONCE = timedelta(0)


@asynccontextmanager
async def dying(deployment: Deployment) -> AsyncIterator[ChatApplication]:
    """A bot that ends with nothing done of what is in work, and with nothing said to Telegram."""
    chat = ChatApplication(
        deployment.services,
        Inbox(deployment.storage, deployment.clock),
        deployment.clock,
        token=deployment.server.token,
        base_url=deployment.server.base_url,
        request=AiohttpRequest(),
        polling_request=AiohttpRequest(connections=1),
    )
    await chat.start()
    deployment.chat = chat
    try:
        yield chat
    finally:
        deployment.server.script("getUpdates", Drop())
        await chat.stop(within=AT_ONCE)


async def kept(deployment: Deployment) -> list[str]:
    """The bodies of what is written down and not done."""
    async with deployment.storage.read() as work:
        return [one.body for one in await work.inbox.left_over()]


def written(folder: Path) -> bytes:
    """Everything in the database and beside it."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_what_was_not_begun_is_carried_out_at_the_next_start(stopped: Deployment) -> None:
    """A command, and one that waits behind it in its chat: both are done, in order."""
    owner, stopped.web.pages[PAGE], stopped.web.gate = stopped.owner, a_reading(a_news()), asyncio.Event()
    async with dying(stopped):
        await owner.ask(f"/addfeed {PAGE}")
        await owner.send("/start t_casualties")
        await stopped.server.wait_until_read()
        assert len(await kept(stopped)) == 2
    stopped.web.gate.set()
    async with running(stopped):
        welcome = await owner.wait_for("You get:")
    preview = next(message for message in owner.chat.from_bot if "Dry run" in message.text)
    assert preview.id < welcome.id
    assert await kept(stopped) == []


async def test_an_effect_whose_answer_was_lost_is_answered_and_not_had_again(stopped: Deployment) -> None:
    """The refusal is in the audit once, and the person is told at the next start."""
    ani = stopped.server.person("Ani")
    async with dying(stopped):
        stopped.server.script("sendMessage", Silence(applied=False))
        await ani.send("/feeds")
        await stopped.server.wait_for_call("sendMessage")
    assert len(await stopped.audit()) == 1
    async with running(stopped):
        await ani.wait_for("admins of this bot")
    assert len(await stopped.audit()) == 1
    assert await kept(stopped) == []


async def test_a_tap_whose_answer_was_lost_is_answered_with_what_it_set(stopped: Deployment) -> None:
    """At the next start the keyboard shows what is stored."""
    ani = stopped.server.person("Ani")
    async with dying(stopped):
        keyboard = await ani.ask("/start")
        stopped.server.script("answerCallbackQuery", Silence(applied=False))
        query = ani.press(keyboard, encode(SetTopic("casualties", TopicMode.SILENT, 1)))
        await stopped.server.wait_for_call("answerCallbackQuery")
    async with running(stopped):
        await stopped.server.until(lambda: query.answer)
        await ani.wait_for(lambda message: "Silent · Casualties" in [key.label for key in message.buttons])
    choices = await stopped.services.subscriptions.choices(ChatThread(ani.id, ChatKind.PRIVATE))
    assert choices.mode("casualties") is TopicMode.SILENT


async def test_words_searched_for_are_never_written_down_and_still_not_lost(
    stopped: Deployment, tmp_path: Path
) -> None:
    """While the answer is under way only Telegram has them, and tells them to the next start."""
    await stopped.archive(await stopped.add_feed(), a_day())
    ani = stopped.server.person("Zebedee")
    async with dying(stopped):
        await stopped.server.wait_for_call("getUpdates", count=2)
        stopped.server.script("sendMessage", Silence(applied=False))
        stopped.server.script("getUpdates", Silence(applied=False))
        await ani.send("/search wharfinger")
        await stopped.server.wait_for_call("sendMessage")
        assert len(await kept(stopped)) == 1
    assert not [word for word in (b"wharfinger", b"Zebedee") if word in written(tmp_path)]
    async with running(stopped):
        await ani.wait_for("wharfinger")


async def test_what_came_before_is_not_carried_out_twice(stopped: Deployment) -> None:
    """Telegram tells everything again when it was not told that it was taken."""
    ani = stopped.server.person("Ani")
    async with dying(stopped):
        await stopped.server.wait_for_call("getUpdates", count=2)
        await ani.send("/feeds")
        await ani.send("/help")
        stopped.server.script("getUpdates", Silence(applied=False))
        await ani.wait_for("Alerts from news sources")
    assert len(stopped.server.telegram.updates) == 2
    async with running(stopped):
        await ani.ask("/status")
    assert len([message for message in ani.chat.from_bot if "admins of this bot" in message.text]) == 1
    assert len(await stopped.audit()) == 1


async def test_what_breaks_its_handling_is_set_aside_and_blocks_nobody(stopped: Deployment) -> None:
    """After some tries the person is told; their next command and everybody else's are answered."""
    owner, stopped.web.pages[PAGE] = stopped.owner, cast("Any", "no reading at all")
    async with running(stopped):
        await owner.send(f"/addfeed {PAGE}")
        assert "commands" in (await stopped.server.person("Ani").ask("hello")).text
        await owner.wait_for("it is our fault")
        assert "Nothing is set up" in (await owner.ask("/status")).text
    assert stopped.web.fetched.count(PAGE) == 6
    assert await kept(stopped) == []


async def test_what_kills_the_program_each_time_is_set_aside_too(stopped: Deployment) -> None:
    """A try is counted before it is made: at some start nothing is begun that killed all those before."""
    owner, stopped.web.pages[PAGE], stopped.web.gate = stopped.owner, a_reading(a_news()), asyncio.Event()
    await owner.send(f"/addfeed {PAGE}")
    for starts in range(1, 7):
        async with dying(stopped):
            await owner.chat.wait_for_count(starts, "Reading")
    async with running(stopped):
        await owner.wait_for("it is our fault")
        assert "Nothing is set up" in (await owner.ask("/status")).text
    assert len([message for message in owner.chat.from_bot if "Reading" in message.text]) == 6


async def test_a_database_that_takes_nothing_makes_people_wait(stopped: Deployment, tmp_path: Path) -> None:
    """What cannot be written down is not acknowledged: it is answered once the database works again."""
    ani = stopped.server.person("Ani")
    async with running(stopped):
        blocker = sqlite3.connect(tmp_path / "sitrep.db", isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        polls = len(stopped.server.journal.of("getUpdates"))
        await ani.send("/help")
        await stopped.server.wait_for_call("getUpdates", count=polls + 1)
        assert len(stopped.server.telegram.updates) == 1
        blocker.execute("ROLLBACK")
        blocker.close()
        await ani.wait_for("Alerts from news sources")
    assert len(ani.chat.from_bot) == 1


async def test_a_bot_that_was_offered_a_flood_writes_down_what_it_admits(sitrep: Deployment) -> None:
    """What a flood brings is answered with one line and goes no further."""
    ani: Person = sitrep.server.person("Ani")
    for _ in range(40):
        await ani.send("/feeds")
    await ani.wait_for("Too fast")
    await sitrep.server.wait_until_read()
    await ani.chat.wait_for_count(31)
    assert len(await sitrep.audit()) <= 30


@pytest.mark.parametrize("chats", [30])
async def test_chats_are_served_while_one_waits(sitrep: Deployment, chats: int) -> None:
    """A source that never answers holds up the chat that asked, and no other."""
    sitrep.web.pages[PAGE], sitrep.web.gate = a_reading(a_news()), asyncio.Event()
    await sitrep.owner.ask(f"/addfeed {PAGE}")
    people = [sitrep.server.person(f"Reader {number}") for number in range(chats)]
    await asyncio.gather(*(person.ask("/help") for person in people))
    sitrep.web.gate.set()
    await sitrep.owner.wait_for("Dry run")
