"""A backup made while the program runs, put back after more has happened: nobody is alerted about the past."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo.day import ZONE, Paragraph
from bot.demo.news_site import NewsSite
from bot.demo.telegram import Person, TelegramServer
from tests.e2e.program import PATIENCE, Program

BEFORE, BETWEEN, AFTER = "the grain port of Tarvin", "the market hall of Karst", "the school of Norvale"


def paragraph(target: str, now: datetime) -> Paragraph:
    """One more update of the day, with the present minute as its clock time."""
    return Paragraph(f"According to the State Emergency Service, shells hit {target}.").stamped(now.time())


async def sitrep_db(folder: Path, *arguments: str) -> None:
    """Run ``sitrep db`` on the program's database, as an operator does."""
    config = folder / "db.toml"
    await asyncio.to_thread(config.write_text, f'[storage]\nurl = "sqlite:///{folder / "sitrep.db"}"\n')
    command = [sys.executable, "-m", "bot", "db", *arguments, "--config", str(config)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
    async with asyncio.timeout(PATIENCE):
        assert await process.wait() == 0


@pytest.mark.timeout(120)
async def test_a_restored_program_alerts_of_what_is_new_and_of_nothing_before(tmp_path: Path) -> None:
    """What was told before and after the backup is not told again; what is published after the restore is, once."""
    now = datetime.now(ZoneInfo(ZONE))
    async with TelegramServer() as server, NewsSite(now.date()) as site:
        site.publish(Paragraph("The night was calm in all settlements.").stamped((now - timedelta(minutes=5)).time()))
        feed = f'[[feeds]]\nurl = "{site.page_url}"\ntimezone = "{ZONE}"\nlanguage = "en"\n'
        async with Program(server, tmp_path, feeds=feed) as program:
            reader = server.person("Reader")
            await reader.ask("/start t_civilian-shelling", within=PATIENCE)
            await site.wait_for_requests(2, within=PATIENCE)
            site.publish(paragraph(BEFORE, now))
            await server.until(lambda: _times_told(reader, BEFORE) or None, within=PATIENCE)
            await sitrep_db(tmp_path, "backup", str(tmp_path / "kept.db"))
            site.publish(paragraph(BETWEEN, now))
            await server.until(lambda: _times_told(reader, BETWEEN) or None, within=PATIENCE)
            await program.kill()
            await sitrep_db(tmp_path, "restore", str(tmp_path / "kept.db"))
            read = len(site.requests)
            await program.start()
            await site.wait_for_requests(read + 2, within=PATIENCE)
            site.publish(paragraph(AFTER, now))
            await server.until(lambda: _times_told(reader, AFTER) or None, within=PATIENCE)
            assert await program.stop() == 0
    assert [_times_told(reader, target) for target in (BEFORE, BETWEEN, AFTER)] == [1, 1, 1]


def _times_told(person: Person, target: str) -> int:
    return sum(f"shells hit {target}." in message.text for message in person.chat.from_bot)
