"""/latest, /search, opening an update, Why this?, /status, /help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.callbacks import OpenNews, View, encode
from bot.core.model import DateFrom, Match, NewsState, NewsUpdate, Tag
from bot.demo.telegram import ChatMessage, Person
from bot.services.ports.storage import NewNews, RevisedNews
from tests.chat.conftest import Deployment, labels

SERVICE = "State Emergency Service"


def report(
    number: int, heading: str | None, text: str, *, topic: str = "civilian-shelling", speaker: str = SERVICE
) -> NewNews:
    """An update of 4 May, its clock going up with its number."""
    clock = time(9, number)
    news = NewsUpdate(
        text,
        position=number,
        page_key="day",
        heading=heading,
        local_date=date(2031, 5, 4),
        local_time=clock,
        zone="Asia/Yerevan",
        published_at=datetime(2031, 5, 4, 5, number, tzinfo=UTC),
        date_from=DateFrom.HEADER,
        url=f"https://norvale.example/day#{number}",
    )
    return NewNews(news, (Tag(topic, (Match("shells", "shelling", "words-en"),)),), (speaker,) if speaker else ())


def a_day(count: int = 7) -> list[NewNews]:
    """Updates of one day, some about a hospital."""
    places = ("Tarvin", "Karst", "Norvale")
    return [
        report(
            number,
            f"{'Hospital' if number % 2 else 'Market'} in {places[number % 3]} Hit",
            f"Shells hit the {'hospital' if number % 2 else 'market'} of {places[number % 3]}.",
        )
        for number in range(1, count + 1)
    ]


@pytest.fixture
async def ids(sitrep: Deployment) -> Sequence[int]:
    """A day's updates, archived."""
    return await sitrep.archive(await sitrep.add_feed(), a_day())


async def tapped(person: Person, message: ChatMessage, button: str) -> ChatMessage:
    """Tap, and wait until the message says something else."""
    before = message.text
    await person.tap(message, button)
    return await person.chat.wait_for(lambda m: m.id == message.id and m.text != before)


@pytest.mark.usefixtures("ids")
async def test_latest_turns_its_pages_in_place(sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion) -> None:
    """Newest first, five a page; older and newer pages replace one another in the same message."""
    message = await ani.ask("/latest")
    first = message.text
    assert ani.chat.transcript() == snapshot
    second = (await tapped(ani, message, "Older ▶")).text
    assert second == snapshot
    assert (await tapped(ani, message, "◀ Newer")).text == first
    assert len(ani.chat.from_bot) == 1


@pytest.mark.parametrize(
    ("command", "head"),
    [("/latest", "Latest reports: Diplomacy"), ("/search Tarvin", "1 for “Tarvin” in Diplomacy, newest first")],
)
async def test_a_list_is_narrowed_down_to_a_topic(
    sitrep: Deployment, ani: Person, ids: Sequence[int], command: str, head: str
) -> None:
    """The filter holds while a report is opened and closed, names itself on its button, and can be taken off."""
    await sitrep.archive(1, [report(40, "Talks in Tarvin", "Ministers met in Tarvin.", topic="diplomacy")])
    message = await ani.ask(command)
    everything = message.text
    picking = await tapped(ani, message, "All topics ▾")
    assert "Which topic?" in picking.text
    narrowed = (await tapped(ani, message, "Diplomacy")).text
    assert narrowed.splitlines()[0] == head
    assert "Talks in Tarvin" in narrowed
    assert "Hit" not in narrowed
    assert "Diplomacy ▾" in labels(message)
    await tapped(ani, message, "1")
    assert (await tapped(ani, message, "Back")).text == narrowed
    await tapped(ani, message, "Diplomacy ▾")
    assert (await tapped(ani, message, "All topics")).text == everything


@pytest.mark.usefixtures("ids")
async def test_new_updates_never_shift_a_page(sitrep: Deployment, ani: Person) -> None:
    """What came while someone was reading shows up when they go back to the newest, not in between."""
    message = await ani.ask("/latest")
    await sitrep.archive(1, [report(30, "A Later Report", "Shells fell again.")])
    older = (await tapped(ani, message, "Older ▶")).text
    assert "Hospital in Karst Hit" in older.splitlines()[2]
    newest = (await tapped(ani, message, "2/2")).text
    assert "A Later Report" in newest.splitlines()[1]


@pytest.mark.usefixtures("ids")
async def test_search_finds_words_and_keeps_them_in_its_message(
    sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion
) -> None:
    """The result names the words, and its buttons find them there: opening and going back need no memory."""
    message = await ani.ask("/search hospital")
    listed = message.text
    assert listed == snapshot
    opened = await tapped(ani, message, "2")
    assert opened.text == snapshot
    assert labels(opened) == ["Source", "Back"]
    assert (await tapped(ani, message, "Back")).text == listed


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "foo-bar",
        "NEAR(",
        "a AND (",
        "*",
        "%",
        "' OR 1=1 --",
        "🚑",
        "\u202ehospital",
        "x" * 3_000,
        "/",
        "@",
        ":",
        "-",
    ],
)
@pytest.mark.usefixtures("ids")
async def test_any_input_is_a_search(sitrep: Deployment, ani: Person, words: str) -> None:
    """Whatever is typed is answered by a list or by its absence, never by an error or by silence."""
    found = await ani.ask(f"/search {words}")
    assert "newest first" in found.text or "No report with" in found.text


async def test_what_is_searched_for_cannot_forge_formatting(sitrep: Deployment, ani: Person) -> None:
    """Words that look like links or mentions stay words."""
    found = await ani.ask("/search https://evil.example @someone <b>x</b>")
    assert {entity["type"] for entity in found.entities} == {"code"}


async def test_nothing_found_is_no_sign_of_safety(sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion) -> None:
    """An empty result says how fresh the archive is, and what to try."""
    await sitrep.add_feed()
    assert (await ani.ask("/search tunnel")).text == snapshot


@pytest.mark.usefixtures("ids")
async def test_a_mistyped_search_asks_what_was_meant(
    sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion
) -> None:
    """One tap searches for the word that reports do have."""
    message = await ani.ask("/search hopsital")
    assert message.text == snapshot
    assert labels(message)[0] == "Hospital"
    assert (await tapped(ani, message, "Hospital")).text.startswith("4 for “Hospital”, newest first")


async def test_search_without_words_says_how(sitrep: Deployment, ani: Person) -> None:
    """The command alone is answered by an example."""
    assert "/search hospital" in (await ani.ask("/search")).text


async def test_an_opened_update_shows_every_version(
    sitrep: Deployment, ani: Person, ids: Sequence[int], snapshot: SnapshotAssertion
) -> None:
    """A corrected update tells when each version was noticed, and shows each in the source's own words."""
    sitrep.clock.moment += timedelta(minutes=25)
    now = report(7, "Hospital in Karst Hit", "Shells hit the hospital of Karst. Two civilians were wounded.")
    corrected = RevisedNews(ids[-1], now.news, NewsState.CORRECTED, silent=False, tags=now.tags)
    async with sitrep.storage.write() as work:
        await work.news.revise([corrected], at=sitrep.clock.now())
    message = await ani.ask("/latest")
    assert "CORRECTED" in message.text.splitlines()[1]
    assert (await tapped(ani, message, "1")).text == snapshot
    assert (await tapped(ani, message, "Version 1")).text == snapshot
    assert "Two civilians" in (await tapped(ani, message, "Version 2")).text


@pytest.mark.usefixtures("ids")
async def test_an_update_that_is_not_there_is_said_to_be_gone(sitrep: Deployment, ani: Person) -> None:
    """A forged or outlived id opens nothing, and there is a way back."""
    message = await ani.ask("/latest")
    await ani.call_back(message, encode(OpenNews(View.LATEST, 7, 1, None, 999_999)))
    gone = await ani.wait_for("no longer in the archive")
    assert labels(gone) == ["Back"]


async def test_a_text_of_any_length_fits(sitrep: Deployment, ani: Person) -> None:
    """The longest update is cut at a word, with the source one tap away."""
    await sitrep.archive(await sitrep.add_feed(), [report(1, "Long " * 200, "Shelling went on all day. " * 900)])
    message = await ani.ask("/latest")
    opened = await tapped(ani, message, "1")
    assert "…" in opened.text
    assert "Source" in labels(opened)


@pytest.mark.usefixtures("ids")
async def test_status_tells_what_is_on_and_what_was_read(
    sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion
) -> None:
    """Silence can be told from safety: every source's last good read is there, the longest unread first."""
    dark = await sitrep.add_feed("Karst Radio", url="https://karst.example/rss")
    sitrep.clock.moment += timedelta(hours=1)
    await sitrep.add_feed("Tarvin Daily", url="https://tarvin.example/rss")
    assert dark == 2
    await ani.ask("/start t_casualties")
    assert (await ani.ask("/status")).text == snapshot
    assert (await ani.ask("/latest")).text.splitlines()[-2:] == snapshot


async def test_help_lists_what_this_person_may_do(sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion) -> None:
    """A subscriber is shown no admin's commands, an admin is."""
    await sitrep.add_feed()
    assert (await ani.ask("/help")).text == snapshot
    assert "/addfeed" in (await sitrep.owner.ask("/help")).text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("hello", "I answer to commands"),
        ("/weather tomorrow", "There is no command /weather."),
        ("/latest@another_bot", "There is no command like that."),
        ("/", "There is no command like that."),
        ("/<b>x</b>", "There is no command like that."),
    ],
)
async def test_wrong_input_gets_one_helpful_line(sitrep: Deployment, ani: Person, typed: str, answer: str) -> None:
    """Whatever is typed in private is answered by one line that leads on."""
    reply = await ani.ask(typed)
    assert answer in reply.text
    assert "/help" in reply.text
    assert "\n" not in reply.text
