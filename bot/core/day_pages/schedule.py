"""When the next day's page is sought, how long both are read, and when it is missed: all by the source's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

FROM: Final = time(23)
"""On the evening before, since some sources open the page early."""
UNTIL: Final = time(6)
_OFTEN: Final = timedelta(minutes=10)
_SELDOM: Final = timedelta(hours=1)
"""Once the page is overdue."""
_GRACE: Final = timedelta(hours=2)
_SHORTEST_OVERLAP: Final = timedelta(hours=1)
"""The page before is read for so long even where the new one is found in the daytime."""
_USUAL_FIRST: Final = time(9)
"""Where nothing is known of the source's habits yet."""


@dataclass(frozen=True, slots=True)
class Seeking:
    """The next day's page is to be looked for now."""

    wanted: date
    again_at: datetime
    """When to look once more if it is not found."""


def seeking(
    day: date, zone: ZoneInfo, now: datetime, *, last: datetime | None, told_for: date | None
) -> Seeking | None:
    """Whether to look for the page after that of ``day`` now, and which day it is for.

    Args:
        day: The day of the page that is followed.
        zone: The source's.
        now: The present moment.
        last: When it was looked for the last time; ``None`` when not yet.
        told_for: The missing day of which admins were told: its page is looked for less often from then on.
    """
    if now < datetime.combine(day, FROM, zone):
        return None
    wanted = max(day + timedelta(days=1), now.astimezone(zone).date())
    again_after = _SELDOM if told_for == wanted else _OFTEN
    if last is not None and now - last < again_after:
        return None
    return Seeking(wanted, now + again_after)


def read_until(wanted: date, zone: ZoneInfo, now: datetime) -> datetime:
    """Until when the page before is read beside the new one."""
    return max(datetime.combine(wanted, UNTIL, zone).astimezone(now.tzinfo), now + _SHORTEST_OVERLAP)


def is_overdue(wanted: date, zone: ZoneInfo, now: datetime, *, firsts: Sequence[time]) -> bool:
    """Whether the wanted day's page should be there: two hours after the usual first update.

    Args:
        wanted: The day whose page is sought.
        zone: The source's.
        now: The present moment.
        firsts: The clock of the first update of each of the last days.
    """
    minutes = [first.hour * 60 + first.minute for first in firsts]
    usual = int(median(minutes)) if minutes else _USUAL_FIRST.hour * 60
    first = datetime.combine(wanted, time(usual // 60, usual % 60), zone)
    return now >= first + _GRACE
