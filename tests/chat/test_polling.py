"""Fetching updates: each once, whatever happens to the connection."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.errors import TelegramError
from bot.demo.telegram import Break, Drop, Refuse, Silence
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


async def test_what_was_taken_is_acknowledged(stopped: Deployment) -> None:
    """A bot that was stopped has told Telegram what it took: no other program gets that again."""
    ani = stopped.server.person("Ani")
    async with running(stopped):
        await ani.ask("/help")
    assert len(stopped.server.telegram.updates) == 0


async def test_a_goodbye_that_nobody_answers_holds_nothing_up(stopped: Deployment) -> None:
    """While Telegram keeps silent the bot still stops, and its next start does nothing twice."""
    ani = stopped.server.person("Ani")
    async with running(stopped):
        await ani.ask("/help")
        stopped.server.script("getUpdates", Silence(), times=2)
        await ani.ask("/status")
    async with running(stopped):
        await ani.ask("/help")
    assert len(ani.chat.from_bot) == 3
