"""Entries that are one update by construction."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.model import Block, BlockKind, Document, Entry, EntryKind
from bot.core.split import SplitContext, split

NOON = datetime(2020, 11, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(("kind", "page_key"), [(EntryKind.POST, ""), (EntryKind.ITEM, "p1")])
def test_posts_share_their_page_and_items_are_pages_of_their_own(kind: EntryKind, page_key: str) -> None:
    """A post whose id moves on to the next one is still found by its words; an item may grow all day."""
    entry = Entry(kind, "p1", (Block(BlockKind.PARAGRAPH, "Two houses burn in Tarvin."),), published=NOON)
    (news,) = split(Document("live-blog", (entry,)), SplitContext(read_at=NOON)).updates
    assert (news.page_key, news.vendor_id) == (page_key, "p1")
