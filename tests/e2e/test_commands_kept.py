"""Kill -9 while commands are handled: each has its effect once, and each is answered."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo.day import ZONE, Paragraph
from bot.demo.news_site import NewsSite
from bot.demo.telegram import ChatMessage, Person, Silence, TelegramServer
from bot.demo.telegram.telegram import CallbackQuery
from tests.e2e.program import PATIENCE, Program
from tests.e2e.test_kills import TARGETS, paragraph

SEED = 11
MODES = {"l": "Loud", "s": "Silent", "d": "Digest", "o": "Off"}
TOPIC = "casualties"
REFUSED = "for the admins of this bot"


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    """What the database holds once the program has ended."""
    with closing(sqlite3.connect(folder / "sitrep.db")) as connection:
        return connection.execute(query).fetchall()


def refusals(person: Person) -> list[ChatMessage]:
    """The answers to /feeds: each is one line in the audit, too."""
    return [message for message in person.chat.from_bot if REFUSED in message.text]


def _all_answered(queries: list[CallbackQuery], people: list[Person], count: int) -> bool:
    return all(query.answer for query in queries) and all(len(refusals(person)) >= count for person in people)


@pytest.mark.parametrize(
    ("kills", "people"),
    [
        pytest.param(5, 10, id="five kills", marks=pytest.mark.timeout(300)),
        pytest.param(100, 5, id="a hundred kills", marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
)
async def test_no_kill_loses_or_doubles_what_people_send(tmp_path: Path, kills: int, people: int) -> None:
    """Killed at seeded random instants: every effect is there once, every tap and command is answered, in order."""
    chance = random.Random(SEED)
    async with TelegramServer() as server, Program(server, tmp_path) as program:
        everybody = [server.person(f"Reader {number}") for number in range(people)]
        keyboards = await asyncio.gather(*(person.ask("/start", within=PATIENCE) for person in everybody))
        queries: list[CallbackQuery] = []
        wanted: dict[int, str] = {}
        for _ in range(kills):
            for person, keyboard in zip(everybody, keyboards, strict=True):
                await person.send("/feeds")
                wanted[person.id] = chance.choice(list(MODES))
                queries.append(person.press(keyboard, f"1t:{TOPIC}:{wanted[person.id]}:1"))
            await asyncio.sleep(chance.uniform(0, 0.7))  # the instant of the kill, not a wait for anything
            await program.kill()
            await program.start()
        await server.until(lambda: _all_answered(queries, everybody, kills) or None, within=PATIENCE + kills)
        await server.wait_until_read()
        assert await program.stop() == 0
    audit = rows(tmp_path, "SELECT user_id, count(*) FROM audit WHERE action = '/feeds' GROUP BY user_id ORDER BY 1")
    assert audit == [(person.id, kills) for person in everybody]
    assert all(len(refusals(person)) <= 2 * kills for person in everybody)
    for person, keyboard in zip(everybody, keyboards, strict=True):
        shown = [button.label for button in keyboard.buttons if button.label.endswith("Casualties")]
        assert shown == [f"{MODES[wanted[person.id]]} · Casualties"]
    assert rows(tmp_path, "SELECT * FROM inbox") == []


async def test_a_stop_with_a_slow_command_and_sends_in_flight_ends_within_ten_seconds(tmp_path: Path) -> None:
    """A command that takes half a minute and 25 unanswered alerts: SIGTERM ends well, the next start does the rest."""
    now = datetime.now(ZoneInfo(ZONE))
    async with TelegramServer() as server, NewsSite(now.date()) as site:
        site.publish(Paragraph("The night was calm in all settlements.").stamped((now - timedelta(minutes=5)).time()))
        feed = f'[[feeds]]\nurl = "{site.page_url}"\ntimezone = "{ZONE}"\nlanguage = "en"\n'
        async with Program(server, tmp_path, feeds=feed, telegram__rate="400", delivery__settle="1s") as program:
            people = [server.person(f"Reader {number}") for number in range(25)]
            await asyncio.gather(*(person.ask("/start t_civilian-shelling", within=PATIENCE) for person in people))
            await site.wait_for_requests(2, within=PATIENCE)
            ani = server.person("Ani")
            await ani.ask("/start", within=PATIENCE)
            server.script("sendMessage", Silence(applied=False), chat_id=ani.id)
            await ani.send("/help")
            await server.wait_for_call("sendMessage", count=len(people) + 2, within=PATIENCE)
            server.script("sendMessage", Silence(applied=True), times=25)
            site.publish(paragraph(TARGETS[0], now))
            await server.wait_for_call("sendMessage", count=2 * len(people) + 2, within=PATIENCE)
            await ani.send("/status")
            async with asyncio.timeout(10):
                assert await program.stop() == 0
            await program.start()
            status = await ani.wait_for("Alerts are on", within=PATIENCE)
            assert await program.stop() == 0
    answer = next(message for message in ani.chat.from_bot if "/latest" in message.text)
    assert answer.id < status.id
