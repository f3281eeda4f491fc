"""The promise, end to end: a page that grows becomes one alert per update, once each, through a kill."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo.day import ZONE, Paragraph
from bot.demo.news_site import NewsSite
from bot.demo.telegram import ChatMessage, Person, TelegramServer
from tests.e2e.program import PATIENCE, Program

CHATS = 200
STEPS = [
    "the grain port of Tarvin is being shelled. The service asks everybody to stay in the cellars.",
    "rockets hit the market hall of Karst. Nobody was hurt there.",
    "shells fell on the school of Old Mill, which was empty at that hour.",
    "artillery fire struck the railway station of Norvale. Three people were wounded.",
    "the hospital of Lower Karst was shelled. Its windows are broken and its patients were moved.",
]
BEFORE = "According to the State Emergency Service of Karvelia, the night was calm in all settlements."
REPEAT = "(repeat)"
MOST_IN_FLIGHT = 32


def paragraph(step: str, now: datetime) -> Paragraph:
    """One more update of the day, with the present minute as its clock time."""
    return Paragraph(f"According to the State Emergency Service of Karvelia, {step}").stamped(now.time())


def received(person: Person) -> list[int]:
    """The updates that reached a person, in order, by the number of their step; marked repeats left out."""
    alerts = [message for message in person.chat.from_bot if not is_repeat(message)]
    return [step for message in alerts for step, words in enumerate(STEPS) if words[:25] in message.text]


def is_repeat(message: ChatMessage) -> bool:
    """Whether the bot marked the message as perhaps not the first of its kind."""
    return message.text.startswith(REPEAT)


def everything(person: Person) -> set[int]:
    """The updates that reached a person in any copy."""
    return {step for message in person.chat.from_bot for step, words in enumerate(STEPS) if words[:25] in message.text}


async def test_a_kill_in_the_middle_of_a_broadcast_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Every subscribed chat has every update once and in order; only sends in flight at the kill may be repeated."""
    now = datetime.now(ZoneInfo(ZONE))
    async with TelegramServer() as server, NewsSite(now.date()) as site:
        site.publish(Paragraph(BEFORE).stamped((now - timedelta(minutes=5)).time()))
        feed = f'[[feeds]]\nurl = "{site.page_url}"\ntimezone = "{ZONE}"\nlanguage = "en"\n'
        async with Program(
            server, tmp_path, feeds=feed, telegram__rate="400", delivery__settle="1s", log__level="debug"
        ) as program:
            people = [server.person(f"Reader {number}") for number in range(CHATS)]
            await asyncio.gather(*(person.ask("/start t_civilian-shelling", within=PATIENCE) for person in people))
            await site.wait_for_requests(2, within=PATIENCE)
            for number, step in enumerate(STEPS):
                site.publish(paragraph(step, now))
                if number == 2:
                    await server.until(lambda: _reached(people, 2) > CHATS // 3 or None, within=PATIENCE)
                    await program.kill()
                    assert _reached(people, 2) < CHATS, "the kill came too late to prove anything"
                    await program.start()
                await server.until(_all_have(people, number), within=PATIENCE)
            assert await program.stop() == 0
    assert [received(person) for person in people if everything(person) != set(range(len(STEPS)))] == []
    assert [sequence for person in people if (sequence := received(person)) != sorted(set(sequence))] == []
    repeats = Counter(person.id for person in people for message in person.chat.from_bot if is_repeat(message))
    assert max(repeats.values(), default=0) <= 1
    assert repeats.total() <= MOST_IN_FLIGHT
    assert not [person for person in people if any("was calm" in message.text for message in person.chat.from_bot)]


def _all_have(people: list[Person], step: int) -> Callable[[], bool | None]:
    return lambda: _reached(people, step) == CHATS or None


def _reached(people: list[Person], step: int) -> int:
    return sum(step in everything(person) for person in people)
