"""A source tried by an admin: what would become of each update, why, and whom it would concern."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.callbacks import ShowTrial, encode
from bot.core.archive import ReadCounts
from bot.core.model import DateFrom, NewsUpdate
from bot.demo.telegram import ChatMessage, Person
from bot.services.ports.fetching import Failed
from bot.services.ports.storage import NewNews, ReadState
from tests.builders import NOW
from tests.chat.conftest import Deployment, labels
from tests.fakes import a_reading

PAGE = "https://norvale.example/day"
SHELLS = "Shells hit the market of Tarvin."


def update(position: int, text: str, at: datetime) -> NewsUpdate:
    """An update with its clock."""
    return NewsUpdate(
        text,
        position=position,
        local_date=at.date(),
        local_time=at.time(),
        zone="UTC",
        published_at=at,
        date_from=DateFrom.HEADER,
    )


KNOWN = update(0, "The foreign ministers spoke by telephone.", NOW - timedelta(minutes=9))
FRESH = update(1, SHELLS, NOW - timedelta(minutes=3))
OLD = update(2, "Shells hit the mill of Karst.", NOW - timedelta(days=3))
PLAIN = update(3, "Schools stay closed.", NOW - timedelta(minutes=2))


@pytest.fixture
async def number(sitrep: Deployment) -> int:
    """A feed that knows one update, and whose page has four now."""
    feed = await sitrep.add_feed(url=PAGE)
    await sitrep.archive(feed, [NewNews(KNOWN, ())])
    sitrep.web.pages[PAGE] = a_reading(KNOWN, FRESH, OLD, PLAIN)
    return feed


async def changed(person: Person, message: ChatMessage, button: str) -> ChatMessage:
    """Tap, and wait until the message says something else."""
    before = message.text
    await person.tap(message, button)
    return await person.chat.wait_for(lambda m: m.id == message.id and m.text != before)


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_each_update_has_its_verdict(
    sitrep: Deployment, ani: Person, number: int, language: str, snapshot: SnapshotAssertion
) -> None:
    """Seen, new, too old, of no topic, each with its reason and the chats of its topics; nothing is stored or sent."""
    oda = sitrep.owner
    await ani.ask("/start t_civilian-shelling")
    if language != "en":
        await oda.ask(f"/language {language}")
        await oda.tap(oda.chat.last, "Русский")
    asked = await oda.ask(f"/testfeed {number}")
    told = await oda.chat.wait_for(lambda m: m.id == asked.id and "→" in m.text)
    assert told.text == snapshot
    async with sitrep.storage.read() as work:
        assert (await work.news.latest()).total == 1
        assert sum((await work.outbox.counts()).by_state.values()) == 0


async def test_an_address_that_is_not_followed_is_judged_as_if_it_were(sitrep: Deployment) -> None:
    """Nothing is known of it: what is fresh would be sent."""
    sitrep.web.pages[PAGE] = a_reading(FRESH, OLD)
    await sitrep.owner.ask("/testfeed norvale.example/day")
    told = await sitrep.owner.wait_for("It is not followed")
    assert "would be sent: 1" in told.text
    assert await sitrep.services.feeds.all() == ()


async def test_what_another_feed_told_is_named(sitrep: Deployment, number: int) -> None:
    """A copy would make no second alert: its verdict says that another feed told it before."""
    karst = await sitrep.add_feed("Karst Radio", url="https://karst.example/")
    long = f"{SHELLS} Two people were wounded there, and the roofs of nine houses were damaged, said the mayor."
    told = update(0, long, NOW - timedelta(minutes=4))
    await sitrep.archive(karst, [NewNews(told, ())])
    sitrep.web.pages[PAGE] = a_reading(KNOWN, update(1, long, NOW - timedelta(minutes=3)))
    await sitrep.owner.ask(f"/testfeed {number}")
    await sitrep.owner.wait_for("another feed told it before")


async def test_a_read_that_would_be_held_says_so(sitrep: Deployment, number: int) -> None:
    """The reason why nothing of it would go out stands above the updates."""
    async with sitrep.storage.write() as work:
        now = sitrep.clock.now()
        await work.feeds.record_read(number, ReadState(now, now, ok=True, counts=ReadCounts(1, 1)))
    many = [update(n, f"Shells hit village {n} of Karst.", NOW - timedelta(minutes=3)) for n in range(1, 60)]
    sitrep.web.pages[PAGE] = a_reading(KNOWN, *many)
    await sitrep.owner.ask(f"/testfeed {number}")
    await sitrep.owner.wait_for("All of it would be held:")


async def test_a_long_trial_has_pages(sitrep: Deployment) -> None:
    """Each update stands on one page; turning them asks the source nothing."""
    texts = [f"Shells hit village {n} of Karst." for n in range(14)]
    sitrep.web.pages[PAGE] = a_reading(*(update(n, text, NOW) for n, text in enumerate(texts)))
    await sitrep.owner.ask(f"/testfeed {PAGE}")
    message = await sitrep.owner.wait_for("It is not followed")
    pages = [message.text]
    while "More ▶" in labels(message):
        pages.append((await changed(sitrep.owner, message, "More ▶")).text)
    assert [sum(text in page for page in pages) for text in texts] == [1] * 14
    assert sitrep.web.fetched == [PAGE]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/testfeed", "for example /testfeed 3"),
        ("/testfeed 7", "There is no feed 7"),
        ("/testfeed ftp://norvale.example/", "only http:// and https://"),
        ("/testfeed a page about Tarvin", "an address has no spaces"),
        ("/testfeed https://gone.example/", "HTTP 404"),
    ],
)
async def test_wrong_use_is_answered_with_what_to_do(sitrep: Deployment, typed: str, answer: str) -> None:
    """Whatever is mistyped, the answer says what is wrong."""
    sitrep.web.pages["https://gone.example/"] = Failed("HTTP 404, the page has moved or gone")
    await sitrep.owner.send(typed)
    await sitrep.owner.wait_for(answer)


@pytest.mark.parametrize(("role", "allowed"), [(None, False), ("editor", False), ("admin", True), ("owner", True)])
async def test_only_owner_and_admin_may(
    sitrep: Deployment, ani: Person, number: int, role: str | None, allowed: bool
) -> None:
    """Everybody else is answered and audited, and no source is asked, by the command or a replayed button."""
    if role is not None:
        async with sitrep.storage.write() as work:
            await work.admins.grant(ani.id, role, at=sitrep.clock.now())
    asked = await ani.ask(f"/testfeed {number}")
    if allowed:
        await ani.chat.wait_for(lambda m: m.id == asked.id and "→" in m.text)
        return
    assert "for the admins of this bot" in asked.text
    await ani.call_back(asked, encode(ShowTrial(1)))
    assert sitrep.web.fetched == []
    assert [(entry.action, entry.allowed) for entry in await sitrep.audit()] == [("/testfeed", False)] * 2
