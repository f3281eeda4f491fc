"""What a chat is sent next: alone or together, now or later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.core.archive import ChatKind, ChatState, Claimed, Destination, StoredNews
from bot.core.gather import FEW, Joint, Parcel, Turn, next_message, one_by_one
from bot.core.habits import DigestTime, Habits, QuietHours
from bot.core.match import Lane
from bot.core.message import Message
from bot.core.model import JoinedForm, Level, NewsState, OutboxKind, Tag, TopicMode
from tests.builders import NOW, a_news, minutes

HERE = Destination(1, 100, ChatKind.PRIVATE)
GAP, MORNING, BACKLOG, DIGEST = JoinedForm.GAP, JoinedForm.MORNING, JoinedForm.BACKLOG, JoinedForm.DIGEST
UNDECIDED = Habits(zone="UTC")


def a_row(
    number: int,
    *,
    age: float = 5,
    waited: float = 0,
    level: Level = "routine",
    lane: Lane | None = None,
    kind: OutboxKind = OutboxKind.ALERT,
    mode: TopicMode = TopicMode.LOUD,
    destination: Destination = HERE,
    **more: Any,
) -> Claimed:
    """An outbox row of an update published ``age`` minutes ago that has waited for some minutes."""
    stored = StoredNews(
        id=number,
        feed_id=1,
        feed_title="Norvale Post",
        news=a_news(published_at=NOW - minutes(age), position=number),
        revision=1,
        state=NewsState.CURRENT,
        first_seen_at=NOW - minutes(waited),
        tags=(Tag("civilian-shelling" if level == "breaking" else "frontline"),),
        noticed_at=NOW - minutes(waited),
        level=level,
    )
    usual = Lane.BREAKING if level == "breaking" else Lane.DIGEST if mode is TopicMode.DIGEST else Lane.NORMAL
    facts: dict[str, Any] = {"queued_at": NOW - minutes(waited), "lane": usual if lane is None else lane, "mode": mode}
    return Claimed(number, kind, destination, stored, mode is TopicMode.LOUD, 1, **(facts | more))


def some(count: int, **more: Any) -> list[Claimed]:
    """So many rows alike, in the order of their updates."""
    return [a_row(number, **more) for number in range(1, count + 1)]


def turn(
    rows: Sequence[Claimed],
    habits: Habits = UNDECIDED,
    *,
    room: int = 99,
    heard: Sequence[int] = (),
    now: datetime = NOW,
) -> Turn:
    """What becomes of these rows, in a chat that decided this; a message has room for so many."""

    def join(_destination: Destination, stored: Sequence[StoredNews], form: JoinedForm) -> Joint:
        return Joint(Message(f"{form}"), tuple(range(min(len(stored), room))))

    return next_message(rows, lambda _: habits, lambda row: row.id in heard, join, now=now)


def parcel_of(*arguments: Any, **named: Any) -> Parcel:
    """The message that goes."""
    parcel = turn(*arguments, **named).parcel
    assert parcel is not None
    return parcel


def ids(parcel: Parcel) -> list[int]:
    """Which rows are in it."""
    return [row.id for row in parcel.rows]


FORMS: list[tuple[str, list[Claimed], JoinedForm | None, list[int]]] = [
    # what the row shows               what is due                                           form     who goes
    ("one alone", some(1), None, [1]),
    ("few and fresh ones go one by one", some(FEW), None, [1]),
    ("more than a few go together", some(FEW + 1), BACKLOG, [1, 2, 3, 4]),
    ("few that have waited go together", some(2, waited=2), BACKLOG, [1, 2]),
    ("one late alone says its age", some(1, age=180), None, [1]),
    ("late ones are a gap", some(2, age=180), GAP, [1, 2]),
    ("a gap takes the fresh ones along", [a_row(1, age=180), a_row(2), a_row(3, level="breaking")], GAP, [1, 2, 3]),
    ("what breaks goes alone", [a_row(9, level="breaking"), *some(8)], None, [9]),
    ("but not much of it", some(FEW + 1, level="breaking"), BACKLOG, [1, 2, 3, 4]),
    ("a list, be it of one", some(1, mode=TopicMode.DIGEST, waited=24 * 60), DIGEST, [1]),
]


@pytest.mark.parametrize(("rows", "form", "who"), [row[1:] for row in FORMS], ids=[row[0] for row in FORMS])
def test_what_goes_together(rows: list[Claimed], form: JoinedForm | None, who: list[int]) -> None:
    """What waited together goes as one message, oldest first; what is fresh and little goes one by one."""
    parcel = parcel_of(rows)
    assert (parcel.form, ids(parcel)) == (form, who)
    assert (parcel.message is None) == (form is None)


def test_a_gap_rings_only_for_what_is_recent() -> None:
    """Half an hour after, nothing in it is worth a sound; one fresh update in it is."""
    assert parcel_of(some(3, age=180)).silent
    assert not parcel_of([*some(2, age=180), a_row(3)]).silent


def test_what_has_no_room_waits_for_the_next_message() -> None:
    """Rows that did not fit are neither sent nor put off: they stay as they are."""
    made = turn(some(8), room=5)
    assert made.parcel is not None
    assert (ids(made.parcel), made.put_off) == ([1, 2, 3, 4, 5], ())


def test_oldest_first_whatever_the_lane() -> None:
    """A joined message is in the order of events."""
    rows = [a_row(5, age=10, level="breaking", waited=9), a_row(6, age=70), a_row(7, age=3)]
    assert ids(parcel_of(rows)) == [6, 5, 7]


def test_quiet_hours_hold_and_the_morning_brings_one_list() -> None:
    """In the quiet hours a row waits for their end; afterwards all of the night is one message."""
    night = Habits(zone="UTC", quiet=QuietHours(time(11), time(13)))
    held = turn(some(5), night)
    assert held.parcel is None
    assert {each.until for each in held.put_off} == {NOW + timedelta(hours=1)}
    assert {each.id for each in held.put_off} == {1, 2, 3, 4, 5}
    assert parcel_of(some(2, waited=10), night, now=NOW + minutes(65)).form is MORNING


def test_danger_breaks_quiet_hours_past_what_they_hold() -> None:
    """What must wait does not hold up what must not."""
    night = Habits(zone="UTC", quiet=QuietHours(time(11), time(13)))
    made = turn([a_row(1, level="breaking"), a_row(2, mode=TopicMode.SILENT)], night)
    assert made.parcel is not None
    assert (ids(made.parcel), [each.id for each in made.put_off]) == ([1], [2])


def test_a_list_waits_for_its_time() -> None:
    """A digest's rows wait until the chat's time for lists."""
    made = turn(some(3, mode=TopicMode.DIGEST), Habits(zone="UTC", digest=DigestTime(time(20))))
    assert (made.parcel, {each.until for each in made.put_off}) == (None, {NOW + timedelta(hours=8)})


def test_what_breaks_is_never_in_a_list() -> None:
    """It goes at once and by itself, although its topic is gathered here."""
    rows = [a_row(1, mode=TopicMode.DIGEST, level="breaking"), *some(3, mode=TopicMode.DIGEST, waited=24 * 60)]
    assert (parcel_of(rows).form, ids(parcel_of(rows))) == (None, [1])


def test_a_lists_correction_opens_the_next_list() -> None:
    """It waits for the list's time and stands above the new updates."""
    correction = a_row(7, kind=OutboxKind.REPLY, lane=Lane.DIGEST, mode=TopicMode.DIGEST, waited=24 * 60)
    fresh = replace(correction, queued_at=NOW)
    assert turn([fresh]).parcel is None
    together = parcel_of([*some(2, mode=TopicMode.DIGEST, waited=24 * 60), correction])
    assert (together.form, ids(together)) == (DIGEST, [7, 1, 2])


def test_a_chat_that_stopped_gets_only_edits() -> None:
    """What it was sent is still corrected; alerts and replies lapse."""
    stopped = replace(HERE, state=ChatState.STOPPED)
    edit = a_row(1, kind=OutboxKind.EDIT, lane=Lane.EDITS, destination=stopped, message_id=41)
    reply = a_row(2, kind=OutboxKind.REPLY, lane=Lane.EDITS, destination=stopped, message_id=41)
    made = turn([edit, reply, a_row(3, destination=stopped)])
    assert made.parcel is not None
    assert (ids(made.parcel), [each.id for each in made.lapsed]) == ([1], [2, 3])


def test_an_edit_of_a_joined_message_takes_the_others_along() -> None:
    """Two corrected lines of one message are one edit; an edit of another message is another."""
    joined: dict[str, Any] = {"kind": OutboxKind.EDIT, "lane": Lane.EDITS, "message_id": 41, "form": BACKLOG}
    rows = [a_row(1, **joined), a_row(2, **joined | {"message_id": 42}), a_row(3, **joined)]
    assert ids(parcel_of(rows)) == [1, 3]
    alone = [a_row(number, **joined | {"form": None}) for number in (1, 2)]
    assert ids(parcel_of(alone)) == [1]
    assert ids(one_by_one(rows).parcel or parcel_of(alone)) == [1, 3]


def test_corrections_go_alone() -> None:
    """A reply answers one alert, however many of them wait."""
    rows = [a_row(n, kind=OutboxKind.REPLY, lane=Lane.EDITS, message_id=40 + n, rang=True) for n in range(1, 9)]
    assert (parcel_of(rows).form, ids(parcel_of(rows))) == (None, [1])


def test_threads_are_not_mixed() -> None:
    """What waits for another thread of the chat is another message."""
    there = Destination(2, 100, ChatKind.GROUP, thread_id=5)
    rows = [row for n in range(1, 6) for row in (a_row(n), a_row(10 + n, destination=there))]
    assert ids(parcel_of(rows)) == [1, 2, 3, 4, 5]


def test_what_another_thread_has_heard_is_silent() -> None:
    """Alone or joined, an update rings in one thread of a chat; one that was not heard rings for all."""
    assert parcel_of(some(1), heard=[1]).silent
    assert parcel_of(some(5), heard=[1, 2, 3, 4, 5]).silent
    assert not parcel_of(some(5), heard=[1, 2, 3, 4]).silent


def test_a_copy_goes_as_the_first_try_went() -> None:
    """What may have arrived as one message comes again as that message, though the chat sleeps by now."""
    night = Habits(zone="UTC", quiet=QuietHours(time(11), time(13)))
    doubtful = [replace(row, possibly_sent=True, form=BACKLOG, attempt=2) for row in some(3)]
    parcel = parcel_of(doubtful, night)
    assert (ids(parcel), parcel.form, parcel.silent, parcel.possibly_sent) == ([1, 2, 3], BACKLOG, True, True)
    alone = parcel_of([replace(doubtful[0], form=None)], night)
    assert (ids(alone), alone.form, alone.message) == ([1], None, None)
