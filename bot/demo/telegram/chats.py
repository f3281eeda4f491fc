"""The methods that ask about chats, and the one that leaves one."""

from __future__ import annotations

from bot.demo.telegram.access import readable_chat, writable_chat, writable_thread
from bot.demo.telegram.errors import JsonObject, bad_request
from bot.demo.telegram.files import MAX_DOWNLOAD
from bot.demo.telegram.parameters import Parameters
from bot.demo.telegram.telegram import Telegram
from bot.demo.telegram.wire import bot_json, full_chat_json, member_json
from bot.demo.telegram.world import Status

ACTIONS = frozenset({"typing", "upload_photo", "upload_document", "find_location", "choose_sticker"})


def get_me(telegram: Telegram, _: Parameters) -> JsonObject:
    """``getMe``."""
    return bot_json(telegram.world.bot)


def get_chat(telegram: Telegram, parameters: Parameters) -> JsonObject:
    """``getChat``."""
    return full_chat_json(readable_chat(telegram.world, parameters.chat()))


def get_chat_member(telegram: Telegram, parameters: Parameters) -> JsonObject:
    """``getChatMember``; whoever was never there has left."""
    chat = readable_chat(telegram.world, parameters.chat())
    user = telegram.world.users.get(parameters.integer("user_id"))
    if user is None:
        raise bad_request("member not found")
    return member_json(chat, user)


def get_chat_administrators(telegram: Telegram, parameters: Parameters) -> list[JsonObject]:
    """``getChatAdministrators``; other bots would be left out."""
    world = telegram.world
    chat = readable_chat(world, parameters.chat())
    if chat.user is not None:
        raise bad_request("there are no administrators in the private chat")
    return [member_json(chat, world.users[user_id]) for user_id, status in chat.statuses.items() if status.rules]


def get_file(telegram: Telegram, parameters: Parameters) -> JsonObject:
    """``getFile``."""
    file = telegram.world.files.find(parameters.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": f"u{file.id}",
        "file_size": len(file.content),
        "file_path": file.path,
    }


def leave_chat(telegram: Telegram, parameters: Parameters) -> bool:
    """``leaveChat``."""
    chat = readable_chat(telegram.world, parameters.chat())
    if chat.user is not None:
        raise bad_request("chat member status can't be changed in private chats")
    chat.statuses[telegram.world.bot.id] = Status.LEFT
    telegram.world.announce(chat)
    return True


def send_chat_action(telegram: Telegram, parameters: Parameters) -> bool:
    """``sendChatAction``."""
    if parameters.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(telegram.world, parameters.chat())
    writable_thread(telegram.world, chat, parameters.integer("message_thread_id"))
    return True
