"""Fetching what people send, by long polling.

Reference: https://core.telegram.org/bots/api#getupdates. Asking with an offset acknowledges everything before it: so
what came is written down first.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from telegram import Bot, Update
from telegram import error as telegram_error

from bot.chat.reception import Reception
from bot.core.errors import StorageError, TelegramError
from bot.services.ports.clock import Clock

_log = structlog.get_logger(__name__)

ALLOWED_UPDATES = (Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
_WAIT = timedelta(seconds=30)
_SHORTEST_REST = 1.0
_LONGEST_REST = 30.0
"""Seconds between two tries while Telegram cannot be reached."""
_GOODBYE = 1.0
"""Seconds for the last call: at worst the next start is told again of what it knows."""


class Poller:
    """Hands Telegram's updates over, in order, until it is cancelled."""

    def __init__(self, bot: Bot, reception: Reception, clock: Clock) -> None:
        self._bot = bot
        self._reception = reception
        self._clock = clock
        self._offset: int | None = None
        self._begun = False
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
            except StorageError as error:
                _log.error("updates_not_kept", reason=str(error))
                await self._clock.sleep(_SHORTEST_REST)

    async def acknowledge(self) -> None:
        """Tell Telegram what has been taken, so that the next start does not get it again.

        Words that nobody has written down stay with Telegram.
        """
        offset = self._reception.first_with_words or self._offset
        if offset is None:
            return
        try:
            async with asyncio.timeout(_GOODBYE):
                await self._bot.get_updates(offset, limit=1, timeout=0, allowed_updates=ALLOWED_UPDATES)
        except (TimeoutError, telegram_error.TelegramError) as error:
            _log.warning("updates_not_acknowledged", reason=type(error).__name__)

    async def _fetch(self) -> None:
        # What an earlier run left waits for the first answer, which may hold its words: that one comes at once.
        wait = _WAIT if self._begun else timedelta(0)
        updates = await self._bot.get_updates(self._offset, timeout=wait, allowed_updates=ALLOWED_UPDATES)
        await self._reception.take(updates)
        self._begun = True
        await self._reception.words_answered()
        if updates:
            self._offset = updates[-1].update_id + 1

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
