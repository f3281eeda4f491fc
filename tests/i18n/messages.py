"""Every message that the program marks for translation, found in its source."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from babel.messages.extract import extract

from bot.core.render.phrases import Phrases

ROOT = Path(__file__).parents[2] / "bot"
_KEYWORDS = {"words": None, "msg": None, "template": None, "plural": (1, 2), "BadAddress": None}
_MARKED = ("chat", "core/web_address.py")

Message = str | tuple[str, str]
"""A message, or its forms for one and for many."""


def marked() -> set[Message]:
    """All of them: those of the chat, the reasons why an address is refused, and what alerts say."""
    own = {str(field.default) for field in fields(Phrases) if isinstance(field.default, str)}
    return own | {message for path in _sources() for message in _messages(path)}


def _sources() -> Iterator[Path]:
    for place in _MARKED:
        path = ROOT / place
        yield from [path] if path.is_file() else path.rglob("*.py")


def _messages(path: Path) -> Iterator[Message]:
    for _, found, _, _ in extract("python", io.BytesIO(path.read_bytes()), keywords=_KEYWORDS):
        if found:
            yield (str(found[0]), str(found[1])) if isinstance(found, tuple) else str(found)
