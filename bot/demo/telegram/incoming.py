"""What of the people's doings reaches the bot, as updates."""

from __future__ import annotations

from bot.demo.telegram.telegram import Telegram
from bot.demo.telegram.wire import chat_json, member_json, message_json, user_json
from bot.demo.telegram.world import Chat, ChatMessage, ChatType, Status, User


def announce_message(telegram: Telegram, message: ChatMessage) -> None:
    """Tell the bot of a message that somebody else sent, if Telegram would."""
    if _reaches_bot(telegram, message):
        kind = "channel_post" if message.chat.type is ChatType.CHANNEL else "message"
        telegram.updates.put(kind, message_json(message))
    telegram.world.announce(message.chat)


def announce_edit(telegram: Telegram, message: ChatMessage) -> None:
    """Tell the bot that somebody changed their message, if it could have heard it."""
    if _reaches_bot(telegram, message):
        kind = "edited_channel_post" if message.chat.type is ChatType.CHANNEL else "edited_message"
        telegram.updates.put(kind, message_json(message))
    telegram.world.announce(message.chat)


def announce_membership(telegram: Telegram, chat: Chat, user: User, status: Status, *, by: User) -> None:
    """Change where ``user`` stands with the chat, and tell the bot: of itself always, of others where it asked."""
    before = member_json(chat, user)
    chat.statuses[user.id] = status
    after = member_json(chat, user)
    kind = "my_chat_member" if user.id == telegram.world.bot.id else "chat_member"
    change = {
        "chat": chat_json(chat),
        "from": user_json(by),
        "date": telegram.world.now(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    if before != after:
        telegram.updates.put(kind, change)
    telegram.world.announce(chat)


def _reaches_bot(telegram: Telegram, message: ChatMessage) -> bool:
    """Privacy mode (https://core.telegram.org/bots/features#privacy-mode): in groups, only what is meant for it."""
    chat, bot = message.chat, telegram.world.bot
    status = chat.status(bot.id)
    if chat.user is not None or status.rules:
        return status.inside
    if not status.inside or chat.type is ChatType.CHANNEL:
        return False
    replied = message.reply_to is not None and message.reply_to.from_bot
    return bool(message.extra) or replied or _is_command_for(message.text, bot)


def _is_command_for(text: str, bot: User) -> bool:
    if not text.startswith("/"):
        return False
    _, at, name = text.split(maxsplit=1)[0].partition("@")
    return not at or name.lower() == (bot.username or "").lower()
