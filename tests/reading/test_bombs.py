"""Documents made to hurt: each ends within its limits in a named outcome, and the child pool goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.core.reading import Reading, ReadOutcome, ReadRequest, Unreadable
from bot.reading.pool import ReadingPool

NOON = datetime(2020, 11, 3, 12, tzinfo=UTC)
LIMIT = timedelta(seconds=10)
WORDS = "The bridge at Karst is shut after the shelling of Tarvin, the mayor says. "
CHRONOLOGY = f"november 3\n8:55 a.m.: {WORDS}\n9:20 a.m.: {WORDS}\n9:40 a.m.: {WORDS}"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@dataclass(frozen=True)
class Bomb:
    """A document, and what is to become of it: one of several outcomes where the machine's speed decides."""

    name: str
    body: str
    ends: str
    """``Unreadable`` for this reason (one of several, with "|" between), or "read as" a format and its damage."""


LD = "application/ld+json"
QUOTES = r"\"" * 900_000
BOMBS = (
    Bomb("billion laughs", f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><title>&l9;', "entities"),
    Bomb("quadratic entities", f'<!DOCTYPE rss [<!ENTITY a "{"a" * 90_000}">]><rss>{"&a;" * 90_000}', "<!DOCTYPE>"),
    Bomb("nested XML", "<rss><channel><item>" + "<x>" * 200_000, "nested more than 256"),
    Bomb("nested items", "<rss><channel>" + "<item>" * 200_000, "only the first 1000|took longer"),
    Bomb("nested HTML", "<!doctype html>" + "<div>" * 200_000 + "x", "nested more than 4096"),
    Bomb("nested HTML, hidden from a scanner", "<!doctype html>" + '<div a="<">' * 200_000, "nested more than 4096"),
    Bomb("misnested formatting", "<p>" + "<b><i><a href=/x>" * 20_000 + "<p>x" * 2_000, "nested more than 4096"),
    Bomb("unclosed formatting", "<p>" + "<b>" * 3_000 + "<p>x" * 3_000, "read as html|took longer|memory"),
    Bomb("endless author", f"<rss><item><title>a</title><author>{'a.' * 500_000}</author>", "read as rss"),
    Bomb("nested JSON", '{"items":' + "[" * 2_000_000, "read as text|took longer"),
    Bomb("nested JSON-LD", f'<script type="{LD}">{{"liveBlogUpdate":{"[" * 500_000}</script><p>x', "read as html"),
    Bomb("JSON-LD of spaces", f'<script type="{LD}">{{"liveBlogUpdate":{" " * 2_000_000}</script><p>x', "read as html"),
    Bomb("JSON-LD of quotes", f'<script type="{LD}">"liveBlogUpdate{QUOTES}</script><p>x', "read as html"),
    Bomb("times without words", "<p>" + "<time datetime=2020-11-03T08:55Z></time>" * 150_000 + "x", "read as html"),
    Bomb("comments before nothing", "<!-- -->" * 3_000 + "<p>z", "read as html"),
    Bomb("roots without end", "<feed " * 500_000 + "<p>x</p>", "XML of another kind"),
    Bomb("alerts without end", "<alert " * 500_000 + "<p>x</p>", "XML of another kind"),
    Bomb("entities without end", "<rss>" + "<!ENTITY " * 400_000, "read as"),
    Bomb("people without end", "<rss>" + "<name>" * 500_000 + "<item><title>x", "nested more than 256"),
    Bomb("spaces without end", "<rss><author>" + " " * 2_000_000 + "<item><title>x</title>", "read as rss"),
    Bomb("a page of one line", WORDS * 30_000, "read as text|took longer"),
    Bomb("a page of line breaks", "<p>" + "a<br>" * 300_000, "read as html|the page is too large|took longer|memory"),
    Bomb("a text of lines", "a\n" * 1_000_000, "read as text|more than 100000 lines|took longer|memory"),
    Bomb("an element of a million attributes", "<p " + "a=b " * 1_000_000 + ">x", "read as text|took longer"),
    Bomb("brackets", "<" * 1_000_000, "read as text|took longer"),
    Bomb("open comments", "<p>" + "<!--" * 1_000_000, "no text"),
    Bomb("characters nobody sees", "<p>" + "\u202e\u2066\x01a" * 300_000, "read as html|took longer"),
    Bomb("10 MB of entries", "<rss>" + "<item><title>a</title><guid>x</guid></item>" * 200_000, "the first 1000"),
)  # fmt: skip


@pytest_asyncio.fixture
async def pool() -> AsyncIterator[ReadingPool]:
    """A child with the limits of the program, but for less time."""
    async with ReadingPool(size=1, limit=LIMIT) as pool:
        yield pool


def ending(outcome: ReadOutcome) -> str:
    """The outcome in the words of :class:`Bomb`."""
    if isinstance(outcome, Unreadable):
        return outcome.reason
    return f"read as {outcome.format} {outcome.damaged or ''}"


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.name)
async def test_a_bomb_has_a_named_outcome(bomb: Bomb, pool: ReadingPool) -> None:
    """And the next document is read as if nothing had happened."""
    outcome = await pool.read(ReadRequest(bomb.body.encode(), NOON, url="https://norvale.example/"))
    assert any(words in ending(outcome) for words in bomb.ends.split("|")), ending(outcome)
    after = await pool.read(ReadRequest(CHRONOLOGY.encode(), NOON))
    assert isinstance(after, Reading)
    assert len(after.split.updates) == 3


async def test_a_page_of_thousands_of_updates_is_read_whole() -> None:
    """A page may be huge and honest: none of its updates is lost on the way through the pipe."""
    page = "\n".join(f"{8 + n // 2000}:{n // 34 % 60:02} a.m.: {n} {WORDS}" for n in range(6000))
    async with ReadingPool(size=1, limit=timedelta(seconds=60)) as pool:
        outcome = await pool.read(ReadRequest(page.encode(), NOON))
    assert isinstance(outcome, Reading)
    assert [news.text.split()[0] for news in outcome.split.updates] == [str(n) for n in range(6000)]
