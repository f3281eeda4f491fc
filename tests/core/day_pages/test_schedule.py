"""When the next day's page is sought, and when it is missed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.day_pages import Seeking, is_overdue, read_until, seeking

ZONE = ZoneInfo("Asia/Yerevan")
THIRD, FOURTH = date(2026, 11, 3), date(2026, 11, 4)


def at(day: date, clock: str) -> datetime:
    """A moment by the source's clock."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "last", "overdue", "wanted"),
    [
        (at(THIRD, "22:59"), None, False, None),
        (at(THIRD, "23:00"), None, False, FOURTH),
        (at(THIRD, "23:05"), at(THIRD, "23:00"), False, None),
        (at(THIRD, "23:10"), at(THIRD, "23:00"), False, FOURTH),
        (at(FOURTH, "02:00"), at(FOURTH, "01:00"), False, FOURTH),
        (at(FOURTH, "12:30"), at(FOURTH, "12:00"), True, None),
        (at(FOURTH, "13:00"), at(FOURTH, "12:00"), True, FOURTH),
        (at(date(2026, 11, 6), "08:00"), None, True, date(2026, 11, 6)),  # days without a page are passed over
    ],
)
def test_the_next_page_is_sought_from_eleven_at_night(
    now: datetime,
    last: datetime | None,
    overdue: bool,
    wanted: date | None,
) -> None:
    """By the source's clock, every ten minutes, and hourly once it is overdue."""
    assert seeking(THIRD, ZONE, now, last=last, overdue=overdue) == (Seeking(wanted) if wanted else None)


@pytest.mark.parametrize(
    ("now", "until"),
    [(at(THIRD, "23:10"), at(FOURTH, "06:00")), (at(FOURTH, "08:40"), at(FOURTH, "09:40"))],
)
def test_both_are_read_until_six(now: datetime, until: datetime) -> None:
    """And for an hour where the new one comes late."""
    assert read_until(FOURTH, ZONE, now) == until


@pytest.mark.parametrize(
    ("firsts", "from_"),
    [
        ([], "11:00"),
        ([time(8, 55)], "10:55"),
        ([time(7), time(8), time(15)], "10:00"),
        ([time(23, 30)], "25:30"),
    ],
)
def test_it_is_overdue_two_hours_after_the_usual_first_update(firsts: list[time], from_: str) -> None:
    """The median of the last days; nine o'clock where nothing is known."""
    hours, minutes = map(int, from_.split(":"))
    moment = at(FOURTH, "00:00") + timedelta(hours=hours, minutes=minutes)
    assert is_overdue(FOURTH, ZONE, moment, firsts=firsts)
    assert not is_overdue(FOURTH, ZONE, moment - timedelta(minutes=1), firsts=firsts)
