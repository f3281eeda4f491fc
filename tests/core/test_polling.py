"""When feeds are read next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.polling import LONGEST_BACK_OFF, after_failure, after_success

NOW = datetime(2024, 11, 3, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

SUCCESSES: list[tuple[str, dict[str, Any], timedelta]] = [
    ("the deployment's interval", {}, 2 * MINUTE),
    ("the feed's own", {"fixed": timedelta(seconds=1)}, timedelta(seconds=1)),
    ("a fixed interval heeds no freshness", {"fixed": MINUTE, "hint": 60 * MINUTE}, MINUTE),
    ("freshness prolongs", {"hint": 5 * MINUTE}, 5 * MINUTE),
    ("freshness never shortens", {"hint": timedelta(0)}, 2 * MINUTE),
    ("a cache's day is ten minutes here", {"hint": 1440 * MINUTE}, 10 * MINUTE),
    ("a slow deployment stays slow", {"default": 60 * MINUTE, "hint": 1440 * MINUTE}, 60 * MINUTE),
]


@pytest.mark.parametrize(("given_", "wait"), [row[1:] for row in SUCCESSES], ids=[row[0] for row in SUCCESSES])
def test_after_an_answer(given_: dict[str, Any], wait: timedelta) -> None:
    """The next read after one that went well."""
    facts: dict[str, Any] = {"default": 2 * MINUTE, "fixed": None, "hint": None, "jitter": 0.5} | given_
    assert after_success(NOW, **facts).at - NOW == wait


FAILURES: list[tuple[str, dict[str, Any], timedelta]] = [
    ("the first failure doubles", {"failures": 1}, 4 * MINUTE),
    ("each one doubles again", {"failures": 3}, 16 * MINUTE),
    ("up to an hour", {"failures": 40}, 60 * MINUTE),
    ("what is read daily is tried daily", {"interval": 1440 * MINUTE, "failures": 2}, 1440 * MINUTE),
    ("the server's pause is kept to", {"failures": 1, "retry_after": 30 * MINUTE}, 30 * MINUTE),
    ("a shorter pause does not hurry", {"failures": 3, "retry_after": MINUTE}, 16 * MINUTE),
    ("a pause of a year is a day", {"failures": 1, "retry_after": timedelta(days=365)}, timedelta(days=1)),
    ("gone for good is looked at now and then", {"failures": 1, "permanent": True}, 360 * MINUTE),
]


@pytest.mark.parametrize(("given_", "wait"), [row[1:] for row in FAILURES], ids=[row[0] for row in FAILURES])
def test_after_a_failure(given_: dict[str, Any], wait: timedelta) -> None:
    """The next try, with the jitter in its middle."""
    facts: dict[str, Any] = {"interval": 2 * MINUTE, "jitter": 0.5} | given_
    assert after_failure(NOW, **facts).at - NOW == wait


@given(failures=st.integers(1, 10_000), jitter=st.floats(0, 1))
def test_a_broken_feed_is_neither_hammered_nor_dropped(failures: int, jitter: float) -> None:
    """Every wait is longer than the interval and no longer than an hour and its jitter."""
    wait = after_failure(NOW, interval=MINUTE, failures=failures, jitter=jitter).at - NOW
    assert MINUTE < wait <= LONGEST_BACK_OFF * 1.25


def test_feeds_that_failed_together_do_not_come_back_together() -> None:
    """Jitter spreads their next tries."""
    waits = {after_failure(NOW, interval=MINUTE, failures=3, jitter=n / 10).at for n in range(11)}
    assert len(waits) == 11
