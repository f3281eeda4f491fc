"""Several updates in one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.encoding import encode
from bot.core.archive import ChatKind, StoredNews
from bot.core.model import JoinedForm, Match, NewsState, Tag
from bot.core.render import MAX_VISIBLE, Joined, Span, joined, utf16_length
from bot.demo.telegram.text import formatted as formatted_by_telegram
from tests.core.alerts import FRAME, NASTY, PUBLISHED, a_stored, covered

YEREVAN = "Asia/Yerevan"
NOW = PUBLISHED + timedelta(minutes=35)
"""22:10 in Yerevan."""
SHELLS = a_stored(nearest=("tarvin",))
TALKS = a_stored(
    "Ministers met in Velm.",
    heading=None,
    published_at=PUBLISHED + timedelta(minutes=10),
    tags=(Tag("diplomacy"),),
    attribution=(),
    url=None,
    id=8,
)
CURFEW = a_stored(
    "Stay at home.",
    heading="Curfew in Karst",
    published_at=PUBLISHED + timedelta(minutes=20),
    tags=(Tag("warnings", (Match("curfew", "curfew", "topics"),)),),
    id=9,
)
SPAN = Span(PUBLISHED - timedelta(minutes=31), NOW)
FRAMED = replace(FRAME, labels={**FRAME.labels, "warnings": "Warning"}, mute_data="m1:0")


def join(stored: Sequence[StoredNews], form: JoinedForm, **changes: bool) -> Joined:
    """One message for a chat in Yerevan."""
    return joined(stored, form, FRAMED, now=NOW, zone=YEREVAN, span=SPAN, **changes)


def test_after_a_gap_its_time_and_the_latest_danger_come_first() -> None:
    """Then each update, oldest first, with its clock, title, speaker and link."""
    made = join([SHELLS, TALKS], JoinedForm.GAP)
    assert made.message.text.split("\n") == [
        "Missed 21:04–22:10: 2 updates, latest shelling 21:35 Tarvin",
        "",
        "21:35 Shelling: Karst Hit Again",
        "Karst Emergency Service, via Norvale Post",
        "",
        "21:45 Diplomacy: Ministers met in Velm.",
        "via Norvale Post",
    ]
    assert made.taken == (0, 1)
    shown = [(entity.kind, covered(made.message, entity), entity.url) for entity in made.message.entities]
    assert shown == [
        ("date_time", "21:04", None),
        ("date_time", "22:10", None),
        ("text_link", "Shelling: Karst Hit Again", "https://norvale.example/day#p7"),
        ("bold", "Diplomacy: Ministers met in Velm.", None),
    ]
    assert [button.label for row in made.message.buttons for button in row] == ["Mute…"]


OPENINGS = [
    (JoinedForm.GAP, [TALKS], "Missed 21:04–22:10: 1 update"),
    (JoinedForm.GAP, [replace(SHELLS, denial=True)], "Missed 21:04–22:10: 1 update"),
    (JoinedForm.GAP, [replace(SHELLS, all_clear=True)], "Missed 21:04–22:10: 1 update"),
    (JoinedForm.GAP, [SHELLS, CURFEW], "Missed 21:04–22:10: 2 updates, latest warning 21:55"),
    (JoinedForm.BACKLOG, [SHELLS, TALKS], "2 updates, held back until now"),
    (JoinedForm.DIGEST, [SHELLS, TALKS, SHELLS], "List of 22:10 Yerevan: 3 updates"),
    (JoinedForm.BURST, [SHELLS], "1 update since 21:04"),
    (JoinedForm.MORNING, [SHELLS], "In your quiet hours: 1 update"),
]


@pytest.mark.parametrize(("form", "stored", "line"), OPENINGS)
def test_the_first_line_says_what_the_message_is(form: JoinedForm, stored: list[StoredNews], line: str) -> None:
    """In plain words, with the time that it covers where it covers one."""
    assert join(stored, form).message.text.split("\n")[0] == line


def test_a_list_counts_its_topics_and_has_a_line_for_each_update() -> None:
    """At most ten of them; the rest goes in the next message, which says that it carries on."""
    many = [SHELLS] * 8 + [TALKS] * 5
    made = join(many, JoinedForm.DIGEST)
    lines = made.message.text.split("\n")
    assert lines[1] == "Shelling 8 · Diplomacy 5"
    assert lines[2:] == ["21:35 Shelling: Karst Hit Again"] * 8 + ["21:45 Diplomacy: Ministers met in Velm."] * 2
    assert made.taken == tuple(range(10))
    rest = join(many[10:], JoinedForm.DIGEST, continued=True)
    assert rest.message.text.split("\n")[0] == "List of 22:10 Yerevan: 3 updates (continued)"


def test_a_morning_begins_with_orders_in_force() -> None:
    """What must still be obeyed stands above what happened, which is in the order of events."""
    lines = join([SHELLS, TALKS, CURFEW], JoinedForm.MORNING).message.text.split("\n")
    assert lines[2:4] == ["In force", "21:55 Warning: Curfew in Karst"]
    assert [line for line in lines if line[:2] == "21"] == [
        "21:55 Warning: Curfew in Karst",
        "21:35 Shelling: Karst Hit Again",
        "21:45 Diplomacy: Ministers met in Velm.",
    ]
    assert "In force" not in join([SHELLS, CURFEW], JoinedForm.BACKLOG).message.text


LINES = [
    ("corrected since", replace(SHELLS, state=NewsState.CORRECTED), "21:35 CORRECTED. Shelling: Karst Hit Again"),
    (
        "withdrawn since",
        replace(SHELLS, state=NewsState.WITHDRAWN),
        "21:35 WITHDRAWN by Norvale Post. Shelling: Karst Hit Again",
    ),
    (
        "removed since",
        replace(SHELLS, state=NewsState.REMOVED, noticed_at=NOW),
        "21:35 REMOVED from the page, noticed 22:10, no reason given. Shelling: Karst Hit Again",
    ),
    ("an exercise", a_stored(exercise=True), "21:35 TEST Shelling: Karst Hit Again"),
    ("without a time", a_stored(published_at=None), "first read 21:36 Shelling: Karst Hit Again"),
    (
        "of another day",
        a_stored(published_at=PUBLISHED - timedelta(days=1)),
        "2 Nov, 21:35 Shelling: Karst Hit Again",
    ),
]


@pytest.mark.parametrize(("stored", "line"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_each_line_says_what_became_of_its_update(stored: StoredNews, line: str) -> None:
    """A line shows the source's clock and, once its source has changed it, that it has."""
    assert join([stored], JoinedForm.BURST).message.text.split("\n")[2] == line


def test_a_gap_over_midnight_names_the_day() -> None:
    """A clock of yesterday is not taken for one of today, in any client."""
    span = Span(NOW - timedelta(days=1), NOW)
    message = joined([SHELLS], JoinedForm.GAP, FRAMED, now=NOW, zone=YEREVAN, span=span).message
    assert message.text.startswith("Missed 2 Nov, 22:10–22:10: 1 update")
    assert [entity.moment_format for entity in message.entities[:2]] == ["dt", "t"]


def test_nothing_joined_is_a_mistake() -> None:
    """A list is never empty."""
    with pytest.raises(ValueError, match="nothing to join"):
        join([], JoinedForm.DIGEST)


@given(
    st.lists(st.tuples(st.none() | NASTY, NASTY, NASTY, NASTY, st.sampled_from(NewsState)), min_size=1, max_size=30),
    st.sampled_from(JoinedForm),
    st.sampled_from(ChatKind),
)
def test_no_source_can_break_a_joined_message(
    pieces: list[tuple[str | None, str, str, str, NewsState]], form: JoinedForm, kind: ChatKind
) -> None:
    """Whatever feeds contain, all updates arrive in messages that fit and that Telegram takes as they are."""
    left = [
        a_stored(text, heading=heading, feed_title=feed, attribution=(speaker,), state=state)
        for heading, text, feed, speaker, state in pieces
    ]
    while left:
        made = joined(left, form, replace(FRAMED, kind=kind), now=datetime(2024, 11, 4, tzinfo=UTC))
        assert made.taken
        left = [each for at, each in enumerate(left) if at not in made.taken]
        message = made.message
        assert 0 < utf16_length(message.text) <= MAX_VISIBLE
        assert len(formatted_by_telegram(message.text, encode(message).get("entities")).entities) == len(
            message.entities
        )
        assert all(covered(message, entity).strip() for entity in message.entities)
