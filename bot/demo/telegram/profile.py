"""The methods that answer taps and that describe the bot: command menus, texts, the webhook that it does not have."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.demo.telegram.access import readable_chat
from bot.demo.telegram.errors import QUERY_TOO_OLD, JsonObject, bad_request
from bot.demo.telegram.parameters import Parameters
from bot.demo.telegram.telegram import CallbackAnswer, Telegram

MAX_TOAST = 200

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_PLAIN_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES = {
    "chat": frozenset({"type", "chat_id"}),
    "chat_administrators": frozenset({"type", "chat_id"}),
    "chat_member": frozenset({"type", "chat_id", "user_id"}),
}


def answer_callback_query(telegram: Telegram, parameters: Parameters) -> bool:
    """``answerCallbackQuery``; a query takes one answer."""
    query = telegram.queries.get(parameters.text("callback_query_id"))
    if query is None or query.answer is not None:
        raise bad_request(QUERY_TOO_OLD)
    answer = CallbackAnswer(parameters.text("text"), parameters.flag("show_alert"), parameters.text("url"))
    if len(answer.text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = answer
    del telegram.queries[query.id]
    telegram.world.announce(query.message.chat)
    return True


def set_my_commands(telegram: Telegram, parameters: Parameters) -> bool:
    """``setMyCommands``."""
    commands = parameters.array("commands") or []
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    scope = _scope(telegram, parameters)
    telegram.menus.set(scope, parameters.text("language_code"), [_command(command) for command in commands])
    return True


def get_my_commands(telegram: Telegram, parameters: Parameters) -> list[JsonObject]:
    """``getMyCommands``."""
    return telegram.menus.get(_scope(telegram, parameters), parameters.text("language_code"))


def delete_my_commands(telegram: Telegram, parameters: Parameters) -> bool:
    """``deleteMyCommands``."""
    telegram.menus.set(_scope(telegram, parameters), parameters.text("language_code"), [])
    return True


def text_setter(name: str, limit: int) -> Callable[[Telegram, Parameters], bool]:
    """``setMyName``, ``setMyDescription`` or ``setMyShortDescription``, by the name of its parameter."""

    def set_text(telegram: Telegram, parameters: Parameters) -> bool:
        text = parameters.text(name)
        if len(text) > limit:
            raise bad_request(f"{name} is too long")
        telegram.texts[name, parameters.text("language_code")] = text
        return True

    return set_text


def text_getter(name: str) -> Callable[[Telegram, Parameters], JsonObject]:
    """``getMyName``, ``getMyDescription`` or ``getMyShortDescription``."""

    def get_text(telegram: Telegram, parameters: Parameters) -> JsonObject:
        return {name: telegram.texts.get((name, parameters.text("language_code")), "")}

    return get_text


def delete_webhook(telegram: Telegram, parameters: Parameters) -> bool:
    """``deleteWebhook``."""
    if parameters.flag("drop_pending_updates"):
        telegram.updates.clear()
    return True


def get_webhook_info(telegram: Telegram, _: Parameters) -> JsonObject:
    """``getWebhookInfo``: there is none."""
    return {"url": "", "has_custom_certificate": False, "pending_update_count": len(telegram.updates)}


def _command(command: Any) -> JsonObject:
    if not isinstance(command, dict) or set(command) != {"command", "description"}:
        raise bad_request("can't parse BotCommand: expected an Object with a command and its description")
    if not _COMMAND.fullmatch(str(command["command"])):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(str(command["description"])) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return dict(command)


def _scope(telegram: Telegram, parameters: Parameters) -> JsonObject | None:
    scope = parameters.object("scope")
    if scope is None:
        return None
    kind = scope.get("type")
    fields = frozenset({"type"}) if kind in _PLAIN_SCOPES else _CHAT_SCOPES.get(str(kind))
    if fields is None or set(scope) != fields:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if "chat_id" in fields:
        readable_chat(telegram.world, scope["chat_id"])
    return scope
