"""One source in the hands of an admin: how it is read, pausing, resuming, reading at once, removing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import product

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.callbacks import AskRemoval, Code, ReadFeed, ShowFeed, ShowFeeds, SwitchFeed, encode
from bot.core.archive import Feed, FeedState
from bot.core.polling import FeedAlarm
from bot.demo.telegram import ChatMessage, Person
from bot.services.ports.storage import ReadState
from tests.builders import new_news
from tests.chat.conftest import Deployment, labels

GONE = "HTTP 410, the page is gone for good"
ADMIN_COMMANDS = ("/feed", "/pausefeed", "/resumefeed")


async def changed(person: Person, message: ChatMessage, button: str) -> ChatMessage:
    """Tap, and wait until the message says something else."""
    before = message.text
    await person.tap(message, button)
    return await person.chat.wait_for(lambda m: m.id == message.id and m.text != before)


async def stored(sitrep: Deployment, number: int) -> Feed:
    """The feed as the database has it."""
    async with sitrep.storage.read() as work:
        feed = await work.feeds.get(number)
    assert feed is not None
    return feed


async def fail(sitrep: Deployment, number: int, *, reason: str = GONE, times: int = 1) -> None:
    """Let reading it fail."""
    now = sitrep.clock.now()
    async with sitrep.storage.write() as work:
        for _ in range(times):
            state = ReadState(at=now, next_poll_at=now + timedelta(minutes=8), ok=False, error=reason)
            await work.feeds.record_read(number, state)


async def stop(sitrep: Deployment, number: int) -> None:
    """As after an HTTP 410: it failed, was paused, and its admins have been told."""
    await fail(sitrep, number, times=2)
    async with sitrep.storage.write() as work:
        await work.feeds.set_state(number, FeedState.PAUSED)
        await work.feeds.set_alarm(number, FeedAlarm.FAILING)


async def set_state(sitrep: Deployment, number: int, state: FeedState) -> None:
    """Put a feed into a state."""
    async with sitrep.storage.write() as work:
        await work.feeds.set_state(number, state)


async def changes(sitrep: Deployment) -> Sequence[tuple[int | None, str, str, str | None, str | None]]:
    """The audit's entries, oldest first: who, what, of what, before and after."""
    entries = reversed(await sitrep.audit())
    return [(entry.user_id, entry.action, entry.subject, entry.before, entry.after) for entry in entries]


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_a_feed_tells_how_it_is_read(sitrep: Deployment, language: str, snapshot: SnapshotAssertion) -> None:
    """State, last and next read, interval and why, kind, zone and what it brought, with everything to do with it."""
    oda = sitrep.owner
    if language != "en":
        await oda.ask(f"/language {language}")
        await oda.tap(oda.chat.last, "Русский")
    number = await sitrep.add_feed()
    await sitrep.archive(number, [new_news(zone="Asia/Yerevan")])
    shown = await oda.ask(f"/feed {number}")
    assert shown.text == snapshot
    assert labels(shown) == snapshot
    await fail(sitrep, number, reason="HTTP 500, the server is in trouble", times=3)
    assert (await oda.ask(f"/feed #{number}")).text == snapshot
    await stop(sitrep, number)
    stopped = await oda.ask(f"/feed {number}")
    assert stopped.text == snapshot
    assert labels(stopped) == snapshot


async def test_a_feed_is_paused_and_resumed_by_its_buttons(sitrep: Deployment) -> None:
    """Each tap sets the state that its button names, shows it, and stands in the audit; a late tap changes nothing."""
    oda, number = sitrep.owner, await sitrep.add_feed()
    message = await oda.ask(f"/feed {number}")
    assert "paused" in (await changed(oda, message, "Pause")).text
    assert (await stored(sitrep, number)).state is FeedState.PAUSED
    await oda.call_back(message, encode(SwitchFeed(number, 0)))
    assert "working" in (await changed(oda, message, "Resume")).text
    assert (await stored(sitrep, number)).next_poll_at == sitrep.clock.now()
    subject = f"feed {number}"
    assert await changes(sitrep) == [
        (oda.id, "pausefeed", subject, "active", "paused"),
        (oda.id, "resumefeed", subject, "paused", "active"),
    ]


async def test_typed_commands_do_the_same(sitrep: Deployment, snapshot: SnapshotAssertion) -> None:
    """Said again, each tells that it is so already and writes no audit."""
    oda, number = sitrep.owner, await sitrep.add_feed()
    for command in ("/pausefeed", "/pausefeed", "/resumefeed", "/resumefeed"):
        answer = await oda.ask(f"{command} {number}")
        assert (answer.text, labels(answer)) == snapshot
    assert [entry[1] for entry in await changes(sitrep)] == ["pausefeed", "resumefeed"]


async def test_a_feed_that_was_gone_comes_back(sitrep: Deployment) -> None:
    """One stopped by HTTP 410 is read again at once, its failures forgotten; the audit keeps why it had stopped."""
    oda, number = sitrep.owner, await sitrep.add_feed()
    await stop(sitrep, number)
    assert "is resumed" in (await oda.ask(f"/resumefeed {number}")).text
    feed = await stored(sitrep, number)
    assert (feed.state, feed.failures, feed.last_error, feed.alarm) == (FeedState.ACTIVE, 0, None, None)
    assert feed.next_poll_at == sitrep.clock.now()
    assert feed.baseline_at is not None
    assert await changes(sitrep) == [(oda.id, "resumefeed", f"feed {number}", f"paused: {GONE}", "active")]


async def test_a_held_feed_is_not_resumed_past_its_question(sitrep: Deployment) -> None:
    """What becomes of what it has is a person's word: /resumefeed asks for that and changes nothing."""
    oda, number = sitrep.owner, await sitrep.add_feed()
    await set_state(sitrep, number, FeedState.HELD)
    answer = await oda.ask(f"/resumefeed {number}")
    assert "is held, not paused" in answer.text
    assert f"{number}: send what it has" in labels(answer)
    assert (await stored(sitrep, number)).state is FeedState.HELD
    assert await changes(sitrep) == []


async def test_a_feed_is_read_now(sitrep: Deployment) -> None:
    """It becomes due at once, however late it was to be; a second tap finds it due and is no change."""
    oda, number = sitrep.owner, await sitrep.add_feed()
    message = await oda.ask(f"/feed {number}")
    assert "next now" in (await changed(oda, message, "Read now")).text
    await oda.call_back(message, encode(ReadFeed(number)))
    async with sitrep.storage.read() as work:
        assert [feed.id for feed in await work.feeds.due(sitrep.clock.now(), limit=9)] == [number]
    assert [entry[:3] for entry in await changes(sitrep)] == [(oda.id, "readfeed", f"feed {number}")]


async def test_a_paused_feed_is_not_read_now(sitrep: Deployment) -> None:
    """A late tap on «Read now» says that it has to be resumed first."""
    oda, number = sitrep.owner, await sitrep.add_feed()
    message = await oda.ask(f"/feed {number}")
    await set_state(sitrep, number, FeedState.PAUSED)
    answer = await oda.call_back(message, encode(ReadFeed(number)))
    assert answer.text == "It is paused: resume it first."
    assert await changes(sitrep) == []


async def test_a_feed_is_removed_from_its_page_after_a_second_look(sitrep: Deployment) -> None:
    """«Remove» asks first; the buttons of the page answer then that there is no such feed."""
    oda, number = sitrep.owner, await sitrep.add_feed()
    message = await oda.ask(f"/feed {number}")
    assert "Remove feed" in (await changed(oda, message, "Remove")).text
    await changed(oda, message, "Remove")
    assert await sitrep.services.feeds.all() == ()
    codes: list[Code] = [ShowFeed(number), SwitchFeed(number, 1), SwitchFeed(number, 0), ReadFeed(number)]
    for code in (*codes, AskRemoval(number)):
        await oda.call_back(message, encode(code))
        await oda.wait_for(f"There is no feed {number}")
    assert [entry[1] for entry in await changes(sitrep)] == ["removefeed"]


@pytest.mark.parametrize(
    ("command", "typed", "answer"),
    [
        (command, typed, answer)
        for command in ADMIN_COMMANDS
        for typed, answer in [
            ("", "for example {command} 3"),
            ("three", "for example {command} 3"),
            ("-1", "for example {command} 3"),
            ("9" * 20, "for example {command} 3"),
            ("7", "There is no feed 7"),
        ]
    ],
)
async def test_wrong_use_is_answered_with_what_to_do(sitrep: Deployment, command: str, typed: str, answer: str) -> None:
    """Without a number, with none, or with that of no feed: the answer leads on."""
    await sitrep.owner.send(f"{command} {typed}".strip())
    told = await sitrep.owner.wait_for(answer.format(command=command))
    assert "/feeds" in told.text


async def test_feeds_lead_to_each_feed_and_back(sitrep: Deployment) -> None:
    """Every line of /feeds has a button that opens it."""
    oda = sitrep.owner
    for name in ("norvale", "karst"):
        await sitrep.add_feed(name, url=f"https://{name}.example/rss")
    message = await oda.ask("/feeds")
    assert labels(message) == ["1", "2"]
    assert "Feed 2, “karst”" in (await changed(oda, message, "2")).text
    assert "norvale" in (await changed(oda, message, "All feeds")).text


async def test_broken_feeds_are_shown_alone(sitrep: Deployment) -> None:
    """Failing, held, stopped and alarming ones, and no feed that an admin paused; mended ones are gone from it."""
    oda = sitrep.owner
    names = ("well", "failing", "held", "stopped", "silent", "resting")
    numbers = {name: await sitrep.add_feed(name, url=f"https://{name}.example/") for name in names}
    await fail(sitrep, numbers["failing"])
    await set_state(sitrep, numbers["held"], FeedState.HELD)
    await stop(sitrep, numbers["stopped"])
    await set_state(sitrep, numbers["resting"], FeedState.PAUSED)
    async with sitrep.storage.write() as work:
        await work.feeds.set_alarm(numbers["silent"], FeedAlarm.QUIET)
    message = await oda.ask("/feeds")
    shown = (await changed(oda, message, "Broken only (4)")).text
    assert [name for name in names if f"“{name}”" in shown or f". {name}" in shown] == list(names[1:5])
    async with sitrep.storage.write() as work:
        for number in numbers.values():
            await work.feeds.resume(number, at=sitrep.clock.now())
    await oda.call_back(message, encode(ShowFeeds(1, 1)))
    await oda.wait_for("None is broken.")


ROLES = {None: False, "editor": False, "admin": True, "owner": True}


@pytest.mark.parametrize(("role", "command"), list(product(ROLES, ADMIN_COMMANDS)))
async def test_only_owner_and_admin_may(sitrep: Deployment, ani: Person, role: str | None, command: str) -> None:
    """Everybody else is answered, changes nothing, and stands in the audit with the command alone."""
    number = await sitrep.add_feed()
    if role is not None:
        async with sitrep.storage.write() as work:
            await work.admins.grant(ani.id, role, at=sitrep.clock.now())
    answer = await ani.ask(f"{command} {number}")
    allowed = ROLES[role]
    assert ("for the admins of this bot" in answer.text) is not allowed
    refusals = [(entry.user_id, entry.action, entry.subject) for entry in await sitrep.audit() if not entry.allowed]
    assert refusals == ([] if allowed else [(ani.id, command, "")])
    if not allowed:
        assert (await stored(sitrep, number)).state is FeedState.ACTIVE


@pytest.mark.parametrize("code", [ShowFeed(1), SwitchFeed(1, 0), ReadFeed(1), AskRemoval(1)], ids=repr)
async def test_a_replayed_button_of_a_feed_gives_no_rights(sitrep: Deployment, ani: Person, code: Code) -> None:
    """An admin's callback from somebody else is refused, audited, and changes nothing."""
    await sitrep.add_feed()
    before = await stored(sitrep, 1)
    message = await ani.ask("/start")
    answer = await ani.call_back(message, encode(code))
    assert "for the admins of this bot" in (answer.text or "")
    assert await stored(sitrep, 1) == before
    assert [(entry.action, entry.allowed) for entry in await sitrep.audit()] == [("/feed", False)]


@pytest.mark.parametrize("command", ADMIN_COMMANDS)
async def test_in_a_group_they_are_not_carried_out(sitrep: Deployment, ani: Person, command: str) -> None:
    """Others would read along: even the owner is sent to the private chat."""
    number = await sitrep.add_feed()
    group = await sitrep.group(owner=ani)
    await group.add(sitrep.owner)
    assert "private chat" in (await sitrep.owner.ask(f"{command} {number}", to=group)).text
    assert (await stored(sitrep, number)).state is FeedState.ACTIVE
