"""What is learnt of a source's habit, and how often it is read therefore."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.polling import Rhythm, interval_of, is_quiet, learnt
from bot.core.polling.rhythm import KEPT

NOW = datetime(2024, 11, 3, 12, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
SHORTEST, LONGEST = 2 * MINUTE, 30 * MINUTE
MOMENTS = st.lists(st.timedeltas(timedelta(days=-30), timedelta(days=1)).map(lambda ago: NOW + ago), max_size=30)


def rhythm(*minutes_ago: float) -> Rhythm:
    """A source that has published so many minutes ago."""
    return learnt(Rhythm(), [NOW - minutes * MINUTE for minutes in minutes_ago], now=NOW)


def interval(known: Rhythm, now: datetime = NOW) -> timedelta:
    """How long to wait, within the usual bounds."""
    return interval_of(known, now, shortest=SHORTEST, longest=LONGEST)


@pytest.mark.parametrize(
    ("minutes_ago", "minutes"),
    [
        ((), 2),
        ((0,), 2),
        ((9,), 2.25),
        ((36,), 18),
        ((60,), 30),
        ((600,), 30),
        ((0, 1, 2, 3, 4, 5, 6, 7, 8), 2),
        ((0, 20, 40, 60, 80, 100, 120, 140), 10),
        ((1, 2, 3, 200, 400, 600), 2),
    ],
)
def test_the_wait_follows_the_silence_and_the_gap(minutes_ago: tuple[float, ...], minutes: float) -> None:
    """In a burst the shortest; half the gap of a regular source; longer and longer as it stays silent."""
    assert interval(rhythm(*minutes_ago)) == minutes * MINUTE


@given(MOMENTS, st.lists(st.timedeltas(timedelta(0), timedelta(days=3)), min_size=2, max_size=2))
def test_a_silence_never_makes_it_faster(published: list[datetime], silences: list[timedelta]) -> None:
    """The interval keeps its bounds, and grows with the time since the latest update."""
    known = learnt(Rhythm(), published, now=NOW)
    sooner, later = (interval(known, NOW + silence) for silence in sorted(silences))
    assert SHORTEST <= sooner <= later <= LONGEST


@given(MOMENTS, MOMENTS)
def test_what_is_learnt_is_in_order_and_of_bounded_size(first: list[datetime], second: list[datetime]) -> None:
    """Whatever order times come in, and however many: the latest are kept, none later than now."""
    known = learnt(learnt(Rhythm(), first, now=NOW), second, now=NOW)
    assert list(known.times) == sorted(min(at, NOW) for at in [*first, *second])[-KEPT:]
    assert (known.pause is None) == (len(known.times) < 2)
    assert known.since is not None
    assert known.since <= min([NOW, *known.times])


def test_a_feed_that_has_nothing_yet_is_known_from_its_first_read() -> None:
    """Its silence counts from then on."""
    known = learnt(Rhythm(), [], now=NOW)
    assert (known, interval(known), interval(known, NOW + HOUR)) == (Rhythm(since=NOW), SHORTEST, LONGEST)


def hourly(hours: int, *, night: int = 0) -> Rhythm:
    """A source that has published every hour for so many hours, but for the first ones of each day."""
    known = Rhythm()
    for hour in range(hours, 0, -1):
        at = NOW - hour * HOUR
        if at.hour >= night:
            known = learnt(known, [at], now=at)
    return known


@pytest.mark.parametrize(
    ("known", "quiet_after"),
    [
        pytest.param(hourly(72), 4 * HOUR, id="four times its pause"),
        pytest.param(hourly(72, night=6), 28 * HOUR, id="a night is a habit"),
        pytest.param(hourly(12), 12 * HOUR, id="no night is known yet"),
    ],
)
def test_silence_is_told_after_four_times_the_longest_usual_pause(known: Rhythm, quiet_after: timedelta) -> None:
    """Not a moment before, and at night only where nights are no habit."""
    silent_from = known.times[-1]
    assert not is_quiet(known, silent_from + quiet_after * 0.95)
    assert is_quiet(known, silent_from + quiet_after * 1.01)


def test_silence_is_told_after_an_hour_at_the_earliest() -> None:
    """A source that publishes every minute may draw breath."""
    known = Rhythm()
    for minute in range(1500, -1, -1):
        known = learnt(known, [NOW - minute * MINUTE], now=NOW - minute * MINUTE)
    assert not is_quiet(known, NOW + 59 * MINUTE)
    assert is_quiet(known, NOW + HOUR)


def test_one_outage_is_no_habit() -> None:
    """A pause of days makes the usual one twice as long, not longer."""
    known = learnt(hourly(72), [NOW + timedelta(days=4)], now=NOW + timedelta(days=4))
    assert known.pause is not None
    assert known.pause <= 2 * HOUR


def test_a_long_pause_is_forgotten_in_time() -> None:
    """A week halves it: a source that has become busy is expected to stay so."""
    known = Rhythm((NOW - 48 * HOUR,), 16 * HOUR, NOW - timedelta(days=9))
    for hour in range(24 * 14):
        known = learnt(known, [NOW + hour * HOUR], now=NOW + hour * HOUR)
    assert known.pause is not None
    assert known.pause < 10 * HOUR


def test_without_two_updates_nothing_is_quiet() -> None:
    """Nobody knows its habit."""
    assert not is_quiet(rhythm(600), NOW + timedelta(days=99))
    assert not is_quiet(Rhythm(), NOW)
