"""A core message as the parameters of ``sendMessage`` and ``editMessageText``, in one place for replies and alerts.

Entities are sent as such, never as HTML or Markdown: nothing that a feed or a person wrote can forge formatting.
"""

from __future__ import annotations

from typing import Any, assert_never

from bot.core.message import Button, Entity, Message

Json = dict[str, Any]


def encode(message: Message) -> Json:
    """The Bot API parameters ``text``, ``entities``, ``link_preview_options`` and, with buttons, ``reply_markup``.

    Everything is plain JSON values. Edited without ``reply_markup``, a message loses its buttons, which is what a
    message without buttons asks for.
    """
    parameters: Json = {"text": message.text, "link_preview_options": {"is_disabled": True}}
    if message.entities:
        parameters["entities"] = [_entity(entity) for entity in message.entities]
    if message.buttons:
        parameters["reply_markup"] = encode_buttons(message.buttons)
    return parameters


def encode_buttons(rows: tuple[tuple[Button, ...], ...]) -> Json:
    """Rows of buttons as an ``InlineKeyboardMarkup``."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]}


def _button(button: Button) -> Json:
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}


def _entity(entity: Entity) -> Json:
    encoded: Json = {"type": entity.kind, "offset": entity.offset, "length": entity.length}
    match entity.kind:
        case "text_link":
            encoded["url"] = entity.url
        case "date_time":
            encoded["unix_time"] = int(entity.moment.timestamp()) if entity.moment else 0
            encoded["date_time_format"] = entity.moment_format
        case "bold" | "italic" | "underline" | "strikethrough" | "code" | "blockquote" | "expandable_blockquote":
            pass
        case unknown:
            assert_never(unknown)
    return encoded
