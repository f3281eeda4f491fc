"""When a read is held until a person has looked at it."""

from __future__ import annotations

import pytest

from bot.core.archive import ReadCounts
from bot.core.hold import hold_reason
from bot.core.identity import Added, Corrected, Decision, Known, New, Removed, Same, Withdrawn
from bot.core.model import NewsUpdate

NEWS = NewsUpdate("Shells fell on the market of Tarvin.", 0)
SERVICE = NewsUpdate("Our live coverage ends here.", 0, service=True)
KNOWN = Known(1, "", 0, NEWS.text)

new = New(NEWS, "never seen before")
service = New(SERVICE, "never seen before")
same = Same(KNOWN, NEWS, "unchanged", touched=False)
corrected = Corrected(KNOWN, NEWS, "changed: number")
added = Added(KNOWN, NEWS, "added", "more", alerts=True)
withdrawn = Withdrawn(KNOWN, NEWS, "taken back")
removed = Removed(KNOWN, "missing in two reads")

ROWS: list[tuple[str, tuple[int, int], tuple[int, int], list[Decision], float, str | None]] = [
    ("an ordinary read", (17, 17), (18, 18), [new, *[same] * 17], 1, None),
    ("no update left", (17, 17), (0, 0), [], 0, "0 updates found, was 17"),
    ("fewer than half left", (17, 17), (8, 8), [same] * 8, 0, "8 updates found, was 17"),
    ("half left", (16, 16), (8, 8), [same] * 8, 0, "8 updates found, was 16"),
    ("more than half left", (16, 16), (9, 9), [same] * 9, 0, None),
    ("one of a very short page", (2, 2), (1, 1), [same], 0, None),
    ("the only update gone", (1, 1), (0, 0), [], 0, "0 updates found, was 1"),
    ("the times lost", (17, 16), (17, 0), [same] * 17, 0, "0 of 17 updates have a time, was 16 of 17"),
    ("most times lost", (20, 20), (20, 9), [same] * 20, 0, "9 of 20"),
    ("some times lost", (20, 20), (20, 10), [same] * 20, 0, None),
    ("never had times", (20, 1), (20, 0), [same] * 20, 0, None),
    ("thirty new", (20, 20), (50, 50), [new] * 30, 0, None),
    ("thirty-one new", (20, 20), (51, 51), [new] * 31, 0, "31 new updates"),
    ("a busy feed after a night", (20, 20), (100, 100), [new] * 75, 25, None),
    ("busier than that", (20, 20), (100, 100), [new] * 76, 25, "76 new updates"),
    ("service lines are not counted", (20, 20), (60, 60), [*[service] * 20, *[new] * 20], 0, None),
    ("three corrected", (20, 20), (20, 20), [corrected] * 3, 0, None),
    ("four corrected", (20, 20), (20, 20), [corrected] * 4, 0, "4 updates corrected"),
    ("taken back counts as corrected", (20, 20), (20, 20), [*[corrected] * 2, *[withdrawn] * 2], 0, "4 updates"),
    ("a tenth of a long page", (90, 90), (90, 90), [corrected] * 9, 0, None),
    ("more than a tenth", (90, 90), (90, 90), [corrected] * 10, 0, "10 updates corrected"),
    ("text added", (20, 20), (20, 20), [added] * 12, 0, None),
    ("three removed", (20, 20), (17, 17), [removed] * 3, 0, None),
    ("four removed", (20, 20), (16, 16), [removed] * 4, 0, "4 updates removed"),
    ("some of each", (20, 20), (17, 17), [*[corrected] * 3, *[removed] * 3], 0, None),
]


@pytest.mark.parametrize(
    ("before", "now", "decisions", "usual", "reason"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_a_read_is_held(
    before: tuple[int, int], now: tuple[int, int], decisions: list[Decision], usual: float, reason: str | None
) -> None:
    """A read that loses times or half its updates, brings a flood, or corrects or removes too much is held."""
    held = hold_reason(ReadCounts(*before), ReadCounts(*now), decisions, usual_new=usual)
    if reason is None:
        assert held is None
    else:
        assert held is not None
        assert reason in held


def test_a_first_document_is_never_held() -> None:
    """There is nothing to compare it with, and it alerts nobody."""
    assert hold_reason(None, ReadCounts(400, 400), [new] * 400) is None


def test_counts_tell_timed_updates() -> None:
    """What a read found is counted with and without a printed time."""
    assert ReadCounts.of([NEWS, NEWS]) == ReadCounts(2, 0)
