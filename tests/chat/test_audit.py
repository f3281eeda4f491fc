"""The audit as an admin reads it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.chat.callbacks import ShowAudit, encode
from bot.core.archive import AuditEntry
from bot.demo.telegram import ChatMessage, Person
from tests.chat.conftest import OWNER_ID, Deployment, labels


async def write(sitrep: Deployment, *entries: AuditEntry) -> None:
    """Write entries, oldest first."""
    async with sitrep.storage.write() as work:
        for entry in entries:
            await work.audit.add(entry)


async def changed(person: Person, message: ChatMessage, button: str) -> ChatMessage:
    """Tap, and wait until the message says something else."""
    before = message.text
    await person.tap(message, button)
    return await person.chat.wait_for(lambda m: m.id == message.id and m.text != before)


def numbered(sitrep: Deployment, *numbers: int) -> list[AuditEntry]:
    """Entries about feeds with these numbers."""
    return [AuditEntry(sitrep.clock.now(), OWNER_ID, "pausefeed", f"feed {number}") for number in numbers]


@pytest.mark.parametrize("language", ["en", "hy"])
async def test_the_audit_tells_who_changed_what(sitrep: Deployment, language: str, snapshot: SnapshotAssertion) -> None:
    """Newest first, with before and after; a refused try and what the program did by itself are named so."""
    oda, now = sitrep.owner, sitrep.clock.now()
    if language != "en":
        await oda.ask(f"/language {language}")
        await oda.tap(oda.chat.last, "Հայերեն")
    await oda.ask("/audit")
    await write(
        sitrep,
        AuditEntry(
            now - timedelta(days=2), None, "moved", "feed 1", before="https://a.example/", after="https://b.example/"
        ),
        AuditEntry(now - timedelta(hours=1), 77, "/addfeed", "", allowed=False),
        AuditEntry(now, OWNER_ID, "pausefeed", "feed 1", before="active", after="paused"),
    )
    told = await oda.ask("/audit")
    assert told.text == snapshot
    assert labels(told) == []


async def test_nothing_yet_is_said(sitrep: Deployment) -> None:
    """An empty audit is no empty message."""
    assert "Nothing has been changed yet." in (await sitrep.owner.ask("/audit")).text


async def test_pages_do_not_shift_while_they_are_read(sitrep: Deployment) -> None:
    """Each entry stands on one page, whatever is written meanwhile; a page beyond the last is the last."""
    oda = sitrep.owner
    await write(sitrep, *numbered(sitrep, *range(1, 21)))
    message = await oda.ask("/audit")
    seen = re.findall(r"feed (\d+)", message.text)
    while "More ▶" in labels(message):
        await write(sitrep, *numbered(sitrep, 99))
        seen += re.findall(r"feed (\d+)", (await changed(oda, message, "More ▶")).text)
    assert [int(number) for number in seen] == list(range(20, 0, -1))
    assert labels(message) == ["◀ Back"]
    await changed(oda, message, "◀ Back")
    await oda.call_back(message, encode(ShowAudit(20, 9_999)))
    await oda.wait_for("3/3")


@pytest.mark.parametrize(("role", "allowed"), [(None, False), ("editor", False), ("admin", True), ("owner", True)])
async def test_only_owner_and_admin_may(sitrep: Deployment, ani: Person, role: str | None, allowed: bool) -> None:
    """Everybody else is told nothing of it, by the command or a replayed button, and stands in it."""
    await write(sitrep, *numbered(sitrep, 1))
    if role is not None:
        async with sitrep.storage.write() as work:
            await work.admins.grant(ani.id, role, at=sitrep.clock.now())
    answer = await ani.ask("/audit")
    assert ("feed 1" in answer.text) is allowed
    if not allowed:
        assert "for the admins of this bot" in answer.text
        await ani.call_back(answer, encode(ShowAudit(1, 1)))
        assert [(entry.user_id, entry.action) for entry in await sitrep.audit() if not entry.allowed] == [
            (ani.id, "/audit")
        ] * 2


async def test_in_a_group_it_is_not_shown(sitrep: Deployment, ani: Person) -> None:
    """Others would read along."""
    group = await sitrep.group(owner=ani)
    await group.add(sitrep.owner)
    assert "private chat" in (await sitrep.owner.ask("/audit", to=group)).text
