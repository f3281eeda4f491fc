"""What goes over the wire for a core message."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.chat.encoding import encode
from bot.core.message import Button, Entity, Message

MOMENT = datetime(2020, 11, 3, 17, 35, tzinfo=UTC)


def test_a_plain_message_is_its_text_without_a_preview() -> None:
    """Neither entities nor a keyboard are sent where there are none, and no link unfolds."""
    assert encode(Message("Calm.")) == {"text": "Calm.", "link_preview_options": {"is_disabled": True}}


def test_entities_keep_their_offsets_and_carry_what_their_kind_needs() -> None:
    """A link has its address, a moment its Unix time and format, and bold neither."""
    message = Message(
        "Karst 17:35 page",
        entities=(
            Entity("bold", 0, 5),
            Entity("date_time", 6, 5, moment=MOMENT, moment_format="t"),
            Entity("text_link", 12, 4, url="https://norvale.example/"),
        ),
    )
    assert encode(message)["entities"] == [
        {"type": "bold", "offset": 0, "length": 5},
        {"type": "date_time", "offset": 6, "length": 5, "unix_time": 1604424900, "date_time_format": "t"},
        {"type": "text_link", "offset": 12, "length": 4, "url": "https://norvale.example/"},
    ]


def test_buttons_are_rows_of_addresses_or_callback_data() -> None:
    """A button carries its one purpose, and rows stay rows."""
    message = Message(
        "x",
        buttons=(
            (Button("Source", url="https://norvale.example/"), Button("Why this?", data="1w:7")),
            (Button("A", data="1a"),),
        ),
    )
    assert encode(message)["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Source", "url": "https://norvale.example/"}, {"text": "Why this?", "callback_data": "1w:7"}],
            [{"text": "A", "callback_data": "1a"}],
        ]
    }
