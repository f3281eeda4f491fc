"""Quiet hours and digests by a destination's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.habits import DigestTime, Habits, QuietHours

YEREVAN = "Asia/Yerevan"
"""UTC+4 all year."""
BERLIN = "Europe/Berlin"
KOLKATA = "Asia/Kolkata"
"""UTC+5:30."""
NIGHT = QuietHours()


def utc(day: int, hour: int, minute: int = 0, *, month: int = 5) -> datetime:
    """A moment of 2031."""
    return datetime(2031, month, day, hour, minute, tzinfo=UTC)


QUIET = [
    ("before 23:00 it is not quiet", YEREVAN, NIGHT, utc(4, 18, 59), None),
    ("from 23:00 on it is, until 07:00", YEREVAN, NIGHT, utc(4, 19), utc(5, 3)),
    ("after midnight too", YEREVAN, NIGHT, utc(4, 22), utc(5, 3)),
    ("at 07:00 it is over", YEREVAN, NIGHT, utc(5, 3), None),
    ("hours within one day", YEREVAN, QuietHours(time(13), time(15)), utc(4, 10), utc(4, 11)),
    ("no hours at all", YEREVAN, QuietHours(time(7), time(7)), utc(4, 3), None),
    ("none set", YEREVAN, None, utc(4, 22), None),
    ("without a zone it is UTC", None, NIGHT, utc(4, 23), utc(5, 7)),
    ("an unknown zone is UTC", "Mars/Olympus", NIGHT, utc(4, 23), utc(5, 7)),
    ("the night in which the clock goes forward is short", BERLIN, NIGHT, utc(29, 23, month=3), utc(30, 5, month=3)),
]


@pytest.mark.parametrize(("zone", "quiet", "now", "until"), [row[1:] for row in QUIET], ids=[row[0] for row in QUIET])
def test_quiet_hours(zone: str | None, quiet: QuietHours | None, now: datetime, until: datetime | None) -> None:
    """They hold from their start to their end, over midnight, by the clock of the destination."""
    assert Habits(zone=zone, quiet=quiet).quiet_until(now) == until


DIGESTS = [
    ("today, where the time is still to come", YEREVAN, DigestTime(time(20)), utc(4, 15, 59), utc(4, 16)),
    ("tomorrow, once it is there", YEREVAN, DigestTime(time(20)), utc(4, 16), utc(5, 16)),
    ("the next full hour", YEREVAN, DigestTime(None), utc(4, 15, 59), utc(4, 16)),
    ("an hour later, on the hour", YEREVAN, DigestTime(None), utc(4, 16), utc(4, 17)),
    ("full hours of a clock that is half an hour off", KOLKATA, DigestTime(None), utc(4, 16), utc(4, 16, 30)),
    ("nothing decided: 20:00", None, DigestTime(), utc(4, 12), utc(4, 20)),
]


@pytest.mark.parametrize(
    ("zone", "digest", "now", "due"), [row[1:] for row in DIGESTS], ids=[row[0] for row in DIGESTS]
)
def test_digest_times(zone: str | None, digest: DigestTime, now: datetime, due: datetime) -> None:
    """A list comes at its time of the day, or at the full hour, by the clock of the destination."""
    assert Habits(zone=zone, digest=digest).next_digest(now) == due


def test_the_zone_of_the_deployment_fills_a_gap_only() -> None:
    """A city that was picked outranks the deployment's zone."""
    assert Habits().within(YEREVAN).zone == YEREVAN
    assert Habits(zone=BERLIN).within(YEREVAN).zone == BERLIN


def test_mutes_end() -> None:
    """A mute holds until its end, of everything or of one story."""
    habits = Habits(muted_until=utc(4, 13), muted_stories={7: utc(4, 14), 8: utc(4, 12)})
    assert habits.muted_at(utc(4, 12, 59)) == utc(4, 13)
    assert habits.muted_at(utc(4, 13)) is None
    assert habits.stories_muted_at(utc(4, 12)) == {7: utc(4, 14)}


MOMENTS = st.floats(1.6e9, 2.2e9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@given(MOMENTS, TIMES, TIMES, st.sampled_from([YEREVAN, BERLIN, KOLKATA, "America/St_Johns", "Pacific/Apia"]))
def test_every_quiet_moment_lies_between_its_start_and_its_end(
    now: datetime, start: time, end: time, zone: str
) -> None:
    """Whatever the clock does, quiet hours that hold began by now, end later, and last no longer than 25 hours."""
    habits = Habits(zone=zone, quiet=QuietHours(start, end))
    until, since = habits.quiet_until(now), habits.quiet_since(now)
    assert (until is None) == (since is None)
    if until is not None and since is not None:
        assert since <= now < until
        assert (until - since).total_seconds() <= 25 * 3600


@given(MOMENTS, TIMES | st.none(), st.sampled_from([YEREVAN, BERLIN, KOLKATA, "America/St_Johns", "Pacific/Apia"]))
def test_a_list_is_always_to_come(now: datetime, at: time | None, zone: str) -> None:
    """The next list is later than now, by two days at most: some islands have skipped one."""
    due = Habits(zone=zone, digest=DigestTime(at)).next_digest(now)
    assert 0 < (due - now).total_seconds() <= 49 * 3600
