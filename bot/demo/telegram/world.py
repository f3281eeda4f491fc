"""Telegram's own side of things: users, chats and their messages.

Message ids follow Telegram: all private chats and basic groups of the bot share one rising sequence, every
supergroup and channel has its own (https://core.telegram.org/api/updates).
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.demo.telegram.errors import JsonObject
from bot.demo.telegram.files import File, Files
from bot.demo.telegram.keyboards import Button, Keyboard
from bot.demo.telegram.text import FormattedText
from bot.demo.waiting import Changes

SUPERGROUP_BASE = -1_000_000_000_000
"""Supergroups and channels are numbered downwards from here, basic groups from zero."""


class ChatType(StrEnum):
    """What kind of chat it is, in the Bot API's words."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Status(StrEnum):
    """Where a user stands with a chat, in the Bot API's words."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"

    @property
    def inside(self) -> bool:
        """Whether that user is in the chat."""
        return self not in {Status.LEFT, Status.KICKED}

    @property
    def rules(self) -> bool:
        """Whether that user administers the chat."""
        return self in {Status.CREATOR, Status.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class User:
    """A Telegram account."""

    id: int
    first_name: str
    language: str | None = None
    """BCP 47 tag of the account's app, or ``None`` where it tells none."""
    is_bot: bool = False
    username: str | None = None


@dataclass(slots=True, eq=False)
class Thread:
    """A topic of a forum, named by the id of the message that opened it."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True, eq=False)
class ChatMessage:
    """A message as it stands now; ``earlier`` keeps what it said before each edit, oldest first."""

    id: int
    chat: Chat = field(repr=False)
    date: int
    """Unix time."""
    content: FormattedText = field(default_factory=lambda: FormattedText(""))
    keyboard: Keyboard = ()
    sender: User | None = None
    sender_chat: Chat | None = field(default=None, repr=False)
    thread_id: int | None = None
    """The forum topic that it stands in; ``None`` for General and outside forums."""
    reply_to: ChatMessage | None = field(default=None, repr=False)
    silent: bool = False
    """Sent with ``disable_notification``."""
    from_bot: bool = False
    """Sent by the bot that this server serves."""
    edit_date: int | None = None
    deleted: bool = False
    file: File | None = None
    """What it carries; ``content`` is then the caption."""
    extra: JsonObject = field(default_factory=dict)
    """Fields of the Bot API's object that a service message adds."""
    earlier: list[FormattedText] = field(default_factory=list, repr=False)

    @property
    def text(self) -> str:
        """The text, or the caption of a file, plain."""
        return self.content.text

    @property
    def entities(self) -> tuple[JsonObject, ...]:
        """The Bot API's entity objects, in order."""
        return self.content.entities

    @property
    def buttons(self) -> list[Button]:
        """The buttons, row after row."""
        return [button for row in self.keyboard for button in row]

    @property
    def labels(self) -> list[list[str]]:
        """The labels of the buttons, row by row."""
        return [[button.label for button in row] for row in self.keyboard]


@dataclass(slots=True, eq=False)
class Chat:
    """A chat and everything in it."""

    id: int
    type: ChatType
    sequence: Iterator[int] = field(repr=False)
    title: str | None = None
    user: User | None = None
    """Whom a private chat is with."""
    is_forum: bool = False
    started: bool = False
    """Whether the person of a private chat has ever written to the bot: before that it cannot write to them."""
    statuses: dict[int, Status] = field(default_factory=dict)
    anonymous: set[int] = field(default_factory=set)
    """Administrators whose messages appear as the group's own."""
    threads: dict[int, Thread] = field(default_factory=dict)
    messages: dict[int, ChatMessage] = field(default_factory=dict, repr=False)
    members_muted: bool = False
    """Only administrators may write."""
    deleted: bool = False
    """The group, or the account of the person, is gone."""
    migrated_to: int | None = None
    """The supergroup that a basic group became."""
    changes: Changes = field(default_factory=Changes, repr=False)
    """Announced when something happens in this chat."""

    def status(self, user_id: int) -> Status:
        """Where that user stands with this chat."""
        return self.statuses.get(user_id, Status.LEFT)

    def find(self, message_id: int) -> ChatMessage | None:
        """That message, unless it was deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message


class World:
    """All of Telegram that the bot can know of."""

    def __init__(self, bot: User, *, clock: Callable[[], float] = time.time) -> None:
        self.bot = bot
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.changes = Changes()
        """Announced when anything happens anywhere."""
        self._clock = clock
        self._shared_sequence = itertools.count(1)
        self._user_ids = itertools.count(50_000_001)
        self._group_numbers = itertools.count(4_000_001)

    def announce(self, chat: Chat) -> None:
        """Something happened in that chat: whoever waits for it looks again."""
        chat.changes.announce()
        self.changes.announce()

    def now(self) -> int:
        """Telegram's time, in whole seconds of Unix time."""
        return int(self._clock())

    def new_user(self, first_name: str, *, language: str | None, user_id: int | None = None) -> User:
        """A person's account, with the private chat that they may open with the bot."""
        user = User(user_id or next(self._user_ids), first_name, language)
        self.users[user.id] = user
        chat = Chat(user.id, ChatType.PRIVATE, self._shared_sequence, user=user)
        chat.statuses = {user.id: Status.MEMBER, self.bot.id: Status.MEMBER}
        self.chats[chat.id] = chat
        return user

    def change_language(self, user: User, language: str | None) -> User:
        """The account with its app set to another language, known as such from now on."""
        changed = replace(user, language=language)
        self.users[user.id] = self.chats[user.id].user = changed
        return changed

    def new_group(self, title: str, chat_type: ChatType, *, is_forum: bool = False) -> Chat:
        """A group or channel with nobody in it."""
        number = next(self._group_numbers)
        if chat_type is ChatType.GROUP:
            chat = Chat(-number, chat_type, self._shared_sequence, title)
        else:
            chat = Chat(SUPERGROUP_BASE - number, chat_type, itertools.count(1), title, is_forum=is_forum)
        self.chats[chat.id] = chat
        return chat

    def post(self, chat: Chat, content: FormattedText, sender: User | None = None) -> ChatMessage:
        """Put a message into the chat, under the next id of its sequence; the caller completes and announces it."""
        message = ChatMessage(next(chat.sequence), chat, self.now(), content, sender=sender)
        message.from_bot = sender is not None and sender.id == self.bot.id
        chat.messages[message.id] = message
        return message

    def revise(self, message: ChatMessage, content: FormattedText, keyboard: Keyboard) -> None:
        """Edit a message in place."""
        if content != message.content:
            message.earlier.append(message.content)
        message.content, message.keyboard = content, keyboard
        message.edit_date = self.now()
