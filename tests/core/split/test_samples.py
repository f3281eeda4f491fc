"""Real pages, where the environment names the folder that holds them (SITREP_SAMPLES)."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.model import Split
from bot.core.split import SplitContext, split
from tests.core.split.pages import a_page

_FOLDER = os.environ.get("SITREP_SAMPLES")
pytestmark = pytest.mark.skipif(not _FOLDER, reason="SITREP_SAMPLES names no folder of real pages")

_TIMES = (
    *("08:55", "09:20", "11:00", "12:12", "12:32", "12:52", "15:00", "16:20", "16:30", "16:42", "17:00", "18:45"),
    *("18:55", "21:35", "21:25", "22:00", None, None, None),
)
_HEADED = (2, 3, 10, 12, 13, 15, 16, 17, 18)


@pytest.fixture
def day() -> Split:
    """The page of 3 November, as it was read on that evening."""
    text = (Path(_FOLDER or "") / "evn-2020-11-03.txt").read_text(encoding="utf-8")
    return split(a_page(text), SplitContext(datetime(2020, 11, 3, 19, 0, tzinfo=UTC), timezone="Asia/Yerevan"))


def test_the_day_gives_its_nineteen_updates(day: Split) -> None:
    """Sixteen timed and three untimed updates come out in page order, the last two of the day before."""
    assert [news.local_time and f"{news.local_time:%H:%M}" for news in day.updates] == list(_TIMES)
    assert [news.local_date and news.local_date.day for news in day.updates] == [3] * 17 + [2] * 2
    assert [news.position for news in day.updates if news.heading] == list(_HEADED)


def test_the_day_keeps_its_furniture_out(day: Split) -> None:
    """Promotion, introduction and footer are named, and in no update."""
    inside = "\n".join(news.whole for news in day.updates)
    for words in ("A Family of Strangers", "chronology of official", "All rights reserved", "Developed by"):
        assert words not in inside
        assert any(words in piece.text for piece in day.left_out)


def test_the_inversion_is_reported(day: Split) -> None:
    """21:35 stands before 21:25 on the page: same day, and an admin is told."""
    assert day.warnings == ("21:35 stands before 21:25",)
    assert day.reader == "dated paragraphs"
