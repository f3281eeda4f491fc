"""The demo by hand: one person at a terminal, subscriber and admin in turn, and a site that goes on publishing."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.day import AFTERNOON, CORRECTION, ZONE
from bot.demo.news_site import NewsSite
from bot.demo.telegram import ChatMessage, Person, TelegramServer
from bot.demo.telegram.transcript import message_text

HELP = """\
What you type goes to the bot, as in an app. Try /start, /latest, /search hospital, /topics, /help.
/tap 2 presses the second button of the newest message that has some.   /as admin   /as me
/next lets the site publish its next report at once.   /quit ends."""

EVERY = 20.0
"""Seconds from one report of the site to the next."""

_CORRECTED_WITH = 2
_BROKEN_BEFORE = 4
"""Which report (counted from 0) the correction comes with, and which the site is out of order before."""


class Terminal:
    """One person's seat in front of two phones.

    Args:
        server: The Telegram that the bot is connected to.
        site: The site that the bot reads.
        say: Prints one piece of text.
        code: The one-time code that makes the admin an owner of the bot.
    """

    def __init__(self, server: TelegramServer, site: NewsSite, say: Callable[[str], None], *, code: str) -> None:
        self._site = site
        self._say = say
        self._code = code
        self._people = {"me": server.person("Ani"), "admin": server.person("Vera")}
        self._holding = "me"
        self._shown: dict[tuple[str, int], str] = {}
        self._hurry = asyncio.Event()
        self._beside: set[asyncio.Task[None]] = set()

    async def converse(self, lines: AsyncIterator[str], *, every: float = EVERY) -> None:
        """Take lines until they end or one is /quit; the site publishes a report every so many seconds meanwhile."""
        await self._people["admin"].send(f"/claim {self._code}")
        self._say(HELP)
        self._beside = {asyncio.create_task(self._publish(every))}
        self._beside |= {asyncio.create_task(self._watch(name)) for name in self._people}
        try:
            async for line in lines:
                if line.strip() == "/quit":
                    break
                await self._take(line.strip())
        finally:
            for task in self._beside:
                task.cancel()
            await asyncio.gather(*self._beside, return_exceptions=True)

    @property
    def _person(self) -> Person:
        return self._people[self._holding]

    async def _take(self, line: str) -> None:
        command, _, rest = line.partition(" ")
        match command:
            case "":
                pass
            case "/tap":
                self._tap(rest.strip())
            case "/as":
                self._hand_over(rest.strip())
            case "/next":
                self._hurry.set()
            case _:
                await self._person.send(line)

    def _tap(self, number: str) -> None:
        message = next((m for m in reversed(self._person.chat.from_bot) if m.keyboard), None)
        buttons = message.buttons if message is not None else []
        if message is None or not number.isdecimal() or not 0 < int(number) <= len(buttons):
            self._say(f"(there are buttons 1 to {len(buttons)})" if buttons else "(no message has buttons yet)")
            return
        button = buttons[int(number) - 1]
        if button.data is None:
            self._say(f"(opens {button.url})")
            return
        self._beside.add(asyncio.create_task(self._press(message, button.data)))

    async def _press(self, message: ChatMessage, data: str) -> None:
        try:
            answer = await self._person.call_back(message, data)
        except TimeoutError:
            self._say("(the bot does not answer)")
        else:
            if answer.text:
                self._say(f"({answer.text})")

    def _hand_over(self, name: str) -> None:
        if name not in self._people:
            self._say(f"(there are: {', '.join(self._people)})")
            return
        self._holding = name
        self._say(f"(you are now {self._person.user.first_name}, {'the admin' if name == 'admin' else 'a subscriber'})")
        self._show_new(name)

    async def _watch(self, name: str) -> None:
        """Print what comes to a phone while it is the one held; the other keeps it until it is taken up."""
        chat = self._people[name].chat
        while True:
            if name == self._holding:
                self._show_new(name)
            await chat.raw.changes.wait()

    def _show_new(self, name: str) -> None:
        for message in self._people[name].chat.from_bot:
            text = message_text(message, numbered=True)
            if self._shown.get((name, message.id)) != text:
                self._shown[name, message.id] = text
                self._say(f"\n{text}\n")

    async def _publish(self, every: float) -> None:
        for number, report in enumerate(AFTERNOON):
            if number == _BROKEN_BEFORE:
                self._site.break_()
                self._say("(the site is out of order until its next report)")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(every):
                    await self._hurry.wait()
            self._hurry.clear()
            self._site.mend()
            self._site.publish(report.stamped(datetime.now(ZoneInfo(ZONE)).time()))
            if number == _CORRECTED_WITH:
                self._site.correct(*CORRECTION)
        self._say("(the site has published all that it has)")


async def typed_lines() -> AsyncIterator[str]:
    """What is typed, line by line, until the end of input; reading never holds up the program's end."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        # The loop may be closed while this waits for a key: then nobody wants the line any more.
        with contextlib.suppress(RuntimeError):
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\n"))
            loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, name="keyboard", daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line
