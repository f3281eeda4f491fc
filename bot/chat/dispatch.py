"""Which of the library's handlers takes what.

Here an ``update`` is Telegram's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.chat.calls import Command
from bot.chat.membership import Membership
from bot.chat.routing import Router

_log = structlog.get_logger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Dispatch:
    """From the library's calls to the router and to the membership."""

    def __init__(
        self, application: AnyApplication, router: Router, membership: Membership, *, commands: Sequence[Command]
    ) -> None:
        self._application = application
        self._router = router
        self._membership = membership
        self._broken: dict[int, Exception] = {}
        self._register(commands)

    async def handle(self, update: Update) -> Exception | None:
        """Carry an update out; returns what broke it, and tells nobody of that yet."""
        await self._application.process_update(update)
        return self._broken.pop(update.update_id, None)

    async def slowed(self, update: Update) -> None:
        """Tell whoever asks faster than anybody reads."""
        asked = update.callback_query or update.message
        if asked is not None:
            await self._router.slowed(asked)

    async def given_up(self, update: Update) -> None:
        """Tell whoever asked that it will not be done."""
        asked = update.callback_query or update.message
        if asked is not None:
            await self._router.failed(asked)

    def _register(self, commands: Sequence[Command]) -> None:
        add = self._application.add_handler
        for command in commands:
            add(CommandHandler(command.name, self._on_command(command), filters=filters.UpdateType.MESSAGE))
        add(MessageHandler(filters.StatusUpdate.MIGRATE, self._on_migration))
        add(MessageHandler(filters.UpdateType.MESSAGE & ~filters.StatusUpdate.ALL, self._on_message))
        add(CallbackQueryHandler(self._on_tap))
        add(ChatMemberHandler(self._on_membership, ChatMemberHandler.MY_CHAT_MEMBER))
        self._application.add_error_handler(self._on_error)

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
        if isinstance(update, Update) and context.error is not None:
            self._broken[update.update_id] = context.error
