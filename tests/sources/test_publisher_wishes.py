"""When a feed wants to be read, as it says itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.model import PublisherWishes
from bot.sources import read_document
from bot.sources.publisher_wishes import wishes_in

HOUR = timedelta(hours=1)
ITEM = "<item><guid>1</guid><title>Talks in Lemmen</title><ttl>5</ttl></item>"

WISHES = [
    ("minutes", "<ttl>60</ttl>", PublisherWishes(ttl=HOUR)),
    ("white space and attributes", "<ttl a='b'>\n 60 </ttl>", PublisherWishes(ttl=HOUR)),
    ("no number", "<ttl>soon</ttl>", PublisherWishes()),
    ("zero wishes nothing", "<ttl>0</ttl>", PublisherWishes()),
    ("an absurd number", f"<ttl>{'9' * 20}</ttl>", PublisherWishes()),
    ("a comment says nothing", "<!-- <ttl>60</ttl> -->", PublisherWishes()),
    (
        "once in a period",
        "<sy:updatePeriod> hourly </sy:updatePeriod>",
        PublisherWishes(update_period=HOUR),
    ),
    (
        "several times in a period",
        "<syn:updatePeriod>daily</syn:updatePeriod><syn:updateFrequency>8</syn:updateFrequency>",
        PublisherWishes(update_period=3 * HOUR),
    ),
    ("a frequency is per day", "<sy:updateFrequency>24</sy:updateFrequency>", PublisherWishes(update_period=HOUR)),
    ("an unknown period", "<sy:updatePeriod>often</sy:updatePeriod>", PublisherWishes()),
    (
        "hours",
        "<skipHours><hour>23</hour><hour>24</hour><hour>3</hour><hour>99</hour><hour>x</hour></skipHours>",
        PublisherWishes(skip_hours=(0, 3, 23)),
    ),
    (
        "days",
        "<skipDays><day>Sunday</day><day>saturday</day><day>Someday</day></skipDays>",
        PublisherWishes(skip_days=(5, 6)),
    ),
    (
        "every hour would be never",
        f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in range(24))}</skipHours>",
        PublisherWishes(),
    ),
]


@pytest.mark.parametrize(("about", "expected"), [row[1:] for row in WISHES], ids=[row[0] for row in WISHES])
@pytest.mark.parametrize("last", [False, True], ids=["before the items", "after the items"])
def test_a_channel_says_when_it_wants_to_be_read(about: str, expected: PublisherWishes, last: bool) -> None:
    """Wherever in the channel it stands; what an item says is not the channel's."""
    inside = ITEM + about if last else about + ITEM
    feed = f"<rss version='2.0' xmlns:sy='a' xmlns:syn='a'><channel><title>x</title>{inside}</channel></rss>"
    assert read_document(feed.encode()).wishes == expected


def test_a_feed_that_talks_about_itself_without_end_is_cut() -> None:
    """Elements that never close cost no more than their length."""
    assert wishes_in("<ttl " * 200_000 + "<hour>" * 200_000) == PublisherWishes()
