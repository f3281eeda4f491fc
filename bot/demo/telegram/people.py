"""People who talk to the bot, moved by Python."""

from __future__ import annotations

import re

from bot.demo.telegram.conversation import PATIENCE, Conversation, Wanted
from bot.demo.telegram.errors import JsonObject
from bot.demo.telegram.incoming import announce_edit, announce_membership, announce_message
from bot.demo.telegram.keyboards import Button
from bot.demo.telegram.telegram import CallbackAnswer, CallbackQuery, Telegram
from bot.demo.telegram.text import FormattedText, utf16_length
from bot.demo.telegram.wire import message_json, user_json
from bot.demo.telegram.world import Chat, ChatMessage, Status, Thread, User

ANONYMOUS = User(1_087_968_824, "Group", is_bot=True, username="GroupAnonymousBot")
"""Who Telegram names as the sender of a message by an anonymous administrator."""

_ENTITIES = {
    "bot_command": re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?"),
    "url": re.compile(r"https?://\S+"),
}


class Person:
    """Someone with a Telegram account; ``chat`` is their private chat with the bot."""

    def __init__(self, telegram: Telegram, user: User) -> None:
        self._telegram = telegram
        self._world = telegram.world
        self.user = user
        self.chat = Conversation(telegram, self._world.chats[user.id])

    @property
    def id(self) -> int:
        """The user id, which is also the id of the private chat."""
        return self.user.id

    async def send(
        self,
        text: str,
        *,
        to: Conversation | None = None,
        thread: Thread | None = None,
        reply_to: ChatMessage | None = None,
    ) -> ChatMessage:
        """Write a message to the bot, or into the group ``to`` and there into a topic of its forum.

        Raises:
            ValueError: when this person cannot write there.
        """
        chat = to.raw if to is not None else self.chat.raw
        self._check_inside(chat)
        chat.started = True
        message = self._world.post(chat, FormattedText(text, _found_entities(text)), self._sender(chat))
        message.sender_chat = chat if self.id in chat.anonymous else None
        message.thread_id = thread.id if thread is not None else None
        message.reply_to = reply_to
        announce_message(self._telegram, message)
        return message

    async def send_file(self, name: str, content: bytes, *, caption: str = "") -> ChatMessage:
        """Send the bot a document."""
        self._check_inside(self.chat.raw)
        self.chat.raw.started = True
        message = self._world.post(self.chat.raw, FormattedText(caption, _found_entities(caption)), self.user)
        message.file = self._world.files.keep(name, content)
        announce_message(self._telegram, message)
        return message

    async def change_language(self, language: str | None) -> None:
        """Set the app to another language: the bot sees it from the next update on."""
        self.user = self._world.change_language(self.user, language)

    def menu(self, group: Conversation | None = None) -> list[str]:
        """The commands that the app offers here, by name, as the bot has set them for this person and language."""
        chat = group.raw if group is not None else self.chat.raw
        commands = self._telegram.menus.shown(chat, self.user)
        return [str(command["command"]) for command in commands]

    async def ask(self, text: str, *, to: Conversation | None = None, within: float = PATIENCE) -> ChatMessage:
        """Write a message and wait for the bot's next one in that chat.

        Raises:
            TimeoutError: with the chat as it stands.
        """
        sent = await self.send(text, to=to)
        return await (to or self.chat).wait_for(after=sent, within=within)

    async def wait_for(
        self, wanted: Wanted = "", *, after: ChatMessage | None = None, within: float = PATIENCE
    ) -> ChatMessage:
        """The newest wanted message in the private chat: see :meth:`Conversation.wait_for`."""
        return await self.chat.wait_for(wanted, after=after, within=within)

    async def edit(self, message: ChatMessage, text: str) -> None:
        """Change a message of one's own."""
        self._world.revise(message, FormattedText(text, _found_entities(text)), ())
        announce_edit(self._telegram, message)

    async def tap(self, message: ChatMessage, button: str, *, within: float = PATIENCE) -> CallbackAnswer:
        """Press the button with that label or data, and wait for the bot's answer.

        Raises:
            LookupError: when the message has no such button.
            TimeoutError: when the bot does not answer; an app shows the button loading meanwhile.
        """
        found = find_button(message, button)
        if found.data is None:
            raise LookupError(f"[{found.label}] opens {found.url} and calls nobody")
        return await self.call_back(message, found.data, within=within)

    async def call_back(self, message: ChatMessage, data: str, *, within: float = PATIENCE) -> CallbackAnswer:
        """Send a callback with any data, as a replayed or forged one would be, and wait for the bot's answer.

        Raises:
            TimeoutError: when the bot does not answer.
        """
        query = self.press(message, data)
        return await message.chat.changes.until(lambda: query.answer, within=within)

    def press(self, message: ChatMessage, data: str) -> CallbackQuery:
        """Send a callback and do not wait."""
        query = self._telegram.open_query(self.user, message, data)
        self._telegram.updates.put("callback_query", _query_json(query))
        return query

    async def block(self) -> None:
        """Block the bot."""
        self._set_bot_status(Status.KICKED)

    async def unblock(self) -> None:
        """Let the bot write again."""
        self._set_bot_status(Status.MEMBER)

    async def delete_account(self) -> None:
        """Leave Telegram: nothing reaches this person any more."""
        self.chat.raw.deleted = True
        self._world.announce(self.chat.raw)

    def _set_bot_status(self, status: Status) -> None:
        announce_membership(self._telegram, self.chat.raw, self._world.bot, status, by=self.user)

    def _check_inside(self, chat: Chat) -> None:
        if chat is self.chat.raw:
            if chat.status(self._world.bot.id) is Status.KICKED:
                raise ValueError("an app writes to no blocked bot: unblock it first")
        elif not chat.status(self.id).inside:
            raise ValueError(f"{self.user.first_name} is not in {chat.title}")

    def _sender(self, chat: Chat) -> User:
        return ANONYMOUS if self.id in chat.anonymous else self.user


def find_button(message: ChatMessage, wanted: str) -> Button:
    """The button with that label or data, or else the only one whose label contains it.

    Raises:
        LookupError: naming the buttons that are there.
    """
    exact = [button for button in message.buttons if wanted in {button.label, button.data}]
    close = exact or [button for button in message.buttons if wanted in button.label]
    if not exact and len(close) != 1:
        raise LookupError(f"{len(close)} buttons are like {wanted!r}: {message.labels}")
    return close[0]


def _found_entities(text: str) -> tuple[JsonObject, ...]:
    found = [
        {"type": kind, "offset": utf16_length(text[: match.start()]), "length": utf16_length(match.group())}
        for kind, pattern in _ENTITIES.items()
        for match in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda entity: entity["offset"]))


def _query_json(query: CallbackQuery) -> JsonObject:
    return {
        "id": query.id,
        "from": user_json(query.user),
        "message": message_json(query.message),
        "chat_instance": str(query.message.chat.id * 7919),
        "data": query.data,
    }
