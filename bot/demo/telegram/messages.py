"""The methods that send, edit and delete messages."""

from __future__ import annotations

from bot.demo.telegram.access import writable_chat, writable_thread
from bot.demo.telegram.errors import NOT_MODIFIED, JsonObject, bad_request
from bot.demo.telegram.fields import Fields, check_fields
from bot.demo.telegram.files import File
from bot.demo.telegram.keyboards import Keyboard, inline_keyboard
from bot.demo.telegram.parameters import Parameters
from bot.demo.telegram.telegram import Telegram
from bot.demo.telegram.text import FormattedText, caption, formatted
from bot.demo.telegram.wire import message_json
from bot.demo.telegram.world import Chat, ChatMessage, ChatType

DELETABLE_FOR = 48 * 3600
"""Seconds in which a message can be deleted for everybody."""

REPLY_FIELDS: Fields = {
    "message_id": int,
    "chat_id": int,
    "allow_sending_without_reply": bool,
    "quote": str,
    "quote_entities": list,
    "quote_position": int,
}
PREVIEW_FIELDS: Fields = {
    "is_disabled": bool,
    "url": str,
    "prefer_small_media": bool,
    "prefer_large_media": bool,
    "show_above_text": bool,
}


def send_message(telegram: Telegram, parameters: Parameters) -> JsonObject:
    """``sendMessage``."""
    content = formatted(parameters.text("text"), parameters.array("entities"))
    _check_preview(parameters)
    return _sent(telegram, parameters, content)


def send_photo(telegram: Telegram, parameters: Parameters) -> JsonObject:
    """``sendPhoto``."""
    return _sent_file(telegram, parameters, parameters["photo"], photo=True)


def send_document(telegram: Telegram, parameters: Parameters) -> JsonObject:
    """``sendDocument``."""
    return _sent_file(telegram, parameters, parameters["document"], photo=False)


def _sent_file(telegram: Telegram, parameters: Parameters, given: object, *, photo: bool) -> JsonObject:
    content = caption(parameters.text("caption"), parameters.array("caption_entities"))
    return _sent(telegram, parameters, content, telegram.world.files.sent(given, photo=photo))


def _sent(telegram: Telegram, parameters: Parameters, content: FormattedText, file: File | None = None) -> JsonObject:
    """Put a message of the bot into the chat that the call names."""
    keyboard = inline_keyboard(parameters.object("reply_markup"))
    world = telegram.world
    chat = writable_chat(world, parameters.chat())
    thread_id = writable_thread(world, chat, parameters.integer("message_thread_id"))
    reply_to, quote = _reply(chat, parameters.object("reply_parameters"))
    message = world.post(chat, content, world.bot)
    message.keyboard, message.thread_id, message.silent = keyboard, thread_id, parameters.flag("disable_notification")
    message.reply_to, message.extra, message.file = reply_to, quote, file
    if chat.type is ChatType.CHANNEL:
        message.sender, message.sender_chat = None, chat
    world.announce(chat)
    return message_json(message)


def edit_message_text(telegram: Telegram, parameters: Parameters) -> JsonObject:
    """``editMessageText``; without ``reply_markup`` the keyboard goes."""
    content = formatted(parameters.text("text"), parameters.array("entities"))
    keyboard = inline_keyboard(parameters.object("reply_markup"))
    _check_preview(parameters)
    message = _editable(telegram, parameters)
    if message.file is not None:
        raise bad_request("there is no text in the message to edit")
    return _revised(telegram, message, content, keyboard)


def edit_message_reply_markup(telegram: Telegram, parameters: Parameters) -> JsonObject:
    """``editMessageReplyMarkup``."""
    keyboard = inline_keyboard(parameters.object("reply_markup"))
    message = _editable(telegram, parameters)
    return _revised(telegram, message, message.content, keyboard)


def edit_message_caption(telegram: Telegram, parameters: Parameters) -> JsonObject:
    """``editMessageCaption``; a text message has none, which is decided before anything is changed."""
    content = caption(parameters.text("caption"), parameters.array("caption_entities"))
    keyboard = inline_keyboard(parameters.object("reply_markup"))
    message = _editable(telegram, parameters)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    return _revised(telegram, message, content, keyboard)


def delete_message(telegram: Telegram, parameters: Parameters) -> bool:
    """``deleteMessage``."""
    world = telegram.world
    chat = writable_chat(world, parameters.chat())
    message = chat.find(parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    mine = message.from_bot or chat.user is not None or chat.status(world.bot.id).rules
    if not mine:
        raise bad_request("message can't be deleted")
    if world.now() - message.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    world.announce(chat)
    return True


def _revised(telegram: Telegram, message: ChatMessage, content: FormattedText, keyboard: Keyboard) -> JsonObject:
    if (content, keyboard) == (message.content, message.keyboard):
        raise bad_request(NOT_MODIFIED)
    telegram.world.revise(message, content, keyboard)
    telegram.world.announce(message.chat)
    return message_json(message)


def _editable(telegram: Telegram, parameters: Parameters) -> ChatMessage:
    chat = writable_chat(telegram.world, parameters.chat())
    message = chat.find(parameters.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def _reply(chat: Chat, reply: JsonObject | None) -> tuple[ChatMessage | None, JsonObject]:
    """The message to reply to, and what a quote adds to the new one."""
    if not reply:
        return None, {}
    check_fields(reply, REPLY_FIELDS, "ReplyParameters")
    if "message_id" not in reply:
        raise bad_request('can\'t find field "message_id"')
    if reply.get("chat_id", chat.id) != chat.id:
        raise bad_request("replies to another chat are unknown here")
    target = chat.find(reply["message_id"])
    if target is None:
        if reply.get("allow_sending_without_reply"):
            return None, {}
        raise bad_request("message to be replied not found")
    return target, _quote(target, reply)


def _quote(target: ChatMessage, reply: JsonObject) -> JsonObject:
    quote = reply.get("quote")
    if not quote:
        return {}
    if quote not in target.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"quote": {"text": quote, "position": target.text.index(quote), "is_manual": True}}


def _check_preview(parameters: Parameters) -> None:
    check_fields(parameters.object("link_preview_options") or {}, PREVIEW_FIELDS, "LinkPreviewOptions")
