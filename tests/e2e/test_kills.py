"""Kill -9 at any moment, again and again: between fetch and commit, between request and answer, while starting."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo.day import ZONE, Paragraph
from bot.demo.news_site import NewsSite
from bot.demo.telegram import ChatMessage, Person, Silence, TelegramServer
from tests.e2e.program import PATIENCE, Program

BUILDINGS = [
    *("grain port", "market hall", "railway station", "school", "hospital", "bakery", "town hall", "post office"),
    *("water works", "bus depot", "library", "power station", "museum", "steel mill", "dairy", "brickyard"),
    *("customs house", "ferry landing", "radio mast", "fire station"),
]
TOWNS = ["Tarvin", "Karst", "Norvale", "Lemmen", "Old Mill", "Arden", "Borsk", "Celt", "Dorn", "Elmet", "Farrow"]
TARGETS = [f"the {building} of {town}" for town, building in product(TOWNS, BUILDINGS)]
REPEAT = "(repeat)"
MOST_IN_FLIGHT = 32
SEED = 7


def paragraph(target: str, now: datetime) -> Paragraph:
    """One more update of the day, with the present minute as its clock time."""
    return Paragraph(f"According to the State Emergency Service, shells hit {target}.").stamped(now.time())


def targets_of(message: ChatMessage) -> list[str]:
    """What the message says was hit, in its order; nothing for one that is no alert."""
    found = {message.text.find(f"shells hit {target}."): target for target in TARGETS}
    return [found[place] for place in sorted(found) if place >= 0]


def check(people: list[Person], published: list[str], *, kills: int) -> None:
    """Every chat has everything, in order, once but for marked copies of what was in flight at a kill."""
    repeats = Counter[int]()
    for person in people:
        alerts = [(targets_of(message), message.text.startswith(REPEAT)) for message in person.chat.from_bot]
        told = [target for targets, _ in alerts for target in targets]
        plain = [target for targets, repeat in alerts if not repeat for target in targets]
        assert list(dict.fromkeys(told)) == published
        assert plain == [target for target in published if target in plain]
        repeats[person.id] = sum(repeat and bool(targets) for targets, repeat in alerts)
    assert repeats.total() <= kills * MOST_IN_FLIGHT
    assert max(repeats.values()) <= kills


@pytest.mark.parametrize(
    ("kills", "chats"),
    [
        pytest.param(10, 60, id="ten kills", marks=pytest.mark.timeout(300)),
        pytest.param(200, 200, id="two hundred kills", marks=[pytest.mark.soak, pytest.mark.timeout(3600)]),
    ],
)
async def test_no_kill_loses_or_doubles_an_alert(tmp_path: Path, kills: int, chats: int) -> None:
    """Killed at seeded random instants while a page grows, every chat still gets each update once and in order."""
    chance = random.Random(SEED)
    now = datetime.now(ZoneInfo(ZONE))
    async with TelegramServer() as server, NewsSite(now.date()) as site:
        site.publish(Paragraph("The night was calm in all settlements.").stamped((now - timedelta(minutes=5)).time()))
        feed = f'[[feeds]]\nurl = "{site.page_url}"\ntimezone = "{ZONE}"\nlanguage = "en"\n'
        async with Program(server, tmp_path, feeds=feed, telegram__rate="400", delivery__settle="1s") as program:
            people = [server.person(f"Reader {number}") for number in range(chats)]
            await asyncio.gather(*(person.ask("/start t_civilian-shelling", within=PATIENCE) for person in people))
            await site.wait_for_requests(2, within=PATIENCE)
            for target in TARGETS[:kills]:
                site.publish(paragraph(target, now))
                await asyncio.sleep(chance.uniform(0, 1.5))  # the instant of the kill, not a wait for anything
                await program.kill()
                await program.start()
            await server.until(
                lambda: all(_has(person, TARGETS[:kills]) for person in people) or None, within=PATIENCE + kills
            )
            assert await program.stop() == 0
    check(people, TARGETS[:kills], kills=kills)


def _has(person: Person, targets: list[str]) -> bool:
    return set(targets) <= {target for message in person.chat.from_bot for target in targets_of(message)}


async def test_a_stop_with_sends_in_flight_ends_within_ten_seconds(tmp_path: Path) -> None:
    """Telegram keeps 25 sends unanswered: SIGTERM still ends the program well, and the next start settles them."""
    now = datetime.now(ZoneInfo(ZONE))
    async with TelegramServer() as server, NewsSite(now.date()) as site:
        site.publish(Paragraph("The night was calm in all settlements.").stamped((now - timedelta(minutes=5)).time()))
        feed = f'[[feeds]]\nurl = "{site.page_url}"\ntimezone = "{ZONE}"\nlanguage = "en"\n'
        async with Program(server, tmp_path, feeds=feed, telegram__rate="400", delivery__settle="1s") as program:
            people = [server.person(f"Reader {number}") for number in range(25)]
            await asyncio.gather(*(person.ask("/start t_civilian-shelling", within=PATIENCE) for person in people))
            await site.wait_for_requests(2, within=PATIENCE)
            answered = len(server.journal.of("sendMessage"))
            server.script("sendMessage", Silence(applied=True), times=25)
            site.publish(paragraph(TARGETS[0], now))
            await server.wait_for_call("sendMessage", count=answered + 25, within=PATIENCE)
            async with asyncio.timeout(10):
                assert await program.stop() == 0
            await program.start()
            await server.until(lambda: all(_told_twice(person) for person in people) or None, within=PATIENCE)
            assert await program.stop() == 0
    check(people, TARGETS[:1], kills=1)


def _told_twice(person: Person) -> bool:
    return [message.text.startswith(REPEAT) for message in person.chat.from_bot if targets_of(message)] == [False, True]
