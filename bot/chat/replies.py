"""Answers to people: sent at once, edited in place, never through the outbox."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.chat.encoding import encode, encode_buttons
from bot.core.message import Button, Message
from bot.services.ports.clock import Clock
from bot.services.subscriptions import ChatThread

T = TypeVar("T")
Rows = tuple[tuple[Button, ...], ...]
_log = structlog.get_logger(__name__)

_LONGEST_WAIT = timedelta(seconds=30)
"""A person who waits longer has given up; the answer would only confuse."""
_TRIES = 3


class Replies:
    """The bot's own voice in a conversation. A reply that fails is logged: the person can ask again."""

    def __init__(self, bot: Bot, clock: Clock, *, on_lost: Callable[[int], Awaitable[None]]) -> None:
        """``on_lost`` is told the id of a chat that refuses the bot."""
        self._bot = bot
        self._clock = clock
        self._on_lost = on_lost

    async def send(
        self, thread: ChatThread, message: Message, *, reply_to: int | None = None, silent: bool = False
    ) -> int | None:
        """Send ``message``; its id, or ``None`` when that failed."""
        parameters = encode(message) | ({"disable_notification": True} if silent else {})
        if reply_to is not None:
            parameters["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        text = parameters.pop("text")

        async def attempt() -> int:
            sent = await self._bot.send_message(
                thread.chat_id, text, message_thread_id=thread.thread_id, api_kwargs=parameters
            )
            return sent.message_id

        return await self._try("sendMessage", thread.chat_id, attempt)

    async def edit(self, chat_id: int, message_id: int, message: Message) -> bool:
        """Make the bot's own message say something else; whether it does now."""
        parameters = encode(message)
        text = parameters.pop("text")

        async def attempt() -> bool:
            with _same_is_well():
                await self._bot.edit_message_text(text, chat_id, message_id, api_kwargs=parameters)
            return True

        return await self._try("editMessageText", chat_id, attempt) is not None

    async def set_buttons(self, chat_id: int, message_id: int, rows: Rows) -> None:
        """Give the bot's own message other buttons and leave its words."""
        parameters = {"reply_markup": encode_buttons(rows)}

        async def attempt() -> bool:
            with _same_is_well():
                await self._bot.edit_message_reply_markup(chat_id, message_id, api_kwargs=parameters)
            return True

        await self._try("editMessageReplyMarkup", chat_id, attempt)

    async def answer(self, query_id: str, text: str = "", *, alert: bool = False) -> None:
        """End the wait of a tapped button, with a line over the chat if there is one."""

        async def attempt() -> bool:
            return await self._bot.answer_callback_query(query_id, text=text or None, show_alert=alert or None)

        await self._try("answerCallbackQuery", None, attempt)

    async def _try(self, method: str, chat_id: int | None, attempt: Callable[[], Awaitable[T]]) -> T | None:
        for _ in range(_TRIES):
            try:
                return await attempt()
            except RetryAfter as error:
                if not await self._waited(error.retry_after):
                    _log.warning("reply_dropped", method=method, chat_id=chat_id, reason="told to wait too long")
                    return None
            except TelegramError as error:
                await self._failed(method, chat_id, error)
                return None
        _log.warning("reply_dropped", method=method, chat_id=chat_id, reason="told to wait again and again")
        return None

    async def _waited(self, delay: timedelta | float) -> bool:
        """Wait as long as Telegram says, unless that is longer than a person waits."""
        span = delay if isinstance(delay, timedelta) else timedelta(seconds=delay)
        if span > _LONGEST_WAIT:
            return False
        await self._clock.sleep(span.total_seconds())
        return True

    async def _failed(self, method: str, chat_id: int | None, error: TelegramError) -> None:
        match error:
            case BadRequest():
                _log.warning("reply_rejected", method=method, chat_id=chat_id, reason=error.message)
            case Forbidden():
                _log.info("chat_lost", chat_id=chat_id, reason=error.message)
                if chat_id is not None:
                    await self._on_lost(chat_id)
            case NetworkError():
                _log.warning("reply_in_doubt", method=method, chat_id=chat_id, reason=type(error).__name__)
            case _:
                _log.warning("reply_failed", method=method, chat_id=chat_id, reason=type(error).__name__)


@contextmanager
def _same_is_well() -> Iterator[None]:
    """A message that says already what it is to say is no failure."""
    try:
        yield
    except BadRequest as error:
        if "message is not modified" not in error.message.lower():
            raise


class Slot:
    """The place of one answer in a chat: sent the first time, edited from then on."""

    def __init__(self, replies: Replies, thread: ChatThread, *, reply_to: int | None = None) -> None:
        self._replies = replies
        self._thread = thread
        self._reply_to = reply_to
        self._message_id: int | None = None

    async def show(self, screen: Message) -> None:
        """Show ``screen`` in this place."""
        if self._message_id is None:
            self._message_id = await self._replies.send(self._thread, screen, reply_to=self._reply_to)
        else:
            await self._replies.edit(self._thread.chat_id, self._message_id, screen)
