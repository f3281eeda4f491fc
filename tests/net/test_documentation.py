"""The page about fetching says what is true."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.net.decoding import STEP
from bot.net.fetcher import Limits, user_agent
from bot.net.resolver import MAX_LOOKUPS

PAGE = (Path(__file__).parents[2] / "docs" / "fetching.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("connecting", f"{Limits().connect.total_seconds():g} s"),
        ("the whole fetch", f"{Limits().total.total_seconds():g} s"),
        ("the body", f"{Limits().body / 1024 / 1024:g} MB"),
        ("redirects", str(Limits().redirects)),
        ("name look-ups", str(MAX_LOOKUPS)),
    ],
)
def test_the_limits_are_those_of_the_code(what: str, limit: str) -> None:
    """Each row of the table names the limit in force."""
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| {what}")]
    assert row.endswith(f"| {limit} |")


def test_the_introduction_is_the_one_that_is_sent() -> None:
    """The User-Agent on the page has the form of the real one."""
    assert user_agent("https://news-alerts.example/about").partition("/")[0] == "Sitrep"
    assert "(+https://news-alerts.example/about)`" in PAGE
    assert f"steps of {STEP // 1024} kB" in PAGE
