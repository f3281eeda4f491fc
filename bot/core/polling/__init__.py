"""When a feed is read next, what is learnt of its rhythm, and when its silence is told.

rhythm (its own habit) ─┐
hints (the server's and the publisher's wishes) ─┼─▶ after_success ─▶ when, and why
a fixed interval, the deployment's pace ─┘      after_failure ─▶ later and later
"""

from bot.core.polling.alarm import FAILURES_UNTIL_TOLD, FeedAlarm, alarm_after_failure, alarm_after_read
from bot.core.polling.hints import Hints
from bot.core.polling.next_poll import (
    LONGEST_BACK_OFF,
    LONGEST_UNREACHED,
    NextPoll,
    Pace,
    after_failure,
    after_pause,
    after_success,
)
from bot.core.polling.rhythm import Rhythm, interval_of, is_quiet, learnt

__all__ = [
    "FAILURES_UNTIL_TOLD",
    "LONGEST_BACK_OFF",
    "LONGEST_UNREACHED",
    "FeedAlarm",
    "Hints",
    "NextPoll",
    "Pace",
    "Rhythm",
    "after_failure",
    "after_pause",
    "after_success",
    "alarm_after_failure",
    "alarm_after_read",
    "interval_of",
    "is_quiet",
    "learnt",
]
