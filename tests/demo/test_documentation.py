"""The page about the Telegram server says what is true."""

from __future__ import annotations

import asyncio
import re
import textwrap
from pathlib import Path
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.demo import telegram
from bot.demo.telegram import RateMode, TelegramServer

PAGE = (Path(__file__).parents[2] / "docs" / "telegram-server.md").read_text(encoding="utf-8")


async def small_bot(base_url: str, token: str) -> None:
    """A bot that does what the page's example expects."""
    async with Bot(token, base_url=f"{base_url}/bot") as client:
        (start,) = await client.get_updates(timeout=10)
        assert start.message is not None
        markup = InlineKeyboardMarkup([[InlineKeyboardButton("Topics", callback_data="t")]])
        sent = await client.send_message(start.message.chat.id, "Welcome", reply_markup=markup)
        (tap,) = await client.get_updates(offset=start.update_id + 1, timeout=10)
        assert tap.callback_query is not None
        await client.answer_callback_query(tap.callback_query.id, "Choose what to hear")
        await client.edit_message_text("Shelling: off", sent.chat.id, sent.message_id)


async def test_the_example_runs() -> None:
    """The page's code does what it says, line by line."""
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    bots: list[asyncio.Task[None]] = []
    names: dict[str, Any] = {
        "TelegramServer": TelegramServer,
        "start_the_bot": lambda *address: bots.append(asyncio.create_task(small_bot(*address))),
        "print": lambda text: None,
    }
    exec(f"async def example():\n{textwrap.indent(example, '    ')}", names)  # the page is ours
    await names["example"]()
    await bots[0]


def test_every_rate_mode_and_fault_is_on_the_page() -> None:
    """What can be asked for is described, by name."""
    for mode in RateMode:
        assert f"`{mode.name}`" in PAGE
    for fault in ("Refuse", "Break", "Drop", "Silence", "Late", "ApplyLate"):
        assert hasattr(telegram, fault)
        assert f"`{fault}" in PAGE
