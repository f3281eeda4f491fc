"""What admins are told is wrong with a feed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.polling import FeedAlarm, Rhythm, alarm_after_failure, alarm_after_read

NOW = datetime(2024, 11, 3, 12, 10, tzinfo=UTC)
DAY = timedelta(days=1)
LIVELY = Rhythm((NOW - DAY, NOW), timedelta(hours=1), NOW - 9 * DAY)
DEAD = Rhythm((NOW - 9 * DAY, NOW - 8 * DAY), timedelta(hours=1), NOW - 20 * DAY)
FAILING, QUIET, UNTIMED = FeedAlarm


@pytest.mark.parametrize(
    ("before", "failures", "after"),
    [
        (None, 1, None),
        (None, 2, None),
        (None, 3, FAILING),
        (FAILING, 9, FAILING),
        (QUIET, 2, QUIET),
        (QUIET, 3, FAILING),
    ],
)
def test_three_failures_are_worth_telling(before: FeedAlarm | None, failures: int, after: FeedAlarm | None) -> None:
    """One or two are the web's weather, and end nothing that was told before."""
    assert alarm_after_failure(before, failures=failures) is after


@pytest.mark.parametrize(
    ("before", "rhythm", "had", "has", "after"),
    [
        (None, LIVELY, True, True, None),
        (FAILING, LIVELY, True, None, None),
        (None, DEAD, True, None, QUIET),
        (QUIET, LIVELY, True, True, None),
        (None, LIVELY, True, False, UNTIMED),
        (None, LIVELY, False, False, None),
        (None, LIVELY, None, False, None),
        (UNTIMED, LIVELY, False, False, UNTIMED),
        (UNTIMED, LIVELY, False, None, UNTIMED),
        (UNTIMED, LIVELY, False, True, None),
    ],
)
def test_after_a_good_read(
    before: FeedAlarm | None, rhythm: Rhythm, had: bool | None, has: bool | None, after: FeedAlarm | None
) -> None:
    """Silence, and times that are found no more, until they are found again."""
    assert alarm_after_read(before, NOW, rhythm, had_times=had, has_times=has) is after
