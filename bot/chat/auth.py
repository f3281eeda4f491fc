"""Who may do what, asked anew on every call and every tap."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from bot.chat.calls import Caller, Rights
from bot.chat.screens.notices import Notice
from bot.core.archive import ChatKind
from bot.services.admins import Admins, Role
from bot.services.subscriptions import ChatThread

_log = structlog.get_logger(__name__)

IsChatAdmin = Callable[[int, int], Awaitable[bool]]
"""Whether a user (second) administers a group (first), as Telegram knows at this moment."""


class Gate:
    """Decides on one call: rights follow the numeric user id, and what a chat's admin may do ends at that chat."""

    def __init__(self, admins: Admins, is_chat_admin: IsChatAdmin) -> None:
        self._admins = admins
        self._is_chat_admin = is_chat_admin

    async def refusal(self, rights: Rights, caller: Caller, thread: ChatThread, *, action: str) -> Notice | None:
        """Why the caller may not; ``None`` when they may.

        Args:
            rights: What the command or button needs.
            caller: Who asks.
            thread: Where they ask.
            action: The command's name, for the audit: never what was typed after it.
        """
        match rights:
            case Rights.EVERYONE:
                return None
            case Rights.CHAT_ADMIN:
                allowed = await self.administers(caller, thread)
                return None if allowed else Notice.GROUP_ADMINS_ONLY
            case Rights.BOT_ADMIN:
                return await self._bot_admin_refusal(caller, thread, action)

    async def role(self, caller: Caller) -> Role | None:
        """The caller's role in this deployment."""
        return None if caller.user_id is None else await self._admins.role(caller.user_id)

    async def administers(self, caller: Caller, thread: ChatThread) -> bool:
        """The caller may change what this chat gets: in private everybody, in a group its admins."""
        if thread.kind is ChatKind.PRIVATE or caller.anonymous_admin:
            return True
        return caller.user_id is not None and await self._is_chat_admin(thread.chat_id, caller.user_id)

    async def _bot_admin_refusal(self, caller: Caller, thread: ChatThread, action: str) -> Notice | None:
        role = await self.role(caller)
        if role not in {Role.OWNER, Role.ADMIN}:
            await self._admins.refused(caller.user_id, action)
            _log.info("call_refused", action=action, user_id=caller.user_id)
            return Notice.BOT_ADMINS_ONLY
        if thread.kind is not ChatKind.PRIVATE:
            return Notice.PRIVATE_ONLY
        return None
