"""Each chat is served in order, and none waits for another."""

from __future__ import annotations

import asyncio

from bot.demo.telegram import Person
from tests.builders import a_news
from tests.chat.conftest import Deployment
from tests.fakes import a_reading

PAGE = "https://norvale.example/day"


async def test_a_slow_source_holds_up_only_the_chat_that_asked(sitrep: Deployment, ani: Person) -> None:
    """While one admin's source is read, others are answered; that admin's next command comes after it, in order."""
    sitrep.web.pages[PAGE] = a_reading(a_news())
    sitrep.web.gate = asyncio.Event()
    owner = sitrep.owner
    await owner.ask(f"/addfeed {PAGE}")
    await owner.send("/status")
    for _ in range(3):
        await ani.ask("/help")
    assert [message.text for message in owner.chat.from_bot] == ["Reading…"]
    sitrep.web.gate.set()
    status = await owner.wait_for("Nothing is set up here yet.")
    preview = owner.chat.from_bot[0]
    assert "Dry run" in preview.text
    assert status.id > preview.id


async def test_taps_that_come_together_leave_what_the_last_one_says(sitrep: Deployment, ani: Person) -> None:
    """However fast a keyboard is tapped, message and settings end as the last tap set them."""
    message = await ani.ask("/start")
    on, silent, off = ("1t:casualties:l:1", "1t:casualties:s:1", "1t:casualties:o:1")
    queries = [ani.press(message, data) for data in (on, silent, off, on, silent)]
    await sitrep.server.until(lambda: all(query.answer for query in queries) or None)
    await ani.ask("/status")
    assert "Silent · Casualties" in [button.label for row in message.keyboard for button in row]
    answers = [query.answer.text or "" for query in queries if query.answer]
    assert answers[-1].startswith("Casualties: silent")
