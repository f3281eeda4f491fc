"""When a server wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.net.freshness import LONGEST, wish

NOW = datetime(2026, 3, 3, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "Tue, 03 Mar 2026 12:05:00 GMT"}, 300),
        ({"Retry-After": "Tue, 03 Mar 2026 11:05:00 GMT"}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "٣٠"}, None),
        ({"Cache-Control": "public, max-age=300"}, 300),
        ({"Cache-Control": 'MAX-AGE="300"'}, 300),
        ({"Cache-Control": "max-age=300", "Age": "100"}, 200),
        ({"Cache-Control": "max-age=300", "Age": "400"}, None),
        ({"Cache-Control": "max-age=300, no-cache"}, None),
        ({"Cache-Control": "no-store"}, None),
        ({"Cache-Control": "max-age=soon"}, None),
        ({"Cache-Control": "s-maxage=300"}, None),
        ({"Expires": "Tue, 03 Mar 2026 12:10:00 GMT"}, 600),
        ({"Expires": "Tue, 03 Mar 2026 12:10:00 GMT", "Date": "Tue, 03 Mar 2026 12:09:00 GMT"}, 60),
        ({"Expires": "0"}, None),
        ({"Cache-Control": "max-age=60", "Expires": "Tue, 03 Mar 2026 12:10:00 GMT"}, 60),
        ({"Cache-Control": "max-age=60", "Retry-After": "30"}, 60),
        ({"Cache-Control": "max-age=60", "Retry-After": "90"}, 90),
        ({"Retry-After": "9" * 400}, LONGEST.total_seconds()),
        ({"Cache-Control": "max-age=31536000"}, LONGEST.total_seconds()),
    ],
)
def test_the_longest_wish_counts(headers: dict[str, str], seconds: float | None) -> None:
    """Retry-After and freshness are read as the RFCs say, ``max-age`` before ``Expires``; nonsense is no wish."""
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert wish(CIMultiDict(headers), now=NOW) == expected


@given(
    headers=st.dictionaries(st.sampled_from(["Retry-After", "Cache-Control", "Age", "Expires", "Date"]), st.text()),
)
def test_no_header_is_a_trap(headers: dict[str, str]) -> None:
    """Whatever stands in the headers, the wish is absent or between zero and the longest."""
    wished = wish(headers, now=NOW)
    assert wished is None or timedelta(0) < wished <= LONGEST
