"""When a server wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.net.freshness import LONGEST, fresh_for, retry_after

NOW = datetime(2026, 3, 3, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120),
        ("Tue, 03 Mar 2026 12:05:00 GMT", 300),
        ("Tue, 03 Mar 2026 11:05:00 GMT", None),
        ("soon", None),
        ("-5", None),
        ("0", None),
        ("٣٠", None),
        ("9" * 400, LONGEST.total_seconds()),
    ],
)
def test_a_server_asks_for_a_pause_in_seconds_or_by_a_date(value: str | None, seconds: float | None) -> None:
    """Both forms of the standard; nonsense and the past ask nothing."""
    headers = CIMultiDict({} if value is None else {"Retry-After": value})
    assert retry_after(headers, now=NOW) == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Cache-Control": "public, max-age=300"}, 300),
        ({"Cache-Control": 'MAX-AGE="300"'}, 300),
        ({"Cache-Control": "max-age=300", "Age": "100"}, 200),
        ({"Cache-Control": "max-age=300", "Age": "400"}, 0),
        ({"Cache-Control": "max-age=300, no-cache"}, 0),
        ({"Cache-Control": "no-store", "Expires": "Tue, 03 Mar 2026 12:10:00 GMT"}, 0),
        ({"Cache-Control": "max-age=soon"}, None),
        ({"Cache-Control": "s-maxage=300"}, None),
        ({"Expires": "Tue, 03 Mar 2026 12:10:00 GMT"}, 600),
        ({"Expires": "Tue, 03 Mar 2026 12:10:00 GMT", "Date": "Tue, 03 Mar 2026 12:09:00 GMT"}, 60),
        ({"Expires": "Thu, 19 Nov 1981 08:52:00 GMT"}, 0),
        ({"Expires": "0"}, None),
        ({"Cache-Control": "max-age=60", "Expires": "Tue, 03 Mar 2026 12:10:00 GMT"}, 600),
        ({"Cache-Control": "max-age=900", "Expires": "Tue, 03 Mar 2026 12:10:00 GMT"}, 900),
        ({"Cache-Control": "max-age=31536000"}, LONGEST.total_seconds()),
    ],
)
def test_an_answer_is_fresh_as_long_as_the_server_says(headers: dict[str, str], seconds: float | None) -> None:
    """The longer of ``max-age`` − ``Age`` and ``Expires`` − ``Date``; private caches heed no ``s-maxage``."""
    assert fresh_for(CIMultiDict(headers), now=NOW) == (None if seconds is None else timedelta(seconds=seconds))


@given(
    headers=st.dictionaries(st.sampled_from(["Retry-After", "Cache-Control", "Age", "Expires", "Date"]), st.text()),
)
def test_no_header_is_a_trap(headers: dict[str, str]) -> None:
    """Whatever stands in the headers, the wishes are absent or between zero and the longest."""
    asked, fresh = retry_after(headers, now=NOW), fresh_for(headers, now=NOW)
    assert asked is None or timedelta(0) < asked <= LONGEST
    assert fresh is None or timedelta(0) <= fresh <= LONGEST
