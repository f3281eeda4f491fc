"""Every call that the library makes passes here, so that delivery knows of what it does not send itself.

Answers to people wait for nobody: they overtake every alert, and the next alert is spaced from them. What ends a tap
(``answerCallbackQuery``, the edit under it) takes no place at all. Alerts come through here too, by names in capitals
(:mod:`bot.chat.gateway`), and have had their turn.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import BaseRateLimiter

from bot.services.ports.sending import Sightings

MESSAGES = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
"""Calls that put a message into a chat, which Telegram counts."""


class Passing(BaseRateLimiter[Any]):
    """The library's hook on each call but ``getUpdates``.

    Args:
        on_message: Called before each message that is no alert.
        sightings: Told the id of each, where there is one to tell.
    """

    def __init__(self, on_message: Callable[[], None], sightings: Sightings | None) -> None:
        self._on_message = on_message
        self._sightings = sightings

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Any,
    ) -> Any:
        """Make the call, at once; see :meth:`telegram.ext.BaseRateLimiter.process_request`."""
        if endpoint not in MESSAGES:
            return await callback(*args, **kwargs)
        self._on_message()
        sent = await callback(*args, **kwargs)
        if self._sightings is not None and isinstance(sent, dict) and isinstance(data.get("chat_id"), int):
            self._sightings.saw(data["chat_id"], sent["message_id"])
        return sent
