"""What stops the program from starting is one line that says what to do; stopping loses nothing."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from bot.demo.news_site import NewsSite
from bot.demo.telegram import TelegramServer
from tests.e2e.program import Program

NOT_A_DATABASE = b"This is a letter, and it must stay as it is.\n" * 40


def only_line(said: str) -> str:
    """The one line in which the program told why it ended."""
    lines = [line for line in said.splitlines() if line.startswith("sitrep: ")]
    assert len(lines) == 1, said
    assert "Traceback" not in said
    return lines[0]


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        ({"telegram__token": ""}, 2, ["telegram.token is missing", "sitrep demo"]),
        ({"telegram__token": "7000000001:wrong-wrong-wrong-wrong-wrong-wrong"}, 1, ["refuses the token", "BotFather"]),
        ({"telegram__base_url": "http://127.0.0.1:1"}, 1, ["can't be reached at http://127.0.0.1:1", "base_url"]),
        ({"poll__interval": "often"}, 2, ["SITREP_POLL__INTERVAL = 'often'", "90s"]),
        ({"storage__url": "sqlite:////nowhere/at/all/sitrep.db"}, 1, ["/nowhere/at/all", "does not exist; create it"]),
        ({"packs__directory": "/nowhere/packs"}, 2, ["/nowhere/packs"]),
        ({"packs__optional": "health, cybre"}, 2, ["cybre", "captives, culture-heritage"]),
    ],
)
async def test_what_is_wrong_is_one_line(tmp_path: Path, settings: dict[str, str], code: int, words: list[str]) -> None:
    """A setting that cannot work ends the program with its exit code and one line naming it and the way out."""
    async with TelegramServer() as server:
        ended, said = await Program(server, tmp_path, **settings).run_to_its_end()
    assert ended == code
    assert all(word in only_line(said) for word in words), said


async def test_a_file_that_is_no_database_stays_as_it_is(tmp_path: Path) -> None:
    """Whatever stands at the database's place and is none is named, and not touched."""
    (tmp_path / "sitrep.db").write_bytes(NOT_A_DATABASE)
    async with TelegramServer() as server:
        ended, said = await Program(server, tmp_path).run_to_its_end()
    assert ended == 1
    assert "is not a" in only_line(said)
    assert (tmp_path / "sitrep.db").read_bytes() == NOT_A_DATABASE


async def test_a_database_of_a_newer_program_stays_as_it_is(tmp_path: Path) -> None:
    """A schema that this version does not know is refused by name, and not touched."""
    async with TelegramServer() as server:
        async with Program(server, tmp_path) as program:
            await program.stop()
        with sqlite3.connect(tmp_path / "sitrep.db") as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.close()
        before = (tmp_path / "sitrep.db").read_bytes()
        ended, said = await Program(server, tmp_path).run_to_its_end()
    assert ended == 1
    assert "newer Sitrep" in said.splitlines()[-1]
    assert (tmp_path / "sitrep.db").read_bytes() == before


async def test_a_second_instance_is_refused_by_name(tmp_path: Path) -> None:
    """Two programs on one database would send everything twice: the second ends at once and names the first."""
    async with TelegramServer() as server, Program(server, tmp_path):
        second = Program(server, tmp_path)
        second.log = tmp_path / "second.log"
        ended, said = await second.run_to_its_end()
    assert ended == 1
    assert "another Sitrep" in only_line(said)


async def test_a_stop_ends_well_and_a_start_goes_on(tmp_path: Path) -> None:
    """SIGTERM ends with exit code 0, and the next start knows the chats, their settings and the feeds."""
    async with TelegramServer() as server, NewsSite(date(2031, 5, 4)) as site:
        feeds = f'[[feeds]]\nurl = "{site.page_url}"\ntitle = "Norvale Post"\n'
        async with Program(server, tmp_path, feeds=feeds) as program:
            reader = server.person("Ani")
            await reader.ask("/start t_refugees")
            assert await program.stop() == 0
            await program.start()
            status = await reader.ask("/status")
            assert await program.stop() == 0
    assert "Refugees" in status.text
    assert "Norvale Post" in status.text
    assert server.token not in program.log.read_text(encoding="utf-8")
