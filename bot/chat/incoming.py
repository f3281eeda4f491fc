"""Telegram's own objects as the values that commands and buttons take."""

from __future__ import annotations

from telegram import CallbackQuery, Chat, Message, MessageEntity, User
from telegram.constants import ChatID, ChatType

from bot.chat.calls import Caller, Shown
from bot.core.archive import ChatKind
from bot.core.message import Button
from bot.services.subscriptions import ChatThread

_KINDS = {
    ChatType.PRIVATE: ChatKind.PRIVATE,
    ChatType.GROUP: ChatKind.GROUP,
    ChatType.SUPERGROUP: ChatKind.GROUP,
    ChatType.CHANNEL: ChatKind.CHANNEL,
}


def kind_of(chat: Chat) -> ChatKind:
    """The chat's kind; a supergroup is a group."""
    return _KINDS[ChatType(chat.type)]


def thread_of(message: Message) -> ChatThread:
    """Where a message stands. A thread id without ``is_topic_message`` is a thread of replies, and none of ours."""
    thread_id = message.message_thread_id if message.is_topic_message else None
    return ChatThread(message.chat.id, kind_of(message.chat), thread_id)


def writer_of(message: Message) -> Caller:
    """Who wrote a message; one in a chat's own name is its anonymous admin, one in another chat's name nobody."""
    if message.sender_chat is not None:
        return Caller(user_id=None, anonymous_admin=message.sender_chat.id == message.chat.id)
    return person(message.from_user)


def tapper_of(query: CallbackQuery) -> Caller:
    """Who tapped a button; an anonymous admin taps as Telegram's own group bot."""
    if query.from_user.id == ChatID.ANONYMOUS_ADMIN:
        return Caller(user_id=None, anonymous_admin=True)
    return person(query.from_user)


def person(user: User | None) -> Caller:
    """A user as a caller; other bots are nobody."""
    if user is None or user.is_bot:
        return Caller(user_id=None)
    return Caller(user.id, user.language_code)


def asker_of(asked: Message | CallbackQuery) -> int | None:
    """Whose flood it would be: a person's id, or the chat's whose name hides the person; ``None`` for nobody's."""
    if isinstance(asked, Message):
        author = asked.sender_chat or asked.from_user
    else:
        hidden = asked.from_user.id == ChatID.ANONYMOUS_ADMIN
        author = asked.message.chat if hidden and asked.message is not None else asked.from_user
    return author.id if author is not None else None


def is_asked(asked: Message | CallbackQuery) -> bool:
    """A tap, a command, or anything written to the bot in private; what people say to one another is not."""
    if isinstance(asked, CallbackQuery):
        return True
    return kind_of(asked.chat) is ChatKind.PRIVATE or (asked.text or "").startswith("/")


def argument_of(message: Message) -> str:
    """What follows the command, trimmed."""
    pieces = (message.text or "").split(maxsplit=1)
    return pieces[1].strip() if len(pieces) > 1 else ""


def shown_of(message: Message) -> Shown:
    """The message under a tapped button."""
    found = message.parse_entities([MessageEntity.CODE])
    fixed = tuple(found[entity] for entity in sorted(found, key=lambda one: one.offset))
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    links = tuple(Button(key.text, url=key.url) for row in rows for key in row if key.url)
    return Shown(message.text or "", fixed, links)
