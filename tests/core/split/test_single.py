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


@pytest.mark.parametrize(("retracted", "ids"), [(True, ["p1"]), (False, [])])
def test_a_tombstone_without_words_takes_its_post_back(*, retracted: bool, ids: list[str]) -> None:
    """It names the post; an entry without words that says nothing else is no update."""
    document = Document("live-blog", (Entry(EntryKind.POST, "p1", (), retracted=retracted),))
    updates = split(document, SplitContext(read_at=NOON)).updates
    assert [(news.vendor_id, news.retracted, news.text) for news in updates] == [(key, True, "") for key in ids]
