"""The demo's news site: what it prints, and how it answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, time
from html import unescape
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.demo.day import AFTERNOON, CORRECTION, MORNING, SHELLING, ZONE, Paragraph, clock_words, morning_of
from bot.demo.news_site import NewsSite


@pytest.fixture
async def site() -> AsyncIterator[NewsSite]:
    """A site with the morning of the demo's day on it."""
    async with NewsSite(date(2026, 3, 3)) as running:
        running.publish(*MORNING)
        yield running


async def get(url: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
    """Status, body and headers of one request."""
    async with aiohttp.ClientSession() as http, http.get(url, headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0, 5), "12:05 a.m."),
        (time(8, 55), "8:55 a.m."),
        (time(11), "11 a.m."),
        (time(12), "12 p.m."),
        (time(23, 9), "11:09 p.m."),
    ],
)
def test_clock_times_are_printed_as_newspapers_do(at: time, words: str) -> None:
    """Twelve hours, minutes only where there are some."""
    assert clock_words(at) == words


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (0, 2), (3, 59), (12, 0), (23, 59)])
def test_the_morning_is_today_and_in_order(hour: int, minute: int) -> None:
    """Whenever the demo starts, what stands on the page happened today, in order, and not later than now."""
    now = datetime(2026, 3, 3, hour, minute, tzinfo=ZoneInfo(ZONE))
    times = [paragraph.at for paragraph in morning_of(now)]
    assert times == sorted(filter(None, times))
    assert all(at is not None and at <= now.time() for at in times)


async def test_the_page_grows_by_what_is_published(site: NewsSite) -> None:
    """A new paragraph stands at the end, its heading above its time; nothing before it changes."""
    _, before, _ = await get(site.page_url)
    site.publish(SHELLING.stamped(time(21, 25)))
    _, after, _ = await get(site.page_url)
    added = f"<h3>{SHELLING.heading}</h3><p>9:25 p.m.: According to"
    assert added not in before
    assert added in after
    body = before.partition("</article>")[0]
    assert after.startswith(body)


async def test_the_feeds_one_entry_carries_the_whole_chronology(site: NewsSite) -> None:
    """The entry keeps its guid and grows, as the feeds of live pages do."""
    _, before, _ = await get(site.feed_url)
    site.publish(*AFTERNOON)
    _, after, _ = await get(site.feed_url)
    assert before.count("<item>") == after.count("<item>") == 1
    assert f"<guid>{site.page_url}</guid>" in after
    assert unescape(after).count("<h3>") > unescape(before).count("<h3>")


async def test_a_correction_is_silent(site: NewsSite) -> None:
    """The words change in place; unknown words are an error of the caller."""
    site.publish(SHELLING)
    site.correct(*CORRECTION)
    _, page, _ = await get(site.page_url)
    assert CORRECTION[0] not in page
    assert CORRECTION[1] in page
    with pytest.raises(LookupError):
        site.correct(*CORRECTION)


async def test_a_removed_paragraph_is_gone(site: NewsSite) -> None:
    """The others stay."""
    site.remove(0)
    _, page, _ = await get(site.page_url)
    assert MORNING[0].text.partition("\n")[0] not in page
    assert unescape(page).count(MORNING[1].text.partition("\n")[0]) == 1


async def test_who_has_it_gets_304_until_it_changes(site: NewsSite) -> None:
    """The entity tag decides; a date only counts without one."""
    status, _, headers = await get(site.page_url)
    tag, modified = headers["ETag"], headers["Last-Modified"]
    known = [{"If-None-Match": tag}, {"If-None-Match": f'"x", W/{tag}'}, {"If-Modified-Since": modified}]
    assert [status, *[(await get(site.page_url, **validators))[0] for validators in known]] == [200, 304, 304, 304]
    stale = {"If-None-Match": '"x"', "If-Modified-Since": modified}
    assert (await get(site.page_url, **stale))[0] == 200
    assert (await get(site.page_url, **{"If-Modified-Since": "yesterday"}))[0] == 200
    site.publish(Paragraph("More."))
    assert (await get(site.page_url, **{"If-None-Match": tag}))[0] == 200


async def test_a_broken_site_answers_so_until_it_is_mended(site: NewsSite) -> None:
    """Every address gives the status, and then what it gave before."""
    site.break_(500)
    assert [(await get(url))[0] for url in (site.page_url, site.feed_url)] == [500, 500]
    site.mend()
    assert (await get(site.page_url))[0] == 200
    assert (await get(f"{site.base_url}/nothing"))[0] == 404


async def test_other_documents_and_requests_are_kept(site: NewsSite) -> None:
    """A test may serve what it likes, and see who asked for it."""
    url = site.serve("/mad.xml", b"<rss>", "text/xml")
    status, body, _ = await get(url, **{"User-Agent": "Reader/1"})
    await site.wait_for_requests(1, "/mad.xml")
    assert (status, body) == (200, "<rss>")
    assert site.requests[-1].user_agent == "Reader/1"
