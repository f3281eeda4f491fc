"""Chats are served side by side, and each chat in the order in which its messages and taps came."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

_AT_ONCE = 1_024
"""Updates in work or waiting for their chat; a slow feed being read in one chat holds up nobody else."""


class ChatOrder(BaseUpdateProcessor):
    """One update at a time for each chat."""

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=_AT_ONCE)
        self._turns: dict[int, asyncio.Lock] = {}
        self._waiting: Counter[int] = Counter()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        chat_id = chat.id if chat is not None else 0
        turn = self._turns.setdefault(chat_id, asyncio.Lock())
        self._waiting[chat_id] += 1
        try:
            async with turn:
                await coroutine
        finally:
            self._waiting[chat_id] -= 1
            if not self._waiting[chat_id]:
                del self._waiting[chat_id], self._turns[chat_id]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""
