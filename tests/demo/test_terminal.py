"""The demo by hand, with lines instead of a keyboard and a small bot instead of the real one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.demo.day import AFTERNOON, CORRECTION
from bot.demo.news_site import NewsSite
from bot.demo.telegram import TelegramServer
from bot.demo.terminal import Terminal

KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Loud", callback_data="loud"),
            InlineKeyboardButton("Source", url="https://norvale.example"),
        ]
    ]
)


class Desk:
    """A terminal that is typed at and read, line by line."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._typed: asyncio.Queue[str | None] = asyncio.Queue()

    def say(self, text: str) -> None:
        """Take what is printed."""
        self.said.append(text)

    async def lines(self) -> AsyncIterator[str]:
        """What is typed."""
        while (line := await self._typed.get()) is not None:
            yield line

    def type(self, *lines: str | None) -> None:
        """Type lines; ``None`` ends the input."""
        for line in lines:
            self._typed.put_nowait(line)


async def echo(client: Bot) -> None:
    """A bot that repeats what it hears with two buttons, and answers every tap."""
    offset = 0
    while True:
        for update in await client.get_updates(offset=offset, timeout=30):
            offset = update.update_id + 1
            await _answer(client, update)


async def _answer(client: Bot, update: Update) -> None:
    if update.callback_query is not None:
        await client.answer_callback_query(update.callback_query.id, "It is loud now")
    elif update.message is not None and update.message.text != "/quiet":
        await client.send_message(update.message.chat.id, f"Heard {update.message.text}", reply_markup=KEYBOARD)


@pytest.fixture
async def desk(server: TelegramServer, client: Bot) -> AsyncIterator[tuple[Desk, NewsSite]]:
    """A desk at work, with the site that its demo reads."""
    desk = Desk()
    bot = asyncio.create_task(echo(client))
    async with NewsSite(date(2026, 3, 3)) as site:
        terminal = Terminal(server, site, desk.say, code="ABCD")
        working = asyncio.create_task(terminal.converse(desk.lines(), every=3600))
        yield desk, site
        desk.type("/quit")
        await working
    bot.cancel()
    await asyncio.wait([bot])


async def until_said(server: TelegramServer, desk: Desk, words: str) -> str:
    """The first thing printed with these words in it."""
    return await server.until(lambda: next((text for text in desk.said if words in text), None))


async def test_what_is_typed_goes_to_the_bot_and_its_buttons_are_numbered(
    server: TelegramServer, desk: tuple[Desk, NewsSite]
) -> None:
    """An answer is printed as it comes, each button with the number that presses it."""
    desk[0].type("/latest")
    assert await until_said(server, desk[0], "Heard /latest") == "\nHeard /latest\n[1 Loud] [2 Source]\n"


async def test_a_button_is_pressed_by_its_number(server: TelegramServer, desk: tuple[Desk, NewsSite]) -> None:
    """The toast is printed; a button with an address tells it; a number that is none is told too."""
    desk[0].type("/tap 1", "/latest")
    await until_said(server, desk[0], "Heard /latest")
    desk[0].type("/tap 1", "/tap 2", "/tap 3", "/tap x")
    await until_said(server, desk[0], "It is loud now")
    told = [text for text in desk[0].said if text.startswith("(")]
    assert told[0] == "(no message has buttons yet)"
    assert "(opens https://norvale.example)" in told
    assert told.count("(there are buttons 1 to 2)") == 2


async def test_the_other_phone_keeps_its_messages(server: TelegramServer, desk: tuple[Desk, NewsSite]) -> None:
    """The admin claims the bot at the start; what the bot said is shown when that phone is taken up."""
    await server.wait_for_call("sendMessage")
    assert not any("Heard /claim ABCD" in text for text in desk[0].said)
    desk[0].type("/as nobody", "/as admin", "/feeds")
    await until_said(server, desk[0], "Heard /feeds")
    order = [text.strip().partition("\n")[0] for text in desk[0].said[1:]]
    assert order == ["(there are: me, admin)", "(you are now Vera, the admin)", "Heard /claim ABCD", "Heard /feeds"]


async def test_the_site_publishes_on_demand_and_corrects_itself(
    server: TelegramServer, desk: tuple[Desk, NewsSite]
) -> None:
    """Each /next brings one report, stamped with the present minute; one is corrected, and the site breaks once."""
    terminal, site = desk
    for number in range(1, len(AFTERNOON) + 1):
        terminal.type("/next", f"seen {number}")
        await until_said(server, terminal, f"Heard seen {number}")
    assert "(the site is out of order until its next report)" in terminal.said
    assert len(site.paragraphs) == len(AFTERNOON)
    assert all(paragraph.at is not None for paragraph in site.paragraphs)
    assert CORRECTION[1] in site.paragraphs[0].text
