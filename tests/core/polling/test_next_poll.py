"""When feeds are read next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import PublisherWishes
from bot.core.polling import (
    LONGEST_BACK_OFF,
    LONGEST_UNREACHED,
    Hints,
    Pace,
    Rhythm,
    after_failure,
    after_pause,
    after_success,
)

NOW = datetime(2024, 11, 3, 12, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BUSY = Rhythm((NOW - MINUTE,), MINUTE, NOW - DAY)
SILENT = Rhythm((NOW - DAY,), HOUR, NOW - 9 * DAY)
NEVER = timedelta(0)
LENGTHS = st.timedeltas(timedelta(0), timedelta(days=40))


def wait(rhythm: Rhythm = BUSY, *, now: datetime = NOW, **facts: Any) -> timedelta:
    """The wait after a good read, without jitter."""
    known = {"pace": Pace(), "fixed": None, "hints": Hints(), "jitter": 0.0} | facts
    return after_success(now, rhythm=rhythm, **known).at - now


def ttl(length: timedelta) -> Hints:
    """A feed that says how long to wait."""
    return Hints(wishes=PublisherWishes(ttl=length))


SUCCESSES: list[tuple[str, dict[str, Any], timedelta]] = [
    ("one that publishes now", {}, 2 * MINUTE),
    ("one that has long been silent", {"rhythm": SILENT}, 30 * MINUTE),
    ("nothing is known of it", {"rhythm": Rhythm()}, 2 * MINUTE),
    ("the feed's own", {"fixed": timedelta(seconds=1)}, timedelta(seconds=1)),
    ("its own heeds no freshness", {"fixed": MINUTE, "hints": Hints(fresh_for=HOUR)}, MINUTE),
    ("its own heeds a pause", {"fixed": MINUTE, "hints": Hints(retry_after=HOUR)}, HOUR),
    ("freshness prolongs", {"hints": Hints(fresh_for=5 * MINUTE)}, 5 * MINUTE),
    ("so does a ttl", {"hints": ttl(5 * MINUTE)}, 5 * MINUTE),
    ("so does an update period", {"hints": Hints(wishes=PublisherWishes(update_period=5 * MINUTE))}, 5 * MINUTE),
    ("the longest of them", {"hints": Hints(4 * MINUTE, 5 * MINUTE, PublisherWishes(6 * MINUTE))}, 6 * MINUTE),
    ("freshness never shortens what is slow", {"rhythm": SILENT, "hints": Hints(fresh_for=MINUTE)}, 30 * MINUTE),
    ("a server's word makes it a minute", {"hints": Hints(fresh_for=MINUTE)}, MINUTE),
    ("and no less", {"hints": Hints(fresh_for=timedelta(seconds=1))}, MINUTE),
    ("no freshness is no such word", {"hints": Hints(fresh_for=NEVER)}, 2 * MINUTE),
    ("a cache's day is ten minutes here", {"hints": Hints(fresh_for=DAY)}, 10 * MINUTE),
    ("or what the operator says", {"hints": ttl(HOUR), "pace": Pace(heeded=2 * HOUR)}, HOUR),
    ("a slow deployment stays slow", {"pace": Pace(HOUR, HOUR), "hints": Hints(fresh_for=DAY)}, HOUR),
    ("a pause is kept whatever the operator says", {"hints": Hints(retry_after=3 * HOUR)}, 3 * HOUR),
    ("up to a day", {"hints": Hints(retry_after=9 * DAY)}, DAY),
]


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in SUCCESSES], ids=[row[0] for row in SUCCESSES])
def test_after_an_answer(facts: dict[str, Any], expected: timedelta) -> None:
    """The next read after one that went well."""
    assert wait(**facts) == expected


@given(st.builds(Hints, LENGTHS, LENGTHS, st.builds(PublisherWishes, LENGTHS, LENGTHS)), st.floats(0, 1))
def test_no_wish_is_cut_short(hints: Hints, jitter: float) -> None:
    """Whatever is wished for, no read comes before the longest wish within the operator's bounds; nor much later."""
    pace = Pace(heeded=2 * HOUR)
    wished = min(
        max(hints.fresh_for or NEVER, hints.wishes.ttl or NEVER, hints.wishes.update_period or NEVER), 2 * HOUR
    )
    least = max(wished, min(hints.retry_after or NEVER, DAY), MINUTE)
    found = wait(hints=hints, pace=pace, jitter=jitter)
    assert least <= found <= max(least, 2 * MINUTE) + 3 * MINUTE


SKIPS = [
    ("an hour that is not skipped", NOW, PublisherWishes(skip_hours=(13,)), NOW + 2 * MINUTE),
    ("the rest of a skipped hour", NOW, PublisherWishes(skip_hours=(12,)), NOW.replace(hour=13, minute=0)),
    ("a night", NOW, PublisherWishes(skip_hours=(0, 12, 13, 14)), NOW.replace(hour=15, minute=0)),
    ("a Sunday", NOW, PublisherWishes(skip_days=(6,)), datetime(2024, 11, 4, tzinfo=UTC)),
    ("never", NOW, PublisherWishes(skip_days=(0, 1, 2, 3, 4, 5, 6)), NOW + 2 * MINUTE),
]


@pytest.mark.parametrize(("now", "wishes", "at"), [row[1:] for row in SKIPS], ids=[row[0] for row in SKIPS])
def test_skipped_hours_and_days(now: datetime, wishes: PublisherWishes, at: datetime) -> None:
    """No read is planned in an hour or on a day that the feed wants skipped; the full hour itself is avoided too."""
    found = after_success(now, pace=Pace(), fixed=None, rhythm=BUSY, hints=Hints(wishes=wishes), jitter=0.0).at
    assert at <= found <= at + MINUTE


def test_a_feeds_own_interval_skips_nothing() -> None:
    """Who sets an interval wants it kept."""
    assert wait(fixed=MINUTE, hints=Hints(wishes=PublisherWishes(skip_hours=(12,)))) == MINUTE


FAILURES: list[tuple[str, dict[str, Any], timedelta]] = [
    ("the first failure", {"failures": 1}, 6 * MINUTE),
    ("each one is three times as long", {"failures": 3}, 54 * MINUTE),
    ("up to half a day", {"failures": 40}, LONGEST_BACK_OFF),
    ("nobody answers: perhaps it is us", {"failures": 40, "answered": False}, LONGEST_UNREACHED),
    ("what is read daily is tried daily", {"interval": DAY, "failures": 2}, DAY),
    ("the server's pause is kept to", {"failures": 1, "retry_after": 30 * MINUTE}, 30 * MINUTE),
    ("it shortens the back-off too", {"failures": 9, "retry_after": 30 * MINUTE}, 30 * MINUTE),
    ("one shorter than the interval does not", {"failures": 3, "retry_after": MINUTE}, 54 * MINUTE),
    ("a pause of a year is a day", {"failures": 1, "retry_after": 365 * DAY}, DAY),
    ("gone for good is looked at now and then", {"failures": 1, "permanent": True}, 6 * HOUR),
]


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES])
def test_after_a_failure(facts: dict[str, Any], expected: timedelta) -> None:
    """The next try, without jitter."""
    known: dict[str, Any] = {"interval": 2 * MINUTE, "jitter": 0.0} | facts
    assert after_failure(NOW, **known).at - NOW == expected


@given(failures=st.integers(1, 10_000), jitter=st.floats(0, 1), answered=st.booleans())
def test_a_broken_feed_is_neither_hammered_nor_dropped(failures: int, jitter: float, answered: bool) -> None:
    """Every wait is longer than the interval, and has an end."""
    found = after_failure(NOW, interval=MINUTE, failures=failures, jitter=jitter, answered=answered).at - NOW
    assert MINUTE < found <= (LONGEST_BACK_OFF if answered else LONGEST_UNREACHED) * 1.25 + 2 * MINUTE


def test_a_site_out_of_order_is_asked_nine_times_in_two_days() -> None:
    """However short the interval of the feed, from a minute on."""
    at, polls = NOW, 0
    while at < NOW + 2 * DAY:
        polls += 1
        at = after_failure(at, interval=MINUTE, failures=polls, jitter=0.0).at
    assert polls <= 9


def test_feeds_of_one_moment_do_not_come_back_together() -> None:
    """Jitter spreads their next reads."""
    tenths = [tenth / 10 for tenth in range(11)]
    assert len({after_failure(NOW, interval=MINUTE, failures=3, jitter=jitter).at for jitter in tenths}) == 11
    assert len({wait(jitter=jitter) for jitter in tenths}) == 11
    assert len({after_pause(NOW, HOUR, jitter=jitter).at for jitter in tenths}) == 11


@given(st.timedeltas(timedelta(0), timedelta(days=366)), st.floats(0, 1), st.integers(1, 12))
def test_no_slow_read_falls_on_a_full_hour(later: timedelta, jitter: float, failures: int) -> None:
    """When everybody else's timers go off, none of ours that waited ten minutes or more does."""
    now = NOW + later
    plans = [
        after_success(now, pace=Pace(), fixed=None, rhythm=SILENT, hints=Hints(), jitter=jitter),
        after_success(now, pace=Pace(), fixed=HOUR, rhythm=BUSY, hints=Hints(), jitter=jitter),
        after_success(now, pace=Pace(), fixed=None, rhythm=BUSY, hints=Hints(retry_after=HOUR), jitter=jitter),
        after_failure(now, interval=10 * MINUTE, failures=failures, jitter=jitter),
        after_pause(now, 20 * MINUTE, jitter=jitter),
    ]
    for plan in plans:
        past = (plan.at - plan.at.replace(minute=0, second=0, microsecond=0)).total_seconds()
        assert 30 <= past <= 3570
