"""The Bot API's JSON objects of what is in the world (https://core.telegram.org/bots/api#available-types)."""

from __future__ import annotations

from bot.demo.telegram.errors import JsonObject
from bot.demo.telegram.keyboards import keyboard_json
from bot.demo.telegram.world import Chat, ChatMessage, ChatType, Status, User

_BASIC_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
_CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
_GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")


def user_json(user: User) -> JsonObject:
    """A User; what the account does not tell is absent."""
    fields = {"username": user.username, "language_code": user.language}
    return {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name} | _present(fields)


def bot_json(bot: User) -> JsonObject:
    """The User that ``getMe`` answers with."""
    return user_json(bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def chat_json(chat: Chat) -> JsonObject:
    """A Chat."""
    if chat.user is not None:
        return {"id": chat.id, "type": chat.type.value, "first_name": chat.user.first_name}
    forum = {"is_forum": True} if chat.is_forum else {}
    return {"id": chat.id, "type": chat.type.value, "title": chat.title} | forum


def full_chat_json(chat: Chat) -> JsonObject:
    """A ChatFullInfo, as ``getChat`` answers with."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def message_json(message: ChatMessage, *, with_reply: bool = True) -> JsonObject:
    """A Message; a deleted one is an InaccessibleMessage. A reply shows what it answers, one level deep."""
    if message.deleted:
        return {"message_id": message.id, "chat": chat_json(message.chat), "date": 0}
    content = _content(message)
    if message.keyboard:
        content["reply_markup"] = keyboard_json(message.keyboard)
    if with_reply and message.reply_to is not None:
        content["reply_to_message"] = message_json(message.reply_to, with_reply=False)
    return _envelope(message) | content | message.extra


def _content(message: ChatMessage) -> JsonObject:
    text, entities = ("text", "entities") if message.file is None else ("caption", "caption_entities")
    fields = {text: message.text or None, entities: list(message.entities) or None}
    return _present(fields) | (message.file.as_json() if message.file is not None else {})


def _envelope(message: ChatMessage) -> JsonObject:
    fields: JsonObject = {
        "from": user_json(message.sender) if message.sender else None,
        "sender_chat": chat_json(message.sender_chat) if message.sender_chat else None,
        "message_thread_id": message.thread_id,
        "is_topic_message": True if message.thread_id else None,
        "edit_date": message.edit_date,
    }
    return {"message_id": message.id, "date": message.date, "chat": chat_json(message.chat)} | _present(fields)


def member_json(chat: Chat, user: User) -> JsonObject:
    """A ChatMember: where the user stands with the chat."""
    status = chat.status(user.id)
    anonymous = user.id in chat.anonymous
    base: JsonObject = {"status": status.value, "user": user_json(user)}
    match status:
        case Status.CREATOR:
            return base | {"is_anonymous": anonymous}
        case Status.ADMINISTRATOR:
            rights = dict.fromkeys(_rights(chat), True)
            return base | rights | {"can_be_edited": False, "is_anonymous": anonymous, "can_promote_members": False}
        case Status.KICKED:
            return base | {"until_date": 0}
        case Status.MEMBER | Status.LEFT:
            return base


def _rights(chat: Chat) -> tuple[str, ...]:
    return _BASIC_RIGHTS + (_CHANNEL_RIGHTS if chat.type is ChatType.CHANNEL else _GROUP_RIGHTS)


def _present(fields: JsonObject) -> JsonObject:
    return {name: value for name, value in fields.items() if value is not None}
