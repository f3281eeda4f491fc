"""The bot's command menus: what it has set, and what of it a person's app shows."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from bot.demo.telegram.errors import JsonObject
from bot.demo.telegram.world import Chat, User


@dataclass(slots=True)
class Menus:
    """The command lists that the bot has set, by scope and language."""

    _lists: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)

    def set(self, scope: JsonObject | None, language: str, commands: list[JsonObject]) -> None:
        """Set one list; an empty one removes it."""
        self._lists[self._key(scope, language)] = commands

    def get(self, scope: JsonObject | None, language: str) -> list[JsonObject]:
        """The list set for exactly that scope and language, empty where none is."""
        return self._lists.get(self._key(scope, language), [])

    def shown(self, chat: Chat, user: User) -> list[JsonObject]:
        """The list that a person's app shows: of the narrowest scope that has one, in their language if there is.

        https://core.telegram.org/bots/api#determining-list-of-commands
        """
        languages = (user.language or "").split("-")[0], ""
        found = (self.get(scope, language) for scope in _scopes(chat, user) for language in languages)
        return next(filter(None, found), [])

    @staticmethod
    def _key(scope: JsonObject | None, language: str) -> tuple[str, str]:
        return json.dumps(scope or {"type": "default"}, sort_keys=True), language


def _scopes(chat: Chat, user: User) -> list[JsonObject]:
    """The scopes that hold for that person in that chat, narrowest first."""
    if chat.user is not None:
        kinds = ["chat", "all_private_chats", "default"]
    elif chat.status(user.id).rules:
        kinds = ["chat_member", "chat_administrators", "chat", "all_chat_administrators", "all_group_chats", "default"]
    else:
        kinds = ["chat_member", "chat", "all_group_chats", "default"]
    chat_only = {"chat", "chat_administrators", "chat_member"}
    member = {"chat_member"}
    return [
        {"type": kind}
        | ({"chat_id": chat.id} if kind in chat_only else {})
        | ({"user_id": user.id} if kind in member else {})
        for kind in kinds
    ]
