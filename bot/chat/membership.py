"""What happens to the bot in a chat: blocked, let in again, invited to a group, moved along with one."""

from __future__ import annotations

import structlog
from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message
from telegram.constants import ChatMemberStatus

from bot.chat.incoming import kind_of
from bot.chat.replies import Replies
from bot.chat.screens.welcome import invited_screen
from bot.core.archive import ChatKind
from bot.i18n import Catalogues
from bot.services.subscriptions import ChatThread, Subscriptions

_log = structlog.get_logger(__name__)
_INSIDE = {ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}


class Membership:
    """Keeps the chats' states true to what Telegram tells."""

    def __init__(self, subscriptions: Subscriptions, replies: Replies, catalogues: Catalogues) -> None:
        self._subscriptions = subscriptions
        self._catalogues = catalogues
        self._replies = replies

    async def changed(self, changed: ChatMemberUpdated) -> None:
        """The bot was let in, or shut out."""
        thread = ChatThread(changed.chat.id, kind_of(changed.chat))
        was, now = _inside(changed.old_chat_member), _inside(changed.new_chat_member)
        if was and not now:
            await self._subscriptions.lost(thread.chat_id)
            _log.info("chat_lost", chat_id=thread.chat_id, reason=changed.new_chat_member.status)
        elif now and not was:
            await self._subscriptions.found_again(thread)
            if thread.kind is ChatKind.GROUP:
                words = self._catalogues.choose(changed.from_user.language_code)
                await self._replies.send(thread, invited_screen(changed.get_bot().first_name, words))

    async def migrated(self, message: Message) -> None:
        """A group became a supergroup under a new id: its choices move along."""
        if message.migrate_to_chat_id is not None:
            await self._subscriptions.migrated(message.chat.id, message.migrate_to_chat_id)
            _log.info("chat_migrated", chat_id=message.chat.id, to_chat_id=message.migrate_to_chat_id)


def _inside(member: ChatMember) -> bool:
    return member.is_member if isinstance(member, ChatMemberRestricted) else member.status in _INSIDE
