"""Moments as sources state them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.dates import stated

MORNING = datetime(2020, 11, 3, 4, 55, tzinfo=UTC)
NAIVE = datetime(2020, 11, 3, 8, 55)  # noqa: DTZ001 - the source states no zone


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-11-03T08:55:00+04:00", MORNING),
        ("2020-11-03T08:55+0400", MORNING),
        ("2020-11-03T08:55:00.000+04", MORNING),
        ("2020-11-03T08:55:00.1234567+04:00", MORNING),
        ("2020-11-03 08:55:00 +0400", MORNING),
        ("2020-11-03T04:55:00Z", MORNING),
        ("2020-11-03t04:55:00z", MORNING),
        ("20201103T045500Z", MORNING),
        ("2020-11-03 04:55:00 UTC", MORNING),
        ("2020-11-03T08:55:00+04:00[Asia/Yerevan]", MORNING),
        ("2020-11-02T23:55:00-05:00", MORNING),
        ("Tue, 03 Nov 2020 08:55:00 +0400", MORNING),
        ("03 Nov 2020 04:55 GMT", MORNING),
        ("Mon, 02 Nov 2020 23:55:00 EST", MORNING),
        ("1604379300", MORNING),
        ("1604379300000", MORNING),
        ("1604379300000000", MORNING),
        ("1604379300.5", MORNING),
        ("  2020-11-03T04:55:00Z\n", MORNING),
        # Without a zone it is the feed's own wall clock.
        ("2020-11-03T08:55:00", NAIVE),
        ("2020-11-03 08:55", NAIVE),
        ("Tue, 03 Nov 2020 08:55:00", NAIVE),
        ("Tue, 03 Nov 2020 08:55:00 -0000", NAIVE),
        # Never invented: no time of day, a placeholder, nonsense.
        ("2020-11-03", None),
        ("08:55", None),
        ("1970-01-01T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("2020-13-03T08:55:00Z", None),
        ("2020-11-03T08:55:00+99:00", None),
        ("42", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_moment_is_what_the_source_states(text: str | None, moment: datetime | None) -> None:
    """Aware in UTC with a stated zone, naive without one, nothing where no moment is stated."""
    found = stated(text)
    assert found == moment
    assert found is None or (found.tzinfo is None) == (moment is NAIVE)


def test_the_leap_second_of_rfc_3339_is_read() -> None:
    """Second 60, which ``datetime`` does not know, is the last one before it."""
    assert stated("2016-12-31T23:59:60Z") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


@given(st.text(max_size=90) | st.from_regex(r"[0-9TZ:+. -]{1,40}", fullmatch=True))
def test_any_text_has_a_moment_or_none(text: str) -> None:
    """No text raises, and whatever is found lies in the web's lifetime."""
    found = stated(text)
    assert found is None or 1989 <= found.year <= 2200
