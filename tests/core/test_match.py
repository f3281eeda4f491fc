"""What alerts at all, and what rings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.archive import ChatKind, Claimed, Destination, StoredNews
from bot.core.match import at_claim, at_first_read, is_standing_order
from bot.core.model import Match, NewsState, NewsUpdate, OutboxKind, Tag

NOW = datetime(2024, 11, 3, 12, tzinfo=UTC)
H = timedelta(hours=1)
MIN = timedelta(minutes=1)
CURFEW = Tag("warnings", (Match("curfew", "curfew", "topics"),))
SIREN = Tag("warnings", (Match("sirens", "siren", "topics"),))


def news(age: timedelta | None = None, day: date | None = None, *, service: bool = False) -> NewsUpdate:
    """An update published ``age`` ago, or only dated."""
    return NewsUpdate(
        "Text.", 0, published_at=None if age is None else NOW - age, local_date=day, zone="Asia/Tokyo", service=service
    )


FIRST_READS = [
    ("fresh", news(5 * MIN), True),
    ("hours old", news(23 * H), True),
    ("more than a day old", news(25 * H), False),
    ("neither day nor time", news(), True),
    ("only today's date", news(day=date(2024, 11, 3)), True),
    ("yesterday's date there, which ended 21 h ago", news(day=date(2024, 11, 2)), True),
    ("a date two days back", news(day=date(2024, 11, 1)), False),
    ("housekeeping", news(5 * MIN, service=True), False),
    ("taken back already", NewsUpdate("Text.", 0, retracted=True), False),
]


@pytest.mark.parametrize(("update", "alerts"), [row[1:] for row in FIRST_READS], ids=[row[0] for row in FIRST_READS])
def test_what_is_news_at_first_read(update: NewsUpdate, *, alerts: bool) -> None:
    """Only what can have happened within the last day alerts."""
    assert at_first_read(update, now=NOW).alerts is alerts


def claimed(
    kind: OutboxKind = OutboxKind.ALERT,
    *,
    age: timedelta = 5 * MIN,
    loud: bool = True,
    tag: Tag = SIREN,
    state: NewsState = NewsState.CURRENT,
    noticed: timedelta = MIN,
    read: timedelta = timedelta(0),
) -> Claimed:
    """A row to be sent now, of an update published ``age`` ago and first read ``read`` ago."""
    stored = StoredNews(
        id=1,
        feed_id=1,
        feed_title="Norvale Post",
        news=news(age),
        revision=1,
        state=state,
        first_seen_at=NOW - read,
        tags=(tag,),
        noticed_at=NOW - noticed,
    )
    return Claimed(1, kind, Destination(1, 1, ChatKind.PRIVATE), stored, loud, 1)


ORDERS = [
    ("curfew", True),
    ("Residents must evacuate", True),
    ("go to shelters", True),
    ("эвакуация жителей", True),
    ("Sirens", False),
    ("curfew in Tarvin was lifted", False),
    ("All clear · may leave the shelters", False),
    ("комендантский час отменён", False),
]


@pytest.mark.parametrize(("words", "stands"), ORDERS)
def test_orders_in_force(words: str, *, stands: bool) -> None:
    """Evacuation, curfew and shelter stand for hours, until somebody says that they are over."""
    assert is_standing_order((Tag("warnings", (Match(words, "rule", "topics"),)),)) is stands
    assert not is_standing_order((Tag("unrest", (Match(words, "rule", "topics"),)),))


REPLY, EDIT = OutboxKind.REPLY, OutboxKind.EDIT
RULINGS = [
    ("recent and loud rings", claimed(), False, None),
    ("a silent setting never rings", claimed(loud=False), True, None),
    ("late is silent and tells its age", claimed(age=3 * H), True, 3 * H),
    ("late and silent tells its age too", claimed(age=3 * H, loud=False), True, 3 * H),
    ("an order in force rings for hours", claimed(age=3 * H, tag=CURFEW), False, 3 * H),
    ("but not for a day", claimed(age=13 * H, tag=CURFEW), True, 13 * H),
    ("at 30 min it is still recent", claimed(age=30 * MIN), False, None),
    ("an edit notifies nobody", claimed(EDIT), True, None),
    (
        "a correction rings where the alert did, hours later",
        claimed(REPLY, age=3 * H, read=3 * H, state=NewsState.CORRECTED),
        False,
        None,
    ),
    ("a correction of what came late and silent", claimed(REPLY, age=3 * H, state=NewsState.CORRECTED), True, None),
    (
        "a correction of an order in force that came late",
        claimed(REPLY, age=3 * H, tag=CURFEW, state=NewsState.CORRECTED),
        False,
        None,
    ),
    ("a correction to a silent chat", claimed(REPLY, loud=False, state=NewsState.CORRECTED), True, None),
    ("a correction that waited long", claimed(REPLY, state=NewsState.CORRECTED, noticed=H), True, None),
    ("withdrawn is as loud", claimed(REPLY, state=NewsState.WITHDRAWN), False, None),
    ("removed is silent", claimed(REPLY, state=NewsState.REMOVED), True, None),
]


@pytest.mark.parametrize(("row", "silent", "late"), [row[1:] for row in RULINGS], ids=[row[0] for row in RULINGS])
def test_what_rings(row: Claimed, *, silent: bool, late: timedelta | None) -> None:
    """Sound is for what is recent, loud here, and not an edit; every ruling says why."""
    ruling = at_claim(row, now=NOW)
    assert (ruling.silent, ruling.late_by) == (silent, late)
    assert ruling.reason
