"""One update that a live page carries as data, in whichever form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from bot.core.model import Block, BlockKind
from bot.sources.main_text import without_frame
from bot.sources.markup import without_repeat
from bot.sources.walk import walk


@dataclass(frozen=True, slots=True)
class Post:
    """What the data says of one update; ``id`` is as the source names it, repeated or not."""

    id: str | None
    title: str | None
    blocks: tuple[Block, ...]
    url: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    retracted: bool = False


def settled(post: Post) -> Post:
    """``post`` without words said twice, and with the heading that opens its body as its title."""
    title, blocks = without_repeat(post.title, post.blocks)
    lead = next((block for block in blocks[:3] if block.kind is not BlockKind.TIME), None)
    if title is None and lead is not None and lead.kind is BlockKind.HEADING and len(blocks) > 1:
        title, blocks = lead.text, tuple(block for block in blocks if block is not lead)
    return replace(post, title=title, blocks=blocks)


def body_blocks(element: LexborNode, *, base: str | None, timed: bool) -> tuple[Block, ...]:
    """The blocks of one post's element; a line that is only its time goes when the time is known from data."""
    blocks = without_frame(walk(element, base=base))
    return tuple(block for block in blocks if not (timed and block.kind is BlockKind.TIME))
