"""Which of the library's handlers takes what, and what is done before any of them.

Here an ``update`` is Telegram's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from telegram import CallbackQuery, Message, Update
from telegram.ext import (
    Application,
    ApplicationHandlerStop,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.chat.calls import Command
from bot.chat.flood import FloodGate, Verdict
from bot.chat.incoming import asker_of, is_asked
from bot.chat.membership import Membership
from bot.chat.routing import Router
from bot.services.ports.clock import Clock

_log = structlog.get_logger(__name__)


class Dispatch:
    """From the library's calls to the router and to the membership."""

    def __init__(self, router: Router, membership: Membership, clock: Clock, *, commands: Sequence[Command]) -> None:
        self._router = router
        self._membership = membership
        self._clock = clock
        self._commands = commands
        self._flood = FloodGate()

    def register(self, application: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let the library call this for everything that comes in."""
        add = application.add_handler
        add(TypeHandler(Update, self._on_any), group=-1)
        for command in self._commands:
            add(CommandHandler(command.name, self._on_command(command), filters=filters.UpdateType.MESSAGE))
        add(MessageHandler(filters.StatusUpdate.MIGRATE, self._on_migration))
        add(MessageHandler(filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL, self._on_message))
        add(CallbackQueryHandler(self._on_tap))
        add(ChatMemberHandler(self._on_membership, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_error_handler(self._on_error)

    async def _on_any(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Before anything else: what a flood brings goes no further than here."""
        asked = update.callback_query or update.message
        asker = asker_of(asked) if asked is not None and is_asked(asked) else None
        if asked is None or asker is None:
            return
        verdict = self._flood.admit(asker, self._clock.monotonic())
        if verdict is Verdict.PASS:
            return
        if verdict is Verdict.NOTICE or isinstance(asked, CallbackQuery):
            await self._router.slowed(asked)
        raise ApplicationHandlerStop

    def _on_command(self, command: Command) -> Any:
        async def on_command(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
            if update.message is not None:
                await self._router.called(command, update.message)

        return on_command

    async def _on_message(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            await self._router.not_understood(update.message)

    async def _on_migration(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None:
            await self._membership.migrated(update.message)

    async def _on_tap(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.callback_query is not None:
            await self._router.tapped(update.callback_query)

    async def _on_membership(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.my_chat_member is not None:
            await self._membership.changed(update.my_chat_member)

    async def _on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        _log.error("update_failed", exc_info=context.error)
        asked: Message | CallbackQuery | None = None
        if isinstance(update, Update):
            asked = update.callback_query or update.message
        if asked is not None:
            await self._router.failed(asked)
