"""Two days with servers of every kind, in virtual time: how often each is asked, and whether its wishes are kept.

The reader is the real one, over real HTTP on loopback, with a real database; only the clock is set forward from one
read to the next. Half-way everything but the database is made anew, as by a restart of the program.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import structlog

from benchmarks.scripted_site import LATEST, SCRIPTS, TOUCH_AFTER, Asked, ScriptedSite, watched
from bot.services.ingest.schedule import ANSWERS_UNTIL_MOVED

LENGTH = timedelta(hours=48)
TOUCHED = 300
MOST_POLLS = {"gone": 3, "broken": 9, "missing": 9}


def polls(site: ScriptedSite) -> bool:
    """How often a server was asked that answers with errors."""
    kept = True
    for kind, most in MOST_POLLS.items():
        count = site.count(f"/{kind}/0")
        kept &= count <= most
        print(f"{SCRIPTS[kind].about:<58} {count:>4} polls in {LENGTH / timedelta(hours=1):.0f} h   promised ≤ {most}")
    return kept


def wishes(site: ScriptedSite) -> bool:
    """How exactly the wishes of servers and publishers were kept: no read before its time, none long after it."""
    kept = True
    for kind, script in SCRIPTS.items():
        if script.wish is None:
            continue
        late = [two.at - one.at - script.wish for one, two in pairwise(site.asked[f"/{kind}/0"])]
        early = sum(wait < timedelta(0) for wait in late)
        kept &= bool(late) and not early and max(late) <= LATEST
        print(
            f"{script.about:<58} {len(late):>4} waits, {early} too short, "
            f"{min(late).total_seconds():>5.1f} to {max(late).total_seconds():>5.1f} s longer than wished   promised 0"
        )
    return kept


def validators(site: ScriptedSite) -> bool:
    """What became of conditional requests where a file is touched, and where validators are lost for a while."""
    kept = True
    for kind, wholes in (("touched", 1), ("lost", 2)):
        feeds = [asked for path, asked in site.asked.items() if path.startswith(f"/{kind}/")]
        back = sum(_back_at_once(asked, wholes) for asked in feeds)
        unconditional = max(map(_unconditional, feeds))
        kept &= back == len(feeds) and unconditional <= wholes
        print(
            f"{SCRIPTS[kind].about:<58} {back}/{len(feeds)} back to 304 on the next poll, "
            f"{unconditional} unconditional GET a feed   promised all, {wholes}"
        )
    print(f"{'asked at the old address of a feed that has moved':<58} {site.count('/moved/0')} times   promised ≤ 5")
    plain = [_unconditional(site.asked[f"/{kind}/0"]) for kind in ("plain", "arrived", "max-age-304", "ttl-304")]
    print(f"{'feeds with validators, over a restart':<58} {max(plain)} unconditional GET a feed   promised 1")
    return kept and max(plain) == 1 and site.count("/moved/0") <= ANSWERS_UNTIL_MOVED


def _unconditional(asked: list[Asked]) -> int:
    return sum(not one.conditional for one in asked)


def _back_at_once(asked: list[Asked], wholes: int) -> bool:
    """After the answers that had to be whole again, the very next one is a 304."""
    statuses = [one.status for one in asked]
    return statuses[: TOUCH_AFTER + wholes + 1] == [200] + [304] * (TOUCH_AFTER - 1) + [200] * wholes + [304]


async def measure() -> bool:
    """Print every figure; true when all promises hold."""
    with tempfile.TemporaryDirectory() as folder:
        async with watched(
            Path(folder) / "long.db", dict.fromkeys(SCRIPTS.keys() - {"lost", "touched", "arrived"}, 1)
        ) as two_days:
            await two_days.run(LENGTH / 2)
            await two_days.restart()
            await two_days.run(LENGTH / 2)
        async with watched(Path(folder) / "touched.db", {"touched": TOUCHED, "lost": TOUCHED}) as hours:
            await hours.run(timedelta(hours=5))
    print(f"{'told to the admins':<58} {', '.join(two_days.told)}")
    return polls(two_days.site) & wishes(two_days.site) & validators(_both(two_days.site, hours.site))


def _both(one: ScriptedSite, other: ScriptedSite) -> ScriptedSite:
    other.asked |= {path: asked for path, asked in one.asked.items() if path not in other.asked}
    return other


def main() -> None:
    """Print the figures; the process fails when a promise is broken."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    if not asyncio.run(measure()):
        sys.exit(1)


if __name__ == "__main__":
    main()
