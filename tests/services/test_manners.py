"""Two days with servers of every kind: how often each is asked, and whether its wishes are kept.

Real HTTP, a real database and the real reader; the clock is set forward from one read to the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.scripted_site import LATEST, SCRIPTS, START, TOUCH_AFTER, Asked, watched
from bot.core.archive import AuditEntry, Feed, FeedState
from bot.core.polling import FeedAlarm

KINDS = dict.fromkeys(SCRIPTS.keys() - {"arrived"}, 1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class TwoDays:
    """What the servers saw, and what is in the database in the end."""

    asked: Mapping[str, Sequence[Asked]]
    told: Sequence[str]
    feeds: Mapping[str, Feed]
    """By the kind of their server."""
    audit: Sequence[AuditEntry]

    def of(self, kind: str) -> Sequence[Asked]:
        """The requests for the feed of that kind."""
        return self.asked[f"/{kind}/0"]


@pytest.fixture(scope="module")
def two_days(tmp_path_factory: pytest.TempPathFactory) -> TwoDays:
    """One feed of each kind, two days later; half-way the program was started anew."""
    return asyncio.run(_lived(tmp_path_factory.mktemp("manners") / "sitrep.db"))


async def _lived(path: Path) -> TwoDays:
    async with watched(path, KINDS) as made:
        await made.run(DAY)
        await made.restart()
        await made.run(DAY)
        async with made.storage.read() as work:
            feeds = {feed.settings.url.split("/")[3]: feed for feed in await work.feeds.all()}
            return TwoDays(made.site.asked, made.told, feeds, await work.audit.latest())


@pytest.mark.parametrize(("kind", "most"), [("gone", 3), ("broken", 9), ("missing", 9)])
def test_a_source_in_trouble_is_asked_ever_less(two_days: TwoDays, kind: str, most: int) -> None:
    """Errors back off for half a day; 410 is asked about once more, and then no more."""
    assert 2 <= len(two_days.of(kind)) <= most


@pytest.mark.parametrize("kind", [kind for kind, script in SCRIPTS.items() if script.wish])
def test_every_wish_is_kept(two_days: TwoDays, kind: str) -> None:
    """No read comes before its time, and none much later."""
    wish = SCRIPTS[kind].wish
    assert wish is not None
    waits = [two.at - one.at for one, two in pairwise(two_days.of(kind))]
    assert len(waits) > 20
    assert wish <= min(waits)
    assert max(waits) <= wish + LATEST


@pytest.mark.parametrize("kind", ["plain", "touched", "arrived", "ttl-304", "max-age-304"])
def test_one_whole_document_is_asked_for_in_a_feeds_life(two_days: TwoDays, kind: str) -> None:
    """Validators are sent back as the last answer gave them, over moves, touches and a restart."""
    asked = two_days.of(kind)
    assert [one.conditional for one in asked] == [False] + [True] * (len(asked) - 1)


@pytest.mark.parametrize(("kind", "wholes"), [("touched", 1), ("lost", 2)])
def test_a_304_comes_again_on_the_next_poll(two_days: TwoDays, kind: str, wholes: int) -> None:
    """New validators for old bytes are taken at once; lost ones are dropped, and taken again when they are back."""
    statuses = [one.status for one in two_days.of(kind)]
    assert statuses[: TOUCH_AFTER + wholes + 2] == [200] + [304] * (TOUCH_AFTER - 1) + [200] * wholes + [304] * 2


def test_a_permanent_move_is_saved_after_five_answers(two_days: TwoDays) -> None:
    """From then on only the new address is asked, with the validators that it gave; it is audited."""
    assert len(two_days.of("moved")) == 5
    assert len(two_days.of("arrived")) > 50
    (entry,) = [entry for entry in two_days.audit if entry.action == "moved"]
    assert (entry.before or "").endswith("/moved/0")
    assert (entry.after or "").endswith("/arrived/0")


def test_admins_are_told_once_of_each_trouble(two_days: TwoDays) -> None:
    """Three failures, a feed that is gone for good, a move; nothing else, and nothing twice, over a restart."""
    assert sorted(two_days.told) == [
        "broken fails",
        "busy fails",
        "busy-until fails",
        "gone stopped",
        "missing fails",
        "moved moved",
    ]
    assert two_days.feeds["gone"].state is FeedState.PAUSED
    assert {kind for kind, feed in two_days.feeds.items() if feed.alarm is FeedAlarm.FAILING} == {
        "broken",
        "busy",
        "busy-until",
        "missing",
    }


def test_no_slow_read_is_aligned_to_the_hour(two_days: TwoDays) -> None:
    """Of all the reads of two days, none but the first falls on a full hour."""
    moments = [one.at for asked in two_days.asked.values() for one in asked if one.at != START]
    assert all(30 <= moment.minute * 60 + moment.second < 3570 for moment in moments)
