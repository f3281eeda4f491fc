"""The effect of what a person asked for, and the mark of it, in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services.inbox import MAX_TRIES, AppliedOnce, Inbox
from bot.services.ports.inbox import Kept
from bot.storage import open_storage
from tests.fakes import SetClock

KEPT = Kept(10, 7, "{}")


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[AppliedOnce]:
    """A real database."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        yield AppliedOnce(opened)


@pytest.fixture
async def inbox(storage: AppliedOnce) -> Inbox:
    """An inbox in which one update waits."""
    inbox = Inbox(storage, SetClock())
    await inbox.keep([KEPT], last=10)
    return inbox


async def put(storage: AppliedOnce, value: str) -> None:
    """An effect."""
    async with storage.write() as work:
        await work.admins.set_value("effect", value)


async def applied(storage: AppliedOnce) -> list[bool]:
    """Whether what is left has had its effect."""
    async with storage.read() as work:
        return [one.applied for one in await work.inbox.left_over()]


async def effect(storage: AppliedOnce) -> str | None:
    """What stands of it."""
    async with storage.read() as work:
        return await work.admins.get_value("effect")


async def test_an_effect_and_its_mark_are_committed_together(storage: AppliedOnce, inbox: Inbox) -> None:
    """After the first transaction the update counts as applied; one that only reads changes nothing."""
    with inbox.handling(KEPT):
        assert await effect(storage) is None
        assert await applied(storage) == [False]
        await put(storage, "once")
        assert await applied(storage) == [True]


async def test_an_effect_that_is_undone_takes_its_mark_along(storage: AppliedOnce, inbox: Inbox) -> None:
    """A use case that breaks inside its transaction has not had its effect."""

    async def half() -> None:
        async with storage.write() as work:
            await work.admins.set_value("effect", "half")
            raise ZeroDivisionError

    with inbox.handling(KEPT) as handling, pytest.raises(ZeroDivisionError):
        await half()
    assert not handling.marked
    assert await applied(storage) == [False]


async def test_what_had_its_effect_is_answered_again_and_changes_nothing(storage: AppliedOnce, inbox: Inbox) -> None:
    """The use case sees its own writes, and none of them stays."""
    await put(storage, "once")
    with inbox.handling(Kept(10, 7, "{}", applied=True)):
        async with storage.write() as work:
            await work.admins.set_value("effect", "twice")
            assert await work.admins.get_value("effect") == "twice"
    assert await effect(storage) == "once"


async def test_what_others_write_meanwhile_stays(storage: AppliedOnce, inbox: Inbox) -> None:
    """Neither another task nor one that outlives the update writes in its name."""
    begun, over = asyncio.Event(), asyncio.Event()

    async def outliving() -> None:
        await over.wait()
        await put(storage, "later")

    async def beside() -> None:
        begun.set()
        await put(storage, "beside")

    async with asyncio.TaskGroup() as tasks:
        with inbox.handling(Kept(10, 7, "{}", applied=True)):
            tasks.create_task(outliving())
        tasks.create_task(beside())
        await begun.wait()
        over.set()
    assert await effect(storage) in {"later", "beside"}
    assert await effect(storage) == "later"


async def test_what_is_done_is_erased(inbox: Inbox) -> None:
    """However many are done at once."""
    await inbox.keep([Kept(11, 7, "{}"), Kept(12, 8, "{}")], last=12)
    inbox.done(10)
    inbox.done(12)
    await inbox.close()
    assert [one.update_id for one in await inbox.left_over()] == [11]


async def test_tries_are_counted_before_they_are_made(inbox: Inbox) -> None:
    """So that what kills the program is set aside after as many as what only breaks."""
    kept: Kept | None = KEPT
    for number in range(MAX_TRIES):
        assert kept is not None
        kept = await inbox.begin_again(kept)
        assert [one.tries for one in await inbox.left_over()] == [number + 1]
    assert kept is not None
    assert await inbox.begin_again(kept) is None
    assert await inbox.left_over() == []
