"""Real pages, where the environment names their folder."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.reading import Reading, ReadRequest
from bot.reading.pool import ReadingPool

SAMPLES = os.environ.get("SITREP_SAMPLES")


@pytest.mark.skipif(SAMPLES is None, reason="SITREP_SAMPLES names no folder of real pages")
async def test_a_real_chronology_is_read_by_the_child() -> None:
    """All 19 updates, 16 of them with a time, come back through the pipe."""
    body = (Path(SAMPLES or "") / "evn-2020-11-03.txt").read_bytes()
    async with ReadingPool(size=1) as pool:
        outcome = await pool.read(ReadRequest(body, datetime(2020, 11, 3, 19, 59, tzinfo=UTC), timezone="Asia/Yerevan"))
    assert isinstance(outcome, Reading)
    updates = outcome.split.updates
    assert (len(updates), sum(news.local_time is not None for news in updates)) == (19, 16)
