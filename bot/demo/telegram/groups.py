"""Groups and channels, moved by Python: who is in them, their topics, their migration."""

from __future__ import annotations

from typing import Self

from bot.demo.telegram.conversation import Conversation
from bot.demo.telegram.errors import JsonObject
from bot.demo.telegram.incoming import announce_membership, announce_message
from bot.demo.telegram.people import Person
from bot.demo.telegram.text import FormattedText
from bot.demo.telegram.wire import user_json
from bot.demo.telegram.world import ChatMessage, ChatType, Status, Thread, User


class Group(Conversation):
    """A group, supergroup or channel."""

    @property
    def _owner(self) -> User:
        owner_id = next(user_id for user_id, status in self.raw.statuses.items() if status is Status.CREATOR)
        return self._world.users[owner_id]

    async def add(self, person: Person, status: str = "member") -> None:
        """Let a person in, or change what they are there: ``member``, ``administrator``, ``left`` or ``kicked``."""
        announce_membership(self._telegram, self.raw, person.user, Status(status), by=self._owner)

    async def make_anonymous(self, person: Person) -> None:
        """Let an administrator's messages appear as the group's own."""
        self.raw.anonymous.add(person.id)

    async def add_bot(self, status: str = "member", *, by: Person | None = None) -> None:
        """Let the bot in, or change what it is there."""
        new = not self.raw.status(self._world.bot.id).inside
        doer = by.user if by is not None else self._owner
        announce_membership(self._telegram, self.raw, self._world.bot, Status(status), by=doer)
        if new and self.raw.type is not ChatType.CHANNEL:
            self.announce({"new_chat_members": [user_json(self._world.bot)]}, doer)

    async def remove_bot(self, *, by: Person | None = None) -> None:
        """Throw the bot out."""
        doer = by.user if by is not None else self._owner
        announce_membership(self._telegram, self.raw, self._world.bot, Status.KICKED, by=doer)

    async def mute_members(self, *, muted: bool = True) -> None:
        """Let only administrators write."""
        self.raw.members_muted = muted

    async def delete(self) -> None:
        """Delete the group."""
        self.raw.deleted = True
        self._world.announce(self.raw)

    async def post(self, text: str) -> ChatMessage:
        """Write into a channel as the channel itself."""
        message = self._world.post(self.raw, FormattedText(text))
        message.sender_chat = self.raw
        announce_message(self._telegram, message)
        return message

    async def open_thread(self, name: str) -> Thread:
        """Open a topic in a forum."""
        message = self.announce({"forum_topic_created": {"name": name, "icon_color": 0x6FB9F0}}, self._owner)
        thread = Thread(message.id, name)
        message.thread_id = thread.id
        self.raw.threads[thread.id] = thread
        return thread

    async def close_thread(self, thread: Thread) -> None:
        """Close a topic: only administrators write there."""
        thread.closed = True

    async def delete_thread(self, thread: Thread) -> None:
        """Delete a topic with everything in it."""
        thread.deleted = True
        for message in self.raw.messages.values():
            message.deleted = message.deleted or message.thread_id == thread.id

    async def upgrade(self) -> Self:
        """Make a basic group a supergroup, which is a new chat with a new id; returns that."""
        old = self.raw
        new = self._world.new_group(old.title or "", ChatType.SUPERGROUP)
        new.statuses = dict(old.statuses)
        old.migrated_to = new.id
        self.announce({"migrate_to_chat_id": new.id}, self._owner)
        upgraded = type(self)(self._telegram, new)
        upgraded.announce({"migrate_from_chat_id": old.id}, self._owner)
        return upgraded

    def announce(self, content: JsonObject, sender: User) -> ChatMessage:
        """Put a service message into the chat: ``content`` is what it adds to the Bot API's Message."""
        message = self._world.post(self.raw, FormattedText(""), sender)
        message.extra = content
        announce_message(self._telegram, message)
        return message
