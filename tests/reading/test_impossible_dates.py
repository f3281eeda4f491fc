"""Entries whose dates cannot be: they are read, and no time is made up for them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.core.model import DateFrom
from bot.core.reading import Reading, ReadRequest
from bot.reading.reading import read

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
GOOD = "2026-11-03T09:00:00Z"


def feed(form: str, stated: str) -> bytes:
    """A feed of two entries, the first with that date."""
    if form == "atom":
        entries = "".join(
            f"<entry><id>{number}</id><title>Report {number}</title><updated>{moment}</updated></entry>"
            for number, moment in enumerate((stated, GOOD))
        )
        return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{entries}</feed>".encode()
    if form == "json":
        items = ", ".join(
            f'{{"id": "{number}", "title": "Report {number}", "date_published": "{moment}"}}'
            for number, moment in enumerate((stated, GOOD))
        )
        return f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}'.encode()
    entries = "".join(
        f"<item><guid>{number}</guid><title>Report {number}</title><pubDate>{moment}</pubDate></item>"
        for number, moment in enumerate((stated, GOOD))
    )
    return f"<rss version='2.0'><channel><title>x</title>{entries}</channel></rss>".encode()


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
@pytest.mark.parametrize(
    "stated",
    ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2027-11-03T09:00:00Z", "2026-13-45T09:00:00Z", "soon", ""],
)
def test_an_impossible_date_is_no_time(form: str, stated: str) -> None:
    """1970, next year, and what is no date: both entries are there, the day is that of the first sight."""
    reading = read(ReadRequest(feed(form, stated), NOON))
    assert isinstance(reading, Reading)
    first, second = reading.split.updates
    assert (first.published_at, first.local_time, first.local_date) == (None, None, date(2026, 11, 3))
    assert first.date_from is DateFrom.FIRST_SEEN
    assert second.published_at == datetime(2026, 11, 3, 9, tzinfo=UTC)
