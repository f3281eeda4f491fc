"""A Telegram server, and the client that the bot really uses on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.demo.telegram import Person, TelegramServer


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """A Telegram server without rates."""
    async with TelegramServer() as running:
        yield running


@pytest.fixture
async def client(server: TelegramServer) -> AsyncIterator[Bot]:
    """python-telegram-bot's client, connected to the server."""
    bot = Bot(server.token, base_url=f"{server.base_url}/bot", request=HTTPXRequest(connection_pool_size=8))
    async with bot:
        yield bot


@pytest.fixture
async def ani(server: TelegramServer) -> Person:
    """Somebody who has started the bot; the bot has read it."""
    person = server.person("Ani")
    await person.send("/start")
    server.telegram.updates.clear()
    return person
