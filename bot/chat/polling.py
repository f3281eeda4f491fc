"""Fetching what people send, by long polling.

Reference: https://core.telegram.org/bots/api#getupdates. Asking with an offset acknowledges everything before it.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from telegram import Bot, Update
from telegram import error as telegram_error

from bot.core.errors import TelegramError
from bot.services.ports.clock import Clock

_log = structlog.get_logger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
_WAIT = timedelta(seconds=30)
_SHORTEST_REST = 1.0
_LONGEST_REST = 30.0
"""Seconds between two tries while Telegram cannot be reached."""


class Poller:
    """Puts Telegram's updates into a queue, in order, until it is cancelled."""

    def __init__(self, bot: Bot, queue: asyncio.Queue[object], clock: Clock) -> None:
        self._bot = bot
        self._queue = queue
        self._clock = clock
        self._offset: int | None = None
        self._failures = 0

    async def run(self) -> None:
        """Fetch for ever; what Telegram or the network refuses for a while is waited for.

        Raises:
            TelegramError: Telegram refuses the token: nothing will come any more.
        """
        while True:
            try:
                await self._fetch()
                self._failures = 0
            except (telegram_error.InvalidToken, telegram_error.Forbidden) as error:
                raise TelegramError(
                    "Telegram refuses the token now: it was revoked, or the bot deleted. Put the new one from "
                    "@BotFather under [telegram] token and start again."
                ) from error
            except telegram_error.TelegramError as error:
                await self._rest(error)

    async def acknowledge(self) -> None:
        """Tell Telegram what has been taken, so that the next start does not get it again."""
        if self._offset is None:
            return
        try:
            await self._bot.get_updates(self._offset, limit=1, timeout=0, allowed_updates=ALLOWED_UPDATES)
        except telegram_error.TelegramError as error:
            _log.warning("updates_not_acknowledged", reason=type(error).__name__)

    async def _fetch(self) -> None:
        updates = await self._bot.get_updates(self._offset, timeout=_WAIT, allowed_updates=ALLOWED_UPDATES)
        for update in updates:
            await self._queue.put(update)
            self._offset = update.update_id + 1

    async def _rest(self, error: telegram_error.TelegramError) -> None:
        self._failures += 1
        rest = min(_LONGEST_REST, _SHORTEST_REST * 2 ** (self._failures - 1))
        match error:
            case telegram_error.RetryAfter(retry_after=delay):
                rest = delay.total_seconds() if isinstance(delay, timedelta) else delay
                _log.warning("polling_limited", seconds=rest)
            case telegram_error.Conflict():
                _log.error("polling_conflict", reason="another program polls with this token; only one may")
            case _:
                _log.warning("polling_failed", reason=type(error).__name__, failures=self._failures)
        await self._clock.sleep(rest)
