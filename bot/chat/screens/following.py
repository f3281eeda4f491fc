"""The button below a search that follows its words."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.callbacks import FollowWord, encode
from bot.core.archive import Page, StoredNews
from bot.core.habits import Habits
from bot.core.message import Button, Message
from bot.core.render.cut import clip
from bot.i18n import Words

_MAX_LABEL = 30
_MAX_FILTER = 24


def with_follow(
    screen: Message, query: str, page: Page[StoredNews], habits: Habits, words: Words, *, topic: str | None
) -> Message:
    """The screen of a search with a last button that sets the contrary of what is: followed, or not."""
    word, followed = clip(query, _MAX_LABEL), query in habits.words
    label = words("Following “{word}”", word=word) if followed else words("Follow “{word}”", word=word)
    kept = topic if topic is None or len(topic) <= _MAX_FILTER else None
    code = FollowWord(int(not followed), page.anchor, page.number, kept)
    return replace(screen, buttons=(*screen.buttons, (Button(label, data=encode(code)),)))


def followed_toast(query: str, words: Words, *, followed: bool) -> str:
    """The result of a tap in words."""
    word = clip(query, _MAX_LABEL)
    if followed:
        return words("Reports with “{word}” come from now on, with sound. /settings lists and ends it.", word=word)
    return words("“{word}” is no longer followed.", word=word)
