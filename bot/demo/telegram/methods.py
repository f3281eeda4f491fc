"""The methods that this server speaks: what each takes, and what carries it out.

A method or parameter that the bot does not use is left out on purpose: asking for it is refused, so that nothing
reaches the real Telegram which no test has seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.demo.telegram import chats, messages, profile
from bot.demo.telegram.parameters import Kind, Parameters, boolean, chat_id, file, integer, string, structure
from bot.demo.telegram.telegram import Telegram

GET_UPDATES = "getUpdates"


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Bot API."""

    name: str
    apply: Callable[[Telegram, Parameters], object]
    """Carries the call out and returns the ``result``; raises ``ApiError`` and then has changed nothing."""
    kinds: Mapping[str, Kind]
    """Every parameter that it knows, with its kind."""
    required: frozenset[str] = frozenset()
    paced: bool = False
    """It puts a message into a chat and so counts for the rates."""

    @property
    def shut_out(self) -> bool:
        """It changes something in a chat and so is refused, too, while a violation closes everything."""
        return "chat_id" in self.kinds and not self.name.startswith("get")


def _not_applied(_: Telegram, __: Parameters) -> object:
    raise AssertionError("the server reads the updates itself")


_CHAT: Mapping[str, Kind] = {"chat_id": chat_id}
_MESSAGE: Mapping[str, Kind] = {**_CHAT, "message_id": integer}
_TEXT: Mapping[str, Kind] = {
    "text": string,
    "entities": structure,
    "link_preview_options": structure,
    "reply_markup": structure,
}
_SEND: Mapping[str, Kind] = {
    **_CHAT,
    "message_thread_id": integer,
    "disable_notification": boolean,
    "protect_content": boolean,
    "reply_parameters": structure,
}
_FILE: Mapping[str, Kind] = {
    **_SEND,
    "caption": string,
    "caption_entities": structure,
    "reply_markup": structure,
}
_SCOPE: Mapping[str, Kind] = {"scope": structure, "language_code": string}
_LANGUAGE: Mapping[str, Kind] = {"language_code": string}


def _method(
    name: str,
    apply: Callable[[Telegram, Parameters], object],
    kinds: Mapping[str, Kind] | None = None,
    *required: str,
    paced: bool = False,
) -> Method:
    return Method(name, apply, kinds or {}, frozenset(required), paced)


_ALL = (
    _method("getMe", chats.get_me),
    _method(
        GET_UPDATES,
        _not_applied,
        {"offset": integer, "limit": integer, "timeout": integer, "allowed_updates": structure},
    ),
    _method("deleteWebhook", profile.delete_webhook, {"drop_pending_updates": boolean}),
    _method("getWebhookInfo", profile.get_webhook_info),
    _method("sendMessage", messages.send_message, {**_SEND, **_TEXT}, "chat_id", "text", paced=True),
    _method("sendPhoto", messages.send_photo, {**_FILE, "photo": file}, "chat_id", "photo", paced=True),
    _method("sendDocument", messages.send_document, {**_FILE, "document": file}, "chat_id", "document", paced=True),
    _method("getFile", chats.get_file, {"file_id": string}, "file_id"),
    _method("editMessageText", messages.edit_message_text, {**_MESSAGE, **_TEXT}, "chat_id", "message_id", "text"),
    _method(
        "editMessageReplyMarkup",
        messages.edit_message_reply_markup,
        {**_MESSAGE, "reply_markup": structure},
        "chat_id",
        "message_id",
    ),
    _method(
        "editMessageCaption",
        messages.edit_message_caption,
        {**_MESSAGE, "caption": string, "caption_entities": structure, "reply_markup": structure},
        "chat_id",
        "message_id",
    ),
    _method("deleteMessage", messages.delete_message, _MESSAGE, "chat_id", "message_id"),
    _method(
        "answerCallbackQuery",
        profile.answer_callback_query,
        {"callback_query_id": string, "text": string, "show_alert": boolean, "url": string, "cache_time": integer},
        "callback_query_id",
    ),
    _method("getChat", chats.get_chat, _CHAT, "chat_id"),
    _method("getChatMember", chats.get_chat_member, {**_CHAT, "user_id": integer}, "chat_id", "user_id"),
    _method("getChatAdministrators", chats.get_chat_administrators, _CHAT, "chat_id"),
    _method("leaveChat", chats.leave_chat, _CHAT, "chat_id"),
    _method(
        "sendChatAction",
        chats.send_chat_action,
        {**_CHAT, "action": string, "message_thread_id": integer},
        "chat_id",
        "action",
    ),
    _method("setMyCommands", profile.set_my_commands, {"commands": structure, **_SCOPE}, "commands"),
    _method("getMyCommands", profile.get_my_commands, _SCOPE),
    _method("deleteMyCommands", profile.delete_my_commands, _SCOPE),
    _method("setMyName", profile.text_setter("name", 64), {"name": string, **_LANGUAGE}),
    _method("getMyName", profile.text_getter("name"), _LANGUAGE),
    _method("setMyDescription", profile.text_setter("description", 512), {"description": string, **_LANGUAGE}),
    _method("getMyDescription", profile.text_getter("description"), _LANGUAGE),
    _method(
        "setMyShortDescription",
        profile.text_setter("short_description", 120),
        {"short_description": string, **_LANGUAGE},
    ),
    _method("getMyShortDescription", profile.text_getter("short_description"), _LANGUAGE),
)

METHODS: Mapping[str, Method] = {method.name.lower(): method for method in _ALL}
"""By lower-case name: the Bot API takes any case."""
