"""Whether the bot may do a thing in a chat, refused in the order and words of the Bot API server."""

from __future__ import annotations

from bot.demo.telegram.errors import bad_request, forbidden
from bot.demo.telegram.world import Chat, ChatType, Status, World

GENERAL_THREAD = 1
"""The id of a forum's General topic, which is written to without an id."""


def readable_chat(world: World, chat_id: int | str) -> Chat:
    """The chat, if the bot knows it and was not thrown out.

    Raises:
        ApiError: as Telegram refuses it.
    """
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None or (chat.user is not None and not _is_known(world, chat)):
        raise bad_request("chat not found")
    if chat.type in {ChatType.SUPERGROUP, ChatType.CHANNEL}:
        _check_inside(world, chat)
    return chat


def writable_chat(world: World, chat_id: int | str) -> Chat:
    """The chat, if the bot may write there.

    Raises:
        ApiError: as Telegram refuses it.
    """
    chat = readable_chat(world, chat_id)
    if chat.user is not None:
        _check_person(world, chat)
    elif chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.migrated_to})
    elif chat.deleted:
        raise forbidden("the group chat was deleted")
    else:
        _check_inside(world, chat)
        _check_rights(world, chat)
    return chat


def writable_thread(world: World, chat: Chat, thread_id: int) -> int | None:
    """The forum topic to write to, ``None`` for General and for chats that are no forum.

    Raises:
        ApiError: when there is no such topic, or it is closed to the bot.
    """
    if not thread_id or (chat.user is None and not chat.is_forum):
        return None
    thread = chat.threads.get(thread_id)
    if thread_id == GENERAL_THREAD or thread is None or thread.deleted:
        raise bad_request("message thread not found")
    if thread.closed and not chat.status(world.bot.id).rules:
        raise bad_request("TOPIC_CLOSED")
    return thread_id


def _is_known(world: World, chat: Chat) -> bool:
    """Whether the bot has met that person: in private, or in a group that both are in."""
    return chat.started or any(
        other.status(chat.id).inside and other.status(world.bot.id).inside
        for other in world.chats.values()
        if other.user is None
    )


def _check_person(world: World, chat: Chat) -> None:
    if chat.deleted:
        raise forbidden("user is deactivated")
    if not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.status(world.bot.id) is Status.KICKED:
        raise forbidden("bot was blocked by the user")


def _check_inside(world: World, chat: Chat) -> None:
    status = chat.status(world.bot.id)
    if status is Status.KICKED:
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if status is Status.LEFT:
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def _check_rights(world: World, chat: Chat) -> None:
    if chat.status(world.bot.id).rules:
        return
    if chat.type is ChatType.CHANNEL:
        raise bad_request("need administrator rights in the channel chat")
    if chat.members_muted:
        raise bad_request("not enough rights to send text messages to the chat")
