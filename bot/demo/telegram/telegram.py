"""Everything the methods work on: the world, the bot's incoming updates, open callback queries and command menus."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.demo.telegram.menus import Menus
from bot.demo.telegram.updates import UpdateQueue
from bot.demo.telegram.world import ChatMessage, User, World


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the bot answered to a tap; ``text`` is the toast, or the box when ``alert`` is set."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(slots=True, eq=False)
class CallbackQuery:
    """A tap on a button, open until it is answered."""

    id: str
    user: User
    message: ChatMessage
    data: str
    answer: CallbackAnswer | None = None


@dataclass(slots=True)
class Telegram:
    """One bot's Telegram."""

    world: World
    updates: UpdateQueue
    queries: dict[str, CallbackQuery] = field(default_factory=dict)
    menus: Menus = field(default_factory=Menus)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """The bot's name and descriptions, by method suffix and language."""
    _query_ids: Iterator[int] = field(default_factory=lambda: itertools.count(880_000_000_001))

    def open_query(self, user: User, message: ChatMessage, data: str) -> CallbackQuery:
        """A new tap, waiting for the bot's answer."""
        query = CallbackQuery(str(next(self._query_ids)), user, message, data)
        self.queries[query.id] = query
        return query
