"""The only way out to Telegram for alerts, edits and replies, and what each answer proves.

    sent            an answer with a message, or "message is not modified"
    not sent        429, 400, 403, a migration; no connection at all
    in doubt        a time-out or a broken connection once the request may be written; any 5xx; no intelligible answer

Errors are told apart most specific first: in python-telegram-bot, ``BadRequest`` **is a** ``NetworkError``, and a
``TimedOut`` may mean either of the last two.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from telegram import Bot
from telegram import error as telegram_error

from bot.chat.encoding import encode
from bot.chat.request import never_sent
from bot.core.archive import Destination
from bot.core.message import Message
from bot.services.ports.sending import (
    ChatGone,
    ChatMigrated,
    InDoubt,
    Rejected,
    RetryAfter,
    SendOutcome,
    Sent,
    Sightings,
    TopicClosed,
    Uneditable,
    Unsent,
)

log = structlog.get_logger()

# Capitalised on purpose: the Bot API's method names are case-insensitive, and `do_api_request` warns about every name
# that the library has a method for. It is called all the same, since it does not parse the answer into objects.
_SEND = "SendMessage"
_EDIT = "EditMessageText"

_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "channel_private",
    "chat_write_forbidden",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "bot was kicked",
    "bot is not a member",
    "user is deactivated",
    "chat_restricted",
    "chat_send_plain_forbidden",
)
_CLOSED = ("topic_closed", "topic_deleted", "message thread not found", "topic_id_invalid")
_BAD_FORMATTING = ("entity", "entities")
_BAD_BUTTON = ("button", "wrong http url", "reply markup", "reply_markup")
_UNEDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid", "no text in the message")
_TOO_MANY = "too many requests"
_TOO_LARGE = "request entity too large"


class TelegramGateway:
    """Implements :class:`bot.services.ports.sending.Gateway` through one bot account."""

    def __init__(self, bot: Bot, sightings: Sightings | None = None) -> None:
        self._bot = bot
        self._sightings = sightings

    async def send(
        self, destination: Destination, message: Message, *, silent: bool, reply_to: int | None = None
    ) -> SendOutcome:
        parameters = encode(message) | {"chat_id": destination.chat_id, "disable_notification": silent}
        if destination.thread_id is not None:
            parameters["message_thread_id"] = destination.thread_id
        if reply_to is not None:
            parameters["reply_parameters"] = {"message_id": reply_to, "allow_sending_without_reply": True}
        return await self._call(_SEND, parameters)

    async def edit(self, destination: Destination, message_id: int, message: Message) -> SendOutcome:
        parameters = encode(message) | {"chat_id": destination.chat_id, "message_id": message_id}
        outcome = await self._call(_EDIT, parameters)
        if not isinstance(outcome, Rejected):
            return outcome
        refusal = outcome.reason.lower()
        if "message is not modified" in refusal:
            return Sent(message_id)
        return Uneditable(outcome.reason) if any(words in refusal for words in _UNEDITABLE) else outcome

    async def _call(self, method: str, parameters: Mapping[str, Any]) -> SendOutcome:
        """Make one call; what Telegram refuses for its formatting or buttons goes once more without them."""
        outcome = await self._attempt(method, parameters)
        if not isinstance(outcome, Rejected):
            return outcome
        simpler = _simplified(parameters, outcome.reason.lower())
        if simpler is None:
            return outcome
        log.warning("message simplified", chat=parameters["chat_id"], reason=outcome.reason)
        return await self._attempt(method, simpler)

    async def _attempt(self, method: str, parameters: Mapping[str, Any]) -> SendOutcome:
        try:
            result = await self._bot.do_api_request(method, api_kwargs=dict(parameters))
        except telegram_error.TelegramError as error:
            return outcome_of(error)
        except (KeyError, TypeError):
            return InDoubt("an answer without a result")
        message_id = result.get("message_id") if isinstance(result, dict) else None
        if not isinstance(message_id, int):
            return InDoubt("an answer without a message")
        if self._sightings is not None:
            self._sightings.saw(parameters["chat_id"], message_id)
        return Sent(message_id)


def outcome_of(error: telegram_error.TelegramError) -> SendOutcome:
    """What an error proves about the message."""
    outcome: SendOutcome
    match error:
        case telegram_error.RetryAfter():
            # The public property warns that its type will change.
            outcome = RetryAfter(error._retry_after)  # noqa: SLF001
        case telegram_error.ChatMigrated():
            outcome = ChatMigrated(error.new_chat_id)
        case telegram_error.Forbidden():
            outcome = ChatGone(error.message)
        case telegram_error.BadRequest():
            outcome = _refusal(error.message)
        case telegram_error.InvalidToken() | telegram_error.EndPointNotFound() | telegram_error.Conflict():
            outcome = Unsent("Telegram refuses the token")
        case _ if never_sent(error):
            outcome = Unsent(error.message)
        case _ if _TOO_MANY in error.message.lower():
            outcome = RetryAfter(timedelta(seconds=1))
        case _ if _TOO_LARGE in error.message.lower():
            outcome = Rejected(error.message)
        case _:
            outcome = InDoubt(error.message)
    return outcome


def _refusal(text: str) -> SendOutcome:
    """A 400 by its words: they are the only thing that tells the kinds apart."""
    lowered = text.lower()
    if any(words in lowered for words in _CLOSED):
        return TopicClosed(text)
    if any(words in lowered for words in _GONE):
        return ChatGone(text)
    return Rejected(text)


def _simplified(parameters: Mapping[str, Any], refusal: str) -> dict[str, Any] | None:
    """The call without what was refused, or ``None`` when there is nothing to leave out."""
    if "entities" in parameters and any(words in refusal for words in _BAD_FORMATTING):
        return {name: value for name, value in parameters.items() if name != "entities"}
    if "reply_markup" in parameters and any(words in refusal for words in _BAD_BUTTON):
        return {name: value for name, value in parameters.items() if name != "reply_markup"}
    return None
