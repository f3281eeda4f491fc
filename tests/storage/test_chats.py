"""Chats, their threads, what they follow, and who may do what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.archive import AuditEntry, ChatKind, ChatState, Destination, Subscription
from bot.core.model import TopicMode
from bot.storage import SqlStorage
from tests.builders import NOW, minutes, subscribe

LOUD, SILENT, DIGEST, OFF = TopicMode.LOUD, TopicMode.SILENT, TopicMode.DIGEST, TopicMode.OFF


async def test_a_destination_is_made_on_first_sight(storage: SqlStorage) -> None:
    """The first call makes it, active; the next ones find the same; until then there is none."""
    async with storage.write() as work:
        assert await work.chats.find(100) is None
        made = await work.chats.destination(100, ChatKind.PRIVATE, at=NOW)
        assert made == Destination(id=1, chat_id=100, kind=ChatKind.PRIVATE)
        assert await work.chats.destination(100, ChatKind.PRIVATE, at=NOW + minutes(1)) == made
        assert await work.chats.find(100) == made


async def test_threads_of_a_chat_are_destinations_of_their_own(storage: SqlStorage) -> None:
    """The chat itself and each thread have their own number and language, and one state between them."""
    async with storage.write() as work:
        general = await work.chats.destination(-1001, ChatKind.GROUP, language="hy", at=NOW)
        thread = await work.chats.destination(-1001, ChatKind.GROUP, thread_id=5, language="ru", at=NOW)
        assert general.id != thread.id
        await work.chats.set_state(-1001, ChatState.STOPPED, at=NOW)
        found = [await work.chats.find(-1001), await work.chats.find(-1001, thread_id=5)]
    assert [(each.language, each.state) for each in found if each] == [
        ("hy", ChatState.STOPPED),
        ("ru", ChatState.STOPPED),
    ]


async def test_a_language_is_kept_until_another_is_given(storage: SqlStorage) -> None:
    """Not saying a language changes none."""
    async with storage.write() as work:
        languages = [
            (await work.chats.destination(100, ChatKind.PRIVATE, language=language, at=NOW)).language
            for language in (None, "hy", None, "ru", None)
        ]
    assert languages == [None, "hy", "hy", "ru", "ru"]


async def test_a_known_chat_keeps_its_state(storage: SqlStorage) -> None:
    """Being seen again does not start alerts for a chat that has stopped them."""
    async with storage.write() as work:
        await work.chats.destination(100, ChatKind.PRIVATE, at=NOW)
        await work.chats.set_state(100, ChatState.STOPPED, at=NOW)
        seen = await work.chats.destination(100, ChatKind.PRIVATE, at=NOW)
        assert seen.state is ChatState.STOPPED


async def test_a_chat_is_of_the_kind_seen_last(storage: SqlStorage) -> None:
    """Telegram knows what a chat is; what was noted first may have been wrong."""
    async with storage.write() as work:
        await work.chats.destination(-1001, ChatKind.GROUP, at=NOW)
        assert (await work.chats.destination(-1001, ChatKind.CHANNEL, at=NOW)).kind is ChatKind.CHANNEL


async def test_chats_are_counted_by_state(storage: SqlStorage) -> None:
    """Every state has its number, threads of a chat counting once; an unknown chat changes nothing."""
    async with storage.write() as work:
        for chat_id in (100, 200, 300):
            await work.chats.destination(chat_id, ChatKind.GROUP, at=NOW)
        await work.chats.destination(100, ChatKind.GROUP, thread_id=5, at=NOW)
        await work.chats.set_state(200, ChatState.GONE, at=NOW)
        await work.chats.set_state(999, ChatState.GONE, at=NOW)
        assert await work.chats.count() == {ChatState.ACTIVE: 2, ChatState.STOPPED: 0, ChatState.GONE: 1}


async def test_the_largest_ids_of_telegram_fit(storage: SqlStorage) -> None:
    """Ids have up to 52 significant bits, by the Bot API's own words."""
    async with storage.write() as work:
        made = await work.chats.destination(-(2**52), ChatKind.CHANNEL, at=NOW)
        assert (await work.chats.find(-(2**52))) == made
        await work.admins.grant(2**52, "owner", at=NOW)
        assert await work.admins.owners() == [2**52]


@pytest.mark.parametrize("known", [True, False])
async def test_a_migrated_chat_is_found_under_its_new_id_alone(storage: SqlStorage, known: bool) -> None:
    """Settings, threads and language move along, whether or not the new id was seen before."""
    async with storage.write() as work:
        old = await work.chats.destination(-100, ChatKind.GROUP, language="hy", at=NOW)
        await work.subscriptions.set(old.id, {"frontline": LOUD}, at=NOW)
        await work.chats.destination(-100, ChatKind.GROUP, thread_id=5, at=NOW)
        if known:
            await work.chats.destination(-1001, ChatKind.GROUP, at=NOW)
        await work.chats.migrate(-100, -1001)
        await work.chats.migrate(-100, -1001)
        assert await work.chats.find(-100) is None
        moved = await work.chats.find(-1001)
        assert moved is not None
        assert (moved.language, moved.state) == ("hy", ChatState.ACTIVE)
        assert await work.subscriptions.of(moved.id) == [Subscription("frontline", LOUD)]
        assert await work.chats.find(-1001, thread_id=5) is not None
        assert (await work.chats.count())[ChatState.ACTIVE] == 1


async def test_topics_are_set_and_removed(storage: SqlStorage) -> None:
    """Each call changes only what it names; off is not following; saying it again changes nothing."""
    destination = await subscribe(storage, 100, {"frontline": LOUD, "weapons": SILENT})
    steps: list[tuple[dict[str, TopicMode], dict[str, TopicMode]]] = [
        ({}, {"frontline": LOUD, "weapons": SILENT}),
        ({"frontline": LOUD}, {"frontline": LOUD, "weapons": SILENT}),
        ({"frontline": DIGEST, "aid": LOUD}, {"aid": LOUD, "frontline": DIGEST, "weapons": SILENT}),
        ({"weapons": OFF, "never-followed": OFF}, {"aid": LOUD, "frontline": DIGEST}),
        ({"aid": OFF, "frontline": OFF}, {}),
    ]
    for change, result in steps:
        async with storage.write() as work:
            await work.subscriptions.set(destination.id, change, at=NOW)
            assert {each.topic: each.mode for each in await work.subscriptions.of(destination.id)} == result


async def test_an_audience_counts_destinations_not_topics(storage: SqlStorage) -> None:
    """One that follows two of the topics is one, and so is one that has it listed; no topic reaches nobody."""
    await subscribe(storage, 100, {"frontline": LOUD, "weapons": SILENT})
    await subscribe(storage, 200, {"weapons": LOUD})
    await subscribe(storage, 300, {"frontline": DIGEST})
    async with storage.read() as work:
        reached = [
            await work.subscriptions.audience(topics)
            for topics in (["frontline"], ["weapons"], ["frontline", "weapons"], ["astrology"], [])
        ]
    assert reached == [2, 2, 3, 0, 0]


async def test_the_audit_keeps_every_line(storage: SqlStorage) -> None:
    """Newest first, every field as it was written, no more than asked for."""
    entries = [
        AuditEntry(NOW, 7, "addfeed", "https://norvale-post.example/", before=None, after="active"),
        AuditEntry(NOW + timedelta(microseconds=1), None, "removefeed", "1", allowed=False, before="a", after="b"),
        AuditEntry(NOW, 8, "claim", "owner"),
    ]
    async with storage.write() as work:
        assert await work.audit.latest() == []
        for entry in entries:
            await work.audit.add(entry)
        assert await work.audit.latest() == entries[::-1]
        assert await work.audit.latest(limit=1) == entries[2:]


async def test_the_audit_takes_whatever_was_typed(storage: SqlStorage) -> None:
    """A refused try is kept also when its words are no text."""
    async with storage.write() as work:
        await work.audit.add(AuditEntry(NOW, 7, "addfeed", "caf\udce9", allowed=False))
        assert [entry.subject for entry in await work.audit.latest()] == ["caf?"]


async def test_roles_follow_the_user_id(storage: SqlStorage) -> None:
    """A role is what was granted last; everybody else has none; owners come by number."""
    async with storage.write() as work:
        assert (await work.admins.role(7), await work.admins.owners()) == (None, [])
        for user_id, role in ((9, "owner"), (7, "editor"), (7, "owner"), (8, "admin")):
            await work.admins.grant(user_id, role, at=NOW)
        assert [await work.admins.role(user_id) for user_id in (7, 8, 9, 10)] == ["owner", "admin", "owner", None]
        assert await work.admins.owners() == [7, 9]


async def test_small_settings_are_kept_and_removed(storage: SqlStorage) -> None:
    """A value is the last one set; ``None`` removes it, also where there is none."""
    async with storage.write() as work:
        seen = []
        for value in (None, "a", "b", None, ""):
            await work.admins.set_value("key", value)
            seen.append(await work.admins.get_value("key"))
    assert seen == [None, "a", "b", None, ""]
