"""A chat as plain text: what a person said after ``›``, the bot's words as they stand, its buttons in brackets."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from bot.demo.telegram.keyboards import Keyboard
from bot.demo.telegram.text import utf16_length
from bot.demo.telegram.world import ChatMessage

_QUOTED = 40
"""Characters of an answered message that are shown."""


def transcript(messages: Iterable[ChatMessage]) -> str:
    """The messages in order, a blank line between two of them."""
    return "\n\n".join(map(message_text, messages))


def message_text(message: ChatMessage, *, numbered: bool = False) -> str:
    """One message as plain text, with its marks, what it answers, and its buttons, on demand with their numbers."""
    if not message.from_bot:
        words = " ".join([*_file(message), message.text]).strip()
        return f"{_speaker(message)}› {words or _service_words(message)}"
    lines = [
        *_marks(message),
        *_answered(message),
        *_file(message),
        *_body(message),
        *_buttons(message.keyboard, numbered=numbered),
    ]
    return "\n".join(lines)


def _speaker(message: ChatMessage) -> str:
    if message.chat.user is not None or message.sender is None:
        return ""
    name = message.chat.title if message.sender_chat is message.chat else message.sender.first_name
    return f"{name} "


def _service_words(message: ChatMessage) -> str:
    return f"({', '.join(message.extra)})".replace("_", " ")


def _marks(message: ChatMessage) -> list[str]:
    marks = [name for name, holds in (("silent", message.silent), ("edited", message.edit_date is not None)) if holds]
    return [f"({', '.join(marks)})"] if marks else []


def _file(message: ChatMessage) -> list[str]:
    if message.file is None:
        return []
    return [f"(document {message.file.name})" if message.file.size is None else "(photo)"]


def _answered(message: ChatMessage) -> list[str]:
    if message.reply_to is None:
        return []
    quote = message.extra.get("quote")
    words = str(quote["text"]) if quote else message.reply_to.text.partition("\n")[0]
    return [f"↩ “{words if len(words) <= _QUOTED else words[: _QUOTED - 1] + '…'}”"]


def _body(message: ChatMessage) -> list[str]:
    """The text, its block quotations marked as e-mail marks them."""
    lines, offset = [], 0
    quotations = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in message.entities
        if entity["type"] in {"blockquote", "expandable_blockquote"}
    ]
    for line in message.text.split("\n"):
        quoted = any(start <= offset < end for start, end in quotations)
        lines.append(f"| {line}" if quoted else line)
        offset += utf16_length(line) + 1
    return lines


def _buttons(keyboard: Keyboard, *, numbered: bool) -> list[str]:
    numbers = itertools.count(1)
    return [
        " ".join(f"[{f'{next(numbers)} ' if numbered else ''}{button.label}]" for button in row) for row in keyboard
    ]
