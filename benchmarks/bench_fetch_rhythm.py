"""How soon a bursty publisher is read, and how often it is asked: the adaptive interval beside fixed ones.

A publisher of 96 updates a day over 14 days. Updates cause updates, as they do in the news: a self-exciting process
(Hawkes) in which each is followed within minutes by 0.92 more on average, so that they come in bursts of about a dozen
in half an hour, with nothing at night and long pauses by day. The rule was tuned on other seeds than those shown here.
The last lines are what it does with publishers of other kinds; nothing is promised for them.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import fmean, median

from bot.core.polling import Hints, Pace, Rhythm, after_success, learnt

DAYS = 14
A_DAY = 96
SEEDS = range(101, 109)
START = datetime(2031, 5, 5, tzinfo=UTC)
MOST_REQUESTS, MOST_MINUTES = 140.0, 1.3
Wait = Callable[[datetime, Rhythm, float], datetime]
"""From the end of a read, the habit learnt so far and a number for jitter, to the next read."""


@dataclass(frozen=True)
class Figures:
    """What one way of polling costs and gives."""

    requests: float
    """A day."""
    median: float
    """Minutes from publication to reading."""
    mean: float


def bursts(seed: int, *, children: float = 0.92, minutes: float = 6, night: int = 7) -> list[datetime]:
    """The moments of 14 days of updates, ``A_DAY`` of them a day on average over the whole time."""
    source = random.Random(seed)
    found: list[datetime] = []
    while len(found) < A_DAY * DAYS:
        day, hour = source.randrange(DAYS), source.uniform(night, 24)
        family = [START + timedelta(days=day, hours=hour)]
        for at in family:  # grows while it is gone through
            family += [at + timedelta(minutes=source.expovariate(1 / minutes)) for _ in range(_count(source, children))]
        found += family
    return sorted(found[: A_DAY * DAYS])


def _count(source: random.Random, mean: float) -> int:
    """A draw of the Poisson distribution."""
    limit, product, count = math.exp(-mean), source.random(), 0
    while product > limit:
        product *= source.random()
        count += 1
    return count


def _short_bursts(seed: int) -> list[datetime]:
    """Twelve times a day eight updates within ten minutes, and nothing between."""
    source = random.Random(seed)
    starts = [START + timedelta(days=day, hours=source.uniform(7, 24)) for day in range(DAYS) for _ in range(12)]
    return sorted(start + timedelta(minutes=source.uniform(0, 10)) for start in starts for _ in range(8))


def _regular(seed: int) -> list[datetime]:
    """Every fifteen minutes, give or take three."""
    source = random.Random(seed)
    return sorted(START + timedelta(minutes=15 * place + source.gauss(0, 3)) for place in range(A_DAY * DAYS))


def _scattered(seed: int) -> list[datetime]:
    """Without any memory."""
    source = random.Random(seed)
    return sorted(START + timedelta(days=source.uniform(0, DAYS)) for _ in range(A_DAY * DAYS))


def polled(published: Sequence[datetime], wait: Wait, seed: int) -> Figures:
    """Read a publisher for all those days."""
    source, rhythm, now, read, requests = random.Random(seed), Rhythm(), START, 0, 0
    late: list[float] = []
    while now < START + timedelta(days=DAYS):
        requests += 1
        new = [at for at in published[read : read + 999] if at <= now]
        late += [(now - at) / timedelta(minutes=1) for at in new]
        read += len(new)
        rhythm = learnt(rhythm, new, now=now)
        now = wait(now, rhythm, source.random())
    return Figures(requests / DAYS, median(late), fmean(late))


def adaptive(now: datetime, rhythm: Rhythm, jitter: float) -> datetime:
    """The rule that is in force, with the standard settings."""
    return after_success(now, pace=Pace(), fixed=None, rhythm=rhythm, hints=Hints(), jitter=jitter).at


def every(minutes: int) -> Wait:
    """A fixed interval."""
    return lambda now, _rhythm, _jitter: now + timedelta(minutes=minutes)


def _over(seeds: Sequence[int], publisher: Callable[[int], list[datetime]], wait: Wait) -> Figures:
    each = [polled(publisher(seed), wait, seed) for seed in seeds]
    return Figures(*(fmean(getattr(one, name) for one in each) for name in ("requests", "median", "mean")))


def _line(name: str, figures: Figures, promise: str = "") -> None:
    cost, late = f"{figures.requests:>5.0f} requests/day", f"p50 {figures.median:>5.2f} min"
    print(f"{name:<44} {cost}   {late}   mean {figures.mean:>5.1f} min{promise}")


def measure() -> bool:
    """Print every figure; true when the promise holds on all seeds together."""
    promise = f"   promised ≤ {MOST_REQUESTS:.0f} at ≤ {MOST_MINUTES}"
    ours = _over(SEEDS, bursts, adaptive)
    _line(f"adaptive, seeds {SEEDS[0]} to {SEEDS[-1]}", ours, promise)
    for seed in SEEDS:
        _line(f"  seed {seed}", polled(bursts(seed), adaptive, seed))
    for minutes in (10, 30, 60):
        _line(f"every {minutes} min", _over(SEEDS, bursts, every(minutes)))
    others: tuple[tuple[str, Callable[[int], list[datetime]]], ...] = (
        ("adaptive, weaker and slower bursts", lambda seed: bursts(seed, children=0.85, minutes=8)),
        ("adaptive, eight updates in ten minutes", _short_bursts),
        ("adaptive, every 15 minutes", _regular),
        ("adaptive, without any pattern", _scattered),
    )
    for name, publisher in others:
        _line(name, _over(SEEDS[:3], publisher, adaptive))
    return ours.requests <= MOST_REQUESTS and ours.median <= MOST_MINUTES


def main() -> None:
    """Print the figures; the process fails when a promise is broken."""
    if not measure():
        sys.exit(1)


if __name__ == "__main__":
    main()
