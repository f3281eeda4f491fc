"""What alerts at all, and what rings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.core.archive import ChatKind, ChatState, Claimed, Destination, Revision, StoredNews
from bot.core.casualties import Casualties
from bot.core.habits import DigestTime, Habits, QuietHours
from bot.core.match import Lane, Lapse, Ruling, Send, Wait, at_claim, at_first_read, is_standing_order, what_is_new
from bot.core.model import Match, NewsState, NewsUpdate, OutboxKind, Tag, TopicMode

NOW = datetime(2024, 11, 3, 12, tzinfo=UTC)
H = timedelta(hours=1)
MIN = timedelta(minutes=1)
CURFEW = Tag("warnings", (Match("curfew", "curfew", "topics"),))
SHELLS = Tag("civilian-shelling", (Match("shells", "shells", "topics"),))
TALKS = Tag("diplomacy", (Match("talks", "talks", "topics"),))
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


def stored(age: timedelta = 5 * MIN, *, read: timedelta = timedelta(0), **changes: Any) -> StoredNews:
    """An update published ``age`` ago and first read ``read`` ago."""
    plain = StoredNews(
        1, 1, "Norvale Post", news(age), 1, NewsState.CURRENT, NOW - read, (SIREN,), noticed_at=NOW - MIN
    )
    return replace(plain, **changes)


def claimed(kind: OutboxKind = OutboxKind.ALERT, what: StoredNews | None = None, **changes: Any) -> Claimed:
    """A row to be sent now, with sound where its habits and its age allow it."""
    row = Claimed(1, kind, Destination(1, 1, ChatKind.PRIVATE), what or stored(), loud=True, attempt=1)
    return replace(row, **changes)


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
UNDECIDED = Habits()
MUTED = Habits(muted_until=NOW + H)
QUIET = Habits(quiet=QuietHours(time(11), time(13)))
SILENCE = Habits(quiet=QuietHours(time(11), time(13), danger_rings=False))
WAS_MUTED = Habits(muted_until=NOW - MIN)
STOPPED = Destination(1, 1, ChatKind.PRIVATE, state=ChatState.STOPPED)
FIRST = stored(20 * MIN, tags=(SHELLS,), places=("tarvin",), within=("karst",), casualties=Casualties(wounded=2))
AGAIN = replace(FIRST, id=2, report_of=1, first_seen_at=NOW)
DIGEST = TopicMode.DIGEST
RINGS = Send(silent=False, reason="recent")


def silent(reason: str, late_by: timedelta | None = None, lane: Lane = Lane.NORMAL) -> Send:
    """It goes at once, without a sound."""
    return Send(silent=True, reason=reason, late_by=late_by, lane=lane)


def corrected(was: str, now: str, **changes: Any) -> Claimed:
    """The reply to a correction of an alert that rang."""
    what = stored(news=replace(news(5 * MIN), text=now), state=NewsState.CORRECTED, **changes)
    return claimed(REPLY, what, previous=Revision(1, None, was, NOW - 5 * MIN))


ALERTS: list[tuple[str, Claimed, Habits, Ruling]] = [
    ("recent and loud rings", claimed(), UNDECIDED, RINGS),
    ("a silent setting never rings", claimed(loud=False), UNDECIDED, silent("the chat's setting is silent")),
    # Late.
    (
        "late is silent and tells its age",
        claimed(what=stored(3 * H)),
        UNDECIDED,
        silent("reported more than 30 min ago", 3 * H),
    ),
    (
        "late and silent tells its age too",
        claimed(what=stored(3 * H), loud=False),
        UNDECIDED,
        silent("the chat's setting is silent", 3 * H),
    ),
    (
        "an order in force rings for hours",
        claimed(what=stored(3 * H, tags=(CURFEW,))),
        UNDECIDED,
        Send(silent=False, reason="an order in force", late_by=3 * H),
    ),
    (
        "but not for a day",
        claimed(what=stored(13 * H, tags=(CURFEW,))),
        UNDECIDED,
        silent("reported more than 30 min ago", 13 * H),
    ),
    ("at 30 min it is still recent", claimed(what=stored(30 * MIN)), UNDECIDED, RINGS),
    # Breaking.
    (
        "breaking goes first",
        claimed(what=stored(level="breaking")),
        UNDECIDED,
        Send(silent=False, reason="recent", lane=Lane.BREAKING),
    ),
    (
        "breaking goes first to those who want no sound",
        claimed(what=stored(level="breaking"), loud=False),
        UNDECIDED,
        silent("the chat's setting is silent", lane=Lane.BREAKING),
    ),
    (
        "what was breaking hours ago goes in turn",
        claimed(what=stored(3 * H, level="breaking")),
        UNDECIDED,
        silent("reported more than 30 min ago", 3 * H),
    ),
    # Denials and exercises.
    ("a denial never rings", claimed(what=stored(denial=True)), UNDECIDED, silent("a denial never rings")),
    (
        "an exercise never rings",
        claimed(what=stored(news=replace(news(5 * MIN), exercise=True))),
        UNDECIDED,
        silent("an exercise or a test"),
    ),
    # All clear.
    ("a fresh all-clear rings", claimed(what=stored(all_clear=True)), UNDECIDED, RINGS),
    (
        "an all-clear is never told late",
        claimed(what=stored(31 * MIN, all_clear=True)),
        UNDECIDED,
        Lapse("an all-clear given more than 30 min ago"),
    ),
    (
        "an all-clear is never told after newer danger there",
        claimed(what=stored(all_clear=True), overtaken=True),
        UNDECIDED,
        Lapse("danger was reported there since this all-clear"),
    ),
    ("other news is not overtaken", claimed(overtaken=True), UNDECIDED, RINGS),
    # Another report of the same event.
    (
        "another report of an event is silent",
        claimed(what=AGAIN, first_report=FIRST),
        UNDECIDED,
        silent("another report of what the chat was told"),
    ),
    (
        "unless it brings a new place",
        claimed(what=replace(AGAIN, places=("tarvin", "velm")), first_report=FIRST),
        UNDECIDED,
        RINGS,
    ),
    (
        "or more victims",
        claimed(what=replace(AGAIN, casualties=Casualties(wounded=3)), first_report=FIRST),
        UNDECIDED,
        RINGS,
    ),
    (
        "or a new strike",
        claimed(what=AGAIN, first_report=replace(FIRST, tags=(TALKS,))),
        UNDECIDED,
        RINGS,
    ),
    # Mutes.
    ("a mute holds everything, danger too", claimed(), MUTED, Wait(NOW + H, "everything is muted here")),
    (
        "what a mute held comes without sound",
        claimed(what=stored(read=2 * MIN)),
        WAS_MUTED,
        silent("it was held by a mute"),
    ),
    ("what comes after a mute rings", claimed(), WAS_MUTED, RINGS),
    (
        "a muted story waits",
        claimed(what=stored(id=7)),
        Habits(muted_stories={7: NOW + H}),
        Wait(NOW + H, "this story is muted here"),
    ),
    (
        "and so do its other reports",
        claimed(what=stored(id=9, report_of=7)),
        Habits(muted_stories={7: NOW + H}),
        Wait(NOW + H, "this story is muted here"),
    ),
    ("other stories do not", claimed(what=stored(id=8)), Habits(muted_stories={7: NOW + H}), RINGS),
    (
        "what a mute of its story held comes without sound",
        claimed(what=stored(id=7, read=2 * MIN)),
        Habits(muted_stories={7: NOW - MIN}),
        silent("it was held by a mute"),
    ),
    # Quiet hours.
    ("danger rings in quiet hours", claimed(), QUIET, RINGS),
    ("not where nothing may ring", claimed(), SILENCE, Wait(NOW + H, "quiet hours")),
    ("danger of half an hour ago waits", claimed(what=stored(30 * MIN)), QUIET, Wait(NOW + H, "quiet hours")),
    ("other topics wait", claimed(what=stored(tags=(TALKS,))), QUIET, Wait(NOW + H, "quiet hours")),
    ("danger that the chat wants silent waits", claimed(loud=False), QUIET, Wait(NOW + H, "quiet hours")),
    ("a denial of danger waits", claimed(what=stored(denial=True)), QUIET, Wait(NOW + H, "quiet hours")),
    ("an all-clear waits", claimed(what=stored(all_clear=True)), QUIET, Wait(NOW + H, "quiet hours")),
    (
        "an exercise waits",
        claimed(what=stored(news=replace(news(5 * MIN), exercise=True))),
        QUIET,
        Wait(NOW + H, "quiet hours"),
    ),
    (
        "another report of known danger waits",
        claimed(what=AGAIN, first_report=FIRST),
        QUIET,
        Wait(NOW + H, "quiet hours"),
    ),
    (
        "an order of hours ago waits",
        claimed(what=stored(3 * H, tags=(CURFEW,))),
        QUIET,
        Wait(NOW + H, "quiet hours"),
    ),
    (
        "quiet hours are by the chat's clock",
        claimed(loud=False),
        replace(QUIET, zone="Asia/Tokyo"),
        silent("the chat's setting is silent"),
    ),
    # Digests.
    (
        "a list waits for its time",
        claimed(mode=DIGEST, loud=False, what=stored(tags=(TALKS,))),
        UNDECIDED,
        Wait(datetime(2024, 11, 3, 20, tzinfo=UTC), "its topics come as a list"),
    ),
    (
        "or for the full hour",
        claimed(mode=DIGEST, loud=False, what=stored(read=5 * MIN)),
        Habits(digest=DigestTime(None)),
        silent("the time of the list", lane=Lane.DIGEST),
    ),
    (
        "breaking news waits for no list",
        claimed(mode=DIGEST, loud=False, what=stored(level="breaking")),
        UNDECIDED,
        silent("breaking news waits for no list", lane=Lane.BREAKING),
    ),
    # /stop.
    (
        "after /stop nothing new comes",
        claimed(destination=STOPPED),
        UNDECIDED,
        Lapse("the chat said /stop: what it was sent is edited, nothing new comes"),
    ),
]
FOLLOW_UPS: list[tuple[str, Claimed, Habits, bool | type[Wait] | type[Lapse]]] = [
    ("an edit notifies nobody", claimed(EDIT), UNDECIDED, True),
    ("an edit waits for no morning", claimed(EDIT), SILENCE, True),
    ("after /stop edits still come", claimed(EDIT, destination=STOPPED), UNDECIDED, True),
    ("after /stop no reply comes", claimed(REPLY, destination=STOPPED), UNDECIDED, Lapse),
    (
        "a correction rings where the alert did, hours later",
        claimed(REPLY, stored(3 * H, read=3 * H, state=NewsState.CORRECTED)),
        UNDECIDED,
        False,
    ),
    ("one of what came late and silent", claimed(REPLY, stored(3 * H, state=NewsState.CORRECTED)), UNDECIDED, True),
    (
        "one of an order in force that came late",
        claimed(REPLY, stored(3 * H, tags=(CURFEW,), state=NewsState.CORRECTED)),
        UNDECIDED,
        False,
    ),
    ("one of an alert that is on record as silent", claimed(REPLY, rang=False), UNDECIDED, True),
    ("one of a late alert that is on record as loud", claimed(REPLY, stored(3 * H), rang=True), UNDECIDED, False),
    ("one to a silent chat", claimed(REPLY, loud=False), UNDECIDED, True),
    ("one to a chat that has turned the sound off since", claimed(REPLY, loud_now=False), UNDECIDED, True),
    ("one that waited long", claimed(REPLY, stored(noticed_at=NOW - H)), UNDECIDED, True),
    ("withdrawn is as loud", claimed(REPLY, stored(state=NewsState.WITHDRAWN)), UNDECIDED, False),
    ("removed is silent", claimed(REPLY, stored(state=NewsState.REMOVED)), UNDECIDED, True),
    ("a muted chat is told silently", claimed(REPLY), MUTED, True),
    ("quiet hours let it wait for the morning", claimed(REPLY, rang=True, sent_at=NOW - 2 * H), QUIET, Wait),
    ("of an alert that did not ring too", claimed(REPLY, rang=False, sent_at=NOW - MIN), QUIET, Wait),
    ("but not where its alert rang in them", claimed(REPLY, rang=True, sent_at=NOW - MIN), QUIET, True),
    ("another place rings", corrected("Shells fell on Tarvin today.", "Shells fell on Velm today."), UNDECIDED, False),
    (
        "a denial rings",
        corrected("The army hit the market of Tarvin.", "The army did not hit the market of Tarvin."),
        UNDECIDED,
        False,
    ),
    (
        "another number of victims rings",
        corrected(
            "One man was wounded in Tarvin.", "Two men were wounded in Tarvin.", casualties=Casualties(wounded=2)
        ),
        UNDECIDED,
        False,
    ),
    (
        "another number of anything else is silent",
        corrected("The ministers met for 3 hours.", "The ministers met for 4 hours.", tags=(TALKS,)),
        UNDECIDED,
        True,
    ),
    (
        "another hour of an order rings",
        corrected("The curfew begins at 20:00.", "The curfew begins at 18:00.", tags=(CURFEW,)),
        UNDECIDED,
        False,
    ),
]


@pytest.mark.parametrize(("row", "habits", "ruling"), [row[1:] for row in ALERTS], ids=[row[0] for row in ALERTS])
def test_when_and_how_an_alert_goes(row: Claimed, habits: Habits, ruling: Ruling) -> None:
    """Whether it goes now, in which lane, whether it rings and what age it tells, with the reason."""
    assert at_claim(row, habits, now=NOW) == ruling


@pytest.mark.parametrize(
    ("row", "habits", "expected"), [row[1:] for row in FOLLOW_UPS], ids=[row[0] for row in FOLLOW_UPS]
)
def test_how_changes_are_told(row: Claimed, habits: Habits, expected: bool | type[Wait] | type[Lapse]) -> None:
    """A correction rings at most as its alert did, where what changed is grave, and leaves quiet hours alone."""
    ruling = at_claim(row, habits, now=NOW)
    if isinstance(ruling, Send):
        assert ruling.silent is expected, ruling.reason
        assert ruling.late_by is None
    else:
        assert type(ruling) is expected
    assert ruling.reason


def test_what_waited_is_ruled_on_again() -> None:
    """After quiet hours what was held goes, by its age then."""
    row = claimed(what=stored(tags=(TALKS,)))
    first = at_claim(row, QUIET, now=NOW)
    assert isinstance(first, Wait)
    assert at_claim(row, QUIET, now=first.until) == silent("reported more than 30 min ago", H + 5 * MIN)


def test_an_event_told_again_from_nearer_by_is_no_news() -> None:
    """A region named in place of a town in it, or fewer victims, is nothing new."""
    assert what_is_new(FIRST, replace(AGAIN, places=("karst",))) is None
    assert what_is_new(FIRST, replace(AGAIN, casualties=Casualties())) is None
    assert what_is_new(FIRST, replace(AGAIN, denial=True)) is None
