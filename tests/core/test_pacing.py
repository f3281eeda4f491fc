"""The spacing of messages and what refusals do to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.archive import ChatKind
from bot.core.pacing import LATENESS, Hold, Pace, chat_gap

NOW = datetime(2024, 11, 3, 12, tzinfo=UTC)


def seconds(n: float) -> timedelta:
    """A span of n seconds."""
    return timedelta(seconds=n)


@pytest.mark.parametrize(("kind", "a_minute"), [(ChatKind.PRIVATE, 60), (ChatKind.GROUP, 20), (ChatKind.CHANNEL, 20)])
def test_the_gap_of_a_chat_keeps_inside_its_limit(kind: ChatKind, a_minute: int) -> None:
    """One message a second to a person, twenty a minute to a group or channel."""
    assert 60 / chat_gap(kind) < a_minute


@given(
    waits=st.lists(st.floats(0, 2), max_size=200),
    horizon=st.floats(0, 0.5),
    most=st.integers(1, 40),
    rate=st.floats(1, 500),
)
def test_no_stretch_of_time_sees_more_than_the_rate(waits: list[float], horizon: float, most: int, rate: float) -> None:
    """However the loop wakes and however far it looks ahead, n gaps take n gaps' time, but for a moment's lateness."""
    pace, now, started = Pace.of(rate), 0.0, list[float]()
    for wait in waits:
        now += wait
        for _ in range(pace.room(now, horizon=horizon, most=most)):
            pace, start = pace.take(now)
            assert now <= start <= now + horizon + 1e-9
            started.append(start)
    slack = min(LATENESS, 0.5 / rate) + 1e-9
    for first, start in enumerate(started):
        for n, later in enumerate(started[first:]):
            assert later - start >= n / rate - slack


def test_an_idle_pace_saves_up_nothing() -> None:
    """After an hour of silence three messages still take two gaps, but for a moment's lateness."""
    pace, _ = Pace.of(10).take(0.0)
    starts = []
    for _ in range(3):
        pace, start = pace.take(3600.0)
        starts.append(start)
    assert starts == pytest.approx([3600.0, 3600.1 - LATENESS, 3600.2 - LATENESS])


def test_lateness_is_made_up_for() -> None:
    """A loop that is always ten milliseconds late still keeps its rate."""
    pace, now = Pace.of(27), 0.0
    for _ in range(270):
        pace, now = pace.take(max(now, pace.free_at) + 0.01)
    assert now == pytest.approx(10, abs=0.05)


def test_nothing_starts_before_it_is_free() -> None:
    """A pace that is taken beyond the horizon has no room."""
    pace, _ = Pace.of(10).take(0.0)
    assert pace.room(0.01, horizon=0.05, most=9) == 0
    assert pace.room(0.01, horizon=0.25, most=9) == 2


def test_a_refusal_slows_at_once_and_recovery_is_slow() -> None:
    """A fifth off on a refusal; a minute later the pace is whole again, not earlier."""
    slowed = Pace.of(27).slowed(100.0)
    assert slowed.rate_at(100.0) == pytest.approx(21.6)
    assert slowed.rate_at(110.0) < 27
    assert slowed.rate_at(161.0) == 27


def test_refusals_never_stop_the_pace() -> None:
    """A storm of refusals slows to a tenth, no further."""
    pace = Pace.of(27)
    for _ in range(100):
        pace = pace.slowed(5.0)
    assert pace.rate_at(5.0) == pytest.approx(2.7)


def test_slow_replies_slow_the_pace_once_for_one_cause() -> None:
    """Ten answers that were late together count as one sign."""
    pace = Pace.of(20)
    for _ in range(10):
        pace = pace.replied(50.0, seconds=8.0)
    assert pace.rate_at(50.0) == pytest.approx(16)
    assert Pace.of(20).replied(50.0, seconds=0.2) == Pace.of(20)


HOLDS = [
    ("one refusal concerns its chat", [(0, 1, 5)], 0),
    ("the same chat thrice is still one chat", [(0, 1, 5), (1, 1, 5), (2, 1, 5)], 0),
    ("three chats within five seconds hold the bot", [(0, 1, 5), (1, 2, 5), (2, 3, 5)], 7),
    ("three chats in ten seconds do not", [(0, 1, 5), (5, 2, 5), (10, 3, 5)], 0),
    ("a long wait holds the bot", [(0, 1, 3600)], 3600),
    ("a later, shorter refusal never ends a hold early", [(0, 1, 3600), (1, 2, 61)], 3600),
    ("a later, longer one prolongs it", [(0, 1, 100), (1, 2, 3600)], 3601),
]


@pytest.mark.parametrize(("refusals", "until"), [row[1:] for row in HOLDS], ids=[row[0] for row in HOLDS])
def test_holds(refusals: list[tuple[int, int, int]], until: int) -> None:
    """Each refusal is (second, chat, retry after); the hold ends at the given second, 0 for none."""
    hold = Hold()
    for at, chat, delay in refusals:
        hold = hold.refused(chat, seconds(delay), NOW + seconds(at))
    assert hold.remaining(NOW) == seconds(until)


def test_a_hold_that_has_passed_holds_nothing() -> None:
    """Nobody waits longer than told."""
    assert Hold(NOW).remaining(NOW + seconds(1)) == seconds(0)
