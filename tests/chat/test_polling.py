"""Fetching updates: each once, whatever happens to the connection."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot

from bot.chat.polling import Poller
from bot.chat.request import AiohttpRequest
from bot.core.errors import TelegramError
from bot.demo.telegram import Break, Drop, Refuse
from tests.chat.conftest import Deployment, running


@pytest.mark.parametrize(
    "fault",
    [Break(502), Drop(), Refuse.too_many(3), Refuse.with_text(409, "Conflict: terminated by other getUpdates request")],
)
async def test_fetching_goes_on_after_a_fault(stopped: Deployment, fault: Break | Drop | Refuse) -> None:
    """A bad gateway, a cut connection, a limit or a second reader delays commands, and loses or doubles none."""
    ani = stopped.server.person("Ani")
    stopped.server.script("getUpdates", fault, times=2)
    async with running(stopped):
        await ani.send("hello")
        await ani.ask("/help")
    assert len(ani.chat.from_bot) == 2


async def test_commands_sent_while_the_bot_was_off_are_answered_once(stopped: Deployment) -> None:
    """What waited is answered at the start, and a further start does not answer it again."""
    ani = stopped.server.person("Ani")
    await ani.send("/help")
    async with running(stopped):
        await ani.wait_for("Alerts from news sources")
    async with running(stopped):
        await ani.ask("/status")
    assert len(ani.chat.from_bot) == 2


async def test_a_token_revoked_meanwhile_ends_the_listening_with_its_reason(stopped: Deployment) -> None:
    """The program learns that nobody is heard any more, and what to do about it."""
    async with running(stopped) as chat:
        stopped.server.script("getUpdates", Refuse.with_text(401, "Unauthorized"), times=9)
        await stopped.server.person("Ani").send("hello")
        with pytest.raises(TelegramError, match="revoked") as raised:
            await asyncio.wait_for(chat.listening(), 10)
    assert stopped.server.token not in str(raised.value)


async def test_listening_ends_quietly_when_the_bot_is_stopped(stopped: Deployment) -> None:
    """A stop that was asked for is no error."""
    async with running(stopped) as chat:
        listening = asyncio.ensure_future(chat.listening())
    await asyncio.wait_for(listening, 10)


async def test_what_was_taken_is_acknowledged_and_what_was_not_stays(stopped: Deployment) -> None:
    """Stopped between two updates, the bot leaves exactly the second one for its next start."""
    ani = stopped.server.person("Ani")
    await ani.send("/help")
    await ani.send("/status")
    queue: asyncio.Queue[object] = asyncio.Queue(maxsize=1)
    async with Bot(
        stopped.server.token, base_url=f"{stopped.server.base_url}/bot", get_updates_request=AiohttpRequest()
    ) as bot:
        poller = Poller(bot, queue, stopped.clock)
        polling = asyncio.create_task(poller.run())
        await asyncio.wait_for(_full(queue), 10)
        polling.cancel()
        await asyncio.wait([polling])
        await poller.acknowledge()
    (left,) = stopped.server.telegram.updates._waiting
    assert left["message"]["text"] == "/status"


async def _full(queue: asyncio.Queue[object]) -> None:
    """Return once the queue holds something, and leave it there."""
    first = await queue.get()
    queue.put_nowait(first)
