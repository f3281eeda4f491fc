"""No host takes all the places."""

from __future__ import annotations

import pytest

from bot.core.archive import Feed, FeedSettings, FeedState
from bot.scheduling.fairness import PER_HOST, fair, host_of


def feeds(*urls: str, first: int = 1) -> list[Feed]:
    """Feeds at these addresses, numbered from ``first``."""
    return [Feed(number, FeedSettings(url), FeedState.ACTIVE) for number, url in enumerate(urls, first)]


def test_many_feeds_of_one_host_leave_places_to_others() -> None:
    """However long its queue, a host holds two places, and the next host is reached behind it."""
    due = feeds(
        *(f"https://t.example/{number}" for number in range(50)), "https://norvale.example/", "https://karst.example/"
    )
    assert [feed.id for feed in fair(due, [], places=32)] == [1, 2, 51, 52]


def test_what_is_being_read_counts() -> None:
    """A host that holds its places gets no more until one is free."""
    running = feeds("https://t.example/a", "https://t.example/b", first=90)
    due = feeds("https://T.example/c", "http://norvale.example:8080/")
    assert [feed.id for feed in fair(due, running, places=32)] == [2]
    assert [feed.id for feed in fair(due, running[: PER_HOST - 1], places=32)] == [1, 2]


def test_there_are_no_more_than_there_are_places() -> None:
    """The longest due come first."""
    due = feeds("https://a.example/", "https://b.example/", "https://c.example/")
    assert [feed.id for feed in fair(due, [], places=2)] == [1, 2]


def test_this_machine_needs_no_turns() -> None:
    """Servers on loopback are asked side by side."""
    due = feeds(*(f"http://127.0.0.1:8000/{number}" for number in range(5)))
    assert len(fair(due, [], places=32)) == 5


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.Norvale.example.:443/a", "news.norvale.example"),
        ("http://[2606:4700::1]/", "2606:4700::1"),
        ("http://localhost/", ""),
        ("http://[::1]:80/", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    """Its name without port and final dot; nothing for this machine and for what is no address."""
    assert host_of(url) == host
