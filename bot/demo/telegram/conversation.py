"""A chat as whoever looks at it sees it: its messages, waiting for one, and its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from bot.demo.telegram.telegram import Telegram
from bot.demo.telegram.transcript import transcript
from bot.demo.telegram.world import Chat, ChatMessage

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds that waiting takes before it fails, where nothing else is said."""

Wanted = str | Callable[[ChatMessage], bool]
"""Words that a message contains, or a condition on it."""


class Conversation:
    """One chat, looked at from outside the bot."""

    def __init__(self, telegram: Telegram, chat: Chat) -> None:
        self._telegram = telegram
        self._world = telegram.world
        self.raw = chat

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.raw.id

    @property
    def messages(self) -> list[ChatMessage]:
        """All messages that were not deleted, oldest first; they are live, so an edit shows in them."""
        return [message for message in self.raw.messages.values() if not message.deleted]

    @property
    def from_bot(self) -> list[ChatMessage]:
        """The bot's messages, oldest first."""
        return [message for message in self.messages if message.from_bot]

    @property
    def last(self) -> ChatMessage:
        """The bot's newest message."""
        return self.from_bot[-1]

    def transcript(self) -> str:
        """The chat as plain text, buttons in brackets."""
        return transcript(self.messages)

    async def wait_for(
        self, wanted: Wanted = "", *, after: ChatMessage | None = None, within: float = PATIENCE
    ) -> ChatMessage:
        """The newest message of the bot that is wanted, as soon as there is one, an edited one included.

        Args:
            wanted: What it contains, or a condition on it; anything by default.
            after: Only messages sent later than this one.
            within: In seconds.

        Raises:
            TimeoutError: with the chat as it stands.
        """
        return await self._until(lambda: self._newest(wanted, after), within)

    async def wait_for_count(self, count: int, wanted: Wanted = "", *, within: float = PATIENCE) -> list[ChatMessage]:
        """All messages of the bot that are wanted, as soon as there are ``count`` of them.

        Raises:
            TimeoutError: with the chat as it stands.
        """

        def enough() -> list[ChatMessage] | None:
            found = [message for message in self.from_bot if _is_wanted(message, wanted)]
            return found if len(found) >= count else None

        return await self._until(enough, within)

    async def _until(self, look: Callable[[], T | None], within: float) -> T:
        try:
            return await self.raw.changes.until(look, within=within)
        except TimeoutError:
            raise TimeoutError(f"not within {within} s; the chat is:\n{self.transcript()}") from None

    def _newest(self, wanted: Wanted, after: ChatMessage | None) -> ChatMessage | None:
        first = after.id + 1 if after is not None else 0
        matching = (m for m in reversed(self.from_bot) if m.id >= first and _is_wanted(m, wanted))
        return next(matching, None)


def _is_wanted(message: ChatMessage, wanted: Wanted) -> bool:
    return wanted in message.text if isinstance(wanted, str) else wanted(message)
