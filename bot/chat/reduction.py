"""What of an incoming update is written down until it is done: whose it is, where it stands and what it sets.

Names, texts and words never are. What follows a command is kept only where it is an address, a number, a code or a deep
link's topic, and what stands in a message only where the tapped button stores it anyway.

Here an ``update`` is Telegram's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import CallbackQuery, Message, MessageEntity, Update

from bot.chat.callbacks import AddFeed, Code, FollowWord, PreviewOffered, ShowSample, decode
from bot.chat.calls import Command
from bot.chat.incoming import is_asked

Json = dict[str, Any]

KEEPING_COMMANDS = frozenset({"start", "claim", "addfeed", "removefeed"})
"""Commands whose argument is kept: it is none of a person's own words."""
KEEPING_BUTTONS: frozenset[type[Code]] = frozenset({AddFeed, FollowWord, PreviewOffered, ShowSample})
"""Buttons whose message is kept: what stands in it is an address that an admin typed, or what the tap has us store."""


@dataclass(frozen=True, slots=True)
class Reduced:
    """An update as it is written down."""

    chat_id: int
    body: str
    """JSON of an update of the Bot API."""
    wordless: bool
    """Words that its answer needs are not in it."""


class Reduction:
    """Reduces updates to what these commands and their buttons need."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self._commands = {command.name: command for command in commands}

    def reduced(self, update: Update) -> Reduced | None:
        """What to write down; ``None`` for what changes nothing and asks for nothing."""
        if update.callback_query is not None:
            kind, (content, wordless) = "callback_query", self._tap(update.callback_query)
        elif update.message is not None and _matters(update.message):
            kind, (content, wordless) = "message", self._message(update.message)
        elif update.my_chat_member is not None:
            kind, content, wordless = "my_chat_member", _membership(update.my_chat_member.to_dict()), False
        else:
            return None
        chat = update.effective_chat
        body = json.dumps({"update_id": update.update_id, kind: content}, separators=(",", ":"))
        return Reduced(chat.id if chat is not None else 0, body, wordless)

    def _message(self, message: Message) -> tuple[Json, bool]:
        content = _envelope(message.to_dict())
        kept, wordless = self._command_of(message)
        if kept:
            command = next(iter(message.parse_entities([MessageEntity.BOT_COMMAND]).values()))
            content["text"] = kept
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(command)}]
        return content, wordless

    def _command_of(self, message: Message) -> tuple[str, bool]:
        """What is kept of a typed command, and whether words that it needs are missing in that."""
        typed = (message.text or "").split(maxsplit=1)
        called = typed[0].removeprefix("/") if typed and message.text and message.text.startswith("/") else ""
        command = self._commands.get(called.partition("@")[0].lower())
        if command is None:
            return "", False
        if command.name in KEEPING_COMMANDS:
            return " ".join(typed), False
        return typed[0], bool(command.argument) and len(typed) > 1

    @staticmethod
    def _tap(query: CallbackQuery) -> tuple[Json, bool]:
        given = query.to_dict()
        content = _picked(given, {"id": _as_is, "from": _user, "chat_instance": _as_is, "data": _as_is})
        if query.message is None:
            return content, False
        content["message"] = _envelope(given["message"]) | _picked(given["message"], {"reply_markup": _links})
        code = decode(query.data or "")
        if code is None or not isinstance(query.message, Message):
            return content, False
        if type(code) in KEEPING_BUTTONS:
            content["message"] |= _picked(given["message"], {"text": _as_is, "entities": _as_is})
            return content, False
        return content, bool(query.message.parse_entities([MessageEntity.CODE]))


def _matters(message: Message) -> bool:
    return is_asked(message) or message.migrate_to_chat_id is not None


def _as_is(value: Any) -> Any:
    return value


def _picked(given: Json, fields: Mapping[str, Callable[[Any], Any]]) -> Json:
    return {name: pick(given[name]) for name, pick in fields.items() if given.get(name) is not None}


def _user(user: Json) -> Json:
    """The Bot API requires a name: an empty one stands for it."""
    return _picked(user, {"id": _as_is, "is_bot": _as_is, "language_code": _as_is}) | {"first_name": ""}


def _chat(chat: Json) -> Json:
    return _picked(chat, {"id": _as_is, "type": _as_is, "is_forum": _as_is})


def _forwarded(origin: Json) -> Json:
    """That it is somebody else's, and not whose."""
    return {"type": "hidden_user", "date": origin["date"], "sender_user_name": ""}


def _answered(message: Json) -> Json:
    return _picked(message, {"message_id": _as_is, "date": _as_is, "chat": _chat, "from": _user})


def _envelope(message: Json) -> Json:
    """Where a message stands and who wrote it."""
    fields = {
        "sender_chat": _chat,
        "message_thread_id": _as_is,
        "is_topic_message": _as_is,
        "migrate_to_chat_id": _as_is,
        "forward_origin": _forwarded,
        "reply_to_message": _answered,
    }
    return _answered(message) | _picked(message, fields)


def _links(keyboard: Json) -> Json:
    """The buttons that open an address: they are the bot's own, and stay under the message when others change."""
    rows = [[key for key in row if "url" in key] for row in keyboard["inline_keyboard"]]
    return {"inline_keyboard": [row for row in rows if row]}


def _membership(changed: Json) -> Json:
    fields = {"chat": _chat, "from": _user, "date": _as_is, "old_chat_member": _member, "new_chat_member": _member}
    return _picked(changed, fields)


def _member(member: Json) -> Json:
    """The status and the rights, which are numbers and flags; a title is a name."""
    rights = {name: value for name, value in member.items() if isinstance(value, bool | int)}
    return {"status": member["status"], "user": _user(member["user"])} | rights
