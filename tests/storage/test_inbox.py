"""What people sent and what is not done yet, in the database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services.ports.inbox import Kept
from bot.storage import SqlStorage
from tests.builders import NOW


def kept(*update_ids: int, chat_id: int = 7) -> list[Kept]:
    """Updates of one chat."""
    return [Kept(update_id, chat_id, f'{{"update_id":{update_id}}}') for update_id in update_ids]


async def keep(storage: SqlStorage, *update_ids: int, last: int | None = None, days: float = 0) -> list[int]:
    """Keep updates that came so many days from now; the ids that are new."""
    async with storage.write() as work:
        at = NOW + timedelta(days=days)
        return sorted(await work.inbox.keep(kept(*update_ids), last=last or update_ids[-1], at=at))


async def left(storage: SqlStorage) -> list[int]:
    """The ids of what is not done, in order."""
    async with storage.read() as work:
        return [one.update_id for one in await work.inbox.left_over()]


async def test_what_came_before_is_not_new_even_when_it_is_done(storage: SqlStorage) -> None:
    """Telegram tells an update again that it does not know to be taken: whether or not it still stands here."""
    assert await keep(storage, 10, 11) == [10, 11]
    async with storage.write() as work:
        await work.inbox.erase([10])
    assert await keep(storage, 10, 11, 12) == [12]
    assert await left(storage) == [11, 12]


async def test_what_was_not_worth_keeping_is_not_new_either(storage: SqlStorage) -> None:
    """The mark moves by everything that came, not only by what was kept."""
    assert await keep(storage, 10, last=15) == [10]
    assert await keep(storage, 15, 16) == [16]


@pytest.mark.parametrize(("days", "new"), [(2.9, []), (3, [4])])
async def test_numbers_begin_anew_after_a_quiet_time(storage: SqlStorage, days: float, new: list[int]) -> None:
    """A lower number after days without any is no repetition: Telegram keeps nothing that long, and numbers anew."""
    await keep(storage, 900)
    assert await keep(storage, 4, days=days) == new
    assert await keep(storage, 5, days=days) == [number + 1 for number in new]


async def test_what_is_left_stands_in_the_order_in_which_it_came(storage: SqlStorage) -> None:
    """Also across a new numbering, and with what is known of each."""
    await keep(storage, 900, 901)
    await keep(storage, 4, days=8)
    async with storage.write() as work:
        await work.inbox.mark_applied(901)
        await work.inbox.begin_again(4)
        await work.inbox.begin_again(4)
    async with storage.read() as work:
        found = [(one.update_id, one.applied, one.tries) for one in await work.inbox.left_over()]
    assert found == [(900, False, 0), (901, True, 0), (4, False, 2)]


async def test_what_is_set_aside_rests_and_is_forgotten_in_time(storage: SqlStorage) -> None:
    """It is not left over, and not erased before its time; what is not set aside never is."""
    await keep(storage, 1, 2)
    async with storage.write() as work:
        await work.inbox.set_aside(1)
    assert await left(storage) == [2]
    async with storage.write() as work:
        await work.inbox.erase_older(NOW)
        await work.inbox.set_aside(2)
        await work.inbox.erase_older(NOW)
        await work.inbox.mark_applied(1)
    assert await left(storage) == [1]
    async with storage.write() as work:
        await work.inbox.erase_older(NOW + timedelta(seconds=1))
        await work.inbox.mark_applied(2)
    assert await left(storage) == [1]


async def test_a_chat_is_forgotten_with_all_that_came_from_it(storage: SqlStorage) -> None:
    """And nothing of another chat is."""
    async with storage.write() as work:
        await work.inbox.keep([*kept(1, 2), *kept(3, chat_id=8)], last=3, at=NOW)
        await work.inbox.forget(7)
    assert await left(storage) == [3]
