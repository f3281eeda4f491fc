"""Entries of feeds and posts: one update each, but for the entry that grows all day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.core.model import Block, BlockKind, DateFrom, Document, Entry, EntryKind, Split
from bot.core.split import SplitContext, split

_READ_AT = datetime(2022, 3, 9, 21, 0, tzinfo=UTC)


def _item(*texts: str, **changes: object) -> Entry:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    return Entry(**{"kind": EntryKind.ITEM, "key": "guid-1", "blocks": blocks, **changes})  # type: ignore[arg-type]  # loosely typed for brevity


def _split(*entries: Entry, timezone: str | None = "Europe/Kyiv") -> Split:
    return split(Document("rss", entries), SplitContext(_READ_AT, timezone=timezone))


def test_an_item_is_one_update() -> None:
    """Title, paragraphs and publication time become heading, text and time in the feed's zone."""
    published = datetime(2022, 3, 9, 14, 30, 12, tzinfo=UTC)
    found = _split(_item("Shells fell.", "Nobody was hurt.", title="Tarvin shelled", published=published))
    (news,) = found.updates
    assert (news.heading, news.text) == ("Tarvin shelled", "Shells fell.\n\nNobody was hurt.")
    assert (news.local_date, news.local_time) == (date(2022, 3, 9), time(16, 30))
    assert (news.published_at, news.date_from, news.page_key) == (published, DateFrom.FEED, "guid-1")
    assert found.reader == "feed entries"


def test_an_item_that_repeats_its_title_has_it_once() -> None:
    """The title printed again above the text is left out, and named."""
    found = _split(_item("Tarvin shelled", "Shells fell.", title="Tarvin shelled"))
    assert found.updates[0].text == "Shells fell."
    assert [piece.reason for piece in found.left_out] == ["title"]


def test_an_item_without_a_time_gets_none() -> None:
    """No publication time: no time is made up, and the day is the day of reading."""
    (news,) = _split(_item("Shells fell.", title="Tarvin shelled")).updates
    assert (news.local_time, news.published_at, news.local_date) == (None, None, date(2022, 3, 9))
    assert news.date_from is DateFrom.FIRST_SEEN


def test_a_naive_time_is_in_the_feeds_zone() -> None:
    """A publication time without an offset is the wall clock of the feed's zone."""
    (news,) = _split(_item("Shells fell.", published=datetime(2022, 3, 9, 14, 30))).updates  # noqa: DTZ001  # that is the case
    assert news.local_time == time(14, 30)
    assert news.published_at == datetime(2022, 3, 9, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("year", [1, 1970, 2032, 9999])
def test_a_time_far_off_tells_nothing(year: int) -> None:
    """A feed whose clock is years ahead, or at a placeholder, gives no time, wherever it states it."""
    moment = datetime(year, 1, 1, tzinfo=UTC)
    (news,) = _split(_item("Shells fell.", published=moment, updated=moment), timezone="America/New_York").updates
    assert (news.local_time, news.local_date) == (None, date(2022, 3, 9))
    grown = _item("9 a.m.: Sirens sound.", "11 a.m.: Snow falls.", published=moment, updated=moment)
    assert [news.local_date for news in _split(grown).updates] == [date(2022, 3, 9)] * 2


def test_an_item_that_grows_all_day_is_split() -> None:
    """An entry that is a chronology gives an update for each of its stamps; its title heads none of them."""
    lines = ("9 a.m.: Sirens sound in Tarvin.", "11:20 a.m.: The bridge is closed.", "At noon it opens again.")
    found = _split(_item(*lines, title="Wednesday in Karst", published=datetime(2022, 3, 9, 6, tzinfo=UTC)))
    assert [news.text for news in found.updates] == [
        "Sirens sound in Tarvin.",
        "The bridge is closed.\n\nAt noon it opens again.",
    ]
    assert [news.local_time for news in found.updates] == [time(9), time(11, 20)]
    assert {(news.page_key, news.date_from, news.heading) for news in found.updates} == {
        ("guid-1", DateFrom.FEED, None)
    }
    assert found.left_out[0].reason == "title"


def test_a_post_is_never_split() -> None:
    """A channel's message may be full of clock times: it stays one update, whole."""
    lines = ("9 a.m.: Sirens sound.", "11:20 a.m.: The bridge is closed.", "12:30 p.m.: It opens again.")
    found = _split(_item(*lines, kind=EntryKind.POST, published=datetime(2022, 3, 9, 6, tzinfo=UTC)))
    assert [news.text for news in found.updates] == ["\n\n".join(lines)]
    assert (found.reader, found.updates[0].date_from) == ("posts", DateFrom.PRINTED)


def test_marks_of_the_source_are_kept() -> None:
    """A taken-back entry and an exercise stay marked as such."""
    (news,) = _split(_item("This is a drill.", kind=EntryKind.POST, retracted=True, exercise=True)).updates
    assert (news.retracted, news.exercise) == (True, True)


def test_an_empty_entry_gives_nothing() -> None:
    """An entry without words is no update."""
    assert _split(_item()).updates == ()


def test_positions_run_through_the_document() -> None:
    """Updates are numbered over all entries, in document order."""
    found = _split(_item("One."), _item("9 a.m.: Two.", "11:20 a.m.: Three."), _item("Four."))
    assert [(news.position, news.text) for news in found.updates] == [
        (0, "One."),
        (1, "Two."),
        (2, "Three."),
        (3, "Four."),
    ]


def test_an_unknown_zone_is_utc_with_a_warning() -> None:
    """Without any evidence of a zone the clock is taken as UTC, and the reader is told."""
    found = _split(_item("Shells fell.", published=datetime(2022, 3, 9, 6, tzinfo=UTC)), timezone=None)
    assert (found.zone, found.zone_from) == ("UTC", "assumed")
    assert found.warnings == ("no time zone known, assumed UTC",)
