"""One day's page as part of a feed."""

from __future__ import annotations

from bot.core.archive import PageOfDay
from bot.core.day_pages.reading import on_its_page, without_repeats
from bot.core.identity import Decision, Known, New, Same
from bot.core.model import NewsUpdate
from tests.fakes import a_reading

SHELLS = NewsUpdate("Shells fell on Tarvin.", 0)
POST = NewsUpdate("The bridge is shut.", 1, page_key="post-1")
KEY = "https://norvale.example/november-4"


def test_updates_get_the_key_of_their_page() -> None:
    """Posts with ids of their own keep them behind it: the next day's may begin at 1 again."""
    keyed = on_its_page(PageOfDay(KEY), a_reading(SHELLS, POST))
    assert [news.page_key for news in keyed.split.updates] == [KEY, f"{KEY}#post-1"]


def test_the_first_page_and_other_feeds_stay_as_they_are() -> None:
    """What was stored before the days were followed is known on."""
    reading = a_reading(SHELLS, POST)
    assert on_its_page(PageOfDay(""), reading) is on_its_page(None, reading) is reading


def test_a_repeat_alerts_nobody() -> None:
    """The same words on the other day's page, typography apart; anything else is news."""
    other = [Known(7, "", 0, "“Shells”  fell on Tarvin"), Known(8, "", 1, "", heading="Bridge shut")]
    fresh = NewsUpdate("“Shells” fell on Karst.", 2)
    titled = NewsUpdate("", 3, heading="Bridge Shut")
    known = Same(other[0], SHELLS, "equal words", touched=False)
    decisions: list[Decision] = [
        New(NewsUpdate("“Shells” fell on Tarvin.", 0), "new"),
        New(fresh, "new"),
        New(titled, "new"),
        known,
    ]
    repeated, new, heading, same = without_repeats(decisions, other)
    assert isinstance(repeated, New)
    assert isinstance(heading, New)
    assert (repeated.alerts, heading.alerts) == (False, False)
    assert repeated.reason == "it stands on the other day's page too"
    assert (new, same) == (decisions[1], known)
