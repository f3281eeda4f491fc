"""What a chat decides about the moment reaches what waits for it already."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.core.archive import ChatKind, Claimed, Destination, StoredNews
from bot.core.gather import Joint, Turn, next_message
from bot.core.habits import Habits, QuietHours
from bot.core.model import JoinedForm, TopicMode
from bot.core.render import Frame
from bot.core.render.joined import joined
from bot.services.habits import HabitsService, key_of
from bot.services.ports.storage import Choose, Taken
from bot.services.subscriptions import ChatThread
from bot.storage import SqlStorage, open_storage
from tests.builders import NOW, archive, minutes, new_news, subscribe
from tests.fakes import SetClock

ANI = ChatThread(100, ChatKind.PRIVATE)
HOUR = timedelta(hours=1)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """A new database, with Ani, who wants shelling with sound."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as opened:
        await subscribe(opened, ANI.chat_id)
        yield opened


def chooser(now: datetime) -> Choose:
    """As delivery decides, with plain words."""

    def join(_destination: Destination, stored: Sequence[StoredNews], form: JoinedForm) -> Joint:
        made = joined(stored, form, Frame({}), now=now)
        return Joint(made.message, made.taken)

    def choose(rows: Sequence[Claimed], decided: Mapping[int, Habits]) -> Turn:
        return next_message(
            rows, lambda whose: decided.get(whose, Habits()).within("UTC"), lambda _: False, join, now=now
        )

    return choose


async def queue(storage: SqlStorage, *, at: datetime, count: int = 5, topic: str = "civilian-shelling") -> None:
    """So many alerts of what happened just then."""
    ids = await archive(
        storage,
        *(
            new_news(f"{topic} {at:%H:%M} {n}.", position=n, published_at=at, topics=(topic,), page_key=f"{at}")
            for n in range(count)
        ),
        at=at,
    )
    async with storage.write() as work:
        await work.outbox.enqueue_alerts(ids, at=at)


async def claim(storage: SqlStorage, now: datetime) -> Taken:
    """What goes at that moment."""
    async with storage.write() as work:
        return await work.outbox.claim(now, most=10, choose=chooser(now))


async def due(storage: SqlStorage) -> datetime | None:
    """When something goes next."""
    async with storage.read() as work:
        return await work.outbox.next_due_at()


async def test_what_a_mute_held_comes_as_one_silent_list(storage: SqlStorage) -> None:
    """Nothing comes while it holds; once it is over everything does, in one message without a sound."""
    clock = SetClock()
    await HabitsService(storage, clock, zone="UTC").mute(ANI, HOUR)
    await queue(storage, at=NOW + minutes(55))
    assert (await claim(storage, NOW + minutes(55))).parcels == ()
    assert await due(storage) == NOW + HOUR
    (parcel,) = (await claim(storage, NOW + HOUR)).parcels
    assert (len(parcel.rows), parcel.silent) == (5, True)


async def test_unmuting_lets_it_come_at_once(storage: SqlStorage) -> None:
    """Unmute does not wait for the end that was chosen, and wakes delivery."""
    clock, woken = SetClock(), []
    service = HabitsService(storage, clock, zone="UTC", on_changed=lambda: woken.append(clock.moment))
    await service.mute(ANI, 8 * HOUR)
    await queue(storage, at=NOW)
    assert (await claim(storage, NOW)).parcels == ()
    clock.moment = NOW + minutes(5)
    await service.unmute(ANI)
    assert woken == [NOW, NOW + minutes(5)]
    (parcel,) = (await claim(storage, NOW + minutes(5))).parcels
    assert (len(parcel.rows), parcel.silent) == (5, True)


async def test_after_quiet_hours_one_list_tells_the_night(storage: SqlStorage) -> None:
    """It has everything that waited; its first line says so."""
    service = HabitsService(storage, SetClock(), zone="UTC")
    await service.set_quiet(ANI, QuietHours(time(11), time(14), danger_rings=False))
    await queue(storage, at=NOW)
    assert (await claim(storage, NOW)).parcels == ()
    (parcel,) = (await claim(storage, NOW + 2 * HOUR)).parcels
    assert (len(parcel.rows), parcel.silent, parcel.form) == (5, True, JoinedForm.MORNING)
    assert parcel.message is not None
    assert parcel.message.text.startswith("In your quiet hours: 5 updates")


async def test_ending_quiet_hours_lets_what_waits_come(storage: SqlStorage) -> None:
    """Whoever is up already need not wait for the morning."""
    clock = SetClock()
    service = HabitsService(storage, clock, zone="UTC")
    await service.set_quiet(ANI, QuietHours(time(11), time(14), danger_rings=False))
    await queue(storage, at=NOW, count=1)
    assert (await claim(storage, NOW)).parcels == ()
    await service.set_quiet(ANI, None)
    (parcel,) = (await claim(storage, NOW)).parcels
    assert not parcel.silent


async def test_danger_rings_through_quiet_hours(storage: SqlStorage) -> None:
    """Where that was chosen, fresh danger goes at once and with sound."""
    await HabitsService(storage, SetClock(), zone="UTC").set_quiet(ANI, QuietHours(time(11), time(14)))
    await queue(storage, at=NOW, count=1)
    (parcel,) = (await claim(storage, NOW)).parcels
    assert not parcel.silent


async def test_a_list_comes_at_the_time_that_is_chosen_last(storage: SqlStorage) -> None:
    """Its rows wait for the time; another time moves them."""
    service = HabitsService(storage, SetClock(), zone="UTC")
    async with storage.write() as work:
        destination = await work.chats.find(ANI.chat_id)
        assert destination is not None
        await work.subscriptions.set(destination.id, {"refugees": TopicMode.DIGEST}, at=NOW)
    await queue(storage, at=NOW, topic="refugees")
    assert (await claim(storage, NOW)).parcels == ()
    assert await due(storage) == NOW.replace(hour=20)
    await service.set_zone(ANI, "Asia/Yerevan")
    assert (await claim(storage, NOW)).parcels == ()
    assert await due(storage) == NOW.replace(hour=16)
    (parcel,) = (await claim(storage, NOW.replace(hour=16))).parcels
    assert (len(parcel.rows), parcel.silent, parcel.form) == (5, True, JoinedForm.DIGEST)


async def test_words_are_left_by_their_key(storage: SqlStorage) -> None:
    """A button names followed words by a short key; a key of other words leaves none."""
    service = HabitsService(storage, SetClock(), zone="UTC")
    await service.follow_word(ANI, "water", followed=True)
    assert (await service.leave_word(ANI, key_of("fire"))).words == ("water",)
    assert (await service.leave_word(ANI, key_of("water"))).words == ()
