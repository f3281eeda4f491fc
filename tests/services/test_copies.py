"""Two feeds that carry the same report make one alert, which then names both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.core.archive import Claimed, FeedSettings
from bot.core.model import NewsUpdate, OutboxKind
from bot.core.polling import Pace
from bot.core.render import Frame, render_edit
from bot.services.ingest import Ingest, PollReport
from bot.services.ports.sending import Sent
from bot.services.ports.storage import Settled, Storage
from bot.storage import open_storage
from tests.builders import NOW, minutes, subscribe
from tests.fakes import PlainTagger, SetClock
from tests.services.delivery_rig import ChangingPage, timed

OLD = timed("10:00", "Shells fell on the market of Norvale at dawn and nobody was hurt there.")
REPORT = timed("11:55", "Shells struck the grain port of Tarvin and two dockers were wounded in the fire.")
RADIO = replace(REPORT, text=REPORT.text.replace("in the fire", "in a fire"), heading="Port Hit")


async def _poll(storage: Storage, url: str, *updates: NewsUpdate) -> PollReport:
    """One read of the feed at that address, which shows these updates."""
    page = ChangingPage(version=len(updates))
    page.show(*updates)
    ingest = Ingest(
        storage,
        page,
        page,
        PlainTagger(),
        SetClock(NOW),
        pace=Pace(minutes(2)),
        jitter=lambda: 0.5,
        on_enqueued=lambda: None,
    )
    async with storage.write() as work:
        await work.feeds.add(FeedSettings(url, title=url.split("/")[2]), at=NOW)
        feed = await work.feeds.by_url(url)
    assert feed is not None
    return await ingest.poll(replace(feed, validators=None))


async def _sent(storage: Storage) -> list[Claimed]:
    """Everything that waits, sent."""
    async with storage.write() as work:
        claimed = [row for parcel in (await work.outbox.claim(NOW, most=9)).parcels for row in parcel.rows]
        await work.outbox.settle([Settled(row.id, Sent(row.id), NOW) for row in claimed])
    return claimed


async def test_a_copy_of_another_feed_makes_no_second_alert(tmp_path: Path) -> None:
    """Whoever was told the first report sees it named after both feeds; who was not is alerted by the copy."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as storage:
        for url in ("https://post.example/", "https://radio.example/"):
            await _poll(storage, url, OLD)
        await subscribe(storage, 501)
        await _poll(storage, "https://post.example/", OLD, REPORT)
        [alert] = await _sent(storage)
        await subscribe(storage, 502)
        report = await _poll(storage, "https://radio.example/", OLD, RADIO)
        after = {row.destination.chat_id: row for row in await _sent(storage)}
    assert f"the words of report {alert.stored.id}" in report.verdicts[1].reason
    assert (after[501].kind, after[501].stored.id) == (OutboxKind.EDIT, alert.stored.id)
    edited = render_edit(after[501].stored, after[501].previous, Frame({}))
    assert "post.example, radio.example" in edited.text.replace("\u2060", "")
    assert (after[502].kind, after[502].stored.news.text) == (OutboxKind.ALERT, RADIO.text)


async def test_another_number_is_another_alert(tmp_path: Path) -> None:
    """A report that tells more wounded than the other feed's is alerted."""
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as storage:
        for url in ("https://post.example/", "https://radio.example/"):
            await _poll(storage, url, OLD)
        await subscribe(storage, 501)
        await _poll(storage, "https://post.example/", OLD, REPORT)
        await _sent(storage)
        other = replace(REPORT, text=REPORT.text.replace("two dockers", "nine dockers"))
        await _poll(storage, "https://radio.example/", OLD, other)
        assert [row.kind for row in await _sent(storage)] == [OutboxKind.ALERT]


async def test_another_report_of_the_event_is_a_silent_reply(tmp_path: Path) -> None:
    """The same event in other words answers the first alert without sound; who had none is alerted as ever."""
    words = (
        "Two dockers were wounded when shells hit the grain port of Tarvin and set a store on fire, Radio Karst says."
    )
    async with open_storage(f"sqlite:///{tmp_path / 'sitrep.db'}") as storage:
        for url in ("https://post.example/", "https://radio.example/"):
            await _poll(storage, url, OLD)
        await subscribe(storage, 501)
        await _poll(storage, "https://post.example/", OLD, REPORT)
        [alert] = await _sent(storage)
        await subscribe(storage, 502)
        await _poll(storage, "https://radio.example/", OLD, replace(REPORT, text=words))
        after = {row.destination.chat_id: row for row in await _sent(storage)}
    assert {row.kind for row in after.values()} == {OutboxKind.ALERT}
    assert (after[501].first_report, after[501].message_id) == (alert.stored, alert.id)
    assert (after[502].first_report, after[502].message_id) == (None, None)
