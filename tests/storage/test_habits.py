"""What destinations decided about when and how they are told."""

from __future__ import annotations

from datetime import time

from bot.core.archive import ChatKind
from bot.core.habits import DigestTime, Habits, QuietHours
from bot.core.model import TopicMode
from bot.storage import SqlStorage
from tests.builders import NOW, archive, minutes, new_news, subscribe

DAY = QuietHours(time(13), time(15), danger_rings=False)


async def test_nothing_is_decided_at_first(storage: SqlStorage) -> None:
    """A destination that never chose has the defaults, and so has one that does not exist."""
    here = await subscribe(storage, 100)
    async with storage.read() as work:
        assert await work.habits.of(here.id) == Habits()
        assert await work.habits.of(999) == Habits()
        assert await work.habits.of_many([here.id]) == {}


async def test_each_decision_leaves_the_others(storage: SqlStorage) -> None:
    """Zone, quiet hours, mute, digest, places, words and stories are kept side by side."""
    here = await subscribe(storage, 100)
    [story] = await archive(storage, new_news())
    async with storage.write() as work:
        await work.habits.set_zone(here.id, "Asia/Yerevan")
        await work.habits.set_quiet(here.id, DAY)
        await work.habits.mute(here.id, NOW + minutes(60))
        await work.habits.mute_story(here.id, story, NOW + minutes(90))
        await work.habits.set_digest(here.id, DigestTime(time(8, 30)))
        for place in ("tarvin", "karst"):
            await work.habits.follow_place(here.id, place)
        for word in ("water", "hospital", "water"):
            await work.habits.follow_word(here.id, word)
    async with storage.read() as work:
        assert await work.habits.of(here.id) == Habits(
            zone="Asia/Yerevan",
            quiet=DAY,
            muted_until=NOW + minutes(60),
            muted_stories={story: NOW + minutes(90)},
            digest=DigestTime(time(8, 30)),
            places=frozenset({"tarvin", "karst"}),
            words=("water", "hospital"),
        )


async def test_decisions_are_taken_back(storage: SqlStorage) -> None:
    """What was set can be unset, each by itself."""
    here = await subscribe(storage, 100)
    async with storage.write() as work:
        await work.habits.set_quiet(here.id, DAY)
        await work.habits.set_quiet(here.id, None)
        await work.habits.set_zone(here.id, "Asia/Yerevan")
        await work.habits.set_zone(here.id, None)
        await work.habits.set_digest(here.id, DigestTime(None))
        await work.habits.follow_place(here.id, "tarvin")
        await work.habits.leave_place(here.id, "tarvin")
        await work.habits.follow_word(here.id, "water")
        await work.habits.leave_word(here.id, "water")
        assert await work.habits.of(here.id) == Habits(digest=DigestTime(None))


async def test_unmuting_ends_what_runs_and_keeps_when(storage: SqlStorage) -> None:
    """The end of a mute is the moment of the tap; one that was over before keeps its own."""
    here, there = await subscribe(storage, 100), await subscribe(storage, 200)
    one, other = await archive(storage, new_news(), new_news("Another."))
    async with storage.write() as work:
        for destination in (here, there):
            await work.habits.mute(destination.id, NOW + minutes(60))
        await work.habits.mute_story(here.id, one, NOW + minutes(60))
        await work.habits.mute_story(here.id, other, NOW - minutes(60))
        await work.habits.unmute(here.id, NOW)
        found = await work.habits.of_many([here.id, there.id])
    assert found[here.id].muted_until == NOW
    assert found[here.id].muted_stories == {one: NOW, other: NOW - minutes(60)}
    assert found[there.id].muted_until == NOW + minutes(60)


async def test_mutes_of_stories_are_bounded(storage: SqlStorage) -> None:
    """Of very many stories muted by one chat those that end last are kept."""
    here = await subscribe(storage, 100)
    ids = await archive(storage, *(new_news(f"Report {number}.", position=number) for number in range(55)))
    async with storage.write() as work:
        for number, news_id in enumerate(ids):
            await work.habits.mute_story(here.id, news_id, NOW + minutes(number))
        assert sorted((await work.habits.of(here.id)).muted_stories) == ids[5:]


async def test_decisions_move_with_a_group(storage: SqlStorage) -> None:
    """A group that becomes a supergroup keeps them; where both ids have decided, the newer id's stand."""
    old = await subscribe(storage, -100, {"civilian-shelling": TopicMode.LOUD}, kind=ChatKind.GROUP)
    new = await subscribe(storage, -1001, {"civilian-shelling": TopicMode.LOUD}, kind=ChatKind.GROUP)
    async with storage.write() as work:
        await work.habits.follow_place(old.id, "tarvin")
        await work.habits.follow_word(old.id, "water")
        await work.habits.set_zone(old.id, "Asia/Tokyo")
        await work.habits.set_zone(new.id, "Asia/Yerevan")
        await work.chats.migrate(-100, -1001)
        assert await work.habits.of(new.id) == Habits(
            zone="Asia/Yerevan", places=frozenset({"tarvin"}), words=("water",)
        )
        assert await work.habits.of(old.id) == Habits()
