"""When the next day's page is sought, and when it is missed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.day_pages import Seeking, is_overdue, read_until, seeking

ZONE = ZoneInfo("Asia/Yerevan")
THIRD, FOURTH, FIFTH = date(2026, 11, 3), date(2026, 11, 4), date(2026, 11, 5)


def at(day: date, clock: str) -> datetime:
    """A moment by the source's clock."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "last", "told_for", "wanted"),
    [
        (at(THIRD, "22:59"), None, None, None),
        (at(THIRD, "23:00"), None, None, FOURTH),
        (at(THIRD, "23:05"), at(THIRD, "23:00"), None, None),
        (at(THIRD, "23:10"), at(THIRD, "23:00"), None, FOURTH),
        (at(FOURTH, "02:00"), at(FOURTH, "01:00"), None, FOURTH),
        (at(FOURTH, "12:30"), at(FOURTH, "12:00"), FOURTH, None),
        (at(FOURTH, "13:00"), at(FOURTH, "12:00"), FOURTH, FOURTH),
        (at(FIFTH, "00:10"), at(FIFTH, "00:00"), FOURTH, FIFTH),  # days without a page are passed over
        (at(date(2026, 11, 9), "08:00"), None, None, date(2026, 11, 9)),
    ],
)
def test_the_next_page_is_sought_from_eleven_at_night(
    now: datetime, last: datetime | None, told_for: date | None, wanted: date | None
) -> None:
    """By the source's clock, every ten minutes, and hourly once admins were told that it is missing."""
    found = seeking(THIRD, ZONE, now, last=last, told_for=told_for)
    assert (found and found.wanted) == wanted


def test_the_next_look_is_named() -> None:
    """So that the feed is read again by then."""
    now = at(FOURTH, "13:00")
    assert seeking(THIRD, ZONE, now, last=None, told_for=None) == Seeking(FOURTH, now + timedelta(minutes=10))
    assert seeking(THIRD, ZONE, now, last=None, told_for=FOURTH) == Seeking(FOURTH, now + timedelta(hours=1))


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
