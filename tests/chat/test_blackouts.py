"""What people see when a source cannot be read."""

from __future__ import annotations

from datetime import timedelta

from syrupy.assertion import SnapshotAssertion

from bot.chat.gateway import TelegramGateway
from bot.demo.telegram import Person
from bot.i18n import load_words, phrases
from bot.services.blackouts import Blackouts
from bot.services.ports.storage import ReadState
from tests.chat.conftest import Deployment


async def test_a_dark_source_is_told_without_sound_and_edited_on_its_return(
    sitrep: Deployment, ani: Person, snapshot: SnapshotAssertion
) -> None:
    """In each reader's language; who wants nothing with sound is not told; on return the same message says so."""
    vera, ben = sitrep.server.person("Vera", language="ru"), sitrep.server.person("Ben")
    for person in (ani, vera):
        await person.ask("/start t_civilian-shelling")
    await ben.ask("/start")
    feed = await sitrep.add_feed("EVN of {Norvale}")
    assert sitrep.chat is not None
    words = load_words()
    watch = Blackouts(
        sitrep.storage,
        TelegramGateway(sitrep.chat.bot),
        sitrep.clock,
        phrases=lambda language: phrases(words.choose(language)),
        zone="Asia/Yerevan",
        after=timedelta(minutes=30),
    )
    sitrep.clock.moment += timedelta(minutes=31)
    await watch.look()
    await watch.tell()
    notices = [await person.wait_for(lambda m: "15:56" in m.text) for person in (ani, vera)]
    assert [notice.text for notice in notices] == snapshot
    assert all(call.parameters.get("disable_notification") for call in sitrep.server.journal.of("sendMessage")[-2:])
    async with sitrep.storage.write() as work:
        now = sitrep.clock.now()
        await work.feeds.record_read(feed, ReadState(at=now, next_poll_at=now, ok=True))
    await watch.look()
    await watch.tell()
    await ani.wait_for(lambda m: m.id == notices[0].id and "read again" in m.text)
    await vera.wait_for(lambda m: m.id == notices[1].id and "снова" in m.text)
    assert [notice.text for notice in notices] == snapshot
    assert len(ben.chat.from_bot) == 1
