"""Owning the bot, adding, listing and removing sources; who may not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.callbacks import AddFeed, RemoveFeed, encode
from bot.core.model import DateFrom, NewsUpdate
from bot.core.reading import Unreadable
from bot.demo.telegram import ChatMessage, Person
from bot.services.admins import Admins
from bot.services.ports.feed_notices import FeedLostDay
from bot.services.ports.fetching import Failed
from bot.services.ports.storage import ReadState
from tests.chat.conftest import Deployment, labels, running
from tests.fakes import a_reading

PAGE = "https://norvale.example/day"


def update(position: int, heading: str | None, text: str, clock: time | None) -> NewsUpdate:
    """An update of 4 May."""
    return NewsUpdate(
        text,
        position=position,
        heading=heading,
        local_date=date(2031, 5, 4),
        local_time=clock,
        zone="Asia/Yerevan",
        published_at=datetime(2031, 5, 4, clock.hour - 4, clock.minute, tzinfo=UTC) if clock else None,
        date_from=DateFrom.HEADER,
    )


def a_page() -> object:
    """A page with three updates, read with a warning."""
    reading = a_reading(
        update(0, "Market Hit", "Shells hit the market of Tarvin, the Emergency Service said.", time(8, 55)),
        update(1, None, "The foreign ministers spoke by telephone.", time(9, 40)),
        update(2, "In Brief", "Schools stay closed.", None),
        title="Norvale Post, 4 May",
    )
    return replace(reading, split=replace(reading.split, warnings=("9:40 stands before 8:55.",)))


@pytest.fixture
async def oda(sitrep: Deployment) -> Person:
    """The owner, where one page can be read."""
    sitrep.web.pages[PAGE] = a_page()  # type: ignore[assignment]  # a Reading, whose type replace() loses
    return sitrep.owner


@pytest.fixture
async def unowned(stopped: Deployment) -> AsyncIterator[Deployment]:
    """A deployment that nobody owns yet."""
    admins = Admins(stopped.storage, stopped.clock)
    stopped.services = replace(stopped.services, admins=admins)
    async with running(stopped):
        yield stopped


async def changed(person: Person, message: ChatMessage, button: str) -> ChatMessage:
    """Tap, and wait until the message says something else."""
    before = message.text
    await person.tap(message, button)
    return await person.chat.wait_for(lambda m: m.id == message.id and m.text != before)


async def test_the_code_makes_an_owner_whose_menu_shows_it(unowned: Deployment, snapshot: SnapshotAssertion) -> None:
    """/claim with the printed code answers with what to do next, and the menu of that chat grows."""
    ani = unowned.server.person("Ani")
    code = await unowned.services.admins.issue_code()
    assert "printed" in (await ani.ask("/claim")).text
    assert "not the code" in (await ani.ask("/claim 0000-0000-0000")).text
    assert (await ani.ask(f"/claim {code}")).text == snapshot
    own = {"type": "chat", "chat_id": ani.id}
    menu = await unowned.server.until(
        lambda: next(
            (call for call in unowned.server.journal.of("setMyCommands") if call.parameters["scope"] == own), None
        )
    )
    assert "addfeed" in str(menu.parameters["commands"])
    other = unowned.server.person("Bero")
    assert "has an owner" in (await other.ask(f"/claim {code}")).text


async def test_a_source_is_read_shown_and_stored_only_on_a_tap(
    sitrep: Deployment, oda: Person, snapshot: SnapshotAssertion
) -> None:
    """The preview tells what would come, one update at a time, and the tap adds it with all of it seen."""
    message = await oda.ask(f"/addfeed {PAGE}")
    preview = await oda.wait_for("Dry run")
    assert preview.id == message.id
    assert preview.text == snapshot
    assert labels(preview) == snapshot
    sample = await changed(oda, preview, "Show 1/3")
    assert sample.text == snapshot
    assert labels(sample) == snapshot
    await changed(oda, preview, "Next ▶")
    await changed(oda, preview, "Back")
    assert await sitrep.services.feeds.all() == ()
    assert (await changed(oda, preview, "Add, treat all as seen")).text == snapshot
    (feed,) = await sitrep.services.feeds.all()
    assert (feed.settings.url, feed.baseline_at) == (PAGE, None)
    assert sitrep.web.fetched == [PAGE]


async def test_the_days_of_a_page_per_day_are_followed_if_asked_for(sitrep: Deployment, oda: Person) -> None:
    """The answer goes along through the samples to the tap that adds; it can be changed until then."""
    await oda.ask(f"/addfeed {PAGE}")
    preview = await oda.wait_for("Follow the next days?")
    assert {"Yes", "No"} <= set(labels(preview))
    assert "are not followed" in (await changed(oda, preview, "No")).text
    assert "are followed" in (await changed(oda, preview, "Yes")).text
    await changed(oda, preview, "Show 1/3")
    assert "are followed" in (await changed(oda, preview, "Back")).text
    assert "from 23:00" in (await changed(oda, preview, "Add, treat all as seen")).text
    (feed,) = await sitrep.services.feeds.all()
    async with sitrep.storage.read() as work:
        followed = await work.days.get(feed.id)
    assert feed.settings.follow_days
    assert followed is not None
    assert (followed.day, followed.key, followed.zone) == (date(2031, 5, 4), "", "Asia/Yerevan")


async def test_a_page_beside_its_feed_offers_both(sitrep: Deployment, oda: Person) -> None:
    """What is read of the page is shown, and one tap reads the feed instead."""
    sitrep.web.pages["https://norvale.example/"] = replace(a_page(), alternates=(PAGE,))  # type: ignore[assignment, type-var]  # a Reading, as below
    await oda.ask("/addfeed norvale.example/")
    preview = await oda.wait_for("It names feeds of its site:")
    assert "Add, treat all as seen" in labels(preview)
    read = await changed(oda, preview, "Read 1")
    assert PAGE in read.text
    assert "It names feeds" not in read.text


async def test_admins_hear_of_a_missing_day(sitrep: Deployment, oda: Person) -> None:
    """With its number and what can be done."""
    await oda.ask("/help")
    await sitrep.services.feeds.add(PAGE, by=None, follow_days=True)
    (feed,) = await sitrep.services.feeds.all()
    assert sitrep.chat is not None
    await sitrep.chat.tell_of_feed(FeedLostDay(feed, date(2031, 5, 5)))
    told = await oda.wait_for("no page for 5 May")
    assert "Feed 1" in told.text
    assert "/addfeed" in told.text


async def test_the_buttons_of_a_preview_outlive_a_restart(stopped: Deployment) -> None:
    """The address stands in the message itself, so the tap adds the feed even when nothing is held in memory."""
    stopped.web.pages[PAGE] = a_page()  # type: ignore[assignment]  # a Reading, whose type replace() loses
    async with running(stopped):
        await stopped.owner.ask(f"/addfeed {PAGE}")
        preview = await stopped.owner.wait_for("Dry run")
    async with running(stopped):
        await changed(stopped.owner, preview, "Add, treat all as seen")
    assert [feed.settings.url for feed in await stopped.services.feeds.all()] == [PAGE]


async def test_cancel_stores_nothing(sitrep: Deployment, oda: Person) -> None:
    """The preview is taken back and nothing is added."""
    await oda.ask(f"/addfeed {PAGE}")
    preview = await oda.wait_for("Dry run")
    cancelled = await changed(oda, preview, "Cancel")
    assert cancelled.text.startswith("Cancelled")
    assert cancelled.keyboard == ()
    assert await sitrep.services.feeds.all() == ()


async def test_a_page_that_names_its_feeds_offers_them(sitrep: Deployment, oda: Person) -> None:
    """From a front page one tap leads to the preview of the feed that it advertises."""
    sitrep.web.pages["https://norvale.example/"] = a_reading(alternates=(PAGE,))
    await oda.ask("/addfeed norvale.example/")
    offered = await oda.wait_for("names feeds")
    assert PAGE in (await changed(oda, offered, "Read 1")).text
    assert "Add, treat all as seen" in labels(offered)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("/addfeed", "there is no address"),
        ("/addfeed a page about Tarvin", "an address has no spaces"),
        ("/addfeed ftp://norvale.example/", "only http:// and https://"),
        ("/addfeed https://gone.example/", "HTTP 404"),
        ("/addfeed https://picture.example/", "this is a picture"),
        ("/removefeed", "/removefeed 3"),
        ("/removefeed three", "/removefeed 3"),
        ("/removefeed 3", "There is no feed 3"),
        ("/removefeed 99999999999999999999", "/removefeed 3"),
        ("/removefeed -1", "/removefeed 3"),
        ("/claim x", "own this bot already"),
    ],
)
async def test_wrong_input_is_answered_with_the_way_to_do_it(
    sitrep: Deployment, oda: Person, typed: str, answer: str
) -> None:
    """Whatever an admin mistypes, the answer says what is wrong and how it is meant."""
    sitrep.web.pages |= {
        "https://gone.example/": Failed("HTTP 404, the page has moved or gone"),
        "https://picture.example/": Unreadable("this is a picture, not a document"),
    }
    await oda.send(typed)
    await oda.wait_for(answer)


async def test_feeds_are_listed_with_how_they_are_read(
    sitrep: Deployment, oda: Person, snapshot: SnapshotAssertion
) -> None:
    """Each line tells state, last and next read, and the reason of a failure."""
    assert "None yet" in (await oda.ask("/feeds")).text
    await sitrep.add_feed()
    broken = await sitrep.add_feed("Karst Radio", url="https://karst.example/rss")
    async with sitrep.storage.write() as work:
        now = sitrep.clock.now()
        failed = ReadState(at=now, next_poll_at=now, ok=False, error="HTTP 500, the server is in trouble")
        await work.feeds.record_read(broken, failed)
    assert (await oda.ask("/feeds")).text == snapshot


async def test_a_long_list_of_feeds_has_pages(sitrep: Deployment, oda: Person) -> None:
    """However many feeds there are, each is on one page and every page leads on."""
    for number in range(1, 20):
        await sitrep.add_feed(f"Source {number}", url=f"https://source{number}.example/rss")
    message = await oda.ask("/feeds")
    pages = [message.text]
    while "More ▶" in labels(message):
        pages.append((await changed(oda, message, "More ▶")).text)
    assert sum(page.count("Source ") for page in pages) == 19
    assert labels(message) == ["17", "18", "19", "◀ Back"]


async def test_a_feed_is_removed_after_a_second_look(
    sitrep: Deployment, oda: Person, snapshot: SnapshotAssertion
) -> None:
    """The question names the feed and what its removal means; Keep keeps it, Remove removes it, again does nothing."""
    number = await sitrep.add_feed()
    kept = await oda.ask(f"/removefeed {number}")
    assert kept.text == snapshot
    await changed(oda, kept, "Keep")
    assert len(await sitrep.services.feeds.all()) == 1
    asked = await oda.ask(f"/removefeed {number}")
    assert (await changed(oda, asked, "Remove")).text == snapshot
    assert await sitrep.services.feeds.all() == ()
    await oda.call_back(asked, encode(RemoveFeed(number)))
    assert [entry.action for entry in await sitrep.audit()] == ["removefeed"]


@pytest.mark.parametrize("command", ["/addfeed https://norvale.example/day", "/feeds", "/removefeed 1"])
async def test_who_is_no_admin_is_refused_and_audited(
    sitrep: Deployment, ani: Person, oda: Person, command: str
) -> None:
    """One helpful line, nothing read or changed, and a line in the audit without what was typed."""
    await sitrep.add_feed()
    refused = await ani.ask(command)
    name = command.split(maxsplit=1)[0]
    assert refused.text == f"{name} is for the admins of this bot. /help lists what is open to everybody."
    assert sitrep.web.fetched == []
    assert len(await sitrep.services.feeds.all()) == 1
    entries = await sitrep.audit()
    assert [(entry.user_id, entry.action, entry.subject, entry.allowed) for entry in entries] == [
        (ani.id, name, "", False)
    ]


async def test_a_replayed_button_gives_no_rights(sitrep: Deployment, ani: Person, oda: Person) -> None:
    """An admin's callback sent by somebody else is refused, audited, and changes nothing."""
    number = await sitrep.add_feed()
    message = await ani.ask("/start")
    for code in (RemoveFeed(number), AddFeed()):
        answer = await ani.call_back(message, encode(code))
        assert "for the admins of this bot" in (answer.text or "")
    assert len(await sitrep.services.feeds.all()) == 1
    assert [entry.action for entry in await sitrep.audit()] == ["/addfeed", "/removefeed"]


async def test_an_admin_is_sent_to_the_private_chat(sitrep: Deployment, oda: Person, ani: Person) -> None:
    """In a group even the owner's commands are not carried out: others would read along."""
    group = await sitrep.group(owner=ani)
    await group.add(oda)
    assert "private chat" in (await oda.ask("/feeds", to=group)).text
    assert "private chat" in (await oda.ask("/claim 0000", to=group)).text
